"""`erc retire`, `erc remove` and `erc rename`: the end of a record, its disappearance, and another id for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from erc_cli.commands import activity_facts, agreement_facts
from erc_cli.commands.appending import append_data, append_words
from erc_cli.commands.changing import reached, set_field
from erc_cli.commands.facts import Named, record_at, register_of
from erc_cli.commands.result_facts import enter_stage
from erc_cli.commands.show import record_named
from erc_cli.core.folders import SINGLE
from erc_cli.core.house import House
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.register import Pointer, Register, record_of
from erc_cli.core.status import ALIVE, status_on
from erc_cli.errors import NotFoundError, RefusedError, UsageError
from erc_cli.store.draft import Draft, Touched
from erc_cli.store.load import path_of
from erc_cli.store.raw import texts

_INSTEAD = {
    "meetings": "a meeting has no end; erc remove is for what was created in error",
    "member-states": "erc set {address}.membership=suspended says that its membership rests",
    "waivers": "erc remove takes out a waiver that nobody needs any more",
}


def retire(draft: Draft, house: House, address: str, on: date, reason: str) -> None:
    """Give a record its end, by the field or the fact that ends it. Raises RefusedError for what has no end."""
    record, data = record_named(draft, address)
    named: Named = {"reason": reason}
    if record.folder == "partners":
        if "ended_on" in data:
            raise RefusedError(f"{record.address} ended on {data['ended_on']} already: nothing was written")
        set_field(draft, f"{record.address}.ended_on", str(on), house)
    elif record.folder == "agreements":
        _retire_agreement(draft, house, record.address, on, named)
    elif record.folder == "activities":
        activity_facts.cancel(draft, house, record.address, on, {**named, "cause": "own-organisation"})
    elif record.folder == "projects" and data.get("kind") == "off-budget":
        enter_stage(draft, house, record.address, "closed", str(on))
    else:
        instead = _INSTEAD.get(record.folder, "its period ends it: erc set {address}.period.end=DATE")
        raise RefusedError(f"{instead.format(address=record.address)}: nothing was written")


def _retire_agreement(draft: Draft, house: House, address: str, on: date, named: Named) -> None:
    register = register_of(draft)
    status = status_on(record_at(register, address, Agreement), register, on)
    kind = "terminated" if status in (*ALIVE, "signed") else "cancelled"
    agreement_facts.add_event(draft, house, address, kind, on, named)  # type: ignore[arg-type]


def remove(draft: Draft, address: str, on: date, reason: str) -> None:
    """Take out a record that was created in error, and note it in the plan.

    Raises RefusedError where another record points to it.
    """
    if "." in address or address in SINGLE:
        raise UsageError(f"{address} is no record that can be removed: erc unset takes a field or an item out")
    if not reason:
        raise UsageError("--reason: why it was created in error; it stays noted in the plan")
    record, _ = record_named(draft, address)
    register = register_of(draft)
    links = [link for link in register.links_to.get(record.address, ()) if link[0] != record.address]
    if links:
        where = [".".join((source, *map(str, path))) for source, path, _ in links]
        shown = "\n".join(where[:10]) + (f"\nand {len(where) - 10} more" if len(where) > 10 else "")
        raise RefusedError(f"{record.address} is pointed to from here: nothing was written\n{shown}")
    _refuse_unknown_links(draft, register, record.address, record.address)
    draft.read(record.path)
    draft.put(record.path, None, Touched(record.address, ()))
    append_data(draft, "plan.removed", {"id": record.address, "on": str(on), "reason": reason})


def rename(draft: Draft, house: House, address: str, new_id: str) -> None:
    """Give a record, or an item of a list, another id; everything that points to it follows.

    The old id stays in `formerly`. Raises RefusedError where the new one is taken.
    """
    at = reached(draft, address)
    if at.left or at.address in SINGLE:
        raise NotFoundError(f"{address} is nothing that has an id of its own")
    register = register_of(draft)
    if at.field:
        _rename_item(draft, house, register, at.address, new_id)
    else:
        _rename_record(draft, house, register, at.record.address, new_id)


def _rename_record(draft: Draft, house: House, register: Register, old: str, new_id: str) -> None:
    folder, _, old_id = old.partition("/")
    new = f"{folder}/{new_id}"
    if new == old:
        return
    if draft.has(path_of(new)):
        raise RefusedError(f"{new} is there already: nothing was written")
    if register.is_there(old) and old not in register.records:
        raise RefusedError(f"{old} has errors: erc check {path_of(old)} tells which; mend them first")
    _refuse_unknown_links(draft, register, old, old)
    # What points to it changes first, itself included, while its old address still leads to it.
    _point_anew(draft, house, register, old, new)
    _note_former(draft, house, old, old_id, new_id)
    content = draft.read(path_of(old))
    draft.put(path_of(old), None)
    draft.put(path_of(new), content)
    followed = [Touched(new, one.field) if one.record == old else one for one in draft.touched]
    draft.touched = [Touched(new, ()), *followed]


def _rename_item(draft: Draft, house: House, register: Register, old: str, new_id: str) -> None:
    at = reached(draft, old)
    item, old_id = at.found.value, at.field[-1]
    if not isinstance(item, dict) or item.get("id") != old_id:
        raise RefusedError(f"{old} has no id of its own: nothing was written; erc set changes what tells it apart")
    new = f"{old[: -len(old_id)]}{new_id}"
    if not reached(draft, new).left:
        raise RefusedError(f"{new} is there already: nothing was written")
    _refuse_unknown_links(draft, register, old, old_id)
    for pointer in _bare_pointers(register, old, at.field):
        set_field(draft, _address(pointer), new_id, house)
    _point_anew(draft, house, register, old, new)
    short = f"{at.record.address}.indicators."
    if at.record.folder == "projects" and "indicators" in at.field[-2]:
        _point_anew(draft, house, register, f"{short}{old_id}", f"{short}{new_id}")
    _note_former(draft, house, old, old_id, new_id)


def _refuse_unknown_links(draft: Draft, register: Register, address: str, name: str) -> None:
    """Raise RefusedError where a file with errors may name what is at `address`: what points where in it is unknown."""
    word = re.compile(rb"(?<![a-z0-9-])" + re.escape(name.encode()) + rb"(?![a-z0-9-])")
    for entry, content in texts(draft):
        if entry.address not in register.broken or entry.address == address:
            continue
        if content is None or b"\\" in content or word.search(content):
            raise RefusedError(
                f"{entry.path} has errors and may point to {address}: nothing was written; "
                f"erc check {entry.path} tells which; mend them first"
            )


def _note_former(draft: Draft, house: House, address: str, old_id: str, new_id: str) -> None:
    at = reached(draft, address)
    append_words(draft, f"{address}.formerly", [old_id], house)
    if "id" in (at.found.value if isinstance(at.found.value, dict) else {}):
        set_field(draft, f"{address}.id", new_id, house)


def _point_anew(draft: Draft, house: House, register: Register, old: str, new: str) -> None:
    for pointer in register.pointers:
        if pointer.value == old or pointer.value.startswith(f"{old}."):
            said = f"{new}{pointer.value[len(old) :]}"
            set_field(draft, _address(pointer), said, house)
            # What tells an item apart may be the very reference: its address is another one now.
            record, field = draft.touched[-1]
            draft.touched[-1] = Touched(record, tuple(said if step == pointer.value else step for step in field))
    for waiver in register.waivers:
        if waiver.record == old:
            set_field(draft, f"{waiver.address}.record", new, house)


def _address(pointer: Pointer) -> str:
    """The address of a pointer; one of several plain values is told apart by what it says."""
    steps = [pointer.value if isinstance(step, int) else step for step in pointer.path]
    return ".".join((pointer.record.address, *steps))


_KINDS = {
    "areas": "area",
    "performance_indicators": "indicator",
    "measurement_indicators": "indicator",
    "series": "series",
    "frameworks": "framework",
    "documents": "document",
    "units": "unit",
}


def _bare_pointers(register: Register, address: str, path: tuple[str, ...]) -> Iterator[Pointer]:
    """What names an item by its bare id: an area or indicator in the activities of its project, a document nearby."""
    kind, record = _KINDS.get(path[-2], ""), record_of(address)
    for pointer in register.pointers:
        if pointer.value != path[-1] or getattr(pointer.mark, "kind", None) != kind:
            continue
        if pointer.record.address == record or getattr(pointer.record, "project", None) == record or record == "plan":
            yield pointer

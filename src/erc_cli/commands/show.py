"""`erc show`: a record, or one field of it, from the files it needs and no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from erc_cli.core.folders import FOLDERS, SINGLE
from erc_cli.core.inside import Found, follow, pointers
from erc_cli.core.listing import View
from erc_cli.core.page import Entry, Page, entry_of, page_of, references_in, title_in
from erc_cli.core.records.base import Part
from erc_cli.core.records.kinds import kind_of, model_of, typed_data
from erc_cli.errors import NotFoundError
from erc_cli.store.raw import RawRecord, read_record, read_those_with
from erc_cli.store.worktree import Source


class Shown(NamedTuple):
    """What an address leads to: the record, what it leads to inside it, and the record's present address."""

    asked: str
    record: RawRecord
    found: Found
    model: type[Part]

    @property
    def data(self) -> Mapping[str, Any]:
        """The data of the record's file."""
        return self.record.data or {}

    @property
    def address(self) -> str:
        """The address, with the record's present id."""
        return ".".join((self.record.address, *self.found.path))

    @property
    def is_record(self) -> bool:
        """Whether it is a whole record."""
        return not self.found.path

    @property
    def was_renamed(self) -> bool:
        """Whether the record has another id now than the one asked for."""
        return self.asked.split(".", 1)[0] != self.record.address


def look_up(source: Source, address: str) -> Shown:
    """Return what `address` leads to. Raises NotFoundError, with the nearest name, and for a file that is broken."""
    steps = address.split(".")[1:]
    record, data = record_named(source, address)
    model = model_of(record.folder)
    return Shown(address, record, follow(record.address, model, data, steps), model)


def record_named(source: Source, address: str) -> tuple[RawRecord, dict[str, Any]]:
    """Return the record that an address names or lies in, and its data.

    One that was renamed is found by its former id as well. Raises NotFoundError as `look_up` does.
    """
    name = address.split(".", 1)[0]
    folder = name.split("/", 1)[0]
    if not (folder in FOLDERS and "/" in name) and name not in SINGLE:
        raise NotFoundError(f"{address} is no address: {_hint(folder, name)}")
    record = _record(source, folder, name)
    if record.data is None:
        raise NotFoundError(f"{record.address} could not be read: erc check {record.path} tells why")
    return record, record.data


def _hint(folder: str, name: str) -> str:
    near = get_close_matches(folder, (*FOLDERS, *SINGLE), 1)
    if near and "/" in name:
        return f"did you mean {near[0]}/{name.split('/', 1)[1]}?"
    if near:
        return f"did you mean {near[0]}{'' if near[0] in SINGLE else '/ID'}?"
    return f"write folder/id, such as partners/oic (folders: {', '.join(FOLDERS)}), plan or budget"


def _record(source: Source, folder: str, address: str) -> RawRecord:
    record = read_record(source, address)
    if record is not None:
        return record
    known = [f"{entry.folder}/{entry.record_id}" for entry in source.entries([folder])[0]]
    wanted = address.partition("/")[2]
    for record in read_those_with(source, [wanted] if wanted else [], [folder]):
        former = record.data.get("formerly") if record.data else None
        if isinstance(former, list) and wanted in former:
            return record
    near = get_close_matches(address, known, 1)
    raise NotFoundError(f"there is no {address}" + (f": did you mean {near[0]}?" if near else ""))


def is_plain(shown: Shown) -> bool:
    """Whether it is a single value, a text in languages or a list of values, which is printed as it stands."""
    value = shown.found.value
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value)
    return isinstance(value, str) or _is_text(shown.found)


def _is_text(found: Found) -> bool:
    """Whether it is a text in languages."""
    value = found.value
    is_one = found.model is None and found.holder is not None and kind_of(found.holder, found.key) == "text"
    return is_one and isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


def plain_value(shown: Shown, view: View) -> Any:
    """Return a single value, or a list of them; of a text the language asked for."""
    value = shown.found.value
    return view.text(value) if isinstance(value, dict) else value


def page(source: Source, shown: Shown, view: View) -> Page:
    """Return the page of a record with how many others point to it, or of a mapping or list inside one."""
    found = shown.found
    if shown.is_record:
        names = _names(source, references_in(shown.model, shown.data), view)
        made = page_of(shown.model, shown.address, shown.data, view, names)
        return made._replace(path=shown.record.path, links=count_links(source, shown.record.address))
    return _page_inside(source, shown.address, found, view)


def _page_inside(source: Source, address: str, found: Found, view: View) -> Page:
    inside = {found.key: found.value}
    holder = found.holder
    names = _names(source, references_in(holder, inside) if holder else (), view)
    if isinstance(found.value, dict) and found.model is not None:
        return page_of(found.model, address, found.value, view, names)
    entry = entry_of(holder, found.key, found.value, view, names) if holder else Entry("", True)
    return Page(address, None, entry.inside or (entry,))


def _names(source: Source, references: Iterable[str], view: View) -> Any:
    """The names of what is referred to; only these files are read."""
    wanted = {reference.split(".", 1)[0] for reference in references}
    records = [read_record(source, one) for one in sorted(wanted) if one.partition("/")[0] in FOLDERS]
    found = {one.address: title_in(one.data, view) for one in records if one is not None and one.data is not None}

    def name(reference: str) -> str:
        return found.get(reference) or view.house.name(reference, view.language)

    return name


def count_links(source: Source, address: str) -> int:
    """Return how many values in other records name this one, or something inside it."""
    return sum(
        1
        for record in read_those_with(source, [address])
        if record.data is not None and record.address != address
        for _ in pointers(record.data, address)
    )


def item(shown: Shown, derived: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what was found for machines: the record's fields, or the value at the address."""
    if shown.is_record:
        worked_out = {key: value for key, value in derived.items() if value is not None}
        return {"address": shown.address, "id": shown.record.id, **typed_data(shown.model, shown.data), **worked_out}
    found = shown.found
    value = typed_data(found.holder, {found.key: found.value})[found.key] if found.holder else found.value
    return {"address": shown.address, "value": value}

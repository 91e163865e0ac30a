"""Each difference of a record as a reviewer reads it: its group, its class, the days between two dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from erc_cli.core.comparing import Change, Pair
from erc_cli.core.field_words import days_between, holder_of, in_words, shape_at, why_of
from erc_cli.core.money_differences import amount_row, beside, is_money, money_inside, revision_row
from erc_cli.core.records.shape import FieldShape
from erc_cli.core.records.types import Translated
from erc_cli.core.review import Class, Group, Row

_FOLDERS: Final[Mapping[str, Group]] = {
    "agreements": "agreements",
    "meetings": "meetings",
    "activities": "schedule",
    "projects": "results",
    "partners": "partners",
    "member-states": "member-states",
}
_SCHEDULE = frozenset({"planned", "changes", "done"})
_EVENTS = frozenset({"events", "signed_on", "acceded_on", "signed_before", "amendments", "held_on", "done", "stages"})
_TOLD: Final[Mapping[str, tuple[str, ...]]] = {
    "agreements": ("kind", "parties", "effective_on", "ends_on", "signed_before"),
    "meetings": ("kind", "participants", "planned_on", "held_on"),
    "activities": ("kind", "project", "area", "planned", "partners"),
    "projects": ("kind", "title"),
    "partners": ("category", "country", "name"),
    "member-states": ("name",),
}
"""What is told of a record that is new, or was removed."""


def rows_of(pair: Pair, later: int | None = None) -> list[Row]:
    """Return the differences of one record, in the order of the data format.

    `later` is by how many days an agreement ends later than before, renewals counted; None where it ends at no day.
    """
    changes = pair.changes
    corrected = {
        str(change.after.get("field"))
        for change in changes
        if change.path[:1] == ("corrections",) and isinstance(change.after, Mapping)
    }
    rows = [row for change in changes for row in _rows(pair, change, corrected)]
    rows = [row._replace(days=later) if _names_an_end(row) else row for row in rows]
    if any(row.group == "money" and row.kind != "correction" for row in rows):
        return rows
    return [row._replace(kind="no-cost-extension") if _is_extension(row) else row for row in rows]


def _names_an_end(row: Row) -> bool:
    """Whether a row is an amendment or event that gives an agreement another end."""
    steps = row.address.split(".")
    return row.group == "agreements" and steps[1:2] in (["amendments"], ["events"]) and "ends_on" in (row.after or "")


def _is_extension(row: Row) -> bool:
    """Whether a row moves an end to a later day, which costs nothing where no money moves with it."""
    return row.group in ("agreements", "schedule") and (row.days or 0) > 0 and row.kind != "correction"


def _rows(pair: Pair, change: Change, corrected: set[str]) -> Iterator[Row]:
    address = ".".join((pair.address, *change.path))
    if not change.path:
        yield _whole(pair, change)
        yield from money_inside(pair, change)
        return
    if change.path == ("formerly",) or (change.path[0] == "corrections" and len(change.path) == 2):
        return
    field, holder = shape_at(pair.model, change.path)
    is_correction = change.field in corrected
    row = revision_row(pair, change, address) or _moved(pair, change, address)
    if row is not None:
        yield row
    elif field is not None and is_money(field):
        currency = str(beside(pair, change, "currency") or "")
        yield amount_row(address, change.before, change.after, currency, is_correction)
    else:
        yield _plain_row(pair, change, address, field, holder, is_correction)
        yield from money_inside(pair, change)


def _whole(pair: Pair, change: Change) -> Row:
    folder = pair.address.split("/")[0]
    told = _TOLD.get(folder)

    def summary(data: Any) -> str | None:
        if data is None:
            return None
        return in_words({key: data[key] for key in told if key in data} if told else data)

    kind: Class = "new" if change.before is None else "removed"
    return Row(_FOLDERS.get(folder, "other"), kind, pair.address, summary(change.before), summary(change.after))


def _plain_row(
    pair: Pair, change: Change, address: str, field: FieldShape | None, holder: FieldShape | None, is_correction: bool
) -> Row:
    folder, top = pair.address.split("/")[0], change.path[0]
    before, after = in_words(change.before), in_words(change.after)
    is_text = any(isinstance(mark, Translated) for one in (field, holder) if one is not None for mark in one.marks)
    group: Group = _FOLDERS.get(folder, "other")
    kind: Class = "other"
    left: tuple[str, ...] = ()
    if is_text and len(change.path) > 1:
        left = _as_they_were(pair, change)
    if is_text or change.path[-1] in ("notes", "description"):
        group, kind = "wording", "wording"
    elif folder == "agreements" and top == "parties" and len(change.path) == 2:
        kind = "change-of-parties"
    elif top in _EVENTS or change.path[-1] in _EVENTS:
        kind = "status-event"
    elif folder == "projects" and top == "areas":
        kind = "change-of-results"
    elif folder == "activities":
        kind = "change-of-schedule" if top in _SCHEDULE else "other"
    data = change.after if isinstance(change.after, Mapping) else {}
    return Row(
        group,
        "correction" if is_correction else kind,
        address,
        before,
        after,
        days=days_between(change.before, change.after),
        why=why_of(data),
        because=str(data.get("because") or ""),
        left=left,
    )


def _as_they_were(pair: Pair, change: Change) -> tuple[str, ...]:
    """The other languages of a text of which one changed, in which it says what it said before."""
    old, new = holder_of(pair.old, pair.model, change.was or change.path), holder_of(pair.new, pair.model, change.path)
    return tuple(key for key in new if key != change.path[-1] and key in old and new[key] == old[key])


def _moved(pair: Pair, change: Change, address: str) -> Row | None:
    """A change of an activity's schedule, as the move that it is."""
    if pair.address.split("/")[0] != "activities" or change.path[0] != "changes" or len(change.path) != 2:
        return None
    data = change.after
    if change.before is not None or not isinstance(data, Mapping) or data.get("field") != "schedule":
        return None
    old, new = data.get("from"), data.get("to")
    ends = [side.get("end") or side.get("start") for side in (old, new) if isinstance(side, Mapping)]
    days = days_between(*ends) if len(ends) == 2 else None
    because = str(data.get("because") or "")
    return Row(
        "schedule",
        "change-of-schedule",
        address,
        in_words(old),
        in_words(new),
        days=days,
        why=why_of(data),
        because=because,
    )

"""What a change of the register means: each difference with its group, its class, and how large it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from erc_cli.core.comparing import Change, Pair
from erc_cli.core.money import NotPlainError, OutOfRangeError, parse_number
from erc_cli.core.periods import NotADateError, last_day, parse_partial_date
from erc_cli.core.records.base import Part, key_of
from erc_cli.core.records.shape import FieldShape, field_by_key
from erc_cli.core.records.types import MoneyMark, Translated

if TYPE_CHECKING:  # a change of one record is told without the rest of the register
    from erc_cli.core.effects import Effects
    from erc_cli.core.status import Status
    from erc_cli.core.totals import Equation

Group = Literal[
    "money", "agreements", "meetings", "schedule", "results", "partners", "member-states", "wording", "other"
]
GROUPS: Final[tuple[Group, ...]] = (
    "money",
    "agreements",
    "schedule",
    "meetings",
    "results",
    "partners",
    "member-states",
    "wording",
    "other",
)

Class = Literal[
    "new",
    "removed",
    "correction",
    "no-cost-extension",
    "budget-change",
    "large-budget-change",
    "change-of-results",
    "change-of-parties",
    "status-event",
    "change-of-schedule",
    "wording",
    "other",
]

LARGE: Final = Decimal(20)
"""Per cent: what changes an amount by more is a large change."""

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


class Row(NamedTuple):
    """One difference as a reviewer reads it.

    `address` is that of the field or record; `before` and `after` are texts, None for nothing. Amounts have their
    `currency` (empty for the plan's), dates the `days` between them. `why` is the reason or cause on file, `because`
    the decision that asked for it. `left` are the other languages of a text in one language, in which it is as it was.
    """

    group: Group
    kind: Class
    address: str
    before: str | None
    after: str | None
    amounts: tuple[Decimal | None, Decimal | None] | None = None
    currency: str = ""
    days: int | None = None
    why: str = ""
    because: str = ""
    left: tuple[str, ...] = ()

    @property
    def difference(self) -> Decimal | None:
        """How much more there is after; None where it is no amount."""
        if self.amounts is None:
            return None
        return (self.amounts[1] or Decimal(0)) - (self.amounts[0] or Decimal(0))

    @property
    def percent(self) -> Decimal | None:
        """The difference in per cent of what was before; None without."""
        before = self.amounts[0] if self.amounts is not None else None
        difference = self.difference
        return difference * 100 / abs(before) if before and difference is not None else None


State = Literal["added", "removed", "renamed", "changed"]


class Context(NamedTuple):
    """What differences mean for the rest of the register.

    `stuck` are totals that did not move with their parts; `statuses` and `ends`, the last days in force, are of the
    agreements that changed, before and after. `effects` is None where nobody asked.
    """

    stuck: tuple[Equation, ...]
    statuses: Mapping[str, tuple[Status | None, Status | None]]
    ends: Mapping[str, tuple[date | None, date | None]]
    effects: Effects | None


NO_CONTEXT: Final = Context((), {}, {}, None)


class Review(NamedTuple):
    """What a reviewer is told of a change.

    `records` are those that differ, with the address they had and what happened to them; `formatting` the paths whose
    data is the same, `others` no files of the register, `unread` records that cannot be read on a side. Statuses are
    those of the day `on`.
    """

    names: tuple[str, str]
    records: tuple[tuple[str, str | None, State], ...]
    rows: tuple[Row, ...]
    formatting: tuple[str, ...]
    others: tuple[str, ...]
    unread: tuple[str, ...]
    context: Context
    on: date

    @property
    def is_empty(self) -> bool:
        """Whether nothing in the register differs, not even its layout."""
        return not (self.records or self.formatting or self.unread)


def state_of(pair: Pair) -> State:
    """Return what happened to a record."""
    if pair.before is None:
        return "added"
    if pair.after is None:
        return "removed"
    return "renamed" if pair.before != pair.after else "changed"


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
        yield from _money_inside(pair, change)
        return
    if change.path == ("formerly",) or (change.path[0] == "corrections" and len(change.path) == 2):
        return
    field, holder = shape_at(pair.model, change.path)
    is_correction = change.field in corrected
    row = _revision(pair, change, address) or _moved(pair, change, address)
    if row is not None:
        yield row
    elif field is not None and _is_money(field):
        currency = str(_beside(pair, change, "currency") or "")
        yield _amount_row(address, change.before, change.after, currency, is_correction)
    else:
        yield _plain_row(pair, change, address, field, holder, is_correction)
        yield from _money_inside(pair, change)


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
        why=_why(data),
        because=str(data.get("because") or ""),
        left=left,
    )


def _as_they_were(pair: Pair, change: Change) -> tuple[str, ...]:
    """The other languages of a text of which one changed, in which it says what it said before."""
    old, new = _holder(pair.old, pair.model, change.was or change.path), _holder(pair.new, pair.model, change.path)
    return tuple(key for key in new if key != change.path[-1] and key in old and new[key] == old[key])


def _why(data: Mapping[str, Any]) -> str:
    words = [str(data[key]) for key in ("cause", "reason") if isinstance(data.get(key), str)]
    return ": ".join(words)


def days_between(before: Any, after: Any) -> int | None:
    """Return the days from one date to another, both as files have them; None where one is none."""
    one, other = _day(before), _day(after)
    return (other - one).days if one is not None and other is not None else None


def _day(text: Any) -> date | None:
    if not isinstance(text, str):
        return None
    try:
        return last_day(parse_partial_date(text))
    except NotADateError:
        return None


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
        why=_why(data),
        because=because,
    )


# --- money --------------------------------------------------------------------------------------------------


def _revision(pair: Pair, change: Change, address: str) -> Row | None:
    """A revision that was added, as the change of the amount or target that it is."""
    data = change.after
    if len(change.path) < 2 or change.path[-2] != "revisions" or change.before is not None:
        return None
    if not isinstance(data, Mapping) or "from" not in data or "to" not in data:
        return None
    why, because = _why(data), str(data.get("because") or "")
    holder = address.rpartition(".revisions.")[0]
    is_target = pair.address.split("/")[0] == "projects" and change.path[0] == "areas"
    if is_target:
        before, after = str(data["from"]), str(data["to"])
        return Row("results", "change-of-results", holder, before, after, why=why, because=because)
    if pair.address == "budget" and change.path[0] == "staff":
        holder = f"budget.staff.lines.{data.get('line')}.years.{data.get('year')}"
    row = _amount_row(holder, data["from"], data["to"], "", False)
    return row._replace(why=why, because=because)


def _amount_row(address: str, before: Any, after: Any, currency: str, is_correction: bool) -> Row:
    amounts = (_amount(before), _amount(after))
    if any(amount is None and text is not None for amount, text in zip(amounts, (before, after), strict=True)):
        return Row("other", "correction" if is_correction else "other", address, in_words(before), in_words(after))
    row = Row("money", "other", address, in_words(before), in_words(after), amounts, currency)
    if is_correction:
        return row._replace(kind="correction")
    if amounts[0] is None:
        return row._replace(kind="new")
    if amounts[1] is None:
        return row._replace(kind="removed")
    percent = row.percent
    is_large = percent is None or abs(percent) > LARGE
    return row._replace(kind="large-budget-change" if is_large else "budget-change")


def _money_inside(pair: Pair, change: Change) -> Iterator[Row]:
    """The amounts in what came or went as a whole."""
    for side in (change.before, change.after):
        if side is not None and (change.before is None or change.after is None):
            for path, amount, data in _amounts(side, pair.model, change.path):
                address = ".".join((pair.address, *path))
                before, after = (None, amount) if change.before is None else (amount, None)
                row = _amount_row(address, before, after, str(data.get("currency") or ""), False)
                told = " ".join(str(data[key]) for key in ("stage", "form") if isinstance(data.get(key), str))
                yield row._replace(why=told or _why(data))


def _amounts(
    value: Any, model: type[Part], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str, Mapping[str, Any]]]:
    """Every amount in a value at `path` of a record: its way, the amount, and what it stands in."""
    from_root = model
    if isinstance(value, Mapping):
        for key, inner in value.items():
            here = (*path, key)
            if key == "from" and "to" in value:
                continue  # of a revision, what counts is told
            field, _ = shape_at(from_root, here)
            if field is not None and _is_money(field) and isinstance(inner, str):
                yield here, inner, value
            elif field is not None and _is_money(field) and isinstance(inner, Mapping):
                yield from (((*here, step), one, value) for step, one in inner.items() if isinstance(one, str))
            else:
                yield from _amounts(inner, from_root, here)
    elif isinstance(value, list):
        field, _ = shape_at(from_root, path)
        inner_model = field.models[0] if field is not None and field.models else None
        for at, item in enumerate(value):
            key = key_of(inner_model, item) if inner_model is not None and isinstance(item, Mapping) else None
            yield from _amounts(item, from_root, (*path, key or str(at)))


def _is_money(field: FieldShape) -> bool:
    return any(isinstance(mark, MoneyMark) for mark in field.marks)


def _amount(value: Any) -> Decimal | None:
    if not isinstance(value, str):
        return None
    try:
        return parse_number(value)
    except (NotPlainError, OutOfRangeError):
        return None  # it is a finding; what is no amount is told as it is written


def _beside(pair: Pair, change: Change, key: str) -> Any:
    """What stands under a key beside the place of a change, after it."""
    return _holder(pair.new, pair.model, change.path).get(key)


def _holder(data: Mapping[str, Any] | None, root: type[Part], path: Sequence[str]) -> Mapping[str, Any]:
    """The mapping in which the last step of a way lies; empty where it is not there."""
    value: Any = data
    model: type[Part] | None = root
    for step in path[:-1]:
        if isinstance(value, Mapping):
            field = field_by_key(model).get(step) if model is not None else None
            value, model = value.get(step), field.models[0] if field is not None and field.models else None
        elif isinstance(value, list) and model is not None:
            of = model
            value = next((one for one in value if isinstance(one, Mapping) and key_of(of, one) == step), None)
    return value if isinstance(value, Mapping) else {}


# --- shapes and words ---------------------------------------------------------------------------------------


def shape_at(model: type[Part], path: Sequence[str]) -> tuple[FieldShape | None, FieldShape | None]:
    """Return the field that a way leads to and the one around it, None where the data format has none.

    The keys of items and of mappings are steps of the way; for these the field is that of the list or mapping.
    """
    current: type[Part] | None = model
    field: FieldShape | None = None
    around: FieldShape | None = None
    at_item = False
    for step in path:
        if at_item or current is None:
            at_item = False
            continue
        around, field = field, field_by_key(current).get(step)
        if field is None:
            return None, around
        current = field.models[0] if field.models else None
        at_item = field.is_list and current is not None
    return field, around


def in_words(value: Any) -> str | None:
    """Return what stands in a file on one line, as people read it; None for nothing."""
    if value is None:
        return None
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        if set(value) <= {"start", "end"}:
            return " – ".join(filter(None, (in_words(value.get(key)) for key in ("start", "end"))))
        if value and all(len(key) == 2 for key in value):  # a text in languages
            return in_words(next(iter(value.values())))
        return "; ".join(f"{key} {in_words(inner)}" for key, inner in value.items() if key != "id")
    return ", ".join(filter(None, (in_words(_party(inner)) for inner in value)))


def _party(item: Any) -> Any:
    if isinstance(item, Mapping) and "party" in item and set(item) <= {"party", "signed_on", "signatory"}:
        return item["party"]
    return item

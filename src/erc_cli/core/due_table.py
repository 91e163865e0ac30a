"""What is due as tables, by who must act or by kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from erc_cli.core.due import DueItem
from erc_cli.core.periods import parse_date
from erc_cli.core.records.partner import Partner
from erc_cli.core.records.plan import Organisation, Unit
from erc_cli.core.register import Register
from erc_cli.core.tables import Cell, Column, Table
from erc_cli.core.text import pick
from erc_cli.core.words import Words

Grouping = Literal["who", "kind"]

_WHO = Column("who", "Who must act")
_KIND = Column("kind", "Kind", "word", optional=True)
_REST = (
    Column("late_on", "Late from", "date"),
    Column("days", "Days left", "number"),
    Column("record", "Record", "id"),
    Column("text", "What"),
)


def due_tables(items: Sequence[DueItem], register: Register, on: date, words: Words, by: Grouping) -> list[Table]:
    """Return one table for each who must act, or for each kind; nobody named comes last.

    Days are those until it is late; late since so many days where negative.
    """
    groups: dict[str, list[DueItem]] = {}
    for item in items:
        groups.setdefault(item.who if by == "who" else item.kind, []).append(item)
    column = _KIND if by == "who" else _WHO
    return [
        Table(
            (column, *_REST),
            tuple(_row(item, register, on, words, by) for item in groups[group]),
            _title(group, register, words, by),
        )
        for group in sorted(groups, key=lambda group: (not group, group))
    ]


def due_table(items: Sequence[DueItem], register: Register, on: date, words: Words) -> Table:
    """Return all of it as one table, for other programs."""
    rows = tuple((item.who or None, *_row(item, register, on, words, "who")) for item in items)
    return Table((Column("who", "Who must act", "id"), _KIND, *_REST), rows)


def due_list(items: Sequence[DueItem], register: Register, words: Words) -> Table:
    """Return what is due as one table for a page or a report, without the kinds."""
    columns = (
        Column("late_on", "Late from", "date"),
        Column("record", "Record", "id"),
        Column("text", "What"),
        Column("who", "Who must act", optional=True),
    )
    rows = ((i.late_on, i.record, said(i, register, words), who_is(i.who, register, words) or None) for i in items)
    return Table(columns, tuple(rows))


def _row(item: DueItem, register: Register, on: date, words: Words, by: Grouping) -> tuple[Cell, ...]:
    first = item.kind if by == "who" else who_is(item.who, register, words)
    return (first, item.late_on, (item.late_on - on).days, item.record, said(item, register, words))


def said(item: DueItem, register: Register, words: Words) -> str:
    """Return what is due, in words of the language, with names of parties and days as people write them."""
    values = {key: _shown(key, value, register, words) for key, value in item.values.items()}
    return words(item.message).format_map(values)


def _shown(key: str, value: str, register: Register, words: Words) -> str:
    if key in ("day", "examined"):
        return words.day(parse_date(value))
    if key in ("party", "parties"):
        return words(", ").join(who_is(party, register, words) for party in value.split(", "))
    return value


def _title(group: str, register: Register, words: Words, by: Grouping) -> str:
    if by == "kind":
        return words.value(group)
    return who_is(group, register, words) if group else words("Nobody named")


def who_is(who: str, register: Register, words: Words) -> str:
    """Return the name of a unit, the own organisation or a partner; the id where there is none."""
    plan = register.plan
    own: list[Organisation | Unit] = [plan.organisation, *plan.units]
    names = [one.name for one in own if one.id == who]
    partner = register.find(who, Partner)
    if partner is not None:
        names.append(partner.name)
    return pick(names[0], words.language, plan.languages) if names else who


def as_items(items: Sequence[DueItem], on: date) -> list[dict[str, Any]]:
    """Return the items of `erc.due/1`."""
    return [
        {
            "kind": item.kind,
            "address": item.record,
            "field": ".".join(str(step) for step in item.field),
            "who": item.who or None,
            "late_on": item.late_on.isoformat(),
            "days": (item.late_on - on).days,
            "text": item.text,
        }
        for item in items
    ]

"""Tables as values: typed cells under named columns. How they look is the renderers' matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from erc_cli.core.periods import PartialDate

Kind = Literal["text", "word", "id", "ref", "country", "amount", "number", "percent", "year", "date", "flag"]
"""What the cells of a column are.

text: free words; word: one of a vocabulary, shown in the reader's language; id: shown as it is; ref: the address of a
record, shown to people without its folder; country: a code, shown to people as a name; amount: money; number: any
other number; percent: a share of a whole in hundredths, such as 62.5; year: one that is not grouped; date: a day,
known in full or in part; flag: yes or no.
"""


class Before(NamedTuple):
    """Some day before this one; no more is known."""

    day: str


Scalar = str | int | Decimal | date | PartialDate | Before
Cell = Scalar | tuple[Scalar, ...] | None
"""A value, several of them, or nothing. A flag is a `bool`; text that is not of its column's kind stays `str`."""


class Column(NamedTuple):
    """One column: its key for machines, its heading (English, translated when shown), what its cells are.

    An `optional` column is left out where the terminal is too narrow for all.
    """

    key: str
    heading: str
    kind: Kind = "text"
    optional: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells, one for each column. `labels` are what the register calls its own words: word to label.

    The rows of `totals` stand below the others, under a line.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    totals: tuple[tuple[Cell, ...], ...] = ()


STANDS_ALONE: frozenset[Kind] = frozenset({"id", "ref", "amount", "number", "percent", "year", "date", "flag"})
"""Kinds whose values are never cut and never broken over lines."""

TO_THE_RIGHT: frozenset[Kind] = frozenset({"amount", "number", "percent"})
"""Kinds that are aligned to the right."""


def select(table: Table, keys: Sequence[str]) -> Table:
    """Return the table with the columns of these keys alone, in this order; rows of totals keep their label."""
    at = {column.key: position for position, column in enumerate(table.columns)}
    shown = [at[key] for key in keys]

    def of(rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
        return tuple(tuple(row[position] for position in shown) for row in rows)

    columns = tuple(table.columns[position] for position in shown)
    totals = (
        (row[0] if cells[0] is None else cells[0], *cells[1:])
        for row, cells in zip(table.totals, of(table.totals), strict=True)
    )
    return replace(table, columns=columns, rows=of(table.rows), totals=tuple(totals))


def without_empty(table: Table, *also: str) -> Table:
    """Return the table without the columns in which nothing stands, if they are optional or `also` named."""
    return select(
        table,
        [
            column.key
            for position, column in enumerate(table.columns)
            if not (column.optional or column.key in also) or any(row[position] not in (None, "") for row in table.rows)
        ],
    )

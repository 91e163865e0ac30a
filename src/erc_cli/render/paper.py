"""How the tables of a report fit on paper: how much room each column needs, and whether a page must lie across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from erc_cli.core.reports.report import Report
from erc_cli.core.tables import STANDS_ALONE, Table
from erc_cli.core.words import Words
from erc_cli.render.cells import for_documents, one_line
from erc_cli.render.plain import columns_of

UPRIGHT: Final = 105
"""So many letters of a table fit beside one another on an upright page."""

ACROSS: Final = 150
"""So many fit on one that lies across; with more the letters get smaller."""

SHORT: Final = 12
"""A table of so many rows is kept together on one page."""

_WORDS, _ID = 16, 24
"""Letters that a column of words and one of ids need at least; both can be broken."""

_MOST = 60
"""A column of words is given no more than this for its longest text."""


def letters(table: Table, words: Words) -> list[int]:
    """Return about how many letters each column needs: figures and days whole, words a few beside one another."""
    return [least + 2 for least, _ in _needs(table, words)]


def shares(table: Table, words: Words, room: int) -> list[float]:
    """Return which part of a width of `room` letters each column is given, together 1.

    Figures, days and ids get what they need, and words share the rest by the lengths of their texts.
    """
    needs, sharing = _needs(table, words), wide(table)
    least = [one + 2 for one, _ in needs]
    left = max(room - sum(least), 0)
    wanted = {at: max(needs[at][1] + 2 - least[at], 0) for at in sharing}
    whole = sum(wanted.values()) or 1
    given = [one + left * (wanted[at] / whole if at in wanted else 0) for at, one in enumerate(least)]
    return [one / sum(given) for one in given]


def wide(table: Table) -> list[int]:
    """Return the columns that share what room is left: those of words, else the first."""
    return [at for at, column in enumerate(table.columns) if column.kind not in STANDS_ALONE] or [0]


def for_paper(report: Report) -> Report:
    """Return the report without the columns that may be left out and in which nothing stands."""
    sections = []
    for section in report.sections:
        if section.table is not None:
            section = section._replace(table=_without_empty(section.table))
        sections.append(section)
    return report._replace(sections=tuple(sections))


def _without_empty(table: Table) -> Table:
    kept = [
        at
        for at, column in enumerate(table.columns)
        if not column.optional or any(row[at] not in (None, "") for row in (*table.rows, *table.totals))
    ]
    columns = tuple(table.columns[at] for at in kept)
    rows, totals = (tuple(tuple(row[at] for at in kept) for row in some) for some in (table.rows, table.totals))
    return replace(table, columns=columns, rows=rows, totals=totals)


def lies_across(report: Report, words: Words) -> bool:
    """Whether a table of the report is too wide for an upright page."""
    tables = (section.table for section in report.sections if section.table is not None and section.table.rows)
    return any(sum(letters(table, words)) > UPRIGHT for table in tables)


def _needs(table: Table, words: Words) -> list[tuple[int, int]]:
    """The letters that each column needs at least, and those of its longest text."""
    found = []
    for at, column in enumerate(table.columns):
        cells = [row[at] for row in (*table.rows, *table.totals)]
        texts = [for_documents(column.kind, cell, words, table.labels) for cell in cells]
        longest = max((columns_of(text) for text in texts), default=0)
        head = _longest_word(one_line(words(column.heading))) + 1  # it is bold
        if column.kind in ("id", "ref"):
            least = min(longest, _ID)
        else:
            least = longest if column.kind in STANDS_ALONE else min(longest, _WORDS)
        found.append((max(least, head), min(max(longest, head), _MOST)))
    return found


def _longest_word(text: str) -> int:
    words: Sequence[str] = text.split(" ")
    return max(columns_of(word) for word in words)

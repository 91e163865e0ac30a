"""A sheet of a spreadsheet as plain values, whatever file it came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

CellKind = Literal["text", "number", "date", "formula", "error"]


class Cell(NamedTuple):
    """What a cell holds. A number is plain and exact to the 15 digits that spreadsheets keep, a date is `YYYY-MM-DD`.

    `formula`: one without a saved value, `text` is the formula. `error`: such as `#N/A`.
    """

    text: str
    kind: CellKind = "text"


class Merged(NamedTuple):
    """Cells that were made one: first and last row and column, from 1."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(NamedTuple):
    """A sheet: its rows that are not empty, by number, each with its cells that are not empty, by column, from 1."""

    name: str
    rows: dict[int, dict[int, Cell]]
    is_hidden: bool = False
    merged: Sequence[Merged] = ()
    formulas: int = 0
    """How many cells are formulas whose saved value was taken."""

    def place(self, row: int, column: int) -> str:
        """Return where a cell is, as spreadsheets say it: `Sheet1!C14`."""
        return f"{self.name}!{letters(column)}{row}"


_LONGEST: Final = 600
"""Characters of what is said about a cell; a cell can hold 32,767."""


class Fault(NamedTuple):
    """What is wrong with a cell or row, or worth saying about it."""

    at: str
    message: str

    def __str__(self) -> str:
        message = self.message if len(self.message) <= _LONGEST else f"{self.message[: _LONGEST - 3]}..."
        return f"{self.at}: {message}"


def letters(column: int) -> str:
    """Return the name of a column: `A` for 1, `AA` for 27."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def number_of(name: str) -> int:
    """Return the number of a column from its name."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def unmerged(sheet: Sheet) -> dict[int, dict[int, Cell]]:
    """Return the rows with the value of cells that were merged downwards in each of their rows."""
    rows = {number: dict(cells) for number, cells in sheet.rows.items()}
    numbers = sorted(rows)
    for area in sheet.merged:
        cell = sheet.rows.get(area.top, {}).get(area.left)
        if cell is not None:
            for number in numbers[bisect_right(numbers, area.top) : bisect_right(numbers, area.bottom)]:
                rows[number].setdefault(area.left, cell)
    return rows

"""What the cells of a row say about a record: fields and their values as files have them, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from erc_cli.commands.import_names import Partners, titles
from erc_cli.core.house import House, text_of
from erc_cli.core.importing.heading_names import SIGNED
from erc_cli.core.importing.headings import TRANSLATED, Column, language_of, language_of_heading
from erc_cli.core.importing.labels import labels_of
from erc_cli.core.importing.table import Cell, Fault, Sheet
from erc_cli.core.importing.values import (
    DateOrder,
    UnclearError,
    amount_of,
    clean,
    comma_pieces,
    country_names,
    date_of,
    meaning,
    pieces,
    said_once,
)
from erc_cli.core.records.kinds import field_at, kind_of, model_of
from erc_cli.core.records.shape import FieldShape
from erc_cli.core.records.types import RefTo
from erc_cli.core.text import fold
from erc_cli.core.typed import ascii_digits, is_prose, tidy, value_of
from erc_cli.core.words import Words
from erc_cli.errors import UsageError
from erc_cli.store.draft import Draft
from erc_cli.store.raw import read_records

PARTIES = frozenset({"parties", "partners", "implementing"})
"""Fields whose names stand for partners."""


class Options(NamedTuple):
    """How a spreadsheet is to be read, and what may be changed."""

    maps: tuple[str, ...] = ()
    sheet: str = ""
    dates: DateOrder = ""
    texts_in: str = ""
    alike: str = ""
    """What a name is that differs from a known one only in small words or order: `same`, `new`, or not said."""
    add_partners: str = ""
    """The category of partners that are named in a row and not on file; empty: that is an error."""
    signed_before: str = ""
    update: bool = False


class Told(NamedTuple):
    """A value that a cell gives to a field, several where the field is a list."""

    value: str | tuple[str, ...]
    at: str
    language: str = ""
    """Of names of partners, where the heading tells it."""


Row = dict[str, Told]
"""Field, with dots: what a row says about it."""


class Cells:
    """Reads the cells of one folder's records."""

    def __init__(self, draft: Draft, folder: str, house: House, options: Options, languages: Sequence[Words]) -> None:
        self._draft, self._folder, self._house, self._options = draft, folder, house, options
        self._languages, self._model = languages, model_of(folder)
        self.words = {words.language: words for words in languages}
        self._countries = country_names()
        self._records: dict[str, dict[str, Mapping[str, Any]]] = {}
        self._titles: dict[str, dict[str, list[str]]] = {}
        self._labels: dict[str, dict[str, str]] = {}
        self.partners = Partners(self.records("partners"), house)

    def records(self, folder: str) -> dict[str, Mapping[str, Any]]:
        """Return the data of the records on file in a folder, by address."""
        if folder not in self._records:
            found = read_records(self._draft, [folder])
            self._records[folder] = {one.address: one.data for one in found if one.data is not None}
        return self._records[folder]

    def row(
        self, sheet: Sheet, number: int, cells: Mapping[int, Cell], columns: Sequence[Column]
    ) -> tuple[Row, list[Fault]]:
        """Return what a row says, and what is wrong with its cells."""
        row: Row = {}
        faults: list[Fault] = []
        for column in columns:
            cell = cells.get(column.number)
            if cell is None or not clean(cell.text):
                continue
            at = sheet.place(number, column.number)
            try:
                field, value = self._read(column, cell)
                if field in row and row[field].value != value:
                    raise UnclearError(
                        f"{field} is said twice: {_said(row[field].value)} ({row[field].at}), and {_said(value)}"
                    )
                row[field] = Told(value, at, language_of_heading(column.heading))
            except (UnclearError, UsageError) as error:
                faults.append(Fault(at, str(error)))
        _move_budget(row, faults)
        self._look_inside(row)
        return row, faults

    def _look_inside(self, row: Row) -> None:
        """Give area and indicators that are named by their titles the ids that they have in the row's project."""
        project = self.records("projects").get(str(row["project"].value)) if "project" in row else None
        known = dict(_inside(project, self._house.languages)) if project is not None else {}
        for field in ("area", "indicators"):
            if field in row:
                value = row[field].value
                ids = tuple(known.get(fold(one), one) for one in ([value] if isinstance(value, str) else value))
                row[field] = row[field]._replace(value=ids[0] if isinstance(value, str) else ids)

    def _read(self, column: Column, cell: Cell) -> tuple[str, str | tuple[str, ...]]:
        if cell.kind == "formula":
            raise UnclearError(
                f"{cell.text} is a formula without a saved value: open and save the file, or paste values"
            )
        if cell.kind == "error":
            raise UnclearError(f"{clean(cell.text)} is an error of the spreadsheet: put the value right")
        text, field = tidy(clean(cell.text)), column.field
        if field in TRANSLATED:
            heading, languages = language_of_heading(column.heading), self._house.languages
            return f"{field}.{column.language or language_of(text, heading, languages, self._options.texts_in)}", text
        if field in PARTIES:
            return field, tuple(said_once(map(tidy, self.partners.split(cell.text))))
        if field == SIGNED and text.startswith("<"):  # as lists have it
            return "signed_before", str(date_of(Cell(text[1:]), self._options.dates))
        if field == SIGNED:
            return field, str(date_of(cell, self._options.dates))
        if field == "budget":
            return f"budget.{column.year}".rstrip("."), amount_of(cell, self._house.currency)
        if field == "budget_year":
            return field, _year(text)
        if field == "id" or field.startswith("identifiers."):
            return field, text.removeprefix(f"{self._folder}/") if field == "id" else text
        return field, self._typed(field, cell, text)

    def _typed(self, field: str, cell: Cell, text: str) -> str | tuple[str, ...]:
        found = field_at(self._model, tuple(field.split(".")))
        assert found is not None  # noqa: S101 - a test goes through all headings
        model, shape = found
        read = self._reader(field, model, shape, cell)
        if not shape.is_list:
            return read(text)
        if is_prose(model, shape.key):
            return tuple(said_once(map(read, pieces(cell.text))))
        named = self._names_in(cell.text, read)
        return tuple(said_once(map(read, named)))

    def _names_in(self, text: str, read: Callable[[str], str]) -> list[str]:
        """The pieces of a list; a comma separates, unless it belongs to a name that is known."""
        found = []
        for piece in pieces(text):
            try:
                read(piece)
                found.append(piece)
            except UnclearError:
                found += comma_pieces(piece)
        return found

    def _reader(self, field: str, model: Any, shape: FieldShape, cell: Cell) -> Callable[[str], str]:
        kind = kind_of(model, shape.key)
        if kind == "date":
            return lambda _: str(date_of(cell, self._options.dates))
        if kind == "country":
            return lambda text: meaning(text, self._countries, "country")
        if kind == "word":
            if field not in self._labels:
                self._labels[field] = labels_of(model, shape, self._house, self._languages)
            return lambda text: meaning(text, self._labels[field], shape.key.replace("_", " "))
        references = [mark for mark in shape.marks if isinstance(mark, RefTo)]
        if references:
            return lambda text: self._reference(text, references[0])
        return lambda text: value_of(model, shape.key, text, self._house)

    def _reference(self, text: str, mark: RefTo) -> str:
        """The address of a record or unit by its id, title or name. Raises UnclearError."""
        if mark.unit or mark.own:
            named = [
                one
                for one, names in self._house.names.items()
                if one == text or fold(text) in map(fold, names.values())
            ]
            if named:
                return named[0]
        for folder in mark.folders:
            if folder == "member-states" and fold(text) in self._countries:
                return f"member-states/{self._countries[fold(text)]}"
            if folder == "partners":
                found = self.partners.named(text)
            else:
                if folder not in self._titles:
                    self._titles[folder] = titles(self.records(folder), self._house.languages)
                found = self._titles[folder].get(text) or self._titles[folder].get(fold(text)) or []
            if len(found) > 1:
                raise UnclearError(f"{text} can be {' or '.join(found)}: write the id")
            if found:
                return found[0]
        raise UnclearError(f"{text} is no record of {', '.join(mark.folders)}: write its id, name or title")


def _inside(data: Any, languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield folded titles and ids of all that a project is made of."""
    if isinstance(data, Mapping):
        titles_here = text_of(data.get("title"), languages) or {}
        yield from ((fold(title), str(data["id"])) for title in titles_here.values() if "id" in data)
        for value in data.values():
            yield from _inside(value, languages)
    elif isinstance(data, list):
        for item in data:
            yield from _inside(item, languages)


def _year(text: str) -> str:
    text = ascii_digits(text)
    if not re.fullmatch("(19|20|21)[0-9]{2}", text):
        raise UnclearError(f"{text} is no year of four digits")
    return text


def _move_budget(row: Row, faults: list[Fault]) -> None:
    """Give the amount of a row the year that stands in another cell."""
    year, amount = row.pop("budget_year", None), row.pop("budget", None)
    if amount is not None and year is not None:
        row[f"budget.{year.value}"] = amount
    elif amount is not None:
        faults.append(
            Fault(amount.at, "an amount without a year: head the column `Budget 2019`, or have one for the year")
        )


def _said(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)

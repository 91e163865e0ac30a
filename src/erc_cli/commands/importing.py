"""`erc import`: a spreadsheet to new records and changes of those on file, all or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from erc_cli.commands.appending import append_words
from erc_cli.commands.changing import add_record, set_field
from erc_cli.commands.correcting import correct
from erc_cli.commands.import_cells import Cells, Options
from erc_cli.commands.import_records import Records
from erc_cli.commands.import_words import commands
from erc_cli.core.findings import Finding
from erc_cli.core.house import House
from erc_cli.core.importing.headings import Headings, Layout
from erc_cli.core.importing.records import Step
from erc_cli.core.importing.table import Cell, Fault, Merged, Sheet, unmerged
from erc_cli.core.importing.values import clean
from erc_cli.core.periods import NotADateError, parse_date
from erc_cli.core.records.kinds import choices_of, model_of
from erc_cli.core.words import Words, heading_of
from erc_cli.errors import ErcError, RefusedError, UsageError
from erc_cli.store.catalogue import TRANSLATED, words_in
from erc_cli.store.draft import Draft


class Imported(NamedTuple):
    """What an import does: the commands that would do the same, what people should know, the cells of its fields."""

    commands: tuple[str, ...]
    notes: tuple[str, ...]
    places: Mapping[str, Mapping[str, str]]

    def refusal(self, findings: Sequence[Finding]) -> str:
        """Return what to say of the errors that the rules find: at the cells that are to blame."""
        faults = [
            Fault(_place(self.places, one.problem.record, one.field_address), f"{one.problem.message} ({one.code})")
            for one in findings
        ]
        return _all(faults)


def import_sheets(draft: Draft, house: House, folder: str, sheets: Sequence[Sheet], options: Options) -> Imported:
    """Put the records of a spreadsheet into the draft and return what that is.

    Raises UsageError where no sheet can be read, and RefusedError with every fault and its cell: all or none.
    """
    languages = [Words(), *map(words_in, TRANSLATED)]
    more = {
        field: [words(heading_of(field)) for words in languages]
        for field in ("id", "title", "name", "kind", "category")
    }
    headings = Headings(folder, options.maps, more)
    sheet, layout, notes = _chosen(sheets, headings, options.sheet)
    cells = Cells(draft, folder, house, options, languages)
    records = Records(folder, cells, house, options)
    _take_rows(sheet, layout, cells, records)
    if not records.faults:
        _apply(draft, house, records)
    if records.faults:
        raise RefusedError(_all(records.faults))
    notes += map(str, records.notes)
    return Imported(tuple(commands(records.new, records.steps)), tuple(notes), records.places)


def check_options(options: Options, house: House) -> None:
    """Raise UsageError for a language, category or day that cannot be."""
    if options.texts_in and options.texts_in not in house.languages:
        raise UsageError(f"--texts-in {options.texts_in}: the plan is in {', '.join(house.languages)}")
    categories = choices_of(model_of("partners"), "category")
    if options.add_partners and options.add_partners not in categories:
        raise UsageError(f"--add-partners {options.add_partners}: one of {', '.join(categories)}")
    try:
        if options.signed_before:
            parse_date(options.signed_before)
    except NotADateError as error:
        raise UsageError(f"--signed-before {options.signed_before}: {error}") from None


def _chosen(sheets: Sequence[Sheet], headings: Headings, asked: str) -> tuple[Sheet, Layout, list[str]]:
    """The sheet to read, where its headings are, and what to say about it."""
    named = (
        [sheet for sheet in sheets if sheet.name == asked] if asked else [one for one in sheets if not one.is_hidden]
    )
    if not named:
        raise UsageError(
            f"there is no sheet {asked}: there are {', '.join(one.name for one in sheets)}"
            if asked
            else "all sheets are hidden: name one with --sheet"
        )
    found = [(sheet, layout) for sheet in named if (layout := headings.layout(sheet)) is not None]
    if not found:
        raise UsageError(
            "no row of headings that are known: name the columns as docs/importing.md does, or say --map HEADING=FIELD"
        )
    if len(found) > 1:
        raise UsageError(
            f"several sheets have records: name one with --sheet: {', '.join(sheet.name for sheet, _ in found)}"
        )
    sheet, layout = found[0]
    notes = [f"sheet {one.name} is hidden and was left out" for one in sheets if one.is_hidden and one is not sheet]
    if layout.unknown:
        notes.append(f"columns not imported: {', '.join(layout.unknown)}; --map HEADING=FIELD says what they are")
    if sheet.formulas:
        notes.append(f"{sheet.formulas} cells of {sheet.name} are formulas: their saved values were taken")
    twice = [one for one in layout.columns if sum(_is_one(one, other) for other in layout.columns) > 1]
    if twice:
        raise UsageError(
            f"two columns for the same: {', '.join(one.heading for one in twice)}; leave one out with --map HEADING=-"
        )
    return sheet, layout, notes


def _is_one(one: Any, other: Any) -> bool:
    return bool((one.field, one.language, one.year) == (other.field, other.language, other.year))


def _take_rows(sheet: Sheet, layout: Layout, cells: Cells, records: Records) -> None:
    numbers = [column.number for column in layout.columns]
    across = {}
    for area in sheet.merged:
        if area.left < area.right:
            across.update(dict.fromkeys(range(area.top, min(area.bottom, area.top + 1000) + 1), area))
    for number, row in unmerged(sheet).items():
        told = {column: cell for column, cell in row.items() if column in numbers and clean(cell.text)}
        if number <= layout.row:
            continue
        at = sheet.place(number, min(told or row))
        if not told:
            if said := [clean(cell.text) for cell in row.values() if cell.kind == "text" and _says_something(cell)]:
                records.notes.append(Fault(at, f"nothing in the columns that are imported, left out: {said[0]}"))
            continue
        if number in across and (fault := _about_merged(sheet, number, across[number], told, numbers)):
            (records.notes if fault.message.startswith("a heading") else records.faults).append(fault)
            continue
        found, faults = cells.row(sheet, number, told, layout.columns)
        records.faults += faults
        if not faults:
            records.take(found, at)


def _says_something(cell: Cell) -> bool:
    return any(character.isalpha() for character in clean(cell.text))


def _about_merged(
    sheet: Sheet, row: int, area: Merged, told: Mapping[int, Cell], columns: Iterable[int]
) -> Fault | None:
    """What cells merged to the side are: a heading between rows, or a fault where they hide several fields."""
    hidden = [column for column in columns if area.left <= column <= area.right]
    if len(hidden) < 2:
        return None
    at = sheet.place(row, area.left)
    if set(told) <= {area.left}:
        return Fault(at, f"a heading between rows, left out: {clean(next(iter(told.values())).text)}")
    return Fault(at, f"cells of {len(hidden)} columns are merged: take them apart, so that each says what it holds")


def _apply(draft: Draft, house: House, records: Records) -> None:
    """Make the change on the draft; what cannot be made is a fault of its cell."""
    for address, data in records.new.items():
        folder, _, record_id = address.partition("/")
        try:
            add_record(draft, folder, record_id, data)
        except ErcError as error:
            records.faults.append(Fault(_place(records.places, address, ""), str(error)))
    for step in records.steps:
        try:
            _carry_out(draft, house, step)
        except ErcError as error:
            address, _, field = step.address.partition(".")
            records.faults.append(Fault(_place(records.places, address, field), str(error)))


def _carry_out(draft: Draft, house: House, step: Step) -> None:
    if step.words:
        append_words(draft, step.address, step.words, house)
    else:
        correct(draft, step.address, lambda: set_field(draft, step.address, step.value, house), "", date.min)


def _place(known: Mapping[str, Mapping[str, str]], address: str, field: str) -> str:
    """The cell that gave a field, else its row; an address where the fault is in what was not imported."""
    places = known.get(address)
    if places is None:
        return address
    near = [
        name
        for name in places
        if name and (field == name or field.startswith(f"{name}.") or name.startswith(f"{field}."))
    ]
    return places[max(near, key=len)] if near and field else places[""]


def _all(faults: Sequence[Fault]) -> str:
    count = len(faults)
    return "\n".join([f"{count} error{'s' * (count > 1)}: nothing was written", *map(str, faults)])

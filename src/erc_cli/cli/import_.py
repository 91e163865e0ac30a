"""`erc import`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from erc_cli.cli.options import new_app
from erc_cli.cli.reading import say
from erc_cli.cli.writing import Writing, writes
from erc_cli.errors import UsageError

if TYPE_CHECKING:
    from erc_cli.commands.import_cells import Options
    from erc_cli.commands.importing import Imported
    from erc_cli.core.house import House
    from erc_cli.core.importing.table import Sheet
    from erc_cli.store.draft import Draft

app = new_app(no_args_is_help=True)


@app.callback()
def group() -> None:
    """Spreadsheets into the register: partners, agreements, activities.

    All rows or none; what is wrong is said with sheet and cell. Try it with --dry-run first. docs/importing.md has the
    headings that are known.
    """


_File = Annotated[str, typer.Argument(metavar="FILE", help="An .xlsx or .csv file.")]
_Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="HEADING=FIELD", help="What a column holds; - leaves it out. Repeat for more."),
]
_Sheet = Annotated[str, typer.Option("--sheet", metavar="NAME", help="The sheet, where several have records.")]
_Dates = Annotated[str, typer.Option("--dates", metavar="dmy|mdy", help="Which comes first in 03/04/2019.")]
_Encoding = Annotated[
    str, typer.Option("--encoding", metavar="NAME", help="Of a CSV file: utf-8, utf-16, windows-1256, windows-1252.")
]
_TextsIn = Annotated[
    str, typer.Option("--texts-in", metavar="LANG", help="Language of names and titles whose heading names none.")
]
_Update = Annotated[bool, typer.Option("--update", help="Replace values on file that differ; else they stay.")]
_AddPartners = Annotated[
    str, typer.Option("--add-partners", metavar="CATEGORY", help="Add partners that are named and not on file.")
]
_Alike = Annotated[
    str,
    typer.Option(
        "--alike", metavar="same|new", help="What names are that differ in small words or order from known ones."
    ),
]
_SignedBefore = Annotated[
    str, typer.Option("--signed-before", metavar="DATE", help="For agreements of which no day or year is known.")
]


@app.command(no_args_is_help=True)
@writes
def partners(
    writing: Writing,
    file: _File,
    map_: _Map = None,
    sheet: _Sheet = "",
    dates: _Dates = "",
    encoding: _Encoding = "",
    texts_in: _TextsIn = "",
    alike: _Alike = "",
    update: _Update = False,
) -> int:
    """Import partners: their names, category, country, acronym, and what else has a heading that is known."""
    asked = _options(map_, sheet, dates, texts_in, alike, update)
    return _import(writing, "partners", file, encoding, asked)


@app.command(no_args_is_help=True)
@writes
def agreements(
    writing: Writing,
    file: _File,
    map_: _Map = None,
    sheet: _Sheet = "",
    dates: _Dates = "",
    encoding: _Encoding = "",
    texts_in: _TextsIn = "",
    alike: _Alike = "",
    add_partners: _AddPartners = "",
    signed_before: _SignedBefore = "",
    update: _Update = False,
) -> int:
    """Import agreements: parties and a year are enough; title, kind and days where they are known.

    The own organisation is among the parties by itself. An agreement is the same as one on file where the id is, else
    where title, parties and year are.
    """
    asked = _options(map_, sheet, dates, texts_in, alike, update)
    return _import(
        writing, "agreements", file, encoding, asked._replace(add_partners=add_partners, signed_before=signed_before)
    )


@app.command(no_args_is_help=True)
@writes
def activities(
    writing: Writing,
    file: _File,
    map_: _Map = None,
    sheet: _Sheet = "",
    dates: _Dates = "",
    encoding: _Encoding = "",
    texts_in: _TextsIn = "",
    alike: _Alike = "",
    add_partners: _AddPartners = "",
    update: _Update = False,
) -> int:
    """Import activities: title, kind, project, schedule, partners, beneficiaries and budget by year."""
    asked = _options(map_, sheet, dates, texts_in, alike, update)
    return _import(writing, "activities", file, encoding, asked._replace(add_partners=add_partners))


def _options(maps: list[str] | None, sheet: str, dates: str, texts_in: str, alike: str, update: bool) -> Options:
    from erc_cli.commands.import_cells import Options

    _one_of("--dates", dates, ("dmy", "mdy"))
    _one_of("--alike", alike, ("same", "new"))
    return Options(tuple(maps or ()), sheet, dates, texts_in, alike, update=update)  # type: ignore[arg-type]


def _one_of(option: str, value: str, allowed: tuple[str, ...]) -> None:
    if value and value not in allowed:
        raise UsageError(f"{option} {value}: one of {', '.join(allowed)}")


def _import(writing: Writing, folder: str, file: str, encoding: str, options: Options) -> int:
    from erc_cli.commands.importing import check_options, import_sheets
    from erc_cli.core.text import visible

    sheets = _sheets(file, encoding)
    made: list[Imported] = []  # what the last draft became; a question makes a second one

    def make(draft: Draft, house: House) -> None:
        check_options(options, house)
        found = import_sheets(draft, house, folder, sheets, options)
        for note in () if made else found.notes:  # before anything is asked or written
            say(visible(note))
        made[:] = [found]

    code = writing.carry_out(make, careful=True, blame=lambda findings: made[0].refusal(findings))
    if writing.dry_run:
        writing.reading.write("".join(f"{visible(line)}\n" for line in made[0].commands))
    return code


def _sheets(file: str, encoding: str) -> list[Sheet]:
    if file.lower().endswith(".xlsx"):
        if encoding:
            raise UsageError("--encoding is for CSV files: an .xlsx file says its own")
        try:
            from erc_cli.store.workbook import read_workbook
        except ImportError as error:
            raise UsageError(
                "reading .xlsx needs the extra `excel`: pip install 'erc-cli[excel]'; or save the sheet as CSV UTF-8"
            ) from error
        return read_workbook(file)
    if not file.lower().endswith((".csv", ".tsv", ".txt")):
        raise UsageError(f"{file}: a spreadsheet is an .xlsx or a .csv file")
    from erc_cli.store.csv_table import read_csv

    return read_csv(file, encoding)

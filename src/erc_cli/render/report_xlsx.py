"""A report as a workbook: a sheet of its words, then each table on a sheet of its own, with real numbers and days."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from erc_cli.core.reports.foot import foot_lines
from erc_cli.core.reports.report import Report, Section
from erc_cli.core.tables import TO_THE_RIGHT, Cell, Kind, Table
from erc_cli.core.words import Words
from erc_cli.errors import UsageError
from erc_cli.render.cells import for_documents, one_line, steady
from erc_cli.render.extras import library
from erc_cli.render.layout import wrapped
from erc_cli.render.plain import columns_of
from erc_cli.render.xlsx_names import sheet_names

_FIRST_DAY: Final = date(1900, 3, 1)
"""Spreadsheets count the days before wrongly, and know none before 1900: these are written as text."""

_EXACT_DIGITS: Final = 15
"""A spreadsheet keeps so many digits of a number; one with more is written as text, so that none is lost."""

_LONGEST_TEXT: Final = 32_767
_LONGEST_HEADER: Final = 100
_MOST_ROWS: Final = 1_048_576
_WIDEST: Final = 44
_OVERVIEW: Final = (70, 20, 45)
"""The widths of the columns of the first sheet, in characters."""

_LINE: Final = 1.4
"""The height of a line, in sizes of its letters; Arabic ones need so much."""

_LANDSCAPE_FROM: Final = 6


def report_xlsx(report: Report, words: Words) -> bytes:
    """Return a report as an `.xlsx` file. Raises UsageError where the extra is missing, or a table is too long."""
    file = io.BytesIO()
    book = library("xlsxwriter").Workbook(file, {"in_memory": True, "strings_to_numbers": False,
        "strings_to_formulas": False, "strings_to_urls": False,
        "default_format_properties": {"font_name": "Arial", "font_size": 10}})  # fmt: skip
    day = report.foot.on if report.foot is not None else date(2000, 1, 1)
    book.set_properties({"title": one_line(report.title), "created": datetime(day.year, day.month, day.day)})  # noqa: DTZ001
    tables = [section for section in report.sections if section.table is not None and section.table.rows]
    names = sheet_names([words("Overview"), *(section.heading for section in tables)])
    _Overview(book, names[0], words).write(report, iter(names[1:]))
    for name, section in zip(names[1:], tables, strict=True):
        assert section.table is not None  # noqa: S101 - those without were left out
        _Sheet(book, name, words, section.heading).write(section.table)
    book.close()
    return file.getvalue()


class _Page:
    """A sheet, and the formats of its cells."""

    def __init__(self, book: Any, name: str, words: Words, heading: str = "") -> None:
        self.book, self.words = book, words
        self.sheet = book.add_worksheet(name)
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_header(f"&C{one_line(heading or name)[:_LONGEST_HEADER].replace('&', '&&')}")
        self.sheet.set_footer("&C&P / &N")
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        if words.is_right_to_left:
            self.sheet.right_to_left()

    def format(self, **properties: Any) -> Any:
        """A format; the same one for the same properties."""
        properties = {"valign": "top", "reading_order": 2 if self.words.is_right_to_left else 1, **properties}
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]

    def text(self, row: int, at: int, text: str, **properties: Any) -> None:
        """Write a text as text, whatever it looks like. One that is too long for a cell says how much is missing."""
        shown = one_line(f"{text}")
        if len(shown.encode("utf-16-le")) // 2 > _LONGEST_TEXT:
            note = self.words("[... cut here: {n} characters in all]").format(n=len(shown))
            shown = f"{shown[: _LONGEST_TEXT // 2 - len(note)]} {note}"
        if shown:
            self.sheet.write_string(row, at, steady(shown), self.format(text_wrap=True, **properties))

    def height(self, row: int, texts: Sequence[str], widths: Sequence[float], size: float = 10) -> None:
        """Make a row as high as its texts need; not every program does so by itself."""
        pairs = zip(texts, widths, strict=True)
        lines = max(len(wrapped(one_line(f"{text}"), max(int(width) - 1, 1))) for text, width in pairs)
        if lines > 1 or size > 10:
            self.sheet.set_row(row, min(lines * size * _LINE, 409))


class _Overview(_Page):
    """The first sheet: everything of the report but its tables, and the way to these."""

    def write(self, report: Report, sheets: Iterator[str]) -> None:
        for at, width in enumerate(_OVERVIEW):
            self.sheet.set_column(at, at, width)
        self.row = 0
        self.line(report.title, bold=True, font_size=14, font_color="#0B4F6C")
        for line in report.lines:
            self.line(line)
        for section in report.sections:
            self._section(section)
            if section.table is not None and section.table.rows:
                self._way_to(next(sheets))
        if report.foot is not None:
            self.row += 1
            for line in foot_lines(report.foot, self.words):
                self.line(line, font_color="#4D5866")

    def line(self, text: str, **properties: Any) -> None:
        size = properties.get("font_size", 10)
        self.text(self.row, 0, text, **properties)
        self.height(self.row, (text,), (_OVERVIEW[0] * 10 / size,), size)
        self.row += 1

    def _section(self, section: Section) -> None:
        self.row += 1
        self.line(section.heading, bold=True, font_size=max(10, 13 - section.level), font_color="#0B4F6C")
        for line in section.lines:
            self.line(line)
        for item in section.items:
            self.line(f"• {item}")
        for moment in section.moments:
            self.text(self.row, 0, moment.label)
            self.text(self.row, 1, self.words.day(moment.on))
            self.height(self.row, (moment.label,), _OVERVIEW[:1])
            self.row += 1
        self._bars(section)

    def _way_to(self, sheet: str) -> None:
        """A line that leads to a sheet of this workbook."""
        place = f"internal:'{sheet.replace(chr(39), chr(39) * 2)}'!A1"
        look = self.format(font_color="#0B4F6C", underline=1)
        self.sheet.write_url(self.row, 0, place, look, string=f"{'←' if self.words.is_right_to_left else '→'} {sheet}")
        self.row += 1

    def _bars(self, section: Section) -> None:
        """A line for each bar, its share drawn in the cell."""
        first = self.row
        for bar in section.bars:
            self.text(self.row, 0, bar.label)
            if bar.whole > 0:
                share = bar.part / bar.whole
                self.sheet.write_number(self.row, 1, round(share, 6), self.format(num_format="0.0%"))
            self.text(self.row, 2, bar.note)
            self.height(self.row, (bar.label, bar.note), _OVERVIEW[::2])
            self.row += 1
        if section.bars:
            self.sheet.conditional_format(first, 1, self.row - 1, 1, {
                "type": "data_bar", "bar_solid": True, "bar_color": "#7FBFCB", "min_type": "num", "max_type": "num",
                "min_value": 0, "max_value": 1,
                "bar_direction": "right" if self.words.is_right_to_left else "left"})  # fmt: skip


class _Sheet(_Page):
    """A table: headings that stay and filter, its rows, its totals as sums of the rows where they are that."""

    def write(self, table: Table) -> None:
        rows = len(table.rows)
        if rows + len(table.totals) >= _MOST_ROWS:
            raise UsageError(f"a sheet holds {_MOST_ROWS} rows, and a table has {rows}: choose csv")
        shown = [
            [
                for_documents(column.kind, cell, self.words, table.labels)
                for column, cell in zip(table.columns, row, strict=True)
            ]
            for row in (*table.rows, *table.totals)
        ]
        heads = [one_line(self.words(column.heading)) for column in table.columns]
        widths = [_width(head, [row[at] for row in shown]) for at, head in enumerate(heads)]
        self.height(0, heads, [width - 3 for width in widths])
        for number, texts in enumerate(shown, 1):
            self.height(number, texts, widths)
        for at, column in enumerate(table.columns):
            self.text(0, at, heads[at], bold=True, bg_color="#E6EDF2", bottom=2, **self.side(column.kind))
            self.sheet.set_column(at, at, widths[at])
        for number, row in enumerate(table.rows, 1):
            for at, cell in enumerate(row):
                self.cell(number, at, cell, table, {})
        for number, row in enumerate(table.totals, rows + 1):
            style = {"bold": True, **({"top": 1} if number == rows + 1 else {})}
            for at, cell in enumerate(row):
                self._total(number, at, cell, table, style)
        self._set_up(rows, len(table.totals), len(table.columns))

    def _set_up(self, rows: int, totals: int, columns: int) -> None:
        """How the sheet is looked at and printed; no warning at years and ids that are texts of digits."""
        self.sheet.autofilter(0, 0, rows, columns - 1)
        self.sheet.freeze_panes(1, 1)
        self.sheet.repeat_rows(0)
        if columns >= _LANDSCAPE_FROM:
            self.sheet.set_landscape()
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(columns - 1)}{rows + totals + 1}"})

    def side(self, kind: Kind) -> dict[str, Any]:
        """Figures stand to the right, all else where reading begins, a little apart from what is beside it."""
        if kind in TO_THE_RIGHT:
            return {"align": "right"}
        return {"align": "right" if self.words.is_right_to_left else "left", "indent": 1}

    def cell(self, row: int, at: int, cell: Cell, table: Table, style: dict[str, Any]) -> None:
        """Write a cell as what it is: a number, a day, or text."""
        kind = table.columns[at].kind
        if cell is None:
            self.sheet.write_blank(row, at, None, self.format(**style))
        elif (number := as_number(kind, cell)) is not None:
            style = {**self.side(kind), **style}
            self.sheet.write_number(row, at, number, self.format(num_format=number_format(kind, cell), **style))
        elif type(cell) is date and cell >= _FIRST_DAY:
            style = {"num_format": "yyyy-mm-dd", **self.side(kind), **style}
            self.sheet.write_datetime(row, at, datetime(cell.year, cell.month, cell.day), self.format(**style))  # noqa: DTZ001
        else:
            style = {**self.side(kind), **style}
            self.text(row, at, for_documents(kind, cell, self.words, table.labels), **style)

    def _total(self, row: int, at: int, cell: Cell, table: Table, style: dict[str, Any]) -> None:
        kind, column = table.columns[at].kind, [one[at] for one in table.rows]
        number = as_number(kind, cell) if cell is not None else None
        if number is None or not is_sum(kind, column, number):
            self.cell(row, at, cell, table, style)
            return
        letters = _letters(at)
        formula = f"=SUM({letters}2:{letters}{len(column) + 1})"
        self.sheet.write_formula(row, at, formula, self.format(num_format=number_format(kind, cell), **style), number)


def _width(head: str, shown: Sequence[str]) -> int:
    """The width that a column needs for whole numbers, days and words, and is allowed."""
    least = max(columns_of(word) for word in head.split(" ")) + 3  # the sign for filtering stands there too
    return min(max(least, *(columns_of(text) + 2 for text in shown)), _WIDEST)


def as_number(kind: Kind, cell: Cell) -> Decimal | int | None:
    """Return what a spreadsheet keeps as a number, a share as part of one; None for all else."""
    if isinstance(cell, bool) or not isinstance(cell, Decimal | int):
        return None
    if isinstance(cell, int):
        return cell if abs(cell) < 10**_EXACT_DIGITS else None
    if len(cell.normalize().as_tuple().digits) > _EXACT_DIGITS:
        return None
    return cell / 100 if kind == "percent" else cell


def number_format(kind: Kind, cell: Cell) -> str:
    """Return how a spreadsheet shows a number: grouped, with the places that it has; a year as it is."""
    if kind == "year":
        return "0"
    if kind == "percent":
        return "0.0%"
    exponent = cell.as_tuple().exponent if isinstance(cell, Decimal) else 0
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return f"#,##0.{'0' * places}" if places else "#,##0"


def is_sum(kind: Kind, column: Sequence[Cell], number: Decimal | int) -> bool:
    """Whether `number` is the sum of a column whose every filled cell a spreadsheet can add."""
    numbers = [as_number(kind, cell) for cell in column if cell not in (None, "")]
    known = [one for one in numbers if one is not None]
    return kind not in ("percent", "year") and len(known) == len(numbers) > 0 and sum(known) == number


def _letters(at: int) -> str:
    """The name of a column: A, B, ... Z, AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name

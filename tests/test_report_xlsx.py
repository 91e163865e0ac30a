"""Reports as workbooks, opened again with another library than the one that wrote them."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from erc_cli.core.reports.report import Report, Section
from erc_cli.core.tables import Column, Table
from erc_cli.render.report_xlsx import report_xlsx
from erc_cli.render.xlsx_names import sheet_names
from erc_cli.store.catalogue import words_in
from reports_made import PAYLOADS, SMALL, hostile

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
"""The bars in cells, which openpyxl does not know."""


def opened(report: Report, language: str = "en", *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(report_xlsx(report, words_in(language))), data_only=values)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


def of_table(table: Table) -> Report:
    return Report("R", (), (Section("T", table=table),), "r")


def test_a_table_is_a_sheet_with_numbers_days_and_texts() -> None:
    book = opened(SMALL)
    assert book.sheetnames == ["Overview", "By project"]
    sheet = book["By project"]
    assert [cell.value for cell in sheet[1]] == ["Project", "Title", "On", "Year", "Amount", "Share", "Done"]
    assert [cell.value for cell in sheet[2]] == [
        "strategic", "Forum 2019-2021", day("2019-01-31"), 2019, 766444, 0.625, "yes",
    ]  # fmt: skip
    assert [cell.number_format for cell in sheet[2]][2:6] == ["yyyy-mm-dd", "0", "#,##0.00", "0.0%"]
    assert [cell.value for cell in sheet[3]][1:] == [
        "منتدى \u200e2019-2021\u200e [ar]", "March 2019", 2020, 766444, None, "no",
    ]  # fmt: skip
    assert sheet["C4"].value == "before 1 January 2015"


def test_a_total_is_the_sum_of_its_rows_and_known_without_working_it_out() -> None:
    assert opened(SMALL)["By project"]["E5"].value == "=SUM(E2:E4)"
    assert opened(SMALL, values=True)["By project"]["E5"].value == 1532887.5


def test_a_total_that_is_not_the_sum_stays_what_the_report_says() -> None:
    rows = (("a", Decimal("1.00")), ("b", Decimal("2.00")))
    table = Table((Column("a", "A"), Column("n", "N", "amount")), rows, totals=(("Total", Decimal("4.00")),))
    assert opened(of_table(table))["T"]["B4"].value == 4


def test_headings_stay_in_sight_and_filter() -> None:
    sheet = opened(SMALL)["By project"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:G4")
    assert sheet.print_title_rows == "$1:$1"


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_arabic_sheets_run_from_the_right(language: str) -> None:
    for sheet in opened(SMALL, language).worksheets:
        assert bool(sheet.sheet_view.rightToLeft) == (language == "ar")


def test_the_overview_has_everything_but_the_tables() -> None:
    texts = [str(cell.value) for row in opened(SMALL)["Overview"].iter_rows() for cell in row if cell.value is not None]
    assert texts == [
        "Budget & plan", "As approved.", "Amounts in USD.", "Money", "All of it.", "Spent", "0.333333", "1.00 of 3.00",
        "By project", "→ By project",
        "What came and comes", "• First point", "• Un deuxième [fr]", "Signed", "31 January 2019", "Ends",
        "31 December 2021",
        "As things stand on 30 June 2019. Revision 1a2b3c4.", "Check of the register: 0 errors, 1 warning, 2 waived.",
    ]  # fmt: skip


def test_what_a_spreadsheet_cannot_hold_is_text_and_whole() -> None:
    large = Decimal("999999999999999.99")
    rows = ((date(1899, 12, 31), large), (date(1900, 3, 1), Decimal("0.01")))
    table = Table(
        (Column("d", "D", "date"), Column("n", "N", "amount")), rows, totals=((None, large + Decimal("0.01")),)
    )
    sheet = opened(of_table(table))["T"]
    assert sheet["A2"].value == "31 December 1899"
    assert sheet["A3"].value == day("1900-03-01")
    assert sheet["B2"].value == "999,999,999,999,999.99"
    assert sheet["B4"].value == 1000000000000000, "a total that cannot be added there is written as it is"


def test_a_text_too_long_for_a_cell_says_so() -> None:
    sheet = opened(of_table(Table((Column("t", "T"),), (("x" * 40_000,),))))["T"]
    assert sheet["A2"].value.endswith("[... cut here: 40000 characters in all]")
    assert len(sheet["A2"].value) <= 32_767


@pytest.mark.parametrize("payload", PAYLOADS)
def test_data_is_text_and_nothing_else(payload: str) -> None:
    content = report_xlsx(hostile(payload), words_in("en"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for cell in (one for row in sheet.iter_rows() for one in row if one.value is not None):
            assert cell.data_type != "f" or str(cell.value).startswith("=SUM(D2:D3)")
            assert cell.hyperlink is None or (cell.hyperlink.target is None and cell.hyperlink.location[-3:] == "!A1")
            assert not any(sign in str(cell.value) for sign in "\x1b\x9b\x00\x07\u202e\u2066\u200b\ufffe")
    sheet = book.worksheets[1]
    assert sheet["A2"].data_type == ("n" if sheet["A2"].value is None else "s")
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert not any("vba" in name.lower() or "externalLink" in name for name in names)
    assert not any(b'TargetMode="External"' in zipfile.ZipFile(io.BytesIO(content)).read(name) for name in names)


def test_names_of_sheets_are_allowed_and_different() -> None:
    assert sheet_names(["a/b", "A B", "History", "", "'x'", "é" * 40, "é" * 40, "🎉" * 20]) == [
        "a b", "A B (2)", "History -", "-", "x", "é" * 31, "é" * 27 + " (2)", "🎉" * 15,
    ]  # fmt: skip


def test_the_same_report_is_the_same_bytes() -> None:
    assert report_xlsx(SMALL, words_in("ar")) == report_xlsx(SMALL, words_in("ar"))

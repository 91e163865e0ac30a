"""Reports as PDF, read again with another library than the one that wrote them."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest

from erc_cli.commands.report import make_report
from erc_cli.core.reports.report import Report, Section
from erc_cli.core.tables import Column, Table
from erc_cli.errors import UsageError
from erc_cli.render import report_pdf as module
from erc_cli.render.report_pdf import report_pdf
from erc_cli.store.catalogue import words_in
from erc_cli.store.worktree import WorkTree
from reports_made import PAYLOADS, SMALL, hostile


def opened(report: Report, language: str = "en") -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(report_pdf(report, words_in(language))))


def test_a_report_on_one_page() -> None:
    page = opened(SMALL).pages[0].extract_text()
    assert page.splitlines() == [
        "Budget & plan",
        "As approved.",
        "Amounts in USD.",
        "1 Money",
        "All of it.",
        "Spent 33.3 % 1.00 of 3.00",
        "1.1 By project",
        "Programme money",
        "Project Title On Year Amount Share Done",
        "strategic Forum 2019-2021 31 January 2019 2019 766,444.00 62.5 % yes",
        "civil منتدى 2019-2021 ar March 2019 2020 766,444.00 no",
        "old before 1 January 2015 -0.50 100.0 %",
        "Total 1,532,887.50",
        "2 What came and comes",
        "• First point",
        "• Un deuxième fr",
        "31 January 2019 Signed",
        "31 December 2021 Ends",
        "As things stand on 30 June 2019. Revision 1a2b3c4."
        " · Check of the register: 0 errors, 1 warning, 2 waived. 1 / 1",
    ]


def test_the_file_can_be_kept_and_read_aloud() -> None:
    found = opened(SMALL, "ar")
    root = found.trailer["/Root"]
    assert root["/Lang"] == "ar"
    assert root["/MarkInfo"]["/Marked"]
    meta = found.xmp_metadata
    assert meta is not None
    assert meta.pdfuaid_part == "1" if hasattr(meta, "pdfuaid_part") else b"pdfuaid" in root["/Metadata"].get_data()
    assert b"<pdfaid:part>2</pdfaid:part>" in root["/Metadata"].get_data()


def test_the_day_of_the_report_is_the_day_of_the_file() -> None:
    found = opened(SMALL).metadata
    assert found is not None
    assert found.title == "Budget & plan"
    assert found.creation_date is not None
    assert found.creation_date.date() == date(2019, 6, 30)


def test_only_the_two_fonts_are_used_and_both_are_in_the_file() -> None:
    fonts = set()
    for page in opened(SMALL, "ar").pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            fonts.add(str(inner["/BaseFont"]).partition("+")[2].partition("-")[0])
    assert fonts == {"NotoNaskhArabic", "LibertinusSerif"}


def test_a_long_table_repeats_its_headings_on_every_page() -> None:
    rows = tuple((f"row-{n}", Decimal(n)) for n in range(200))
    report = Report(
        "R", (), (Section("T", table=Table((Column("a", "Name", "id"), Column("n", "Budget", "amount")), rows)),)
    )
    pages = [page.extract_text() for page in opened(report).pages]
    assert len(pages) > 3
    assert all("Name Budget" in page for page in pages)
    assert [page.splitlines()[-1] for page in pages] == [f"{n} / {len(pages)}" for n in range(1, len(pages) + 1)]
    assert all(sum(f"row-{n} " in page for page in pages) == 1 for n in range(200))


def test_a_wide_table_lies_across_the_page() -> None:
    columns = tuple(Column(f"c{n}", f"Amount {n}", "amount") for n in range(12))
    row = tuple(Decimal("1532888.00") for _ in columns)
    report = Report("R", (), (Section("T", table=Table(columns, (row,))),))
    (page,) = opened(report).pages
    assert page.mediabox.width > page.mediabox.height
    assert page.extract_text().replace("\u200e", "").count("1,532,888.00") == 12


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_brief_before_a_meeting_is_one_page(language: str) -> None:
    source = WorkTree(str(Path(__file__).parent.parent / "examples/lantern-league"))
    words = words_in(language)
    brief = make_report(source, "brief", "harbour-states-union", date(2024, 6, 30), words, internal=False)
    assert len(opened(brief, language).pages) == 1


@pytest.mark.parametrize("payload", PAYLOADS)
def test_data_is_text_and_nothing_else(payload: str) -> None:
    found = opened(hostile(payload), "ar")
    root = found.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    for page in found.pages:
        for one in page.get("/Annots", []):
            assert one.get_object().get("/A", {}).get("/S") in (None, "/GoTo")
    text = "".join(page.extract_text() for page in found.pages)
    assert "root:" not in text, "no file was read"
    assert not any(sign in text for sign in "\x1b\x9b\x00\x07\u202e\u2066\ufffe")


def test_what_looks_like_a_command_of_the_typesetter_is_printed() -> None:
    assert '#read("/etc/passwd")' in opened(hostile('#read("/etc/passwd")')).pages[0].extract_text()


def test_characters_that_no_font_has_are_told_of() -> None:
    page = opened(Report("中文", (), ())).pages[0].extract_text()
    assert "Some characters are not in the fonts of this file" in page
    assert "Some characters" not in opened(Report("Ñandú, Łódź, Ελλάδα, Россия", (), ())).pages[0].extract_text()


@pytest.mark.parametrize("title", ["", "  ", "\n"])
def test_a_report_without_a_title_is_a_file_all_the_same(title: str) -> None:
    assert len(opened(Report(title, (title,), (Section(title, (title,)),))).pages) == 1


def test_a_missing_font_is_no_other_font(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "FOLDER", str(tmp_path))
    module._require_fonts.cache_clear()
    with pytest.raises(UsageError, match="font Noto Naskh Arabic is not there"):
        report_pdf(SMALL, words_in("ar"))
    module._require_fonts.cache_clear()


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_same_report_is_the_same_bytes(language: str) -> None:
    assert report_pdf(SMALL, words_in(language)) == report_pdf(SMALL, words_in(language))

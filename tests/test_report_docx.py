"""Reports as Word files, opened again and looked at inside."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from erc_cli.core.reports.report import Report
from erc_cli.render.docx_parts import directed
from erc_cli.render.report_docx import report_docx
from erc_cli.store.catalogue import words_in
from reports_made import PAYLOADS, SMALL, hostile


def opened(report: Report, language: str = "en") -> Any:
    return docx.Document(io.BytesIO(report_docx(report, words_in(language))))


def part(report: Report, name: str, language: str = "en") -> str:
    with zipfile.ZipFile(io.BytesIO(report_docx(report, words_in(language)))) as file:
        return file.read(name).decode()


def test_the_words_of_a_report_and_their_styles() -> None:
    found = [(one.style.name, one.text) for one in opened(SMALL).paragraphs if one.text]
    assert found == [
        ("Title", "Budget & plan"),
        ("Normal", "As approved."),
        ("Normal", "Amounts in USD."),
        ("Heading 1", "Money"),
        ("Normal", "All of it."),
        ("Heading 2", "By project"),
        ("Normal", "Programme money"),
        ("Heading 1", "What came and comes"),
        ("List Bullet", "First point"),
        ("List Bullet", "Un deuxième [fr]"),
    ]


def test_tables_bars_and_days() -> None:
    bars, money, days = [[[cell.text for cell in row.cells] for row in one.rows] for one in opened(SMALL).tables]
    assert bars == [["Spent", "█" * 6 + "█" * 14, "33.3 %", "1.00 of 3.00"]]
    assert money == [
        ["Project", "Title", "On", "Year", "Amount", "Share", "Done"],
        ["strategic", "Forum 2019-2021", "31\u00a0January\u00a02019", "2019", "766,444.00", "62.5 %", "yes"],
        ["civil", "منتدى 2019-2021 [ar]", "March\u00a02019", "2020", "766,444.00", "", "no"],
        ["old", "", "before\u00a01\u00a0January\u00a02015", "", "-0.50", "100.0 %", ""],
        ["Total", "", "", "", "1,532,887.50", "", ""],
    ]
    assert days == [["●", "31 January 2019", "Signed"], ["○", "31 December 2021", "Ends"]]


def test_the_head_of_a_table_is_repeated_and_no_row_is_torn() -> None:
    table = opened(SMALL).tables[1]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_headings_are_numbered_by_their_styles() -> None:
    styles = part(SMALL, "word/styles.xml")
    for level in (1, 2, 3):
        style = re.search(rf'<w:style [^>]*w:styleId="Heading{level}".*?</w:style>', styles, re.DOTALL)
        assert style is not None
        assert f'<w:ilvl w:val="{level - 1}"/>' in style[0]
    assert 'w:lvlText w:val="%1.%2"' in part(SMALL, "word/numbering.xml")


def test_pages_have_numbers_and_what_the_report_was_made_from() -> None:
    footer = part(SMALL, "word/footer1.xml")
    assert " PAGE " in footer
    assert " NUMPAGES " in footer
    assert "Revision 1a2b3c4." in footer
    assert "Budget &amp; plan" in part(SMALL, "word/header1.xml")


def test_a_long_report_has_a_field_of_contents_filled_with_its_headings() -> None:
    parts = tuple(one._replace(table=None, items=("x",) * 20) for one in (*SMALL.sections, *SMALL.sections))
    many = SMALL._replace(sections=parts)
    texts = [one.text for one in opened(many).paragraphs]
    start = texts.index("Contents")
    assert texts[start + 1 : start + 7] == [
        "1\u2002Money", "1.1\u2002By project", "2\u2002What came and comes",
        "3\u2002Money", "3.1\u2002By project", "4\u2002What came and comes",
    ]  # fmt: skip
    assert 'TOC \\o "1-2"' in part(many, "word/document.xml")


def test_arabic_documents_run_from_the_right_as_a_whole() -> None:
    document = opened(SMALL, "ar")
    for paragraph in document.paragraphs:
        if paragraph.text:
            assert paragraph._p.pPr.find(qn("w:bidi")) is not None, paragraph.text
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in document.tables)
    assert document.sections[0]._sectPr.find(qn("w:bidi")) is not None
    for run in (run for table in document.tables for row in table.rows for cell in row.cells
                for paragraph in cell.paragraphs for run in paragraph.runs):  # fmt: skip
        has_arabic = any("\u0600" <= sign <= "\u06ff" for sign in run.text)
        is_rtl = run._r.rPr is not None and run._r.rPr.find(qn("w:rtl")) is not None
        assert is_rtl or not has_arabic, run.text
    plain = part(SMALL, "word/document.xml")
    assert "bidiVisual" not in plain
    assert "<w:bidi/>" not in plain


@pytest.mark.parametrize("language", ["en", "ar"])
def test_properties_stand_in_the_order_that_the_format_wants(language: str) -> None:
    """Word refuses a file in which they do not."""
    text = "".join(part(SMALL, f"word/{name}.xml", language) for name in ("document", "styles", "header1", "footer1"))
    runs = ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "spacing", "sz", "szCs", "u", "rtl", "lang")
    lines = ("pStyle", "keepNext", "keepLines", "numPr", "pBdr", "bidi", "spacing", "ind", "jc", "outlineLvl")
    cells, tables = ["tcW", "tcBorders", "shd"], ["tblStyle", "bidiVisual", "tblW", "tblLayout", "tblLook"]
    for name, order in (("rPr", runs), ("pPr", lines), ("tcPr", cells), ("tblPr", tables)):
        for found in re.findall(f"<w:{name}>(.*?)</w:{name}>", text, re.DOTALL):
            inner = re.sub(r"<w:(numPr|pBdr|tabs|tcBorders|rPr)>.*?</w:\1>", r"<w:\1/>", found, flags=re.DOTALL)
            places = [order.index(one) for one in re.findall(r"<w:(\w+)", inner) if one in order]
            assert places == sorted(places), inner


def test_pieces_of_a_text_go_their_own_way() -> None:
    found = list(directed("خطة 2019-2021، ISESCO (62.5 %) نعم", right_to_left=True))
    assert found == [("خطة ", True), ("2019-2021", False), ("، ", True), ("ISESCO (62.5 %", False), (") نعم", True)]
    assert list(directed("خطة", right_to_left=False)) == [("خطة", False)]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_data_is_text_and_nothing_else(payload: str) -> None:
    content = report_docx(hostile(payload), words_in("ar"))
    docx.Document(io.BytesIO(content))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for name in file.namelist():
            text = file.read(name).decode("utf-8", "replace")
            assert 'TargetMode="External"' not in text
            assert "<w:hyperlink" not in text
            if name == "word/document.xml":
                assert not re.findall("<(?!/?w:|[?])", text)
                assert set(re.findall(r"<w:instrText[^>]*>(.*?)<", text)) <= {' TOC \\o "1-2" \\h \\u '}
                assert not any(sign in text for sign in "\x1b\x9b\x00\x07\u202e\u2066\u200b\ufffe")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_same_report_is_the_same_bytes(language: str) -> None:
    assert report_docx(SMALL, words_in(language)) == report_docx(SMALL, words_in(language))
    properties = opened(SMALL, language).core_properties
    assert properties.created.date() == properties.modified.date() == date(2019, 6, 30)
    assert (properties.title, properties.author, properties.comments) == ("Budget & plan", "", "")
    assert "python" not in part(SMALL, "docProps/core.xml").lower()

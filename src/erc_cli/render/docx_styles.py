"""How a Word file looks, by its styles alone, and what it says of itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from erc_cli.core.reports.report import Report
from erc_cli.core.words import RIGHT_TO_LEFT, Words
from erc_cli.render.cells import one_line
from erc_cli.render.docx_parts import FONT, element, number_headings, put, without_thumbnail
from erc_cli.render.extras import library
from erc_cli.render.outline import DEEPEST

STRONG: Final = "0B4F6C"
_INK: Final = "1B2430"
_SIZES: Final = {
    "Normal": 10.0, "Title": 20.0, "Header": 8.0, "Footer": 8.0, "List Bullet": 10.0,
    "Heading 1": 14.0, "Heading 2": 13.0, "Heading 3": 11.5, "Heading 4": 11.0, "Heading 5": 10.5,
}  # fmt: skip
_CLOSER: Final = 1.5
"""So much smaller are the letters of a short report, that it may stand on one page."""

_LOCALES: Final = {"en": "en-GB", "fr": "fr-FR", "ar": "ar-SA"}


def locale_of(language: str) -> dict[str, str]:
    """Return the attributes that name a language; one that runs from the right has its own."""
    return {"bidi" if language in RIGHT_TO_LEFT else "val": _LOCALES.get(language, language)}


def set_properties(document: Any, report: Report, words: Words) -> None:
    """Give a document its title, its language and the day of the report; nobody is its author."""
    core = document.core_properties
    day = report.foot.on if report.foot is not None else date(2000, 1, 1)
    core.title, core.language = one_line(report.title)[:255], words.language
    core.author = core.comments = core.last_modified_by = ""
    core.created = core.modified = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001
    core.revision = 1
    without_thumbnail(document)


def set_styles(document: Any, words: Words, *, closely: bool) -> None:
    """Give the styles of a document their fonts, sizes, colours and numbers."""
    points = library("docx.shared").Pt
    for name, usual in _SIZES.items():
        style, size = document.styles[name], usual - (_CLOSER if closely and usual >= 10 else 0)
        _set_letters(style, size, words)
        if name.startswith(("Title", "Heading")):
            _set_heading(style)
            style.paragraph_format.space_before = points(12 if size > 12 else 6)
            style.paragraph_format.space_after = points(2 if closely else 4)
    document.styles["Normal"].paragraph_format.space_after = points(2 if closely else 4)
    number_headings(document, DEEPEST)


def _set_letters(style: Any, size: float, words: Words) -> None:
    """The same letters from both sides: what runs from the right has a font and a size of its own."""
    style.font.size = library("docx.shared").Pt(size)
    style.font.color.rgb = library("docx.shared").RGBColor.from_string(_INK)
    run = style.element.get_or_add_rPr()
    put(run, element("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))
    put(run, element("szCs", val=str(int(size * 2))), element("lang", **locale_of(words.language)))


def _set_heading(style: Any) -> None:
    style.font.bold, style.font.italic = True, False
    style.font.color.rgb = library("docx.shared").RGBColor.from_string(STRONG)
    run = style.element.get_or_add_rPr()
    put(run, element("bCs"))
    for name in ("spacing", "kern"):
        for one in run.findall(element(name).tag):
            run.remove(one)

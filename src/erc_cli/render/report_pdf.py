"""A report as PDF: set by typst from a fixed template, with the fonts that come along, and with data as data alone."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from erc_cli.core.reports.foot import foot_lines
from erc_cli.core.reports.report import Bar, Report, Section
from erc_cli.core.tables import TO_THE_RIGHT, Cell, Column, Table
from erc_cli.core.text import Foreign
from erc_cli.core.words import Words
from erc_cli.errors import UsageError
from erc_cli.render.cells import for_documents, one_line, steady
from erc_cli.render.drawing import filled, percent
from erc_cli.render.extras import library
from erc_cli.render.outline import has_contents, is_short, levels
from erc_cli.render.paper import ACROSS, SHORT, UPRIGHT, letters, lies_across, shares, wide
from erc_cli.render.pdf_template import ARABIC, LATIN, TEMPLATE
from erc_cli.store.fonts import FOLDER

_STANDARDS = ["ua-1", "a-2a"]
_LANGUAGE = re.compile("[a-z]{2,3}")
_LONG_WORD = re.compile(r"[^\s\u00a0\u202f]{30}")


def report_pdf(report: Report, words: Words) -> bytes:
    """Return a report as a PDF file that is fit to be read aloud (PDF/UA-1) and to be kept (PDF/A-2a).

    Where a character is in neither font the file is a plain PDF, and its foot says so. Raises UsageError where the
    extra is missing, or a font is not there.
    """
    typst = library("typst")
    _require_fonts()
    data = _data(report, words)
    try:
        return _compiled(typst, data, _time(report), _STANDARDS)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
    data["foot"].append(words("Some characters are not in the fonts of this file: boxes stand in their place."))
    return _compiled(typst, data, _time(report), [])


def _compiled(typst: Any, data: dict[str, Any], time: int, standards: list[str]) -> bytes:
    content, warnings = typst.compile_with_warnings(
        TEMPLATE.encode(),
        root=FOLDER,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[FOLDER]),
        format="pdf",
        sys_inputs={"report": json.dumps(data, ensure_ascii=False)},
        timestamp=time,
        pdf_standards=standards,
    )
    for warning in warnings:
        raise AssertionError(f"typst warns: {warning.message}")
    return bytes(content)


@cache
def _require_fonts() -> None:
    """Raise UsageError where a font is not there: typst would only warn, and set the text in another."""
    typst = library("typst")
    families = {font.family for font in typst.Fonts(include_system_fonts=False, font_paths=[FOLDER]).fonts()}
    for name in (LATIN, ARABIC):
        if name not in families:
            raise UsageError(f"the font {name} is not there: install erc-cli again")


def _time(report: Report) -> int:
    """The time that the file says it was made at: noon of the day it is about, the same whenever it is made."""
    day = report.foot.on if report.foot is not None else date(2000, 1, 1)
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())


def _data(report: Report, words: Words) -> dict[str, Any]:
    foot = foot_lines(report.foot, words) if report.foot is not None else ()
    heights = levels(report.sections)
    sections = [_section(section, level, words) for section, level in zip(report.sections, heights, strict=True)]
    return {
        "lang": words.language if _LANGUAGE.fullmatch(words.language) else "en",
        "rtl": words.is_right_to_left,
        "fonts": [LATIN, ARABIC],
        "plain-title": one_line(report.title) or "-",
        "title": _text(report.title),
        "lines": [_text(line) for line in report.lines],
        "dense": is_short(report.sections),
        "contents": has_contents(report.sections),
        "contents-title": words("Contents"),
        "sections": sections,
        "across": lies_across(report, words),
        "foot": [_text(line) for line in foot],
    }


def _section(section: Section, level: int, words: Words) -> dict[str, Any]:
    table = section.table if section.table is not None and section.table.rows else None
    made = _table(table, words) if table is not None else None
    return {
        "heading": _text(section.heading) or "-",
        "level": level,
        "lines": [_text(line) for line in section.lines],
        "items": [_text(item) for item in section.items],
        "bars": [_bar(bar, words) for bar in section.bars],
        "moments": [
            {"day": words.day(moment.on), "label": _text(moment.label), "ahead": moment.ahead}
            for moment in section.moments
        ],
        "table": made,
        "goes-on": bool(section.items or section.bars or section.moments or made),
    }


def _bar(bar: Bar, words: Words) -> dict[str, Any]:
    return {
        "label": _text(bar.label),
        "note": _text(bar.note),
        "share": _figure(percent(bar, words), words),
        "filled": float(round(filled(bar), 1)),
    }


def _table(table: Table, words: Words) -> dict[str, Any]:
    heads = [one_line(words(column.heading)) for column in table.columns]
    rows, totals = ([[_cell(*one, table, words) for one in zip(table.columns, row, strict=True)] for row in some]
                    for some in (table.rows, table.totals))  # fmt: skip
    parts = shares(table, words, UPRIGHT)
    return {
        "title": _text(words(table.title)) if table.title else None,
        "columns": [
            {"figure": column.kind in TO_THE_RIGHT, "part": parts[at] if at in wide(table) else 0}
            for at, column in enumerate(table.columns)
        ],
        "heads": [_text(head) for head in heads],
        "rows": rows,
        "totals": totals,
        "short": len(rows) + len(totals) <= SHORT,
        "small": sum(letters(table, words)) > ACROSS,
    }


def _cell(column: Column, cell: Cell, table: Table, words: Words) -> str | dict[str, str]:
    if isinstance(cell, Foreign) and column.kind == "text":
        return _text(cell)
    shown = for_documents(column.kind, cell, words, table.labels)
    return _figure(shown, words) if column.kind in TO_THE_RIGHT and not isinstance(cell, str) else _text(shown)


def _figure(shown: str, words: Words) -> str:
    """A figure whose sign stays on its side among words that run from the right."""
    return f"\u200e{shown}\u200e" if words.is_right_to_left and shown else shown


def _text(text: str) -> str | dict[str, str]:
    """Text for the template: inert, since it is never read as typst's language; long words can be broken."""
    shown = _LONG_WORD.sub(lambda found: f"{found[0]}\u200b", steady(one_line(text)))
    if isinstance(text, Foreign) and _LANGUAGE.fullmatch(text.language):
        return {"text": shown, "lang": text.language}
    return shown

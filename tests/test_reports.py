"""Reports as values: what each says of the example and of the plan, that columns add up, and that nothing leaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from erc_cli.core.register import Register
from erc_cli.core.reports.catalogue import REPORTS
from erc_cli.core.reports.report import Asked, Report
from erc_cli.core.tables import Table
from erc_cli.core.words import Words
from erc_cli.render.documents import render_report
from erc_cli.render.look import Look
from erc_cli.store.catalogue import words_in
from erc_cli.store.load import load
from erc_cli.store.worktree import WorkTree

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "lantern-league"
PARTNER = {"partners": "partners/harbour-states-union"}
DAYS = (date(2024, 7, 1), date(2025, 7, 1))
NO_FINDINGS = {"error": 0, "warning": 0, "waived": 0}


@cache
def register_of(root: Path) -> Register:
    return load(WorkTree(str(root))).register


def made(
    name: str, root: Path = EXAMPLE, on: date = DAYS[0], language: str = "en", subject: str = "", internal: bool = False
) -> Report:
    """Return a report; one about a partner is about the example's union of states."""
    known = REPORTS[name]
    subject = subject or PARTNER.get(known.subject, "")
    return known.make(Asked(register_of(root), on, words_in(language), NO_FINDINGS, subject, internal))


def text_of(report: Report, language: str = "en", form: str = "text") -> str:
    """Return a report as text for a pipe, spaces and line ends all alike."""
    return " ".join(render_report(report, form, Look(words_in(language), 100_000)).decode().split())


def tables_of(report: Report) -> dict[str, Table]:
    """Return the tables by the headings they stand under, after that of the part."""
    found, part = {}, ""
    for section in report.sections:
        part = section.heading if section.level == 1 else part
        if section.table is not None:
            found[section.heading if section.level == 1 else f"{part} / {section.heading}"] = section.table
    return found


ALL = sorted(REPORTS)


# --- every report -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("on", DAYS)
def test_every_column_adds_up_to_its_total(name: str, on: date) -> None:
    for heading, table in tables_of(made(name, on=on)).items():
        for total in table.totals[:1]:
            for at, column in enumerate(table.columns):
                claim = total[at]
                if not isinstance(claim, Decimal | int) or column.key == "leverage":
                    continue
                cells = [row[at] for row in table.rows if isinstance(row[at], Decimal | int)]
                assert sum(cells) == claim, (heading, column.key)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ALL)
def test_amounts_have_the_places_of_their_currency(name: str) -> None:
    for heading, table in tables_of(made(name)).items():
        for at, column in enumerate(table.columns):
            if column.kind == "amount":
                for row in (*table.rows, *table.totals):
                    cell = row[at]
                    assert cell is None or isinstance(cell, str) or cell.as_tuple().exponent == -2, (heading, cell)  # type: ignore[union-attr]


# --- languages ----------------------------------------------------------------------------------------------


@cache
def plain_texts() -> tuple[str, ...]:
    """What the example says in one language alone, such as reasons, notes and places; the longest first."""
    found: set[str] = set()
    for path in (EXAMPLE / "data").rglob("*.yaml"):
        _gather(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")), found)
    return tuple(sorted(found, key=len, reverse=True))


def _gather(value: Any, found: set[str]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("en", "unit", "kind", "status"):
                _gather(inner, found)
    elif isinstance(value, list):
        for inner in value:
            _gather(inner, found)
    elif isinstance(value, str) and (" " in value or value[:1].isupper()):
        found.add(value)


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("on", DAYS)
def test_nothing_is_left_english(name: str, on: date, language: str) -> None:
    """Of a report in Arabic nothing but ids, links and what people typed is in Latin letters.

    In French no heading, label or sentence is what it is in English, but for words that are the same in both.
    """
    words = words_in(language)
    for shown in _said(made(name, on=on, language=language, internal=True), words):
        if language == "ar":
            assert not _latin(shown), shown
        else:
            assert not ENGLISH.search(_without_typed(shown)), shown


def _said(report: Report, words: Words) -> Iterator[str]:
    """Everything that a report says by itself, texts of data in languages among it."""
    yield from (report.title, *report.lines)
    for section in report.sections:
        yield from (section.heading, *section.lines, *section.items)
        yield from (text for bar in section.bars for text in (bar.label, bar.note))
        yield from (moment.label for moment in section.moments)
        table = section.table
        if table is None:
            continue
        yield from (words(column.heading) for column in table.columns)
        for row in (*table.rows, *table.totals):
            for column, cell in zip(table.columns, row, strict=True):
                for one in cell if isinstance(cell, tuple) else (cell,):
                    if isinstance(one, str) and column.kind in ("word", "text"):
                        yield words.value(one, table.labels) if column.kind == "word" else one


def _without_typed(text: str) -> str:
    for typed in plain_texts():
        text = text.replace(typed, " ")
    return re.sub(r"https?://\S+|\S+@\S+|`[^`]*`|\b[a-z-]+/[a-z0-9.-]+|\b\w+(?:-\w+)+\b|\(library\)", " ", text)


def _latin(text: str) -> list[str]:
    return [word for word in re.findall("[A-Za-z]{3,}", _without_typed(text)) if word not in ("EUR", "BUD")]


ENGLISH = re.compile(
    r"\b(the|of|and|is|was|are|by|for|with|not|no|in force|from|every|years?|amount|spent|received|committed|pledged|"
    r"status|title|kind|agreements?|meetings?|activity|activities|late|days|due|end|ends|next|last|who|what|projects?|"
    r"partners?|staff|costs?|approved|secured|area|actual|baseline|target)\b",
    re.IGNORECASE,
)
"""English words that French has not, or not alone."""


def test_the_test_of_languages_finds_what_is_english() -> None:
    assert ENGLISH.search("Amounts of the year")
    assert not ENGLISH.search("Montants de l’année, en cours d’examen")
    assert _latin("المبالغ Amounts EUR") == ["Amounts"]
    assert any(_latin(shown) for shown in _said(made("budget"), words_in("ar")))

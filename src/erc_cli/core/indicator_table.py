"""Indicators as tables: every value by year, and the records that prove one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from erc_cli.core.indicators import Result, results
from erc_cli.core.money import plain
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register
from erc_cli.core.reports.report import Report, Section
from erc_cli.core.tables import Cell, Column, Table
from erc_cli.core.text import pick
from erc_cli.core.words import Words


class Found(NamedTuple):
    """A measurement indicator with its project and its values."""

    project: Project
    result: Result

    @property
    def address(self) -> str:
        """Its short address, `projects/p.indicators.ID`."""
        return f"{self.project.address}.indicators.{self.result.indicator.id}"


def all_indicators(register: Register, on: date, project: str = "") -> list[Found]:
    """Return the measurement indicators of every project, or of one, as known on the day `on`."""
    wanted = [p for p in register.projects if not project or project in (p.id, p.address)]
    wanted.sort(key=lambda p: (p.number or 1_000_000, p.id))
    return [Found(p, result) for p in wanted for result in results(p, register, on).results]


def indicator_table(found: Iterable[Found], on: date, words: Words, languages: tuple[str, ...]) -> Table:
    """Return one row for each year of each indicator; one without years has a row of its own."""
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        indicator = one.result.indicator
        title = pick(indicator.title, words.language, languages)
        baseline = one.result.baseline.value if one.result.baseline is not None else None
        unit = indicator.unit or indicator.measure
        values = [value for value in one.result.values if value.year <= on.year or value.target is not None]
        for value in values:
            rows.append(
                (
                    one.project.id,
                    indicator.id,
                    str(value.year),
                    unit,
                    baseline,
                    value.target,
                    value.actual,
                    value.share,
                    title,
                )
            )
        if not values:
            rows.append((one.project.id, indicator.id, None, unit, baseline, None, None, None, title))
    columns = (
        Column("project", "Project", "id", optional=True),
        Column("id", "Indicator", "id"),
        Column("year", "Year", "id"),
        Column("unit", "Unit", "word", optional=True),
        Column("baseline", "Baseline", "number", optional=True),
        Column("target", "Target", "number"),
        Column("actual", "Actual", "number"),
        Column("share", "Share %", "number"),
        Column("title", "Title"),
    )
    return Table(columns, tuple(rows))


def indicator_items(found: Iterable[Found]) -> list[Mapping[str, Any]]:
    """Return the indicators for other programs: numbers as text, with the records behind each value."""
    return [
        {
            "address": one.address,
            "project": one.project.address,
            "area": one.result.area,
            "outcome": one.result.outcome,
            "title": dict(one.result.indicator.title),
            "measure": one.result.indicator.measure,
            "unit": one.result.indicator.unit,
            "cumulative": bool(one.result.indicator.cumulative),
            "baseline": _number(one.result.baseline.value if one.result.baseline is not None else None),
            "values": [
                {
                    "year": value.year,
                    "target": _number(value.target),
                    "actual": _number(value.actual),
                    "counted": value.is_counted,
                    "claimed": _number(value.claimed),
                    "share": _number(value.share),
                    "text": dict(value.text) if value.text else None,
                    "evidence": list(value.evidence),
                }
                for value in one.result.values
            ],
        }
        for one in found
    ]


def _number(number: Decimal | None) -> str | None:
    return plain(number) if number is not None else None


def indicator_page(one: Found, register: Register, on: date, words: Words) -> Report:
    """Return everything about one indicator: its values, and the records that prove each."""
    languages = register.plan.languages
    indicator = one.result.indicator
    lines = [one.address, words.value(indicator.unit or indicator.measure)]
    if indicator.cumulative:
        lines.append(words("Each year includes those before."))
    if one.result.baseline is not None:
        baseline = one.result.baseline
        comparator = f"{words.value(baseline.comparator)} " if baseline.comparator not in (None, "exactly") else ""
        lines.append(words("Baseline: {value}.").format(value=f"{comparator}{plain(baseline.value)}"))
    if indicator.counts:
        lines.append(words("Counted from the register; the baseline is not in the figures."))
    sections = [Section(words("Values"), table=indicator_table([one], on, words, languages))]
    in_words = [f"{a.year}: {pick(a.text, words.language, languages)}" for a in indicator.actuals if a.text]
    if in_words:
        sections.append(Section(words("Actual"), tuple(in_words)))
    rows = [
        (str(value.year), address, _title(address, register, words))
        for value in one.result.values
        if value.actual is not None or value.text is not None
        for address in value.evidence
    ]
    if rows:
        columns = (Column("year", "Year", "id"), Column("record", "Record", "id"), Column("title", "Title"))
        sections.append(Section(words("What proves them"), table=Table(columns, tuple(rows))))
    stated = [
        f"{pick(s.text, words.language, languages)}: {words.value(s.comparator)} {plain(s.value)}"
        for s in one.project.stated
    ]
    if stated and indicator.counts:
        sections.append(Section(words("Stated in the plan, never added"), tuple(stated)))
    return Report(pick(indicator.title, words.language, languages), tuple(lines), tuple(sections))


def _title(address: str, register: Register, words: Words) -> str:
    record: Any = register.records.get(address)
    text = getattr(record, "title", None) or getattr(record, "name", None)
    return pick(text, words.language, register.plan.languages)

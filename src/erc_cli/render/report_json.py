"""A report for machines: as JSON in a versioned envelope, and its tables as comma separated values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from erc_cli.core.reports.report import Bar, Report, Section
from erc_cli.core.tables import Cell, Table
from erc_cli.core.words import Words
from erc_cli.render.items import document


def report_json(report: Report, words: Words) -> str:
    """Return a report under `erc.report/1`: amounts as texts, days as `YYYY-MM-DD`, rows by the keys of the columns."""
    return document(
        {
            "schema": "erc.report/1",
            "report": report.name,
            "language": words.language,
            "title": report.title,
            "lines": report.lines,
            "sections": [_section(section, words) for section in report.sections],
            "foot": report.foot._asdict() if report.foot is not None else None,
        }
    )


def _section(section: Section, words: Words) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "level": section.level,
        "lines": section.lines,
        "items": section.items,
        "bars": [_bar(bar) for bar in section.bars],
        "moments": [moment._asdict() for moment in section.moments],
        "table": _table(section.table, words) if section.table is not None else None,
    }


def _bar(bar: Bar) -> dict[str, Any]:
    return bar._asdict()


def _table(table: Table, words: Words) -> dict[str, Any]:
    return {
        "title": words(table.title) if table.title else None,
        "columns": [
            {"key": column.key, "heading": words(column.heading), "kind": column.kind} for column in table.columns
        ],
        "rows": list(_rows(table, table.rows)),
        "totals": list(_rows(table, table.totals)),
    }


def _rows(table: Table, rows: Sequence[Sequence[Cell]]) -> Iterator[dict[str, Cell]]:
    keys = [column.key for column in table.columns]
    return (dict(zip(keys, row, strict=True)) for row in rows)

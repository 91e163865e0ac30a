"""`due`: what somebody has to do, by who must act."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from erc_cli.core.due_table import due_tables
from erc_cli.core.reports.paper import Paper
from erc_cli.core.reports.report import Asked, Report, Section
from erc_cli.core.tables import Column, Table

WITHIN_DAYS = 90


def due_report(asked: Asked) -> Report:
    """Return what is late on the day or will be within 90 days, under the names of those who must act."""
    paper, words = Paper(asked), asked.words
    items = paper.due(WITHIN_DAYS)
    late = sum(1 for item in items if item.late_on <= asked.on)
    line = words("{all} within {days} days, {late} of them late.").format(all=len(items), days=WITHIN_DAYS, late=late)
    tables = due_tables(items, asked.register, asked.on, words, "who")
    sections = [Section(table.title or "", table=replace(table, title=None)) for table in tables]
    kinds = Counter(item.kind for item in items)
    columns = (Column("kind", "Kind", "word"), Column("items", "All", "number"), Column("late", "Late", "number"))
    rows = tuple(
        (kind, number, sum(1 for item in items if item.kind == kind and item.late_on <= asked.on))
        for kind, number in kinds.most_common()
    )
    totals = (("Total", len(items), late),)
    counts = Section(words("By kind"), table=Table(columns, rows, totals=totals)) if rows else None
    return paper.report(words("What is due"), (counts, *sections), (line,))

"""`staff`: the financial items of the directorate by year, at first and now, and how they changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from erc_cli.core.budget_on import budget_on
from erc_cli.core.budget_tables import budget_tables
from erc_cli.core.records.budget import Staff
from erc_cli.core.reports.paper import NOTHING, Paper
from erc_cli.core.reports.report import Asked, Bar, Report, Section
from erc_cli.core.tables import Cell, Column, Table, without_empty
from erc_cli.core.totals import staff_cells


def staff(asked: Asked) -> Report:
    """Return the staff costs by item and year as they stand on the day `on`, beside what was approved."""
    paper = Paper(asked)
    words = paper.words
    budget = budget_on(asked.register.budget, asked.on) if asked.register.budget is not None else None
    costs = budget.staff if budget is not None else None
    sections = list(_sections(costs, paper)) if costs is not None else []
    lines = () if sections else (words("The budget has no staff costs."),)
    return paper.report(words("Staff costs"), sections, lines)


def _sections(costs: Staff, paper: Paper) -> Iterator[Section]:
    words = paper.words
    tables = budget_tables(paper.register, paper.view, words, paper.on).tables
    if "staff_approved" in tables:
        yield Section(words("As approved"), table=replace(tables["staff_approved"], title=None))
        yield Section(words("As they stand now"), table=replace(tables["staff"], title=None))
        yield _changes(costs, paper)
    else:
        yield Section(words("By item and year"), table=replace(tables["staff"], title=None))
    yield _steps(costs, paper)
    notes = tuple(paper.pair(paper.text(line.title), line.notes) for line in costs.lines if line.notes)
    if notes:
        yield Section(words("Notes"), items=notes)


def _changes(costs: Staff, paper: Paper) -> Section:
    """The revisions: what each took the place of, and why."""
    titles = {line.id: paper.text(line.title) for line in costs.lines}
    rows = tuple(
        (
            one.on,
            titles.get(one.line, one.line),
            one.year,
            one.from_,
            one.to,
            one.to - one.from_,
            paper.name(one.because.split(".", 1)[0]) if one.because else None,
            one.reason,
        )
        for one in costs.revisions
    )
    columns = (
        Column("on", "On", "date"),
        Column("item", "Item"),
        Column("year", "Year", "year"),
        Column("from", "Amount before", "amount"),
        Column("to", "Amount after", "amount"),
        Column("difference", "Difference", "amount"),
        Column("because", "Because of", optional=True),
        Column("reason", "Reason", optional=True),
    )
    return Section(paper.words("Changes"), table=without_empty(Table(columns, rows)))


def _steps(costs: Staff, paper: Paper) -> Section:
    """What each year costs, as bars beside the dearest, and its step against the year before."""
    by_year: dict[int, Decimal] = {}
    for cell in (cell for row in staff_cells(costs) for cell in row):
        by_year[cell.year] = by_year.get(cell.year, NOTHING) + cell.amount
    years = sorted(by_year)
    dearest = max(by_year.values(), default=NOTHING)
    bars = tuple(Bar(str(year), by_year[year], dearest, paper.words.number(by_year[year])) for year in years)
    rows: list[tuple[Cell, ...]] = []
    for year in years:
        before = by_year.get(year - 1)
        step = by_year[year] - before if before is not None else None
        share = (step * 100 / before).quantize(Decimal("0.1")) if step is not None and before else None
        rows.append((year, by_year[year], step, share))
    columns = (
        Column("year", "Year", "year"),
        Column("amount", "Amount", "amount"),
        Column("step", "Against the year before", "amount"),
        Column("share", "In percent", "percent"),
    )
    return Section(paper.words("Year by year"), bars=bars, table=Table(columns, tuple(rows)))

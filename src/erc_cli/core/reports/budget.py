"""`budget`: programme money by project, area and year, at first and now; off-budget projects apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from erc_cli.core.budget_lines import Amounts, BudgetLine, approved, budget_lines, summed
from erc_cli.core.funding import funding, records_of
from erc_cli.core.records.base import Revision
from erc_cli.core.records.project import Project
from erc_cli.core.reports.paper import NOTHING, Paper, sums
from erc_cli.core.reports.report import Asked, Bar, Report, Section
from erc_cli.core.tables import Cell, Column, Table, without_empty


def budget(asked: Asked) -> Report:
    """Return the programme budget as it stands on the day `on`; what is not allocated is a row of its own.

    What was approved at first stands beside what it is now, and neither is added to the other. Staff costs have a
    report of their own, off-budget projects a table of their own.
    """
    paper = Paper(asked)
    words = paper.words
    return paper.report(words("Programme budget"), _sections(paper))


def _sections(paper: Paper) -> Iterator[Section | None]:
    lines = budget_lines(paper.register, paper.on)
    yield _by_project(lines, paper)
    yield _by_area(lines, paper)
    yield _by_year(lines, paper)
    yield _by_all(lines, paper)
    yield _changes(paper)
    yield from _off_budget(paper)


_AMOUNTS = (
    Column("original", "Approved", "amount"),
    Column("current", "Now", "amount"),
    Column("budgeted", "In activities", "amount"),
    Column("spent", "Spent", "amount"),
)
_ALLOCATED = (Column("original", "At first", "amount"), *_AMOUNTS[1:])


def _figures(amounts: Amounts, paper: Paper) -> Iterator[Cell]:
    return (paper.whole(amount) for amount in amounts)


def _table(columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]], paper: Paper, labels: int) -> Table:
    return Table(tuple(columns), tuple(rows), totals=(sums(paper.words("Total"), rows, labels),))


def _by_project(lines: Sequence[BudgetLine], paper: Paper) -> Section | None:
    words = paper.words
    spent = summed(lines, lambda line: line.project)
    rows: list[tuple[Cell, ...]] = []
    bars: list[Bar] = []
    for project in paper.programme:
        given = approved(project, paper.register, paper.on)
        if given is None:
            continue
        of_it = spent.get(project.address, Amounts())
        left = given[1] - of_it.spent
        rows.append((paper.project(project), *(paper.whole(one) for one in (*given, *of_it[1:], left))))
        note = words("{spent} of {amount} spent").format(spent=paper.money(of_it.spent), amount=paper.money(given[1]))
        bars.append(Bar(paper.project(project), of_it.spent, given[1], note))
    if not rows:
        return None
    columns = (
        Column("project", "Project"),
        *_AMOUNTS[:2],
        Column("allocated", "Allocated", "amount", optional=True),
        Column("budgeted", "In activities", "amount", optional=True),
        _AMOUNTS[3],
        Column("left", "Not spent", "amount", optional=True),
    )
    return Section(words("By project"), bars=tuple(bars), table=_table(columns, rows, paper, 1))


def _unallocated(project: Project, lines: Sequence[BudgetLine], paper: Paper) -> tuple[Decimal, Decimal] | None:
    """What is left of a project's amount, at first and now, once the allocations are taken away; None for nothing."""
    given = approved(project, paper.register, paper.on)
    if given is None:
        return None
    of_it = summed(lines, lambda line: line.project).get(project.address, Amounts())
    left = (given[0] - of_it.original, given[1] - of_it.current)
    return left if any(left) else None


def _by_area(lines: Sequence[BudgetLine], paper: Paper) -> Section | None:
    words = paper.words
    areas = summed(lines, lambda line: (line.project, line.area))
    rows: list[tuple[Cell, ...]] = []
    for project in paper.programme:
        for (address, area), amounts in areas.items():
            if address == project.address:
                title = paper.area(project, area) or words("no area")
                rows.append((paper.short(project), title, *_figures(amounts, paper)))
        left = _unallocated(project, lines, paper)
        if left is not None:
            rows.append((paper.short(project), words("unallocated"), *map(paper.whole, left), None, None))
    if not rows:
        return None
    columns = (Column("project", "Project"), Column("area", "Area"), *_ALLOCATED)
    return Section(words("By area of intervention"), table=_table(columns, rows, paper, 2))


def _by_year(lines: Sequence[BudgetLine], paper: Paper) -> Section | None:
    words = paper.words
    years = summed(lines, lambda line: line.year)
    rows: list[tuple[Cell, ...]] = [(str(year), *_figures(years[year], paper)) for year in sorted(years)]
    left = [one for project in paper.programme if (one := _unallocated(project, lines, paper)) is not None]
    if left:
        whole = (sum(amounts, NOTHING) for amounts in zip(*left, strict=True))
        rows.append((words("unallocated"), *map(paper.whole, whole), None, None))
    if not rows:
        return None
    return Section(words("By year"), table=_table((Column("year", "Year"), *_ALLOCATED), rows, paper, 1))


def _by_all(lines: Sequence[BudgetLine], paper: Paper) -> Section | None:
    """Every amount on a row of its own, to be filtered."""
    rows: list[tuple[Cell, ...]] = []
    for project in paper.programme:
        for line in (line for line in lines if line.project == project.address):
            area = paper.area(project, line.area)
            rows.append((paper.short(project), area, line.year, *_figures(line.amounts, paper)))
    if not rows:
        return None
    columns = (Column("project", "Project"), Column("area", "Area"), Column("year", "Year", "year"), *_ALLOCATED)
    return Section(paper.words("By area and year"), table=_table(columns, rows, paper, 3))


def _changes(paper: Paper) -> Section | None:
    """The revisions of the budget up to the day: what each took the place of, and why."""
    whole = paper.register.budget
    if whole is None:
        return None
    parts: list[tuple[str, str | None, str | None, tuple[Revision, ...]]] = []
    for line in whole.programmes.lines if whole.programmes is not None else ():
        parts.append((line.project, None, None, line.revisions))
    for part in whole.allocations.lines if whole.allocations is not None else ():
        parts.append((part.project, part.area, str(part.year), part.revisions))
    rows = [
        _change(one, project, area, year, paper)
        for project, area, year, revisions in parts
        for one in revisions
        if one.on is None or one.on <= paper.on
    ]
    if not rows:
        return None
    rows.sort(key=lambda row: str(row[0] or ""))
    columns = (
        Column("on", "On", "date"),
        Column("project", "Project"),
        Column("area", "Area", optional=True),
        Column("year", "Year", "id", optional=True),
        Column("from", "Amount before", "amount"),
        Column("to", "Amount after", "amount"),
        Column("difference", "Difference", "amount"),
        Column("because", "Because of", optional=True),
        Column("reason", "Reason", optional=True),
    )
    return Section(paper.words("Changes"), table=without_empty(Table(columns, tuple(rows))))


def _change(one: Revision, address: str, area: str | None, year: str | None, paper: Paper) -> tuple[Cell, ...]:
    project: Any = paper.register.find(address, Project)
    title = paper.short(project) if project is not None else address
    because = paper.name(one.because.split(".", 1)[0]) if one.because else None
    return (
        one.on,
        title,
        paper.area(project, area),
        year,
        one.from_,
        one.to,
        one.to - one.from_,
        because,
        one.reason,
    )


def _off_budget(paper: Paper) -> Iterator[Section]:
    """What off-budget projects cost, apart from the programme, and what of it is secured; then by year."""
    words = paper.words
    rows: list[tuple[Cell, ...]] = []
    bars: list[Bar] = []
    for project in paper.off_budget:
        money = funding(records_of(project, paper.register), paper.register, paper.on)
        if money.cost is None or money.gap is None:
            continue
        rows.append((paper.text(project.title), *map(paper.whole, (money.cost, money.secured, money.gap))))
        note = words("{secured} of {cost} secured").format(
            secured=paper.money(money.secured), cost=paper.money(money.cost)
        )
        bars.append(Bar(paper.text(project.title), money.secured, money.cost, note))
    without = [paper.text(project.title) for project in paper.off_budget if not project.cost]
    lines = [words("Paid by partners; in no sum of the programme.")]
    lines += [words("Without a cost so far:")] if without else []
    columns = (
        Column("project", "Project"),
        Column("cost", "Cost", "amount"),
        Column("secured", "Secured", "amount"),
        Column("gap", "Gap", "amount"),
    )
    table = _table(columns, rows, paper, 1) if rows else None
    if rows or without:
        yield Section(words("Off-budget projects"), tuple(lines), tuple(bars), table=table, items=tuple(without))

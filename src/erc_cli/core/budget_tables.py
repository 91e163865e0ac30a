"""The budget as tables, as the plan prints it: every sum is computed, a claim that differs stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from erc_cli.core.budget_on import budget_on
from erc_cli.core.listing import View
from erc_cli.core.records.budget import Allocation, Budget, ProgrammeLine, Programmes, Staff
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register
from erc_cli.core.tables import Cell, Column, Table
from erc_cli.core.totals import allocation_addend, current, programme_addend, staff_cells, staff_revisions, total_of
from erc_cli.core.words import Words

_ZERO = Decimal(0)


class Shown(NamedTuple):
    """The tables, whether every claim in them is the sum of its parts, and their lines in one table for machines."""

    tables: dict[str, Table]
    holds: bool
    flat: Table


def budget_tables(register: Register, view: View, words: Words, on: date | None = None) -> Shown:
    """Return the sections of the budget that have anything in them; as they were on the day `on`, if given."""
    budget = register.budget
    if budget is not None and on is not None:
        budget = budget_on(budget, on)
    tables: dict[str, Table] = {}
    if budget is not None:
        if budget.programmes is not None:
            tables["programmes"] = _programmes(budget.programmes, register, view, words)
        if budget.allocations is not None:
            tables["allocations"] = _allocations(budget, register, view, words)
        if budget.staff is not None:
            if staff_revisions(budget.staff):
                tables["staff_approved"] = _staff(_as_approved(budget.staff), view, words, words("Staff, as approved"))
            tables["staff"] = _staff(budget.staff, view, words, words("Staff"))
    holds = not any(
        _is_marked(cell) for table in tables.values() for row in (*table.rows, *table.totals) for cell in row
    )
    return Shown(tables, holds, _flat(budget, view))


def _is_marked(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.startswith(_MARK)


_MARK = "! "


def _marked(claim: Decimal | None, found: Decimal, words: Words) -> Cell:
    """A claim that is not what was found, marked; nothing where it is right, or where there is none."""
    return f"{_MARK}{words.number(claim)}" if claim is not None and claim != found else None


def _titled(title: str, view: View) -> str:
    return f"{title}, {view.house.currency}" if view.house.currency else title


def _claimed_row(label: str, claims: Sequence[Cell]) -> tuple[tuple[Cell, ...], ...]:
    """A row of claims that differ; none where all are right."""
    return ((label, *claims),) if any(claim is not None for claim in claims) else ()


def _title_of(register: Register, project: str, view: View) -> str | None:
    found = register.find(project, Project)
    return view.text(dict(found.title)) if found is not None else None


def _programmes(programmes: Programmes, register: Register, view: View, words: Words) -> Table:
    lines = programmes.lines
    revised = any(line.revisions for line in lines)
    columns = [Column("project", "Project", "ref"), Column("title", "Title")]
    columns += [Column("approved", "Approved", "amount")] if revised else []
    columns += [Column("amount", "Current" if revised else "Amount", "amount")]
    rows = []
    for line in lines:
        amounts: list[Cell] = [line.amount] if revised else []
        rows.append(
            (line.project, _title_of(register, line.project, view), *amounts, current(line.amount, line.revisions))
        )
    found = total_of([programme_addend(line) for line in lines])
    approved: list[Cell] = [sum((line.amount for line in lines), _ZERO)] if revised else []
    none: list[Cell] = [None] * len(approved)
    totals = ((words("Total"), None, *approved, found),)
    claimed = _claimed_row(words("Claimed"), (None, *none, _marked(programmes.total, found, words)))
    return Table(tuple(columns), tuple(rows), _titled(words("Programme budget"), view), {}, (*totals, *claimed))


def _allocations(budget: Budget, register: Register, view: View, words: Words) -> Table:
    assert budget.allocations is not None  # noqa: S101
    lines = budget.allocations.lines
    years = sorted({line.year for line in lines})
    columns = (
        Column("project", "Project", "ref"),
        Column("area", "Area", "id"),
        *(Column(str(year), str(year), "amount") for year in years),
        Column("total", "Total", "amount"),
        Column("claimed", "Claimed", "amount"),
    )
    rows: list[tuple[Cell, ...]] = []
    claims = {total.project: total for total in budget.allocations.totals}
    amounts = {line.project: current(line.amount, line.revisions) for line in _lines(budget)}
    for project in dict.fromkeys((*claims, *(line.project for line in lines))):
        own = [line for line in lines if line.project == project]
        for area in dict.fromkeys(line.area for line in own):
            rows.append((project, area, *_by_year([line for line in own if line.area == area], years), None))
        claim, allocated = claims.get(project), total_of([allocation_addend(line) for line in own])
        wrong = _marked(claim.allocated, allocated, words) if claim else None
        rows.append((project, words("allocated"), *_by_year(own, years), wrong))
        left = amounts.get(project, _ZERO) - allocated
        wrong = _marked(claim.unallocated, left, words) if claim else None
        rows.append((project, words("unallocated"), *[None] * len(years), left, wrong))
    table = Table(columns, tuple(rows), _titled(words("Allocations"), view))
    return table if any(row[-1] is not None for row in rows) else _without_last(table)


def _lines(budget: Budget) -> Sequence[ProgrammeLine]:
    return budget.programmes.lines if budget.programmes else ()


def _by_year(lines: Sequence[Allocation], years: Sequence[int]) -> Iterator[Cell]:
    for year in years:
        found = [allocation_addend(line) for line in lines if line.year == year]
        yield total_of(found) if found else None
    yield total_of([allocation_addend(line) for line in lines])


def _without_last(table: Table) -> Table:
    rows, totals = tuple(row[:-1] for row in table.rows), tuple(row[:-1] for row in table.totals)
    return Table(table.columns[:-1], rows, table.title, table.labels, totals)


def _as_approved(staff: Staff) -> Staff:
    """The staff costs as they were before any revision; the claims are of the revised ones and are left out."""
    lines = tuple(line.model_copy(update={"total": None}) for line in staff.lines)
    return staff.model_copy(update={"lines": lines, "years": {}, "total": None, "revisions": ()})


def _staff(staff: Staff, view: View, words: Words, title: str) -> Table:
    years = sorted({*staff.years, *(year for line in staff.lines for year in line.years)})
    columns = (
        Column("item", "Item"),
        *(Column(str(year), str(year), "amount") for year in years),
        Column("total", "Total", "amount"),
        Column("claimed", "Claimed", "amount"),
    )
    rows: list[tuple[Cell, ...]] = []
    sums = dict.fromkeys(years, _ZERO)
    for line, cells in zip(staff.lines, staff_cells(staff), strict=True):
        amounts = {cell.year: cell.amount for cell in cells}
        for year, amount in amounts.items():
            sums[year] += amount
        found = sum(amounts.values(), _ZERO)
        by_year = (amounts.get(year) for year in years)
        rows.append((view.text(dict(line.title)), *by_year, found, _marked(line.total, found, words)))
    everything = sum(sums.values(), _ZERO)
    totals = ((words("Total"), *sums.values(), everything, None),)
    wrong = [_marked(staff.years.get(year), sums[year], words) for year in years]
    claimed = _claimed_row(words("Claimed"), (*wrong, _marked(staff.total, everything, words), None))
    table = Table(columns, tuple(rows), _titled(title, view), {}, (*totals, *claimed))
    return table if any(row[-1] is not None for row in rows) else _without_last(table)


_FLAT = (
    Column("section", "Section", "id"),
    Column("line", "Line", "id"),
    Column("project", "Project", "ref"),
    Column("area", "Area", "id"),
    Column("year", "Year", "id"),
    Column("approved", "Approved", "amount"),
    Column("current", "Current", "amount"),
)


def _flat(budget: Budget | None, view: View) -> Table:
    """Every amount of the budget on a row of its own, sums left out."""
    rows: list[tuple[Cell, ...]] = []
    if budget is None:
        return Table(_FLAT, ())
    for one in budget.programmes.lines if budget.programmes else ():
        now = current(one.amount, one.revisions)
        rows.append(("programmes", one.id, one.project, None, None, one.amount, now))
    for part in budget.allocations.lines if budget.allocations else ():
        now = current(part.amount, part.revisions)
        rows.append(("allocations", part.id, part.project, part.area, str(part.year), part.amount, now))
    if budget.staff is not None:
        for line, cells in zip(budget.staff.lines, staff_cells(budget.staff), strict=True):
            rows += [
                ("staff", line.id, None, None, str(cell.year), line.years[cell.year], cell.amount) for cell in cells
            ]
    return Table(_FLAT, tuple(rows))

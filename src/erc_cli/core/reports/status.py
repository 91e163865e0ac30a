"""The one screen for a director: money, agreements, what is due, slips, results, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from erc_cli.core.budget_lines import approved, budget_lines, summed
from erc_cli.core.currencies import CURRENCY_PLACES
from erc_cli.core.due import due
from erc_cli.core.due_table import due_list
from erc_cli.core.funding import NOTHING, Funding, funding, records_of
from erc_cli.core.indicators import results
from erc_cli.core.money import round_to
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register
from erc_cli.core.reports.paper import in_order, sums
from erc_cli.core.reports.report import Bar, Report, Section
from erc_cli.core.schedule import days_by_cause, drift, year_of_activities
from erc_cli.core.status import STATUSES, status_on
from erc_cli.core.tables import Cell, Column, Table
from erc_cli.core.text import pick
from erc_cli.core.words import Words

DUE_WITHIN = 90
DUE_SHOWN = 5
ON_ONE_SCREEN = 8


def status(register: Register, on: date, words: Words, findings: Mapping[str, int], *, internal: bool = True) -> Report:
    """Return the state of the register on the day `on`. `findings` are the counts of error, warning and waived.

    Without `internal` what is due about examinations of partners is left out: the report is handed out, the screen not.
    """
    plan = register.plan
    sections = (
        _due(register, on, words, internal),
        _money(register, on, words),
        _years(register, on, words),
        _off_budget(register, on, words),
        agreements_by_status(register, on, words),
        activities_by_year(register, on, words),
        _results(register, on, words),
        _findings(findings, words),
    )
    lines = (
        pick(plan.organisation.name, words.language, plan.languages),
        words("As things stand on {day}. Amounts in {currency}.").format(day=words.day(on), currency=plan.currency),
    )
    title = pick(plan.directorate, words.language, plan.languages)
    return Report(title, lines, tuple(section for section in sections if section is not None))


def _title(record: Any, register: Register, words: Words) -> str:
    return pick(record.title, words.language, register.plan.languages)


def _whole(amount: Decimal, register: Register) -> Decimal:
    """An amount with the places of the plan's currency, zero included."""
    return round_to(amount, CURRENCY_PLACES[register.plan.currency])


def _money(register: Register, on: date, words: Words) -> Section | None:
    bars: list[Bar] = []
    rows: list[tuple[Cell, ...]] = []
    for project in (p for p in in_order(register) if p.kind == "programme"):
        amounts = approved(project, register, on)
        if amounts is None:
            continue
        money = funding(records_of(project, register), register, on)
        note = words("{spent} of {amount} spent").format(
            spent=words.number(_whole(money.own_spent, register)), amount=words.number(amounts[1])
        )
        bars.append(Bar(_title(project, register, words), money.own_spent, amounts[1], note))
        rows.append(_money_row(project, amounts, money, register))
    if not rows:
        return None
    totals = sums(words("Total"), rows)
    columns = (
        Column("project", "Project", "id"),
        Column("original", "Approved", "amount"),
        Column("current", "Now", "amount"),
        Column("budgeted", "In activities", "amount", optional=True),
        Column("spent", "Spent", "amount"),
        Column("cash", "Partners' cash", "amount", optional=True),
        Column("in_kind", "In kind", "amount", optional=True),
    )
    table = Table(columns, _largest(rows, words), totals=(totals,) if len(rows) > 1 else ())
    return Section(words("Programme money"), bars=tuple(bars) if len(bars) <= ON_ONE_SCREEN else (), table=table)


def _largest(rows: Sequence[tuple[Cell, ...]], words: Words) -> tuple[tuple[Cell, ...], ...]:
    """The rows, or where they are too many for a screen the largest by the first amount, and the others as one."""
    if len(rows) <= ON_ONE_SCREEN:
        return tuple(rows)
    by_size = sorted(rows, key=lambda row: row[1] if isinstance(row[1], Decimal) else NOTHING, reverse=True)
    others = by_size[ON_ONE_SCREEN - 1 :]
    return (*by_size[: ON_ONE_SCREEN - 1], sums(words("{n} others").format(n=len(others)), others))


def _money_row(
    project: Project, amounts: tuple[Decimal, Decimal], money: Funding, register: Register
) -> tuple[Cell, ...]:
    figures = (*amounts, money.own_budget, money.own_spent, money.cash.received, money.in_kind.received)
    return (project.id, *(_whole(figure, register) for figure in figures))


def _years(register: Register, on: date, words: Words) -> Section | None:
    """Programme money by year: allocated where there are allocations, planned in activities, spent."""
    years = summed(budget_lines(register, on), lambda line: line.year)
    if not years:
        return None
    columns = (
        Column("year", "Year", "id"),
        Column("allocated", "Allocated", "amount"),
        Column("budgeted", "In activities", "amount"),
        Column("spent", "Spent", "amount"),
    )
    rows: list[tuple[Cell, ...]] = [
        (str(year), *(_whole(amount, register) for amount in years[year][1:])) for year in sorted(years)
    ]
    return Section(
        words("Programme money by year"), table=Table(columns, tuple(rows), totals=(sums(words("Total"), rows),))
    )


def _off_budget(register: Register, on: date, words: Words) -> Section | None:
    rows: list[tuple[Cell, ...]] = []
    for project in (p for p in in_order(register) if p.kind == "off-budget"):
        money = funding([project], register, on)
        if money.cost is not None or any(money.cash) or any(money.in_kind):
            figures = (money.cost, money.cash.pledged, money.secured, money.cash.received, money.gap)
            rows.append((project.id, *(_whole(f, register) if f is not None else None for f in figures)))
    if not rows:
        return None
    columns = (
        Column("project", "Project", "id"),
        Column("cost", "Cost", "amount"),
        Column("pledged", "Pledged", "amount"),
        Column("secured", "Secured", "amount"),
        Column("received", "Received", "amount"),
        Column("gap", "Gap", "amount"),
    )
    totals = (sums(words("Total"), rows),) if len(rows) > 1 else ()
    return Section(words("Off-budget projects, cash"), table=Table(columns, _largest(rows, words), totals=totals))


def agreements_by_status(register: Register, on: date, words: Words) -> Section | None:
    """Return how many agreements there are in each status, and of which kinds; None where there is none."""
    if not register.agreements:
        return None
    counts = Counter((status_on(agreement, register, on), agreement.kind) for agreement in register.agreements)
    rows: list[tuple[Cell, ...]] = []
    for status in STATUSES:
        kinds = sorted(
            (kind for found, kind in counts if found == status), key=lambda kind: (-counts[status, kind], kind)
        )
        if kinds:
            said_kinds = words(", ").join(f"{words.value(kind)} ({counts[status, kind]})" for kind in kinds)
            rows.append((status, sum(counts[status, kind] for kind in kinds), said_kinds))
    columns = (
        Column("status", "Status", "word"),
        Column("agreements", "All", "number"),
        Column("kinds", "Of which"),
    )
    totals: tuple[Cell, ...] = ("Total", sum(counts.values()), None)
    return Section(words("Agreements"), table=Table(columns, tuple(rows), totals=(totals,) if len(rows) > 1 else ()))


def _due(register: Register, on: date, words: Words, internal: bool) -> Section:
    items = [item for item in due(register, on, DUE_WITHIN) if internal or not item.is_internal]
    late = sum(1 for item in items if item.late_on <= on)
    line = words("{all} within {days} days, {late} of them late.").format(all=len(items), days=DUE_WITHIN, late=late)
    shown = items[:DUE_SHOWN]
    if not shown:
        return Section(words("What is due"), (words("Nothing within {days} days.").format(days=DUE_WITHIN),))
    more = len(items) - len(shown)
    lines = [line, *([words("The {n} most pressing; `erc due` lists all.").format(n=len(shown))] if more else [])]
    return Section(words("What is due"), tuple(lines), table=due_list(shown, register, words))


def activities_by_year(register: Register, on: date, words: Words) -> Section | None:
    """Return what was planned for each year and what became of it, and why; None where nothing has a schedule."""
    period = register.plan.period
    rows: list[tuple[Cell, ...]] = []
    for year in range(period.start.year, period.end.year + 1):
        found = year_of_activities(register, year, on)
        counts = (
            len(found.planned),
            len(found.added),
            len(found.cancelled),
            len(found.moved_within) + len(found.moved_out),
            len(found.moved_in),
            len(found.done),
        )
        if any(counts):
            rows.append((str(year), *counts))
    if not rows:
        return None
    drifts = [one for activity in register.activities if (one := drift(activity, register, on)) is not None]
    late = [one for one in drifts if one.days > 0]
    days = sum(one.days for one in late)
    lines = [
        words("Activities that run late: {late} of {all}; days together: {days}.").format(
            late=len(late), all=len(drifts), days=days
        )
    ]
    causes = days_by_cause(drifts)
    if causes:
        said_causes = words("; ").join(
            f"{words.value(cause)} {causes[cause]:+}" for cause in sorted(causes, key=lambda c: -causes[c])
        )
        lines.append(words("Days by cause: {causes}.").format(causes=said_causes))
    columns = (
        Column("year", "Year", "id"),
        Column("planned", "Scheduled", "number"),
        Column("added", "Added", "number"),
        Column("cancelled", "Cancelled", "number"),
        Column("moved", "Moved", "number"),
        Column("moved_in", "Moved in", "number"),
        Column("done", "Carried out", "number"),
    )
    return Section(words("Activities by year"), tuple(lines), table=Table(columns, tuple(rows)))


def _results(register: Register, on: date, words: Words) -> Section | None:
    """How many indicators reached their latest target, and as bars those that did not, the furthest behind first."""
    found = [
        (project, result.indicator, values[-1])
        for project in in_order(register)
        for result in results(project, register, on).results
        if (values := [v for v in result.values if v.target and v.actual is not None and v.year <= on.year])
    ]
    if not found:
        return None
    titles = Counter(_title(indicator, register, words) for _, indicator, _ in found)
    bars: list[Bar] = []
    for project, indicator, value in found:
        actual, target = value.actual or NOTHING, value.target or NOTHING
        if actual < target:
            note = words("{actual} of {target} in {year}").format(
                actual=words.number(actual), target=words.number(target), year=value.year
            )
            title = _title(indicator, register, words)
            label = title if titles[title] == 1 else f"{title} ({project.id}, {indicator.id})"
            bars.append(Bar(label, actual, target, note))
    line = words("{reached} of {all} indicators reached their latest target.").format(
        reached=len(found) - len(bars), all=len(found)
    )
    bars.sort(key=lambda bar: bar.part / bar.whole)
    lines = [line]
    if len(bars) > ON_ONE_SCREEN:
        lines.append(words("The {n} furthest behind:").format(n=ON_ONE_SCREEN))
    return Section(words("Results against targets"), tuple(lines), tuple(bars[:ON_ONE_SCREEN]))


def _findings(findings: Mapping[str, int], words: Words) -> Section:
    line = words("{errors}, {warnings}, {waived} (`erc check` lists them).").format(
        errors=words.many("{n} error", "{n} errors", findings["error"]),
        warnings=words.many("{n} warning", "{n} warnings", findings["warning"]),
        waived=words.many("{n} waived", "{n} waived", findings["waived"]),
    )
    return Section(words("State of the register"), (line,))

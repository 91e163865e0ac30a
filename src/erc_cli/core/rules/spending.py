"""BUD, money: the years it is for, and how it is spent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from erc_cli.core.findings import Path, Problem, Related
from erc_cli.core.money import plain
from erc_cli.core.records.plan import Period
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register
from erc_cli.core.rules.allocations import area_and_year
from erc_cli.core.rules.budget import related_to
from erc_cli.core.rules.rule import rule
from erc_cli.core.totals import (
    Addend,
    activity_budgets,
    activity_expenditures,
    is_off_budget,
    total_of,
)


@rule("BUD009", source="plan, budget of programmes; details of financial items")
def year_of_money_lies_in_the_period(register: Register) -> Iterator[Problem]:
    """The year of an allocation, an activity's budget or a cost lies in the period of its project.

    A project without a period has the plan's, and so has the staff. Money can be spent later than it was planned for,
    bills come late; it cannot be charged to a year before the project began.

    Passes::

        budget: {programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}}
        projects/p: {kind: programme, period: {start: 2019-01-01, end: 2020-12-31}}
        activities/x: {project: projects/p, budget: [{year: 2020, amount: 35.00}]}

    Fails::

        budget: {programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}}
        projects/p: {kind: programme, period: {start: 2019-01-01, end: 2020-12-31}}
        activities/x: {project: projects/p, budget: [{year: 2021, amount: 35.00}]}
    """
    for record, field, year, project, what in _years(register):
        found = register.find(project, Project) if project else None
        if project and found is None:
            continue
        period = (found.period if found else None) or register.plan.period
        if year < period.start.year or (year > period.end.year and what != "expenditure"):
            whose = project or "the plan"
            yield Problem(
                record,
                field,
                f"{what} of {year}, and the period of {whose} is {period.start} to {period.end}",
                (_period_of(found, period),),
                actual=str(year),
            )


def _period_of(project: Project | None, period: Period) -> Related:
    record = project.address if project is not None and project.period is not None else "plan"
    return Related(record, ("period",), f"{period.start} to {period.end}")


def _years(register: Register) -> Iterator[tuple[str, Path, int, str | None, str]]:
    """Every year that money is given: record, field, year, project (None for staff), and what it is."""
    budget = register.budget
    for allocation in budget.allocations.lines if budget and budget.allocations else ():
        at: Path = ("allocations", "lines", allocation.id, "year")
        yield "budget", at, allocation.year, allocation.project, "allocation"
    for line in budget.staff.lines if budget and budget.staff else ():
        for year in line.years:
            yield "budget", ("staff", "lines", line.id, "years", str(year)), year, None, f"staff amount of {line.id}"
    for project in register.projects:
        for cost in project.cost:
            if cost.year is not None:
                yield project.address, ("cost", cost.id, "year"), cost.year, project.address, "cost"
    for activity in register.activities:
        for part in activity.budget:
            yield activity.address, ("budget", part.key, "year"), part.year, activity.project, "budget"
        for spent in activity.expenditures:
            yield activity.address, ("expenditures", spent.id, "year"), spent.year, activity.project, "expenditure"


@rule("BUD016", source="plan, budget of programmes", severity="warning")
def expenditure_stays_within_the_budget(register: Register) -> Iterator[Problem]:
    """What the activities of an area spend in a year is no more than their current budgets for that year.

    Overspending happens and has to be recorded, so this warns and stops nobody.

    Passes::

        budget: {programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}}
        projects/p: {kind: programme, areas: [{id: a}]}
        activities/x:
          project: projects/p
          area: a
          budget: [{year: 2019, amount: 35.00}]
          expenditures: [{id: hall, on: 2019-05-02, year: 2019, amount: 35.00}]

    Fails::

        budget: {programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}}
        projects/p: {kind: programme, areas: [{id: a}]}
        activities/x:
          project: projects/p
          area: a
          budget: [{year: 2019, amount: 35.00}]
          expenditures:
            - {id: hall, on: 2019-05-02, year: 2019, amount: 30.00}
            - {id: travel, on: 2019-05-09, year: 2019, amount: 10.00}
    """
    budgets = activity_budgets(register)
    for key, spent in activity_expenditures(register).items():
        planned: Sequence[Addend] = budgets.get(key, ())
        room, total = total_of(planned), total_of(spent)
        if total > room:
            yield Problem(
                spent[-1].record,
                spent[-1].field,
                f"expenditure of {area_and_year(key)} is {plain(total)}, more than {_budgeted(planned, room)} "
                f"(by {plain(total - room)})",
                related_to(*planned, *spent),
                expected=f"at most {plain(room)}",
                actual=plain(total),
            )


def _budgeted(planned: Sequence[Addend], room: Decimal) -> str:
    return f"the {plain(room)} that its activities may spend" if planned else "nothing: no activity has a budget"


@rule("BUD017", source="plan, off-budget specialized projects")
def off_budget_activity_uses_no_programme_money(register: Register) -> Iterator[Problem]:
    """An activity of an off-budget project has neither a budget nor expenditures of the programme.

    Off-budget projects are paid by partners: their money is in contributions, and in the cost of the project. It never
    shares a total with the programme's.

    Passes::

        projects/o: {kind: off-budget}
        activities/x: {project: projects/o}

    Fails::

        projects/o: {kind: off-budget}
        activities/x: {project: projects/o, budget: [{year: 2019, amount: 35.00}]}
    """
    for activity in register.activities:
        if not (activity.budget or activity.expenditures) or not is_off_budget(register, activity.project):
            continue
        for name, has in (("budget", activity.budget), ("expenditures", activity.expenditures)):
            if has:
                yield Problem(
                    activity.address,
                    (name,),
                    f"{activity.address} has {'a budget' if name == 'budget' else name} of programme money, "
                    f"and {activity.project} is off-budget",
                    (Related(activity.project, ("kind",), f"{activity.project} is off-budget"),),
                )

"""BUD, money: how a project's amount is split by area and year."""

from __future__ import annotations

from collections.abc import Iterator

from erc_cli.core.findings import Path, Problem, Related
from erc_cli.core.money import plain
from erc_cli.core.register import Register
from erc_cli.core.rules.budget import failing, is_not_the_sum, off_by, problem_of, related_to
from erc_cli.core.rules.rule import rule
from erc_cli.core.totals import (
    Addend,
    AreaYear,
    activity_budgets,
    allocation_addend,
    allocations_of_projects,
    amounts_of_projects,
    total_of,
)


def area_and_year(key: AreaYear) -> str:
    project, area, year = key
    return f"{project}.areas.{area} in {year}" if area else f"{project} in {year}"


@rule("BUD007", source="plan, budget of programmes")
def allocations_stay_within_the_projects_amount(register: Register) -> Iterator[Problem]:
    """The allocations of a project are together no more than its amount.

    Areas and years can get less than the project has: the rest is unallocated, and shown. They cannot get more.

    Passes::

        projects/p: {kind: programme, areas: [{id: a}]}
        budget:
          programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}
          allocations:
            lines: [{id: p-a-2019, project: projects/p, area: a, year: 2019, amount: 60.00}]
            totals: [{project: projects/p, allocated: 60.00, unallocated: 40.00}]

    Fails::

        projects/p: {kind: programme, areas: [{id: a}]}
        budget:
          programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}
          allocations:
            lines:
              - {id: p-a-2019, project: projects/p, area: a, year: 2019, amount: 60.00}
              - {id: p-a-2020, project: projects/p, area: a, year: 2020, amount: 60.00}
            totals: [{project: projects/p, allocated: 120.00, unallocated: 0.00}]
    """
    if register.budget is None:
        return
    amounts = amounts_of_projects(register.budget)
    for project, addends in allocations_of_projects(register.budget).items():
        amount, taken = total_of(amounts.get(project, ())), total_of(addends)
        if taken > amount:
            has = f"its amount of {plain(amount)}" if project in amounts else "nothing: it has no line"
            yield Problem(
                "budget",
                addends[-1].field,
                f"allocations of {project} are {plain(taken)} together, more than {has} (by {plain(taken - amount)})",
                related_to(*amounts.get(project, ()), *addends),
                expected=f"at most {plain(amount)}",
                actual=plain(taken),
            )


@rule("BUD008", source="plan, budget of programmes")
def activity_budgets_stay_within_the_allocation(register: Register) -> Iterator[Problem]:
    """The budgets of the activities of an area and year are together no more than its allocation.

    Only where the project has allocations: as long as its amount is not split, no area has a share to exceed. Once it
    is split, an area and year without an allocation has nothing.

    Passes::

        projects/p: {kind: programme, areas: [{id: a}]}
        budget:
          programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}
          allocations:
            lines: [{id: p-a-2019, project: projects/p, area: a, year: 2019, amount: 60.00}]
            totals: [{project: projects/p, allocated: 60.00, unallocated: 40.00}]
        activities/x: {project: projects/p, area: a, budget: [{year: 2019, amount: 35.00}]}
        activities/y: {project: projects/p, area: a, budget: [{year: 2019, amount: 25.00}]}

    Fails::

        projects/p: {kind: programme, areas: [{id: a}]}
        budget:
          programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}
          allocations:
            lines: [{id: p-a-2019, project: projects/p, area: a, year: 2019, amount: 60.00}]
            totals: [{project: projects/p, allocated: 60.00, unallocated: 40.00}]
        activities/x: {project: projects/p, area: a, budget: [{year: 2019, amount: 35.00}]}
        activities/y: {project: projects/p, area: a, budget: [{year: 2019, amount: 30.00}]}
    """
    if register.budget is None or register.budget.allocations is None:
        return
    allocations: dict[AreaYear, list[Addend]] = {}
    for line in register.budget.allocations.lines:
        allocations.setdefault((line.project, line.area, line.year), []).append(allocation_addend(line))
    split = {project for project, _, _ in allocations}
    for key, budgets in activity_budgets(register).items():
        given = allocations.get(key, [])
        room, planned = total_of(given), total_of(budgets)
        if key[0] in split and planned > room:
            has = f"its allocation of {plain(room)}" if given else "nothing: it has no allocation"
            yield Problem(
                budgets[-1].record,
                budgets[-1].field,
                f"activity budgets of {area_and_year(key)} are {plain(planned)} together, more than {has} "
                f"(by {plain(planned - room)})",
                related_to(*given, *budgets),
                expected=f"at most {plain(room)}",
                actual=plain(planned),
            )


@rule("BUD010", source="plan, budget of programmes")
def one_line_for_each_project_area_and_year(register: Register) -> Iterator[Problem]:
    """There is one line for each project, and one allocation for each project, area and year.

    With two, nobody knows which of them a revision changes, and the same money may have been entered twice.

    Passes::

        projects/p: {kind: programme, areas: [{id: a}]}
        budget:
          programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}
          allocations:
            lines:
              - {id: p-a-2019, project: projects/p, area: a, year: 2019, amount: 30.00}
              - {id: p-a-2020, project: projects/p, area: a, year: 2020, amount: 30.00}
            totals: [{project: projects/p, allocated: 60.00, unallocated: 40.00}]

    Fails::

        projects/p: {kind: programme, areas: [{id: a}]}
        budget:
          programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}
          allocations:
            lines:
              - {id: p-a-2019, project: projects/p, area: a, year: 2019, amount: 30.00}
              - {id: p-a-2019-more, project: projects/p, area: a, year: 2019, amount: 30.00}
            totals: [{project: projects/p, allocated: 60.00, unallocated: 40.00}]
    """
    budget = register.budget
    if budget is None:
        return
    first: dict[tuple[object, ...], Path] = {}
    lines: list[tuple[tuple[object, ...], Path, str]] = []
    for line in budget.programmes.lines if budget.programmes else ():
        lines.append(((line.project,), ("programmes", "lines", line.id), line.project))
    for allocation in budget.allocations.lines if budget.allocations else ():
        key = (allocation.project, allocation.area, allocation.year)
        lines.append((key, ("allocations", "lines", allocation.id), area_and_year(key)))
    for key_of_line, at, what in lines:
        before = first.setdefault(key_of_line, at)
        if before != at:
            message = f"{at[-1]} is a second line for {what}: {before[-1]} is there already"
            yield Problem("budget", at, message, (Related("budget", before, f"first line {before[-1]}"),))


@rule("BUD021", source="plan, budget of programmes")
def allocated_is_the_sum_of_the_allocations(register: Register) -> Iterator[Problem]:
    """What is claimed to be allocated of a project is the sum of its allocations.

    A project that has allocations and no claim of what they make fails too.

    Passes::

        projects/p: {kind: programme, areas: [{id: a}]}
        budget:
          programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}
          allocations:
            lines:
              - {id: p-a-2019, project: projects/p, area: a, year: 2019, amount: 30.00}
              - {id: p-a-2020, project: projects/p, area: a, year: 2020, amount: 30.00}
            totals: [{project: projects/p, allocated: 60.00, unallocated: 40.00}]

    Fails::

        projects/p: {kind: programme, areas: [{id: a}]}
        budget:
          programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}
          allocations:
            lines:
              - {id: p-a-2019, project: projects/p, area: a, year: 2019, amount: 30.00}
              - {id: p-a-2020, project: projects/p, area: a, year: 2020, amount: 30.00}
            totals: [{project: projects/p, allocated: 70.00, unallocated: 30.00}]
    """
    for equation, notes in failing(register, "BUD021"):
        yield is_not_the_sum(equation, notes)


@rule("BUD022", source="plan, budget of programmes")
def allocated_and_unallocated_make_the_amount(register: Register) -> Iterator[Problem]:
    """What is allocated and what is not make the project's amount.

    What nobody has allocated yet is written down, so that it is shown and never hidden in a difference.

    Passes::

        projects/p: {kind: programme, areas: [{id: a}]}
        budget:
          programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}
          allocations:
            lines: [{id: p-a-2019, project: projects/p, area: a, year: 2019, amount: 60.00}]
            totals: [{project: projects/p, allocated: 60.00, unallocated: 40.00}]

    Fails::

        projects/p: {kind: programme, areas: [{id: a}]}
        budget:
          programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}
          allocations:
            lines: [{id: p-a-2019, project: projects/p, area: a, year: 2019, amount: 60.00}]
            totals: [{project: projects/p, allocated: 60.00, unallocated: 50.00}]
    """
    for equation, notes in failing(register, "BUD022"):
        less = equation.addends[-1].amount
        claim = equation.claim if equation.claim is not None else less
        made, amount = plain(claim - less), plain(equation.sum - less)
        message = f"{equation.name} {plain(claim)} and allocated {plain(-less)} make {made}, not its amount {amount}"
        yield problem_of(message + off_by(equation), notes, equation)

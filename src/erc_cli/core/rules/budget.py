"""BUD, money: the programme budget and the staff, and the totals that they claim."""

from __future__ import annotations

from collections.abc import Iterator

from erc_cli.core.findings import Problem, Related
from erc_cli.core.likely import Causes
from erc_cli.core.money import plain
from erc_cli.core.records.plan import Plan
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register
from erc_cli.core.rules.rule import rule
from erc_cli.core.totals import (
    CLAIMS,
    Addend,
    Equation,
    amounts_of_projects,
    equations,
    expects_line,
)


def failing(register: Register, code: str) -> Iterator[tuple[Equation, tuple[str, ...]]]:
    """Yield the equations of `code` that do not hold, with what may be the cause."""
    if all(equation.holds for equation in CLAIMS[code](register)):
        return
    all_equations = equations(register)
    causes = Causes(all_equations)
    for equation in all_equations:
        if equation.code == code and not equation.holds:
            yield equation, tuple(f"likely: {cause}" for cause in causes.of(equation))


def problem_of(message: str, notes: tuple[str, ...], *sums: Equation) -> Problem:
    """A problem of the claim that `sums` have in common; every addend is related to it."""
    first = sums[0]
    related = (addend for equation in sums for addend in equation.addends)
    return Problem(
        first.record,
        first.field,
        message,
        related_to(*related),
        expected=plain(first.sum),
        actual=None if first.claim is None else plain(first.claim),
        notes=notes,
    )


def related_to(*addends: Addend) -> tuple[Related, ...]:
    """Return the addends as other places of a finding, each with its amount."""
    return tuple(Related(one.record, one.field, f"{one.noted_label} {plain(one.amount)}") for one in addends)


def is_not_the_sum(equation: Equation, notes: tuple[str, ...]) -> Problem:
    if equation.claim is None:
        message = f"{equation.name} is not written: {equation.parts} make {plain(equation.sum)}"
    else:
        message = f"{equation.name} {plain(equation.claim)} is not the sum of {equation.parts} {plain(equation.sum)}"
        message += off_by(equation)
    return problem_of(message, notes, equation)


def off_by(equation: Equation) -> str:
    """Return how far a claim is from its sum, for the end of a message."""
    return f" (off by {plain(equation.difference)})" if equation.difference is not None else ""


@rule("BUD001", source="plan, budget of programmes")
def programmes_total_is_the_sum_of_its_lines(register: Register) -> Iterator[Problem]:
    """The total of the programme budget is the sum of its lines.

    A printed total is a claim. It is written beside its parts, never trusted and always computed again, from the
    current amounts: a revised amount replaces the original. A budget with lines and no total claims nothing, so nobody
    would notice a wrong digit; that fails too.

    Passes::

        projects/p: {kind: programme}
        projects/q: {kind: programme}
        budget:
          programmes:
            lines:
              - {id: p, project: projects/p, amount: 100.00}
              - {id: q, project: projects/q, amount: 50.00}
            total: 150.00

    Fails::

        projects/p: {kind: programme}
        projects/q: {kind: programme}
        budget:
          programmes:
            lines:
              - {id: p, project: projects/p, amount: 100.00}
              - {id: q, project: projects/q, amount: 50.00}
            total: 105.00
    """
    for equation, notes in failing(register, "BUD001"):
        yield is_not_the_sum(equation, notes)


@rule("BUD002", source="plan, projects 1 and 2, total budget")
def project_claims_the_amount_of_its_line(register: Register) -> Iterator[Problem]:
    """The `budget` that a project claims is the amount of its line in budget.yaml.

    The plan prints the amount twice: under the project and in the budget. The line is the one that counts; after a
    revision both change. A project without a line is the matter of BUD006.

    Passes::

        budget: {programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}}
        projects/p: {kind: programme, budget: 100.00}

    Fails::

        budget: {programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}}
        projects/p: {kind: programme, budget: 110.00}
    """
    for equation, notes in failing(register, "BUD002"):
        if equation.addends:
            claim = plain(equation.claim) if equation.claim is not None else ""
            message = f"{equation.name} {claim} differs from its line {plain(equation.sum)}{off_by(equation)}"
            yield problem_of(message, notes, equation)


@rule("BUD003", source="plan, details of financial items")
def staff_line_total_is_the_sum_of_its_years(register: Register) -> Iterator[Problem]:
    """The total of a staff line is the sum of its years.

    This is the row of the table of salaries and allowances. Each amount stands in a row and in a column, so a wrong
    digit shows in both, and the crossing says which amount it is.

    Passes::

        budget:
          staff:
            lines:
              - {id: salaries, years: {2019: 10.00, 2020: 11.00, 2021: 12.00}, total: 33.00}
            years: {2019: 10.00, 2020: 11.00, 2021: 12.00}
            total: 33.00

    Fails::

        budget:
          staff:
            lines:
              - {id: salaries, years: {2019: 10.00, 2020: 11.00, 2021: 12.00}, total: 43.00}
            years: {2019: 10.00, 2020: 11.00, 2021: 12.00}
            total: 33.00
    """
    for equation, notes in failing(register, "BUD003"):
        yield is_not_the_sum(equation, notes)


@rule("BUD004", source="plan, details of financial items")
def staff_year_total_is_the_sum_of_its_lines(register: Register) -> Iterator[Problem]:
    """The total of a staff year is the sum of that year over all lines.

    This is the column of the table of salaries and allowances. A year that has amounts and no total fails too.

    Passes::

        budget:
          staff:
            lines:
              - {id: salaries, years: {2019: 10.00, 2020: 11.00, 2021: 12.00}, total: 33.00}
              - {id: posts, years: {2019: 5.00, 2020: 5.00, 2021: 5.00}, total: 15.00}
            years: {2019: 15.00, 2020: 16.00, 2021: 17.00}
            total: 48.00

    Fails::

        budget:
          staff:
            lines:
              - {id: salaries, years: {2019: 10.00, 2020: 11.00, 2021: 12.00}, total: 33.00}
              - {id: posts, years: {2019: 5.00, 2020: 5.00, 2021: 5.00}, total: 15.00}
            years: {2019: 15.00, 2020: 61.00, 2021: 17.00}
            total: 48.00
    """
    for equation, notes in failing(register, "BUD004"):
        yield is_not_the_sum(equation, notes)


@rule("BUD005", source="plan, details of financial items")
def staff_total_is_the_sum_of_rows_and_of_columns(register: Register) -> Iterator[Problem]:
    """The grand total of staff is the sum of its lines and the sum of its years.

    The corner of the table is reached by rows and by columns. The message says by which of them it is not reached: if
    by both, the total itself is the first suspect.

    Passes::

        budget:
          staff:
            lines:
              - {id: salaries, years: {2019: 10.00, 2020: 11.00, 2021: 12.00}, total: 33.00}
            years: {2019: 10.00, 2020: 11.00, 2021: 12.00}
            total: 33.00

    Fails::

        budget:
          staff:
            lines:
              - {id: salaries, years: {2019: 10.00, 2020: 11.00, 2021: 12.00}, total: 33.00}
            years: {2019: 10.00, 2020: 11.00, 2021: 12.00}
            total: 34.00
    """
    found = list(failing(register, "BUD005"))
    if not found:
        return
    notes = tuple(dict.fromkeys(note for _, said in found for note in said))
    first = found[0][0]
    if first.claim is None or len(found) == 1:
        yield is_not_the_sum(first, notes)
        return
    second = found[1][0]
    message = f"{first.name} {plain(first.claim)} is neither the sum of its lines {plain(first.sum)}"
    if first.sum == second.sum:
        message += f" nor that of its years, which is the same{off_by(first)}"
    else:
        message += f"{off_by(first)} nor that of its years {plain(second.sum)}{off_by(second)}"
    yield problem_of(message, notes, first, second)


@rule("BUD006", source="plan, budget of programmes")
def every_programme_project_has_a_line(register: Register) -> Iterator[Problem]:
    """A programme project whose period meets the plan's has a line in the budget, and every line has such a project.

    A project without a line is missing from the total, and the total holds all the same. Off-budget projects are paid
    by partners, and projects of another plan by another budget: neither has a line here.

    Passes::

        budget: {programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}}
        projects/p: {kind: programme}

    Fails::

        budget: {programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}}
        projects/p: {kind: off-budget}
    """
    if register.budget is None:
        return
    lines = amounts_of_projects(register.budget)
    for project in register.projects:
        if project.address not in lines and expects_line(project, register.plan):
            yield Problem(
                project.address,
                ("budget",) if project.budget is not None else ("kind",),
                f"{project.address} is a programme project and has no line under programmes in budget.yaml",
                actual=None if project.budget is None else plain(project.budget),
            )
    for line in register.budget.programmes.lines if register.budget.programmes else ():
        found = register.find(line.project, Project)
        if found is not None and not expects_line(found, register.plan):
            yield Problem(
                "budget",
                ("programmes", "lines", line.id, "project"),
                f"{line.id} gives programme money to {line.project}, which is {_why_no_line(found, register.plan)}",
                (Related(line.project, ("kind",), f"{line.project} is {found.kind}"),),
                actual=line.project,
            )


def _why_no_line(project: Project, plan: Plan) -> str:
    if project.kind != "programme":
        return f"{project.kind}: partners pay for it"
    period = project.period or plan.period
    return f"of another time, {period.start} to {period.end}"

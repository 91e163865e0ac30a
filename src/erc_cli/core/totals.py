"""Totals: what an amount is now, and every total that the register claims, beside what its parts make.

Sums are exact: an amount has at most 15 digits before the point and six after it, a file of 1 MiB holds fewer than a
hundred thousand of them, and decimals carry 28 digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from erc_cli.core.findings import Path
from erc_cli.core.records.base import Revision
from erc_cli.core.records.budget import Allocation, Budget, ProgrammeLine, Staff, StaffRevision
from erc_cli.core.records.plan import Period, Plan
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register


def current(amount: Decimal, revisions: Sequence[Revision | StaffRevision], on: date | None = None) -> Decimal:
    """Return what `amount` is now, or on the day `on`: the last `to` until then, else the original.

    A revised amount replaces the one before it, it is never added.
    """
    for revision in reversed(revisions):
        if on is None or revision.on is None or revision.on <= on:
            return revision.to
    return amount


NOTES: Final = ("revised {day}", "revised", "total not written")
"""What can be said of an amount in a sum."""


class Addend(NamedTuple):
    """One part of a sum: where it stands, what it is called there, and how much it adds.

    `label` tells it apart in its sum ("2019"), `name` everywhere ("basic-salaries 2019"). Where it is `subtracted`,
    `amount` is the negative of what the file says. `note`, one of `NOTES`, says more about it, `day` its day.
    """

    record: str
    field: Path
    label: str
    amount: Decimal
    name: str
    subtracted: bool = False
    note: str = ""
    day: date | None = None

    @property
    def noted_label(self) -> str:
        """The label with the note, in English."""
        return f"{self.label} ({self.note.format(day=self.day)})" if self.note else self.label


class Equation(NamedTuple):
    """A total that the register claims, and the parts that should make it.

    `code` is the rule that it belongs to. `name` and `parts` are words: "staff total" and "its years". `claim` is None
    where parts are there and their total is not written.
    """

    code: str
    name: str
    parts: str
    record: str
    field: Path
    claim: Decimal | None
    addends: tuple[Addend, ...]

    @property
    def sum(self) -> Decimal:
        """What the parts make."""
        nothing = Decimal(0) if self.claim is None else Decimal(0).quantize(self.claim)
        return sum((addend.amount for addend in self.addends), nothing)

    @property
    def difference(self) -> Decimal | None:
        """How much the claim is above the sum; None where there is no claim."""
        return None if self.claim is None else self.claim - self.sum

    @property
    def holds(self) -> bool:
        """Whether there is a claim and it is the sum of its parts."""
        return self.claim is not None and self.claim == self.sum


def equations(register: Register) -> list[Equation]:
    """Return every claimed total of the register, in the order of the budget."""
    return [equation for claims in CLAIMS.values() for equation in claims(register)]


# --- programmes ---------------------------------------------------------------------------------------------


def _revised(base: Path, label: str, amount: Decimal, revisions: Sequence[Revision]) -> Addend:
    if not revisions:
        return Addend("budget", (*base, "amount"), label, amount, label)
    last = revisions[-1]
    at: Path = (*base, "revisions", last.id, "to")
    return Addend("budget", at, label, last.to, label, note=_revision_note(last), day=last.on)


def _revision_note(revision: Revision | StaffRevision) -> str:
    return NOTES[0] if revision.on else NOTES[1]


def programme_addend(line: ProgrammeLine) -> Addend:
    """Return the current amount of a line of the programme budget."""
    return _revised(("programmes", "lines", line.id), line.id, line.amount, line.revisions)


def amounts_of_projects(budget: Budget) -> Mapping[str, Sequence[Addend]]:
    """Return for each project that the programme budget names its line, or lines where it has too many."""
    found: dict[str, list[Addend]] = {}
    for line in budget.programmes.lines if budget.programmes else ():
        found.setdefault(line.project, []).append(programme_addend(line))
    return found


def expects_line(project: Project, plan: Plan | None) -> bool:
    """Whether the budget must have a line for `project`: it is of the programme, and its period meets the plan's."""
    return project.kind == "programme" and (plan is None or meets(project.period or plan.period, plan.period))


def meets(one: Period, other: Period) -> bool:
    """Whether the two share a day."""
    return one.start <= other.end and other.start <= one.end


def programme_total(register: Register) -> Iterator[Equation]:
    """Yield the total of the programme budget."""
    programmes = register.budget.programmes if register.budget else None
    if programmes is not None and (programmes.lines or programmes.total is not None):
        addends = tuple(programme_addend(line) for line in programmes.lines)
        at: Path = ("programmes", "total")
        yield Equation("BUD001", "programmes total", "its lines", "budget", at, programmes.total, addends)


def project_budgets(register: Register) -> Iterator[Equation]:
    """Yield the amount that each project claims for itself. Where its line is missing, there is nothing to add."""
    if register.budget is None:
        return
    lines = amounts_of_projects(register.budget)
    plan = register.find("plan", Plan)
    for project in register.projects:
        addends = tuple(lines.get(project.address, ()))
        if project.budget is not None and (addends or expects_line(project, plan)):
            name = f"budget of {project.address}"
            yield Equation("BUD002", name, "its line", project.address, ("budget",), project.budget, addends)


# --- staff --------------------------------------------------------------------------------------------------


def staff_revisions(staff: Staff) -> Mapping[tuple[str, int], Sequence[StaffRevision]]:
    """Return the revisions of each amount, by line and year, in the order of the file."""
    found: dict[tuple[str, int], list[StaffRevision]] = {}
    for revision in staff.revisions:
        found.setdefault((revision.line, revision.year), []).append(revision)
    return found


class Cell(NamedTuple):
    """The current amount of one staff line in one year."""

    line: str
    year: int
    field: Path
    amount: Decimal
    note: str
    revised_on: date | None

    def addend(self, label: str) -> Addend:
        """Return it as part of a sum, told apart there by `label`."""
        name = f"{self.line} {self.year}"
        return Addend("budget", self.field, label, self.amount, name, note=self.note, day=self.revised_on)


def staff_cells(staff: Staff) -> list[list[Cell]]:
    """Return the current amounts of all staff lines, line by line, each in the order of its years."""
    revised = staff_revisions(staff)
    rows = []
    for line in staff.lines:
        row = []
        for year, amount in sorted(line.years.items()):
            field: Path = ("staff", "lines", line.id, "years", str(year))
            note, day = "", None
            if revisions := revised.get((line.id, year)):
                last = revisions[-1]
                field, note, day = ("staff", "revisions", last.id, "to"), _revision_note(last), last.on
                amount = current(amount, revisions)
            row.append(Cell(line.id, year, field, amount, note, day))
        rows.append(row)
    return rows


def _staff(register: Register) -> Staff:
    return register.budget.staff if register.budget and register.budget.staff else Staff()


def staff_rows(register: Register) -> Iterator[Equation]:
    """Yield the total of each staff line over the years."""
    staff = _staff(register)
    for line, row in zip(staff.lines, staff_cells(staff), strict=True):
        addends = tuple(cell.addend(str(cell.year)) for cell in row)
        at: Path = ("staff", "lines", line.id, "total")
        yield Equation("BUD003", f"{line.id} total", "its years", "budget", at, line.total, addends)


def staff_columns(register: Register) -> Iterator[Equation]:
    """Yield the total of each year over the staff lines."""
    staff = _staff(register)
    by_year: dict[int, list[Addend]] = {year: [] for year in staff.years}
    for row in staff_cells(staff):
        for cell in row:
            by_year.setdefault(cell.year, []).append(cell.addend(cell.line))
    for year, addends in sorted(by_year.items()):
        at: Path = ("staff", "years", str(year))
        claim = staff.years.get(year)
        yield Equation("BUD004", f"staff {year} total", "its lines", "budget", at, claim, tuple(addends))


def staff_total(register: Register) -> Iterator[Equation]:
    """Yield the grand total of staff twice: by rows, then by columns.

    A row or column whose own total is not written counts with what it makes, so that one omission is one finding.
    """
    staff = _staff(register)
    if not staff.lines and not staff.years and staff.total is None:
        return
    for rows, parts in ((staff_rows, "its lines"), (staff_columns, "its years")):
        addends = tuple(_subtotal(equation) for equation in rows(register))
        yield Equation("BUD005", "staff total", parts, "budget", ("staff", "total"), staff.total, addends)


def _subtotal(equation: Equation) -> Addend:
    label = equation.name.removeprefix("staff ").removesuffix(" total")
    if equation.claim is None:
        return Addend("budget", equation.field, label, equation.sum, equation.name, note=NOTES[2])
    return Addend("budget", equation.field, label, equation.claim, equation.name)


# --- allocations --------------------------------------------------------------------------------------------


def allocation_addend(line: Allocation) -> Addend:
    """Return the current amount of an allocation."""
    return _revised(("allocations", "lines", line.id), line.id, line.amount, line.revisions)


def allocations_of_projects(budget: Budget) -> Mapping[str, Sequence[Addend]]:
    """Return the allocations of each project that has any."""
    found: dict[str, list[Addend]] = {}
    for line in budget.allocations.lines if budget.allocations else ():
        found.setdefault(line.project, []).append(allocation_addend(line))
    return found


def allocated(register: Register) -> Iterator[Equation]:
    """Yield what is claimed to be allocated of each project's amount."""
    if register.budget is None or register.budget.allocations is None:
        return
    lines = allocations_of_projects(register.budget)
    claims = {total.project: total.allocated for total in register.budget.allocations.totals}
    for project in {**claims, **lines}:
        at: Path = ("allocations", "totals", project, "allocated")
        name, addends = f"allocated of {project}", tuple(lines.get(project, ()))
        yield Equation("BUD021", name, "its allocations", "budget", at, claims.get(project), addends)


def unallocated(register: Register) -> Iterator[Equation]:
    """Yield what is claimed to be left of each project's amount once the allocated is taken away."""
    if register.budget is None or register.budget.allocations is None:
        return
    amounts = amounts_of_projects(register.budget)
    for total in register.budget.allocations.totals:
        at: Path = ("allocations", "totals", total.project)
        name = f"allocated of {total.project}"
        less = Addend("budget", (*at, "allocated"), "less allocated", -total.allocated, name, subtracted=True)
        yield Equation(
            "BUD022",
            f"unallocated of {total.project}",
            "its amount less what is allocated",
            "budget",
            (*at, "unallocated"),
            total.unallocated,
            (*amounts.get(total.project, ()), less),
        )


CLAIMS: Final[Mapping[str, Callable[[Register], Iterator[Equation]]]] = {
    "BUD001": programme_total,
    "BUD002": project_budgets,
    "BUD021": allocated,
    "BUD022": unallocated,
    "BUD003": staff_rows,
    "BUD004": staff_columns,
    "BUD005": staff_total,
}
"""Code of a rule: the claimed totals that it is about."""


# --- activities ---------------------------------------------------------------------------------------------

AreaYear = tuple[str, str | None, int]
"""A project, an area of it, and a year."""


def activity_budgets(register: Register) -> Mapping[AreaYear, Sequence[Addend]]:
    """Return the current budgets of activities of the programme, by area and year."""
    found: dict[AreaYear, list[Addend]] = {}
    for activity in register.activities:
        if not activity.budget or is_off_budget(register, activity.project):
            continue
        for budget in activity.budget:
            at: Path = ("budget", budget.key, "amount")
            if budget.revisions:
                at = ("budget", budget.key, "revisions", budget.revisions[-1].id, "to")
            amount, label = current(budget.amount, budget.revisions), f"{activity.address} {budget.year}"
            found.setdefault((activity.project, activity.area, budget.year), []).append(
                Addend(activity.address, at, label, amount, label)
            )
    return found


def activity_expenditures(register: Register) -> Mapping[AreaYear, Sequence[Addend]]:
    """Return what activities of the programme spent, by area and by the year it is charged to, in order of days."""
    found: dict[AreaYear, list[tuple[str, Addend]]] = {}
    for activity in register.activities:
        if not activity.expenditures or is_off_budget(register, activity.project):
            continue
        for spent in activity.expenditures:
            label = f"{activity.address} {spent.on}"
            addend = Addend(activity.address, ("expenditures", spent.id, "amount"), label, spent.amount, label)
            key = (activity.project, activity.area, spent.year)
            found.setdefault(key, []).append((spent.on.isoformat(), addend))
    return {key: [addend for _, addend in sorted(spent)] for key, spent in found.items()}


def is_off_budget(register: Register, project: str) -> bool:
    """Whether `project` is there and is off-budget."""
    record = register.find(project, Project)
    return record is not None and record.kind == "off-budget"


def total_of(addends: Sequence[Addend]) -> Decimal:
    """Return what the addends make; nothing makes 0."""
    return sum((addend.amount for addend in addends), Decimal(0))

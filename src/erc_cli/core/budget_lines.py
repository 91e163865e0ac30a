"""Programme money by project, area and year: allocated at first and now, planned in activities, spent."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from erc_cli.core.records.project import Project
from erc_cli.core.register import Register
from erc_cli.core.totals import current, is_off_budget

_NOTHING = Decimal(0)


def approved(project: Project, register: Register, on: date) -> tuple[Decimal, Decimal] | None:
    """Return what the plan gave a project and what it is on the day `on`; None without a line in the budget."""
    programmes = register.budget.programmes if register.budget is not None else None
    for line in programmes.lines if programmes is not None else ():
        if line.project == project.address:
            return line.amount, current(line.amount, line.revisions, on)
    return None


class Amounts(NamedTuple):
    """What was allocated at first, what is allocated now, what activities plan to spend, what was spent."""

    original: Decimal = _NOTHING
    current: Decimal = _NOTHING
    budgeted: Decimal = _NOTHING
    spent: Decimal = _NOTHING

    def plus(self, other: Amounts) -> Amounts:
        """Return the sums, each for itself."""
        return Amounts(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


class BudgetLine(NamedTuple):
    """The programme money of one area of a project in one year; `area` is None where an activity names none."""

    project: str
    area: str | None
    year: int
    amounts: Amounts


def budget_lines(register: Register, on: date) -> list[BudgetLine]:
    """Return the programme money as it stands on the day `on`, a line for each project, area and year that has any."""
    found: dict[tuple[str, str | None, int], Amounts] = {}

    def add(project: str, area: str | None, year: int, amounts: Amounts) -> None:
        key = (project, area, year)
        found[key] = found.get(key, Amounts()).plus(amounts)

    allocations = register.budget.allocations if register.budget is not None else None
    for line in allocations.lines if allocations is not None else ():
        amounts = Amounts(original=line.amount, current=current(line.amount, line.revisions, on))
        add(line.project, line.area, line.year, amounts)
    for activity in register.activities:
        if is_off_budget(register, activity.project):
            continue
        for part in activity.budget:
            budgeted = current(part.amount, part.revisions, on)
            add(activity.project, activity.area, part.year, Amounts(budgeted=budgeted))
        for one in activity.expenditures:
            if one.on <= on:
                add(activity.project, activity.area, one.year, Amounts(spent=one.amount))
    order = sorted(found, key=lambda key: (key[0], key[1] or "~", key[2]))
    return [BudgetLine(*key, found[key]) for key in order]


Key = TypeVar("Key", bound=Hashable)


def summed(lines: Iterable[BudgetLine], key: Callable[[BudgetLine], Key]) -> Mapping[Key, Amounts]:
    """Return the sums of the lines that share a `key`, in the order in which the keys come first."""
    found: dict[Key, Amounts] = {}
    for line in lines:
        found[key(line)] = found.get(key(line), Amounts()).plus(line.amounts)
    return found

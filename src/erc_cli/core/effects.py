"""What follows from a change: findings, what is due, counted results, relationships, money that is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from erc_cli.core.due import DueItem, due
from erc_cli.core.findings import Finding
from erc_cli.core.indicators import results
from erc_cli.core.records.partner import Partner
from erc_cli.core.register import Register
from erc_cli.core.relationship import relationship_on
from erc_cli.core.totals import activity_budgets, allocations_of_projects, amounts_of_projects, current, total_of

DUE_WITHIN = 90


class Moved(NamedTuple):
    """A figure or word that is another because of the change: what it is of, in which year, what it was and is."""

    address: str
    year: str
    before: Decimal | str | None
    after: Decimal | str | None


class Effects(NamedTuple):
    """What follows from a change, on a day."""

    new_findings: tuple[Finding, ...]
    gone_findings: tuple[Finding, ...]
    newly_due: tuple[DueItem, ...]
    no_longer_due: tuple[DueItem, ...]
    counted: tuple[Moved, ...]
    relationships: tuple[Moved, ...]
    headroom: tuple[Moved, ...]


def key_of_finding(finding: Finding) -> tuple[str, str, str]:
    """Return what a finding is about. Its words may change with an amount, and it is the same finding still."""
    return (finding.code, finding.problem.record, finding.field_address)


def added(before: Iterable[Finding], after: Iterable[Finding]) -> list[Finding]:
    """Return the findings of `after` that are not among those of `before`."""
    known = Counter(map(key_of_finding, before))
    found = []
    for finding in after:
        key = key_of_finding(finding)
        if known[key] > 0:
            known[key] -= 1
        else:
            found.append(finding)
    return found


def effects(
    before: Register, after: Register, findings: tuple[Sequence[Finding], Sequence[Finding]], on: date
) -> Effects:
    """Return what follows from the change of one register into the other, on the day `on`."""
    old_due, new_due = ({_key_of_due(item): item for item in due(one, on, DUE_WITHIN)} for one in (before, after))
    return Effects(
        tuple(added(*findings)),
        tuple(added(findings[1], findings[0])),
        tuple(item for key, item in new_due.items() if key not in old_due),
        tuple(item for key, item in old_due.items() if key not in new_due),
        tuple(_moved(_counted(before, on), _counted(after, on))),
        tuple(_moved(_relationships(before, on), _relationships(after, on))),
        tuple(_moved(_headroom(before), _headroom(after))),
    )


def _key_of_due(item: DueItem) -> tuple[str, str, str]:
    return (item.kind, item.record, ".".join(map(str, item.field)))


_Figures = Mapping[tuple[str, str], Decimal | str]


def _moved(before: _Figures, after: _Figures) -> list[Moved]:
    """The figures that are there on both sides and differ, and those of one side alone that are not nothing."""
    keys = [*after, *(key for key in before if key not in after)]
    return [
        Moved(*key, before.get(key), after.get(key))
        for key in keys
        if before.get(key, Decimal(0)) != after.get(key, Decimal(0))
    ]


def _counted(register: Register, on: date) -> _Figures:
    return {
        (f"{project.address}.indicators.{result.indicator.id}", str(value.year)): value.actual
        for project in register.projects
        for result in results(project, register, on).results
        for value in result.values
        if value.is_counted and value.actual is not None
    }


def _relationships(register: Register, on: date) -> _Figures:
    return {
        (partner.address, ""): relationship_on(partner, register, on)
        for partner in register.partners
        if isinstance(partner, Partner)
    }


def _headroom(register: Register) -> _Figures:
    """What is left of each project's amount once it is allocated, and of each allocation once activities have it."""
    budget = register.budget
    if budget is None:
        return {}
    found: dict[tuple[str, str], Decimal | str] = {}
    amounts, allocated = amounts_of_projects(budget), allocations_of_projects(budget)
    planned: dict[str, Decimal] = {}
    by_area = activity_budgets(register)
    for (project, _, _), addends in by_area.items():
        planned[project] = planned.get(project, Decimal(0)) + total_of(addends)
    for project, addends in amounts.items():
        spoken_for = total_of(allocated[project]) if project in allocated else planned.get(project, Decimal(0))
        found[project, ""] = total_of(addends) - spoken_for
    for line in budget.allocations.lines if budget.allocations else ():
        own = by_area.get((line.project, line.area, line.year), ())
        at = f"{line.project}.areas.{line.area}"
        found[at, str(line.year)] = current(line.amount, line.revisions) - total_of(own)
    return found

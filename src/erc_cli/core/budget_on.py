"""The budget as it stood on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from erc_cli.core.records.base import Part
from erc_cli.core.records.budget import Allocation, Allocations, Budget, ProgrammeLine, Programmes, Staff

_Line = TypeVar("_Line", ProgrammeLine, Allocation)


def budget_on(budget: Budget, on: date) -> Budget:
    """Return the budget without the revisions that came after the day `on`.

    Claimed totals are of all revisions, so a section with later ones claims none: nothing can be said of totals that
    nobody has written down.
    """
    return _with(
        budget,
        programmes=_programmes(budget.programmes, on),
        allocations=_allocations(budget.allocations, on),
        staff=_staff(budget.staff, on),
    )


def _programmes(programmes: Programmes | None, on: date) -> Programmes | None:
    if programmes is None or (lines := _until(programmes.lines, on)) == programmes.lines:
        return programmes
    return _with(programmes, lines=lines, total=None)


def _allocations(allocations: Allocations | None, on: date) -> Allocations | None:
    if allocations is None or (lines := _until(allocations.lines, on)) == allocations.lines:
        return allocations
    return _with(allocations, lines=lines, totals=())


def _staff(staff: Staff | None, on: date) -> Staff | None:
    if staff is None:
        return None
    revisions = tuple(one for one in staff.revisions if _is_known(one.on, on))
    if revisions == staff.revisions:
        return staff
    lines = tuple(_with(line, total=None) for line in staff.lines)
    return _with(staff, lines=lines, years={}, total=None, revisions=revisions)


def _until(lines: Sequence[_Line], on: date) -> tuple[_Line, ...]:
    return tuple(_with(line, revisions=tuple(one for one in line.revisions if _is_known(one.on, on))) for line in lines)


def _is_known(day: date | None, on: date) -> bool:
    return day is None or day <= on


_Part = TypeVar("_Part", bound=Part)


def _with(part: _Part, **values: Any) -> _Part:
    return part.model_copy(update=values)

"""BUD, money: single amounts, and how they change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from erc_cli.core.findings import Path, Problem, Related
from erc_cli.core.money import plain, round_to
from erc_cli.core.records.base import Record, Revision
from erc_cli.core.records.budget import Budget, Staff, StaffRevision
from erc_cli.core.records.shape import fields_of, marked, models_of
from erc_cli.core.records.types import MoneyMark
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.core.register import Register
from erc_cli.core.rules.rule import rule
from erc_cli.core.totals import staff_cells

LARGEST_MOVE = 15
"""Percent by which a staff year may differ from the year before without a word about it."""


class History(NamedTuple):
    """An amount, where it stands, and how it changed: each revision with its place."""

    record: str
    name: str
    field: Path
    amount: Decimal | None
    revisions: Sequence[tuple[Path, Revision | StaffRevision]]


@rule("BUD011", source="data format, amounts that change")
def revision_starts_from_the_amount_before_it(register: Register) -> Iterator[Problem]:
    """A revision starts from the amount before it, not earlier than the revision before it, and says why.

    The original amount stays on file and every change is added below it. `from` repeats the amount before, so that two
    changes made at the same time, each unaware of the other, cannot pass unseen. `on` and `reason` answer who asks
    later; `because` can point to the decision.

    Passes::

        projects/p: {kind: programme}
        budget:
          programmes:
            lines:
              - id: p
                project: projects/p
                amount: 100.00
                revisions:
                  - {id: first, on: 2020-03-01, from: 100.00, to: 90.00, reason: General Conference cut}
                  - {id: second, on: 2020-06-01, from: 90.00, to: 95.00, reason: Reserve released}
            total: 95.00

    Fails::

        projects/p: {kind: programme}
        budget:
          programmes:
            lines:
              - id: p
                project: projects/p
                amount: 100.00
                revisions:
                  - {id: first, on: 2020-03-01, from: 100.00, to: 90.00, reason: General Conference cut}
                  - {id: second, on: 2020-06-01, from: 100.00, to: 95.00, reason: Reserve released}
            total: 95.00
    """
    for history in _histories(register):
        yield from _history_problems(history)


def _history_problems(history: History) -> Iterator[Problem]:
    before, before_at, latest = history.amount, history.field, date.min
    for at, revision in history.revisions:
        if before is None:
            yield Problem(history.record, at, f"revises {history.name}, and there is no such amount")
        elif revision.from_ != before:
            yield Problem(
                history.record,
                (*at, "from"),
                f"revision {revision.id} of {history.name} is from {plain(revision.from_)}, "
                f"and the amount before it is {plain(before)}",
                (Related(history.record, before_at, f"the amount before it {plain(before)}"),),
                expected=plain(before),
                actual=plain(revision.from_),
            )
        if revision.on is None:
            yield Problem(history.record, (*at, "on"), f"revision {revision.id} of {history.name} has no day (on)")
        elif revision.on < latest:
            yield Problem(
                history.record,
                (*at, "on"),
                f"revision {revision.id} of {history.name} is of {revision.on}, before the one above it, of {latest}",
                actual=revision.on.isoformat(),
            )
        if not (revision.reason or "").strip():
            yield Problem(history.record, (*at, "reason"), f"revision {revision.id} of {history.name} has no reason")
        before, before_at = revision.to, (*at, "to")
        latest = max(latest, revision.on or latest)


def _histories(register: Register) -> Iterator[History]:
    if register.budget is not None:
        yield from _budget_histories(register.budget)
    for activity in register.activities:
        for budget in activity.budget:
            if budget.revisions:
                base: Path = ("budget", budget.key)
                name = f"the budget of {budget.year}"
                yield _history(activity.address, name, base, budget.amount, budget.revisions)


def _budget_histories(budget: Budget) -> Iterator[History]:
    for line in budget.programmes.lines if budget.programmes else ():
        yield _history("budget", line.id, ("programmes", "lines", line.id), line.amount, line.revisions)
    for allocation in budget.allocations.lines if budget.allocations else ():
        base: Path = ("allocations", "lines", allocation.id)
        yield _history("budget", allocation.id, base, allocation.amount, allocation.revisions)
    if budget.staff is not None and budget.staff.revisions:
        yield from _staff_histories(budget.staff)


def _history(record: str, name: str, base: Path, amount: Decimal, revisions: Sequence[Revision]) -> History:
    placed = [((*base, "revisions", revision.id), revision) for revision in revisions]
    return History(record, name, (*base, "amount"), amount, placed)


def _staff_histories(staff: Staff) -> Iterator[History]:
    originals = {(line.id, year): amount for line in staff.lines for year, amount in line.years.items()}
    placed: dict[tuple[str, int], list[tuple[Path, StaffRevision]]] = {}
    for revision in staff.revisions:
        placed.setdefault((revision.line, revision.year), []).append((("staff", "revisions", revision.id), revision))
    for (line, year), revisions in placed.items():
        at: Path = ("staff", "lines", line, "years", str(year))
        yield History("budget", f"{line} {year}", at, originals.get((line, year)), revisions)


@rule("BUD012", source="data format, files")
def amount_is_negative_only_where_money_is_given_back(register: Register) -> Iterator[Problem]:
    """An amount has a minus only where money can be given back: in contributions and expenditures.

    A budget, an allocation, a cost or a total below zero is a slip, and it would make a wrong sum hold.

    Passes::

        budget: {programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}}
        projects/p: {kind: programme, areas: [{id: a}]}
        activities/x:
          project: projects/p
          area: a
          budget: [{year: 2019, amount: 20.00}]
          expenditures:
            - {id: hall, on: 2019-05-02, year: 2019, amount: 20.00}
            - {id: deposit-back, on: 2019-05-30, year: 2019, amount: -5.00}

    Fails::

        budget: {programmes: {lines: [{id: p, project: projects/p, amount: 100.00}], total: 100.00}}
        projects/p: {kind: programme, areas: [{id: a}]}
        activities/x: {project: projects/p, area: a, budget: [{year: 2019, amount: -20.00}]}
    """
    for record in register.records.values():
        if type(record) not in _with_money():
            continue
        for path, mark, amount in marked(record, MoneyMark):
            if amount < 0 and not mark.may_be_negative:
                message = f"{'.'.join(str(step) for step in path)} {plain(amount)} is below zero"
                yield Problem(record.address, path, message, actual=plain(amount), expected="zero or more")


@cache
def _with_money() -> frozenset[type[Record]]:
    """The record types that hold an amount somewhere."""
    return frozenset(
        model
        for model in RECORD_TYPES.values()
        if any(
            isinstance(mark, MoneyMark)
            for part in models_of({"": model})
            for field in fields_of(part)
            for mark in field.marks
        )
    )


@rule("BUD018", source="plan, details of financial items", severity="warning")
def staff_year_moves_little_or_says_why(register: Register) -> Iterator[Problem]:
    """A staff amount that moves by more than 15 % against the year before has a note on its line.

    Salaries move by steps and by rates. A leap is either a decision, which the note names, or a slip.

    Passes::

        budget:
          staff:
            lines:
              - {id: salaries, years: {2019: 100.00, 2020: 115.00}, total: 215.00}
            years: {2019: 100.00, 2020: 115.00}
            total: 215.00

    Fails::

        budget:
          staff:
            lines:
              - {id: salaries, years: {2019: 100.00, 2020: 116.00}, total: 216.00}
            years: {2019: 100.00, 2020: 116.00}
            total: 216.00
    """
    staff = register.budget.staff if register.budget else None
    if staff is None:
        return
    for line, row in zip(staff.lines, staff_cells(staff), strict=True):
        if (line.notes or "").strip():
            continue
        for before, now in pairwise(row):
            if abs(now.amount - before.amount) * 100 > LARGEST_MOVE * abs(before.amount):
                moved = _moved(before.amount, now.amount)
                yield Problem(
                    "budget",
                    now.field,
                    f"{line.id} {now.year} {plain(now.amount)} {moved} {before.year} {plain(before.amount)}, "
                    "and the line has no notes that say why",
                    (Related("budget", before.field, f"{before.year} {plain(before.amount)}"),),
                )


def _moved(before: Decimal, now: Decimal) -> str:
    if not before:
        return "comes after"
    percent = round_to((now - before) * 100 / before, 2)
    return f"moves by {percent:+f} % against"

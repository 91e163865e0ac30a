"""When things were planned, when they are to be now, and why they moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from erc_cli.core.periods import first_day, last_day
from erc_cli.core.records.activity import Activity, Change, Schedule
from erc_cli.core.records.base import Revision
from erc_cli.core.records.meeting import Meeting
from erc_cli.core.register import Register, record_of


class Slip(NamedTuple):
    """One change of a schedule: which, by how many days its end moved (later is positive), why and with whom."""

    activity: str
    change: Change
    days: int
    cause: str
    partners: tuple[str, ...]


def current_schedule(activity: Activity, on: date) -> Schedule | None:
    """Return the schedule as it stands on the day `on`: as planned, or the last change of it."""
    schedule = activity.planned
    for change in changes_until(activity, on):
        if change.field == "schedule" and isinstance(change.to, Schedule):
            schedule = change.to
    return schedule


def changes_until(activity: Activity, on: date) -> list[Change]:
    """Return the changes of the day `on` and before, oldest first."""
    return sorted((change for change in activity.changes if change.on <= on), key=lambda change: change.on)


def is_cancelled(activity: Activity, on: date) -> bool:
    """Whether it is cancelled on the day `on`, and not reinstated since."""
    cancelled = False
    for change in changes_until(activity, on):
        if change.field in ("cancelled", "reinstated"):
            cancelled = change.field == "cancelled"
    return cancelled


def is_done(activity: Activity, on: date) -> bool:
    """Whether it was over on the day `on`: its last day on file, or its first if there is no other."""
    done = activity.done
    if done is None:
        return False
    ended = done.end or done.start
    return ended is None or ended <= on


State = Literal["planned", "running", "done", "cancelled", "open"]


def state_on(activity: Activity, on: date) -> State:
    """Return where an activity stands on the day `on`; `open` where it has no schedule and nothing was done."""
    if is_cancelled(activity, on):
        return "cancelled"
    if is_done(activity, on):
        return "done"
    if activity.done is not None and activity.done.start is not None and activity.done.start <= on:
        return "running"
    return "planned" if current_schedule(activity, on) is not None else "open"


def slip_days(activity: Activity, on: date) -> int | None:
    """Return by how many days its end moved against the plan: by the changes on file, or by when it was done.

    Later is positive. None where no schedule was planned, or where it is cancelled. Partial dates count from their
    last day.
    """
    if activity.planned is None or is_cancelled(activity, on):
        return None
    planned = last_day(activity.planned.end)
    done = activity.done
    if done is not None and is_done(activity, on) and (done.end or done.start) is not None:
        return ((done.end or done.start or planned) - planned).days
    current = current_schedule(activity, on)
    return (last_day(current.end) - planned).days if current is not None else None


def slips(activity: Activity, register: Register, on: date) -> Iterator[Slip]:
    """Yield each change of its schedule up to the day `on`, with its cause and the partners it came from.

    Partners are those of the meeting that decided it; else, for a partner's timeframe, those of the activity.
    """
    before = activity.planned
    for change in changes_until(activity, on):
        if change.field != "schedule" or not isinstance(change.to, Schedule):
            continue
        start = change.from_ if isinstance(change.from_, Schedule) else before
        days = (last_day(change.to.end) - last_day(start.end)).days if start is not None else 0
        yield Slip(activity.address, change, days, change.cause or "", _partners_of(change, activity, register))
        before = change.to


def _partners_of(change: Change, activity: Activity, register: Register) -> tuple[str, ...]:
    meeting = register.find(record_of(change.because), Meeting) if change.because else None
    if meeting is not None:
        return tuple(party for party in meeting.participants if party.startswith("partners/"))
    return activity.partners if change.cause == "partner-timeframe" else ()


class YearOfActivities(NamedTuple):
    """A year's activities, as addresses: planned at first for it, added to it later, cancelled, moved out, moved in."""

    year: int
    planned: tuple[str, ...]
    added: tuple[str, ...]
    cancelled: tuple[str, ...]
    moved_out: tuple[str, ...]
    moved_in: tuple[str, ...]
    done: tuple[str, ...]


def year_of_activities(register: Register, year: int, on: date) -> YearOfActivities:
    """Return how a year's activities changed, as known on the day `on`. The year is that of the first day.

    An activity counts as added when its origin is a decision or a need rather than the annual plan.
    """
    found: dict[str, list[str]] = {name: [] for name in YearOfActivities._fields[1:]}
    for activity in register.activities:
        if activity.planned is None:
            continue
        current = current_schedule(activity, on)
        first, now = first_day(activity.planned.start).year, first_day(current.start).year if current else None
        if first == year:
            found["added" if activity.origin in ("decision", "need") else "planned"].append(activity.address)
            if is_cancelled(activity, on):
                found["cancelled"].append(activity.address)
            elif now != year:
                found["moved_out"].append(activity.address)
        elif now == year and not is_cancelled(activity, on):
            found["moved_in"].append(activity.address)
        if now == year and state_on(activity, on) == "done":
            found["done"].append(activity.address)
    return YearOfActivities(year, *(tuple(found[name]) for name in YearOfActivities._fields[1:]))


def moved_between_years(register: Register, on: date) -> Mapping[str, Mapping[int, Decimal]]:
    """Return what revisions up to the day `on` added to each year (less is negative), by project.

    Allocations where a project has them, else its activities' budgets; in plan currency.
    """
    moved: dict[str, dict[int, Decimal]] = {}

    def add(project: str, year: int, revisions: tuple[Revision, ...]) -> None:
        for revision in revisions:
            if revision.on is None or revision.on <= on:
                years = moved.setdefault(project, {})
                years[year] = years.get(year, Decimal(0)) + revision.to - revision.from_

    budget = register.budget
    allocations = budget.allocations.lines if budget is not None and budget.allocations is not None else ()
    for line in allocations:
        add(line.project, line.year, line.revisions)
    allocated = {line.project for line in allocations}
    for activity in register.activities:
        if activity.project not in allocated:
            for part in activity.budget:
                add(activity.project, part.year, part.revisions)
    return moved

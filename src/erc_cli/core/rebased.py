"""A register as if what it said at another time were the plan: so what came since is all that has moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from erc_cli.core.periods import PartialDate, first_day
from erc_cli.core.records.activity import Activity, Change, Schedule, YearBudget
from erc_cli.core.records.base import Record
from erc_cli.core.records.budget import Allocation, Allocations, Budget
from erc_cli.core.register import Register
from erc_cli.core.schedule import current_schedule, is_cancelled, is_done
from erc_cli.core.totals import current


class Rebased(NamedTuple):
    """The register with the schedules and amounts of the baseline as the planned ones, and what is gone since then.

    `gone` are activities of the baseline that are on file no more.
    """

    register: Register
    gone: tuple[Activity, ...]


def rebased(before: Register, now: Register, on: date, year: int | None = None) -> Rebased:
    """Return `now` with what `before` said of the day `on` in the place of the plan; with `year` its activities alone.

    An activity's year is that of its first day, then or now. Activities that were cancelled then and still are do not
    count; those that were not on file count as added. A schedule that became another one without a change on file gets
    a change without a cause on the day `on`.
    """
    then = {activity.id: activity for activity in before.activities}
    activities: dict[str, Activity | None] = {}
    met: set[str] = set()
    for activity in now.activities:
        old = next((then[one] for one in (activity.id, *activity.formerly) if one in then), None)
        if old is not None:
            met.add(old.id)
        activities[activity.address] = _of_year(_rebased(old, activity, on), year)
    gone = tuple(one for one in then.values() if one.id not in met and _of_year(one, year) is not None)
    records = [_replaced(record, before, on) for record in now.records.values() if record.address not in activities]
    records += [one for one in activities.values() if one is not None]
    return Rebased(Register(records, now.broken, now.unreadable, now.files), gone)


def _rebased(old: Activity | None, new: Activity, on: date) -> Activity | None:
    """The activity as if what `old` said had been planned; None where it was off and still is."""
    if old is None:
        planned = current_schedule(new, on) or new.planned
        return new.model_copy(update={"origin": "decision", "because": None, "planned": planned, "changes": ()})
    if is_cancelled(old, on) and is_cancelled(new, on):
        return None
    known = {change.id for change in old.changes}
    found = new.model_copy(
        update={
            "origin": "annual-plan",
            "because": None,
            "planned": _schedule(old, on),
            "changes": tuple(change for change in new.changes if change.id not in known),
            "budget": tuple(_since(new.budget, {part.key: part for part in old.budget}, on)),
        }
    )
    was, told = current_schedule(old, on), current_schedule(found, on)
    stands = current_schedule(new, on)
    if stands is None or stands == told or (stands == was and not found.changes):
        return found
    unrecorded = Change.model_construct(id="not-recorded", on=on, field="schedule", from_=told, to=stands)
    return found.model_copy(update={"changes": (*found.changes, unrecorded)})


def _schedule(activity: Activity, on: date) -> Schedule | None:
    """When it was if it was over, else when it was to be."""
    schedule, done = current_schedule(activity, on), activity.done
    if done is None or not is_done(activity, on) or (end := done.end or done.start) is None:
        return schedule
    start = done.start or (schedule.start if schedule is not None else end)
    return Schedule.model_construct(start=_day(start), end=_day(end))


def _day(day: date | PartialDate) -> PartialDate:
    return day if isinstance(day, PartialDate) else PartialDate(day.year, day.month, day.day)


def _of_year(activity: Activity | None, year: int | None) -> Activity | None:
    if activity is None or year is None:
        return activity
    schedules = (activity.planned, current_schedule(activity, date.max))
    return activity if any(one is not None and first_day(one.start).year == year for one in schedules) else None


_Part = TypeVar("_Part", Allocation, YearBudget)


def _since(parts: Sequence[_Part], then: Mapping[str, _Part], on: date) -> Iterator[_Part]:
    """The amounts with what they were then as their first value, and the revisions since."""
    for part in parts:
        old = then.get(part.key)
        if old is None:
            yield part
            continue
        known = {revision.id for revision in old.revisions}
        yield part.model_copy(
            update={
                "amount": current(old.amount, old.revisions, on),
                "revisions": tuple(one for one in part.revisions if one.id not in known),
            }
        )


def _replaced(record: Record, before: Register, on: date) -> Record:
    old = before.budget
    if not isinstance(record, Budget) or record.allocations is None or old is None or old.allocations is None:
        return record
    lines = tuple(_since(record.allocations.lines, {line.key: line for line in old.allocations.lines}, on))
    allocations: Allocations = record.allocations.model_copy(update={"lines": lines})
    return record.model_copy(update={"allocations": allocations})

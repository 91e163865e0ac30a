"""What is to come, by day: meetings, activities, ends of agreements, last days to object, events that return."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from erc_cli.core.due import DueItem, coming_end, due, next_award
from erc_cli.core.periods import PartialDate, add_days, add_months, first_day, last_day
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.project import Project, Series
from erc_cli.core.register import Register
from erc_cli.core.schedule import current_schedule, state_on

EventKind = Literal[
    "meeting", "activity", "end of a term", "tacit renewal", "objection deadline", "deadline", "edition", "award"
]

AHEAD_DAYS: Final = 365

_DEADLINES: Final = frozenset({"committee-session-due", "decision-overdue", "commitment-unpaid"})
"""Kinds of what is due that have a day of their own in a calendar; the others have theirs here, or are late already."""

_ALARMS: Final[Mapping[EventKind, int]] = {
    "meeting": 14,
    "end of a term": 90,
    "tacit renewal": 14,
    "objection deadline": 30,
    "deadline": 14,
    "edition": 180,
    "award": 180,
}


class Event(NamedTuple):
    """Something on a day to come, or over several; its `key` is the same whenever the calendar is made.

    `record` is the address it is about. `item` is what is due, where that is what it is. `every_months`: it returns for
    ever after so many months. `title` names a series.
    """

    key: str
    kind: EventKind
    when: date | PartialDate
    until: date | PartialDate
    record: str
    item: DueItem | None = None
    every_months: int | None = None
    series: Series | None = None

    @property
    def alarm_days(self) -> int | None:
        """How many days ahead it is good to be told; None where nobody need be."""
        return _ALARMS.get(self.kind)


def agenda(register: Register, on: date, ahead_days: int = AHEAD_DAYS) -> list[Event]:
    """Return what is known on the day `on` of the days to come, the soonest first; what returns however far away."""
    horizon = add_days(on, ahead_days)
    found = [*_meetings(register, on), *_activities(register, on), *_agreements(register, on)]
    found += _deadlines(register, on, ahead_days)
    kept = [one for one in found if first_day(one.when) <= horizon]
    kept += (event for event, _ in _returning(register, on) if event is not None)
    return sorted(kept, key=lambda one: (first_day(one.when), one.key))


def undated(register: Register, on: date) -> list[tuple[Project, Series | None]]:
    """Return what is to return and has no day to count from: series without an edition, and prizes never awarded."""
    return [(project, series) for event, (project, series) in _returning(register, on) if event is None]


def _meetings(register: Register, on: date) -> Iterator[Event]:
    for meeting in register.meetings:
        when = meeting.planned_on
        is_held = meeting.held_on is not None and first_day(meeting.held_on) <= on
        if when is not None and not is_held and last_day(when) >= on:
            until = meeting.until if meeting.until is not None and meeting.until > first_day(when) else when
            yield Event(f"{meeting.address}.planned_on", "meeting", when, until, meeting.address)


def _activities(register: Register, on: date) -> Iterator[Event]:
    for activity in register.activities:
        schedule = current_schedule(activity, on)
        if schedule is not None and state_on(activity, on) == "planned" and last_day(schedule.start) >= on:
            yield Event(f"{activity.address}.planned", "activity", schedule.start, schedule.end, activity.address)


def _agreements(register: Register, on: date) -> Iterator[Event]:
    for agreement in register.agreements:
        coming = coming_end(agreement, register, on)
        if coming is None:
            continue
        address, (end, deadline) = agreement.address, coming
        if deadline is None:
            yield Event(f"{address}.ends_on.{end}", "end of a term", end, end, address)
            continue
        yield Event(f"{address}.renewal.{end}", "tacit renewal", end, end, address)
        if deadline >= on:
            yield Event(f"{address}.renewal.{end}.notice", "objection deadline", deadline, deadline, address)


def _deadlines(register: Register, on: date, ahead_days: int) -> Iterator[Event]:
    for item in due(register, on, ahead_days + 1):
        day = item.late_on - timedelta(days=1)
        if item.kind in _DEADLINES and day >= on:
            yield Event(".".join((item.record, *map(str, item.field))), "deadline", day, day, item.record, item)


def _returning(register: Register, on: date) -> Iterator[tuple[Event | None, tuple[Project, Series | None]]]:
    """Yield the next time of each series and prize that is not scheduled; None where no day is known to count from."""
    editions: dict[tuple[str, str | None], list[Activity]] = {}
    for activity in register.activities:
        editions.setdefault((activity.project, activity.series), []).append(activity)
    for project in register.projects:
        for series in project.series:
            last = _latest_start(editions.get((project.address, series.id), []), on)
            event = None
            if last is not None:
                when = _not_before(add_months(last, series.interval_months), series.interval_months, on)
                key = f"{project.address}.series.{series.id}"
                event = Event(key, "edition", when, when, project.address, None, series.interval_months, series)
            yield event, (project, series)
        if project.prize is not None:
            award, months = next_award(project, on), project.prize.cycle_months
            event = None
            if award is not None:
                when = _not_before(award, months, on)
                event = Event(f"{project.address}.prize", "award", when, when, project.address, None, months)
            yield event, (project, None)


def _not_before(day: date, months: int, on: date) -> date:
    """The first of the days, so many months apart, that is not over."""
    while day < on and day < date.max:
        day = add_months(day, months)
    return day


def _latest_start(editions: list[Activity], on: date) -> date | None:
    """When the latest edition was, or is to be; None where there is none with a day."""
    starts = []
    for activity in editions:
        state, schedule = state_on(activity, on), current_schedule(activity, on)
        done = activity.done.start if activity.done is not None and state in ("done", "running") else None
        if done is not None:
            starts.append(done)
        elif schedule is not None and state != "cancelled":
            starts.append(first_day(schedule.start))
    return max(starts, default=None)

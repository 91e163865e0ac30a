"""When things were planned, when they are to be now, and why they moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from erc_cli.core.findings import Path
from erc_cli.core.periods import PartialDate, certainly_before, first_day, last_day
from erc_cli.core.records.activity import Activity, Change, Schedule, YearBudget
from erc_cli.core.records.budget import Allocation
from erc_cli.core.records.meeting import Meeting
from erc_cli.core.records.member_state import MemberState
from erc_cli.core.register import Register, item_at, record_of
from erc_cli.core.totals import current as current_amount


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
    if not any(change.field == "cancelled" for change in activity.changes):
        return cancelled
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


class Time(NamedTuple):
    """When an activity is: as done, else as scheduled, and where that stands."""

    start: date | PartialDate
    end: date | PartialDate
    is_done: bool
    field: Path


def time_of(activity: Activity) -> Time | None:
    """Return when an activity was done, else its schedule as it stands; None where no day is on file.

    Of what was done with one day on file, the schedule says the other where it fits.
    """
    done = activity.done
    start, end = (done.start, done.end) if done is not None else (None, None)
    if start is not None and end is not None:
        return Time(start, end, True, ("done",))
    schedule = current_schedule(activity, date.max)
    if start is not None:
        fits = schedule is not None and not certainly_before(schedule.end, start)
        return Time(start, schedule.end if schedule is not None and fits else start, True, ("done",))
    if end is not None:
        fits = schedule is not None and not certainly_before(end, schedule.start)
        return Time(schedule.start if schedule is not None and fits else end, end, True, ("done",))
    if schedule is None:
        return None
    moved = [change.id for change in activity.changes if change.to is schedule]
    return Time(schedule.start, schedule.end, False, ("changes", moved[-1], "to") if moved else ("planned",))


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

    The days are those against the schedule before it, so that they add up; a first schedule moves nothing. Partners are
    those of the meeting that decided it; else, for a partner's timeframe, those of the activity.
    """
    before = activity.planned
    for change in changes_until(activity, on):
        if change.field != "schedule" or not isinstance(change.to, Schedule):
            continue
        start = before or (change.from_ if isinstance(change.from_, Schedule) else None)
        days = (last_day(change.to.end) - last_day(start.end)).days if start is not None else 0
        yield Slip(activity.address, change, days, change.cause or "", _partners_of(change, activity, register))
        before = change.to


def _partners_of(change: Change, activity: Activity, register: Register) -> tuple[str, ...]:
    meeting = register.find(record_of(change.because), Meeting) if change.because else None
    if meeting is not None:
        return tuple(party for party in meeting.participants if party.startswith("partners/"))
    return activity.partners if change.cause == "partner-timeframe" else ()


class Drift(NamedTuple):
    """How far an activity is from its plan: `days` late (early is negative), which are its slips and the rest.

    `unexplained` are the days by which it was done later than its schedule said, without a change that says why.
    """

    activity: str
    planned: Schedule
    current: Schedule
    days: int
    slips: tuple[Slip, ...]
    unexplained: int


UNEXPLAINED: Final = "unexplained"
"""Stands for the cause of days that no change accounts for."""


def drift(activity: Activity, register: Register, on: date) -> Drift | None:
    """Return how far an activity is from its plan on the day `on`; None where none was approved, or it is cancelled."""
    days, current = slip_days(activity, on), current_schedule(activity, on)
    if days is None or activity.planned is None or current is None:
        return None
    found = tuple(slips(activity, register, on))
    unexplained = days - sum(slip.days for slip in found)
    return Drift(activity.address, activity.planned, current, days, found, unexplained)


def days_by_cause(drifts: Iterable[Drift]) -> Mapping[str, int]:
    """Return the days slipped for each cause, `unexplained` ones too; together they are all days of the drifts."""
    found: dict[str, int] = {}
    for one in drifts:
        for slip in one.slips:
            cause = slip.cause or UNEXPLAINED
            found[cause] = found.get(cause, 0) + slip.days
        if one.unexplained:
            found[UNEXPLAINED] = found.get(UNEXPLAINED, 0) + one.unexplained
    return found


def days_by_partner(drifts: Iterable[Drift]) -> Mapping[str, int]:
    """Return the days of the slips that each partner had a part in.

    A slip decided with two partners counts in full for both: these figures do not add up, and need not.
    """
    found: dict[str, int] = {}
    for one in drifts:
        for slip in one.slips:
            for partner in slip.partners:
                found[partner] = found.get(partner, 0) + slip.days
    return found


class YearOfActivities(NamedTuple):
    """A year's activities, as addresses: what was planned at first for it, and what became of that.

    `added` came by a decision or a need after the annual plan. `cancelled` are among the planned and added, and so are
    `moved_out` (to another year) and `moved_within` (the year); `moved_in` were planned for other years.
    """

    year: int
    planned: tuple[str, ...]
    added: tuple[str, ...]
    cancelled: tuple[str, ...]
    moved_out: tuple[str, ...]
    moved_in: tuple[str, ...]
    done: tuple[str, ...]
    moved_within: tuple[str, ...]

    @property
    def now(self) -> int:
        """How many activities the year has as things stand."""
        return len(self.planned) + len(self.added) + len(self.moved_in) - len(self.moved_out) - len(self.cancelled)


def year_of_activities(register: Register, year: int, on: date) -> YearOfActivities:
    """Return how a year's activities changed, as known on the day `on`. The year is that of the first day.

    Activities without a schedule are of no year; one whose first schedule came by a change is planned for that.
    """
    found: dict[str, list[str]] = {name: [] for name in YearOfActivities._fields[1:]}
    for activity in register.activities:
        for name in _places_in_year(activity, register, year, on):
            found[name].append(activity.address)
    return YearOfActivities(year, *(tuple(found[name]) for name in YearOfActivities._fields[1:]))


def _places_in_year(activity: Activity, register: Register, year: int, on: date) -> Iterator[str]:
    """The lists of a `YearOfActivities` that an activity belongs to."""
    current, known_since = current_schedule(activity, on), _known_since(activity, register)
    if current is None or (known_since is not None and known_since > on):
        return
    planned = activity.planned or _first_schedule(activity) or current
    is_off, now = is_cancelled(activity, on), first_day(current.start).year
    if first_day(planned.start).year == year:
        yield "added" if activity.origin in ("decision", "need") else "planned"
        if is_off:
            yield "cancelled"
        elif now != year:
            yield "moved_out"
        elif current != planned:
            yield "moved_within"
    elif now == year and not is_off:
        yield "moved_in"
    if now == year and state_on(activity, on) == "done":
        yield "done"


def _first_schedule(activity: Activity) -> Schedule | None:
    """What its first change of schedule started from, or else led to."""
    for change in changes_until(activity, date.max):
        if change.field == "schedule" and isinstance(change.to, Schedule):
            return change.from_ if isinstance(change.from_, Schedule) else change.to
    return None


def _known_since(activity: Activity, register: Register) -> date | None:
    """The day of the decision or need that an activity came from; None where it was there from the start."""
    if activity.because is None or activity.origin not in ("decision", "need"):
        return None
    meeting = register.find(record_of(activity.because), Meeting)
    if meeting is not None:
        return first_day(meeting.held_on) if meeting.held_on is not None else None
    state = register.find(record_of(activity.because), MemberState)
    need = item_at(state.needs, activity.because.rpartition(".")[2]) if state is not None else None
    return need.on if need is not None else None


def moved_between_years(register: Register, on: date) -> Mapping[str, Mapping[int, Decimal]]:
    """Return what revisions up to the day `on` added to each year (less is negative), by project.

    Allocations where a project has them, else its activities' budgets; in plan currency. Years that revisions left as
    they were have 0. `moved` says how much of it went from one year to another.
    """
    found: dict[str, dict[int, Decimal]] = {}

    def add(project: str, part: Allocation | YearBudget) -> None:
        if any(revision.on is None or revision.on <= on for revision in part.revisions):
            years = found.setdefault(project, {})
            more = current_amount(part.amount, part.revisions, on) - part.amount
            years[part.year] = years.get(part.year, Decimal(0)) + more

    budget = register.budget
    allocations = budget.allocations.lines if budget is not None and budget.allocations is not None else ()
    for line in allocations:
        add(line.project, line)
    allocated = {line.project for line in allocations}
    for activity in register.activities:
        if activity.project not in allocated:
            for part in activity.budget:
                add(activity.project, part)
    return found


def moved(years: Mapping[int, Decimal]) -> Decimal:
    """Return how much of what revisions did to the years of a project only went from one year to another.

    The rest, what the years gained more than lost or the other way round, was added to the project or taken from it.
    """
    gained = sum((amount for amount in years.values() if amount > 0), Decimal(0))
    lost = -sum((amount for amount in years.values() if amount < 0), Decimal(0))
    return min(gained, lost)

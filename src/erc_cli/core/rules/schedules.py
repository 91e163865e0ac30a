"""ACT, activities: when they are planned, how that changes, and when they are done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from erc_cli.core.findings import Path, Problem, Related
from erc_cli.core.periods import add_months, certainly_before, first_day, last_day
from erc_cli.core.records.activity import Activity, Change, Done, Schedule
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register
from erc_cli.core.rules.lifetimes import is_any_broken, is_before_life, is_unsigned, over_by
from erc_cli.core.rules.rule import rule
from erc_cli.core.schedule import Time, current_schedule, is_cancelled, time_of
from erc_cli.core.status import in_force_from, status_on


@rule("ACT001", source="plan, project 1, general framework")
def schedule_ends_after_it_starts(register: Register) -> Iterator[Problem]:
    """What is planned ends on or after the day it starts, at first and after every change.

    Days known in part count only where no reading of them fits: from March 2019 to 2019 is a schedule.

    Passes::

        activities/forum: {planned: {start: 2019-05-10, end: 2019-05}}

    Fails::

        activities/forum: {planned: {start: 2019-05-10, end: 2019-04}}
    """
    for activity in register.activities:
        for at, schedule in _schedules(activity):
            if certainly_before(schedule.end, schedule.start):
                yield Problem(
                    activity.address,
                    (*at, "end"),
                    f"ends {schedule.end}, before it starts, {schedule.start}",
                    (Related(activity.address, (*at, "start"), f"starts {schedule.start}"),),
                    actual=str(schedule.end),
                )


def _schedules(activity: Activity) -> Iterator[tuple[Path, Schedule]]:
    if activity.planned is not None:
        yield ("planned",), activity.planned
    for change in activity.changes:
        if isinstance(change.to, Schedule):
            yield ("changes", change.id, "to"), change.to


@rule("ACT004", source="plan, off-budget specialized projects")
def change_starts_from_what_was_before(register: Register) -> Iterator[Problem]:
    """A change starts from what was before it, and changes stand in the order of their days.

    The schedule approved at first is never overwritten: every change below it repeats in `from` what it was until then,
    so that two changes made unaware of each other cannot pass unseen. A schedule has a `start` and an `end`, in `from`
    and in `to`.

    Passes::

        activities/forum:
          planned: {start: 2019-05-10, end: 2019-05-12}
          changes:
            - id: to-june
              on: 2019-03-01
              field: schedule
              from: {start: 2019-05-10, end: 2019-05-12}
              to: {start: 2019-06-10, end: 2019-06-12}
              reason: Hall not free
              cause: partner-timeframe

    Fails::

        activities/forum:
          planned: {start: 2019-05-10, end: 2019-05-12}
          changes:
            - id: to-june
              on: 2019-03-01
              field: schedule
              from: {start: 2019-05-09, end: 2019-05-12}
              to: {start: 2019-06-10, end: 2019-06-12}
              reason: Hall not free
              cause: partner-timeframe
    """
    for activity in register.activities:
        if activity.changes:
            yield from _days_going_back(activity)
            yield from _schedules_broken_off(activity)
            yield from _scopes_broken_off(activity)


def _days_going_back(activity: Activity) -> Iterator[Problem]:
    latest = activity.changes[0]
    for change in activity.changes[1:]:
        if change.on < latest.on:
            yield Problem(
                activity.address,
                ("changes", change.id, "on"),
                f"change {change.id} is of {change.on}, before the one above it, of {latest.on}",
                (Related(activity.address, ("changes", latest.id, "on"), f"{latest.id} {latest.on}"),),
                actual=change.on.isoformat(),
            )
        else:
            latest = change


_PLANNED: Path = ("planned",)


def _schedules_broken_off(activity: Activity) -> Iterator[Problem]:
    before, before_at = activity.planned, _PLANNED
    for change in activity.changes:
        if change.field != "schedule":
            continue
        at = ("changes", change.id)
        for name, value in (("from", change.from_), ("to", change.to)):
            if isinstance(value, str):
                message = f"change {change.id} is of the schedule: {name} is {{start, end}}, not words"
                yield Problem(activity.address, (*at, name), message, actual=value)
        if before is not None and not isinstance(change.from_, str) and change.from_ != before:
            said = f"is from {_span(change.from_)}" if change.from_ is not None else "does not say from what"
            yield Problem(
                activity.address,
                (*at, "from"),
                f"change {change.id} {said}, and the schedule before it is {_span(before)}",
                (Related(activity.address, before_at, f"the schedule before it {_span(before)}"),),
                expected=_span(before),
                actual=_span(change.from_) if change.from_ is not None else None,
            )
        if isinstance(change.to, Schedule):
            before, before_at = change.to, (*at, "to")


def _span(schedule: Schedule) -> str:
    return f"{schedule.start} to {schedule.end}"


def _scopes_broken_off(activity: Activity) -> Iterator[Problem]:
    last: Change | None = None
    for change in activity.changes:
        if change.field != "scope":
            continue
        at = ("changes", change.id, "from")
        if last is not None and change.from_ is not None and change.from_ != last.to:
            message = f"change {change.id} does not start from what {last.id} made of the scope"
            yield Problem(
                activity.address, at, message, (Related(activity.address, ("changes", last.id, "to"), last.id),)
            )
        last = change if change.to is not None else last


@rule("ACT005", source="plan, off-budget specialized projects")
def change_says_why(register: Register) -> Iterator[Problem]:
    """A change after the plan was approved has a cause and a reason, and a decision that caused it is on file.

    The plan wants to see why schedules are disturbed: the cause is what is counted, the reason is for readers, and
    `because` leads to the decision. Without the day of approval, the plan's first day counts.

    Passes::

        activities/forum:
          changes: [{id: smaller, on: 2019-03-01, field: scope, to: Forty people, reason: Cut, cause: funding}]

    Fails::

        activities/forum:
          changes: [{id: smaller, on: 2019-03-01, field: scope, to: Forty people, reason: Cut}]
    """
    approved, start = register.plan.approved_on, register.plan.period.start
    for activity in register.activities:
        for change in activity.changes:
            if change.on <= approved if approved is not None else change.on < start:
                continue
            at = ("changes", change.id)
            has = (("cause", change.cause), ("reason", (change.reason or "").strip()))
            lacks = [name for name, value in has if not value]
            if lacks:
                message = f"change {change.id} of {change.on} has no {' and no '.join(lacks)}"
                yield Problem(activity.address, (*at, lacks[0]), message)
            if change.cause == "decision" and change.because is None:
                message = f"change {change.id} was caused by a decision, and because does not say by which"
                yield Problem(activity.address, (*at, "cause"), message)


@rule("ACT006", source="plan, off-budget specialized projects")
def cancelled_is_over_unless_reinstated(register: Register) -> Iterator[Problem]:
    """What is cancelled is only reinstated, neither changed nor done, and only what is cancelled is reinstated.

    An activity that was broken off may have begun before; bills and refunds may come after.

    Passes::

        activities/forum:
          changes:
            - {id: off, on: 2019-03-01, field: cancelled, reason: No money, cause: funding}
            - {id: back, on: 2019-04-01, field: reinstated, reason: A donor was found, cause: funding}

    Fails::

        activities/forum:
          changes:
            - {id: off, on: 2019-03-01, field: cancelled, reason: No money, cause: funding}
            - {id: smaller, on: 2019-04-01, field: scope, to: Forty people, reason: A donor was found, cause: funding}
    """
    for activity in register.activities:
        if not activity.changes:
            continue
        cancelled: Change | None = None
        for change in sorted(activity.changes, key=lambda change: change.on):
            at = ("changes", change.id, "field")
            if change.field == "reinstated" and cancelled is None:
                yield Problem(activity.address, at, f"change {change.id} reinstates what is not cancelled")
            elif change.field != "reinstated" and cancelled is not None:
                message = f"change {change.id} ({change.field}) comes after it was cancelled, on {cancelled.on}"
                yield Problem(activity.address, at, message, (_off(activity, cancelled),))
            if change.field in ("cancelled", "reinstated"):
                cancelled = change if change.field == "cancelled" else None
        day = _last_day_of(activity.done)
        if cancelled is not None and day is not None and day > cancelled.on:
            message = f"done on {day}, after it was cancelled, on {cancelled.on}"
            yield Problem(activity.address, ("done",), message, (_off(activity, cancelled),))


def _off(activity: Activity, change: Change) -> Related:
    return Related(activity.address, ("changes", change.id), f"cancelled {change.on}")


def _last_day_of(done: Done | None) -> date | None:
    return (done.end or done.start) if done is not None else None


@rule("ACT007", source="plan, project 1, general framework", severity="warning")
def activity_falls_into_the_life_of_its_agreement(register: Register) -> Iterator[Problem]:
    """An activity lies in the life of the agreement that it is under.

    When it was done counts, else its schedule as it stands. The life goes from the first day in force to the last,
    renewals and amendments included; a successor carries on what began before it. What is only planned may wait for a
    signature.

    Passes::

        agreements/cooperation:
          parties: [{party: isesco, signed_on: 2018-02-01}, {party: partners/oic, signed_on: 2018-02-01}]
          ends_on: 2021-01-31
        activities/forum: {under: agreements/cooperation, planned: {start: 2020-11-10, end: 2020-11-12}}

    Fails::

        agreements/cooperation:
          parties: [{party: isesco, signed_on: 2018-02-01}, {party: partners/oic, signed_on: 2018-02-01}]
          ends_on: 2021-01-31
        activities/forum: {under: agreements/cooperation, planned: {start: 2021-11-10, end: 2021-11-12}}
    """
    for activity in register.activities:
        agreement = register.find(activity.under, Agreement)
        time = time_of(activity)
        if agreement is None or time is None or is_cancelled(activity, date.max):
            continue
        over = over_by(agreement, register, time.start, time.end)
        if over is not None:
            why = f"was {over} by then"
        elif is_before_life(agreement, time.start):
            why = f"is in force from {in_force_from(agreement)}"
        elif time.is_done and is_unsigned(agreement):
            why = f"was not signed by all: {status_on(agreement, register, last_day(time.end)).replace('-', ' ')}"
        else:
            continue
        verb = "done" if time.is_done else "planned for"
        message = f"{verb} {time.start} to {time.end}, and {agreement.address} {why}"
        yield Problem(activity.address, time.field, message, (Related(agreement.address, (), agreement.address),))


@rule("ACT010", source="plan, project 2, area 1", severity="warning")
def series_keeps_its_interval(register: Register) -> Iterator[Problem]:
    """An edition of a series comes no later after the one before it than the interval of the series.

    The interval is in months, so only months are compared: every three years after May 2019 is any day up to the end of
    May 2022. Editions that are cancelled or have no day on file are left out.

    Passes::

        projects/p: {series: [{id: forum, interval_months: 36}]}
        activities/first: {project: projects/p, series: forum, planned: {start: 2019-05-10, end: 2019-05-12}}
        activities/second: {project: projects/p, series: forum, planned: {start: 2022-05, end: 2022-05}}

    Fails::

        projects/p: {series: [{id: forum, interval_months: 36}]}
        activities/first: {project: projects/p, series: forum, planned: {start: 2019-05-10, end: 2019-05-12}}
        activities/second: {project: projects/p, series: forum, planned: {start: 2022-09, end: 2022-09}}
    """
    if is_any_broken(register, "activities"):
        return
    editions: dict[tuple[str, str], list[tuple[Time, Activity]]] = {}
    for activity in register.activities:
        time = time_of(activity)
        if activity.series is not None and time is not None and not is_cancelled(activity, date.max):
            editions.setdefault((activity.project, activity.series), []).append((time, activity))
    for (address, series_id), found in editions.items():
        project = register.find(address, Project)
        series = next((one for one in project.series if one.id == series_id), None) if project else None
        if series is None:
            continue
        for (before, earlier), (now, later) in pairwise(sorted(found, key=_by_day)):
            limit = add_months(last_day(before.start).replace(day=1), series.interval_months + 1)
            if first_day(now.start) >= limit:
                yield Problem(
                    later.address,
                    (*now.field, "start"),
                    f"edition of {series_id} on {now.start}, more than {series.interval_months} months "
                    f"after the one before it, {earlier.address}, on {before.start}",
                    (
                        Related(earlier.address, before.field, f"the edition before it {before.start}"),
                        Related(address, ("series", series_id, "interval_months"), f"{series.interval_months} months"),
                    ),
                    actual=str(now.start),
                )


def _by_day(edition: tuple[Time, Activity]) -> tuple[date, date, str]:
    time, activity = edition
    return first_day(time.start), last_day(time.start), activity.address


@rule("ACT012", source="plan, project 1, general framework")
def activity_is_done_after_it_started(register: Register) -> Iterator[Problem]:
    """What was done ended on or after the day it started.

    Where its first day is not on file, the schedule as it stands says when it could start.

    Passes::

        activities/forum: {done: {start: 2019-05-10, end: 2019-05-12}}

    Fails::

        activities/forum: {done: {start: 2019-05-10, end: 2019-04-12}}
    """
    for activity in register.activities:
        done = activity.done
        if done is None or done.end is None:
            continue
        schedule = current_schedule(activity, date.max)
        start = done.start or (schedule.start if schedule is not None else None)
        if start is not None and certainly_before(done.end, start):
            said = "it started" if done.start else "it was to start"
            yield Problem(
                activity.address,
                ("done", "end"),
                f"done on {done.end}, before {said}, {start}",
                actual=done.end.isoformat(),
            )

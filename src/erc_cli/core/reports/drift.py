"""`drift`: the schedule against the plan, with the causes of every day, and money that went from year to year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from erc_cli.core.records.activity import Activity
from erc_cli.core.records.project import Project
from erc_cli.core.register import record_of
from erc_cli.core.reports.paper import Paper, sums
from erc_cli.core.reports.report import Asked, Bar, Report, Section
from erc_cli.core.reports.status import activities_by_year
from erc_cli.core.schedule import (
    UNEXPLAINED,
    Drift,
    Slip,
    days_by_cause,
    days_by_partner,
    drift,
    is_cancelled,
    moved,
    moved_between_years,
)
from erc_cli.core.tables import Cell, Column, Table, without_empty


def drift_report(asked: Asked) -> Report:
    """Return how far the activities are from what was approved, as known on the day, and why."""
    paper = Paper(asked)
    drifts = [one for activity in asked.register.activities if (one := drift(activity, asked.register, asked.on))]
    return paper.report(asked.words("Drift from the plan"), _sections(drifts, paper))


def drift_since(asked: Asked, gone: Sequence[Activity], revision: str, year: int | None) -> Report:
    """Return the same against a baseline: `asked` holds the register rebased on it, `gone` what is on file no more."""
    paper, words = Paper(asked), asked.words
    drifts = [one for activity in asked.register.activities if (one := drift(activity, asked.register, asked.on))]
    lines = [words("Against revision {revision}, and not against the plan as approved.").format(revision=revision)]
    if year is not None:
        lines.append(words("Activities of {year} alone.").format(year=year))
    sections = [*_sections(drifts, paper), _gone(gone, paper)]
    return paper.report(words("Drift since a revision"), sections, lines)


def _gone(activities: Sequence[Activity], paper: Paper) -> Section | None:
    items = tuple(f"{paper.text(one.title)} ({one.address})" for one in activities)
    return Section(paper.words("On file no more"), items=items) if items else None


def _sections(drifts: Sequence[Drift], paper: Paper) -> Iterator[Section | None]:
    words = paper.words
    by_year = activities_by_year(paper.register, paper.on, words)
    if by_year is None:
        yield Section(words("Activities by year"), (words("No activity has a schedule."),))
        return
    yield by_year._replace(lines=by_year.lines[:1])
    yield _causes(drifts, paper)
    yield _activities(drifts, paper)
    yield _changes([slip for one in drifts for slip in one.slips], paper)
    yield _partners(drifts, paper)
    yield _meetings([slip for one in drifts for slip in one.slips], paper)
    yield _cancelled(paper)
    yield _money(paper)


def _causes(drifts: Sequence[Drift], paper: Paper) -> Section | None:
    """The days of each cause; together they are all days of the activities."""
    words = paper.words
    days = days_by_cause(drifts)
    if not days:
        return None
    slips = [slip for one in drifts for slip in one.slips]
    rows: list[tuple[Cell, ...]] = []
    for cause in sorted(days, key=lambda cause: (-days[cause], cause)):
        moved_by = {slip.activity for slip in slips if (slip.cause or UNEXPLAINED) == cause}
        if cause == UNEXPLAINED:
            moved_by |= {one.activity for one in drifts if one.unexplained}
        rows.append((cause, len(moved_by), days[cause]))
    late = {cause: number for cause, number in days.items() if number > 0}
    most = Decimal(max(late.values(), default=0))
    bars = tuple(
        Bar(words.value(cause), Decimal(number), most, words.many("{n} day", "{n} days", number))
        for cause, number in sorted(late.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    columns = (
        Column("cause", "Cause", "word"),
        Column("activities", "Activities", "number"),
        Column("days", "Days", "number"),
    )
    total = sums("Total", rows)
    totals = ((total[0], None, total[2]),) if len(rows) > 1 else ()
    return Section(words("Days by cause"), bars=bars, table=Table(columns, tuple(rows), totals=totals))


def _activities(drifts: Sequence[Drift], paper: Paper) -> Section | None:
    """The activities that are not where the plan had them, the latest first."""
    found = sorted((one for one in drifts if one.days or one.slips), key=lambda one: (-one.days, one.activity))
    if not found:
        return Section(paper.words("Activities that moved"), (paper.words("All are where the plan has them."),))
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        record: Any = paper.register.records[one.activity]
        done = record.done.end if record.done is not None and record.done.end is not None else None
        ended = done if done is not None and done <= paper.on else None
        rows.append(
            (paper.text(record.title), one.planned.end, one.current.end, ended, one.days, one.unexplained or None)
        )
    columns = (
        Column("activity", "Activity"),
        Column("planned", "End as planned", "date"),
        Column("current", "End as scheduled", "date"),
        Column("done", "Ended", "date", optional=True),
        Column("days", "Days late", "number"),
        Column("unexplained", "Without a cause", "number", optional=True),
    )
    totals = (sums(paper.words("Total"), rows, 4),) if len(rows) > 1 else ()
    return Section(
        paper.words("Activities that moved"), table=without_empty(Table(columns, tuple(rows), totals=totals))
    )


def _changes(slips: Sequence[Slip], paper: Paper) -> Section | None:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            slip.change.on,
            paper.name(slip.activity),
            slip.days,
            slip.cause or UNEXPLAINED,
            paper.name(record_of(slip.change.because)) if slip.change.because else None,
            slip.change.reason,
        )
        for slip in sorted(slips, key=lambda slip: (slip.change.on, slip.activity))
    )
    columns = (
        Column("on", "On", "date"),
        Column("activity", "Activity"),
        Column("days", "Days", "number"),
        Column("cause", "Cause", "word"),
        Column("because", "Because of", optional=True),
        Column("reason", "Reason", optional=True),
    )
    return Section(paper.words("Changes"), table=without_empty(Table(columns, rows))) if rows else None


def _partners(drifts: Sequence[Drift], paper: Paper) -> Section | None:
    days = days_by_partner(drifts)
    rows = [(paper.name(partner), days[partner]) for partner in sorted(days, key=lambda one: (-days[one], one))]
    line = paper.words("A change decided with several counts in full for each: these days do not add up.")
    return _counted(paper.words("Days by partner"), "Partner", rows, line)


def _meetings(slips: Sequence[Slip], paper: Paper) -> Section | None:
    """The days that decisions of each meeting moved activities by."""
    days: dict[str, int] = {}
    for slip in slips:
        record = record_of(slip.change.because) if slip.change.because else ""
        if record.startswith("meetings/"):
            days[record] = days.get(record, 0) + slip.days
    rows = [(paper.name(meeting), days[meeting]) for meeting in sorted(days, key=lambda one: (-days[one], one))]
    return _counted(paper.words("Days by meeting"), "Meeting", rows)


def _counted(heading: str, column: str, rows: Sequence[tuple[Cell, ...]], line: str = "") -> Section | None:
    columns = (Column("what", column), Column("days", "Days", "number"))
    return Section(heading, (line,) if line else (), table=Table(columns, tuple(rows))) if rows else None


def _cancelled(paper: Paper) -> Section | None:
    found = [one for one in paper.register.activities if is_cancelled(one, paper.on)]
    rows = tuple(_cancellation(one, paper) for one in found)
    columns = (
        Column("activity", "Activity"),
        Column("on", "On", "date"),
        Column("cause", "Cause", "word"),
        Column("reason", "Reason", optional=True),
    )
    return Section(paper.words("Cancelled activities"), table=without_empty(Table(columns, rows))) if rows else None


def _cancellation(activity: Activity, paper: Paper) -> tuple[Cell, ...]:
    last = [one for one in activity.changes if one.field == "cancelled" and one.on <= paper.on][-1]
    return (paper.text(activity.title), last.on, last.cause, last.reason)


def _money(paper: Paper) -> Section | None:
    """What revisions did to each year of a project, and how much of it only went from one year to another."""
    rows: list[tuple[Cell, ...]] = []
    lines = []
    for address, years in sorted(moved_between_years(paper.register, paper.on).items()):
        project = paper.register.find(address, Project)
        name = paper.short(project) if project is not None else address
        rows += [(name, year, paper.whole(years[year])) for year in sorted(years)]
        crossed = moved(years)
        if crossed:
            said = paper.words("{name}: {amount} went from one year to another.")
            lines.append(said.format(name=name, amount=paper.money(crossed)))
    if not rows:
        return None
    columns = (
        Column("project", "Project"),
        Column("year", "Year", "year"),
        Column("difference", "Difference", "amount"),
    )
    return Section(paper.words("Money by year, against the plan"), tuple(lines), table=Table(columns, tuple(rows)))

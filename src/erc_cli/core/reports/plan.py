"""`plan`: the chapter itself, from the data: framework, projects with what is expected of them, budgets, staff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from erc_cli.core.budget_tables import budget_tables
from erc_cli.core.indicators import current_target
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.project import (
    Area,
    Baseline,
    MeasurementIndicator,
    Outcome,
    PerformanceIndicator,
    Project,
    Stated,
)
from erc_cli.core.relationship import has_special_conditions
from erc_cli.core.reports.paper import Paper
from erc_cli.core.reports.report import Asked, Report, Section
from erc_cli.core.schedule import current_schedule
from erc_cli.core.tables import Cell, Column, Table, select, without_empty
from erc_cli.core.totals import current


def plan(asked: Asked) -> Report:
    """Return the plan as a document: every title, indicator and amount in its place, as it stands on the day `on`."""
    paper = Paper(asked)
    words = paper.words
    period = paper.register.plan.period
    line = words("Period: {start} to {end}.").format(start=paper.day(period.start), end=paper.day(period.end))
    return paper.report(paper.text(asked.register.plan.title), _parts(paper), (line,))


def _parts(paper: Paper) -> Iterator[Section]:
    words, the_plan = paper.words, paper.register.plan
    if the_plan.description:
        yield Section(words("Framework"), (paper.text(the_plan.description),))
    if the_plan.priorities:
        yield Section(words("Priorities"), items=tuple(paper.text(one.title) for one in the_plan.priorities))
    if the_plan.frameworks:
        yield Section(words("Frameworks"), items=tuple(paper.text(one.title) for one in the_plan.frameworks))
    if paper.programme:
        yield Section(words("Projects"), items=tuple(paper.headed(one) for one in paper.programme))
    for project in paper.programme:
        yield from _project(project, paper)
    yield from _off_budget(paper)
    yield from _budget(paper)


# --- a project of the programme -----------------------------------------------------------------------------


def _project(project: Project, paper: Paper) -> Iterator[Section]:
    words = paper.words
    also = [words("Also titled: {title}").format(title=paper.text(title)) for title in project.also_titled]
    yield Section(paper.headed(project), (*also, *_total(project, paper)))
    if project.description or project.stated:
        described = (paper.text(project.description),) if project.description else ()
        stated = tuple(stated_text(one, paper) for one in project.stated)
        yield Section(words("General framework"), described, items=stated, level=2)
    if project.objectives:
        items = tuple(paper.text(one.text) for one in project.objectives)
        yield Section(words("Objectives"), items=items, level=2)
    if project.areas:
        items = tuple(f"{number}. {paper.text(area.title)}" for number, area in enumerate(project.areas, 1))
        yield Section(words("Areas of intervention"), items=items, level=2)
    for number, area in enumerate(project.areas, 1):
        yield from _area(number, area, project, paper)
    if project.series:
        items = tuple(paper.pair(paper.text(one.title), paper.every(one.interval_months)) for one in project.series)
        yield Section(words("Events that return"), items=items, level=2)


def _total(project: Project, paper: Paper) -> Iterator[str]:
    """What the project has, in a sentence; where that changed, what it was given at first as well."""
    currency = paper.register.plan.currency
    programmes = paper.register.budget.programmes if paper.register.budget is not None else None
    for line in programmes.lines if programmes is not None else ():
        if line.project != project.address:
            continue
        now = current(line.amount, line.revisions, paper.on)
        said = paper.words("Total budget: {currency} {amount}.")
        if now != line.amount:
            said = paper.words("Total budget: {currency} {amount}, at first {original}.")
        yield said.format(currency=currency, amount=paper.money(now), original=paper.money(line.amount))


def stated_text(one: Stated, paper: Paper) -> str:
    """Return a figure that the plan states: what it is about, and how exact it is."""
    return paper.pair(paper.text(one.text), _figure(one, paper))


def _figure(one: Stated | Baseline, paper: Paper) -> str:
    exact = one.comparator in (None, "exactly")
    return (
        paper.words.number(one.value)
        if exact
        else f"{paper.words.value(one.comparator or '')} {paper.words.number(one.value)}"
    )


def _area(number: int, area: Area, project: Project, paper: Paper) -> Iterator[Section]:
    words = paper.words
    also = [words("Also titled: {title}").format(title=paper.text(title)) for title in area.also_titled]
    heading = words("Area of intervention {number}: {title}").format(number=number, title=paper.text(area.title))
    described = [paper.text(area.description)] if area.description else []
    states: tuple[str, ...] = ()
    if area.only_for is not None:
        described.append(words("Member States with special conditions:"))
        states = tuple(
            paper.text(one.name) for one in paper.register.member_states if has_special_conditions(one, paper.on)
        )
    yield Section(heading, (*also, *described), items=states, level=2)
    for outcome in area.outcomes:
        yield _outcome(outcome, paper)
    activities = [a for a in paper.activities_by_project.get(project.address, ()) if a.area == area.id]
    if activities:
        yield Section(words("Activities"), table=_activities(activities, paper), level=3)


_Measure = tuple[PerformanceIndicator, MeasurementIndicator | None]


def outcome_heading(outcome: Outcome, paper: Paper) -> str:
    """Return the heading over an expected outcome, with the number that the plan gives it."""
    number = f" {outcome.number}" if outcome.number else ""
    return paper.pair(f"{paper.words('Expected outcome')}{number}", paper.text(outcome.title))


def _outcome(outcome: Outcome, paper: Paper) -> Section:
    words = paper.words
    heading = outcome_heading(outcome, paper)
    measures: list[_Measure] = [
        (performance, measure)
        for performance in outcome.performance_indicators
        for measure in (*performance.measurement_indicators, *([] if performance.measurement_indicators else [None]))
    ]
    years = sorted({target.year for _, measure in measures if measure is not None for target in measure.targets})
    has_baseline = any(measure is not None and measure.baseline is not None for _, measure in measures)
    columns = [
        Column("performance", "Performance indicators"),
        Column("measurement", "Measurement indicators"),
        Column("unit", "Unit", "word", optional=True),
    ]
    columns += [Column("baseline", "Baseline", "number")] if has_baseline else []
    targets = [
        (year, one) for year in years for one in ((True, False) if _is_revised(year, measures, paper) else (False,))
    ]
    for year, at_first in targets:
        heading_of = words("Target {year}, at first") if at_first else words("Target {year}")
        key = f"target_{year}_at_first" if at_first else f"target_{year}"
        columns.append(Column(key, heading_of.format(year=year), "number"))
    rows = tuple(
        (
            paper.text(performance.title),
            *((None, None) if measure is None else (paper.text(measure.title), measure.unit or measure.measure)),
            *((_baseline(measure, paper),) if has_baseline else ()),
            *(_target(measure, year, None if at_first else paper.on) for year, at_first in targets),
        )
        for performance, measure in measures
    )
    return Section(heading, table=Table(tuple(columns), rows) if rows else None, level=3)


def _baseline(measure: MeasurementIndicator | None, paper: Paper) -> Cell:
    if measure is None or measure.baseline is None:
        return None
    baseline = measure.baseline
    return baseline.value if baseline.comparator in (None, "exactly") else _figure(baseline, paper)


def _target(measure: MeasurementIndicator | None, year: int, on: date | None) -> Cell:
    """A target as it stands on the day `on`; without a day as it was at first."""
    target = next((one for one in (measure.targets if measure is not None else ()) if one.year == year), None)
    if target is None:
        return None
    return target.value if on is None else current_target(target, on)


def _is_revised(year: int, measures: Sequence[_Measure], paper: Paper) -> bool:
    """Whether any of the targets of a year is another one now than at first."""
    return any(_target(measure, year, None) != _target(measure, year, paper.on) for _, measure in measures)


def _activities(activities: Sequence[Activity], paper: Paper) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for activity in sorted(activities, key=lambda one: str(paper.starts(one) or "9999")):
        schedule = current_schedule(activity, paper.on)
        start, end = (schedule.start, schedule.end) if schedule is not None else (None, None)
        described = paper.text(activity.description) if activity.description else None
        rows.append((paper.text(activity.title), activity.kind, start, end, described))
    columns = (
        Column("title", "Title"),
        Column("kind", "Kind", "word"),
        Column("starts", "Starts", "date", optional=True),
        Column("ends", "Ends", "date", optional=True),
        Column("description", "Description", optional=True),
    )
    return without_empty(Table(columns, tuple(rows)))


# --- off-budget projects, budget, staff ---------------------------------------------------------------------


def _off_budget(paper: Paper) -> Iterator[Section]:
    if paper.off_budget:
        yield Section(paper.words("Off-budget projects"))
    for field, projects in groupby(paper.off_budget, key=lambda project: project.field):
        yield Section(paper.word(field) if field else paper.words("No field"), level=2)
        for project in projects:
            lines = [paper.text(project.description)] if project.description else []
            lines += aligned(project, paper)
            yield Section(paper.text(project.title), tuple(lines), level=3)


def aligned(project: Project, paper: Paper) -> Iterator[str]:
    """Yield what an off-budget project is in line with, and who carries it, in sentences."""
    words = paper.words
    goals = [_goal(one.framework, one.goal, paper) for one in project.alignment]
    if goals:
        yield words("In line with: {frameworks}.").format(frameworks=words("; ").join(f"{goal}" for goal in goals))
    carried = paper.names(project.parties)
    if carried:
        yield words("Carried by: {parties}.").format(parties=words("; ").join(f"{party}" for party in carried))


def _goal(framework: str, goal: str | None, paper: Paper) -> str:
    title = paper.labels.get(framework, framework)
    return f"{title} ({goal})" if goal else title


def _budget(paper: Paper) -> Iterator[Section]:
    words, currency = paper.words, paper.register.plan.currency
    found = budget_tables(paper.register, paper.view, words, paper.on).tables
    headings = {"programmes": words("Programme budget"), "allocations": words("Allocations")}
    for name in (name for name in headings if name in found):
        table = replace(found[name], title=None)
        keys = [column.key for column in table.columns if column.key != "project" or name != "programmes"]
        yield Section(
            words("{what}, {currency}").format(what=headings[name], currency=currency), table=select(table, keys)
        )
    staff = [found[name] for name in ("staff_approved", "staff") if name in found]
    heading = words("Details of financial items: salaries and allowances")
    if len(staff) == 1:
        yield Section(
            heading, (words("Amounts in {currency}.").format(currency=currency),), table=replace(staff[0], title=None)
        )
    elif staff:
        yield Section(heading)
        yield from (Section(table.title or "", table=replace(table, title=None), level=2) for table in staff)

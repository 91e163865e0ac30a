"""Indicators: values counted from the register's own records, with the list that proves each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from erc_cli.core.counting import Tally, matching, tallies
from erc_cli.core.records.project import Actual, Baseline, Counts, MeasurementIndicator, Project, Stated, Target
from erc_cli.core.register import Register
from erc_cli.core.text import Text


class Measured(NamedTuple):
    """The value of an indicator for a year: what was aimed at, what was reached, and what shows it.

    `actual` is counted where `is_counted`, else as stored. `claimed` is a stored value beside a counted one. `share` is
    the actual in percent of the target, None without one. `text` is what was found, of one that is judged in words.
    """

    year: int
    target: Decimal | None
    actual: Decimal | None
    is_counted: bool
    claimed: Decimal | None
    evidence: tuple[str, ...]
    share: Decimal | None
    text: Text | None = None


class YearCount(NamedTuple):
    """The records that an indicator counts in a year, and from the project's first day up to the end of that year."""

    year: int
    in_year: tuple[str, ...]
    so_far: tuple[str, ...]


class Result(NamedTuple):
    """A measurement indicator with the ids of where it stands, its baseline and its values year by year.

    `counts` are the records behind the values, empty where nothing is counted. The baseline is never added to a value.
    """

    area: str
    outcome: str
    performance: str
    indicator: MeasurementIndicator
    baseline: Baseline | None
    values: tuple[Measured, ...]
    counts: tuple[YearCount, ...]


class Results(NamedTuple):
    """The results of a project. `stated` are figures of the plan with their comparators: shown beside, never added."""

    stated: tuple[Stated, ...]
    results: tuple[Result, ...]


def results(project: Project, register: Register, on: date) -> Results:
    """Return what a project aimed at and reached, as known on the day `on`, in the plan's order."""
    found = [
        Result(
            area.id,
            outcome.id,
            performance.id,
            indicator,
            indicator.baseline,
            measured(indicator, project, register, on),
            counted_by_year(indicator, project, register, on),
        )
        for area in project.areas
        for outcome in area.outcomes
        for performance in outcome.performance_indicators
        for indicator in performance.measurement_indicators
    ]
    return Results(project.stated, tuple(found))


def measured(indicator: MeasurementIndicator, project: Project, register: Register, on: date) -> tuple[Measured, ...]:
    """Return the indicator's values year by year, as known on the day `on`.

    The years are those of its targets and actuals, and for a counted one all years of the project up to that day.
    """
    targets = {target.year: current_target(target, on) for target in indicator.targets}
    stored = {actual.year: actual for actual in indicator.actuals}
    years = set(targets) | set(stored)
    if indicator.counts:
        years |= set(_years_until(project, register, on))
    return tuple(
        _measured(indicator, project, register, on, year, targets.get(year), stored.get(year)) for year in sorted(years)
    )


def _measured(
    indicator: MeasurementIndicator,
    project: Project,
    register: Register,
    on: date,
    year: int,
    target: Decimal | None,
    stored: Actual | None,
) -> Measured:
    value = stored.value if stored is not None else None
    if not indicator.counts:
        evidence = stored.evidence if stored is not None else ()
        found = stored.text if stored is not None else None
        return Measured(year, target, value, False, None, evidence, _share(value, target), found)
    evidence = counted(indicator, project, register, year, on)
    reached = Decimal(len(evidence)) if date(year, 1, 1) <= on else None
    return Measured(year, target, reached, True, value, evidence, _share(reached, target))


def _share(actual: Decimal | None, target: Decimal | None) -> Decimal | None:
    if actual is None or target is None or target == 0:
        return None
    return (actual * 100 / target).quantize(Decimal("0.1"))


def current_target(target: Target, on: date) -> Decimal:
    """Return the target as it stands on the day `on`: its value, or the last revision's."""
    value = target.value
    for revision in target.revisions:
        if revision.on is None or revision.on <= on:
            value = revision.to
    return value


def project_period(project: Project, register: Register) -> tuple[date, date]:
    """Return the first and last day of a project: its own period, else the plan's."""
    period = project.period or register.plan.period
    return period.start, period.end


def counted(
    indicator: MeasurementIndicator, project: Project, register: Register, year: int, on: date
) -> tuple[str, ...]:
    """Return the addresses of the records that an indicator counts for a year, each once, by address.

    Facts of the day `on` and before count; for a cumulative indicator those since the project's start.
    """
    return tallies_of_years(indicator, project, register, (year,), on)[0].counted


def tallies_of_years(
    indicator: MeasurementIndicator,
    project: Project,
    register: Register,
    years: Iterable[int],
    on: date = date.max,
) -> list[Tally]:
    """Return what an indicator counts for each of these years, with what dates known in part leave open."""
    start = project_period(project, register)[0] if indicator.cumulative else None
    spans = [(start or date(year, 1, 1), min(date(year, 12, 31), on)) for year in years]
    return tallies(indicator.counts, project, register, spans)


def counted_by_year(
    indicator: MeasurementIndicator, project: Project, register: Register, on: date
) -> tuple[YearCount, ...]:
    """Return the records that an indicator counts, for each year of the project up to the day `on` and up to its end.

    Both lists are there whether or not the indicator is cumulative; without `counts` there is nothing.
    """
    if not indicator.counts:
        return ()
    start, _ = project_period(project, register)
    years = _years_until(project, register, on)
    ends = [min(date(year, 12, 31), on) for year in years]
    in_years = tallies(indicator.counts, project, register, [(date(end.year, 1, 1), end) for end in ends])
    since_start = tallies(indicator.counts, project, register, [(start, end) for end in ends])
    return tuple(
        YearCount(year, in_year.counted, so_far.counted)
        for year, in_year, so_far in zip(years, in_years, since_start, strict=True)
    )


def _years_until(project: Project, register: Register, on: date) -> range:
    start, end = project_period(project, register)
    return range(start.year, min(end, on).year + 1)


def happened(counts: Counts, project: Project, register: Register) -> Iterator[tuple[str, date]]:
    """Yield every record that `counts` asks for whose event took place: its address and the first day it can be."""
    for fact in matching(counts, project, register):
        if fact.is_dated:
            yield fact.address, fact.first


def measurement_indicators(project: Project) -> Iterator[tuple[str, MeasurementIndicator]]:
    """Yield the measurement indicators of a project with the id of the outcome each belongs to, in the plan's order."""
    for area in project.areas:
        for outcome in area.outcomes:
            for performance in outcome.performance_indicators:
                for indicator in performance.measurement_indicators:
                    yield outcome.id, indicator


def counted_years(project: Project, register: Register) -> Mapping[int, tuple[date, date]]:
    """Return the years of a project, each with the first and last day of it that belong to the project."""
    start, end = project_period(project, register)
    return {
        year: (max(start, date(year, 1, 1)), min(end, date(year, 12, 31))) for year in range(start.year, end.year + 1)
    }

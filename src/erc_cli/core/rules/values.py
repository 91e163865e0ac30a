"""PRJ, results: baselines, targets and actuals of indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from erc_cli.core.findings import Path, Problem, Related
from erc_cli.core.indicators import current_target, project_period
from erc_cli.core.money import plain
from erc_cli.core.records.project import Actual, MeasurementIndicator, Project, Target
from erc_cli.core.register import Register
from erc_cli.core.rules.results import Placed, placed_indicators
from erc_cli.core.rules.rule import rule


@rule("PRJ004", source="plan, action plan years")
def one_value_for_each_year_of_the_project(register: Register) -> Iterator[Problem]:
    """An indicator has one target and one actual for each year, and the year lies in the period of its project.

    A project without a period has the plan's. With two values for a year nobody knows which one is meant.

    Passes::

        projects/p:
          areas:
            - id: a
              outcomes:
                - id: o
                  performance_indicators:
                    - id: i
                      measurement_indicators:
                        - id: m
                          unit: agreements
                          baseline: {value: 0}
                          targets: [{year: 2019, value: 5}, {year: 2020, value: 7}]

    Fails::

        projects/p:
          areas:
            - id: a
              outcomes:
                - id: o
                  performance_indicators:
                    - id: i
                      measurement_indicators:
                        - id: m
                          unit: agreements
                          baseline: {value: 0}
                          targets: [{year: 2019, value: 5}, {year: 2022, value: 7}]
    """
    for project, _, indicator, path in placed_indicators(register):
        start, end = project_period(project, register)
        for name, years in (
            ("targets", [target.year for target in indicator.targets]),
            ("actuals", [actual.year for actual in indicator.actuals]),
        ):
            if years and (len(set(years)) < len(years) or min(years) < start.year or max(years) > end.year):
                yield from _year_problems(project, indicator, (*path, name), years, register)


def _year_problems(
    project: Project, indicator: MeasurementIndicator, path: Path, years: Sequence[int], register: Register
) -> Iterator[Problem]:
    name = path[-1]
    start, end = project_period(project, register)
    owner = project.address if project.period is not None else "plan"
    for position, year in enumerate(years):
        at = (*path, position, "year")
        earlier = years.index(year)
        if earlier != position:
            there = Related(project.address, (*path, earlier, "year"), f"the first for {year}")
            message = f"{indicator.id} has two {name} for {year}"
            yield Problem(project.address, at, message, (there,), actual=str(year))
        elif not start.year <= year <= end.year:
            there = Related(owner, ("period",), f"{start} to {end}")
            message = f"{indicator.id} has {name} for {year}, and the period of {project.address} is {start} to {end}"
            yield Problem(project.address, at, message, (there,), actual=str(year))


@rule("PRJ005", source="plan, measurement indicators of all outcomes")
def cumulative_values_do_not_go_down(register: Register) -> Iterator[Problem]:
    """Where each year includes those before it, neither targets nor actuals go down.

    That holds for what is counted; a share of a growing whole may well go down.

    Passes::

        projects/p:
          areas:
            - id: a
              outcomes:
                - id: o
                  performance_indicators:
                    - id: i
                      measurement_indicators:
                        - id: m
                          unit: agreements
                          cumulative: true
                          baseline: {value: 0}
                          targets: [{year: 2019, value: 5}, {year: 2020, value: 7}]

    Fails::

        projects/p:
          areas:
            - id: a
              outcomes:
                - id: o
                  performance_indicators:
                    - id: i
                      measurement_indicators:
                        - id: m
                          unit: agreements
                          cumulative: true
                          baseline: {value: 0}
                          targets: [{year: 2019, value: 5}, {year: 2020, value: 2}]
    """
    for project, _, indicator, path in placed_indicators(register):
        if not indicator.cumulative or indicator.measure != "unit":
            continue
        if len(indicator.targets) < 2 and len(indicator.actuals) < 2:
            continue
        targets = [(target.year, current_target(target, date.max), target) for target in indicator.targets]
        actuals = [(actual.year, actual.value, actual) for actual in indicator.actuals if actual.value is not None]
        yield from _going_down(project, indicator, (*path, "targets"), targets)
        yield from _going_down(project, indicator, (*path, "actuals"), actuals)


def _going_down(
    project: Project,
    indicator: MeasurementIndicator,
    path: Path,
    values: Sequence[tuple[int, Decimal, Target | Actual]],
) -> Iterator[Problem]:
    for (year, before, first), (later, now, second) in pairwise(sorted(values, key=lambda value: value[0])):
        if now < before:
            there = Related(project.address, (*path, *_value_at(first)), f"{year} {plain(before)}")
            yield Problem(
                project.address,
                (*path, *_value_at(second)),
                f"{indicator.id} is cumulative, and its {path[-1]} go down from {plain(before)} in {year} "
                f"to {plain(now)} in {later}",
                (there,),
                expected=f"at least {plain(before)}",
                actual=plain(now),
            )


def _value_at(one: Target | Actual) -> Path:
    """The way from the targets or actuals to what counts of one: its value, or its last revision."""
    if isinstance(one, Target) and one.revisions:
        return (one.key, "revisions", one.revisions[-1].id, "to")
    return (one.key, "value")


@rule("PRJ006", source="plan, project 1, general framework")
def percentage_is_numerator_by_denominator(register: Register) -> Iterator[Problem]:
    """A percentage is its numerator by its denominator, rounded as it is written; without them it is 0 to 100.

    Numerator and denominator come together, so that percentages are never averaged. With them on file a value can be
    above 100, and so can the targets beside it.

    Passes::

        projects/p:
          areas:
            - id: a
              outcomes:
                - id: o
                  performance_indicators:
                    - id: i
                      measurement_indicators:
                        - id: m
                          measure: percentage
                          actuals: [{year: 2019, value: 66.7, numerator: 2, denominator: 3, evidence: [partners/oic]}]

    Fails::

        projects/p:
          areas:
            - id: a
              outcomes:
                - id: o
                  performance_indicators:
                    - id: i
                      measurement_indicators:
                        - id: m
                          measure: percentage
                          actuals: [{year: 2019, value: 67.6, numerator: 2, denominator: 3, evidence: [partners/oic]}]
    """
    for placed in placed_indicators(register):
        project, _, indicator, path = placed
        if indicator.measure != "percentage":
            continue
        for actual in indicator.actuals:
            value = actual.value
            if value is not None and (wrong := _wrong_share(actual, value)):
                at, why, expected = wrong
                here, message = (*path, "actuals", actual.key, at), f"{indicator.id} of {actual.year}: {why}"
                yield Problem(project.address, here, message, expected=expected, actual=plain(value))
        if not any(actual.denominator is not None for actual in indicator.actuals):
            yield from _beyond_the_whole(placed)


def _wrong_share(actual: Actual, value: Decimal) -> tuple[str, str, str | None] | None:
    """The field that is wrong, why, and what it should be."""
    above, below = actual.numerator, actual.denominator
    if above is None and below is None:
        if 0 <= value <= 100:
            return None
        return "value", f"{plain(value)} % is not within 0 to 100, and has no numerator and denominator", None
    if above is None or below is None:
        has, lacks = ("denominator", "numerator") if above is None else ("numerator", "denominator")
        return has, f"there is a {has} and no {lacks}", None
    if below == 0:
        return "denominator", "nothing can be divided by a denominator of 0", None
    step = Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))
    exact = above * 100 / below
    if abs(value - exact) * 2 <= step:
        return None
    expected = plain(exact.quantize(step))
    return "value", f"{plain(above)} of {plain(below)} are {expected} %, not {plain(value)} %", expected


def _beyond_the_whole(placed: Placed) -> Iterator[Problem]:
    project, _, indicator, path = placed
    values: list[tuple[Path, Decimal]] = []
    if indicator.baseline is not None:
        values.append((("baseline", "value"), indicator.baseline.value))
    for target in indicator.targets:
        values.append((("targets", *_value_at(target)), current_target(target, date.max)))
    for at, value in values:
        if not 0 <= value <= 100:
            message = f"{indicator.id}: {plain(value)} % is not within 0 to 100"
            yield Problem(project.address, (*path, *at), message, actual=plain(value))


@rule("PRJ009", source="plan, project 1, general framework")
def target_is_revised_with_a_reason(register: Register) -> Iterator[Problem]:
    """A target is revised from the value before it, on a day, not before the revision before it, and says why.

    The target approved at first stays on file, and each change stands below it: a target that moves silently towards
    the actual shows nothing.

    Passes::

        projects/p:
          areas:
            - id: a
              outcomes:
                - id: o
                  performance_indicators:
                    - id: i
                      measurement_indicators:
                        - id: m
                          unit: agreements
                          baseline: {value: 0}
                          targets:
                            - year: 2019
                              value: 5
                              revisions: [{id: r, on: 2019-06-01, from: 5, to: 3, reason: Two partners merged}]

    Fails::

        projects/p:
          areas:
            - id: a
              outcomes:
                - id: o
                  performance_indicators:
                    - id: i
                      measurement_indicators:
                        - id: m
                          unit: agreements
                          baseline: {value: 0}
                          targets:
                            - year: 2019
                              value: 5
                              revisions: [{id: r, on: 2019-06-01, from: 5, to: 3}]
    """
    for project, _, indicator, path in placed_indicators(register):
        for target in indicator.targets:
            if target.revisions:
                yield from _revision_problems(project, indicator, target, (*path, "targets", target.key))


def _revision_problems(
    project: Project, indicator: MeasurementIndicator, target: Target, path: Path
) -> Iterator[Problem]:
    before, before_at, latest = target.value, (*path, "value"), date.min
    for revision in target.revisions:
        at = (*path, "revisions", revision.id)
        name = f"revision {revision.id} of the target of {indicator.id} for {target.year}"
        if revision.from_ != before:
            yield Problem(
                project.address,
                (*at, "from"),
                f"{name} is from {plain(revision.from_)}, and the value before it is {plain(before)}",
                (Related(project.address, before_at, f"the value before it {plain(before)}"),),
                expected=plain(before),
                actual=plain(revision.from_),
            )
        if revision.on is None:
            yield Problem(project.address, (*at, "on"), f"{name} has no day (on)")
        elif revision.on < latest:
            message = f"{name} is of {revision.on}, before the one above it, of {latest}"
            yield Problem(project.address, (*at, "on"), message, actual=revision.on.isoformat())
        if not (revision.reason or "").strip():
            yield Problem(project.address, (*at, "reason"), f"{name} has no reason")
        before, before_at = revision.to, (*at, "to")
        latest = max(latest, revision.on or latest)

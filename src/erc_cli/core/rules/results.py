"""PRJ, results: what a project is made of, from its objectives down to its measurement indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, get_args
from weakref import WeakKeyDictionary

from erc_cli.core.counting import EVENTS
from erc_cli.core.findings import Path, Problem, Related
from erc_cli.core.money import plain
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.agreement import AgreementKind
from erc_cli.core.records.meeting import Meeting
from erc_cli.core.records.partner import Category, Role
from erc_cli.core.records.project import Counts, CountWhere, MeasurementIndicator, Outcome, Project
from erc_cli.core.register import Register
from erc_cli.core.rules.rule import rule
from erc_cli.core.suggestions import Suggestions, short


class Placed(NamedTuple):
    """A measurement indicator, the project and outcome it belongs to, and the way to it."""

    project: Project
    outcome: Outcome
    indicator: MeasurementIndicator
    path: Path


def placed_outcomes(project: Project) -> Iterator[tuple[Path, Outcome]]:
    """Yield the expected outcomes of a project, each with the way to it."""
    for area in project.areas:
        for outcome in area.outcomes:
            yield ("areas", area.id, "outcomes", outcome.id), outcome


def placed_indicators(register: Register) -> Sequence[Placed]:
    """Return the measurement indicators of all projects, looked up once for all rules."""
    found = _PLACED.get(register)
    if found is None:
        found = _PLACED[register] = [
            Placed(
                project, outcome, indicator, (*path, "performance_indicators", performance.id, _MEASURED, indicator.id)
            )
            for project in register.projects
            for path, outcome in placed_outcomes(project)
            for performance in outcome.performance_indicators
            for indicator in performance.measurement_indicators
        ]
    return found


_MEASURED: Final = "measurement_indicators"
_PLACED: Final[WeakKeyDictionary[Register, Sequence[Placed]]] = WeakKeyDictionary()
"""A register never changes, so this holds as long as it is there."""


@rule("PRJ001", source="plan, projects 1 and 2, objectives and areas of intervention")
def programme_project_has_objectives_and_areas(register: Register) -> Iterator[Problem]:
    """A programme project says what it is for and in which areas it works.

    Its money is split over areas, and its activities belong to them: without an objective nobody can say what it was
    for, without an area nothing can be done under it.

    Passes::

        projects/p:
          kind: programme
          objectives: [{id: partners, text: {en: More partners}}]
          areas: [{id: governmental}]

    Fails::

        projects/p: {kind: programme, objectives: [{id: partners, text: {en: More partners}}]}
    """
    for project in register.projects:
        if project.kind == "programme":
            for name, has in (("objective", project.objectives), ("area of intervention", project.areas)):
                if not has:
                    yield Problem(project.address, (), f"{project.address} is of the programme and has no {name}")


@rule("PRJ002", source="plan, projects 1 and 2, expected outcomes and their indicators")
def results_go_down_to_a_measurement(register: Register) -> Iterator[Problem]:
    """Every area has an expected outcome, every outcome a performance indicator, and each of these a measurement.

    An outcome that nothing measures cannot be reported.

    Passes::

        projects/p:
          kind: programme
          areas:
            - id: governmental
              outcomes:
                - id: partners
                  performance_indicators: [{id: basis, measurement_indicators: [{id: agreements}]}]

    Fails::

        projects/p:
          kind: programme
          areas:
            - id: governmental
              outcomes:
                - id: partners
                  performance_indicators: [{id: basis}]
    """
    for project in register.projects:
        for area in project.areas:
            if not area.outcomes:
                yield Problem(project.address, ("areas", area.id), f"area {area.id} has no expected outcome")
        for path, outcome in placed_outcomes(project):
            if not outcome.performance_indicators:
                yield Problem(project.address, path, f"outcome {outcome.id} has no performance indicator")
            for performance in outcome.performance_indicators:
                if not performance.measurement_indicators:
                    at = (*path, "performance_indicators", performance.id)
                    message = f"performance indicator {performance.id} has no measurement indicator"
                    yield Problem(project.address, at, message)


@rule("PRJ003", source="plan, measurement indicators of all outcomes")
def numbers_have_a_unit(register: Register) -> Iterator[Problem]:
    """What is measured in numbers says what they count, and what is judged in words has no numbers.

    "5" means nothing; "5 agreements" does. A percentage needs no unit, and no `counts`, which make a number of records.
    A qualitative indicator has neither baseline nor targets nor counts, and its actuals have a `text`, what was found,
    in place of a `value`.

    Passes::

        projects/p:
          areas:
            - id: a
              outcomes:
                - id: o
                  performance_indicators:
                    - id: i
                      measurement_indicators:
                        - {id: m, measure: unit, unit: agreements, baseline: {value: 3}}

    Fails::

        projects/p:
          areas:
            - id: a
              outcomes:
                - id: o
                  performance_indicators:
                    - id: i
                      measurement_indicators: [{id: m, measure: unit, baseline: {value: 3}}]
    """
    for project, _, indicator, path in placed_indicators(register):
        numbers = _numbers(indicator)
        if indicator.measure == "qualitative":
            for name in (*(("unit",) if indicator.unit is not None else ()), *numbers):
                message = f"{indicator.id} is judged in words (measure: qualitative), and has {_listed([name])}"
                yield Problem(project.address, (*path, name), message)
        elif indicator.measure == "percentage" and indicator.counts:
            message = f"{indicator.id} is a percentage, and counts make a number of records"
            yield Problem(project.address, (*path, "counts"), message)
        elif indicator.measure == "unit" and numbers and not (indicator.unit or "").strip():
            message = f"{indicator.id} has {_listed(numbers)} and no unit: what do the numbers count?"
            yield Problem(project.address, (*path, numbers[0]), message)
        yield from _without_what_it_measures(project, indicator, path)


def _numbers(indicator: MeasurementIndicator) -> list[str]:
    """The fields in which an indicator has numbers."""
    in_numbers = {
        "baseline": indicator.baseline is not None,
        "targets": bool(indicator.targets),
        "actuals": any(actual.value is not None for actual in indicator.actuals),
        "counts": bool(indicator.counts),
    }
    return [name for name, has in in_numbers.items() if has]


def _without_what_it_measures(project: Project, indicator: MeasurementIndicator, path: Path) -> Iterator[Problem]:
    for actual in indicator.actuals:
        if actual.value is not None or (indicator.measure == "qualitative" and actual.text):
            continue
        lacks = "text: what was found" if indicator.measure == "qualitative" else "value"
        message = f"{indicator.id} has an actual for {actual.year} without a {lacks}"
        yield Problem(project.address, (*path, "actuals", actual.key), message)


def _listed(names: list[str]) -> str:
    return " and ".join(f"a {name}" if name in ("baseline", "unit") else name for name in names)


@rule("PRJ014", source="plan, project 1, general framework", severity="warning")
def numeric_target_has_a_baseline(register: Register) -> Iterator[Problem]:
    """An indicator with targets in numbers has a baseline.

    A target shows ambition only against where things stood. Where nothing was there yet, the baseline is 0.

    Passes::

        projects/p:
          areas:
            - id: a
              outcomes:
                - id: o
                  performance_indicators:
                    - id: i
                      measurement_indicators:
                        - {id: m, unit: agreements, baseline: {value: 3}, targets: [{year: 2019, value: 5}]}

    Fails::

        projects/p:
          areas:
            - id: a
              outcomes:
                - id: o
                  performance_indicators:
                    - id: i
                      measurement_indicators: [{id: m, unit: agreements, targets: [{year: 2019, value: 5}]}]
    """
    for project, _, indicator, path in placed_indicators(register):
        if indicator.targets and indicator.baseline is None and indicator.measure != "qualitative":
            first = indicator.targets[0]
            message = f"{indicator.id} aims at {plain(first.value)} in {first.year} and has no baseline"
            yield Problem(project.address, (*path, "targets"), message)


_SHOWN: Final = 5
"""How many projects a message names."""

_KINDS: Final = {
    "agreements": frozenset(get_args(AgreementKind)),
    "meetings": frozenset(get_args(Meeting.model_fields["kind"].annotation)),
    "activities": frozenset(get_args(Activity.model_fields["kind"].annotation)),
    "partners": frozenset[str](),
}
"""Records: the kinds that they can be of."""

_CATEGORIES: Final = frozenset((*get_args(Category), *get_args(Role)))
_ROLES: Final = frozenset(get_args(get_args(Activity.model_fields["role"].annotation)[0]))


@rule("PRJ013", source="data format, indicators counted from the register")
def counts_can_find_something(register: Register) -> Iterator[Problem]:
    """What an indicator counts can be there: its event happens to such records, its words are words of theirs.

    Agreements are signed, meetings held, activities completed, and partners have a first agreement. Only activities
    have a role; partners are told apart by category and have no kind. An area is one of the projects asked for, or of
    this one where none is. Otherwise the count is 0 for ever, and looks like a result.

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
                          unit: meetings
                          counts: [{id: held, records: meetings, event: held, where: {kind: [joint-committee]}}]

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
                          unit: meetings
                          counts: [{id: held, records: meetings, event: signed, where: {kind: [joint-committee]}}]
    """
    for project, _, indicator, path in placed_indicators(register):
        for counts in indicator.counts:
            event, at = EVENTS[counts.records], (*path, "counts", counts.id)
            if counts.event != event:
                yield Problem(
                    project.address,
                    (*at, "event"),
                    f"{counts.id} counts {counts.records} when {counts.event}, and what happens to them is: {event}",
                    expected=event,
                    actual=counts.event,
                    fix=event,
                )
            if counts.where is not None:
                yield from _where_problems(project, counts, counts.where, (*at, "where"))
                if counts.where.area:
                    yield from _area_problems(project, counts, counts.where, (*at, "where"), register)


def _where_problems(project: Project, counts: Counts, where: CountWhere, at: Path) -> Iterator[Problem]:
    roles = _ROLES if counts.records == "activities" else frozenset()
    for name, words, known in (
        ("kind", where.kind, _KINDS[counts.records]),
        ("partner_category", where.partner_category, _CATEGORIES),
        ("role", where.role, roles),
    ):
        if not words or known.issuperset(words):
            continue
        if not known:
            yield Problem(
                project.address, (*at, name), f"{counts.id} asks for a {name}, and {counts.records} have none"
            )
            continue
        for position, word in enumerate(words):
            if word not in known:
                near = Suggestions(sorted(known)).nearest(word)
                hint = f" (did you mean {near}?)" if near else f" (known: {', '.join(sorted(known))})"
                message = f"{short(word)} is no {name.replace('_', ' ')} of {counts.records}{hint}"
                yield Problem(project.address, (*at, name, position), message, actual=word, fix=near)


def _area_problems(
    project: Project, counts: Counts, where: CountWhere, at: Path, register: Register
) -> Iterator[Problem]:
    projects = where.project or (project.address,)
    if not all(name in register.inside for name in projects):
        return
    known = {area for name in set(projects) for area in register.inside[name]["area"]}
    shown = projects[:_SHOWN]
    related = tuple(Related(name, ("areas",), f"the areas of {name}") for name in shown)
    where_to_look = " or ".join(shown) + (f" or {len(projects) - _SHOWN} more" if len(projects) > _SHOWN else "")
    for position, area in enumerate(where.area):
        if area not in known:
            message = f"{counts.id} asks for area {area}, and there is none in {where_to_look}"
            yield Problem(project.address, (*at, "area", position), message, related, actual=area)


@rule("PRJ016", source="data format, dates")
def period_ends_after_it_starts(register: Register) -> Iterator[Problem]:
    """The period of the plan or of a project ends on or after its first day.

    Everything that happens in a project is measured against it.

    Passes::

        projects/p: {period: {start: 2019-01-01, end: 2020-12-31}}

    Fails::

        projects/p: {period: {start: 2019-01-01, end: 2018-12-31}}
    """
    periods = [("plan", register.plan.period)]
    periods += [(project.address, project.period) for project in register.projects if project.period is not None]
    for address, period in periods:
        if period.end < period.start:
            yield Problem(
                address,
                ("period", "end"),
                f"the period ends on {period.end}, before it starts, {period.start}",
                (Related(address, ("period", "start"), f"starts {period.start}"),),
                actual=period.end.isoformat(),
            )

"""PRJ, results: what shows that values are true, and that outcomes are more than numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from erc_cli.core.findings import Problem, Related
from erc_cli.core.indicators import tallies_of_years
from erc_cli.core.money import plain
from erc_cli.core.quality import measures_of, quality
from erc_cli.core.register import Register
from erc_cli.core.rules.lifetimes import is_any_broken
from erc_cli.core.rules.results import placed_indicators, placed_outcomes
from erc_cli.core.rules.rule import rule

_SHOWN: Final = 6
"""How many counted records a message names."""


@rule("PRJ007", source="plan, project 1, general framework")
def actual_has_evidence(register: Register) -> Iterator[Problem]:
    """An actual names what shows it: a record, a document of the project, or a link.

    A value that `counts` works out is shown by the records it counts, and a 0 has nothing to show.

    Passes::

        projects/p:
          areas:
            - id: a
              outcomes:
                - id: o
                  performance_indicators:
                    - id: i
                      measurement_indicators:
                        - {id: m, unit: people, actuals: [{year: 2019, value: 40, evidence: [activities/course]}]}

    Fails::

        projects/p:
          areas:
            - id: a
              outcomes:
                - id: o
                  performance_indicators:
                    - id: i
                      measurement_indicators: [{id: m, unit: people, actuals: [{year: 2019, value: 40}]}]
    """
    for project, _, indicator, path in placed_indicators(register):
        for actual in indicator.actuals:
            if not actual.evidence and (actual.value or actual.text) and not indicator.counts:
                reached = f"reached {plain(actual.value)}" if actual.value else "says what was found"
                message = f"{indicator.id} {reached} in {actual.year}, and no evidence shows it"
                yield Problem(project.address, (*path, "actuals", actual.key), message)


@rule("PRJ008", source="data format, indicators counted from the register")
def claimed_actual_is_what_the_register_counts(register: Register) -> Iterator[Problem]:
    """A value written beside `counts` is what the register counts up to the end of its year.

    The baseline is never added to it. Where the days of some records are known only in part, or not at all, every
    number that they allow is right.

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
                          actuals: [{year: 2019, value: 1}]
                          counts: [{id: held, records: meetings, event: held}]
        meetings/review: {held_on: 2019-05-01}

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
                          actuals: [{year: 2019, value: 2}]
                          counts: [{id: held, records: meetings, event: held}]
        meetings/review: {held_on: 2019-05-01}
    """
    if is_any_broken(register, "agreements", "meetings", "activities", "partners"):
        return
    for project, _, indicator, path in placed_indicators(register):
        claims = [(actual, actual.value) for actual in indicator.actuals if actual.value is not None]
        if not indicator.counts or not claims:
            continue
        tallies = tallies_of_years(indicator, project, register, [actual.year for actual, _ in claims])
        for (actual, claim), tally in zip(claims, tallies, strict=True):
            least, most = len(tally.certain), len(tally.possible)
            if least <= claim <= most and claim == int(claim):
                continue
            found = str(least) if least == most else f"{least} to {most}, as days known in part allow"
            yield Problem(
                project.address,
                (*path, "actuals", actual.key, "value"),
                f"{indicator.id} claims {plain(claim)} for {actual.year}, and the register counts {found}"
                f"{_named(tally.possible)}",
                tuple(Related(record, (), record) for record in tally.possible[:_SHOWN]),
                expected=str(least) if least == most else f"{least} to {most}",
                actual=plain(claim),
            )


def _named(records: Sequence[str]) -> str:
    if not records:
        return ""
    more = f" and {len(records) - _SHOWN} more" if len(records) > _SHOWN else ""
    return f": {', '.join(records[:_SHOWN])}{more}"


@rule("PRJ010", source="plan, project 1, general framework", severity="warning")
def outcome_has_evidence_of_quality(register: Register) -> Iterator[Problem]:
    """An outcome with actuals has evidence of quality or impact, and not counts and amounts alone.

    The plan turns from the number of activities and the amounts spent to what they brought about. Such evidence is a
    percentage reached, an assessment of an activity under the outcome, or what came of an activity (`done.summary`)
    that serves one of its indicators judged in words.

    Passes::

        projects/p:
          areas:
            - id: a
              outcomes:
                - id: o
                  performance_indicators:
                    - id: i
                      measurement_indicators:
                        - {id: m, unit: people, actuals: [{year: 2019, value: 40, evidence: [activities/course]}]}
        activities/course:
          project: projects/p
          area: a
          indicators: [m]
          assessment: [{criterion: impact, weight: 100, score: 70, by: partners/oic, on: 2020-01-31}]

    Fails::

        projects/p:
          areas:
            - id: a
              outcomes:
                - id: o
                  performance_indicators:
                    - id: i
                      measurement_indicators:
                        - {id: m, unit: people, actuals: [{year: 2019, value: 40, evidence: [activities/course]}]}
        activities/course: {project: projects/p, area: a, indicators: [m]}
    """
    if is_any_broken(register, "activities"):
        return
    known = quality(register)
    for project in register.projects:
        for path, outcome in placed_outcomes(project):
            if not any(indicator.actuals for indicator in measures_of(outcome).values()):
                continue
            if not known.shows(project.address, outcome):
                message = (
                    f"outcome {outcome.id} is known by counts and amounts alone: nothing on file shows its quality"
                )
                yield Problem(project.address, path, message)

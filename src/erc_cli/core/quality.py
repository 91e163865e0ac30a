"""Quality: what assessments come to, and outcomes of which nothing but counts and amounts is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from erc_cli.core.money import round_to
from erc_cli.core.records.activity import Activity, Assessment
from erc_cli.core.records.project import MeasurementIndicator, Outcome
from erc_cli.core.register import Register
from erc_cli.core.schedule import is_done


def assessments(activity: Activity, on: date) -> tuple[Assessment, ...]:
    """Return the judgements of an activity up to the day `on`."""
    return tuple(one for one in activity.assessment if one.on <= on)


def score(activity: Activity, on: date) -> Decimal | None:
    """Return its score, 0 to 100: the sum of its scores by weight, to one place; None where it was not assessed."""
    found = assessments(activity, on)
    weight = sum((one.weight for one in found), Decimal(0))
    return round_to(sum((one.score * one.weight for one in found), Decimal(0)) / weight, 1) if weight else None


class Quality(NamedTuple):
    """Which indicators of each project activities were judged under, and which came to something told in words."""

    judged: Mapping[str, frozenset[str]]
    told: Mapping[str, frozenset[str]]

    def shows(self, project: str, outcome: Outcome, on: date = date.max) -> bool:
        """Whether anything shows the quality of an outcome: a share reached, an assessment, or what was told.

        What was told counts for an indicator that is judged in words, an assessment for any of the outcome's.
        """
        measures = measures_of(outcome)
        known = {*measures, *(performance.id for performance in outcome.performance_indicators)}
        nothing: frozenset[str] = frozenset()
        return (
            any(_shows_quality(indicator, on) for indicator in measures.values())
            or not known.isdisjoint(self.judged.get(project, nothing))
            or not _in_words(outcome).isdisjoint(self.told.get(project, nothing))
        )


def quality(register: Register, on: date = date.max) -> Quality:
    """Return what is known of quality from the activities, up to the day `on`."""
    judged: dict[str, set[str]] = {}
    told: dict[str, set[str]] = {}
    for activity in register.activities:
        if assessments(activity, on):
            judged.setdefault(activity.project, set()).update(activity.indicators)
        if activity.done is not None and activity.done.summary and is_done(activity, on):
            told.setdefault(activity.project, set()).update(activity.indicators)
    return Quality(_frozen(judged), _frozen(told))


def _frozen(found: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    return {project: frozenset(indicators) for project, indicators in found.items()}


def measures_of(outcome: Outcome) -> Mapping[str, MeasurementIndicator]:
    """Return the measurement indicators of an outcome by id."""
    return {
        indicator.id: indicator
        for performance in outcome.performance_indicators
        for indicator in performance.measurement_indicators
    }


def _shows_quality(indicator: MeasurementIndicator, on: date) -> bool:
    """Whether a share, or words with evidence, are on file."""
    actuals = [actual for actual in indicator.actuals if actual.year <= on.year]
    if indicator.measure == "qualitative":
        return any(actual.text and actual.evidence for actual in actuals)
    return indicator.measure == "percentage" and bool(actuals)


def _in_words(outcome: Outcome) -> frozenset[str]:
    """The indicators of an outcome that are judged in words, and the performance indicators they belong to."""
    return frozenset(
        name
        for performance in outcome.performance_indicators
        for indicator in performance.measurement_indicators
        if indicator.measure == "qualitative"
        for name in (performance.id, indicator.id)
    )

"""`quality`: how activities were judged, which were not yet, and what is known by counts alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from erc_cli.core.indicator_table import all_indicators
from erc_cli.core.money import round_to
from erc_cli.core.quality import assessments, quality, score
from erc_cli.core.records.activity import Activity
from erc_cli.core.reports.paper import Paper
from erc_cli.core.reports.report import Asked, Bar, Report, Section
from erc_cli.core.reports.results import by_counts_alone
from erc_cli.core.schedule import is_cancelled, is_done
from erc_cli.core.tables import Cell, Column, Table, without_empty

CRITERIA: Final = ("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability")
"""The criteria of OECD-DAC, in its order."""


def quality_report(asked: Asked) -> Report:
    """Return the assessments of activities up to the day, and what was done and not assessed."""
    paper = Paper(asked)
    return paper.report(asked.words("Quality of activities"), _sections(paper))


def _sections(paper: Paper) -> Iterator[Section | None]:
    yield _scores(paper)
    yield _by_criterion(paper)
    yield _details(paper)
    yield _not_assessed(paper)
    found = all_indicators(paper.register, paper.on)
    yield by_counts_alone(found, quality(paper.register, paper.on), paper)


def _assessed(paper: Paper) -> list[tuple[Activity, Decimal]]:
    """The activities that were assessed, with their scores, the best first."""
    found = [(one, mark) for one in paper.register.activities if (mark := score(one, paper.on)) is not None]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].id))


def _scores(paper: Paper) -> Section:
    words = paper.words
    found = _assessed(paper)
    if not found:
        return Section(words("Scores"), (words("No activity has been assessed."),))
    whole = Decimal(100)
    bars = tuple(Bar(paper.text(one.title), mark, whole, words("out of 100")) for one, mark in found)
    columns = (
        Column("activity", "Activity"),
        Column("score", "Score", "number"),
        *(Column(criterion, paper.word(criterion), "number", optional=True) for criterion in CRITERIA),
    )
    rows = tuple((paper.text(one.title), mark, *_by_criteria(one, paper)) for one, mark in found)
    line = words("Each score is the sum of the scores by criterion, by their weights; 100 is the best.")
    return Section(words("Scores"), (line,), bars, table=without_empty(Table(columns, rows)))


def _by_criteria(activity: Activity, paper: Paper) -> Iterator[Cell]:
    found = {one.criterion: one.score for one in assessments(activity, paper.on)}
    return (found.get(criterion) for criterion in CRITERIA)


def _by_criterion(paper: Paper) -> Section | None:
    """The mean of the scores by criterion, each activity counting once."""
    scores: dict[str, list[Decimal]] = {}
    for activity, _ in _assessed(paper):
        for one in assessments(activity, paper.on):
            scores.setdefault(one.criterion, []).append(one.score)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (criterion, len(found), round_to(sum(found, Decimal(0)) / len(found), 1), min(found), max(found))
        for criterion in CRITERIA
        if (found := scores.get(criterion, []))
    )
    columns = (
        Column("criterion", "Criterion", "word"),
        Column("activities", "Activities", "number"),
        Column("mean", "Mean", "number"),
        Column("lowest", "Lowest", "number"),
        Column("highest", "Highest", "number"),
    )
    return Section(paper.words("By criterion"), table=Table(columns, rows)) if rows else None


def _details(paper: Paper) -> Section | None:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            paper.text(activity.title),
            one.criterion,
            one.weight,
            one.score,
            one.on,
            paper.name(one.by),
            tuple(map(paper.proof, one.evidence)) or None,
        )
        for activity, _ in _assessed(paper)
        for one in assessments(activity, paper.on)
    )
    columns = (
        Column("activity", "Activity"),
        Column("criterion", "Criterion", "word"),
        Column("weight", "Weight", "number"),
        Column("score", "Score", "number"),
        Column("on", "On", "date"),
        Column("by", "By"),
        Column("evidence", "Evidence", optional=True),
    )
    return Section(paper.words("Assessments"), table=Table(columns, rows)) if rows else None


def _not_assessed(paper: Paper) -> Section | None:
    rows: list[tuple[Cell, ...]] = []
    for activity in paper.register.activities:
        if is_cancelled(activity, paper.on) or not is_done(activity, paper.on) or assessments(activity, paper.on):
            continue
        done = activity.done
        ended = (done.end or done.start) if done is not None else None
        rows.append((paper.text(activity.title), activity.kind, ended))
    if not rows:
        return None
    columns = (Column("activity", "Activity"), Column("kind", "Kind", "word"), Column("ended", "Ended", "date"))
    return Section(paper.words("Done and not assessed"), table=Table(columns, tuple(rows)))

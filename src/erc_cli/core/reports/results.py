"""`results`: what each outcome aimed at and reached, what proves it, and what is known of its quality."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from erc_cli.core.indicator_table import Found, all_indicators, indicator_table
from erc_cli.core.indicators import Measured
from erc_cli.core.quality import Quality, quality, score
from erc_cli.core.records.project import Area, Outcome, Project
from erc_cli.core.reports.paper import NOTHING, Paper
from erc_cli.core.reports.plan import outcome_heading, stated_text
from erc_cli.core.reports.report import Asked, Bar, Report, Section
from erc_cli.core.tables import Cell, Column, Table, select, without_empty


def results(asked: Asked) -> Report:
    """Return baselines, targets and actuals as known on the day, with the share reached and the evidence."""
    paper = Paper(asked)
    found = all_indicators(asked.register, asked.on)
    return paper.report(asked.words("Results"), _sections(found, paper))


def _sections(found: Sequence[Found], paper: Paper) -> Iterator[Section | None]:
    words, known = paper.words, quality(paper.register, paper.on)
    for project in [*paper.programme, *paper.off_budget]:
        of_it = [one for one in found if one.project.address == project.address]
        if not of_it:
            continue
        stated = tuple(stated_text(one, paper) for one in project.stated)
        lines = (words("Stated in the plan, never added to what is counted:"),) if stated else ()
        yield Section(paper.headed(project), lines, items=stated)
        for area in project.areas:
            for outcome in area.outcomes:
                mine = [one for one in of_it if (one.result.area, one.result.outcome) == (area.id, outcome.id)]
                yield from _outcome(area, outcome, project, mine, known, paper)
    yield by_counts_alone(found, known, paper)
    yield _evidence(found, paper)


def _outcome(
    area: Area, outcome: Outcome, project: Project, found: Sequence[Found], known: Quality, paper: Paper
) -> Iterator[Section]:
    words = paper.words
    table = indicator_table(found, paper.on, words, paper.register.plan.languages)
    table = select(table, ("title", "unit", "baseline", "year", "target", "actual", "share"))
    bars = tuple(bar for one in found if (bar := _bar(one, paper)) is not None)
    lines = [
        words("Area of intervention: {title}").format(title=paper.text(area.title)),
        *_judged(outcome, project, paper),
    ]
    in_words = tuple(_told(found, paper))
    yield Section(
        outcome_heading(outcome, paper),
        tuple(lines),
        bars,
        table=without_empty(table, "year", "target", "actual", "share") if found else None,
        items=in_words,
        level=2,
    )


def _told(found: Sequence[Found], paper: Paper) -> Iterator[str]:
    """What was found of indicators that are judged in words."""
    for one in found:
        for value in one.result.values:
            if value.text is not None and value.year <= paper.on.year:
                yield paper.pair(f"{paper.text(one.result.indicator.title)} ({value.year})", paper.text(value.text))


def _bar(one: Found, paper: Paper) -> Bar | None:
    """The latest value that has a target, beside it."""
    values = [value for value in one.result.values if value.target and value.actual is not None]
    values = [value for value in values if value.year <= paper.on.year]
    if not values:
        return None
    last = values[-1]
    actual, target = last.actual or NOTHING, last.target or NOTHING
    note = paper.words("{actual} of {target} in {year}").format(
        actual=paper.words.number(actual), target=paper.words.number(target), year=last.year
    )
    return Bar(paper.text(one.result.indicator.title), actual, target, note)


def _judged(outcome: Outcome, project: Project, paper: Paper) -> Iterator[str]:
    """The scores of the activities that serve the outcome, in a sentence."""
    ids = {p.id for p in outcome.performance_indicators}
    ids |= {m.id for p in outcome.performance_indicators for m in p.measurement_indicators}
    scores = [
        f"{paper.text(activity.title)} ({paper.words.number(found)})"
        for activity in paper.activities_by_project.get(project.address, ())
        if not ids.isdisjoint(activity.indicators) and (found := score(activity, paper.on)) is not None
    ]
    if scores:
        said = paper.words("Quality, out of 100: {activities}.")
        yield said.format(activities=paper.words("; ").join(scores))


def by_counts_alone(found: Sequence[Found], known: Quality, paper: Paper) -> Section | None:
    """Return the outcomes with results of which nothing on file shows the quality; None where there is none."""
    names = []
    for project in [*paper.programme, *paper.off_budget]:
        for area in project.areas:
            for outcome in area.outcomes:
                mine = [one for one in found if one.project.address == project.address]
                values = [
                    value
                    for one in mine
                    if (one.result.area, one.result.outcome) == (area.id, outcome.id)
                    for value in one.result.values
                ]
                reached = any(_is_reached(value, paper) for value in values)
                if reached and not known.shows(project.address, outcome, paper.on):
                    names.append(paper.pair(paper.short(project), paper.text(outcome.title)))
    if not names:
        return None
    line = paper.words("Nothing on file shows the quality or the effect of these; only counts and amounts are known.")
    return Section(paper.words("Known by counts alone"), (line,), items=tuple(names))


def _is_reached(value: Measured, paper: Paper) -> bool:
    return bool(value.actual) and value.year <= paper.on.year


def _evidence(found: Sequence[Found], paper: Paper) -> Section | None:
    """The records, documents and links behind each value."""
    rows: list[tuple[Cell, ...]] = [
        (paper.text(one.result.indicator.title), value.year, _proof(proof, paper), proof)
        for one in found
        for value in one.result.values
        if value.year <= paper.on.year and (value.actual is not None or value.text is not None)
        for proof in value.evidence
    ]
    if not rows:
        return None
    columns = (
        Column("indicator", "Indicator"),
        Column("year", "Year", "year"),
        Column("title", "Title"),
        Column("record", "Record", "id"),
    )
    return Section(paper.words("What proves the figures"), table=Table(columns, tuple(rows)))


def _proof(proof: str, paper: Paper) -> Cell:
    said = paper.proof(proof)
    return said if said != proof else None

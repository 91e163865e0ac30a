"""`calendar`: what is to come, by day; what returns, and what has no day yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from erc_cli.core.agenda import AHEAD_DAYS, Event, agenda, undated
from erc_cli.core.due import DueItem
from erc_cli.core.due_table import said
from erc_cli.core.periods import add_days, first_day, last_day
from erc_cli.core.records.project import Project, Series
from erc_cli.core.register import item_at
from erc_cli.core.reports.paper import Paper, capital
from erc_cli.core.reports.report import Asked, Dated, Moment, Report, Section
from erc_cli.core.tables import Cell, Column, Table, without_empty

SOON_DAYS = 92


def calendar(asked: Asked) -> Report:
    """Return the days to come as known on the day: the next three months as a line of time, the year as a table."""
    paper = Paper(asked)
    events = agenda(asked.register, asked.on)
    report = paper.report(asked.words("Calendar"), _sections(events, paper))
    return report._replace(dates=tuple(_dated(event, paper) for event in events))


def _dated(event: Event, paper: Paper) -> Dated:
    return Dated(
        f"{event.key}@{paper.register.plan.organisation.id}",
        first_day(event.when),
        last_day(event.until),
        label(event, paper),
        paper.words.value(event.kind),
        event.record,
        event.every_months,
        event.alarm_days,
    )


def _sections(events: Sequence[Event], paper: Paper) -> Iterator[Section | None]:
    words = paper.words
    dated = [event for event in events if event.every_months is None]
    soon = [event for event in dated if first_day(event.when) <= add_days(paper.on, SOON_DAYS)]
    moments = tuple(Moment(max(first_day(one.when), paper.on), label(one, paper), ahead=True) for one in soon)
    nothing = () if moments else (words("Nothing has a day in the next three months."),)
    yield Section(words("The next three months"), nothing, moments=moments)
    yield _year(dated, paper)
    yield _returning([event for event in events if event.every_months is not None], paper)
    without = tuple(_without_day(project, series, paper) for project, series in undated(paper.register, paper.on))
    if without:
        yield Section(words("Returning, without a day to count from"), items=without)


def _year(events: Sequence[Event], paper: Paper) -> Section | None:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.when, one.until if one.until != one.when else None, one.kind, label(one, paper), one.record)
        for one in events
    )
    columns = (
        Column("when", "When", "date"),
        Column("until", "Until", "date", optional=True),
        Column("kind", "Kind", "word", optional=True),
        Column("what", "What"),
        Column("record", "Record", "id", optional=True),
    )
    if not rows:
        return None
    heading = paper.words("The next {days} days").format(days=AHEAD_DAYS)
    return Section(heading, table=without_empty(Table(columns, rows)))


def _returning(events: Sequence[Event], paper: Paper) -> Section | None:
    rows = tuple((one.when, label(one, paper), paper.every(one.every_months or 0)) for one in events)
    columns = (Column("when", "Next by", "date"), Column("what", "What"), Column("often", "How often"))
    return Section(paper.words("What returns"), table=Table(columns, rows)) if rows else None


def _without_day(project: Project, series: Series | None, paper: Paper) -> str:
    title = paper.text(series.title if series is not None else project.title)
    months = series.interval_months if series is not None else project.prize.cycle_months if project.prize else 0
    return paper.pair(title, paper.every(months))


def label(event: Event, paper: Paper) -> str:
    """Return what an event is, in the reader's language."""
    words, name = paper.words, paper.name(event.record)
    if event.item is not None:
        return paper.pair(name, _deadline(event.item, paper))
    if event.series is not None:
        return words("{title}: next edition").format(title=paper.text(event.series.title))
    if event.kind == "meeting":
        return f"{name}{_with(event, paper)}"
    template = {
        "activity": "{title}",
        "end of a term": words("{title}: last day in force"),
        "tacit renewal": words("{title}: end of the term, renewed tacitly"),
        "objection deadline": words("{title}: last day to object to its renewal"),
        "award": words("{title}: next award"),
    }.get(event.kind, "{title}")
    return capital(template.format(title=name))


def _deadline(item: DueItem, paper: Paper) -> str:
    """What is to be done by a day, in the words of the decision or the commitment where there are such."""
    record: Any = paper.register.records[item.record]
    if item.field[0] in ("decisions", "commitments"):
        return paper.text(item_at(getattr(record, str(item.field[0])), str(item.field[1])).text)
    return said(item, paper.register, paper.words)


def _with(event: Event, paper: Paper) -> str:
    meeting = next(one for one in paper.register.meetings if one.address == event.record)
    others = paper.others(meeting.participants)
    return f" ({paper.words(', ').join(f'{other}' for other in others)})" if others else ""

"""`special-conditions`: the Member States concerned, what they asked for, what answers it, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from erc_cli.core.funding import funding
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.member_state import MemberState, Need
from erc_cli.core.register import record_of
from erc_cli.core.relationship import has_special_conditions, need_state
from erc_cli.core.reports.paper import Paper, sums
from erc_cli.core.reports.report import Asked, Report, Section
from erc_cli.core.schedule import state_on
from erc_cli.core.tables import Cell, Column, Table, without_empty


def special_conditions(asked: Asked) -> Report:
    """Return the States that live under special conditions on the day, their needs, and the activities for them."""
    paper = Paper(asked)
    states = [one for one in asked.register.member_states if has_special_conditions(one, asked.on)]
    addresses = {state.address for state in states}
    activities = [one for one in asked.register.activities if not addresses.isdisjoint(one.beneficiaries)]
    activities.sort(key=lambda one: str(paper.starts(one) or "9999"))
    sections = (
        _states(states, activities, paper),
        _needs(states, paper),
        _activities(activities, addresses, paper),
    )
    return paper.report(asked.words("Member States with special conditions"), sections)


def _states(states: Sequence[MemberState], activities: Sequence[Activity], paper: Paper) -> Section:
    if not states:
        return Section(paper.words("Member States"), (paper.words("None on this day."),))
    rows: list[tuple[Cell, ...]] = []
    for state in states:
        spans = [span for span in state.special_conditions if span.from_ is None or span.from_.first_day <= paper.on]
        needs = [need_state(need, paper.on) for need in state.needs if need.on <= paper.on]
        theirs = [one for one in activities if state.address in one.beneficiaries]
        reasons = tuple(span.reason for span in spans if span.reason)
        rows.append(
            (
                paper.text(state.name),
                next((span.from_ for span in spans if span.from_ is not None), None),
                len(needs),
                needs.count("open"),
                len(theirs),
                reasons or None,
            )
        )
    columns = (
        Column("country", "Member State"),
        Column("since", "Since", "date", optional=True),
        Column("needs", "Needs", "number"),
        Column("open", "Not answered", "number"),
        Column("activities", "Activities", "number"),
        Column("reason", "Reason", optional=True),
    )
    return Section(paper.words("Member States"), table=without_empty(Table(columns, tuple(rows))))


def _needs(states: Sequence[MemberState], paper: Paper) -> Section:
    words = paper.words
    rows = tuple(_need(state, need, paper) for state in states for need in state.needs if need.on <= paper.on)
    if not rows:
        return Section(words("Needs and what answers them"), (words("No need is on file."),))
    columns = (
        Column("country", "Member State"),
        Column("need", "Need"),
        Column("year", "For year", "year", optional=True),
        Column("urgency", "Urgency", "word", optional=True),
        Column("answered", "Answer", "word"),
        Column("by", "By", optional=True),
    )
    return Section(words("Needs and what answers them"), table=without_empty(Table(columns, rows)))


def _need(state: MemberState, need: Need, paper: Paper) -> tuple[Cell, ...]:
    answered = need_state(need, paper.on)
    by: str | None = None
    if need.answer is not None and answered != "open":
        included = need.answer.included_in
        by = paper.name(record_of(included)) if included else need.answer.deferred or need.answer.rejected
    return (paper.text(state.name), paper.text(need.text), need.for_year, need.urgency, answered, by)


def _activities(activities: Sequence[Activity], addresses: set[str], paper: Paper) -> Section:
    """The activities for these States, with their money; an activity for several stands once."""
    words = paper.words
    if not activities:
        return Section(words("Activities"), (words("No activity names them."),))
    rows = tuple(_activity(one, addresses, paper) for one in activities)
    columns = (
        Column("activity", "Activity"),
        Column("countries", "Member States"),
        Column("state", "State", "word"),
        Column("starts", "Starts", "date", optional=True),
        Column("budgeted", "Planned", "amount"),
        Column("spent", "Spent", "amount"),
        Column("cash", "Partners' cash", "amount", optional=True),
    )
    totals = (sums(words("Total"), rows, 4),)
    return Section(words("Activities"), tuple(_others(activities, paper)), table=Table(columns, rows, totals=totals))


def _activity(activity: Activity, addresses: set[str], paper: Paper) -> tuple[Cell, ...]:
    money = funding([activity], paper.register, paper.on)
    return (
        paper.text(activity.title),
        paper.names(state for state in activity.beneficiaries if state in addresses),
        state_on(activity, paper.on),
        paper.starts(activity),
        *map(paper.whole, (money.own_budget, money.own_spent, money.cash.received)),
    )


def _others(activities: Sequence[Activity], paper: Paper) -> Iterator[str]:
    """Who else benefits, in a sentence."""
    names = dict.fromkeys(paper.text(other.text) for one in activities for other in one.other_beneficiaries)
    if names:
        said = paper.words("Others who benefit: {names}.")
        yield said.format(names=paper.words("; ").join(f"{name}" for name in names))

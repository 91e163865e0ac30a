"""What the page of a record shows beside its own fields: what follows from it, and what others say about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from erc_cli.core.currencies import CURRENCY_PLACES
from erc_cli.core.due import coming_end, due
from erc_cli.core.due_table import due_list, who_is
from erc_cli.core.funding import Funding, contributions_of, funding, in_plan_currency, records_of
from erc_cli.core.indicators import results
from erc_cli.core.money import round_to
from erc_cli.core.periods import first_day
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.records.base import Record
from erc_cli.core.records.meeting import Meeting
from erc_cli.core.records.member_state import MemberState
from erc_cli.core.records.partner import Partner
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register, record_of
from erc_cli.core.relationship import (
    activities_with,
    agreements_with,
    has_special_conditions,
    need_state,
    relationship_on,
)
from erc_cli.core.reports.report import Bar, Moment, Section
from erc_cli.core.schedule import current_schedule, drift, slip_days, state_on
from erc_cli.core.status import (
    ALIVE,
    end_on,
    full_signature,
    life,
    signatories,
    status_on,
)
from erc_cli.core.tables import Cell, Column, Table
from erc_cli.core.text import pick
from erc_cli.core.words import Words

DUE_WITHIN: Final = 180

Maker = Callable[[Any, Register, date, Words], Iterable[Section | None]]


def sections_of(record: Record, register: Register, on: date, words: Words) -> tuple[Section, ...]:
    """Return what follows from a record on the day `on`; nothing for kinds of record that have no such page."""
    make = MAKERS.get(type(record))
    return tuple(section for section in make(record, register, on, words) if section is not None) if make else ()


def _text(text: Mapping[str, str] | None, register: Register, words: Words) -> str:
    return pick(text, words.language, register.plan.languages)


def _title_of(address: str | None, register: Register, words: Words) -> str:
    record: Any = register.records.get(address or "")
    return _text(getattr(record, "title", None) or getattr(record, "name", None), register, words) or (address or "")


def _due(addresses: set[str], register: Register, on: date, words: Words) -> Section | None:
    items = [item for item in due(register, on, DUE_WITHIN) if item.record in addresses]
    if not items:
        return None
    return Section(words("What is due"), table=due_list(items, register, words))


# --- agreements ---------------------------------------------------------------------------------------------


def _agreement(agreement: Agreement, register: Register, on: date, words: Words) -> Iterable[Section | None]:
    yield _life(agreement, register, on, words)
    yield _still_to_sign(agreement, register, on, words)
    activities = [activity for activity in register.activities if activity.under == agreement.address]
    yield _activities(activities, register, on, words)
    yield _due({agreement.address}, register, on, words)


def _life(agreement: Agreement, register: Register, on: date, words: Words) -> Section:
    """The statuses it went through, and the days ahead that matter."""
    moments = [Moment(turn.on, words.value(turn.status)) for turn in life(agreement, register, on)]
    lines = []
    coming = coming_end(agreement, register, on)
    if coming is not None:
        lines.append(words.many("{n} day left of its term.", "{n} days left of its term.", (coming.end - on).days))
        if coming.deadline is None:
            moments.append(Moment(coming.end, words("last day in force"), ahead=True))
        else:
            if coming.deadline > on:
                moments.append(Moment(coming.deadline, words("last day to object to its renewal"), ahead=True))
            moments.append(Moment(coming.end, words("end of the term, renewed tacitly"), ahead=True))
    return Section(words("Life"), tuple(lines), moments=tuple(moments))


def _still_to_sign(agreement: Agreement, register: Register, on: date, words: Words) -> Section | None:
    signed = full_signature(agreement)
    if signed is not None and signed <= on:
        return None
    waiting = [p.party for p in signatories(agreement) if p.signed_on is None or first_day(p.signed_on) > on]
    return Section(words("Still to sign"), tuple(who_is(party, register, words) for party in waiting))


# --- partners -----------------------------------------------------------------------------------------------


def _partner(partner: Partner, register: Register, on: date, words: Words) -> Iterable[Section | None]:
    agreements = list(agreements_with(partner.address, register))
    meetings = [meeting for meeting in register.meetings if partner.address in meeting.participants]
    activities = list(activities_with(partner.address, register))
    relationship = relationship_on(partner, register, on)
    yield Section(words("Relationship"), (words.value(relationship),))
    yield _agreements(agreements, register, on, words)
    yield _meetings(meetings, on, words)
    yield _open_decisions(meetings, register, on, words)
    yield _activities(activities, register, on, words)
    yield _contributions(partner.address, register, on, words)
    addresses = {partner.address, *(a.address for a in agreements), *(m.address for m in meetings)}
    yield _due(addresses, register, on, words)


def _agreements(agreements: list[Agreement], register: Register, on: date, words: Words) -> Section | None:
    if not agreements:
        return None
    rows: list[tuple[Cell, ...]] = []
    for agreement in agreements:
        status, end = status_on(agreement, register, on), end_on(agreement, on)
        left = (end - on).days if end is not None and status in ALIVE else None
        rows.append((agreement.id, agreement.kind, status, end, left))
    columns = (
        Column("agreement", "Agreement", "id"),
        Column("kind", "Kind", "word"),
        Column("status", "Status", "word"),
        Column("ends", "Ends", "date"),
        Column("left", "Days left", "number"),
    )
    return Section(words("Agreements"), table=Table(columns, tuple(rows)))


def _meetings(meetings: list[Meeting], on: date, words: Words) -> Section | None:
    rows = []
    for meeting in meetings:
        is_held = meeting.held_on is not None and first_day(meeting.held_on) <= on
        when = meeting.held_on if is_held else meeting.planned_on
        decisions = len(meeting.decisions) if is_held else 0
        rows.append((meeting.id, meeting.kind, "held" if is_held else "planned", when, decisions or None))
    if not rows:
        return None
    rows.sort(key=lambda row: str(row[3] or ""), reverse=True)
    columns = (
        Column("meeting", "Meeting", "id"),
        Column("kind", "Kind", "word"),
        Column("state", "State", "word"),
        Column("when", "When", "date"),
        Column("decisions", "Decisions", "number"),
    )
    return Section(words("Meetings"), table=Table(columns, tuple(rows)))


def _open_decisions(meetings: Iterable[Meeting], register: Register, on: date, words: Words) -> Section | None:
    rows = open_decisions(meetings, register, on, words)
    return Section(words("Open decisions"), table=Table(DECISION_COLUMNS, rows)) if rows else None


DECISION_COLUMNS: Final = (
    Column("owner", "Owner"),
    Column("due", "Due", "date"),
    Column("decision", "Decision", "id"),
    Column("text", "What"),
)


def open_decisions(
    meetings: Iterable[Meeting], register: Register, on: date, words: Words
) -> tuple[tuple[Cell, ...], ...]:
    """Return the decisions that somebody still has to carry out on the day `on`, by owner and day."""
    rows: list[tuple[Cell, ...]] = []
    for meeting in meetings:
        if meeting.held_on is None or first_day(meeting.held_on) > on:
            continue
        for decision in meeting.decisions:
            if decision.for_information or (decision.done_on is not None and decision.done_on <= on):
                continue
            owner = who_is(decision.owner or "", register, words) or None
            text = _text(decision.text, register, words)
            rows.append((owner, decision.due, f"{meeting.address}.decisions.{decision.id}", text))
    return tuple(sorted(rows, key=lambda row: (str(row[0] or "~"), str(row[1] or "9999"), str(row[2]))))


def _activities(activities: list[Activity], register: Register, on: date, words: Words) -> Section | None:
    if not activities:
        return None
    rows = []
    for activity in activities:
        schedule = current_schedule(activity, on)
        slip = slip_days(activity, on)
        starts = schedule.start if schedule is not None else None
        rows.append((activity.id, state_on(activity, on), starts, slip or None, _text(activity.title, register, words)))
    columns = (
        Column("activity", "Activity", "id"),
        Column("state", "State", "word"),
        Column("starts", "Starts", "date"),
        Column("slip", "Days late", "number"),
        Column("title", "Title", optional=True),
    )
    return Section(words("Activities"), table=Table(columns, tuple(rows)))


def _contributions(party: str, register: Register, on: date, words: Words) -> Section | None:
    rows: list[tuple[Cell, ...]] = []
    records: list[Activity | Project] = [*register.projects, *register.activities]
    for record in records:
        for address, gift in contributions_of(record):
            if gift.party != party or gift.on > on:
                continue
            amount = in_plan_currency(gift.amount, gift.currency, gift.rate, register)
            other = f"{words.number(gift.amount)} {gift.currency}" if gift.currency else None
            rows.append((gift.on, gift.stage, gift.form, amount, other, address))
    if not rows:
        return None
    rows.sort(key=lambda row: str(row[0]))
    columns = (
        Column("on", "On", "date"),
        Column("stage", "Stage", "word"),
        Column("form", "Form", "word"),
        Column("amount", words("Amount in {currency}").format(currency=register.plan.currency), "amount"),
        Column("original", "Given as"),
        Column("address", "Where", "id", optional=True),
    )
    lines = contribution_lines(funding(records, register, on, party), register, words)
    return Section(words("Promised and received"), lines, table=Table(columns, tuple(rows)))


def contribution_lines(money: Funding, register: Register, words: Words) -> tuple[str, ...]:
    """Return what was pledged, committed and received, a sentence for cash and one for what came in kind."""
    places = CURRENCY_PLACES[register.plan.currency]
    return tuple(
        words(template).format(
            **{stage: words.number(round_to(amount, places)) for stage, amount in sums._asdict().items()}
        )
        for template, sums in (
            ("Cash: {pledged} pledged, {committed} committed, {received} received.", money.cash),
            ("In kind: {pledged} pledged, {committed} committed, {received} received.", money.in_kind),
        )
        if any(sums)
    )


# --- activities, Member States, meetings, projects ----------------------------------------------------------


def _activity(activity: Activity, register: Register, on: date, words: Words) -> Iterable[Section | None]:
    found = drift(activity, register, on)
    if found is not None:
        lines = [words("Days against the plan: {days}.").format(days=f"{found.days:+}")] if found.days else []
        lines = lines or [words("As planned.")]
        rows = tuple(
            (slip.change.on, slip.days, slip.cause or None, slip.change.because, slip.change.reason)
            for slip in found.slips
        )
        columns = (
            Column("on", "On", "date"),
            Column("days", "Days", "number"),
            Column("cause", "Cause", "word"),
            Column("because", "Because of", "id"),
            Column("reason", "Reason"),
        )
        yield Section(words("Schedule"), tuple(lines), table=Table(columns, rows))
    yield _due({activity.address}, register, on, words)


def _member_state(state: MemberState, register: Register, on: date, words: Words) -> Iterable[Section | None]:
    holds = has_special_conditions(state, on)
    line = words("Special conditions on {day}." if holds else "No special conditions on {day}.")
    yield Section(words("Conditions"), (line.format(day=on.isoformat()),))
    rows: list[tuple[Cell, ...]] = []
    for need in state.needs:
        if need.on > on:
            continue
        answered = need_state(need, on)
        answer = need.answer if answered != "open" else None
        by = (answer.included_in or answer.deferred or answer.rejected) if answer is not None else None
        rows.append((need.id, need.for_year and str(need.for_year), answered, by, _text(need.text, register, words)))
    if rows:
        columns = (
            Column("need", "Need", "id"),
            Column("year", "For year", "id"),
            Column("state", "State", "word"),
            Column("answer", "Answer"),
            Column("text", "What"),
        )
        yield Section(words("Needs and what answers them"), table=Table(columns, tuple(rows)))
    yield _activities([a for a in register.activities if state.address in a.beneficiaries], register, on, words)
    yield _due({state.address}, register, on, words)


def _meeting(meeting: Meeting, register: Register, on: date, words: Words) -> Iterable[Section | None]:
    yield _open_decisions([meeting], register, on, words)
    rows = tuple(
        (source, ".".join(str(step) for step in path), _title_of(source, register, words))
        for source, path, target in register.links_to.get(meeting.address, ())
        if "because" in path and record_of(target) == meeting.address
    )
    if rows:
        columns = (Column("record", "Record", "id"), Column("field", "Field", "id"), Column("title", "Title"))
        yield Section(words("What followed from it"), table=Table(columns, rows))
    yield _due({meeting.address}, register, on, words)


def _project(project: Project, register: Register, on: date, words: Words) -> Iterable[Section | None]:
    bars = []
    for result in results(project, register, on).results:
        values = [v for v in result.values if v.target and v.actual is not None and v.year <= on.year]
        if values and values[-1].target is not None and values[-1].actual is not None:
            last = values[-1]
            note = words("{actual} of {target} in {year}").format(
                actual=words.number(values[-1].actual), target=words.number(values[-1].target), year=last.year
            )
            bars.append(Bar(_text(result.indicator.title, register, words), values[-1].actual, values[-1].target, note))
    if bars:
        yield Section(words("Results against targets"), bars=tuple(bars))
    activities = [a for a in records_of(project, register) if isinstance(a, Activity)]
    yield _activities(activities, register, on, words)
    yield _due({project.address, *(a.address for a in activities)}, register, on, words)


MAKERS: Final[Mapping[type[Record], Maker]] = {
    Agreement: _agreement,
    Partner: _partner,
    Activity: _activity,
    MemberState: _member_state,
    Meeting: _meeting,
    Project: _project,
}
"""Type of record: what its page shows beside its fields."""

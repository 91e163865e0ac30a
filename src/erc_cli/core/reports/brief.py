"""`brief PARTNER`: the page before a meeting of two: who they are, what stands between us, what is open and due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from erc_cli.core.countries import country_name
from erc_cli.core.currencies import CURRENCY_PLACES
from erc_cli.core.due_table import due_list
from erc_cli.core.funding import chains, funding
from erc_cli.core.money import round_to
from erc_cli.core.periods import first_day, last_day
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.meeting import Meeting
from erc_cli.core.records.partner import Partner
from erc_cli.core.records.project import Project
from erc_cli.core.register import record_of
from erc_cli.core.relationship import activities_with, agreements_with, relationship_on
from erc_cli.core.reports.pages import DECISION_COLUMNS, contribution_lines, open_decisions
from erc_cli.core.reports.paper import Paper
from erc_cli.core.reports.report import Asked, Report, Section
from erc_cli.core.schedule import slip_days, state_on
from erc_cli.core.status import ALIVE, end_on, status_on
from erc_cli.core.suggestions import Suggestions
from erc_cli.core.tables import Cell, Column, Table, select, without_empty
from erc_cli.errors import NotFoundError

WITHIN_DAYS = 180
_ROOM = "…" * 30
"""A line to write on."""


def brief(asked: Asked) -> Report:
    """Return the page about the partner that the report is asked for. Raises NotFoundError where there is none."""
    paper = Paper(asked)
    folder = "" if asked.subject.startswith("partners/") else "partners/"
    wanted = f"{folder}{asked.subject}"
    partner = asked.register.find(asked.register.renamed.get(wanted, wanted), Partner)
    if partner is None:
        near = Suggestions(one.id for one in asked.register.partners).nearest(wanted.removeprefix("partners/"))
        hint = f": did you mean {near}?" if near else " (erc partner list)"
        raise NotFoundError(f"there is no partner {asked.subject}{hint}")
    title = asked.words("Meeting brief: {partner}").format(partner=paper.name(partner.address))
    return paper.report(title, _sections(partner, paper))


def _sections(partner: Partner, paper: Paper) -> Iterator[Section | None]:
    meetings = [one for one in paper.register.meetings if partner.address in one.participants]
    yield _who(partner, paper)
    yield _contacts(partner, paper)
    yield _agreements(partner, paper)
    yield _last_meeting(meetings, paper)
    yield _decisions(meetings, paper)
    yield _money(partner, paper)
    yield _activities(partner, paper)
    yield _due(partner, meetings, paper)
    for heading in (paper.words("Our objectives"), paper.words("Talking points")):
        yield Section(heading, items=(_ROOM,) * 3)


def _who(partner: Partner, paper: Paper) -> Section:
    words = paper.words
    category = words(", ").join(words.value(word) for word in dict.fromkeys((partner.category, *partner.roles)))
    facts = [words("Category: {category}.").format(category=category)]
    hidden = partner.anonymous and not paper.internal
    if partner.sphere:
        facts.append(words("Sphere: {sphere}.").format(sphere=words.value(partner.sphere, paper.labels)))
    if partner.acronyms and not hidden:
        facts.append(words("Known as {acronym}.").format(acronym=paper.text(partner.acronyms)))
    if partner.country and not hidden:
        facts.append(words("Seat: {country}.").format(country=country_name(partner.country, words.language)))
    if partner.fields:
        fields = words(", ").join(words.value(field, paper.labels) for field in partner.fields)
        facts.append(words("Fields: {fields}.").format(fields=fields))
    relationship = words.value(relationship_on(partner, paper.register, paper.on))
    facts.append(words("Relationship on this day: {relationship}.").format(relationship=relationship))
    lines = [" ".join(facts)]
    if partner.description and not hidden:
        lines.append(paper.text(partner.description))
    conditions = tuple(_condition(partner, paper)) if not hidden else ()
    if conditions:
        lines.append(words("Its rules against ours:"))
    return Section(words("Who they are"), tuple(lines), items=conditions)


def _condition(partner: Partner, paper: Paper) -> Iterator[str]:
    for one in partner.conditions:
        text = paper.text(one.text)
        if one.compatible is not None:
            fits = paper.words("compatible: {answer}").format(answer=paper.words.value(one.compatible))
            text = f"{text} ({fits})"
        yield text


def _contacts(partner: Partner, paper: Paper) -> Section | None:
    """Contacts, the last examination and open concerns: for the house alone."""
    words = paper.words
    if not paper.internal:
        return None
    items = [
        words(", ").join(part for part in (one.role, one.name, one.email, one.phone) if part)
        for one in partner.contacts
    ]
    for one in partner.due_diligence:
        if one.on <= paper.on:
            said = words("Due diligence of {day}: {result}")
            items.append(said.format(day=paper.day(one.on), result=words.value(one.result)))
    for flag in partner.flags:
        if flag.opened <= paper.on and (flag.closed is None or flag.closed > paper.on):
            said = words("Flag of {day} ({level}): {reason}")
            items.append(said.format(day=paper.day(flag.opened), level=words.value(flag.level), reason=flag.reason))
    return Section(words("For the house alone"), items=tuple(items)) if items else None


def _agreements(partner: Partner, paper: Paper) -> Section:
    rows: list[tuple[Cell, ...]] = []
    for agreement in agreements_with(partner.address, paper.register):
        status, end = status_on(agreement, paper.register, paper.on), end_on(agreement, paper.on)
        left = (end - paper.on).days if end is not None and status in ALIVE else None
        rows.append((paper.text(agreement.title), status, end, left))
    if not rows:
        return Section(paper.words("Agreements"), (paper.words("No agreement is on file."),))
    rows.sort(key=lambda row: (row[1] != "in-force", str(row[2] or "9999"), str(row[0])))
    columns = (
        Column("title", "Agreement"),
        Column("status", "Status", "word"),
        Column("ends", "Ends", "date"),
        Column("left", "Days left", "number", optional=True),
    )
    return Section(paper.words("Agreements"), table=without_empty(Table(columns, tuple(rows))))


def _last_meeting(meetings: Sequence[Meeting], paper: Paper) -> Section:
    """The last meeting held, and the next one planned."""
    words = paper.words
    held = [one for one in meetings if one.held_on is not None and first_day(one.held_on) <= paper.on]
    held.sort(key=lambda one: one.held_on.first_day if one.held_on is not None else paper.on)
    lines = []
    if held:
        last = held[-1]
        where = f"{words(', ')}{last.place}" if last.place else ""
        lines.append(words("Last: {meeting}.").format(meeting=f"{paper.meeting(last)}{where}"))
        lines.append(words.many("It took {n} decision.", "It took {n} decisions.", len(last.decisions)))
    else:
        lines.append(words("No meeting has been held."))
    coming = [one for one in meetings if one not in held and one.planned_on and last_day(one.planned_on) >= paper.on]
    coming.sort(key=lambda one: one.planned_on.first_day if one.planned_on is not None else paper.on)
    lines += [words("Next: {meeting}.").format(meeting=paper.meeting(one)) for one in coming[:1]]
    return Section(words("Meetings"), tuple(lines))


def _decisions(meetings: Sequence[Meeting], paper: Paper) -> Section:
    rows = open_decisions(meetings, paper.register, paper.on, paper.words)
    if not rows:
        return Section(paper.words("Open decisions"), (paper.words("None is open."),))
    table = select(Table(DECISION_COLUMNS, rows), ("owner", "due", "text"))
    return Section(paper.words("Open decisions"), table=table)


def _money(partner: Partner, paper: Paper) -> Section:
    words = paper.words
    records: list[Activity | Project] = [*paper.register.projects, *paper.register.activities]
    lines = contribution_lines(funding(records, paper.register, paper.on, partner.address), paper.register, words)
    mine = [one for one in chains(records, paper.register, paper.on) if one.party == partner.address]
    rows: list[tuple[Cell, ...]] = []
    for one in mine:
        places = CURRENCY_PLACES[one.currency]
        amounts = (round_to(amount, places) for amount in (one.promised, one.received, one.outstanding))
        rows.append((paper.name(record_of(one.address)), one.form, one.currency, *amounts))
    columns = (
        Column("record", "For"),
        Column("form", "Form", "word"),
        Column("currency", "Currency", "id"),
        Column("promised", "Promised", "number"),
        Column("received", "Received", "number"),
        Column("outstanding", "Outstanding", "number"),
    )
    nothing = () if lines or rows else (words("Nothing was promised or received."),)
    table = Table(columns, tuple(rows)) if rows else None
    return Section(words("Promised and received"), (*lines, *nothing), table=table)


def _activities(partner: Partner, paper: Paper) -> Section:
    rows: list[tuple[Cell, ...]] = []
    for activity in activities_with(partner.address, paper.register):
        starts = paper.starts(activity)
        slip = slip_days(activity, paper.on)
        rows.append((paper.text(activity.title), state_on(activity, paper.on), starts, slip or None))
    if not rows:
        return Section(paper.words("Common activities"), (paper.words("There is none."),))
    rows.sort(key=lambda row: (str(row[2] or "9999"), str(row[0])))
    columns = (
        Column("activity", "Activity"),
        Column("state", "State", "word"),
        Column("starts", "Starts", "date", optional=True),
        Column("slip", "Days late", "number", optional=True),
    )
    return Section(paper.words("Common activities"), table=without_empty(Table(columns, tuple(rows))))


def _due(partner: Partner, meetings: Sequence[Meeting], paper: Paper) -> Section:
    addresses = {partner.address, *(one.address for one in meetings)}
    addresses |= {one.address for one in agreements_with(partner.address, paper.register)}
    items = [item for item in paper.due(WITHIN_DAYS) if item.record in addresses]
    if not items:
        return Section(
            paper.words("What is due"), (paper.words("Nothing within {days} days.").format(days=WITHIN_DAYS),)
        )
    table = select(due_list(items, paper.register, paper.words), ("late_on", "text", "who"))
    return Section(paper.words("What is due"), table=replace(table, title=None))

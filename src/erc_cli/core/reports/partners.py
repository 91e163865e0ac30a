"""`partners`: who they are, what they are to the organisation on a day, and what they share with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, get_args

from erc_cli.core.funding import by_party
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.partner import Partner
from erc_cli.core.records.project import Project
from erc_cli.core.relationship import Relationship, activities_with, agreements_with, is_party_on, relationship_on
from erc_cli.core.reports.paper import NOTHING, Paper, sums
from erc_cli.core.reports.report import Asked, Report, Section
from erc_cli.core.status import status_on
from erc_cli.core.tables import Cell, Column, Table, without_empty

RELATIONSHIPS: Final[tuple[Relationship, ...]] = get_args(Relationship)


def partners(asked: Asked) -> Report:
    """Return the partners as they are on the day; with `internal`, contacts, examinations and concerns."""
    paper = Paper(asked)
    there = [one for one in asked.register.partners if one.ended_on is None or one.ended_on > asked.on]
    relationships = {one.address: relationship_on(one, asked.register, asked.on) for one in there}
    sections = [_counts(there, relationships, paper), _partners(there, relationships, paper)]
    if asked.internal:
        sections += [_contacts(there, paper), _examinations(there, paper), _concerns(there, paper)]
    return paper.report(asked.words("Partners"), sections)


def _counts(found: list[Partner], relationships: dict[str, Relationship], paper: Paper) -> Section | None:
    """How many partners there are of each category and relationship."""
    counts = Counter((one.category, relationships[one.address]) for one in found)
    rows: list[tuple[Cell, ...]] = []
    for category in dict.fromkeys(sorted(one.category for one in found)):
        of_it = [counts[category, relationship] for relationship in RELATIONSHIPS]
        rows.append((category, *of_it, sum(of_it)))
    if not rows:
        return Section(paper.words("By category"), (paper.words("No partner is on file."),))
    columns = (
        Column("category", "Category", "word"),
        Column("agreement", "Agreement in force", "number"),
        Column("ad_hoc", "Activities only", "number"),
        Column("prospect", "Prospect", "number"),
        Column("all", "All", "number"),
    )
    totals = (sums("Total", rows),) if len(rows) > 1 else ()
    return Section(paper.words("By category"), table=Table(columns, tuple(rows), totals=totals))


def _partners(found: list[Partner], relationships: dict[str, Relationship], paper: Paper) -> Section | None:
    records: list[Activity | Project] = [*paper.register.projects, *paper.register.activities]
    received = {one.party: one.cash.received for one in by_party(records, paper.register, paper.on)}
    given = [received.get(one.address, NOTHING) for one in found]
    rows = tuple(_row(one, relationships[one.address], cash, paper) for one, cash in zip(found, given, strict=True))
    columns = (
        Column("name", "Name"),
        Column("acronym", "Acronym", optional=True),
        Column("category", "Category", "word"),
        Column("country", "Country", "country", optional=True),
        Column("relationship", "Relationship", "word"),
        Column("agreements", "Agreements in force", "number", optional=True),
        Column("activities", "Activities", "number", optional=True),
        Column("cash", "Cash received", "amount"),
    )
    if not rows:
        return None
    total = (paper.words("Total"), *[None] * 6, paper.whole(sum(given, NOTHING)))
    table = without_empty(Table(columns, rows, labels=paper.labels, totals=(total,)))
    return Section(paper.words("All partners"), table=table)


def _row(partner: Partner, relationship: Relationship, received: Decimal, paper: Paper) -> tuple[Cell, ...]:
    in_force = sum(
        1
        for agreement in agreements_with(partner.address, paper.register)
        if status_on(agreement, paper.register, paper.on) == "in-force"
        and is_party_on(agreement, partner.address, paper.on)
    )
    shared = sum(1 for _ in activities_with(partner.address, paper.register))
    hidden = partner.anonymous and not paper.internal
    return (
        paper.name(partner.address),
        None if hidden else paper.text(partner.acronyms) or None,
        partner.category,
        None if hidden else partner.country,
        relationship,
        in_force or None,
        shared or None,
        paper.whole(received),
    )


# --- for the house alone ------------------------------------------------------------------------------------


def _contacts(found: list[Partner], paper: Paper) -> Section | None:
    rows = tuple(_each_contact(found, paper))
    columns = (
        Column("partner", "Partner"),
        Column("role", "Role"),
        Column("name", "Name", optional=True),
        Column("email", "Email", optional=True),
        Column("phone", "Phone", optional=True),
    )
    return Section(paper.words("Contacts (internal)"), table=without_empty(Table(columns, rows))) if rows else None


def _each_contact(found: list[Partner], paper: Paper) -> Iterator[tuple[Cell, ...]]:
    for partner in found:
        for one in partner.contacts:
            yield (paper.name(partner.address), one.role, one.name, one.email, one.phone)


def _examinations(found: list[Partner], paper: Paper) -> Section | None:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (paper.name(partner.address), one.on, one.result, paper.name(one.by), one.valid_months)
        for partner in found
        for one in partner.due_diligence
        if one.on <= paper.on
    )
    columns = (
        Column("partner", "Partner"),
        Column("on", "On", "date"),
        Column("result", "Result", "word"),
        Column("by", "By"),
        Column("months", "Valid months", "number"),
    )
    return Section(paper.words("Due diligence (internal)"), table=Table(columns, rows)) if rows else None


def _concerns(found: list[Partner], paper: Paper) -> Section | None:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (paper.name(partner.address), one.level, one.opened, one.closed, one.reason)
        for partner in found
        for one in partner.flags
        if one.opened <= paper.on
    )
    columns = (
        Column("partner", "Partner"),
        Column("level", "Level", "word"),
        Column("opened", "Opened", "date"),
        Column("closed", "Closed", "date", optional=True),
        Column("reason", "Reason"),
    )
    return Section(paper.words("Flags (internal)"), table=without_empty(Table(columns, rows))) if rows else None

"""`register`: every agreement with its parties, its dates as precisely as they are known, and its status on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from erc_cli.core.periods import PartialDate, last_day
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.reports.paper import Paper
from erc_cli.core.reports.report import Asked, Report, Section
from erc_cli.core.reports.status import agreements_by_status
from erc_cli.core.status import ALIVE, STATUSES, end_on, in_force_from, signatories, status_on
from erc_cli.core.tables import Before, Cell, Column, Table, without_empty

ORDER: Final = ("in-force", "suspended", "signed", "awaiting-signature", "cleared", "negotiating", "identified")
"""The statuses that still matter, in the order in which a reader looks for them; the others follow."""


def register(asked: Asked) -> Report:
    """Return the register of agreements as it stands on the day; with `internal`, who signed for each party."""
    paper = Paper(asked)
    by_status = agreements_by_status(asked.register, asked.on, asked.words)
    sections = (
        by_status._replace(heading=asked.words("By status")) if by_status is not None else None,
        _agreements(paper),
        _signatories(paper) if asked.internal else None,
    )
    return paper.report(asked.words("Register of agreements"), sections)


def _agreements(paper: Paper) -> Section | None:
    words = paper.words
    places = {status: at for at, status in enumerate(dict.fromkeys((*ORDER, *STATUSES)))}
    found = [(status_on(one, paper.register, paper.on), one) for one in paper.register.agreements]
    found.sort(key=lambda pair: (places[pair[0]], end_on(pair[1], paper.on) or date.max, pair[1].id))
    if not found:
        return Section(words("Agreements"), (words("No agreement is on file."),))
    columns = (
        Column("status", "Status", "word"),
        Column("title", "Title"),
        Column("kind", "Kind", "word", optional=True),
        Column("parties", "With"),
        Column("signed", "Signed", "date"),
        Column("in_force", "In force from", "date", optional=True),
        Column("ends", "Ends", "date"),
        Column("left", "Days left", "number", optional=True),
        Column("renewal", "Renewal", "word", optional=True),
        Column("text", "Text on file", "flag", optional=True),
        Column("agreement", "Agreement", "id", optional=True),
    )
    rows = tuple(_row(status, agreement, paper) for status, agreement in found)
    return Section(words("Agreements"), table=without_empty(Table(columns, rows)))


def _row(status: str, agreement: Agreement, paper: Paper) -> tuple[Cell, ...]:
    end = end_on(agreement, paper.on)
    left = (end - paper.on).days if end is not None and status in ALIVE else None
    return (
        status,
        paper.text(agreement.title),
        agreement.kind,
        paper.others(party.party for party in agreement.parties),
        signed(agreement, paper.on),
        in_force(agreement) if signed(agreement, paper.on) is not None else None,
        _end(agreement, end),
        left,
        agreement.renewal.kind if agreement.renewal is not None else None,
        any(document.kind == "signed-text" for document in agreement.documents),
        agreement.id,
    )


def signed(agreement: Agreement, on: date) -> Cell:
    """Return when it was signed by all, as precisely as is known; None while a signature is missing on that day."""
    if agreement.signed_before is not None:
        return Before(agreement.signed_before.isoformat())
    days = [party.signed_on for party in signatories(agreement)]
    known = [day for day in days if day is not None and day.first_day <= on]
    return max(known) if known and len(known) == len(days) else None


def in_force(agreement: Agreement) -> Cell:
    """Return the first day in force, as precisely as is known."""
    start = in_force_from(agreement)
    if start is None or agreement.signed_before is not None:  # of which only the latest day is known
        return None
    days = [party.signed_on for party in signatories(agreement) if party.signed_on is not None]
    stated: list[PartialDate] = [*days, *([agreement.effective_on] if agreement.effective_on is not None else [])]
    return next((day for day in stated if day.first_day == start), start)


def _end(agreement: Agreement, end: date | None) -> Cell:
    stated = agreement.ends_on
    return stated if stated is not None and end is not None and last_day(stated) == end else end


def _signatories(paper: Paper) -> Section | None:
    rows = tuple(_signed_for(paper))
    columns = (
        Column("agreement", "Agreement"),
        Column("party", "Party"),
        Column("signatory", "Signatory"),
        Column("signed", "Signed", "date"),
    )
    return Section(paper.words("Signatories (internal)"), table=Table(columns, rows)) if rows else None


def _signed_for(paper: Paper) -> Iterator[tuple[Cell, ...]]:
    for agreement in paper.register.agreements:
        for party in agreement.parties:
            if party.signatory is not None:
                title = paper.text(agreement.title)
                yield (title, paper.name(party.party), party.signatory, party.signed_on)

"""The status of an agreement on a day, from its dated facts alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from erc_cli.core.periods import add_months, first_day, last_day, subtract_days
from erc_cli.core.records.agreement import Agreement, AgreementParty, Event, EventKind
from erc_cli.core.register import Register

Status = Literal[
    "cancelled",
    "terminated",
    "superseded",
    "expired",
    "suspended",
    "in-force",
    "signed",
    "awaiting-signature",
    "cleared",
    "negotiating",
    "identified",
]

LEGAL: Final[Mapping[EventKind, frozenset[Status]]] = {
    "negotiation-opened": frozenset({"identified", "negotiating", "cleared"}),
    "sent-for-signature": frozenset({"identified", "negotiating", "cleared", "awaiting-signature"}),
    "cancelled": frozenset({"identified", "negotiating", "cleared", "awaiting-signature"}),
    "suspended": frozenset({"in-force"}),
    "resumed": frozenset({"suspended"}),
    "renewed": frozenset({"in-force", "suspended"}),
    "renewal-objected": frozenset({"in-force", "suspended"}),
    "terminated": frozenset({"signed", "in-force", "suspended"}),
    "withdrawn": frozenset({"signed", "in-force", "suspended"}),
}
"""Which events are legal in which status: the one table that rules, commands and pages use."""

ALIVE: Final[frozenset[Status]] = frozenset({"in-force", "suspended"})
"""The statuses in which the term runs."""


def status_on(agreement: Agreement, register: Register, on: date) -> Status:
    """Return the status of `agreement` at the end of the day `on`, from the facts of that day and before.

    The order is: cancelled, terminated, superseded, expired, suspended, in force, signed, awaiting signature, cleared,
    negotiating, identified; the first that holds.
    """
    status = _own_status(agreement, register, on)
    if status in ALIVE or status == "expired":
        since = superseded_on(agreement, register)
        if since is not None and since <= on:
            return "superseded"
    return status


def _own_status(agreement: Agreement, register: Register, on: date) -> Status:
    """The status without looking at successors."""
    signed = full_signature(agreement)
    events = [event for event in agreement.events if event.on <= on]
    if signed is None or signed > on:
        if any(event.kind == "cancelled" for event in events):
            return "cancelled"
        return _before_signature(agreement, register, on, events)
    if any(event.kind == "cancelled" and event.on < signed for event in events):
        return "cancelled"
    if _terminated(agreement, register.plan.organisation.id, on):
        return "terminated"
    end = end_on(agreement, on)
    if end is not None and end < on:
        return "expired"
    start = takes_effect_on(agreement)
    if start is None or on < start:
        return "signed"
    return "suspended" if _is_suspended(events, on) else "in-force"


def _before_signature(agreement: Agreement, register: Register, on: date, events: list[Event]) -> Status:
    some_signed = any(party.signed_on and first_day(party.signed_on) <= on for party in agreement.parties)
    if some_signed or any(event.kind == "sent-for-signature" for event in events):
        return "awaiting-signature"
    asked_for = register.plan.clearances.get(agreement.kind, ())
    results = {c.kind: c.result for c in sorted(agreement.clearances, key=lambda c: c.on) if c.on <= on}
    if results and all(results.get(kind) == "pass" for kind in asked_for):  # type: ignore[call-overload]
        return "cleared" if all(result == "pass" for result in results.values()) else "negotiating"
    if results or any(event.kind == "negotiation-opened" for event in events):
        return "negotiating"
    return "identified"


def signatories(agreement: Agreement) -> tuple[AgreementParty, ...]:
    """Return the parties whose signatures make the agreement: all but those that joined later."""
    return tuple(party for party in agreement.parties if party.acceded_on is None)


def full_signature(agreement: Agreement) -> date | None:
    """Return the day from which it is signed by all; None while a signature is missing.

    A partial date counts from its first day. Of an agreement `signed_before` a day no more is known: that day.
    """
    if agreement.signed_before is not None:
        return agreement.signed_before
    signatures = [party.signed_on for party in signatories(agreement)]
    if not signatures or any(signature is None for signature in signatures):
        return None
    return max(first_day(signature) for signature in signatures if signature is not None)


def takes_effect_on(agreement: Agreement) -> date | None:
    """Return the first day it has effect if signed by all: `effective_on`, else the day of the last signature."""
    signed = full_signature(agreement)
    if agreement.effective_on is not None:
        return first_day(agreement.effective_on)
    return signed


def in_force_from(agreement: Agreement) -> date | None:
    """Return the first day in force: signed by all and in effect; None while a signature is missing."""
    signed, effect = full_signature(agreement), takes_effect_on(agreement)
    return max(signed, effect) if signed is not None and effect is not None else None


def _terminated(agreement: Agreement, own: str, on: date) -> bool:
    gone = set()
    for event in agreement.events:
        since = event.effective_on or event.on
        if event.kind == "terminated" and event.on <= on and since <= on:
            return True
        if event.kind == "withdrawn" and event.on <= on and since <= on and event.party is not None:
            gone.add(event.party)
    if not gone:
        return False
    joined = {p.party for p in agreement.parties if p.acceded_on is None or first_day(p.acceded_on) <= on}
    return own in gone or len(joined - gone) < 2


def _is_suspended(events: Iterable[Event], on: date) -> bool:
    suspended = False
    for event in sorted(events, key=lambda event: event.effective_on or event.on):
        if (event.effective_on or event.on) > on:
            continue
        if event.kind in ("suspended", "resumed"):
            suspended = event.kind == "suspended"
    return suspended


class Term(NamedTuple):
    """The term that runs on a day: its last day, and how often it was renewed tacitly since `anchor`."""

    anchor: date
    end: date
    renewals: int


def end_on(agreement: Agreement, on: date) -> date | None:
    """Return the last day in force as it stands on the day `on`; None for an indefinite term.

    Amendments and renewals of that day and before move it; a tacit renewal counts once the term before it is over.
    """
    term = term_on(agreement, on)
    return term.end if term is not None else None


def term_on(agreement: Agreement, on: date) -> Term | None:
    """Return the term that runs, or ran last, on the day `on`; None for an indefinite one."""
    anchor = _anchor(agreement, on)
    if anchor is None:
        return None
    renewal = agreement.renewal
    if renewal is None or renewal.kind != "tacit" or renewal.months is None:
        return Term(anchor, anchor, 0)
    allowed = _renewals_allowed(agreement, anchor, on)
    renewals, end = 0, anchor
    while end < on and (allowed is None or renewals < allowed):
        renewals += 1
        end = add_months(anchor, renewals * renewal.months)
    return Term(anchor, end, renewals)


def _anchor(agreement: Agreement, on: date) -> date | None:
    """The end that was last agreed expressly: in the text, by an amendment in force, or by a renewal."""
    moved = [(a.effective_on or a.signed_on, a.ends_on) for a in agreement.amendments if a.ends_on is not None]
    end = last_day(agreement.ends_on) if agreement.ends_on is not None else None
    months = agreement.renewal.months if agreement.renewal is not None else None
    for event in agreement.events:
        if event.kind == "renewed":
            moved.append((event.effective_on or event.on, event.ends_on or date.min))
    for since, to in sorted(moved):
        if since > on:
            continue
        if to != date.min:
            end = to
        elif end is not None and months is not None:
            end = add_months(end, months)
    return end


def _renewals_allowed(agreement: Agreement, anchor: date, on: date) -> int | None:
    """How many tacit renewals there can be; None without limit. An objection in time ends the term it is about."""
    renewal = agreement.renewal
    assert renewal is not None  # noqa: S101
    assert renewal.months is not None  # noqa: S101
    limits = [renewal.times] if renewal.times is not None else []
    for event in agreement.events:
        if event.kind == "renewal-objected" and event.on <= on:
            term, end = 0, anchor
            while event.on > objection_deadline(end, renewal.notice_days) and end < date.max:
                term += 1
                end = add_months(anchor, term * renewal.months)
            limits.append(term)
    return min(limits) if limits else None


def objection_deadline(end: date, notice_days: int | None) -> date:
    """Return the last day on which an objection still stops the renewal of a term that ends on `end`."""
    return subtract_days(end, notice_days or 0)


def successors(agreement: Agreement, register: Register) -> Iterator[Agreement]:
    """Yield the agreements that take its place."""
    for address, path, _ in register.links_to.get(agreement.address, ()):
        if path == ("succeeds",):
            found = register.find(address, Agreement)
            if found is not None:
                yield found


def superseded_on(agreement: Agreement, register: Register) -> date | None:
    """Return the first day on which a successor is in force while this one was; None if there is none.

    A suspended agreement counts as in force here, since its term runs on.
    """
    days = []
    for successor in successors(agreement, register):
        start = in_force_from(successor)
        if start is None or _own_status(successor, register, start) != "in-force":
            continue
        if _own_status(agreement, register, start) in ALIVE:
            days.append(start)
    return min(days, default=None)


class Turn(NamedTuple):
    """A day on which the status became another one."""

    on: date
    status: Status


def life(agreement: Agreement, register: Register, until: date) -> list[Turn]:
    """Return the statuses an agreement went through up to the day `until`, each with its first day.

    The first is that before anything happened, on the day of the first fact.
    """
    turns: list[Turn] = []
    for day in sorted(_days_of_facts(agreement, register, until)):
        status = status_on(agreement, register, day)
        if not turns or turns[-1].status != status:
            turns.append(Turn(day, status))
    return turns


def _days_of_facts(agreement: Agreement, register: Register, until: date) -> set[date]:
    days: set[date | None] = {agreement.signed_before, superseded_on(agreement, register), in_force_from(agreement)}
    for party in agreement.parties:
        days.add(first_day(party.signed_on) if party.signed_on else None)
        days.add(first_day(party.acceded_on) if party.acceded_on else None)
    days.update(clearance.on for clearance in agreement.clearances)
    for event in agreement.events:
        days.update((event.on, event.effective_on))
    for amendment in agreement.amendments:
        days.update((amendment.signed_on, amendment.effective_on))
    known = {day for day in days if day is not None and day <= until}
    for day in sorted(known | {until}):
        end = end_on(agreement, day)
        if end is not None and end < until:
            known.add(end + timedelta(days=1))
    return known

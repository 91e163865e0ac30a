"""The status of an agreement on a day, from its dated facts alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, Literal, NamedTuple, get_args

from erc_cli.core.periods import PartialDate, add_days, add_months, first_day, last_day, subtract_days
from erc_cli.core.records.agreement import Agreement, AgreementParty, Clearance, Event, EventKind
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

STATUSES: Final[tuple[Status, ...]] = get_args(Status)
"""All statuses, in the order in which they are asked for."""

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
    negotiating, identified; the first that holds. What was not signed by all neither expires nor is terminated.
    """
    status = _own_status(agreement, register, on)
    if agreement.address in register.successors and (status in ALIVE or status == "expired"):
        since = superseded_on(agreement, register)
        if since is not None and since <= on:
            return "superseded"
    return status


def possible_statuses(agreement: Agreement, register: Register, on: date, events: Sequence[Event]) -> Iterator[Status]:
    """Yield the statuses that it may have had on the day `on` when of all events just these had happened.

    Whatever else happened that day may have come before or after; dates known in part are read as early and as late
    as can be. The likeliest comes first. The same status may come more than once.
    """
    told = agreement.model_copy(update={"events": tuple(events)})
    for reading in _readings(told):
        yield status_on(reading, register, on)
        morning = _without_facts_of(reading, on)
        status = _own_status(morning, register, on)
        since = superseded_on(morning, register) if status in ALIVE or status == "expired" else None
        yield "superseded" if since is not None and since < on else status


def _readings(agreement: Agreement) -> Iterator[Agreement]:
    """Yield the agreement as it is, and with its dates known in part as early and as late as they can mean."""
    yield agreement
    if agreement.signed_before is not None:
        yield agreement.model_copy(update={"signed_before": date.min})
    days = [
        agreement.effective_on,
        *(p.signed_on for p in agreement.parties),
        *(p.acceded_on for p in agreement.parties),
    ]
    if any(day is not None and not day.is_exact for day in days):
        for read in (first_day, last_day):
            parties = tuple(
                party.model_copy(
                    update={"signed_on": _read(read, party.signed_on), "acceded_on": _read(read, party.acceded_on)}
                )
                for party in agreement.parties
            )
            effective_on = _read(read, agreement.effective_on)
            yield agreement.model_copy(update={"parties": parties, "effective_on": effective_on})


def _read(read: Any, day: PartialDate | None) -> PartialDate | None:
    if day is None:
        return None
    exact: date = read(day)
    return PartialDate(exact.year, exact.month, exact.day)


def _without_facts_of(agreement: Agreement, day: date) -> Agreement:
    """The agreement as if nothing but its events had happened on that day."""
    parties = tuple(
        party.model_copy(update={"signed_on": None}) if party.signed_on and first_day(party.signed_on) == day else party
        for party in agreement.parties
    )
    return agreement.model_copy(
        update={
            "parties": parties,
            "clearances": tuple(clearance for clearance in agreement.clearances if clearance.on != day),
            "amendments": tuple(one for one in agreement.amendments if _effect(one.signed_on, one.effective_on) != day),
        }
    )


def _own_status(agreement: Agreement, register: Register, on: date) -> Status:
    """The status without looking at successors."""
    signed = full_signature(agreement)
    if signed is None or signed > on:
        return _before_signature(agreement, register, on)
    if any(event.kind == "cancelled" and event.on < signed for event in agreement.events):
        return "cancelled"
    if agreement.events and _is_terminated(agreement, register.plan.organisation.id, on):
        return "terminated"
    end = end_on(agreement, on)
    if end is not None and end < on:
        return "expired"
    start = takes_effect_on(agreement)
    if start is None or on < start:
        return "signed"
    return "suspended" if agreement.events and _is_suspended(agreement, on) else "in-force"


def _before_signature(agreement: Agreement, register: Register, on: date) -> Status:
    happened = {event.kind for event in agreement.events if event.on <= on}
    if "cancelled" in happened:
        return "cancelled"
    if "sent-for-signature" in happened:
        return "awaiting-signature"
    if any(party.signed_on is not None and party.signed_on.first_day <= on for party in agreement.parties):
        return "awaiting-signature"
    asked_for = register.plan.clearances.get(agreement.kind, ())
    results: dict[str, str] = {c.kind: c.result for c in sorted(agreement.clearances, key=_day) if c.on <= on}
    if results and all(results.get(kind) == "pass" for kind in (*asked_for, *results)):
        return "cleared"
    return "negotiating" if results or "negotiation-opened" in happened else "identified"


def _day(fact: Clearance) -> date:
    return fact.on


def _effect(on: date, effective_on: date | None) -> date:
    """The day from which something said on a day counts: never before it was said."""
    return on if effective_on is None or effective_on < on else effective_on


def signatories(agreement: Agreement) -> tuple[AgreementParty, ...]:
    """Return the parties whose signatures make the agreement: all but those that joined later."""
    return tuple(party for party in agreement.parties if party.acceded_on is None)


def full_signature(agreement: Agreement) -> date | None:
    """Return the day from which it is signed by all; None while a signature is missing.

    A partial date counts from its first day. Of an agreement `signed_before` a day no more is known: that day.
    """
    if agreement.signed_before is not None:
        return agreement.signed_before
    last: PartialDate | None = None
    for party in agreement.parties:
        if party.acceded_on is None:
            if party.signed_on is None:
                return None
            last = party.signed_on if last is None or party.signed_on > last else last
    return last.first_day if last is not None else None


def takes_effect_on(agreement: Agreement) -> date | None:
    """Return the first day it has effect if signed by all: `effective_on`, else the day of the last signature."""
    if agreement.effective_on is not None:
        return first_day(agreement.effective_on)
    return full_signature(agreement)


def in_force_from(agreement: Agreement) -> date | None:
    """Return the first day in force: signed by all and in effect; None while a signature is missing."""
    signed, effect = full_signature(agreement), takes_effect_on(agreement)
    return max(signed, effect) if signed is not None and effect is not None else None


def _is_terminated(agreement: Agreement, own: str, on: date) -> bool:
    gone = set()
    for event in agreement.events:
        if event.kind in ("terminated", "withdrawn") and _effect(event.on, event.effective_on) <= on:
            if event.kind == "terminated":
                return True
            gone.add(event.party)
    if not gone:
        return False
    joined = {p.party for p in agreement.parties if p.acceded_on is None or first_day(p.acceded_on) <= on}
    return own in gone or len(joined - gone) < 2


def _is_suspended(agreement: Agreement, on: date) -> bool:
    """Whether it was suspended and not resumed since; both on one day leave it as it was before."""
    steps: dict[date, int] = {}
    for event in agreement.events:
        day = _effect(event.on, event.effective_on)
        if event.kind in ("suspended", "resumed") and day <= on:
            steps[day] = steps.get(day, 0) + (1 if event.kind == "suspended" else -1)
    decided = [day for day, step in steps.items() if step]
    return bool(decided) and steps[max(decided)] > 0


class Term(NamedTuple):
    """The term that runs on a day: its last day, and how often it was renewed since `anchor`.

    `anchor` is the end that was last named: in the text, by an amendment or by a renewal.
    """

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
    """Return the term that runs, or ran last, on the day `on`; None for an indefinite one.

    A renewal that names no end is one more term of the clause's length. So is each tacit one; where somebody noted a
    tacit renewal as an event, it is not counted twice.
    """
    anchor, noted, agreed = _anchor(agreement, on)
    if anchor is None:
        return None
    renewal = agreement.renewal
    if renewal is None or renewal.months is None:
        return Term(anchor, anchor, 0)
    terms = noted
    if renewal.kind == "tacit":
        limits = [_terms_until(anchor, renewal.months, on)]
        limits += [renewal.times] if renewal.times is not None else []
        for event in agreement.events:
            if event.kind == "renewal-objected" and agreed <= event.on <= on:
                in_time_for = add_days(event.on, renewal.notice_days or 0)
                limits.append(_terms_until(anchor, renewal.months, in_time_for))
        terms = max(noted, min(limits))
    return Term(anchor, add_months(anchor, terms * renewal.months), terms)


def _anchor(agreement: Agreement, on: date) -> tuple[date | None, int, date]:
    """The end last named, how many renewals without an end were noted since, and the day of the last of all these.

    Objections from before that day were settled by it.
    """
    moves = [(_effect(a.signed_on, a.effective_on), a.ends_on, a.signed_on) for a in agreement.amendments if a.ends_on]
    for event in agreement.events:
        if event.kind == "renewed":
            moves.append((_effect(event.on, event.effective_on), event.ends_on or date.min, event.on))
    anchor = last_day(agreement.ends_on) if agreement.ends_on is not None else None
    noted, agreed = 0, date.min
    for effect, end, day in sorted(moves):
        if effect > on:
            break
        agreed = max(agreed, day)
        anchor, noted = (anchor, noted + 1) if end == date.min else (end, 0)
    return anchor, noted, agreed


def _terms_until(anchor: date, months: int, day: date) -> int:
    """How many terms of so many months after `anchor` it takes to reach `day`."""
    if day <= anchor:
        return 0
    terms = ((day.year - anchor.year) * 12 + day.month - anchor.month) // months
    return terms if add_months(anchor, terms * months) >= day else terms + 1


def objection_deadline(end: date, notice_days: int | None) -> date:
    """Return the last day on which an objection still stops the renewal of a term that ends on `end`."""
    return subtract_days(end, notice_days or 0)


def successors(agreement: Agreement, register: Register) -> Iterator[Agreement]:
    """Yield the agreements that take its place, by id."""
    yield from register.successors.get(agreement.address, ())


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
        days.update((event.on, _effect(event.on, event.effective_on)))
    for amendment in agreement.amendments:
        days.update((amendment.signed_on, _effect(amendment.signed_on, amendment.effective_on)))
    known = {day for day in days if day is not None and day <= until}
    # A term that ended between two facts ended as it stood before the second of them.
    for day in [subtract_days(day, 1) for day in known] + [until]:
        end = end_on(agreement, day)
        if end is not None and end < until:
            known.add(end + timedelta(days=1))
    return known

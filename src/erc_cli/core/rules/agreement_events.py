"""AGR, agreements: what happens to them happens when it can."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final, get_args

from erc_cli.core.findings import Problem, Related
from erc_cli.core.lives import most_looked_at
from erc_cli.core.records.agreement import Agreement, Amendment, Event, EventKind
from erc_cli.core.register import Register
from erc_cli.core.rules.rule import rule
from erc_cli.core.status import LEGAL, Status, full_signature, possible_statuses, signatories

_MOST_ON_ONE_DAY: Final = 5
"""With more, every order would be too many to try."""


def _in_words(words: Sequence[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def statuses_for(kind: EventKind) -> list[str]:
    """Return the statuses in which an event of that kind is legal, from the first to the last of a life."""
    return [status.replace("-", " ") for status in reversed(get_args(Status)) if status in LEGAL[kind]]


def table_of_events() -> str:
    """Return the table of events and the statuses in which each is legal, as text."""
    rows = [f"{kind:20}{', '.join(statuses_for(kind))}" for kind in LEGAL]
    return "\n".join([f"{'event':20}legal in status", *rows])


@rule("AGR003", source="plan, project 1, outcome 1", tables={"legal": table_of_events()})
def events_happen_when_they_can(register: Register) -> Iterator[Problem]:
    """Each event happens to an agreement in a status in which it can.

    What is not in force cannot be suspended, and what has ended cannot be renewed. The status is that of the facts
    before the event; of facts of the same day any order will do, and dates known only in part are read in its favour.
    Once cancelled, a text cannot be signed: what is taken up again is a new agreement.

    Which event is legal in which status::

        {legal}

    Passes::

        agreements/cooperation:
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
          events: [{kind: suspended, on: 2019-06-01}, {kind: resumed, on: 2019-09-01}]

    Fails::

        agreements/cooperation:
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
          events: [{kind: resumed, on: 2019-09-01}]
    """
    for agreement in register.agreements:
        if agreement.events:
            yield from _illegal_events(agreement, register)
            yield from _signed_after_all(agreement)


def _illegal_events(agreement: Agreement, register: Register) -> Iterator[Problem]:
    before: list[Event] = []
    most = most_looked_at(agreement)
    for _, group in groupby(sorted(agreement.events, key=_day)[:most], key=_day):
        events = list(group)
        if not _can_all_happen(agreement, register, before, events):
            for event, status in _first_illegal(agreement, register, before, events):
                yield _illegal(agreement, event, status)
        before += events
    if len(agreement.events) > most:
        message = f"{len(agreement.events)} events are more than an agreement can have; looked at were {most}"
        yield Problem(agreement.address, ("events",), message)


def _day(event: Event) -> date:
    return event.on


def _status_against(agreement: Agreement, register: Register, before: Sequence[Event], event: Event) -> Status | None:
    """The status in which `event` is illegal after those `before` it, the likeliest; None where it is legal in one."""
    likeliest: Status | None = None
    for status in possible_statuses(agreement, register, event.on, before):
        if status in LEGAL[event.kind]:
            return None
        likeliest = likeliest or status
    return likeliest


def _can_all_happen(agreement: Agreement, register: Register, before: Sequence[Event], events: Sequence[Event]) -> bool:
    """Whether the events of one day have an order in which each is legal."""
    if len(events) > _MOST_ON_ONE_DAY:
        return False
    reached = {frozenset[int]()}
    for _ in events:
        reached = {
            done | {n}
            for done in reached
            for n in set(range(len(events))) - done
            if _status_against(agreement, register, [*before, *(events[m] for m in done)], events[n]) is None
        }
    return bool(reached)


def _first_illegal(
    agreement: Agreement, register: Register, before: Sequence[Event], events: Sequence[Event]
) -> Iterator[tuple[Event, Status]]:
    """Yield those events of one day that are illegal when each that can happen first does."""
    happened, waiting = list(before), list(events)
    while waiting:
        against = [_status_against(agreement, register, happened, event) for event in waiting[:_MOST_ON_ONE_DAY]]
        chosen = against.index(None) if None in against else 0
        status = against[chosen]
        if status is not None:
            yield waiting[chosen], status
        happened.append(waiting.pop(chosen))


def _illegal(agreement: Agreement, event: Event, status: Status) -> Problem:
    legal = [kind for kind in LEGAL if status in LEGAL[kind]]
    now = f"legal then: {', '.join(legal)}" if legal else "nothing can happen to it any more"
    message = f"{event.kind} on {event.on}, when it was {status.replace('-', ' ')} ({now})"
    note = f"{event.kind} is legal when it is {_in_words(statuses_for(event.kind))}"
    return Problem(agreement.address, ("events", event.key), message, actual=status, notes=(note,))


def _signed_after_all(agreement: Agreement) -> Iterator[Problem]:
    signed = full_signature(agreement)
    for event in agreement.events:
        if event.kind == "cancelled" and signed is not None and event.on <= signed:
            message = f"cancelled on {event.on}, and yet signed by all on {signed}"
            related = tuple(
                Related(agreement.address, ("parties", party.party, "signed_on"), f"{party.party} signed here")
                for party in signatories(agreement)
                if party.signed_on is not None
            )
            yield Problem(agreement.address, ("events", event.key), message, related)


@rule("AGR008", source="plan, project 1, outcome 1")
def amendments_are_signed_in_its_life(register: Register) -> Iterator[Problem]:
    """An amendment is signed after the agreement was signed by all, and before it has ended.

    Before, the text itself can be changed; after, there is nothing left to amend, and a new agreement is needed. A
    tacit renewal goes on until somebody objects, so that is no end.

    Passes::

        agreements/cooperation:
          ends_on: 2020-12-31
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
          amendments: [{id: longer, signed_on: 2020-11-30, ends_on: 2022-12-31}]

    Fails::

        agreements/cooperation:
          ends_on: 2020-12-31
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
          amendments: [{id: longer, signed_on: 2021-03-01, ends_on: 2022-12-31}]
    """
    for agreement in register.agreements:
        most = most_looked_at(agreement)
        if len(agreement.amendments) > most:
            message = f"{len(agreement.amendments)} amendments are more than one can have; looked at were {most}"
            yield Problem(agreement.address, ("amendments",), message)
        for amendment in agreement.amendments[:most]:
            status = _status_outside_life(agreement, register, amendment)
            if status is not None:
                message = f"signed on {amendment.signed_on}, when the agreement was {status.replace('-', ' ')}"
                yield Problem(agreement.address, ("amendments", amendment.id, "signed_on"), message, actual=status)


def _status_outside_life(agreement: Agreement, register: Register, amendment: Amendment) -> Status | None:
    others = tuple(other for other in agreement.amendments if other is not amendment)
    told, day = agreement.model_copy(update={"amendments": others}), amendment.signed_on
    first: Status | None = None
    for events in ([e for e in agreement.events if e.on <= day], [e for e in agreement.events if e.on < day]):
        for status in possible_statuses(told, register, day, events):
            if status in ("signed", "in-force", "suspended"):
                return None
            first = first or status
    return first


@rule("AGR009", source="plan, project 1, outcome 1")
def renewals_follow_the_clause(register: Register) -> Iterator[Problem]:
    """A renewal, or an objection to one, is something that the renewal clause knows.

    Without a clause, or with one of kind none, an agreement is not renewed but amended; objections are made to tacit
    renewals only. A renewal names its end, or the clause says how many months it lasts; and there are no more of them
    than the clause allows. A tacit renewal needs no event; one that somebody noted is not counted twice.

    Passes::

        agreements/cooperation:
          ends_on: 2019-12-31
          renewal: {kind: express, months: 24}
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
          events: [{kind: renewed, on: 2019-11-30}]

    Fails::

        agreements/cooperation:
          ends_on: 2019-12-31
          renewal: {kind: none}
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
          events: [{kind: renewed, on: 2019-11-30, ends_on: 2021-12-31}]
    """
    for agreement in register.agreements:
        counted, has_end = 0, agreement.ends_on is not None or any(one.ends_on for one in agreement.amendments)
        for event in sorted(agreement.events, key=_day):
            if event.kind == "renewed":
                is_counted = event.ends_on is None or _clause(agreement) == "express"
                counted, has_end = counted + is_counted, has_end or event.ends_on is not None
                message = _unknown_renewal(agreement, event, counted if is_counted else 0, has_end)
            elif event.kind == "renewal-objected" and _clause(agreement) != "tacit":
                message = f"an objection on {event.on}, and there is no tacit renewal to object to"
            else:
                continue
            if message is not None:
                related = (Related(agreement.address, ("renewal",), "the clause"),) if agreement.renewal else ()
                yield Problem(agreement.address, ("events", event.key), message, related)


def _clause(agreement: Agreement) -> str:
    return agreement.renewal.kind if agreement.renewal is not None else "none"


def _unknown_renewal(agreement: Agreement, event: Event, count: int, has_end: bool) -> str | None:
    """What is wrong with a renewal that is the `count`th of those that the clause counts; 0 for one it does not."""
    renewal = agreement.renewal
    if renewal is None:
        return f"renewed on {event.on}, and no renewal clause is on file: add `renewal`, or make it an amendment"
    if renewal.kind == "none":
        return f"renewed on {event.on}, and its clause knows no renewal: that is an amendment"
    if renewal.times is not None and count > renewal.times:
        return f"renewed on {event.on} for the {count}. time, and its clause allows {renewal.times}"
    if event.ends_on is None and renewal.months is None:
        return f"renewed on {event.on} nobody knows until when: neither `ends_on` nor months in its clause"
    if not has_end:
        return f"renewed on {event.on}, and it has no end on file to count from: name `ends_on`"
    return None


@rule("AGR012", source="plan, project 1, outcome 1", severity="warning")
def termination_gives_notice(register: Register) -> Iterator[Problem]:
    """An agreement is terminated with the notice that its clause asks for.

    The notice is the time from the day of the termination to the first day without the agreement, `effective_on`.

    Passes::

        agreements/cooperation:
          termination: {notice_days: 90}
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
          events: [{kind: terminated, on: 2020-01-31, effective_on: 2020-04-30}]

    Fails::

        agreements/cooperation:
          termination: {notice_days: 90}
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
          events: [{kind: terminated, on: 2020-01-31}]
    """
    for agreement in register.agreements:
        for event in agreement.events if agreement.termination is not None else ():
            notice = max(((event.effective_on or event.on) - event.on).days, 0)
            asked = agreement.termination.notice_days if agreement.termination is not None else 0
            if event.kind == "terminated" and notice < asked:
                message = f"terminated on {event.on} with {notice} days of notice, and its clause asks for {asked}"
                related = Related(agreement.address, ("termination", "notice_days"), "the clause")
                yield Problem(
                    agreement.address, ("events", event.key), message, (related,), str(asked), actual=str(notice)
                )


@rule("AGR019", source="plan, project 1, outcome 1")
def a_withdrawal_names_a_party(register: Register) -> Iterator[Problem]:
    """A withdrawal says which party withdrew, and that is one of the agreement's.

    Whether the agreement goes on without it depends on who it was.

    Passes::

        agreements/cooperation:
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
          events: [{kind: withdrawn, on: 2020-01-31, party: partners/oic}]

    Fails::

        agreements/cooperation:
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
          events: [{kind: withdrawn, on: 2020-01-31, party: partners/unesco}]
    """
    for agreement in register.agreements:
        parties = {party.party for party in agreement.parties}
        for event in agreement.events:
            if event.kind == "withdrawn" and event.party not in parties:
                who = f"{event.party} is no party" if event.party is not None else "`party` does not say who"
                yield Problem(agreement.address, ("events", event.key), f"withdrawn on {event.on}, and {who}")

"""What a partner is to the organisation on a day, what a Member State lives under, and which needs are answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from erc_cli.core.periods import first_day, last_day
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.agreement import Agreement, Event
from erc_cli.core.records.member_state import MemberState, Need
from erc_cli.core.records.partner import Partner
from erc_cli.core.register import Register
from erc_cli.core.schedule import is_cancelled
from erc_cli.core.status import status_on

Relationship = Literal["agreement", "ad-hoc", "prospect"]


def relationship_on(partner: Partner, register: Register, on: date) -> Relationship:
    """Return `agreement` where one is in force with it, `ad-hoc` where it shares activities, else `prospect`.

    Activities that are cancelled on that day are not shared.
    """
    for agreement in agreements_with(partner.address, register):
        if status_on(agreement, register, on) == "in-force" and is_party_on(agreement, partner.address, on):
            return "agreement"
    shared = (one for one in activities_with(partner.address, register) if not is_cancelled(one, on))
    return "ad-hoc" if next(shared, None) is not None else "prospect"


def is_party_on(agreement: Agreement, partner: str, on: date) -> bool:
    """Whether a partner belongs to an agreement on the day `on`: it joined by then, and did not withdraw."""
    withdrew = (
        max(event.on, event.effective_on or event.on) for event in agreement.events if _is_withdrawal(event, partner)
    )
    joined = any(
        party.party == partner and (party.acceded_on is None or first_day(party.acceded_on) <= on)
        for party in agreement.parties
    )
    return joined and not any(day <= on for day in withdrew)


def _is_withdrawal(event: Event, partner: str) -> bool:
    return event.kind == "withdrawn" and event.party == partner


def agreements_with(partner: str, register: Register) -> Iterator[Agreement]:
    """Yield the agreements that a partner is a party to, by id."""
    seen = set()
    for address, path, _ in register.links_to.get(partner, ()):
        agreement = register.find(address, Agreement)
        if agreement is not None and path[0] == "parties" and address not in seen:
            seen.add(address)
            yield agreement


def activities_with(partner: str, register: Register) -> Iterator[Activity]:
    """Yield the activities that a partner takes part in, carries out or contributes to, by id."""
    seen = set()
    for address, path, _ in register.links_to.get(partner, ()):
        activity = register.find(address, Activity)
        if activity is not None and path[0] in ("partners", "implementing", "contributions") and address not in seen:
            seen.add(address)
            yield activity


def has_special_conditions(state: MemberState, on: date) -> bool:
    """Whether a Member State lives under special conditions on the day `on`; partial dates in their widest reading."""
    return any(
        (span.from_ is None or first_day(span.from_) <= on) and (span.until is None or on <= last_day(span.until))
        for span in state.special_conditions
    )


NeedState = Literal["open", "included", "deferred", "rejected"]


def need_state(need: Need, on: date) -> NeedState:
    """Return what became of a need up to the day `on`."""
    answer = need.answer
    if answer is None or answer.on > on:
        return "open"
    if answer.included_in is not None:
        return "included"
    return "deferred" if answer.deferred is not None else "rejected"

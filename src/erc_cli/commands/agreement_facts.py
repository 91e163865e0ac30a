"""The life of an agreement, fact by fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from erc_cli.commands.changing import set_field
from erc_cli.commands.facts import Named, add_fact, any_of, need_plan, record_at, register_of
from erc_cli.core.house import House
from erc_cli.core.records.agreement import Agreement, AgreementParty, Event, EventKind
from erc_cli.core.register import Register
from erc_cli.core.status import LEGAL, STATUSES, Status, possible_statuses, status_on
from erc_cli.core.typed import Word, item_of
from erc_cli.errors import RefusedError, UsageError
from erc_cli.store.draft import Draft

VERBS: dict[EventKind, str] = {
    "negotiation-opened": "open",
    "sent-for-signature": "send",
    "suspended": "suspend",
    "resumed": "resume",
    "renewed": "renew",
    "renewal-objected": "object",
    "terminated": "terminate",
    "withdrawn": "withdraw",
    "cancelled": "cancel",
}
"""Kind of event: the verb that writes it."""

_UNSIGNED: frozenset[Status] = frozenset({"identified", "negotiating", "cleared", "awaiting-signature"})
_SIGNED: frozenset[Status] = frozenset({"signed", "in-force", "suspended"})


def add_event(
    draft: Draft, house: House, address: str, kind: EventKind, on: date, named: Named, words: Sequence[str] = ()
) -> None:
    """Add an event. Raises RefusedError where it cannot happen to the agreement on that day."""
    agreement, register = _agreement(draft, address)
    before = [event for event in agreement.events if event.on <= on]
    statuses = list(possible_statuses(agreement, register, on, before))
    if not any(status in LEGAL[kind] for status in statuses):
        raise _illegal(VERBS[kind], agreement, statuses[0], on, LEGAL[kind])
    if kind == "withdrawn":
        _need_leaver(agreement, str(named.get("party", "")), house, before)
    add_fact(draft, house, f"{address}.events", {"kind": kind, "on": str(on), **named}, words)


def _agreement(draft: Draft, address: str) -> tuple[Agreement, Register]:
    register = register_of(draft)
    agreement = record_at(register, address, Agreement)
    need_plan(register)
    return agreement, register


def _need_leaver(agreement: Agreement, asked: str, house: House, before: Sequence[Event]) -> None:
    """Raise UsageError or RefusedError unless it is said who leaves, and they are a party still."""
    if not asked:
        raise UsageError(f"--party says who leaves: one of {', '.join(one.party for one in agreement.parties)}")
    party = _party(agreement, asked, house)
    for event in before:
        if event.kind == "withdrawn" and event.party == party:
            raise RefusedError(f"{party} left {agreement.address} already, on {event.on}: nothing was written")


def _illegal(verb: str, agreement: Agreement, status: Status, on: date, legal: frozenset[Status]) -> RefusedError:
    when = any_of([one.replace("-", " ") for one in reversed(STATUSES) if one in legal])
    return RefusedError(
        f"{agreement.address} was {status.replace('-', ' ')} on {on}: nothing was written\n"
        f"{verb} is for what is {when}\n"
        f"possible then: {_possible(status)}"
    )


def _possible(status: Status) -> str:
    verbs = [verb for kind, verb in VERBS.items() if status in LEGAL[kind]]
    if status in _UNSIGNED:
        verbs += ["clear", "sign"]
    elif status in _SIGNED:
        verbs.append("amend")
    return ", ".join(f"erc agreement {verb}" for verb in verbs) or "nothing more; what goes on is a new agreement"


def clear(draft: Draft, house: House, address: str, on: date, named: Named, words: Sequence[str] = ()) -> None:
    """Note that a draft was examined. Raises RefusedError once it is signed, or has ended."""
    _refuse_unless("clear", *_agreement(draft, address), on, _UNSIGNED)
    add_fact(draft, house, f"{address}.clearances", {"on": str(on), **named}, words)


def _refuse_unless(verb: str, agreement: Agreement, register: Register, on: date, legal: frozenset[Status]) -> None:
    status = status_on(agreement, register, on)
    if status not in legal:
        raise _illegal(verb, agreement, status, on, legal)


def sign(draft: Draft, house: House, address: str, on: date, parties: Sequence[str], signatory: str) -> None:
    """Note the signatures of parties, of all that have not signed yet where none is named.

    Raises RefusedError for one that is no party, or has signed.
    """
    agreement, register = _agreement(draft, address)
    open_ones = [party.party for party in agreement.parties if party.signed_on is None and party.acceded_on is None]
    wanted = [_party(agreement, one, house) for one in parties] or open_ones
    if not wanted:
        raise RefusedError(f"every party of {address} has signed already: nothing was written")
    for party in wanted:
        if party not in open_ones:
            raise RefusedError(f"{party} has signed {address} already: nothing was written")
    if signatory and len(wanted) > 1:
        raise RefusedError(f"--signatory is one person, and {len(wanted)} parties would sign: name one --party")
    _refuse_unless("sign", agreement, register, on, _UNSIGNED)
    if len(wanted) == len(open_ones):
        _need_signatories(agreement, wanted if signatory else ())
    for party in wanted:
        set_field(draft, f"{address}.parties.{party}.signed_on", str(on), house)
        if signatory:
            set_field(draft, f"{address}.parties.{party}.signatory", signatory, house)


def _need_signatories(agreement: Agreement, named: Sequence[str]) -> None:
    """Raise UsageError where all would have signed, and nobody is named who signed for one of them."""
    for one in agreement.parties:
        if one.signatory is None and one.acceded_on is None and one.party not in named:
            raise UsageError(
                f"all would have signed, and who signs for {one.party} is not on file: sign party by party, "
                f"with --party {one.party} --signatory NAME"
            )


def accede(draft: Draft, house: House, address: str, on: date, parties: Sequence[str], signatory: str) -> None:
    """Note that somebody joined an agreement that others had signed. Raises RefusedError where they had not."""
    _refuse_unless("sign --accede", *_agreement(draft, address), on, _SIGNED)
    for party in parties:
        named = {"party": party, "signatory": signatory, "acceded_on": str(on)}
        add_fact(draft, house, f"{address}.parties", named)


def _party(agreement: Agreement, asked: str, house: House) -> str:
    """The party as the agreement names it. Raises RefusedError where it is none."""
    party: str = item_of(AgreementParty, [Word("party", asked)], house)["party"]
    known = [one.party for one in agreement.parties]
    if party not in known:
        raise RefusedError(f"{party} is no party of {agreement.address} ({', '.join(known)}): nothing was written")
    return party


def amend(draft: Draft, house: House, address: str, on: date, named: Named, words: Sequence[str] = ()) -> None:
    """Note a change that the parties signed. Raises RefusedError outside the agreement's life."""
    _refuse_unless("amend", *_agreement(draft, address), on, _SIGNED)
    add_fact(draft, house, f"{address}.amendments", {"signed_on": str(on), **named}, words)

"""PAR, partners: each on file once, rightly classed, examined, and with something to show for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain, groupby
from typing import Final

from erc_cli.core.alike import alike
from erc_cli.core.findings import Path, Problem, Related
from erc_cli.core.lives import is_cancelled, last_day_in_force
from erc_cli.core.periods import PartialDate, add_months, first_day, last_day
from erc_cli.core.records.agreement import Agreement, Clearance
from erc_cli.core.records.partner import Partner
from erc_cli.core.register import Register
from erc_cli.core.rules.rule import rule
from erc_cli.core.status import full_signature, in_force_from, signatories

_FIELDS: Final[Mapping[str, str]] = {"name": "name", "acronym": "acronyms", "identifier": "identifiers"}


@rule("PAR001", source="plan, project 1, general framework", severity="warning")
def a_partner_is_on_file_once(register: Register) -> Iterator[Problem]:
    """A partner is on file once.

    Two records of one partner split its agreements and its money. They may be the same where they share a name or
    alias, be it with other accents, small words or order, an acronym or an identifier. Names in Arabic are compared
    with names in Arabic, others with others. `distinct_from` says that two of a similar name are not the same; nor is
    one that succeeds the other. The same acronym tells nothing about partners of different countries, nor where
    several have it whose names are not alike.

    Passes::

        partners/arab-development-bank: {name: {en: Arab Development Bank}}
        partners/african-development-bank: {name: {en: African Development Bank}}

    Fails::

        partners/oic: {name: {en: Organization of Islamic Cooperation}}
        partners/islamic-cooperation: {name: {en: The Islamic Cooperation Organization}}
    """
    for _, pairs in groupby(alike(register.partners), key=lambda pair: pair.later.id):
        found = list(pairs)
        partner, sharing = found[0].later, found[0].sharing
        others = [pair.earlier.address for pair in found]
        shown = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
        related = tuple(
            Related(pair.earlier.address, (_FIELDS[pair.sharing],), f"{pair.earlier.address}: same {pair.sharing}")
            for pair in found
        )
        message = f"may be the same as {shown}: same {sharing} ({found[0].shared})"
        note = "if it is not, say so: distinct_from"
        yield Problem(partner.address, (_FIELDS[sharing],), message, related, notes=(note,))


_TYPES: Final[Mapping[str, frozenset[str]]] = {
    "governmental": frozenset({"10", "11", "15", "40"}),
    "non-governmental": frozenset({"21", "22", "23", "24"}),
    "private-sector": frozenset({"70", "71", "72", "73"}),
    "foundation": frozenset({"60"}),
    "academic": frozenset({"80"}),
}
"""Category: the IATI organisation types that go with it; the others go with any."""


@rule("PAR002", source="plan, project 1, areas of intervention")
def category_and_organisation_type_agree(register: Register) -> Iterator[Problem]:
    """The category of a partner and its IATI organisation type do not contradict each other.

    Governmental are 10, 11, 15 and 40, non-governmental 21 to 24, the private sector is 70 to 73, foundations are 60,
    academic bodies 80. The other categories go with any type.

    Passes::

        partners/oic: {category: governmental, organisation_type: 40}

    Fails::

        partners/oic: {category: governmental, organisation_type: 21}
    """
    for partner in register.partners:
        allowed = _TYPES.get(partner.category)
        if allowed is not None and partner.organisation_type is not None and partner.organisation_type not in allowed:
            types = " or ".join(sorted(allowed))
            message = f"organisation type {partner.organisation_type} is not {partner.category}, which is {types}"
            related = Related(partner.address, ("category",), "its category")
            yield Problem(
                partner.address, ("organisation_type",), message, (related,), types, partner.organisation_type
            )


@rule("PAR003", source="plan, project 1, general framework", severity="warning")
def no_agreement_with_who_is_no_more(register: Register) -> Iterator[Problem]:
    """An agreement does not stay in force with a party that has ended.

    It is to be terminated, or the party withdrawn, or a successor agreement signed. Where another partner `succeeds`
    the one that ended, that one is a party in its place; but nothing can be signed with it any more.

    Passes::

        partners/fund: {ended_on: 2020-06-30}
        agreements/grants:
          ends_on: 2020-06-30
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/fund, signed_on: 2019-02-14}]

    Fails::

        partners/fund: {ended_on: 2020-06-30}
        agreements/grants:
          ends_on: 2021-12-31
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/fund, signed_on: 2019-02-14}]
    """
    ended = {partner.address: partner.ended_on for partner in register.partners if partner.ended_on is not None}
    continued = {partner.succeeds for partner in register.partners} if ended else set()
    for agreement in register.agreements if ended else ():
        start = in_force_from(agreement)
        if start is None or is_cancelled(agreement) or ended.keys().isdisjoint(p.party for p in agreement.parties):
            continue
        last = last_day_in_force(agreement, register)
        gone = {event.party for event in agreement.events if event.kind == "withdrawn"}
        for party in agreement.parties:
            end = ended.get(party.party)
            is_new = end is not None and start > end and agreement.signed_before is None
            if end is None or last <= end or party.party in gone or (party.party in continued and not is_new):
                continue
            until = (
                f"in force from {start}" if is_new else "still in force" if last == date.max else f"in force to {last}"
            )
            related = Related(party.party, ("ended_on",), "the end of the party")
            message = f"{until}, and {party.party} ended on {end}"
            yield Problem(agreement.address, ("parties", party.party), message, (related,))


@rule("PAR004", source="plan, off-budget specialized projects", severity="warning")
def due_diligence_holds_when_cleared(register: Register) -> Iterator[Problem]:
    """When an agreement is cleared, the due diligence of its parties was passed and still holds.

    Looked at where any is on file for the party. It holds for its `valid_months`; what counts is the last one up to
    the day of the last clearance.

    Passes::

        partners/fund: {due_diligence: [{on: 2018-05-02, result: pass, by: external-relations, valid_months: 24}]}
        agreements/grants:
          clearances: [{kind: legal, on: 2019-02-01, by: external-relations, result: pass}]
          parties: [{party: isesco}, {party: partners/fund}]

    Fails::

        partners/fund: {due_diligence: [{on: 2018-05-02, result: pass, by: external-relations, valid_months: 6}]}
        agreements/grants:
          clearances: [{kind: legal, on: 2019-02-01, by: external-relations, result: pass}]
          parties: [{party: isesco}, {party: partners/fund}]
    """
    for agreement in register.agreements:
        cleared = _last_pass(agreement)
        for party in agreement.parties if cleared is not None else ():
            partner = register.find(party.party, Partner)
            if cleared is None or partner is None or not partner.due_diligence:
                continue
            reason = _why_not_examined(partner, cleared.on)
            if reason is not None:
                message = f"cleared on {cleared.on}, and {partner.address} {reason}"
                related = Related(partner.address, ("due_diligence",), "its due diligence")
                yield Problem(agreement.address, ("clearances", cleared.key), message, (related,))


def _last_pass(agreement: Agreement) -> Clearance | None:
    passed = (clearance for clearance in agreement.clearances if clearance.result == "pass")
    return max(passed, key=lambda clearance: clearance.on, default=None)


def _why_not_examined(partner: Partner, on: date) -> str | None:
    examined = [one for one in partner.due_diligence if one.on <= on]
    if not examined:
        return f"was examined only on {min(one.on for one in partner.due_diligence)}"
    last = max(one.on for one in examined)
    held = [one for one in examined if one.on == last and one.result == "pass"]
    if not held:
        return f"failed its due diligence on {last}"
    until = max(add_months(last, one.valid_months) for one in held)
    return f"had a due diligence that held until {until}" if until < on else None


@rule("PAR005", source="plan, off-budget specialized projects", severity="warning")
def nothing_is_signed_under_a_red_flag(register: Register) -> Iterator[Problem]:
    """No agreement is signed while a red flag about one of its parties is open.

    Looked at are the day on which the own organisation signed, and that of the last signature.

    Passes::

        partners/fund: {flags: [{opened: 2018-05-02, level: red, closed: 2018-09-01, reason: Accounts}]}
        agreements/grants:
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/fund, signed_on: 2019-02-14}]

    Fails::

        partners/fund: {flags: [{opened: 2018-05-02, level: red, reason: Accounts}]}
        agreements/grants:
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/fund, signed_on: 2019-02-14}]
    """
    flagged = {p.address: p for p in register.partners if any(flag.level == "red" for flag in p.flags)}
    for agreement in register.agreements if flagged else ():
        days = _days_of_signing(agreement, register.plan.organisation.id)
        for party in agreement.parties if days else ():
            for flag in flagged[party.party].flags if party.party in flagged else ():
                day = next((day for day in days if flag.opened < first_day(day) and _is_open(flag.closed, day)), None)
                if flag.level == "red" and day is not None:
                    message = f"signed on {day}, with a red flag on {party.party} open since {flag.opened}"
                    related = Related(party.party, ("flags", flag.key), "the flag")
                    yield Problem(agreement.address, ("parties", party.party), message, (related,))


def _is_open(closed: date | None, on: PartialDate) -> bool:
    return closed is None or closed > last_day(on)


def _days_of_signing(agreement: Agreement, own: str) -> list[PartialDate]:
    if agreement.signed_before is not None:
        return []
    days = [party.signed_on for party in agreement.parties if party.party == own and party.signed_on is not None]
    if full_signature(agreement) is not None:
        signatures = (party.signed_on for party in signatories(agreement) if party.signed_on is not None)
        days.append(max(signatures, key=first_day))
    return days


@rule("PAR006", source="plan, project 1, area 1")
def a_national_commission_is_of_one_country(register: Register) -> Iterator[Problem]:
    """A national commission has a country on file, and a country has one commission.

    The country is its own `country`, or the Member State that names it. One that has ended is not counted.

    Passes::

        partners/commission-so: {category: national-commission, country: so}

    Fails::

        partners/commission-so: {category: national-commission}
    """
    named = {state.national_commission: state.id for state in register.member_states if state.national_commission}
    seen: dict[str, Partner] = {}
    for partner in register.partners:
        if partner.category != "national-commission":
            continue
        country = partner.country or named.get(partner.address)
        if country is None:
            yield Problem(partner.address, ("country",), "a national commission without a country")
        elif partner.ended_on is None:
            first = seen.setdefault(country, partner)
            if first is not partner:
                message = f"{country} has another national commission on file, {first.address}"
                related = Related(first.address, ("category",), "the other commission")
                yield Problem(partner.address, ("country",), message, (related,))


_GIVING: Final = frozenset({"financial-institution", "donor"})


@rule("PAR007", source="plan, project 1, objectives", severity="warning")
def a_donor_has_given_or_agreed(register: Register) -> Iterator[Problem]:
    """A financial institution or donor has an agreement or a contribution on file by the end of the plan.

    Additional resources are among the plan's objectives. An agreement that is being prepared will do, and so does one
    without a date; what is dated after the end of the plan will not. Category and roles count alike; those that ended
    before the plan began are left out.

    Passes::

        partners/bank: {category: financial-institution}
        agreements/loan: {parties: [{party: isesco}, {party: partners/bank}]}

    Fails::

        partners/bank: {category: financial-institution}
    """
    period = register.plan.period
    givers = {
        partner.address: partner
        for partner in register.partners
        if partner.category in _GIVING or (partner.roles and not _GIVING.isdisjoint(partner.roles))
    }
    known: set[str] = set()
    for agreement in register.agreements if givers else ():
        parties = [party.party for party in agreement.parties]
        if not givers.keys().isdisjoint(parties) and _first_fact(agreement) <= period.end:
            known.update(parties)
    gifts = chain.from_iterable(record.contributions for record in register.activities)
    gifts = chain(gifts, *(record.contributions for record in register.projects))
    known.update(gift.party for gift in gifts if gift.on <= period.end)
    for address, partner in givers.items():
        if address in known:
            continue
        if partner.ended_on is None or partner.ended_on >= period.start:
            path: Path = ("category",) if partner.category in _GIVING else ("roles",)
            message = "a financial institution or donor with neither agreement nor contribution on file"
            yield Problem(partner.address, path, message)


def _first_fact(agreement: Agreement) -> date:
    """The day of the first thing known about it; the first day there is where nothing is dated."""
    days = [first_day(party.signed_on) for party in agreement.parties if party.signed_on is not None]
    days += [event.on for event in agreement.events] + [clearance.on for clearance in agreement.clearances]
    return date.min if agreement.signed_before is not None else min(days, default=date.min)

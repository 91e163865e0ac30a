"""AGR, agreements: who agreed, how it was signed and cleared, and what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from erc_cli.core.findings import Path, Problem, Related
from erc_cli.core.lives import is_cancelled, is_of_the_past
from erc_cli.core.periods import PartialDate, certainly_before, last_day
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.records.partner import Partner
from erc_cli.core.register import Register
from erc_cli.core.rules.rule import rule
from erc_cli.core.status import full_signature, signatories


@rule("AGR001", source="plan, project 1, general framework")
def an_agreement_has_two_parties_of_which_we_are_one(register: Register) -> Iterator[Problem]:
    """An agreement has two parties or more, each once, and the own organisation is one of them.

    What others agree among themselves is not in this register. The own organisation stands there by its bare id.

    Passes::

        agreements/cooperation: {parties: [{party: isesco}, {party: partners/oic}]}

    Fails::

        agreements/cooperation: {parties: [{party: partners/unesco}, {party: partners/oic}]}
    """
    own = register.plan.organisation.id
    for agreement in register.agreements:
        names = [party.party for party in agreement.parties]
        if len(set(names)) < 2:
            yield Problem(agreement.address, ("parties",), "an agreement has two parties or more")
        if own not in names:
            yield Problem(agreement.address, ("parties",), f"the own organisation, {own}, is not among the parties")
        seen: set[str] = set()
        for position, name in enumerate(names):
            if name in seen:
                yield Problem(agreement.address, ("parties", position), f"{name} is a party twice")
            seen.add(name)


@rule("AGR002", source="plan, project 1, outcome 1")
def an_agreement_ends_after_it_takes_effect(register: Register) -> Iterator[Problem]:
    """An agreement ends on or after the day it takes effect.

    It takes effect on `effective_on`, else with the last signature. The ends that amendments and renewals name are
    looked at too. Of days known only in part every reading must be wrong.

    Passes::

        agreements/cooperation: {effective_on: 2019-01-01, ends_on: 2021-12-31}

    Fails::

        agreements/cooperation: {effective_on: 2019-01-01, ends_on: 2018-12-31}
    """
    for agreement in register.agreements:
        start = agreement.effective_on or _last_signature(agreement)
        if start is None:
            continue
        for path, end in _ends(agreement):
            if certainly_before(end, start):
                yield Problem(agreement.address, path, f"ends on {end}, before it takes effect on {start}")


def _ends(agreement: Agreement) -> Iterator[tuple[Path, date | PartialDate]]:
    if agreement.ends_on is not None:
        yield ("ends_on",), agreement.ends_on
    for amendment in agreement.amendments:
        if amendment.ends_on is not None:
            yield ("amendments", amendment.id, "ends_on"), amendment.ends_on
    for event in agreement.events:
        if event.ends_on is not None:
            yield ("events", event.key, "ends_on"), event.ends_on


def _last_signature(agreement: Agreement) -> PartialDate | None:
    """The last signature on file of those that make the agreement; others may be missing still."""
    if agreement.signed_before is not None:
        return None
    signatures = [party.signed_on for party in agreement.parties if party.signed_on and party.acceded_on is None]
    return max(signatures, default=None)


@rule("AGR004", source="plan, project 1, outcome 1")
def who_signed_is_named(register: Register) -> Iterator[Problem]:
    """Once all have signed, every party's signatory is named.

    Who could bind a party is part of what makes a text binding. Not asked for agreements `signed_before` a day, and
    not for parties that joined later.

    Passes::

        agreements/cooperation:
          parties:
            - {party: isesco, signatory: Director General, signed_on: 2019-02-14}
            - {party: partners/oic, signatory: Secretary General, signed_on: 2019-02-14}

    Fails::

        agreements/cooperation:
          parties:
            - {party: isesco, signatory: Director General, signed_on: 2019-02-14}
            - {party: partners/oic, signed_on: 2019-02-14}
    """
    for agreement in register.agreements:
        if agreement.signed_before is None and full_signature(agreement) is not None:
            for party in signatories(agreement):
                if party.signatory is None:
                    message = f"signed by all, and nobody is named as the signatory of {party.party}"
                    yield Problem(agreement.address, ("parties", party.party), message)


@rule("AGR005", source="plan, project 1, outcome 1")
def an_early_effect_has_a_reason(register: Register) -> Iterator[Problem]:
    """An agreement that takes effect before its last signature says why in `effective_reason`.

    Usually it is the other way round, and the date is a slip.

    Passes::

        agreements/cooperation:
          effective_on: 2019-01-01
          effective_reason: Replaces the agreement that ended with 2018
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]

    Fails::

        agreements/cooperation:
          effective_on: 2019-01-01
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
    """
    for agreement in register.agreements:
        signed = _last_signature(agreement)
        if signed is None or agreement.effective_on is None or agreement.effective_reason is not None:
            continue
        if certainly_before(agreement.effective_on, signed):
            message = f"takes effect on {agreement.effective_on}, before the last signature on {signed}: say why"
            yield Problem(agreement.address, ("effective_on",), message)


@rule("AGR006", source="plan, project 1, outcome 1", severity="warning")
def what_we_sign_is_cleared_before(register: Register) -> Iterator[Problem]:
    """The own organisation signs only what was cleared as the plan asks for that kind of agreement.

    The plan says under `clearances` which examinations each kind needs. What counts is the last one of its kind up to
    the day of the own signature. Partners may sign before.

    Passes::

        plan: {clearances: {protocol: [legal]}}
        agreements/protocol:
          kind: protocol
          clearances: [{kind: legal, on: 2019-02-01, by: external-relations, result: pass}]
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic}]

    Fails::

        plan: {clearances: {protocol: [legal]}}
        agreements/protocol:
          kind: protocol
          clearances: [{kind: legal, on: 2019-02-20, by: external-relations, result: pass}]
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic}]
    """
    asked_for, own = register.plan.clearances, register.plan.organisation.id
    for agreement in register.agreements if asked_for else ():
        signed = next((party.signed_on for party in agreement.parties if party.party == own), None)
        if signed is not None and agreement.signed_before is None:
            for kind in dict.fromkeys(asked_for.get(agreement.kind, ())):
                yield from _clearance_problem(agreement, kind, signed, own)


def _clearance_problem(agreement: Agreement, kind: str, signed: PartialDate, own: str) -> Iterator[Problem]:
    of_kind = [clearance for clearance in agreement.clearances if clearance.kind == kind]
    until = [clearance for clearance in of_kind if clearance.on <= last_day(signed)]
    if until:
        last = max(clearance.on for clearance in until)
        if not any(clearance.result == "pass" for clearance in until if clearance.on == last):
            message = f"signed on {signed}, although its {kind} clearance failed on {last}"
            yield Problem(agreement.address, ("parties", own, "signed_on"), message)
    elif of_kind:
        first = min(of_kind, key=lambda clearance: clearance.on)
        message = f"its {kind} clearance on {first.on} came after it was signed on {signed}"
        yield Problem(agreement.address, ("clearances", first.key, "on"), message)
    else:
        message = f"signed on {signed} without the {kind} clearance that the plan asks for"
        yield Problem(agreement.address, ("parties", own, "signed_on"), message)


@rule("AGR015", source="plan, off-budget specialized projects", severity="warning")
def conditions_of_parties_are_examined(register: Register) -> Iterator[Problem]:
    """Of every condition of a party it is said whether it is compatible with the own rules.

    The conditions of a number of institutions no longer match the own regulations: better known before a text is
    signed than when its money is to be spent. `compatible` is yes, no or waived.

    Passes::

        partners/bank: {conditions: [{id: audit, compatible: "yes"}]}
        agreements/loan: {parties: [{party: isesco}, {party: partners/bank}]}

    Fails::

        partners/bank: {conditions: [{id: audit}]}
        agreements/loan: {parties: [{party: isesco}, {party: partners/bank}]}
    """
    seen = set()
    for agreement in register.agreements:
        for party in agreement.parties if not is_cancelled(agreement) else ():
            partner = register.find(party.party, Partner)
            if partner is None or partner.address in seen:
                continue
            seen.add(partner.address)
            for condition in partner.conditions:
                if condition.compatible is None:
                    message = f"not said whether {condition.id} is compatible with the own rules"
                    related = Related(agreement.address, ("parties", party.party), f"{agreement.address} is with it")
                    yield Problem(partner.address, ("conditions", condition.id), message, (related,))


@rule("AGR016", source="plan, project 1, outcome 1", severity="warning")
def what_is_signed_serves_an_outcome(register: Register) -> Iterator[Problem]:
    """A signed agreement says under `serves` which project, area, outcome or indicator it is for.

    Agreements are counted as results of the plan there. What carries out another agreement may leave it to that one.
    Not asked of agreements that were over before the plan began.

    Passes::

        agreements/cooperation:
          serves: [projects/strategic-partnerships]
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]

    Fails::

        agreements/cooperation:
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
    """
    for agreement in register.agreements:
        signed = full_signature(agreement)
        if agreement.serves or signed is None or agreement.signed_before is not None or is_cancelled(agreement):
            continue
        above = register.find(agreement.under, Agreement)
        if (above is None or not above.serves) and not is_of_the_past(agreement, register):
            message = f"signed on {signed}, and `serves` names no project, area, outcome or indicator"
            yield Problem(agreement.address, ("serves",), message)

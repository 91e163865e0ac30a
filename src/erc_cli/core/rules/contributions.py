"""BUD, money: what partners pledge, commit and give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from erc_cli.core.findings import Path, Problem, Related
from erc_cli.core.followed import Given, Promise, given, in_currency_of, promises
from erc_cli.core.money import plain
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register
from erc_cli.core.rules.rule import rule

IN_KIND_BY_NATURE = frozenset({"expertise", "goods"})
FOUNDED_BY_DEED = frozenset({"waqf", "endowment"})


@rule("BUD013", source="plan, project 1, objectives")
def amount_in_another_currency_has_a_rate(register: Register) -> Iterator[Problem]:
    """A contribution or cost in another currency than the plan's has a rate.

    Without one it cannot be added to anything. `rate` is plan currency per unit, as it was on the day; an amount in the
    plan's own currency has none, or 1. A commitment in an agreement needs none: it is no money until a contribution
    follows it.

    Passes::

        activities/x:
          partners: [partners/isdb]
          contributions:
            - id: grant
              party: partners/isdb
              stage: received
              form: cash
              currency: EUR
              amount: 100.00
              rate: 1.1
              on: 2019-05-01

    Fails::

        activities/x:
          partners: [partners/isdb]
          contributions:
            - id: grant
              party: partners/isdb
              stage: received
              form: cash
              currency: EUR
              amount: 100.00
              on: 2019-05-01
    """
    own = register.plan.currency
    for one in given(register):
        gift = one.contribution
        yield from _rate_problems(one.record.address, one.field, gift.currency, gift.rate, own)
    for project in register.projects:
        for cost in project.cost:
            yield from _rate_problems(project.address, ("cost", cost.id), cost.currency, cost.rate, own)


def _rate_problems(record: str, at: Path, currency: str | None, rate: Decimal | None, own: str) -> Iterator[Problem]:
    if currency is not None and currency != own and rate is None:
        yield Problem(record, (*at, "currency"), f"{at[-1]} is in {currency} and has no rate: {own} per {currency}")
    if rate is not None and rate != 1 and currency in (None, own):
        message = f"{at[-1]} is in {own}, the plan's currency, and has a rate of {plain(rate)}"
        yield Problem(record, (*at, "rate"), message, actual=plain(rate))


@rule("BUD014", source="plan, project 1, general framework; off-budget specialized projects")
def in_kind_is_valued_and_kept_apart_from_cash(register: Register) -> Iterator[Problem]:
    """A contribution in kind says how it was valued, and never shares a figure with cash.

    Cash is counted, a thing is estimated. So goods and expertise are never cash, cash has no valuation, and what makes
    good a pledge of cash is cash; where a partner gave a thing instead, `reason` says so.

    Passes::

        activities/x:
          partners: [partners/isdb]
          contributions:
            - id: trainers
              party: partners/isdb
              stage: received
              form: in-kind
              amount: 100.00
              valuation: ten days at the rate of the United Nations
              on: 2019-05-01

    Fails::

        activities/x:
          partners: [partners/isdb]
          contributions:
            - {id: trainers, party: partners/isdb, stage: received, form: in-kind, amount: 100.00, on: 2019-05-01}
    """
    known = promises(register) if any(one.contribution.follows for one in given(register)) else {}
    for one in given(register):
        gift, record = one.contribution, one.record.address
        if gift.form == "in-kind" and not (gift.valuation or "").strip():
            yield Problem(record, one.field, f"{gift.id} is in kind and has no valuation: how was its worth found?")
        if gift.form == "cash" and gift.valuation is not None:
            yield Problem(
                record,
                (*one.field, "valuation"),
                f"{gift.id} is cash and has a valuation: enter what is in kind as a contribution of its own",
            )
        if gift.form == "cash" and gift.instrument in IN_KIND_BY_NATURE:
            yield Problem(
                record,
                (*one.field, "form"),
                f"{gift.id} is {gift.instrument}, which is in kind, and its form is cash",
                expected="in-kind",
                actual="cash",
            )
        followed = known.get(gift.follows or "")
        if followed is not None and followed.form != gift.form and not (gift.reason or "").strip():
            yield Problem(
                record,
                (*one.field, "form"),
                f"{gift.id} is {gift.form} and follows {gift.follows}, which is {followed.form}, without a reason",
                (Related(followed.record, (*followed.field, "form"), followed.form),),
                expected=followed.form,
                actual=gift.form,
            )


@rule("BUD015", source="plan, project 1, expected outcomes", severity="warning")
def what_follows_is_no_more_than_what_it_follows(register: Register) -> Iterator[Problem]:
    """What is received is no more than was committed, and what is committed no more than was pledged.

    Money that makes good other money says so with `follows` and is never added to it. All that follows one pledge or
    commitment is compared with it, each stage for itself, cash and in-kind apart, in the currency of what is followed,
    so that a rate that moved is no surplus. A generous partner is a reason: write it down in `reason`.

    Passes::

        activities/x:
          partners: [partners/isdb]
          contributions:
            - {id: pledge, party: partners/isdb, stage: pledged, form: cash, amount: 100.00, on: 2019-01-10}
            - id: first
              party: partners/isdb
              stage: received
              form: cash
              amount: 60.00
              on: 2019-05-01
              follows: activities/x.contributions.pledge
            - id: rest
              party: partners/isdb
              stage: received
              form: cash
              amount: 40.00
              on: 2019-09-01
              follows: activities/x.contributions.pledge

    Fails::

        activities/x:
          partners: [partners/isdb]
          contributions:
            - {id: pledge, party: partners/isdb, stage: pledged, form: cash, amount: 100.00, on: 2019-01-10}
            - id: first
              party: partners/isdb
              stage: received
              form: cash
              amount: 60.00
              on: 2019-05-01
              follows: activities/x.contributions.pledge
            - id: rest
              party: partners/isdb
              stage: received
              form: cash
              amount: 60.00
              on: 2019-09-01
              follows: activities/x.contributions.pledge
    """
    following: dict[tuple[str, str], list[Given]] = {}
    for one in given(register):
        if one.contribution.follows:
            following.setdefault((one.contribution.follows, one.contribution.stage), []).append(one)
    if not following:
        return
    known = promises(register)
    for (address, stage), gifts in following.items():
        followed = known.get(address)
        alike = [one for one in gifts if followed is not None and one.contribution.form == followed.form]
        if followed is None or not alike or any((one.contribution.reason or "").strip() for one in gifts):
            continue
        made = in_currency_of(followed, alike, register.plan.currency)
        if made is not None and made > followed.amount:
            yield _surplus(followed, address, stage, alike, made)


def _surplus(followed: Promise, address: str, stage: str, gifts: Sequence[Given], made: Decimal) -> Problem:
    last = max(gifts, key=lambda one: (one.contribution.on, one.address))
    money = f"{plain(made)} {followed.currency}"
    related = [Related(followed.record, (*followed.field, "amount"), f"{followed.what} {plain(followed.amount)}")]
    related += [
        Related(
            one.record.address,
            (*one.field, "amount"),
            f"{one.contribution.stage} {one.contribution.on} {plain(one.contribution.amount)}",
        )
        for one in gifts
    ]
    return Problem(
        last.record.address,
        (*last.field, "amount"),
        f"{money} {stage} is more than the {plain(followed.amount)} {followed.what} in {address} "
        f"(by {plain(made - followed.amount)}), and no reason is given",
        tuple(related),
        expected=f"at most {plain(followed.amount)} {followed.currency}",
        actual=money,
    )


@rule("BUD019", source="plan, project 2, general framework")
def zakat_reaches_somebody_and_a_waqf_has_its_deed(register: Register) -> Iterator[Problem]:
    """Zakat goes to beneficiaries who are named, and a waqf or an endowment rests on a deed on file.

    Zakat is given for people entitled to it: the activity names them, or, for money given to an off-budget project, one
    of its activities does. A waqf and an endowment are founded by a deed that says what they may be used for; `deed` is
    its id among the documents of the record.

    Passes::

        activities/x:
          partners: [partners/zakat-house]
          beneficiaries: [member-states/so]
          contributions:
            - id: zakat
              party: partners/zakat-house
              stage: received
              form: cash
              amount: 100.00
              on: 2019-05-01
              instrument: zakat

    Fails::

        activities/x:
          partners: [partners/awqaf-fund]
          contributions:
            - id: waqf
              party: partners/awqaf-fund
              stage: received
              form: cash
              amount: 100.00
              on: 2019-05-01
              instrument: waqf
    """
    reached: frozenset[str] | None = None
    for one in given(register):
        gift = one.contribution
        at = (*one.field, "instrument")
        if gift.instrument in FOUNDED_BY_DEED and gift.deed is None:
            message = f"{gift.id} is {'a waqf' if gift.instrument == 'waqf' else 'an endowment'} and names no deed"
            yield Problem(one.record.address, at, message)
        if gift.instrument == "zakat":
            reached = _with_beneficiaries(register) if reached is None else reached
            if one.record.address not in reached:
                message = f"{gift.id} is zakat, and {one.record.address} names no beneficiaries"
                yield Problem(one.record.address, at, message)


def _with_beneficiaries(register: Register) -> frozenset[str]:
    naming = [one for one in register.activities if one.beneficiaries or one.other_beneficiaries]
    return frozenset(one.address for one in naming) | frozenset(one.project for one in naming)


@rule("BUD020", source="plan, off-budget specialized projects")
def cash_comes_from_a_partner_of_the_activity(register: Register) -> Iterator[Problem]:
    """Cash comes from a partner of the activity, from who carries it out, or from the own organisation.

    Whose money is in an activity is among those who answer for it. Of an off-budget project the parties count as well,
    for its own contributions and for those to its activities.

    Passes::

        activities/x:
          partners: [partners/isdb]
          contributions:
            - {id: grant, party: partners/isdb, stage: received, form: cash, amount: 100.00, on: 2019-05-01}

    Fails::

        activities/x:
          partners: [partners/isdb]
          contributions:
            - {id: grant, party: partners/oic, stage: received, form: cash, amount: 100.00, on: 2019-05-01}
    """
    own = register.plan.organisation.id
    taking_part: dict[str, frozenset[str]] = {}
    for one in given(register):
        gift, record = one.contribution, one.record
        if gift.form != "cash" or gift.party == own:
            continue
        if record.address not in taking_part:
            taking_part[record.address] = _takes_part(record, register)
        if gift.party in taking_part[record.address]:
            continue
        lists = "partners or implementing" if isinstance(record, Activity) else "parties"
        yield Problem(
            record.address,
            (*one.field, "party"),
            f"{gift.id} is cash from {gift.party}, and {record.address} does not name it under {lists}",
            actual=gift.party,
        )


def _takes_part(record: Activity | Project, register: Register) -> frozenset[str]:
    if isinstance(record, Project):
        return frozenset(record.parties)
    project = register.find(record.project, Project)
    return frozenset((*record.partners, *record.implementing, *(project.parties if project is not None else ())))

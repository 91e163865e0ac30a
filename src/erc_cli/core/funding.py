"""Money: own cost, and what partners put in, never added to what it follows and never cash to in-kind."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NamedTuple, TypeVar

from erc_cli.core.currencies import CURRENCY_PLACES
from erc_cli.core.money import round_to
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.base import Contribution, Revision
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register
from erc_cli.core.totals import current

NOTHING = Decimal(0)


class Pledges(NamedTuple):
    """What was put in, in one form, in plan currency. None of the three is part of another's sum."""

    pledged: Decimal = NOTHING
    committed: Decimal = NOTHING
    received: Decimal = NOTHING

    def plus(self, other: Pledges) -> Pledges:
        """Return the sums, stage by stage."""
        return Pledges(self.pledged + other.pledged, self.committed + other.committed, self.received + other.received)


class Funding(NamedTuple):
    """The money of an activity or project on a day, in plan currency.

    `own_budget` is programme money at its current amount, `own_spent` what was spent of it. `cash` and `in_kind` are
    what partners put in; `own_cash` and `own_in_kind` what the own organisation put in beside its programme.
    `secured` is cash, from whoever, that is committed or was received beyond commitments. `cost` is what an off-budget
    project costs; `gap` is cost less secured, even when negative, None without a cost. `unconverted` are amounts in
    another currency without a rate, as addresses: they are in no sum.
    """

    own_budget: Decimal
    own_spent: Decimal
    cash: Pledges
    in_kind: Pledges
    secured: Decimal
    cost: Decimal | None
    gap: Decimal | None
    unconverted: tuple[str, ...]
    own_cash: Pledges = Pledges()
    own_in_kind: Pledges = Pledges()

    @property
    def leverage(self) -> Decimal:
        """Partners' cash received for each unit of own money spent; 0 where nothing was spent."""
        spent = self.own_spent + self.own_cash.received
        return round_to(self.cash.received / spent, 2) if spent > 0 else NOTHING


class Given(NamedTuple):
    """A contribution up to a day: its address, its record, and its worth in plan currency; None without a rate."""

    address: str
    contribution: Contribution
    amount: Decimal | None


def in_plan_currency(amount: Decimal, currency: str | None, rate: Decimal | None, register: Register) -> Decimal | None:
    """Return an amount in plan currency, rounded half to even to its places; None for another one without a rate."""
    plan = register.plan.currency
    if currency is None or currency == plan:
        return amount
    return round_to(amount * rate, CURRENCY_PLACES[plan]) if rate is not None else None


def amount_on(amount: Decimal, revisions: Sequence[Revision], on: date) -> Decimal:
    """Return an amount as it stands on the day `on`: the last revision until then replaces it, none is added."""
    return current(amount, revisions, on)


def contributions_of(record: Activity | Project) -> Iterator[tuple[str, Contribution]]:
    """Yield the contributions of an activity or project with their addresses."""
    for contribution in record.contributions:
        yield f"{record.address}.contributions.{contribution.id}", contribution


def funding(records: Iterable[Activity | Project], register: Register, on: date, party: str | None = None) -> Funding:
    """Return the money of these activities and projects on the day `on`; with `party`, of its contributions alone."""
    records = list(records)
    gifts = [one for one in given(records, register, on) if party is None or one.contribution.party == party]
    own = register.plan.organisation.id
    partners = [one for one in gifts if one.contribution.party != own]
    ours = [one for one in gifts if one.contribution.party == own]
    activities = [record for record in records if isinstance(record, Activity)]
    costs = list(_costs(records, register))
    known = [cost for _, cost in costs if cost is not None]
    cost = sum(known, NOTHING) if known else None
    secured = _secured(gifts, "cash")
    unconverted = [one.address for one in gifts if one.amount is None]
    unconverted += [address for address, amount in costs if amount is None]
    return Funding(
        sum((_budget(activity, on) for activity in activities), NOTHING),
        sum((_spent(activity, on) for activity in activities), NOTHING),
        _pledges(partners, "cash"),
        _pledges(partners, "in-kind"),
        secured,
        cost,
        cost - secured if cost is not None else None,
        tuple(unconverted),
        _pledges(ours, "cash"),
        _pledges(ours, "in-kind"),
    )


def given(records: Iterable[Activity | Project], register: Register, on: date) -> list[Given]:
    """Return the contributions to these records up to the day `on`, each converted for itself."""
    return [
        Given(address, gift, in_plan_currency(gift.amount, gift.currency, gift.rate, register))
        for record in records
        for address, gift in contributions_of(record)
        if gift.on <= on
    ]


def _pledges(gifts: Iterable[Given], form: str) -> Pledges:
    sums = {"pledged": NOTHING, "committed": NOTHING, "received": NOTHING}
    for _, gift, amount in gifts:
        if gift.form == form and amount is not None:
            sums[gift.stage] += amount
    return Pledges(**sums)


def secured_in(form: str, records: Iterable[Activity | Project], register: Register, on: date) -> Decimal:
    """Return what is committed to these records in one form, or was received beyond commitments, in plan currency."""
    return _secured(given(records, register, on), form)


def _secured(gifts: Sequence[Given], form: str) -> Decimal:
    """What is committed, or received without a commitment on file; where more was received than committed, that."""
    committed = {
        one.address: one.amount
        for one in gifts
        if one.contribution.form == form and one.contribution.stage == "committed" and one.amount is not None
    }
    made_good = dict.fromkeys(committed, NOTHING)
    secured = NOTHING
    for _, gift, amount in gifts:
        if gift.form != form or gift.stage != "received" or amount is None:
            continue
        if gift.follows in made_good:
            made_good[gift.follows] += amount
        else:
            secured += amount
    return secured + sum((max(amount, made_good[address]) for address, amount in committed.items()), NOTHING)


class Gifts(NamedTuple):
    """What was put in, in plan currency, cash and in kind apart."""

    cash: Pledges
    in_kind: Pledges


Key = TypeVar("Key", bound=Hashable)


def gifts_by(gifts: Iterable[Given], key: Callable[[Given], Key]) -> Mapping[Key, Gifts]:
    """Return the sums of the contributions that share a `key`, in the order in which the keys come first."""
    found: dict[Key, list[Given]] = {}
    for one in gifts:
        found.setdefault(key(one), []).append(one)
    return {name: Gifts(_pledges(alike, "cash"), _pledges(alike, "in-kind")) for name, alike in found.items()}


class OfParty(NamedTuple):
    """What one party put in, in plan currency, cash and in kind apart."""

    party: str
    cash: Pledges
    in_kind: Pledges


def by_party(records: Iterable[Activity | Project], register: Register, on: date) -> tuple[OfParty, ...]:
    """Return what each party put into these activities and projects up to the day `on`, by address of the party."""
    found = gifts_by(given(records, register, on), lambda one: one.contribution.party)
    return tuple(OfParty(party, *found[party]) for party in sorted(found))


class Chain(NamedTuple):
    """A contribution that follows none of these records, and what followed it, in `currency`.

    `currency` is that of the first where all that follows is in it too, else the plan's. Nothing of it is added:
    `outstanding` is what was promised at first less what was received, even when negative.
    """

    address: str
    party: str
    form: str
    currency: str
    promised: Decimal
    committed: Decimal
    received: Decimal
    outstanding: Decimal


def chains(records: Iterable[Activity | Project], register: Register, on: date) -> tuple[Chain, ...]:
    """Return each pledge, commitment and receipt that starts a chain, with what followed it up to the day `on`.

    What is received counts for the promise at the start of its chain, be it through a commitment or straight away.
    Amounts without a rate are left out.
    """
    gifts = {one.address: one for one in given(records, register, on) if one.amount is not None}
    members: dict[str, list[Given]] = {}
    for one in gifts.values():
        members.setdefault(_start_of(one, gifts).address, []).append(one)
    return tuple(_chain(gifts[address], chain, register.plan.currency) for address, chain in members.items())


def _start_of(one: Given, gifts: Mapping[str, Given]) -> Given:
    """What an amount goes back to, in its own form: a thing given for a pledge of cash starts anew."""
    seen = {one.address}
    while (before := gifts.get(one.contribution.follows or "")) is not None and before.address not in seen:
        if before.contribution.form != one.contribution.form:
            break
        seen.add(before.address)
        one = before
    return one


def _chain(start: Given, members: Sequence[Given], own: str) -> Chain:
    currencies = {one.contribution.currency or own for one in members}
    currency = currencies.pop() if len(currencies) == 1 else own

    def worth(one: Given) -> Decimal:
        alike = (one.contribution.currency or own) == currency
        return one.contribution.amount if alike else one.amount or NOTHING

    sums = {"pledged": NOTHING, "committed": NOTHING, "received": NOTHING}
    for one in members:
        sums[one.contribution.stage] += worth(one)
    promised = sums["received"] if start.contribution.stage == "received" else worth(start)
    return Chain(
        start.address,
        start.contribution.party,
        start.contribution.form,
        currency,
        promised,
        sums["committed"],
        sums["received"],
        promised - sums["received"],
    )


def _budget(activity: Activity, on: date) -> Decimal:
    return sum((amount_on(part.amount, part.revisions, on) for part in activity.budget), NOTHING)


def _spent(activity: Activity, on: date) -> Decimal:
    return sum((spent.amount for spent in activity.expenditures if spent.on <= on), NOTHING)


def _costs(records: Iterable[Activity | Project], register: Register) -> Iterator[tuple[str, Decimal | None]]:
    for record in records:
        for cost in record.cost if isinstance(record, Project) else ():
            amount = in_plan_currency(cost.amount, cost.currency, cost.rate, register)
            yield f"{record.address}.cost.{cost.id}", amount


def leverage(project: Project, register: Register, on: date) -> Decimal:
    """Return partners' cash received for each unit of own money spent on `project` up to the day `on`.

    In-kind contributions are left out: they are valued, not received. No own spending gives 0.
    Source: plan, project 1, general framework.
    """
    return funding(records_of(project, register), register, on).leverage


def records_of(project: Project, register: Register) -> list[Activity | Project]:
    """Return a project and its activities."""
    return [project, *(a for a in register.activities if a.project == project.address)]


def parties_of(records: Iterable[Activity | Project]) -> tuple[str, ...]:
    """Return who contributes to these, each once, by address."""
    return tuple(sorted({contribution.party for record in records for contribution in record.contributions}))


class Share(NamedTuple):
    """A part of an amount that was split.

    `cents` is how many of the smallest units it received beyond its exact part rounded down: 1 or 0.
    """

    amount: Decimal
    cents: int


def split(amount: Decimal, weights: Iterable[Decimal], places: int) -> tuple[Share, ...]:
    """Return `amount` divided by `weights` into shares of whole cents that add up to it, by largest remainder.

    Each share is its exact part rounded down; the cents left go to the largest remainders, the first of equals first.
    Raises ValueError where the weights are negative or all zero, or `amount` is not in whole cents.
    """
    weights = list(weights)
    whole = sum(weights, NOTHING)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must not be negative, and not all zero")
    cents = Fraction(amount) * 10**places
    if cents.denominator != 1:
        raise ValueError(f"{amount} is not in whole units of {places} places")
    exact = [cents * Fraction(weight) / Fraction(whole) for weight in weights]
    shares = [floor(part) for part in exact]
    left = int(cents) - sum(shares)
    largest = sorted(range(len(weights)), key=lambda at: (shares[at] - exact[at], at))[:left]
    extra = [int(at in largest) for at in range(len(weights))]
    return tuple(Share(Decimal(share + more).scaleb(-places), more) for share, more in zip(shares, extra, strict=True))

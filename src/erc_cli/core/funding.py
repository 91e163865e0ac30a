"""Money: own cost, and what partners put in, never added to what it follows and never cash to in-kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NamedTuple

from erc_cli.core.currencies import CURRENCY_PLACES
from erc_cli.core.money import round_to
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.base import Contribution, Revision
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register

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

    `own_budget` is programme money at its current amount, `own_spent` what was spent of it. `secured` is the partners'
    cash that is committed, or was received without a commitment on file. `cost` is what an off-budget project costs;
    `gap` is cost less secured, even when negative, None without a cost. `unconverted` are contributions in another
    currency without a rate, as addresses: they are in no sum.
    """

    own_budget: Decimal
    own_spent: Decimal
    cash: Pledges
    in_kind: Pledges
    secured: Decimal
    cost: Decimal | None
    gap: Decimal | None
    unconverted: tuple[str, ...]

    @property
    def leverage(self) -> Decimal:
        """Partners' cash received for each unit of own money spent; 0 where nothing was spent."""
        return round_to(self.cash.received / self.own_spent, 2) if self.own_spent else NOTHING


def in_plan_currency(amount: Decimal, currency: str | None, rate: Decimal | None, register: Register) -> Decimal | None:
    """Return an amount in plan currency, rounded half to even to its places; None for another one without a rate."""
    plan = register.plan.currency
    if currency is None or currency == plan:
        return amount
    return round_to(amount * rate, CURRENCY_PLACES[plan]) if rate is not None else None


def amount_on(amount: Decimal, revisions: Iterable[Revision], on: date) -> Decimal:
    """Return an amount as it stands on the day `on`: the last revision until then replaces it, none is added."""
    for revision in revisions:
        if revision.on is None or revision.on <= on:
            amount = revision.to
    return amount


def contributions_of(record: Activity | Project) -> Iterator[tuple[str, Contribution]]:
    """Yield the contributions of an activity or project with their addresses."""
    for contribution in record.contributions:
        yield f"{record.address}.contributions.{contribution.id}", contribution


def funding(records: Iterable[Activity | Project], register: Register, on: date, party: str | None = None) -> Funding:
    """Return the money of these activities and projects on the day `on`; with `party`, of its contributions alone."""
    records = list(records)
    sums = {(form, stage): NOTHING for form in ("cash", "in-kind") for stage in ("pledged", "committed", "received")}
    secured, unconverted = NOTHING, []
    stages = {address: c.stage for record in records for address, c in contributions_of(record)}
    for record in records:
        for address, contribution in contributions_of(record):
            if contribution.on > on or (party is not None and contribution.party != party):
                continue
            amount = in_plan_currency(contribution.amount, contribution.currency, contribution.rate, register)
            if amount is None:
                unconverted.append(address)
                continue
            sums[contribution.form, contribution.stage] += amount
            if contribution.form == "cash" and _secures(contribution, stages, record):
                secured += amount
    own_budget = sum((_budget(record, on) for record in records if isinstance(record, Activity)), NOTHING)
    own_spent = sum((_spent(record, on) for record in records if isinstance(record, Activity)), NOTHING)
    cost = _cost(records, register)
    return Funding(
        own_budget,
        own_spent,
        Pledges(*(sums["cash", stage] for stage in ("pledged", "committed", "received"))),
        Pledges(*(sums["in-kind", stage] for stage in ("pledged", "committed", "received"))),
        secured,
        cost,
        cost - secured if cost is not None else None,
        tuple(unconverted),
    )


def _secures(contribution: Contribution, stages: Mapping[str, str], record: Activity | Project) -> bool:
    """Whether an amount is secured by itself: committed, or received without following a commitment."""
    if contribution.stage == "committed":
        return True
    follows = contribution.follows
    return contribution.stage == "received" and (follows is None or stages.get(follows) != "committed")


def _budget(activity: Activity, on: date) -> Decimal:
    return sum((amount_on(part.amount, part.revisions, on) for part in activity.budget), NOTHING)


def _spent(activity: Activity, on: date) -> Decimal:
    return sum((spent.amount for spent in activity.expenditures if spent.on <= on), NOTHING)


def _cost(records: list[Activity | Project], register: Register) -> Decimal | None:
    costs = [
        in_plan_currency(cost.amount, cost.currency, cost.rate, register)
        for record in records
        if isinstance(record, Project)
        for cost in record.cost
    ]
    known = [cost for cost in costs if cost is not None]
    return sum(known, NOTHING) if known else None


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


def split(amount: Decimal, weights: Iterable[Decimal], places: int) -> tuple[Decimal, ...]:
    """Return `amount` divided by `weights` into shares of whole cents that add up to it, by largest remainder.

    Each share is its exact part rounded down; the cents left go to the largest remainders, the first of equals first.
    Raises ValueError where the weights are negative or all zero.
    """
    weights = list(weights)
    whole = sum(weights, NOTHING)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must not be negative, and not all zero")
    cent = Decimal(1).scaleb(-places)
    cents = int(amount / cent)
    exact = [Fraction(cents) * Fraction(weight) / Fraction(whole) for weight in weights]
    shares = [floor(share) for share in exact]
    left = cents - sum(shares)
    for position in sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], i))[:left]:
        shares[position] += 1
    return tuple(share * cent for share in shares)

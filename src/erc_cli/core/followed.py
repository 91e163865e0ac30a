"""Money that follows other money: a receipt its commitment, a commitment its pledge. They are never added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from erc_cli.core.currencies import CURRENCY_PLACES
from erc_cli.core.findings import Path
from erc_cli.core.money import round_to
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.agreement import Commitment
from erc_cli.core.records.base import Contribution
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register


class Given(NamedTuple):
    """A contribution, the record that holds it, and its place there."""

    record: Activity | Project
    field: Path
    contribution: Contribution

    @property
    def address(self) -> str:
        """The address that `follows` gives it."""
        return f"{self.record.address}.contributions.{self.contribution.id}"


class Promise(NamedTuple):
    """Money that other money can follow: a contribution, or a commitment in an agreement."""

    record: str
    field: Path
    what: str
    form: str
    currency: str
    amount: Decimal
    rate: Decimal | None


def given(register: Register) -> Iterator[Given]:
    """Yield every contribution: to activities, then to off-budget projects."""
    holders: tuple[Activity | Project, ...] = (*register.activities, *register.projects)
    for record in holders:
        for contribution in record.contributions:
            yield Given(record, ("contributions", contribution.id), contribution)


def promises(register: Register) -> Mapping[str, Promise]:
    """Return what can be followed, by address. A commitment without an amount cannot be exceeded and is left out."""
    own = register.plan.currency
    found = {}
    for one in given(register):
        gift = one.contribution
        found[one.address] = Promise(
            one.record.address, one.field, gift.stage, gift.form, gift.currency or own, gift.amount, gift.rate
        )
    for agreement in register.agreements:
        for commitment in agreement.commitments:
            if commitment.amount is not None:
                address = f"{agreement.address}.commitments.{commitment.id}"
                found[address] = _commitment(agreement.address, commitment, own)
    return found


def _commitment(record: str, one: Commitment, own: str) -> Promise:
    at, amount = ("commitments", one.id), one.amount or Decimal(0)
    return Promise(record, at, "committed", one.form, one.currency or own, amount, None)


def in_currency_of(followed: Promise, gifts: Sequence[Given], own: str) -> Decimal | None:
    """Return what the gifts make in the currency of what they follow; None where a rate is missing to tell.

    A gift in another currency goes through the plan's, at its own rate in and at the rate of what is followed out.
    """
    total = Decimal(0)
    out = Decimal(1) if followed.currency == own else followed.rate
    for one in gifts:
        gift = one.contribution
        currency = gift.currency or own
        if currency == followed.currency:
            total += gift.amount
            continue
        into = Decimal(1) if currency == own else gift.rate
        if into is None or out is None:
            return None
        total += round_to(gift.amount * into / out, CURRENCY_PLACES[followed.currency])
    return total

"""What partners give in the demonstration: pledged, committed, received, each following the one before."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from erc_cli.core.demo.chance import Chance

CENT = Decimal("0.01")
RATES = {"USD": None, "EUR": Decimal("1.085"), "CHF": Decimal("1.12")}
"""Currency: plan currency per unit of it, for the whole of the plan."""


def gift(
    record: str,
    party: str,
    amount: Decimal,
    first: date,
    chance: Chance,
    *,
    currency: str = "USD",
    refund: bool = False,
) -> list[dict[str, Any]]:
    """Return cash that is pledged from `first` on, committed in full within a month, and received in most part.

    `record` is the address of the record that will hold it. `refund` gives a part of what was received back.
    """
    known: dict[str, Any] = {"party": party, "form": "cash", "instrument": "grant"}
    if currency != "USD":
        known |= {"currency": currency, "rate": RATES[currency]}
    committed_on = first + timedelta(days=chance.between(10, 30))
    received_on = committed_on + timedelta(days=chance.between(30, 60))
    received = (amount * chance.between(60, 95) / 100).quantize(CENT)
    given = [
        known | {"id": "pledge", "stage": "pledged", "amount": amount, "on": first},
        known
        | {"id": "commitment", "stage": "committed", "amount": amount, "on": committed_on}
        | _after(record, "pledge"),
        known
        | {"id": "receipt", "stage": "received", "amount": received, "on": received_on}
        | _after(record, "commitment"),
    ]
    if refund:
        back = {"amount": -(received / 10).quantize(CENT), "on": received_on + timedelta(days=40)}
        returned = {"id": "refund", "stage": "received", "reason": "What was left over went back."}
        given.append(known | returned | back | _after(record, "commitment"))
    return given


def _after(record: str, contribution: str) -> dict[str, Any]:
    return {"follows": f"{record}.contributions.{contribution}"}


def expertise(party: str, amount: Decimal, on: date) -> dict[str, Any]:
    """Return experts that a partner lends: in kind, with the way in which they were valued."""
    return {
        "id": "experts",
        "party": party,
        "stage": "received",
        "form": "in-kind",
        "amount": amount,
        "on": on,
        "valuation": "Days of work at the daily rate of the partner's own rules",
        "instrument": "expertise",
    }

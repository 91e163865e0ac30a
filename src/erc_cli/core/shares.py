"""An amount shared out so that the parts make it again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple


class Share(NamedTuple):
    """One part of an amount of a project that is shared out: an area and a year."""

    area: str
    year: int
    amount: Decimal


def largest_remainder(amount: Decimal, weights: Sequence[Decimal], places: int) -> list[Decimal]:
    """Return `amount` shared out by `weights`, each part with `places` decimals.

    Every part is rounded down; the coins that are left go one each to the parts that lost most, the first of equals
    first (Hamilton's method). The parts make `amount`. Raises ValueError where all weights are 0.
    """
    whole = sum(weights, Decimal(0))
    if whole == 0:
        raise ValueError("weights of 0 share nothing out")
    coin = Decimal(1).scaleb(-places)
    exact = [amount * weight / whole for weight in weights]
    parts = [one.quantize(coin, ROUND_FLOOR) for one in exact]
    left = int((amount - sum(parts, Decimal(0))) / coin)
    by_loss = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in by_loss[:left]:
        parts[at] += coin
    return parts

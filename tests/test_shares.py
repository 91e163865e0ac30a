"""Amounts shared out to the last coin: largest remainder, and what `erc budget split` makes of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erc_cli.core.shares import largest_remainder


def shared(amount: str, weights: str, places: int = 2) -> list[str]:
    parts = largest_remainder(Decimal(amount), [Decimal(weight) for weight in weights.split()], places)
    return [str(part) for part in parts]


@pytest.mark.parametrize(
    ("amount", "weights", "places", "parts"),
    [
        # 33.333...: a cent is left, the first of equals gets it.
        ("100.00", "1 1 1", 2, ["33.34", "33.33", "33.33"]),
        ("200.00", "1 1 1", 2, ["66.67", "66.67", "66.66"]),
        # Twice as much for the second: 33.333... and 66.666..., which loses more.
        ("100.00", "1 2", 2, ["33.33", "66.67"]),
        # 766444 / 6 = 127740.666...: rounded down 766443.96, four cents are left.
        ("766444.00", "1 1 1 1 1 1", 2, ["127740.67"] * 4 + ["127740.66"] * 2),
        # Of 10 by 1, 1.5, 2.5: 2, 3, 5 exactly.
        ("10.00", "1 1.5 2.5", 2, ["2.00", "3.00", "5.00"]),
        ("0.01", "1 1 1", 2, ["0.01", "0.00", "0.00"]),
        ("0.02", "1 5 4", 2, ["0.00", "0.01", "0.01"]),
        ("100.00", "0 1", 2, ["0.00", "100.00"]),
        ("5.00", "7", 2, ["5.00"]),
        # Yen have no coins below one: 16.666... six times.
        ("100", "1 1 1 1 1 1", 0, ["17", "17", "17", "17", "16", "16"]),
        # Dinars have a thousand: 33.333...
        ("100.000", "1 1 1", 3, ["33.334", "33.333", "33.333"]),
        ("0.00", "1 1", 2, ["0.00", "0.00"]),
    ],
)
def test_what_is_left_goes_to_those_who_lost_most(amount: str, weights: str, places: int, parts: list[str]) -> None:
    assert shared(amount, weights, places) == parts


def test_weights_of_nothing_share_nothing_out() -> None:
    with pytest.raises(ValueError, match="weights of 0"):
        largest_remainder(Decimal(1), [Decimal(0), Decimal(0)], 2)


_WEIGHTS = st.lists(st.decimals("0", "1000000", places=6), min_size=1, max_size=40).filter(any)


@given(st.integers(0, 10**15), st.sampled_from([0, 2, 3]), _WEIGHTS)
def test_the_parts_make_the_amount_and_are_less_than_a_coin_from_exact(
    coins: int, places: int, weights: list[Decimal]
) -> None:
    coin = Decimal(1).scaleb(-places)
    amount = coins * coin
    parts = largest_remainder(amount, weights, places)
    assert len(parts) == len(weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert part == part.quantize(coin)
        # The exact share in whole numbers: |part - amount * weight / sum| < coin, without a division.
        assert abs(part * sum(weights) - amount * weight) < coin * sum(weights)


@given(st.integers(0, 10**9), st.lists(st.integers(1, 9), min_size=2, max_size=12))
def test_who_weighs_more_never_gets_less(coins: int, weights: list[int]) -> None:
    parts = largest_remainder(Decimal(coins).scaleb(-2), [Decimal(weight) for weight in weights], 2)
    for weight, part, other, theirs in zip(weights, parts, weights[1:], parts[1:], strict=False):
        assert (part - theirs) * (weight - other) >= 0

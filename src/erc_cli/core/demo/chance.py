"""Chance that gives the same for the same seed on every machine and with every version of Python."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

Choice = TypeVar("Choice")


class Chance:
    """Built on `random()` alone, the one method whose sequence Python promises to keep."""

    def __init__(self, seed: int) -> None:
        self._next = random.Random(seed).random  # noqa: S311

    def below(self, limit: int) -> int:
        """Return a whole number from 0 up to, not with, `limit`."""
        return int(self._next() * limit)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def pick(self, choices: Sequence[Choice]) -> Choice:
        """Return one of the choices."""
        return choices[self.below(len(choices))]

    def some(self, choices: Sequence[Choice], count: int) -> list[Choice]:
        """Return `count` different choices in the order in which they stand."""
        left = list(range(len(choices)))
        taken = sorted(left.pop(self.below(len(left))) for _ in range(min(count, len(choices))))
        return [choices[at] for at in taken]

    def amount(self, low: int, high: int) -> Decimal:
        """Return an amount from `low` to `high`, whole but for the cents."""
        return Decimal(self.between(low * 100, high * 100)).scaleb(-2)

    def day(self, first: date, days: int) -> date:
        """Return a day from `first` on, less than `days` after it."""
        return first + timedelta(days=self.below(days))

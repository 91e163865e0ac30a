"""What every format draws of a bar: how much of it is filled, and its share in figures."""

from __future__ import annotations

from decimal import Decimal

from erc_cli.core.reports.report import Bar
from erc_cli.core.words import Words


def filled(bar: Bar, length: int = 100) -> Decimal:
    """Return how much of a bar of this length is filled, from 0 to all of it."""
    if bar.whole <= 0:
        return Decimal(0)
    return max(Decimal(0), min(Decimal(length), bar.part * length / bar.whole))


def percent(bar: Bar, words: Words) -> str:
    """Return the share of a bar as people read it, above 100 too; a dash where there is no whole."""
    return words.percent(bar.part * 100 / bar.whole) if bar.whole > 0 else "-"

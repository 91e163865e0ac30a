"""Amounts and other numbers: read from plain text, exact, never binary floating point."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

MAX_DIGITS = 15
"""Digits before the point: a thousand billion with room to spare, and sums stay exact in 28 digits."""

MAX_NUMBER_PLACES = 6
"""Places of a number that is no amount: rates, weights, percentages, indicator values."""

_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.([0-9]+))?", re.ASCII)
_CENT_STEPS = {places: Decimal(1).scaleb(-places) for places in range(7)}

_WRITTEN_OTHERWISE = (
    (re.compile(r"[^\x00-\x7f]"), "digits and signs other than ASCII's"),
    (re.compile(r"\s"), "a space"),
    (re.compile(r"[,_']"), "grouping"),
    (re.compile(r"(?i)[0-9.]e[+-]?[0-9]"), "an exponent"),
    (re.compile(r"\+"), "a plus sign"),
    (re.compile(r"-0(\.0*)?$"), "a negative zero"),
    (re.compile(r"-?0[0-9]"), "a leading zero"),
    (re.compile(r"-?\."), "no digit before the point"),
    (re.compile(r".*\.$"), "no digit after the point"),
    (re.compile(r".*\..*\."), "more than one point"),
    (re.compile(r"(?i)[-+]?(inf|nan)"), "no number"),
)


class NotPlainError(ValueError):
    """A number that is not written plainly; the message says what is in the way."""


class OutOfRangeError(ValueError):
    """A number that is written plainly and is too large or too small."""


def parse_amount(text: str, places: int) -> Decimal:
    """Return the amount that `text` writes with exactly `places` places, as ISO 4217 gives them for its currency.

    Raises NotPlainError (grouping, exponent, foreign digits, wrong places, leading zero, sign) and OutOfRangeError.
    """
    amount, found = _parse(text)
    if found != places:
        raise NotPlainError(f"has {found} places after the point where its currency has {places}")
    return amount


def parse_number(text: str) -> Decimal:
    """Return the number that `text` writes with at most six places.

    Raises NotPlainError and OutOfRangeError.
    """
    number, found = _parse(text)
    if found > MAX_NUMBER_PLACES:
        raise NotPlainError(f"has {found} places after the point, more than {MAX_NUMBER_PLACES}")
    return number


def _parse(text: str) -> tuple[Decimal, int]:
    match = _PLAIN.fullmatch(text)
    if match is None or (text[0] == "-" and not text.strip("-0.")):
        raise NotPlainError(_what_is_in_the_way(text))
    fraction = match[1] or ""
    whole = len(text) - (len(fraction) + 1 if fraction else 0) - (text[0] == "-")
    if whole > MAX_DIGITS:
        raise OutOfRangeError(f"has {whole} digits before the point, more than {MAX_DIGITS}")
    if len(fraction) > 40:
        raise NotPlainError(f"has {len(fraction)} places after the point")
    return Decimal(text), len(fraction)


def _what_is_in_the_way(text: str) -> str:
    for pattern, what in _WRITTEN_OTHERWISE:
        if pattern.search(text) if what in _ANYWHERE else pattern.match(text):
            return f"is written with {what}" if not what.startswith("no ") else f"has {what}"
    return "is not a plain number"


_ANYWHERE = frozenset({"digits and signs other than ASCII's", "a space", "grouping", "an exponent", "a plus sign"})


def round_to(amount: Decimal, places: int) -> Decimal:
    """Return `amount` rounded half to even to `places` places, as products of amounts and rates are."""
    return amount.quantize(_CENT_STEPS[places], rounding=ROUND_HALF_EVEN)


def plain(number: Decimal) -> str:
    """Return the number as files and machine formats write it: `766444.00`, never an exponent."""
    return format(number, "f")


def grouped(number: Decimal) -> str:
    """Return the number as people read it: `766,444.00`."""
    return format(number, ",f")

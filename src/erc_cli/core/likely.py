"""Likely causes of a total that does not hold, told in words.

Every amount stands in one equation or in several: a staff amount in its row and its column, a project's line in the
programme total and in the project's own claim. An amount is suspect where one change of it would make every equation
it stands in hold. Where that leaves a single amount, or one that several failing equations share, it is named;
otherwise only what people are known to do is guessed: digits swapped, a factor of ten, a part left out or taken twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from erc_cli.core.findings import Path
from erc_cli.core.money import plain
from erc_cli.core.totals import Equation

MOST = 3
"""More guesses than this help nobody."""

_FACTORS = ((10, "ten"), (100, "a hundred"), (1000, "a thousand"))
_Where = tuple[str, Path]


class Suspect(NamedTuple):
    """An amount of which another value would make everything hold: its name, what is written, what would be right."""

    name: str
    written: Decimal
    meant: Decimal
    is_claim: bool
    equations: int
    """In how many equations it stands; all of them fail, by as much."""


class Causes:
    """Finds likely causes among all `equations` of a register."""

    def __init__(self, equations: Iterable[Equation]) -> None:
        self._claimed = [equation for equation in equations if equation.claim is not None]
        self._off = {id(equation): equation.difference or Decimal(0) for equation in self._claimed}
        self._standing: dict[_Where, list[tuple[Equation, int]]] = {}
        for equation in self._claimed:
            for where, weight in _weights(equation):
                self._standing.setdefault(where, []).append((equation, weight))
        self._rows = [one for one in self._claimed if one.code == "BUD003"]
        self._columns = [one for one in self._claimed if one.code == "BUD004"]
        self._grand = [one for one in self._claimed if one.code == "BUD005" and one.parts == "its lines"]

    def of(self, equation: Equation) -> tuple[str, ...]:
        """Return what may be wrong where `equation`, one of those given, fails; the best guess first."""
        if equation.claim is None or equation.holds:
            return ()
        if not equation.addends:
            return (f"budget.yaml has no line for {equation.record}",) if equation.code == "BUD002" else ()
        suspects = list(self._suspects(equation))
        singled = [suspect for suspect in suspects if suspect.equations > 1] or suspects
        if len(singled) == 1:
            return (_why(singled[0], equation) or _no_known_slip(singled[0]),)
        guesses = [said for suspect in suspects if (said := _why(suspect, equation, guessing=True))]
        guesses += [said for said in self._missing(equation) if said]
        if not guesses and (said := _left_out(equation)):
            guesses.append(said)
        return tuple(guesses[:MOST])

    def _suspects(self, equation: Equation) -> Iterator[Suspect]:
        off, made = self._off[id(equation)], equation.sum
        claim_at = (equation.record, equation.field)
        if self._explains(claim_at, -off):
            yield Suspect(equation.name, made + off, made, True, len(self._standing[claim_at]))
        for addend in equation.addends:
            where = (addend.record, addend.field)
            written, change = (-addend.amount, -off) if addend.subtracted else (addend.amount, off)
            if written + change >= 0 and self._explains(where, change):
                yield Suspect(addend.name, written, written + change, False, len(self._standing[where]))

    def _explains(self, where: _Where, change: Decimal) -> bool:
        """Whether every equation in which an amount stands would hold if the amount changed by `change`."""
        return all(self._off[id(equation)] + weight * change == 0 for equation, weight in self._standing[where])

    def _missing(self, equation: Equation) -> Iterator[str]:
        """Yield what looks as if it had been taken away: one amount of a row and a column, or a whole line."""
        off = self._off[id(equation)]
        if off <= 0 or equation.code not in ("BUD003", "BUD004", "BUD005"):
            return
        crossing = {"BUD003": self._columns, "BUD004": self._rows, "BUD005": []}[equation.code]
        for other in crossing:
            if self._off[id(other)] == off:
                yield f"an amount of {plain(off)} is missing, here and in {other.name}"
        short = [(one, self._off[id(one)]) for one in self._columns if self._off[id(one)]]
        if equation.code != "BUD003" and self._grand and sum(o for _, o in short) == self._off[id(self._grand[0])] > 0:
            yield f"a line is missing: {', '.join(f'{one.field[-1]} {plain(o)}' for one, o in short)}"


def _weights(equation: Equation) -> Iterator[tuple[_Where, int]]:
    """Every amount of an equation, and how the difference moves when the amount grows by one."""
    yield (equation.record, equation.field), 1
    for addend in equation.addends:
        yield (addend.record, addend.field), 1 if addend.subtracted else -1


def _why(suspect: Suspect, equation: Equation, *, guessing: bool = False) -> str:
    """Return the slip that turns what is meant into what is written; empty where none is known.

    While `guessing`, one wrong digit is no cause: it could be one of any amount.
    """
    written, meant = plain(suspect.written), plain(suspect.meant)
    if suspect.is_claim and (said := _taken_twice(equation) or _left_out(equation)):
        return said
    tail = f"{written} for {meant}"
    if _is_swapped(written, meant):
        return f"{suspect.name} has two digits swapped: {tail}"
    for factor, word in _FACTORS:
        if suspect.meant and suspect.written == suspect.meant * factor:
            return f"{suspect.name} is {word} times too large: {tail}"
        if suspect.written and suspect.written * factor == suspect.meant:
            return f"{suspect.name} is {word} times too small: {tail}"
    if guessing:
        return ""
    if len(written) == len(meant) and sum(a != b for a, b in zip(written, meant, strict=True)) == 1:
        return f"{suspect.name} has one digit wrong: {tail}"
    if _drops_one(written, meant):
        return f"{suspect.name} has a digit too many: {tail}"
    if _drops_one(meant, written):
        return f"{suspect.name} lacks a digit: {tail}"
    return ""


def _no_known_slip(suspect: Suspect) -> str:
    return f"{suspect.name} is wrong: {plain(suspect.written)} for {plain(suspect.meant)}, with which all else agrees"


def _is_swapped(written: str, meant: str) -> bool:
    if len(written) != len(meant):
        return False
    differ = [at for at, (one, other) in enumerate(zip(written, meant, strict=True)) if one != other]
    if len(differ) != 2:
        return False
    first, second = differ
    between = written[first + 1 : second]
    return between in ("", ".") and written[first] == meant[second] and written[second] == meant[first]


def _drops_one(longer: str, shorter: str) -> bool:
    """Whether `longer` is `shorter` with one more digit."""
    return len(longer) == len(shorter) + 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)) if longer[at] != "."
    )


def _taken_twice(equation: Equation) -> str:
    over = equation.difference or Decimal(0)
    found = [addend.noted_label for addend in equation.addends if addend.amount == over]
    return f"{equation.name} counts {_one_of(found)} twice: {plain(over)}" if found else ""


def _left_out(equation: Equation) -> str:
    left = -(equation.difference or Decimal(0))
    found = [addend.noted_label for addend in equation.addends if addend.amount == left]
    if found and len(equation.addends) > 1:
        return f"{equation.name} leaves out {_one_of(found)}: {plain(left)}"
    return ""


def _one_of(names: Sequence[str]) -> str:
    return " or ".join(names[:MOST])

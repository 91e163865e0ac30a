"""The proof of the money: every claimed total with its parts, each with its place in the files."""

from __future__ import annotations

from dataclasses import dataclass

from erc_cli.core.findings import Finding, Place
from erc_cli.core.totals import Equation


@dataclass(frozen=True, slots=True)
class Proved:
    """One equation, holding or not: where its claim stands, where each addend does, and what may be wrong with it."""

    equation: Equation
    place: Place
    addends: tuple[Place, ...]
    likely: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """All equations of a register, and what kept files with money in them from being read.

    What was not read is not proved, so such a finding fails the proof like a wrong total. `currency` and `languages`
    are the plan's, empty where the plan cannot be read.
    """

    items: tuple[Proved, ...]
    findings: tuple[Finding, ...] = ()
    currency: str = ""
    languages: tuple[str, ...] = ()

    @property
    def failing(self) -> int:
        """How many equations do not hold."""
        return sum(not item.equation.holds for item in self.items)

    @property
    def unread(self) -> tuple[str, ...]:
        """The files that could not be read, by path, each once."""
        return tuple(dict.fromkeys(finding.place.path for finding in self.findings if finding.place))

    @property
    def holds(self) -> bool:
        """Whether everything was read and every claimed total is the sum of its parts."""
        return not self.findings and not self.failing

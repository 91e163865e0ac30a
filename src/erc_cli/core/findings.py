"""Findings: what is wrong with a register, and where."""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]
Step = str | int
"""One step of the way to a field: a key, the key of a list item, or the position of an item that has none."""

Path = tuple[Step, ...]
"""The way from a record to a field, as `("parties", "partners/oic", "signed_on")`."""


MAX_OF_ONE_CODE = 100
"""So many problems of one code are told of one record, the last says how many more there are.

A hostile file can have a hundred thousand of the same.
"""


class Place(NamedTuple):
    """A stretch of one line of a file, counted from 1 in code points. `path` is relative to the root, with `/`."""

    path: str
    line: int
    column: int
    end_column: int


class Related(NamedTuple):
    """Another place that a finding is about, such as an addend of a sum."""

    record: str
    field: Path
    message: str
    place: Place | None = None


class Problem(NamedTuple):
    """What a rule reports: it knows the record and the field, not yet the file and line.

    `record` is an address (`partners/oic`, `budget`, `plan`). `fix` says what to write instead, `expected` and
    `actual` are the two sides of what does not agree, as text. `notes` are further lines for people.
    """

    record: str
    field: Path
    message: str
    related: tuple[Related, ...] = ()
    expected: str | None = None
    actual: str | None = None
    fix: str | None = None
    notes: tuple[str, ...] = ()


def with_more(problem: Problem, more: int) -> Problem:
    """Return `problem`, saying how many like it are not shown; none leaves it as it is."""
    return problem._replace(message=f"{problem.message} (and {more} more like this)") if more else problem


class Waived(NamedTuple):
    """Who accepted a finding for now, and why."""

    reason: str
    owner: str
    until: str


class Finding(NamedTuple):
    """One thing that is wrong. `place` is None only before it has been looked up."""

    code: str
    severity: Severity
    problem: Problem
    place: Place | None = None
    waived: Waived | None = None

    @property
    def field_address(self) -> str:
        """The field with dots, as addresses write it; empty for the record as a whole."""
        return ".".join(str(step) for step in self.problem.field)


def sort_key(finding: Finding) -> tuple[str, int, int, str, str]:
    """The order in which findings are shown: path, line, column, code."""
    place = finding.place or Place("", 0, 0, 0)
    return (place.path, place.line, place.column, finding.code, finding.problem.message)

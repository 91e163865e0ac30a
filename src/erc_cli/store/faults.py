"""What can be wrong with the text of a file, and where in it."""

from __future__ import annotations

from typing import NamedTuple

MAX_OF_ONE_CODE = 100
"""So many faults of one code are told of one file; the last says how many more there are."""


Path = tuple[str | int, ...]
"""As in `core.findings`, which takes longer to import than reading a hundred files."""


class Spot(NamedTuple):
    """A stretch of the text: offsets, and the line and column of its start, all from 0 and in code points."""

    start: int
    end: int
    line: int
    column: int


class Fault(NamedTuple):
    """What is wrong with the text: the code, the message, where; `fatal` if the file has no data because of it."""

    code: str
    message: str
    spot: Spot
    fatal: bool = False
    related: tuple[tuple[Spot, str], ...] = ()
    fix: str | None = None


START = Spot(0, 0, 0, 0)
"""Where a fault stands that is about the file as a whole."""


class Faults:
    """Collects faults and keeps the first of each code: a hostile file can have hundreds of thousands of the same."""

    def __init__(self) -> None:
        self._kept: list[Fault] = []
        self._counts: dict[str, int] = {}

    def wants(self, code: str) -> bool:
        """Count one more fault of that code and say whether it will be told; if so, it must be added."""
        self._counts[code] = count = self._counts.get(code, 0) + 1
        return count <= MAX_OF_ONE_CODE

    def add(self, fault: Fault) -> None:
        """Keep a fault that `wants` has counted."""
        self._kept.append(fault)

    def has(self, code: str) -> bool:
        """Whether there is a fault of that code."""
        return code in self._counts

    def told(self, without: tuple[str, ...] = ()) -> list[Fault]:
        """Return the faults that are kept, but for those codes; the last of many says how many more there are."""
        told = [fault for fault in self._kept if fault.code not in without]
        for code, count in self._counts.items():
            more = count - MAX_OF_ONE_CODE
            if more > 0 and code not in without:
                last = max(at for at, fault in enumerate(told) if fault.code == code)
                message = f"{told[last].message} (and {more} more of {code} in this file)"
                told[last] = told[last]._replace(message=message)
        return told

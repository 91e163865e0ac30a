"""The parts of a report as headings: how deep each is, and whether they are listed at its beginning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from erc_cli.core.reports.report import Section

_ONE_PAGE = 85
"""So many lines may fit on one page."""

_PARTS = 6
"""A report of so many parts has a list of them at its beginning; one on a page needs none."""

DEEPEST: Final = 5
"""Headings of more levels nobody tells apart."""


def levels(sections: Sequence[Section]) -> list[int]:
    """Return the level of each part's heading, from 1: none is left out on the way down."""
    found: list[int] = []
    for section in sections:
        found.append(max(1, min(section.level, (found[-1] if found else 0) + 1, DEEPEST)))
    return found


def has_contents(sections: Sequence[Section]) -> bool:
    """Whether a report of these parts has a list of them at its beginning."""
    return len(sections) >= _PARTS and not is_short(sections)


def is_short(sections: Sequence[Section]) -> bool:
    """Whether a report of these parts is set closely, so that it stands on one page where it can."""
    return sum(_lines(section) for section in sections) <= _ONE_PAGE


def _lines(section: Section) -> int:
    rows = len(section.table.rows) + len(section.table.totals) + 1 if section.table is not None else 0
    said = sum(1 + len(line) // 100 for line in (*section.lines, *section.items))
    return 2 + said + len(section.bars) + len(section.moments) + rows

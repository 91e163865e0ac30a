"""The parts of a report as headings: how deep each is, and whether they are listed at its beginning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from erc_cli.core.reports.report import Section

CONTENTS_FROM: Final = 6
"""A report of so many parts has a list of them at its beginning."""

DEEPEST: Final = 5
"""Headings of more levels nobody tells apart."""


def levels(sections: Sequence[Section]) -> list[int]:
    """Return the level of each part's heading, from 1: none is left out on the way down."""
    found: list[int] = []
    for section in sections:
        found.append(max(1, min(section.level, (found[-1] if found else 0) + 1, DEEPEST)))
    return found

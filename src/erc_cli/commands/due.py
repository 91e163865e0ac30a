"""`erc due`: what somebody has to do, on a day."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from erc_cli.core.due import DueItem, due
from erc_cli.core.register import Register
from erc_cli.errors import UnreadableError, UsageError
from erc_cli.store.load import load
from erc_cli.store.worktree import Source

_SPAN = re.compile(r"([0-9]{1,5})([dwm]?)", re.ASCII)
_DAYS = {"": 1, "d": 1, "w": 7, "m": 30}


class Due(NamedTuple):
    """What is due, in the register it is about. `unread` are the addresses of records that could not be read."""

    items: list[DueItem]
    register: Register
    unread: tuple[str, ...]


def list_due(source: Source, on: date, within: str) -> Due:
    """Return what is late on the day `on`, or will be `within` a span such as 90d, 12w or 3m (a month is 30 days).

    Raises UsageError for another span and UnreadableError where the plan cannot be read.
    """
    days = days_of(within)
    loaded = load(source)
    if not loaded.has_plan:
        raise UnreadableError("data/plan.yaml could not be read: erc check tells why")
    return Due(due(loaded.register, on, days), loaded.register, tuple(sorted(loaded.register.broken)))


def days_of(span: str) -> int:
    """Return the days of a span such as 90d, 12w or 3m. Raises UsageError."""
    match = _SPAN.fullmatch(span)
    if match is None:
        raise UsageError(f"--within {span}: write days, weeks or months of 30 days, such as 90d, 12w or 3m")
    return int(match[1]) * _DAYS[match[2]]

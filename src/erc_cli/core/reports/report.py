"""What a report is: a title and sections, as values. Every format is made from these."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from erc_cli.core.tables import Table


class Bar(NamedTuple):
    """A part of a whole, to be drawn: `label` stands before it, `note` behind it. Both are in the reader's language."""

    label: str
    part: Decimal
    whole: Decimal
    note: str = ""


class Moment(NamedTuple):
    """A day on a line of time, with what happened; `ahead` if it is still to come."""

    on: date
    label: str
    ahead: bool = False


class Section(NamedTuple):
    """A part of a report under its own heading: sentences, then bars, a line of time, and a table.

    Headings and sentences are in the reader's language already; tables are translated when shown.
    """

    heading: str
    lines: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()
    moments: tuple[Moment, ...] = ()
    table: Table | None = None


class Report(NamedTuple):
    """A report as a whole; `lines` stand under its title."""

    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]

"""What a report is: a title and sections, as values. Every format is made from these."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from erc_cli.core.register import Register
from erc_cli.core.tables import Table
from erc_cli.core.words import Words


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
    """A part of a report under its own heading: sentences, a list, then bars, a line of time, and a table.

    Headings, sentences and items are in the reader's language already; tables are translated when shown. `level` is 1
    for the parts of the report, 2 for the parts of these, and so on; a part follows the one that it belongs to.
    """

    heading: str
    lines: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()
    moments: tuple[Moment, ...] = ()
    table: Table | None = None
    items: tuple[str, ...] = ()
    level: int = 1


class Foot(NamedTuple):
    """What a report is made from: the revision (empty where there is no git), the day, and what a check finds.

    `changed`: the files differ from the revision.
    """

    revision: str
    on: date
    errors: int
    warnings: int
    waived: int
    changed: bool = False


class Asked(NamedTuple):
    """What a report is asked for: the register, the day, the words it is said in, and what a check found.

    `subject` is the address that follows the name of some reports, such as `partners/oic`. Internal fields stand only
    in a report that is asked for them.
    """

    register: Register
    on: date
    words: Words
    findings: Mapping[str, int]
    """How many findings there are: `error`, `warning`, `waived`."""
    subject: str = ""
    internal: bool = False


class Dated(NamedTuple):
    """What a calendar program takes of a report: a day or several in a row, from `first` to `last`, with what happens.

    `uid` is the same whenever the report is made. `kind` is in the reader's language, `about` the address of a record.
    It returns after so many months where `every_months` says so; `alarm_days` is how long ahead to tell.
    """

    uid: str
    first: date
    last: date
    label: str
    kind: str
    about: str
    every_months: int | None = None
    alarm_days: int | None = None


class Report(NamedTuple):
    """A report as a whole; `lines` stand under its title. `foot` is None for a screen that is not handed out."""

    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]
    name: str = ""
    foot: Foot | None = None
    dates: tuple[Dated, ...] = ()
    """What a calendar program takes of it."""

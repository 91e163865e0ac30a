"""The reports by name. A new one is a function, and its line here; every format comes with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from erc_cli.core.reports.report import Asked, Report
from erc_cli.core.reports.status import status


class Known(NamedTuple):
    """A report that can be asked for: how it is made, what it shows (English), and what must follow its name."""

    make: Callable[[Asked], Report]
    help: str
    subject: str = ""
    """The folder of the record that it is about; empty for a report on the whole register."""


REPORTS: Final[dict[str, Known]] = {
    "status": Known(
        lambda asked: status(asked.register, asked.on, asked.words, asked.findings),
        "The one screen for a director: money, agreements, what is due, slips, results.",
    ),
}

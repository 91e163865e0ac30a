"""`erc status`: the one screen for a director."""

from __future__ import annotations

from datetime import date

from erc_cli.commands.check import check_loaded
from erc_cli.core.reports.report import Report
from erc_cli.core.reports.status import status
from erc_cli.core.words import Words
from erc_cli.errors import UnreadableError
from erc_cli.store.load import load
from erc_cli.store.worktree import Source


def director_screen(source: Source, on: date, words: Words) -> Report:
    """Return the state of the register on the day `on`. Raises UnreadableError where the plan cannot be read."""
    loaded = load(source)
    if not loaded.has_plan:
        raise UnreadableError("data/plan.yaml could not be read: erc check tells why")
    checked = check_loaded(source, loaded)
    counts = {"error": checked.count("error"), "warning": checked.count("warning"), "waived": checked.waived}
    return status(loaded.register, on, words, counts)

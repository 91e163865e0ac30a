"""`erc budget show`."""

from __future__ import annotations

from datetime import date

from erc_cli.core.budget_tables import Shown, budget_tables
from erc_cli.core.listing import View
from erc_cli.core.words import Words
from erc_cli.errors import NotFoundError
from erc_cli.store.load import load
from erc_cli.store.worktree import Source


def show_budget(source: Source, view: View, words: Words, on: date | None = None) -> Shown:
    """Return the budget as tables, with `on` as it was on that day. Raises NotFoundError where it cannot be read."""
    loaded = load(source, ["budget", "projects"])
    if loaded.register.budget is None:
        path = loaded.paths.get("budget", "data/budget.yaml")
        raise NotFoundError(f"budget could not be read: erc check {path} tells why")
    return budget_tables(loaded.register, view, words, on)

"""What the page of a record shows beside its own fields, from the whole register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from erc_cli.core.reports.pages import sections_of
from erc_cli.core.reports.report import Section
from erc_cli.core.words import Words
from erc_cli.store.load import load
from erc_cli.store.worktree import Source


def sections_about(
    source: Source, addresses: Iterable[str], on: date, words: Words
) -> Mapping[str, tuple[Section, ...]]:
    """Return what follows from these records on a day; nothing of one with something wrong in its file or the plan."""
    loaded = load(source)
    if not loaded.has_plan:
        return {}
    records = loaded.register.records
    return {one: sections_of(records[one], loaded.register, on, words) for one in addresses if one in records}

"""`erc meeting decisions`: what meetings decided and nobody has carried out yet."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from erc_cli.core.reports.pages import DECISION_COLUMNS, open_decisions
from erc_cli.core.tables import Table
from erc_cli.core.words import Words
from erc_cli.errors import UnreadableError
from erc_cli.store.load import load
from erc_cli.store.worktree import Source


class OpenDecisions(NamedTuple):
    """The decisions as a table. `unread` are the addresses of records that could not be read."""

    table: Table
    unread: tuple[str, ...]


def list_open_decisions(source: Source, on: date, owner: str, words: Words) -> OpenDecisions:
    """Return the open decisions on a day, of one `owner` (id or address) or of all. Raises UnreadableError."""
    loaded = load(source)
    if not loaded.has_plan:
        raise UnreadableError("data/plan.yaml could not be read: erc check tells why")
    meetings = [
        meeting.model_copy(update={"decisions": tuple(d for d in meeting.decisions if _is_of(d.owner, owner))})
        for meeting in loaded.register.meetings
    ]
    rows = open_decisions(meetings, loaded.register, on, words)
    return OpenDecisions(Table(DECISION_COLUMNS, rows), tuple(sorted(loaded.register.broken)))


def _is_of(owner: str | None, wanted: str) -> bool:
    return not wanted or owner in (wanted, f"partners/{wanted}")

"""`erc partner list` and its like, as far as the files alone tell it: no models, so that it starts at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from erc_cli.core.list_columns import LISTINGS
from erc_cli.core.listing import Row, View, choose, conditions, names_asked, ordered, table_of
from erc_cli.core.tables import Table
from erc_cli.store.raw import RawRecord, read_records
from erc_cli.store.worktree import Source


class Asked(NamedTuple):
    """The options of a list, as typed."""

    fields: str = ""
    where: tuple[str, ...] = ()
    sort: str = ""


class Listed(NamedTuple):
    """A list: as a table, and as items for machines where these were asked for.

    `unread` are the paths of files that could not be read, `total` is the number of those that could.
    """

    table: Table
    items: tuple[Mapping[str, Any], ...]
    unread: tuple[str, ...]
    total: int


def needs_models(folder: str, asked: Asked) -> bool:
    """Whether a list asks for anything beside the columns that are known without models."""
    listing = LISTINGS[folder]
    names = names_asked(asked.fields, asked.where, asked.sort)
    shown = () if asked.fields else listing.shown
    return any(name not in listing.columns for name in (*names, *shown))


def list_records(source: Source, folder: str, asked: Asked, view: View) -> Listed:
    """Return the records of `folder` that were asked for. Raises UsageError."""
    listing = LISTINGS[folder]
    fields = choose(asked.fields, listing.columns, listing.shown)
    wanted = conditions(asked.where, listing.columns)
    rows, unread = rows_of(list(read_records(source, [folder])))
    found = [row for row in rows if all(condition(row, view) for condition in wanted)]
    found = ordered(found, asked.sort, listing.columns, view)
    return Listed(table_of(fields, found, view), (), unread, len(rows))


def rows_of(records: Sequence[RawRecord]) -> tuple[list[Row], tuple[str, ...]]:
    """Return rows of the records that could be read, by id, and the paths of the others."""
    rows = [Row(record.address, record.id, record.data) for record in records if record.data is not None]
    return sorted(rows, key=lambda row: row.id), tuple(record.path for record in records if record.data is None)

"""`erc find`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from erc_cli.core.find import Hit, words_of
from erc_cli.core.listing import View
from erc_cli.core.page import title_in
from erc_cli.core.tables import Column, Table
from erc_cli.errors import UsageError
from erc_cli.store.raw import record_in, texts
from erc_cli.store.worktree import Source

COLUMNS = (
    Column("address", "Address", "id"),
    Column("name", "Name"),
    Column("field", "Where", optional=True),
    Column("snippet", "Text"),
)


class Finding(NamedTuple):
    """What was found, as a table; the paths of files that could not be read."""

    table: Table
    unread: tuple[str, ...]


def find(source: Source, texts_asked: Sequence[str], view: View) -> Finding:
    """Return the records that have every word, those that have one in a name or id first. Raises UsageError."""
    words = words_of(texts_asked)
    if not words.folded:
        raise UsageError(f"find {' '.join(texts_asked)}: there is no letter and no digit in it")
    found: list[tuple[Hit, str, str]] = []
    unread = []
    for entry, content in texts(source):
        text = content.decode("utf-8", "replace") if content is not None else ""
        if content is not None and not words.may_be_in(f"{entry.record_id}\n{text}"):
            continue
        record = record_in(entry, content)
        if record.data is None:
            unread.append(record.path)
            continue
        hit = words.hit(record.id, record.data)
        if hit is not None:
            found.append((hit, record.address, title_in(record.data, view)))
    found.sort(key=lambda one: (one[0].rank, one[1]))
    rows = tuple((address, name or None, hit.field, hit.snippet) for hit, address, name in found)
    return Finding(Table(COLUMNS, rows), tuple(unread))

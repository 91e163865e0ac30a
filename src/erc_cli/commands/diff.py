"""`erc diff`: what changed between two states of the register, in its own terms."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from erc_cli.commands.pairing import paired
from erc_cli.core.comparing import Pair
from erc_cli.core.differences import rows_of
from erc_cli.core.review import NO_CONTEXT, Context, Review, state_of
from erc_cli.store.two_trees import Sides, differing, sides_of


class Compared(NamedTuple):
    """The records that differ, and the other files: of the same data, of no record, or that cannot be read."""

    sides: Sides
    pairs: tuple[Pair, ...]
    formatting: tuple[str, ...]
    others: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def needs_context(self) -> bool:
        """Whether more of the register has to be read to tell what the differences mean: totals, statuses, ends."""
        folders = {pair.address.split("/")[0] for pair in self.pairs}
        return not folders.isdisjoint(("agreements", "budget", "projects"))


def compare_trees(root: str, asked: str) -> Compared:
    """Compare what `asked` names; only the files that differ are read. Raises UnreadableError, UsageError."""
    sides = sides_of(root, asked)
    files = differing(sides)
    found = paired(files)
    unread = tuple(filter(None, map(_unread, found)))
    changed = tuple(pair for pair in found if pair.changes)
    told = {pair.address for pair in changed} | {pair.before for pair in changed} | set(unread)
    formatting = tuple(one.path for one in files if one.address and one.address not in told)
    return Compared(sides, changed, formatting, tuple(one.path for one in files if not one.address), unread)


def review_of(compared: Compared, on: date, context: Context = NO_CONTEXT) -> Review:
    """Return what a reviewer is told of the differences, on the day `on`."""
    rows = (row for pair in compared.pairs for row in rows_of(pair, _later(context.ends.get(pair.address))))
    records = tuple((pair.address, pair.before, state_of(pair)) for pair in compared.pairs)
    others = (compared.formatting, compared.others, compared.unread)
    return Review(compared.sides.names, records, tuple(rows), *others, context, on)


def _later(ends: tuple[date | None, date | None] | None) -> int | None:
    old, new = ends or (None, None)
    return (new - old).days if old is not None and new is not None else None


def _unread(pair: Pair) -> str:
    is_unread = (pair.before and pair.old is None) or (pair.after and pair.new is None)
    return pair.address if is_unread else ""

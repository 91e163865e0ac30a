"""`erc project tree`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from erc_cli.commands.listing import rows_of
from erc_cli.core.indicator_table import all_indicators
from erc_cli.core.listing import View
from erc_cli.core.tree import Branch, forest, project_tree, values_by_year
from erc_cli.core.words import Words
from erc_cli.errors import NotFoundError
from erc_cli.store.load import load
from erc_cli.store.raw import read_records
from erc_cli.store.worktree import Source


class Forest(NamedTuple):
    """Trees of projects, and the paths of files that could not be read."""

    trees: list[Branch]
    unread: tuple[str, ...]


def project_trees(source: Source, ids: Sequence[str], view: View, words: Words, on: date) -> Forest:
    """Return the trees of these projects, of all without ids, with figures of a day. Raises NotFoundError."""
    records = list(read_records(source, ["projects"]))
    rows, unread = rows_of(records)
    known = {row.id: row for row in rows}
    wanted = [project_id.removeprefix("projects/") for project_id in ids]
    for project_id in wanted:
        broken = next((record for record in records if record.id == project_id and record.data is None), None)
        if broken is not None:
            raise NotFoundError(f"{broken.address} could not be read: erc check {broken.path} tells why")
        if project_id not in known:
            near = get_close_matches(project_id, known, 1)
            tail = f": did you mean projects/{near[0]}?" if near else ""
            raise NotFoundError(f"there is no projects/{project_id}{tail}")
    loaded = load(source)
    found = all_indicators(loaded.register, on) if loaded.has_plan else []
    values = {one.address: values_by_year(one, words) for one in found}
    if wanted:
        return Forest([project_tree(known[one], view, words, values) for one in wanted], ())
    return Forest(forest(rows, view, words, values), unread)

"""Which files are not in the canonical layout, as findings."""

from __future__ import annotations

from collections.abc import Iterator

from erc_cli.core.findings import Finding, Place, Problem
from erc_cli.core.records.kinds import model_of
from erc_cli.errors import RefusedError
from erc_cli.store.edit_text import text_of
from erc_cli.store.layout import canonical
from erc_cli.store.raw import texts
from erc_cli.store.worktree import Source


def layout_findings(source: Source) -> Iterator[Finding]:
    """Yield a finding for each file that `erc fmt` would change, at the first line that would be another."""
    for entry, content in texts(source):
        try:
            after = content if content is None else canonical(content, model_of(entry.folder))
        except RefusedError:
            continue
        if content is None or after is None or after == content:
            continue
        line = _first_difference(content, after)
        message = "not in the layout of erc fmt from here on"
        problem = Problem(entry.address, (), message, fix=f"erc fmt {entry.path}")
        yield Finding("YML018", "warning", problem, Place(entry.path, line, 1, 1))


def _first_difference(before: bytes, after: bytes) -> int:
    """The number of the first line that differs, from 1."""
    one, other = text_of(before).split("\n"), text_of(after).split("\n")
    return next((at for at, pair in enumerate(zip(one, other, strict=False), 1) if pair[0] != pair[1]), 1)

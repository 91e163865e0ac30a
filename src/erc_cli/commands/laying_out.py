"""`erc fmt`: files in the canonical layout, on a draft."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from erc_cli.core.checked import is_below
from erc_cli.core.records.kinds import model_of
from erc_cli.errors import RefusedError
from erc_cli.store.draft import Draft, Touched
from erc_cli.store.layout import canonical
from erc_cli.store.raw import texts


class LeftAlone(NamedTuple):
    """A file that keeps its layout, and why."""

    path: str
    why: str


def lay_out(draft: Draft, paths: Collection[str] | None) -> list[LeftAlone]:
    """Give the files at and below `paths`, all where None, the canonical layout; return those that cannot have it."""
    left: list[LeftAlone] = []
    for entry, content in list(texts(draft)):
        if paths is not None and not any(is_below(entry.path, path) for path in paths):
            continue
        if content is None:
            left.append(LeftAlone(entry.path, "it cannot be read"))
            continue
        try:
            after = canonical(content, model_of(entry.folder))
        except RefusedError as error:
            left.append(LeftAlone(entry.path, str(error)))
            continue
        if after != content:
            draft.read(entry.path)
            draft.put(entry.path, after, Touched(entry.address, ()))
    return left

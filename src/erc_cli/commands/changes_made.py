"""What the changes of a draft are, for people to see: places, and values before and after."""

from __future__ import annotations

from typing import Any, NamedTuple

from erc_cli.core.findings import Place
from erc_cli.core.inside import reach
from erc_cli.core.records.kinds import model_of
from erc_cli.store.draft import Draft, Touched
from erc_cli.store.load import path_of
from erc_cli.store.places import Places
from erc_cli.store.reader import read
from erc_cli.store.worktree import WorkTree


class Shown(NamedTuple):
    """One change: where it stands now, its address, and the value before and after, None for nothing.

    The value of a whole record, or of what is made of several values, is empty: it is there, or not.
    """

    place: Place
    address: str
    before: str | None
    after: str | None


class _Before(WorkTree):
    """The files as they were before a draft was written."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.root)
        self._draft = draft

    def content(self, path: str) -> bytes:
        """Return the bytes of a file. Raises OSError."""
        before = self._draft.before(path)
        return super().content(path) if before is None else before


def shown_changes(draft: Draft) -> list[Shown]:
    """Return each change of the draft in the order in which it was made. What is gone has the place that it had."""
    places, old = Places(draft, {}), Places(_Before(draft), {})
    found = []
    for touched in dict.fromkeys(draft.touched):
        before = _value_in(draft.before(path_of(touched.record)), touched)
        after = _value_in(draft.after(path_of(touched.record)), touched)
        place = (places if after is not None else old).of(touched.record, touched.field)
        found.append(Shown(place, ".".join((touched.record, *map(str, touched.field))), before, after))
    return found


def _value_in(content: bytes | None, touched: Touched) -> str | None:
    """The text at a place in a file; None where there is nothing, empty for what is made of several values."""
    if content is None or not touched.field:
        return None if content is None else ""
    data: dict[str, Any] | None = read(content).data
    if data is None:
        return None
    folder = touched.record.split("/", 1)[0]
    found, left = reach(model_of(folder), data, [step for one in touched.field for step in str(one).split(".")])
    if left:
        return None
    return found.value if isinstance(found.value, str) else ""

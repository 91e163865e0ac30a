"""Where entries are put in and taken out between brackets: `{...}` and `[...]`, on one line or on several."""

from __future__ import annotations

import re

from erc_cli.errors import RefusedError
from erc_cli.store.edit_text import Document, Entry
from erc_cli.store.edit_verify import Cut, Splice
from erc_cli.store.nodes import Mapping, Sequence

_COMMA = re.compile(r"[ \t]*,")
_CLOSING = re.compile(r"[ \t]*[\]}]")


def insert_into_empty(document: Document, node: Mapping | Sequence, written: str) -> list[Cut]:
    """Put the first entry between brackets."""
    return [Cut(node.spot.start + 1, node.spot.end - 1, written)]


def insert_after(document: Document, entry: Entry, written: str) -> list[Cut]:
    """Put an entry after another: on a line of its own where the other has one, else on the same line."""
    at, text = entry.end, document.text
    if not document.is_first(entry.start):
        return [Cut(at, at, f", {written}")]
    line = document.newline + " " * document.column(entry.start) + written
    comma = _COMMA.match(text, at)
    after = comma.end() if comma else at
    if document.ends_line(after):
        end = document.line_end(after)
        if comma:
            return [Cut(end, end, f"{line},")]
        return [Cut(at, at, ","), Cut(end, end, line)] if end > at else [Cut(at, at, f",{line}")]
    return [Cut(at, at, f",{line}" if _CLOSING.match(text, after) and not comma else f", {written}")]


def insert_before(document: Document, entry: Entry, written: str) -> list[Cut]:
    """Put an entry before the first one."""
    at = entry.start
    if not document.is_first(at):
        return [Cut(at, at, f"{written}, ")]
    start = document.line_start(at)
    above = document.comment_on_line(document.line_start(start - 1)) if start else None
    if above is not None:
        raise RefusedError("the comment above may be about the first entry or about all of them")
    return [Cut(at, at, f"{written},{document.newline}{' ' * document.column(at)}")]


def remove(document: Document, entry: Entry, before: Entry | None, after: Entry | None) -> Splice:
    """Take out an entry and its comma; it has a neighbour."""
    if _has_own_lines(document, entry):
        return _remove_lines(document, entry, before, after)
    if after is not None:
        start, end = entry.start, after.start
    else:
        assert before is not None  # noqa: S101
        start, end = before.end, entry.end
    outside = [c for c in document.comments_in(start, end) if not entry.start <= c.start < entry.end]
    if outside:
        raise RefusedError("the comment there may be about it or about its neighbour")
    return Splice([Cut(start, end, "")], _dropped(document, start, end))


def _has_own_lines(document: Document, entry: Entry) -> bool:
    comma = _COMMA.match(document.text, entry.end)
    return document.is_first(entry.start) and document.ends_line(comma.end() if comma else entry.end)


def _remove_lines(document: Document, entry: Entry, before: Entry | None, after: Entry | None) -> Splice:
    start, end = document.line_start(entry.start), document.next_line(document.line_end(entry.end))
    above = document.comment_on_line(document.line_start(start - 1)) if start else None
    if above is not None:
        raise RefusedError("the comment above may be about it or about what follows too")
    cuts = [Cut(start, end, "")]
    if after is None and before is not None and not _COMMA.match(document.text, entry.end):
        comma = _COMMA.match(document.text, before.end)
        if comma is None:
            raise RefusedError("the comma before it stands on another line")
        cuts.insert(0, Cut(before.end, comma.end(), ""))
    return Splice(cuts, _dropped(document, start, end))


def _dropped(document: Document, start: int, end: int) -> frozenset[int]:
    return frozenset(comment.start for comment in document.comments_in(start, end))

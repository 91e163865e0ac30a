"""Where keys and items are put in and taken out of mappings and lists that have lines of their own."""

from __future__ import annotations

from erc_cli.errors import RefusedError
from erc_cli.store.edit_text import Comment, Document, Entry
from erc_cli.store.edit_verify import Cut, Splice
from erc_cli.store.nodes import Scalar


def insert_after(document: Document, entry: Entry, lines: list[str]) -> list[Cut]:
    """Put lines below an entry, and below the comments that stand deeper and so belong to it."""
    at = _last_line_end(document, entry)
    return [Cut(at, at, document.newline + document.newline.join(lines))]


def insert_before(document: Document, entry: Entry, lines: list[str]) -> list[Cut]:
    """Put lines above the first entry of a mapping, and above the comments that belong to that."""
    newline, column = document.newline, document.column(entry.start)
    if not document.is_first(entry.start):
        text = newline.join([lines[0][column:], *lines[1:]]) + newline + " " * column
        return [Cut(entry.start, entry.start, text)]
    above = _comments_above(document, entry.start)
    at = document.line_start(above[0].start if above else entry.start)
    if above and _is_head(document, at):
        raise RefusedError("the comment above may be about the whole file or about the key below it")
    return [Cut(at, at, newline.join(lines) + newline)]


def remove(document: Document, entry: Entry, before: Entry | None, after: Entry | None) -> Splice:
    """Take out the lines of an entry that has neighbours `before` or `after` it."""
    if not document.ends_line(entry.end):
        raise RefusedError("something else follows on the line")
    if not document.is_first(entry.start):
        return _remove_from_line(document, entry, after)
    above = _comments_above(document, entry.start)
    if above:
        _check_comments_above(document, entry, above[0], before, after)
    start = document.line_start(above[0].start if above else entry.start)
    last = _last_line_end(document, entry)
    end = document.next_line(last)
    if end == last:  # The last line does not end, and the one that becomes the last will not either.
        start, end = _end_of_line_before(document, start), last
    return _removal(document, start, end)


def _remove_from_line(document: Document, entry: Entry, after: Entry | None) -> Splice:
    """Take out the first of several entries, which stands behind the dash of an item."""
    if document.text[: entry.start].rstrip(" ").endswith("?"):
        raise RefusedError("a key behind a question mark is not taken out by an edit")
    if after is None:
        raise RefusedError("it stands on the line of something else")
    if document.comments_in(document.line_start(entry.start), after.start):
        raise RefusedError("the comment there may be about it or about what holds it")
    return _removal(document, entry.start, after.start)


def _removal(document: Document, start: int, end: int) -> Splice:
    dropped = frozenset(comment.start for comment in document.comments_in(start, end))
    return Splice([Cut(start, end, "")], dropped)


def _last_line_end(document: Document, entry: Entry) -> int:
    """Return where the last line of an entry ends, comments that stand deeper than it included."""
    if not document.ends_line(entry.end):
        raise RefusedError("something else follows on the line")
    column = document.column(entry.start)
    passes_blanks = not isinstance(entry.value, Scalar) and not entry.value.flow
    last = document.line_end(entry.end)
    start = document.next_line(last)
    while start < len(document.text):
        comment = document.comment_on_line(start)
        if comment is not None and document.column(comment.start) > column:
            last = comment.end
        elif comment is not None or not (document.is_blank(start) and passes_blanks):
            break
        start = document.next_line(start)
    return last


def _comments_above(document: Document, at: int) -> list[Comment]:
    """Return the comments directly above the line of `at` that stand at its column."""
    found: list[Comment] = []
    column, start = document.column(at), document.line_start(at)
    while start > 0:
        start = document.line_start(start - 1)
        comment = document.comment_on_line(start)
        if comment is None or document.column(comment.start) != column:
            break
        found.append(comment)
    return found[::-1]


def _check_comments_above(
    document: Document, entry: Entry, first: Comment, before: Entry | None, after: Entry | None
) -> None:
    """Refuse where the comments above an entry may be about more than it."""
    start = document.line_start(first.start)
    if _is_head(document, start):
        raise RefusedError("the comment above may be about the whole file")
    line_before = document.line_start(start - 1)
    begins_group = before is None or document.is_blank(line_before) or document.comment_on_line(line_before)
    if begins_group and after is not None:
        below = document.next_line(document.line_end(entry.end))
        if not document.is_blank(below) and not document.comment_on_line(below):
            raise RefusedError("the comment above may be about what follows too")


def _is_head(document: Document, start: int) -> bool:
    """Whether nothing but comments, blank lines and a document start stand above `start`."""
    lines = document.text[:start].replace("\r", "\n").split("\n")
    return all(not line.strip() or line.lstrip()[0] == "#" or line.strip() == "---" for line in lines)


def _end_of_line_before(document: Document, start: int) -> int:
    return document.line_end(document.line_start(start - 1)) if start else 0

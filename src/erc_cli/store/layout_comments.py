"""Which part of a file each comment is about, and putting the comments back where the part has moved to.

A comment behind something is about that; one with a line to itself is about what comes next, or, where it is indented
deeper than that, about the end of the block that it stands in. The comment at the top that a blank line sets apart is
about the file.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import Literal, NamedTuple

from erc_cli.core.findings import Path
from erc_cli.store.edit_text import Comment, Document, end_of, entry_at, node_at
from erc_cli.store.nodes import Mapping, Node, Scalar, Sequence

Role = Literal["top", "above", "behind", "end"]


class Owned(NamedTuple):
    """A comment, what it is about, and how it stands to that: above, behind, at its end, or at the top of the file."""

    text: str
    path: Path
    role: Role


class _Part(NamedTuple):
    """A key with its value or an item of a list, with where it begins and whether it is inside brackets."""

    path: Path
    start: int
    end: int
    node: Node
    in_flow: bool


def comments_owned(document: Document) -> list[Owned]:
    """Return every comment of a document with what it is about, in their order."""
    order = _Order(document)
    top = _end_of_top(document)
    return [_owned(order, comment, top) for comment in document.comments]


class _Order:
    """The parts of a document in the order in which they begin."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.parts = sorted(_parts(document), key=lambda part: (part.start, len(part.path)))
        self._starts = [part.start for part in self.parts]
        self._by_path = {part.path: part for part in self.parts}

    def before(self, at: int) -> int:
        """Return how many parts begin before `at`."""
        return bisect_left(self._starts, at)

    def around(self, last: _Part, at: int) -> _Part | None:
        """Return the outermost part in brackets, or of text, that is not over at `at`; `last` begins before it."""
        steps = range(1, len(last.path) + 1)
        parts = (self._by_path[last.path[:count]] for count in steps)
        return next((part for part in parts if at < part.end and not _is_block(part.node)), None)


def _parts(document: Document) -> Iterator[_Part]:
    waiting: list[tuple[Path, Node, bool]] = [((), document.tree, document.tree.flow)]
    while waiting:
        path, node, in_flow = waiting.pop()
        if isinstance(node, Scalar):
            continue
        for step in node.items if isinstance(node, Mapping) else range(len(node.items)):
            here = (*path, step)
            entry = entry_at(document, here)
            yield _Part(here, entry.start, entry.end, entry.value, in_flow)
            is_flow = not isinstance(entry.value, Scalar) and entry.value.flow
            waiting.append((here, entry.value, in_flow or is_flow))


def _end_of_top(document: Document) -> int:
    """Where the comment about the file ends: the last blank line before anything else stands."""
    first = min((one.spot.start for one, _ in document.tree.items.values()), default=0)
    blank = 0
    for comment in document.comments:
        after = document.next_line(comment.start)
        if after < first and document.is_blank(after):
            blank = after
    return blank


def _owned(order: _Order, comment: Comment, top: int) -> Owned:
    document, text = order.document, order.document.text[comment.start : comment.end].rstrip()
    if comment.start < top:
        return Owned(text, (), "top")
    count = order.before(comment.start)
    after = order.parts[count].path if count < len(order.parts) else None
    if not count:
        return Owned(text, (), "end") if after is None else Owned(text, after, "above")
    if not document.is_first(comment.start):
        return Owned(text, _stands_behind(order, comment, count), "behind")
    last = order.parts[count - 1]
    around = order.around(last, comment.start)
    if around is not None and not _leads_into(after, around.path):
        return Owned(text, around.path, "above" if isinstance(around.node, Scalar) else "end")
    block = around.path if around else _block_around(document, last, document.column(comment.start))
    if after is not None and _leads_into(after, block):
        return Owned(text, after, "above")
    return Owned(text, block, "end")


def _leads_into(path: Path | None, block: Path) -> bool:
    return path is not None and path[: len(block)] == block


def _is_block(node: Node) -> bool:
    return not isinstance(node, Scalar) and not node.flow


def _stands_behind(order: _Order, comment: Comment, count: int) -> Path:
    """What a comment at the end of a line is about: the last part that begins there, brackets on it as a whole."""
    line = order.document.line_start(comment.start)
    first = count
    while first and order.parts[first - 1].start >= line:
        first -= 1
    found, *others = order.parts[first:count] or [order.parts[count - 1]]
    for part in others:
        is_whole = not isinstance(found.node, Scalar) and found.node.flow and found.end <= comment.start
        if not (is_whole and _leads_into(part.path, found.path)):
            found = part
    return found.path


def _block_around(document: Document, last: _Part, column: int) -> Path:
    """The innermost block around the last part whose own lines are indented no deeper than `column`."""
    path = last.path if _is_block(last.node) else last.path[:-1]
    while path:
        node = node_at(document, path)
        if _is_block(node) and not isinstance(node, Scalar) and _column_of(document, path, node) <= column:
            return path
        path = path[:-1]
    return ()


def _column_of(document: Document, path: Path, node: Mapping | Sequence) -> int:
    first = next(iter(node.items)) if isinstance(node, Mapping) else 0
    return document.column(entry_at(document, (*path, first)).start)


# --- putting them back --------------------------------------------------------------------------------------


def put_back(owned: list[Owned], bare: Document) -> str:
    """Return the text of a canonical document with the comments, each at what it is about."""
    lines = bare.text.split("\n")
    above: dict[int, list[str]] = defaultdict(list)
    below: dict[int, list[tuple[int, str]]] = defaultdict(list)
    behind: dict[int, str] = {}
    top: list[str] = []
    for text, path, role in owned:
        if role == "top":
            top.append(text)
        elif role == "end":
            number, column = _end(bare, path)
            below[number].append((column, " " * column + text))
        else:
            number = bare.line(entry_at(bare, path).start) - 1
            indent = len(lines[number]) - len(lines[number].lstrip(" "))
            if role == "behind" and number not in behind:
                behind[number] = text
            else:
                above[number].append(" " * indent + text)
    found = [*top, *([""] if top else [])]
    for number, line in enumerate(lines):
        found += above[number]
        found.append(f"{line}  {behind[number]}" if number in behind else line)
        found += [text for _, text in sorted(below[number], key=lambda one: -one[0])]
    return "\n".join(found)


def _end(bare: Document, path: Path) -> tuple[int, int]:
    """The number of the last line of a block, from 0, and the column of what stands in it."""
    node = node_at(bare, path)
    number = bare.line(max(end_of(bare, node) - 1, 0)) - 1
    if isinstance(node, Scalar):
        return number, bare.column(entry_at(bare, path).start)
    return number, _column_of(bare, path, node)

"""A file as the editor sees it: its text, its nodes, its comments, and where lines and values begin and end.

Offsets count code points of the text without a byte-order mark. Nothing here changes anything.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_left, bisect_right
from typing import Any, NamedTuple

from erc_cli.core.findings import Path
from erc_cli.errors import RefusedError
from erc_cli.store.faults import Fault
from erc_cli.store.nodes import EMPTY_WORDS, Mapping, Node, Scalar, Sequence, line_starts
from erc_cli.store.reader import read_fully

Data = dict[str, Any] | list[Any] | str | None
"""What a node holds, for comparing: None for nothing, or a plain `null`."""

_TO_LINE_END = re.compile("[^\n\r\x85\u2028\u2029]*")
_SAME_LINE_END = re.compile(r"[^\n\r]*")
_LINE_BREAK = re.compile(r"\r\n?|\n")
_COLON = re.compile(r"[ \t]*:(?=[ \t\r\n,\[\]{}]|\Z)")
_QUOTED_COLON = re.compile(r"[ \t]*:")
_SPACES = re.compile(r"[ \t]*")


class Comment(NamedTuple):
    """A comment, from its `#` to the end of the line."""

    start: int
    end: int


class Document:
    """The content of a file that can be read, with what editing needs to know of it."""

    def __init__(self, content: bytes, text: str, tree: Mapping, faults: list[Fault]) -> None:
        self.content, self.text, self.tree, self.faults = content, text, tree, faults
        self.mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
        self.starts = line_starts(text)
        self.comments = comments_of(text, tree)
        self._hashes = [comment.start for comment in self.comments]
        first = _LINE_BREAK.search(text)
        self.newline = first[0] if first else "\n"

    def line(self, at: int) -> int:
        """Return the number of the line, from 1, that holds offset `at`."""
        return bisect_right(self.starts, at)

    def line_start(self, at: int) -> int:
        """Return where the line that holds `at` begins."""
        return self.starts[self.line(at) - 1]

    def line_end(self, at: int) -> int:
        """Return where the line that holds `at` ends, before its line break."""
        match = _SAME_LINE_END.match(self.text, at)
        return match.end() if match else at

    def next_line(self, at: int) -> int:
        """Return where the line after the one that holds `at` begins, or the end of the text."""
        number = self.line(at)
        return self.starts[number] if number < len(self.starts) else len(self.text)

    def column(self, at: int) -> int:
        """Return the column of `at`, from 0."""
        return at - self.line_start(at)

    def is_first(self, at: int) -> bool:
        """Whether only spaces stand before `at` on its line."""
        return not self.text[self.line_start(at) : at].strip(" \t")

    def comment_after(self, at: int) -> Comment | None:
        """Return the comment that is all that follows `at` on its line but spaces."""
        match = _SPACES.match(self.text, at)
        start = match.end() if match else at
        return next((one for one in self.comments_in(start, start + 1) if one.start == start), None)

    def ends_line(self, at: int) -> bool:
        """Whether nothing but spaces and a comment follows `at` on its line."""
        return not self.text[at : self.line_end(at)].strip(" \t") or self.comment_after(at) is not None

    def comments_in(self, start: int, end: int) -> list[Comment]:
        """Return the comments that begin in a stretch of the text."""
        return self.comments[bisect_left(self._hashes, start) : bisect_left(self._hashes, end)]

    def comment_on_line(self, line_start: int) -> Comment | None:
        """Return the comment that has the line beginning at `line_start` to itself."""
        return self.comment_after(line_start) if line_start < len(self.text) else None

    def is_blank(self, line_start: int) -> bool:
        """Whether the line beginning at `line_start` has nothing but spaces."""
        return not self.text[line_start : self.line_end(line_start)].strip(" \t")


class Entry(NamedTuple):
    """A key with its value, or an item of a list: where it begins (key or dash) and ends, and its value."""

    start: int
    end: int
    value: Node
    value_start: int


def text_of(content: bytes) -> str:
    """Return the text of a file that can be read, without a byte-order mark."""
    return content.removeprefix(codecs.BOM_UTF8).decode()


def open_document(content: bytes) -> Document:
    """Return the document that a file holds. Raises RefusedError where it cannot be read."""
    reading = read_fully(content)
    tree, text = reading.tree, reading.text
    if tree is None or text is None:
        fault = next((one for one in reading.faults if one.fatal), None) or reading.faults[0]
        raise RefusedError(f"line {fault.spot.line + 1}: {fault.message}: mend this first, nothing was written")
    return Document(content, text, tree, reading.faults)


# --- comments -----------------------------------------------------------------------------------------------


def comments_of(text: str, tree: Node) -> list[Comment]:
    """Return the comments of a text. As for libyaml, whatever begins with `#` between two texts is one."""
    found: list[Comment] = []
    at = 0
    for scalar in [*scalars_of(tree), None]:
        _comments_between(text, at, scalar.spot.start if scalar else len(text), found)
        if scalar is None:
            break
        if scalar.style and scalar.style in "|>":
            header = _TO_LINE_END.match(text, scalar.spot.start)
            _comments_between(text, scalar.spot.start, header.end() if header else scalar.spot.start, found)
        at = max(at, scalar.spot.end)
    return found


def _comments_between(text: str, at: int, end: int, found: list[Comment]) -> None:
    while at < end and (start := text.find("#", at, end)) >= 0:
        match = _TO_LINE_END.match(text, start)
        at = match.end() if match else end
        found.append(Comment(start, at))


def scalars_of(tree: Node) -> list[Scalar]:
    """Return every text of a document, keys too, in the order in which they stand."""
    found: list[Scalar] = []
    waiting: list[Node] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            found.append(node)
        elif isinstance(node, Mapping):
            for key, value in reversed(node.items.values()):
                waiting += (value, key)
        else:
            waiting += reversed(node.items)
    return found


# --- nodes --------------------------------------------------------------------------------------------------


def data_of_node(node: Node) -> Data:
    """Return what a node holds, empty places too, each at its position."""
    if isinstance(node, Scalar):
        return None if not node.style and node.value in EMPTY_WORDS else node.value
    if isinstance(node, Mapping):
        return {name: data_of_node(value) for name, (_, value) in node.items.items()}
    return [data_of_node(item) for item in node.items]


def data_of_value(value: Any) -> Data:
    """Return plain data as what is read of it must be."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, dict):
        return {name_of(key): data_of_value(one) for key, one in value.items()}
    return [data_of_value(one) for one in value]


def name_of(key: str) -> str:
    """Return a key as the reader names it."""
    return unicodedata.normalize("NFC", str(key))


def step_of(step: str | int) -> str | int:
    """Return a step of a path as the tree and its data have it."""
    return name_of(step) if isinstance(step, str) else step


def node_at(document: Document, path: Path) -> Node:
    """Return the node at a path of keys and positions. Raises RefusedError where nothing is there."""
    node: Node = document.tree
    for done, step in enumerate(path):
        inner: Node | None = None
        if isinstance(node, Mapping) and isinstance(step, str):
            held = node.items.get(name_of(step))
            inner = held[1] if held else None
        elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
            inner = node.items[step]
        if inner is None:
            raise RefusedError(f"the file has no {dotted(path[: done + 1])}: nothing was written")
        node = inner
    return node


def dotted(path: Path) -> str:
    """Return a path as people write it."""
    return ".".join(str(step) for step in path) or "the file"


def entry_at(document: Document, path: Path) -> Entry:
    """Return the key and value, or the item of a list, at a path that is not empty."""
    parent = node_at(document, path[:-1])
    node = node_at(document, path)
    if isinstance(parent, Mapping):
        return entry_of_key(document, parent, name_of(str(path[-1])))
    assert isinstance(parent, Sequence)  # noqa: S101
    assert isinstance(path[-1], int)  # noqa: S101
    if parent.flow:
        return Entry(node.spot.start, end_of(document, node), node, node.spot.start)
    before = end_of(document, parent.items[path[-1] - 1]) if path[-1] else 0
    dash = dash_of(document, parent, node, before)
    return Entry(dash, end_of(document, node), node, node.spot.start)


def entry_of_key(document: Document, mapping: Mapping, name: str) -> Entry:
    """Return a key of a mapping with its value."""
    key, value = mapping.items[name]
    pattern = _QUOTED_COLON if key.style else _COLON
    colon = pattern.match(document.text, key.spot.end)
    after = colon.end() if colon else key.spot.end
    return Entry(key.spot.start, max(after, end_of(document, value, after)), value, after)


def dash_of(document: Document, sequence: Sequence, item: Node, before: int) -> int:
    """Return where the dash of an item of a block list stands; the item before it ends at `before`."""
    column = document.column(sequence.spot.start)
    start = document.line_start(item.spot.start)
    while True:
        at = start + column
        if before <= at <= item.spot.start and document.text[at : at + 1] == "-":
            return at
        if start <= before or start == 0:
            raise RefusedError(f"line {document.line(item.spot.start)}: the dash of this item is not found")
        start = document.line_start(start - 1)


def end_of(document: Document, node: Node, after: int = 0) -> int:
    """Return where the last character of a node's content ends; `after` is where its key ends, if it has one."""
    while not isinstance(node, Scalar):
        if node.flow or not node.items:
            return node.spot.end
        if isinstance(node, Mapping):
            name = next(reversed(node.items))
            return entry_of_key(document, node, name).end
        node = node.items[-1]
    if node.style and node.style in "|>":
        return block_end(document, node)
    if node.spot.end == node.spot.start:
        return after or len(document.text[: node.spot.start].rstrip(" \t\r\n"))
    return node.spot.end


def block_end(document: Document, scalar: Scalar) -> int:
    """Return where the last line of a block scalar ends; blank lines below count where its header keeps them."""
    start, end = scalar.spot.start, scalar.spot.end
    header = document.text[start : document.line_end(start)]
    body = document.text[start:end]
    if "+" in header.split("#")[0]:
        return end - len(body) + len(re.sub(r"(?:\r\n?|\n)\Z", "", body))
    return start + len(body.rstrip(" \t\r\n"))

"""How an edit is laid out: where a new key stands among its siblings, and what is cut for a new value or entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from erc_cli.errors import RefusedError
from erc_cli.store import edit_block, edit_flow
from erc_cli.store.edit_scalar import in_flow, items_at, key_in_flow, lines_at
from erc_cli.store.edit_text import Document, Entry
from erc_cli.store.edit_verify import Cut, Splice
from erc_cli.store.emit import WIDTH, Plain, scalar
from erc_cli.store.nodes import Mapping, Scalar
from erc_cli.store.nodes import Sequence as List


def place_in_order(names: list[str], name: str, order: list[str]) -> int:
    """Return the position of a new key among `names`."""
    if name not in order:
        return len(names)
    at = order.index(name)
    before = next((one for one in reversed(order[:at]) if one in names), None)
    if before is not None:
        return names.index(before) + 1
    after = next((one for one in order[at + 1 :] if one in names), None)
    return len(names) if after is None else names.index(after)


def key_like_siblings(mapping: Mapping, key: str) -> str:
    """Return the key, typed where its siblings are: years stand without quotes beside years without quotes."""
    typed = any(not one.style and scalar(one.value) != one.value != "on" for one, _ in mapping.items.values())
    return Plain(key) if typed else key


def _lines_of(document: Document, column: int, data: dict[str, Any]) -> list[str]:
    """Return the lines of a new key; a list under it has its dashes where the file has them."""
    lines = lines_at(column, data)
    (value,) = data.values()
    if not isinstance(value, list) or not value or not _dashes_at_key(document):
        return lines
    return [lines[0], *(line[2:] for line in lines[1:])]


def _dashes_at_key(document: Document) -> bool:
    """Whether the first list of the file that has lines has its dashes at the column of its key."""
    waiting: list[Any] = [document.tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            for key, value in node.items.values():
                if isinstance(value, List) and not value.flow and value.items:
                    return document.column(value.spot.start) == document.column(key.spot.start)
            waiting += [value for _, value in reversed(node.items.values())]
        elif isinstance(node, List):
            waiting += reversed(node.items)
    return False


def ways_to_add_key(
    document: Document, mapping: Mapping, key: str, value: Any, at: int, neighbour: Entry | None
) -> Iterator[Splice]:
    """Yield the ways to put a key at position `at` of a mapping; `neighbour` is the entry before it, or the first."""
    if mapping.flow:
        yield Splice(_into_flow(document, mapping, neighbour, f"{key_in_flow(key)}: {in_flow(value)}", at))
        return
    assert neighbour is not None  # noqa: S101
    lines = _lines_of(document, document.column(neighbour.start), {key: value})
    insert = edit_block.insert_after if at else edit_block.insert_before
    yield Splice(insert(document, neighbour, lines))


def ways_to_append(document: Document, sequence: List, value: Any, last: Entry | None) -> Iterator[Splice]:
    """Yield the ways to put an item after the `last` one of a list."""
    if sequence.flow:
        yield Splice(_into_flow(document, sequence, last, in_flow(value), len(sequence.items)))
        return
    assert last is not None  # noqa: S101
    yield Splice(edit_block.insert_after(document, last, items_at(document.column(sequence.spot.start), [value])))


def _into_flow(document: Document, node: Mapping | List, neighbour: Entry | None, written: str, at: int) -> list[Cut]:
    if neighbour is None:
        return edit_flow.insert_into_empty(document, node, written)
    return (edit_flow.insert_after if at else edit_flow.insert_before)(document, neighbour, written)


def ways_to_remove(
    document: Document, parent: Mapping | List, entry: Entry, before: Entry | None, after: Entry | None
) -> Iterator[Splice]:
    """Yield the ways to take an entry out from between its neighbours."""
    yield (edit_flow if parent.flow else edit_block).remove(document, entry, before, after)


def ways_to_replace(document: Document, entry: Entry, value: Any, *, flow: bool, is_item: bool) -> Iterator[Splice]:
    """Yield the ways to put a value in the place of that of `entry`, which stands between brackets if `flow`."""
    node, newline = entry.value, document.newline
    between = not isinstance(node, Scalar) and node.flow
    if flow or (between and document.column(node.spot.start) + len(in_flow(value)) <= WIDTH):
        yield Splice([Cut(node.spot.start, entry.end, in_flow(value))])
        return
    column = document.column(entry.start)
    if is_item:
        lines = items_at(column, [value])
        if len(lines) > 1 and document.comment_after(entry.end):
            raise RefusedError("the comment at the end of the line is about the old value")
        yield Splice([Cut(entry.start, entry.end, newline.join([lines[0][column:], *lines[1:]]))])
        return
    lines = _lines_of(document, column, {"x": value})
    if isinstance(value, str):
        rest = newline.join([lines[0][column + 2 :], *lines[1:]])
        yield Splice([Cut(entry.value_start, entry.end, rest)])
        return
    yield Splice(_below_key(document, entry, newline + newline.join(lines[1:])))


def _below_key(document: Document, entry: Entry, lines: str) -> list[Cut]:
    """Put lines below a key in the place of its value; a comment on the line of the key stays there."""
    after = entry.value_start
    if document.ends_line(after):
        at = document.line_end(after)
        return [Cut(at, max(entry.end, at), lines)]
    if not document.ends_line(entry.end):
        raise RefusedError("something else follows on the line")
    end = document.line_end(entry.end)
    return [Cut(after, entry.end, ""), Cut(end, end, lines)]

"""Edits of a file that touch nothing else: from the content before to the content after, proved before it is given.

Every function takes the bytes of a file and a path in it: keys, and positions in lists as the file has them (`locate`
finds them for the keys of items). It returns the new bytes, the same ones where nothing is to do, or raises
RefusedError with the reason, the line, and what to write there by hand. Nothing is guessed: what is returned has been
read again, by two parsers, and differs from the old data by this edit alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from erc_cli.core.findings import Path
from erc_cli.errors import RefusedError
from erc_cli.store.edit_layout import (
    key_like_siblings,
    place_in_order,
    ways_to_add_key,
    ways_to_append,
    ways_to_remove,
    ways_to_replace,
)
from erc_cli.store.edit_scalar import items_at, lines_at, ways_to_set
from erc_cli.store.edit_text import (
    Data,
    Document,
    data_of_node,
    data_of_value,
    dotted,
    entry_at,
    entry_of_key,
    name_of,
    node_at,
    open_document,
    step_of,
)
from erc_cli.store.edit_verify import Hint, Splice, first_proved, refusal
from erc_cli.store.emit import Plain
from erc_cli.store.nodes import Mapping, Node, Scalar
from erc_cli.store.nodes import Sequence as List

_EMPTY = "an empty value is not written, the key is left out instead: take it out"


def set_scalar(content: bytes, path: Path, text: str, *, plain: bool = False) -> bytes:
    """Put `text` in the place of the one at `path`, in the same quotes where these can hold it.

    `plain` says that it is an amount, a number, a date or a flag, which needs no quotes though YAML sees no text in it.
    """
    document = open_document(content)
    node = node_at(document, path)
    if not isinstance(node, Scalar):
        raise RefusedError(f"{dotted(path)} is a {_kind(node)}, not a text: replace it whole, or set what is in it")
    text = str(text)
    if data_of_node(node) == text:
        return content
    entry = entry_at(document, path)
    if not text.strip():
        raise refusal(document, _EMPTY, Hint(entry.start, ""))
    parent = node_at(document, path[:-1])
    flow = not isinstance(parent, Scalar) and parent.flow
    ways = (Splice(cuts) for cuts in ways_to_set(document, entry, Plain(text) if plain else text, flow=flow))
    hint = Hint(entry.start, _written(path, Plain(text) if plain else text))
    return first_proved(document, ways, _with(document, path, text), hint)


def insert_key(content: bytes, path: Path, key: str, value: Any, *, order: Sequence[str] = ()) -> bytes:
    """Add a key to the mapping at `path`, in the place that `order`, the keys of its model, gives it.

    It comes after the nearest key before it in that order, else before the nearest one after it, else last. `value` is
    plain data as the emitter takes it.
    """
    document = open_document(content)
    mapping = node_at(document, path)
    if not isinstance(mapping, Mapping):
        raise RefusedError(f"{dotted(path)} is a {_kind(mapping)}: no key can be added to it")
    name, names = name_of(key), list(mapping.items)
    if name in mapping.items:
        raise RefusedError(f"{dotted((*path, key))} is there already: nothing was written")
    at = place_in_order(names, name, [name_of(one) for one in order])
    written = key_like_siblings(mapping, key)
    neighbour = entry_of_key(document, mapping, names[at - 1 if at else 0]) if names else None
    where = neighbour.start if neighbour else mapping.spot.start
    if _is_empty(value):
        raise refusal(document, _EMPTY, Hint(where, ""))
    items = list(mapping.items)
    items.insert(at, name)
    held = {one: data_of_node(mapping.items[one][1]) if one in mapping.items else data_of_value(value) for one in items}
    ways = ways_to_add_key(document, mapping, written, value, at, neighbour)
    hint = Hint(where, _written((written,), value, "below" if at else "above"))
    return first_proved(document, ways, _with(document, path, held), hint)


def append_item(content: bytes, path: Path, value: Any) -> bytes:
    """Add an item after the last one of the list at `path`."""
    document = open_document(content)
    sequence = node_at(document, path)
    if not isinstance(sequence, List):
        raise RefusedError(f"{dotted(path)} is a {_kind(sequence)}: no item can be added to it")
    count = len(sequence.items)
    last = entry_at(document, (*path, count - 1)) if count else None
    where = last.start if last else sequence.spot.start
    if _is_empty(value):
        raise refusal(document, _EMPTY, Hint(where, ""))
    meant = _with(document, path, [*(data_of_node(item) for item in sequence.items), data_of_value(value)])
    hint = Hint(where, _written((count,), value, "below"))
    return first_proved(document, ways_to_append(document, sequence, value, last), meant, hint)


def delete_key(content: bytes, path: Path, *, prune: bool = False) -> bytes:
    """Take a key out with its lines and the comments that are about it alone.

    The last key of a mapping is refused, since nothing may be empty; with `prune` what holds it goes instead.
    """
    return _remove(content, path, prune)


def remove_item(content: bytes, path: Path, *, prune: bool = False) -> bytes:
    """Take an item of a list out; for the last one the same holds as for the last key of a mapping."""
    return _remove(content, path, prune)


def replace_value(content: bytes, path: Path, value: Any) -> bytes:
    """Put another value, whatever its kind, in the place of the one at `path`."""
    document = open_document(content)
    node = node_at(document, path)
    if isinstance(node, Scalar) and isinstance(value, str):
        return set_scalar(content, path, value, plain=isinstance(value, Plain))
    if not path:
        raise RefusedError("the whole file cannot be replaced by an edit: nothing was written")
    parent, entry = node_at(document, path[:-1]), entry_at(document, path)
    if _is_empty(value):
        raise refusal(document, _EMPTY, Hint(entry.start, ""))
    if _is_written(node, value):
        return content
    flow = not isinstance(parent, Scalar) and parent.flow
    ways = ways_to_replace(document, entry, value, flow=flow, is_item=isinstance(parent, List))
    hint = Hint(entry.start, _written(path, value))
    return first_proved(document, ways, _with(document, path, data_of_value(value)), hint)


def _remove(content: bytes, path: Path, prune: bool) -> bytes:
    document = open_document(content)
    node_at(document, path)
    while len(path) > 1 and len(_steps(node_at(document, path[:-1]))) == 1:
        if not prune:
            holder = dotted(path[:-1])
            said = f"{dotted(path)} is the last of {holder}, and nothing may be empty: take {holder} out"
            raise refusal(document, said, Hint(entry_at(document, path).start, ""))
        path = path[:-1]
    parent = node_at(document, path[:-1])
    steps = _steps(parent)
    if not path or len(steps) == 1 or isinstance(parent, Scalar):
        raise RefusedError(f"{dotted(path)} is all that the file holds: nothing was written")
    entry, at = entry_at(document, path), steps.index(step_of(path[-1]))
    before = entry_at(document, (*path[:-1], steps[at - 1])) if at else None
    after = entry_at(document, (*path[:-1], steps[at + 1])) if at + 1 < len(steps) else None
    meant = data_of_node(document.tree)
    del _inside(meant, path[:-1])[step_of(path[-1])]
    first, last = document.line(entry.start), document.line(entry.end)
    advice = f"take it out of line {first} by hand" if first == last else f"take lines {first} to {last} out by hand"
    ways = ways_to_remove(document, parent, entry, before, after)
    return first_proved(document, ways, meant, Hint(entry.start, advice))


# --- what is meant --------------------------------------------------------------------------------------------


def _steps(node: Node) -> list[str | int]:
    if isinstance(node, Scalar):
        return []
    return list(node.items) if isinstance(node, Mapping) else list(range(len(node.items)))


def _with(document: Document, path: Path, value: Data) -> Data:
    """Return the data of the document with another value at `path`."""
    data = data_of_node(document.tree)
    if not path:
        return value
    _inside(data, path[:-1])[step_of(path[-1])] = value
    return data


def _inside(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step_of(step)]
    return data


def _is_written(node: Node, value: Any) -> bool:
    """Whether a node holds this value already, in this order."""
    if isinstance(value, dict) and isinstance(node, Mapping):
        same_keys = [name_of(key) for key in value] == list(node.items)
        return same_keys and all(_is_written(node.items[name_of(key)][1], one) for key, one in value.items())
    if isinstance(value, list) and isinstance(node, List):
        return len(value) == len(node.items) and all(map(_is_written, node.items, value))
    return isinstance(value, str) and data_of_node(node) == value


def _is_empty(value: Any) -> bool:
    return not value.strip() if isinstance(value, str) else not value


def _kind(node: Node) -> str:
    return "mapping" if isinstance(node, Mapping) else "list" if isinstance(node, List) else "text"


def _written(path: Path, value: Any, where: str = "at") -> str:
    """Return what to write by hand for the value at `path`."""
    lines = items_at(0, [value]) if isinstance(path[-1], int) else lines_at(0, {path[-1]: value})
    return "\n".join([f"write this {where} line {{line}}:", *lines])

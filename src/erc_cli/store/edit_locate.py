"""From the address of a field to its path in the file, by the keys of items that the models name."""

from __future__ import annotations

from typing import Any, NamedTuple

from erc_cli.core.findings import Path
from erc_cli.core.records.base import Part, key_of
from erc_cli.core.records.shape import FieldShape, field_by_key
from erc_cli.errors import RefusedError
from erc_cli.store.edit_text import dotted, name_of, open_document
from erc_cli.store.nodes import Mapping, Node, Scalar, is_empty
from erc_cli.store.nodes import Sequence as List


class Located(NamedTuple):
    """How far a field is in the file."""

    path: Path
    """Keys and positions as the file has them."""
    missing: Path
    """The steps that are not there; empty where the field is in the file."""
    order: tuple[str, ...]
    """The keys of the model of what `path` leads to, in the order of the file; empty for lists and free keys."""


def locate(content: bytes, model: type[Part], field_path: Path) -> Located:
    """Return the path in the file of a field of a record of `model`.

    Items of lists are named by their keys, texts in lists by themselves, either by a position among those that are not
    empty. Raises RefusedError where the file cannot be read, or where two items have that key.
    """
    node: Node = open_document(content).tree
    models: tuple[type[Part], ...] = (model,)
    path: list[str | int] = []
    for done, step in enumerate(field_path):
        held: Node | None = None
        if isinstance(node, Mapping):
            step = name_of(str(step))
            held = node.items[step][1] if step in node.items else None
        elif isinstance(node, List):
            at = _position(node, models, step, field_path[: done + 1])
            step, held = (step, None) if at is None else (at, node.items[at])
        if held is None:
            return Located(tuple(path), tuple(field_path[done:]), _order(node, models))
        if isinstance(step, str):
            models = _inner(models, step)
        path.append(step)
        node = held
    return Located(tuple(path), (), _order(node, models))


def _position(node: List, models: tuple[type[Part], ...], step: str | int, path: Path) -> int | None:
    """Return the position of an item in the file, empty items counted."""
    if isinstance(step, int):
        filled = [at for at, item in enumerate(node.items) if not is_empty(item)]
        return filled[step] if 0 <= step < len(filled) else None
    found = [at for at, item in enumerate(node.items) if _has_key(item, models, step)]
    if len(found) > 1:
        raise RefusedError(f"{dotted(path)} is there {len(found)} times: give the items different ids first")
    return found[0] if found else None


def _has_key(item: Node, models: tuple[type[Part], ...], key: str) -> bool:
    if isinstance(item, Scalar):
        return item.value == key
    if not isinstance(item, Mapping):
        return False
    texts: dict[str, Any] = {name: held.value for name, (_, held) in item.items.items() if isinstance(held, Scalar)}
    return any(key_of(model, texts) == key for model in models)


def _inner(models: tuple[type[Part], ...], step: str) -> tuple[type[Part], ...]:
    """Return the models of what the field `step` holds; a free key, such as a year, leads to what its field holds."""
    fields = [field for model in models if (field := field_by_key(model).get(step))]
    return tuple(inner for field in fields for inner in field.models)


def _order(node: Node, models: tuple[type[Part], ...]) -> tuple[str, ...]:
    if not isinstance(node, Mapping):
        return ()
    keys: dict[str, FieldShape] = {}
    for model in models:
        keys.update(field_by_key(model))
    return tuple(keys)

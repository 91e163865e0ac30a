"""Addresses: from `projects/p.areas.a.title.en` to the value there, and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from erc_cli.core.findings import Path
from erc_cli.core.records.base import Item, Part, Record
from erc_cli.core.records.project import Project
from erc_cli.core.records.shape import field_by_key, fields_of
from erc_cli.core.register import Register

_LONG = 16
"""A list of so many items gets an index by key."""

_MOST_DOTS = 8
"""More parts than this a key has not."""


class Followed(NamedTuple):
    """How far an address leads.

    `record` is None where there is no such record. `path` is the way inside it as far as it goes, and `value` what is
    there; `missing` is the rest that leads nowhere, empty where the address leads to the end.
    """

    record: Record | None
    path: Path
    value: Any
    missing: str


def resolve(register: Register, address: str) -> Any | None:
    """Return what `address` names: a record, an item of a list, a value; None where there is nothing."""
    followed = follow(register, address)
    return None if followed.missing else followed.value


def follow(register: Register, address: str) -> Followed:
    """Return how far `address` leads in `register`."""
    name, _, rest = address.partition(".")
    record = register.records.get(name)
    if record is None:
        return Followed(None, (), None, address)
    value: Any = record
    path: Path = ()
    steps = rest.split(".") if rest else []
    if isinstance(record, Project) and len(steps) > 1 and steps[0] == "indicators":
        at = register.inside[name]["indicator"].get(steps[1])
        if at is None:
            return Followed(record, (), record, rest)
        value, path, steps = at_path(register, record, at), at, steps[2:]
    while steps:
        found = _step(register, value, steps)
        if found is None:
            return Followed(record, path, value, ".".join(steps))
        key, value = found
        path = (*path, key)
        steps = steps[key.count(".") + 1 :]
    return Followed(record, path, value, "")


def at_path(register: Register, record: Record, path: Path) -> Any | None:
    """Return what is at `path` in `record`, where a step is a key or, in a list, a position; None for nothing."""
    value: Any = record
    for step in path:
        if isinstance(step, int):
            value = value[step] if _is_list(value) and step < len(value) else None
        else:
            value = _exact(register, value, step)
        if value is None:
            return None
    return value


def children(value: Any) -> list[str]:
    """Return the steps that lead on from `value`, in the order of the file."""
    if isinstance(value, Part):
        return [field.key for field in fields_of(type(value)) if _is_filled(value.__dict__[field.name])]
    if isinstance(value, Mapping):
        return [str(key) for key in value]
    if _is_list(value):
        return [name for item in value if (name := _name(item)) is not None]
    return []


def items_inside(register: Register, project: str, kind: str) -> tuple[Any, ...]:
    """Return what the bare ids of a project name: its areas, indicators or series, in the order of the file."""
    record = register.records[project]
    return tuple(at_path(register, record, path) for path in register.inside[project][kind].values())


def successors(items: Any) -> Mapping[str, str]:
    """Return the former ids of what is in a list: old id to the id of the item that took its place."""
    if not _is_list(items):
        return {}
    return {old: item.id for item in items if isinstance(item, Item) for old in item.formerly}


def _is_filled(value: Any) -> bool:
    return value is not None and value != () and value != {}


def _is_list(value: Any) -> bool:
    """Whether a value is a list of the file; a date known in part is a tuple too."""
    return type(value) is tuple


def _name(item: Any) -> str | None:
    """What tells an item apart in its list; nothing where it is a text in languages."""
    if isinstance(item, Part):
        return item.key
    return None if isinstance(item, Mapping) else str(item)


def _step(register: Register, value: Any, steps: Sequence[str]) -> tuple[str, Any] | None:
    """The next step and what it leads to. Keys of items such as `sdg-4.7` have dots: the longest one counts."""
    most = min(len(steps), _MOST_DOTS) if _is_list(value) else 1
    for count in range(most, 0, -1):
        step = ".".join(steps[:count])
        found = _exact(register, value, step)
        if found is not None:
            return step, found
    return None


def _exact(register: Register, value: Any, step: str) -> Any | None:
    if isinstance(value, Part):
        field = field_by_key(type(value)).get(step)
        inner = value.__dict__[field.name] if field is not None else None
        return inner if _is_filled(inner) else None
    if isinstance(value, Mapping):
        return next((inner for key, inner in value.items() if str(key) == step), None)
    if _is_list(value):
        if len(value) < _LONG:
            return next((item for item in value if _name(item) == step), None)
        index = register.indexes.get(id(value))
        if index is None:
            index = register.indexes[id(value)] = {
                name: item for item in reversed(value) if (name := _name(item)) is not None
            }
        return index.get(step)
    return None

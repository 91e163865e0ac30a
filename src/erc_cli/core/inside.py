"""Inside a record as its file has it: what a field address leads to, and which values name another record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple, NoReturn

from erc_cli.core.findings import Path
from erc_cli.core.records.base import Part, key_of
from erc_cli.core.records.shape import field_by_key
from erc_cli.errors import NotFoundError


class Found(NamedTuple):
    """What a field address leads to: its steps, the value, the model of what holds it and the field's key there.

    `model` is the model of the value itself where it is a mapping or a list of mappings.
    """

    path: tuple[str, ...]
    value: Any
    holder: type[Part] | None
    key: str
    model: type[Part] | None


def follow(address: str, model: type[Part], data: Mapping[str, Any], steps: list[str]) -> Found:
    """Return what `steps` lead to in the record at `address`. Raises NotFoundError with the nearest name."""
    found, left = reach(model, data, steps, is_project=address.startswith("projects/"))
    if left:
        _refuse(address, found, left[0])
    return found


def reach(
    model: type[Part], data: Mapping[str, Any], steps: list[str], *, is_project: bool = False
) -> tuple[Found, list[str]]:
    """Return how far `steps` lead in a record, and those that lead nowhere. Raises NotFoundError for an indicator."""
    if is_project and len(steps) > 1 and steps[0] == "indicators":
        steps = [*_way_to_indicator(data, steps[1]), *steps[2:]]
    found = Found((), data, None, "", model)
    left = list(steps)
    while left:
        taken = _step(found, left)
        if taken is None:
            break
        found = taken
        left = left[found.path[-1].count(".") + 1 :]
    return found, left


def _step(found: Found, left: list[str]) -> Found | None:
    """One step on. Keys may have dots, so it may be made of several words."""
    for count in range(1, len(left) + 1):
        step = ".".join(left[:count])
        value, model = found.value, found.model
        if isinstance(value, dict) and step in value:
            field = field_by_key(model).get(step) if model is not None else None
            inner = field.models[0] if field is not None and field.models else None
            if field is None:
                return Found((*found.path, step), value[step], found.holder, found.key, None)
            return Found((*found.path, step), value[step], model, step, inner)
        if isinstance(value, list):
            for item in value:
                if step == _key(item, model):
                    return Found((*found.path, step), item, found.holder, found.key, model)
    return None


def _key(item: Any, model: type[Part] | None) -> str | None:
    if isinstance(item, dict):
        return key_of(model, item) if model is not None else None
    return item if isinstance(item, str) else None


def _refuse(address: str, found: Found, step: str) -> NoReturn:
    value = found.value
    if isinstance(value, dict):
        names = list(value)
    elif isinstance(value, list):
        names = [key for key in (_key(item, found.model) for item in value) if key]
    else:
        names = []
    where = ".".join((address, *found.path))
    near = get_close_matches(step, names, 1)
    known = field_by_key(found.model) if found.model is not None and isinstance(value, dict) else {}
    if step in known:
        raise NotFoundError(f"{where} has no {step}")
    tail = f": did you mean {near[0]}?" if near else f" (it has {', '.join(names)})" if names else ""
    raise NotFoundError(f"{where} has nothing called {step}{tail}")


def _way_to_indicator(data: Mapping[str, Any], indicator: str) -> list[str]:
    """The steps to an indicator of a project; the short form itself where there is no such indicator."""
    names = []
    for way, item_id in _indicators(data):
        if item_id == indicator:
            return way
        names.append(item_id)
    near = get_close_matches(indicator, names, 1)
    tail = f": did you mean {near[0]}?" if near else ""
    raise NotFoundError(f"the project has no indicator {indicator}{tail}")


def _indicators(data: Mapping[str, Any]) -> Iterator[tuple[list[str], str]]:
    for area in items_in(data, "areas"):
        for outcome in items_in(area, "outcomes"):
            for performance in items_in(outcome, "performance_indicators"):
                way = ["areas", area["id"], "outcomes", outcome["id"], "performance_indicators", performance["id"]]
                yield way, performance["id"]
                for measurement in items_in(performance, "measurement_indicators"):
                    yield [*way, "measurement_indicators", measurement["id"]], measurement["id"]


def items_in(data: Any, key: str) -> list[dict[str, Any]]:
    """Return the items of a list that are mappings with an id; what is wrong is left out."""
    items = data.get(key) if isinstance(data, dict) else None
    return [i for i in items if isinstance(i, dict) and isinstance(i.get("id"), str)] if isinstance(items, list) else []


def pointers(data: Any, target: str, model: type[Part] | None = None, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every value in `data` that is the address `target` or lies inside it: where it stands, and what it says.

    Without a model items of lists are told apart by position. A list of plain values is one place.
    """
    if isinstance(data, dict):
        for key, value in data.items():
            field = field_by_key(model).get(key) if model is not None else None
            inner = field.models[0] if field is not None and field.models else None
            yield from pointers(value, target, inner, (*path, key))
    elif isinstance(data, list):
        for position, item in enumerate(data):
            if isinstance(item, str):
                yield from pointers(item, target, None, path)
                continue
            step = (key_of(model, item) if model is not None and isinstance(item, dict) else None) or position
            yield from pointers(item, target, model, (*path, step))
    elif isinstance(data, str) and (data == target or data.startswith(f"{target}.")):
        yield path, data


_BARE_IDS = {"area": "areas", "series": "series", "indicators": "performance_indicators measurement_indicators"}
"""Fields of an activity that hold the bare id of something in its project: the lists it can stand in."""


def bare_pointers(data: Any, project: str, path: Path) -> Iterator[Path]:
    """Yield the fields of an activity that name what is at `path` in its project by its bare id."""
    if len(path) < 2 or not isinstance(data, dict) or data.get("project") != project:
        return
    for field, lists in _BARE_IDS.items():
        value = data.get(field)
        if path[-2] in lists.split() and path[-1] in (value if isinstance(value, list) else [value]):
            yield (field,)

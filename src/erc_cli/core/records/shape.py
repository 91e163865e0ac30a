"""The shape of the models, read once from their annotations: which fields hold references, texts, amounts, lists.

Rules that look at every record (does each reference lead somewhere, has each title all languages) are written against
this, so that a new field is covered by being declared.
"""

from collections.abc import Hashable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin

from erc_cli.core.findings import Path
from erc_cli.core.records.base import Described, Part, Record

Mark = TypeVar("Mark", bound=Hashable)


class FieldShape(NamedTuple):
    """One field: its name in the model, its key in the file, its marks, and the model of what it holds, if any."""

    name: str
    key: str
    marks: tuple[Any, ...]
    models: tuple[type[Part], ...]
    is_list: bool
    is_mapping: bool


@cache
def fields_of(model: type[Part]) -> tuple[FieldShape, ...]:
    """Return the fields of `model` in the order in which files show them: its own, then those all records share."""
    shared = frozenset(Described.model_fields) if issubclass(model, Described) else frozenset[str]()
    names = ["id"] if "id" in model.model_fields else []
    names += [name for name in model.model_fields if name not in shared and name != "id"]
    names += [name for name in model.model_fields if name in shared and name != "id" and name not in names]
    return tuple(_shape(name, model) for name in names)


def _shape(name: str, model: type[Part]) -> FieldShape:
    info = model.model_fields[name]
    marks: list[Any] = list(info.metadata)
    models: list[type[Part]] = []
    flags: set[str] = set()
    _look_into(info.annotation, marks, models, flags)
    return FieldShape(name, info.alias or name, tuple(marks), tuple(models), "list" in flags, "mapping" in flags)


def _look_into(annotation: Any, marks: list[Any], models: list[type[Part]], flags: set[str]) -> None:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *found = get_args(annotation)
        marks += found
        if not (get_origin(inner) is dict and any(type(m).__name__ == "Translated" for m in found)):
            _look_into(inner, marks, models, flags)
    elif origin in (Union, UnionType):
        for choice in get_args(annotation):
            _look_into(choice, marks, models, flags)
    elif origin is tuple:
        flags.add("list")
        _look_into(get_args(annotation)[0], marks, models, flags)
    elif origin is dict and not any(type(m).__name__ == "Translated" for m in marks):
        flags.add("mapping")
        _look_into(get_args(annotation)[1], marks, models, flags)
    elif isinstance(annotation, type) and issubclass(annotation, Part):
        models.append(annotation)


@cache
def field_by_key(model: type[Part]) -> Mapping[str, FieldShape]:
    """Return the fields of `model` by their keys in the file."""
    return {field.key: field for field in fields_of(model)}


class _Way(NamedTuple):
    """A field that carries a mark, or holds models whose fields do."""

    name: str
    key: str
    mark: Any
    holds_models: bool
    is_list: bool
    is_mapping: bool


class _Ways(dict[type[Part], tuple[_Way, ...]]):
    """Model: its ways to a kind of mark, worked out when it is first met; asked for every item of a register."""

    def __init__(self, mark: type[Any]) -> None:
        super().__init__()
        self._mark = mark

    def __missing__(self, model: type[Part]) -> tuple[_Way, ...]:
        found = []
        for field in fields_of(model):
            own = next((m for m in field.marks if isinstance(m, self._mark)), None)
            if own is not None or any(_reaches(inner, self._mark, frozenset((model,))) for inner in field.models):
                found.append(_Way(field.name, field.key, own, bool(field.models), field.is_list, field.is_mapping))
        self[model] = ways = tuple(found)
        return ways


@cache
def _ways(mark: type[Any]) -> _Ways:
    return _Ways(mark)


def _reaches(model: type[Part], mark: type, seen: frozenset[type[Part]]) -> bool:
    if model in seen:
        return False
    return any(
        any(isinstance(m, mark) for m in field.marks)
        or any(_reaches(inner, mark, seen | {model}) for inner in field.models)
        for field in fields_of(model)
    )


def marked(part: Part, mark: type[Mark], path: Path = ()) -> list[tuple[Path, Mark, Any]]:
    """Return every value in `part` whose field carries a `mark`: its path, the mark, the value.

    Lists of marked values give each value with its position, mappings each with its key; empty ones nothing.
    """
    found: list[tuple[Path, Mark, Any]] = []
    _gather(part, _ways(mark), path, found)
    return found


def _gather(part: Part, ways: _Ways, path: Path, found: list[tuple[Path, Mark, Any]]) -> None:
    """Add to `found`, in the order of the file. One list for all, since this runs over every record again and again."""
    held = part.__dict__
    for name, key, own, holds_models, is_list, is_mapping in ways[type(part)]:
        value = held[name]
        if value is None or value == ():
            continue
        here = (*path, key)
        if holds_models:
            if is_list:
                for item in value:
                    _gather(item, ways, (*here, item.key), found)
            elif isinstance(value, Part):
                _gather(value, ways, here, found)
        elif is_list:
            found += [((*here, position), own, one) for position, one in enumerate(value)]
        elif is_mapping:
            found += [((*here, str(key)), own, one) for key, one in value.items()]
        else:
            found.append((here, own, value))


def _parts(field: FieldShape, value: Any) -> Iterator[tuple[Path, Part]]:
    if field.is_list:
        for part in value:
            yield (part.key,), part
    elif isinstance(value, Part):
        yield (), value


def parts_of(part: Part, path: Path = ()) -> Iterator[tuple[Path, FieldShape, Any]]:
    """Yield every field of `part` and of what it holds that has a value: its path, its shape, the value.

    Items of lists have their keys in the path.
    """
    for field in fields_of(type(part)):
        value = part.__dict__[field.name]
        if value is None or value == () or value == {}:
            continue
        here = (*path, field.key)
        yield here, field, value
        if field.models:
            for step, inner in _parts(field, value):
                yield from parts_of(inner, (*here, *step))


def models_of(record_types: Mapping[str, type[Record]]) -> list[type[Part]]:
    """Return every model that the record types are made of, outermost first, each once."""
    found: list[type[Part]] = []
    waiting: list[type[Part]] = list(record_types.values())
    while waiting:
        model = waiting.pop(0)
        if model not in found:
            found.append(model)
            waiting += [inner for field in fields_of(model) for inner in field.models]
    return found

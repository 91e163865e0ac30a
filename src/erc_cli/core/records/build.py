"""From the plain mapping of a file to a record, or to the problems that are in the way."""

from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from pydantic import ValidationError

from erc_cli.core.findings import MAX_OF_ONE_CODE, Path, Problem, with_more
from erc_cli.core.records.base import Part, Record, key_of
from erc_cli.core.records.shape import field_by_key
from erc_cli.core.records.types import PATTERNS, Setting
from erc_cli.core.records.types_of_record import RECORD_TYPES

_SHAPES = {
    "string_type": "must be a text",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must be a mapping",
    "model_type": "must be a mapping",
    "model_attributes_type": "must be a mapping",
}


_BRANCHES = frozenset({"schedule", "words"})
"""Names of the branches of a union in the models; they are no keys of the file."""


class Coded(NamedTuple):
    """A problem with the code of its rule."""

    code: str
    problem: Problem


def setting_of(plan: Any) -> Setting:
    """Return languages and currency as the raw mapping of plan.yaml has them; what is wrong in it is left out."""
    if not isinstance(plan, Mapping):
        return Setting((), "")
    languages = plan.get("languages")
    currency = plan.get("currency")
    return Setting(
        tuple(code for code in languages if isinstance(code, str)) if isinstance(languages, list) else (),
        currency if isinstance(currency, str) else "",
    )


def build(folder: str, record_id: str, data: Mapping[str, Any], setting: Setting) -> Record | list[Coded]:
    """Return the record that `data` describes, or what is wrong with it.

    `data` is the file as plain mappings, lists and texts. `record_id` comes from the name of the file.
    """
    model = RECORD_TYPES[folder]
    try:
        return model.model_validate({**data, "id": record_id}, context=setting)
    except ValidationError as error:
        address = folder if folder in ("plan", "budget") else f"{folder}/{record_id}"
        return list(_problems(error, model, address, data))


def _problems(error: ValidationError, model: type[Record], address: str, data: Mapping[str, Any]) -> Iterator[Coded]:
    seen: set[tuple[str, Path]] = set()
    kept: dict[str, Coded] = {}
    counted: Counter[str] = Counter()
    for detail in error.errors(include_url=False):
        path, kind = _path(detail["loc"], model, data), str(detail["type"])
        if (kind, path) in seen:
            continue
        seen.add((kind, path))
        counted[kind] += 1
        if counted[kind] < MAX_OF_ONE_CODE:
            yield _coded(detail, path, model, address)
        elif counted[kind] == MAX_OF_ONE_CODE:
            kept[kind] = _coded(detail, path, model, address)
    for kind, coded in kept.items():
        yield Coded(coded.code, with_more(coded.problem, counted[kind] - MAX_OF_ONE_CODE))


def _path(loc: tuple[str | int, ...], model: type[Part], data: Any) -> Path:
    """The path in the file of a place in the model: union branches and key marks left out, positions kept.

    Positions stay numbers, since an item that is wrong may have no key, or one that another has too.
    """
    steps: list[str | int] = []
    for step in loc:
        if step == "[key]":
            continue
        if isinstance(data, Mapping):
            if step in data:
                data = data[step]
            elif step in _BRANCHES:
                continue
            else:
                data = None
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step] if step < len(data) else None
        else:
            continue
        steps.append(step)
    return tuple(steps)


def _coded(detail: Any, path: Path, model: type[Record], address: str) -> Coded:
    kind, name = detail["type"], str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        known = list(field_by_key(_model_at(model, path[:-1])))
        near = get_close_matches(name, known, 1)
        tail = f" (did you mean {near[0]}?)" if near else f" (known: {', '.join(known)})"
        return Coded(
            "SCH001", Problem(address, path, f"unknown key {name}{tail}", actual=name, fix=near[0] if near else None)
        )
    if kind == "missing":
        name = str(detail["loc"][-1])
        return Coded("SCH002", Problem(address, (*path[:-1], name) if path else (name,), f"{name} is missing"))
    if kind == "literal_error":
        return _not_allowed(detail, path, address)
    if kind == "string_pattern_mismatch":
        code, why = PATTERNS[detail["ctx"]["pattern"]]
        return Coded(code, Problem(address, path, f"{_short(detail['input'])} {why}", actual=str(detail["input"])))
    if kind == "string_too_long":
        return Coded("IDS001", Problem(address, path, f"{_short(detail['input'])} is longer than 64 characters"))
    if kind in _SHAPES:
        return Coded("SCH003", Problem(address, path, f"{name} {_SHAPES[kind]}, not {_kind(detail['input'])}"))
    message = detail["msg"]
    if message.startswith("must be"):
        message = f"{name} {message}"
    return Coded(
        kind, Problem(address, path, message, actual=detail["input"] if type(detail["input"]) is str else None)
    )


def _not_allowed(detail: Any, path: Path, address: str) -> Coded:
    value = detail["input"]
    if type(value) is not str:
        return Coded("SCH003", Problem(address, path, f"{path[-1] if path else ''} must be a text, not {_kind(value)}"))
    allowed = _choices(detail)
    near = get_close_matches(value, allowed, 1)
    tail = f" (did you mean {near[0]}?)" if near else f" (allowed: {', '.join(allowed)})"
    return Coded(
        "SCH004",
        Problem(
            address, path, f"{_short(value)} is not allowed here{tail}", actual=value, fix=near[0] if near else None
        ),
    )


def _choices(detail: Any) -> list[str]:
    return [word.strip("'") for word in detail["ctx"]["expected"].replace(" or ", ", ").split(", ")]


def _model_at(model: type[Part], path: Path) -> type[Part]:
    for step in path:
        field = field_by_key(model).get(str(step))
        if field is not None and field.models:
            model = field.models[0]
    return model


def _kind(value: Any) -> str:
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, Mapping) else "a text"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:37] + "..."


def key_at(model: type[Part], steps: Path, item: Mapping[str, Any]) -> str | None:
    """Return the key of a list `item` found at `steps` in a record of `model`, as addresses write it."""
    return key_of(_model_at(model, steps), item)

"""What the fields of the models hold: kinds for tables, the words that are allowed, and typed values for machines."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from erc_cli.core.periods import PartialDate
from erc_cli.core.records.base import Part, Record
from erc_cli.core.records.shape import FieldShape, field_by_key
from erc_cli.core.records.types import AddressOf, Country, Evidence, Inside, MoneyMark, RefTo, Translated, Vocabulary
from erc_cli.core.tables import Kind

_MODULES = {
    "plan": "plan",
    "budget": "budget",
    "partners": "partner",
    "agreements": "agreement",
    "meetings": "meeting",
    "projects": "project",
    "activities": "activity",
    "member-states": "member_state",
    "waivers": "waiver",
}


@cache
def model_of(folder: str) -> type[Record]:
    """Return the model of the records of `folder`; of all models only this one is loaded."""
    module = import_module(f"erc_cli.core.records.{_MODULES[folder]}")
    found: type[Record] = getattr(module, "".join(word.title() for word in _MODULES[folder].split("_")))
    return found


_MARK_OF_COUNTRY = get_args(Country)[1]


@cache
def kind_of(model: type[Part], key: str) -> Kind:
    """Return what the values of a field are."""
    field = field_by_key(model)[key]
    for mark in field.marks:
        if isinstance(mark, MoneyMark):
            return "amount"
        if isinstance(mark, Translated):
            return "text"
        if isinstance(mark, RefTo | AddressOf | Evidence):
            return "ref"
        if isinstance(mark, Inside):
            return "id"
        if isinstance(mark, Vocabulary):
            return "word"
        if mark == _MARK_OF_COUNTRY:
            return "country"
    return _kind_of_type(_plain_types(model.model_fields[field.name].annotation), key)


def _kind_of_type(types: list[Any], key: str) -> Kind:
    if bool in types:
        return "flag"
    if Decimal in types:
        return "number"
    if int in types:
        return "id" if key in ("year", "for_year") else "number"
    if date in types or PartialDate in types:
        return "date"
    if any(get_origin(one) is Literal for one in types):
        return "word"
    return "id" if key in ("id", "formerly", "key") else "text"


def _plain_types(annotation: Any) -> list[Any]:
    """The types an annotation is made of, without `Annotated`, unions, lists and mappings around them."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _plain_types(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [one for choice in get_args(annotation) for one in _plain_types(choice)]
    if origin is tuple:
        return _plain_types(get_args(annotation)[0])
    if origin is dict:
        return _plain_types(get_args(annotation)[1])
    return [annotation]


@cache
def choices_of(model: type[Part], key: str) -> tuple[str, ...]:
    """Return the words that a field may hold; none where it may hold more than a few."""
    types = _plain_types(model.model_fields[field_by_key(model)[key].name].annotation)
    return tuple(word for one in types if get_origin(one) is Literal for word in get_args(one))


def is_whole(model: type[Part], key: str) -> bool:
    """Whether a field holds whole numbers."""
    types = _plain_types(model.model_fields[field_by_key(model)[key].name].annotation)
    return int in types and bool not in types


def field_at(model: type[Part], path: tuple[str, ...]) -> tuple[type[Part], FieldShape] | None:
    """Return the field that a path of keys leads to, and the model that has it; None where there is none.

    A text in languages may have the language as last step, a mapping any key.
    """
    for position, step in enumerate(path):
        field = field_by_key(model).get(step)
        if field is None:
            return None
        rest = path[position + 1 :]
        if not field.models:
            is_open = field.is_mapping or any(isinstance(mark, Translated) for mark in field.marks)
            return (model, field) if not rest or (len(rest) == 1 and is_open) else None
        if not rest:
            return model, field
        model = field.models[0]
    return None


def names_of(model: type[Part], depth: int = 3) -> Iterator[str]:
    """Yield the names of all fields, those inside others with dots."""
    for key, field in field_by_key(model).items():
        yield key
        if depth > 1:
            for inner in field.models:
                yield from (f"{key}.{name}" for name in names_of(inner, depth - 1))


def typed_data(model: type[Part], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a file as machines read it: flags and whole numbers typed, all else the text of the file.

    Amounts and other decimals stay text, so that no reader makes them binary; what does not fit the model stays as it
    is.
    """
    known = field_by_key(model)
    return {key: _typed(model, known.get(key), value) for key, value in data.items()}


def _typed(model: type[Part], field: FieldShape | None, value: Any) -> Any:
    if field is None:
        return value
    if isinstance(value, list):
        return [_typed(model, field, item) for item in value]
    if isinstance(value, Mapping):
        return typed_data(field.models[0], value) if field.models else dict(value)
    if kind_of(model, field.key) == "flag":
        return {"true": True, "false": False}.get(value, value)
    if (
        is_whole(model, field.key)
        and isinstance(value, str)
        and value.isascii()
        and value.isdigit()
        and len(value) < 10
    ):
        return int(value)
    return value

"""The page of a record: its fields with labels, in the order of the file, as a renderer lays them out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from erc_cli.core.listing import View, typed
from erc_cli.core.records.base import Part, key_of
from erc_cli.core.records.kinds import kind_of
from erc_cli.core.records.shape import FieldShape, field_by_key
from erc_cli.core.tables import Kind, Scalar
from erc_cli.core.words import heading_of

TITLES = ("name", "title", "text")
"""Fields that say what a record or an item is called."""


class Value(NamedTuple):
    """One value: what it is, what stands beside it, and the language it is in where that is not the one asked for."""

    kind: Kind
    value: Scalar
    beside: str = ""
    language: str = ""


class Entry(NamedTuple):
    """A labelled field or an item of a list: its values, and the entries inside it.

    An item's label is its key, as addresses write it; a field's is English, to be translated.
    """

    label: str
    is_item: bool
    values: tuple[Value, ...] = ()
    inside: tuple[Entry, ...] = ()


class Page(NamedTuple):
    """A record, or a part of one: its address, its title, its entries, and words under them in the form `{...}`."""

    address: str
    title: Value | None
    entries: tuple[Entry, ...]
    path: str = ""
    links: int | None = None


Names = Callable[[str], str]
"""From the address of a record, a unit or the own organisation to its name; empty where it has none."""


def page_of(model: type[Part], address: str, data: Mapping[str, Any], view: View, names: Names) -> Page:
    """Return the page of a record, or of a mapping inside one."""
    at = next((key for key in TITLES if key in data and key in field_by_key(model)), None)
    title = next(iter(_values(model, field_by_key(model)[at], data, view, names)), None) if at else None
    return Page(address, title, tuple(_fields(model, data, view, names, without={"id", at})))


def entry_of(model: type[Part], key: str, value: Any, view: View, names: Names) -> Entry:
    """Return the entry of one field."""
    return next(_fields(model, {key: value}, view, names, without=set()))


def _fields(
    model: type[Part], data: Mapping[str, Any], view: View, names: Names, without: set[str | None]
) -> Iterator[Entry]:
    known = field_by_key(model)
    for key, value in data.items():
        if key in without:
            continue
        field = known.get(key)
        if field is None:
            yield Entry(key, True, inside=tuple(_unknown(value)))
        elif field.models and isinstance(value, list):
            yield Entry(heading_of(key), False, inside=tuple(_items(field.models[0], value, view, names)))
        elif field.models and isinstance(value, dict):
            yield Entry(heading_of(key), False, inside=tuple(_fields(field.models[0], value, view, names, set())))
        elif field.is_mapping and isinstance(value, dict):
            inside = (
                Entry(name, True, tuple(_values(model, field, {**data, key: inner}, view, names)))
                for name, inner in value.items()
            )
            yield Entry(heading_of(key), False, inside=tuple(inside))
        else:
            yield Entry(heading_of(key), False, tuple(_values(model, field, data, view, names)))


def _items(model: type[Part], items: list[Any], view: View, names: Names) -> Iterator[Entry]:
    for item in items:
        if not isinstance(item, dict):
            yield Entry("", True, tuple(Value("text", text) for text in _scalars(item)))
            continue
        at = next((key for key in TITLES if key in item and key in field_by_key(model)), None)
        values = tuple(_values(model, field_by_key(model)[at], item, view, names)) if at else ()
        inside = tuple(_fields(model, item, view, names, {"id", at}))
        yield Entry(key_of(model, item) or "?", True, values, inside)


def _values(model: type[Part], field: FieldShape, data: Mapping[str, Any], view: View, names: Names) -> Iterator[Value]:
    """Yield the values of a field of `data`, one for each item of a list."""
    kind, found = kind_of(model, field.key), data[field.key]
    for value in found if isinstance(found, list) else [found]:
        if kind == "text" and isinstance(value, dict):
            yield Value("text", view.text(value), language=_other_language(value, view))
        elif isinstance(value, dict | list):
            yield from (Value("text", text) for text in _scalars(value))
        else:
            beside = names(value) if kind == "ref" else ""
            if kind == "amount":
                currency = data.get("currency")
                beside = currency if isinstance(currency, str) else view.house.currency
            yield Value(kind, typed(kind, value, view), beside)


def _other_language(text: Mapping[str, Any], view: View) -> str:
    if view.language in text:
        return ""
    return next((code for code in (*view.house.languages, *text) if code in text), "")


def _unknown(value: Any) -> Iterator[Entry]:
    """Entries of what no model describes: it is shown as it stands in the file."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield Entry(key, True, inside=tuple(_unknown(inner)))
    else:
        yield Entry("", True, tuple(Value("text", text) for text in _scalars(value)))


def _scalars(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _scalars(item)
    else:
        yield str(value)


def references_in(model: type[Part], data: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the fields of `data` refer to: addresses, units, the own organisation."""
    known = field_by_key(model)
    for key, value in data.items():
        field = known.get(key)
        if field is None:
            continue
        for one in value if isinstance(value, list) else [value]:
            if field.models and isinstance(one, dict):
                yield from references_in(field.models[0], one)
            elif isinstance(one, str) and kind_of(model, key) == "ref":
                yield one


def title_in(data: Mapping[str, Any], view: View) -> str:
    """Return what a record is called: its name, else its title; empty where it has neither."""
    for key in ("name", "title"):
        if data.get(key):
            return view.text(data[key])
    return ""

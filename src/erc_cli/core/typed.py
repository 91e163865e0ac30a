"""From what people type to the plain data of a file: `amount=1,500`, `name=Union`, `participants=oic,isdb`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from erc_cli.core.currencies import CURRENCY_PLACES
from erc_cli.core.house import House
from erc_cli.core.records.base import Part
from erc_cli.core.records.kinds import choices_of, kind_of
from erc_cli.core.records.shape import FieldShape, field_by_key
from erc_cli.core.records.types import AddressOf, Evidence, RefTo, Translated
from erc_cli.core.text import character_name, hidden_characters
from erc_cli.errors import UsageError

_GROUPED = re.compile(r"(-?[0-9]{1,3}(?:[,\u00a0\u202f' ][0-9]{3})+)(\.[0-9]+)?")
_FLAGS = {"yes": "true", "no": "false", "true": "true", "false": "false"}
_ARABIC = {
    ord(digit): str(value) for start in "٠۰" for value, digit in enumerate(map(chr, range(ord(start), ord(start) + 10)))
} | {ord("٬"): ",", ord("٫"): "."}
"""Digits and signs of numbers in Arabic and Persian: those of ASCII."""


class Word(NamedTuple):
    """One `name=value` of the command line."""

    name: str
    value: str


def word(text: str, example: str = "category=governmental") -> Word:
    """Return the two halves of `name=value`. Raises UsageError, with an example."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        what = "nothing before the =" if equals else "no = in it"
        raise UsageError(f"{text or 'an empty word'}: there is {what}; write it as in {example}")
    return Word(name.strip(), tidy(value))


def tidy(text: str) -> str:
    """Return a text as the register keeps it: composed characters, no spaces around it.

    Raises UsageError for characters that cannot be seen, and for bytes that are no text.
    """
    tidied = unicodedata.normalize("NFC", text).strip()
    if any("\ud800" <= one <= "\udfff" for one in tidied):
        raise UsageError(f"{tidied}: this is not written in UTF-8")
    hidden = hidden_characters(tidied)
    if hidden:
        name = character_name(tidied[hidden[0]])
        raise UsageError(f"{tidied}: {name} cannot be seen, and is not kept; leave it out")
    return tidied


def item_of(model: type[Part], words: Sequence[Word], house: House) -> dict[str, Any]:
    """Return the plain data of a record or list item from `name=value` words; `name.en` reaches into a field.

    Raises UsageError for a name that the model does not know, or a value that cannot be meant for it.
    """
    data: dict[str, Any] = {}
    for name, value in sorted(words, key=lambda word: word.name != "currency"):
        put_in(data, model, name, value, house)
    return data


def put_in(data: dict[str, Any], model: type[Part], name: str, value: str, house: House) -> None:
    """Put what was typed for `name` into the plain `data` of `model`. Raises UsageError."""
    key, _, rest = name.partition(".")
    field = field_named(model, key)
    if rest and field.models and not field.is_list:
        put_in(data.setdefault(key, {}), field.models[0], rest, value, house)
    elif rest and (_is_translated(field) or field.is_mapping) and "." not in rest:
        _put(data.setdefault(key, {}), rest, value_of(model, key, value, house) if field.is_mapping else value, name)
    elif rest:
        raise UsageError(f"{name}: {key} has nothing called {rest}")
    elif _is_translated(field) and not field.is_list:
        _put(data.setdefault(key, {}), _first_language(house), value, name)
    elif field.is_list and field.models and _is_named_by_one(field.models[0]):
        (inner,) = field.models[0].KEY
        values = values_of(field.models[0], inner, value, house)
        data.setdefault(key, []).extend({inner: one} for one in values)
    elif field.is_list and not field.models:
        data.setdefault(key, []).extend(values_of(model, key, value, house))
    elif field.models and not _may_be_text(model, key):
        raise UsageError(f"{name} is made of several values: write {', '.join(_names_below(field, key))}")
    else:
        _put(data, key, value_of(model, key, value, house, data.get("currency")), name)


def _put(data: dict[str, Any], key: str, value: str, name: str) -> None:
    if key in data:
        raise UsageError(f"{name} is given twice, as {data[key]} and as {value}")
    data[key] = value


def lacking(model: type[Part], data: Mapping[str, Any]) -> list[str]:
    """Return the keys that an item cannot do without and does not have; an id is proposed where there is none."""
    fields = field_by_key(model).values()
    return [one.key for one in fields if model.model_fields[one.name].is_required() and one.key not in (*data, "id")]


def field_named(model: type[Part], key: str) -> FieldShape:
    """Return the field of `model` called `key`. Raises UsageError with the nearest name."""
    known = field_by_key(model)
    if key not in known:
        near = get_close_matches(key, known, 1)
        tail = f": did you mean {near[0]}?" if near else f" (there are {', '.join(known)})"
        raise UsageError(f"there is no field {key} here{tail}")
    return known[key]


def values_of(model: type[Part], key: str, text: str, house: House) -> list[str]:
    """Return the values of a list of plain values: names, words and codes stand between commas, a prose text alone."""
    parts = [text] if is_prose(model, key) else [part.strip() for part in text.split(",")]
    return [value_of(model, key, part, house) for part in parts if part]


def is_prose(model: type[Part], key: str) -> bool:
    """Whether the values of a list are texts in which a comma is a comma."""
    field = field_by_key(model)[key]
    return kind_of(model, key) == "text" or any(isinstance(mark, Evidence) for mark in field.marks)


def value_of(model: type[Part], key: str, text: str, house: House, currency: str | None = None) -> str:
    """Return the text that a file would have for what was typed for one value of a field.

    Amounts lose their grouping and get the places of their currency, digits become ASCII, a bare id gets its folder.
    What is wrong otherwise stays: the rules say it best.
    """
    field = field_by_key(model)[key]
    for mark in field.marks:
        if isinstance(mark, RefTo):
            return _reference(text, mark, house)
        if isinstance(mark, AddressOf):
            return _in_folder(text, mark.folders)
    kind = kind_of(model, key)
    if kind == "amount":
        return _amount(text, currency or house.currency)
    if kind in ("number", "date") or key in ("year", "for_year"):
        return ungrouped(text)
    if kind == "country":
        return text.lower()
    if key == "currency":
        return text.upper()
    if kind == "flag":
        return _FLAGS.get(text.lower(), text)
    choices = choices_of(model, key)
    if choices and text not in choices and text.lower().replace(" ", "-").replace("_", "-") in choices:
        return text.lower().replace(" ", "-").replace("_", "-")
    return text


def _amount(text: str, currency: str) -> str:
    text = ungrouped(text)
    places = CURRENCY_PLACES.get(currency)
    if not places or not re.fullmatch(r"-?[0-9]+(\.[0-9]*)?", text, re.ASCII):
        return text
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest.ljust(places, '0')}"


def ascii_digits(text: str) -> str:
    """Return a text with Arabic and Persian digits, and the signs of their numbers, in those of ASCII."""
    return text.translate(_ARABIC)


def ungrouped(text: str) -> str:
    """Return a number or date in ASCII digits, without the commas or spaces that group thousands."""
    text = ascii_digits(text)
    grouped = _GROUPED.fullmatch(text)
    return re.sub("[^-0-9]", "", grouped[1]) + (grouped[2] or "") if grouped else text


def _reference(text: str, mark: RefTo, house: House) -> str:
    if "/" in text or ((mark.own or mark.unit) and text in house.names):
        return text
    return f"{mark.folders[0]}/{text}"


def _in_folder(text: str, folders: Sequence[str]) -> str:
    return f"{folders[0]}/{text}" if len(folders) == 1 and "/" not in text else text


def _is_translated(field: FieldShape) -> bool:
    return any(isinstance(mark, Translated) for mark in field.marks)


def _may_be_text(model: type[Part], key: str) -> bool:
    return kind_of(model, key) == "text" and "str" in str(model.model_fields[field_by_key(model)[key].name].annotation)


def _is_named_by_one(model: type[Part]) -> bool:
    """Whether an item needs nothing but the one field that tells it apart: a party of an agreement."""
    needed = [name for name, field in model.model_fields.items() if field.is_required()]
    return len(model.KEY) == 1 and needed == list(model.KEY) and model.KEY != ("id",)


def _names_below(field: FieldShape, key: str) -> list[str]:
    return [f"{key}.{inner}=..." for inner in list(field_by_key(field.models[0]))[:4]]


def _first_language(house: House) -> str:
    return house.languages[0] if house.languages else "en"

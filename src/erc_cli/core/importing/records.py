"""Rows and records: what a row adds to a record, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from erc_cli.core.append_only import is_append_only
from erc_cli.core.importing.heading_names import SIGNED
from erc_cli.core.importing.headings import TRANSLATED
from erc_cli.core.periods import NotADateError, parse_date, parse_partial_date
from erc_cli.core.records.kinds import model_of
from erc_cli.core.text import fold

Value = str | tuple[str, ...]
_NESTED: Final = TRANSLATED | {"planned", "done"}
_KEYED: Final[Mapping[str, tuple[str, str]]] = {"identifiers": ("scheme", "value"), "budget": ("year", "amount")}
"""Lists whose items are two values: what tells them apart, and what they say."""


class Step(NamedTuple):
    """One change of a record on file: a field to be set, or items to be added to a list where `words` are given."""

    address: str
    value: str = ""
    words: tuple[str, ...] = ()


class Difference(NamedTuple):
    """A field of which the record and the row say different things."""

    field: str
    has: Value
    row: Value


def composed(row: Mapping[str, Value]) -> dict[str, Any]:
    """Return the plain data of a new record from fields and their values; `id` is left out."""
    data: dict[str, Any] = {}
    for field, value in row.items():
        put(data, field, value)
    return data


def put(data: dict[str, Any], field: str, value: Value) -> None:
    """Put the value of a field into the plain data of a record that does not have it; lists are added to."""
    name, _, rest = field.partition(".")
    if field == "id":
        return
    if field == SIGNED:
        assert isinstance(value, str)  # noqa: S101
        data["signed_before"] = day_after(value)
        for party in data.get("parties", ()):
            party["signed_on"] = value
    elif name in _KEYED:
        data.setdefault(name, []).append(dict(zip(_KEYED[name], (rest, value), strict=True)))
    elif name in _NESTED and rest:
        data.setdefault(name, {})[rest] = value
    elif name == "parties":
        data.setdefault(name, []).extend({"party": one} for one in value)
    elif isinstance(value, tuple):
        data.setdefault(name, []).extend(value)
    else:
        data[name] = value


def held(data: Mapping[str, Any], field: str) -> Value | None:
    """Return what a record says about a field, in the shape of rows; None where it says nothing."""
    name, _, rest = field.partition(".")
    value = data.get(name)
    if field == SIGNED:
        return signed(data)
    if name in _KEYED:
        key, said = _KEYED[name]
        found = [item.get(said) for item in _items(value) if item.get(key) == rest]
        return str(found[0]) if found else None
    if name in _NESTED and rest:
        return value.get(rest) if isinstance(value, Mapping) else None
    if name == "parties":
        return tuple(str(item.get("party")) for item in _items(value)) or None
    if isinstance(value, list):
        return tuple(map(str, value))
    return value if isinstance(value, str) else None


def steps(address: str, data: Mapping[str, Any], row: Mapping[str, Value], update: bool) -> Iterator[Step | Difference]:
    """Yield what a row changes in a record on file, and where the record stays as it is though the row says otherwise.

    What the record lacks is added. What it has is replaced with `update` only, and then nothing is taken out of lists.
    Facts, such as a signature or an approved schedule, are never replaced.
    """
    for field, value in row.items():
        has = held(data, field)
        if field == "id" or has == value or (has is not None and is_same(field, has, value)):
            continue
        if has is not None and _is_said_otherwise(data, field, value):
            continue
        if field == SIGNED:
            assert isinstance(value, str)  # noqa: S101
            yield Step(f"{address}.signed_before", day_after(value)) if has is None else Difference(field, has, value)
        elif isinstance(value, tuple):
            missing = [one for one in value if has is None or one not in has]
            if has is not None and not update:
                yield Difference(field, has, value)
            elif field == "parties":
                yield from (Step(f"{address}.{field}", words=(f"party={one}",)) for one in missing)
            elif missing:
                yield Step(f"{address}.{field}", words=tuple(missing))
        elif has is None:
            yield _added(address, field, value)
        elif update and not is_fact(address, field):
            yield Step(_address(address, field), value)
        else:
            yield Difference(field, has, value)


def _is_said_otherwise(data: Mapping[str, Any], field: str, value: Value) -> bool:
    """Whether a name or title is what a record has in another language: a column need not say which it is in."""
    name, _, language = field.partition(".")
    texts = data.get(name)
    if name not in TRANSLATED or not language or not isinstance(texts, Mapping):
        return False
    return any(isinstance(text, str) and is_same(field, text, value) for text in texts.values())


def is_fact(address: str, field: str) -> bool:
    """Whether what a record says of a field is a fact, which nothing but a correction changes."""
    model = model_of(address.partition("/")[0])
    return field == SIGNED or is_append_only(model, tuple(_address("", field).split(".")[1:]))


def _added(address: str, field: str, value: str) -> Step:
    name, _, rest = field.partition(".")
    if name in _KEYED:
        key, said = _KEYED[name]
        return Step(f"{address}.{name}", words=(f"{key}={rest}", f"{said}={value}"))
    return Step(f"{address}.{field}", value)


def _address(address: str, field: str) -> str:
    """The address of the value of a field: `budget.2019` is the amount of the item of that year."""
    name = field.partition(".")[0]
    return f"{address}.{field}.{_KEYED[name][1]}" if name in _KEYED else f"{address}.{field}"


def is_same(field: str, has: Value, value: Value) -> bool:
    """Whether two values of a field say the same: lists in any order or part of one, days as far as both know them.

    Names and titles are the same in whatever case, with or without accents and signs.
    """
    if isinstance(has, tuple) and isinstance(value, tuple):
        return set(value) <= set(has)
    if isinstance(has, tuple) or isinstance(value, tuple):
        return False
    if field == SIGNED:
        return has.startswith(value)
    if field.startswith("budget."):
        return has == value or _decimal(has) == _decimal(value)
    if field.partition(".")[0] in TRANSLATED and fold(has):
        return fold(has) == fold(value)
    return " ".join(has.split()) == " ".join(value.split())


def _decimal(text: str) -> Decimal | None:
    plain = text.lstrip("-").replace(".", "", 1)
    return Decimal(text) if plain.isascii() and plain.isdigit() else None


def signed(data: Mapping[str, Any]) -> str | None:
    """Return the day, month or year in which an agreement was signed, as far as its record knows."""
    days = [str(item["signed_on"]) for item in _items(data.get("parties")) if "signed_on" in item]
    if days:
        return max(days)
    before = data.get("signed_before")
    try:
        day = parse_date(before) if isinstance(before, str) else None
    except NotADateError:
        return None
    if day is None:
        return None
    if (day.month, day.day) == (1, 1):
        return str(day.year - 1)  # all that an import knew was the year
    return (day - timedelta(days=1)).isoformat()


def day_after(text: str) -> str:
    """Return the first day that is surely after a day, month or year."""
    last: date = parse_partial_date(text).last_day
    return (last + timedelta(days=1)).isoformat()


def _items(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []

"""Fields of records as files have them: which field a way leads to, and what stands there, in words and days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from erc_cli.core.periods import NotADateError, last_day, parse_partial_date
from erc_cli.core.records.base import Part, key_of
from erc_cli.core.records.shape import FieldShape, field_by_key


def shape_at(model: type[Part], path: Sequence[str]) -> tuple[FieldShape | None, FieldShape | None]:
    """Return the field that a way leads to and the one around it, None where the data format has none.

    The keys of items and of mappings are steps of the way; for these the field is that of the list or mapping.
    """
    current: type[Part] | None = model
    field: FieldShape | None = None
    around: FieldShape | None = None
    at_item = False
    for step in path:
        if at_item or current is None:
            at_item = False
            continue
        around, field = field, field_by_key(current).get(step)
        if field is None:
            return None, around
        current = field.models[0] if field.models else None
        at_item = field.is_list and current is not None
    return field, around


def in_words(value: Any) -> str | None:
    """Return what stands in a file on one line, as people read it; None for nothing."""
    if value is None:
        return None
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        if set(value) <= {"start", "end"}:
            return " – ".join(filter(None, (in_words(value.get(key)) for key in ("start", "end"))))
        if value and all(len(key) == 2 for key in value):  # a text in languages
            return in_words(next(iter(value.values())))
        return "; ".join(f"{key} {in_words(inner)}" for key, inner in value.items() if key != "id")
    return ", ".join(filter(None, (in_words(_party(inner)) for inner in value)))


def _party(item: Any) -> Any:
    if isinstance(item, Mapping) and "party" in item and set(item) <= {"party", "signed_on", "signatory"}:
        return item["party"]
    return item


def holder_of(data: Mapping[str, Any] | None, root: type[Part], path: Sequence[str]) -> Mapping[str, Any]:
    """Return the mapping in which the last step of a way lies; empty where it is not there."""
    value: Any = data
    model: type[Part] | None = root
    for step in path[:-1]:
        if isinstance(value, Mapping):
            field = field_by_key(model).get(step) if model is not None else None
            value, model = value.get(step), field.models[0] if field is not None and field.models else None
        elif isinstance(value, list) and model is not None:
            of = model
            value = next((one for one in value if isinstance(one, Mapping) and key_of(of, one) == step), None)
    return value if isinstance(value, Mapping) else {}


def why_of(data: Mapping[str, Any]) -> str:
    """Return the cause and the reason that stand in an item; empty where there is none."""
    words = [str(data[key]) for key in ("cause", "reason") if isinstance(data.get(key), str)]
    return ": ".join(words)


def days_between(before: Any, after: Any) -> int | None:
    """Return the days from one date to another, both as files have them; None where one is none."""
    one, other = _day(before), _day(after)
    return (other - one).days if one is not None and other is not None else None


def _day(text: Any) -> date | None:
    if not isinstance(text, str):
        return None
    try:
        return last_day(parse_partial_date(text))
    except NotADateError:
        return None

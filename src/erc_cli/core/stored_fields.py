"""Columns for every stored field, made from the models: what `--fields` can name beside the columns with own names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from erc_cli.core.listing import Field
from erc_cli.core.records.base import Record
from erc_cli.core.records.kinds import choices_of, field_at, kind_of
from erc_cli.core.tables import Column
from erc_cli.core.words import heading_of
from erc_cli.errors import UsageError


def stored_fields(model: type[Record], names: Iterable[str]) -> Mapping[str, Field]:
    """Return columns for those of `names`, with dots, that are fields of the model."""
    found = {}
    for name in names:
        path = tuple(name.split("."))
        at = field_at(model, path)
        if at is not None:
            owner, field = at
            found[name] = Field(Column(name, heading_of(name), kind_of(owner, field.key)), path)
    return found


def refuse_impossible_words(model: type[Record], field: Field, value: str) -> None:
    """Raise UsageError if `value` is none of the words that the field may hold, with the nearest one."""
    allowed: list[str] = []
    for path in (field.path, *((key,) for key in field.also)):
        at = field_at(model, path) if path else None
        if at is not None:
            allowed += choices_of(at[0], at[1].key)
    if allowed and value and value not in allowed:
        near = get_close_matches(value, allowed, 1)
        tail = f": did you mean {near[0]}?" if near else f" (there are {', '.join(dict.fromkeys(allowed))})"
        raise UsageError(f"--where {field.column.key}={value}: no such word{tail}")

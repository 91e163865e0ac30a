"""`erc partner list` and its like with fields that only the models know, or that are worked out from the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from erc_cli.commands.listing import Asked, Listed, rows_of
from erc_cli.core.derived import DERIVED, Derived
from erc_cli.core.list_columns import LISTINGS
from erc_cli.core.listing import (
    Field,
    Row,
    View,
    cell_of,
    choose,
    conditions,
    names_asked,
    ordered,
    split_condition,
    table_of,
    values_at,
)
from erc_cli.core.records.kinds import model_of, names_of, typed_data
from erc_cli.core.stored_fields import refuse_impossible_words, stored_fields
from erc_cli.store.load import load
from erc_cli.store.raw import read_records
from erc_cli.store.worktree import Source


def list_fully(source: Source, folder: str, asked: Asked, view: View, on: date, *, as_items: bool) -> Listed:
    """Return the records of `folder` that were asked for, on a day. Raises UsageError.

    `as_items` gives items with every field: what is stored and what is derived, or those of `--fields` alone.
    """
    listing, derived = LISTINGS[folder], {one.column.key: one for one in DERIVED[folder]}
    names = names_asked(asked.fields, asked.where, asked.sort)
    model = model_of(folder)
    known: dict[str, Field] = {**stored_fields(model, names), **listing.columns}
    known.update((key, one.field) for key, one in derived.items())
    every = set(names_of(model))
    fields = choose(asked.fields, known, listing.shown, every)
    wanted = conditions(asked.where, known, every)
    used = names | {field.column.key for field in fields}
    rows, unread = rows_of(list(read_records(source, [folder])))
    needed = [one for key, one in derived.items() if as_items or key in used]
    rows = _with_derived(source, folder, rows, needed, on)
    found = [row for row in rows if all(condition(row, view) for condition in wanted)]
    if not found:
        for condition in asked.where:
            name, operator, value = split_condition(condition)
            if not operator:
                refuse_impossible_words(model, known[name], value)
    found = ordered(found, asked.sort, known, view, every)
    items = tuple(_item(row, folder, fields if asked.fields else None, view) for row in found) if as_items else ()
    return Listed(table_of(fields, found, view), items, unread, len(rows))


def _with_derived(source: Source, folder: str, rows: list[Row], needed: Sequence[Derived], on: date) -> list[Row]:
    if not needed:
        return rows
    loaded = load(source, {folder, *(name for one in needed for name in one.needs)})
    if not loaded.has_plan:
        return rows
    found = []
    for row in rows:
        record = loaded.register.records.get(row.address)
        if record is not None:
            worked_out = {one.column.key: one.work_out(record, loaded.register, on) for one in needed}
            row = row._replace(derived=worked_out)
        found.append(row)
    return found


def _item(row: Row, folder: str, fields: Iterable[Field] | None, view: View) -> Mapping[str, Any]:
    data = typed_data(model_of(folder), row.data)
    if fields is None:
        worked_out = {key: value for key, value in row.derived.items() if value is not None}
        return {"address": row.address, "id": row.id, **data, **worked_out}
    values: dict[str, Any] = {"address": row.address}
    for field in fields:
        value: Any = cell_of(field, row, view)
        if field.path and field.column.kind in ("flag", "number"):
            found = list(values_at(data, field.path))
            value = found[0] if len(found) == 1 else found or None
        if value is not None:
            values[field.column.key] = value
    return values

"""What is worked out about one record from the whole register, beside what its file says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from erc_cli.core.derived import DERIVED
from erc_cli.core.listing import View
from erc_cli.core.page import Entry, Value
from erc_cli.store.load import load
from erc_cli.store.worktree import Source


def work_out(source: Source, folder: str, address: str, on: date) -> Mapping[str, Any]:
    """Return the derived fields of a record on a day; none where the record or the plan has something wrong in it."""
    derived = DERIVED.get(folder, ())
    if not derived:
        return {}
    loaded = load(source, {folder, *(name for one in derived for name in one.needs)})
    record = loaded.register.records.get(address)
    if record is None or not loaded.has_plan:
        return {}
    return {one.column.key: one.work_out(record, loaded.register, on) for one in derived}


def as_entries(folder: str, derived: Mapping[str, Any], view: View) -> tuple[Entry, ...]:
    """Return derived fields as entries of a page; those without a value are left out."""
    found = []
    for one in DERIVED.get(folder, ()):
        value = derived.get(one.column.key)
        if value is not None:
            beside = view.house.currency if one.column.kind == "amount" else ""
            found.append(Entry(one.column.heading, False, (Value(one.column.kind, value, beside),)))
    return tuple(found)

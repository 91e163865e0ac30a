"""Items as JSON: in a versioned envelope, or one on each line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from erc_cli.core.money import plain
from erc_cli.core.periods import PartialDate
from erc_cli.core.tables import Before, Cell, Table
from erc_cli.core.text import visible


def as_json(schema: str, items: Sequence[Mapping[str, Any]]) -> str:
    """Return the items under the name and version of their schema."""
    return document({"schema": schema, "items": items})


def as_json_lines(items: Iterable[Mapping[str, Any]]) -> str:
    """Return one item on each line."""
    return "".join(_inert(json.dumps(_plain(item), ensure_ascii=False)) + "\n" for item in items)


def document(value: Mapping[str, Any]) -> str:
    """Return a whole JSON document."""
    return _inert(json.dumps(_plain(value), ensure_ascii=False, indent=2)) + "\n"


def items_of(table: Table) -> tuple[dict[str, Any], ...]:
    """Return the rows of a table as items under the columns' keys; empty cells are left out."""
    return tuple(_item(table, row) for row in table.rows)


def section_of(table: Table) -> dict[str, Any]:
    """Return a table with a line of totals: its rows as `lines`, the first of its totals as `total`."""
    total = _item(table, (None, *table.totals[0][1:])) if table.totals else {}
    return {"lines": items_of(table), **({"total": total} if total else {})}


def _item(table: Table, row: Sequence[Cell]) -> dict[str, Any]:
    return {column.key: cell for column, cell in zip(table.columns, row, strict=True) if cell is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Before):
        return f"<{value.day}"
    if isinstance(value, PartialDate | date):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def _inert(text: str) -> str:
    """Escape what a terminal might obey or nobody would see; readers of JSON get the very same characters."""
    steering = {one for one in set(text) if one != "\n" and visible(one) != one}
    return text.translate({ord(one): _escaped(one) for one in steering}) if steering else text


def _escaped(character: str) -> str:
    return json.dumps(character)[1:-1] if ord(character) > 0x7F else f"\\u{ord(character):04x}"

"""Amounts that changed: what they were and are, by how much, and how large a change that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from erc_cli.core.comparing import Change, Pair
from erc_cli.core.field_words import holder_of, in_words, shape_at, why_of
from erc_cli.core.money import NotPlainError, OutOfRangeError, parse_number
from erc_cli.core.records.base import Part, key_of
from erc_cli.core.records.shape import FieldShape
from erc_cli.core.records.types import MoneyMark
from erc_cli.core.review import Row

LARGE: Final = Decimal(20)
"""Per cent: what changes an amount by more is a large change."""


def revision_row(pair: Pair, change: Change, address: str) -> Row | None:
    """Return a revision that was added, as the change of the amount or target that it is; None for else."""
    data = change.after
    if len(change.path) < 2 or change.path[-2] != "revisions" or change.before is not None:
        return None
    if not isinstance(data, Mapping) or "from" not in data or "to" not in data:
        return None
    why, because = why_of(data), str(data.get("because") or "")
    holder = address.rpartition(".revisions.")[0]
    is_target = pair.address.split("/")[0] == "projects" and change.path[0] == "areas"
    if is_target:
        before, after = str(data["from"]), str(data["to"])
        return Row("results", "change-of-results", holder, before, after, why=why, because=because)
    if pair.address == "budget" and change.path[0] == "staff":
        holder = f"budget.staff.lines.{data.get('line')}.years.{data.get('year')}"
    row = amount_row(holder, data["from"], data["to"], "", False)
    return row._replace(why=why, because=because)


def amount_row(address: str, before: Any, after: Any, currency: str, is_correction: bool) -> Row:
    """Return the change of an amount; what is no amount is told as it is written."""
    amounts = (_amount(before), _amount(after))
    if any(amount is None and text is not None for amount, text in zip(amounts, (before, after), strict=True)):
        return Row("other", "correction" if is_correction else "other", address, in_words(before), in_words(after))
    row = Row("money", "other", address, in_words(before), in_words(after), amounts, currency)
    if is_correction:
        return row._replace(kind="correction")
    if amounts[0] is None:
        return row._replace(kind="new")
    if amounts[1] is None:
        return row._replace(kind="removed")
    percent = row.percent
    is_large = percent is None or abs(percent) > LARGE
    return row._replace(kind="large-budget-change" if is_large else "budget-change")


def money_inside(pair: Pair, change: Change) -> Iterator[Row]:
    """Yield the amounts in what came or went as a whole."""
    for side in (change.before, change.after):
        if side is not None and (change.before is None or change.after is None):
            for path, amount, data in _amounts(side, pair.model, change.path):
                address = ".".join((pair.address, *path))
                before, after = (None, amount) if change.before is None else (amount, None)
                row = amount_row(address, before, after, str(data.get("currency") or ""), False)
                told = " ".join(str(data[key]) for key in ("stage", "form") if isinstance(data.get(key), str))
                yield row._replace(why=told or why_of(data))


def _amounts(
    value: Any, model: type[Part], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str, Mapping[str, Any]]]:
    """Every amount in a value at `path` of a record: its way, the amount, and what it stands in."""
    from_root = model
    if isinstance(value, Mapping):
        for key, inner in value.items():
            here = (*path, key)
            if key == "from" and "to" in value:
                continue  # of a revision, what counts is told
            field, _ = shape_at(from_root, here)
            if field is not None and is_money(field) and isinstance(inner, str):
                yield here, inner, value
            elif field is not None and is_money(field) and isinstance(inner, Mapping):
                yield from (((*here, step), one, value) for step, one in inner.items() if isinstance(one, str))
            else:
                yield from _amounts(inner, from_root, here)
    elif isinstance(value, list):
        field, _ = shape_at(from_root, path)
        inner_model = field.models[0] if field is not None and field.models else None
        for at, item in enumerate(value):
            key = key_of(inner_model, item) if inner_model is not None and isinstance(item, Mapping) else None
            yield from _amounts(item, from_root, (*path, key or str(at)))


def is_money(field: FieldShape) -> bool:
    """Whether a field holds an amount."""
    return any(isinstance(mark, MoneyMark) for mark in field.marks)


def _amount(value: Any) -> Decimal | None:
    if not isinstance(value, str):
        return None
    try:
        return parse_number(value)
    except (NotPlainError, OutOfRangeError):
        return None  # it is a finding; what is no amount is told as it is written


def beside(pair: Pair, change: Change, key: str) -> Any:
    """Return what stands under a key beside the place of a change, after it."""
    return holder_of(pair.new, pair.model, change.path).get(key)

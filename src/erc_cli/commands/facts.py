"""Dated facts, appended and never edited: what the verbs of agreements, meetings, activities and others write.

Each verb knows what is legal on its day, and says what is legal instead. `named` are the options of a command by the
keys of the file; `words` are further `key=value` words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from erc_cli.commands.changing import append_data, list_at, set_field
from erc_cli.core.house import House
from erc_cli.core.records.base import Record
from erc_cli.core.register import Register
from erc_cli.core.suggestions import AddressSuggestions
from erc_cli.core.typed import Word, field_named, item_of, tidy, word
from erc_cli.errors import NotFoundError
from erc_cli.store.draft import Draft
from erc_cli.store.load import load

Kind = TypeVar("Kind", bound=Record)
Named = Mapping[str, str | Sequence[str]]


def add_fact(draft: Draft, house: House, address: str, named: Named, words: Sequence[str] = ()) -> str:
    """Add an item to the list at `address` and return the item's address. Raises UsageError, RefusedError."""
    _, holder, key = list_at(draft, address)
    model = field_named(holder, key).models[0]
    told = [*_told(named), *(word(text) for text in words)]
    return append_data(draft, address, item_of(model, told, house))


def set_facts(draft: Draft, house: House, address: str, named: Named, words: Sequence[str] = ()) -> None:
    """Give what is at `address` these fields. Raises UsageError, RefusedError."""
    for name, value in [*_told(named), *(word(text) for text in words)]:
        set_field(draft, f"{address}.{name}", value, house)


def _told(named: Named) -> list[Word]:
    found = []
    for name, value in named.items():
        values = [value] if isinstance(value, str) else list(value)
        found += [Word(name, tidy(one)) for one in values if one]
    return found


def register_of(draft: Draft) -> Register:
    """Return the register as the draft has it."""
    return load(draft).register


def record_at(register: Register, address: str, model: type[Kind]) -> Kind:
    """Return the record that a fact is about. Raises NotFoundError."""
    record = register.find(address, model)
    if record is None:
        if address in register.broken:
            raise NotFoundError(f"{address} has errors: erc check data/{address}.yaml tells which; mend them first")
        renamed = register.renamed.get(address)
        near = AddressSuggestions(register.records).nearest(address)
        known = f": it is now {renamed}" if renamed else f": did you mean {near}?" if near else ""
        raise NotFoundError(f"there is no {address}{known}")
    return record

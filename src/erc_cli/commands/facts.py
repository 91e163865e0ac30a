"""Dated facts, appended and never edited: what the verbs of agreements, meetings, activities and others write.

Each verb knows what is legal on its day, and says what is legal instead. `named` are the options of a command by the
keys of the file; `words` are further `key=value` words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from erc_cli.commands.appending import append_data, list_at
from erc_cli.commands.changing import set_field
from erc_cli.core.house import House
from erc_cli.core.records.base import Record
from erc_cli.core.register import Register
from erc_cli.core.suggestions import AddressSuggestions
from erc_cli.core.typed import Word, field_named, item_of, lacking, tidy, word
from erc_cli.errors import NotFoundError, RefusedError, UsageError
from erc_cli.store.draft import Draft
from erc_cli.store.load import load

Kind = TypeVar("Kind", bound=Record)
Named = Mapping[str, str | Sequence[str]]


def add_fact(draft: Draft, house: House, address: str, named: Named, words: Sequence[str] = ()) -> str:
    """Add an item to the list at `address` and return the item's address. Raises UsageError, RefusedError."""
    _, holder, key = list_at(draft, address)
    model = field_named(holder, key).models[0]
    told = [*_told(named), *(word(text, "FIELD=VALUE") for text in words)]
    data = item_of(model, told, house)
    if missing := lacking(model, data):
        raise UsageError(f"say {', '.join(_OPTIONS.get(name, f'--{name}') for name in missing)} as well")
    return append_data(draft, address, data)


_OPTIONS = {"text": "what it is (TEXT)", "to": "how much (AMOUNT)"}
"""What a command calls a field where it is no option of that name."""


def set_facts(draft: Draft, house: House, address: str, named: Named, words: Sequence[str] = ()) -> None:
    """Give what is at `address` these fields. Raises UsageError, RefusedError."""
    told = [*_told(named), *(word(text, "FIELD=VALUE") for text in words)]
    for at, (name, value) in enumerate(told):
        if name in [one.name for one in told[:at]]:
            raise UsageError(f"{name} is given twice")
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


def need_plan(register: Register) -> None:
    """Raise RefusedError where the plan has errors, for what cannot be told without it."""
    if "plan" not in register.records:
        raise RefusedError("data/plan.yaml has errors: erc check data/plan.yaml tells which; mend them first")


def record_at(register: Register, address: str, model: type[Kind]) -> Kind:
    """Return the record that a fact is about. Raises NotFoundError."""
    record = register.find(address, model)
    if record is None:
        if address in register.broken:
            raise NotFoundError(f"{address} has errors: erc check data/{address}.yaml tells which; mend them first")
        raise NotFoundError(_not_there(register, address, model))
    return record


def _not_there(register: Register, address: str, model: type[Record]) -> str:
    folder = model.FOLDER
    noun = f"{folder[:-3]}y" if folder.endswith("ies") else folder[:-1]
    if address in register.records or not address.startswith(f"{folder}/"):
        return f"{address} is no {noun.replace('-', ' ')}: erc {noun} list shows them"
    renamed = register.renamed.get(address)
    near = AddressSuggestions(register.records).nearest(address)
    if renamed:
        return f"there is no {address}: it is now {renamed}"
    return f"there is no {address}: " + (f"did you mean {near}?" if near else f"erc {noun} list shows them")


def any_of(words: Sequence[str]) -> str:
    """Return words as a sentence has them: `planned, open or running`."""
    return " or ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))

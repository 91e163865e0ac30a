"""Typing errors in what is otherwise only added to: put right, and the correction kept in the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from erc_cli.commands.changing import Reached, append_data, reached
from erc_cli.core.append_only import is_append_only
from erc_cli.core.records.base import Described
from erc_cli.core.slugs import slug_of
from erc_cli.errors import RefusedError
from erc_cli.store.draft import Draft


def correct(draft: Draft, address: str, change: Callable[[], None], reason: str, on: date) -> None:
    """Make a change of what is at `address`; where that is a fact, note what it was and why it was wrong.

    Raises RefusedError where it is a fact and no reason is given.
    """
    at = reached(draft, address)
    is_fact = not at.left and is_append_only(at.model, at.found.path) and issubclass(at.model, Described)
    if is_fact and not reason:
        raise RefusedError(
            f"{at.address} is a fact, and facts are added to, not changed: nothing was written\n"
            f"if it was typed wrongly: --correct REASON puts it right and keeps what it was\n"
            f"if something new happened: add that ({_way(at)})"
        )
    change()
    if reason and at.field and issubclass(at.model, Described):
        _note(draft, at, reason, on)


def _note(draft: Draft, at: Reached, reason: str, on: date) -> None:
    field = ".".join(at.field)
    noted = {"id": slug_of(f"{at.field[-1]} {on}"), "on": str(on), "field": field, "was": _was(at), "reason": reason}
    list_of = f"{at.record.address}.corrections"
    taken = {item.get("id") for item in (at.record.data or {}).get("corrections", ()) if isinstance(item, dict)}
    number = 2
    wanted = noted["id"]
    while noted["id"] in taken:
        noted["id"] = f"{wanted}-{number}"
        number += 1
    append_data(draft, list_of, noted)


def _was(at: Reached) -> str:
    return "nothing" if at.left else _in_words(at.found.value)


def _in_words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_in_words(one)}" for key, one in value.items())
    return "; ".join(map(_in_words, value)) if isinstance(value, list) else str(value)


_WAYS = {
    "agreements": "erc agreement --help lists the facts of an agreement",
    "activities": "erc activity --help lists the facts of an activity",
    "meetings": "erc meeting decide, erc meeting done",
    "projects": "erc project stage, erc indicator record",
    "member-states": "erc member-state need, erc member-state answer",
}


def _way(at: Reached) -> str:
    return _WAYS.get(at.record.folder, f"erc append {at.record.address}.{at.field[0]} ...")

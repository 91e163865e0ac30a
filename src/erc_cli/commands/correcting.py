"""Typing errors in what is otherwise only added to: put right, and the correction kept in the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from erc_cli.commands.appending import append_data
from erc_cli.commands.changing import Reached, reached
from erc_cli.core.append_only import is_append_only
from erc_cli.core.records.shape import field_by_key
from erc_cli.core.slugs import free_id, slug_of
from erc_cli.core.typed import tidy
from erc_cli.errors import RefusedError
from erc_cli.store.draft import Draft


def correct(draft: Draft, address: str, change: Callable[[], None], reason: str, on: date) -> None:
    """Make a change of what is at `address`; where that is a fact, note what it was and why it was wrong.

    Raises RefusedError where it is a fact and no reason is given, or where a reason cannot be kept.
    """
    at, reason = reached(draft, address), tidy(reason)
    is_fact = not at.left and is_append_only(at.model, at.found.path)
    if is_fact and not reason:
        raise RefusedError(
            f"{at.address} is a fact, and facts are added to, not changed: nothing was written\n"
            f"if it was typed wrongly: --correct REASON puts it right and keeps what it was\n"
            f"if something new happened: add that ({_way(at)})"
        )
    if reason and "corrections" not in field_by_key(at.model):
        raise RefusedError(
            f"{at.address}: {at.record.address} keeps no corrections: nothing was written; leave --correct out"
        )
    made = len(draft.touched)
    change()
    if reason and len(draft.touched) > made:
        _note(draft, at, [str(step) for step in draft.touched[-1].field], reason, on)


def _note(draft: Draft, at: Reached, field: Sequence[str], reason: str, on: date) -> None:
    """Note a correction, with the address that its field has now, and what was there before."""
    corrections = (reached(draft, at.record.address).record.data or {}).get("corrections", ())
    taken = [str(item.get("id")) for item in corrections if isinstance(item, dict)]
    noted = {
        "id": free_id(slug_of(f"{field[-1]} {on}"), taken),
        "on": str(on),
        "field": ".".join(field),
        "was": _was(at),
        "reason": reason,
    }
    append_data(draft, f"{at.record.address}.corrections", noted)


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
    "budget": "erc budget revise",
}


def _way(at: Reached) -> str:
    return _WAYS.get(at.record.folder, f"erc append {at.record.address}.{at.field[0]} ...")

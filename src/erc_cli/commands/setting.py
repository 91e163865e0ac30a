"""`erc set`, `erc unset` and `erc append`: by address; facts only as corrections; and the totals above amounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from erc_cli.commands.appending import append_words
from erc_cli.commands.changing import set_field, unset_field
from erc_cli.commands.correcting import correct
from erc_cli.commands.totals import update_totals
from erc_cli.core.house import House
from erc_cli.core.typed import word
from erc_cli.store.draft import Draft

_EXAMPLE = "partners/oic.country=sa"


def set_values(
    draft: Draft, assignments: Sequence[str], house: House, reason: str, with_totals: bool, on: date
) -> None:
    """Make each `ADDRESS=VALUE` so. Raises UsageError, NotFoundError or RefusedError."""
    for address, value in [word(assignment, _EXAMPLE) for assignment in assignments]:
        correct(draft, address, lambda at=address, text=value: set_field(draft, at, text, house), reason, on)  # type: ignore[misc]
    if with_totals:
        update_totals(draft)


def unset_values(draft: Draft, addresses: Sequence[str], reason: str, with_totals: bool, on: date) -> None:
    """Take each field or item out. Raises NotFoundError or RefusedError."""
    for address in addresses:
        correct(draft, address, lambda at=address: unset_field(draft, at), reason, on)  # type: ignore[misc]
    if with_totals:
        update_totals(draft)


def append_values(draft: Draft, address: str, words: Sequence[str], house: House, with_totals: bool) -> None:
    """Add an item to a list. Raises UsageError, NotFoundError or RefusedError."""
    append_words(draft, address, words, house)
    if with_totals:
        update_totals(draft)

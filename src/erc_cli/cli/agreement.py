"""`erc agreement`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from erc_cli.cli.listing import Asking, day_of, list_and_print
from erc_cli.cli.nouns import Fields, On, Sort, Where, noun
from erc_cli.cli.reading import Reading
from erc_cli.errors import UsageError

_Status = Annotated[str, typer.Option("--status", metavar="STATUS", help="Of that status on the day: in-force.")]
_Party = Annotated[str, typer.Option("--party", metavar="ID", help="With that partner.")]
_Expires = Annotated[
    str, typer.Option("--expires-within", metavar="SPAN", help="In force, and ending in 90d, 12w, 3m.")
]


def _list(
    reading: Reading,
    status: _Status = "",
    party: _Party = "",
    expires_within: _Expires = "",
    fields: Fields = "",
    where: Where = None,
    sort: Sort = "id",
    on: On = "",
) -> int:
    conditions = list(where or ())
    if expires_within:
        conditions += _ending(day_of(on), expires_within)
        status = status or "in-force"
    if status:
        _refuse_unknown(status)
        conditions.append(f"status={status}")
    if party:
        conditions.append(f"parties={party}")
    return list_and_print(reading, "agreements", Asking(fields, tuple(conditions), sort, on))


def _refuse_unknown(status: str) -> None:
    from difflib import get_close_matches

    from erc_cli.core.status import STATUSES

    if status not in STATUSES:
        near = get_close_matches(status, STATUSES, 1)
        tail = f": did you mean {near[0]}?" if near else f": one of {', '.join(STATUSES)}"
        raise UsageError(f"--status {status}{tail}")


def _ending(on: date, span: str) -> list[str]:
    """The conditions for a last day from `on` to the end of a span."""
    from erc_cli.commands.due import days_of

    before = date.fromordinal(max(on.toordinal() - 1, 1))
    after = date.fromordinal(min(on.toordinal() + days_of(span) + 1, date.max.toordinal()))
    return [f"ends.gt={before}", f"ends.lt={after}"]


app = noun("agreements", "agreement", "agreements", _list)

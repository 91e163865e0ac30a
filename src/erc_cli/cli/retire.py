"""`erc retire`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.fact_options import Reason
from erc_cli.cli.options import new_app
from erc_cli.cli.writing import Day, Writing, day, writes

app = new_app()

_Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="partners/oic, agreements/ID, activities/ID, ...")]


@app.command(no_args_is_help=True)
@writes
def retire(writing: Writing, address: _Address, reason: Reason = "", date: Day = "") -> int:
    """Give a record its end, by the field or the fact that ends it. Nothing is deleted."""
    return retire_record(writing, address, reason, date)


def retire_record(writing: Writing, address: str, reason: str, date: str) -> int:
    """Give a record its end and return the exit code."""
    from erc_cli.commands import ending

    on = day(date)
    return writing.carry_out(lambda draft, house: ending.retire(draft, house, address, on, reason))

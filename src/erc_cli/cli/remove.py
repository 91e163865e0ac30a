"""`erc remove`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.options import new_app
from erc_cli.cli.writing import Day, Writing, day, writes

app = new_app()

_Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="partners/oic")]
_Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it was created in error.")]


@app.command(no_args_is_help=True)
@writes
def remove(writing: Writing, address: _Address, reason: _Reason = "", date: Day = "") -> int:
    """Take out a record that was created in error; the plan notes it. What ended is retired instead."""
    from erc_cli.commands import ending

    on = day(date)
    return writing.carry_out(lambda draft, house: ending.remove(draft, address, on, reason), "erc show plan.removed")

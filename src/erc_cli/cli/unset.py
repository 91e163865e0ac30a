"""`erc unset`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.fact_options import Totals
from erc_cli.cli.options import new_app
from erc_cli.cli.writing import Day, Writing, day, writes

app = new_app()

_Addresses = Annotated[list[str], typer.Argument(metavar="ADDRESS...", help="partners/oic.acronyms.fr")]
_Correct = Annotated[
    str, typer.Option("--correct", metavar="REASON", help="A fact that was typed in error: taken out, and noted.")
]


@app.command(no_args_is_help=True)
@writes
def unset(
    writing: Writing, addresses: _Addresses, correct: _Correct = "", update_totals: Totals = False, date: Day = ""
) -> int:
    """Take fields out of a record, or items out of its lists, with the comments that are about them alone."""
    from erc_cli.commands.setting import unset_values

    on = day(date)
    return writing.carry_out(lambda draft, house: unset_values(draft, addresses, correct, update_totals, on))

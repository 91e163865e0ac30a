"""`erc set`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.fact_options import Totals
from erc_cli.cli.options import new_app
from erc_cli.cli.writing import Day, Writing, day, writes

app = new_app()

_Assignments = Annotated[
    list[str], typer.Argument(metavar="ADDRESS=VALUE...", help="partners/oic.name.en=Organisation")
]
_Correct = Annotated[
    str, typer.Option("--correct", metavar="REASON", help="A typing error in a dated fact: put right, and noted.")
]


@app.command("set", no_args_is_help=True)
@writes
def set_(
    writing: Writing, assignments: _Assignments, correct: _Correct = "", update_totals: Totals = False, date: Day = ""
) -> int:
    """Give fields of any record a value; several at once are one change.

    Only the bytes of the value change. Amounts may be typed with commas, references without their folder, lists of
    ids with commas between them. Exit code 5: refused, nothing was written.
    """
    from erc_cli.commands.setting import set_values

    on = day(date)
    return writing.carry_out(lambda draft, house: set_values(draft, assignments, house, correct, update_totals, on))

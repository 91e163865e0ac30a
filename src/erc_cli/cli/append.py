"""`erc append`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.fact_options import Totals
from erc_cli.cli.options import new_app
from erc_cli.cli.writing import Writing, writes

app = new_app()

_Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="The list: partners/oic.contacts")]
_Words = Annotated[list[str], typer.Argument(metavar="KEY=VALUE...", help="Its fields; or values of a plain list.")]


@app.command(no_args_is_help=True)
@writes
def append(writing: Writing, address: _Address, words: _Words, update_totals: Totals = False) -> int:
    """Add one more item to any list: `erc append partners/oic.contacts id=desk role="Cooperation desk"`.

    Texts in languages take the language after a dot (`text.fr=`), the plan's first without. An id is proposed where
    one is needed.
    """
    from erc_cli.commands.setting import append_values

    return writing.carry_out(lambda draft, house: append_values(draft, address, words, house, update_totals))

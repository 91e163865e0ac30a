"""`erc rename`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.options import new_app
from erc_cli.cli.writing import Writing, writes

app = new_app()

_Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="A record, or an item of a list in one.")]
_New = Annotated[str, typer.Argument(metavar="NEW-ID", help="Its id from now on.")]


@app.command(no_args_is_help=True)
@writes
def rename(writing: Writing, address: _Address, new_id: _New) -> int:
    """Give a record or item another id: its file, the id, and every reference to it. The old id stays in formerly."""
    return rename_record(writing, address, new_id)


def rename_record(writing: Writing, address: str, new_id: str) -> int:
    """Give a record or item another id and return the exit code."""
    from erc_cli.commands import ending

    return writing.carry_out(lambda draft, house: ending.rename(draft, house, address, new_id))

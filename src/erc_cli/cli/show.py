"""`erc show`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.nouns import On
from erc_cli.cli.options import new_app, reads
from erc_cli.cli.reading import Reading

app = new_app()

_Addresses = Annotated[
    list[str], typer.Argument(metavar="ADDRESS...", help="partners/oic, budget.staff.total, projects/p.indicators.ID")
]


@app.command()
@reads
def show(reading: Reading, addresses: _Addresses, on: On = "") -> int:
    """Show any record, or one field of it.

    A single value is printed as it stands in the file, for scripts. Formats: text, json.
    Exit code 4: nothing there, or a file that could not be read.
    """
    from erc_cli.cli.showing import show_and_print

    return show_and_print(reading, addresses, on)

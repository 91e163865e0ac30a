"""`erc demo`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.options import new_app
from erc_cli.cli.reading import say

app = new_app()

_Folder = Annotated[str, typer.Argument(metavar="DIR", help="A folder that is not there yet, or is empty.")]
_Partners = Annotated[int, typer.Option("--partners", metavar="N", help="So many partners; all else grows with them.")]
_Seed = Annotated[int, typer.Option("--seed", metavar="S", help="The same number gives the same bytes.")]


@app.command()
def demo(folder: _Folder, partners: _Partners = 200, seed: _Seed = 1) -> None:
    """Make a large, plainly fictional register, for trying things and for measuring.

    Exit code 5: the folder is not empty, or cannot be written.
    """
    from erc_cli.commands.demo import make_demo

    made = make_demo(folder, partners, seed)
    say(f"{made.folder}: {made.records} records and {made.documents} documents; erc -C {made.folder} check proves them")

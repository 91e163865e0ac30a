"""`erc fmt`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from erc_cli.cli.options import new_app
from erc_cli.cli.reading import say
from erc_cli.cli.writing import Writing, writes

if TYPE_CHECKING:
    from erc_cli.commands.laying_out import LeftAlone
    from erc_cli.core.house import House
    from erc_cli.store.draft import Draft

app = new_app()

_Paths = Annotated[list[str] | None, typer.Argument(metavar="[PATHS]...", help="These alone; all files without.")]
_Check = Annotated[bool, typer.Option("--check", help="Name the files that would change; exit code 1 if any.")]
_Diff = Annotated[bool, typer.Option("--diff", help="Show the difference, write nothing.")]


@app.command()
@writes
def fmt(writing: Writing, paths: _Paths = None, check: _Check = False, diff: _Diff = False) -> int:
    """Write files in the canonical layout: keys in order, long texts folded, no needless quotes.

    Mends byte-order marks, line ends and forms of letters; else no data changes and no comment is lost. What cannot
    be proved to stay the same, and files with errors, are left as they are and named (exit code 5).
    """
    from erc_cli.commands.check import paths_below
    from erc_cli.commands.laying_out import lay_out
    from erc_cli.store.draft import Draft

    root = writing.reading.root
    wanted = paths_below(paths or (), os.getcwd(), root)
    left: list[LeftAlone] = []

    def make(draft: Draft, _: House) -> None:
        left[:] = lay_out(draft, wanted)

    if not (check or diff):
        writing.carry_out(make, "erc fmt --check")
        return 5 if _told(left) else 0
    draft = Draft(root)
    left[:] = lay_out(draft, wanted)
    if diff:
        writing.show_difference(draft)
    else:
        writing.reading.write("".join(f"{change.path}\n" for change in draft.changes()))
    _told(left)
    return 1 if check and draft.changes() else 0


def _told(left: list[LeftAlone]) -> bool:
    """Say which files were left as they are; whether there are such."""
    for path, why in left:
        say(f"{path}: {why}")
    if left:
        say(f"{len(left)} file{'s' * (len(left) > 1)} left as {'they are' if len(left) > 1 else 'it is'}")
    return bool(left)

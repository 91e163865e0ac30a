"""`erc check`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.checking import check_and_show
from erc_cli.cli.options import new_app, reads
from erc_cli.cli.reading import Reading

app = new_app()

_Paths = Annotated[list[str] | None, typer.Argument(metavar="[PATHS]...", help="Show the findings of these alone.")]
_Select = Annotated[str, typer.Option(metavar="CODES", help="Only these rules: BUD,REF001.")]
_Ignore = Annotated[str, typer.Option(metavar="CODES", help="All rules but these.")]
_Strict = Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")]
_NoCache = Annotated[bool, typer.Option("--no-cache", help="Read everything, even where nothing changed.")]


@app.command()
@reads
def check(
    reading: Reading,
    paths: _Paths = None,
    select: _Select = "",
    ignore: _Ignore = "",
    strict: _Strict = False,
    no_cache: _NoCache = False,
) -> int:
    """Check every rule on every record and print the findings.

    Exit code 0: nothing that fails; 1: errors (with --strict warnings too); 3: no register.
    Formats: text, concise (a line each), json, github (annotations).
    """
    return check_and_show(reading, paths=paths or (), select=_codes(select), ignore=_codes(ignore), strict=strict)


def _codes(words: str) -> tuple[str, ...]:
    return tuple(word.strip().upper() for word in words.split(",") if word.strip())

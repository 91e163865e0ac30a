"""`erc check`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.checking import Against, check_and_show
from erc_cli.cli.options import new_app, reads
from erc_cli.cli.reading import Reading

app = new_app()

_Paths = Annotated[list[str] | None, typer.Argument(metavar="[PATHS]...", help="Show the findings of these alone.")]
_Select = Annotated[str, typer.Option(metavar="CODES", help="Only these rules: BUD,REF001.")]
_Ignore = Annotated[str, typer.Option(metavar="CODES", help="All rules but these.")]
_Strict = Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")]
_Base = Annotated[str, typer.Option("--base", metavar="REV", help="And what was done to that revision (HIS).")]
_Merge = Annotated[
    tuple[str, str] | None,
    typer.Option("--merge", metavar="BASE HEAD", help="What two branches make when merged (MRG)."),
]
_NewOnly = Annotated[bool, typer.Option("--new-only", help="Show, and fail on, what is new against these alone.")]
_NoCache = Annotated[bool, typer.Option("--no-cache", help="Read everything, even where nothing changed.")]


@app.command()
@reads
def check(
    reading: Reading,
    paths: _Paths = None,
    select: _Select = "",
    ignore: _Ignore = "",
    strict: _Strict = False,
    base: _Base = "",
    merge: _Merge = None,
    new_only: _NewOnly = False,
    no_cache: _NoCache = False,
) -> int:
    """Check every rule on every record and print the findings.

    Exit code 0: nothing that fails; 1: errors (with --strict warnings too); 3: no register.
    Formats: text, concise (a line each), json, github (annotations), gitlab (code quality), sarif, junit.
    """
    from erc_cli.errors import UsageError

    if base and merge:
        raise UsageError("--base and --merge: only one of them")
    if new_only and not (base or merge):
        raise UsageError("--new-only needs --base or --merge, to tell what is new")
    if merge and reading.at:
        raise UsageError("--merge names both revisions itself: leave --at out")
    against = Against(base, merge, new_only) if base or merge else None
    codes = (_codes(select), _codes(ignore))
    return check_and_show(reading, paths=paths or (), select=codes[0], ignore=codes[1], strict=strict, against=against)


def _codes(words: str) -> tuple[str, ...]:
    return tuple(word.strip().upper() for word in words.split(",") if word.strip())

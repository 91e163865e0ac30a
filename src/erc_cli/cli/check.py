"""`erc check`."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from erc_cli.cli.options import Reading, new_app, reads, say
from erc_cli.commands.check import check, paths_below
from erc_cli.render import findings as render

app = new_app()

FORMATS = ("text", "concise", "json", "github")


@app.command()
@reads
def check_register(
    reading: Reading,
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATHS]...", help="Show the findings of these alone.")
    ] = None,
    select: Annotated[str, typer.Option(metavar="CODES", help="Only these rules: BUD,REF001.")] = "",
    ignore: Annotated[str, typer.Option(metavar="CODES", help="All rules but these.")] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Do not use the remembered verdict.")] = False,
) -> int:
    """Check every rule on every record and print the findings.

    Exit code 0: nothing that fails; 1: findings at or above the level; 3: no register.
    Formats: text, concise (a line each), json, github (annotations).
    """
    form = reading.choose_format(FORMATS, "text")
    checked = check(reading.source, select=_codes(select), ignore=_codes(ignore))
    shown = checked.of(paths_below(paths or (), os.getcwd(), reading.root))
    reading.write(render.RENDERERS[form](shown, reading.colour))
    if form != "json":
        say(render.summary(shown))
    return 1 if shown.fails(strict) else 0


def _codes(words: str) -> tuple[str, ...]:
    return tuple(word.strip().upper() for word in words.split(",") if word.strip())

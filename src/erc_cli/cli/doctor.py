"""`erc doctor`."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from erc_cli.cli.options import new_app
from erc_cli.errors import UnreadableError, UsageError
from erc_cli.store.root import find_root

app = new_app()

_Root = Annotated[
    str | None, typer.Option("--root", "-C", metavar="DIR", help="The register; else the nearest upwards.")
]
_Format = Annotated[str, typer.Option("--format", metavar="FORMAT", help="text or json.")]


@app.command()
def doctor(root: _Root = None, form: _Format = "text") -> int:
    """Look at what is around: program, git, extras, register, hooks; says what could be better.

    Exit code 1: there is a problem. Formats: text, json.
    """
    from erc_cli.core.text import visible
    from erc_cli.store.surroundings import surroundings

    if form not in ("text", "json"):
        raise UsageError(f"--format {form}: one of text, json")
    asked = root or os.environ.get("ERC_ROOT") or None
    try:
        folder = find_root(os.getcwd(), asked)
    except UnreadableError:
        if asked:
            raise
        folder = None
    found = list(surroundings(folder))
    if form == "json":
        from erc_cli.render.items import document

        items = [one._asdict() for one in found]
        sys.stdout.write(document({"schema": "erc.doctor/1", "items": items}))
    else:
        width = max(len(one.what) for one in found)
        for one in found:
            mark = {"ok": "ok", "note": "..", "problem": "!!"}[one.state]
            sys.stdout.write(f"{mark} {one.what:{width}}  {visible(one.value)}\n")
            if one.advice:
                sys.stdout.write(f"   {'':{width}}  {visible(one.advice)}\n")
    return 1 if any(one.state == "problem" for one in found) else 0

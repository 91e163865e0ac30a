"""`erc git-setup`."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from erc_cli.cli.options import new_app
from erc_cli.cli.reading import say
from erc_cli.store.root import find_root

app = new_app()

_Root = Annotated[
    str | None, typer.Option("--root", "-C", metavar="DIR", help="The register; else the nearest upwards.")
]
_Check = Annotated[bool, typer.Option("--check", help="Only say what is set up; exit code 1 if something is not.")]


@app.command("git-setup")
def git_setup(root: _Root = None, check: _Check = False) -> int:
    """Set up this clone: ids of records in diffs, and a hook that checks the register before each commit.

    Hooks that somebody else wrote stay as they are.
    """
    from erc_cli.core.text import visible
    from erc_cli.store.git_setup import set_up, steps

    found = find_root(os.getcwd(), root or os.environ.get("ERC_ROOT") or None)
    now = steps(found) if check else set_up(found)
    for step in now:
        sys.stdout.write(f"{'ok ' if step.is_done else 'no '} {step.what}\n")
        if step.hindrance:
            say(visible(step.hindrance))
    is_done = all(step.is_done for step in now)
    if check and not is_done:
        say("erc git-setup sets this up")
    return 0 if is_done else 1

"""`erc explain`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from erc_cli.cli.options import new_app
from erc_cli.commands.explain import all_rules, explain
from erc_cli.render import manual

app = new_app()


@app.command()
def explain_rule(
    code: Annotated[str, typer.Argument(metavar="[CODE]", help="Such as BUD005; all are listed without.")] = "",
) -> None:
    """Print the manual page of a rule: what must hold, why, an example that passes and one that fails."""
    sys.stdout.write(manual.page(explain(code)) if code else manual.listing(all_rules()))

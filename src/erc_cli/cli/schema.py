"""`erc schema`."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from erc_cli.cli.options import new_app

app = new_app()

_Type = Annotated[
    str, typer.Argument(metavar="[TYPE]", help="partner, agreement, ..., plan or budget; editor settings without.")
]


@app.command()
def schema(record_type: _Type = "") -> None:
    """Print the JSON Schema of a record type, for editors; without a type, the settings that name the schemas.

    `erc schema partner > schemas/partners.json` writes one; `erc init` writes them all.
    """
    from erc_cli.commands.schema import editor_settings, schema_of

    found = schema_of(record_type) if record_type else editor_settings()
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")

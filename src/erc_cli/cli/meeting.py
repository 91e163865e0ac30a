"""`erc meeting`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.listing import day_of, look_of, print_table, view_of, warn_of_unread
from erc_cli.cli.nouns import On, noun
from erc_cli.cli.options import reads
from erc_cli.cli.reading import Reading, say

app = noun("meetings", "meeting", "meetings")

_Owner = Annotated[str, typer.Option("--owner", metavar="ID", help="Of that unit or partner alone.")]


@app.command("decisions")
@reads
def decisions(reading: Reading, owner: _Owner = "", on: On = "") -> int:
    """List the decisions that somebody still has to carry out, by owner.

    Formats: table, plain, simple, grid, md, csv, tsv, json, jsonl.
    """
    from erc_cli.commands.decisions import list_open_decisions
    from erc_cli.render import tables

    form = reading.format and reading.choose_format(tables.FORMATS, "plain")
    look = look_of(reading, view_of(reading).language)
    found = list_open_decisions(reading.source, day_of(on), owner, look.words)
    form = form or tables.default_format(len(found.table.rows), reading.on_terminal, reading.output)
    print_table(reading, found.table, form, look)
    if not found.table.rows:
        say("no open decisions")
    warn_of_unread(found.unread)
    return 0

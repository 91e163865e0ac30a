"""`erc log`."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

import typer

from erc_cli.cli.listing import day_of, list_format, look_of, print_table, view_of
from erc_cli.cli.options import new_app, reads
from erc_cli.cli.reading import Reading, say

app = new_app()

_Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="A record or a field: budget.staff.total")]
_Limit = Annotated[int, typer.Option("--limit", min=1, metavar="N", help="So many changes at the most.")]
_Since = Annotated[str, typer.Option("--since", metavar="DATE", help="Changes of that day and later.")]


@app.command(no_args_is_help=True)
@reads
def log(reading: Reading, address: _Address, limit: _Limit = 1000, since: _Since = "") -> int:
    """Show what happened to a record or a field: when, who, what it was before, what after, in which commit.

    The newest change comes first; renamed records and items are followed back. Without --at what is not committed yet
    stands at the top. Formats: table, plain, simple, grid, md, csv, tsv, json, jsonl.
    """
    from erc_cli.commands.log import history, log_table

    form = list_format(reading)(None)
    first = day_of(since, "--since").isoformat() if since else ""
    turns = history(reading.root, address, reading.at)
    asked = (turn for turn in turns if not turn.on or turn.on[:10] >= first)
    found = list(islice(asked, limit))
    table = log_table(found, short=form not in ("csv", "tsv", "json", "jsonl"))
    items = [turn._asdict() for turn in found] if form in ("json", "jsonl") else None
    print_table(reading, table, form, look_of(reading, view_of(reading).language), items, "erc.log/1")
    if not found:
        say(f"no change is on record since {first}" if first else "no change is on record")
    return 0

"""`erc links`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.options import new_app, reads
from erc_cli.cli.reading import Reading, say

app = new_app()

_Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="partners/oic, or a place inside a record.")]


@app.command()
@reads
def links(reading: Reading, address: _Address) -> int:
    """Show what a record points to, and what points to it.

    Formats: table, plain, simple, grid, md, csv, tsv, json, jsonl. Exit code 4: no such record.
    """
    from erc_cli.cli.listing import list_format, look_of, print_table, view_of, warn_of_unread
    from erc_cli.commands.links import links as links_of
    from erc_cli.render import tables
    from erc_cli.render.items import document, items_of

    form_of, view = list_format(reading), view_of(reading)
    found = links_of(reading.source, address, view)
    form, look = form_of(found.back), look_of(reading, view.language)
    if form == "json":
        both = {"points_to": items_of(found.to), "pointed_to_by": items_of(found.back)}
        reading.write(document({"schema": "erc.links/1", "address": found.address, **both}))
    elif form in ("csv", "tsv", "jsonl"):
        print_table(reading, found.one_table(), form, look)
    else:
        reading.write("\n".join(tables.render(one, form, look) for one in (found.to, found.back) if one.rows))
        if not found.to.rows and not found.back.rows:
            say(f"{found.address} points to nothing, and nothing points to it")
    warn_of_unread(found.unread)
    return 0

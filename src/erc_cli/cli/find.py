"""`erc find`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.options import new_app, reads
from erc_cli.cli.reading import Reading, say

app = new_app()

_Texts = Annotated[list[str], typer.Argument(metavar="TEXT...", help="Words; every one must be in the record.")]


@app.command()
@reads
def find(reading: Reading, texts: _Texts) -> int:
    """Find words in every record: all fields, all languages, ids and aliases.

    Capitals, accents, Arabic vowels and the forms of alef, ya and ta marbuta do not matter.
    Formats: table, plain, simple, grid, md, csv, tsv, json, jsonl. Exit code 0 also where nothing is found.
    """
    from erc_cli.cli.listing import list_format, look_of, print_table, view_of, warn_of_unread
    from erc_cli.commands.find import find as find_in

    form = list_format(reading)
    view = view_of(reading)
    found = find_in(reading.source, texts, view)
    print_table(reading, found.table, form(found.table), look_of(reading, view.language), schema="erc.find/1")
    if not found.table.rows:
        say(f"nothing found for {' '.join(texts)}")
    warn_of_unread(found.unread)
    return 0

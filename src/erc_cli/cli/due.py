"""`erc due`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.listing import day_of, look_of, print_table, view_of, warn_of_unread
from erc_cli.cli.options import new_app, reads
from erc_cli.cli.reading import Reading, say
from erc_cli.errors import UsageError

app = new_app()

_On = Annotated[str, typer.Option("--on", metavar="DATE", help="As things stand on that day; today without.")]
_Within = Annotated[str, typer.Option("--within", metavar="SPAN", help="How far to look ahead: 90d, 12w or 3m.")]
_By = Annotated[str, typer.Option("--by", metavar="who|kind", help="Grouped by who must act, or by kind.")]
_Fail = Annotated[bool, typer.Option("--fail", help="Exit code 1 if anything is late: for schedulers.")]


@app.command()
@reads
def due(reading: Reading, on: _On = "", within: _Within = "90d", by: _By = "who", fail: _Fail = False) -> int:
    """List what is due: expiring, unsigned, overdue, missing, by who must act.

    Each item is listed until it is settled, with the day from which it is late; days below zero are days late.
    Formats: table, plain, simple, grid, md, csv, tsv, json, jsonl.
    """
    from erc_cli.commands.due import list_due
    from erc_cli.core.due_table import as_items, due_table, due_tables
    from erc_cli.render import tables

    if by not in ("who", "kind"):
        raise UsageError(f"--by {by}: who or kind")
    day = day_of(on)
    form = reading.format and reading.choose_format(tables.FORMATS, "plain")
    found = list_due(reading.source, day, within)
    look = look_of(reading, view_of(reading).language)
    form = form or tables.default_format(len(found.items), reading.on_terminal, reading.output)
    if form in ("csv", "tsv", "json", "jsonl"):
        one = due_table(found.items, found.register, day, look.words)
        print_table(reading, one, form, look, as_items(found.items, day), "erc.due/1")
    else:
        groups = due_tables(found.items, found.register, day, look.words, "who" if by == "who" else "kind")
        reading.write("\n".join(tables.render(group, form, look) for group in groups))
    if not found.items:
        say(f"nothing is due within {within} of {day}")
    warn_of_unread(found.unread)
    return 1 if fail and any(item.late_on <= day for item in found.items) else 0

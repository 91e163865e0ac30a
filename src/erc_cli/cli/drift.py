"""`erc drift`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.listing import day_of, look_of, view_of
from erc_cli.cli.options import new_app, reads
from erc_cli.cli.reading import Reading
from erc_cli.cli.report import format_of, write_report

app = new_app()


@app.command()
@reads
def drift(
    reading: Reading,
    since: Annotated[
        str, typer.Option("--since", metavar="REV", help="The revision to compare with: a commit, tag, ...")
    ],
    year: Annotated[int, typer.Option("--year", metavar="YEAR", min=0, max=2199, help="Activities of it alone.")] = 0,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="As things stand on that day; today without.")] = "",
    table: Annotated[str, typer.Option("--table", metavar="N|all", help="Which of its tables, for csv.")] = "",
) -> int:
    """Show the schedule against what it was at a revision: added, moved, cancelled, days by cause, money.

    Formats: text, md, csv, json, html, xlsx, docx, pdf. `erc report drift` is against the plan as approved.
    """
    from erc_cli.commands.drift import drift_report_since

    form = format_of(reading)
    look = look_of(reading, view_of(reading).language)
    report = drift_report_since(reading.source, reading.root, since, year or None, day_of(on), look.words)
    write_report(reading, report, form, look, table)
    return 0

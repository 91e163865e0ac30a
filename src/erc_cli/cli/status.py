"""`erc status`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.listing import day_of, look_of, view_of
from erc_cli.cli.options import new_app, reads
from erc_cli.cli.reading import Reading

app = new_app()

FORMATS = ("text", "md")


@app.command()
@reads
def status(
    reading: Reading,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="As things stand on that day; today without.")] = "",
) -> int:
    """Show the one screen for a director: money, agreements, what is due, slips, results, findings.

    Formats: text, md.
    """
    from erc_cli.commands.status import director_screen
    from erc_cli.render.reports import report_markdown, report_text

    form = reading.choose_format(FORMATS, "text")
    look = look_of(reading, view_of(reading).language)
    report = director_screen(reading.source, day_of(on), look.words)
    reading.write(report_text(report, look) if form == "text" else report_markdown(report, look))
    return 0

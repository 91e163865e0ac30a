"""`erc report`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from erc_cli.cli.listing import day_of, look_of, view_of
from erc_cli.cli.options import new_app, reads
from erc_cli.cli.reading import Reading

if TYPE_CHECKING:
    from erc_cli.core.reports.report import Report
    from erc_cli.render.look import Look

app = new_app()


@app.command()
@reads
def report(
    reading: Reading,
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="The report; without, they are listed.")] = "",
    subject: Annotated[str, typer.Argument(metavar="[ID]", help="The record it is about, where it is about one.")] = "",
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="As things stand on that day; today without.")] = "",
    table: Annotated[str, typer.Option("--table", metavar="N|all", help="Which of its tables, for csv.")] = "",
    internal: Annotated[bool, typer.Option("--internal", help="With fields that are for the house alone.")] = False,
) -> int:
    """Make a report: as text, or as a file in the format that its name tells (-o plan.html).

    Formats: text, md, csv, json, html, xlsx, docx, pdf, ics.
    """
    if not name:
        return _list_reports(reading)
    from erc_cli.commands.report import known_report, make_report

    known_report(name)
    form = format_of(reading)
    day = day_of(on)
    look = look_of(reading, view_of(reading).language)
    made = make_report(reading.source, name, subject, day, look.words, internal=internal)
    write_report(reading, made, form, look, table)
    return 0


def format_of(reading: Reading) -> str:
    """Return the format of a report: the one asked for, else by the name of the file. Raises UsageError."""
    from erc_cli.render.documents import FORMATS, report_format

    return (reading.format and reading.choose_format(FORMATS, "text")) or report_format(reading.output)


def write_report(reading: Reading, made: Report, form: str, look: Look, table: str) -> None:
    """Write a report. Raises UsageError where the format cannot hold it, RefusedError where the file cannot be."""
    from erc_cli.render.documents import TEXTS, render_report

    content = render_report(made, form, look, table)
    if form in TEXTS:
        reading.write(content.decode())
    else:
        reading.write_bytes(content)


def _list_reports(reading: Reading) -> int:
    """Print the names of the reports, and what each shows."""
    from erc_cli.core.reports.catalogue import REPORTS

    named = {f"{name} {known.subject and 'ID'}".strip(): known.help for name, known in REPORTS.items()}
    width = max(map(len, named))
    reading.write("".join(f"{name:{width}}  {text}\n" for name, text in named.items()))
    return 0

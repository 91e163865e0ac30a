"""`erc indicator`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.fact_options import Evidence, Words
from erc_cli.cli.listing import day_of, look_of, print_table, view_of, warn_of_unread
from erc_cli.cli.options import new_app, reads
from erc_cli.cli.reading import Reading, say
from erc_cli.cli.writing import Writing, given, writes

app = new_app(no_args_is_help=True)

_On = Annotated[str, typer.Option("--on", metavar="DATE", help="As things stand on that day; today without.")]
_Project = Annotated[str, typer.Option("--project", metavar="ID", help="Of this project alone.")]
_Id = Annotated[str, typer.Argument(metavar="ID", help="Its id, or projects/P.indicators.ID.")]


@app.callback()
def _indicators() -> None:
    """What is measured, and what proves it."""


@app.command("list")
@reads
def list_indicators(reading: Reading, project: _Project = "", on: _On = "") -> int:
    """List the measurement indicators: baseline, target, actual and share, year by year.

    Formats: table, plain, simple, grid, md, csv, tsv, json, jsonl.
    """
    from erc_cli.commands import indicators
    from erc_cli.core.indicator_table import indicator_items, indicator_table
    from erc_cli.render import tables

    form = reading.format and reading.choose_format(tables.FORMATS, "plain")
    day = day_of(on)
    listed = indicators.list_indicators(reading.source, day, project)
    look = look_of(reading, view_of(reading).language)
    table = indicator_table(listed.found, day, look.words, listed.register.plan.languages)
    form = form or tables.default_format(len(table.rows), reading.on_terminal, reading.output)
    print_table(reading, table, form, look, indicator_items(listed.found))
    if not listed.found:
        say("no indicators")
    warn_of_unread(listed.unread)
    return 0


@app.command("show")
@reads
def show_indicator(reading: Reading, name: _Id, on: _On = "") -> int:
    """Show one indicator, with the records that prove each value.

    Formats: text, md, json.
    """
    from erc_cli.commands import indicators
    from erc_cli.core.indicator_table import indicator_items, indicator_page
    from erc_cli.render.reports import report_markdown, report_text

    form, day = reading.choose_format(("text", "md", "json"), "text"), day_of(on)
    found, register = indicators.find_indicator(reading.source, name, day)
    if form == "json":
        from erc_cli.render.items import as_json

        reading.write(as_json("erc.show/1", indicator_items([found])))
        return 0
    look = look_of(reading, view_of(reading).language)
    report = indicator_page(found, register, day, look.words)
    reading.write(report_text(report, look) if form == "text" else report_markdown(report, look))
    return 0


_Year = Annotated[str, typer.Option("--year", metavar="YEAR", help="The year it was reached in.")]
_Value = Annotated[str, typer.Option("--value", metavar="NUMBER", help="What was reached.")]
_Text = Annotated[str, typer.Option("--text", metavar="TEXT", help="For qualitative ones, in the first language.")]
_Over = Annotated[str, typer.Option("--numerator", metavar="NUMBER", help="Of a percentage: the part.")]
_Under = Annotated[str, typer.Option("--denominator", metavar="NUMBER", help="Of a percentage: the whole.")]


@app.command(no_args_is_help=True)
@writes
def record(
    writing: Writing,
    name: _Id,
    words: Words = None,
    year: _Year = "",
    value: _Value = "",
    text: _Text = "",
    numerator: _Over = "",
    denominator: _Under = "",
    evidence: Evidence = None,
) -> int:
    """Note what an indicator reached in a year, with the evidence."""
    from erc_cli.commands.result_facts import record_actual

    named = given(year=year, value=value, text=text, numerator=numerator, denominator=denominator, evidence=evidence)
    return writing.carry_out(lambda draft, house: record_actual(draft, house, name, named, words or ()))

"""`erc budget`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.fact_options import Because, Reason, Totals
from erc_cli.cli.looking import full_address
from erc_cli.cli.options import new_app, reads
from erc_cli.cli.reading import Reading, say
from erc_cli.cli.writing import Day, Writing, day, given, writes

app = new_app(no_args_is_help=True)


@app.callback()
def budget() -> None:
    """The budget: show it, prove its totals, revise and share out amounts."""


@app.command()
@reads
def show(
    reading: Reading,
    on: Annotated[
        str, typer.Option("--on", metavar="DATE", help="As revised until that day; all revisions without.")
    ] = "",
) -> int:
    """Show the budget as the plan prints it: programmes, allocations, staff by year.

    Every sum is computed; a total on file that differs stands beside it, with a `!`.
    Formats: table, plain, simple, grid, md, json; csv, tsv, jsonl with one amount on a row and no sums.
    """
    from erc_cli.cli.listing import day_of, list_format, look_of, print_table, view_of
    from erc_cli.commands.budget_show import show_budget
    from erc_cli.render import tables
    from erc_cli.render.items import document, section_of

    form, view = list_format(reading)(None), view_of(reading)
    look = look_of(reading, view.language)
    found = show_budget(reading.source, view, look.words, day_of(on) if on else None)
    if form == "json":
        sections = {name: section_of(table) for name, table in found.tables.items()}
        reading.write(document({"schema": "erc.budget/1", "currency": view.house.currency, **sections}))
    elif form in ("csv", "tsv", "jsonl"):
        print_table(reading, found.flat, form, look)
    else:
        reading.write("\n".join(tables.render(table, form, look) for table in found.tables.values()))
    if not found.tables:
        say("the budget has no amounts yet")
    if not found.holds:
        say("a total is not the sum of its parts: erc budget check tells where")
    return 0


@app.command()
@reads
def check(reading: Reading) -> int:
    """Prove every total: each equation with its addends, their file and line.

    Exit code 1: a proof fails, or a file that is needed could not be read. Formats: text, json.
    """
    from erc_cli.cli.listing import look_of
    from erc_cli.commands.proof import prove
    from erc_cli.render import proof as render

    form = reading.choose_format(("text", "json"), "text")
    found = prove(reading.source)
    if form == "json":
        reading.write(render.as_json(found))
    else:
        reading.write(render.text(found, look_of(reading, reading.language(found.languages))))
    return 0 if found.holds else 1


_Line = Annotated[str, typer.Argument(metavar="LINE", help="The id of a line of the budget.")]
_Amount = Annotated[str, typer.Argument(metavar="AMOUNT", help="The amount from now on: 1,500.00")]
_Year = Annotated[str, typer.Option("--year", metavar="YEAR", help="Of a staff line: the year that changes.")]
_Project = Annotated[str, typer.Argument(metavar="PROJECT", help="Its id or address.")]
_Whole = Annotated[str, typer.Option("--amount", metavar="AMOUNT", help="How much; else what is not allocated yet.")]
_By = "share it out over these alone; ID:2 gets twice as much as ID."
_Areas = Annotated[str, typer.Option("--areas", metavar="IDS", help=f"Areas, with commas: {_By}")]
_Years = Annotated[str, typer.Option("--years", metavar="YEARS", help=f"Years, with commas: {_By}")]
_Apply = Annotated[bool, typer.Option("--apply", help="Write the shares as allocations.")]


@app.command(no_args_is_help=True)
@writes
def revise(
    writing: Writing,
    line: _Line,
    amount: _Amount,
    year: _Year = "",
    because: Because = "",
    reason: Reason = "",
    update_totals: Totals = False,
    date: Day = "",
) -> int:
    """Give a line another amount, and say why. The original stays on file; what counts is the last."""
    from erc_cli.commands import budget_changes

    when, named = day(date), given(because=because, reason=reason)
    return writing.carry_out(
        lambda draft, house: budget_changes.revise(
            draft, house, line, year, amount, when, named, with_totals=update_totals
        ),
        "erc budget show",
    )


@app.command(no_args_is_help=True)
@writes
def split(
    writing: Writing,
    project: _Project,
    amount: _Whole = "",
    areas: _Areas = "",
    years: _Years = "",
    apply: _Apply = False,
) -> int:
    """Propose how an amount of a project is shared out over areas and years, to the last cent.

    Rounded by largest remainder, so that the parts make the amount. An area that has an allocation for a year gets no
    second one. Writes nothing without --apply.
    """
    from erc_cli.cli.sharing import print_shares
    from erc_cli.commands.facts import register_of
    from erc_cli.commands.sharing import allocate
    from erc_cli.commands.sharing import split as split_amount

    address, asked = full_address("projects", project), (amount, [areas], [years])
    if not apply:
        return print_shares(writing.reading, address, *asked)

    return writing.carry_out(
        lambda draft, house: allocate(draft, house, address, split_amount(register_of(draft), address, house, *asked)),
        "erc budget show",
    )

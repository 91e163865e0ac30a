"""`erc budget`."""

from __future__ import annotations

from erc_cli.cli.options import new_app, reads
from erc_cli.cli.reading import Reading, say

app = new_app(no_args_is_help=True)


@app.callback()
def budget() -> None:
    """The budget: show it, prove its totals."""


@app.command()
@reads
def show(reading: Reading) -> int:
    """Show the budget as the plan prints it: programmes, allocations, staff by year.

    Every sum is computed; a total on file that differs stands beside it, with a `!`.
    Formats: table, plain, simple, grid, md, json; csv, tsv, jsonl with one amount on a row and no sums.
    """
    from erc_cli.cli.listing import list_format, look_of, print_table, view_of
    from erc_cli.commands.budget_show import show_budget
    from erc_cli.render import tables
    from erc_cli.render.items import document, section_of

    form, view = list_format(reading)(None), view_of(reading)
    look = look_of(reading, view.language)
    found = show_budget(reading.source, view, look.words)
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
    from erc_cli.commands.proof import prove
    from erc_cli.render import proof as render

    form = reading.choose_format(("text", "json"), "text")
    found = prove(reading.source)
    reading.write(render.as_json(found) if form == "json" else render.text(found, reading.colour, reading.width))
    return 0 if found.holds else 1

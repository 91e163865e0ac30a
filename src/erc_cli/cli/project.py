"""`erc project`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.fact_options import Id
from erc_cli.cli.looking import full_address
from erc_cli.cli.nouns import On, noun
from erc_cli.cli.options import reads
from erc_cli.cli.reading import Reading, say
from erc_cli.cli.writing import Writing, writes

app = noun("projects", "project", "projects")

_Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="These projects; all without.")]


@app.command()
@reads
def tree(reading: Reading, ids: _Ids = None, on: On = "") -> int:
    """Draw the projects: objectives, areas, outcomes and indicators with their figures.

    Projects of the programme come first, with their amounts; off-budget projects follow, by field. Format: text.
    """
    from erc_cli.cli.listing import day_of, look_of, view_of, warn_of_unread
    from erc_cli.commands.tree import project_trees
    from erc_cli.render.tree import tree_text

    reading.choose_format(("text",), "text")
    view = view_of(reading)
    look = look_of(reading, view.language)
    found = project_trees(reading.source, ids or (), view, look.words, day_of(on))
    reading.write(tree_text(found.trees, look))
    if not found.trees:
        say("no projects")
    warn_of_unread(found.unread)
    return 0


_Stage = Annotated[
    str,
    typer.Argument(metavar="STAGE", help="identified, concept, coordinated, agreed, financed, running or closed."),
]
_When = Annotated[str, typer.Option("--date", metavar="DATE", help="When: a day, month or year; today without.")]


@app.command(no_args_is_help=True)
@writes
def stage(writing: Writing, name: Id, entered: _Stage, date: _When = "") -> int:
    """Note the stage that an off-budget project has reached."""
    from erc_cli.cli.writing import day
    from erc_cli.commands.result_facts import enter_stage

    address, when = full_address("projects", name), date or str(day(""))
    return writing.carry_out(lambda draft, house: enter_stage(draft, house, address, entered, when))

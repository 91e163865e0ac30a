"""`erc project`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.add_options import From, Responsible, Title, TitleAr, TitleEn, TitleFr, texts
from erc_cli.cli.add_options import NewId as NewRecord
from erc_cli.cli.add_options import Words as Fields_
from erc_cli.cli.adding import Named, add_records
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

    address, when = full_address("projects", name), date or str(day())
    return writing.carry_out(lambda draft, house: enter_stage(draft, house, address, entered, when))


_ProjectKind = Annotated[str, typer.Option("--kind", metavar="WORD", help="programme or off-budget.")]
_Field = Annotated[str, typer.Option("--field", metavar="WORD", help="Of an off-budget project: education, ...")]


@app.command()
@writes
def add(
    writing: Writing,
    record_id: NewRecord = "",
    words: Fields_ = None,
    kind: _ProjectKind = "",
    title: Title = "",
    title_en: TitleEn = "",
    title_fr: TitleFr = "",
    title_ar: TitleAr = "",
    field: _Field = "",
    responsible: Responsible = "",
    from_file: From = "",
) -> int:
    """Add a project: by options, by questions on a terminal, or many from a file.

    A project of the programme has areas with outcomes and indicators from the first day, so it comes from a file.
    """
    named: Named = {"kind": kind, **texts("title", title, title_en, title_fr, title_ar)}
    named |= {"field": field, "responsible": responsible}
    return add_records(writing, "projects", record_id, words, from_file, named)

"""`erc meeting`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.add_options import From
from erc_cli.cli.add_options import NewId as NewRecord
from erc_cli.cli.add_options import Words as Fields_
from erc_cli.cli.adding import Named, add_records
from erc_cli.cli.fact_options import Evidence, Id, NewId, Words
from erc_cli.cli.listing import day_of, look_of, print_table, view_of, warn_of_unread
from erc_cli.cli.looking import full_address
from erc_cli.cli.nouns import On, noun
from erc_cli.cli.options import reads
from erc_cli.cli.reading import Reading, say
from erc_cli.cli.writing import Day, Writing, day, given, writes

app = noun("meetings", "meeting", "meetings")

_Owner = Annotated[str, typer.Option("--owner", metavar="ID", help="Of that unit or partner alone.")]


@app.command("decisions")
@reads
def decisions(reading: Reading, owner: _Owner = "", on: On = "") -> int:
    """List the decisions that somebody still has to carry out, by owner.

    Formats: table, plain, simple, grid, md, csv, tsv, json, jsonl.
    """
    from erc_cli.commands.decisions import list_open_decisions
    from erc_cli.render import tables

    form = reading.format and reading.choose_format(tables.FORMATS, "plain")
    look = look_of(reading, view_of(reading).language)
    found = list_open_decisions(reading.source, day_of(on), owner, look.words)
    form = form or tables.default_format(len(found.table.rows), reading.on_terminal, reading.output)
    print_table(reading, found.table, form, look)
    if not found.table.rows:
        say("no open decisions")
    warn_of_unread(found.unread)
    return 0


_Text = Annotated[str, typer.Argument(metavar="TEXT", help="What was decided, in the plan's first language.")]
_By = Annotated[str, typer.Option("--owner", metavar="ID", help="The unit or organisation that carries it out.")]
_Due = Annotated[str, typer.Option("--due", metavar="DATE", help="By when.")]
_Information = Annotated[bool, typer.Option("--for-information", help="Nobody has to do anything.")]
_Decision = Annotated[str, typer.Argument(metavar="DECISION", help="The decision's id.")]


@app.command(no_args_is_help=True)
@writes
def decide(
    writing: Writing,
    name: Id,
    text: _Text,
    words: Words = None,
    owner: _By = "",
    due: _Due = "",
    for_information: _Information = False,
    new_id: NewId = "",
) -> int:
    """Add a decision to a meeting: `erc meeting decide ID TEXT text.fr=... --owner UNIT --due DATE`."""
    from erc_cli.commands import result_facts

    named = given(id=new_id, text=text, owner=owner, due=due, for_information="true" if for_information else "")
    address = full_address("meetings", name)
    return writing.carry_out(lambda draft, house: result_facts.decide(draft, house, address, named, words or ()))


@app.command(no_args_is_help=True)
@writes
def done(writing: Writing, name: Id, decision: _Decision, evidence: Evidence = None, date: Day = "") -> int:
    """Note that a decision was carried out, and what shows it."""
    from erc_cli.commands.result_facts import decision_done

    address, when = full_address("meetings", name), day(date)
    return writing.carry_out(lambda draft, house: decision_done(draft, house, address, decision, when, evidence or ()))


_MeetingKind = Annotated[
    str, typer.Option("--kind", metavar="WORD", help="joint-committee, coordination, bilateral or official.")
]
_Agreement = Annotated[str, typer.Option("--agreement", metavar="ID", help="The agreement whose committee meets.")]
_Session = Annotated[str, typer.Option("--session", metavar="NUMBER", help="The number of the session.")]
_Planned = Annotated[str, typer.Option("--planned", metavar="DATE", help="When it is to be: a day, month or year.")]
_Held = Annotated[str, typer.Option("--held", metavar="DATE", help="When it was.")]
_Place = Annotated[str, typer.Option("--place", metavar="TEXT", help="Where.")]
_Who = Annotated[
    list[str] | None,
    typer.Option("--participant", metavar="ID", help="A partner; repeat. The own organisation is added."),
]


@app.command()
@writes
def add(
    writing: Writing,
    record_id: NewRecord = "",
    words: Fields_ = None,
    kind: _MeetingKind = "",
    agreement: _Agreement = "",
    session: _Session = "",
    planned: _Planned = "",
    held: _Held = "",
    place: _Place = "",
    participant: _Who = None,
    from_file: From = "",
) -> int:
    """Add a meeting: by options, by questions on a terminal, or many from a file."""
    named: Named = {"kind": kind, "agreement": agreement, "session": session, "planned_on": planned, "held_on": held}
    named |= {"place": place, "participants": participant}
    return add_records(writing, "meetings", record_id, words, from_file, named)

"""`erc member-state`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.add_options import From, Name, NameAr, NameEn, NameFr, texts
from erc_cli.cli.add_options import Words as Fields_
from erc_cli.cli.adding import Named, add_records
from erc_cli.cli.fact_options import Id, NewId, Words
from erc_cli.cli.looking import full_address
from erc_cli.cli.nouns import noun
from erc_cli.cli.writing import Day, Writing, day, given, writes

app = noun("member-states", "Member State", "Member States")

_Text = Annotated[str, typer.Argument(metavar="TEXT", help="What is needed, in the plan's first language.")]
_ForYear = Annotated[str, typer.Option("--for-year", metavar="YEAR", help="The year it is needed in.")]
_Authority = Annotated[str, typer.Option("--authority", metavar="NAME", help="The authority that asks.")]
_Field = Annotated[str, typer.Option("--field", metavar="WORD", help="education, science, culture, ...")]
_Urgency = Annotated[str, typer.Option("--urgency", metavar="WORD", help="low, normal or high.")]
_Need = Annotated[str, typer.Argument(metavar="NEED", help="The need's id.")]
_Included = Annotated[str, typer.Option("--included-in", metavar="ADDRESS", help="Where it is met now.")]
_Deferred = Annotated[str, typer.Option("--deferred", metavar="REASON", help="Why it has to wait.")]
_Rejected = Annotated[str, typer.Option("--rejected", metavar="REASON", help="Why it cannot be met.")]


@app.command(no_args_is_help=True)
@writes
def need(
    writing: Writing,
    name: Id,
    text: _Text,
    words: Words = None,
    for_year: _ForYear = "",
    authority: _Authority = "",
    field: _Field = "",
    urgency: _Urgency = "",
    new_id: NewId = "",
    date: Day = "",
) -> int:
    """Add a need of a Member State, on the day it was told."""
    from erc_cli.commands.result_facts import add_need

    named = given(id=new_id, for_year=for_year, authority=authority, field=field, text=text, urgency=urgency)
    named["on"] = str(day(date))
    address = full_address("member-states", name.lower())
    return writing.carry_out(lambda draft, house: add_need(draft, house, address, named, words or ()))


@app.command(no_args_is_help=True)
@writes
def answer(
    writing: Writing,
    name: Id,
    asked: _Need,
    included_in: _Included = "",
    deferred: _Deferred = "",
    rejected: _Rejected = "",
    date: Day = "",
) -> int:
    """Answer a need: included in something, deferred, or rejected."""
    from erc_cli.commands.result_facts import answer_need

    named = given(included_in=included_in, deferred=deferred, rejected=rejected)
    address, when = full_address("member-states", name.lower()), day(date)
    return writing.carry_out(lambda draft, house: answer_need(draft, house, address, asked, when, named))


_Code = Annotated[str, typer.Argument(metavar="[CODE]", help="ISO 3166-1, two letters: so.")]
_Membership = Annotated[
    str, typer.Option("--membership", metavar="WORD", help="member, suspended, observer or society.")
]
_Commission = Annotated[str, typer.Option("--national-commission", metavar="ID", help="Its national commission.")]


@app.command()
@writes
def add(
    writing: Writing,
    code: _Code = "",
    words: Fields_ = None,
    name: Name = "",
    name_en: NameEn = "",
    name_fr: NameFr = "",
    name_ar: NameAr = "",
    membership: _Membership = "",
    national_commission: _Commission = "",
    from_file: From = "",
) -> int:
    """Add a Member State: by its code, by questions on a terminal, or many from a file.

    The names of the United Nations are filled in where none are given.
    """
    named: Named = {**texts("name", name, name_en, name_fr, name_ar)}
    named |= {"membership": membership, "national_commission": national_commission}
    return add_records(writing, "member-states", code.lower(), words, from_file, named)

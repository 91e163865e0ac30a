"""`erc activity`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from erc_cli.cli.add_options import From, Responsible, Title, TitleAr, TitleEn, TitleFr, texts
from erc_cli.cli.add_options import NewId as NewRecord
from erc_cli.cli.add_options import Words as Fields_
from erc_cli.cli.adding import Named, add_records
from erc_cli.cli.fact_options import Because, Cause, Evidence, Id, NewId, Reason, Words
from erc_cli.cli.listing import Asking, list_and_print
from erc_cli.cli.looking import full_address
from erc_cli.cli.nouns import Fields, On, Sort, Where, noun
from erc_cli.cli.reading import Reading
from erc_cli.cli.writing import Day, Writing, day, given, writes
from erc_cli.errors import UsageError

_Year = Annotated[str, typer.Option("--year", metavar="YEAR", help="That begin in that year, as scheduled now.")]
_Area = Annotated[str, typer.Option("--area", metavar="ID", help="Of that area.")]
_Partner = Annotated[str, typer.Option("--partner", metavar="ID", help="With that partner.")]
_Country = Annotated[str, typer.Option("--country", metavar="CODE", help="For that country: so.")]
_Late = Annotated[bool, typer.Option("--late", help="Later than planned, the latest first.")]


def _list(
    reading: Reading,
    year: _Year = "",
    area: _Area = "",
    partner: _Partner = "",
    country: _Country = "",
    late: _Late = False,
    fields: Fields = "",
    where: Where = None,
    sort: Sort = "",
    on: On = "",
) -> int:
    asked = {"year": year, "area": area, "partners": partner, "countries": country}
    conditions = [*(where or ()), *(f"{name}={value}" for name, value in asked.items() if value)]
    if late:
        conditions.append("slip.gt=0")
        fields = fields or "id,slip,state,starts,title"
    return list_and_print(
        reading, "activities", Asking(fields, tuple(conditions), sort or ("-slip" if late else "id"), on)
    )


app = noun("activities", "activity", "activities", _list)

_Start = Annotated[str, typer.Option("--start", metavar="DATE", help="First day: 2020-05-04, 2020-05 or 2020.")]
_End = Annotated[str, typer.Option("--end", metavar="DATE", help="Last day; without it the length stays.")]
_Budget = Annotated[
    list[str] | None, typer.Option("--budget", metavar="YEAR=AMOUNT", help="The amount of a year now; repeat.")
]
_Scope = Annotated[str, typer.Option("--scope", metavar="TEXT", help="What is done now, in words.")]
_Was = Annotated[str, typer.Option("--was", metavar="TEXT", help="What was to be done before.")]
_First = Annotated[str, typer.Option("--start", metavar="DATE", help="The first day it took place.")]
_Last = Annotated[str, typer.Option("--end", metavar="DATE", help="The last day; else --date.")]
_Summary = Annotated[str, typer.Option("--summary", metavar="TEXT", help="What came of it, in the first language.")]
_Party = Annotated[str, typer.Option("--party", metavar="ID", help="Who gives.")]
_Stage = Annotated[str, typer.Option("--stage", metavar="WORD", help="pledged, committed or received.")]
_Form = Annotated[str, typer.Option("--form", metavar="WORD", help="cash or in-kind; cash without.")]
_Amount = Annotated[str, typer.Option("--amount", metavar="AMOUNT", help="How much: 1,500.00")]
_Currency = Annotated[str, typer.Option("--currency", metavar="CODE", help="If not the plan's.")]
_Rate = Annotated[str, typer.Option("--rate", metavar="NUMBER", help="Plan currency for one of it.")]
_Follows = Annotated[str, typer.Option("--follows", metavar="ADDRESS", help="The pledge or commitment it makes good.")]
_Charged = Annotated[str, typer.Option("--year", metavar="YEAR", help="The year of the budget; else of the day.")]
_Judged = Annotated[list[str], typer.Argument(metavar="CRITERION=SCORE:WEIGHT...", help="relevance=80:60")]
_By = Annotated[str, typer.Option("--by", metavar="ID", help="The unit or organisation that judged.")]


@app.command(no_args_is_help=True)
@writes
def move(
    writing: Writing,
    name: Id,
    start: _Start = "",
    end: _End = "",
    because: Because = "",
    reason: Reason = "",
    cause: Cause = "",
    date: Day = "",
) -> int:
    """Give an activity another schedule, and say why. What was approved stays on file."""
    from erc_cli.commands import activity_facts

    address, when = full_address("activities", name), day(date)
    named = given(because=because, reason=reason, cause=cause)
    return writing.carry_out(lambda draft, house: activity_facts.move(draft, house, address, when, start, end, named))


@app.command(no_args_is_help=True)
@writes
def rescale(
    writing: Writing,
    name: Id,
    budget: _Budget = None,
    scope: _Scope = "",
    was: _Was = "",
    because: Because = "",
    reason: Reason = "",
    cause: Cause = "",
    date: Day = "",
) -> int:
    """Revise what an activity may cost in a year, or what is done. The original amounts stay on file."""
    from erc_cli.commands import activity_facts

    address, when = full_address("activities", name), day(date)
    named = given(because=because, reason=reason, cause=cause)
    if not budget and not scope:
        raise UsageError("say what changes: --budget YEAR=AMOUNT, or --was TEXT --scope TEXT")

    def make(draft: Any, house: Any) -> None:
        if budget:
            activity_facts.rescale(draft, house, address, when, budget, named)
        if scope:
            activity_facts.rescope(draft, house, address, when, was, scope, named)

    return writing.carry_out(make)


@app.command(no_args_is_help=True)
@writes
def cancel(
    writing: Writing, name: Id, because: Because = "", reason: Reason = "", cause: Cause = "", date: Day = ""
) -> int:
    """Note that an activity will not take place, and why."""
    from erc_cli.commands import activity_facts

    address, when = full_address("activities", name), day(date)
    named = given(because=because, reason=reason, cause=cause)
    return writing.carry_out(lambda draft, house: activity_facts.cancel(draft, house, address, when, named))


@app.command(no_args_is_help=True)
@writes
def reinstate(
    writing: Writing, name: Id, because: Because = "", reason: Reason = "", cause: Cause = "", date: Day = ""
) -> int:
    """Note that a cancelled activity takes place after all, and why."""
    from erc_cli.commands import activity_facts

    address, when = full_address("activities", name), day(date)
    named = given(because=because, reason=reason, cause=cause)
    return writing.carry_out(lambda draft, house: activity_facts.reinstate(draft, house, address, when, named))


@app.command(no_args_is_help=True)
@writes
def complete(
    writing: Writing,
    name: Id,
    words: Words = None,
    start: _First = "",
    end: _Last = "",
    summary: _Summary = "",
    date: Day = "",
) -> int:
    """Note that an activity took place, and what came of it."""
    from erc_cli.commands import activity_facts

    address, when = full_address("activities", name), day(end, "--end") if end else day(date)
    named = {**given(start=start), "end": str(when), **given(summary=summary)}
    return writing.carry_out(
        lambda draft, house: activity_facts.complete(draft, house, address, named, words or (), when)
    )


@app.command(no_args_is_help=True)
@writes
def contribute(
    writing: Writing,
    name: Id,
    words: Words = None,
    party: _Party = "",
    amount: _Amount = "",
    stage: _Stage = "",
    form: _Form = "",
    currency: _Currency = "",
    rate: _Rate = "",
    follows: _Follows = "",
    new_id: NewId = "",
    date: Day = "",
) -> int:
    """Note what somebody pledged, committed or gave: money or things, to an activity or an off-budget project."""
    from erc_cli.commands import activity_facts

    named = given(
        id=new_id, party=party, stage=stage, form=form, currency=currency, amount=amount, rate=rate, follows=follows
    )
    named["on"] = str(day(date))
    address = full_address("activities", name)
    return writing.carry_out(lambda draft, house: activity_facts.contribute(draft, house, address, named, words or ()))


@app.command(no_args_is_help=True)
@writes
def spend(
    writing: Writing,
    name: Id,
    words: Words = None,
    amount: _Amount = "",
    year: _Charged = "",
    new_id: NewId = "",
    date: Day = "",
) -> int:
    """Note programme money that was spent."""
    from erc_cli.commands import activity_facts

    when, address = day(date), full_address("activities", name)
    named = given(id=new_id, on=str(when), year=year or str(when.year), amount=amount)
    return writing.carry_out(lambda draft, house: activity_facts.spend(draft, house, address, named, words or ()))


@app.command(no_args_is_help=True)
@writes
def assess(writing: Writing, name: Id, judged: _Judged, by: _By = "", evidence: Evidence = None, date: Day = "") -> int:
    """Note how an activity was judged: `erc activity assess ID relevance=80:60 impact=70:40 --by UNIT`.

    The criteria are those of OECD-DAC: relevance, coherence, effectiveness, efficiency, impact, sustainability. Each
    has a score, 0 to 100, and behind a colon its weight in percent; one alone weighs 100.
    """
    from erc_cli.commands import activity_facts

    address, named = full_address("activities", name), given(by=by, on=str(day(date)), evidence=evidence)
    return writing.carry_out(lambda draft, house: activity_facts.assess(draft, house, address, judged, named))


_ActivityKind = Annotated[str, typer.Option("--kind", metavar="WORD", help="conference, training, study, forum, ...")]
_Project = Annotated[str, typer.Option("--project", metavar="ID", help="The project that it belongs to.")]
_InArea = Annotated[str, typer.Option("--area", metavar="ID", help="The area of that project.")]
_Serves = Annotated[
    list[str] | None, typer.Option("--indicator", metavar="ID", help="An indicator that it serves; repeat.")
]
_Partners = Annotated[list[str] | None, typer.Option("--partner", metavar="ID", help="Who takes part; repeat.")]
_For = Annotated[list[str] | None, typer.Option("--for", metavar="CODE", help="A Member State it is for; repeat.")]
_From = Annotated[str, typer.Option("--start", metavar="DATE", help="When it is to begin: a day, month or year.")]
_To = Annotated[str, typer.Option("--end", metavar="DATE", help="When it is to end.")]


@app.command()
@writes
def add(
    writing: Writing,
    record_id: NewRecord = "",
    words: Fields_ = None,
    title: Title = "",
    title_en: TitleEn = "",
    title_fr: TitleFr = "",
    title_ar: TitleAr = "",
    kind: _ActivityKind = "",
    project: _Project = "",
    area: _InArea = "",
    indicator: _Serves = None,
    start: _From = "",
    end: _To = "",
    partner: _Partners = None,
    beneficiary: _For = None,
    because: Because = "",
    responsible: Responsible = "",
    from_file: From = "",
) -> int:
    """Add an activity: by options, by questions on a terminal, or many from a file."""
    named: Named = {
        **texts("title", title, title_en, title_fr, title_ar),
        "kind": kind,
        "project": project,
        "area": area,
    }
    named |= {"indicators": indicator, "planned.start": start, "planned.end": end or start, "partners": partner}
    named |= {"beneficiaries": beneficiary, "because": because, "responsible": responsible}
    return add_records(writing, "activities", record_id, words, from_file, named)

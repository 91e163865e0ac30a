"""`erc agreement`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from erc_cli.cli.add_options import From, Responsible, Title, TitleAr, TitleEn, TitleFr, texts
from erc_cli.cli.add_options import NewId as NewRecord
from erc_cli.cli.add_options import Words as Fields_
from erc_cli.cli.adding import Named, add_records
from erc_cli.cli.fact_options import Effective, Ends, Id, NewId, Parties, Party, Reason, Words
from erc_cli.cli.listing import Asking, day_of, list_and_print
from erc_cli.cli.looking import full_address
from erc_cli.cli.nouns import Fields, On, Sort, Where, noun
from erc_cli.cli.reading import Reading
from erc_cli.cli.writing import Day, Writing, day, given, writes
from erc_cli.errors import UsageError

_Status = Annotated[str, typer.Option("--status", metavar="STATUS", help="Of that status on the day: in-force.")]
_Party = Annotated[str, typer.Option("--party", metavar="ID", help="With that partner.")]
_Expires = Annotated[
    str, typer.Option("--expires-within", metavar="SPAN", help="In force, and ending in 90d, 12w, 3m.")
]


def _list(
    reading: Reading,
    status: _Status = "",
    party: _Party = "",
    expires_within: _Expires = "",
    fields: Fields = "",
    where: Where = None,
    sort: Sort = "id",
    on: On = "",
) -> int:
    conditions = list(where or ())
    if expires_within:
        conditions += _ending(day_of(on), expires_within)
        status = status or "in-force"
    if status:
        _refuse_unknown(status)
        conditions.append(f"status={status}")
    if party:
        conditions.append(f"parties={party}")
    return list_and_print(reading, "agreements", Asking(fields, tuple(conditions), sort, on))


def _refuse_unknown(status: str) -> None:
    from difflib import get_close_matches

    from erc_cli.core.status import STATUSES

    if status not in STATUSES:
        near = get_close_matches(status, STATUSES, 1)
        tail = f": did you mean {near[0]}?" if near else f": one of {', '.join(STATUSES)}"
        raise UsageError(f"--status {status}{tail}")


def _ending(on: date, span: str) -> list[str]:
    """The conditions for a last day from `on` to the end of a span."""
    from erc_cli.commands.due import days_of

    before = date.fromordinal(max(on.toordinal() - 1, 1))
    after = date.fromordinal(min(on.toordinal() + days_of(span) + 1, date.max.toordinal()))
    return [f"ends.gt={before}", f"ends.lt={after}"]


app = noun("agreements", "agreement", "agreements", _list)

_Kind = Annotated[str, typer.Argument(metavar="KIND", help="legal, financial or substantive.")]
_By = Annotated[str, typer.Option("--by", metavar="ID", help="The unit or organisation that examined it.")]
_Fail = Annotated[bool, typer.Option("--fail", help="It did not pass.")]
_Signatory = Annotated[str, typer.Option("--signatory", metavar="NAME", help="Who signs for the party.")]
_Accede = Annotated[bool, typer.Option("--accede", help="These parties join what others had signed.")]
_Summary = Annotated[str, typer.Option("--summary", metavar="TEXT", help="What is changed, in the first language.")]


def _event(writing: Writing, name: str, kind: str, on: str, words: list[str] | None, **named: str) -> int:
    from erc_cli.commands.agreement_facts import add_event

    address, when = full_address("agreements", name), day(on)
    return writing.carry_out(
        lambda draft, house: add_event(draft, house, address, kind, when, given(**named), words or ())  # type: ignore[arg-type]
    )


@app.command("open", no_args_is_help=True)
@writes
def open_(writing: Writing, name: Id, words: Words = None, date: Day = "", reason: Reason = "") -> int:
    """Note that negotiations began."""
    return _event(writing, name, "negotiation-opened", date, words, reason=reason)


@app.command(no_args_is_help=True)
@writes
def clear(
    writing: Writing, name: Id, kind: _Kind, words: Words = None, by: _By = "", fail: _Fail = False, date: Day = ""
) -> int:
    """Note that the draft was examined, and passed or not (--fail)."""
    from erc_cli.commands import agreement_facts

    address, when = full_address("agreements", name), day(date)
    named = given(kind=kind, by=by, result="fail" if fail else "pass")
    return writing.carry_out(
        lambda draft, house: agreement_facts.clear(draft, house, address, when, named, words or ())
    )


@app.command(no_args_is_help=True)
@writes
def send(writing: Writing, name: Id, words: Words = None, date: Day = "", party: Party = "") -> int:
    """Note that the text was sent for signature."""
    return _event(writing, name, "sent-for-signature", date, words, party=party)


@app.command(no_args_is_help=True)
@writes
def sign(
    writing: Writing,
    name: Id,
    party: Parties = None,
    signatory: _Signatory = "",
    accede: _Accede = False,
    date: Day = "",
) -> int:
    """Note signatures: of the parties named, or of all that have not signed yet."""
    from erc_cli.commands import agreement_facts

    address, when = full_address("agreements", name), day(date)
    if accede and not party:
        raise UsageError("--accede: name who joins with --party")
    way = agreement_facts.accede if accede else agreement_facts.sign
    return writing.carry_out(lambda draft, house: way(draft, house, address, when, party or (), signatory))


@app.command(no_args_is_help=True)
@writes
def suspend(writing: Writing, name: Id, words: Words = None, date: Day = "", reason: Reason = "") -> int:
    """Note that it rests; its term runs on."""
    return _event(writing, name, "suspended", date, words, reason=reason)


@app.command(no_args_is_help=True)
@writes
def resume(writing: Writing, name: Id, words: Words = None, date: Day = "", reason: Reason = "") -> int:
    """Note that it is carried out again."""
    return _event(writing, name, "resumed", date, words, reason=reason)


@app.command(no_args_is_help=True)
@writes
def renew(writing: Writing, name: Id, words: Words = None, ends: Ends = "", date: Day = "", reason: Reason = "") -> int:
    """Note that the parties renewed it, to a new last day."""
    return _event(writing, name, "renewed", date, words, ends_on=ends, reason=reason)


@app.command("object", no_args_is_help=True)
@writes
def object_(
    writing: Writing, name: Id, words: Words = None, party: Party = "", date: Day = "", reason: Reason = ""
) -> int:
    """Note that a party objected to its tacit renewal."""
    return _event(writing, name, "renewal-objected", date, words, party=party, reason=reason)


@app.command(no_args_is_help=True)
@writes
def amend(
    writing: Writing,
    name: Id,
    words: Words = None,
    summary: _Summary = "",
    effective: Effective = "",
    ends: Ends = "",
    new_id: NewId = "",
    date: Day = "",
) -> int:
    """Note a change that the parties signed."""
    from erc_cli.commands import agreement_facts

    address, when = full_address("agreements", name), day(date)
    named = given(id=new_id, effective_on=effective, ends_on=ends, summary=summary)
    return writing.carry_out(
        lambda draft, house: agreement_facts.amend(draft, house, address, when, named, words or ())
    )


@app.command(no_args_is_help=True)
@writes
def terminate(
    writing: Writing,
    name: Id,
    words: Words = None,
    effective: Effective = "",
    party: Party = "",
    date: Day = "",
    reason: Reason = "",
) -> int:
    """Note that it was ended; --effective is the first day without it."""
    return _event(writing, name, "terminated", date, words, party=party, effective_on=effective, reason=reason)


@app.command(no_args_is_help=True)
@writes
def withdraw(
    writing: Writing,
    name: Id,
    words: Words = None,
    party: Party = "",
    effective: Effective = "",
    date: Day = "",
    reason: Reason = "",
) -> int:
    """Note that a party left it."""
    return _event(writing, name, "withdrawn", date, words, party=party, effective_on=effective, reason=reason)


@app.command(no_args_is_help=True)
@writes
def cancel(writing: Writing, name: Id, words: Words = None, date: Day = "", reason: Reason = "") -> int:
    """Note that it was given up before all had signed."""
    return _event(writing, name, "cancelled", date, words, reason=reason)


_AgreementKind = Annotated[
    str, typer.Option("--kind", metavar="WORD", help="cooperation-agreement, memorandum-of-understanding, ...")
]
_With = Annotated[
    list[str] | None, typer.Option("--party", metavar="ID", help="A partner; repeat. The own organisation is added.")
]
_LastDay = Annotated[str, typer.Option("--ends", metavar="DATE", help="The last day in force; else indefinite.")]
_Under = Annotated[str, typer.Option("--under", metavar="ID", help="The agreement that it carries out.")]
_Succeeds = Annotated[str, typer.Option("--succeeds", metavar="ID", help="The agreement whose place it takes.")]
_Serves = Annotated[
    list[str] | None, typer.Option("--serves", metavar="ADDRESS", help="A project, area or outcome; repeat.")
]


@app.command()
@writes
def add(
    writing: Writing,
    record_id: NewRecord = "",
    words: Fields_ = None,
    kind: _AgreementKind = "",
    title: Title = "",
    title_en: TitleEn = "",
    title_fr: TitleFr = "",
    title_ar: TitleAr = "",
    party: _With = None,
    under: _Under = "",
    succeeds: _Succeeds = "",
    serves: _Serves = None,
    ends: _LastDay = "",
    responsible: Responsible = "",
    from_file: From = "",
) -> int:
    """Add an agreement: by options, by questions on a terminal, or many from a file."""
    named: Named = {
        "kind": kind,
        **texts("title", title, title_en, title_fr, title_ar),
        "parties": party,
        "under": under,
    }
    named |= {"succeeds": succeeds, "serves": serves, "ends_on": ends, "responsible": responsible}
    return add_records(writing, "agreements", record_id, words, from_file, named)

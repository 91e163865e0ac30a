"""`funding`: own cost, and what partners put in, cash and in kind apart; leverage; what was promised and not paid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from erc_cli.core.currencies import CURRENCY_PLACES
from erc_cli.core.funding import Chain, Gifts, Given, chains, gifts_by, given, records_of
from erc_cli.core.funding import funding as money_of
from erc_cli.core.money import round_to
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.project import Project
from erc_cli.core.register import record_of
from erc_cli.core.reports.paper import Paper, sums
from erc_cli.core.reports.report import Asked, Report, Section
from erc_cli.core.tables import Cell, Column, Table, select


def funding(asked: Asked) -> Report:
    """Return who pays for what up to the day `on`; the programme first, off-budget projects apart.

    What was pledged, committed and received stands side by side and is never added, no more than cash and in kind.
    """
    paper = Paper(asked)
    words = paper.words
    lines: tuple[str, ...] = (
        words(
            "Pledged, committed and received amounts follow each other: they are never added. Neither are cash and "
            "contributions in kind."
        ),
        words(
            "Own cost is what was spent and put in by the organisation itself. Leverage is partners' cash received for "
            "each unit of it. Secured cash is what is committed, or came in beyond that."
        ),
    )
    sections = [section for section in _sections(paper) if section is not None]
    if not sections:
        lines = (words("Nothing was promised, received or spent."),)
    return paper.report(words("Funding"), sections, lines)


def _sections(paper: Paper) -> Iterator[Section | None]:
    words = paper.words
    for heading, projects in (
        (words("Projects of the programme"), paper.programme),
        (words("Off-budget projects"), paper.off_budget),
    ):
        records = [record for project in projects for record in records_of(project, paper.register)]
        own = paper.register.plan.organisation.id
        gifts = [one for one in given(records, paper.register, paper.on) if one.contribution.party != own]
        parts = [one for one in _parts(projects, records, gifts, paper) if one is not None]
        if parts:
            yield Section(heading)
            yield from parts
    yield _outstanding(paper)
    yield _unconverted(paper)


def _parts(
    projects: Sequence[Project], records: Sequence[Activity | Project], gifts: Sequence[Given], paper: Paper
) -> Iterator[Section | None]:
    words = paper.words
    yield _by_project(projects, paper)
    yield _pledges(words("By source"), "party", "Partner", gifts, lambda one: one.contribution.party, paper.name, paper)
    yield _pledges(
        words("By instrument"),
        "instrument",
        "Instrument",
        gifts,
        lambda one: one.contribution.instrument or "",
        lambda word: words.value(word) if word else words("not said"),
        paper,
    )
    areas = {record.address: record.area for record in records if isinstance(record, Activity)}
    if any(areas.values()):
        places = {record.address: _place(record, paper) for record in records}
        yield _pledges(
            words("By area of intervention"),
            "area",
            "Area",
            gifts,
            lambda one: places[record_of(one.address)],
            lambda place: place,
            paper,
        )
    yield _pledges(words("By year"), "year", "Year", gifts, lambda one: str(one.contribution.on.year), str, paper)


def _place(record: Activity | Project, paper: Paper) -> str:
    """Where a contribution goes: the area of the activity's project, else the project."""
    if isinstance(record, Project):
        return paper.short(record)
    project = paper.register.find(record.project, Project)
    name = paper.short(project) if project is not None else record.project
    area = paper.area(project, record.area)
    return paper.pair(name, area) if area else name


def _by_project(projects: Sequence[Project], paper: Paper) -> Section | None:
    """Own money beside partners' cash, and what each unit of the one brought of the other."""
    rows: list[tuple[Cell, ...]] = []
    leverages: list[Cell] = []
    for project in projects:
        money = money_of(records_of(project, paper.register), paper.register, paper.on)
        if not (money.own_budget or money.own_spent or any((*money.cash, *money.in_kind, *money.own_cash))):
            continue
        own = money.own_spent + money.own_cash.received
        figures = (own, money.cash.received, money.in_kind.received, money.secured)
        rows.append((paper.project(project), *map(paper.whole, figures)))
        leverages.append(money.leverage if own > 0 else None)
    if not rows:
        return None
    columns = (
        Column("project", "Project"),
        Column("own", "Own cost", "amount"),
        Column("cash", "Partners' cash", "amount"),
        Column("in_kind", "In kind", "amount"),
        Column("secured", "Cash secured", "amount", optional=True),
        Column("leverage", "Leverage", "number"),
    )
    total = sums(paper.words("Total"), rows)
    whole = [cell for cell in total[1:3] if isinstance(cell, Decimal)]
    every = round_to(whole[1] / whole[0], 2) if whole[0] > 0 else None
    table = Table(
        columns, tuple((*row, one) for row, one in zip(rows, leverages, strict=True)), totals=((*total, every),)
    )
    return Section(paper.words("By project"), table=table, level=2)


_STAGES = (
    Column("cash_pledged", "Cash pledged", "amount"),
    Column("cash_committed", "Cash committed", "amount"),
    Column("cash_received", "Cash received", "amount"),
    Column("in_kind_pledged", "In kind pledged", "amount", optional=True),
    Column("in_kind_committed", "In kind committed", "amount", optional=True),
    Column("in_kind_received", "In kind received", "amount", optional=True),
)


def _pledges(
    heading: str,
    key: str,
    title: str,
    gifts: Iterable[Given],
    by: Callable[[Given], str],
    name: Callable[[str], str],
    paper: Paper,
) -> Section | None:
    """What partners put in, summed by what `by` says of each contribution."""
    found = gifts_by(gifts, by)
    rows = [(name(one), *_figures(found[one], paper)) for one in sorted(found)]
    if not rows:
        return None
    table = Table((Column(key, title), *_STAGES), tuple(rows), totals=(sums(paper.words("Total"), rows),))
    empty = {column.key for column, total in zip(table.columns, table.totals[0], strict=True) if total == 0}
    shown = [column.key for column in table.columns if not (column.optional and column.key in empty)]
    return Section(heading, table=select(table, shown), level=2)


def _figures(found: Gifts, paper: Paper) -> Iterator[Cell]:
    return (paper.whole(amount) for pledges in found for amount in pledges)


def _outstanding(paper: Paper) -> Section | None:
    """What was promised and is not received yet; each promise in its own currency, so that nothing is added."""
    records: list[Activity | Project] = [*paper.register.projects, *paper.register.activities]
    rows = [_promise(one, paper) for one in chains(records, paper.register, paper.on) if one.outstanding > 0]
    if not rows:
        return None
    rows.sort(key=lambda row: (str(row[0]), str(row[2])))
    columns = (
        Column("party", "Partner"),
        Column("form", "Form", "word"),
        Column("record", "For"),
        Column("currency", "Currency", "id"),
        Column("promised", "Promised", "number"),
        Column("received", "Received", "number"),
        Column("outstanding", "Outstanding", "number"),
    )
    return Section(paper.words("Promised and not yet received"), table=Table(columns, tuple(rows)))


def _promise(one: Chain, paper: Paper) -> tuple[Cell, ...]:
    where = paper.name(record_of(one.address))
    places = CURRENCY_PLACES[one.currency]
    amounts = (round_to(amount, places) for amount in (one.promised, one.received, one.outstanding))
    return (paper.name(one.party), one.form, where, one.currency, *amounts)


def _unconverted(paper: Paper) -> Section | None:
    records: list[Activity | Project] = [*paper.register.projects, *paper.register.activities]
    found = money_of(records, paper.register, paper.on).unconverted
    if not found:
        return None
    line = paper.words("In another currency and without a rate: in no sum above.")
    return Section(paper.words("Left out of the sums"), (line,), items=found)

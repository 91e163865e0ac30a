"""`off-budget`: the specialized projects outside the budget: stage, parties, procedures, cost and what is secured."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from erc_cli.core.due import next_award
from erc_cli.core.funding import funding, records_of
from erc_cli.core.records.project import Project
from erc_cli.core.reports.paper import Paper, sums
from erc_cli.core.reports.plan import aligned
from erc_cli.core.reports.report import Asked, Report, Section
from erc_cli.core.schedule import current_schedule, state_on
from erc_cli.core.stages import STAGES, stage_on, stages_on
from erc_cli.core.tables import Cell, Column, Table, without_empty


def off_budget(asked: Asked) -> Report:
    """Return the off-budget projects as they stand on the day, under their fields."""
    paper = Paper(asked)
    lines = () if paper.off_budget else (asked.words("No off-budget project is on file."),)
    return paper.report(asked.words("Off-budget projects"), _sections(paper), lines)


def _sections(paper: Paper) -> Iterator[Section | None]:
    yield _overview(paper)
    for field, projects in groupby(paper.off_budget, key=lambda project: project.field):
        yield Section(paper.word(field) if field else paper.words("No field"))
        for project in projects:
            yield _project(project, paper)
            yield _procedures(project, paper)
            yield _activities(project, paper)


def _overview(paper: Paper) -> Section | None:
    rows: list[tuple[Cell, ...]] = []
    for project in paper.off_budget:
        money = funding(records_of(project, paper.register), paper.register, paper.on)
        stage = stage_on(project, paper.on)
        has_money = money.cost is not None or any(money.cash)
        figures = (
            money.cost,
            money.cash.received if has_money else None,
            money.secured if has_money else None,
            money.gap,
        )
        rows.append(
            (
                paper.text(project.title),
                project.field,
                stage.stage if stage is not None else None,
                *(paper.whole(one) if one is not None else None for one in figures),
            )
        )
    if not rows:
        return None
    columns = (
        Column("project", "Project"),
        Column("field", "Field", "word", optional=True),
        Column("stage", "Stage", "word", optional=True),
        Column("cost", "Cost", "amount", optional=True),
        Column("received", "Received", "amount", optional=True),
        Column("secured", "Secured", "amount", optional=True),
        Column("gap", "Gap", "amount", optional=True),
    )
    table = Table(columns, tuple(rows), labels=paper.labels, totals=(sums(paper.words("Total"), rows, 3),))
    table = without_empty(table)
    if not any(column.kind == "amount" for column in table.columns):
        table = Table(table.columns, table.rows, labels=table.labels)
    lines = (paper.words("Cash alone; in no sum of the programme."),)
    return Section(paper.words("At a glance"), lines, table=table)


def _project(project: Project, paper: Paper) -> Section:
    words = paper.words
    lines = [paper.text(project.description)] if project.description else []
    lines += aligned(project, paper)
    award = next_award(project, paper.on)
    if project.prize is not None:
        lines.append(words("Awarded {often}.").format(often=paper.every(project.prize.cycle_months)))
    if award is not None:
        lines.append(words("Next award due by {day}.").format(day=paper.day(award)))
    stage = stage_on(project, paper.on)
    if stage is not None and stage.stage not in STAGES[-2:]:
        following = STAGES[STAGES.index(stage.stage) + 1]
        lines.append(words("Next stage: {stage}.").format(stage=words.value(following)))
    columns = (Column("stage", "Stage", "word"), Column("on", "Reached", "date"))
    rows = tuple((one.stage, one.on) for one in stages_on(project, paper.on))
    return Section(paper.text(project.title), tuple(lines), table=Table(columns, rows) if rows else None, level=2)


def _procedures(project: Project, paper: Paper) -> Section | None:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (paper.name(one.party), one.compliance, one.note) for one in project.procedures
    )
    columns = (
        Column("party", "Party"),
        Column("compliance", "Fits its procedures", "word"),
        Column("note", "Note", optional=True),
    )
    if not rows:
        return None
    return Section(paper.words("Procedures"), table=without_empty(Table(columns, rows)), level=3)


def _activities(project: Project, paper: Paper) -> Section | None:
    rows: list[tuple[Cell, ...]] = []
    for activity in paper.activities_by_project.get(project.address, ()):
        schedule = current_schedule(activity, paper.on)
        starts, ends = (schedule.start, schedule.end) if schedule is not None else (None, None)
        rows.append((paper.text(activity.title), state_on(activity, paper.on), starts, ends))
    columns = (
        Column("activity", "Activity"),
        Column("state", "State", "word"),
        Column("starts", "Starts", "date", optional=True),
        Column("ends", "Ends", "date", optional=True),
    )
    if not rows:
        return None
    return Section(paper.words("Activities"), table=without_empty(Table(columns, tuple(rows))), level=3)

"""PRJ, off-budget projects: what they have that programme projects have not, and how they come about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from erc_cli.core.findings import Problem, Related
from erc_cli.core.funding import funding, secured_in
from erc_cli.core.money import plain
from erc_cli.core.periods import certainly_before, first_day
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register
from erc_cli.core.rules.lifetimes import is_any_broken
from erc_cli.core.rules.rule import rule
from erc_cli.core.stages import has_reached, in_order
from erc_cli.core.status import status_on


@rule("PRJ011", source="plan, off-budget specialized projects")
def agreed_project_says_what_was_agreed(register: Register) -> Iterator[Problem]:
    """An agreed off-budget project has a field, what it aligns with, and how it fits each party's procedures.

    The plan bases these projects on measures that comply with the procedures of each party, and on the strategies and
    goals they serve. From the stage `agreed` on, that is settled: `procedures` has each of `parties`, with `waived`
    where one gave way.

    Passes::

        projects/o:
          kind: off-budget
          field: education
          alignment: [{framework: sdg}]
          parties: [isesco, partners/fund]
          procedures: [{party: isesco, compliance: "yes"}, {party: partners/fund, compliance: waived}]
          stages: [{stage: agreed, on: 2019-05-01}]

    Fails::

        projects/o:
          kind: off-budget
          field: education
          alignment: [{framework: sdg}]
          parties: [isesco, partners/fund]
          procedures: [{party: isesco, compliance: "yes"}]
          stages: [{stage: agreed, on: 2019-05-01}]
    """
    for project in register.projects:
        if project.kind != "off-budget" or not has_reached(project, "agreed"):
            continue
        lacks = [
            name
            for name, has in (("field", project.field), ("alignment", project.alignment), ("parties", project.parties))
            if not has
        ]
        fitting = {procedure.party for procedure in project.procedures}
        strange = [party for party in project.parties if party not in fitting]
        if lacks:
            message = f"{project.address} is agreed, and has no {' and no '.join(lacks)}"
            yield Problem(project.address, ("stages",), message)
        if strange:
            message = f"{project.address} is agreed, and procedures does not say how it fits {', '.join(strange)}"
            yield Problem(project.address, ("procedures" if project.procedures else "stages",), message)


@rule("PRJ012", source="plan, off-budget specialized projects")
def stages_are_reached_in_order(register: Register) -> Iterator[Problem]:
    """Stages are reached in their order; what is agreed has an agreement, what is financed has its cost covered.

    A stage may be skipped, and days known in part count only where no reading of them fits. The agreement `serves` the
    project, or its activities are `under` it. Its cost is covered by what is committed or received, not by pledges;
    things in kind are no cash and may make up the rest.

    Passes::

        projects/o:
          parties: [isesco, partners/fund]
          cost: [{id: total, amount: 100.00}]
          contributions:
            - {id: grant, party: partners/fund, stage: committed, form: cash, amount: 100.00, on: 2019-06-01}
          stages: [{stage: concept, on: 2019-01}, {stage: financed, on: 2019-06-01}]

    Fails::

        projects/o:
          parties: [isesco, partners/fund]
          cost: [{id: total, amount: 100.00}]
          contributions:
            - {id: grant, party: partners/fund, stage: pledged, form: cash, amount: 100.00, on: 2019-06-01}
          stages: [{stage: concept, on: 2019-01}, {stage: financed, on: 2019-06-01}]
    """
    activities: dict[str, list[Activity]] = {}
    for activity in register.activities:
        activities.setdefault(activity.project, []).append(activity)
    for project in register.projects:
        if project.stages:
            own = activities.get(project.address, ())
            yield from _order_problems(project)
            yield from _agreement_problems(project, own, register)
            yield from _cover_problems(project, own, register)


def _order_problems(project: Project) -> Iterator[Problem]:
    stages = in_order(project)
    latest = stages[0]
    for stage in stages[1:]:
        if certainly_before(stage.on, latest.on):
            yield Problem(
                project.address,
                ("stages", stage.key, "on"),
                f"{stage.stage} since {stage.on}, before {latest.stage}, {latest.on}",
                (Related(project.address, ("stages", latest.key, "on"), f"{latest.stage} {latest.on}"),),
                actual=str(stage.on),
            )
        elif first_day(stage.on) > first_day(latest.on):
            latest = stage


def _agreement_problems(project: Project, activities: Sequence[Activity], register: Register) -> Iterator[Problem]:
    if not any(stage.stage == "agreed" for stage in project.stages):
        return
    named = {activity.under for activity in activities}
    named |= {
        address for address, path, _ in register.links_to.get(project.address, ()) if path[0] in ("serves", "because")
    }
    found = [agreement for address in named if (agreement := register.find(address, Agreement)) is not None]
    if is_any_broken(register, "agreements", "activities"):
        return
    if not any(status_on(agreement, register, date.max) != "cancelled" for agreement in found):
        message = f"{project.address} is agreed, and no agreement serves it or has activities of it under it"
        yield Problem(project.address, ("stages", "agreed"), message)


def _cover_problems(project: Project, activities: Sequence[Activity], register: Register) -> Iterator[Problem]:
    if not project.cost or not any(stage.stage == "financed" for stage in project.stages):
        return
    records: list[Activity | Project] = [project, *activities]
    money = funding(records, register, date.max)
    in_kind = secured_in("in-kind", records, register, date.max)
    if money.unconverted or money.gap is None or money.gap <= in_kind:
        return
    cost = money.cost or Decimal(0)
    committed = plain(money.secured) + (f" in cash and {plain(in_kind)} in kind" if in_kind else "")
    yield Problem(
        project.address,
        ("stages", "financed"),
        f"{project.address} is financed, and of its cost of {plain(cost)} only {committed} is committed",
        (Related(project.address, ("cost",), f"cost {plain(cost)}"),),
        expected=f"at least {plain(cost)}",
        actual=plain(money.secured),
    )


_OF_PROGRAMME = ("number", "budget", "areas")
_OF_OFF_BUDGET = ("field", "alignment", "procedures", "stages", "parties", "cost", "contributions", "prize")


@rule("PRJ015", source="plan, off-budget specialized projects")
def project_has_the_fields_of_its_kind(register: Register) -> Iterator[Problem]:
    """A project of the programme has no fields of off-budget projects, and the other way round.

    `number`, `budget` and `areas` belong to the programme: the plan numbers its projects, splits them into areas and
    pays for them. `field`, `alignment`, `procedures`, `stages`, `parties`, `cost`, `contributions` and `prize` belong
    to what partners pay for. Objectives, series and stated figures belong to both.

    Passes::

        projects/o: {kind: off-budget, field: education, cost: [{id: total, amount: 100.00}]}

    Fails::

        projects/o: {kind: off-budget, field: education, budget: 100.00}
    """
    for project in register.projects:
        other = _OF_OFF_BUDGET if project.kind == "programme" else _OF_PROGRAMME
        for name in other:
            if getattr(project, name) not in (None, ()):
                what = "of the programme" if project.kind == "programme" else "off-budget"
                yield Problem(
                    project.address,
                    (name,),
                    f"{project.address} is {what}, and has {name}, which is for the other kind of project",
                    (Related(project.address, ("kind",), f"{project.address} is {what}"),),
                )

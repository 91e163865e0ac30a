"""ACT, activities: where they belong, who takes part, and how they are paid for and judged."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from erc_cli.core.findings import Path, Problem, Related
from erc_cli.core.money import plain
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register
from erc_cli.core.rules.rule import rule
from erc_cli.core.totals import current


@rule("ACT002", source="plan, project 1, general framework")
def activity_is_for_somebody_or_with_somebody(register: Register) -> Iterator[Problem]:
    """An activity names somebody: who benefits, who carries it out, or who takes part.

    The plan coordinates activities with the benefiting and implementing parties and with partners; of an activity that
    names none of them nobody can be asked.

    Passes::

        activities/course: {implementing: [isesco]}

    Fails::

        activities/course: {implementing: ~}
    """
    for activity in register.activities:
        named = (activity.beneficiaries, activity.other_beneficiaries, activity.implementing, activity.partners)
        if not any(named):
            message = f"{activity.address} names no beneficiary, no implementing party and no partner"
            yield Problem(activity.address, (), message)


@rule("ACT003", source="plan, projects 1 and 2, areas of intervention and measurement indicators")
def programme_activity_has_an_area_and_an_indicator(register: Register) -> Iterator[Problem]:
    """An activity of the programme has an area and an indicator of its project; an off-budget one needs neither.

    Money is split by area and results are measured by indicator. Both are ids of the project that the activity belongs
    to: one that only another project has was taken from the wrong place.

    Passes::

        projects/p:
          kind: programme
          areas: [{id: a, outcomes: [{id: o, performance_indicators: [{id: i, measurement_indicators: [{id: m}]}]}]}]
        activities/course: {project: projects/p, area: a, indicators: [m]}

    Fails::

        projects/p:
          kind: programme
          areas: [{id: a, outcomes: [{id: o, performance_indicators: [{id: i, measurement_indicators: [{id: m}]}]}]}]
        activities/course: {project: projects/p, area: a}
    """
    elsewhere = _owners(register)
    for activity in register.activities:
        project = register.find(activity.project, Project)
        if project is None:
            continue
        if project.kind == "programme":
            for name, value in (("area", activity.area), ("indicators", activity.indicators)):
                if not value:
                    what = "an area of intervention (area)" if name == "area" else "an indicator (indicators)"
                    message = f"{activity.address} is of the programme and does not name {what} of {project.address}"
                    yield Problem(activity.address, (name,), message)
        inside = register.inside[project.address]
        named: list[tuple[str, str, Path]] = [("area", activity.area, ("area",))] if activity.area else []
        for position, indicator in enumerate(activity.indicators):
            named.append(("indicator", indicator, ("indicators", position)))
        for kind, value, path in named:
            owner = elsewhere.get((kind, value))
            if value not in inside[kind] and owner is not None:
                message = f"{kind} {value} is one of {owner}, and {activity.address} belongs to {project.address}"
                there = Related(activity.address, ("project",), f"belongs to {project.address}")
                yield Problem(activity.address, path, message, (there,), actual=value)


def _owners(register: Register) -> dict[tuple[str, str], str]:
    """The project that has an area or indicator of that id; of several the first."""
    found: dict[tuple[str, str], str] = {}
    for project, kinds in register.inside.items():
        for kind in ("area", "indicator"):
            for name in kinds[kind]:
                found.setdefault((kind, name), project)
    return found


@rule("ACT011", source="plan, project 1, outcome 2; budget of programmes")
def organiser_or_sponsor_pays_something(register: Register) -> Iterator[Problem]:
    """An activity done as organiser or sponsor has a budget, or contributions of somebody.

    Who organises or sponsors pays, or finds who does. What cost nothing says so with a budget of 0. The contributions
    to an off-budget project count for its activities.

    Passes::

        projects/p: {kind: programme}
        activities/forum:
          project: projects/p
          role: organiser
          done: {start: 2019-05-01, end: 2019-05-02}
          budget: [{year: 2019, amount: 20000.00}]

    Fails::

        projects/p: {kind: programme}
        activities/forum: {project: projects/p, role: organiser, done: {start: 2019-05-01, end: 2019-05-02}}
    """
    for activity in register.activities:
        if activity.done is None or activity.role not in ("organiser", "sponsor"):
            continue
        project = register.find(activity.project, Project)
        if not (activity.budget or activity.expenditures or activity.contributions) and not (
            project is None or project.contributions
        ):
            message = f"{activity.address} was done as {activity.role}, and has neither a budget nor a contribution"
            yield Problem(activity.address, ("role",), message)


@rule("ACT013", source="plan, project 1, general framework")
def assessment_is_whole_and_not_of_oneself(register: Register) -> Iterator[Problem]:
    """The weights of an assessment are 100 together, and nobody assesses what they carried out.

    The score of an activity is the sum of its scores by weight: with other weights it cannot be compared. A unit of the
    own organisation can assess what the organisation carried out.

    Passes::

        activities/course:
          implementing: [partners/alecso]
          assessment:
            - {id: relevance, criterion: relevance, weight: 40, score: 80, by: isesco, on: 2019-12-01}
            - {id: impact, criterion: impact, weight: 60, score: 70, by: isesco, on: 2019-12-01}

    Fails::

        activities/course:
          implementing: [partners/alecso]
          assessment:
            - {id: relevance, criterion: relevance, weight: 40, score: 80, by: isesco, on: 2019-12-01}
            - {id: impact, criterion: impact, weight: 50, score: 70, by: partners/alecso, on: 2019-12-01}
    """
    for activity in register.activities:
        if not activity.assessment:
            continue
        total = sum((part.weight for part in activity.assessment), Decimal(0))
        if total != 100:
            yield Problem(
                activity.address,
                ("assessment",),
                f"the weights of the assessment are {plain(total)} together, not 100",
                tuple(
                    Related(activity.address, ("assessment", part.id, "weight"), f"{part.id} {plain(part.weight)}")
                    for part in activity.assessment
                ),
                expected="100",
                actual=plain(total),
            )
        implementing = frozenset(activity.implementing)
        for part in activity.assessment:
            if part.by in implementing:
                message = f"{part.id} is assessed by {part.by}, which carried the activity out"
                there = Related(activity.address, ("implementing",), f"{part.by} carries it out")
                yield Problem(activity.address, ("assessment", part.id, "by"), message, (there,), actual=part.by)


@rule("ACT014", source="plan, off-budget specialized projects", severity="warning")
def programme_money_meets_no_conflicting_condition(register: Register) -> Iterator[Problem]:
    """No programme money goes into an activity with a partner whose conditions are in conflict with our rules.

    The plan notes that conditions of some large institutions no longer match its own regulations: work with them is
    what off-budget projects are for. A condition is in conflict where `compatible` is `no`; what was settled is
    `waived`.

    Passes::

        partners/bank: {conditions: [{id: procurement, text: {en: Own tenders}, compatible: waived}]}
        projects/p: {kind: programme}
        activities/course: {project: projects/p, partners: [partners/bank], budget: [{year: 2019, amount: 500.00}]}

    Fails::

        partners/bank: {conditions: [{id: procurement, text: {en: Own tenders}, compatible: "no"}]}
        projects/p: {kind: programme}
        activities/course: {project: projects/p, partners: [partners/bank], budget: [{year: 2019, amount: 500.00}]}
    """
    conflicts = {
        partner.address: clashing
        for partner in register.partners
        if (clashing := [condition.id for condition in partner.conditions if condition.compatible == "no"])
    }
    for activity in register.activities if conflicts else ():
        if not _uses_programme_money(activity):
            continue
        parties = (*activity.partners, *activity.implementing, *(gift.party for gift in activity.contributions))
        for party in dict.fromkeys(parties):
            if party in conflicts:
                yield _conflict(activity, party, conflicts[party])


def _conflict(activity: Activity, partner: str, conditions: list[str]) -> Problem:
    return Problem(
        activity.address,
        ("budget" if activity.budget else "expenditures",),
        f"{activity.address} uses programme money with {partner}, "
        f"whose conditions are in conflict with ours: {', '.join(conditions)}",
        tuple(Related(partner, ("conditions", name, "compatible"), f"{name} is not compatible") for name in conditions),
    )


def _uses_programme_money(activity: Activity) -> bool:
    return any(current(part.amount, part.revisions) for part in activity.budget) or bool(activity.expenditures)


@rule("ACT015", source="plan, off-budget specialized projects; project 2, area 2")
def origin_is_on_file(register: Register) -> Iterator[Problem]:
    """An activity that came from a decision or a need says from which one.

    The plan complains that joint meetings change the scheduled activities all year; with `because`, the addition leads
    back to the decision of the meeting, or to the need of the Member State.

    Passes::

        meetings/review: {decisions: [{id: experts, owner: isesco, due: 2019-09-30}]}
        activities/course: {origin: decision, because: meetings/review.decisions.experts}

    Fails::

        activities/course: {origin: decision}
    """
    for activity in register.activities:
        if activity.origin in ("decision", "need") and activity.because is None:
            message = f"{activity.address} came from a {activity.origin}, and because does not say from which"
            yield Problem(activity.address, ("origin",), message)

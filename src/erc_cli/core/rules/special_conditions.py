"""ACT, activities: whom those for countries with special conditions benefit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from erc_cli.core.findings import Problem, Related
from erc_cli.core.indicators import project_period
from erc_cli.core.periods import first_day, last_day
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.member_state import MemberState
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register, item_at
from erc_cli.core.rules.rule import rule
from erc_cli.core.schedule import is_cancelled, time_of


@rule("ACT008", source="plan, project 2, area 2")
def area_for_special_conditions_benefits_who_has_them(register: Register) -> Iterator[Problem]:
    """An activity in an area for special conditions benefits a State or society that lives under them at that time.

    One is enough, and so is a day on which both meet: while it was done, else its schedule as it stands, else the
    period of its project. A Muslim society outside the membership has a record of its own in `member-states/`; other
    beneficiaries count where their country has such a record with special conditions.

    Passes::

        projects/p: {kind: programme, areas: [{id: support, only_for: special-conditions}]}
        member-states/so: {special_conditions: [{id: drought, from: "2017"}]}
        activities/schools: {project: projects/p, area: support, beneficiaries: [member-states/so]}

    Fails::

        projects/p: {kind: programme, areas: [{id: support, only_for: special-conditions}]}
        member-states/so: {special_conditions: [{id: drought, from: "2015", until: "2017"}]}
        activities/schools: {project: projects/p, area: support, beneficiaries: [member-states/so]}
    """
    for activity in register.activities:
        project = register.find(activity.project, Project)
        area = item_at(project.areas, activity.area) if project is not None and activity.area is not None else None
        if area is None or area.only_for != "special-conditions":
            continue
        if _is_for_nobody(activity, register):
            yield Problem(
                activity.address,
                ("beneficiaries",),
                f"{activity.address} benefits no State with special conditions {_when(activity, register)}, "
                f"and area {area.id} is only for these",
                (Related(activity.project, ("areas", area.id, "only_for"), "only for special conditions"),),
            )


@rule("ACT009", source="plan, project 2, area 2 and outcome 2")
def donors_conference_is_for_special_conditions(register: Register) -> Iterator[Problem]:
    """A donors' conference is for a State or society that lives under special conditions at that time.

    The plan holds them to find money and expertise for Member States and Muslim societies with special conditions.
    Other beneficiaries in words alone are not enough, since nothing on file shows what they live under: a society gets
    a record in `member-states/` (`membership: society`), or its `country` has one.

    Passes::

        member-states/so: {special_conditions: [{id: drought, from: "2017"}]}
        activities/donors: {kind: donors-conference, beneficiaries: [member-states/so]}

    Fails::

        member-states/so: {}
        activities/donors: {kind: donors-conference, beneficiaries: [member-states/so]}
    """
    for activity in register.activities:
        if activity.kind == "donors-conference" and _is_for_nobody(activity, register):
            message = f"{activity.address} is a donors' conference for nobody with special conditions"
            yield Problem(activity.address, ("beneficiaries",), f"{message} {_when(activity, register)}")


def _is_for_nobody(activity: Activity, register: Register) -> bool:
    """Whether nobody it names has special conditions; not where that cannot be known, nor of what is cancelled."""
    if is_cancelled(activity, date.max):
        return False
    first, last = _days(activity, register)
    addresses = list(activity.beneficiaries)
    addresses += [f"member-states/{other.country}" for other in activity.other_beneficiaries if other.country]
    for address in addresses:
        state = register.find(address, MemberState)
        if state is None:
            if address in register.broken or address in activity.beneficiaries:
                return False
        elif _lives_under_them(state, first, last):
            return False
    return True


def _lives_under_them(state: MemberState, first: date, last: date) -> bool:
    """Whether one of a State's special conditions shares a day with the span, in the widest reading."""
    return any(
        (span.from_ is None or first_day(span.from_) <= last) and (span.until is None or first <= last_day(span.until))
        for span in state.special_conditions
    )


def _days(activity: Activity, register: Register) -> tuple[date, date]:
    """The first and last day an activity can be on: done, scheduled, or in the period of its project."""
    time = time_of(activity)
    if time is not None:
        return first_day(time.start), last_day(time.end)
    project = register.find(activity.project, Project)
    if project is not None:
        return project_period(project, register)
    return register.plan.period.start, register.plan.period.end


def _when(activity: Activity, register: Register) -> str:
    first, last = _days(activity, register)
    return f"from {first} to {last}"

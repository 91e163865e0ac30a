"""Indicators: values counted from the register's own records, with the list that proves each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from erc_cli.core.periods import PartialDate, first_day
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.records.meeting import Meeting
from erc_cli.core.records.partner import Partner
from erc_cli.core.records.project import Counts, CountWhere, MeasurementIndicator, Project, Target
from erc_cli.core.register import Register, ids_inside, record_of
from erc_cli.core.relationship import agreements_with
from erc_cli.core.schedule import is_cancelled
from erc_cli.core.status import full_signature


class Measured(NamedTuple):
    """The value of an indicator for a year: what was aimed at, what was reached, and what shows it.

    `actual` is counted where `is_counted`, else as stored. `claimed` is a stored value beside a counted one. `share` is
    the actual in percent of the target, None without one.
    """

    year: int
    target: Decimal | None
    actual: Decimal | None
    is_counted: bool
    claimed: Decimal | None
    evidence: tuple[str, ...]
    share: Decimal | None


def measured(indicator: MeasurementIndicator, project: Project, register: Register, on: date) -> tuple[Measured, ...]:
    """Return the indicator's values year by year, as known on the day `on`.

    The years are those of its targets and actuals, and for a counted one all years of the project up to that day.
    """
    targets = {target.year: current_target(target, on) for target in indicator.targets}
    stored = {actual.year: actual for actual in indicator.actuals}
    years = set(targets) | set(stored)
    if indicator.counts:
        start, end = project_period(project, register)
        years |= set(range(start.year, min(end, on).year + 1))
    found = []
    for year in sorted(years):
        actual = stored.get(year)
        if indicator.counts:
            evidence = counted(indicator, project, register, year, on)
            value: Decimal | None = Decimal(len(evidence)) if date(year, 1, 1) <= on else None
            claimed = actual.value if actual is not None else None
        else:
            value, claimed = (actual.value if actual is not None else None), None
            evidence = actual.evidence if actual is not None else ()
        found.append(
            Measured(
                year,
                targets.get(year),
                value,
                bool(indicator.counts),
                claimed,
                evidence,
                _share(value, targets.get(year)),
            )
        )
    return tuple(found)


def _share(actual: Decimal | None, target: Decimal | None) -> Decimal | None:
    if actual is None or target is None or target == 0:
        return None
    return (actual * 100 / target).quantize(Decimal("0.1"))


def current_target(target: Target, on: date) -> Decimal:
    """Return the target as it stands on the day `on`: its value, or the last revision's."""
    value = target.value
    for revision in target.revisions:
        if revision.on is None or revision.on <= on:
            value = revision.to
    return value


def project_period(project: Project, register: Register) -> tuple[date, date]:
    """Return the first and last day of a project: its own period, else the plan's."""
    period = project.period or register.plan.period
    return period.start, period.end


def counted(
    indicator: MeasurementIndicator, project: Project, register: Register, year: int, on: date
) -> tuple[str, ...]:
    """Return the addresses of the records that an indicator counts for a year, each once, by address.

    Facts of the day `on` and before count; for a cumulative indicator those since the project's start.
    """
    start, _ = project_period(project, register)
    first = start if indicator.cumulative else date(year, 1, 1)
    last = min(date(year, 12, 31), on)
    found = {
        address for counts in indicator.counts for address, day in happened(counts, register) if first <= day <= last
    }
    return tuple(sorted(found))


def happened(counts: Counts, register: Register) -> Iterator[tuple[str, date]]:
    """Yield every record that `counts` asks for whose event took place: its address and the day."""
    where = counts.where
    if counts.records == "agreements":
        for agreement in register.agreements:
            day = _known_signature(agreement)
            if day is not None and _agreement_fits(agreement, where, register):
                yield agreement.address, day
    elif counts.records == "meetings":
        for meeting in register.meetings:
            if meeting.held_on is not None and _meeting_fits(meeting, where, register):
                yield meeting.address, _first(meeting.held_on)
    elif counts.records == "activities":
        for activity in register.activities:
            day = _completed(activity)
            if day is not None and _activity_fits(activity, where, register):
                yield activity.address, day
    else:
        for partner in register.partners:
            day = _first_agreement(partner, register)
            if day is not None and _partner_fits(partner, where):
                yield partner.address, day


def _first(when: PartialDate) -> date:
    return first_day(when)


def _known_signature(agreement: Agreement) -> date | None:
    """The day it was signed by all; None where only a day is known before which it was."""
    return None if agreement.signed_before is not None else full_signature(agreement)


def _completed(activity: Activity) -> date | None:
    if activity.done is None or is_cancelled(activity, date.max):
        return None
    return activity.done.end or activity.done.start


def _first_agreement(partner: Partner, register: Register) -> date | None:
    agreements = list(agreements_with(partner.address, register))
    if any(agreement.signed_before is not None for agreement in agreements):
        return None
    days = [day for agreement in agreements if (day := full_signature(agreement)) is not None]
    return min(days, default=None)


def _agreement_fits(agreement: Agreement, where: CountWhere | None, register: Register) -> bool:
    if where is None:
        return True
    return (
        (not where.kind or agreement.kind in where.kind)
        and _categories_fit([party.party for party in agreement.parties], where, register)
        and _belongs([*agreement.serves], where, register)
        and (not where.fields or not set(where.fields).isdisjoint(agreement.fields))
    )


def _meeting_fits(meeting: Meeting, where: CountWhere | None, register: Register) -> bool:
    if where is None:
        return True
    activity = register.find(meeting.activity, Activity)
    agreement = register.find(meeting.agreement, Agreement)
    places = list(agreement.serves) if agreement is not None else []
    if activity is not None:
        places.append(_place_of(activity))
    fields = {activity.field} if activity is not None and activity.field else set()
    fields |= set(agreement.fields) if agreement is not None else set()
    return (
        (not where.kind or meeting.kind in where.kind)
        and _categories_fit(list(meeting.participants), where, register)
        and _belongs(places, where, register)
        and (not where.fields or not fields.isdisjoint(where.fields))
    )


def _activity_fits(activity: Activity, where: CountWhere | None, register: Register) -> bool:
    if where is None:
        return True
    parties = [*activity.partners, *activity.implementing, *(c.party for c in activity.contributions)]
    return (
        (not where.kind or activity.kind in where.kind)
        and _categories_fit(parties, where, register)
        and _belongs([_place_of(activity)], where, register)
        and (not where.fields or activity.field in where.fields)
        and (not where.role or activity.role in where.role)
    )


def _partner_fits(partner: Partner, where: CountWhere | None) -> bool:
    if where is None:
        return True
    return (not where.partner_category or _is_of(partner, where)) and (
        not where.fields or not set(where.fields).isdisjoint(partner.fields)
    )


def _categories_fit(parties: list[str], where: CountWhere, register: Register) -> bool:
    if not where.partner_category:
        return True
    partners = (register.find(party, Partner) for party in parties)
    return any(partner is not None and _is_of(partner, where) for partner in partners)


def _is_of(partner: Partner, where: CountWhere) -> bool:
    return partner.category in where.partner_category or not set(where.partner_category).isdisjoint(partner.roles)


def _place_of(activity: Activity) -> str:
    return f"{activity.project}.areas.{activity.area}" if activity.area else activity.project


def _belongs(places: list[str], where: CountWhere, register: Register) -> bool:
    """Whether one of the addresses lies in one of the projects and one of the areas asked for."""
    if not where.project and not where.area:
        return True
    for place in places:
        if where.project and record_of(place) not in where.project:
            continue
        if not where.area or _area_of(place, register) in where.area:
            return True
    return False


def _area_of(place: str, register: Register) -> str | None:
    """The area in which an address of a project lies, the short form `p.indicators.ID` included."""
    steps = place.split(".")
    if len(steps) >= 3 and steps[1] == "areas":
        return steps[2]
    project = register.find(steps[0], Project)
    if project is not None and len(steps) >= 3 and steps[1] == "indicators":
        path = ids_inside(project)["indicator"].get(steps[2], ())
        return str(path[1]) if len(path) > 1 else None
    return None


def measurement_indicators(project: Project) -> Iterator[tuple[str, MeasurementIndicator]]:
    """Yield the measurement indicators of a project with the id of the outcome each belongs to, in the plan's order."""
    for area in project.areas:
        for outcome in area.outcomes:
            for performance in outcome.performance_indicators:
                for indicator in performance.measurement_indicators:
                    yield outcome.id, indicator


def counted_years(project: Project, register: Register) -> Mapping[int, tuple[date, date]]:
    """Return the years of a project, each with the first and last day of it that belong to the project."""
    start, end = project_period(project, register)
    return {
        year: (max(start, date(year, 1, 1)), min(end, date(year, 12, 31))) for year in range(start.year, end.year + 1)
    }

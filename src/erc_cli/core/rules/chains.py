"""Chains of records: they lead in no circle, and what starts does not hang on what has ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from erc_cli.core.addresses import at_path
from erc_cli.core.findings import Path, Problem, Related
from erc_cli.core.periods import PartialDate, first_day
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.records.base import Record
from erc_cli.core.records.meeting import Meeting
from erc_cli.core.records.partner import Partner
from erc_cli.core.records.project import Project
from erc_cli.core.records.types import RefTo
from erc_cli.core.register import Pointer, Register
from erc_cli.core.rules.rule import rule

_SHOWN = 12
"""So many members of a circle are named."""


class _Arrow(NamedTuple):
    record: str
    path: Path
    target: str


@rule("REF003", source="data format, references")
def nothing_comes_before_itself(register: Register) -> Iterator[Problem]:
    """No record is under itself, succeeds itself or follows itself, be it by a detour.

    In a circle nothing is first: no agreement is the oldest, and no pledge is the one that money goes back to.

    Passes::

        agreements/programme: {under: agreements/cooperation}
        agreements/cooperation: {}

    Fails::

        agreements/programme: {under: agreements/cooperation}
        agreements/cooperation: {under: agreements/programme}
    """
    for word, arrows in (
        ("under", _arrows(register.agreements, "under")),
        ("succeeds", _arrows((*register.agreements, *register.partners), "succeeds")),
        ("follows", _follows(register)),
    ):
        for circle in _circles(arrows):
            first = arrows[circle[0]]
            shown = [*circle[:_SHOWN], *(("...",) if len(circle) > _SHOWN else ()), circle[0]]
            others = (arrows[name] for name in circle[1:_SHOWN])
            related = tuple(Related(one.record, one.path, f"{word} {one.target}") for one in others)
            yield Problem(first.record, first.path, f"{word} leads in a circle: {' > '.join(shown)}", related)


def _arrows(records: Iterable[Agreement | Partner], field: str) -> dict[str, _Arrow]:
    return {
        record.address: _Arrow(record.address, (field,), target)
        for record in records
        if (target := getattr(record, field)) is not None
    }


def _follows(register: Register) -> dict[str, _Arrow]:
    givers: tuple[Activity | Project, ...] = (*register.activities, *register.projects)
    return {
        f"{record.address}.contributions.{one.id}": _Arrow(
            record.address, ("contributions", one.id, "follows"), one.follows
        )
        for record in givers
        for one in record.contributions
        if one.follows is not None
    }


def _circles(arrows: Mapping[str, _Arrow]) -> Iterator[list[str]]:
    """Yield each circle once, from its first member by name. From every node goes one arrow at most."""
    done: set[str] = set()
    for start in arrows:
        trail: dict[str, int] = {}
        node = start
        while node in arrows and node not in done and node not in trail:
            trail[node] = len(trail)
            node = arrows[node].target
        if node in trail:
            members = list(trail)[trail[node] :]
            first = members.index(min(members))
            yield members[first:] + members[:first]
        done.update(trail)


_OF_THE_PAST = frozenset({"succeeds", "distinct_from", "by"})
"""Fields that may well name what has ended."""


@rule("REF004", source="plan, project 1, general framework", severity="warning")
def nothing_starts_with_what_has_ended(register: Register) -> Iterator[Problem]:
    """Nothing starts with a partner that has ended or under an agreement that was terminated.

    It starts on the day it took place, took effect or is planned for; a contribution counts from its own day. Where
    that day or the end is not known, or known only in part and could fit, nothing is said.

    Passes::

        partners/fund: {ended_on: 2020-06-30}
        activities/forum: {partners: [partners/fund], planned: {start: 2020-06-01, end: 2020-06-03}}

    Fails::

        partners/fund: {ended_on: 2020-06-30}
        activities/forum: {partners: [partners/fund], planned: {start: 2020-09-01, end: 2020-09-03}}
    """
    ends = _ends(register)
    for pointer in register.pointers if ends else ():
        end = ends.get(pointer.value)
        if end is None or not isinstance(pointer.mark, RefTo) or _OF_THE_PAST.intersection(map(str, pointer.path[-2:])):
            continue
        start = _day_of(register, pointer)
        if start is not None and end.first_without <= first_day(start):
            message = f"{pointer.value} {end.what}, and {pointer.record.address} starts {start}"
            yield Problem(
                pointer.record.address, pointer.path, message, (Related(pointer.value, end.path, "the end is here"),)
            )


class _End(NamedTuple):
    first_without: date
    what: str
    path: Path


def _ends(register: Register) -> dict[str, _End]:
    found = {}
    for partner in register.partners:
        if partner.ended_on is not None:
            last = min(partner.ended_on, date.max - timedelta(days=1))
            found[partner.address] = _End(last + timedelta(days=1), f"ended on {partner.ended_on}", ("ended_on",))
    for agreement in register.agreements:
        for event in agreement.events:
            if event.kind == "terminated":
                day = event.effective_on or event.on
                path: Path = ("events", event.key, "effective_on" if event.effective_on else "on")
                found.setdefault(agreement.address, _End(day, f"was terminated on {day}", path))
    return found


def _day_of(register: Register, pointer: Pointer) -> date | PartialDate | None:
    item = at_path(register, pointer.record, pointer.path[:-1])
    on = getattr(item, "on", None)
    return on if isinstance(on, date | PartialDate) else _start_of(pointer.record)


def _start_of(record: Record) -> date | PartialDate | None:
    if isinstance(record, Agreement):
        signatures = [party.signed_on for party in record.parties if party.signed_on is not None]
        return record.effective_on or max(signatures, key=first_day, default=None)
    if isinstance(record, Meeting):
        return record.held_on or record.planned_on
    if isinstance(record, Activity):
        return _start_of_activity(record)
    if isinstance(record, Project) and record.period is not None:
        return record.period.start
    return None


def _start_of_activity(activity: Activity) -> date | PartialDate | None:
    if activity.done is not None and activity.done.start is not None:
        return activity.done.start
    moved = [change.to.start for change in activity.changes if change.to is not None and not isinstance(change.to, str)]
    if moved:
        return moved[-1]
    return activity.planned.start if activity.planned is not None else None

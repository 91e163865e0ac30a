"""What happened in the register, as indicators count it: each agreement, meeting, activity and partner once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from erc_cli.core.periods import first_day, last_day
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.records.partner import Partner
from erc_cli.core.records.project import Counts, CountWhere, Project
from erc_cli.core.register import Register, record_of
from erc_cli.core.relationship import agreements_with
from erc_cli.core.schedule import is_cancelled
from erc_cli.core.status import full_signature, signatories

EVENTS: Final[Mapping[str, str]] = {
    "agreements": "signed",
    "meetings": "held",
    "activities": "completed",
    "partners": "first-agreement",
}
"""Records: the one event that can happen to them."""

Place = tuple[str, str | None]
"""A project, and the area of it if one is known."""


class Fact(NamedTuple):
    """Something that happened, on a day from `first` to `last`, and what it can be asked for by.

    `is_dated` is False where no day is known but for a limit: the record is never counted, and may have to be.
    """

    address: str
    first: date
    last: date
    is_dated: bool
    kind: str = ""
    categories: frozenset[str] = frozenset()
    places: tuple[Place, ...] = ()
    fields: frozenset[str] = frozenset()
    role: str | None = None


class Tally(NamedTuple):
    """Records counted in a span of days, by address.

    `counted` takes partial dates from their first day. `certain` are those that no reading of their dates takes out of
    the span, `possible` those that some reading puts into it.
    """

    counted: tuple[str, ...]
    certain: tuple[str, ...]
    possible: tuple[str, ...]


class _Asked(NamedTuple):
    """What a count asks for, so that equal ones are answered once. Of an area alone the project is the own one."""

    records: str
    kinds: frozenset[str]
    categories: frozenset[str]
    projects: frozenset[str]
    areas: frozenset[str]
    fields: frozenset[str]
    roles: frozenset[str]


class _Notebook:
    """The facts of one register, made when they are first asked for, and the tallies made of them."""

    def __init__(self) -> None:
        self.facts: dict[str, tuple[Fact, ...]] = {}
        self.by_project: dict[str, Mapping[str, tuple[Fact, ...]]] = {}
        self.fitting: dict[_Asked, tuple[Fact, ...]] = {}
        self.tallies: dict[frozenset[_Asked], dict[Span, Tally]] = {}


_NOTEBOOKS: Final[WeakKeyDictionary[Register, _Notebook]] = WeakKeyDictionary()
"""A register never changes, so what was worked out from it holds as long as it is there."""


Span = tuple[date, date]
"""A first and a last day."""


def tallies(counts: Iterable[Counts], project: Project, register: Register, spans: Iterable[Span]) -> list[Tally]:
    """Return what an indicator of `project` counts in each span: each record once, however many counts ask for it.

    A count whose event cannot happen to its records finds nothing.
    """
    notebook = _NOTEBOOKS.setdefault(register, _Notebook())
    asked = frozenset(_asked(one, project.address) for one in counts if EVENTS[one.records] == one.event)
    known = notebook.tallies.setdefault(asked, {})
    fitting: list[Fact] | None = None
    found = []
    for span in spans:
        if span not in known:
            if fitting is None:
                fitting = [fact for one in asked for fact in _fitting(one, notebook, register)]
            known[span] = _tally(fitting, *span)
        found.append(known[span])
    return found


def _tally(facts: Iterable[Fact], first: date, last: date) -> Tally:
    possible = [fact for fact in facts if fact.first <= last and first <= fact.last]
    if not possible:
        return _NOTHING
    return Tally(
        _addresses(fact for fact in possible if fact.is_dated and first <= fact.first),
        _addresses(fact for fact in possible if first <= fact.first and fact.last <= last),
        _addresses(possible),
    )


_NOTHING: Final = Tally((), (), ())


def _addresses(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(sorted({fact.address for fact in facts}))


def matching(counts: Counts, project: Project, register: Register) -> tuple[Fact, ...]:
    """Return everything on file that a count of `project` asks for, whenever it happened."""
    if EVENTS[counts.records] != counts.event:
        return ()
    return _fitting(_asked(counts, project.address), _NOTEBOOKS.setdefault(register, _Notebook()), register)


def _asked(counts: Counts, own: str) -> _Asked:
    where = counts.where or CountWhere()
    projects = where.project or ((own,) if where.area else ())
    words = (where.kind, where.partner_category, projects, where.area, where.fields, where.role)
    return _Asked(counts.records, *map(frozenset, words))


def _fitting(asked: _Asked, notebook: _Notebook, register: Register) -> tuple[Fact, ...]:
    if asked not in notebook.fitting:
        if asked.records not in notebook.facts:
            notebook.facts[asked.records] = tuple(_FACTS[asked.records](register))
        candidates: Iterable[Fact] = notebook.facts[asked.records]
        if asked.projects:
            by_project = notebook.by_project.get(asked.records)
            if by_project is None:
                by_project = notebook.by_project[asked.records] = _by_project(candidates)
            candidates = (fact for project in asked.projects for fact in by_project.get(project, ()))
        notebook.fitting[asked] = tuple({fact.address: fact for fact in candidates if _fits(fact, asked)}.values())
    return notebook.fitting[asked]


def _by_project(facts: Iterable[Fact]) -> Mapping[str, tuple[Fact, ...]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        for project in dict.fromkeys(project for project, _ in fact.places):
            found.setdefault(project, []).append(fact)
    return {project: tuple(of_project) for project, of_project in found.items()}


def _fits(fact: Fact, asked: _Asked) -> bool:
    """Whether all that is asked holds; of several words for one thing, one is enough."""
    return (
        (not asked.kinds or fact.kind in asked.kinds)
        and (not asked.categories or not fact.categories.isdisjoint(asked.categories))
        and (not asked.projects or any(_lies_in(place, asked) for place in fact.places))
        and (not asked.fields or not fact.fields.isdisjoint(asked.fields))
        and (not asked.roles or fact.role in asked.roles)
    )


def _lies_in(place: Place, asked: _Asked) -> bool:
    project, area = place
    return project in asked.projects and (not asked.areas or area in asked.areas)


# --- the facts ----------------------------------------------------------------------------------------------


def _agreements_signed(register: Register) -> Iterator[Fact]:
    for agreement in register.agreements:
        span = _signature(agreement)
        if span is not None:
            parties = (party.party for party in agreement.parties)
            yield Fact(
                agreement.address,
                *span,
                agreement.signed_before is None,
                agreement.kind,
                _categories(parties, register),
                tuple(_places_of(agreement, register)),
                frozenset(agreement.fields),
            )


def _signature(agreement: Agreement) -> tuple[date, date] | None:
    """The first and the last day on which it can have been signed by all; None while a signature is missing."""
    if agreement.signed_before is not None:
        return date.min, _day_before(agreement.signed_before)
    first = full_signature(agreement)
    if first is None:
        return None
    return first, max(last_day(party.signed_on) for party in signatories(agreement) if party.signed_on is not None)


def _day_before(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day


def _meetings_held(register: Register) -> Iterator[Fact]:
    for meeting in register.meetings:
        if meeting.held_on is None:
            continue
        activity = register.find(meeting.activity, Activity)
        agreement = register.find(meeting.agreement, Agreement)
        places = list(_places_of(agreement, register)) if agreement is not None else []
        fields = set(agreement.fields) if agreement is not None else set()
        if activity is not None:
            places.append((activity.project, activity.area))
            fields |= {activity.field} if activity.field else set()
        yield Fact(
            meeting.address,
            first_day(meeting.held_on),
            last_day(meeting.held_on),
            True,
            meeting.kind,
            _categories(meeting.participants, register),
            tuple(places),
            frozenset(fields),
        )


def _activities_completed(register: Register) -> Iterator[Fact]:
    for activity in register.activities:
        if activity.done is None or is_cancelled(activity, date.max):
            continue
        day = activity.done.end or activity.done.start
        parties = (*activity.partners, *activity.implementing, *(gift.party for gift in activity.contributions))
        yield Fact(
            activity.address,
            day or date.min,
            day or date.max,
            day is not None,
            activity.kind,
            _categories(parties, register),
            ((activity.project, activity.area),),
            frozenset((activity.field,)) if activity.field else frozenset(),
            activity.role,
        )


def _partners_with_a_first_agreement(register: Register) -> Iterator[Fact]:
    """Partners whose first agreement is dated; with an old one `signed_before` a day, its day is not known.

    They lie where their first agreement does.
    """
    for partner in register.partners:
        joined = [
            (span, agreement)
            for agreement in agreements_with(partner.address, register)
            if (span := _joining(agreement, partner.address)) is not None
        ]
        if not joined:
            continue
        (first, _), agreement = min(joined, key=lambda one: (one[0][0], one[1].address))
        yield Fact(
            partner.address,
            first,
            min(last for (_, last), _ in joined),
            first > date.min,
            "",
            frozenset((partner.category, *partner.roles)),
            tuple(_places_of(agreement, register)),
            frozenset(partner.fields),
        )


def _joining(agreement: Agreement, partner: str) -> tuple[date, date] | None:
    """When a partner became a party: when all had signed, or when it acceded."""
    for party in agreement.parties:
        if party.party == partner and party.acceded_on is not None:
            return first_day(party.acceded_on), last_day(party.acceded_on)
    return _signature(agreement)


_FACTS: Final[Mapping[str, Callable[[Register], Iterator[Fact]]]] = {
    "agreements": _agreements_signed,
    "meetings": _meetings_held,
    "activities": _activities_completed,
    "partners": _partners_with_a_first_agreement,
}


def _categories(parties: Iterable[str], register: Register) -> frozenset[str]:
    found: set[str] = set()
    for address in parties:
        partner = register.find(address, Partner)
        if partner is not None:
            found.update((partner.category, *partner.roles))
    return frozenset(found)


def _places_of(agreement: Agreement, register: Register) -> Iterator[Place]:
    for address in agreement.serves:
        yield record_of(address), _area_of(address, register)


def _area_of(address: str, register: Register) -> str | None:
    """The area in which an address of a project lies, the short form `p.indicators.ID` included."""
    steps = address.split(".")
    if len(steps) >= 3 and steps[1] == "areas":
        return steps[2]
    if len(steps) >= 3 and steps[1] == "indicators":
        path = register.inside.get(steps[0], {}).get("indicator", {}).get(steps[2], ())
        return str(path[1]) if len(path) > 1 else None
    return None

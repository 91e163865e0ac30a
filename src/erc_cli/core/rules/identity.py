"""Identity: every record and every item of a list has one id, which is nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final, NamedTuple

from erc_cli.core.findings import Path, Problem, Related
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.records.base import Described, Item, Part, Record
from erc_cli.core.records.project import Project
from erc_cli.core.records.shape import FieldShape, fields_of
from erc_cli.core.register import Register
from erc_cli.core.rules.rule import reading_rule, rule

_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789")}
)


@rule("IDS001", source="data format, ids")
def ids_are_slugs(register: Register) -> Iterator[Problem]:
    """An id is a slug: lower-case letters a-z, digits and single hyphens, at most 64 of them.

    It is the name of a file on every system and stands in addresses, so nothing in it may need quoting. The names
    that Windows keeps for devices (con, prn, aux, nul, com1 to com9, lpt1 to lpt9) name no record there either.

    Passes::

        partners/oic: {identifiers: [{scheme: IATI, value: XM-1}], contacts: [{id: press-office}]}

    Fails::

        partners/oic: {contacts: [{id: Press Office}]}
    """
    for address in (*register.records, *register.broken):
        if address.rpartition("/")[2] in _DEVICES:
            yield Problem(address, (), f"{address}: Windows keeps this name for a device, choose another")


class _ListOfItems(NamedTuple):
    record: Record
    path: Path
    items: tuple[Part, ...]


def _lists(record: Record, least: int) -> Iterator[_ListOfItems]:
    """Yield every list of at least so many items in `record`, lists inside items too."""
    waiting: list[tuple[Path, Part]] = [((), record)]
    while waiting:
        path, part = waiting.pop()
        held = part.__dict__
        for field, goes_deeper in _with_lists(type(part)):
            value: Any = held[field.name]
            if not value:
                continue
            here = (*path, field.key)
            if not field.is_list:
                if isinstance(value, Part):
                    waiting.append((here, value))
                continue
            if len(value) >= least:
                yield _ListOfItems(record, here, value)
            if goes_deeper:
                waiting += [((*here, item.key), item) for item in value]


@cache
def _with_lists(model: type[Part]) -> tuple[tuple[FieldShape, bool], ...]:
    """The fields of `model` that are or hold lists of items, and whether their own items hold lists."""
    found = []
    for field in fields_of(model):
        deeper = any(_with_lists(inner) for inner in field.models)
        if field.models and (field.is_list or deeper):
            found.append((field, deeper))
    return tuple(found)


_TOLD_BY_OTHERS: Final = frozenset({"targets", "actuals"})
"""Lists of values by year, of which PRJ004 says that a year is there twice."""


@rule("IDS002", source="data format, ids")
def ids_are_there_once(register: Register) -> Iterator[Problem]:
    """No two records of a folder and no two items of a list have one id.

    Ids that differ only by case are the same: some systems cannot have both files. Lists without an id are told apart
    by what is different by nature, such as the year or the party; two facts of one kind on one day need an `id`. The
    ids of performance and measurement indicators are unique in their whole project, because addresses name them there.

    Passes::

        partners/oic: {documents: [{id: charter}, {id: annual-report}]}

    Fails::

        partners/oic: {documents: [{id: charter}, {id: charter}]}
    """
    yield from _records_alike(register)
    for record in register.records.values():
        for found in _lists(record, 2):
            if not _is_told_by_others(found):
                yield from _items_alike(found)
    for project in register.projects:
        yield from _indicators_alike(project)


def _records_alike(register: Register) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for address in (*register.records, *sorted(register.broken)):
        other = seen.setdefault(address.casefold(), address)
        if other != address:
            yield Problem(address, (), f"{address} and {other} differ only by case", (Related(other, (), other),))


def _is_told_by_others(found: _ListOfItems) -> bool:
    is_parties = isinstance(found.record, Agreement) and found.path == ("parties",)
    return is_parties or found.path[-1] in _TOLD_BY_OTHERS


def _items_alike(found: _ListOfItems) -> Iterator[Problem]:
    keys = [item.key for item in found.items]
    if len({key.casefold() for key in keys}) == len(keys):
        return
    first: dict[str, int] = {}
    for position, (key, item) in enumerate(zip(keys, found.items, strict=True)):
        earlier = first.setdefault(key.casefold(), position)
        if earlier != position:
            name = _key_field(item)
            alike = f"{key} is there twice" if key == keys[earlier] else f"{keys[earlier]} and {key} are the same"
            message = f"{found.path[-1]}: {alike}" + ("" if name == "id" else ", give one of them another id")
            where = (*found.path, position, name)
            there = Related(found.record.address, (*found.path, earlier, name), "the first of them")
            yield Problem(found.record.address, where, message, (there,), actual=key)


def _key_field(item: Part) -> str:
    return "id" if getattr(item, "id", None) else item.KEY[0]


def _indicators_alike(project: Project) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for path, kind, item_id in _indicators(project):
        earlier = first.setdefault(item_id, path)
        if earlier is not path and earlier[:-1] != path[:-1]:
            message = f"{kind} {item_id}: an indicator of the project has this id already"
            there = Related(project.address, (*earlier, "id"), "the first of them")
            yield Problem(project.address, (*path, "id"), message, (there,), actual=item_id)


def _indicators(project: Project) -> Iterator[tuple[Path, str, str]]:
    for area in project.areas:
        for outcome in area.outcomes:
            at: Path = ("areas", area.id, "outcomes", outcome.id, "performance_indicators")
            for performance in outcome.performance_indicators:
                here = (*at, performance.id)
                yield here, "performance indicator", performance.id
                for measurement in performance.measurement_indicators:
                    yield (*here, "measurement_indicators", measurement.id), "measurement indicator", measurement.id


id_inside = reading_rule(
    "IDS003",
    """An `id` inside a file is the name of the file.

    It need not be there. Where it is and differs, nobody knows which of them references mean.

    Passes::

        partners/oic: {id: oic}

    Fails::

        partners/oic: {id: organization-of-islamic-cooperation}
    """,
    source="data format, ids",
)


@rule("IDS004", source="data format, ids")
def ids_given_up_stay_so(register: Register) -> Iterator[Problem]:
    """An id that was given up is never used again.

    `formerly` keeps the old ids of what has a new one, so that old minutes and old revisions still lead to it. Anew for
    another record, or for another item of the same list, the id would mean two things.

    Passes::

        partners/oic: {formerly: [islamic-conference]}

    Fails::

        partners/oic: {formerly: [islamic-conference]}
        partners/islamic-conference: {}
    """
    for record in register.records.values():
        if isinstance(record, Described) and record.formerly:
            yield from _record_came_back(register, record)
        for found in _lists(record, 1):
            for item in found.items:
                if item.__dict__.get("formerly"):
                    yield from _items_came_back(found)
                    break


def _record_came_back(register: Register, record: Described) -> Iterator[Problem]:
    for position, old in enumerate(record.formerly):
        address = f"{record.FOLDER}/{old}"
        if register.is_there(address):
            there = Related(record.address, ("formerly", position), f"{record.address} was {old} before")
            yield Problem(address, (), f"{address} is an id that {record.address} gave up: choose another", (there,))


def _items_came_back(found: _ListOfItems) -> Iterator[Problem]:
    items = [item for item in found.items if isinstance(item, Item)]
    given_up = {old: item.id for item in items for old in item.formerly}
    for item in items:
        by = given_up.get(item.id)
        if by is not None:
            there = Related(found.record.address, (*found.path, by, "formerly"), f"{by} was {item.id} before")
            message = f"{item.id} is an id that {by} gave up: choose another"
            yield Problem(found.record.address, (*found.path, item.id, "id"), message, (there,), actual=item.id)


@rule("IDS005", source="data format, references")
def own_id_is_nobody_elses(register: Register) -> Iterator[Problem]:
    """No record and no unit has the id of the own organisation.

    The bare id stands for the own organisation in every folder. A partner of that name would be the organisation as a
    party to its own agreements.

    Passes::

        plan: {organisation: {id: isesco}}
        partners/oic: {}

    Fails::

        plan: {organisation: {id: isesco}}
        partners/isesco: {}
    """
    own = register.plan.organisation.id
    there = (Related("plan", ("organisation", "id"), "the own organisation"),)
    for address in (*register.records, *sorted(register.broken)):
        if address.endswith(own) and address.partition("/")[2] == own:
            yield Problem(address, (), f"{own} is the own organisation: a record cannot have its id", there)
    for unit in register.plan.units:
        if unit.id == own:
            yield Problem(
                "plan", ("units", own, "id"), f"{own} is the own organisation: a unit needs another id", there
            )

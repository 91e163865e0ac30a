"""The register: all records that could be read, by address, with what points where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple, TypeVar, cast

from erc_cli.core.findings import Path
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.records.base import Described, Item, Record
from erc_cli.core.records.budget import Budget
from erc_cli.core.records.meeting import Meeting
from erc_cli.core.records.member_state import MemberState
from erc_cli.core.records.partner import Partner
from erc_cli.core.records.plan import Plan
from erc_cli.core.records.project import Project
from erc_cli.core.records.shape import marked
from erc_cli.core.records.types import AddressOf, Evidence, Inside, RefTo, Translated
from erc_cli.core.records.waiver import Waiver
from erc_cli.core.text import Text

Kind = TypeVar("Kind", bound=Record)

Pointing = RefTo | AddressOf | Evidence | Inside
"""The marks of fields that point somewhere."""


class Pointer(NamedTuple):
    """One value that points somewhere: the record it stands in, the path there, what it may point to, what it says."""

    record: Record
    path: Path
    mark: Pointing
    value: str


class Register:
    """All records of a repository at one moment. Made once, never changed.

    `plan` is there always: without a plan that can be read there is no register. `budget` is None where its file has
    errors. `broken` are the addresses of records whose files are there and could not be made into records;
    `unreadable` those among them that are no YAML the reader accepts. `files` are what is below `documents/`, by path:
    the sha256 of a file, None where it is not there; a path that was not looked at is missing.
    """

    def __init__(
        self,
        records: Iterable[Record],
        broken: frozenset[str] = frozenset(),
        unreadable: frozenset[str] = frozenset(),
        files: Mapping[str, str | None] | None = None,
    ) -> None:
        self.records: Mapping[str, Record] = {r.address: r for r in sorted(records, key=lambda r: r.address)}
        self.broken = broken
        self.unreadable = unreadable
        self.files: Mapping[str, str | None] = {} if files is None else files

    @property
    def plan(self) -> Plan:
        """The plan. KeyError where it has errors: whoever makes rules run looks first."""
        plan = self.records["plan"]
        assert isinstance(plan, Plan)  # noqa: S101
        return plan

    @property
    def budget(self) -> Budget | None:
        """The budget, or None where its file has errors."""
        budget = self.records.get("budget")
        return budget if isinstance(budget, Budget) else None

    @cached_property
    def partners(self) -> tuple[Partner, ...]:
        """All partners, by id."""
        return self._of(Partner)

    @cached_property
    def agreements(self) -> tuple[Agreement, ...]:
        """All agreements, by id."""
        return self._of(Agreement)

    @cached_property
    def successors(self) -> Mapping[str, list[Agreement]]:
        """Address of an agreement: the agreements that take its place, by id."""
        found: dict[str, list[Agreement]] = {}
        for agreement in self.agreements:
            if agreement.succeeds is not None:
                found.setdefault(agreement.succeeds, []).append(agreement)
        return found

    @cached_property
    def meetings(self) -> tuple[Meeting, ...]:
        """All meetings, by id."""
        return self._of(Meeting)

    @cached_property
    def projects(self) -> tuple[Project, ...]:
        """All projects, by id."""
        return self._of(Project)

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        """All activities, by id."""
        return self._of(Activity)

    @cached_property
    def member_states(self) -> tuple[MemberState, ...]:
        """All Member States, by id."""
        return self._of(MemberState)

    @cached_property
    def waivers(self) -> tuple[Waiver, ...]:
        """All waivers, by id."""
        return self._of(Waiver)

    def _of(self, model: type[Kind]) -> tuple[Kind, ...]:
        return tuple(r for r in self.records.values() if type(r) is model)

    def find(self, address: str | None, model: type[Kind]) -> Kind | None:
        """Return the record at `address` if it is there and of that type."""
        record = self.records.get(address) if address else None
        return record if isinstance(record, model) else None

    def is_there(self, address: str) -> bool:
        """Whether the register has a file for `address`, be it right or wrong."""
        return address in self.records or address in self.broken

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """Former address of a record: its address now."""
        return {
            f"{record.FOLDER}/{old}": record.address
            for record in self.records.values()
            if isinstance(record, Described)
            for old in record.formerly
        }

    @cached_property
    def pointers(self) -> tuple[Pointer, ...]:
        """Everything that points somewhere, bare ids included."""
        marks = cast(type[Pointing], Pointing)
        return tuple(
            Pointer(record, path, mark, value)
            for record in self.records.values()
            for path, mark, value in marked(record, marks)
        )

    @cached_property
    def texts(self) -> tuple[tuple[Record, Path, Translated, Text], ...]:
        """Every text in languages: the record and path where it stands, its mark, the text."""
        return tuple(
            (record, path, mark, text)
            for record in self.records.values()
            for path, mark, text in marked(record, Translated)
        )

    @cached_property
    def inside(self) -> Mapping[str, Mapping[str, Mapping[str, Path]]]:
        """Address of a project: what its bare ids mean, as `ids_inside` says."""
        return {project.address: ids_inside(project) for project in self.projects}

    @cached_property
    def indexes(self) -> dict[int, dict[str, Any]]:
        """Notebook of `addresses`: `id()` of a long list of items: its items by key. It lives as long as they do."""
        return {}

    @cached_property
    def links_to(self) -> Mapping[str, tuple[tuple[str, Path, str], ...]]:
        """Address: what points to it or into it: (address of the pointing record, path, what it says).

        The own organisation and units are not among what is pointed to.
        """
        found: dict[str, list[tuple[str, Path, str]]] = {}
        for record, path, mark, value in self.pointers:
            if _is_address(mark, value):
                found.setdefault(record_of(value), []).append((record.address, path, value))
        return {address: tuple(links) for address, links in found.items()}


def _is_address(mark: Pointing, value: str) -> bool:
    if isinstance(mark, RefTo):
        return "/" in value or not (mark.own or mark.unit)
    return isinstance(mark, AddressOf) or (isinstance(mark, Evidence) and looks_like_address(value))


def record_of(address: str) -> str:
    """Return the record that `address` names or lies in: `projects/p` for `projects/p.areas.a`."""
    return address.split(".", 1)[0]


def looks_like_address(text: str) -> bool:
    """Whether `text` is meant as an address rather than a link or the id of a document."""
    return ("/" in text and not text.startswith("https:")) or text.startswith(("plan.", "budget."))


def ids_inside(project: Project) -> Mapping[str, Mapping[str, Path]]:
    """Return what a project's bare ids mean: for `area`, `indicator`, `series` and so on, id to path."""
    inside: dict[str, dict[str, Path]] = {"area": {}, "indicator": {}, "series": {}}
    for series in project.series:
        inside["series"][series.id] = ("series", series.id)
    for area in project.areas:
        inside["area"][area.id] = ("areas", area.id)
        for outcome in area.outcomes:
            at: Path = ("areas", area.id, "outcomes", outcome.id)
            for performance in outcome.performance_indicators:
                here = (*at, "performance_indicators", performance.id)
                inside["indicator"].setdefault(performance.id, here)
                for measurement in performance.measurement_indicators:
                    inside["indicator"].setdefault(measurement.id, (*here, "measurement_indicators", measurement.id))
    return inside


def item_at(items: Iterable[Item], item_id: str) -> Any:
    """Return the item of that id, or None."""
    return next((item for item in items if item.id == item_id), None)

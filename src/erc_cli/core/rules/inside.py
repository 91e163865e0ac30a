"""Bare ids: they name something inside the record or plan that is already named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from erc_cli.core.addresses import at_path, successors
from erc_cli.core.findings import Problem
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.base import Item, Record
from erc_cli.core.records.budget import Budget
from erc_cli.core.records.project import Counts
from erc_cli.core.records.types import Evidence, Inside
from erc_cli.core.register import Pointer, Register
from erc_cli.core.rules.references import is_address_as_evidence, problem_at, renamed_to
from erc_cli.core.rules.rule import rule
from erc_cli.core.suggestions import Suggestions, short

_LINK = re.compile(r"https://[^\s/]\S*")


@rule("REF005", source="data format, references")
def ids_are_in_the_record_named(register: Register) -> Iterator[Problem]:
    """A bare id names something inside the record or plan that is already named.

    `area`, `indicators` and `series` are those of the project, `framework` is one of the plan's, and `deed` a document
    of the record itself. Evidence is the address of a record, the id of a document of the record, or an https link.

    Passes::

        projects/literacy: {areas: [{id: rural}]}
        activities/course: {project: projects/literacy, area: rural}

    Fails::

        projects/literacy: {areas: [{id: rural}]}
        activities/course: {project: projects/literacy, area: urban}
    """
    search = _SearchInside(register)
    for pointer in register.pointers:
        if isinstance(pointer.mark, Evidence):
            yield from search.evidence(pointer)
        elif isinstance(pointer.mark, Inside) and not isinstance(pointer.record, Budget):
            yield from search.bare_id(pointer, pointer.mark.kind, _projects_of(register, pointer))
    budget = register.budget
    if budget is not None and budget.allocations is not None:
        for line in budget.allocations.lines:
            pointer = Pointer(budget, ("allocations", "lines", line.id, "area"), Inside("area"), line.area)
            yield from search.bare_id(pointer, "area", (line.project,))


def _projects_of(register: Register, pointer: Pointer) -> tuple[str, ...]:
    record = pointer.record
    if isinstance(record, Activity):
        return (record.project,)
    if "where" in pointer.path:
        counts = at_path(register, record, pointer.path[: pointer.path.index("where")])
        if isinstance(counts, Counts) and counts.where is not None:
            return (record.address, *counts.where.project)
    return (record.address,)


class _Known(NamedTuple):
    """The ids that a bare id can name: where they are, all of them, those given up, and what to suggest."""

    where: str
    ids: frozenset[str]
    renamed: Mapping[str, str]
    suggestions: Suggestions


class _SearchInside:
    """Looks bare ids up. What a record or project knows is gathered once."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._known: dict[tuple[str, tuple[str, ...]], _Known] = {}

    def bare_id(self, pointer: Pointer, kind: str, projects: tuple[str, ...]) -> Iterator[Problem]:
        """Yield what is wrong with a bare id; nothing where the record that it should be in is not there."""
        if kind == "framework":
            known = self._of_items(kind, "the plan", self.register.plan.frameworks)
        elif kind == "document":
            known = self._documents(pointer.record)
        elif all(project in self.register.inside for project in projects):
            known = self._of_projects(kind, projects)
        else:
            return
        if pointer.value in known.ids:
            return
        if pointer.value in known.renamed:
            yield renamed_to(pointer, known.renamed[pointer.value])
        else:
            near = known.suggestions.nearest(pointer.value)
            yield problem_at(pointer, f"there is no {kind} {pointer.value} in {known.where}", near)

    def evidence(self, pointer: Pointer) -> Iterator[Problem]:
        """Yield what is wrong with evidence that is no address; addresses have their own rule."""
        if _LINK.fullmatch(pointer.value) or is_address_as_evidence(pointer):
            return
        known = self._documents(pointer.record)
        if pointer.value in known.renamed:
            yield renamed_to(pointer, known.renamed[pointer.value])
        elif pointer.value not in known.ids:
            message = f"{short(pointer.value)} is no address, no https link and no document of this record"
            yield problem_at(pointer, message, known.suggestions.nearest(pointer.value))

    def _documents(self, record: Record) -> _Known:
        return self._of_items(record.address, "the record", getattr(record, "documents", ()))

    def _of_items(self, name: str, where: str, items: Sequence[Item]) -> _Known:
        key = (name, ())
        if key not in self._known:
            ids = frozenset(item.id for item in items)
            self._known[key] = _Known(where, ids, successors(items), Suggestions(sorted(ids)))
        return self._known[key]

    def _of_projects(self, kind: str, projects: tuple[str, ...]) -> _Known:
        key = (kind, projects)
        if key not in self._known:
            inside = [
                (self.register.records[name], self.register.inside[name][kind]) for name in dict.fromkeys(projects)
            ]
            ids = frozenset(one for _, paths in inside for one in paths)
            items = tuple(at_path(self.register, project, path) for project, paths in inside for path in paths.values())
            where = " or ".join(dict.fromkeys(projects))
            self._known[key] = _Known(where, ids, successors(items), Suggestions(sorted(ids)))
        return self._known[key]

"""References: every one leads to a record of the right type, or to an id inside the record already named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from erc_cli.core.addresses import at_path, children, follow, successor_of
from erc_cli.core.findings import Problem
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.base import Part
from erc_cli.core.records.budget import Budget
from erc_cli.core.records.project import Counts, Project
from erc_cli.core.records.types import SLUG, AddressOf, Evidence, Inside, RefTo
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.core.register import Pointer, Register, looks_like_address, record_of
from erc_cli.core.rules.rule import rule
from erc_cli.core.suggestions import Suggestions, short

_ADDRESS = re.compile(rf"(?:[a-z-]+/{SLUG}|budget|plan)(?:\.[^.\s]+)*", re.ASCII)
_LINK = re.compile(r"https://[^\s/]\S*")


@rule("REF001", source="data format, references")
def every_reference_leads_somewhere(register: Register) -> Iterator[Problem]:
    """Every reference leads to something on file.

    A reference is `folder/id`, with dots to what is inside the record; the own organisation and its units are their
    bare ids. An id that was given up leads to what took its place, and has to be replaced by it. A record whose file
    cannot be read is not there either; one that is only wrong in places is.

    Passes::

        agreements/programme: {under: agreements/cooperation}
        agreements/cooperation: {}

    Fails::

        agreements/programme: {under: agreements/co-operation}
        agreements/cooperation: {}
    """
    search = _Search(register)
    for pointer in register.pointers:
        mark, value = pointer.mark, pointer.value
        if isinstance(mark, RefTo) and "/" not in value:
            found = search.bare_word(pointer, mark)
        elif value in register.records or not _names_a_record(pointer) or _folder_problem(pointer, register):
            continue
        else:
            found = search.address(pointer)
        if found is not None:
            yield found


def _names_a_record(pointer: Pointer) -> bool:
    if isinstance(pointer.mark, Inside):
        return False
    return not isinstance(pointer.mark, Evidence) or _is_address_as_evidence(pointer)


class _Search:
    """Says what is wrong with references that lead nowhere, and where they were probably meant to lead."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.units = frozenset(unit.id for unit in register.plan.units)
        self.own = register.plan.organisation.id
        self._addresses: Suggestions | None = None

    def bare_word(self, pointer: Pointer, mark: RefTo) -> Problem | None:
        word = pointer.value
        if word == self.own and mark.own:
            return None
        if word in self.units:
            if mark.unit:
                return None
            return _problem(pointer, f"{word} is a unit: here stands partners/ID or the own organisation, {self.own}")
        now = self.own if word in self.register.plan.organisation.formerly else None
        now = now or (successor_of(self.register.plan.units, word) if mark.unit else None)
        if now is not None:
            return _renamed(pointer, now)
        partner = f"partners/{word}"
        words = [self.own, *(sorted(self.units) if mark.unit else ())]
        near = partner if self.register.is_there(partner) else Suggestions(words).nearest(word)
        what = "neither the own organisation nor a unit" if mark.unit else f"not the own organisation, {self.own}"
        return _problem(pointer, f"{short(word)} is {what}", near or self._near(partner))

    def address(self, pointer: Pointer) -> Problem | None:
        register, value = self.register, pointer.value
        name, _, rest = value.partition(".")
        if name in register.unreadable:
            return _problem(pointer, f"{name} is there, but its file is unreadable")
        if name in register.broken:
            return None
        if name not in register.records:
            if name in register.renamed:
                return _renamed(pointer, register.renamed[name] + (f".{rest}" if rest else ""))
            if name == f"partners/{self.own}":
                return _problem(pointer, "the own organisation is its bare id", self.own)
            return _problem(pointer, f"there is no {short(name)}", self._near(name))
        return self._inside(pointer, name)

    def _inside(self, pointer: Pointer, name: str) -> Problem | None:
        followed = follow(self.register, pointer.value)
        if not followed.missing:
            return None
        reached = ".".join((name, *(str(step) for step in followed.path)))
        step, _, rest = followed.missing.partition(".")
        beside = children(followed.value)
        if step == "indicators" and rest and isinstance(followed.value, Project):
            reached, (step, _, rest) = f"{name}.indicators", rest.partition(".")
            beside = list(self.register.inside[name]["indicator"])
        tail = f".{rest}" if rest else ""
        now = successor_of(followed.value, step)
        if now is not None:
            return _renamed(pointer, f"{reached}.{now}{tail}")
        near = Suggestions(beside).nearest(step)
        message = f"there is no {short(step)} in {short(reached)}"
        return _problem(pointer, message, f"{reached}.{near}{tail}" if near else None)

    def _near(self, address: str) -> str | None:
        if self._addresses is None:
            self._addresses = Suggestions(name for name in self.register.records if "/" in name)
        near = self._addresses.nearest(address)
        same_folder = near is not None and near.partition("/")[0] == address.partition("/")[0]
        return near if same_folder else None


def _problem(pointer: Pointer, message: str, near: str | None = None) -> Problem:
    hint = f" (did you mean {near}?)" if near else ""
    return Problem(pointer.record.address, pointer.path, message + hint, actual=pointer.value, fix=near)


def _renamed(pointer: Pointer, now: str) -> Problem:
    message = f"{short(pointer.value)} was renamed to {now}"
    return Problem(pointer.record.address, pointer.path, message, expected=now, actual=pointer.value, fix=now)


@rule("REF002", source="data format, references")
def references_lead_to_the_right_type(register: Register) -> Iterator[Problem]:
    """A reference leads to the type of record that its field is for.

    What stands under `under` is an agreement, what stands under `project` a project. An address inside a record names
    an item there, such as a decision, and not one of its texts.

    Passes::

        activities/forum: {under: agreements/cooperation}

    Fails::

        activities/forum: {under: meetings/cooperation}
    """
    for pointer in register.pointers:
        message = _folder_problem(pointer, register) if _names_a_record(pointer) else None
        if message is not None:
            folder, _, rest = pointer.value.partition("/")
            near = _same_id_elsewhere(pointer, folder, rest, register)
            yield _problem(pointer, message, near)
        elif isinstance(pointer.mark, AddressOf) and "." in pointer.value:
            followed = follow(register, pointer.value)
            if not followed.missing and not isinstance(followed.value, Part):
                message = f"{short(pointer.value)} is a field: name the record or the item that it belongs to"
                yield _problem(pointer, message)


def _folders_of(mark: object) -> tuple[str, ...]:
    return mark.folders if isinstance(mark, RefTo | AddressOf) else ()


def _folder_problem(pointer: Pointer, register: Register) -> str | None:
    if isinstance(pointer.mark, RefTo) and "/" not in pointer.value:
        return None
    folder = record_of(pointer.value).partition("/")[0]
    allowed = _folders_of(pointer.mark)
    if folder in allowed or (not allowed and folder in RECORD_TYPES):
        return None
    if allowed:
        return f"{short(pointer.value)} is not in {' or '.join(f'{name}/' for name in allowed)}"
    return f"there is no folder {short(folder)}"


def _same_id_elsewhere(pointer: Pointer, folder: str, rest: str, register: Register) -> str | None:
    near = Suggestions(RECORD_TYPES).nearest(folder)
    candidates = (f"{other}/{rest}" for other in _folders_of(pointer.mark) or ((near,) if near else ()))
    return next((address for address in candidates if register.is_there(record_of(address))), None)


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
    for pointer in register.pointers:
        if isinstance(pointer.mark, Inside):
            if not isinstance(pointer.record, Budget):
                yield from _inside_problem(register, pointer, _projects_of(register, pointer))
        elif isinstance(pointer.mark, Evidence):
            yield from _evidence_problem(pointer)
    budget = register.budget
    if budget is not None and budget.allocations is not None:
        for line in budget.allocations.lines:
            pointer = Pointer(budget, ("allocations", "lines", line.id, "area"), Inside("area"), line.area)
            yield from _inside_problem(register, pointer, (line.project,))


def _projects_of(register: Register, pointer: Pointer) -> tuple[str, ...]:
    record = pointer.record
    if isinstance(record, Activity):
        return (record.project,)
    if "where" in pointer.path:
        counts = at_path(register, record, pointer.path[: pointer.path.index("where")])
        if isinstance(counts, Counts) and counts.where is not None:
            return (record.address, *counts.where.project)
    return (record.address,)


def _inside_problem(register: Register, pointer: Pointer, projects: tuple[str, ...]) -> Iterator[Problem]:
    kind, value = pointer.mark.kind if isinstance(pointer.mark, Inside) else "", pointer.value
    if kind in ("document", "framework"):
        items = getattr(pointer.record, "documents", ()) if kind == "document" else register.plan.frameworks
        known = [item.id for item in items]
        where, now = ("the record" if kind == "document" else "the plan"), successor_of(items, value)
    else:
        if not all(project in register.inside for project in projects):
            return
        known = [name for project in projects for name in register.inside[project][kind]]
        where, now = " or ".join(dict.fromkeys(projects)), _successor_inside(register, projects, kind, value)
    if value in known:
        return
    if now is not None:
        yield _renamed(pointer, now)
    else:
        yield _problem(pointer, f"there is no {kind} {value} in {where}", Suggestions(known).nearest(value))


def _successor_inside(register: Register, projects: Iterable[str], kind: str, old: str) -> str | None:
    for address in projects:
        project = register.records[address]
        for path in register.inside[address][kind].values():
            now = successor_of((at_path(register, project, path),), old)
            if now is not None:
                return now
    return None


def _is_address_as_evidence(pointer: Pointer) -> bool:
    if not (looks_like_address(pointer.value) or pointer.value.startswith(("plan", "budget"))):
        return False
    return _ADDRESS.fullmatch(pointer.value) is not None and not _is_document(pointer)


def _is_document(pointer: Pointer) -> bool:
    return any(document.id == pointer.value for document in getattr(pointer.record, "documents", ()))


def _evidence_problem(pointer: Pointer) -> Iterator[Problem]:
    if _LINK.fullmatch(pointer.value) or _is_document(pointer) or _is_address_as_evidence(pointer):
        return
    documents = [document.id for document in getattr(pointer.record, "documents", ())]
    message = f"{short(pointer.value)} is no address, no https link and no document of this record"
    yield _problem(pointer, message, Suggestions(documents).nearest(pointer.value))

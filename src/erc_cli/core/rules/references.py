"""References: every one leads to something on file, of the right type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from erc_cli.core.addresses import children, follow, items_inside, successors
from erc_cli.core.findings import Problem
from erc_cli.core.records.base import Part
from erc_cli.core.records.project import Project
from erc_cli.core.records.types import SLUG, AddressOf, Evidence, Inside, RefTo
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.core.register import Pointer, Register, looks_like_address, record_of
from erc_cli.core.rules.rule import rule
from erc_cli.core.suggestions import AddressSuggestions, Suggestions, short

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
    return not isinstance(pointer.mark, Evidence) or is_address_as_evidence(pointer)


def is_address_as_evidence(pointer: Pointer) -> bool:
    """Whether evidence is meant as an address, and is written as one."""
    return looks_like_address(pointer.value) and _ADDRESS.fullmatch(pointer.value) is not None


class _Search:
    """Says what is wrong with references that lead nowhere, and where they were probably meant to lead."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.units = {unit.id: unit for unit in register.plan.units}
        self.own = register.plan.organisation.id
        self._once_units = successors(register.plan.units)
        self._words = Suggestions((self.own,)), Suggestions((self.own, *self.units))
        self._addresses: AddressSuggestions | None = None
        self._indicators_of: dict[str, tuple[Any, ...]] = {}
        self._beside: dict[int, tuple[Suggestions, Mapping[str, str]]] = {}

    def bare_word(self, pointer: Pointer, mark: RefTo) -> Problem | None:
        word = pointer.value
        if word == self.own and mark.own:
            return None
        if word in self.units:
            if mark.unit:
                return None
            return problem_at(pointer, f"{word} is a unit: here stands partners/ID or the own organisation, {self.own}")
        now = self.own if word in self.register.plan.organisation.formerly else None
        now = now or (self._once_units.get(word) if mark.unit else None)
        if now is not None:
            return renamed_to(pointer, now)
        partner = f"partners/{word}"
        near = partner if self.register.is_there(partner) else self._words[mark.unit].nearest(word)
        what = "neither the own organisation nor a unit" if mark.unit else f"not the own organisation, {self.own}"
        return problem_at(pointer, f"{short(word)} is {what}", near or self._near(partner))

    def address(self, pointer: Pointer) -> Problem | None:
        register, value = self.register, pointer.value
        name, _, rest = value.partition(".")
        if name in register.unreadable:
            return problem_at(pointer, f"{name} is there, but its file is unreadable")
        if name in register.broken:
            return None
        if name not in register.records:
            if name in register.renamed:
                return renamed_to(pointer, register.renamed[name] + (f".{rest}" if rest else ""))
            if name == f"partners/{self.own}":
                return problem_at(pointer, "the own organisation is its bare id", self.own)
            return problem_at(pointer, f"there is no {short(name)}", self._near(name))
        return self._inside(pointer, name)

    def _inside(self, pointer: Pointer, name: str) -> Problem | None:
        followed = follow(self.register, pointer.value)
        if not followed.missing:
            return None
        reached = ".".join((name, *(str(step) for step in followed.path)))
        step, _, rest = followed.missing.partition(".")
        among = followed.value
        if step == "indicators" and rest and isinstance(among, Project):
            reached, (step, _, rest) = f"{name}.indicators", rest.partition(".")
            among = self._indicators(name)
        tail = f".{rest}" if rest else ""
        if id(among) not in self._beside:
            self._beside[id(among)] = Suggestions(children(among)), successors(among)
        suggestions, renamed = self._beside[id(among)]
        if step in renamed:
            return renamed_to(pointer, f"{reached}.{renamed[step]}{tail}")
        near = suggestions.nearest(step)
        message = f"there is no {short(step)} in {short(reached)}"
        return problem_at(pointer, message, f"{reached}.{near}{tail}" if near else None)

    def _indicators(self, project: str) -> tuple[Any, ...]:
        if project not in self._indicators_of:
            self._indicators_of[project] = items_inside(self.register, project, "indicator")
        return self._indicators_of[project]

    def _near(self, address: str) -> str | None:
        if self._addresses is None:
            self._addresses = AddressSuggestions(self.register.records)
        return self._addresses.nearest(address)


def problem_at(pointer: Pointer, message: str, near: str | None = None) -> Problem:
    """Return what is wrong with a pointer, and what it was probably meant to say."""
    hint = f" (did you mean {near}?)" if near else ""
    return Problem(pointer.record.address, pointer.path, message + hint, actual=pointer.value, fix=near)


def renamed_to(pointer: Pointer, now: str) -> Problem:
    """Return that a pointer names what is called otherwise now."""
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
            yield problem_at(pointer, message, near)
        elif isinstance(pointer.mark, AddressOf) and "." in pointer.value:
            followed = follow(register, pointer.value)
            if not followed.missing and not isinstance(followed.value, Part):
                message = f"{short(pointer.value)} is a field: name the record or the item that it belongs to"
                yield problem_at(pointer, message)


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

"""What a new record still needs, and what can be offered where somebody is asked for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from erc_cli.core.countries import COUNTRIES
from erc_cli.core.house import House, text_of
from erc_cli.core.records.kinds import choices_of, field_at, kind_of, model_of
from erc_cli.core.records.types import RefTo, Translated
from erc_cli.core.text import fold, pick
from erc_cli.store.raw import read_records
from erc_cli.store.worktree import Source

ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "partners": ("name", "acronyms", "category", "country"),
    "agreements": ("kind", "title", "parties", "ends_on", "responsible"),
    "meetings": ("kind", "agreement", "session", "participants", "planned_on", "held_on", "place"),
    "projects": ("kind", "title", "field", "responsible"),
    "activities": ("title", "kind", "project", "area", "indicators", "planned.start", "planned.end", "partners"),
    "member-states": ("name", "membership"),
}
"""Folder: the fields that are asked for, in this order; others are set later."""


class Question(NamedTuple):
    """One thing to ask: the field, in which language, whether it can be left out, and what is allowed or offered."""

    name: str
    key: str
    language: str
    needed: bool
    kind: str
    choices: tuple[tuple[str, str], ...]
    """Value and what it is called; any value will do where there are none."""
    several: bool


def missing(folder: str, data: Mapping[str, Any]) -> list[str]:
    """Return the fields that a record must have and `data` lacks."""
    model = model_of(folder)
    return [name for name, field in model.model_fields.items() if field.is_required() and name not in ("id", *data)]


def questions(source: Source, folder: str, data: Mapping[str, Any], house: House, language: str) -> list[Question]:
    """Return what to ask about a new record beside what `data` tells."""
    model = model_of(folder)
    lacking = missing(folder, data)
    found = []
    for name in ASKED[folder]:
        at = field_at(model, tuple(name.split(".")))
        assert at is not None  # noqa: S101
        holder, field = at
        needed = name in lacking
        if any(isinstance(mark, Translated) for mark in field.marks):
            had = data.get(name, {})
            found += [
                Question(f"{name}.{code}", field.key, code, needed and at == 0, "text", (), False)
                for at, code in enumerate(house.languages)
                if code not in had
            ]
        elif name.split(".")[0] not in data:
            offered = _offered(source, holder, field.key, house, language)
            found.append(Question(name, field.key, "", needed, kind_of(holder, field.key), offered, field.is_list))
    return found


def _offered(source: Source, holder: Any, key: str, house: House, language: str) -> tuple[tuple[str, str], ...]:
    choices = choices_of(holder, key)
    if choices:
        return tuple((word, word.replace("-", " ")) for word in choices)
    if kind_of(holder, key) == "country":
        at = ("en", "fr", "ar").index(language) if language in ("en", "fr", "ar") else 0
        return tuple((code, names[at]) for code, names in COUNTRIES.items())
    found: list[tuple[str, str]] = []
    for mark in _marks(holder, key):
        if isinstance(mark, RefTo):
            if mark.unit:
                found += [(one, pick(text, language, house.languages)) for one, text in house.names.items()]
            for record in read_records(source, mark.folders):
                data = record.data or {}
                text = text_of(data.get("name") or data.get("title"), house.languages)
                found.append((record.address, pick(text, language, house.languages) if text else ""))
    return tuple(found)


def _marks(holder: Any, key: str) -> Sequence[Any]:
    from erc_cli.core.records.shape import field_by_key

    field = field_by_key(holder)[key]
    if field.models and len(field.models[0].KEY) == 1:
        return field_by_key(field.models[0])[field.models[0].KEY[0]].marks
    return field.marks


def matching(choices: Sequence[tuple[str, str]], asked: str) -> list[tuple[str, str]]:
    """Return the choices that what was typed can mean: one that it names, else those that contain it."""
    for value, _ in choices:
        if asked in (value, value.rpartition("/")[2]):
            return [(value, asked)]
    wanted = fold(asked)
    exact = [one for one in choices if fold(one[1]) == wanted]
    if exact:
        return exact
    return [one for one in choices if wanted and (wanted in fold(one[1]) or wanted in one[0])]

"""`erc init`: a new repository that is valid from the first moment."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from erc_cli.core.currencies import CURRENCY_PLACES
from erc_cli.core.folders import FOLDERS
from erc_cli.core.records.build import build
from erc_cli.core.records.types import Setting
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.errors import RefusedError, UsageError
from erc_cli.store import system
from erc_cli.store.emit import emit, to_plain
from erc_cli.store.format import FORMAT
from erc_cli.store.load import path_of
from erc_cli.store.reader import read
from erc_cli.store.root import MARKER
from erc_cli.store.templates import template
from erc_cli.store.worktree import DATA

_ORGANISATION: Final = {"en": "Our organisation", "fr": "Notre organisation", "ar": "منظمتنا"}
_DIRECTORATE: Final = {
    "en": "Directorate of External Relations",
    "fr": "Direction des relations extérieures",
    "ar": "مديرية العلاقات الخارجية",
}
_TITLE: Final = {"en": "Plan {years}", "fr": "Plan {years}", "ar": "خطة {years}"}
_BUDGET: Final = (
    "No amounts yet: the lines of programmes, allocations and staff come here, each total beside its parts."
)

_README: Final = """\
# {name}: register of external relations

The files below `data/` are the register, one record each; `erc check` proves them and `erc --help` lists the commands.
"""
_ATTRIBUTES: Final = """\
* text=auto
*.yaml text eol=lf
data/**/*.yaml diff=erc
data/*.yaml diff=erc
documents/** -text
"""
_EDITORCONFIG: Final = """\
root = true

[*]
charset = utf-8
end_of_line = lf
insert_final_newline = true
trim_trailing_whitespace = true

[*.{yaml,yml,json}]
indent_style = space
indent_size = 2
"""


class Made(NamedTuple):
    """What was made: where, which files were written, and which were there and stay as they are."""

    folder: str
    written: tuple[str, ...]
    kept: tuple[str, ...]


def usual_period(today: date) -> tuple[date, date]:
    """Return the three years that begin with this one: the period of a plan where nobody says another."""
    return date(today.year, 1, 1), date(today.year + 2, 12, 31)


def make_repository(
    folder: str,
    *,
    period: tuple[date, date],
    organisation: str = "our-organisation",
    name: str | None = None,
    languages: Sequence[str] = ("en", "fr", "ar"),
    currency: str = "USD",
    schemas: Mapping[str, str] | None = None,
    host_files: Mapping[str, str] | None = None,
) -> Made:
    """Make a repository in `folder` that `erc check --strict` finds nothing in.

    `organisation` is the id of the own organisation, `name` what it is called in the first language. `schemas` are
    JSON Schemas by type of record (`plan`, `partners`, ...), which editors find; `host_files` are further files, by
    path. Files that are there stay as they are. Raises RefusedError where there is a `data/` already, and inside
    another register's `data/`; UsageError for words that fit no plan.
    """
    around = _data_around(folder)
    if around is not None:
        raise RefusedError(f"{folder} lies in {around}, which holds a register: nothing was written")
    if _is_there(os.path.join(folder, DATA)):
        raise RefusedError(f"{folder} has a {DATA}/ already: nothing was written")
    plan = _plan(organisation, name, languages, currency, period)
    files = {
        path_of("plan"): _proved(emit(to_plain(plan, RECORD_TYPES["plan"])), Setting(tuple(languages), currency)),
        path_of("budget"): emit({"notes": _BUDGET}),
        **{f"{DATA}/{one}/.gitkeep": "" for one in FOLDERS},
        "documents/.gitkeep": "",
        "README.md": _README.format(name=plan["organisation"]["name"][languages[0]]),
        ".gitattributes": _ATTRIBUTES,
        ".editorconfig": _EDITORCONFIG,
        "CODEOWNERS": template("CODEOWNERS"),
        **_editor_files(schemas or {}),
        **(host_files or {}),
    }
    written: list[str] = []
    kept: list[str] = []
    for path, content in files.items():
        (written if _write(folder, path, content) else kept).append(path)
    return Made(folder, tuple(written), tuple(kept))


def _data_around(folder: str) -> str | None:
    """Return the `data/` of a register that `folder` is or lies in; a register there would be strays of the other."""
    at = os.path.abspath(folder)
    while os.path.dirname(at) != at:
        above = os.path.dirname(at)
        if os.path.basename(at) == DATA and os.path.lexists(os.path.join(above, MARKER)):
            return at
        at = above
    return None


def _is_there(path: str) -> bool:
    try:
        system.list_folder(path)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def _write(folder: str, path: str, content: str) -> bool:
    """Write one file; False where it is there already."""
    where = os.path.join(folder, *path.split("/"))
    try:
        system.make_folder(os.path.dirname(where))
        system.write_new(where, content.encode())
    except FileExistsError:
        return False
    except OSError as error:
        raise RefusedError(f"{where} cannot be written: {error.strerror or error}") from error
    return True


def _plan(
    organisation: str, name: str | None, languages: Sequence[str], currency: str, period: tuple[date, date]
) -> dict[str, Any]:
    """The plan, with words in the place of what only the house knows."""
    if not languages or len(set(languages)) < len(languages):
        raise UsageError("name each language of the plan once, such as en,fr,ar")
    if currency not in CURRENCY_PLACES:
        raise UsageError(f"{currency} is not an ISO 4217 currency code, such as USD")
    start, end = period
    if end < start:
        raise UsageError(f"the plan would end on {end}, before it starts on {start}")
    years = str(start.year) if start.year == end.year else f"{start.year}-{end.year}"
    names = _in(languages, _ORGANISATION)
    if name:
        names[languages[0]] = name
    return {
        "format": FORMAT,
        "organisation": {"id": organisation, "name": names},
        "directorate": _in(languages, _DIRECTORATE),
        "title": {language: words.format(years=years) for language, words in _in(languages, _TITLE).items()},
        "period": {"start": start, "end": end},
        "currency": currency,
        "languages": list(languages),
        "units": [{"id": "external-relations", "name": _in(languages, _DIRECTORATE)}],
    }


def _in(languages: Sequence[str], words: Mapping[str, str]) -> dict[str, str]:
    return {language: words.get(language, words["en"]) for language in languages}


def _proved(text: str, setting: Setting) -> str:
    """Return the text of the plan if it reads back as a plan. Raises UsageError."""
    data = read(text.encode()).data
    built = build("plan", "plan", data or {}, setting)
    if isinstance(built, list):
        raise UsageError("; ".join(coded.problem.message for coded in built))
    return text


def _editor_files(schemas: Mapping[str, str]) -> dict[str, str]:
    """The schemas, and the setting by which editors know which files each is for."""
    if not schemas:
        return {}
    files = {f"schemas/{name}.json": schema for name, schema in schemas.items()}
    by_file = {
        f"./schemas/{name}.json": f"{DATA}/{name}.yaml" if name not in FOLDERS else f"{DATA}/{name}/*.yaml"
        for name in schemas
    }
    files[".vscode/settings.json"] = json.dumps({"yaml.schemas": by_file}, indent=2) + "\n"
    return files

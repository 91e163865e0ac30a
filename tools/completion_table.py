"""Make `cli/completion_table.py`: what a shell can complete, so that completing imports no models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer

from erc_cli.cli.app import _app
from erc_cli.cli.looking import NOUNS
from erc_cli.cli.names import COMMANDS
from erc_cli.core.derived import DERIVED
from erc_cli.core.folders import FOLDERS, SINGLE
from erc_cli.core.list_columns import LISTINGS
from erc_cli.core.records.base import Part
from erc_cli.core.records.kinds import choices_of, kind_of
from erc_cli.core.records.shape import FieldShape, field_by_key, fields_of, models_of
from erc_cli.core.records.types import RefTo, Translated, Vocabulary
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.core.rules.catalogue import RULES
from erc_cli.core.status import STATUSES
from erc_cli.core.vocabularies import USUAL

_PREAMBLE = '''"""What a shell can complete: made by `make docs` from the commands and the models. Edit those.

COMMANDS holds first-level commands, VERBS those of nouns, TAKES the words and options of each, PARTS the fields of
each part of a record. `cli/completing.py` reads it.
"""
# fmt: off
# ruff: noqa: E501
'''
_WORDED = ("WORD", "STATUS", "KIND", "STAGE")


def table() -> str:
    """The module as text."""
    group = typer.main.get_command(_app)
    verbs, takes = {}, {}
    for name in COMMANDS:
        command = group.get_command(None, name)  # type: ignore[attr-defined, arg-type]
        inner = getattr(command, "commands", None)
        if inner:
            verbs[name] = {verb: _first_line(one) for verb, one in inner.items()}
        for verb, one in (inner or {"": command}).items():
            takes[f"{name} {verb}".strip()] = (_arguments(name, one), _options(name, one))
    parts = models_of(RECORD_TYPES)
    values = {
        "COMMANDS": {name: command.help for name, command in COMMANDS.items()},
        "VERBS": verbs,
        "TAKES": takes,
        "FOLDERS": tuple(FOLDERS),
        "SINGLE": tuple(SINGLE),
        "RULES": " ".join(sorted(RULES)),
        "COLUMNS": {folder: _columns(folder) for folder in LISTINGS},
        "RECORDS": {folder: model.__name__ for folder, model in RECORD_TYPES.items()},
        "PARTS": {part.__name__: " ".join(_field(part, field) for field in fields_of(part)) for part in parts},
    }
    return _PREAMBLE + "".join(_constant(name, value) for name, value in values.items())


def _constant(name: str, value: Any) -> str:
    if not isinstance(value, dict):
        return f"\n{name} = {value!r}\n"
    lines = "".join(f"    {key!r}: {one!r},\n" for key, one in value.items())
    return f"\n{name} = {{\n{lines}}}\n"


def _first_line(command: Any) -> str:
    return (command.help or "").strip().split("\n")[0]


def _field(part: type[Part], field: FieldShape) -> str:
    """A field and what it holds: `=` words, `@` folders of records, `>` a part, `*` a list of parts, `:` texts."""
    if field.models:
        return f"{field.key}{'*' if field.is_list else '>'}{field.models[0].__name__}"
    if any(isinstance(mark, Translated) for mark in field.marks):
        return f"{field.key}:"
    held = _words(part, field) or _referred(field)
    return field.key + (held or ("+" if field.is_list else ""))


def _words(part: type[Part], field: FieldShape) -> str:
    vocabulary = next((mark.name for mark in field.marks if isinstance(mark, Vocabulary)), None)
    if kind_of(part, field.key) == "flag":
        return "=true|false"
    words = USUAL[vocabulary] if vocabulary else choices_of(part, field.key)
    return f"={'|'.join(words)}" if words else ""


def _referred(field: FieldShape) -> str:
    folders = next((mark.folders for mark in field.marks if isinstance(mark, RefTo)), ())
    return f"@{','.join(folders)}" if folders else ""


def _columns(folder: str) -> str:
    listing, fields = LISTINGS[folder].columns, field_by_key(RECORD_TYPES[folder])
    derived = [one.column.key for one in DERIVED.get(folder, ())]
    return " ".join(dict.fromkeys([*listing, *derived, *fields]))


def _arguments(name: str, command: Any) -> str:
    """What each word of a command is, in their order; `+` behind the last where it may be repeated."""
    found = [_argument(name, one) for one in command.params if one.param_type_name == "argument"]
    return " ".join(found)


def _argument(name: str, argument: Any) -> str:
    metavar, folder = argument.metavar or "", NOUNS.get(name)
    plain = re.sub(r"[\[\].]", "", metavar)
    again = "+" if argument.nargs < 0 else ""
    if plain == "ID" and name == "indicator":
        return f"@indicator{again}"
    if plain == "ID" and folder:
        return "-" if "proposed" in (argument.help or "") else f"@{'inside' if again else 'id'}:{folder}{again}"
    if plain == "FIELD=VALUE" and folder and argument.help.startswith("Any other"):
        return f"@fields:{folder}{again}"
    if plain == "ADDRESS":
        return f"@{_ADDRESSES.get(name, 'address')}{again}"
    if plain in _WORDED:
        return _choices(name, argument.human_readable_name, argument.help) or "-"
    if plain.lower() in NOUNS:
        return f"@id:{NOUNS[plain.lower()]}"
    if plain == "CODE" and name == "explain":
        return "@codes"
    if plain == "TYPE":
        return "|".join([*NOUNS, "waiver", *SINGLE])
    return _PLACES.get(plain, _alternatives(metavar) or "-") + again


_ADDRESSES = {"retire": "record", "remove": "record", "unset": "field", "append": "list"}
_PLACES = {
    "ADDRESS=VALUE": "@assign",
    "KEY=VALUE": "@item",
    "PATHS": "@path",
    "DIR": "@folders",
    "FILE": "@files",
}


def _alternatives(metavar: str) -> str:
    return metavar.strip("[]") if "|" in metavar else ""


def _options(name: str, command: Any) -> str:
    """The options of a command: every name, and behind `=` what its value is; `+` where it may be repeated."""
    found = [_option(name, command, one) for one in command.params if one.param_type_name == "option"]
    return " ".join([*found, "--help,-h"])


def _option(name: str, command: Any, option: Any) -> str:
    names = ",".join(sorted(option.opts, key=lambda one: not one.startswith("--")))
    if option.is_flag:
        return names
    value = _value(name, command, option, max(option.opts, key=len).lstrip("-"))
    return f"{names}{'+' if option.multiple else ''}={value or '-'}"


def _value(name: str, command: Any, option: Any, word: str) -> str:
    metavar, folder = option.metavar or "", NOUNS.get(name, "")
    if metavar == "FORMAT":
        return "|".join(_formats(command.help or ""))
    if metavar == "WHEN":
        return "|".join(re.findall(r"[a-z]+", option.help.replace(" or ", ", ")))
    if metavar == "STATUS":
        return "|".join(STATUSES)
    if metavar in _WORDED:
        return _choices(name, word, option.help)
    if metavar == "CODES" and word in ("select", "ignore"):
        return "@codes,"
    if metavar == "NAMES":
        return f"@{'sort' if word == 'sort' else 'columns'}:{folder}"
    if metavar == "NAME=VALUE" and folder:
        return f"@where:{folder}"
    if metavar == "ADDRESS":
        return "@address"
    if metavar == "ID" and word != "id":
        return f"@ref:{NOUNS[word]}" if word in NOUNS else _reference(folder, word)
    return _PLACES.get(metavar, _alternatives(metavar))


def _formats(text: str) -> list[str]:
    said = re.search(r"Formats: ([^.]*)", re.sub(r" \([^)]*\)", "", text))
    parts = re.split(r"[,;]", said.group(1)) if said else []
    return [part.split()[0] for part in parts if part.strip()]


def _fields_called(folder: str, word: str) -> Iterator[tuple[type[Part], FieldShape]]:
    """The fields of the records of a folder, and of their parts, that an option or word of a command names."""
    name = word.replace("-", "_")
    for part in models_of({folder: RECORD_TYPES[folder]} if folder else RECORD_TYPES):
        for key in (name, f"{name}s"):
            field = field_by_key(part).get(key)
            if field is not None:
                yield part, field


def _choices(name: str, word: str, text: str) -> str:
    """The words that an option takes: those of the field of that name of whose words its help tells most."""
    told = set(re.findall(r"[a-z]+(?:-[a-z]+)*", text))
    every = [_words(*one).removeprefix("=") for one in _fields_called(NOUNS.get(name, ""), word)]
    if word == "entered":
        every = [_words(*one).removeprefix("=") for one in _fields_called(NOUNS.get(name, ""), "stage")]
    return max(filter(None, every), key=lambda one: len(told & set(one.split("|"))), default="")


def _reference(folder: str, word: str) -> str:
    found = (_referred(field) for _, field in _fields_called(folder, word))
    return next((f"@ref:{one[1:]}" for one in found if one), "")

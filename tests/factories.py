"""Registers for tests: small ones in memory, made of what matters to the test and filled up with what must be there.

`check({"partners/oic": {"name": {"fr": None}}})` is the whole path of `erc check`, from bytes to located findings.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args, get_origin

import yaml

from erc_cli.commands.check import check as check_source
from erc_cli.core.findings import Finding
from erc_cli.core.records.base import Part
from erc_cli.core.records.shape import FieldShape, fields_of
from erc_cli.core.records.types import Reads, RefTo, Translated
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.core.register import Register
from erc_cli.store.emit import emit
from erc_cli.store.load import Loaded, load
from erc_cli.store.worktree import DATA, FOLDERS, SINGLE, Entry, Stray

Content = Mapping[str, Any]
Files = Mapping[str, Content]
"""Address of a record: what its file says, as far as it matters. None, or `~` in an example, leaves a key out."""

_NAME = {"en": "Something", "fr": "Quelque chose", "ar": "شيء ما"}

MINIMAL: Mapping[str, Content] = {
    "plan": {
        "format": "1",
        "organisation": {"id": "isesco", "name": _NAME},
        "directorate": _NAME,
        "title": _NAME,
        "period": {"start": "2019-01-01", "end": "2021-12-31"},
        "currency": "USD",
        "languages": ["en", "fr", "ar"],
        "units": [{"id": "external-relations", "name": _NAME}],
        "frameworks": [{"id": "sdg", "title": _NAME}],
    },
    "budget": {"notes": "No money yet"},
    "partners": {"name": _NAME, "category": "governmental"},
    "agreements": {
        "kind": "cooperation-agreement",
        "title": _NAME,
        "parties": [{"party": "isesco"}, {"party": "partners/oic"}],
    },
    "meetings": {"kind": "coordination", "participants": ["isesco", "partners/oic"]},
    "projects": {"kind": "off-budget", "title": _NAME, "field": "education"},
    "activities": {
        "kind": "forum",
        "title": _NAME,
        "project": "projects/specialized",
        "implementing": ["isesco"],
    },
    "member-states": {"name": _NAME},
    "waivers": {
        "code": "LNG001",
        "record": "partners/oic",
        "reason": "Asked for",
        "owner": "isesco",
        "until": "2019-12-31",
    },
}
"""Folder: the least that makes a record of it without any finding (a waiver needs something to waive)."""


class MemorySource:
    """Files that are nowhere but in memory: path relative to the root, bytes."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def entries(self, folders: Iterable[str] | None = None) -> tuple[list[Entry], list[Stray]]:
        """Return the files of the register, sorted by path."""
        found = [_entry(path) for path in sorted(self.files) if path.startswith(DATA)]
        return [entry for entry in found if folders is None or entry.folder in set(folders)], []

    def content(self, path: str) -> bytes:
        """Return the bytes of a file."""
        return self.files[path]

    def fingerprint(self, path: str) -> str | None:
        """Return the sha256 of a document, None where it is not there."""
        return hashlib.sha256(self.files[path]).hexdigest() if path in self.files else None


def _entry(path: str) -> Entry:
    parts = path.removeprefix(f"{DATA}/").removesuffix(".yaml").split("/")
    return Entry(path, parts[0], parts[-1])


def source(files: Files, *, complete: bool = True) -> MemorySource:
    """Return the files of a register: `files` filled up, a plan, a budget, and what they refer to.

    What `files` themselves refer to is left as it is unless `complete`. Below `documents/` stand plain texts.
    """
    documents = {path: str(files[path]).encode() for path in files if path.startswith("documents/")}
    files = {address: content for address, content in files.items() if address not in documents}
    contents = {address: filled(address, content) for address, content in {"plan": {}, "budget": {}, **files}.items()}
    waiting = [contents[address] if complete else filled(address, {}) for address in contents]
    while waiting:
        for address in _addresses_in(waiting.pop()):
            if address not in contents:
                contents[address] = filled(address, {})
                waiting.append(contents[address])
    records = {f"{DATA}/{address}.yaml": emit(text).encode() for address, text in contents.items()}
    return MemorySource({**records, **documents})


def raw_source(text: bytes, address: str = "partners/example") -> MemorySource:
    """Return the files of a register with one file as it is."""
    return MemorySource({**source({}).files, f"{DATA}/{address}.yaml": text})


def check(files: Files, *, complete: bool = True) -> list[Finding]:
    """Return what `erc check` finds in a register, with places, waived findings too."""
    return list(check_source(source(files, complete=complete)).findings)


def codes(files: Files, *, complete: bool = True) -> list[str]:
    """Return the codes of what `check` finds, sorted."""
    return sorted(finding.code for finding in check(files, complete=complete))


def register(files: Files, *, complete: bool = True) -> Register:
    """Return a register whose files must be without fault."""
    loaded: Loaded = load(source(files, complete=complete))
    assert not loaded.findings, [finding.problem for finding in loaded.findings]
    return loaded.register


def filled(address: str, content: Content) -> dict[str, Any]:
    """Return the whole content of a record: the minimal one of its folder with `content` over it, as text."""
    folder, _, record_id = address.partition("/")
    least = MINIMAL.get(folder, {})
    if folder == "partners":
        least = {**least, "name": {language: f"{name} {record_id}" for language, name in _NAME.items()}}
    merged = _merged(least, content)
    model = RECORD_TYPES.get(folder)
    return _without_gaps(_with_required(model, merged, "") if model else merged)


def _merged(under: Any, over: Any) -> Any:
    if isinstance(under, Mapping) and isinstance(over, Mapping):
        return {key: _merged(under.get(key), over[key]) if key in over else under[key] for key in {**under, **over}}
    if isinstance(over, Mapping):
        return {str(key): _merged(None, value) for key, value in over.items()}
    if isinstance(over, list | tuple):
        return [_merged(None, item) for item in over]
    return _text(over)


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return value if value is None else str(value)


def _with_required(model: type[Part], content: Any, hint: str) -> Any:
    """Fill in what the model asks for: titles, ids and whatever else a mapping cannot be without."""
    if not isinstance(content, dict):
        return content
    whole = dict(content)
    for field in fields_of(model):
        info = model.model_fields[field.name]
        if field.key not in whole and info.is_required() and not (field.key == "id" and model in RECORD_TYPES.values()):
            whole[field.key] = _example(field, info, hint)
        elif any(isinstance(mark, Translated) and mark.is_name for mark in field.marks):
            whole[field.key] = _in_all_languages(whole.get(field.key))
        elif field.models and isinstance(whole.get(field.key), list):
            inner = field.models[0]
            whole[field.key] = [
                _with_required(inner, item, f"item-{number}") for number, item in enumerate(whole[field.key], 1)
            ]
        elif field.models and field.key in whole:
            whole[field.key] = _with_required(field.models[0], whole[field.key], hint)
    return whole


def _in_all_languages(name: Any) -> Any:
    """A name from which a language is taken away has the others."""
    if isinstance(name, dict) and any(words in (None, "~") for words in name.values()):
        return {**_NAME, **name}
    return name


def _example(field: FieldShape, info: Any, hint: str) -> Any:
    for mark in field.marks:
        if isinstance(mark, Translated):
            return _NAME
        if isinstance(mark, RefTo):
            return "isesco" if mark.own else f"{mark.folders[0]}/example"
        if isinstance(mark, Reads) and mark.example:
            return mark.example
    if get_origin(info.annotation) is Literal:
        return get_args(info.annotation)[0]
    return hint if field.key == "id" and hint else "something"


def _without_gaps(content: Any) -> Any:
    if isinstance(content, dict):
        return {key: _without_gaps(value) for key, value in content.items() if value not in (None, "~")}
    return [_without_gaps(item) for item in content] if isinstance(content, list) else content


_REFERENCE = re.compile(rf"({'|'.join(FOLDERS)})/[a-z0-9]+(?:-[a-z0-9]+)*(?=\.|$)")


def _addresses_in(content: Any) -> set[str]:
    if isinstance(content, Mapping):
        return set().union(*(_addresses_in(value) for value in content.values()))
    if isinstance(content, list):
        return set().union(*(_addresses_in(item) for item in content))
    match = _REFERENCE.match(content)
    return {match[0]} if match else set()


def example_files(text: str) -> dict[str, Any]:
    """Return the files that the example of a rule writes: address and content, every scalar as text."""
    files = yaml.load(text, Loader=yaml.BaseLoader)
    assert isinstance(files, dict)
    assert all(name in SINGLE or name.partition("/")[0] in (*FOLDERS, "documents") for name in files), list(files)
    return files


_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\x\{([0-9a-f]{2})\}|<(\d+) times (.)>")


def example_bytes(text: str) -> bytes:
    r"""Return the file that an example writes with `\u{202e}`, `\x{e9}` (a byte) and `<70000 times a>`."""
    expanded = _ESCAPE.sub(_expanded, text + "\n")
    return expanded.encode("utf-8", "surrogateescape")


def _expanded(match: re.Match[str]) -> str:
    point, byte, times, character = match.groups()
    if point is not None:
        return chr(int(point, 16))
    return chr(0xDC00 + int(byte, 16)) if byte is not None else character * int(times)

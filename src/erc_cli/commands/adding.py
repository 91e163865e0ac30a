"""New records: from options and words, or many from a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from erc_cli.commands.changing import add_record
from erc_cli.core.countries import COUNTRIES
from erc_cli.core.house import House
from erc_cli.core.records.kinds import model_of
from erc_cli.core.slugs import free_id, proposed_id, slug_of
from erc_cli.core.typed import Word, item_of, tidy, word
from erc_cli.errors import NotFoundError, UsageError
from erc_cli.store.draft import Draft
from erc_cli.store.reader import MAX_BYTES, read
from erc_cli.store.system import read_file

_WITH_OWN: Final = {"agreements": "parties", "meetings": "participants"}
"""Where the own organisation is always among those named."""


class New(NamedTuple):
    """A record to be added: its id, empty where one is to be proposed, and its plain data."""

    record_id: str
    data: Mapping[str, Any]


def from_words(
    folder: str, record_id: str, named: Mapping[str, str | Sequence[str]], words: Sequence[str], house: House
) -> New:
    """Return the record that options and `name=value` words describe. Raises UsageError."""
    told = []
    for name, value in named.items():
        told += [Word(name, tidy(one)) for one in ([value] if isinstance(value, str) else value)]
    told += [word(text) for text in words]
    data = item_of(model_of(folder), told, house)
    if folder == "member-states" and record_id in COUNTRIES and "name" not in data:
        names = dict(zip(("en", "fr", "ar"), COUNTRIES[record_id], strict=True))
        data = {"name": {code: names[code] for code in house.languages if code in names}, **data}
    return New(record_id, data)


def add(draft: Draft, house: House, folder: str, news: Sequence[New]) -> list[str]:
    """Add records, all or none, and return their addresses. Raises RefusedError for an id that is taken."""
    return [_add(draft, house, folder, new) for new in news]


def _add(draft: Draft, house: House, folder: str, new: New) -> str:
    data = dict(new.data)
    inside = data.pop("id", "")
    _with_own(data, folder, house)
    record_id = new.record_id or (inside if isinstance(inside, str) else "") or propose(draft, folder, data, house)
    return add_record(draft, folder, record_id, data)


def _with_own(data: dict[str, Any], folder: str, house: House) -> None:
    """Put the own organisation first among the parties, where it is missing."""
    key = _WITH_OWN.get(folder, "")
    named = data.get(key)
    if not isinstance(named, list) or not house.organisation:
        return
    own: Any = {"party": house.organisation} if key == "parties" else house.organisation
    if not any((one.get("party") if isinstance(one, Mapping) else one) == house.organisation for one in named):
        data[key] = [own, *named]


def propose(draft: Draft, folder: str, data: Mapping[str, Any], house: House) -> str:
    """Return an id for a new record that no file has: from its acronym, or its name in any script."""
    taken = {entry.record_id for entry in draft.entries([folder])[0]}
    return free_id(_of_meeting(data, house) if folder == "meetings" else proposed_id(data), taken)


def _of_meeting(data: Mapping[str, Any], house: House) -> str:
    """The id of a meeting, which has no name: who it is with, and its session or year."""
    others = [one for one in data.get("participants", ()) if one != house.organisation]
    session, day = data.get("session"), data.get("held_on") or data.get("planned_on") or ""
    when = f"session {session}" if session else str(day)[:4]
    return slug_of(f"{others[0].rpartition('/')[2] if others else data.get('kind', '')} {when}") or "meeting"


def from_file(path: str, folder: str, house: House) -> list[New]:
    """Return the records in a file: YAML or JSON with one record or a list of them, or CSV with a record on each row.

    A record may say its `id`. The columns of CSV are fields: `name.en`, `category`. Raises UsageError, NotFoundError.
    """
    try:
        content = read_file(path, MAX_BYTES)
    except OSError as error:
        raise NotFoundError(f"{path}: {error.strerror or error}") from error
    if len(content) > MAX_BYTES:
        raise UsageError(f"{path} is larger than 1 MiB: erc import takes spreadsheets")
    found = list(_rows(path, content, folder, house) if path.lower().endswith(".csv") else _records(path, content))
    if not found:
        raise UsageError(f"{path} holds no record")
    return found


def _rows(path: str, content: bytes, folder: str, house: House) -> Iterator[New]:
    try:
        lines = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        for row in lines:
            told = [Word((name or "").strip(), tidy(value)) for name, value in row.items() if value and value.strip()]
            data = item_of(model_of(folder), [one for one in told if one.name != "id"], house)
            yield New(next((one.value for one in told if one.name == "id"), ""), data)
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} is no CSV in UTF-8: {error}") from error
    except AttributeError as error:
        raise UsageError(f"{path}: a row has more cells than there are headings") from error
    except UsageError as error:
        raise UsageError(f"{path}, line {lines.line_num}: {error}") from error


def _records(path: str, content: bytes) -> Iterator[New]:
    """The records of a YAML or JSON file: a mapping, a list of mappings, or what `--format json` prints."""
    text = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"["):
        content = b'{"items": ' + text + b"}"
    elif text.startswith(b"-"):
        content = b"items:\n" + text
    reading = read(content)
    if reading.data is None:
        fault = reading.faults[0]
        raise UsageError(f"{path}, line {max(fault.spot.line, 0) + 1}: {fault.message}")
    items = reading.data.get("items")
    for one in items if isinstance(items, list) else [reading.data]:
        if not isinstance(one, dict):
            raise UsageError(f"{path}: {one} is no record")
        data = {key: value for key, value in one.items() if key != "address"}
        record_id = data.pop("id", "")
        yield New(record_id if isinstance(record_id, str) else "", data)

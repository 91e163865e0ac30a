"""Files as plain data, without making records of them: what lists and pages of single records need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from erc_cli.core.folders import SINGLE
from erc_cli.errors import UnreadableError
from erc_cli.store.format import NO_PLAN, check_format, is_record_name
from erc_cli.store.reader import read
from erc_cli.store.worktree import DATA, Entry, Source


class RawRecord(NamedTuple):
    """A file of the register: `data` is None where it could not be read, or where its name is no id."""

    address: str
    folder: str
    id: str
    path: str
    data: dict[str, Any] | None


def read_plan(source: Source) -> dict[str, Any] | None:
    """Return what plan.yaml holds, None where it cannot be read.

    Raises UnreadableError where there is none, or where it says that its files are of a newer format.
    """
    plans = list(read_records(source, ["plan"]))
    if not plans:
        raise UnreadableError(NO_PLAN)
    data = plans[0].data
    check_format(data)
    return data


def read_record(source: Source, address: str) -> RawRecord | None:
    """Return the record at `address`, None where there is no such file; no folder is listed for it."""
    folder, _, record_id = address.partition("/")
    record_id = record_id if folder not in SINGLE else folder
    if not is_record_name(record_id):
        return None
    entry = Entry(f"{DATA}/{address}.yaml", folder, record_id)
    try:
        return _made(entry, source.content(entry.path))
    except (FileNotFoundError, KeyError):
        return None
    except OSError:
        return _made(entry, None)


def read_records(source: Source, folders: Iterable[str] | None = None) -> Iterator[RawRecord]:
    """Yield the records in these folders, all without, in the order of their paths."""
    for entry in source.entries(folders)[0]:
        yield _record(source, entry)


def read_those_with(source: Source, words: Iterable[str], folders: Iterable[str] | None = None) -> Iterator[RawRecord]:
    """Yield the records whose file has one of these ASCII words in it, or has escapes that could hide one."""
    wanted = [word.encode() for word in words]
    for entry in source.entries(folders)[0]:
        content = _content(source, entry)
        if content is None or b"\\" in content or any(word in content for word in wanted):
            yield _record(source, entry, content)


def texts(source: Source) -> Iterator[tuple[Entry, bytes | None]]:
    """Yield every file of the register with its bytes, None where these cannot be had."""
    for entry in source.entries()[0]:
        yield entry, _content(source, entry)


def record_in(entry: Entry, content: bytes | None) -> RawRecord:
    """Return the record in the bytes of a file."""
    return _made(entry, content)


def _record(source: Source, entry: Entry, content: bytes | None = None) -> RawRecord:
    return _made(entry, content if content is not None else _content(source, entry))


def _made(entry: Entry, content: bytes | None) -> RawRecord:
    data = read(content).data if content is not None and is_record_name(entry.record_id) else None
    return RawRecord(entry.address, entry.folder, entry.record_id, entry.path, data)


def _content(source: Source, entry: Entry) -> bytes | None:
    try:
        return source.content(entry.path)
    except OSError:
        return None

"""`erc edit`: what is opened in an editor, and what comes of it, on a draft."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from erc_cli.commands.changing import reached
from erc_cli.commands.setting import set_values
from erc_cli.core.house import House
from erc_cli.errors import RefusedError, UsageError
from erc_cli.store.draft import Draft, Touched
from erc_cli.store.raw import read_record


class Opened(NamedTuple):
    """What is edited: a record, or one text of it; its file as it was then, and what the editor is given."""

    address: str
    path: str
    is_field: bool
    content: bytes
    text: str
    name: str
    """Of the editor's file."""


def opened(draft: Draft, address: str) -> Opened:
    """Return what an address leads to, ready for an editor. Raises NotFoundError, UsageError or UnreadableError."""
    name, _, rest = address.partition(".")
    if not rest:
        record = read_record(draft, name)
        if record is not None and record.data is None:  # what cannot be read is to be mended here
            return _whole(draft, name, record.path)
    at = reached(draft, address)
    if not at.field:
        return _whole(draft, at.record.address, at.record.path)
    if at.left:
        raise UsageError(f"{at.address} is not there yet: erc set {at.address}=... gives it a value")
    if not isinstance(at.found.value, str):
        raise UsageError(f"{at.address} is not a single text: name one, or open the whole record {at.record.address}")
    content = draft.read(at.record.path)
    return Opened(at.address, at.record.path, True, content, at.found.value, f"{at.record.id}.txt")


def _whole(draft: Draft, address: str, path: str) -> Opened:
    content = draft.read(path)
    return Opened(address, path, False, content, content.decode("utf-8", "surrogateescape"), path.rpartition("/")[2])


def put(draft: Draft, house: House, what: Opened, typed: bytes, on: date) -> None:
    """Make what was typed so. Raises RefusedError where the file is another by now."""
    if draft.read(what.path) != what.content:
        raise RefusedError(f"{what.path} was changed by somebody else meanwhile: nothing was written")
    if not what.is_field:
        draft.put(what.path, typed, Touched(what.address, ()))
        return
    try:
        text = typed.decode()
    except UnicodeDecodeError:
        raise RefusedError("what was typed is not UTF-8: nothing was written") from None
    if not what.text.endswith("\n"):
        text = text.rstrip("\r\n")
    set_values(draft, [f"{what.address}={text}"], house, "", False, on)

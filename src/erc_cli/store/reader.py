"""The one reader: from the bytes of a file to plain data, or to what is wrong with them. Never raises, never hangs."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Any, NamedTuple

from erc_cli.core.text import character_name, hidden_characters
from erc_cli.store.nodes import Fault, Mapping, Spot, parse, plain_data

MAX_BYTES = 1024 * 1024

_MARKER = re.compile(r"^[ \t]*(?:<{7}|>{7}|\|{7})(?:[ \t].*)?$|^={7}$", re.MULTILINE)
_RETURN = re.compile(r"\r\n?")
_OTHER_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
MAX_OF_ONE_CODE = 100
"""So many findings of one code are told of one file; the last says how many more there are."""


class Reading(NamedTuple):
    """What a file holds. `data` is None where it is not readable; `faults` are in the order of the file.

    `text` is the decoded text, None where there is none; `tree` the nodes with their places.
    """

    data: dict[str, Any] | None
    faults: list[Fault]
    text: str | None
    tree: Mapping | None


def read(content: bytes) -> Reading:
    """Return what the bytes of a file hold."""
    if len(content) > MAX_BYTES:
        return _unreadable("YML011", f"larger than {MAX_BYTES // 1024} KiB: not read")
    for mark, name in _OTHER_BOMS:
        if content.startswith(mark):
            return _unreadable("YML007", f"written in {name}: save it as UTF-8")
    faults: list[Fault] = []
    if content.startswith(codecs.BOM_UTF8):
        fix = "save it as UTF-8 without a byte-order mark"
        faults.append(Fault("YML008", f"begins with a byte-order mark: {fix}", Spot(0, 0, 0, 0), fix=fix))
        content = content[3:]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return Reading(None, [*faults, _not_utf8(content, error)], None, None)
    faults += _text_faults(text)
    hidden = any(fault.code == "YML006" for fault in faults)
    root, found = parse(text)
    if hidden:
        found = [fault for fault in found if fault.code != "YML001"]
    faults = _cut([*faults, *found])
    marked = any(fault.code == "YML010" for fault in faults)
    if marked:
        faults = [fault for fault in faults if fault.code not in ("YML001", "YML002")]
    if not isinstance(root, Mapping) or marked:
        return Reading(None, faults, text, None)
    return Reading(plain_data(root), faults, text, root)


def _unreadable(code: str, message: str) -> Reading:
    return Reading(None, [Fault(code, message, Spot(0, 0, 0, 0), fatal=True)], None, None)


def _not_utf8(content: bytes, error: UnicodeDecodeError) -> Fault:
    before = content[: error.start].decode("utf-8", "replace")
    line = before.count("\n")
    column = len(before) - (before.rfind("\n") + 1)
    byte = content[error.start]
    message = f"not UTF-8: byte 0x{byte:02x} stands for no character here; save the file as UTF-8"
    if b"\x00" in content[:64]:
        message = "not UTF-8 (it looks like UTF-16 or UTF-32): save the file as UTF-8"
    return Fault("YML007", message, Spot(len(before), len(before) + 1, line, column), fatal=True)


def _text_faults(text: str) -> list[Fault]:
    faults = []
    for match in _MARKER.finditer(text) if _may_have_markers(text) else ():
        message = "a merge-conflict marker: choose one of the versions and take the markers out"
        faults.append(Fault("YML010", message, spot_at(text, match.start(), match.end()), fatal=True))
    for at in hidden_characters(text):
        faults.append(
            Fault("YML006", f"hidden character {character_name(text[at])}: take it out", spot_at(text, at, at + 1))
        )
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        faults += _not_composed(text)
    faults += _line_end_faults(text)
    return faults


def _may_have_markers(text: str) -> bool:
    return "<<<<<<<" in text or ">>>>>>>" in text or "=======" in text or "|||||||" in text


def _not_composed(text: str) -> list[Fault]:
    faults, offset = [], 0
    for line in text.splitlines(keepends=True):
        if not unicodedata.is_normalized("NFC", line):
            column = next((i for i, c in enumerate(line) if unicodedata.combining(c)), 0)
            spot = spot_at(text, offset + max(column - 1, 0), offset + column + 1)
            faults.append(
                Fault("YML009", "text that is not NFC: the same letters can be written another way", spot, fix="NFC")
            )
        offset += len(line)
    return faults


def _line_end_faults(text: str) -> list[Fault]:
    faults = []
    first = _RETURN.search(text)
    if first is not None:
        returns, feeds = len(_RETURN.findall(text)), text.count("\n")
        mixed = " mixed with others" if feeds > returns else ""
        message = f"lines end in CR LF{mixed}: use LF alone"
        faults.append(Fault("YML016", message, spot_at(text, first.start(), first.start()), fix="LF"))
    if text and not text.endswith(("\n", "\r")):
        message = "the last line does not end: add a line feed"
        faults.append(Fault("YML016", message, spot_at(text, len(text), len(text)), fix="LF"))
    return faults


def spot_at(text: str, start: int, end: int) -> Spot:
    """Return the spot of `text[start:end]`; lines end in LF, CR or CR LF."""
    before = text[:start]
    lines = _RETURN.sub("\n", before) if "\r" in before else before
    return Spot(start, end, lines.count("\n"), len(lines) - (lines.rfind("\n") + 1))


def _cut(faults: list[Fault]) -> list[Fault]:
    """Keep the first of each code; a hostile file can have hundreds of thousands of the same."""
    counted: dict[str, int] = {}
    kept: list[Fault] = []
    for fault in faults:
        counted[fault.code] = counted.get(fault.code, 0) + 1
        if counted[fault.code] <= MAX_OF_ONE_CODE:
            kept.append(fault)
    for code, count in counted.items():
        if count > MAX_OF_ONE_CODE:
            last = max(i for i, fault in enumerate(kept) if fault.code == code)
            more = count - MAX_OF_ONE_CODE
            kept[last] = kept[last]._replace(message=f"{kept[last].message} (and {more} more of {code} in this file)")
    return kept

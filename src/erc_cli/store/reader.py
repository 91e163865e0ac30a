"""The one reader: from the bytes of a file to plain data, or to what is wrong with them. Never raises, never hangs."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Any

from erc_cli.core.text import character_name, hidden_characters
from erc_cli.store.faults import START, Fault, Faults, Path, Spot
from erc_cli.store.nodes import Mapping, parse, plain_data
from erc_cli.store.quick import read_quickly

MAX_BYTES = 1024 * 1024

_MARKER = re.compile(r"^[ \t]*(?:<{7}|>{7}|\|{7})(?:[ \t].*)?$|^={7}$", re.MULTILINE)
_RETURN = re.compile(r"\r\n?")
_OTHER_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


class Reading:
    """What a file holds. `data` is None where it is not readable.

    `empty` are the paths of keys that `data` lacks because nothing stands there.
    """

    __slots__ = ("_content", "_parsed", "data", "empty", "faults")

    def __init__(
        self,
        data: dict[str, Any] | None,
        faults: list[Fault],
        content: bytes | None = None,
        empty: list[Path] | None = None,
        parsed: tuple[str, Mapping] | None = None,
    ) -> None:
        self.data, self.faults, self.empty = data, faults, empty or []
        self._content = content
        self._parsed: tuple[str | None, Mapping | None] | None = parsed

    @property
    def text(self) -> str | None:
        """The text of the file without a byte-order mark; None where there is none."""
        return self._parse()[0]

    @property
    def tree(self) -> Mapping | None:
        """The nodes with their places; None where there is no data. Parsed when it is asked for."""
        return self._parse()[1]

    def _parse(self) -> tuple[str | None, Mapping | None]:
        if self._parsed is None:
            text = _text_of(self._content)
            self._parsed = (text, parse(text)[0] if text is not None and self.data is not None else None)
        return self._parsed


def _text_of(content: bytes | None) -> str | None:
    if content is None or len(content) > MAX_BYTES:
        return None
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        return None


def read(content: bytes) -> Reading:
    """Return what the bytes of a file hold."""
    data = read_quickly(content)
    return read_fully(content) if data is None else Reading(data, [], content)


def read_fully(content: bytes) -> Reading:
    """Return what the bytes of a file hold, every check made; `read` gives the same, and is faster on plain files."""
    if len(content) > MAX_BYTES:
        return _unreadable("YML011", f"larger than {MAX_BYTES // 1024} KiB: not read")
    for mark, name in _OTHER_BOMS:
        if content.startswith(mark):
            return _unreadable("YML007", f"written in {name}: save it as UTF-8")
    if _looks_wide(content[:64]):
        return _unreadable("YML007", "not UTF-8 (it looks like UTF-16 or UTF-32): save it as UTF-8")
    faults = Faults()
    body = content.removeprefix(codecs.BOM_UTF8)
    if len(body) < len(content) and faults.wants("YML008"):
        fix = "save it as UTF-8 without a byte-order mark"
        faults.add(Fault("YML008", f"begins with a byte-order mark: {fix}", START, fix=fix))
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        return Reading(None, [*faults.told(), _not_utf8(body, error)], content)
    _check_text(text, faults)
    tree, found = parse(text)
    if faults.has("YML010"):
        tree, found = None, [fault for fault in found if fault.code not in ("YML001", "YML002")]
    told = [*faults.told(), *found]
    if faults.has("YML006"):
        told = _without_refusals(told)
    if tree is None:
        return Reading(None, told, content)
    data, empty = plain_data(tree)
    return Reading(data, told, content, empty, (text, tree))


def _without_refusals(faults: list[Fault]) -> list[Fault]:
    """The faults without that of a parser that does not take a hidden character: this has been told, with its place."""
    kept = [fault for fault in faults if fault.code != "YML001" or fault.spot != START]
    if len(kept) == len(faults):
        return faults
    return [fault._replace(fatal=True) if fault.code == "YML006" else fault for fault in kept]


def _unreadable(code: str, message: str) -> Reading:
    return Reading(None, [Fault(code, message, START, fatal=True)])


def tree_of(content: bytes) -> tuple[str, Mapping | None]:
    """Return the text of a file, empty where there is none, and its nodes, without a look at what else is wrong."""
    text = _text_of(content)
    return (text, parse(text)[0]) if text is not None else ("", None)


def _looks_wide(start: bytes) -> bool:
    """Whether NULs stand between ASCII characters, as where these take two or four bytes."""
    return start.count(0) * 3 >= len(start) > start.count(0)


def _not_utf8(content: bytes, error: UnicodeDecodeError) -> Fault:
    before = content[: error.start].decode()
    byte = content[error.start]
    message = f"not UTF-8: byte 0x{byte:02x} stands for no character here; save the file as UTF-8"
    return Fault("YML007", message, spot_at(before, len(before), len(before) + 1), fatal=True)


def _check_text(text: str, faults: Faults) -> None:
    """Look for what no parser tells: conflict markers, hidden characters, other forms of letters, other line ends."""
    for match in _MARKER.finditer(text) if _may_have_markers(text) else ():
        if faults.wants("YML010"):
            message = "a merge-conflict marker: choose one of the versions and take the markers out"
            faults.add(Fault("YML010", message, spot_at(text, match.start(), match.end()), fatal=True))
    for at in hidden_characters(text):
        if faults.wants("YML006"):
            message = f"hidden character {character_name(text[at])}: take it out"
            faults.add(Fault("YML006", message, spot_at(text, at, at + 1)))
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        _check_composed(text, faults)
    _check_line_ends(text, faults)


def _may_have_markers(text: str) -> bool:
    return "<<<<<<<" in text or ">>>>>>>" in text or "=======" in text or "|||||||" in text


def _check_composed(text: str, faults: Faults) -> None:
    offset = 0
    for line in text.splitlines(keepends=True):
        if not unicodedata.is_normalized("NFC", line) and faults.wants("YML009"):
            column = next((i for i, c in enumerate(line) if unicodedata.combining(c)), 0)
            spot = spot_at(text, offset + max(column - 1, 0), offset + column + 1)
            message = "a letter that is not in its composed form (NFC): type it again"
            faults.add(Fault("YML009", message, spot, fix="NFC"))
        offset += len(line)


def _check_line_ends(text: str, faults: Faults) -> None:
    first = _RETURN.search(text)
    if first is not None and faults.wants("YML016"):
        returns, feeds = sum(1 for _ in _RETURN.finditer(text)), text.count("\n")
        mixed = " mixed with others" if feeds > returns else ""
        message = f"lines end in CR LF{mixed}: use LF alone"
        faults.add(Fault("YML016", message, spot_at(text, first.start(), first.start()), fix="LF"))
    if text and not text.endswith(("\n", "\r")) and faults.wants("YML016"):
        message = "the last line does not end: add a line feed"
        faults.add(Fault("YML016", message, spot_at(text, len(text), len(text)), fix="LF"))


def spot_at(text: str, start: int, end: int) -> Spot:
    """Return the spot of `text[start:end]`; lines end in LF, CR or CR LF."""
    before = text[:start]
    lines = _RETURN.sub("\n", before) if "\r" in before else before
    return Spot(start, end, lines.count("\n"), len(lines) - (lines.rfind("\n") + 1))

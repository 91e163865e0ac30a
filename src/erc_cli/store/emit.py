"""The one emitter: plain data to the text of a file, in the canonical layout.

Two spaces of indentation, block style, dashes two under their key, quotes only where some reader of YAML 1.1 or 1.2
could see something other than this text, prose over 100 columns folded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from erc_cli.core.money import plain
from erc_cli.core.periods import PartialDate
from erc_cli.core.records.base import Part, Record
from erc_cli.core.records.shape import FieldShape, field_by_key, fields_of
from erc_cli.core.records.types import Reads
from erc_cli.core.text import hidden_characters

WIDTH = 100
"""Columns of a line, counted in code points; only a single long word goes beyond."""


class Plain(str):
    """The text of an amount, number, date or flag: it stands without quotes, though YAML could see no text in it."""

    __slots__ = ()


Value = str | Sequence[Any] | Mapping[str, Any]

_SIMPLE = re.compile(r"[A-Za-z(](?:[A-Za-z0-9_/.,;()’-]| (?! |$|#))*", re.ASCII)
"""Text that is plain at sight, but for words such as `yes`."""
_TYPED = re.compile(r"-?[0-9A-Za-z][0-9A-Za-z.-]*", re.ASCII)
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_INDICATORS = frozenset("!\"#%&'*,-.?:>@[]`{|}=<~ ")
_OTHERWISE = re.compile(
    r"""  [+]?[.]?[0-9][0-9_,.]*(?:e[-+]?[0-9]*)?    # whole numbers, octal too, and numbers with a point
        | [+]?0[xob][0-9a-f_]*
        | [+]?[0-9][0-9_]*(?::[0-9]+)+(?:[.][0-9_]*)?    # base 60: 12:30:45
        | [+][.](?:inf|nan|[0-9_]*)
        | [+][0-9_.,]*
        | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[t\ ][0-9t:.\ +z-]*)?
    """,
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
_SHORT = 30
"""So many characters are remembered as written: ids, dates, words of the vocabularies come again and again."""
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_MARKER = re.compile(r"<{7}|>{7}|\|{7}|={7}")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def emit(data: Mapping[str, Any]) -> str:
    """Return `data` as the text of a file. Values are texts, lists and mappings; `Plain` marks what is typed."""
    if not data:
        return "{}\n"
    lines: list[str] = []
    _mapping(data, 0, "", lines)
    lines.append("")
    return "\n".join(lines)


def _mapping(data: Mapping[str, Any], indent: int, lead: str, lines: list[str]) -> None:
    """Append the lines of a mapping at column `indent`; its first key follows `lead` on the same line."""
    spaces = " " * indent
    for key, value in data.items():
        start = f"{lead or spaces}{_key(key)}:"
        lead = ""
        if isinstance(value, str):
            _text(value, f"{start} ", indent + 2, lines)
        elif not value:
            lines.append(f"{start} {'{}' if isinstance(value, Mapping) else '[]'}")
        else:
            lines.append(start)
            if isinstance(value, Mapping):
                _mapping(value, indent + 2, "", lines)
            else:
                _list(value, indent + 2, "", lines)


def _list(items: Sequence[Any], indent: int, lead: str, lines: list[str]) -> None:
    """Append the lines of a list whose dashes stand at column `indent`."""
    spaces = " " * indent
    for item in items:
        start = f"{lead or spaces}- "
        lead = ""
        if isinstance(item, str):
            _text(item, start, indent + 2, lines)
        elif not item:
            lines.append(f"{start}{'{}' if isinstance(item, Mapping) else '[]'}")
        elif isinstance(item, Mapping):
            _mapping(item, indent + 2, start, lines)
        else:
            _list(item, indent + 2, start, lines)


def _text(text: str, start: str, indent: int, lines: list[str]) -> None:
    """Append a text that follows `start`; what does not fit goes below it, at column `indent`."""
    room = WIDTH - len(start)
    if len(text) < _SHORT and (short := _short(text)) and len(short) <= room:
        lines.append(start + short)
    elif "\n" in text and _is_literal(body := text.removesuffix("\n")):
        lines.append(f"{start}{'|' if body != text else '|-'}")
        spaces = " " * indent
        lines += [spaces + line if line else "" for line in body.split("\n")]
    elif len(text) > room and _folds(text):
        lines.append(f"{start}>-")
        _fold(text, " " * indent, lines)
    else:
        written = scalar(text)
        if len(written) > room >= len(text) and _folds(text):
            lines.append(f"{start}>-")
            _fold(text, " " * indent, lines)
        else:
            lines.append(start + written)


def _fold(text: str, spaces: str, lines: list[str]) -> None:
    at, end, room = 0, len(text), WIDTH - len(spaces)
    while end - at > room:
        cut = text.rfind(" ", at, at + room + 1)
        if cut < 0:
            cut = text.find(" ", at)
            if cut < 0:
                break
        lines.append(spaces + text[at:cut])
        at = cut + 1
    lines.append(spaces + text[at:])


def _folds(text: str) -> bool:
    """Whether wrapping at its single spaces loses nothing."""
    return (
        " " in text
        and "  " not in text
        and text[0] != " "
        and text[-1] != " "
        and not _needs_escapes(text)
        and not _MARKER.search(text)
    )


def _is_literal(text: str) -> bool:
    """Whether the lines of a text can stand as they are: nothing at their ends, and text in the first and last."""
    lines = text.split("\n")
    return (
        bool(lines[0] and lines[-1])
        and lines[0][0] != " "
        and all(line == line.rstrip() and not _needs_escapes(line) for line in lines)
        and not _MARKER.search(text)
    )


def _needs_escapes(text: str) -> bool:
    if text.isascii():
        return not text.isprintable()
    if text.isprintable():
        return bool(hidden_characters(text))
    return _UNPRINTABLE.search(text) is not None or bool(hidden_characters(text))


def scalar(text: str) -> str:
    """Return a text as it stands on one line: plain where every reader sees text in it, else in quotes."""
    if type(text) is Plain and _TYPED.fullmatch(text):
        return text
    if _SIMPLE.fullmatch(text):
        return text if len(text) > 5 or text.lower() not in _WORDS else f"'{text}'"
    if _is_plain(text):
        return text
    return quoted(text)


def _is_plain(text: str) -> bool:
    """Whether text that is not simple at sight needs no quotes all the same."""
    if not text or text[0] in _INDICATORS or text[-1] in ": " or ": " in text or " #" in text:
        return False
    return not _needs_escapes(text) and not (text[0] in "+0123456789" and _OTHERWISE.fullmatch(text))


def quoted(text: str) -> str:
    """Return a text in quotes: single ones, or double where these read better or the text needs escapes."""
    if _needs_escapes(text):
        hidden = set(hidden_characters(text))
        return f'"{"".join(_escaped(c, at in hidden) for at, c in enumerate(text))}"'
    if "'" in text and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _escaped(character: str, is_hidden: bool) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if not is_hidden and not _UNPRINTABLE.match(character):
        return character
    point = ord(character)
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


@lru_cache(maxsize=16384, typed=True)
def _short(text: str) -> str:
    """Return a short text as it stands on one line; nothing where it has several lines."""
    return "" if "\n" in text else scalar(text)


@lru_cache(maxsize=4096, typed=True)
def _key(key: str) -> str:
    """Return a key as it stands; `on` is a field of many records, plain although YAML 1.1 reads a flag there."""
    return key if key == "on" else scalar(key)


# --- from records to plain data -----------------------------------------------------------------------------


def to_plain(data: Mapping[str, Any], model: type[Part]) -> dict[str, Any]:
    """Return the `data` of a record, or of a part of one, ready for `emit`: keys in the order of the file.

    Values are texts, as files have them, or numbers, dates and flags. What a typed field holds is `Plain`; empty
    values are left out; keys that `model` does not know come last.
    """
    known = field_by_key(model)
    typed = _typed_keys(model)
    order = [key for key in known if key in data] + [key for key in data if key not in known]
    found = {}
    for key in order:
        value = _value(data[key], known.get(key), key in typed)
        if value not in _EMPTY:
            found[key] = value
    return found


def data_of(part: Part) -> dict[str, Any]:
    """Return a record, or a part of one, as plain data ready to be written; a record's own id is its file's name."""
    held = part.__dict__
    data = {field.key: held[field.name] for field in fields_of(type(part))}
    if isinstance(part, Record):
        del data["id"]
    return to_plain(data, type(part))


def _value(value: Any, field: FieldShape | None, is_typed: bool) -> Any:
    if isinstance(value, str):
        return Plain(value) if is_typed else value
    if isinstance(value, bool):
        return Plain(str(value).lower())
    if isinstance(value, Decimal):
        return Plain(plain(value))
    if isinstance(value, PartialDate | int | date):
        return Plain(str(value))
    if isinstance(value, Part):
        return data_of(value)
    if isinstance(value, Mapping):
        if field is not None and field.models and not field.is_mapping:
            return to_plain(value, field.models[0])
        return {Plain(key) if is_typed else str(key): _value(one, field, is_typed) for key, one in value.items()}
    if value is None:
        return None
    return [inner for one in value if (inner := _value(one, field, is_typed)) not in _EMPTY]


@cache
def _typed_keys(model: type[Part]) -> frozenset[str]:
    """The keys of `model` that hold amounts, numbers, dates or flags rather than text."""
    return frozenset(
        field.key
        for field in fields_of(model)
        if field.name == "organisation_type" or any(isinstance(mark, Reads) and mark.is_typed for mark in field.marks)
    )


_EMPTY: tuple[Any, ...] = ("", [], {}, None)

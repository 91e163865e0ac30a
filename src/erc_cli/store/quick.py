"""A quick reader for the layout in which `erc` writes its files; whatever it does not fully know it leaves alone.

It never finds anything wrong. Either a file is of the plain kind described here, and then its data is what the full
reader gives without a fault; or it is declined, and the full reader decides. In the plain kind mappings and lists of
scalars or of mappings stand two columns deeper with each level, dashes deeper than their key; a scalar is plain, in
quotes on one line, or a block behind `>-` or `|-` without empty lines; a comment has its line to itself.
"""

from __future__ import annotations

import re
import unicodedata
from sys import intern
from typing import Any

MAX_QUICK = 64 * 1024
"""No more bytes than one scalar may have; so none has more."""

# Most of the basic plane, without a character that nobody sees or that ends a line: no control, bidirectional or format
# character, no tab, no carriage return. The patterns below are only used on text that has nothing else.
_UNUSUAL = re.compile(
    "[^\n -~\u00a0-\u00ac\u00ae-\u034e\u0350-\u061b\u061d-\u115e\u1e00-\u1fff\u2010-\u2027\u202f-\u205e"
    "\u20a0-\u2fff\u3001-\u3163\u3165-\ud7ff]"
).search

# Letters and digits, so not `<<`; not `null`, which is empty; longer keys may be too long for YAML.
_KEY = r"(?![Nn](?:ull|ULL):)[A-Za-z0-9_][A-Za-z0-9_-]{0,63}+"
# It begins with nothing that YAML reserves. Without `: ` and a last colon it is no mapping, without `#` no comment
# follows; a space at its end would not be part of it.
_PLAIN = r"(?![Nn](?:ull|ULL)\n)(?:[\w(/+«“]|-(?=[0-9]))[^\n:#]*+(?::[^\s:#][^\n:#]*+)*+(?<! )"
# Not only spaces, since that is empty; no escapes, since these can hide any character.
_QUOTED = r"'[^\s'](?:''|[^\n'])*+'" r'|"[^\s"\\][^\n"\\]*+"'
# Two columns deeper than its key, or than the dash of an item without key. No deeper line, since that is not folded;
# none that begins like a conflict marker.
_BLOCK = r"[>|]-(?:\n\1  (?(2)(?(3)  ))[^\s<>|][^\n]*+(?<! ))+"

_LINES = re.compile(
    rf"( {{0,40}}+)(- )?(?:({_KEY}):(?: |(?=\n)))?(?:({_PLAIN})|({_QUOTED})|({_BLOCK}))?\n++"
    rf"|( *+#)[^\n]*+\n++"
    r"|[^\n]*+\n"  # whatever else, so that nothing is skipped
).findall


def read_quickly(content: bytes) -> dict[str, Any] | None:
    """Return the data of a file of the plain kind, or None where the full reader must look."""
    if len(content) > MAX_QUICK or not content.endswith(b"\n"):
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    if _UNUSUAL(text) is not None:
        return None
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        return None
    return _data(text)


def _data(text: str) -> dict[str, Any] | None:  # noqa: C901 - one loop, flat for speed
    """Build the data line by line. `around` holds what is open, by the column of its keys or dashes.

    Keys are interned: ten thousand records share them.
    """
    here: Any = {}
    around: dict[int, Any] = {0: here}
    column = 0
    opened = None  # the key that stood last and alone: the next line holds what it has
    for blank, dash, key, plain, quoted, block, comment in _LINES(text):
        if not key and not dash:
            # A deeper comment after a scalar could be a line of it.
            if comment and (opened is not None or len(comment) <= column + 1):
                continue
            return None
        depth = len(blank)
        if opened is not None:
            if depth != column + 2:
                return None
            column = depth
            here[opened] = around[column] = here = [] if dash else {}
            opened = None
        elif depth != column:
            if depth > column:
                return None
            column = depth
            here = around.get(column)
        if dash:
            if type(here) is not list:
                return None
            if key:
                item: dict[str, Any] = {}
                here.append(item)
                column += 2
                around[column] = here = item
        elif type(here) is not dict:
            return None
        if plain:
            value = plain
        elif quoted:
            value = quoted[1:-1] if quoted[0] == '"' else quoted[1:-1].replace("''", "'")
        elif block:
            between = "\n" + " " * (column + 2)
            value = block[2 + len(between) :].replace(between, " " if block[0] == ">" else "\n")
        elif key and key not in here:
            opened = intern(key)
            continue
        else:
            return None
        if not key:
            here.append(value)
        elif key not in here:
            here[intern(key)] = value
        else:
            return None
    return around[0] if opened is None and around[0] else None

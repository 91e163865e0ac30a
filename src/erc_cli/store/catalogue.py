"""Catalogues of translations: GNU `.mo` files that come with the program."""

from __future__ import annotations

import os
import struct

from erc_cli.core.words import Words

_FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "locale")
_MAGIC = 0x950412DE

TRANSLATED = ("fr", "ar")
"""The languages that have a catalogue; English needs none."""


def words_in(language: str) -> Words:
    """Return the words of `language`; English words where it has no catalogue."""
    if language not in TRANSLATED:
        return Words(language)
    with open(os.path.join(_FOLDER, language, "LC_MESSAGES", "erc.mo"), "rb") as file:
        return Words(language, parse_catalogue(file.read()))


def parse_catalogue(content: bytes) -> dict[str, tuple[str, ...]]:
    """Return the messages of a little-endian `.mo` file and their translations, by plural form.

    Of a message with a plural the key is its singular. Raises ValueError for other content.
    """
    magic, _, count, originals, translations = struct.unpack_from("<5I", content)
    if magic != _MAGIC:
        raise ValueError("not a little-endian .mo file")
    found = {}
    for number in range(count):
        message = _text(content, originals + 8 * number).split("\0")[0]
        found[message] = tuple(_text(content, translations + 8 * number).split("\0"))
    found.pop("", None)
    return found


def _text(content: bytes, at: int) -> str:
    length, start = struct.unpack_from("<2I", content, at)
    return content[start : start + length].decode()

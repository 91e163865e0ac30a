"""How many columns text takes on a terminal."""

from __future__ import annotations

import unicodedata


def width_of(text: str) -> int:
    """Return the columns that `text` takes: combining marks none, wide East Asian characters two."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut_to(text: str, width: int) -> str:
    """Return `text`, cut with three dots if it takes more than `width` columns."""
    if width_of(text) <= width:
        return text
    kept, room = [], width - 3
    for character in text:
        room -= _width(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept) + "..."

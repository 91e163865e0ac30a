"""Ids proposed from names: short, ASCII, and from Arabic names as well."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any, Final

_LONGEST: Final = 64
_USUAL: Final = 40
"""A proposed id stops at the word after which it would be longer."""

_ARABIC: Final = (
    "ا a|ب b|ت t|ث th|ج j|ح h|خ kh|د d|ذ dh|ر r|ز z|س s|ش sh|ص s|ض d|ط t|ظ z|ع a|غ gh|ف f|ق q|ك k|ل l|م m|ن n|ه h"
    "|و w|ي y|ى a|ة a|أ a|آ a|إ i|ؤ w|ئ y|ء -|پ p|چ ch|ڤ v|گ g|ک k|ی y"
)
_LATIN: Final[Mapping[str, str]] = {pair[0]: pair[2:] for pair in _ARABIC.split("|")}
_LETTERS: Final = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "&": " and "}
_SMALL: Final = frozenset({"the", "of", "for", "and", "in", "a", "an", "de", "la", "le", "les", "des", "du", "et"})


_ELIDED: Final = re.compile(r"\b[dl]'")
"""What French leaves of `de`, `le` and `la` before a vowel."""


def slug_of(text: str) -> str:
    """Return `text` as an id: Latin letters without marks, Arabic ones written in Latin; empty where none are left."""
    letters = "".join(_LETTERS.get(c, c) for c in unicodedata.normalize("NFKC", text.lower()))
    latin = " ".join(_from_arabic(word) for word in _without_marks(letters).split())
    plain = _without_marks(unicodedata.normalize("NFKD", latin)).replace("’", "'")
    words = [word for word in re.split("[^a-z0-9]+", _ELIDED.sub(" ", plain).replace("'", "")) if word]
    kept = [word for word in words if word not in _SMALL] or words
    slug = ""
    for word in kept:
        longer = f"{slug}-{word}" if slug else word
        if slug and len(longer) > _USUAL:
            break
        slug = longer[:_LONGEST].rstrip("-")
    return slug


def _without_marks(text: str) -> str:
    """The text without vowel signs and other marks that stand alone, and without lengthened strokes."""
    return "".join(c for c in text if not unicodedata.combining(c) and c != "ـ")


def _from_arabic(word: str) -> str:
    """A word in Latin letters; the article goes, as it does in indexes."""
    if not any(c in _LATIN for c in word):
        return word
    word = word.removeprefix("و") if word.startswith("وال") else word
    word = word.removeprefix("ال") if len(word) > 4 else word
    return "".join(_LATIN.get(c, c) for c in word).replace("-", "")


def proposed_id(data: Mapping[str, Any], kind: str = "item") -> str:
    """Return an id for a record or item from its acronym, title, role, name or text, else from its day and kind.

    `kind` is what it is, for one of which no more is known than when: `expenditure-2020-03-01`.
    """
    for key in ("acronyms", "title", "role", "name", "text", "summary"):
        value = data.get(key)
        texts = list(value.values()) if isinstance(value, Mapping) else [value] if isinstance(value, str) else []
        for text in texts:
            slug = slug_of(str(text))
            if slug:
                return slug
    names = ["party", "criterion", "field", "stage", "area" if "area" in data else "project", "year", "on", "signed_on"]
    if "on" in data:
        names.remove("year")  # the day says it
    slug = slug_of(" ".join(str(data[name]).rpartition("/")[2] for name in names if name in data))
    return slug if slug and not slug[0].isdigit() else slug_of(f"{kind} {slug}")


def free_id(wanted: str, taken: Collection[str]) -> str:
    """Return `wanted`, with a number where it is taken."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"

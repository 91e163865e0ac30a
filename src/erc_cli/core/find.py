"""Finding words in records: in all their texts, ids and languages, however they are spelled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from erc_cli.core.text import fold

SNIPPET = 60
"""Characters of a text that are shown around what was found, about."""


class Hit(NamedTuple):
    """Where a record has the words: the field, and the text around them.

    `rank` orders hits: whole words before parts of words, and in each names and ids before other texts.
    """

    field: str
    snippet: str
    rank: int


_NAMES = frozenset({"id", "name", "title", "acronyms", "aliases", "also_titled", "formerly"})


class Words(NamedTuple):
    """What is looked for: words, folded, and for each a pattern of its spellings in letters that are folded singly."""

    folded: tuple[str, ...]
    spellings: tuple[re.Pattern[str], ...]

    def may_be_in(self, text: str) -> bool:
        """Whether the text of a file can have all the words: quick, and never wrong when it says no."""
        if "\\" in text:
            return True
        if _letters().others.search(text):
            folded = text.translate(_FOLDS)
            return all(word in folded for word in self.folded)
        return all(spelling.search(text) for spelling in self.spellings)

    def hit(self, record_id: str, data: Any) -> Hit | None:
        """Return where a record has the words; None if one of them stands nowhere in it."""
        missing = set(self.folded)
        best: tuple[int, int, Hit] | None = None
        for field, text in (("id", record_id), *_texts(data, "")):
            folded = fold(text)
            here = {word for word in self.folded if word in folded}
            if not here:
                continue
            missing -= here
            rank = (field.partition(".")[0] not in _NAMES) + 2 * (not here.issubset(folded.split()))
            if best is None or (-len(here), rank) < best[:2]:
                best = (-len(here), rank, Hit(field, _snippet(text, here), rank))
        return best[2] if best is not None and not missing else None


def words_of(texts: Sequence[str]) -> Words:
    """Return what to look for from the words typed; every one of them must be found."""
    folded = tuple(dict.fromkeys(word for text in texts for word in fold(text).split()))
    return Words(folded, tuple(_spelling(word) for word in folded))


class _Letters(NamedTuple):
    """Folded letter: those that are folded to it; those that vanish; and a pattern of those that are not looked at."""

    variants: Mapping[str, str]
    vanishing: str
    others: re.Pattern[str]


@cache
def _letters() -> _Letters:
    variants: dict[str, str] = {}
    vanishing, known = "", ""
    for code in (code for first, last in _USUAL for code in range(first, last + 1)):
        letter = chr(code)
        folded = fold(f"a{letter}a")[1:-1]
        if len(folded) > 1:
            continue
        known += letter
        if not folded:
            vanishing += letter
        elif folded != " ":
            variants[folded] = variants.get(folded, "") + letter
    return _Letters(variants, vanishing, re.compile(f"[^{re.escape(known)}]"))


_USUAL = ((0x09, 0x0D), (0x20, 0x7E), (0xA0, 0x17F), (0x600, 0x6FF), (0x2010, 0x2027), (0x2030, 0x203A))
"""Letters and signs of English, French and Arabic, which nearly all texts are made of."""


def _spelling(word: str) -> re.Pattern[str]:
    letters = _letters()
    between = f"[{re.escape(letters.vanishing)}]*"
    return re.compile(between.join(f"[{re.escape(letters.variants.get(one, one))}]" for one in word))


def _texts(data: Any, field: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a record with the names of the fields that lead to it."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, f"{field}.{key}" if field else key)
    elif isinstance(data, list):
        for item in data:
            step = item.get("id") if isinstance(item, dict) else None
            yield from _texts(item, f"{field}.{step}" if isinstance(step, str) else field)
    else:
        yield field, str(data)


def _snippet(text: str, folded: set[str]) -> str:
    """The stretch of a text around the first of the words, broken at spaces."""
    words = text.split()
    at = next((n for n, word in enumerate(words) if any(one in fold(word) for one in folded)), 0)
    first, last, room = at, at + 1, SNIPPET - len(words[at]) if words else 0
    while room > 0 and (first > 0 or last < len(words)):
        if first > 0 and (at - first <= last - at or last == len(words)):
            first -= 1
            room -= len(words[first]) + 1
        else:
            last += 1
            room -= len(words[last - 1]) + 1
    return ("… " if first else "") + " ".join(words[first:last]) + (" …" if last < len(words) else "")


class _Folds(dict[int, str | None]):
    """Folds a text letter by letter, as `fold` does the whole of it; what it needs is worked out when it is met."""

    def __missing__(self, code: int) -> str | None:
        folded = fold(f"a{chr(code)}a")[1:-1] or None
        self[code] = folded
        return folded


_FOLDS = _Folds()

"""Names of places that do not exist, in Latin and Arabic letters.

A name is made of three syllables, of which the third follows from the others, so that two names share at most one
syllable in the same place: no two partners can be taken for the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

_ONSETS: Final = (
    *(("b", "ب"), ("t", "ت"), ("j", "ج"), ("d", "د"), ("r", "ر"), ("z", "ز"), ("s", "س"), ("sh", "ش"), ("f", "ف")),
    *(("k", "ك"), ("l", "ل"), ("m", "م"), ("n", "ن"), ("h", "ه"), ("kh", "خ"), ("gh", "غ"), ("q", "ق")),
)
_VOWELS: Final = (("a", "ا"), ("i", "ي"), ("u", "و"))
_CODAS: Final = (("", ""), ("n", "ن"), ("r", "ر"))
_PRIME: Final = 149
_SYLLABLES: Final = [
    (onset + vowel + coda, arabic_onset + arabic_vowel + arabic_coda)
    for coda, arabic_coda in _CODAS
    for vowel, arabic_vowel in _VOWELS
    for onset, arabic_onset in _ONSETS
][:_PRIME]
_UNSEEMLY: Final = (
    "dik",
    "fuk",
    "haram",
    "jihad",
    "kafir",
    "khar",
    "kun",
    "kus",
    "mad",
    "nazi",
    "nig",
    "nik",
    "shit",
    "zib",
)


class Place(NamedTuple):
    """A place that does not exist."""

    latin: str
    arabic: str

    @property
    def slug(self) -> str:
        """Its name as ids write it."""
        return self.latin.lower().replace(" ", "-")

    @property
    def short(self) -> str:
        """Its first two syllables in capitals, as acronyms write them; no other place has the same."""
        return "".join(word[: -_tail(word)] for word in self.latin.split(" ")).upper()


def _tail(word: str) -> int:
    """The length of the last syllable of a word: from its onset on."""
    at = max(word.rfind(vowel) for vowel in "aiu") - 1
    return len(word) - (at - 1 if word[at - 1 : at + 1] in ("sh", "kh", "gh") else at)


def places() -> Iterator[Place]:
    """Yield places without end; after the first 20,000 their names are of two words."""
    seconds: list[Place] = []
    for place in _words():
        seconds.append(place)
        yield place
    for second in seconds:
        for first in _words():
            yield Place(f"{first.latin} {second.latin}", f"{first.arabic} {second.arabic}")


def _words() -> Iterator[Place]:
    for number in range(_PRIME * _PRIME):
        row, column = divmod(number, _PRIME)
        first, second = 31 * column + 17, 58 * column + 41 * row + 104
        chosen = [_SYLLABLES[at % _PRIME] for at in (first, second, first + second)]
        latin = "".join(syllable[0] for syllable in chosen)
        if not any(word in latin for word in _UNSEEMLY):
            yield Place(latin.capitalize(), "".join(syllable[1] for syllable in chosen))

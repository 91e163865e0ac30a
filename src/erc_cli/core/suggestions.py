"""Did you mean: the nearest of many words, at a cost that is bounded however many words are wrong."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_FEW = 300
"""So many words are compared all; of more only those that begin alike and are about as long."""

_MOST_COMPARISONS = 20_000
"""After so many no more suggestions are made: about half a second."""


class Suggestions:
    """Words to suggest. It remembers what it was asked, so one is made for each run of a rule."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = list(words)
        self._by_beginning: dict[str, list[str]] = {}
        self._left = _MOST_COMPARISONS
        self._known: dict[str, str | None] = {}
        if len(self._words) > _FEW:
            for word in self._words:
                self._by_beginning.setdefault(_beginning(word), []).append(word)

    def nearest(self, word: str) -> str | None:
        """Return the word that `word` was probably meant to be, or None."""
        if word not in self._known:
            self._known[word] = self._search(word)
        return self._known[word]

    def _search(self, word: str) -> str | None:
        candidates = self._words
        if len(candidates) > _FEW:
            begun = self._by_beginning.get(_beginning(word), [])
            candidates = [other for other in begun if abs(len(other) - len(word)) <= 2]
        if self._left < len(candidates) or len(word) > 200:
            return None
        self._left -= len(candidates)
        near = get_close_matches(word, candidates, 1)
        return near[0] if near else None


def _beginning(word: str) -> str:
    return word[:2]


class AddressSuggestions:
    """Addresses of records to suggest: of the same folder, by their ids."""

    def __init__(self, addresses: Iterable[str]) -> None:
        ids: dict[str, list[str]] = {}
        for address in addresses:
            folder, _, record_id = address.partition("/")
            ids.setdefault(folder, []).append(record_id)
        self._by_folder = {folder: Suggestions(words) for folder, words in ids.items()}

    def nearest(self, address: str) -> str | None:
        """Return the address that `address` was probably meant to be, or None."""
        folder, _, record_id = address.partition("/")
        near = self._by_folder[folder].nearest(record_id) if folder in self._by_folder else None
        return f"{folder}/{near}" if near else None


def short(text: str) -> str:
    """Return `text` as messages quote it: cut where it is long."""
    return text if len(text) <= 80 else text[:77] + "..."

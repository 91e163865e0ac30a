"""Who is meant by a name in a cell: partners by all their names, and other records by title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Final

from erc_cli.core.alike import NATIONAL, key_of_name
from erc_cli.core.house import House, text_of
from erc_cli.core.importing.values import UnclearError, clean, comma_pieces, pieces
from erc_cli.core.slugs import slug_of
from erc_cli.core.suggestions import Suggestions
from erc_cli.core.text import fold, pick

_JOINTS: Final = re.compile(r"\s*(?:[,،/&+]|\s-\s|\sand\s|\set\s)\s*", re.IGNORECASE)
"""What may stand between parties that are all known; a name can have it in it as well."""


_SLIP: Final = 0.9
"""How like two names are, from 0 to 1, of which one may be a slip of the other."""


class Partners:
    """The partners on file and those to be added, by name. The own organisation is among them, by its bare id."""

    def __init__(self, records: Mapping[str, Mapping[str, Any]], house: House) -> None:
        self._house = house
        self._exact: dict[str, list[str]] = {}
        self._alike: dict[str, list[str]] = {}
        self._identifiers: dict[tuple[str, str], str] = {}
        self._data: dict[str, Mapping[str, Any]] = {}
        self._at_first: tuple[int, Suggestions] | None = None
        if house.organisation:
            own = {"name": house.names.get(house.organisation, {})}
            self.add(house.organisation, own)
        for address, data in records.items():
            self.add(address, data)

    def add(self, address: str, data: Mapping[str, Any]) -> None:
        """Let a partner be found, also by names that it did not have before."""
        self._data[address] = data
        names = list((text_of(data.get("name"), self._house.languages) or {}).values())
        names += [one for one in data.get("aliases", ()) if isinstance(one, str)]
        short = list((text_of(data.get("acronyms"), self._house.languages) or {}).values())
        for key in {address, address.rpartition("/")[2], *map(fold, names), *map(_squeezed, short)}:
            _note(self._exact, key, address)
        for key in {key_of_name(name) for name in names}:
            _note(self._alike, key, address)
        for item in data.get("identifiers", ()):
            if isinstance(item, Mapping):
                self._identifiers[str(item.get("scheme")).casefold(), str(item.get("value")).casefold()] = address

    def named(self, text: str) -> list[str]:
        """Return who has exactly this id, name, alias or acronym, but for case, accents and signs."""
        key = fold(text)
        return self._exact.get(text.strip()) or self._exact.get(key) or self._exact.get(_squeezed(text)) or []

    def alike(self, text: str) -> list[str]:
        """Return who has a name of the same words, in another order or with other small ones, or an id made of it."""
        own_id = f"partners/{slug_of(text)}"
        found = self._alike.get(key_of_name(text), [])
        return [*found, own_id] if own_id in self._data and own_id not in found else found

    def identified(self, scheme: str, value: str) -> str | None:
        """Return who is known under a number."""
        return self._identifiers.get((scheme.casefold(), value.casefold()))

    def is_abroad(self, address: str, data: Mapping[str, Any]) -> bool:
        """Whether a national body is meant and this one is of another country."""
        has, asked = self._data[address], data.get("country")
        country = has.get("country")
        return bool(asked and country and asked != country) and NATIONAL.issuperset(
            {has.get("category"), data.get("category", has.get("category"))}
        )

    def said(self, address: str, language: str) -> str:
        """Return an address with the name, for people."""
        name = pick(text_of(self._data[address].get("name"), self._house.languages), language, self._house.languages)
        return f"{address} ({name})" if name else address

    def names(self, address: str) -> Mapping[str, str]:
        """Return the names of a partner or the own organisation by language."""
        return text_of(self._data[address].get("name"), self._house.languages) or {}

    def nearest(self, text: str) -> str | None:
        """Return whose name is spelled nearly so."""
        near = self._nearest(fold(text))
        return self._exact[near][0] if near else None

    def nearly_named(self, text: str) -> str | None:
        """Return whose name differs in a few letters and no digit: very likely a slip."""
        folded = fold(text)
        near = self._nearest(folded)
        if near is None or _digits(near) != _digits(folded) or SequenceMatcher(None, near, folded).ratio() < _SLIP:
            return None
        return self._exact[near][0]

    def _nearest(self, folded: str) -> str | None:
        """The nearest name: of those on file at first, else of those that came since."""
        keys = list(self._exact)
        if self._at_first is None:
            self._at_first = (len(keys), Suggestions(keys))
        count, suggestions = self._at_first
        return suggestions.nearest(folded) or Suggestions(keys[count:]).nearest(folded)

    def split(self, text: str) -> list[str]:
        """Return the names in a cell: between semicolons, bars and lines; between commas only where all are known.

        Raises UnclearError where some of what commas separate is known and some is not.
        """
        if self.named(clean(text)):
            return [clean(text)]
        found = []
        for piece in pieces(text):
            parts = [part for part in map(clean, _JOINTS.split(piece)) if part]
            if self.named(piece) or self.alike(piece) or len(parts) < 2:
                found.append(piece)
            elif all(map(self.named, parts)):
                found += parts
            else:
                _refuse_half(piece, [part for part in comma_pieces(piece) if self.named(part)])
                found.append(piece)
        return found


def _digits(text: str) -> list[str]:
    return [character for character in text if character.isdigit()]


def _refuse_half(piece: str, known: Sequence[str]) -> None:
    if known:
        raise UnclearError(
            f"{piece}: {', '.join(known)} is on file, the whole is not: "
            "write ; between parties, or add the partner first"
        )


def _note(index: dict[str, list[str]], key: str, address: str) -> None:
    if key and address not in index.setdefault(key, []):
        index[key].append(address)


def _squeezed(text: str) -> str:
    return "".join(fold(text).split())


def titles(records: Mapping[str, Mapping[str, Any]], languages: tuple[str, ...]) -> dict[str, list[str]]:
    """Return ids, addresses and folded names or titles of records, to their addresses."""
    found: dict[str, list[str]] = {}
    for address, data in records.items():
        for key in keys_of(address, data, languages):
            _note(found, key, address)
    return found


def keys_of(address: str, data: Mapping[str, Any], languages: tuple[str, ...]) -> Iterable[str]:
    """Return what a record is found by."""
    texts = [data.get("name") or data.get("title"), *_list(data.get("also_titled"))]
    names = [name for text in texts for name in (text_of(text, languages) or {}).values()]
    return {address, address.rpartition("/")[2], *map(fold, names)}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []

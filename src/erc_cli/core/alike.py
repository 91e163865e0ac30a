"""Partners that may be on file twice: what they share, found in one pass over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, Literal, NamedTuple

from erc_cli.core.records.partner import Identifier, Partner
from erc_cli.core.text import fold, fold_all

_SMALL_WORDS: Final = (
    frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "inc", "ltd", "llc"})
    | frozenset({"de", "des", "du", "d", "l", "la", "le", "les", "et", "en", "pour", "au", "aux", "un", "une"})
    | frozenset({"في", "من", "على", "و"})
)
"""Words that two spellings of one name differ in."""

_MOST: Final = 6
"""So many of those that share something are compared with each other one; more is a word that everybody uses."""

_LONGEST_ACRONYM: Final = 16
"""A name of so many characters may be an acronym with points or spaces."""

NATIONAL: Final = frozenset({"national-commission", "national-authority"})
"""Categories of which every country may have one of the same name."""

Sharing = Literal["name", "acronym", "identifier"]


class Alike(NamedTuple):
    """Two partners that may be the same, `earlier` and `later` by id, and what they share."""

    earlier: Partner
    later: Partner
    sharing: Sharing
    shared: str


def key_of_name(name: str) -> str:
    """Return what spellings of one name have in common: its words but the small ones, folded, in any order.

    Letters with points or spaces between them are one word: `O.I.C.` is `OIC`. British and American spellings of
    organizations and centers are the same.
    """
    words = _words(fold(name))
    return " ".join(sorted(word for word in words if word not in _SMALL_WORDS) or words)


def _words(folded: str) -> list[str]:
    words = folded.split()
    if len(words) > 1 and max(map(len, words)) == 1:
        return ["".join(words)]
    return [_american(word) for word in words]


def _american(word: str) -> str:
    return word.replace("isation", "ization").replace("centre", "center")


def alike(partners: Iterable[Partner]) -> Iterator[Alike]:
    """Yield the pairs of partners that may be the same, each once, by the id of the later one.

    They share a name or alias, an acronym or an identifier, as `key_of_name` compares them. Not those that are said
    to be distinct or to succeed one another, nor national bodies of different countries. An acronym that more than
    two have is telling only where the names are alike too, and none is between partners of different countries.
    """
    found: dict[tuple[str, str], Alike] = {}
    names, acronyms, identifiers = _index(_roughly_alike(list(partners)))
    for key, holders in names.items():
        _pair(found, holders, "name", key)
    for key, holders in acronyms.items():
        called = [holder for holder in names.get(key, ()) if holder not in holders]
        _pair(found, sorted([*holders, *called], key=_id), "acronym", key, is_common=len(holders) + len(called) > 2)
    for key, holders in identifiers.items():
        _pair(found, holders, "identifier", key)
    yield from sorted(found.values(), key=lambda pair: (pair.later.id, pair.earlier.id))


class _Weights(dict[str, int]):
    """Word: a number for it; 0 for small ones."""

    def __missing__(self, word: str) -> int:
        self[word] = weight = 0 if word in _SMALL_WORDS else hash(_american(word))
        return weight


def _roughly_alike(partners: Sequence[Partner]) -> list[Partner]:
    """Return those partners that share something with another, and perhaps a few more.

    A name is the sum of the numbers of its words. That takes a fraction of the time of the exact comparison, which is
    left for these few.
    """
    names: list[str] = []
    acronyms: list[str] = []
    owners: list[int] = []
    owners_of_acronyms: list[int] = []
    shared: dict[object, int] = {}
    found: set[int] = set()
    for number, partner in enumerate(partners):
        if not partner.anonymous:
            mine = [*partner.name.values(), *partner.aliases]
            names += mine
            owners += [number] * len(mine)
            short = [name for name in mine if len(name) <= _LONGEST_ACRONYM]
            if partner.acronyms:
                short += partner.acronyms.values()
            acronyms += short
            owners_of_acronyms += [number] * len(short)
        for identifier in partner.identifiers:
            first = shared.setdefault(identifier.value.casefold(), number)
            if first != number:
                found.update((first, number))
    weight = _Weights().__getitem__
    keys = chain(
        (sum(map(weight, line.split())) or line for line in fold_all(names)),
        (weight("".join(line.split())) for line in fold_all(acronyms)),
    )
    for key, number in zip(keys, chain(owners, owners_of_acronyms), strict=True):
        first = shared.setdefault(key, number)
        if first != number:
            found.update((first, number))
    return [partners[number] for number in sorted(found)]


def _value_of(identifier: Identifier) -> str:
    return f"{identifier.scheme} {identifier.value}".casefold()


def _id(partner: Partner) -> str:
    return partner.id


_Index = dict[str, list[Partner]]


def _index(partners: Iterable[Partner]) -> tuple[_Index, _Index, _Index]:
    names: _Index = {}
    acronyms: _Index = {}
    identifiers: _Index = {}
    for partner in partners:
        if not partner.anonymous:
            for key in {key_of_name(name) for name in (*partner.name.values(), *partner.aliases)}:
                names.setdefault(key, []).append(partner)
            for key in {"".join(fold(acronym).split()) for acronym in (partner.acronyms or {}).values()}:
                acronyms.setdefault(key, []).append(partner)
        for identifier in partner.identifiers:
            identifiers.setdefault(_value_of(identifier), []).append(partner)
    return names, acronyms, identifiers


def _pair(
    found: dict[tuple[str, str], Alike], holders: list[Partner], sharing: Sharing, key: str, is_common: bool = False
) -> None:
    if len(holders) < 2 or not key:
        return
    for number, later in enumerate(holders):
        for earlier in holders[: min(number, _MOST)]:
            pair = (earlier.id, later.id)
            if pair not in found and not _is_distinct(earlier, later, sharing, is_common):
                found[pair] = Alike(earlier, later, sharing, key)


def _is_distinct(one: Partner, other: Partner, sharing: Sharing, is_common: bool) -> bool:
    if other.address in one.distinct_from or one.address in other.distinct_from:
        return True
    if one.succeeds == other.address or other.succeeds == one.address:
        return True
    abroad = one.country is not None and other.country is not None and one.country != other.country
    if sharing == "name":
        return abroad and NATIONAL.issuperset((one.category, other.category))
    return sharing == "acronym" and (abroad or (is_common and not _have_similar_names(one, other)))


def _have_similar_names(one: Partner, other: Partner) -> bool:
    """Whether they share at least half of the words of their names in a language."""
    for language in one.name.keys() & other.name.keys():
        words = [set(key_of_name(partner.name[language]).split()) for partner in (one, other)]
        if 2 * len(words[0] & words[1]) >= len(words[0] | words[1]):
            return True
    return False

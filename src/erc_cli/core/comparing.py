"""Two states of a record, or of all: what is different, field by field, in the order of the data format.

Records are compared as their files have them, before anything is made of the values, so that what is wrong can be
compared as well. Items of lists are paired by their keys, then by what they were called before (`formerly`); their
order says nothing. A list of plain values, such as an agenda, is one value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from erc_cli.core.records.base import Part, key_of
from erc_cli.core.records.kinds import model_of
from erc_cli.core.records.shape import FieldShape, field_by_key

Data = str | Mapping[str, Any] | Sequence[Any]
"""What stands in a file: a text, a mapping, or a list."""


class Change(NamedTuple):
    """One difference: the way to it, and what was there before and is there after, None for nothing.

    Where an item has another key now, the way is that of after, and `was` the one of before. An item that came or went
    is one change, with all that it holds.
    """

    path: tuple[str, ...]
    before: Any
    after: Any
    was: tuple[str, ...] | None = None

    @property
    def field(self) -> str:
        """The way with dots, as addresses write it; empty for the record as a whole."""
        return ".".join(self.path)


def compare(
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    model: type[Part],
    renames: Mapping[str, str] | None = None,
) -> list[Change]:
    """Return what differs between two states of a record; one change where it was not there before, or is gone.

    `renames` are addresses of records by their former ones: an item that is known by such an address stays the same.
    """
    if before is None or after is None:
        return [] if before is after else [Change((), before, after)]
    return list(_Comparison(renames or {}).mappings(before, after, model, (), ()))


class _Comparison:
    def __init__(self, renames: Mapping[str, str]) -> None:
        self._renames = renames

    def mappings(
        self,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        model: type[Part] | None,
        path: tuple[str, ...],
        was: tuple[str, ...],
    ) -> Iterator[Change]:
        known = field_by_key(model) if model is not None else {}
        keys = [key for key in known if key in before or key in after]
        keys += [key for key in (*after, *before) if key not in known]
        for key in dict.fromkeys(keys):
            here, there = (*path, key), (*was, key)
            yield from self._values(before.get(key), after.get(key), known.get(key), here, there)

    def _values(
        self, before: Any, after: Any, field: FieldShape | None, path: tuple[str, ...], was: tuple[str, ...]
    ) -> Iterator[Change]:
        if before == after:
            return
        inner = field.models[0] if field is not None and field.models else None
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from self.mappings(before, after, inner, path, was)
        elif _is_keyed(before, inner) and _is_keyed(after, inner) and inner is not None:
            yield from self._items(before or [], after or [], inner, path, was)
        elif isinstance(before, Mapping) and after is None and inner is None:
            yield from self.mappings(before, {}, None, path, was)
        elif isinstance(after, Mapping) and before is None and inner is None:
            yield from self.mappings({}, after, None, path, was)
        else:
            yield Change(path, before, after, was if was != path else None)

    def _items(
        self,
        before: Sequence[Mapping[str, Any]],
        after: Sequence[Mapping[str, Any]],
        model: type[Part],
        path: tuple[str, ...],
        was: tuple[str, ...],
    ) -> Iterator[Change]:
        old = {str(key_of(model, item)): item for item in before}
        new = {str(key_of(model, item)): item for item in after}
        former = {name: key for key, item in new.items() for name in _former(item) if name in old and name not in new}
        former |= {name: now for name in old if name not in new and (now := self._renames.get(name, "")) in new}
        renamed = {key: name for name, key in former.items() if key not in old}
        for key, item in new.items():
            name = renamed.get(key, key)
            if name in old:
                yield from self.mappings(old[name], item, model, (*path, key), (*was, name))
            else:
                yield Change((*path, key), None, item)
        for key, item in old.items():
            if key not in new and key not in renamed.values():
                yield Change((*was, key), item, None)


def _is_keyed(value: Any, model: type[Part] | None) -> bool:
    """Whether a value is nothing, or a list of items each of which has a key of its own."""
    if value is None:
        return True
    if model is None or not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        return False
    keys = [key_of(model, item) for item in value]
    return None not in keys and len(set(keys)) == len(keys)


def _former(item: Mapping[str, Any]) -> list[str]:
    held = item.get("formerly")
    return [name for name in held if isinstance(name, str)] if isinstance(held, list) else []


# --- whole registers ----------------------------------------------------------------------------------------


class Pair(NamedTuple):
    """A record on both sides: its address before and after, None where it is not there, and what its file holds.

    Data is None, too, where a file cannot be read; `is_there` tells the two apart.
    """

    before: str | None
    after: str | None
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None
    renames: Mapping[str, str] = {}
    """Addresses of records by their former ones."""

    @property
    def address(self) -> str:
        """Its address now, else the one it had."""
        return self.after or self.before or ""

    @property
    def model(self) -> type[Part]:
        """The model of its type."""
        return model_of(self.address.split("/")[0])

    @property
    def changes(self) -> list[Change]:
        """What differs. Empty where one of the files is there and cannot be read."""
        if (self.before and self.old is None) or (self.after and self.new is None):
            return []
        return compare(self.old, self.new, self.model, self.renames)


def pairs(before: Mapping[str, Mapping[str, Any] | None], after: Mapping[str, Mapping[str, Any] | None]) -> list[Pair]:
    """Return the records of two sides, paired by address, then by what they were called before; by address.

    Each side maps addresses to what the files hold, None where they cannot be read.
    """
    gone = {address for address in before if address not in after}
    former: dict[str, str] = {}
    for address, data in after.items():
        for name in reversed(_former(data)) if data and address not in before else ():
            was = f"{address.split('/')[0]}/{name}"
            if was in gone and was not in former.values():
                former[address] = was
                break
    found = []
    renames = {old: new for new, old in former.items()}
    for address, data in after.items():
        old = former.get(address, address)
        found.append(Pair(old if old in before else None, address, before.get(old), data, renames))
    taken = set(former.values())
    found += [Pair(address, None, before[address], None) for address in gone if address not in taken]
    return sorted(found, key=lambda pair: pair.address)

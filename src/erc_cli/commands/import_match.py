"""Which record a row is about: by its id, its identifier, its name; or its title, parties or project, and year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from erc_cli.commands.import_cells import Cells, Options, Row
from erc_cli.commands.import_names import keys_of
from erc_cli.core.house import House, text_of
from erc_cli.core.importing.heading_names import SIGNED
from erc_cli.core.importing.records import Value, composed, held
from erc_cli.core.importing.table import Fault
from erc_cli.core.importing.titles import titles_of
from erc_cli.core.importing.values import UnclearError
from erc_cli.core.text import fold


class Match:
    """The records of a folder, those that rows made included, and how rows find them; `notes` is added to."""

    def __init__(self, folder: str, cells: Cells, house: House, options: Options, notes: list[Fault]) -> None:
        self._folder, self._partners, self._house, self._options = folder, cells.partners, house, options
        self._words, self._notes = cells.words, notes
        self._index: dict[str, list[str]] = {}
        self._by_parties: dict[frozenset[str], list[str]] = {}
        self.data: dict[str, Mapping[str, Any]] = {}
        self._on_file = frozenset(cells.records(folder))
        for address, data in cells.records(folder).items():
            self.note(address, data)

    def note(self, address: str, data: Mapping[str, Any]) -> None:
        """Let a record be found, also by what it did not say before."""
        self.data[address] = data
        for key in keys_of(address, data, self._house.languages):
            self._index.setdefault(key, []).append(address)
        parties = held(data, "parties")
        if parties is not None and self._folder == "agreements":
            self._by_parties.setdefault(frozenset(parties), []).append(address)

    def alike(self, name: str, at: str) -> str | None:
        """The one known partner whose name has the same words, where that is to be believed. Raises UnclearError."""
        alike = self._partners.alike(name)
        if not alike or self._options.alike == "new":
            return None
        if self._options.alike == "same" and len(alike) == 1:
            self._notes.append(Fault(at, f"{name} is taken for {self._partners.said(alike[0], 'en')}"))
            return alike[0]
        said = " or ".join(self._partners.said(one, "en") for one in alike)
        raise UnclearError(f"{name} may be {said}: write its id, or say --alike same or --alike new for all such names")

    def meant(self, told: Row, at: str) -> str | None:
        """Return the address of the record that a row is about; None for a new one. Raises UnclearError."""
        given = told.get("id")
        if given is not None:
            address = f"{self._folder}/{given.value}"
            return address if address in self.data else None
        if self._folder == "partners":
            return self._meant_partner(told, at)
        titles = _titles(told)
        if titles:
            found = [address for title in titles for address in self._index.get(fold(title), ())]
        elif "parties" in told:
            found = self._by_parties.get(frozenset(told["parties"].value), [])
        else:
            raise UnclearError("the row has no title and no id: it is not known what it is about")
        found = [address for address in dict.fromkeys(found) if self._is_with(self.data[address], told)]
        exact = [address for address in found if self._is_exactly(self.data[address], told)]
        near = [address for address in found if address in self._on_file and self._may_be(self.data[address], told)]
        if near and not exact and not titles and self._when not in told:
            raise UnclearError(f"the row may be about {' or '.join(near)}: give it a year, a title or an id")
        fitting = exact or near
        if len(fitting) > 1:
            raise UnclearError(f"the row may be about {' or '.join(fitting)}: give it an id column")
        return fitting[0] if fitting else None

    def _meant_partner(self, told: Row, at: str) -> str | None:
        data = composed({field: one.value for field, one in told.items()})
        for item in data.get("identifiers", ()):
            if known := self._partners.identified(item["scheme"], item["value"]):
                return known
        names = [str(one.value) for field, one in told.items() if field.startswith("name.")]
        if not names:
            raise UnclearError("the row has no name and no id: it is not known what it is about")
        own, partners = self._house.organisation, self._partners
        found = dict.fromkeys(
            one for name in names for one in partners.named(name) if not partners.is_abroad(one, data)
        )
        if own in found:
            raise UnclearError(f"{names[0]} is the own organisation, which is no partner")
        if len(found) > 1:
            raise UnclearError(f"the row may be about {' or '.join(found)}: give it an id column")
        if found:
            return next(iter(found))
        for name in names:
            if not all(partners.is_abroad(one, data) for one in partners.alike(name)):
                return self.alike(name, at)
        return None

    def _is_with(self, data: Mapping[str, Any], told: Row) -> bool:
        """Whether a record has the parties and the project of a row, as far as it names them."""
        return all(
            field not in told or _are_same_set(held(data, field) or (), told[field].value)
            for field in ("parties", "project")
        )

    def _is_exactly(self, data: Mapping[str, Any], told: Row) -> bool:
        """Whether a record is what this row makes: of the same year or none and, without a title, of the same kind."""
        row = told.get(self._when)
        if self._year(data) != (str(row.value)[:4] if row is not None else None):
            return False
        return bool(_titles(told)) or (self._is_untitled(data) and held(data, "kind") == _kind(told, "unspecified"))

    def _may_be(self, data: Mapping[str, Any], told: Row) -> bool:
        """Whether a record that was there before can be meant, though one of the two says less than the other."""
        row, has = told.get(self._when), self._year(data)
        if row is not None and has != str(row.value)[:4] and (has is not None or not _titles(told)):
            return False
        return bool(_titles(told)) or held(data, "kind") == _kind(told, held(data, "kind"))

    def _is_untitled(self, data: Mapping[str, Any]) -> bool:
        """Whether an agreement has no title of its own, but one made of kind, parties and year."""
        others = [one for one in held(data, "parties") or () if one != self._house.organisation]
        names = [self._partners.names(one) for one in others]
        made = titles_of(str(data.get("kind")), names, self._year(data) or "", self._house.languages, self._words)
        return bool(made.items() & (text_of(data.get("title"), self._house.languages) or {}).items())

    @property
    def _when(self) -> str:
        """The field whose year tells records of one title apart."""
        return SIGNED if self._folder == "agreements" else "planned.start"

    def _year(self, data: Mapping[str, Any]) -> str | None:
        """The year that tells records apart; none where it is but the day that `--signed-before` gives."""
        days = [party.get("signed_on") for party in data.get("parties", ()) if isinstance(party, Mapping)]
        if not any(days) and data.get("signed_before") == self._options.signed_before != "":
            return None
        has = held(data, self._when)
        return str(has)[:4] if has is not None else None


def _kind(told: Row, otherwise: Value | None) -> Value | None:
    return told["kind"].value if "kind" in told else otherwise


def _titles(told: Row) -> list[str]:
    return [str(one.value) for field, one in told.items() if field.startswith("title.")]


def _are_same_set(has: Value, value: Value) -> bool:
    return set(has) == set(value) if isinstance(has, tuple) else has == value

"""From rows to records: which record a row is about, and what it adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from erc_cli.commands.import_cells import PARTIES, Cells, Options, Row, Told
from erc_cli.commands.import_names import Partners, keys_of
from erc_cli.commands.import_words import ONE
from erc_cli.core.house import House
from erc_cli.core.importing.heading_names import SIGNED
from erc_cli.core.importing.headings import language_of
from erc_cli.core.importing.records import Difference, Step, Value, composed, held, is_same, put, steps
from erc_cli.core.importing.table import Fault
from erc_cli.core.importing.values import UnclearError
from erc_cli.core.slugs import free_id, proposed_id, slug_of
from erc_cli.core.text import fold
from erc_cli.core.words import Words

_NAME: Final = {"partners": "name", "agreements": "title", "activities": "title"}


class Records:
    """The records of a folder as they are and as rows make them: `new` ones, `steps` on those on file, what to say."""

    def __init__(self, folder: str, cells: Cells, house: House, options: Options, languages: Sequence[Words]) -> None:
        self._folder, self._cells, self._house, self._options = folder, cells, house, options
        self._words = {words.language: words for words in languages}
        self._index: dict[str, list[str]] = {}
        self._by_parties: dict[frozenset[str], list[str]] = {}
        self._data: dict[str, Mapping[str, Any]] = dict(cells.records(folder))
        self._taken = {address for name in {folder, "partners"} for address in cells.records(name)}
        self._taken |= {
            f"{name}/{one}" for name in {folder, "partners"} for one in _former(cells.records(name).values())
        }
        for address, data in self._data.items():
            self._note(address, data)
        self.new: dict[str, dict[str, Any]] = {}
        self.steps: list[Step] = []
        self.notes: list[Fault] = []
        self.faults: list[Fault] = []
        self.places: dict[str, dict[str, str]] = {}
        """Address: field: the cell that gave it; the row itself at ''."""

    @property
    def _partners(self) -> Partners:
        return self._cells.partners

    def take(self, row: Row, at: str) -> None:
        """Take a row: a new record, an addition to one, or nothing that was not known. Faults and notes are kept."""
        try:
            told = self._resolved(row)
            address = self._meant(told, at)
        except UnclearError as error:
            self.faults.append(Fault(at, str(error)))
            return
        if told is None:
            return
        values = {field: one.value for field, one in told.items()}
        if address is None:
            self._add(values, told, at)
        elif address in self.new:
            self._add_to_new(address, values, told, at)
        else:
            self._change(address, values, told, at)

    def _resolved(self, row: Row) -> Row | None:
        """The row with addresses in place of names of partners; None where one of them is not clear."""
        told, count = dict(row), len(self.faults)
        for field in PARTIES & row.keys():
            cell = row[field]
            found = []
            for name in cell.value:
                try:
                    found.append(self._partner(name, cell, with_own=field != "partners"))
                except UnclearError as error:
                    self.faults.append(Fault(cell.at, str(error)))
            own = [self._house.organisation] if field == "parties" else []
            told[field] = Told(tuple(dict.fromkeys([*own, *found])), cell.at)
        return told if len(self.faults) == count else None

    def _partner(self, name: str, cell: Told, *, with_own: bool) -> str:
        found = [one for one in self._partners.named(name) if with_own or one != self._house.organisation]
        if len(found) > 1:
            raise UnclearError(f"{name} is what {' and '.join(found)} are called: write the id")
        if found:
            return found[0]
        alike = self._alike(name, cell.at)
        if alike:
            return alike
        if not self._options.add_partners:
            near = self._partners.nearest(name)
            hint = f"did you mean {self._partners.said(near, 'en')}? " if near else ""
            raise UnclearError(
                f"no partner is called {name}: {hint}--add-partners CATEGORY adds those that are not on file"
            )
        if near := self._partners.nearly_named(name):
            said = self._partners.said(near, "en")
            self.notes.append(Fault(cell.at, f"{name} is added; mind that {said} is called nearly so"))
        language = self._language(name, cell)
        data = {"name": {language: name}, "category": self._options.add_partners}
        return self._insert("partners", data, {"": cell.at, "name": cell.at})

    def _language(self, name: str, cell: Told) -> str:
        return language_of(name, cell.language, self._house.languages, self._options.texts_in)

    def _alike(self, name: str, at: str) -> str | None:
        """The one known partner whose name has the same words, where that is to be believed. Raises UnclearError."""
        alike = self._partners.alike(name)
        if not alike or self._options.alike == "new":
            return None
        if self._options.alike == "same" and len(alike) == 1:
            self.notes.append(Fault(at, f"{name} is taken for {self._partners.said(alike[0], 'en')}"))
            return alike[0]
        said = " or ".join(self._partners.said(one, "en") for one in alike)
        raise UnclearError(f"{name} may be {said}: write its id, or say --alike same or --alike new for all such names")

    # --- which record is meant -------------------------------------------------------------------------------

    def _meant(self, told: Row | None, at: str) -> str | None:
        """The address of the record that a row is about; None for a new one. Raises UnclearError."""
        if told is None:
            return None
        given = told.get("id")
        if given is not None:
            address = f"{self._folder}/{given.value}"
            return address if address in self._data else None
        if self._folder == "partners":
            return self._meant_partner(told, at)
        name = _NAME[self._folder]
        found = dict.fromkeys(
            address
            for field, one in told.items()
            if field.startswith(f"{name}.")
            for address in self._index.get(fold(str(one.value)), ())
        )
        if not found and not any(field.startswith(f"{name}.") for field in told):
            parties = told.get("parties")
            if parties is None:
                raise UnclearError(f"the row has no {name} and no id: it is not known what it is about")
            found = dict.fromkeys(self._by_parties.get(frozenset(parties.value), ()))
        fitting = [address for address in found if self._fits(self._data[address], told)]
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
                return self._alike(name, at)
        return None

    def _fits(self, data: Mapping[str, Any], told: Row) -> bool:
        """Whether parties, project, kind and year of a record and a row can be those of one thing."""
        for field in ("parties", "project"):
            has = held(data, field)
            if field in told and has is not None and not _are_same_set(has, told[field].value):
                return False
        if not any(field.startswith("title.") for field in told):
            has = held(data, "kind")
            if "kind" in told and has != told["kind"].value:
                return False
        field = SIGNED if self._folder == "agreements" else "planned.start"
        has = held(data, field)
        row = told.get(field)
        return row is None or has is None or str(has)[:4] == str(row.value)[:4]

    # --- what the row does -----------------------------------------------------------------------------------

    def _add(self, values: dict[str, Value], told: Row, at: str) -> None:
        if self._folder == "agreements":
            values = self._completed(values)
            if not any(field.startswith("title.") for field in values):
                self.faults.append(Fault(at, "a new agreement needs its parties or a title"))
                return
        data = composed(values)
        places = {"": at, **{field: one.at for field, one in told.items()}}
        wanted = str(values.get("id", ""))
        if wanted and f"{self._folder}/{wanted}" in self._taken:
            self.faults.append(Fault(told["id"].at, f"{wanted} was the id of a record that has another one now"))
            return
        self._insert(self._folder, data, places, wanted or self._id_of_untitled(values, told))

    def _id_of_untitled(self, values: Mapping[str, Value], told: Row) -> str:
        """The id of an agreement that has no title of its own: whom it is with, and its year; else empty."""
        if self._folder != "agreements" or any(field.startswith("title.") for field in told):
            return ""
        others = [one.rpartition("/")[2] for one in values["parties"] if one != self._house.organisation]
        wanted = slug_of(f"{' '.join(others)} {str(values.get(SIGNED, ''))[:4]}")
        return free_id(wanted, self._ids(self._folder))

    def _ids(self, folder: str) -> set[str]:
        """The ids that are or were in use in a folder."""
        return {one.rpartition("/")[2] for one in self._taken if one.startswith(f"{folder}/")}

    def _completed(self, values: dict[str, Value]) -> dict[str, Value]:
        """An agreement with the kind and title that every one has, from its parties and year."""
        values = {"kind": "unspecified", **values}
        if self._options.signed_before and SIGNED not in values:
            values.setdefault("signed_before", self._options.signed_before)
        if not any(field.startswith("title.") for field in values) and isinstance(values.get("parties"), tuple):
            values = {**self._title(values), **values}
        # the parties stand before what is known of their signatures
        return dict(sorted(values.items(), key=lambda one: one[0] == SIGNED))

    def _title(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """A title in each language of the plan in which all the others have a name: `Agreement with OIC (2004)`."""
        others = [one for one in values["parties"] if one != self._house.organisation]
        names = [self._partners.names(one) for one in others]
        titles: dict[str, Value] = {}
        for language in self._house.languages:
            if names and all(language in one for one in names):
                titles[f"title.{language}"] = self._title_in(language, [one[language] for one in names], values)
        if not titles and names:
            language = next(iter(names[0]))
            titles[f"title.{language}"] = self._title_in(language, [next(iter(one.values())) for one in names], values)
        return titles

    def _title_in(self, language: str, names: Sequence[str], values: Mapping[str, Value]) -> str:
        words = self._words.get(language) or Words()
        kind = str(values["kind"])
        what = words.value(kind)
        comma = "، " if words.is_right_to_left else ", "
        title = words("{what} with {parties}").replace("{what}", what[:1].upper() + what[1:], 1)
        title = words("Agreement with {parties}") if kind == "unspecified" else title
        year = f" ({str(values[SIGNED])[:4]})" if SIGNED in values else ""
        return title.replace("{parties}", comma.join(names), 1) + year

    def _insert(self, folder: str, data: dict[str, Any], places: dict[str, str], wanted: str = "") -> str:
        address = f"{folder}/{wanted or free_id(proposed_id(data), self._ids(folder))}"
        self._taken.add(address)
        self.new[address], self.places[address] = data, places
        if folder == self._folder:
            self._data[address] = data
            self._note(address, data)
        if folder == "partners":
            self._partners.add(address, data)
        return address

    def _note(self, address: str, data: Mapping[str, Any]) -> None:
        for key in keys_of(address, data, self._house.languages):
            self._index.setdefault(key, []).append(address)
        parties = held(data, "parties")
        if parties is not None and self._folder == "agreements":
            self._by_parties.setdefault(frozenset(parties), []).append(address)

    def _add_to_new(self, address: str, values: Mapping[str, Value], told: Row, at: str) -> None:
        """A row about a record that an earlier row made: it may add to it, not say something else."""
        data, added = self.new[address], False
        first = self.places[address][""]
        for field, value in values.items():
            has = held(data, field)
            if has is None:
                put(data, field, value)
                self.places[address][field] = told[field].at
                added = True
            elif not is_same(field, has, value) and not _differs_in_spelling(has, value):
                self.faults.append(
                    Fault(
                        told[field].at,
                        f"{field} is {_said(value)} here and {_said(has)} in {first}, for the same {self._one}",
                    )
                )
        self._note(address, data)
        if self._folder == "partners":
            self._partners.add(address, data)
        said = "the same as" if not added else "more about what is in"
        self.notes.append(Fault(at, f"{said} {first}: {'left out' if not added else 'put together'}"))

    @property
    def _one(self) -> str:
        return ONE[self._folder]

    def _change(self, address: str, values: Mapping[str, Value], told: Row, at: str) -> None:
        places = self.places.setdefault(address, {"": at})
        for one in steps(address, self._data[address], values, self._options.update):
            if isinstance(one, Step):
                if one not in self.steps:
                    self.steps.append(one)
                field = next((field for field in values if one.address.startswith(f"{address}.{field}")), "")
                places[field] = told[field].at if field in told else at
            else:
                self.notes.append(Fault(told[one.field].at, self._kept(address, one)))

    def _kept(self, address: str, one: Difference) -> str:
        if one.field == SIGNED:
            signed_in = f"{address} was signed in {_said(one.has)}, not {_said(one.row)}"
            return f"{signed_in}: a dated fact, which `erc set --correct` puts right"
        return f"{address} keeps {one.field} {_said(one.has)}, not {_said(one.row)}: --update changes it"


def _former(records: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for data in records:
        former = data.get("formerly")
        yield from (one for one in former if isinstance(one, str)) if isinstance(former, list) else ()


def _are_same_set(has: Value, value: Value) -> bool:
    return set(has) == set(value) if isinstance(has, tuple) else has == value


def _differs_in_spelling(has: Value, value: Value) -> bool:
    return isinstance(has, str) and isinstance(value, str) and fold(has) == fold(value) != ""


def _said(value: Value) -> str:
    return value if isinstance(value, str) else ", ".join(value)

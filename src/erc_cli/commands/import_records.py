"""From rows to records: new ones, and changes of those on file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from erc_cli.commands.import_cells import PARTIES, Cells, Options, Row, Told
from erc_cli.commands.import_match import Match
from erc_cli.commands.import_names import Partners
from erc_cli.commands.import_words import ONE
from erc_cli.core.house import House
from erc_cli.core.importing.heading_names import SIGNED
from erc_cli.core.importing.headings import language_of
from erc_cli.core.importing.records import Difference, Step, Value, composed, held, is_fact, is_same, put, steps
from erc_cli.core.importing.table import Fault
from erc_cli.core.importing.titles import titles_of
from erc_cli.core.importing.values import UnclearError
from erc_cli.core.slugs import free_id, proposed_id, slug_of
from erc_cli.store.format import is_record_name


class Records:
    """The records of a folder as they are and as rows make them: `new` ones, `steps` on those on file, what to say."""

    def __init__(self, folder: str, cells: Cells, house: House, options: Options) -> None:
        self._folder, self._cells, self._house, self._options = folder, cells, house, options
        self.notes: list[Fault] = []
        self._match = Match(folder, cells, house, options, self.notes)
        self._taken = {address for name in {folder, "partners"} for address in cells.records(name)}
        self._taken |= {
            f"{name}/{one}" for name in {folder, "partners"} for one in _former(cells.records(name).values())
        }
        self.new: dict[str, dict[str, Any]] = {}
        self.steps: list[Step] = []
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
            address = self._match.meant(told, at) if told is not None else None
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
        alike = self._match.alike(name, cell.at)
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

    def _add(self, values: dict[str, Value], told: Row, at: str) -> None:
        if self._folder == "agreements":
            values = self._completed(values)
            if not any(field.startswith("title.") for field in values):
                self.faults.append(Fault(at, "a new agreement needs its parties or a title"))
                return
        data = composed(values)
        places = {"": at, **{field: one.at for field, one in told.items()}}
        wanted = str(values.get("id", ""))
        if wanted and not is_record_name(wanted):
            said = "lower-case letters a-z, digits and single hyphens, 64 at most"
            self.faults.append(Fault(told["id"].at, f"{wanted} is no id: {said}"))
            return
        if wanted and f"{self._folder}/{wanted}" in self._taken:
            self.faults.append(Fault(told["id"].at, f"{wanted} was the id of a record that has another one now"))
            return
        self._insert(self._folder, data, places, wanted or self._id_without_title(values, told))

    def _others(self, values: Mapping[str, Value]) -> list[str]:
        """The parties but the own organisation."""
        return [one for one in values.get("parties", ()) if one != self._house.organisation]

    def _id_without_title(self, values: Mapping[str, Value], told: Row) -> str:
        """The id of an agreement that has no title of its own: whom it is with, and its year; else empty."""
        if self._folder != "agreements" or any(field.startswith("title.") for field in told):
            return ""
        others = " ".join(one.rpartition("/")[2] for one in self._others(values))
        return free_id(slug_of(f"{others} {_year(values)}"), self._ids(self._folder))

    def _ids(self, folder: str) -> set[str]:
        """The ids that are or were in use in a folder."""
        return {one.rpartition("/")[2] for one in self._taken if one.startswith(f"{folder}/")}

    def _completed(self, values: dict[str, Value]) -> dict[str, Value]:
        """An agreement with the kind and title that every one has, from its parties and year."""
        values = {"kind": "unspecified", **values}
        if self._options.signed_before and SIGNED not in values:
            values.setdefault("signed_before", self._options.signed_before)
        if not any(field.startswith("title.") for field in values) and self._others(values):
            titles = titles_of(
                str(values["kind"]),
                [self._partners.names(one) for one in self._others(values)],
                _year(values),
                self._house.languages,
                self._cells.words,
            )
            values = {**{f"title.{language}": title for language, title in titles.items()}, **values}
        # the parties stand before what is known of their signatures
        return dict(sorted(values.items(), key=lambda one: one[0] == SIGNED))

    def _insert(self, folder: str, data: dict[str, Any], places: dict[str, str], wanted: str = "") -> str:
        address = f"{folder}/{wanted or free_id(proposed_id(data), self._ids(folder))}"
        self._taken.add(address)
        self.new[address], self.places[address] = data, places
        if folder == self._folder:
            self._match.note(address, data)
        if folder == "partners":
            self._partners.add(address, data)
        return address

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
            elif not is_same(field, has, value):
                self.faults.append(
                    Fault(
                        told[field].at,
                        f"{field} is {_said(value)} here and {_said(has)} in {first}, for the same {self._one}",
                    )
                )
        self._match.note(address, data)
        if self._folder == "partners":
            self._partners.add(address, data)
        said = "the same as" if not added else "more about what is in"
        self.notes.append(Fault(at, f"{said} {first}: {'left out' if not added else 'put together'}"))

    @property
    def _one(self) -> str:
        return ONE[self._folder]

    def _change(self, address: str, values: Mapping[str, Value], told: Row, at: str) -> None:
        places = self.places.setdefault(address, {"": at})
        for one in steps(address, self._match.data[address], values, self._options.update):
            if isinstance(one, Step):
                if one not in self.steps:
                    self.steps.append(one)
                field = next((field for field in values if one.address.startswith(f"{address}.{field}")), "")
                places[field] = told[field].at if field in told else at
            else:
                self.notes.append(Fault(told[one.field].at, self._kept(address, one)))

    def _kept(self, address: str, one: Difference) -> str:
        kept = f"{address} keeps {one.field} {_said(one.has)}, not {_said(one.row)}"
        if is_fact(address, one.field):
            return f"{kept}: a fact, which only `erc set --correct` changes"
        return f"{kept}: --update changes it"


def _year(values: Mapping[str, Value]) -> str:
    return str(values.get(SIGNED, ""))[:4]


def _former(records: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for data in records:
        former = data.get("formerly")
        yield from (one for one in former if isinstance(one, str)) if isinstance(former, list) else ()


def _said(value: Value) -> str:
    return value if isinstance(value, str) else ", ".join(value)

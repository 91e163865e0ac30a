"""What every report writes with: the register, the day, the language, and who may read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from erc_cli.core.currencies import CURRENCY_PLACES
from erc_cli.core.due import DueItem, due
from erc_cli.core.due_table import who_is
from erc_cli.core.house import House
from erc_cli.core.indicators import measurement_indicators
from erc_cli.core.listing import View
from erc_cli.core.money import round_to
from erc_cli.core.periods import PartialDate
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.meeting import Meeting
from erc_cli.core.records.partner import Partner
from erc_cli.core.records.plan import Framework, Term
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register, record_of
from erc_cli.core.reports.report import Asked, Report, Section
from erc_cli.core.schedule import current_schedule
from erc_cli.core.tables import Cell
from erc_cli.core.text import Text, pick
from erc_cli.core.vocabularies import words_of

NOTHING = Decimal(0)


class Paper:
    """Texts, names, days and amounts of one register as one report writes them.

    Without `internal` nothing comes out that is for the house alone: partners who asked not to be named are not, and
    what is due about examinations of partners is left out.
    """

    def __init__(self, asked: Asked) -> None:
        self.register, self.on, self.words, self.internal = asked.register, asked.on, asked.words, asked.internal

    def text(self, text: Text | None) -> str:
        """Return a text of the data in the reader's language, else in another; empty where there is none."""
        return pick(text, self.words.language, self.register.plan.languages)

    def name(self, address: str | None) -> str:
        """Return what a record, a unit or the own organisation is called; the address where it has no name."""
        record: Any = self.register.records.get(address or "")
        if isinstance(record, Partner) and record.anonymous and not self.internal:
            return self.words("Anonymous donor")
        if isinstance(record, Meeting):
            return self.meeting(record)
        text = getattr(record, "title", None) or getattr(record, "name", None)
        return self.text(text) if text else who_is(address or "", self.register, self.words)

    def proof(self, evidence: str) -> str:
        """Return what some evidence is called: the title of a record or an indicator; a link stays as it is."""
        record = self.register.records.get(record_of(evidence))
        if record is None:
            return evidence
        if isinstance(record, Project) and ".indicators." in evidence:
            wanted = evidence.rpartition(".")[2]
            found = (one for _, one in measurement_indicators(record) if one.id == wanted)
            return next((self.text(one.title) for one in found), evidence)
        return self.name(record.address)

    def names(self, addresses: Iterable[str]) -> tuple[str, ...] | None:
        """Return the names of several, as a cell."""
        return tuple(self.name(address) for address in addresses) or None

    def others(self, parties: Iterable[str]) -> tuple[str, ...] | None:
        """Return the names of all parties but the own organisation, as a cell."""
        return self.names(party for party in parties if party != self.register.plan.organisation.id)

    def project(self, project: Project) -> str:
        """Return the title of a project, after its number where it has one."""
        title = self.text(project.title)
        return f"{project.number}. {title}" if project.number else title

    def short(self, project: Project) -> str:
        """Return what a project is called where its title would be in the way: by its number, if it has one."""
        if project.number:
            return self.words("Project {number}").format(number=project.number)
        return self.text(project.title)

    def headed(self, project: Project) -> str:
        """Return a project as headings have it: `Project 1: ...`."""
        title = self.text(project.title)
        return self.pair(self.short(project), title) if project.number else title

    def meeting(self, meeting: Meeting) -> str:
        """Return what a meeting is called: its kind, its session and when it is or was."""
        kind = self.word(meeting.kind)
        if meeting.session:
            kind = self.words("{kind}, session {number}").format(kind=kind, number=meeting.session)
        when = meeting.held_on or meeting.planned_on
        return f"{kind}{self.words(', ')}{self.day(when)}" if when is not None else kind

    def area(self, project: Project | None, area_id: str | None) -> str | None:
        """Return the title of an area of a project; the id where there is no such area."""
        found = next((a for a in project.areas if a.id == area_id), None) if project is not None else None
        return self.text(found.title) if found is not None else area_id

    def day(self, when: date | PartialDate) -> str:
        """Return a day as sentences have it."""
        return self.words.day(when)

    def whole(self, amount: Decimal) -> Decimal:
        """Return an amount with the places of the plan's currency, zero included."""
        return round_to(amount, CURRENCY_PLACES[self.register.plan.currency])

    def money(self, amount: Decimal) -> str:
        """Return an amount in plan currency as sentences have it, without the currency."""
        return self.words.number(self.whole(amount))

    def word(self, word: str) -> str:
        """Return a word of the vocabularies as a heading has it."""
        return capital(self.words.value(word, self.labels))

    def pair(self, name: str, text: str) -> str:
        """Return a name and what is said of it."""
        return self.words("{name}: {text}").format(name=name, text=text)

    def every(self, months: int) -> str:
        """Return how often something returns: `every 3 years`, `every 18 months`."""
        if months % 12 == 0:
            return self.words.many("every year", "every {n} years", months // 12)
        return self.words.many("every month", "every {n} months", months)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What the house calls the words of its own vocabularies."""
        plan = self.register.plan
        terms: list[Term | Framework] = [*plan.fields, *plan.spheres, *plan.frameworks]
        return {term.id: self.text(term.title) for term in terms}

    @cached_property
    def view(self) -> View:
        """Who looks, for tables that are made of what files say."""
        plan = self.register.plan
        return View(self.words.language, House(plan.organisation.id, plan.languages, plan.currency, {}, {}))

    @cached_property
    def programme(self) -> list[Project]:
        """The projects of the programme, as the plan numbers them."""
        return [project for project in in_order(self.register) if project.kind == "programme"]

    @cached_property
    def off_budget(self) -> list[Project]:
        """The off-budget projects, by field."""
        found = [project for project in self.register.projects if project.kind == "off-budget"]
        order = list(words_of(self.register.plan, "fields"))
        return sorted(found, key=lambda one: (order.index(one.field) if one.field in order else len(order), one.id))

    @cached_property
    def activities_by_project(self) -> Mapping[str, list[Activity]]:
        """Address of a project: its activities, by id."""
        found: dict[str, list[Activity]] = {}
        for activity in self.register.activities:
            found.setdefault(activity.project, []).append(activity)
        return found

    def starts(self, activity: Activity) -> date | PartialDate | None:
        """Return the first day of an activity as its schedule stands."""
        schedule = current_schedule(activity, self.on)
        return schedule.start if schedule is not None else None

    def due(self, within_days: int) -> list[DueItem]:
        """Return what is due, without what is for the house alone."""
        return [item for item in due(self.register, self.on, within_days) if self.internal or not item.is_internal]

    def report(self, title: str, sections: Iterable[Section | None], lines: Sequence[str] = ()) -> Report:
        """Return the report, under its title the directorate, the organisation and the day."""
        plan = self.register.plan
        head = (
            self.text(plan.directorate),
            self.text(plan.organisation.name),
            self.words("As things stand on {day}. Amounts in {currency}.").format(
                day=self.day(self.on), currency=plan.currency
            ),
        )
        return Report(title, (*head, *lines), tuple(one for one in sections if one is not None))


def capital(text: str) -> str:
    """Return text that begins with a capital."""
    return text if text[:1] == text[:1].upper() else f"{text[:1].upper()}{text[1:]}"


def in_order(register: Register) -> list[Project]:
    """Return the projects as the plan numbers them, those without a number last."""
    return sorted(register.projects, key=lambda project: (project.number or 1_000_000, project.id))


def sums(label: str, rows: Iterable[Sequence[Cell]], labels: int = 1) -> tuple[Cell, ...]:
    """Return the row under `rows`: `label`, then empty cells up to the first amounts, then the sum of each column.

    A column without a number in it has no sum. `labels` is how many columns stand before the amounts.
    """
    columns = list(zip(*(row[labels:] for row in rows), strict=True))
    return (label, *[None] * (labels - 1), *(_sum(column) for column in columns))


def _sum(column: Iterable[Cell]) -> Cell:
    numbers = [cell for cell in column if isinstance(cell, Decimal | int) and not isinstance(cell, bool)]
    return sum(numbers) if numbers else None

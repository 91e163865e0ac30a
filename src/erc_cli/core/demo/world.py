"""What there is in a demonstration, before anything of it is written: who, how many, and what belongs to what.

Everything hangs together by position. Project `q` stands on agreement `2q` with partner `10q` (its standing agreement);
agreement `2q + 1` is of partner `10q + 5` and lives through one of ten stories. Every fourth project is of the
programme. Activities go in fours: three for a programme project, one for the off-budget project after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, Final, NamedTuple

from erc_cli.core.demo.chance import Chance
from erc_cli.core.demo.places import Place, places
from erc_cli.core.demo.words import KINDS, THEMES, Kind, Text, Theme, text

YEARS: Final = (2024, 2025, 2026)
OWN_ID: Final = "league-of-fictional-harbours"
COUNTRIES: Final = ("aq", "bv", "gs", "hm", "tf", "um")
"""Where nobody lives: the only countries that a fictional register can speak of without speaking of anybody."""
SPECIAL: Final = ("hm", "tf")
"""Those of them that live under special conditions during the whole plan."""
AREAS: Final = ("coordination", "capacity")
MOST_PROGRAMME: Final = 1500
MOST_ALLOCATED: Final = 500
"""So many projects have lines, and so many allocations, at most: budget.yaml has to stay below 1 MiB."""

_SIGNED: Final = (
    "governmental",
    "financial-institution",
    "donor",
    "academic",
    "foundation",
    "individual-donor",
    "humanitarian",
)
_OTHERS: Final = (
    *("non-governmental", "civil-society", "governmental", "academic", "humanitarian", "private-sector"),
    *("national-authority", "foundation", "civil-society", "non-governmental", "private-sector"),
)
STORIES: Final = (
    *("predecessor", "negotiating", "half-signed", "tacit", "renewed", "suspended", "terminated"),
    *("programme-of-action", "many-parties", "cancelled"),
)
_FULFILLED: Final = frozenset({"tacit", "renewed", "suspended", "many-parties"})
"""Stories after which the partner has an agreement to show."""


class DemoRecord(NamedTuple):
    """One file below `data/`: what it holds are texts, numbers, dates, flags, lists and mappings."""

    folder: str
    record_id: str
    data: Mapping[str, Any]


class DemoDocument(NamedTuple):
    """One file below `documents/`."""

    path: str
    content: bytes


class Someone(NamedTuple):
    """A partner as others speak of it."""

    number: int
    id: str
    category: str
    kind: Kind
    theme: Theme
    place: Place
    name: Text

    @property
    def address(self) -> str:
        """`partners/id`."""
        return f"partners/{self.id}"

    @property
    def is_agreed(self) -> bool:
        """Whether it is party to an agreement that was in force, whatever becomes of it."""
        return self.number % 10 == 0 or (self.number % 10 == 5 and story(self.number // 5) in _FULFILLED)


class Money(NamedTuple):
    """The amount of a programme project, and of each of its areas and years."""

    original: Decimal
    amount: Decimal
    each: Decimal


def story(agreement: int) -> str:
    """Return how the life of an agreement goes: `standing` for every second one."""
    return "standing" if agreement % 2 == 0 else STORIES[agreement // 2 % len(STORIES)]


@dataclass(frozen=True, slots=True)
class World:
    """All that there is, by position."""

    partners: tuple[Someone, ...]
    agreements: int
    meetings: int
    projects: int
    activities: int
    money: Mapping[int, Money]
    """Position of a programme project: its money."""

    def is_programme(self, project: int) -> bool:
        """Whether the plan pays for that project."""
        return project in self.money

    def partner_of(self, project: int) -> Someone:
        """The partner that a project stands on."""
        return self.partners[min(10 * project, len(self.partners) - 1)]

    def project_of(self, activity: int) -> int:
        """The project of an activity."""
        block, turn = divmod(activity, 4)
        return 4 * block if turn < 3 else 4 * block + 1

    def project_id(self, project: int) -> str:
        """The id of a project."""
        someone = self.partner_of(project)
        return f"{someone.theme.id}-{someone.place.slug}"

    def programme_project_near(self, project: int) -> int:
        """The programme project at or before a project."""
        return min(min(project, self.projects - 1) // 4, MOST_PROGRAMME - 1) * 4

    def outcome(self, project: int, area: str) -> str:
        """The address of the outcome of an area of the programme project at or before a project."""
        near = self.programme_project_near(project)
        return f"projects/{self.project_id(near)}.areas.{area}.outcomes.{area}-outcome"

    def agreement_id(self, agreement: int) -> str:
        """The id of an agreement."""
        project, is_lively = divmod(agreement, 2)
        kind = story(agreement)
        if not is_lively:
            return f"{self.partner_of(project).place.slug}-cooperation"
        if kind in ("predecessor", "programme-of-action"):
            return f"{self.partner_of(project).place.slug}-{'earlier' if kind == 'predecessor' else kind}"
        return f"{self.partners[5 * agreement].place.slug}-cooperation"

    def activity_kind(self, activity: int) -> str:
        """The kind of an activity."""
        block, turn = divmod(activity, 4)
        if turn == 1 and is_special(4 * block):
            return "donors-conference"
        kinds = (
            ("forum", "training", "forum", "prize") if block % 2 else ("symposium", "study", "symposium", "publication")
        )
        return kinds[turn]

    def activity_id(self, activity: int) -> str:
        """The id of an activity."""
        return f"{self.activity_kind(activity)}-{self.activity_place(activity).slug}"

    def activity_place(self, activity: int) -> Place:
        """Where an activity takes place."""
        return self.partners[min(10 * activity, len(self.partners) - 1)].place

    def meeting_project(self, meeting: int) -> int:
        """The project whose partner a meeting is held with: two meetings follow each other with the same."""
        return meeting - meeting % 2

    def meeting_id(self, meeting: int) -> str:
        """The id of a meeting."""
        place = self.partner_of(self.meeting_project(meeting)).place.slug
        if has_committee(self.meeting_project(meeting)):
            return f"{place}-session-{meeting % 2 + 1}"
        return f"{place}-{'bilateral' if meeting % 2 else 'coordination'}"


def is_special(project: int) -> bool:
    """Whether the second area of a programme project is for countries with special conditions only."""
    return project // 4 % 10 == 9


def has_committee(project: int) -> bool:
    """Whether the standing agreement of a project provides a joint committee."""
    return project % 2 == 0 and project // 2 % 3 != 2


def make_world(partners: int, chance: Chance) -> World:
    """Return a world of so many partners, at least one."""
    tenth = max(1, partners // 10)
    programme = [project for project in range(0, tenth, 4) if project // 4 < MOST_PROGRAMME]
    return World(
        tuple(_someone(number, place) for number, place in enumerate(islice(places(), partners))),
        -(-partners // 5),
        partners // 10,
        tenth,
        tenth,
        {project: _money(project, chance) for project in programme},
    )


def _someone(number: int, place: Place) -> Someone:
    category = _category(number)
    kind = KINDS[category][number // 7 % len(KINDS[category])]
    theme = THEMES[number * 5 % len(THEMES)]
    name = text(
        f"{kind.english} of {place.latin} for {theme.english}",
        f"{kind.french} de {place.latin} pour {theme.french_for}",
        f"{kind.arabic} {place.arabic} {theme.arabic_for}",
    )
    return Someone(number, f"{kind.id}-{place.slug}", category, kind, theme, place, name)


def commission_of(number: int) -> str | None:
    """Return the country whose national commission the partner of that number is."""
    turn, rest = divmod(number - 1, 11)
    return COUNTRIES[turn] if rest == 0 and 0 <= turn < len(COUNTRIES) else None


def _category(number: int) -> str:
    if commission_of(number):
        return "national-commission"
    if number % 10 == 0:
        return _SIGNED[number // 10 % len(_SIGNED)]
    if number % 10 == 5 and story(number // 5) in _FULFILLED:
        return _SIGNED[number // 20 % len(_SIGNED)]
    return _OTHERS[number % len(_OTHERS)]


def _money(project: int, chance: Chance) -> Money:
    original = chance.amount(200_000, 900_000)
    amount = original + chance.amount(5_000, 20_000) if project // 4 % 6 == 5 else original
    return Money(original, amount, (original * 12 / 100).quantize(Decimal("0.01")))

"""plan.yaml: the organisation, its period and its vocabularies."""

from typing import ClassVar

from erc_cli.core.records.base import Item, Part, Record
from erc_cli.core.records.types import (
    AnyRecordRef,
    Count,
    Currency,
    Day,
    LanguageCode,
    Name,
    OrganisationType,
    Prose,
    Slug,
)


class Period(Part):
    """A span of days, first and last included."""

    start: Day
    """The first day."""
    end: Day
    """The last day."""


class Organisation(Item):
    """The organisation whose register this is."""

    name: Name
    """Its official name."""
    organisation_type: OrganisationType | None = None
    """Its IATI organisation type, such as 40 for multilateral."""


class Unit(Item):
    """A part of the organisation that owns, assesses or clears."""

    name: Name
    """What it is called."""


class Priority(Item):
    """A priority of the plan."""

    title: Name
    """Its title in the plan."""


class Framework(Item):
    """What projects align with, such as the Sustainable Development Goals."""

    title: Name
    """Its title."""


class Term(Item):
    """A word of one of the house's own vocabularies."""

    title: Name
    """The word as people read it."""


class Removal(Part):
    """A record that was created in error and taken away."""

    KEY: ClassVar[tuple[str, ...]] = ("id",)

    id: AnyRecordRef
    """The record's address, `folder/id`."""
    on: Day
    """The day it was taken away."""
    reason: str
    """What the error was."""


class Plan(Record):
    """The organisation, the period of its plan, and the words that all other records use."""

    FOLDER: ClassVar[str] = "plan"

    format: Count
    """The format of these files; this program reads format 1."""
    organisation: Organisation
    """The organisation whose register this is; its bare id stands for it everywhere."""
    directorate: Name
    """The directorate that keeps the register."""
    title: Name
    """What the plan is called."""
    description: Prose | None = None
    """What the plan is for."""
    period: Period
    """The plan's first and last day."""
    approved_on: Day | None = None
    """The day it was approved; changes after it need a cause."""
    currency: Currency
    """The currency of every amount that names no other."""
    languages: tuple[LanguageCode, ...]
    """The languages of titles and names; the first is the one to fall back on."""
    units: tuple[Unit, ...] = ()
    """Who owns, assesses and clears."""
    priorities: tuple[Priority, ...] = ()
    """The plan's priorities."""
    frameworks: tuple[Framework, ...] = ()
    """What projects align with."""
    fields: tuple[Term, ...] = ()
    """The house's own fields of competence, where the usual ones do not serve."""
    spheres: tuple[Term, ...] = ()
    """The house's own spheres of partners, where the usual ones do not serve."""
    clearances: dict[Slug, tuple[str, ...]] = {}
    """Which clearances an agreement of each kind must have before it is signed; none where absent."""
    removed: tuple[Removal, ...] = ()
    """Records that were created in error."""

    @property
    def address(self) -> str:
        """`plan`."""
        return "plan"

"""member-states/<id>.yaml: those who benefit; the id is the country code."""

from typing import ClassVar, Literal

from erc_cli.core.records.base import Described, Item, Part
from erc_cli.core.records.types import Address, Day, FieldWord, Name, Owner, PartDay, PartnerRef, Prose, Year


class SpecialConditions(Item):
    """A time in which a country lives under special conditions."""

    from_: PartDay | None = None
    """Since when; since before the plan where absent."""
    until: PartDay | None = None
    """The last day; still so where absent."""
    reason: str | None = None
    """What the conditions are."""


class Answer(Part):
    """What became of a need: exactly one of the first three."""

    included_in: Address | None = None
    """The activity or project that answers it."""
    deferred: str | None = None
    """Why it has to wait."""
    rejected: str | None = None
    """Why it cannot be answered."""
    on: Day
    """The day of the answer."""


class Need(Item):
    """A priority or pressing need that a country's authorities told."""

    on: Day
    """The day it was told."""
    for_year: Year | None = None
    """The year whose plan should answer it."""
    authority: str | None = None
    """Which authority told it."""
    field: FieldWord | None = None
    """Its field."""
    text: Prose
    """What is needed."""
    urgency: Literal["low", "normal", "high"] | None = None
    """How pressing it is."""
    answer: Answer | None = None
    """What became of it."""


class MemberState(Described):
    """A Member State, or a Muslim society outside the membership."""

    FOLDER: ClassVar[str] = "member-states"

    name: Name
    """Its official name."""
    membership: Literal["member", "suspended", "observer", "society"] | None = None
    """Its standing; `society` for a Muslim society outside the membership."""
    national_commission: PartnerRef | None = None
    """Its national commission."""
    responsible: Owner | None = None
    """Which unit looks after it."""
    special_conditions: tuple[SpecialConditions, ...] = ()
    """When it lived under special conditions."""
    needs: tuple[Need, ...] = ()
    """What its authorities asked for."""

"""partners/<id>.yaml: one organisation or donor each."""

from typing import Annotated, ClassVar, Literal

from erc_cli.core.records.base import Described, Item, Part
from erc_cli.core.records.types import (
    Country,
    Day,
    FieldWord,
    Flag,
    Internal,
    Months,
    Name,
    OrganisationType,
    Owner,
    PartnerRef,
    Prose,
    SphereWord,
)

Category = Literal[
    "governmental",
    "non-governmental",
    "civil-society",
    "humanitarian",
    "financial-institution",
    "donor",
    "private-sector",
    "foundation",
    "academic",
    "individual-donor",
    "national-commission",
    "national-authority",
]
Role = Literal["donor", "financial-institution", "humanitarian", "civil-society"]


class Identifier(Part):
    """A number under which others know the partner."""

    KEY: ClassVar[tuple[str, ...]] = ("scheme",)

    scheme: str
    """Who gave it, such as `iati` or `wikidata`."""
    value: str
    """The number."""


class Contact(Item):
    """Whom to write to. Personal data: git never forgets, so prefer a role's address to a person's."""

    role: str
    """What they do there."""
    name: str | None = None
    """Their name."""
    email: str | None = None
    """Their address."""
    phone: str | None = None
    """Their telephone."""


class DueDiligence(Part):
    """One examination of the partner."""

    KEY: ClassVar[tuple[str, ...]] = ("on",)

    on: Day
    """The day it was concluded."""
    result: Literal["pass", "fail"]
    """How it ended."""
    by: Owner
    """Which unit examined."""
    valid_months: Months
    """For how long it holds."""


class RedFlag(Part):
    """A concern about the partner."""

    KEY: ClassVar[tuple[str, ...]] = ("opened",)

    opened: Day
    """The day it was raised."""
    level: Literal["watch", "red"]
    """How serious it is."""
    closed: Day | None = None
    """The day it was settled."""
    reason: str
    """What it is about."""


class Condition(Item):
    """A rule of the partner's that ours must fit with."""

    text: Prose
    """What it asks for."""
    compatible: Literal["yes", "no", "waived"] | None = None
    """Whether it fits with our own rules."""
    regulation: str | None = None
    """The rule of ours that it touches."""


class Partner(Described):
    """An organisation, authority or donor that the directorate works with."""

    FOLDER: ClassVar[str] = "partners"

    name: Name
    """Its official name."""
    acronyms: Prose | None = None
    """What it is called for short."""
    aliases: tuple[str, ...] = ()
    """Other names it is found under."""
    anonymous: Flag | None = None
    """An individual who asked not to be named outside the house."""
    category: Category
    """What kind of partner it is."""
    roles: tuple[Role, ...] = ()
    """What it also is, beside its category; filters and counts match either."""
    sphere: SphereWord | None = None
    """Arab, Islamic, international, regional or national."""
    country: Country | None = None
    """Where it has its seat: ISO 3166-1, lower case."""
    covers: tuple[Country, ...] = ()
    """The countries it works for."""
    organisation_type: OrganisationType | None = None
    """Its IATI organisation type."""
    identifiers: tuple[Identifier, ...] = ()
    """Numbers under which others know it."""
    fields: tuple[FieldWord, ...] = ()
    """Its fields of competence."""
    contacts: Annotated[tuple[Contact, ...], Internal()] = ()
    """Whom to write to (internal)."""
    due_diligence: Annotated[tuple[DueDiligence, ...], Internal()] = ()
    """Examinations of the partner (internal)."""
    flags: Annotated[tuple[RedFlag, ...], Internal()] = ()
    """Concerns about the partner (internal)."""
    conditions: tuple[Condition, ...] = ()
    """Its rules against ours."""
    succeeds: PartnerRef | None = None
    """The partner whose place it took."""
    ended_on: Day | None = None
    """The day it ceased to be."""
    distinct_from: tuple[PartnerRef, ...] = ()
    """Partners of a similar name that are not the same."""

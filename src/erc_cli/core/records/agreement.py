"""agreements/<id>.yaml: one agreement of two or more parties each."""

from typing import Annotated, ClassVar, Literal

from erc_cli.core.records.base import DatedFact, Described, Item, Part
from erc_cli.core.records.types import (
    Address,
    AgreementRef,
    Amount,
    Count,
    Currency,
    Day,
    Days,
    FieldWord,
    Internal,
    Months,
    Name,
    Owner,
    PartDay,
    Party,
    ProjectAddress,
    Prose,
)

AgreementKind = Literal[
    "cooperation-agreement",
    "memorandum-of-understanding",
    "programme-of-action",
    "protocol",
    "exchange-of-letters",
    "prize-agreement",
    "unspecified",
]
EventKind = Literal[
    "negotiation-opened",
    "sent-for-signature",
    "suspended",
    "resumed",
    "renewed",
    "renewal-objected",
    "terminated",
    "withdrawn",
    "cancelled",
]
ClearanceKind = Literal["legal", "financial", "substantive"]


class AgreementParty(Part):
    """A party and its signature."""

    KEY: ClassVar[tuple[str, ...]] = ("party",)

    party: Party
    """The own organisation or a partner."""
    signatory: Annotated[str | None, Internal()] = None
    """Who signed for it (internal)."""
    signed_on: PartDay | None = None
    """The day it signed."""
    acceded_on: PartDay | None = None
    """The day it joined an agreement that was there before."""


class Renewal(Part):
    """What happens when the term ends."""

    kind: Literal["none", "tacit", "express"]
    """Whether it goes on by itself, by agreement, or not."""
    months: Months | None = None
    """How long each further term lasts."""
    times: Count | None = None
    """How often at most; without it, without limit."""
    notice_days: Days | None = None
    """How many days before the end an objection must come."""


class Termination(Part):
    """How the parties can end it."""

    notice_days: Days
    """How many days of notice."""


class JointCommittee(Part):
    """The committee that the agreement sets up."""

    interval_months: Months
    """How often it meets."""


class Clearance(DatedFact):
    """One examination of the draft."""

    kind: ClearanceKind
    """What was examined."""
    on: Day
    """The day it was concluded."""
    by: Owner
    """Which unit examined."""
    result: Literal["pass", "fail"]
    """How it ended."""


class Amendment(Item):
    """A change that the parties signed."""

    signed_on: Day
    """The day of the last signature."""
    effective_on: Day | None = None
    """The day it takes effect, if not that of the last signature."""
    ends_on: Day | None = None
    """The agreement's new last day."""
    summary: Prose
    """What it changes."""


class Event(DatedFact):
    """Something that happened to the agreement."""

    kind: EventKind
    """What happened."""
    on: Day
    """The day."""
    party: Party | None = None
    """Who did it."""
    effective_on: Day | None = None
    """The first day it has effect."""
    ends_on: Day | None = None
    """The agreement's new last day, for a renewal."""
    reason: str | None = None
    """Why."""


class Commitment(Item):
    """What a party promised in the agreement; no money until a contribution follows it."""

    party: Party
    """Who promised."""
    currency: Currency | None = None
    """The plan's currency where absent."""
    amount: Amount | None = None
    """How much, if it was said."""
    form: Literal["cash", "in-kind"]
    """Cash or in kind."""
    due: Day | None = None
    """By when."""
    text: Prose
    """What was promised."""


class Agreement(Described):
    """An agreement: its parties, its term and what happened to it. Its status is computed, never stored."""

    FOLDER: ClassVar[str] = "agreements"

    kind: AgreementKind
    """What kind of text it is."""
    title: Name
    """Its title."""
    parties: tuple[AgreementParty, ...]
    """Who agreed; the own organisation is one of them."""
    responsible: Owner | None = None
    """Which unit looks after it."""
    signed_before: Day | None = None
    """For old agreements of which no more is known: signed, at the latest the day before this one."""
    under: AgreementRef | None = None
    """The agreement that it carries out."""
    succeeds: AgreementRef | None = None
    """The agreement whose place it takes."""
    fields: tuple[FieldWord, ...] = ()
    """Its fields of cooperation."""
    serves: tuple[ProjectAddress, ...] = ()
    """The projects, areas, outcomes or indicators that it serves."""
    because: Address | None = None
    """The decision or need that led to it."""
    effective_on: PartDay | None = None
    """The first day in force, if not that of the last signature."""
    effective_reason: str | None = None
    """Why it takes effect before the last signature."""
    ends_on: PartDay | None = None
    """The last day in force; without it, indefinite."""
    renewal: Renewal | None = None
    """What happens when the term ends."""
    termination: Termination | None = None
    """How the parties can end it."""
    joint_committee: JointCommittee | None = None
    """The committee that it sets up."""
    clearances: tuple[Clearance, ...] = ()
    """Examinations of the draft."""
    amendments: tuple[Amendment, ...] = ()
    """Changes that the parties signed."""
    events: tuple[Event, ...] = ()
    """What happened to it, in order."""
    commitments: tuple[Commitment, ...] = ()
    """What the parties promised."""

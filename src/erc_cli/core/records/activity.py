"""activities/<id>.yaml: what is done under an area or an off-budget project."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Tag

from erc_cli.core.records.base import Contribution, Described, Item, Part, Revision
from erc_cli.core.records.types import (
    Address,
    AgreementRef,
    Amount,
    AreaId,
    Country,
    Day,
    DecisionAddress,
    FieldWord,
    IndicatorId,
    MemberStateRef,
    Name,
    Owner,
    PartDay,
    PartnerRef,
    Party,
    Percentage,
    ProjectRef,
    Proof,
    Prose,
    SeriesId,
    SignedAmount,
    Year,
)


class Schedule(Part):
    """When something is to happen, as far as it is known."""

    start: PartDay
    """The first day."""
    end: PartDay
    """The last day."""


def _kind_of_value(value: Any) -> str:
    return "schedule" if isinstance(value, Mapping | Schedule) else "words"


ScheduleOrWords = Annotated[
    Annotated[Schedule, Tag("schedule")] | Annotated[str, Tag("words")], Discriminator(_kind_of_value)
]


class Change(Item):
    """A change of the approved schedule or scope."""

    on: Day
    """The day it was decided."""
    field: Literal["schedule", "scope", "cancelled", "reinstated"]
    """What changed."""
    from_: ScheduleOrWords | None = None
    """What was before: a schedule, or words about the scope."""
    to: ScheduleOrWords | None = None
    """What is now."""
    because: Address | None = None
    """The decision or need that asked for it."""
    reason: str | None = None
    """Why."""
    cause: (
        Literal["decision", "partner-timeframe", "member-state", "funding", "own-organisation", "force-majeure"] | None
    ) = None
    """What kind of cause it has."""


class Done(Part):
    """What took place."""

    start: Day | None = None
    """The first day."""
    end: Day | None = None
    """The last day."""
    summary: Prose | None = None
    """What came of it."""


class OtherBeneficiary(Item):
    """Somebody who benefits and is no Member State."""

    text: Prose
    """Who."""
    country: Country | None = None
    """Where."""


class YearBudget(Part):
    """Programme money of one year."""

    KEY: ClassVar[tuple[str, ...]] = ("year",)

    year: Year
    """The year."""
    amount: Amount
    """The amount at first."""
    revisions: tuple[Revision, ...] = ()
    """How it changed since."""


class Expenditure(Item):
    """Programme money spent."""

    on: Day
    """The day."""
    year: Year
    """The year of the budget it is charged to."""
    amount: SignedAmount
    """How much; negative for money given back."""


class Assessment(Item):
    """A judgement of the activity by one criterion of OECD-DAC."""

    criterion: Literal["relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability"]
    """The criterion."""
    weight: Percentage
    """Its share of the whole, in percent."""
    score: Percentage
    """The score, 0 to 100."""
    by: Owner
    """Who judged."""
    on: Day
    """The day."""
    evidence: tuple[Proof, ...] = ()
    """What it rests on."""


class Activity(Described):
    """Something that is done, with its schedule, its partners and its money."""

    FOLDER: ClassVar[str] = "activities"

    title: Name
    """What it is called."""
    kind: Literal[
        "conference",
        "forum",
        "symposium",
        "training",
        "study",
        "publication",
        "meeting-series",
        "prize",
        "institution",
        "project",
        "donors-conference",
    ]
    """What kind of activity it is."""
    project: ProjectRef
    """The project it belongs to."""
    area: AreaId | None = None
    """The area of that project."""
    indicators: tuple[IndicatorId, ...] = ()
    """The indicators of that project that it serves."""
    under: AgreementRef | None = None
    """The agreement that it carries out."""
    series: SeriesId | None = None
    """The series of that project that it is an edition of."""
    responsible: Owner | None = None
    """Which unit looks after it."""
    origin: Literal["annual-plan", "decision", "need"] | None = None
    """Where it came from."""
    because: DecisionAddress | None = None
    """The decision or need that it came from."""
    planned: Schedule | None = None
    """When it was to be, as approved; never overwritten."""
    changes: tuple[Change, ...] = ()
    """What changed since."""
    done: Done | None = None
    """What took place."""
    role: Literal["organiser", "co-organiser", "participant", "sponsor", "supporter"] | None = None
    """What the own organisation is in it."""
    implementing: tuple[Party, ...] = ()
    """Who carries it out."""
    partners: tuple[PartnerRef, ...] = ()
    """Who takes part."""
    beneficiaries: tuple[MemberStateRef, ...] = ()
    """The Member States that benefit."""
    other_beneficiaries: tuple[OtherBeneficiary, ...] = ()
    """Others who benefit."""
    field: FieldWord | None = None
    """Its field."""
    budget: tuple[YearBudget, ...] = ()
    """Programme money by year, within its area's allocation."""
    contributions: tuple[Contribution, ...] = ()
    """Who gives what."""
    expenditures: tuple[Expenditure, ...] = ()
    """Programme money spent."""
    suspension_exception: str | None = None
    """Why it went on while its agreement was suspended."""
    assessment: tuple[Assessment, ...] = ()
    """How it was judged."""

"""projects/<id>.yaml: objectives, areas of intervention, expected outcomes, indicators; off-budget projects too."""

from typing import ClassVar, Literal

from erc_cli.core.records.base import Contribution, Described, Item, NumberRevision, Part
from erc_cli.core.records.plan import Period
from erc_cli.core.records.types import (
    Amount,
    AreaId,
    Count,
    Currency,
    FieldWord,
    Flag,
    FrameworkId,
    Months,
    Name,
    Number,
    Owner,
    PartDay,
    Party,
    ProjectRef,
    Proof,
    Prose,
    Rate,
    Year,
)

Comparator = Literal["exactly", "more-than", "at-least"]


class Objective(Item):
    """What the project is for."""

    text: Prose
    """The objective."""


class Stated(Item):
    """A figure that the plan states; shown beside what the register counts, never added to it."""

    text: Prose
    """What the figure is about."""
    value: Number
    """The figure."""
    comparator: Comparator
    """Whether it is exact or a lower bound."""
    as_of: PartDay | None = None
    """The day it is about."""


class Series(Item):
    """Editions of the same event."""

    title: Name
    """What the series is called."""
    interval_months: Months
    """How many months lie between two editions."""


class Baseline(Part):
    """Where an indicator stood at the start."""

    value: Number
    """The value."""
    comparator: Comparator | None = None
    """Whether it is exact or a lower bound."""
    as_of: PartDay | None = None
    """The day it is about."""


class Target(Part):
    """Where an indicator should be."""

    KEY: ClassVar[tuple[str, ...]] = ("year",)

    year: Year
    """The year."""
    value: Number
    """The value approved at first."""
    revisions: tuple[NumberRevision, ...] = ()
    """How it changed since."""


class Actual(Part):
    """Where an indicator is."""

    KEY: ClassVar[tuple[str, ...]] = ("year",)

    year: Year
    """The year."""
    value: Number | None = None
    """The value; none where the indicator is judged in words."""
    text: Prose | None = None
    """For a qualitative indicator: what was found."""
    numerator: Number | None = None
    """Of a percentage: how many."""
    denominator: Number | None = None
    """Of a percentage: out of how many."""
    evidence: tuple[Proof, ...] = ()
    """What shows it."""


class CountWhere(Part):
    """Which records count; of several keys all must hold, of several values any."""

    kind: tuple[str, ...] = ()
    """Kinds of agreement, meeting or activity."""
    partner_category: tuple[str, ...] = ()
    """Categories, or roles, of the partners that take part."""
    project: tuple[ProjectRef, ...] = ()
    """Projects that the record belongs to or serves."""
    area: tuple[AreaId, ...] = ()
    """Areas of this project."""
    fields: tuple[FieldWord, ...] = ()
    """Fields of competence."""
    role: tuple[str, ...] = ()
    """The own organisation's role in an activity."""


class Counts(Item):
    """What an indicator counts in the register."""

    records: Literal["agreements", "meetings", "activities", "partners"]
    """Which records."""
    event: Literal["signed", "held", "completed", "first-agreement"]
    """What must have happened to them in the time."""
    where: CountWhere | None = None
    """Which of them."""


class MeasurementIndicator(Item):
    """How a performance indicator is measured."""

    title: Name
    """What is measured."""
    measure: Literal["unit", "percentage", "qualitative"]
    """A number, a share, or words."""
    unit: str | None = None
    """What the numbers count."""
    cumulative: Flag | None = None
    """Whether each year includes those before."""
    baseline: Baseline | None = None
    """Where it stood at the start."""
    targets: tuple[Target, ...] = ()
    """Where it should be, by year."""
    actuals: tuple[Actual, ...] = ()
    """Where it is, by year; a claim where `counts` computes it."""
    counts: tuple[Counts, ...] = ()
    """What it counts in the register."""


class PerformanceIndicator(Item):
    """What shows that an outcome is reached."""

    title: Name
    """What it is about."""
    measurement_indicators: tuple[MeasurementIndicator, ...] = ()
    """How it is measured."""


class Outcome(Item):
    """An expected outcome."""

    title: Name
    """Its title in the plan."""
    number: Count | None = None
    """Its number in the plan."""
    performance_indicators: tuple[PerformanceIndicator, ...] = ()
    """What shows that it is reached."""


class Area(Item):
    """An area of intervention."""

    title: Name
    """Its title in the plan."""
    also_titled: tuple[Name, ...] = ()
    """Other titles that the plan gives it."""
    description: Prose | None = None
    """What is done in it."""
    only_for: Literal["special-conditions"] | None = None
    """Whom its activities must benefit."""
    outcomes: tuple[Outcome, ...] = ()
    """What is expected of it."""


class Alignment(Part):
    """What an off-budget project aligns with."""

    KEY: ClassVar[tuple[str, ...]] = ("framework", "goal")

    framework: FrameworkId
    """One of the plan's frameworks."""
    goal: str | None = None
    """The goal in it."""


class Procedure(Part):
    """Whether the project fits with a party's procedures."""

    KEY: ClassVar[tuple[str, ...]] = ("party",)

    party: Party
    """The party."""
    compliance: Literal["yes", "no", "waived"]
    """Whether it fits."""
    note: str | None = None
    """What was agreed about it."""


class Stage(Part):
    """A stage that an off-budget project reached."""

    KEY: ClassVar[tuple[str, ...]] = ("stage",)

    stage: Literal["identified", "concept", "coordinated", "agreed", "financed", "running", "closed"]
    """The stage."""
    on: PartDay
    """When it was reached."""


class Cost(Item):
    """A part of what an off-budget project costs."""

    year: Year | None = None
    """The year."""
    currency: Currency | None = None
    """The plan's currency where absent."""
    amount: Amount
    """How much."""
    rate: Rate | None = None
    """Plan currency per unit of `currency`."""


class Prize(Part):
    """How often a prize is awarded."""

    cycle_months: Months
    """Months between two awards."""
    last_on: PartDay | None = None
    """When it was last awarded."""


class Project(Described):
    """A programme project of the plan, or an off-budget project with partners' money."""

    FOLDER: ClassVar[str] = "projects"

    kind: Literal["programme", "off-budget"]
    """Whether the plan's budget pays for it."""
    number: Count | None = None
    """Its number in the plan."""
    title: Name
    """Its title in the plan."""
    also_titled: tuple[Name, ...] = ()
    """Other titles that the plan gives it."""
    period: Period | None = None
    """Its first and last day, if not the plan's."""
    objectives: tuple[Objective, ...] = ()
    """What it is for."""
    responsible: Owner | None = None
    """Which unit looks after it."""
    stated: tuple[Stated, ...] = ()
    """Figures that the plan states about it."""
    budget: Amount | None = None
    """Its amount, a claim: the truth is its line in budget.yaml."""
    series: tuple[Series, ...] = ()
    """Events that return."""
    areas: tuple[Area, ...] = ()
    """Its areas of intervention."""
    field: FieldWord | None = None
    """Off-budget: its field."""
    alignment: tuple[Alignment, ...] = ()
    """Off-budget: what it aligns with."""
    procedures: tuple[Procedure, ...] = ()
    """Off-budget: whether it fits with the parties' procedures."""
    stages: tuple[Stage, ...] = ()
    """Off-budget: the stages it reached."""
    parties: tuple[Party, ...] = ()
    """Off-budget: who carries it."""
    cost: tuple[Cost, ...] = ()
    """Off-budget: what it costs."""
    contributions: tuple[Contribution, ...] = ()
    """Off-budget: who gives what."""
    prize: Prize | None = None
    """Off-budget: for a prize, how often it is awarded."""

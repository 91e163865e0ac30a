"""budget.yaml: programme budgets, allocations and staff costs, and the totals they claim."""

from typing import ClassVar

from erc_cli.core.records.base import Correction, Item, Part, Record, Revision
from erc_cli.core.records.types import Address, Amount, AreaId, Day, Name, ProjectRef, Slug, Year


class ProgrammeLine(Item):
    """What the plan gives one project."""

    project: ProjectRef
    """The project."""
    amount: Amount
    """The amount that the plan approved."""
    revisions: tuple[Revision, ...] = ()
    """How it changed since."""


class Programmes(Part):
    """The programme budget, by project."""

    lines: tuple[ProgrammeLine, ...] = ()
    """One for each project."""
    total: Amount | None = None
    """What the lines are claimed to add up to."""


class Allocation(Item):
    """The part of a project's amount that goes to one area and year."""

    project: ProjectRef
    """The project."""
    area: AreaId
    """An area of that project."""
    year: Year
    """The year of the plan."""
    amount: Amount
    """The amount allocated at first."""
    revisions: tuple[Revision, ...] = ()
    """How it changed since."""


class AllocationTotal(Part):
    """What is claimed to be allocated of one project's amount, and what is left."""

    KEY: ClassVar[tuple[str, ...]] = ("project",)

    project: ProjectRef
    """The project."""
    allocated: Amount
    """What its allocations are claimed to add up to."""
    unallocated: Amount
    """What is claimed to be left of its amount."""


class Allocations(Part):
    """How the projects' amounts are split by area and year."""

    lines: tuple[Allocation, ...] = ()
    """One for each project, area and year."""
    totals: tuple[AllocationTotal, ...] = ()
    """One for each project."""


class StaffLine(Item):
    """One financial item of the directorate: salaries, allowances, ..."""

    title: Name
    """What the item is called."""
    years: dict[Year, Amount]
    """The amount of each year."""
    total: Amount | None = None
    """What the years are claimed to add up to."""
    notes: str | None = None
    """Why a year departs from the one before."""


class StaffRevision(Item):
    """One change of one staff amount."""

    line: Slug
    """The line."""
    year: Year
    """The year."""
    on: Day | None = None
    """The day of the change."""
    from_: Amount
    """The amount before it."""
    to: Amount
    """The amount after it."""
    because: Address | None = None
    """The decision that asked for it."""
    reason: str | None = None
    """Why."""


class Staff(Part):
    """The financial items: salaries and allowances, by year."""

    lines: tuple[StaffLine, ...] = ()
    """One for each item."""
    years: dict[Year, Amount] = {}
    """What the lines of each year are claimed to add up to."""
    total: Amount | None = None
    """What all is claimed to add up to, by rows and by columns."""
    revisions: tuple[StaffRevision, ...] = ()
    """How amounts changed since."""


class Budget(Record):
    """The money of the plan. Every total in it is a claim that `erc check` proves."""

    FOLDER: ClassVar[str] = "budget"

    programmes: Programmes | None = None
    """The programme budget, by project."""
    allocations: Allocations | None = None
    """How projects' amounts are split by area and year."""
    staff: Staff | None = None
    """Salaries and allowances, by item and year."""
    notes: str | None = None
    """Remarks of the office."""
    corrections: tuple[Correction, ...] = ()
    """Typing errors put right in its revisions."""

    @property
    def address(self) -> str:
        """`budget`."""
        return "budget"

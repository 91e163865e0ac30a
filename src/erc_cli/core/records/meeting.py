"""meetings/<id>.yaml: joint committees and coordination meetings, their decisions and follow-up."""

from typing import ClassVar, Literal

from erc_cli.core.records.base import Described, Item
from erc_cli.core.records.types import (
    ActivityRef,
    AgreementRef,
    Count,
    Day,
    Flag,
    Owner,
    PartDay,
    Party,
    Proof,
    Prose,
)


class Decision(Item):
    """What a meeting decided. What follows from it points back to it with `because`."""

    text: Prose
    """What was decided."""
    owner: Owner | None = None
    """Who carries it out."""
    due: Day | None = None
    """By when."""
    for_information: Flag | None = None
    """Nobody has to act on it."""
    done_on: Day | None = None
    """The day it was carried out."""
    evidence: tuple[Proof, ...] = ()
    """What shows that it was."""


class Meeting(Described):
    """A meeting with partners."""

    FOLDER: ClassVar[str] = "meetings"

    kind: Literal["joint-committee", "coordination", "bilateral", "official"]
    """What kind of meeting it is."""
    agreement: AgreementRef | None = None
    """The agreement that provides for it."""
    activity: ActivityRef | None = None
    """The activity that it belongs to."""
    session: Count | None = None
    """The number of the session."""
    planned_on: PartDay | None = None
    """When it is to be held."""
    held_on: PartDay | None = None
    """When it was held; its first day."""
    until: Day | None = None
    """Its last day, if it took more than one."""
    place: str | None = None
    """Where."""
    mode: Literal["in-person", "remote"] | None = None
    """In person or remote."""
    participants: tuple[Party, ...]
    """Who takes part: the own organisation and others."""
    agenda: tuple[str, ...] = ()
    """What was on the agenda."""
    decisions: tuple[Decision, ...] = ()
    """What was decided."""

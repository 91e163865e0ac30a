"""The stages of an off-budget project, from the first idea to its end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from erc_cli.core.periods import first_day
from erc_cli.core.records.project import Project, Stage

STAGES: Final = ("identified", "concept", "coordinated", "agreed", "financed", "running", "closed")
"""The stages in their order. A project may skip some: one that is given up is closed before it is agreed."""


def in_order(project: Project) -> Sequence[Stage]:
    """Return the stages on file in the order in which they follow each other, whatever their days."""
    return sorted(project.stages, key=lambda stage: STAGES.index(stage.stage))


def stages_on(project: Project, on: date) -> Sequence[Stage]:
    """Return the stages reached up to the day `on`, in their order. A day known in part counts from its first."""
    return [stage for stage in in_order(project) if first_day(stage.on) <= on]


def stage_on(project: Project, on: date) -> Stage | None:
    """Return the furthest stage reached up to the day `on`; None before the first."""
    reached = stages_on(project, on)
    return reached[-1] if reached else None


def has_reached(project: Project, stage: str) -> bool:
    """Whether the project went as far as `stage`: that one or a later one is on file, other than its end."""
    wanted = STAGES.index(stage)
    last = len(STAGES) - 1
    return any(wanted <= STAGES.index(one.stage) < last or one.stage == stage for one in project.stages)

"""The words of fields and spheres: the usual ones, or those of the house's own plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from erc_cli.core.records.plan import Plan

USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "fields": (
        "education",
        "science",
        "culture",
        "communication",
        "environment",
        "humanitarian",
        "governance",
        "heritage",
        "endowments",
        "human-rights",
    ),
    "spheres": ("arab", "islamic", "international", "regional", "national"),
}
"""Vocabulary: its words where the plan names none."""


def words_of(plan: Plan, vocabulary: str) -> tuple[str, ...]:
    """Return the words of a vocabulary: the plan's own where it has any, in its order."""
    own = {"fields": plan.fields, "spheres": plan.spheres}[vocabulary]
    return tuple(term.id for term in own) or USUAL[vocabulary]

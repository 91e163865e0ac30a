"""All rules, by code."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Final

from erc_cli.core.rules import (
    activities,
    agreement_events,
    agreement_terms,
    agreements,
    allocations,
    amounts,
    budget,
    chains,
    contributions,
    documents,
    evidence,
    history,
    identity,
    inside,
    languages,
    meetings,
    member_states,
    merging,
    off_budget,
    partners,
    reading,
    references,
    results,
    schedules,
    shape,
    special_conditions,
    spending,
    values,
    waivers,
)
from erc_cli.core.rules.rule import Rule

_FAMILIES: Final[tuple[ModuleType, ...]] = (
    reading,
    shape,
    identity,
    references,
    chains,
    inside,
    budget,
    allocations,
    amounts,
    spending,
    contributions,
    partners,
    agreements,
    agreement_events,
    agreement_terms,
    documents,
    meetings,
    results,
    values,
    evidence,
    off_budget,
    activities,
    schedules,
    special_conditions,
    member_states,
    languages,
    waivers,
    history,
    merging,
)

FAMILY_TITLES: Final[Mapping[str, str]] = {
    "YML": "text and syntax",
    "SCH": "shape",
    "IDS": "identity",
    "REF": "references",
    "BUD": "money",
    "PAR": "partners",
    "AGR": "agreements",
    "MTG": "meetings",
    "PRJ": "results",
    "ACT": "activities",
    "MST": "Member States",
    "LNG": "languages",
    "WVR": "waivers",
    "HIS": "history (needs a base revision)",
    "MRG": "merged trees",
}

RULES: Final[Mapping[str, Rule]] = {
    found.code: found
    for found in sorted(
        (value for family in _FAMILIES for value in vars(family).values() if isinstance(value, Rule)),
        key=lambda found: (list(FAMILY_TITLES).index(found.code[:3]), found.code),
    )
}
"""Code: rule, in the order of the manual."""

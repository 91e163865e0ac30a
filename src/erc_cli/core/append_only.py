"""What is only added to: facts of a day and revisions. A typing error in one is corrected, and the correction kept."""

from __future__ import annotations

from typing import Final

from erc_cli.core.records.activity import Activity, Assessment, Change, Expenditure
from erc_cli.core.records.agreement import AgreementParty, Amendment, Clearance, Event
from erc_cli.core.records.base import Contribution, Correction, NumberRevision, Part, Revision
from erc_cli.core.records.meeting import Decision, Meeting
from erc_cli.core.records.member_state import Answer, Need
from erc_cli.core.records.partner import DueDiligence
from erc_cli.core.records.project import Actual, Stage
from erc_cli.core.records.shape import field_by_key

_WHOLE: Final[frozenset[type[Part]]] = frozenset(
    {
        Amendment,
        Answer,
        Assessment,
        Change,
        Clearance,
        Contribution,
        Correction,
        Decision,
        DueDiligence,
        Event,
        Expenditure,
        Need,
        NumberRevision,
        Revision,
        Stage,
        Actual,
    }
)
"""Models whose items are facts: what they say is not changed afterwards."""

_FIELDS: Final[frozenset[tuple[type[Part], str]]] = frozenset(
    {
        (AgreementParty, "signed_on"),
        (AgreementParty, "acceded_on"),
        (Activity, "planned"),
        (Activity, "done"),
        (Meeting, "held_on"),
    }
)
"""Fields that are facts while what is around them is not."""


def is_append_only(model: type[Part], path: tuple[str, ...]) -> bool:
    """Whether what is at `path` in a record of `model` is a fact, or part of one. Keys of items count as steps."""
    current: type[Part] | None = model
    at_item = False
    for step in path:
        if current is None:
            return False
        if at_item:
            at_item = False
            if current in _WHOLE:
                return True
            continue
        field = field_by_key(current).get(step)
        if field is None:
            return False
        if (current, step) in _FIELDS:
            return True
        current = field.models[0] if field.models else None
        if current in _WHOLE and not field.is_list:
            return True
        at_item = field.is_list
    return False

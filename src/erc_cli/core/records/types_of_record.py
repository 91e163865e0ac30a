"""The record types: what the rest of the program iterates over."""

from collections.abc import Mapping
from typing import Final

from erc_cli.core.records.activity import Activity
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.records.base import Record
from erc_cli.core.records.budget import Budget
from erc_cli.core.records.meeting import Meeting
from erc_cli.core.records.member_state import MemberState
from erc_cli.core.records.partner import Partner
from erc_cli.core.records.plan import Plan
from erc_cli.core.records.project import Project
from erc_cli.core.records.waiver import Waiver

RECORD_TYPES: Final[Mapping[str, type[Record]]] = {
    model.FOLDER: model for model in (Plan, Budget, Partner, Agreement, Meeting, Project, Activity, MemberState, Waiver)
}
"""Folder, or `plan` and `budget`: the model of its records."""

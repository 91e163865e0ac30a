"""Columns of lists that are worked out from the whole register, on a day. One line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from erc_cli.core.listing import Field
from erc_cli.core.periods import first_day
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.records.member_state import MemberState
from erc_cli.core.register import Register
from erc_cli.core.relationship import has_special_conditions, need_state, relationship_on
from erc_cli.core.schedule import current_schedule, slip_days, state_on
from erc_cli.core.status import end_on, full_signature, status_on
from erc_cli.core.tables import Before, Cell, Column
from erc_cli.core.totals import current


class Derived(NamedTuple):
    """A column, the folders it needs beside its own, and the function of record, register and day that works it out."""

    column: Column
    needs: tuple[str, ...]
    work_out: Callable[[Any, Register, date], Cell]

    @property
    def field(self) -> Field:
        """The column as lists know it."""
        return Field(self.column, derived=True)


def _signed(agreement: Agreement, register: Register, on: date) -> Cell:
    if agreement.signed_before is not None:
        return Before(agreement.signed_before.isoformat())
    return full_signature(agreement)


def _starts(activity: Activity, register: Register, on: date) -> Cell:
    schedule = current_schedule(activity, on)
    return schedule.start if schedule else None


def _year(activity: Activity, register: Register, on: date) -> Cell:
    schedule = current_schedule(activity, on)
    return first_day(schedule.start).year if schedule else None


def _countries(activity: Activity, register: Register, on: date) -> Cell:
    others = (one.country for one in activity.other_beneficiaries if one.country)
    return (*(state.rpartition("/")[2] for state in activity.beneficiaries), *others) or None


def _open_needs(state: MemberState, register: Register, on: date) -> Cell:
    return sum(1 for need in state.needs if need.on <= on and need_state(need, on) == "open") or None


def _approved(project: Any, register: Register, on: date) -> Cell:
    programmes = register.budget.programmes if register.budget else None
    lines = [line for line in programmes.lines if line.project == project.address] if programmes else []
    return sum(current(line.amount, line.revisions) for line in lines) if lines else None


_LINKED = ("agreements", "activities")

DERIVED: Final[Mapping[str, tuple[Derived, ...]]] = {
    "partners": (Derived(Column("relationship", "Relationship", "word"), _LINKED, relationship_on),),
    "agreements": (
        Derived(Column("status", "Status", "word"), (), lambda one, register, on: status_on(one, register, on)),
        Derived(Column("signed", "Signed", "date"), (), _signed),
        Derived(Column("ends", "Ends", "date"), (), lambda one, register, on: end_on(one, on)),
    ),
    "meetings": (),
    "projects": (Derived(Column("approved", "Approved", "amount"), ("budget",), _approved),),
    "activities": (
        Derived(Column("state", "State", "word"), (), lambda one, register, on: state_on(one, on)),
        Derived(Column("starts", "Starts", "date"), (), _starts),
        Derived(Column("year", "Year", "year"), (), _year),
        Derived(Column("slip", "Days late", "number"), (), lambda one, register, on: slip_days(one, on)),
        Derived(Column("countries", "Countries", "country"), (), _countries),
    ),
    "member-states": (
        Derived(
            Column("special", "Special conditions", "flag"),
            (),
            lambda one, register, on: has_special_conditions(one, on),
        ),
        Derived(Column("open_needs", "Open needs", "number"), (), _open_needs),
    ),
}
"""Folder: what is worked out for its records."""

"""The columns of the lists, by folder: those with a name of their own, and those that are shown by default.

Every other field of a record can be asked for by its key. What has to be worked out stands in `derived`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from erc_cli.core.listing import Field, Row, View, stored, values_at
from erc_cli.core.periods import NotADateError, PartialDate, parse_partial_date
from erc_cli.core.tables import Cell, Column


class Listing(NamedTuple):
    """The columns of one folder by key, which of them are shown, and the words for one record and several."""

    columns: Mapping[str, Field]
    shown: tuple[str, ...]
    one: str
    several: str


def _acronym(row: Row, view: View) -> Cell:
    return view.text(row.data.get("acronyms")) or None


def _day(value: Any) -> PartialDate | None:
    try:
        return parse_partial_date(value) if isinstance(value, str) else None
    except NotADateError:
        return None


def _when(row: Row, view: View) -> Cell:
    """When a meeting was held, else when it is planned."""
    return _day(row.data.get("held_on")) or _day(row.data.get("planned_on"))


def _needs(row: Row, view: View) -> Cell:
    return sum(1 for _ in values_at(row.data, ("needs",))) or None


def _of(*fields: Field) -> dict[str, Field]:
    return {field.column.key: field for field in fields}


_ID = stored("id", "ID", "id")
_FIELD = stored("field", "Field", "word")
_RESPONSIBLE = stored("responsible", "Responsible", "ref")

PARTNERS: Final = _of(
    _ID,
    Field(Column("acronym", "Acronym", optional=True), value=_acronym),
    stored("name", "Name"),
    stored("category", "Category", "word", also="roles"),
    stored("country", "Country", "country"),
    stored("roles", "Roles", "word"),
    stored("sphere", "Sphere", "word"),
    stored("fields", "Fields", "word"),
    stored("ended_on", "Ended on", "date"),
)

AGREEMENTS: Final = _of(
    _ID,
    stored("kind", "Kind", "word"),
    stored("parties", "Parties", "ref", path="parties.party", optional=True),
    stored("title", "Title"),
    stored("effective_on", "Effective on", "date"),
    stored("ends_on", "Ends on", "date"),
    stored("fields", "Fields", "word"),
    _RESPONSIBLE,
)

MEETINGS: Final = _of(
    _ID,
    stored("kind", "Kind", "word"),
    stored("session", "Session", "number"),
    Field(Column("when", "Held or planned", "date"), value=_when),
    stored("agreement", "Agreement", "ref", optional=True),
    stored("activity", "Activity", "ref"),
    stored("participants", "Participants", "ref"),
    stored("held_on", "Held on", "date"),
    stored("planned_on", "Planned on", "date"),
)

PROJECTS: Final = _of(
    _ID,
    stored("number", "No.", "number"),
    stored("kind", "Kind", "word", optional=True),
    stored("title", "Title"),
    stored("budget", "Budget", "amount"),
    _FIELD,
    _RESPONSIBLE,
)

ACTIVITIES: Final = _of(
    _ID,
    stored("kind", "Kind", "word"),
    stored("project", "Project", "ref", optional=True),
    stored("area", "Area", "id", optional=True),
    stored("planned.start", "Planned", "date"),
    stored("title", "Title"),
    stored("under", "Under", "ref"),
    stored("role", "Role", "word"),
    stored("origin", "Origin", "word"),
    stored("partners", "Partners", "ref"),
    stored("beneficiaries", "Beneficiaries", "ref"),
    _FIELD,
    _RESPONSIBLE,
)

MEMBER_STATES: Final = _of(
    _ID,
    stored("name", "Name"),
    stored("membership", "Membership", "word"),
    Field(Column("need_count", "Needs", "number"), value=_needs),
    stored("national_commission", "National commission", "ref"),
    _RESPONSIBLE,
)

LISTINGS: Final[Mapping[str, Listing]] = {
    "partners": Listing(PARTNERS, ("id", "acronym", "name", "category", "country"), "partner", "partners"),
    "agreements": Listing(AGREEMENTS, ("id", "kind", "parties", "status", "signed", "ends"), "agreement", "agreements"),
    "meetings": Listing(MEETINGS, ("id", "kind", "session", "when", "agreement"), "meeting", "meetings"),
    "projects": Listing(PROJECTS, ("id", "number", "kind", "title", "budget"), "project", "projects"),
    "activities": Listing(
        ACTIVITIES, ("id", "kind", "project", "area", "planned.start", "title"), "activity", "activities"
    ),
    "member-states": Listing(
        MEMBER_STATES, ("id", "name", "special", "need_count", "open_needs"), "Member State", "Member States"
    ),
}
"""Folder: its list."""

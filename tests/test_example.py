"""The worked example: `examples/lantern-league` answers as `examples/README.md` says, which was worked out by hand.

Every literal here stands in that page with its reasoning.
"""

from __future__ import annotations

import importlib
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import get_args

import pytest

from erc_cli.commands.check import check
from erc_cli.core.funding import Pledges, funding, leverage, records_of
from erc_cli.core.indicators import measured, measurement_indicators
from erc_cli.core.periods import parse_partial_date
from erc_cli.core.records.activity import Activity, Schedule
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.records.member_state import MemberState
from erc_cli.core.records.partner import Partner
from erc_cli.core.records.project import MeasurementIndicator, Project
from erc_cli.core.register import Register
from erc_cli.core.relationship import has_special_conditions, need_state, relationship_on
from erc_cli.core.schedule import current_schedule, moved_between_years, slip_days, slips, state_on, year_of_activities
from erc_cli.core.status import Status, status_on
from erc_cli.core.totals import current, equations
from erc_cli.store.load import load
from erc_cli.store.worktree import WorkTree

ROOT = Path(__file__).parent.parent / "examples" / "lantern-league"
DAYS = (date(2023, 6, 30), date(2024, 7, 1), date(2025, 12, 31))
ALWAYS = range(len(DAYS))
WINDOW = 90


@cache
def register() -> Register:
    loaded = load(WorkTree(str(ROOT)))
    assert loaded.findings == []
    return loaded.register


def agreement(name: str) -> Agreement:
    found = register().find(f"agreements/{name}", Agreement)
    assert found is not None
    return found


def partner(name: str) -> Partner:
    found = register().find(f"partners/{name}", Partner)
    assert found is not None
    return found


def activity(name: str) -> Activity:
    found = register().find(f"activities/{name}", Activity)
    assert found is not None
    return found


def project(name: str) -> Project:
    found = register().find(f"projects/{name}", Project)
    assert found is not None
    return found


def member_state(code: str) -> MemberState:
    found = register().find(f"member-states/{code}", MemberState)
    assert found is not None
    return found


def money(text: str) -> Pledges:
    return Pledges(*(Decimal(amount) for amount in text.split()))


NONE = money("0.00 0.00 0.00")


# --- the files ----------------------------------------------------------------------------------------------


def test_check_has_nothing_to_say_but_what_is_waived() -> None:
    checked = check(WorkTree(str(ROOT)))
    assert [(f.code, f.problem.record) for f in checked.findings if not f.waived] == []
    assert [(f.code, f.problem.record, f.problem.actual) for f in checked.findings] == [
        ("BUD016", "activities/harbour-forum-2023", "25420.00")
    ]


def test_it_says_that_it_is_fictional() -> None:
    plan = register().plan
    assert plan.title["en"].startswith("FICTIONAL")
    assert plan.title["fr"].startswith("EXEMPLE FICTIF")
    assert plan.title["ar"].startswith("مثال خيالي")
    for path in sorted((ROOT / "documents").rglob("*.txt")):
        assert path.read_text("utf-8").startswith("FICTIONAL EXAMPLE\n"), path


def test_documents_are_there_and_have_their_fingerprints() -> None:
    listed = {}
    for record in register().records.values():
        for document in getattr(record, "documents", ()):
            listed[document.path] = document.sha256
    found = {path.relative_to(ROOT).as_posix(): sha256(path.read_bytes()).hexdigest() for path in _documents()}
    assert listed == found


def _documents() -> list[Path]:
    return [path for path in (ROOT / "documents").rglob("*") if path.is_file()]


# --- agreements and partners --------------------------------------------------------------------------------

EXPECTED_STATUS = {
    "uhs-cooperation-2015": ("in-force", "superseded", "superseded"),
    "uhs-cooperation-2024": ("negotiating", "in-force", "in-force"),
    "uhs-programme-2024": ("identified", "in-force", "in-force"),
    "lighthouse-mou-2023": ("in-force", "in-force", "in-force"),
    "meridian-prize-2022": ("in-force", "in-force", "in-force"),
    "brightglass-mou": ("cleared", "awaiting-signature", "cancelled"),
    "open-shelves-mou-2023": ("in-force", "suspended", "in-force"),
    "tidewater-cooperation-2019": ("in-force", "expired", "expired"),
    "tidewater-cooperation-next": ("identified", "negotiating", "negotiating"),
    "hands-of-relief-mou-2022": ("in-force", "terminated", "terminated"),
    "harbour-heritage-protocol": ("in-force", "in-force", "in-force"),
    "almenara-mou-2021": ("in-force", "in-force", "expired"),
    "aurevia-letters-2025": ("identified", "identified", "signed"),
    "terfane-archives-letters": ("identified", "identified", "identified"),
}


@pytest.mark.parametrize("name", EXPECTED_STATUS)
def test_status_of_an_agreement(name: str) -> None:
    assert tuple(status_on(agreement(name), register(), on) for on in DAYS) == EXPECTED_STATUS[name]


def test_every_agreement_and_every_status_is_in_the_example() -> None:
    assert {f"agreements/{name}" for name in EXPECTED_STATUS} == {one.address for one in register().agreements}
    assert {status for statuses in EXPECTED_STATUS.values() for status in statuses} == set(get_args(Status))


TURNS = [
    ("uhs-cooperation-2015", date(2024, 2, 29), "in-force", "superseded"),
    ("uhs-cooperation-2024", date(2024, 2, 29), "signed", "in-force"),
    ("open-shelves-mou-2023", date(2024, 5, 1), "in-force", "suspended"),
    ("open-shelves-mou-2023", date(2024, 9, 30), "suspended", "in-force"),
    ("open-shelves-mou-2023", date(2026, 6, 30), "in-force", "expired"),
    ("tidewater-cooperation-2019", date(2024, 4, 1), "in-force", "expired"),
    ("hands-of-relief-mou-2022", date(2024, 5, 14), "in-force", "terminated"),
    ("almenara-mou-2021", date(2024, 9, 30), "in-force", "expired"),
    ("lighthouse-mou-2023", date(2026, 1, 24), "in-force", "expired"),
    ("uhs-programme-2024", date(2025, 12, 31), "in-force", "expired"),
    ("aurevia-letters-2025", date(2025, 12, 31), "signed", "in-force"),
    ("brightglass-mou", date(2023, 5, 9), "negotiating", "cleared"),
]
"""An agreement, the last day of a status, that status and the one of the day after."""


@pytest.mark.parametrize(("name", "last", "before", "after"), TURNS)
def test_day_on_which_a_status_turns(name: str, last: date, before: str, after: str) -> None:
    assert status_on(agreement(name), register(), last) == before
    assert status_on(agreement(name), register(), last + timedelta(days=1)) == after


EXPECTED_RELATIONSHIP = {
    "harbour-states-union": ("agreement", "agreement", "agreement"),
    "lighthouse-network": ("agreement", "agreement", "agreement"),
    "open-shelves": ("agreement", "ad-hoc", "agreement"),
    "hands-of-relief": ("agreement", "ad-hoc", "ad-hoc"),
    "tidewater-bank": ("agreement", "ad-hoc", "ad-hoc"),
    "meridian-foundation": ("agreement", "agreement", "agreement"),
    "brightglass": ("prospect", "prospect", "prospect"),
    "almenara-university": ("agreement", "agreement", "ad-hoc"),
    "donor-k": ("ad-hoc", "ad-hoc", "ad-hoc"),
    "terfane-commission": ("prospect", "prospect", "prospect"),
    "aurevia-ministry": ("agreement", "agreement", "agreement"),
}


@pytest.mark.parametrize(
    "name",
    EXPECTED_RELATIONSHIP,
)
def test_relationship_of_a_partner(name: str) -> None:
    assert tuple(relationship_on(partner(name), register(), on) for on in DAYS) == EXPECTED_RELATIONSHIP[name]


def test_every_partner_is_looked_at() -> None:
    assert {f"partners/{name}" for name in EXPECTED_RELATIONSHIP} == {one.address for one in register().partners}


# --- activities ---------------------------------------------------------------------------------------------

EXPECTED_STATE_AND_SLIP = {
    "mayors-symposium-2023": (("done", 0), ("done", 0), ("done", 0)),
    "harbour-forum-2023": (("planned", 35), ("done", 35), ("done", 35)),
    "harbour-forum-2025": (("planned", 0), ("planned", 0), ("done", 28)),
    "keepers-training-2024": (("planned", 0), ("done", 50), ("done", 50)),
    "librarians-summer-school": (("planned", 0), ("running", 0), ("done", 0)),
    "library-network-study": (("planned", 0), ("cancelled", None), ("done", 378)),
    "relief-strategy": (("planned", 0), ("running", 101), ("done", 84)),
    "reading-rooms-halmora": (("running", 0), ("done", 45), ("done", 45)),
    "donors-conference-2024": (("planned", 0), ("planned", 0), ("done", 49)),
    "floating-library-voyage": (("planned", 0), ("planned", 0), ("planned", 165)),
    "lamp-prize-2023": (("planned", 0), ("done", 0), ("done", 0)),
    "lamp-prize-2025": (("planned", 0), ("planned", 0), ("planned", 91)),
}


@pytest.mark.parametrize("name", EXPECTED_STATE_AND_SLIP)
def test_state_and_slip_of_an_activity(name: str) -> None:
    one = activity(name)
    assert tuple((state_on(one, on), slip_days(one, on)) for on in DAYS) == EXPECTED_STATE_AND_SLIP[name]


EXPECTED_MOVED_SCHEDULES: tuple[dict[str, tuple[str, str]], ...] = (
    {"harbour-forum-2023": ("2023-10-17", "2023-10-19")},
    {
        "harbour-forum-2023": ("2023-10-17", "2023-10-19"),
        "keepers-training-2024": ("2024-04-15", "2024-04-19"),
        "relief-strategy": ("2024-03-01", "2025-03-31"),
        "reading-rooms-halmora": ("2023-05-02", "2024-06-14"),
    },
    {
        "harbour-forum-2023": ("2023-10-17", "2023-10-19"),
        "harbour-forum-2025": ("2025-10-07", "2025-10-09"),
        "keepers-training-2024": ("2024-04-15", "2024-04-19"),
        "library-network-study": ("2024-11-04", "2025-03-28"),
        "relief-strategy": ("2024-03-01", "2025-03-31"),
        "reading-rooms-halmora": ("2023-05-02", "2024-06-14"),
        "donors-conference-2024": ("2024-11-19", "2024-11-20"),
        "floating-library-voyage": ("2025-03-03", "2025-12-12"),
        "lamp-prize-2025": ("2026-02-17", "2026-02-17"),
    },
)
"""Where the schedule of the day is another than that planned."""


@pytest.mark.parametrize("day", ALWAYS)
def test_schedules_as_they_stand(day: int) -> None:
    moved = {}
    for name in EXPECTED_STATE_AND_SLIP:
        found = current_schedule(activity(name), DAYS[day])
        if found != activity(name).planned:
            moved[name] = found
    expected = {
        name: Schedule.model_construct(start=parse_partial_date(start), end=parse_partial_date(end))
        for name, (start, end) in EXPECTED_MOVED_SCHEDULES[day].items()
    }
    assert moved == expected


EXPECTED_SLIPS = {
    "harbour-forum-2023": [("after-the-summit", 35, "decision", ("partners/harbour-states-union",))],
    "harbour-forum-2025": [("new-hall", 28, "decision", ("partners/harbour-states-union",))],
    "keepers-training-2024": [("trainers-free", 50, "partner-timeframe", ("partners/lighthouse-network",))],
    "library-network-study": [("new-dates", 364, "funding", ())],
    "relief-strategy": [("after-the-floods", 101, "force-majeure", ())],
    "reading-rooms-halmora": [("customs", 45, "member-state", ())],
    "donors-conference-2024": [("elections", 49, "member-state", ())],
    "floating-library-voyage": [("charter-unpaid", 165, "funding", ())],
    "lamp-prize-2025": [("money-outstanding", 91, "funding", ())],
}


def test_slips_have_their_causes_and_partners() -> None:
    found = {}
    for one in register().activities:
        moved = [(slip.change.id, slip.days, slip.cause, slip.partners) for slip in slips(one, register(), DAYS[2])]
        if moved:
            found[one.id] = moved
    assert found == EXPECTED_SLIPS


def test_the_year_2023_in_activities() -> None:
    def names(*ids: str) -> tuple[str, ...]:
        return tuple(f"activities/{name}" for name in ids)

    seen = year_of_activities(register(), 2023, DAYS[1])
    assert seen.planned == names(
        "harbour-forum-2023", "lamp-prize-2023", "library-network-study", "mayors-symposium-2023"
    )
    assert seen.added == names("reading-rooms-halmora")
    assert seen.cancelled == names("library-network-study")
    assert seen.moved_out == ()

    seen = year_of_activities(register(), 2023, DAYS[2])
    assert seen.cancelled == ()
    assert seen.moved_out == names("library-network-study")
    assert seen.moved_in == ()
    assert seen.done == names("harbour-forum-2023", "lamp-prize-2023", "mayors-symposium-2023", "reading-rooms-halmora")


# --- indicators ---------------------------------------------------------------------------------------------

_FIRST = ("agreements/harbour-heritage-protocol",)
_SECOND = (*_FIRST, "agreements/uhs-cooperation-2024", "agreements/uhs-programme-2024")
_THIRD = ("agreements/aurevia-letters-2025", *_SECOND)
_NEW = ("partners/lighthouse-network", "partners/open-shelves")
_KEEPERS, _SCHOOL = "activities/keepers-training-2024", "activities/librarians-summer-school"

EXPECTED_COUNTS = [
    ("partnerships", "governmental-agreements", 0, 2023, "1", "100.0", _FIRST),
    ("partnerships", "governmental-agreements", 1, 2023, "1", "100.0", _FIRST),
    ("partnerships", "governmental-agreements", 1, 2024, "3", "100.0", _SECOND),
    ("partnerships", "governmental-agreements", 2, 2025, "4", "100.0", _THIRD),
    ("partnerships", "joint-committees", 0, 2023, "1", "100.0", ("meetings/uhs-committee-7",)),
    ("partnerships", "joint-committees", 1, 2024, "1", "100.0", ("meetings/uhs-committee-8",)),
    ("partnerships", "joint-committees", 2, 2025, "1", "100.0", ("meetings/uhs-committee-9",)),
    ("partnerships", "forums-attended", 0, 2023, "1", "100.0", ("activities/mayors-symposium-2023",)),
    ("partnerships", "forums-attended", 2, 2024, "1", "0.0", ()),
    ("partnerships", "new-partners", 0, 2023, "1", "200.0", _NEW),
    ("partnerships", "new-partners", 1, 2024, "2", "100.0", _NEW),
    ("partnerships", "new-partners", 2, 2025, "3", "66.7", _NEW),
    ("partnerships", "trainings-completed", 1, 2024, "2", "50.0", (_KEEPERS,)),
    ("partnerships", "trainings-completed", 2, 2024, "2", "100.0", (_KEEPERS, _SCHOOL)),
    ("partnerships", "trainings-completed", 2, 2025, "1", "0.0", ()),
    ("solidarity", "relief-meetings", 0, 2023, "1", "100.0", ("meetings/relief-roundtable-2023",)),
]
"""Project, indicator, day, year, target, share of it in percent, the records that count."""


def indicator(of: str, name: str) -> MeasurementIndicator:
    return next(one for _, one in measurement_indicators(project(of)) if one.id == name)


@pytest.mark.parametrize(("of", "name", "day", "year", "target", "share", "records"), EXPECTED_COUNTS)
def test_value_of_a_counted_indicator(
    of: str, name: str, day: int, year: int, target: str, share: str, records: tuple[str, ...]
) -> None:
    values = measured(indicator(of, name), project(of), register(), DAYS[day])
    value = next(one for one in values if one.year == year)
    assert value.is_counted
    assert value.evidence == records
    assert (value.target, value.actual, value.share) == (Decimal(target), len(records), Decimal(share))


def test_every_counted_indicator_is_looked_at() -> None:
    counting = {
        (one.id, found.id) for one in register().projects for _, found in measurement_indicators(one) if found.counts
    }
    assert {(of, name) for of, name, *_ in EXPECTED_COUNTS} == counting


def test_a_target_stands_until_it_is_revised() -> None:
    new_partners = indicator("partnerships", "new-partners")
    targets = [
        {one.year: one.target for one in measured(new_partners, project("partnerships"), register(), on)} for on in DAYS
    ]
    assert [found[2025] for found in targets] == [4, 4, 3]


def test_value_of_a_percentage() -> None:
    useful = measured(indicator("partnerships", "forum-usefulness"), project("partnerships"), register(), DAYS[2])
    assert [(one.year, one.target, one.actual, one.share, one.is_counted) for one in useful] == [
        (2023, Decimal(75), Decimal("82.5"), Decimal("110.0"), False),
        (2025, Decimal(85), Decimal("87.5"), Decimal("102.9"), False),
    ]


# --- money --------------------------------------------------------------------------------------------------

EXPECTED_FUNDING = [
    ("partnerships", 0, "75000.00 2870.00", "15000.00 15000.00 0.00", "0.00 0.00 0.00", "15000.00", "0.00", None),
    (
        "partnerships",
        1,
        "69000.00 34060.40",
        "15000.00 20000.00 17756.10",
        "0.00 0.00 6000.00",
        "22756.10",
        "0.52",
        None,
    ),
    (
        "partnerships",
        2,
        "83500.00 78780.90",
        "15000.00 20000.00 35256.10",
        "0.00 0.00 11200.00",
        "35256.10",
        "0.45",
        None,
    ),
    ("solidarity", 0, "75000.00 7200.00", "0.00 0.00 14500.00", "0.00 0.00 0.00", "14500.00", "2.01", None),
    ("solidarity", 1, "75000.00 29400.00", "0.00 0.00 17000.00", "0.00 0.00 0.00", "17000.00", "0.58", None),
    ("solidarity", 2, "75000.00 68330.00", "35160.00 11520.00 24360.00", "0.00 0.00 0.00", "28520.00", "0.36", None),
    (
        "lamp-of-learning-prize",
        0,
        "0.00 0.00",
        "0.00 60000.00 30000.00",
        "0.00 0.00 0.00",
        "60000.00",
        "0.00",
        "0.00",
    ),
    (
        "lamp-of-learning-prize",
        1,
        "0.00 0.00",
        "0.00 60000.00 30000.00",
        "0.00 0.00 1500.00",
        "60000.00",
        "0.00",
        "0.00",
    ),
    (
        "lamp-of-learning-prize",
        2,
        "0.00 0.00",
        "0.00 60000.00 54000.00",
        "0.00 0.00 1500.00",
        "60000.00",
        "0.00",
        "0.00",
    ),
    ("floating-library", 0, "0.00 0.00", "0.00 0.00 0.00", "0.00 0.00 0.00", "0.00", "0.00", "70000.92"),
    (
        "floating-library",
        1,
        "0.00 0.00",
        "27900.00 57750.00 12951.84",
        "0.00 8000.00 0.00",
        "57750.00",
        "0.00",
        "12250.92",
    ),
    (
        "floating-library",
        2,
        "0.00 0.00",
        "27900.00 70250.00 54351.84",
        "0.00 8000.00 6000.00",
        "70250.00",
        "0.00",
        "-249.08",
    ),
]
"""Project, day, own budget and spent, cash and in kind (pledged, committed, received), secured, leverage, gap."""


@pytest.mark.parametrize(
    ("name", "day", "own", "cash", "in_kind", "secured", "times", "gap"),
    EXPECTED_FUNDING,
    ids=[f"{name}-{DAYS[day]}" for name, day, *_ in EXPECTED_FUNDING],
)
def test_money_of_a_project(
    name: str, day: int, own: str, cash: str, in_kind: str, secured: str, times: str, gap: str | None
) -> None:
    found = funding(records_of(project(name), register()), register(), DAYS[day])
    assert (found.own_budget, found.own_spent) == tuple(Decimal(amount) for amount in own.split())
    assert (found.cash, found.in_kind) == (money(cash), money(in_kind))
    assert found.secured == Decimal(secured)
    assert found.gap == (Decimal(gap) if gap is not None else None)
    assert found.unconverted == ()
    assert leverage(project(name), register(), DAYS[day]) == Decimal(times)


EXPECTED_BY_PARTNER: dict[str, tuple[tuple[str, str], ...]] = {
    "harbour-states-union": (
        ("15000.00 15000.00 0.00", "0.00 0.00 0.00"),
        ("15000.00 45000.00 15000.00", "0.00 0.00 6000.00"),
        ("35000.00 45000.00 57500.00", "0.00 0.00 6000.00"),
    ),
    "lighthouse-network": (
        ("0.00 0.00 0.00", "0.00 0.00 0.00"),
        ("0.00 0.00 2756.10", "0.00 0.00 0.00"),
        ("0.00 0.00 2756.10", "0.00 0.00 0.00"),
    ),
    "open-shelves": (
        ("0.00 0.00 0.00", "0.00 0.00 0.00"),
        ("0.00 5000.00 0.00", "0.00 0.00 0.00"),
        ("0.00 5000.00 5000.00", "0.00 0.00 0.00"),
    ),
    "hands-of-relief": (
        ("0.00 0.00 12000.00", "0.00 0.00 0.00"),
        ("0.00 0.00 12000.00", "0.00 0.00 0.00"),
        ("15160.00 11520.00 19360.00", "0.00 0.00 0.00"),
    ),
    "tidewater-bank": (
        ("0.00 0.00 0.00", "0.00 0.00 0.00"),
        ("27900.00 27750.00 12951.84", "0.00 0.00 0.00"),
        ("27900.00 40250.00 24351.84", "0.00 0.00 0.00"),
    ),
    "meridian-foundation": (
        ("0.00 60000.00 30000.00", "0.00 0.00 0.00"),
        ("0.00 60000.00 30000.00", "0.00 0.00 1500.00"),
        ("0.00 60000.00 54000.00", "0.00 0.00 1500.00"),
    ),
    "brightglass": (("0.00 0.00 0.00", "0.00 0.00 0.00"),) * 3,
    "almenara-university": (
        ("0.00 0.00 0.00", "0.00 0.00 0.00"),
        ("0.00 0.00 0.00", "0.00 8000.00 0.00"),
        ("0.00 0.00 0.00", "0.00 8000.00 11200.00"),
    ),
    "donor-k": (
        ("0.00 0.00 2500.00", "0.00 0.00 0.00"),
        ("0.00 0.00 5000.00", "0.00 0.00 0.00"),
        ("0.00 0.00 5000.00", "0.00 0.00 0.00"),
    ),
    "terfane-commission": (("0.00 0.00 0.00", "0.00 0.00 0.00"),) * 3,
    "aurevia-ministry": (("0.00 0.00 0.00", "0.00 0.00 0.00"),) * 3,
}
EXPECTED_OF_ALL = (
    ("15000.00 75000.00 44500.00", "0.00 0.00 0.00"),
    ("42900.00 137750.00 77707.94", "0.00 8000.00 7500.00"),
    ("78060.00 161770.00 167967.94", "0.00 8000.00 18700.00"),
)


@pytest.mark.parametrize("day", ALWAYS)
def test_money_of_each_partner(day: int) -> None:
    records = [*register().projects, *register().activities]
    together, in_kind = NONE, NONE
    for name, days in EXPECTED_BY_PARTNER.items():
        found = funding(records, register(), DAYS[day], f"partners/{name}")
        assert (found.cash, found.in_kind) == (money(days[day][0]), money(days[day][1])), name
        together, in_kind = together.plus(found.cash), in_kind.plus(found.in_kind)
    everything = funding(records, register(), DAYS[day])
    expected = tuple(money(text) for text in EXPECTED_OF_ALL[day])
    assert (together, in_kind) == expected
    assert (everything.cash, everything.in_kind) == expected
    assert set(EXPECTED_BY_PARTNER) == {one.id for one in register().partners}


def test_every_total_of_the_budget_holds() -> None:
    claims = {one.name: one.claim for one in equations(register())}
    assert all(one.holds for one in equations(register()))
    assert claims["programmes total"] == Decimal("435000.00")
    assert claims["staff total"] == Decimal("422600.00")
    assert claims["allocated of projects/partnerships"] == Decimal("205000.00")
    assert claims["unallocated of projects/partnerships"] == Decimal("35000.00")
    assert claims["allocated of projects/solidarity"] == Decimal("165000.00")
    assert claims["unallocated of projects/solidarity"] == Decimal("30000.00")


def test_a_revised_budget_replaces_the_original_from_its_day() -> None:
    budget = register().budget
    assert budget is not None
    assert budget.programmes is not None
    line = next(one for one in budget.programmes.lines if one.id == "solidarity")
    amounts = [current(line.amount, line.revisions, on) for on in DAYS]
    assert amounts == [Decimal("180000.00"), Decimal("195000.00"), Decimal("195000.00")]
    assert moved_between_years(register(), DAYS[0]) == {}
    assert moved_between_years(register(), DAYS[1]) == {
        "projects/partnerships": {2024: Decimal("-7000.00"), 2025: Decimal("7000.00")},
        "projects/solidarity": {2024: Decimal("15000.00")},
    }


# --- Member States ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "expected"),
    [("bv", (False, False, False)), ("hm", (True, True, False)), ("tf", (False, True, True))],
)
def test_special_conditions(code: str, expected: tuple[bool, ...]) -> None:
    assert tuple(has_special_conditions(member_state(code), on) for on in DAYS) == expected


EXPECTED_NEEDS: dict[tuple[str, str], tuple[str | None, ...]] = {
    ("hm", "reading-rooms"): ("included", "included", "included"),
    ("hm", "teachers-tablets"): (None, "open", "rejected"),
    ("bv", "teachers-exchange"): (None, "open", "deferred"),
    ("bv", "coastal-schools"): (None, None, "open"),
    ("tf", "archives-rescue"): (None, None, "deferred"),
}
"""State and need: what became of it on each day; None before it was raised."""


def test_what_became_of_each_need() -> None:
    found = {
        (state.id, need.id): tuple(need_state(need, on) if need.on <= on else None for on in DAYS)
        for state in register().member_states
        for need in state.needs
    }
    assert found == EXPECTED_NEEDS


# --- what is due --------------------------------------------------------------------------------------------

_ER = "external-relations"
_ROUNDTABLE = "meetings/relief-roundtable-2023.decisions"

EXPECTED_DUE: dict[date, list[tuple[str, str, str, date]]] = {
    DAYS[0]: [
        ("objection-deadline", "agreements/almenara-mou-2021", _ER, date(2023, 9, 1)),
        ("signature-missing", "agreements/brightglass-mou", _ER, date(2023, 7, 10)),
        ("decision-overdue", f"{_ROUNDTABLE}.contact-list", "programmes", date(2023, 6, 16)),
        ("decision-overdue", f"{_ROUNDTABLE}.strategy", "programmes", date(2023, 8, 1)),
    ],
    DAYS[1]: [
        ("objection-deadline", "agreements/meridian-prize-2022", _ER, date(2024, 8, 3)),
        ("objection-deadline", "agreements/almenara-mou-2021", _ER, date(2024, 9, 1)),
        ("signature-incomplete", "agreements/brightglass-mou", _ER, date(2023, 10, 31)),
        ("decision-overdue", "meetings/uhs-committee-8.decisions.exchange-curricula", "programmes", date(2024, 6, 29)),
        (
            "decision-overdue",
            "meetings/lighthouse-bilateral-2024.decisions.trainers-roster",
            "partners/lighthouse-network",
            date(2024, 8, 31),
        ),
        ("minutes-missing", "meetings/lighthouse-bilateral-2024", _ER, date(2024, 7, 19)),
        ("activity-overdue", "activities/librarians-summer-school", "programmes", date(2024, 7, 13)),
        ("assessment-missing", "activities/keepers-training-2024", "programmes", date(2024, 4, 20)),
        ("assessment-missing", "activities/reading-rooms-halmora", "programmes", date(2024, 6, 15)),
        ("conditions-without-need", "member-states/tf", "programmes", date(2024, 2, 1)),
        ("waiver-ended", "waivers/forum-2023-overspending", "finance", date(2024, 4, 1)),
        ("commitment-unpaid", "agreements/uhs-programme-2024.commitments.library", _ER, date(2024, 9, 16)),
    ],
    DAYS[2]: [
        ("agreement-expiring", "agreements/uhs-programme-2024", _ER, date(2026, 1, 1)),
        ("agreement-expiring", "agreements/lighthouse-mou-2023", _ER, date(2026, 1, 25)),
        ("negotiation-stalled", "agreements/tidewater-cooperation-next", "finance", date(2025, 6, 4)),
        ("decision-overdue", "meetings/uhs-committee-9.decisions.audit-clause", "finance", date(2025, 11, 1)),
        ("decision-overdue", "meetings/terfane-official-2025.decisions.archives-letters", _ER, date(2026, 2, 28)),
        ("committee-session-due", "agreements/uhs-cooperation-2024", _ER, date(2026, 2, 26)),
        ("committee-session-due", "agreements/open-shelves-mou-2023", _ER, date(2025, 3, 16)),
        ("minutes-missing", "meetings/lighthouse-bilateral-2024", _ER, date(2024, 7, 19)),
        ("activity-overdue", "activities/floating-library-voyage", "programmes", date(2025, 12, 13)),
        ("activity-overdue", "activities/lamp-prize-2025", _ER, date(2026, 2, 18)),
        ("assessment-missing", "activities/keepers-training-2024", "programmes", date(2024, 4, 20)),
        ("assessment-missing", "activities/harbour-forum-2025", _ER, date(2025, 10, 10)),
        ("next-edition", "projects/lamp-of-learning-prize", _ER, date(2025, 11, 21)),
        ("need-unanswered", "member-states/bv.needs.coastal-schools", "programmes", date(2026, 1, 1)),
        ("waiver-ended", "waivers/forum-2023-overspending", "finance", date(2024, 4, 1)),
        ("due-diligence-outlived", "partners/meridian-foundation", "legal-affairs", date(2025, 8, 16)),
        ("due-diligence-outlived", "partners/hands-of-relief", "legal-affairs", date(2026, 1, 16)),
        ("commitment-unpaid", "agreements/uhs-programme-2024.commitments.crew-training", _ER, date(2025, 7, 1)),
        ("actuals-missing", "projects/solidarity.indicators.reading-rooms-opened", "programmes", date(2026, 1, 1)),
    ],
}
"""Day: kind, address, who must act, first day it is late."""

_KINDS_OF_ITEMS = frozenset({"decision-overdue", "need-unanswered", "commitment-unpaid"})
"""Kinds that are about one item of a record: its address says which."""


@pytest.mark.skipif(find_spec("erc_cli.core.due") is None, reason="the list of what is due is not there yet")
@pytest.mark.parametrize(
    "on",
    DAYS,
    ids=str,
)
def test_what_is_due(on: date) -> None:
    due = importlib.import_module("erc_cli.core.due").due
    found = [(item.kind, _address(item), item.who, item.late_on) for item in due(register(), on, WINDOW)]
    assert sorted(found) == sorted(EXPECTED_DUE[on])
    assert all(item.text for item in due(register(), on, WINDOW))


def _address(item: object) -> str:
    """The record of an item of `due`, or what in it the item is about; fields deeper than that are left out."""
    record, field, kind = (getattr(item, name) for name in ("record", "field", "kind"))
    steps = field.split(".") if isinstance(field, str) else [str(step) for step in field or ()]
    if kind == "actuals-missing":
        names = {one.id for _, one in measurement_indicators(project(record.partition("/")[2]))}
        return f"{record}.indicators.{next(step for step in steps if step in names)}"
    return ".".join([record, *steps[:2]]) if kind in _KINDS_OF_ITEMS else str(record)

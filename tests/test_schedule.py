"""Schedules: planned plus changes gives current, and every day of a slip has its cause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erc_cli.core.records.activity import Activity, Change, Schedule
from erc_cli.core.register import Register
from erc_cli.core.schedule import (
    UNEXPLAINED,
    current_schedule,
    days_by_cause,
    days_by_partner,
    drift,
    is_cancelled,
    is_done,
    moved,
    moved_between_years,
    slip_days,
    slips,
    state_on,
    time_of,
    year_of_activities,
)
from factories import Files, register

END = date(2021, 12, 31)
MAY = {"start": "2019-05-10", "end": "2019-05-12"}
JUNE = {"start": "2019-06-10", "end": "2019-06-12"}
NEXT_YEAR = {"start": "2020-02-03", "end": "2020-02-05"}

TWICE_MOVED: Mapping[str, Any] = {
    "planned": MAY,
    "partners": ["partners/alecso"],
    "changes": [
        {
            "id": "june",
            "on": "2019-03-01",
            "field": "schedule",
            "from": MAY,
            "to": JUNE,
            "reason": "Hall not free",
            "cause": "partner-timeframe",
        },
        {
            "id": "winter",
            "on": "2019-05-20",
            "field": "schedule",
            "from": JUNE,
            "to": NEXT_YEAR,
            "because": "meetings/review.decisions.later",
            "reason": "After the summit",
            "cause": "decision",
        },
    ],
}
REVIEW = {
    "held_on": "2019-05-18",
    "participants": ["isesco", "partners/oic", "partners/isdb"],
    "decisions": [{"id": "later", "owner": "isesco", "due": "2019-12-31"}],
}


def only(files: Files) -> tuple[Activity, Register]:
    made = register(files)
    return made.activities[0], made


def cancelled(on: str, field: str = "cancelled") -> dict[str, str]:
    return {"id": f"{field}-{on}", "on": on, "field": field, "reason": "Money", "cause": "funding"}


# --- what is planned now ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "start"),
    [
        (date(2019, 2, 28), "2019-05-10"),
        (date(2019, 3, 1), "2019-06-10"),
        (date(2019, 5, 19), "2019-06-10"),
        (date(2019, 5, 20), "2020-02-03"),
    ],
)
def test_planned_plus_changes_gives_the_current_schedule(on: date, start: str) -> None:
    activity, _ = only({"activities/forum": TWICE_MOVED, "meetings/review": REVIEW})
    schedule = current_schedule(activity, on)
    assert schedule is not None
    assert str(schedule.start) == start
    assert activity.planned is not None
    assert str(activity.planned.start) == "2019-05-10"


def test_what_is_cancelled_can_come_back() -> None:
    activity, _ = only(
        {"activities/x": {"planned": MAY, "changes": [cancelled("2019-03-01"), cancelled("2019-04-01", "reinstated")]}}
    )
    assert not is_cancelled(activity, date(2019, 2, 28))
    assert is_cancelled(activity, date(2019, 3, 31))
    assert not is_cancelled(activity, date(2019, 4, 1))
    assert slip_days(activity, date(2019, 3, 31)) is None
    assert slip_days(activity, END) == 0


@pytest.mark.parametrize(
    ("content", "on", "state"),
    [
        ({}, END, "open"),
        ({"planned": MAY}, END, "planned"),
        ({"planned": MAY, "done": {"start": "2019-05-10", "end": "2019-05-12"}}, date(2019, 5, 9), "planned"),
        ({"planned": MAY, "done": {"start": "2019-05-10", "end": "2019-05-12"}}, date(2019, 5, 11), "running"),
        ({"planned": MAY, "done": {"start": "2019-05-10", "end": "2019-05-12"}}, date(2019, 5, 12), "done"),
        ({"planned": MAY, "changes": [cancelled("2019-03-01")]}, END, "cancelled"),
        ({"done": {"summary": {"en": "A declaration"}}}, END, "done"),
    ],
)
def test_the_state_of_an_activity_on_a_day(content: Mapping[str, Any], on: date, state: str) -> None:
    activity, _ = only({"activities/x": content})
    assert state_on(activity, on) == state
    assert is_done(activity, on) is (state == "done")


@pytest.mark.parametrize(
    ("done", "span", "is_of_done"),
    [
        (None, "2019-05-10 2019-05-12", False),
        ({"start": "2019-06-01", "end": "2019-06-02"}, "2019-06-01 2019-06-02", True),
        ({"start": "2019-05-11"}, "2019-05-11 2019-05-12", True),
        ({"start": "2019-07-01"}, "2019-07-01 2019-07-01", True),
        ({"end": "2019-05-11"}, "2019-05-10 2019-05-11", True),
        ({"end": "2019-04-11"}, "2019-04-11 2019-04-11", True),
        ({"summary": {"en": "Done"}}, "2019-05-10 2019-05-12", False),
    ],
)
def test_of_what_was_done_the_schedule_says_the_day_that_is_missing(
    done: Mapping[str, Any] | None, span: str, is_of_done: bool
) -> None:
    activity, _ = only({"activities/x": {"planned": MAY, "done": done}})
    time = time_of(activity)
    assert time is not None
    assert (f"{time.start} {time.end}", time.is_done) == (span, is_of_done)


def test_an_activity_without_any_day_has_no_time() -> None:
    assert time_of(only({"activities/x": {}})[0]) is None


# --- slips --------------------------------------------------------------------------------------------------


def test_a_slip_has_its_days_its_cause_and_its_partners() -> None:
    activity, made = only({"activities/forum": TWICE_MOVED, "meetings/review": REVIEW})
    # 12 May to 12 June: 31 days. 12 June 2019 to 5 February 2020: 18 + 31 + 31 + 30 + 31 + 30 + 31 + 31 + 5 = 238 days.
    assert [(slip.days, slip.cause, slip.partners) for slip in slips(activity, made, END)] == [
        (31, "partner-timeframe", ("partners/alecso",)),
        (238, "decision", ("partners/oic", "partners/isdb")),
    ]
    assert slip_days(activity, END) == 269


def test_what_no_change_explains_is_told_apart() -> None:
    content = {**TWICE_MOVED, "done": {"start": "2020-02-05", "end": "2020-02-07"}}
    activity, made = only({"activities/forum": content, "meetings/review": REVIEW})
    found = drift(activity, made, END)
    assert found is not None
    assert (found.days, found.unexplained) == (271, 2)
    # 31 for the partner's timeframe, 238 for the decision, 2 for which there is no change.
    assert days_by_cause([found]) == {"partner-timeframe": 31, "decision": 238, UNEXPLAINED: 2}
    assert days_by_partner([found]) == {"partners/alecso": 31, "partners/oic": 238, "partners/isdb": 238}


def test_what_was_done_early_slipped_backwards() -> None:
    activity, made = only({"activities/x": {"planned": MAY, "done": {"start": "2019-05-01", "end": "2019-05-02"}}})
    found = drift(activity, made, END)
    assert found is not None
    assert (found.days, found.unexplained, found.slips) == (-10, -10, ())


def test_a_month_counts_from_its_last_day() -> None:
    to = {"start": "2019-06", "end": "2019-06"}
    change = {"id": "june", "on": "2019-03-01", "field": "schedule", "from": MAY, "to": to}
    activity, made = only({"activities/x": {"planned": MAY, "changes": [change]}})
    # 12 May to 30 June: 19 + 30.
    assert slip_days(activity, END) == 49
    assert [slip.partners for slip in slips(activity, made, END)] == [()]


def test_what_was_never_planned_or_is_cancelled_does_not_drift() -> None:
    later = {"id": "june", "on": "2019-03-01", "field": "schedule", "to": JUNE}
    unplanned, made = only({"activities/x": {"changes": [later]}})
    assert drift(unplanned, made, END) is None
    assert [slip.days for slip in slips(unplanned, made, END)] == [0]
    off, made = only({"activities/x": {"planned": MAY, "changes": [cancelled("2019-03-01")]}})
    assert drift(off, made, END) is None


DAYS = st.dates(date(2019, 1, 1), date(2021, 12, 31))


def schedule_of(days: tuple[date, int]) -> Schedule:
    start, length = days
    return Schedule.model_validate({"start": start.isoformat(), "end": (start + timedelta(days=length)).isoformat()})


@settings(max_examples=60)
@given(
    st.lists(st.tuples(DAYS, st.integers(0, 400)), min_size=1, max_size=6),
    st.lists(DAYS, min_size=5, max_size=5),
    st.none() | DAYS,
)
def test_slips_add_up_to_the_whole_slip(schedules: list[tuple[date, int]], days: list[date], done: date | None) -> None:
    planned, *later = (schedule_of(one) for one in schedules)
    changes = [
        Change.model_construct(id=f"c{at}", on=on, field="schedule", from_=None, to=to, cause="funding", because=None)
        for at, (to, on) in enumerate(zip(later, days, strict=False))
    ]
    base = register({"activities/x": {"done": {"end": (done or END).isoformat()}}})
    activity = base.activities[0].model_copy(
        update={"planned": planned, "changes": tuple(changes), "done": base.activities[0].done if done else None}
    )
    found = drift(activity, base, date.max)
    assert found is not None
    assert sum(slip.days for slip in found.slips) + found.unexplained == found.days == slip_days(activity, date.max)
    assert sum(days_by_cause([found]).values()) == found.days
    assert found.unexplained == 0 or done is not None


# --- a year's activities ------------------------------------------------------------------------------------

A_YEAR: Files = {
    "activities/as-planned": {"planned": MAY, "done": {"start": "2019-05-10", "end": "2019-05-12"}},
    "activities/within": {
        "planned": MAY,
        "changes": [{"id": "m", "on": "2019-02-01", "field": "schedule", "from": MAY, "to": JUNE}],
    },
    "activities/out": {
        "planned": MAY,
        "changes": [{"id": "m", "on": "2019-02-01", "field": "schedule", "from": MAY, "to": NEXT_YEAR}],
    },
    "activities/in": {
        "planned": NEXT_YEAR,
        "changes": [{"id": "m", "on": "2019-02-01", "field": "schedule", "from": NEXT_YEAR, "to": JUNE}],
    },
    "activities/off": {"planned": MAY, "changes": [cancelled("2019-03-01")]},
    "activities/decided": {"planned": JUNE, "origin": "decision", "because": "meetings/review.decisions.later"},
    "activities/needed": {"planned": JUNE, "origin": "need", "because": "member-states/so.needs.schools"},
    "activities/open": {},
    "activities/next": {"planned": NEXT_YEAR},
    "meetings/review": {**REVIEW, "held_on": "2019-04-18"},
    "member-states/so": {"needs": [{"id": "schools", "on": "2019-04-20"}]},
}


def test_a_year_says_what_was_added_cancelled_and_moved() -> None:
    year = year_of_activities(register(A_YEAR), 2019, END)
    assert year.planned == ("activities/as-planned", "activities/off", "activities/out", "activities/within")
    assert year.added == ("activities/decided", "activities/needed")
    assert year.cancelled == ("activities/off",)
    assert year.moved_out == ("activities/out",)
    assert year.moved_in == ("activities/in",)
    assert year.moved_within == ("activities/within",)
    assert year.done == ("activities/as-planned",)
    # 4 planned + 2 added + 1 moved in - 1 moved out - 1 cancelled.
    assert year.now == 5


def test_a_year_is_as_it_was_known_on_the_day() -> None:
    year = year_of_activities(register(A_YEAR), 2019, date(2019, 1, 31))
    assert len(year.planned) == 4
    assert (year.added, year.cancelled, year.moved_out, year.moved_in, year.moved_within, year.done) == ((),) * 6
    assert year_of_activities(register(A_YEAR), 2019, date(2019, 4, 18)).added == ("activities/decided",)


def test_what_leaves_one_year_arrives_in_another() -> None:
    later = year_of_activities(register(A_YEAR), 2020, END)
    assert later.planned == ("activities/in", "activities/next")
    assert (later.moved_in, later.moved_out) == (("activities/out",), ("activities/in",))
    assert later.now == 2


# --- money moved between years ------------------------------------------------------------------------------


def test_revisions_move_money_between_years() -> None:
    lines = [
        {
            "id": "a-2019",
            "project": "projects/p",
            "area": "a",
            "year": "2019",
            "amount": "100.00",
            "revisions": [
                {"id": "r", "on": "2019-06-01", "from": "100.00", "to": "60.00", "reason": "Later"},
                {"id": "s", "on": "2019-09-01", "from": "60.00", "to": "50.00", "reason": "Later still"},
            ],
        },
        {
            "id": "a-2020",
            "project": "projects/p",
            "area": "a",
            "year": "2020",
            "amount": "100.00",
            "revisions": [{"id": "r", "on": "2019-06-01", "from": "100.00", "to": "130.00", "reason": "Later"}],
        },
        {"id": "a-2021", "project": "projects/p", "area": "a", "year": "2021", "amount": "10.00"},
    ]
    made = register(
        {
            "budget": {"allocations": {"lines": lines}},
            "projects/p": {"areas": [{"id": "a"}]},
            "activities/x": {
                "project": "projects/p",
                "budget": [
                    {
                        "year": "2019",
                        "amount": "5.00",
                        "revisions": [{"id": "r", "on": "2019-06-01", "from": "5.00", "to": "1.00", "reason": "Less"}],
                    }
                ],
            },
            "activities/y": {
                "project": "projects/q",
                "budget": [
                    {
                        "year": "2020",
                        "amount": "5.00",
                        "revisions": [{"id": "r", "on": "2019-06-01", "from": "5.00", "to": "7.00", "reason": "More"}],
                    }
                ],
            },
        }
    )
    # p has allocations, so its activities' budgets are parts of them: 100 to 50 and 100 to 130. q has none: 5 to 7.
    found = moved_between_years(made, END)
    assert found == {
        "projects/p": {2019: Decimal("-50.00"), 2020: Decimal("30.00")},
        "projects/q": {2020: Decimal("2.00")},
    }
    # Of the 50 that 2019 lost, 30 went to 2020; the other 20 left the project. What q gained came from nowhere else.
    assert [moved(years) for years in found.values()] == [Decimal("30.00"), Decimal(0)]
    assert moved_between_years(made, date(2019, 5, 31)) == {}
    assert moved_between_years(made, date(2019, 6, 1))["projects/p"][2019] == Decimal("-40.00")

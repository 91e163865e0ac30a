"""Rules of activities beyond their examples: changes, agreements, series, special conditions, and who pays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from erc_cli.core.rules.catalogue import RULES
from factories import Files, check, register

MAY = {"start": "2019-05-10", "end": "2019-05-12"}
JUNE = {"start": "2019-06-10", "end": "2019-06-12"}
JULY = {"start": "2019-07", "end": "2019-07"}
PROGRAMME = {
    "kind": "programme",
    "areas": [
        {
            "id": "a",
            "outcomes": [{"id": "o", "performance_indicators": [{"id": "i", "measurement_indicators": [{"id": "m"}]}]}],
        }
    ],
}


def found(code: str, files: Files) -> list[str]:
    """The messages of one rule."""
    rule = RULES[code]
    assert rule.run is not None
    return [problem.message for problem in rule.run(register(files))]


def about(code: str, activity: Mapping[str, Any], **others: Any) -> list[str]:
    return found(code, {"activities/x": activity, **others})


def move(name: str, on: str, start: Any, to: Any, **more: Any) -> dict[str, Any]:
    why = {"reason": "Hall not free", "cause": "partner-timeframe"}
    return {"id": name, "on": on, "field": "schedule", "from": start, "to": to, **why, **more}


def fact(name: str, on: str, field: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "on": on, "field": field, "reason": "Money", "cause": "funding", **more}


# --- ACT001, ACT012: starts and ends ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("planned", "is_wrong"),
    [
        ({"start": "2019-05-10", "end": "2019"}, False),
        ({"start": "2019-05-10", "end": "2019-05-10"}, False),
        ({"start": "2019-05", "end": "2019-05-01"}, False),
        ({"start": "2019-05-10", "end": "2019-05-09"}, True),
        ({"start": "2020", "end": "2019-12"}, True),
    ],
)
def test_a_schedule_ends_after_it_starts(planned: Mapping[str, str], is_wrong: bool) -> None:
    expected = [f"ends {planned['end']}, before it starts, {planned['start']}"] if is_wrong else []
    assert about("ACT001", {"planned": planned}) == expected
    assert about("ACT001", {"changes": [move("m", "2019-03-01", None, planned)]}) == expected


@pytest.mark.parametrize(
    ("done", "messages"),
    [
        ({"start": "2019-05-01", "end": "2019-05-02"}, []),
        ({"start": "2019-05-01", "end": "2019-05-01"}, []),
        ({"start": "2019-05-03", "end": "2019-05-02"}, ["done on 2019-05-02, before it started, 2019-05-03"]),
        ({"end": "2019-05-11"}, []),
        ({"end": "2019-05-09"}, ["done on 2019-05-09, before it was to start, 2019-05-10"]),
        ({"start": "2019-05-01"}, []),
        ({"summary": {"en": "Held"}}, []),
    ],
)
def test_what_is_done_ended_after_it_started(done: Mapping[str, Any], messages: list[str]) -> None:
    assert about("ACT012", {"planned": MAY, "done": done}) == messages


# --- ACT002, ACT003, ACT015: where it belongs ---------------------------------------------------------------


@pytest.mark.parametrize(
    "who",
    [
        {"partners": ["partners/oic"]},
        {"beneficiaries": ["member-states/so"]},
        {"other_beneficiaries": [{"id": "orphans"}]},
        {"implementing": ["partners/oic"]},
    ],
)
def test_one_of_those_concerned_is_enough(who: Mapping[str, Any]) -> None:
    assert about("ACT002", {"implementing": None, **who}) == []


@pytest.mark.parametrize(
    ("activity", "messages"),
    [
        ({"project": "projects/o"}, []),
        ({"project": "projects/p", "area": "a", "indicators": ["i"]}, []),
        (
            {"project": "projects/p"},
            [
                "activities/x is of the programme and does not name an area of intervention (area) of projects/p",
                "activities/x is of the programme and does not name an indicator (indicators) of projects/p",
            ],
        ),
        (
            {"project": "projects/p", "area": "b", "indicators": ["m", "n"]},
            [
                "area b is one of projects/q, and activities/x belongs to projects/p",
                "indicator n is one of projects/q, and activities/x belongs to projects/p",
            ],
        ),
        (
            {"project": "projects/o", "area": "b"},
            ["area b is one of projects/q, and activities/x belongs to projects/o"],
        ),
    ],
)
def test_a_programme_activity_has_an_area_and_an_indicator(activity: Mapping[str, Any], messages: list[str]) -> None:
    outcomes = [{"id": "o", "performance_indicators": [{"id": "k", "measurement_indicators": [{"id": "n"}]}]}]
    files = {"projects/p": PROGRAMME, "projects/q": {"kind": "programme", "areas": [{"id": "b", "outcomes": outcomes}]}}
    assert found("ACT003", {"activities/x": activity, "projects/o": {}, **files}) == messages


def test_only_decisions_and_needs_have_to_be_named() -> None:
    assert about("ACT015", {"origin": "annual-plan"}) == about("ACT015", {}) == []
    assert about("ACT015", {"origin": "need"}) == ["activities/x came from a need, and because does not say from which"]


# --- ACT004 to ACT006: changes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        ([move("one", "2019-03-01", MAY, JUNE), move("two", "2019-03-01", JUNE, JULY)], []),
        # Postponed without a new date, then with one.
        ([move("one", "2019-03-01", MAY, None), move("two", "2019-04-01", MAY, JULY)], []),
        (
            [
                move("one", "2019-03-01", MAY, JUNE),
                fact("off", "2019-04-01", "cancelled"),
                fact("back", "2019-05-01", "reinstated"),
                move("two", "2019-05-02", JUNE, JULY),
            ],
            [],
        ),
        (
            [move("one", "2019-03-01", MAY, JUNE), move("two", "2019-04-01", MAY, JULY)],
            ["change two is from 2019-05-10 to 2019-05-12, and the schedule before it is 2019-06-10 to 2019-06-12"],
        ),
        (
            [move("one", "2019-03-01", None, JUNE)],
            ["change one does not say from what, and the schedule before it is 2019-05-10 to 2019-05-12"],
        ),
        (
            [move("one", "2019-03-01", "May", "June")],
            [
                "change one is of the schedule: from is {start, end}, not words",
                "change one is of the schedule: to is {start, end}, not words",
            ],
        ),
        (
            [fact("one", "2019-03-01", "scope", to="Forty"), fact("two", "2019-02-01", "scope", **{"from": "Forty"})],
            ["change two is of 2019-02-01, before the one above it, of 2019-03-01"],
        ),
        (
            [
                fact("one", "2019-03-01", "scope", **{"from": "Any words", "to": "Forty"}),
                fact("two", "2019-04-01", "scope", **{"from": "Fifty"}),
            ],
            ["change two does not start from what one made of the scope"],
        ),
        ([fact("one", "2019-03-01", "scope", to="Forty"), fact("two", "2019-04-01", "scope", to="Thirty")], []),
    ],
)
def test_a_change_starts_from_what_was_before(changes: list[Mapping[str, Any]], messages: list[str]) -> None:
    assert about("ACT004", {"planned": MAY, "changes": changes}) == messages


def test_a_first_schedule_may_come_by_a_change() -> None:
    assert about("ACT004", {"changes": [move("one", "2019-03-01", None, JUNE)]}) == []
    assert about(
        "ACT004", {"changes": [move("one", "2019-03-01", MAY, JUNE), move("two", "2019-03-01", MAY, JULY)]}
    ) == ["change two is from 2019-05-10 to 2019-05-12, and the schedule before it is 2019-06-10 to 2019-06-12"]


BARE = {"reason": None, "cause": None}


@pytest.mark.parametrize(
    ("plan", "change", "messages"),
    [
        ({}, fact("c", "2018-12-31", "scope", **BARE), []),
        ({}, fact("c", "2019-01-01", "scope", **BARE), ["change c of 2019-01-01 has no cause and no reason"]),
        ({"approved_on": "2018-11-20"}, fact("c", "2018-11-20", "scope", **BARE), []),
        (
            {"approved_on": "2018-11-20"},
            fact("c", "2018-11-21", "scope", reason=None),
            ["change c of 2018-11-21 has no reason"],
        ),
        ({"approved_on": "2019-06-01"}, fact("c", "2019-05-01", "scope", cause="decision"), []),
        (
            {},
            fact("c", "2019-05-01", "cancelled", cause="decision"),
            ["change c was caused by a decision, and because does not say by which"],
        ),
        ({}, fact("c", "2019-05-01", "cancelled", cause="decision", because="meetings/review"), []),
        ({}, fact("c", "2019-05-01", "cancelled", cause="force-majeure"), []),
    ],
)
def test_a_change_after_the_approval_says_why(
    plan: Mapping[str, Any], change: Mapping[str, Any], messages: list[str]
) -> None:
    assert about("ACT005", {"changes": [change]}, plan=plan) == messages


OFF = fact("off", "2019-03-01", "cancelled")
BACK = fact("back", "2019-04-01", "reinstated")


@pytest.mark.parametrize(
    ("changes", "done", "messages"),
    [
        ([OFF, BACK, fact("again", "2019-05-01", "cancelled")], None, []),
        ([OFF, BACK, move("m", "2019-05-01", MAY, JUNE)], {"end": "2019-06-12"}, []),
        # Broken off after it began; or done at some day that nobody wrote down.
        ([OFF], {"start": "2019-02-01", "end": "2019-03-01"}, []),
        ([OFF], {"summary": {"en": "One session"}}, []),
        # Two changes of one day keep the order of the file.
        ([fact("off", "2019-04-01", "cancelled"), BACK], None, []),
        ([BACK], None, ["change back reinstates what is not cancelled"]),
        (
            [OFF, fact("more", "2019-03-02", "cancelled")],
            None,
            ["change more (cancelled) comes after it was cancelled, on 2019-03-01"],
        ),
        ([OFF], {"end": "2019-05-12"}, ["done on 2019-05-12, after it was cancelled, on 2019-03-01"]),
    ],
)
def test_what_is_cancelled_is_only_reinstated(
    changes: list[Mapping[str, Any]], done: Mapping[str, Any] | None, messages: list[str]
) -> None:
    assert about("ACT006", {"planned": MAY, "changes": changes, "done": done}) == messages


# --- ACT007: its agreement ----------------------------------------------------------------------------------

SIGNED = [{"party": "isesco", "signed_on": "2018-02-01"}, {"party": "partners/oic", "signed_on": "2018-02-01"}]


def successor(signed_on: str) -> Mapping[str, Any]:
    return {
        "succeeds": "agreements/a",
        "parties": [{"party": "isesco", "signed_on": signed_on}, {"party": "partners/oic", "signed_on": signed_on}],
    }


@pytest.mark.parametrize(
    ("agreement", "activity", "message"),
    [
        ({"parties": SIGNED}, {"planned": {"start": "2030", "end": "2030"}}, None),
        ({"parties": SIGNED}, {"planned": {"start": "2018", "end": "2018"}}, None),
        ({"parties": SIGNED, "ends_on": "2019-05"}, {"planned": MAY}, None),
        ({"signed_before": "2019-01-01"}, {"done": {"start": "2017-01-01", "end": "2017-01-02"}}, None),
        (
            {"parties": SIGNED, "ends_on": "2019-04-30", "renewal": {"kind": "tacit", "months": "12"}},
            {"planned": MAY},
            None,
        ),
        # A plan can wait for a signature; nobody knows whether a bare text was signed.
        ({"events": [{"kind": "negotiation-opened", "on": "2019-01-01"}]}, {"planned": MAY}, None),
        ({}, {"done": {"end": "2019-05-12"}}, None),
        # Cancelled, moved back into the life, or done in it.
        ({"parties": SIGNED, "ends_on": "2019-05-01"}, {"planned": MAY, "changes": [OFF]}, None),
        (
            {"parties": SIGNED, "ends_on": "2019-06-30"},
            {"planned": JULY, "changes": [move("m", "2019-03-01", JULY, MAY)]},
            None,
        ),
        ({"parties": SIGNED, "ends_on": "2019-05-01"}, {"planned": MAY, "done": {"end": "2019-04-30"}}, None),
        (
            {"parties": SIGNED, "ends_on": "2019-05-11"},
            {"planned": MAY},
            "planned for 2019-05-10 to 2019-05-12, and agreements/a was expired by then",
        ),
        (
            {"parties": SIGNED, "effective_on": "2019-06"},
            {"planned": MAY},
            "planned for 2019-05-10 to 2019-05-12, and agreements/a is in force from 2019-06-01",
        ),
        (
            {"events": [{"kind": "cancelled", "on": "2019-01-01"}]},
            {"planned": MAY},
            "planned for 2019-05-10 to 2019-05-12, and agreements/a was cancelled by then",
        ),
        (
            {"events": [{"kind": "negotiation-opened", "on": "2019-01-01"}]},
            {"done": {"start": "2019-05-10", "end": "2019-05-12"}},
            "done 2019-05-10 to 2019-05-12, and agreements/a was not signed by all: negotiating",
        ),
    ],
)
def test_an_activity_falls_into_the_life_of_its_agreement(
    agreement: Mapping[str, Any], activity: Mapping[str, Any], message: str | None
) -> None:
    files = {"agreements/a": agreement, "activities/x": {"under": "agreements/a", **activity}}
    assert found("ACT007", files) == ([message] if message else [])


def test_a_successor_carries_on_what_began_before_it() -> None:
    long = {"under": "agreements/a", "planned": {"start": "2019-03-01", "end": "2019-12-31"}}
    files = {"agreements/a": {"parties": SIGNED, "ends_on": "2019-06-30"}, "activities/x": long}
    assert len(found("ACT007", files)) == 1
    assert found("ACT007", {**files, "agreements/new": successor("2019-07-01")}) == []
    assert found("ACT007", {**files, "agreements/new": successor("2019-06-01")}) == []
    late = {"under": "agreements/a", "planned": {"start": "2019-09-01", "end": "2019-12-31"}}
    assert found("ACT007", {**files, "activities/x": late, "agreements/new": successor("2019-06-01")}) == [
        "planned for 2019-09-01 to 2019-12-31, and agreements/a was superseded by then"
    ]


# --- ACT008, ACT009: special conditions ---------------------------------------------------------------------

SPECIAL_AREA = {"kind": "programme", "areas": [{"id": "s", "only_for": "special-conditions"}]}
SINCE_ALWAYS = {"special_conditions": [{"id": "plan"}]}
SOON_OVER = {"special_conditions": [{"id": "war", "from": "2018", "until": "2019-05"}]}


@pytest.mark.parametrize(
    ("state", "activity", "is_reported"),
    [
        (SINCE_ALWAYS, {}, False),
        (SOON_OVER, {}, False),
        (SOON_OVER, {"planned": {"start": "2019-05-31", "end": "2019-06-30"}}, False),
        (SOON_OVER, {"planned": JUNE}, True),
        (SOON_OVER, {"planned": MAY, "changes": [move("m", "2019-03-01", MAY, JUNE)]}, True),
        (SOON_OVER, {"planned": MAY, "done": {"start": "2019-06-10", "end": "2019-06-12"}}, True),
        # Begun while they lasted, and going on.
        (SOON_OVER, {"planned": {"start": "2019-01", "end": "2021"}, "done": {"start": "2019-05-02"}}, False),
        (SOON_OVER, {"planned": JUNE, "changes": [OFF]}, False),
        ({"special_conditions": [{"id": "war", "from": "2022"}]}, {}, True),
        ({}, {}, True),
        ({"membership": "society", **SINCE_ALWAYS}, {}, False),
        (SINCE_ALWAYS, {"beneficiaries": None}, True),
        (SINCE_ALWAYS, {"beneficiaries": ["member-states/ma", "member-states/so"]}, False),
        (SINCE_ALWAYS, {"beneficiaries": ["member-states/ma"]}, True),
        (SINCE_ALWAYS, {"beneficiaries": None, "other_beneficiaries": [{"id": "society"}]}, True),
        (SINCE_ALWAYS, {"beneficiaries": None, "other_beneficiaries": [{"id": "refugees", "country": "so"}]}, False),
        (SINCE_ALWAYS, {"beneficiaries": None, "other_beneficiaries": [{"id": "refugees", "country": "ke"}]}, True),
    ],
)
@pytest.mark.parametrize(
    ("code", "kind"), [("ACT008", {"project": "projects/p", "area": "s"}), ("ACT009", {"kind": "donors-conference"})]
)
def test_it_benefits_somebody_who_lives_under_special_conditions_then(
    code: str, kind: Mapping[str, Any], state: Mapping[str, Any], activity: Mapping[str, Any], is_reported: bool
) -> None:
    files = {
        "projects/p": SPECIAL_AREA,
        "projects/specialized": {},
        "member-states/so": state,
        "member-states/ma": {},
        "activities/x": {"beneficiaries": ["member-states/so"], **kind, **activity},
    }
    assert bool(found(code, files)) is is_reported


def test_what_cannot_be_read_is_given_the_benefit_of_the_doubt() -> None:
    files = {
        "member-states/so": {"special_conditions": [{"id": "war", "from": "long ago"}]},
        "activities/x": {"kind": "donors-conference", "beneficiaries": ["member-states/so"]},
    }
    assert "ACT009" not in [finding.code for finding in check(files)]


def test_areas_for_everybody_ask_for_no_special_conditions() -> None:
    assert about("ACT008", {"project": "projects/p", "area": "a"}, **{"projects/p": PROGRAMME}) == []


# --- ACT010: series -----------------------------------------------------------------------------------------


def editions(*times: Mapping[str, Any]) -> Files:
    series = [{"id": "forum", "interval_months": "36"}]
    activities = {
        f"activities/e{at}": {"project": "projects/p", "series": "forum", **time} for at, time in enumerate(times)
    }
    return {"projects/p": {"series": series}, **activities}


def planned(start: str) -> Mapping[str, Any]:
    return {"planned": {"start": start, "end": start}}


@pytest.mark.parametrize(
    ("times", "late"),
    [
        ([planned("2019-05-10"), planned("2022-05-31")], 0),
        ([planned("2019-05-10"), planned("2022-06-01")], 1),
        ([planned("2019"), planned("2022")], 0),
        ([planned("2019"), planned("2022-12")], 0),
        ([planned("2019"), planned("2023")], 1),
        ([planned("2019-05"), planned("2020-05")], 0),
        ([planned("2019-05"), {}], 0),
        ([planned("2022-05"), planned("2019-05"), planned("2025-05")], 0),
        ([planned("2019-05"), {**planned("2022-05"), "changes": [OFF]}, planned("2023-01")], 1),
        ([planned("2019-05"), {**planned("2022-05"), "done": {"start": "2022-09-01", "end": "2022-09-02"}}], 1),
        ([planned("2019-05"), planned("2023-05"), planned("2027-05")], 2),
    ],
)
def test_editions_come_within_the_interval(times: list[Mapping[str, Any]], late: int) -> None:
    assert len(found("ACT010", editions(*times))) == late


def test_two_series_do_not_wait_for_each_other() -> None:
    files = editions(planned("2019-05"))
    other = {"projects/q": {"series": [{"id": "forum", "interval_months": "36"}]}}
    assert (
        found(
            "ACT010",
            {**files, **other, "activities/y": {"project": "projects/q", "series": "forum", **planned("2025")}},
        )
        == []
    )


# --- ACT011, ACT013, ACT014: money and judgement ------------------------------------------------------------

DONE = {"done": {"start": "2019-05-10", "end": "2019-05-12"}}
GRANT = {"id": "g", "party": "partners/fund", "stage": "received", "form": "cash", "amount": "5.00", "on": "2019-03-01"}


@pytest.mark.parametrize(
    ("activity", "project", "is_reported"),
    [
        ({**DONE, "role": "organiser"}, {}, True),
        ({**DONE, "role": "sponsor"}, {}, True),
        ({**DONE, "role": "participant"}, {}, False),
        ({**DONE, "role": "co-organiser"}, {}, False),
        (DONE, {}, False),
        ({"role": "organiser", "planned": MAY}, {}, False),
        ({**DONE, "role": "organiser", "budget": [{"year": "2019", "amount": "0.00"}]}, {}, False),
        ({**DONE, "role": "organiser", "contributions": [GRANT]}, {}, False),
        ({**DONE, "role": "organiser"}, {"contributions": [GRANT]}, False),
    ],
)
def test_who_organises_or_sponsors_pays(
    activity: Mapping[str, Any], project: Mapping[str, Any], is_reported: bool
) -> None:
    assert bool(about("ACT011", {"project": "projects/o", **activity}, **{"projects/o": project})) is is_reported


def part(name: str, weight: str, by: str = "general-directorate") -> dict[str, str]:
    return {"id": name, "criterion": "impact", "weight": weight, "score": "70", "by": by, "on": "2019-12-01"}


@pytest.mark.parametrize(
    ("assessment", "messages"),
    [
        ([part("a", "100")], []),
        ([part("a", "33.333333"), part("b", "33.333333"), part("c", "33.333334")], []),
        ([part("a", "50"), part("b", "50", "partners/oic")], []),
        ([part("a", "50"), part("b", "49.9")], ["the weights of the assessment are 99.9 together, not 100"]),
        ([part("a", "60"), part("b", "50")], ["the weights of the assessment are 110 together, not 100"]),
        ([part("a", "100", "isesco")], ["a is assessed by isesco, which carried the activity out"]),
    ],
)
def test_an_assessment_is_whole_and_not_of_oneself(assessment: list[dict[str, str]], messages: list[str]) -> None:
    units = {"units": [{"id": "general-directorate"}, {"id": "external-relations"}]}
    assert about("ACT013", {"implementing": ["isesco"], "assessment": assessment}, plan=units) == messages


PAID = {"project": "projects/p", "budget": [{"year": "2019", "amount": "500.00"}]}
CLASH = {"conditions": [{"id": "procurement", "compatible": "no"}, {"id": "audit", "compatible": "yes"}]}


@pytest.mark.parametrize(
    ("activity", "is_reported"),
    [
        ({**PAID, "partners": ["partners/bank"]}, True),
        ({**PAID, "implementing": ["partners/bank"]}, True),
        (
            {
                "project": "projects/p",
                "expenditures": [{"id": "e", "year": "2019", "amount": "5.00"}],
                "partners": ["partners/bank"],
            },
            True,
        ),
        ({"partners": ["partners/bank"], "contributions": [{**GRANT, "party": "partners/bank"}]}, False),
        ({**PAID, "partners": ["partners/oic"]}, False),
        ({**PAID, "budget": [{"year": "2019", "amount": "0.00"}], "partners": ["partners/bank"]}, False),
    ],
)
def test_programme_money_meets_no_conflicting_condition(activity: Mapping[str, Any], is_reported: bool) -> None:
    expected = (
        [
            "activities/x uses programme money with partners/bank, "
            "whose conditions are in conflict with ours: procurement"
        ]
        if is_reported
        else []
    )
    others = {"partners/bank": CLASH, "projects/p": {"kind": "programme"}}
    assert about("ACT014", activity, **others) == expected


def test_a_condition_that_nobody_judged_is_no_conflict() -> None:
    others = {"partners/bank": {"conditions": [{"id": "procurement"}]}, "projects/p": {"kind": "programme"}}
    assert about("ACT014", {**PAID, "partners": ["partners/bank"]}, **others) == []

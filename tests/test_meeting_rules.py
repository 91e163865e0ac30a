"""Rules of meetings beyond their examples: what offices really record, and what must not be reported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from erc_cli.core.rules.catalogue import RULES
from factories import Files, register

SIGNED = {
    "parties": [{"party": "isesco", "signed_on": "2018-02-01"}, {"party": "partners/oic", "signed_on": "2018-02-01"}]
}
COMMITTEE = {"joint_committee": {"interval_months": "24"}}
DECISION = {"id": "experts", "owner": "external-relations", "due": "2019-09-30"}


def found(code: str, files: Files) -> list[str]:
    """The messages of one rule."""
    rule = RULES[code]
    assert rule.run is not None
    return [problem.message for problem in rule.run(register(files))]


def session(number: int, held_on: str | None = None, **content: Any) -> Mapping[str, Any]:
    return {
        "kind": "joint-committee",
        "agreement": "agreements/a",
        "session": str(number),
        "held_on": held_on,
        "planned_on": None if held_on else "2021",
    } | content


# --- MTG001: a joint committee is provided for --------------------------------------------------------------


def test_the_agreement_above_can_provide_for_the_committee() -> None:
    files = {
        "agreements/programme": {"kind": "programme-of-action", "under": "agreements/cooperation"},
        "agreements/cooperation": COMMITTEE,
        "meetings/m": {"kind": "joint-committee", "agreement": "agreements/programme"},
    }
    assert found("MTG001", files) == []


def test_of_an_old_agreement_nothing_is_known_about_its_committee() -> None:
    files = {
        "agreements/old": {"signed_before": "2019-01-01"},
        "meetings/m": {"kind": "joint-committee", "agreement": "agreements/old"},
    }
    assert found("MTG001", files) == []


def test_only_joint_committees_need_a_provision() -> None:
    kinds = {f"meetings/{kind}": {"kind": kind, "agreement": "agreements/a"} for kind in ("coordination", "official")}
    assert found("MTG001", {**kinds, "meetings/free": {"kind": "joint-committee"}}) == []


def test_agreements_under_each_other_in_a_circle_end_the_search() -> None:
    files = {
        "agreements/a": {"under": "agreements/b"},
        "agreements/b": {"under": "agreements/a"},
        "meetings/m": {"kind": "joint-committee", "agreement": "agreements/a"},
    }
    assert found("MTG001", files) == ["agreements/a provides for no joint committee (joint_committee)"]


# --- MTG002: sessions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meetings", "messages"),
    [
        ([session(7, "2019-03-01")], []),
        ([session(7, "2019-03-01"), session(8, "2019"), session(9, "2020-03")], []),
        ([session(3, "2019-03-01"), session(4), session(4, "2020-03-01")], []),
        ([session(3, "2019-03-01"), session(4), session(5, "2020-03-01")], []),
        ([session(3, "2019-03-01"), session(1, "2018-03-01", kind="coordination")], []),
        ([session(3, "2019-03-01"), session(1, "2018-03-01", agreement="agreements/b")], []),
        ([session(3, "2019-03-01"), session(5, "2018-03-01", agreement=None)], []),
        (
            [session(3, "2019-03-01"), session(3, "2020-03-01")],
            ["session 3 of agreements/a is meetings/m0 already"],
        ),
        (
            [session(3, "2019-03-01"), session(6, "2020-03-01")],
            ["session 6 of agreements/a comes after session 3: 4 to 5 are not on file"],
        ),
        (
            [session(3, "2019-03-01"), session(4, "2018-03")],
            ["session 4 of agreements/a was held on 2018-03, before session 3, on 2019-03-01"],
        ),
    ],
)
def test_sessions_of_one_agreement_follow_one_another(meetings: list[Mapping[str, Any]], messages: list[str]) -> None:
    assert found("MTG002", {f"meetings/m{at}": one for at, one in enumerate(meetings)}) == messages


def test_sessions_that_name_a_programme_below_are_those_of_its_committee() -> None:
    files = {
        "agreements/a": COMMITTEE,
        "agreements/programme": {"kind": "programme-of-action", "under": "agreements/a"},
        "meetings/m1": session(1, "2018-03-01"),
        "meetings/m2": session(2, "2019-03-01", agreement="agreements/programme"),
        "meetings/m3": session(3, "2020-03-01"),
    }
    assert found("MTG002", files) == []


# --- MTG003: the life of the agreement ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agreement", "meeting", "messages"),
    [
        # A year known in part can lie in the life.
        ({**SIGNED, "ends_on": "2019-06-30"}, {"held_on": "2019"}, []),
        (SIGNED, {"held_on": "2018"}, []),
        # The agreement is renewed by itself, or amended.
        (
            {**SIGNED, "ends_on": "2019-01-31", "renewal": {"kind": "tacit", "months": "24"}},
            {"held_on": "2020-12-01"},
            [],
        ),
        (
            {
                **SIGNED,
                "ends_on": "2019-01-31",
                "amendments": [{"id": "longer", "signed_on": "2018-12-01", "ends_on": "2022-01-31"}],
            },
            {"held_on": "2020-12-01"},
            [],
        ),
        # Suspended, its term runs on.
        ({**SIGNED, "events": [{"kind": "suspended", "on": "2019-01-01"}]}, {"held_on": "2019-03-01"}, []),
        # Of an old one it is not known when it began, and of a bare one not whether it is signed.
        ({"signed_before": "2019-01-01"}, {"held_on": "2017-03-01"}, []),
        ({}, {"held_on": "2017-03-01"}, []),
        # The last day of the meeting is the day of the signature.
        (SIGNED, {"held_on": "2018-01-30", "until": "2018-02-01"}, []),
        # What prepares or signs an agreement comes before it.
        (SIGNED, {"kind": "bilateral", "held_on": "2017-11-01"}, []),
        (SIGNED, {"kind": "official", "held_on": "2017-11-01"}, []),
        (
            SIGNED,
            {"held_on": "2017-11-01"},
            ["held on 2017-11-01, and agreements/a is in force from 2018-02-01"],
        ),
        (
            {**SIGNED, "events": [{"kind": "terminated", "on": "2019-01-01", "effective_on": "2019-07-01"}]},
            {"kind": "bilateral", "held_on": "2019-07-01"},
            ["held on 2019-07-01, and agreements/a was terminated by then"],
        ),
        (
            {"parties": [{"party": "isesco", "signed_on": "2018-02-01"}, {"party": "partners/oic"}]},
            {"kind": "joint-committee", "held_on": "2019-07-01"},
            ["held on 2019-07-01, and agreements/a was not signed by all: awaiting signature"],
        ),
        ({**SIGNED, "ends_on": "2019-06-30"}, {"planned_on": "2021"}, []),
    ],
)
def test_a_meeting_falls_into_the_life_of_its_agreement(
    agreement: Mapping[str, Any], meeting: Mapping[str, Any], messages: list[str]
) -> None:
    files = {"agreements/a": agreement, "meetings/m": {"agreement": "agreements/a", **meeting}}
    assert found("MTG003", files) == messages


def test_a_committee_that_meets_under_the_old_text_after_the_new_one_is_noticed() -> None:
    files = {
        "agreements/a": SIGNED,
        "agreements/new": {
            "succeeds": "agreements/a",
            "parties": [
                {"party": "isesco", "signed_on": "2020-01-01"},
                {"party": "partners/oic", "signed_on": "2020-01-01"},
            ],
        },
        "meetings/m": {"agreement": "agreements/a", "held_on": "2020-06-01"},
    }
    assert found("MTG003", files) == ["held on 2020-06-01, and agreements/a was superseded by then"]


# --- MTG004 to MTG007 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("participants", "messages"),
    [
        (["partners/oic", "isesco", "partners/isdb"], []),
        (["isesco"], ["isesco is alone at meetings/m: nobody else took part"]),
        (["isesco", "isesco"], ["isesco is alone at meetings/m: nobody else took part"]),
        (["partners/oic"], ["isesco is not among the participants of meetings/m"]),
    ],
)
def test_the_own_organisation_meets_somebody(participants: list[str], messages: list[str]) -> None:
    assert found("MTG004", {"meetings/m": {"participants": participants}}) == messages


@pytest.mark.parametrize(
    ("decision", "messages"),
    [
        (DECISION, []),
        ({**DECISION, "due": "2019-05-12"}, []),
        ({"id": "experts", "for_information": True}, []),
        ({"id": "experts", "for_information": True, "owner": "isesco"}, []),
        (
            {"id": "experts"},
            ["decision experts has no owner and no day by which it is due (due), and is not for information"],
        ),
        ({**DECISION, "owner": None}, ["decision experts has no owner, and is not for information"]),
        (
            {**DECISION, "due": "2019-05-09"},
            ["decision experts is due on 2019-05-09, before the meeting, held on 2019-05-10"],
        ),
    ],
)
def test_a_decision_has_an_owner_and_a_day(decision: Mapping[str, Any], messages: list[str]) -> None:
    assert found("MTG005", {"meetings/m": {"held_on": "2019-05-10", "decisions": [decision]}}) == messages


def test_a_meeting_known_by_its_month_is_not_after_a_day_in_it() -> None:
    done = {**DECISION, "due": "2019-05-01", "done_on": "2019-05-01", "evidence": ["partners/oic"]}
    files = {"meetings/m": {"held_on": "2019-05", "decisions": [done]}}
    assert found("MTG005", files) == found("MTG006", files) == []


def test_what_is_done_was_done_after_the_meeting_and_something_shows_it() -> None:
    early = {**DECISION, "done_on": "2019-05-09"}
    assert found("MTG006", {"meetings/m": {"held_on": "2019-05-10", "decisions": [early]}}) == [
        "decision experts was done on 2019-05-09, before the meeting, held on 2019-05-10",
        "decision experts was done on 2019-05-09, and no evidence shows it",
    ]


def test_a_meeting_of_one_day_needs_no_last_day() -> None:
    files = {
        "meetings/one": {"held_on": "2019-05-10"},
        "meetings/month": {"held_on": "2019-05", "until": "2019-05-02"},
        "meetings/planned": {"planned_on": "2019-05-10", "until": "2019-05-12"},
    }
    assert found("MTG007", files) == []
    assert found("MTG007", {"meetings/m": {"planned_on": "2019-05-10", "until": "2019-05-09"}}) == [
        "until 2019-05-09 is before it starts, 2019-05-10"
    ]

"""What a partner is on a day, what a Member State lives under, and what became of a need."""

from __future__ import annotations

from typing import Any

import pytest

from agreements_made import BOTH, day, register_of
from erc_cli.core.records.member_state import MemberState
from erc_cli.core.records.partner import Partner
from erc_cli.core.relationship import (
    activities_with,
    agreements_with,
    has_special_conditions,
    is_party_on,
    need_state,
    relationship_on,
)

ACTIVITY = {"project": "projects/literacy"}


def relationship(files: dict[str, Any], on: str, partner: str = "partners/oic") -> str:
    register = register_of({"partners/oic": {}, "partners/unesco": {}, **files})
    found = register.find(partner, Partner)
    assert found is not None
    return relationship_on(found, register, day(on))


def test_a_partner_with_nothing_on_file_is_a_prospect() -> None:
    assert relationship({}, "2020-01-01") == "prospect"


def test_an_agreement_counts_while_it_is_in_force() -> None:
    files = {"agreements/a": {"parties": BOTH, "ends_on": "2020-12-31"}}
    found = [relationship(files, on) for on in ("2019-03-09", "2019-03-10", "2020-12-31", "2021-01-01")]
    assert found == ["prospect", "agreement", "agreement", "prospect"]


def test_an_agreement_that_is_suspended_or_being_prepared_does_not_count() -> None:
    suspended = {"parties": BOTH, "events": [{"kind": "suspended", "on": "2020-01-01"}]}
    assert relationship({"agreements/a": suspended}, "2020-01-01") == "prospect"
    assert relationship({"agreements/a": {}}, "2020-01-01") == "prospect"


def test_of_several_agreements_one_in_force_is_enough() -> None:
    files = {
        "agreements/a": {"parties": BOTH, "ends_on": "2019-12-31"},
        "agreements/b": {"parties": BOTH, "effective_on": "2020-06-01"},
    }
    assert [relationship(files, on) for on in ("2019-12-31", "2020-01-01", "2020-06-01")] == [
        "agreement",
        "prospect",
        "agreement",
    ]


@pytest.mark.parametrize(
    "field",
    [
        {"partners": ["partners/oic"]},
        {"implementing": ["isesco", "partners/oic"]},
        {
            "contributions": [
                {
                    "id": "c",
                    "party": "partners/oic",
                    "stage": "pledged",
                    "form": "cash",
                    "amount": "10.00",
                    "on": "2019-05-01",
                }
            ]
        },
    ],
)
def test_a_shared_activity_without_an_agreement_is_ad_hoc(field: dict[str, Any]) -> None:
    files = {"activities/forum": {**ACTIVITY, **field}}
    assert relationship(files, "2020-01-01") == "ad-hoc"
    assert relationship(files, "2020-01-01", "partners/unesco") == "prospect"


def test_a_cancelled_activity_is_not_shared() -> None:
    change = {"id": "off", "on": "2019-08-01", "field": "cancelled", "reason": "No money"}
    files = {"activities/forum": {**ACTIVITY, "partners": ["partners/oic"], "changes": [change]}}
    assert [relationship(files, on) for on in ("2019-07-31", "2019-08-01")] == ["ad-hoc", "prospect"]


def test_an_agreement_goes_before_activities() -> None:
    files = {"agreements/a": {"parties": BOTH}, "activities/forum": {**ACTIVITY, "partners": ["partners/oic"]}}
    assert relationship(files, "2020-01-01") == "agreement"


THREE = [*BOTH, {"party": "partners/unesco", "acceded_on": "2019-06-15"}]


def test_a_party_that_joined_later_or_left_earlier_has_no_agreement_then() -> None:
    left = {"kind": "withdrawn", "on": "2020-02-01", "party": "partners/oic", "effective_on": "2020-03-01"}
    files = {"agreements/a": {"parties": THREE, "events": [left]}}
    assert [relationship(files, on, "partners/unesco") for on in ("2019-06-14", "2019-06-15", "2020-03-01")] == [
        "prospect",
        "agreement",
        "agreement",
    ]
    assert [relationship(files, on) for on in ("2020-02-29", "2020-03-01")] == ["agreement", "prospect"]


def test_a_withdrawal_counts_from_the_day_it_was_said_at_the_earliest() -> None:
    left = {"kind": "withdrawn", "on": "2020-02-01", "party": "partners/oic", "effective_on": "2019-12-01"}
    register = register_of({"agreements/a": {"parties": THREE, "events": [left]}})
    agreement = register.agreements[0]
    assert [is_party_on(agreement, "partners/oic", day(on)) for on in ("2020-01-31", "2020-02-01")] == [True, False]


def test_what_a_partner_is_in_comes_by_id_and_once() -> None:
    register = register_of(
        {
            "partners/oic": {},
            "agreements/b": {"parties": BOTH},
            "agreements/a": {"parties": BOTH, "responsible": "partners/oic"},
            "agreements/c": {
                "parties": [{"party": "isesco"}, {"party": "partners/unesco"}],
                "responsible": "partners/oic",
            },
            "activities/z": {**ACTIVITY, "partners": ["partners/oic"], "implementing": ["partners/oic"]},
            "activities/y": {**ACTIVITY, "responsible": "partners/oic"},
        }
    )
    assert [one.id for one in agreements_with("partners/oic", register)] == ["a", "b"]
    assert [one.id for one in activities_with("partners/oic", register)] == ["z"]
    assert list(agreements_with("partners/nobody", register)) == []


def state(**content: Any) -> MemberState:
    found = register_of({"member-states/so": content}).member_states[0]
    assert isinstance(found, MemberState)
    return found


def test_special_conditions_hold_from_their_first_to_their_last_day() -> None:
    so = state(special_conditions=[{"id": "drought", "from": "2017-03", "until": "2018"}])
    days = ("2017-02-28", "2017-03-01", "2018-12-31", "2019-01-01")
    assert [has_special_conditions(so, day(on)) for on in days] == [False, True, True, False]


def test_special_conditions_without_a_beginning_or_an_end() -> None:
    assert has_special_conditions(state(special_conditions=[{"id": "since-ever"}]), day("0001-01-01"))
    until = state(special_conditions=[{"id": "old", "until": "2018-06-30"}])
    assert [has_special_conditions(until, day(on)) for on in ("1950-01-01", "2018-07-01")] == [True, False]
    assert not has_special_conditions(state(), day("2019-01-01"))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"included_in": "activities/schools"}, "included"),
        ({"deferred": "No money this year"}, "deferred"),
        ({"rejected": "Not within our fields"}, "rejected"),
    ],
)
def test_a_need_is_open_until_the_day_of_its_answer(answer: dict[str, str], expected: str) -> None:
    so = state(needs=[{"id": "schools", "on": "2019-03-01", "answer": {**answer, "on": "2019-05-01"}}])
    assert [need_state(so.needs[0], day(on)) for on in ("2019-04-30", "2019-05-01")] == ["open", expected]


def test_a_need_without_an_answer_is_open() -> None:
    assert need_state(state(needs=[{"id": "schools", "on": "2019-03-01"}]).needs[0], day("2030-01-01")) == "open"

"""The rules of money beyond their own examples: what they say, where, and what they leave alone."""

from __future__ import annotations

from typing import Any

import pytest

from erc_cli.commands.check import check as check_source
from erc_cli.core.findings import Finding
from erc_cli.store.worktree import WorkTree
from factories import check
from test_budget_digits import ROOT

PROJECT = {"kind": "programme", "areas": [{"id": "a"}, {"id": "b"}]}
LINE = {"id": "p", "project": "projects/p", "amount": "100.00"}
PROGRAMMES = {"lines": [LINE], "total": "100.00"}


def money(files: dict[str, Any]) -> list[Finding]:
    return [finding for finding in check(files) if finding.code.startswith("BUD")]


def told(files: dict[str, Any]) -> list[str]:
    """Code, address and message of every finding about money."""
    return [f"{f.code} {f.problem.record} {f.field_address}: {f.problem.message}" for f in money(files)]


def found(files: dict[str, Any]) -> list[str]:
    return [finding.code for finding in money(files)]


def programme(**more: Any) -> dict[str, Any]:
    """A register with one programme project of 100.00, and more."""
    return {"projects/p": PROJECT, "budget": {"programmes": PROGRAMMES}, **more}


def test_the_plan_has_no_finding_about_money() -> None:
    findings = check_source(WorkTree(ROOT), select=("BUD",)).findings
    assert [finding.problem.message for finding in findings] == []


# --- totals -------------------------------------------------------------------------------------------------


def test_a_total_names_every_addend_with_its_place() -> None:
    other = {"id": "q", "project": "projects/q", "amount": "50.00"}
    budget = {"notes": None, "programmes": {"lines": [LINE, other], "total": "151.00"}}
    (finding,) = money({"projects/p": PROJECT, "projects/q": PROJECT, "budget": budget})
    assert finding.problem.message == "programmes total 151.00 is not the sum of its lines 150.00 (off by 1.00)"
    assert finding.problem.expected == "150.00"
    assert finding.problem.actual == "151.00"
    assert finding.place is not None
    assert finding.place[:3] == ("data/budget.yaml", 9, 10)
    assert [(one.message, one.place and one.place[:3]) for one in finding.problem.related] == [
        ("p 100.00", ("data/budget.yaml", 5, 15)),
        ("q 50.00", ("data/budget.yaml", 8, 15)),
    ]


def test_a_total_is_of_current_amounts() -> None:
    cut = {"id": "cut", "on": "2020-03-01", "from": "100.00", "to": "90.00", "reason": "General Conference"}
    lines = [{**LINE, "revisions": [cut]}]
    assert found(programme(budget={"programmes": {"lines": lines, "total": "90.00"}})) == []
    assert found(programme(budget={"programmes": {"lines": lines, "total": "100.00"}})) == ["BUD001"]
    assert found(programme(budget={"programmes": {"lines": lines, "total": "190.00"}})) == ["BUD001"]


def test_a_total_that_is_not_written_is_missed() -> None:
    assert told(programme(budget={"programmes": {"lines": [LINE]}})) == [
        "BUD001 budget programmes.total: programmes total is not written: its lines make 100.00"
    ]


def test_a_projects_claim_after_a_revision_is_the_revised_amount() -> None:
    cut = {"id": "cut", "on": "2020-03-01", "from": "100.00", "to": "90.00", "reason": "General Conference"}
    budget = {"programmes": {"lines": [{**LINE, "revisions": [cut]}], "total": "90.00"}}
    assert told({"projects/p": {**PROJECT, "budget": "100.00"}, "budget": budget}) == [
        "BUD002 projects/p budget: budget of projects/p 100.00 differs from its line 90.00 (off by 10.00)"
    ]


STAFF: dict[str, Any] = {
    "lines": [
        {"id": "salaries", "years": {"2019": "100.00", "2020": "110.00"}, "total": "210.00"},
        {"id": "posts", "years": {"2019": "50.00", "2020": "50.00"}, "total": "100.00"},
    ],
    "years": {"2019": "150.00", "2020": "160.00"},
    "total": "310.00",
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"total": "311.00"},
            "staff total 311.00 is neither the sum of its lines 310.00 nor that of its years, which is the same "
            "(off by 1.00)",
        ),
        (
            {"years": {"2019": "150.00", "2020": "161.00"}},
            "staff total 310.00 is not the sum of its years 311.00 (off by -1.00)",
        ),
        (
            {"lines": [STAFF["lines"][0], {**STAFF["lines"][1], "total": "101.00"}]},
            "staff total 310.00 is not the sum of its lines 311.00 (off by -1.00)",
        ),
        (
            {"years": {"2019": "150.00", "2020": "162.00"}, "total": "311.00"},
            "staff total 311.00 is neither the sum of its lines 310.00 (off by 1.00) nor that of its years 312.00 "
            "(off by -1.00)",
        ),
        ({"total": None}, "staff total is not written: its lines make 310.00"),
    ],
)
def test_the_corner_says_by_which_way_it_is_not_reached(change: dict[str, Any], message: str) -> None:
    messages = [f.problem.message for f in money({"budget": {"staff": {**STAFF, **change}}}) if f.code == "BUD005"]
    assert messages == [message]


# --- lines and allocations ----------------------------------------------------------------------------------


def test_a_programme_project_without_a_line_is_missed() -> None:
    assert told({"projects/p": PROJECT}) == [
        "BUD006 projects/p kind: projects/p is a programme project and has no line under programmes in budget.yaml"
    ]


def test_a_project_of_another_time_needs_no_line_and_gets_none() -> None:
    over = {**PROJECT, "period": {"start": "2016-01-01", "end": "2018-12-31"}}
    assert found({"projects/p": over}) == []
    assert found(programme(**{"projects/p": over})) == ["BUD006"]


def test_a_project_that_shares_one_day_with_the_plan_needs_a_line() -> None:
    assert found({"projects/p": {**PROJECT, "period": {"start": "2016-01-01", "end": "2019-01-01"}}}) == ["BUD006"]


def test_a_project_that_begins_on_the_plans_last_day_needs_a_line() -> None:
    assert found({"projects/p": {**PROJECT, "period": {"start": "2021-12-31", "end": "2023-12-31"}}}) == ["BUD006"]
    assert found({"projects/p": {**PROJECT, "period": {"start": "2022-01-01", "end": "2023-12-31"}}}) == []


def test_a_claim_without_a_line_is_said_once() -> None:
    assert found({"projects/p": {**PROJECT, "budget": "100.00"}}) == ["BUD006"]


def test_two_lines_for_one_project_are_one_too_many() -> None:
    lines = [{**LINE, "amount": "60.00"}, {**LINE, "id": "p-more", "amount": "40.00"}]
    assert told(programme(budget={"programmes": {"lines": lines, "total": "100.00"}})) == [
        "BUD010 budget programmes.lines.p-more: p-more is a second line for projects/p: p is there already"
    ]


def allocated(*lines: tuple[str, str, str], allocated: str, unallocated: str) -> dict[str, Any]:
    split = [
        {"id": f"{area}-{year}", "project": "projects/p", "area": area, "year": year, "amount": amount}
        for area, year, amount in lines
    ]
    totals = [{"project": "projects/p", "allocated": allocated, "unallocated": unallocated}]
    return {"programmes": PROGRAMMES, "allocations": {"lines": split, "totals": totals}}


def test_an_allocation_outside_the_period_of_its_project_is_wrong() -> None:
    budget = allocated(("a", "2022", "10.00"), allocated="10.00", unallocated="90.00")
    assert told(programme(budget=budget)) == [
        "BUD009 budget allocations.lines.a-2022.year: allocation of 2022, "
        "and the period of projects/p is 2019-01-01 to 2021-12-31"
    ]


def test_once_a_project_is_split_an_area_without_an_allocation_has_nothing() -> None:
    budget = allocated(("a", "2019", "10.00"), allocated="10.00", unallocated="90.00")
    activity = {"project": "projects/p", "area": "b", "budget": [{"year": "2019", "amount": "1.00"}]}
    (message,) = told(programme(budget=budget, **{"activities/x": activity}))
    assert message.startswith("BUD008 activities/x budget.2019.amount: activity budgets of projects/p.areas.b in 2019")
    assert message.endswith("are 1.00 together, more than nothing: it has no allocation (by 1.00)")


def test_as_long_as_a_project_is_not_split_no_area_has_a_share_to_exceed() -> None:
    activity = {"project": "projects/p", "area": "b", "budget": [{"year": "2019", "amount": "999.00"}]}
    assert found(programme(**{"activities/x": activity})) == []


def test_one_project_that_is_split_does_not_bind_another() -> None:
    budget = allocated(("a", "2019", "100.00"), allocated="100.00", unallocated="0.00")
    budget["programmes"] = {"lines": [LINE, {**LINE, "id": "q", "project": "projects/q"}], "total": "200.00"}
    activity = {"project": "projects/q", "area": "b", "budget": [{"year": "2019", "amount": "999.00"}]}
    assert found(programme(budget=budget, **{"projects/q": PROJECT, "activities/x": activity})) == []


def test_allocations_can_take_the_whole_amount_and_no_cent_more() -> None:
    whole = allocated(("a", "2019", "40.00"), ("b", "2019", "60.00"), allocated="100.00", unallocated="0.00")
    assert found(programme(budget=whole)) == []
    more = allocated(("a", "2019", "40.00"), ("b", "2019", "60.01"), allocated="100.01", unallocated="0.00")
    assert found(programme(budget=more)) == ["BUD007", "BUD022"]


def test_allocations_without_a_claim_of_their_sum_are_missed() -> None:
    budget = allocated(("a", "2019", "10.00"), allocated="10.00", unallocated="90.00")
    del budget["allocations"]["totals"]
    assert told(programme(budget=budget)) == [
        "BUD021 budget allocations.totals.projects/p.allocated: allocated of projects/p is not written: "
        "its allocations make 10.00"
    ]


def test_unallocated_money_that_does_not_fit_says_what_the_two_make() -> None:
    budget = allocated(("a", "2019", "10.00"), allocated="10.00", unallocated="80.00")
    assert told(programme(budget=budget)) == [
        "BUD022 budget allocations.totals.projects/p.unallocated: unallocated of projects/p 80.00 and allocated 10.00 "
        "make 90.00, not its amount 100.00 (off by -10.00)"
    ]


# --- amounts and revisions ----------------------------------------------------------------------------------


def revised(*revisions: dict[str, Any], total: str) -> list[str]:
    lines = [{**LINE, "revisions": list(revisions)}]
    return told(programme(budget={"programmes": {"lines": lines, "total": total}}))


FIRST = {"id": "first", "on": "2020-03-01", "from": "100.00", "to": "90.00", "reason": "Cut"}


def test_a_revision_starts_from_the_amount_before_it() -> None:
    assert revised({**FIRST, "from": "101.00"}, total="90.00") == [
        "BUD011 budget programmes.lines.p.revisions.first.from: "
        "revision first of p is from 101.00, and the amount before it is 100.00"
    ]


def test_revisions_do_not_go_back_in_time() -> None:
    second = {"id": "second", "on": "2020-02-01", "from": "90.00", "to": "95.00", "reason": "Reserve"}
    assert revised(FIRST, second, total="95.00") == [
        "BUD011 budget programmes.lines.p.revisions.second.on: "
        "revision second of p is of 2020-02-01, before the one above it, of 2020-03-01"
    ]


def test_two_revisions_of_one_day_are_in_order() -> None:
    second = {"id": "second", "on": "2020-03-01", "from": "90.00", "to": "95.00", "reason": "Reserve"}
    assert revised(FIRST, second, total="95.00") == []


@pytest.mark.parametrize(("key", "message"), [("reason", "has no reason"), ("on", "has no day (on)")])
def test_a_revision_says_when_and_why(key: str, message: str) -> None:
    revision = {name: value for name, value in FIRST.items() if name != key}
    assert revised(revision, total="90.00") == [
        f"BUD011 budget programmes.lines.p.revisions.first.{key}: revision first of p {message}"
    ]


def test_revisions_of_staff_are_followed_for_each_line_and_year() -> None:
    cut = {"id": "cut", "line": "posts", "year": "2020", "on": "2020-01-01", "from": "55.00", "to": "45.00"}
    lines = [STAFF["lines"][0], {**STAFF["lines"][1], "total": "95.00"}]
    staff = {**STAFF, "lines": lines, "years": {"2019": "150.00", "2020": "155.00"}, "total": "305.00"}
    assert told({"budget": {"staff": {**staff, "revisions": [{**cut, "reason": "Vacant"}]}}}) == [
        "BUD011 budget staff.revisions.cut.from: "
        "revision cut of posts 2020 is from 55.00, and the amount before it is 50.00"
    ]


def test_a_revision_of_an_amount_that_is_not_there_is_wrong() -> None:
    cut = {"id": "cut", "line": "posts", "year": "2021", "on": "2020-01-01", "from": "55.00", "to": "45.00"}
    assert told({"budget": {"staff": {**STAFF, "revisions": [{**cut, "reason": "Vacant"}]}}}) == [
        "BUD011 budget staff.revisions.cut: revises posts 2021, and there is no such amount"
    ]


def test_revisions_of_allocations_and_activity_budgets_are_followed_too() -> None:
    wrong = {**FIRST, "from": "11.00", "to": "9.00"}
    budget = allocated(("a", "2019", "10.00"), allocated="9.00", unallocated="91.00")
    budget["allocations"]["lines"][0]["revisions"] = [wrong]
    part = {"year": "2019", "amount": "8.00", "revisions": [{**wrong, "to": "5.00"}]}
    activity = {"project": "projects/p", "area": "a", "budget": [part]}
    assert found(programme(budget=budget, **{"activities/x": activity})) == ["BUD011", "BUD011"]


def test_a_minus_in_a_total_is_found_although_the_sum_holds() -> None:
    lines = [{**LINE, "amount": "-100.00"}]
    assert found(programme(budget={"programmes": {"lines": lines, "total": "-100.00"}})) == ["BUD012", "BUD012"]


def test_a_minus_in_a_staff_year_is_found() -> None:
    line = {"id": "refund", "years": {"2019": "-1.00"}, "total": "-1.00"}
    files = {"budget": {"staff": {"lines": [line], "years": {"2019": "-1.00"}, "total": "-1.00"}}}
    assert told(files) == [
        "BUD012 budget staff.lines.refund.years.2019: staff.lines.refund.years.2019 -1.00 is below zero",
        "BUD012 budget staff.lines.refund.total: staff.lines.refund.total -1.00 is below zero",
        "BUD012 budget staff.years.2019: staff.years.2019 -1.00 is below zero",
        "BUD012 budget staff.total: staff.total -1.00 is below zero",
    ]


@pytest.mark.parametrize(
    ("years", "moves"),
    [
        (("100.00", "115.00"), False),
        (("100.00", "115.01"), True),
        (("100.00", "85.00"), False),
        (("100.00", "84.99"), True),
        (("0.00", "0.00"), False),
        (("0.00", "1.00"), True),
    ],
)
def test_a_staff_year_may_move_by_fifteen_percent(years: tuple[str, str], moves: bool) -> None:
    amounts = dict(zip(("2019", "2020"), years, strict=True))
    total = {"0.00 0.00": "0.00", "0.00 1.00": "1.00"}.get(" ".join(years)) or _sum_of_a_hundred_and(years[1])
    staff = {"lines": [{"id": "s", "years": amounts, "total": total}], "years": amounts, "total": total}
    assert found({"budget": {"staff": staff}}) == (["BUD018"] if moves else [])
    staff["lines"][0]["notes"] = "New scale"
    assert found({"budget": {"staff": staff}}) == []


def _sum_of_a_hundred_and(amount: str) -> str:
    return {"115.00": "215.00", "115.01": "215.01", "85.00": "185.00", "84.99": "184.99"}[amount]


# --- spending -----------------------------------------------------------------------------------------------


def spending(*activities: tuple[str, str], year: str = "2019") -> dict[str, Any]:
    """Activities of area a: budget of 2019 and what was spent in `year`."""
    return programme(
        **{
            f"activities/x{number}": {
                "project": "projects/p",
                "area": "a",
                "budget": [{"year": "2019", "amount": budget}],
                "expenditures": [{"id": "hall", "on": "2022-02-01", "year": year, "amount": spent}],
            }
            for number, (budget, spent) in enumerate(activities)
        }
    )


def test_activities_of_an_area_and_year_share_their_budgets() -> None:
    assert found(spending(("30.00", "35.00"), ("30.00", "25.00"))) == []
    assert found(spending(("30.00", "35.00"), ("30.00", "25.01"))) == ["BUD016"]


def test_a_refund_makes_room() -> None:
    assert found(spending(("30.00", "35.00"), ("0.00", "-5.00"))) == []


def test_money_can_be_charged_later_than_the_period_and_not_earlier() -> None:
    assert found(spending(("30.00", "5.00"), year="2022")) == ["BUD016"]
    assert sorted(found(spending(("30.00", "5.00"), year="2018"))) == ["BUD009", "BUD016"]


def test_an_off_budget_activity_spends_no_programme_money() -> None:
    activity = {"project": "projects/o", "expenditures": [{"id": "e", "on": "2019-01-01", "year": "2019"}]}
    activity["expenditures"][0]["amount"] = "5.00"  # type: ignore[index]
    assert found({"projects/o": {"kind": "off-budget"}, "activities/x": activity}) == ["BUD017"]


# --- contributions ------------------------------------------------------------------------------------------


def gift(name: str, stage: str, amount: str, **more: str) -> dict[str, str]:
    given = {"id": name, "party": "partners/isdb", "stage": stage, "form": "cash", "amount": amount, "on": "2019-05-01"}
    return {**given, **more}


def given(*gifts: dict[str, str], **more: Any) -> list[str]:
    return told({"activities/x": {"partners": ["partners/isdb"], "contributions": list(gifts), **more}})


PLEDGE = "activities/x.contributions.pledge"


def test_a_commitment_and_its_receipt_are_each_compared_with_the_pledge_and_not_added() -> None:
    pledge = gift("pledge", "pledged", "100.00")
    assert (
        given(pledge, gift("c", "committed", "100.00", follows=PLEDGE), gift("r", "received", "100.00", follows=PLEDGE))
        == []
    )


def test_more_than_was_pledged_needs_a_reason() -> None:
    pledge = gift("pledge", "pledged", "100.00")
    assert given(pledge, gift("c", "committed", "100.01", follows=PLEDGE)) == [
        "BUD015 activities/x contributions.c.amount: 100.01 USD committed is more than the 100.00 pledged in "
        "activities/x.contributions.pledge (by 0.01), and no reason is given"
    ]
    assert given(pledge, gift("c", "committed", "100.01", follows=PLEDGE, reason="Generosity")) == []


def test_a_rate_that_moved_is_no_surplus() -> None:
    pledge = gift("pledge", "pledged", "100.00", currency="EUR", rate="1.10")
    assert given(pledge, gift("r", "received", "100.00", currency="EUR", rate="1.25", follows=PLEDGE)) == []


def test_another_currency_goes_through_the_plans() -> None:
    pledge = gift("pledge", "pledged", "100.00", currency="EUR", rate="1.10")
    assert given(pledge, gift("r", "received", "110.00", follows=PLEDGE)) == []
    (message,) = given(pledge, gift("r", "received", "121.00", follows=PLEDGE))
    assert "110.00 EUR received is more than the 100.00 pledged" in message


def test_what_is_received_is_compared_with_the_commitment_in_an_agreement() -> None:
    promise = {"id": "grant", "party": "partners/isdb", "form": "cash", "amount": "100.00"}
    parties = [{"party": "isesco"}, {"party": "partners/isdb"}]
    agreement = {"kind": "programme-of-action", "parties": parties, "commitments": [promise]}
    receipt = gift("r", "received", "150.00", follows="agreements/a.commitments.grant")
    activity = {"partners": ["partners/isdb"], "contributions": [receipt]}
    assert found({"agreements/a": agreement, "activities/x": activity}) == ["BUD015"]


def test_the_plans_own_currency_has_no_rate() -> None:
    assert given(gift("g", "received", "100.00", rate="1.10")) == [
        "BUD013 activities/x contributions.g.rate: g is in USD, the plan's currency, and has a rate of 1.10"
    ]


def test_a_cost_in_another_currency_needs_a_rate() -> None:
    cost = [{"id": "prize", "currency": "EUR", "amount": "100.00"}]
    assert told({"projects/o": {"kind": "off-budget", "cost": cost}}) == [
        "BUD013 projects/o cost.prize.currency: prize is in EUR and has no rate: USD per EUR"
    ]


@pytest.mark.parametrize(
    "more",
    [{"valuation": "by the day"}, {"instrument": "goods"}, {"instrument": "expertise"}, {"form": "in-kind"}],
)
def test_cash_and_in_kind_never_share_a_figure(more: dict[str, str]) -> None:
    assert [message[:6] for message in given(gift("g", "received", "100.00", **more))] == ["BUD014"]


def test_a_thing_instead_of_the_cash_that_was_pledged_needs_a_reason() -> None:
    pledge = gift("pledge", "pledged", "100.00")
    thing = gift("r", "received", "300.00", follows=PLEDGE, form="in-kind", valuation="list price")
    (message,) = given(pledge, thing)
    assert message.startswith("BUD014 activities/x contributions.r.form: r is in-kind and follows")
    assert given(pledge, {**thing, "reason": "The bank gave books"}) == []


def test_zakat_needs_beneficiaries_be_they_states_or_others() -> None:
    zakat = gift("z", "received", "100.00", instrument="zakat")
    assert given(zakat) == [
        "BUD019 activities/x contributions.z.instrument: z is zakat, and activities/x names no beneficiaries"
    ]
    assert given(zakat, beneficiaries=["member-states/so"]) == []
    assert given(zakat, other_beneficiaries=[{"id": "orphans"}]) == []


def test_zakat_for_an_off_budget_project_reaches_those_of_its_activities() -> None:
    project = {"kind": "off-budget", "parties": ["partners/isdb"]}
    project["contributions"] = [gift("z", "received", "100.00", instrument="zakat")]  # type: ignore[assignment,list-item]
    assert found({"projects/o": project}) == ["BUD019"]
    activity = {"project": "projects/o", "beneficiaries": ["member-states/so"]}
    assert found({"projects/o": project, "activities/x": activity}) == []


@pytest.mark.parametrize("instrument", ["waqf", "endowment"])
def test_a_waqf_or_an_endowment_rests_on_a_deed(instrument: str) -> None:
    founded = gift("w", "received", "100.00", instrument=instrument)
    assert [message[:6] for message in given(founded)] == ["BUD019"]
    deed = {
        "id": "deed",
        "kind": "deed",
        "title": {"en": "Deed", "fr": "Acte", "ar": "صك"},
        "url": "https://a.example/d",
    }
    assert given({**founded, "deed": "deed"}, documents=[deed]) == []


def test_cash_comes_from_who_takes_part() -> None:
    own = {**gift("g", "received", "100.00"), "party": "isesco"}
    carrying_out = {**gift("h", "received", "100.00"), "party": "partners/ifad"}
    assert given(own, implementing=["partners/ifad"]) == []
    assert given(carrying_out, implementing=["isesco", "partners/ifad"]) == []
    assert given(carrying_out) == [
        "BUD020 activities/x contributions.h.party: h is cash from partners/ifad, "
        "and activities/x does not name it under partners or implementing"
    ]


def test_goods_can_come_from_anybody() -> None:
    thing = gift("g", "received", "100.00", form="in-kind", valuation="list price")
    assert given({**thing, "party": "partners/ifad"}) == []


def test_the_parties_of_an_off_budget_project_give_to_it_and_to_its_activities() -> None:
    project: dict[str, Any] = {"kind": "off-budget", "parties": ["partners/isdb"]}
    files = {"activities/x": {"project": "projects/o", "contributions": [gift("g", "received", "5.00")]}}
    assert found({"projects/o": project, **files}) == []
    assert found({"projects/o": {**project, "contributions": [gift("g", "received", "5.00")]}}) == []
    stranger = {**gift("g", "received", "5.00"), "party": "partners/ifad"}
    assert found({"projects/o": {**project, "contributions": [stranger]}}) == ["BUD020"]

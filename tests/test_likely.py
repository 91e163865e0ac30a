"""Likely causes, each with an example worked out by hand."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from erc_cli.core.likely import Causes
from erc_cli.core.totals import equations
from factories import register

TABLE: dict[str, Any] = {
    "staff": {
        "lines": [
            {"id": "salaries", "years": {"2019": "176965.00", "2020": "190864.00"}, "total": "367829.00"},
            {"id": "posts", "years": {"2019": "32320.00", "2020": "33397.00"}, "total": "65717.00"},
        ],
        "years": {"2019": "209285.00", "2020": "224261.00"},
        "total": "433546.00",
    }
}
PLAIN: dict[str, Any] = {
    "programmes": {
        "lines": [
            {"id": "p", "project": "projects/p", "amount": "123.00"},
            {"id": "q", "project": "projects/q", "amount": "456.00"},
            {"id": "r", "project": "projects/r", "amount": "789.00"},
        ],
        "total": "1368.00",
    }
}


def causes(budget: dict[str, Any], **more: Any) -> dict[str, tuple[str, ...]]:
    """What is likely, by the name of the failing equation."""
    kinds = {f"projects/{name}": {"kind": "programme", **more.get(name, {})} for name in "pqr"}
    found = equations(register({**kinds, "budget": budget}))
    told = Causes(found)
    return {one.name: told.of(one) for one in found if not one.holds}


def staff(*changes: tuple[int, str, str], total: str | None = None, **years: str) -> dict[str, Any]:
    """The table with other amounts: (line, year or "total", amount)."""
    table = deepcopy(TABLE)
    for line, what, amount in changes:
        row = table["staff"]["lines"][line]
        (row if what == "total" else row["years"])[what] = amount
    for year, amount in years.items():
        table["staff"]["years"][year.strip("y")] = amount
    if total:
        table["staff"]["total"] = total
    return table


def programmes(total: str, **amounts: str) -> dict[str, Any]:
    budget = deepcopy(PLAIN)
    budget["programmes"]["total"] = total
    for line in budget["programmes"]["lines"]:
        line["amount"] = amounts.get(line["id"], line["amount"])
    return budget


def test_both_tables_hold_as_they_are() -> None:
    assert causes(TABLE) == {}
    assert causes(PLAIN) == {}


@pytest.mark.parametrize(
    ("written", "slip"),
    [
        ("176695.00", "has two digits swapped: 176695.00 for 176965.00"),
        ("196765.00", "is wrong: 196765.00 for 176965.00, with which all else agrees"),
        ("176966.00", "has one digit wrong: 176966.00 for 176965.00"),
        ("1769650.00", "is ten times too large: 1769650.00 for 176965.00"),
        ("17696.50", "is ten times too small: 17696.50 for 176965.00"),
        ("17696500.00", "is a hundred times too large: 17696500.00 for 176965.00"),
        ("1769965.00", "has a digit too many: 1769965.00 for 176965.00"),
        ("17695.00", "lacks a digit: 17695.00 for 176965.00"),
    ],
)
def test_row_and_column_single_out_a_wrong_amount(written: str, slip: str) -> None:
    said = (f"salaries 2019 {slip}",)
    assert causes(staff((0, "2019", written))) == {"salaries total": said, "staff 2019 total": said}


def test_a_wrong_total_of_a_row_is_singled_out_by_the_corner() -> None:
    said = ("posts total has two digits swapped: 67517.00 for 65717.00",)
    assert causes(staff((1, "total", "67517.00"))) == {"posts total": said, "staff total": said}


def test_a_wrong_total_of_a_column_is_singled_out_by_the_corner() -> None:
    said = ("staff 2020 total has one digit wrong: 224262.00 for 224261.00",)
    assert causes(staff(y2020="224262.00")) == {"staff 2020 total": said, "staff total": said}


def test_a_wrong_corner_is_singled_out_where_rows_and_columns_agree() -> None:
    assert causes(staff(total="433564.00")) == {
        "staff total": ("staff total has two digits swapped: 433564.00 for 433546.00",)
    }


def test_an_amount_that_is_missing_shows_in_its_row_and_column() -> None:
    table = staff()
    del table["staff"]["lines"][1]["years"]["2020"]
    assert causes(table) == {
        "posts total": ("an amount of 33397.00 is missing, here and in staff 2020 total",),
        "staff 2020 total": ("an amount of 33397.00 is missing, here and in posts total",),
    }


def test_a_line_that_is_missing_shows_in_every_column() -> None:
    table = staff()
    del table["staff"]["lines"][1]
    said = ("a line is missing: 2019 32320.00, 2020 33397.00",)
    assert causes(table) == {"staff 2019 total": said, "staff 2020 total": said, "staff total": said}


def test_a_line_that_is_there_twice_is_what_the_totals_leave_out() -> None:
    table = staff()
    table["staff"]["lines"].append({**table["staff"]["lines"][1], "id": "posts-again"})
    found = causes(table)
    assert found["staff 2019 total"] == ("staff 2019 total leaves out posts or posts-again: 32320.00",)
    assert found["staff total"] == ("staff total leaves out posts or posts-again: 65717.00",)


def test_a_total_can_count_a_line_twice() -> None:
    assert causes(programmes("1824.00")) == {"programmes total": ("programmes total counts q twice: 456.00",)}


def test_a_total_can_leave_a_line_out() -> None:
    assert causes(programmes("912.00")) == {"programmes total": ("programmes total leaves out q: 456.00",)}


def test_swapped_digits_are_guessed_where_nothing_singles_an_amount_out() -> None:
    assert causes(programmes("1368.00", q="465.00")) == {
        "programmes total": ("q has two digits swapped: 465.00 for 456.00",)
    }


def test_a_factor_of_ten_is_guessed_where_nothing_singles_an_amount_out() -> None:
    assert causes(programmes("1368.00", q="4560.00")) == {
        "programmes total": ("q is ten times too large: 4560.00 for 456.00",)
    }


def test_one_wrong_digit_is_not_guessed_since_it_could_be_any() -> None:
    assert causes(programmes("1368.00", q="457.00")) == {"programmes total": ()}


def test_no_amount_is_thought_to_be_below_zero() -> None:
    assert causes(programmes("2.00", p="10.00", q="10.00", r="15.00")) == {
        "programmes total": ("programmes total is wrong: 2.00 for 35.00, with which all else agrees",)
    }


def test_a_projects_own_claim_singles_its_line_out() -> None:
    budgets = {"p": {"budget": "123.00"}, "q": {"budget": "456.00"}, "r": {"budget": "789.00"}}
    said = ("q has one digit wrong: 457.00 for 456.00",)
    assert causes(programmes("1368.00", q="457.00"), **budgets) == {
        "budget of projects/q": said,
        "programmes total": said,
    }


def test_a_projects_own_claim_is_singled_out_where_the_total_holds() -> None:
    assert causes(PLAIN, q={"budget": "458.00"}) == {
        "budget of projects/q": ("budget of projects/q has one digit wrong: 458.00 for 456.00",)
    }


def test_a_claim_without_a_line_says_so() -> None:
    budget = {"programmes": {"lines": PLAIN["programmes"]["lines"][:2], "total": "579.00"}}
    assert causes(budget, r={"budget": "789.00"}) == {
        "budget of projects/r": ("budget.yaml has no line for projects/r",)
    }


def test_what_is_allocated_can_be_the_wrong_one_of_the_two() -> None:
    allocations = {
        "lines": [{"id": "x", "project": "projects/p", "area": "a", "year": "2019", "amount": "100.00"}],
        "totals": [{"project": "projects/p", "allocated": "101.00", "unallocated": "23.00"}],
    }
    found = causes({**PLAIN, "allocations": allocations}, p={"areas": [{"id": "a"}]})
    said = ("allocated of projects/p has one digit wrong: 101.00 for 100.00",)
    assert found == {"allocated of projects/p": said, "unallocated of projects/p": said}


def test_two_mistakes_in_one_sum_mislead_nobody() -> None:
    assert causes(staff((0, "2019", "176966.00"), (0, "2020", "190865.00")))["salaries total"] == ()

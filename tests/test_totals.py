"""What amounts are now, and every claimed total with its parts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from erc_cli.core.records.base import Revision
from erc_cli.core.totals import Addend, Equation, current, equations
from factories import register

amounts = st.decimals(min_value=0, max_value=Decimal("999999999999999.99"), places=2)


def revision(day: date, before: str, after: str) -> Revision:
    return Revision.model_validate({"id": f"r-{day}", "on": str(day), "from": before, "to": after, "reason": "Asked"})


MARCH, JUNE = date(2020, 3, 1), date(2020, 6, 1)
TWICE = [revision(MARCH, "100.00", "90.00"), revision(JUNE, "90.00", "95.00")]


def test_an_amount_that_nobody_revised_is_what_was_approved() -> None:
    assert current(Decimal("100.00"), []) == Decimal("100.00")


def test_the_last_revision_replaces_and_is_not_added() -> None:
    assert current(Decimal("100.00"), TWICE) == Decimal("95.00")


def test_on_a_day_only_revisions_until_then_count() -> None:
    assert current(Decimal("100.00"), TWICE, date(2020, 2, 29)) == Decimal("100.00")
    assert current(Decimal("100.00"), TWICE, MARCH) == Decimal("90.00")
    assert current(Decimal("100.00"), TWICE, date(2020, 5, 31)) == Decimal("90.00")
    assert current(Decimal("100.00"), TWICE, JUNE) == Decimal("95.00")


@given(amounts, st.lists(amounts, min_size=1, max_size=5))
def test_current_is_the_last_to_whatever_came_before(first: Decimal, after: list[Decimal]) -> None:
    revisions = [revision(date(2020, 1, day), "1.00", f"{to:f}") for day, to in enumerate(after, 1)]
    assert current(first, revisions) == after[-1]


def equation(claim: Decimal, *parts: Decimal) -> Equation:
    addends = tuple(Addend("budget", ("lines", str(n)), str(n), part, str(n)) for n, part in enumerate(parts))
    return Equation("BUD001", "total", "its lines", "budget", ("total",), claim, addends)


@given(st.lists(amounts, max_size=200), amounts)
def test_sums_are_exact(parts: list[Decimal], claim: Decimal) -> None:
    exact = sum((Fraction(part) for part in parts), Fraction(0))
    found = equation(claim, *parts)
    assert Fraction(found.sum) == exact
    assert found.holds == (Fraction(claim) == exact)
    assert found.difference is not None
    assert Fraction(found.difference) == Fraction(claim) - exact


def test_ten_times_ten_cents_is_one() -> None:
    assert equation(Decimal("1.00"), *[Decimal("0.10")] * 10).holds


def test_a_sum_of_nothing_has_the_places_of_its_claim() -> None:
    assert str(equation(Decimal("5.00")).sum) == "0.00"


PROGRAMMES = {
    "projects/p": {"kind": "programme", "budget": "100.00"},
    "projects/q": {"kind": "programme"},
    "budget": {
        "programmes": {
            "lines": [
                {"id": "p", "project": "projects/p", "amount": "100.00"},
                {"id": "q", "project": "projects/q", "amount": "50.00"},
            ],
            "total": "150.00",
        }
    },
}


def told(files: object) -> list[tuple[str, str, str | None, str, bool]]:
    assert isinstance(files, dict)
    return [
        (
            one.code,
            ".".join(map(str, one.field)),
            None if one.claim is None else str(one.claim),
            str(one.sum),
            one.holds,
        )
        for one in equations(register(files))
    ]


def test_the_programme_total_and_each_projects_own_claim_are_equations() -> None:
    assert told(PROGRAMMES) == [
        ("BUD001", "programmes.total", "150.00", "150.00", True),
        ("BUD002", "budget", "100.00", "100.00", True),
    ]


def test_a_total_that_is_not_written_holds_nothing() -> None:
    lines = [{"id": "q", "project": "projects/q", "amount": "50.00"}]
    files = {"projects/q": {"kind": "programme"}, "budget": {"programmes": {"lines": lines}}}
    assert told(files) == [("BUD001", "programmes.total", None, "50.00", False)]


def test_a_projects_claim_without_a_line_does_not_hold() -> None:
    assert told({"projects/p": {"kind": "programme", "budget": "7.00"}}) == [
        ("BUD002", "budget", "7.00", "0.00", False)
    ]


def test_the_claim_of_a_project_of_an_earlier_plan_is_not_asked_for() -> None:
    period = {"start": "2016-01-01", "end": "2018-12-31"}
    assert told({"projects/p": {"kind": "programme", "budget": "7.00", "period": period}}) == []


STAFF = {
    "lines": [
        {"id": "salaries", "years": {"2019": "10.00", "2020": "11.00"}, "total": "21.00"},
        {"id": "posts", "years": {"2019": "5.00", "2020": "5.50"}, "total": "10.50"},
    ],
    "years": {"2019": "15.00", "2020": "16.50"},
    "total": "31.50",
}


def test_staff_is_added_up_by_rows_by_columns_and_in_the_corner_by_both() -> None:
    assert told({"budget": {"staff": STAFF}}) == [
        ("BUD003", "staff.lines.salaries.total", "21.00", "21.00", True),
        ("BUD003", "staff.lines.posts.total", "10.50", "10.50", True),
        ("BUD004", "staff.years.2019", "15.00", "15.00", True),
        ("BUD004", "staff.years.2020", "16.50", "16.50", True),
        ("BUD005", "staff.total", "31.50", "31.50", True),
        ("BUD005", "staff.total", "31.50", "31.50", True),
    ]


def test_revised_staff_amounts_replace_in_row_and_column_and_point_to_the_revision() -> None:
    change = {"id": "cut", "line": "posts", "year": "2020", "on": "2020-02-01", "from": "5.50", "to": "4.00"}
    staff = {**STAFF, "revisions": [{**change, "reason": "Post not filled"}]}
    found = {(one.code, one.field[-1]): one for one in equations(register({"budget": {"staff": staff}}))}
    assert str(found["BUD003", "total"].sum) == "9.00"
    assert str(found["BUD004", "2020"].sum) == "15.00"
    assert str(found["BUD004", "2019"].sum) == "15.00"
    addend = found["BUD004", "2020"].addends[1]
    assert addend.field == ("staff", "revisions", "cut", "to")
    assert addend.noted_label == "posts (revised 2020-02-01)"


def test_a_year_without_a_total_is_one_failing_equation_and_no_second() -> None:
    staff = {**STAFF, "years": {"2019": "15.00"}}
    failing = [(code, field) for code, field, _, _, holds in told({"budget": {"staff": staff}}) if not holds]
    assert failing == [("BUD004", "staff.years.2020")]


def test_unallocated_is_the_amount_less_what_is_allocated() -> None:
    project = {"kind": "programme", "areas": [{"id": "a"}]}
    allocations = {
        "lines": [
            {"id": "a-2019", "project": "projects/q", "area": "a", "year": "2019", "amount": "20.00"},
            {
                "id": "a-2020",
                "project": "projects/q",
                "area": "a",
                "year": "2020",
                "amount": "15.00",
                "revisions": [
                    {"id": "more", "on": "2020-01-05", "from": "15.00", "to": "25.00", "reason": "Forum is larger"}
                ],
            },
        ],
        "totals": [{"project": "projects/q", "allocated": "45.00", "unallocated": "5.00"}],
    }
    files = {"projects/q": project, "budget": {**PROGRAMMES["budget"], "allocations": allocations}}
    found = [one for one in equations(register({**PROGRAMMES, **files})) if one.code in ("BUD021", "BUD022")]
    assert [(one.code, str(one.claim), str(one.sum), one.holds) for one in found] == [
        ("BUD021", "45.00", "45.00", True),
        ("BUD022", "5.00", "5.00", True),
    ]
    assert [(addend.label, str(addend.amount)) for addend in found[1].addends] == [
        ("q", "50.00"),
        ("less allocated", "-45.00"),
    ]

"""Rules of results and of off-budget projects beyond their examples, with what must not be reported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from erc_cli.core.rules.catalogue import RULES
from factories import Files, check, register

OWN = "projects/p"


def found(code: str, files: Files) -> list[str]:
    """The messages of one rule."""
    rule = RULES[code]
    assert rule.run is not None
    return [problem.message for problem in rule.run(register(files))]


def with_indicators(*indicators: Mapping[str, Any], **content: Any) -> Mapping[str, Any]:
    performance = {
        "id": "basis",
        "measurement_indicators": [{"id": "m", "unit": "people", **one} for one in indicators],
    }
    outcome = {"id": "partners", "performance_indicators": [performance]}
    return {"kind": "programme", "areas": [{"id": "a", "outcomes": [outcome]}], **content}


def about(code: str, indicator: Mapping[str, Any], **others: Any) -> list[str]:
    return found(code, {OWN: with_indicators(indicator), **others})


def values(*pairs: tuple[int, str]) -> list[dict[str, str]]:
    return [{"year": str(year), "value": value} for year, value in pairs]


FOUND = {"year": "2019", "text": {"en": "Trust has grown"}}

# --- PRJ001 to PRJ003 ---------------------------------------------------------------------------------------


def test_only_projects_of_the_programme_need_objectives_and_areas() -> None:
    assert found("PRJ001", {OWN: {"kind": "off-budget"}}) == []
    assert found("PRJ001", {OWN: {"kind": "programme"}}) == [
        "projects/p is of the programme and has no objective",
        "projects/p is of the programme and has no area of intervention",
    ]


def test_every_gap_on_the_way_to_a_measurement_is_told() -> None:
    areas = [
        {"id": "bare"},
        {"id": "a", "outcomes": [{"id": "empty"}, {"id": "o", "performance_indicators": [{"id": "basis"}]}]},
    ]
    assert found("PRJ002", {OWN: {"kind": "programme", "areas": areas}}) == [
        "area bare has no expected outcome",
        "outcome empty has no performance indicator",
        "performance indicator basis has no measurement indicator",
    ]


@pytest.mark.parametrize(
    ("indicator", "messages"),
    [
        ({"measure": "unit", "unit": None}, []),
        ({"measure": "percentage", "unit": None, "baseline": {"value": "5"}}, []),
        ({"measure": "qualitative", "unit": None}, []),
        (
            {"measure": "unit", "unit": None, "baseline": {"value": "5"}, "targets": values((2019, "6"))},
            ["m has a baseline and targets and no unit: what do the numbers count?"],
        ),
        (
            {"measure": "qualitative", "targets": values((2019, "6"))},
            [
                "m is judged in words (measure: qualitative), and has a unit",
                "m is judged in words (measure: qualitative), and has targets",
            ],
        ),
        ({"measure": "qualitative", "unit": None, "actuals": [FOUND]}, []),
        (
            {"measure": "qualitative", "unit": None, "actuals": [{"year": "2019"}, {"year": "2020", "value": "3"}]},
            [
                "m is judged in words (measure: qualitative), and has actuals",
                "m has an actual for 2019 without a text: what was found",
            ],
        ),
        ({"actuals": [FOUND]}, ["m has an actual for 2019 without a value"]),
        (
            {"measure": "percentage", "counts": [{"id": "c", "records": "meetings", "event": "held"}]},
            ["m is a percentage, and counts make a number of records"],
        ),
    ],
)
def test_numbers_have_a_unit_and_words_have_none(indicator: Mapping[str, Any], messages: list[str]) -> None:
    assert about("PRJ003", indicator) == messages


# --- PRJ004 to PRJ006: values -------------------------------------------------------------------------------


def test_two_values_for_a_year_are_told_once_and_at_the_second() -> None:
    indicator = {"targets": values((2019, "1"), (2019, "1")), "actuals": values((2018, "1"), (2019, "1"))}
    files = {OWN: with_indicators(indicator)}
    assert found("PRJ004", files) == [
        "m has two targets for 2019",
        "m has actuals for 2018, and the period of projects/p is 2019-01-01 to 2021-12-31",
    ]
    codes = [finding.code for finding in check(files) if finding.field_address.endswith("1.year")]
    assert codes == ["PRJ004"]


def test_a_project_that_goes_on_has_the_years_of_its_own_period() -> None:
    period = {"start": "2017-07-01", "end": "2023-06-30"}
    indicator = {"targets": values((2017, "1"), (2023, "2"))}
    assert found("PRJ004", {OWN: with_indicators(indicator, period=period)}) == []


@pytest.mark.parametrize(
    ("indicator", "messages"),
    [
        ({"cumulative": True, "actuals": values((2020, "5"), (2019, "5"))}, []),
        ({"cumulative": True, "actuals": values((2019, "5"), (2021, "7"))}, []),
        ({"actuals": values((2019, "5"), (2020, "2"))}, []),
        ({"cumulative": True, "measure": "percentage", "actuals": values((2019, "80"), (2020, "60"))}, []),
        (
            {"cumulative": True, "actuals": values((2020, "2"), (2019, "5"))},
            ["m is cumulative, and its actuals go down from 5 in 2019 to 2 in 2020"],
        ),
    ],
)
def test_cumulative_values_do_not_go_down(indicator: Mapping[str, Any], messages: list[str]) -> None:
    assert about("PRJ005", indicator) == messages


def test_of_a_target_the_last_revision_counts() -> None:
    less = {"id": "less", "on": "2019-06-01", "from": "9", "to": "4", "reason": "Fewer partners"}
    targets = [*values((2019, "5")), {"year": "2020", "value": "9", "revisions": [less]}]
    assert about("PRJ005", {"cumulative": True, "targets": targets}) == [
        "m is cumulative, and its targets go down from 5 in 2019 to 4 in 2020"
    ]


@pytest.mark.parametrize(
    ("value", "parts", "messages"),
    [
        # 2 of 3 are 66.666...: right to any number of places, rounded.
        ("67", ("2", "3"), []),
        ("66.7", ("2", "3"), []),
        ("66.666667", ("2", "3"), []),
        ("66.6", ("2", "3"), ["2 of 3 are 66.7 %, not 66.6 %"]),
        # 1 of 8 is 12.5: whole numbers may round it either way.
        ("12", ("1", "8"), []),
        ("13", ("1", "8"), []),
        ("14", ("1", "8"), ["1 of 8 are 12 %, not 14 %"]),
        ("120", ("6", "5"), []),
        ("0", ("0", "5"), []),
        ("100", (None, None), []),
        ("100.1", (None, None), ["100.1 % is not within 0 to 100, and has no numerator and denominator"]),
        ("-1", (None, None), ["-1 % is not within 0 to 100, and has no numerator and denominator"]),
        ("50", ("1", None), ["there is a numerator and no denominator"]),
        ("50", (None, "2"), ["there is a denominator and no numerator"]),
        ("50", ("1", "0"), ["nothing can be divided by a denominator of 0"]),
    ],
)
def test_a_percentage_is_numerator_by_denominator(
    value: str, parts: tuple[str | None, str | None], messages: list[str]
) -> None:
    actual = {"year": "2019", "value": value, "numerator": parts[0], "denominator": parts[1]}
    expected = [f"m of 2019: {message}" for message in messages]
    assert about("PRJ006", {"measure": "percentage", "unit": None, "actuals": [actual]}) == expected


def test_targets_above_the_whole_need_parts_beside_them() -> None:
    aims = {"measure": "percentage", "unit": None, "baseline": {"value": "-2"}, "targets": values((2019, "120"))}
    assert about("PRJ006", aims) == ["m: -2 % is not within 0 to 100", "m: 120 % is not within 0 to 100"]
    actual = {"year": "2019", "value": "110", "numerator": "11", "denominator": "10"}
    assert about("PRJ006", {**aims, "actuals": [actual]}) == []
    assert about("PRJ006", {**aims, "measure": "unit"}) == []


# --- PRJ007, PRJ008, PRJ010: evidence -----------------------------------------------------------------------

HELD = {"counts": [{"id": "c", "records": "meetings", "event": "held"}]}


def test_a_zero_and_a_counted_value_need_no_evidence() -> None:
    assert about("PRJ007", {"actuals": values((2019, "0"))}) == []
    assert about("PRJ007", {"actuals": values((2019, "3")), **HELD}) == []
    words = {"measure": "qualitative", "unit": None}
    assert about("PRJ007", {**words, "actuals": [FOUND]}) == ["m says what was found in 2019, and no evidence shows it"]
    assert about("PRJ007", {**words, "actuals": [{**FOUND, "evidence": ["partners/oic"]}]}) == []
    assert about("PRJ007", {"actuals": values((2019, "3"))}) == ["m reached 3 in 2019, and no evidence shows it"]


@pytest.mark.parametrize(
    ("claim", "messages"),
    [
        ("1", ["m claims 1 for 2019, and the register counts 2 to 3, as days known in part allow: {}"]),
        ("2", []),
        ("3", []),
        ("2.5", ["m claims 2.5 for 2019, and the register counts 2 to 3, as days known in part allow: {}"]),
        ("4", ["m claims 4 for 2019, and the register counts 2 to 3, as days known in part allow: {}"]),
    ],
)
def test_a_claim_may_be_any_number_that_the_dates_allow(claim: str, messages: list[str]) -> None:
    parties = [{"party": "isesco", "signed_on": "2019-03-01"}, {"party": "partners/oic", "signed_on": "2019-03-01"}]
    counts = [{"id": "c", "records": "agreements", "event": "signed"}]
    files: Files = {
        OWN: with_indicators({"actuals": values((2019, claim)), "counts": counts}),
        "agreements/a": {"parties": parties},
        "agreements/b": {"parties": parties},
        "agreements/some-day": {"signed_before": "2020-01-01"},
        "agreements/old": {"signed_before": "2019-01-01"},
        "agreements/open": {},
    }
    listed = "agreements/a, agreements/b, agreements/some-day"
    assert found("PRJ008", files) == [message.format(listed) for message in messages]


def test_the_baseline_is_not_part_of_a_claim() -> None:
    indicator = {**HELD, "baseline": {"value": "10"}, "actuals": values((2019, "11"))}
    meeting = {"meetings/x": {"held_on": "2019-05-01"}}
    assert about("PRJ008", indicator, **meeting) == ["m claims 11 for 2019, and the register counts 1: meetings/x"]


def test_a_long_list_of_records_is_cut() -> None:
    meetings = {f"meetings/x{at}": {"held_on": "2019-05-01"} for at in range(8)}
    (message,) = about("PRJ008", {**HELD, "actuals": values((2019, "9"))}, **meetings)
    assert message.endswith(
        "counts 8: meetings/x0, meetings/x1, meetings/x2, meetings/x3, meetings/x4, meetings/x5 and 2 more"
    )


def test_nothing_is_counted_while_a_file_is_broken() -> None:
    files = {OWN: with_indicators({**HELD, "actuals": values((2019, "1"))}), "meetings/x": {"held_on": "soon"}}
    assert "PRJ008" not in [finding.code for finding in check(files)]


REACHED = {"actuals": values((2019, "40"))}


@pytest.mark.parametrize(
    ("other", "activity"),
    [
        ({"id": "share", "measure": "percentage", "unit": None, "actuals": values((2019, "70"))}, {}),
        (
            {
                "id": "words",
                "measure": "qualitative",
                "unit": None,
                "actuals": [{**FOUND, "evidence": ["https://isesco.example/survey"]}],
            },
            {},
        ),
        (
            {"id": "words", "measure": "qualitative", "unit": None},
            {"indicators": ["words"], "done": {"end": "2019-05-01", "summary": {"en": "Teachers use it"}}},
        ),
        (
            {"id": "other"},
            {
                "indicators": ["basis"],
                "assessment": [{"criterion": "relevance", "weight": "100", "score": "70", "on": "2019-12-01"}],
            },
        ),
    ],
)
def test_a_share_words_or_an_assessment_show_the_quality_of_an_outcome(
    other: Mapping[str, Any], activity: Mapping[str, Any]
) -> None:
    files = {OWN: with_indicators(REACHED, other), "activities/x": {"project": OWN, "area": "a", **activity}}
    assert found("PRJ010", files) == []


@pytest.mark.parametrize(
    "activity",
    [
        {"indicators": ["m"], "done": {"end": "2019-05-01", "summary": {"en": "Forty came"}}},
        {"indicators": ["words"], "done": {"end": "2019-05-01"}},
        {"indicators": ["elsewhere"], "assessment": [{"criterion": "impact", "weight": "100", "score": "70"}]},
    ],
)
def test_counts_alone_do_not_show_the_quality_of_an_outcome(activity: Mapping[str, Any]) -> None:
    words = {"id": "words", "measure": "qualitative", "unit": None}
    other = {"id": "second", "outcomes": [{"id": "q", "performance_indicators": [{"id": "elsewhere"}]}]}
    project = with_indicators(REACHED, words)
    files = {
        OWN: {**project, "areas": [*project["areas"], other]},
        "activities/x": {"project": OWN, "area": "a", **activity},
    }
    assert found("PRJ010", files) == [
        "outcome partners is known by counts and amounts alone: nothing on file shows its quality"
    ]


def test_an_outcome_without_actuals_needs_no_evidence_of_quality() -> None:
    assert about("PRJ010", {**HELD, "targets": values((2019, "3"))}, **{"meetings/x": {"held_on": "2019-05-01"}}) == []


# --- PRJ009, PRJ013, PRJ014 ---------------------------------------------------------------------------------


def test_every_fault_of_a_revision_is_told() -> None:
    revisions = [
        {"id": "one", "on": "2019-06-01", "from": "5", "to": "4", "reason": "Two merged"},
        {"id": "two", "on": "2019-05-01", "from": "5", "to": "3", "reason": "Another"},
        {"id": "three", "from": "3", "to": "2"},
    ]
    start = "of the target of m for 2019"
    assert about("PRJ009", {"targets": [{"year": "2019", "value": "5", "revisions": revisions}]}) == [
        f"revision two {start} is from 5, and the value before it is 4",
        f"revision two {start} is of 2019-05-01, before the one above it, of 2019-06-01",
        f"revision three {start} has no day (on)",
        f"revision three {start} has no reason",
    ]


@pytest.mark.parametrize(
    ("records", "event", "where", "messages"),
    [
        ("agreements", "signed", {"kind": ["protocol"], "partner_category": ["humanitarian", "donor"]}, []),
        ("meetings", "held", {"project": ["projects/q"], "area": ["b"], "kind": ["official"]}, []),
        ("meetings", "held", {"project": [OWN, "projects/q"], "area": ["a", "b"]}, []),
        ("activities", "completed", {"role": ["organiser"], "kind": ["donors-conference"], "fields": ["culture"]}, []),
        ("partners", "first-agreement", {"partner_category": ["national-authority"], "area": ["a"]}, []),
        ("agreements", "held", None, ["c counts agreements when held, and what happens to them is: signed"]),
        ("partners", "signed", None, ["c counts partners when signed, and what happens to them is: first-agreement"]),
        ("agreements", "signed", {"role": ["organiser"]}, ["c asks for a role, and agreements have none"]),
        ("partners", "first-agreement", {"kind": ["donor"]}, ["c asks for a kind, and partners have none"]),
        (
            "meetings",
            "held",
            {"kind": ["coordination", "cordination"]},
            ["cordination is no kind of meetings (did you mean coordination?)"],
        ),
        (
            "activities",
            "completed",
            {"partner_category": ["governement"]},
            ["governement is no partner category of activities (did you mean governmental?)"],
        ),
        (
            "activities",
            "completed",
            {"project": ["projects/q"], "area": ["a"]},
            ["c asks for area a, and there is none in projects/q"],
        ),
        ("activities", "completed", {"area": ["b"]}, ["c asks for area b, and there is none in projects/p"]),
    ],
)
def test_counts_can_find_something(
    records: str, event: str, where: Mapping[str, Any] | None, messages: list[str]
) -> None:
    counts = [{"id": "c", "records": records, "event": event, "where": where}]
    other = {"projects/q": {"kind": "programme", "areas": [{"id": "b"}]}}
    assert about("PRJ013", {"counts": counts}, **other) == messages


@pytest.mark.parametrize(
    ("indicator", "is_reported"),
    [
        ({"targets": values((2019, "5"))}, True),
        ({"targets": values((2019, "5")), "baseline": {"value": "0"}}, False),
        ({"actuals": values((2019, "5"))}, False),
        ({"measure": "qualitative", "targets": values((2019, "5"))}, False),
    ],
)
def test_a_numeric_target_has_a_baseline(indicator: Mapping[str, Any], is_reported: bool) -> None:
    expected = ["m aims at 5 in 2019 and has no baseline"] if is_reported else []
    assert about("PRJ014", indicator) == expected


# --- off-budget projects ------------------------------------------------------------------------------------

AGREED = {
    "field": "education",
    "alignment": [{"framework": "sdg"}],
    "parties": ["isesco", "partners/fund"],
    "procedures": [{"party": "isesco", "compliance": "yes"}, {"party": "partners/fund", "compliance": "no"}],
}
EARLY = [{"stage": "identified", "on": "2018"}, {"stage": "coordinated", "on": "2019"}]


@pytest.mark.parametrize(
    ("content", "messages"),
    [
        ({"field": None, "stages": EARLY}, []),
        ({"field": None, "stages": [{"stage": "concept", "on": "2018"}, {"stage": "closed", "on": "2019"}]}, []),
        ({**AGREED, "stages": [{"stage": "running", "on": "2019"}]}, []),
        (
            {"field": None, "stages": [{"stage": "running", "on": "2019"}]},
            ["projects/o is agreed, and has no field and no alignment and no parties"],
        ),
        (
            {**AGREED, "procedures": None, "stages": [{"stage": "agreed", "on": "2019"}]},
            ["projects/o is agreed, and procedures does not say how it fits isesco, partners/fund"],
        ),
    ],
)
def test_an_agreed_project_says_what_was_agreed(content: Mapping[str, Any], messages: list[str]) -> None:
    assert found("PRJ011", {"projects/o": content}) == messages


@pytest.mark.parametrize(
    ("stages", "messages"),
    [
        ([("closed", "2021"), ("identified", "2018"), ("concept", "2018")], []),
        ([("concept", "2019-05-10"), ("coordinated", "2019-05")], []),
        ([("concept", "2019-05-10"), ("coordinated", "2019-05-10")], []),
        ([("concept", "2019-05"), ("running", "2019-04")], ["running since 2019-04, before concept, 2019-05"]),
        (
            [("identified", "2019"), ("concept", "2020"), ("coordinated", "2018")],
            ["coordinated since 2018, before concept, 2020"],
        ),
    ],
)
def test_stages_are_reached_in_order(stages: list[tuple[str, str]], messages: list[str]) -> None:
    content = {"stages": [{"stage": stage, "on": on} for stage, on in stages]}
    assert found("PRJ012", {"projects/o": content}) == messages


NO_AGREEMENT = ["projects/o is agreed, and no agreement serves it or has activities of it under it"]


@pytest.mark.parametrize(
    ("others", "messages"),
    [
        ({}, NO_AGREEMENT),
        ({"agreements/a": {}}, NO_AGREEMENT),
        ({"agreements/a": {"serves": ["projects/o"]}}, []),
        ({"agreements/a": {}, "activities/x": {"project": "projects/o", "under": "agreements/a"}}, []),
        (
            {"agreements/a": {"serves": ["projects/o"], "events": [{"kind": "cancelled", "on": "2019-01-01"}]}},
            NO_AGREEMENT,
        ),
    ],
)
def test_what_is_agreed_has_an_agreement(others: Files, messages: list[str]) -> None:
    files = {"projects/o": {"stages": [{"stage": "agreed", "on": "2019-05-01"}]}, **others}
    assert found("PRJ012", files) == messages


def gift(name: str, amount: str, stage: str = "committed", **more: str) -> dict[str, str]:
    return {
        "id": name,
        "party": "partners/fund",
        "stage": stage,
        "form": "cash",
        "amount": amount,
        "on": "2019-01-01",
    } | more


@pytest.mark.parametrize(
    ("gifts", "missing"),
    [
        ([gift("a", "100.00")], ""),
        ([gift("a", "60.00"), gift("b", "40.00", "received")], ""),
        ([gift("a", "60.00"), gift("b", "40.00", form="in-kind", valuation="Rent")], ""),
        ([gift("a", "50.00", party="isesco"), gift("b", "50.00")], ""),
        ([gift("a", "10.00", currency="EUR")], ""),
        ([gift("a", "100.00", "pledged")], "0"),
        ([gift("a", "60.00"), gift("b", "40.00", "received", follows="projects/o.contributions.a")], "60.00"),
        (
            [gift("a", "60.00"), gift("b", "30.00", form="in-kind", valuation="Rent")],
            "60.00 in cash and 30.00 in kind",
        ),
    ],
)
def test_what_is_financed_has_its_cost_covered(gifts: list[dict[str, str]], missing: str) -> None:
    content = {
        "cost": [{"id": "one", "amount": "70.00"}, {"id": "two", "amount": "30.00"}],
        "contributions": gifts,
        "stages": [{"stage": "financed", "on": "2019-05-01"}],
    }
    said = f"projects/o is financed, and of its cost of 100.00 only {missing} is committed"
    assert found("PRJ012", {"projects/o": content}) == ([said] if missing else [])


def test_contributions_to_its_activities_cover_the_cost_of_a_project() -> None:
    files = {
        "projects/o": {"cost": [{"id": "one", "amount": "70.00"}], "stages": [{"stage": "financed", "on": "2019"}]},
        "activities/x": {"project": "projects/o", "contributions": [gift("a", "70.00")]},
    }
    assert found("PRJ012", files) == []


def test_a_project_has_the_fields_of_its_kind() -> None:
    both = {
        "objectives": [{"id": "o"}],
        "series": [{"id": "s", "interval_months": "36"}],
        "stated": [{"id": "f", "value": "3", "comparator": "exactly"}],
        "period": {"start": "2019-01-01", "end": "2020-12-31"},
    }
    assert found("PRJ015", {"projects/o": {**both, "prize": {"cycle_months": "24"}}}) == []
    assert (
        found("PRJ015", {OWN: {**both, "kind": "programme", "field": None, "number": "1", "areas": [{"id": "a"}]}})
        == []
    )
    assert found("PRJ015", {"projects/o": {"number": "1", "areas": [{"id": "a"}]}}) == [
        "projects/o is off-budget, and has number, which is for the other kind of project",
        "projects/o is off-budget, and has areas, which is for the other kind of project",
    ]
    assert found("PRJ015", {OWN: {"kind": "programme", "prize": {"cycle_months": "24"}, "field": "science"}}) == [
        "projects/p is of the programme, and has field, which is for the other kind of project",
        "projects/p is of the programme, and has prize, which is for the other kind of project",
    ]


def test_the_period_of_the_plan_ends_after_it_starts_too() -> None:
    assert found("PRJ016", {"plan": {"period": {"start": "2019-01-01", "end": "2018-12-31"}}}) == [
        "the period ends on 2018-12-31, before it starts, 2019-01-01"
    ]
    assert found("PRJ016", {OWN: {"period": {"start": "2019-01-01", "end": "2019-01-01"}}}) == []

"""Indicators are counted from the register's own records, and each figure has the list that proves it."""

from __future__ import annotations

import gc
import random
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erc_cli.core import counting
from erc_cli.core.indicator_table import all_indicators, indicator_page
from erc_cli.core.indicators import (
    counted,
    counted_by_year,
    happened,
    measured,
    measurement_indicators,
    results,
    tallies_of_years,
)
from erc_cli.core.records.project import MeasurementIndicator, Project
from erc_cli.core.register import Register
from erc_cli.core.tree import values_by_year
from erc_cli.core.words import Words
from factories import Files, register

END = date(2021, 12, 31)
OWN = "projects/p"


def project(*indicators: Mapping[str, Any], **content: Any) -> Mapping[str, Any]:
    performance = {"id": "basis", "measurement_indicators": list(indicators)}
    outcome = {"id": "partners", "performance_indicators": [performance]}
    return {"kind": "programme", "areas": [{"id": "a", "outcomes": [outcome]}], **content}


def counting_indicator(records: str, event: str, where: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"id": "m", "unit": "x", "counts": [{"id": "c", "records": records, "event": event, "where": where}], **more}


def of(made: Register) -> tuple[MeasurementIndicator, Project]:
    own = made.find(OWN, Project)
    assert own is not None
    return next(indicator for _, indicator in measurement_indicators(own)), own


def count(files: Files, year: int = 2019, on: date = END) -> tuple[str, ...]:
    made = register(files)
    indicator, own = of(made)
    return counted(indicator, own, made, year, on)


def signed(*days: str, **content: Any) -> dict[str, Any]:
    names = ("isesco", "partners/oic", "partners/isdb")
    parties = [{"party": name, "signed_on": day} for name, day in zip(names, days, strict=False)]
    return {"parties": parties, **content}


# --- what counts --------------------------------------------------------------------------------------------


def test_agreements_count_in_the_year_of_the_last_signature() -> None:
    files = {
        OWN: project(counting_indicator("agreements", "signed")),
        "agreements/both": signed("2019-03-01", "2019-05-01"),
        "agreements/late": signed("2019-12-30", "2020-01-02"),
        "agreements/half": {"parties": [{"party": "isesco", "signed_on": "2019-03-01"}, {"party": "partners/oic"}]},
        "agreements/old": {"signed_before": "2019-01-01"},
    }
    assert count(files) == ("agreements/both",)
    assert count(files, 2020) == ("agreements/late",)


def test_facts_after_the_day_are_not_known_yet() -> None:
    files = {
        OWN: project(counting_indicator("meetings", "held")),
        "meetings/spring": {"held_on": "2019-04-01"},
        "meetings/autumn": {"held_on": "2019-10-01"},
        "meetings/planned": {"planned_on": "2019-11-01"},
    }
    assert count(files, on=date(2019, 9, 30)) == ("meetings/spring",)
    assert count(files, on=date(2019, 10, 1)) == ("meetings/autumn", "meetings/spring")


def test_activities_count_when_they_are_over_and_not_cancelled() -> None:
    off = {"id": "off", "on": "2019-02-01", "field": "cancelled"}
    files = {
        OWN: project(counting_indicator("activities", "completed", {"kind": ["training"]})),
        "activities/course": {"kind": "training", "done": {"start": "2019-12-30", "end": "2020-01-03"}},
        "activities/forum": {"kind": "forum", "done": {"start": "2019-05-01", "end": "2019-05-02"}},
        "activities/off": {"kind": "training", "done": {"end": "2019-01-15"}, "changes": [off]},
        "activities/planned": {"kind": "training", "planned": {"start": "2019-03", "end": "2019-03"}},
        "activities/undated": {"kind": "training", "done": {"summary": {"en": "Held"}}},
    }
    assert count(files) == ()
    assert count(files, 2020) == ("activities/course",)


def test_partners_count_with_their_first_agreement() -> None:
    files = {
        OWN: project(counting_indicator("partners", "first-agreement")),
        "agreements/first": signed("2019-03-01", "2019-05-01"),
        "agreements/second": signed("2020-03-01", "2020-05-01", "2020-04-01"),
        "agreements/joined": {
            "parties": [
                {"party": "isesco", "signed_on": "2017-03-01"},
                {"party": "partners/alecso", "signed_on": "2017-03-01"},
                {"party": "partners/abegs", "acceded_on": "2019-07-01"},
            ]
        },
        "agreements/old": {
            "signed_before": "2019-01-01",
            "parties": [{"party": "isesco"}, {"party": "partners/unesco"}],
        },
        "agreements/not-the-first": {
            "parties": [
                {"party": "isesco", "signed_on": "2019-03-01"},
                {"party": "partners/unesco", "signed_on": "2019-03-01"},
            ]
        },
    }
    # The OIC signs its first in 2019; ABEGS accedes in 2019 to what others signed in 2017; UNESCO has an old one.
    assert count(files) == ("partners/abegs", "partners/oic")
    assert count(files, 2020) == ("partners/isdb",)


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({"kind": ["protocol"]}, "c"),
        ({"kind": ["protocol", "cooperation-agreement"]}, "abcd"),
        ({"partner_category": ["humanitarian"]}, "b"),
        ({"partner_category": ["financial-institution"]}, "bd"),
        ({"project": [OWN]}, "ab"),
        ({"project": ["projects/q"]}, "cd"),
        ({"area": ["a"]}, "b"),
        ({"project": [OWN, "projects/q"], "area": ["a"]}, "bd"),
        ({"fields": ["science", "culture"]}, "ad"),
        ({"fields": ["science"], "kind": ["protocol"]}, ""),
        ({"role": ["organiser"]}, ""),
    ],
)
def test_of_several_keys_all_hold_and_of_several_values_any(where: Mapping[str, Any], found: str) -> None:
    files = {
        OWN: project(counting_indicator("agreements", "signed", where)),
        "projects/q": {"kind": "programme", "areas": [{"id": "a"}]},
        "partners/isdb": {"category": "financial-institution"},
        "partners/relief": {"category": "humanitarian", "roles": ["financial-institution"]},
        "agreements/a": signed("2019-01-01", "2019-01-01", serves=[OWN], fields=["science"]),
        "agreements/b": {
            "parties": [
                {"party": "isesco", "signed_on": "2019-01-01"},
                {"party": "partners/relief", "signed_on": "2019-01-01"},
            ],
            "serves": [f"{OWN}.areas.a.outcomes.partners"],
        },
        "agreements/c": signed("2019-01-01", "2019-01-01", kind="protocol", serves=["projects/q"]),
        "agreements/d": signed(
            "2019-01-01", "2019-01-01", "2019-01-01", serves=["projects/q.areas.a"], fields=["culture"]
        ),
    }
    assert "".join(address[-1] for address in count(files)) == found


def test_an_area_without_a_project_is_one_of_the_own_project() -> None:
    files = {
        OWN: project(counting_indicator("activities", "completed", {"area": ["a"]})),
        "projects/q": {"kind": "programme", "areas": [{"id": "a"}]},
        "activities/own": {"project": OWN, "area": "a", "done": {"end": "2019-05-01"}},
        "activities/other": {"project": "projects/q", "area": "a", "done": {"end": "2019-05-01"}},
    }
    assert count(files) == ("activities/own",)


def test_a_meeting_lies_where_its_activity_and_its_agreement_do() -> None:
    files = {
        OWN: project(counting_indicator("meetings", "held", {"area": ["a"]})),
        "activities/series": {"project": OWN, "area": "a"},
        "agreements/serving": {"serves": [f"{OWN}.indicators.m"]},
        "meetings/by-activity": {"activity": "activities/series", "held_on": "2019-05-01"},
        "meetings/by-agreement": {"agreement": "agreements/serving", "held_on": "2019-05-01"},
        "meetings/elsewhere": {"held_on": "2019-05-01"},
    }
    assert count(files) == ("meetings/by-activity", "meetings/by-agreement")


def test_a_record_asked_for_twice_counts_once() -> None:
    indicator = counting_indicator("meetings", "held")
    indicator["counts"] += [
        {"id": "again", "records": "meetings", "event": "held", "where": {"kind": ["coordination"]}},
        {"id": "never", "records": "meetings", "event": "signed"},
    ]
    assert count({OWN: project(indicator), "meetings/x": {"held_on": "2019-05-01"}}) == ("meetings/x",)


def test_dates_known_in_part_leave_open_what_they_leave_open() -> None:
    made = register(
        {
            OWN: project(
                counting_indicator("agreements", "signed", cumulative=True),
                period={"start": "2019-07-01", "end": "2021-12-31"},
            ),
            "agreements/exact": signed("2019-09-01", "2019-09-01"),
            "agreements/year": signed("2019", "2019"),
            "agreements/before": signed("2019-03", "2019-03"),
            "agreements/old": {"signed_before": "2019-07-01"},
            "agreements/some-day": {"signed_before": "2020-01-01"},
        }
    )
    indicator, own = of(made)
    (tally,) = tallies_of_years(indicator, own, made, [2019])
    # From July on: one certainly; "2019" and "before 2020" may be in it or not; March and "before July" cannot.
    assert tally.counted == tally.certain == ("agreements/exact",)
    assert tally.possible == ("agreements/exact", "agreements/some-day", "agreements/year")


# --- by year, and beside what people wrote ------------------------------------------------------------------

THREE_YEARS: Files = {
    "meetings/a": {"held_on": "2019-05-01"},
    "meetings/b": {"held_on": "2020-05-01"},
    "meetings/c": {"held_on": "2020-06-01"},
    "meetings/before": {"held_on": "2018-06-01"},
}


def test_counts_are_there_by_year_and_so_far() -> None:
    made = register({OWN: project(counting_indicator("meetings", "held")), **THREE_YEARS})
    indicator, own = of(made)
    years = counted_by_year(indicator, own, made, END)
    assert [(one.year, len(one.in_year), len(one.so_far)) for one in years] == [
        (2019, 1, 1),
        (2020, 2, 3),
        (2021, 0, 3),
    ]
    assert years[1].so_far == ("meetings/a", "meetings/b", "meetings/c")
    assert [one.year for one in counted_by_year(indicator, own, made, date(2020, 5, 15))] == [2019, 2020]
    assert counted_by_year(indicator, own, made, date(2020, 5, 15))[1].in_year == ("meetings/b",)


@pytest.mark.parametrize(("cumulative", "values"), [(False, [1, 2, 0]), (True, [1, 3, 3])])
def test_a_cumulative_indicator_counts_from_the_first_day_of_its_project(cumulative: bool, values: list[int]) -> None:
    made = register({OWN: project(counting_indicator("meetings", "held", cumulative=cumulative)), **THREE_YEARS})
    assert [one.actual for one in measured(*of(made), made, END)] == [Decimal(value) for value in values]


def test_a_claim_and_a_baseline_stand_beside_the_count_and_are_never_added() -> None:
    indicator = counting_indicator(
        "meetings",
        "held",
        baseline={"value": "229", "comparator": "more-than"},
        targets=[{"year": "2020", "value": "3"}],
        actuals=[{"year": "2020", "value": "5"}],
    )
    made = register({OWN: project(indicator), **THREE_YEARS})
    year = measured(*of(made), made, END)[1]
    assert (year.year, year.target, year.actual, year.claimed) == (2020, Decimal(3), Decimal(2), Decimal(5))
    # 2 of 3 are 66.666..., to one place 66.7.
    assert (year.is_counted, year.share) == (True, Decimal("66.7"))
    assert year.evidence == ("meetings/b", "meetings/c")


def test_a_stated_fact_is_shown_with_its_comparator() -> None:
    stated = [{"id": "signed", "value": "229", "comparator": "more-than"}]
    made = register({OWN: project(counting_indicator("meetings", "held"), stated=stated), **THREE_YEARS})
    own = made.find(OWN, Project)
    assert own is not None
    found = results(own, made, END)
    assert [(one.value, one.comparator) for one in found.stated] == [(Decimal(229), "more-than")]
    (result,) = found.results
    assert (result.area, result.outcome, result.performance, result.indicator.id) == ("a", "partners", "basis", "m")
    assert [one.actual for one in result.values] == [1, 2, 0]
    assert [len(one.so_far) for one in result.counts] == [1, 3, 3]


def test_a_stored_actual_has_its_own_evidence_and_the_target_as_it_was_then() -> None:
    revision = {"id": "less", "on": "2019-06-01", "from": "10", "to": "8", "reason": "Two partners merged"}
    indicator = {
        "id": "m",
        "unit": "people",
        "targets": [{"year": "2019", "value": "10", "revisions": [revision]}, {"year": "2020", "value": "0"}],
        "actuals": [{"year": "2019", "value": "6", "evidence": ["https://isesco.example/list"]}],
    }
    made = register({OWN: project(indicator)})
    before, _ = measured(*of(made), made, date(2019, 5, 31))
    after, nothing = measured(*of(made), made, END)
    # 6 of 10, then 6 of 8; nothing is a share of 0.
    assert (before.target, before.share, after.target, after.share) == (10, Decimal(60), 8, Decimal(75))
    assert after.evidence == ("https://isesco.example/list",)
    assert (nothing.actual, nothing.share, nothing.is_counted) == (None, None, False)
    assert counted_by_year(*of(made), made, END) == ()


def test_a_year_to_come_has_no_count_yet() -> None:
    indicator = counting_indicator("meetings", "held", targets=[{"year": "2021", "value": "3"}])
    made = register({OWN: project(indicator), **THREE_YEARS})
    assert [(one.year, one.actual) for one in measured(*of(made), made, date(2020, 12, 31))] == [
        (2019, 1),
        (2020, 2),
        (2021, None),
    ]


def test_what_happened_has_its_day() -> None:
    made = register({OWN: project(counting_indicator("meetings", "held")), **THREE_YEARS})
    indicator, own = of(made)
    assert dict(happened(indicator.counts[0], own, made))["meetings/b"] == date(2020, 5, 1)


# --- whatever the order -------------------------------------------------------------------------------------

ORDERED = register(
    {
        OWN: project(
            {
                "id": "m",
                "unit": "x",
                "cumulative": True,
                "counts": [
                    {"id": "a", "records": "meetings", "event": "held", "where": {"kind": ["coordination"]}},
                    {"id": "b", "records": "agreements", "event": "signed"},
                    {"id": "c", "records": "partners", "event": "first-agreement", "where": {"area": ["a"]}},
                ],
            }
        ),
        "agreements/one": signed("2019-03-01", "2019-05-01", serves=[f"{OWN}.areas.a"]),
        "agreements/two": signed("2020", "2020-05-01", "2020-04"),
        **THREE_YEARS,
    }
)


@settings(max_examples=30)
@given(st.integers(0, 2**32), st.sampled_from([2019, 2020, 2021]))
def test_counts_do_not_depend_on_the_order_of_records_or_questions(seed: int, year: int) -> None:
    shuffled = list(ORDERED.records.values())
    random.Random(seed).shuffle(shuffled)
    other = Register(shuffled)
    indicator, own = of(other)
    turned = indicator.model_copy(update={"counts": tuple(reversed(indicator.counts))})
    for asked in (2021, year):
        assert counted(turned, own, other, asked, END) == counted(*of(ORDERED), ORDERED, asked, END)


def test_what_was_counted_is_forgotten_with_its_register() -> None:
    made = register({OWN: project(counting_indicator("meetings", "held")), **THREE_YEARS})
    assert counted(*of(made), made, 2019, END) == ("meetings/a",)
    assert made in counting._NOTEBOOKS
    before = len(counting._NOTEBOOKS)
    del made
    gc.collect()
    assert len(counting._NOTEBOOKS) < before


def test_what_was_found_in_words_is_shown() -> None:
    indicator = {
        "id": "m",
        "measure": "qualitative",
        "unit": None,
        "actuals": [{"year": "2019", "text": {"en": "Trust has grown"}, "evidence": ["partners/oic"]}],
    }
    told = register({"projects/p": project(indicator)})
    (found,) = all_indicators(told, date(2020, 1, 1))
    (value,) = found.result.values
    assert (value.actual, value.text, value.evidence) == (None, {"en": "Trust has grown"}, ("partners/oic",))
    assert values_by_year(found, Words()) == ["actual 2019: Trust has grown"]
    page = indicator_page(found, told, date(2020, 1, 1), Words())
    assert ("Actual", ("2019: Trust has grown",)) in [(section.heading, section.lines) for section in page.sections]

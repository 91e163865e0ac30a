"""Shape: what a record cannot be made of is told in words, at its place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from erc_cli.core.records.base import Record
from erc_cli.core.records.build import Coded, build
from erc_cli.core.records.shape import fields_of, models_of
from erc_cli.core.records.types import Setting
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.core.rules.catalogue import RULES
from factories import check, filled

SETTING = Setting(("en", "fr", "ar"), "USD")


def problems(address: str, content: dict[str, Any]) -> list[tuple[str, str, str]]:
    folder, _, record_id = address.partition("/")
    built = build(folder, record_id or folder, filled(address, content), SETTING)
    assert not isinstance(built, Record)
    return [(one.code, ".".join(map(str, one.problem.field)), one.problem.message) for one in built]


@pytest.mark.parametrize(
    ("address", "content", "code", "field", "message"),
    [
        ("partners/p", {"contry": "sa"}, "SCH001", "contry", "unknown key contry (did you mean country?)"),
        ("partners/p", {"category": "~"}, "SCH002", "category", "category is missing"),
        ("partners/p", {"contacts": [{"role": "~"}]}, "SCH002", "contacts.0.role", "role is missing"),
        ("partners/p", {"aliases": "one"}, "SCH003", "aliases", "aliases must be a list, not a text"),
        ("partners/p", {"contacts": ["one"]}, "SCH003", "contacts.0", "0 must be a mapping, not a text"),
        ("partners/p", {"anonymous": "yes"}, "SCH003", "anonymous", "yes is neither true nor false"),
        (
            "partners/p",
            {"category": "govermental"},
            "SCH004",
            "category",
            "govermental is not allowed here (did you mean governmental?)",
        ),
        ("budget", {"staff": {"total": "1,000.00"}}, "SCH005", "staff.total", "1,000.00 is written with grouping"),
        (
            "budget",
            {"staff": {"total": "1000"}},
            "SCH005",
            "staff.total",
            "1000 has 0 places after the point where its currency has 2",
        ),
        (
            "budget",
            {"staff": {"total": "٤.٠٠"}},
            "SCH005",
            "staff.total",
            "٤.٠٠ is written with digits and signs other than ASCII's",
        ),
        ("budget", {"staff": {"total": "007.00"}}, "SCH005", "staff.total", "007.00 is written with a leading zero"),
        ("partners/p", {"ended_on": "2019-06"}, "SCH006", "ended_on", "2019-06 must be a whole day, YYYY-MM-DD"),
        (
            "partners/p",
            {"ended_on": "2019-13-01"},
            "SCH006",
            "ended_on",
            "2019-13-01 names month 13, and there are twelve",
        ),
        (
            "budget",
            {"staff": {"years": {"1850": "1.00"}}},
            "SCH007",
            "staff.years.1850",
            "1850 is not between 1900 and 2199",
        ),
        ("partners/p", {"name": {"es": "Unión"}}, "SCH008", "name.es", "es is not a language of the plan (en, fr, ar)"),
        (
            "partners/p",
            {"country": "SA"},
            "SCH010",
            "country",
            "SA is not an ISO 3166-1 country code in lower case (write it in lower case)",
        ),
        (
            "activities/a",
            {"contributions": [{"currency": "usd", "amount": "1.00"}]},
            "SCH009",
            "contributions.0.currency",
            "usd is not an ISO 4217 currency code (write it in capitals)",
        ),
        (
            "activities/a",
            {"changes": [{"id": "c", "field": "schedule", "from": {"start": "2019", "schedule": "x"}}]},
            "SCH001",
            "changes.0.from.schedule",
            "unknown key schedule (known: start, end)",
        ),
    ],
)
def test_a_problem_says_what_is_wrong_and_where(
    address: str, content: dict[str, Any], code: str, field: str, message: str
) -> None:
    assert (code, field, message) in problems(address, content)


def test_a_hundred_thousand_problems_of_one_kind_are_told_as_a_hundred() -> None:
    found = problems("partners/p", {f"key-{number}": "x" for number in range(100_000)})
    assert len(found) == 100
    assert found[-1][2].endswith("(and 99900 more like this)")


def words(content: dict[str, Any], plan: dict[str, Any]) -> list[str]:
    return [f.problem.message for f in check({"partners/p": content, "plan": plan}) if f.code == "SCH004"]


def test_the_usual_words_serve_where_the_plan_has_none() -> None:
    assert words({"fields": ["education", "human-rights"], "sphere": "arab"}, {}) == []
    assert words({"sphere": "arabic"}, {}) == ["arabic is not allowed here (did you mean arab?)"]


def test_the_words_of_the_plan_take_the_place_of_the_usual_ones() -> None:
    plan = {"fields": [{"id": "sport"}, {"id": "music"}]}
    assert words({"fields": ["sport"]}, plan) == []
    assert words({"fields": ["education"]}, plan) == ["education is not allowed here (allowed: sport, music)"]


def test_clearances_are_asked_for_by_known_words() -> None:
    assert words({}, {"clearances": {"protocol": ["legal"]}}) == []
    assert words({}, {"clearances": {"protocols": ["legal", "moral"]}}) == [
        "protocols is not allowed here (did you mean protocol?)",
        "moral is not allowed here (allowed: legal, financial, substantive)",
    ]


def test_a_member_state_is_a_country() -> None:
    (found,) = [f for f in check({"member-states/xx": {}}) if f.code == "SCH010"]
    assert found.problem.message.startswith("xx is not an ISO 3166-1 country code in lower case")


def test_a_coded_problem_has_its_code_first() -> None:
    (one,) = build("partners", "p", {"name": {"en": "A"}, "category": "x"}, SETTING)  # type: ignore[misc]
    assert isinstance(one, Coded)
    assert one.code == "SCH004"


JUNK = st.recursive(
    st.sampled_from(
        ["x", "", "isesco", "partners/oic", "2019-13-01", "-1", "1e9", "true", "projects/p.areas.x", "plan"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "on", "from", "en", "schedule", "words", "start", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
KEYS = sorted({field.key for model in models_of(RECORD_TYPES) for field in fields_of(model)})


@given(st.sampled_from(sorted(RECORD_TYPES)), st.dictionaries(st.sampled_from(KEYS), JUNK, max_size=4))
def test_whatever_a_file_holds_there_is_a_record_or_a_known_code(folder: str, content: dict[str, Any]) -> None:
    built = build(folder, "so", {**filled(folder, {}), **content}, SETTING)
    if isinstance(built, list):
        assert built
        assert {one.code for one in built} <= {code for code in RULES if code.startswith(("SCH", "IDS"))}
        assert all(one.problem.field and one.problem.message for one in built)


@given(
    st.dictionaries(
        st.sampled_from(["activities/a", "projects/p", "meetings/m"]), st.dictionaries(st.sampled_from(KEYS), JUNK)
    )
)
@settings(max_examples=50, deadline=None)
def test_rules_find_and_never_raise(files: dict[str, dict[str, Any]]) -> None:
    assert all(finding.place is not None and finding.code in RULES for finding in check(files, complete=False))

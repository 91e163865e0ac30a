"""Rules on partners and Member States beyond their examples: above all what they must not complain about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from agreements_made import BOTH, register_of
from erc_cli.core.alike import key_of_name
from erc_cli.core.findings import Problem
from erc_cli.core.rules.catalogue import RULES
from erc_cli.core.text import fold, fold_all

Content = dict[str, Any]


def problems(code: str, files: Mapping[str, Mapping[str, Any]]) -> list[Problem]:
    return [finding.problem for finding in RULES[code].findings(register_of(files))]


def named(english: str | None = None, french: str | None = None, arabic: str | None = None, **more: Any) -> Content:
    """A partner with these names alone."""
    return {"name": {"en": english, "fr": french, "ar": arabic}, **more}


def doubles(*partners: Content) -> list[tuple[str, list[str]]]:
    """The partners, called a, b, c, ..., that may be the same as others, and these."""
    files = {f"partners/{letter}": content for letter, content in zip("abcdefgh", partners, strict=False)}
    return [
        (problem.record.removeprefix("partners/"), [one.record.removeprefix("partners/") for one in problem.related])
        for problem in problems("PAR001", files)
    ]


B_IS_A = [("b", ["a"])]

# --- PAR001 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Islamic Development Bank", "ISLAMIC DEVELOPMENT BANK"),
        ("Islamic Development Bank", "The Islamic Development Bank"),
        ("Islamic Development Bank", "Development Bank, Islamic"),
        ("Organization of Islamic Cooperation", "Organisation of Islamic Cooperation"),
        ("Centre for Arab Studies", "Center for Arab Studies"),
        ("Fondation Zayed", "Fondation Zäyed"),
        ("O.I.C.", "OIC"),
        ("Qatar Charity", "Qatar-Charity"),
    ],
)
def test_two_spellings_of_one_name(one: str, other: str) -> None:
    assert doubles(named(one), named(other)) == B_IS_A
    assert key_of_name(one) == key_of_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("منظمة التعاون الإسلامي", "منظمه التعاون الاسلامى"),
        ("الإيسيسكو", "الإِيسِيسْكو"),
        ("مؤسسة قطر", "مـؤسـسة قطر"),
    ],
)
def test_two_spellings_of_one_arabic_name(one: str, other: str) -> None:
    assert doubles(named("First", arabic=one), named("Second", arabic=other)) == B_IS_A


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Islamic Development Bank", "African Development Bank"),
        ("Arab League", "Arab League Educational Organization"),
        ("University of Rabat", "University of Fez"),
        ("Union of Arab Banks", "Union of Arab Chambers"),
    ],
)
def test_names_that_are_merely_similar(one: str, other: str) -> None:
    assert doubles(named(one), named(other)) == []


def test_an_alias_is_as_good_as_a_name() -> None:
    old = named("Organization of Islamic Cooperation", aliases=["Organization of the Islamic Conference"])
    assert doubles(old, named("Organization of the Islamic Conference")) == B_IS_A
    assert doubles(old, named("Somebody", aliases=["The Organization of the Islamic Conference"])) == B_IS_A


def test_a_name_in_one_language_is_found_among_those_in_another() -> None:
    assert doubles(named("UNICEF"), named(french="Unicef")) == B_IS_A


def test_an_acronym_that_two_share() -> None:
    one, other = named("Islamic Development Bank"), named("Inter-American Dialogue Board")
    assert doubles({**one, "acronyms": {"en": "IDB"}}, {**other, "acronyms": {"fr": "I.D.B."}}) == B_IS_A
    assert doubles({**one, "acronyms": {"en": "IDB"}}, named("IDB")) == B_IS_A


def test_an_acronym_of_partners_in_different_countries_tells_nothing() -> None:
    one = named("Ministry of Education", acronyms={"en": "MOE"}, country="ma")
    other = named("Ministry for the Environment", acronyms={"en": "MOE"}, country="sa")
    assert doubles(one, other) == []
    assert doubles(one, {**other, "country": "ma"}) == B_IS_A


def test_an_acronym_that_many_share_needs_similar_names() -> None:
    short = {"acronyms": {"en": "AF"}}
    three = [named("Arab Forum", **short), named("African Fund", **short), named("Aleppo Foundry", **short)]
    assert doubles(*three) == []
    assert doubles(*three, named("The New Arab Forum", **short)) == [("d", ["a"])]


def test_an_identifier_that_two_share() -> None:
    wikidata = {"identifiers": [{"scheme": "wikidata", "value": "Q7795"}]}
    assert (
        doubles(named("One", **wikidata), named("Two", identifiers=[{"scheme": "Wikidata", "value": "q7795"}]))
        == B_IS_A
    )
    assert doubles(named("One", **wikidata), named("Two", identifiers=[{"scheme": "isni", "value": "Q7795"}])) == []


def test_what_is_said_to_be_distinct_is() -> None:
    bank = named("Arab Bank")
    assert doubles(bank, {**bank, "distinct_from": ["partners/a"]}) == []
    assert doubles({**bank, "distinct_from": ["partners/b"]}, bank) == []
    assert doubles(bank, {**bank, "distinct_from": ["partners/a"]}, bank) == [("c", ["a", "b"])]


def test_a_successor_may_have_the_name_of_what_it_succeeds() -> None:
    bank = named("Arab Bank")
    assert doubles({**bank, "ended_on": "2019-01-01"}, {**bank, "succeeds": "partners/a"}) == []


def test_each_pair_is_told_once() -> None:
    bank = named("Arab Bank", acronyms={"en": "AB"}, identifiers=[{"scheme": "isni", "value": "1"}])
    assert doubles(bank, bank, bank) == [("b", ["a"]), ("c", ["a", "b"])]


def test_national_bodies_of_different_countries_may_have_one_name() -> None:
    ministry = named("Ministry of Endowments", category="national-authority")
    assert doubles({**ministry, "country": "ma"}, {**ministry, "country": "eg"}) == []
    assert doubles({**ministry, "country": "ma"}, {**ministry, "country": "ma"}) == B_IS_A
    assert doubles({**ministry, "country": "ma"}, ministry) == B_IS_A
    relief = named("Islamic Relief", category="humanitarian")
    assert doubles({**relief, "country": "gb"}, {**relief, "country": "us"}) == B_IS_A


def test_donors_who_are_not_named_are_not_compared_by_name() -> None:
    donor = named("Anonymous donor", category="individual-donor", anonymous="true")
    assert doubles(donor, donor, donor) == []


def test_names_without_letters_are_not_compared() -> None:
    assert doubles(named("???"), named("!!!")) == []


def test_names_of_several_lines() -> None:
    assert doubles(named("Arab\nBank", arabic="بنك\nالعرب"), named("Arab Bank"), named("Other")) == B_IS_A


def test_very_many_of_one_name_are_told_without_comparing_all() -> None:
    files = {f"partners/p{n}": named("Arab Bank") for n in range(3000)}
    found = problems("PAR001", files)
    assert len(found) <= 2999
    assert max(len(problem.related) for problem in found) <= 6


def test_folding_many_is_folding_each() -> None:
    texts = ["Élan Vital", "plain Words", "منظمة التعاون الإسلامي", "a\nb", "ﬁne ℡", "", "Straße", "O.I.C."]
    assert [" ".join(line.split()) for line in fold_all(texts)] == [fold(text) for text in texts]
    alone = [text for text in texts if "\n" not in text]
    assert [" ".join(line.split()) for line in fold_all(alone)] == [fold(text) for text in alone]
    many = ["".join(chr(point) for point in range(start, start + 40)) for start in range(0x100, 0x500, 40)]
    assert [" ".join(line.split()) for line in fold_all(many)] == [fold(text) for text in many]


# --- PAR002, PAR003 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("category", "good", "bad"),
    [
        ("governmental", "40", "21"),
        ("non-governmental", "23", "40"),
        ("private-sector", "71", "60"),
        ("foundation", "60", "70"),
        ("academic", "80", "60"),
    ],
)
def test_category_and_type(category: str, good: str, bad: str) -> None:
    assert problems("PAR002", {"partners/p": {"category": category, "organisation_type": good}}) == []
    assert problems("PAR002", {"partners/p": {"category": category}}) == []
    assert len(problems("PAR002", {"partners/p": {"category": category, "organisation_type": bad}})) == 1


@pytest.mark.parametrize("category", ["humanitarian", "financial-institution", "donor", "national-authority"])
def test_other_categories_go_with_any_type(category: str) -> None:
    for kind in ("10", "22", "40", "60", "90"):
        assert problems("PAR002", {"partners/p": {"category": category, "organisation_type": kind}}) == []


def after_the_end(content: Content, **others: Content) -> list[str]:
    files = {"partners/oic": {"ended_on": "2020-06-30"}, "agreements/a": {"parties": BOTH, **content}, **others}
    return [problem.message for problem in problems("PAR003", files)]


def event(kind: str, on: str, **more: str) -> dict[str, str]:
    return {"kind": kind, "on": on, **more}


def test_an_agreement_that_goes_on_without_its_party() -> None:
    assert after_the_end({}) == ["still in force, and partners/oic ended on 2020-06-30"]
    assert after_the_end({"ends_on": "2021-12-31"}) == ["in force to 2021-12-31, and partners/oic ended on 2020-06-30"]


def test_an_agreement_that_ended_with_its_party_or_before() -> None:
    assert after_the_end({"ends_on": "2020-06-30"}) == []
    assert after_the_end({"events": [event("terminated", "2020-07-01")]}) == []
    assert after_the_end({"events": [event("withdrawn", "2020-05-01", party="partners/oic")]}) == []
    assert after_the_end({"parties": [BOTH[0], {"party": "partners/oic"}]}) == []


def test_a_party_that_ended_and_withdrew_of_three() -> None:
    three = {"parties": [*BOTH, {"party": "partners/unesco", "signed_on": "2019-03-01"}]}
    assert len(after_the_end(three)) == 1
    assert after_the_end({**three, "events": [event("withdrawn", "2020-07-15", party="partners/oic")]}) == []


def test_a_successor_of_the_party_takes_over_its_agreements_but_signs_its_own() -> None:
    successor = {"partners/new": {"succeeds": "partners/oic"}}
    assert after_the_end({}, **successor) == []
    late = {
        "parties": [
            {"party": "isesco", "signed_on": "2021-01-10"},
            {"party": "partners/oic", "signed_on": "2021-01-10"},
        ]
    }
    assert after_the_end(late, **successor) == ["in force from 2021-01-10, and partners/oic ended on 2020-06-30"]


def test_a_successor_agreement_ends_the_old_one() -> None:
    new = {
        "parties": [
            {"party": "isesco", "signed_on": "2020-06-30"},
            {"party": "partners/new", "signed_on": "2020-06-30"},
        ],
        "succeeds": "agreements/a",
    }
    assert after_the_end({}, **{"agreements/b": new}) == []


# --- PAR004, PAR005 -----------------------------------------------------------------------------------------


def examined(on: str, months: str, result: str = "pass") -> Content:
    return {"on": on, "result": result, "by": "external-relations", "valid_months": months}


def cleared(*examinations: Content, on: str = "2019-02-01", result: str = "pass") -> list[str]:
    clearance = {"kind": "legal", "on": on, "by": "external-relations", "result": result}
    files = {
        "partners/oic": {"due_diligence": list(examinations)},
        "agreements/a": {"parties": BOTH, "clearances": [clearance]},
    }
    return [problem.message.split("partners/oic ")[1] for problem in problems("PAR004", files)]


def test_a_due_diligence_holds_to_its_last_day() -> None:
    assert cleared(examined("2018-02-01", "12")) == []
    assert cleared(examined("2018-01-31", "12")) == ["had a due diligence that held until 2019-01-31"]


def test_the_last_due_diligence_before_the_clearance_counts() -> None:
    assert cleared(examined("2015-01-01", "12"), examined("2018-12-01", "12")) == []
    assert cleared(examined("2017-01-01", "60"), examined("2018-12-01", "12", "fail")) == [
        "failed its due diligence on 2018-12-01"
    ]
    assert cleared(examined("2018-12-01", "12"), examined("2019-06-01", "12", "fail")) == []
    assert cleared(examined("2019-06-01", "12")) == ["was examined only on 2019-06-01"]


def test_no_due_diligence_on_file_and_no_clearance_passed() -> None:
    assert cleared() == []
    assert cleared(examined("2015-01-01", "12"), result="fail") == []


def flagged(*flags: Content, parties: list[dict[str, str]] = BOTH, **content: Any) -> int:
    files = {"partners/oic": {"flags": list(flags)}, "agreements/a": {"parties": parties, **content}}
    return len(problems("PAR005", files))


def flag(opened: str, closed: str | None = None, level: str = "red") -> Content:
    return {"opened": opened, "level": level, "reason": "Accounts", **({"closed": closed} if closed else {})}


def test_a_red_flag_on_the_day_of_either_signature() -> None:
    assert flagged(flag("2019-02-01")) == 1
    assert flagged(flag("2019-02-01", "2019-03-05")) == 1
    assert flagged(flag("2019-03-05")) == 1
    assert flagged(flag("2019-02-01", "2020-01-01"), parties=[BOTH[0], {"party": "partners/oic"}]) == 1


def test_a_flag_that_was_closed_opened_later_or_only_watched() -> None:
    assert flagged(flag("2019-01-01", "2019-03-01")) == 0
    assert flagged(flag("2019-03-10")) == 0
    assert flagged(flag("2019-01-01", level="watch")) == 0
    assert flagged(flag("2019-01-01"), parties=[{"party": "isesco"}, {"party": "partners/oic"}]) == 0
    assert (
        flagged(
            flag("2000-01-01"), parties=[{"party": "isesco"}, {"party": "partners/oic"}], signed_before="2019-01-01"
        )
        == 0
    )


def test_of_a_signature_known_by_its_year_a_flag_must_have_been_open_all_year() -> None:
    parties = [{"party": "isesco", "signed_on": "2019"}, {"party": "partners/oic", "signed_on": "2019"}]
    assert flagged(flag("2019-02-01"), parties=parties) == 0
    assert flagged(flag("2018-02-01", "2019-06-01"), parties=parties) == 0
    assert flagged(flag("2018-02-01", "2020-06-01"), parties=parties) == 1


# --- PAR006, PAR007 -----------------------------------------------------------------------------------------

COMMISSION = {"category": "national-commission"}


def test_a_commission_of_each_country() -> None:
    files = {"partners/a": {**COMMISSION, "country": "ma"}, "partners/b": {**COMMISSION, "country": "eg"}}
    assert problems("PAR006", files) == []


def test_a_member_state_can_say_whose_commission_it_is() -> None:
    assert (
        problems("PAR006", {"partners/a": COMMISSION, "member-states/so": {"national_commission": "partners/a"}}) == []
    )
    two = {"partners/a": COMMISSION, "partners/b": {**COMMISSION, "country": "so"}}
    found = problems("PAR006", {**two, "member-states/so": {"national_commission": "partners/a"}})
    assert [problem.record for problem in found] == ["partners/b"]


def test_a_commission_that_ended_leaves_its_place() -> None:
    old = {**COMMISSION, "country": "ma", "ended_on": "2019-01-01"}
    assert problems("PAR006", {"partners/a": old, "partners/b": {**COMMISSION, "country": "ma"}}) == []


GIFT = {"id": "gift", "party": "partners/bank", "stage": "pledged", "form": "cash", "amount": "10.00"}


def idle(bank: Content, **files: Content) -> int:
    return len(problems("PAR007", {"partners/bank": bank, **files}))


def test_a_donor_with_something_to_show_for_it() -> None:
    bank = {"category": "financial-institution"}
    assert idle(bank) == 1
    parties = [{"party": "isesco"}, {"party": "partners/bank"}]
    assert idle(bank, **{"agreements/a": {"parties": parties}}) == 0
    assert idle(bank, **{"activities/x": {"contributions": [{**GIFT, "on": "2021-12-31"}]}}) == 0
    assert idle(bank, **{"projects/x": {"contributions": [{**GIFT, "on": "2019-05-01"}]}}) == 0


def test_what_comes_after_the_plan_comes_too_late() -> None:
    bank = {"category": "donor"}
    assert idle(bank, **{"activities/x": {"contributions": [{**GIFT, "on": "2022-01-01"}]}}) == 1
    late = [{"party": "isesco", "signed_on": "2022-01-10"}, {"party": "partners/bank", "signed_on": "2022"}]
    assert idle(bank, **{"agreements/a": {"parties": late}}) == 1
    old = {"parties": [{"party": "isesco"}, {"party": "partners/bank"}], "signed_before": "2024-01-01"}
    assert idle(bank, **{"agreements/a": old}) == 0


def test_roles_count_and_others_need_not_give() -> None:
    assert idle({"category": "foundation", "roles": ["donor"]}) == 1
    assert idle({"category": "foundation", "roles": ["humanitarian"]}) == 0
    assert idle({"category": "individual-donor"}) == 0
    assert idle({"category": "donor", "ended_on": "2018-12-31"}) == 0
    assert idle({"category": "donor", "ended_on": "2019-01-01"}) == 1


# --- MST ----------------------------------------------------------------------------------------------------


def overlapping(*spans: Content) -> list[str]:
    named = [{"id": f"s{number}", **span} for number, span in enumerate(spans)]
    return [
        str(problem.field[1]) for problem in problems("MST001", {"member-states/so": {"special_conditions": named}})
    ]


def test_times_of_special_conditions() -> None:
    assert overlapping({"until": "2018-12-31"}, {"from": "2019-01-01"}) == []
    assert overlapping({"from": "2019-01-01"}, {"until": "2018-12-31"}) == []
    assert overlapping({"until": "2019-01-01"}, {"from": "2019-01-01"}) == ["s1"]
    assert overlapping({}, {"from": "2019", "until": "2020"}) == ["s1"]
    assert overlapping({"from": "2017"}, {"from": "2019"}) == ["s1"]


def test_times_known_by_the_year_may_follow_each_other_in_it() -> None:
    assert overlapping({"until": "2019"}, {"from": "2019"}) == []
    assert overlapping({"from": "2015", "until": "2018-06"}, {"from": "2018-06", "until": "2018-06"}) == []
    assert overlapping({"from": "2015", "until": "2019"}, {"from": "2018"}) == ["s1"]


def test_of_three_times_each_is_compared_with_the_longest() -> None:
    long = {"from": "2010-01-01", "until": "2019-12-31"}
    assert overlapping(
        long, {"from": "2012-01-01", "until": "2012-12-31"}, {"from": "2015-01-01", "until": "2015-12-31"}
    ) == [
        "s1",
        "s2",
    ]


def answered(answer: Content, **files: Content) -> list[str]:
    need = {"id": "schools", "on": "2019-03-01", "answer": {"on": "2019-05-01", **answer}}
    return [str(p.field[-1]) for p in problems("MST002", {"member-states/so": {"needs": [need]}, **files})]


def test_answers_to_needs() -> None:
    activity = {"activities/schools": {}}
    assert answered({"included_in": "activities/schools"}, **activity) == []
    assert answered({"included_in": "activities/schools", "on": "2019-03-01"}, **activity) == []
    assert answered({"included_in": "activities/schools", "on": "2019-02-28"}, **activity) == ["on"]
    assert answered({"deferred": "No money"}) == []
    assert answered({"rejected": "Not ours"}) == []


def test_an_answer_leads_to_an_activity_or_into_a_project() -> None:
    project = {"projects/p": {"kind": "programme", "areas": [{"id": "a", "title": {"en": "x", "fr": "x", "ar": "س"}}]}}
    assert answered({"included_in": "projects/p.areas.a"}, **project) == []
    assert answered({"included_in": "projects/p.areas.b"}, **project) == ["included_in"]
    assert answered({"included_in": "activities/nothing"}) == ["included_in"]
    assert answered({"included_in": "partners/oic"}, **{"partners/oic": {}}) == ["included_in"]


def test_an_answer_is_one_of_three() -> None:
    assert answered({}) == ["answer"]
    assert answered({"deferred": "No money", "rejected": "Not ours"}) == ["answer"]


def test_conditions_that_end_before_they_begin() -> None:
    for span, expected in (({"from": "2018", "until": "2018"}, 0), ({"from": "2018-05", "until": "2018-04-30"}, 1)):
        files = {"member-states/so": {"special_conditions": [{"id": "s", **span}]}}
        assert len(problems("MST004", files)) == expected

"""What people type, and the plain data that a file has for it; ids proposed from names."""

from __future__ import annotations

from typing import Any

import pytest

from erc_cli.core.house import House
from erc_cli.core.records.activity import Activity, Assessment, Expenditure
from erc_cli.core.records.agreement import Agreement, Clearance, Event
from erc_cli.core.records.base import Contribution
from erc_cli.core.records.meeting import Decision, Meeting
from erc_cli.core.records.partner import Partner
from erc_cli.core.records.project import Actual
from erc_cli.core.slugs import free_id, proposed_id, slug_of
from erc_cli.core.typed import item_of, lacking, tidy, ungrouped, value_of, values_of, word
from erc_cli.errors import UsageError

HOUSE = House("isesco", ("en", "fr", "ar"), "USD", {"isesco": {"en": "Us"}, "legal-affairs": {"en": "Legal"}}, {})


def typed(model: Any, *words: str) -> dict[str, Any]:
    return item_of(model, [word(text) for text in words], HOUSE)


# --- words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("reason=x", "reason", "x"),
        ("reason=a = b", "reason", "a = b"),
        (" reason = a ", "reason", "a"),
        ("text.fr=e\u0301te\u0301", "text.fr", "été"),
        ("notes=", "notes", ""),
    ],
)
def test_a_word_is_cut_at_its_first_equals_sign(text: str, name: str, value: str) -> None:
    assert word(text) == (name, value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("reason", "reason: there is no = in it"),
        ("=x", "=x: there is nothing before the ="),
        (" =x", " =x: there is nothing before the ="),
        ("", "an empty word: there is no = in it"),
    ],
)
def test_a_word_without_name_or_equals_sign_is_refused_with_an_example(text: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        word(text)
    assert str(raised.value) == f"{said}; write it as in category=governmental"


def test_a_text_is_kept_composed_and_without_spaces_around_it() -> None:
    assert tidy("  e\u0301cole\n") == "école"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\u202eb", "U+202E RIGHT-TO-LEFT OVERRIDE cannot be seen"),
        ("\u200fنعم", "U+200F RIGHT-TO-LEFT MARK cannot be seen"),
        ("a\x07", "U+0007 cannot be seen"),
        ("a\udcff", "this is not written in UTF-8"),
    ],
)
def test_characters_that_nobody_sees_are_refused_by_name(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=f"{said}".replace("+", r"\+")):
        tidy(text)


def test_lines_tabs_and_joiners_between_letters_are_kept() -> None:
    assert tidy("one\n\ttwo") == "one\n\ttwo"
    assert tidy("می\u200cروم") == "می\u200cروم"


# --- numbers and days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1500", "1500"),
        ("1,500", "1500"),
        ("1,234,567.89", "1234567.89"),
        ("1 500", "1500"),
        ("1\u00a0500\u202f000", "1500000"),
        ("1'500.50", "1500.50"),
        ("-1,500", "-1500"),
        ("١٥٠٠", "1500"),
        ("١٬٥٠٠٫٥٠", "1500.50"),
        ("۱۵۰۰", "1500"),
        ("٢٠٢٥-١٢-١٠", "2025-12-10"),
        # What could be meant in two ways stays as it is, and the rules refuse it.
        ("1,50", "1,50"),
        ("1.500,00", "1.500,00"),
        ("15,00,000", "15,00,000"),
        ("1,5000", "1,5000"),
        ("12.5k", "12.5k"),
        ("", ""),
    ],
)
def test_groups_of_thousands_and_arabic_digits_become_plain(text: str, expected: str) -> None:
    assert ungrouped(text) == expected


@pytest.mark.parametrize(
    ("text", "currency", "expected"),
    [
        ("1500", "USD", "1500.00"),
        ("1,500.5", "USD", "1500.50"),
        ("1500.55", "USD", "1500.55"),
        ("1500.", "USD", "1500.00"),
        ("0", "USD", "0.00"),
        ("-350", "USD", "-350.00"),
        ("1500", "JPY", "1500"),
        ("1500.5", "JPY", "1500.5"),
        ("1500", "KWD", "1500.000"),
        ("1500.25", "KWD", "1500.250"),
        ("1500.555", "USD", "1500.555"),
        ("abc", "USD", "abc"),
        ("1500", "not-a-currency", "1500"),
    ],
)
def test_an_amount_gets_the_places_of_its_currency_and_is_never_rounded(
    text: str, currency: str, expected: str
) -> None:
    assert value_of(Contribution, "amount", text, HOUSE, currency) == expected


def test_an_amount_follows_the_currency_beside_it_in_whatever_order_they_are_typed() -> None:
    assert typed(Contribution, "amount=1,500", "currency=kwd") == {"currency": "KWD", "amount": "1500.000"}
    assert typed(Contribution, "currency=jpy", "amount=1,500") == {"currency": "JPY", "amount": "1500"}
    assert typed(Contribution, "amount=1,500") == {"amount": "1500.00"}


# --- references, words, flags, lists --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "key", "text", "expected"),
    [
        (Event, "party", "oic", "partners/oic"),
        (Event, "party", "partners/oic", "partners/oic"),
        (Event, "party", "isesco", "isesco"),
        (Clearance, "by", "legal-affairs", "legal-affairs"),
        (Clearance, "by", "alecso", "partners/alecso"),
        (Agreement, "under", "frame-2015", "agreements/frame-2015"),
        (Activity, "project", "p", "projects/p"),
        (Partner, "country", "SA", "sa"),
        (Contribution, "currency", "eur", "EUR"),
        (Partner, "category", "Civil Society", "civil-society"),
        (Partner, "category", "civil_society", "civil-society"),
        (Partner, "category", "nonsense", "nonsense"),
        (Contribution, "form", "in kind", "in-kind"),
        (Assessment, "criterion", "Relevance", "relevance"),
        (Partner, "anonymous", "Yes", "true"),
        (Partner, "anonymous", "no", "false"),
        (Decision, "for_information", "true", "true"),
        (Actual, "year", "٢٠٢٥", "2025"),
        (Expenditure, "on", "٢٠٢٥-٠١-٠٢", "2025-01-02"),
        (Partner, "notes", "Yes, SA ١", "Yes, SA ١"),
    ],
)
def test_a_value_is_written_as_its_field_wants_it(model: Any, key: str, text: str, expected: str) -> None:
    assert value_of(model, key, text, HOUSE) == expected


def test_names_and_words_of_a_list_stand_between_commas_and_a_text_with_a_comma_stays_one() -> None:
    assert values_of(Meeting, "participants", "isesco, oic,partners/isdb,", HOUSE) == [
        "isesco",
        "partners/oic",
        "partners/isdb",
    ]
    assert values_of(Partner, "fields", "education,culture", HOUSE) == ["education", "culture"]
    assert values_of(Partner, "aliases", "Shelves, open", HOUSE) == ["Shelves, open"]
    assert values_of(Decision, "evidence", "https://a.example/b,c", HOUSE) == ["https://a.example/b,c"]


def test_a_text_in_languages_is_in_the_first_unless_another_is_named() -> None:
    assert typed(Decision, "text=Yes", "text.ar=نعم", "text.fr=Oui") == {
        "text": {"en": "Yes", "ar": "نعم", "fr": "Oui"}
    }


def test_a_name_with_dots_reaches_into_a_field() -> None:
    assert typed(Activity, "planned.start=2020-05", "planned.end=٢٠٢٠") == {
        "planned": {"start": "2020-05", "end": "2020"}
    }


def test_parties_are_named_by_their_ids_alone() -> None:
    assert typed(Agreement, "parties=isesco,oic") == {"parties": [{"party": "isesco"}, {"party": "partners/oic"}]}


@pytest.mark.parametrize(
    ("model", "text", "message"),
    [
        (Event, "reson=x", "there is no field reson here: did you mean reason?"),
        (Event, "reason=x reason=y", "reason is given twice, as x and as y"),
        (Decision, "text=x text.en=y", "text.en is given twice, as x and as y"),
        (Activity, "planned=2020", r"planned is made of several values: write planned.start=..., planned.end=..."),
        (Activity, "project.title=x", "project.title: project has nothing called title"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_says_what_there_is(model: Any, text: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        typed(model, *text.split())
    assert str(raised.value) == message


def test_an_item_lacks_what_it_cannot_be_without_but_its_id_is_proposed() -> None:
    assert lacking(Expenditure, {"on": "2020-01-01"}) == ["year", "amount"]
    assert lacking(Assessment, {"criterion": "impact", "weight": "5", "score": "5", "by": "x", "on": "y"}) == []


# --- ids -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Organisation of Islamic Cooperation", "organisation-islamic-cooperation"),
        ("The Fund for Peace & Progress", "fund-peace-progress"),
        ("Women’s Guild", "womens-guild"),
        ("Ligue des États arabes", "ligue-etats-arabes"),
        ("Œuvre d’été de l'Afrique", "oeuvre-ete-afrique"),
        ("Łódź Straße 12", "lodz-strasse-12"),
        ("  --Already--a-slug-- ", "already-slug"),
        # Each Arabic letter by itself, the article left out: j a m a a (ta marbuta) and so on.
        ("جامعة الدول العربية", "jamaa-dwl-arbya"),
        # `i` for alif with hamza below; mnzma: m n z m a.
        ("منظمة التعاون الإسلامي", "mnzma-taawn-islamy"),
        # The `wa` before an article goes with it; sh w w n with the hamza of waw as w.
        ("وزارة الشؤون والتعاون", "wzara-shwwn-taawn"),
        # Vowel signs and lengthened strokes are no letters.
        ("اَلْبَنْكُ", "bnk"),
        ("بـــنك", "bnk"),
        ("Bank بنك", "bank-bnk"),
        ("The", "the"),
        ("日本", ""),
        ("", ""),
    ],
)
def test_an_id_is_made_of_the_words_of_a_name_in_latin_letters(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_a_proposed_id_ends_with_a_whole_word_and_is_never_longer_than_an_id_may_be() -> None:
    assert (
        slug_of("International Association of Universities and Academies") == "international-association-universities"
    )
    assert slug_of("Memorandum " + "x" * 100) == "memorandum"
    assert slug_of("x" * 100) == "x" * 64


def test_an_item_is_called_after_its_name_or_else_after_what_it_is_and_its_day() -> None:
    assert proposed_id({"acronyms": {"en": "OIC"}, "name": {"en": "Organisation"}}) == "oic"
    assert proposed_id({"text": {"en": "", "fr": "Une liste"}}) == "une-liste"
    assert proposed_id({"name": {"ja": "日本", "en": "Japan"}}) == "japan"
    assert proposed_id({"party": "partners/oic", "stage": "pledged", "on": "2020-01-02"}) == "oic-pledged-2020-01-02"
    assert proposed_id({"area": "relief", "project": "projects/p", "year": "2020"}) == "relief-2020"
    assert proposed_id({"project": "projects/p", "amount": "5"}) == "p"
    assert proposed_id({"role": "Head of desk", "name": "A Person"}) == "head-desk"
    assert proposed_id({"title": {"en": "Forum"}, "role": "organiser"}) == "forum"
    assert proposed_id({"on": "2020-01-02", "year": "2020"}, "expenditure") == "expenditure-2020-01-02"
    assert proposed_id({}, "line") == "line"


def test_a_taken_id_gets_the_next_number() -> None:
    assert free_id("a", []) == "a"
    assert free_id("a", ["a"]) == "a-2"
    assert free_id("a", ["a", "a-2", "a-3"]) == "a-4"

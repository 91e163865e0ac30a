"""Languages: missing translations and texts in the wrong script."""

from __future__ import annotations

from typing import Any

import pytest

from factories import check


def found(code: str, content: dict[str, Any], languages: list[str] | None = None) -> list[str]:
    plan = {"languages": languages} if languages else {}
    return [
        f"{finding.field_address}: {finding.problem.message}"
        for finding in check({"partners/p": content, "plan": plan})
        if finding.code == code and finding.problem.record == "partners/p"
    ]


def test_a_name_says_which_languages_it_lacks() -> None:
    name = {"en": "Union", "fr": None, "ar": None}
    assert found("LNG001", {"name": name}) == ["name: name is missing in fr, ar"]


def test_a_title_inside_an_item_counts_and_prose_does_not() -> None:
    content = {"documents": [{"id": "charter", "title": {"fr": None}}], "description": {"en": "A union"}}
    assert found("LNG001", content) == ["documents.charter.title: title is missing in fr"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"name": {"ar": "Union"}}, ["name.ar: name in ar has no Arabic letter"]),
        ({"name": {"en": "الاتحاد"}}, ["name.en: name in en has nothing but Arabic letters"]),
        ({"name": {"en": "Union الاتحاد", "ar": "الاتحاد (UNION)"}}, []),
        ({"name": {"ar": "2019-2021"}}, []),
        ({"acronyms": {"ar": "OIC"}}, []),
        ({"acronyms": {"fr": "م ت إ"}}, ["acronyms.fr: acronyms in fr has nothing but Arabic letters"]),
        ({"description": {"ar": "Union"}}, ["description.ar: description in ar has no Arabic letter"]),
        ({"name": {"en": "Ünïon – 2019"}}, []),
    ],
)
def test_a_text_is_in_the_script_of_its_language(content: dict[str, Any], expected: list[str]) -> None:
    assert found("LNG002", content) == expected


def test_other_languages_have_arabic_letters_too() -> None:
    name = {"en": "Union", "fa": "اتحادیه", "fr": None, "ar": None}
    assert found("LNG002", {"name": name}, ["en", "fa"]) == []

"""Finding words, however they are spelled."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import MemorySource, source

from erc_cli.commands.find import find
from erc_cli.core.find import words_of
from erc_cli.core.house import House
from erc_cli.core.listing import View
from erc_cli.core.text import fold
from erc_cli.errors import UsageError
from erc_cli.store.emit import emit

VIEW = View("en", House("isesco", ("en", "fr", "ar"), "USD", {}, {}))

FILES: Mapping[str, Any] = {
    "partners/oic": {
        "name": {"en": "Organization", "fr": "Coopération islamique", "ar": "مُنَظَّمَة الإِغاثة"},
        "acronyms": {"en": "OIC", "fr": "OCI"},
        "aliases": ["Islamic Conference"],
        "category": "governmental",
    },
    "partners/social": {
        "name": {"en": "Association for social work"},
        "category": "donor",
        "notes": "Wrote to the Organization of the Islamic Conference about schools in two countries of the region.",
    },
}


def found(*texts: str, files: Mapping[str, Any] = FILES, **others: bytes) -> list[tuple[Any, ...]]:
    written = {f"data/{address}.yaml": emit(content).encode() for address, content in files.items()}
    return list(find(MemorySource({**source({}).files, **written, **others}), texts, VIEW).table.rows)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("cooperation", "name.fr"),
        ("COOPÉRATION", "name.fr"),
        ("منظمه", "name.ar"),
        ("الاغاثه", "name.ar"),
        ("oic", "id"),
        ("islamic conference", "aliases"),
        ("oic islamique", "name.fr"),
    ],
)
def test_every_spelling_is_found(text: str, field: str) -> None:
    first = found(text)[0]
    assert (first[0], first[1]) == ("partners/oic", "Organization")
    assert first[2] in (field, "id")


def test_every_word_must_be_there_in_any_field() -> None:
    assert [row[0] for row in found("governmental", "conference")] == ["partners/oic"]
    assert found("governmental", "association") == []


def test_whole_words_come_before_parts_of_words() -> None:
    assert [(row[0], row[2]) for row in found("oci")] == [("partners/oic", "acronyms.fr"), ("partners/social", "id")]


def test_the_text_around_is_shown() -> None:
    row = next(row for row in found("conference") if row[0] == "partners/social")
    assert row[2:] == ("notes", "… the Organization of the Islamic Conference about schools in two …")


def test_words_behind_escapes_are_found() -> None:
    escaped = b'name:\n  en: "Caf\\u00e9 club"\ncategory: donor\n'
    assert [row[0] for row in found("cafe", **{"data/partners/x.yaml": escaped})] == ["partners/x"]


def test_what_cannot_be_read_is_told() -> None:
    made = find(MemorySource({**source({}).files, "data/partners/x.yaml": b"oic: [\n"}), ["oic"], VIEW)
    assert made.unread == ("data/partners/x.yaml",)


def test_nothing_to_look_for() -> None:
    with pytest.raises(UsageError, match="there is no letter and no digit in it"):
        found("...")


def test_the_quick_look_folds_as_the_thorough_one_does() -> None:
    for code in range(0x20, 0x2FA20):
        letter = chr(code)
        if unicodedata.category(letter) not in ("Cs", "Cn", "Co"):
            text = f"b{letter}d"
            assert all(words_of([word]).may_be_in(text) for word in fold(text).split()), hex(code)


@given(st.text(), st.text(max_size=6))
def test_the_quick_look_never_misses(text: str, word: str) -> None:
    words = words_of([word])
    if words.folded and all(one in fold(unicodedata.normalize("NFC", text)) for one in words.folded):
        assert words.may_be_in(unicodedata.normalize("NFC", text))

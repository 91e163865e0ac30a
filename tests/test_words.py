"""Words in French and Arabic: nothing is missing, and what the program reads is what people edited."""

from __future__ import annotations

import gettext
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from erc_cli.core.periods import PartialDate
from erc_cli.core.words import heading_of, plural_form, said
from erc_cli.render.cells import for_people
from erc_cli.store.catalogue import TRANSLATED, parse_catalogue, words_in

ROOT = Path(__file__).parent.parent


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("compile_catalogues", ROOT / "tools" / "compile_catalogues.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


TOOL = _tool()


def _folder(language: str) -> Path:
    return ROOT / "src" / "erc_cli" / "locale" / language / "LC_MESSAGES"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_has_a_translation(language: str) -> None:
    assert TOOL.missing(language) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_is_that_of_the_edited_one(language: str) -> None:
    catalogue = TOOL.parse_po((_folder(language) / "erc.po").read_text(encoding="utf-8"))
    assert (_folder(language) / "erc.mo").read_bytes() == TOOL.compile_mo(catalogue)


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_places_of_values(language: str) -> None:
    import re

    catalogue = TOOL.parse_po((_folder(language) / "erc.po").read_text(encoding="utf-8"))
    for message, forms in catalogue.items():
        if message and "\0" not in message:
            assert sorted(re.findall(r"{\w+}", message)) == sorted(re.findall(r"{\w+}", forms[0])), message


@pytest.mark.parametrize("language", TRANSLATED)
def test_others_read_the_catalogue_too(language: str) -> None:
    with (_folder(language) / "erc.mo").open("rb") as file:
        theirs = gettext.GNUTranslations(file)
    assert theirs.gettext("Budget") == words_in(language)("Budget")
    for count in (0, 1, 2, 3, 10, 11, 99, 100, 102, 111):
        ours = words_in(language).many("{n} link to it", "{n} links to it", count)
        assert ours == theirs.ngettext("{n} link to it", "{n} links to it", count).replace("{n}", str(count))


def test_some_words() -> None:
    assert words_in("fr")("Partners") == "Partenaires"
    assert words_in("ar").value("memorandum-of-understanding") == "مذكرة تفاهم"
    assert words_in("fr").value("joint-committee") == "commission mixte"
    assert for_people("flag", False, words_in("fr"), {}) == "non"
    assert words_in("fr").day(PartialDate(2019, 1, 1)) == "1er janvier 2019"
    assert words_in("ar").day(PartialDate(2019, 1, 31)) == "31 يناير 2019"
    assert words_in("ar").is_right_to_left


def test_english_needs_no_catalogue() -> None:
    words = words_in("en")
    assert words("Whatever") == "Whatever"
    assert words.many("{n} link", "{n} links", 1) == "1 link"
    assert words.many("{n} link", "{n} links", 0) == "0 links"
    assert words_in("de")("Budget") == "Budget"


def test_words_of_the_files_as_english_says_them() -> None:
    assert said("memorandum-of-understanding") == "memorandum of understanding"
    assert said("non-governmental") == "non-governmental"
    assert heading_of("ended_on") == "Ended on"
    assert heading_of("source.part") == "Source / Part"


def test_arabic_has_six_plurals() -> None:
    assert [plural_form("ar", n) for n in (0, 1, 2, 3, 10, 11, 99, 100, 103)] == [0, 1, 2, 3, 3, 4, 4, 5, 3]


def test_other_bytes_are_no_catalogue() -> None:
    with pytest.raises(ValueError, match=r"not a little-endian \.mo file"):
        parse_catalogue(b"\0" * 28)

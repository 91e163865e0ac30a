"""What the emitter writes: the canonical layout, and text that every reader of YAML takes for the same text."""

import io
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from erc_cli.core.records.activity import Activity
from erc_cli.core.records.budget import Budget
from erc_cli.core.records.build import build
from erc_cli.core.records.partner import Partner
from erc_cli.core.records.types import Setting
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.core.text import hidden_characters
from erc_cli.store.emit import WIDTH, Plain, data_of, emit, scalar, to_plain
from erc_cli.store.reader import read

ROOT = Path(__file__).resolve().parent.parent


# --- layout -------------------------------------------------------------------------------------------------


def test_the_layout_of_a_record() -> None:
    data = {
        "name": {"en": "League of Harbours", "ar": "رابطة الموانئ"},
        "country": "no",
        "amount": Plain("766444.00"),
        "parties": [{"party": "isesco", "signed_on": Plain("2019-01-31")}, {"party": "partners/oic"}],
        "fields": ["education", "science"],
        "years": {Plain("2019"): Plain("1.00")},
        "description": {"en": "The first of the sentences is long enough to be folded, " + "and so is the second one."},
    }
    assert emit(data) == (
        "name:\n"
        "  en: League of Harbours\n"
        "  ar: رابطة الموانئ\n"
        "country: 'no'\n"
        "amount: 766444.00\n"
        "parties:\n"
        "  - party: isesco\n"
        "    signed_on: 2019-01-31\n"
        "  - party: partners/oic\n"
        "fields:\n"
        "  - education\n"
        "  - science\n"
        "years:\n"
        "  2019: 1.00\n"
        "description:\n"
        "  en: The first of the sentences is long enough to be folded, and so is the second one.\n"
    )


def test_prose_beyond_one_hundred_columns_is_folded_at_one_hundred() -> None:
    word = "abcdefghi"
    text = " ".join([word] * 12)
    assert emit({"en": text}) == f"en: >-\n  {' '.join([word] * 9)}\n  {' '.join([word] * 3)}\n"
    fits = "x" * 40 + " " + "y" * 55
    assert emit({"en": fits}) == f"en: {fits}\n"
    assert emit({"en": fits + "z"}) == f"en: >-\n  {fits}z\n"


def test_a_line_of_folded_text_may_fill_the_width_and_no_more() -> None:
    first, second = "a" * 50 + " " + "b" * 47, "c" * 20
    assert emit({"en": f"{first} {second}"}).split("\n") == ["en: >-", f"  {first}", f"  {second}", ""]
    assert len(f"  {first}") == WIDTH


def test_text_that_folding_would_change_stays_on_one_line() -> None:
    long = "word " * 30
    assert emit({"a": long + " end"}) == f"a: {long} end\n"
    assert emit({"a": " " + long + "end"}) == f"a: ' {long}end'\n"
    assert emit({"a": "x" * 300}) == f"a: {'x' * 300}\n"


def test_text_of_several_lines_is_literal_where_that_loses_nothing() -> None:
    assert emit({"a": "one\n  two\n\nthree"}) == "a: |-\n  one\n    two\n\n  three\n"
    assert emit({"a": "one\n"}) == "a: |\n  one\n"
    assert emit({"a": "one\ntwo\n"}) == "a: |\n  one\n  two\n"
    assert emit({"a": "one\n\n"}) == 'a: "one\\n\\n"\n'
    assert emit({"a": "one \ntwo"}) == 'a: "one \\ntwo"\n'
    assert emit({"a": " one\ntwo"}) == 'a: " one\\ntwo"\n'


NOT_TEXT_TO_ALL = """
NO no Yes y n on OFF true null ~ 012 0o17 0x1F 0b1 1e3 1E+3 1_000 12:30:45 1:30 2019-01-01 2019-1-1 766444.00 .5 .inf
-1 +1 +.inf .NaN = << - -- --- ... ? ! & * > | % @ ` { [ ] } , # : '' " a: a:b: .
"""
TEXT_TO_ALL = """
Norway|a:b|https://isesco.org.ma/x#y|it's|2019-2021|100 days|C#|1er|منظمة|«آسان»|a - b|+966 11 000|no one|(draft)|50 %|’
"""
FRAGMENTS = "': '|' #'|#|'|\"|-|- |? |&a|*a|!t|%|@|`|{|}|[|]|,|>|=|<<|~|null|yes|0|12|:|.|e|_|x|T|+|---|...|منظمة|😀"


@pytest.mark.parametrize("text", NOT_TEXT_TO_ALL.split())
def test_text_that_some_reader_takes_for_something_else_is_quoted(text: str) -> None:
    assert scalar(text)[0] in "'\""


@pytest.mark.parametrize("text", TEXT_TO_ALL.strip().split("|"))
def test_text_that_every_reader_takes_for_text_is_not_quoted(text: str) -> None:
    assert scalar(text) == text


def test_quotes_are_single_unless_double_ones_read_better() -> None:
    assert scalar("a: b") == "'a: b'"
    assert scalar("it's: b") == '"it\'s: b"'
    assert scalar('"it\'s"') == "'\"it''s\"'"
    assert scalar("a\tb") == '"a\\tb"'
    assert scalar("a\u202eb") == '"a\\u202eb"'


def test_what_is_typed_is_plain_only_where_it_looks_typed() -> None:
    assert scalar(Plain("true")) == "true"
    assert scalar(Plain("-50.00")) == "-50.00"
    assert scalar(Plain("a: b")) == "'a: b'"


def test_an_empty_record_is_an_empty_mapping() -> None:
    assert emit({}) == "{}\n"
    assert read(emit({}).encode()).data == {}


def test_the_files_of_the_plan_are_in_this_layout() -> None:
    paths = sorted((ROOT / "data").rglob("*.yaml"))
    assert len(paths) >= 40
    for path in paths:
        model = RECORD_TYPES[path.stem if path.parent.name == "data" else path.parent.name]
        content = path.read_bytes()
        if b"#" in content:
            continue
        data = read(content).data
        assert data is not None
        assert emit(to_plain(data, model)) == content.decode(), path.name


# --- from records -------------------------------------------------------------------------------------------


def test_only_typed_fields_stand_without_quotes() -> None:
    partner = {"aliases": ["2019", "true"], "category": "donor", "name": {"en": "1e3"}, "organisation_type": "40"}
    assert emit(to_plain(partner, Partner)) == (
        "name:\n  en: '1e3'\naliases:\n  - '2019'\n  - 'true'\ncategory: donor\norganisation_type: 40\n"
    )


def test_values_are_written_as_files_have_them() -> None:
    activity = {
        "title": {"en": "A"},
        "changes": [{"id": "a", "from": {"start": "2019", "end": "2019-03"}, "on": date(2019, 1, 1), "to": "2019"}],
        "budget": [{"year": 2019, "amount": Decimal("1000000.00"), "revisions": []}],
    }
    assert emit(to_plain(activity, Activity)) == (
        "title:\n  en: A\nchanges:\n  - id: a\n    on: 2019-01-01\n    from:\n      start: 2019\n      end: 2019-03\n"
        "    to: '2019'\nbudget:\n  - year: 2019\n    amount: 1000000.00\n"
    )


def test_a_record_is_written_as_its_file_was() -> None:
    content = (ROOT / "data/budget.yaml").read_bytes()
    data = read(content).data
    assert data is not None
    budget = build("budget", "budget", data, Setting(("en", "fr", "ar"), "USD"))
    assert isinstance(budget, Budget)
    assert emit(data_of(budget)) == content.decode()


# --- properties ---------------------------------------------------------------------------------------------

_NASTY = st.sampled_from(
    [
        *FRAGMENTS.split("|"),
        *("\\", "\n", " ", "  ", ": ", " #", "|", "||||||| ", "=======\n", "<<<<<<<", "a" * 99, "word " * 25),
        *("e\u0301", "\u200c", "\u202e", "\u00a0", "\u2028", "\x85", "\t", "\x00", "\x1b", "\ufeff"),
    ]
)
_TEXTS = st.one_of(
    st.lists(_NASTY, min_size=1, max_size=8).map("".join),
    st.text(st.characters(codec="utf-8"), min_size=1),
    st.from_regex(r"[-+]?[0-9.][0-9_.:eExX-]{0,6}", fullmatch=True),
)
_KEYS = st.one_of(
    st.from_regex(r"[a-z_]{3,8}", fullmatch=True), st.sampled_from(["no", "2019", "y", "~", "<<", "a b", ": "])
)
_DATA = st.dictionaries(
    _KEYS,
    st.recursive(
        _TEXTS,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3), st.dictionaries(_KEYS, inner, min_size=1, max_size=3)
        ),
        max_leaves=8,
    ),
    min_size=1,
    max_size=4,
)


def _clean(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_clean(key) and _clean(inner) for key, inner in value.items())
    if isinstance(value, list):
        return all(map(_clean, value))
    return bool(value.strip()) and not hidden_characters(value) and unicodedata.is_normalized("NFC", value)


@given(_DATA)
@settings(deadline=None, max_examples=300)
def test_the_reader_reads_what_was_written(data: dict[str, Any]) -> None:
    reading = read(emit(data).encode())
    if _clean(data):
        assert reading.data == data
        assert [fault for fault in reading.faults if "\r" not in fault.message] == []


@given(_DATA)
@settings(deadline=None, max_examples=200)
def test_other_readers_see_the_same_texts(data: dict[str, Any]) -> None:
    text = emit(data)
    assert yaml.load(text, yaml.SafeLoader) == data
    assert yaml.load(text, yaml.CSafeLoader) == data
    for version in ("1.1", "1.2"):
        loader = YAML(typ="safe", pure=True)
        loader.version = version  # type: ignore[assignment]
        assert loader.load(io.StringIO(text)) == data


@given(_DATA)
@settings(deadline=None, max_examples=200)
def test_writing_again_what_was_read_changes_nothing(data: dict[str, Any]) -> None:
    text = emit(data)
    if _clean(data):
        again = read(text.encode()).data
        assert again is not None
        assert emit(again) == text


@given(_DATA)
@settings(deadline=None, max_examples=100)
def test_lines_end_in_text(data: dict[str, Any]) -> None:
    text = emit(data)
    assert text.endswith("\n")
    assert not any(
        line.endswith((" ", "\t")) or "\t" in line[: len(line) - len(line.lstrip())] for line in text.split("\n")
    )


def test_a_plus_and_an_underscore_are_no_number() -> None:
    # YAML 1.1 readers take it for a whole number, and ruamel's fails on it
    assert emit({"code": "+_"}) == "code: '+_'\n"

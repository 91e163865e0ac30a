"""Edits on generated documents, in layouts nobody thought of: what ruamel reads of them is what was meant."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edits_made import Edit, data_of, expected, places_of, text_of, verdict
from erc_cli.errors import RefusedError
from erc_cli.store.edit_text import open_document
from erc_cli.store.emit import Plain, emit
from layouts_made import Writer

WORDS = [
    "a",
    "union",
    "الرباط",
    "x y",
    "12",
    "no",
    "it's",
    'say "so"',
    "a: b",
    "#x",
    "- d",
    "é",
    "a,b",
    "1.50",
    "~",
    "two\nlines",
]
WORDS += [
    "many words in a row",
    "[b]",
    "{c",
    "https://a.example/b",
    "a #b",
    "𐍈",
    "back\\slash",
    "end:",
    " led",
    "tab\tin",
]
KEYS = ["en", "fr", "id", "on", "2019", "long-key", "a b", "الاسم", "no", "under_score"]
ALPHABET = st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs"))


def some_data(chance: random.Random, depth: int) -> Any:
    kind = chance.random()
    if depth == 0 or (depth < 4 and kind < 0.4):
        return chance.choice(WORDS)
    if depth < 4 and kind < 0.7:
        return [some_data(chance, depth - 1) for _ in range(chance.randint(1, 3))]
    return {key: some_data(chance, depth - 1) for key in chance.sample(KEYS, chance.randint(1, 4))}


def check(seed: int, text: str) -> str:
    """Make one document and one edit of it, and return the verdict."""
    chance = random.Random(seed)
    content = Writer(chance).document(some_data(chance, 4))
    try:
        open_document(content)
    except RefusedError:
        return "unreadable"
    place = chance.choice(places_of(content))
    value = chance.choice([text, [text, {"c": text}], {"en": text, "held": [text, {"c": text}]}])
    if place.path and chance.random() < 0.25:
        edit = Edit("delete", place)
    elif place.path and chance.random() < 0.15:
        edit = Edit("replace", place, value)
    elif place.kind == "scalar":
        edit = Edit("set", place, Plain("1.50") if chance.random() < 0.1 else text)
    else:
        edit = Edit("append" if place.kind == "sequence" else "insert", place, value)
    result = verdict(edit, content)
    assert result in ("minimal", "refused"), (result, edit, text_of(content))
    return result


TEXTS = st.one_of(
    st.sampled_from(WORDS), st.text(ALPHABET, min_size=1, max_size=40), st.text(" \n\t#:-'\"ab,[]{}|>", min_size=1)
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32), TEXTS.filter(str.strip))
def test_fuzzed_edits_read_back_as_meant(seed: int, text: str) -> None:
    check(seed, text)


@pytest.mark.long
@settings(max_examples=20_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32), TEXTS.filter(str.strip))
def test_twenty_thousand_fuzzed_edits_read_back_as_meant(seed: int, text: str) -> None:
    check(seed, text)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_what_is_added_to_or_taken_from_a_canonical_file_leaves_it_canonical(seed: int) -> None:
    chance = random.Random(seed)
    data = some_data(chance, 4)
    content = emit(data).encode()
    value = some_data(chance, 2)
    for place in places_of(content):
        if place.kind != "scalar" and not (place.kind == "mapping" and "zzz" in data):
            edit = Edit("append" if place.kind == "sequence" else "insert", place, value)
            assert edit.make(content) == emit(expected(edit, data_of(content))).encode()
        if place.path and has_siblings(data, place.path):
            edit = Edit("delete", place)
            assert edit.make(content) == emit(expected(edit, data_of(content))).encode()


def has_siblings(data: Any, path: tuple[str | int, ...]) -> bool:
    for step in path[:-1]:
        data = data[step]
    return len(data) > 1


def test_few_edits_are_refused_and_few_documents_are_unreadable() -> None:
    results = [check(seed, WORDS[seed % len(WORDS)]) for seed in range(400)]
    assert {name: results.count(name) for name in set(results)} == {"minimal": 375, "refused": 25}

"""Every edit on every place of documents that are laid out in ways people and other programs lay them out.

The judge is in `edits_made`: libyaml's own loader, ruamel, a scanner of comments over libyaml's tokens. An edit is
minimal, refused, or wrong; none may be wrong, and how many are refused is written down here after each was looked at.
"""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from yaml import YAMLError

from edits_made import TRICKY, Edit, data_of, edits_of, places_of, verdict
from erc_cli.errors import RefusedError
from erc_cli.store import edit_verify
from erc_cli.store.edit import replace_value, set_scalar
from erc_cli.store.emit import Plain
from erc_cli.store.nodes import EMPTY_WORDS

PIECES = [*"aZ90 '\"\\#:-,[]{}|>&*!%@`?~=<\t\n", " ", " ", "  ", "\n\n", " #", ": ", "- ", "null", "1.5", "2019-01-01"]
PIECES += ["yes", "é", "ن", "ـً", "𐍈", "<<", "word ", "many words "]

REFUSED = {
    "arabic": {"replace": 5},
    "byte-order-mark-comment": {"insert": 3, "delete": 1},
    "comment-above-group": {"insert": 3, "delete": 1},
    "comment-after-key": {"replace": 2, "delete": 2},
    "comment-between-items": {"replace": 5},
    "comment-column-zero-inside": {"replace": 3},
    "comment-deeper-at-end": {"delete": 1},
    "comment-in-flow": {"replace": 6, "delete": 1},
    "comment-of-block": {"replace": 4},
    "comments-everywhere": {"insert": 3, "delete": 1},
    "crlf": {"replace": 2},
    "dash-alone": {"replace": 6, "delete": 1},
    "dashes-deep": {"delete": 1},
    "deep": {"delete": 6},
    "document-end": {"delete": 1},
    "explicit-keys": {"insert": 3, "replace": 5, "delete": 2},
    "flow-in-items": {"delete": 1},
    "flow-json": {"delete": 1},
    "flow-json-lines": {"delete": 1},
    "flow-nested": {"delete": 3},
    "flow-one-line": {"delete": 1},
    "flow-without-values": {"replace": 2, "delete": 2, "insert": 6},
    "four-spaces": {"delete": 1},
    "item-comments": {"replace": 6, "delete": 1},
    "like-agreement": {"replace": 6, "delete": 2},
    "like-budget": {"insert": 3, "delete": 3, "replace": 15},
    "lists-in-lists": {"delete": 1},
    "no-final-newline-block": {"insert": 3},
    "space-before-colon": {"delete": 2},
}
"""Per document, how many edits of each kind are refused.

Replacing: comments in what goes. Deleting: the last of its list or mapping, or a comment that may be about more.
Inserting: in front of a comment at the head of the file, keys with question marks, below a literal without line end.
"""


def test_there_are_as_many_documents_as_are_counted() -> None:
    assert len(TRICKY) == 81
    assert {path.stem for path in TRICKY} >= set(REFUSED)


def test_every_twelfth_edit_on_tricky_documents() -> None:
    edits = [(edit, content) for path in TRICKY for content in [path.read_bytes()] for edit in edits_of(content)]
    counts = Counter(verdict(edit, content) for edit, content in edits[::12])
    assert counts == {"minimal": 680, "refused": 8}


@pytest.mark.long
@pytest.mark.parametrize("path", TRICKY, ids=lambda path: path.stem)
def test_every_edit_on_a_tricky_document(path: Path) -> None:
    content = path.read_bytes()
    counts = Counter((edit.verb, verdict(edit, content)) for edit in edits_of(content))
    refused = {verb: count for (verb, result), count in counts.items() if result == "refused"}
    assert refused == REFUSED.get(path.stem, {})
    assert {result for _, result in counts} <= {"minimal", "refused"}


def fuzzed_edit(chance: random.Random, content: bytes) -> Edit:
    place = chance.choice(places_of(content))
    text = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 12)))
    text = text if text.strip() else "x"
    if place.kind == "scalar":
        return Edit("set", place, Plain("1.50") if chance.random() < 0.1 else text)
    value = chance.choice([text, [text, {"c": text}], {"en": text, "held": [text]}])
    if place.kind == "sequence":
        return Edit("append", place, value)
    return Edit("insert", place, value)


@pytest.mark.parametrize("count", [200, pytest.param(5000, marks=pytest.mark.long)])
def test_any_text_on_any_place_of_tricky_documents(count: int) -> None:
    chance = random.Random(count)
    wrong, refused = [], 0
    for _ in range(count):
        content = chance.choice(TRICKY).read_bytes()
        edit = fuzzed_edit(chance, content)
        result = verdict(edit, content)
        refused += result == "refused"
        wrong += [(result, edit, content)] if result not in ("minimal", "refused") else []
    assert wrong == []
    assert refused <= count // 25


def test_without_the_proof_edits_go_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edit_verify, "problem_of", lambda *_: "")
    names = ("explicit-keys", "flow-without-values", "no-final-newline-block", "comment-after-key")
    wrong: Counter[str] = Counter()
    for path in TRICKY:
        if path.stem in names:
            content = path.read_bytes()
            for edit in edits_of(content):
                try:
                    wrong[path.stem] += verdict(edit, content) not in ("minimal", "refused")
                except YAMLError:
                    wrong[path.stem] += 1
    assert wrong == {
        "comment-after-key": 2,
        "explicit-keys": 8,
        "flow-without-values": 9,
        "no-final-newline-block": 4,
    }


def test_setting_what_is_there_changes_nothing() -> None:
    seen = 0
    for path in TRICKY:
        content = path.read_bytes()
        for place, value in values_of(content):
            same = set_scalar if isinstance(value, str) else replace_value
            if isinstance(value, str) and value in EMPTY_WORDS:
                continue
            assert same(content, place, value) == content
            seen += 1
    assert seen > 300


def values_of(content: bytes) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    for place in places_of(content):
        value = data_of(content)
        for step in place.path:
            value = value[step]
        if place.path and value and not has_nothing(value):
            yield place.path, value


def has_nothing(value: Any) -> bool:
    """Whether an empty place is in it: those are not text."""
    if isinstance(value, str):
        return value in EMPTY_WORDS
    return not value or any(has_nothing(one) for one in (value.values() if isinstance(value, dict) else value))


def test_setting_and_setting_back_gives_the_same_data() -> None:
    for path in TRICKY:
        content = path.read_bytes()
        for place, value in values_of(content):
            if not isinstance(value, str):
                continue
            try:
                back = set_scalar(set_scalar(content, place, "other"), place, value)
            except RefusedError:
                continue
            assert dict(values_of(back))[place] == value

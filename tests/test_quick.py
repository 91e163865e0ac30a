"""The quick reader gives what the full reader gives, or nothing; and the full reader what an independent one gives."""

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from erc_cli.core.text import hidden_characters
from erc_cli.store import quick
from erc_cli.store.emit import emit
from erc_cli.store.quick import MAX_QUICK, read_quickly
from erc_cli.store.reader import read, read_fully

ROOT = Path(__file__).resolve().parent.parent

CANONICAL = """\
# The partner as the office knows it.
name:
  en: League of Harbours (1954)
  fr: Ligue des ports, créée à l’été
  ar: رابطة الموانئ، تأسست عام ١٩٥٤

category: governmental
country: 'no'
phone: '+212 5 37 56 60 52'
motto: "l'union: #1"
quoted: 'it''s ours'
aliases:
  - Harbours
  - 'yes'
  # known to the press by this one
  - >-
    A name so long that
    it takes two lines
contacts:
  - id: head
    role: head, external relations
    email: head@example.org
  - id: deputy
    notes: |-
      Speaks Arabic: well.
      # not a comment
years:
  2019: 176965.00
  2020: -190864.00
areas:
  - id: governmental
    outcomes:
      - id: first
        title:
          en: >-
            Developing strategic partnership with
            organizations
        parts:
          - a
          - b
      - id: second
links:
  - https://example.org/partners/1?a=b&c=d
"""


def slowly(content: bytes) -> Any:
    """What the full reader gives; None if it finds anything at all."""
    reading = read_fully(content)
    return reading.data if not reading.faults else None


def plain(node: Any) -> Any:
    """A node of ruamel as plain mappings, lists and texts."""
    if isinstance(node, ScalarNode):
        return node.value
    if isinstance(node, SequenceNode):
        return [plain(one) for one in node.value]
    assert isinstance(node, MappingNode)
    return {key.value: plain(value) for key, value in node.value}


def independently(content: bytes) -> Any:
    """What ruamel's pure parser gives, every scalar as text."""
    return plain(YAML(typ="safe", pure=True).compose(content.decode()))


# --- what it reads ------------------------------------------------------------------------------------------


def test_the_canonical_layout_is_read_quickly() -> None:
    data = read_quickly(CANONICAL.encode())
    assert data is not None
    assert data["name"]["ar"] == "رابطة الموانئ، تأسست عام ١٩٥٤"
    assert data["quoted"] == "it's ours"
    assert data["motto"] == "l'union: #1"
    assert data["aliases"] == ["Harbours", "yes", "A name so long that it takes two lines"]
    assert data["contacts"][1] == {"id": "deputy", "notes": "Speaks Arabic: well.\n# not a comment"}
    assert data["years"] == {"2019": "176965.00", "2020": "-190864.00"}
    assert data["areas"][0]["outcomes"][0]["parts"] == ["a", "b"]
    assert data["areas"][0]["outcomes"][1] == {"id": "second"}
    assert list(data) == [line.split(":")[0] for line in CANONICAL.split("\n") if line[:1].isalpha()]
    assert data == slowly(CANONICAL.encode()) == independently(CANONICAL.encode())


@pytest.mark.parametrize("path", sorted(ROOT.glob("data/**/*.yaml")), ids=lambda path: path.stem)
def test_the_files_of_the_plan_are_read_quickly(path: Path) -> None:
    content = path.read_bytes()
    assert read_quickly(content) == slowly(content) == independently(content) is not None


DECLINED = {
    "nothing": "",
    "comments alone": "# a\n",
    "no end of the last line": "a: b",
    "a list": "- a\n",
    "an empty value": "a:\n",
    "an empty value before another key": "a:\nb: c\n",
    "an empty value and a blank": "a: \nb: c\n",
    "an empty item": "a:\n  -\n",
    "an empty item and a blank": "a:\n  - \n",
    "null": "a: null\n",
    "Null": "a: Null\n",
    "a tilde": "a: ~\n",
    "null as an item": "a:\n  - NULL\n",
    "null as a key": "null: a\n",
    "empty quotes": "a: ''\n",
    "a blank in quotes": "a: ' '\n",
    "a space of another width in quotes": "a: '\u00a0'\n",
    "a key twice": "a: b\na: c\n",
    "a key twice further down": "a:\n  b: c\n  d: e\n  b: c\n",
    "a key twice, once with a mapping": "a: b\na:\n  c: d\n",
    "a merge key": "<<:\n  a: b\n",
    "a mapping in a text": "a: b: c\n",
    "a colon at the end": "a: b:\n",
    "a comment behind a text": "a: b # c\n",
    "a space at the end": "a: b \n",
    "a second line": "a: b\n  c\n",
    "a second line that looks like a key": "a: b\n  c: d\n",
    "an item below a text": "a: b\n  - c\n",
    "a key below an item": "a:\n  - b\n    c: d\n",
    "a key beside an item": "a:\n  - b\n  c: d\n",
    "an item beside a key": "a:\n  b: c\n  - d\n",
    "three columns": "a:\n   b: c\n",
    "one column": "a:\n b: c\n",
    "back by one column": "a:\n  b:\n    c: d\n   e: f\n",
    "a dash below its key": "a:\n- b\n",
    "two dashes": "a:\n  - - b\n",
    "two spaces after a dash": "a:\n  -  b: c\n",
    "a tab": "a:\tb\n",
    "a tab as indentation": "a:\n\tb: c\n",
    "a tab in a text": "a: b\tc\n",
    "an anchor": "a: &b c\n",
    "an alias": "a: *b\n",
    "a tag": "a: !b c\n",
    "a flow list": "a: [b, c]\n",
    "a flow mapping": "a: {b: c}\n",
    "a directive": "%YAML 1.2\n---\na: b\n",
    "the beginning of a document": "---\na: b\n",
    "the end of a document": "a: b\n...\n",
    "a second document": "a: b\n---\na: b\n",
    "a question mark": "? a\n: b\n",
    "carriage returns": "a: b\r\n",
    "a byte-order mark": "\ufeffa: b\n",
    "a mark in the text": "a: b\u202ec\n",
    "an Arabic letter mark": "a: b\u061cc\n",
    "a mark in a comment": "# \u200f\na: b\n",
    "a next line": "a: b\u0085c: d\n",
    "a line separator": "a: b\u2028c\n",
    "a control character": "a: b\x1bc\n",
    "letters in parts": "a: e\u0301\n",
    "an escape": 'a: "\\u202e"\n',
    "a quote that does not end": "a: 'b\n",
    "text behind a quote": "a: 'b' c\n",
    "a comment behind a quote": "a: 'b' # c\n",
    "a conflict": "a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> other\n",
    "a conflict in a block": "a: >-\n  b\n  <<<<<<< HEAD\n  c\n",
    "another conflict in a block": "a: >-\n  ||||||| base\n",
    "a block that keeps its end": "a: |\n  b\n",
    "a block with a number": "a: |2-\n  b\n",
    "a block without text": "a: >-\nb: c\n",
    "a block with an empty line": "a: >-\n  b\n\n  c\n",
    "a block with a deeper line": "a: >-\n  b\n    c\n",
    "a block with a deeper line that looks like a comment": "a: >-\n  b\n    # c\n",
    "a block and a comment less deep than it": "a:\n  b: >-\n    c\n   # d\n",
    "a block with a space at an end": "a: >-\n  b \n  c\n",
    "a block that is too deep": "a: >-\n    b\n",
    "a block that is not deep enough": "a: >-\n b\n",
    "a key that is too long": "a" * 2000 + ": b\n",
    "a picture": "a: \U0001f600\n",
}


@pytest.mark.parametrize("text", DECLINED.values(), ids=DECLINED.keys())
def test_what_is_not_of_the_plain_kind_is_declined(text: str) -> None:
    assert read_quickly(text.encode()) is None


def test_bytes_that_are_no_text_are_declined() -> None:
    assert read_quickly(b"a: \xff\n") is None


def test_more_levels_than_allowed_are_declined_long_before() -> None:
    def nested(levels: int) -> bytes:
        return ("".join("  " * level + "a:\n" for level in range(levels)) + "  " * levels + "a: b\n").encode()

    assert read_quickly(nested(20)) == slowly(nested(20)) is not None
    assert read_quickly(nested(21)) is None
    assert slowly(nested(40)) is None


def test_larger_files_are_declined() -> None:
    line = "a: " + "b" * (MAX_QUICK - 4) + "\n"
    assert read_quickly(line.encode()) == slowly(line.encode()) is not None
    assert read_quickly(("a" + line).encode()) is None


def test_no_character_that_is_taken_is_a_hidden_one() -> None:
    taken = [c for c in map(chr, range(0x110000)) if c != "\n" and not quick._UNUSUAL(c)]
    assert len(taken) > 40_000
    assert [c for c in taken if hidden_characters(c)] == []
    assert {"ا", "é", "’", "«", "\u00a0", "\u202f"} < set(taken)


# --- the same as the full reader ----------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *("a", "partner", "it's", "l’été", "رابطة", "الموانئ", "北京", "नमस्ते", "ё", "\U0001f600", "e\u0301"),
        *("2019", "-5.00", ".5", "12:30", "null", "~", "no", "a:b", "a:", ":a", "#b", "b#", "(c)", "\\n"),
        *"-?:#'\"@`=|>,;\u200c\u00a0\u202f",
        *("", ">-", "|-", "[x]", "{y}", "&a", "*b", "!t", "%d", "<<<<<<<", "---", "..."),
    ]
)
TEXTS = st.one_of(
    st.lists(WORDS, min_size=1, max_size=40).map(" ".join),
    st.lists(WORDS, min_size=1, max_size=8).map("\n".join),
    st.text(max_size=20),
)
KEYS = st.one_of(
    st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True), st.sampled_from(["2019", "no", "null", "é", "a b"])
)
DATA = st.dictionaries(
    KEYS,
    st.recursive(
        TEXTS,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=4), st.dictionaries(KEYS, inner, min_size=1, max_size=4)
        ),
        max_leaves=20,
    ),
    min_size=1,
    max_size=6,
)


@given(DATA)
@settings(deadline=None, max_examples=300)
@example({"a": [{"b": "c"}, "d"]})
def test_what_the_emitter_writes_is_read_the_same_quickly_and_fully(data: Any) -> None:
    content = emit(data).encode("utf-8", "replace")
    found = read_quickly(content)
    if found is not None:
        assert found == slowly(content)


@given(DATA)
@settings(deadline=None, max_examples=150)
def test_the_full_reader_agrees_with_an_independent_one(data: Any) -> None:
    content = emit(data).encode("utf-8", "replace")
    found = slowly(content)
    if found is not None:
        assert found == independently(content)


NASTY = [
    *"abz09_- \n\t:#'\"[]{},&*!|>?%@`~<=.\\/(+^$\r\0\x1b\x7f\u0085\u00a0\u00ad\u0301\u0653\u061c\u200b",
    *"\u200c\u200e\u2028\u202e\u202f\u2066\ufeff\uffff\u3000\u1160\U0001f600\U000e0041",
    *(
        "  ",
        "    ",
        "- ",
        ": ",
        " #",
        "# ",
        ">-",
        "|-",
        "|2",
        ">+",
        "---",
        "...",
        "<<",
        "<<: ",
        "null",
        "~",
        "''",
        "-5",
    ),
    *("\n\n", "\n  ", "\n- ", "\n#", "\n  # x\n", "\r\n", ": |\n", "&a ", "*a", "!!str ", "<<<<<<< HEAD\n", '""', "? "),
    *("e\u0301", "a: b\n", "  - a\n", "    a: b\n", "%YAML 1.1\n", "'a'", '"a"', "{a: b}", "[a]", "a:\n", "=======\n"),
]
LINES = [f"{line}\n" for line in CANONICAL.split("\n")]


def mutated(choose: random.Random) -> str:
    """The canonical document, a piece of it often, with a few characters or lines changed."""
    start = choose.randrange(len(LINES))
    lines = LINES[start : start + choose.randrange(2, 14)] if choose.random() < 0.7 else list(LINES)
    if choose.random() < 0.5:
        indent = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
        lines = [line[indent:] if line.strip() else line for line in lines]
    for _ in range(choose.choice((0, 0, 1, 2))):
        what, at = choose.randrange(4), choose.randrange(len(lines))
        if what == 0:
            del lines[at]
        elif what == 1:
            lines.insert(at, choose.choice(LINES))
        elif what == 2:
            lines[at] = " " * choose.randrange(9) + lines[at].lstrip(" ")
        else:
            lines[at], lines[-1] = lines[-1], lines[at]
        lines = lines or ["\n"]
    text = "".join(lines)
    for _ in range(choose.choice((0, 1, 1, 1, 2, 3))):
        at = choose.randrange(len(text) + 1)
        drop = choose.choice((0, 0, 1, 1, 2, 5))
        text = text[:at] + choose.choice((*NASTY, "")) + text[at + drop :]
    return text


def disagreements(seed: int, count: int) -> Iterator[tuple[str, int]]:
    """Mutated documents that the quick reader takes and the full one reads otherwise; last, how many it took."""
    choose = random.Random(seed)
    taken = 0
    for _ in range(count):
        text = mutated(choose)
        content = text.encode("utf-8", "surrogatepass")
        found = read_quickly(content)
        if found is not None:
            taken += 1
            if found != slowly(content):
                yield text, 0
    yield "", taken


@pytest.mark.parametrize("seed", range(4))
def test_mutated_documents_are_read_the_same_or_declined(seed: int) -> None:
    *wrong, (_, taken) = disagreements(seed, 2500)
    assert wrong == []
    assert taken > 150, "too few are taken to show anything"


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 108))
def test_many_mutated_documents_are_read_the_same_or_declined(seed: int) -> None:
    *wrong, (_, taken) = disagreements(seed, 15_000)
    assert wrong == []
    assert taken > 900


# --- the reader as a whole ----------------------------------------------------------------------------------


def test_reading_is_the_same_by_either_way() -> None:
    quickly, fully = read(CANONICAL.encode()), read_fully(CANONICAL.encode())
    assert (quickly.data, quickly.faults, quickly.text) == (fully.data, fully.faults, fully.text)
    assert quickly.tree is not None
    assert fully.tree is not None
    assert list(quickly.tree.items) == list(fully.tree.items)


def test_the_quick_way_is_much_quicker() -> None:
    content = CANONICAL.encode()

    def took(function: Any) -> float:
        times = []
        for _ in range(5):
            start = time.perf_counter()
            for _ in range(40):
                function(content)
            times.append(time.perf_counter() - start)
        return min(times)

    assert took(read) * 2 < took(read_fully)

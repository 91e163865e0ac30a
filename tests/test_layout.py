"""The canonical layout: the same data, every comment where it belongs, the same a second time."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commands_made import here, make_register
from edits_made import TRICKY
from erc_cli.core.records.kinds import model_of
from erc_cli.errors import RefusedError
from erc_cli.store.edit_text import open_document, text_of
from erc_cli.store.layout import canonical
from faults_made import tree
from layouts_made import Writer, read_by_ruamel
from test_edit_fuzz import some_data

PARTNER = model_of("partners")
OIC = "data/partners/oic.yaml"

MESSY = """\
# The file as a whole.
# FICTIONAL

# what kind it is
category: "donor"   # checked in 2020
name: {en: Bank, fr: "Banque", ar: 'بنك'}   # in three languages

aliases: [ House,  # the old one
  # the new one
  Union
  # no more
  ]  # two
contacts:
  # the first contact
  - email: a@b.c   # no longer read
    role: "Office"
    # what it is called
    id: office  # short

  # more contacts may come
# above the notes
notes: |   # typed by hand
  Long text # not a comment

  # nor this
"""

NEAT = """\
# The file as a whole.
# FICTIONAL

name:  # in three languages
  en: Bank
  fr: Banque
  ar: بنك
aliases:
  - House  # the old one
  # the new one
  - Union  # two
  # no more
# what kind it is
category: donor  # checked in 2020
contacts:
  # the first contact
  # what it is called
  - id: office  # short
    role: Office
    email: a@b.c  # no longer read
  # more contacts may come
# above the notes
notes: |  # typed by hand
  Long text # not a comment

  # nor this
"""


def laid_out(text: str, folder: str = "partners") -> str:
    return canonical(text.encode(), model_of(folder)).decode()


def test_keys_are_put_in_order_and_comments_go_with_what_they_are_about() -> None:
    assert laid_out(MESSY) == NEAT
    assert laid_out(NEAT) == NEAT


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\ufeffname: {en: A}\r\ncategory: donor", "name:\n  en: A\ncategory: donor\n"),
        ("name:\n  fr: 'e\u0301cole'\n", "name:\n  fr: école\n"),
        ("notes: 'yes'\n", "notes: 'yes'\n"),
        ("country: NO\n", "country: 'NO'\n"),
        ("ended_on: '2020-01-31'\n", "ended_on: 2020-01-31\n"),
        ("notes: >\n  one\n  two\n", "notes: |\n  one two\n"),
        ("# alone\n---\nnotes: a\n...\n", "# alone\nnotes: a\n"),
        ("name:\n  # a\n  en: A\n  # last\n# next\nnotes: b\n", "name:\n  # a\n  en: A\n  # last\n# next\nnotes: b\n"),
        ("notes: a # one\n\n\n# two\n\n# three\n", "notes: a  # one\n# two\n# three\n"),
        ("b: 1\nnotes: x\na: {z: 1, x: [2]}\n", "notes: x\nb: '1'\na:\n  z: '1'\n  x:\n    - '2'\n"),
    ],
)  # fmt: skip
def test_small_files(before: str, after: str) -> None:
    assert laid_out(before) == after
    assert laid_out(after) == after


def test_amounts_and_dates_keep_their_places() -> None:
    before = "staff: {total: 10.50, years: {2019: '10.50'}, lines: [{years: {2019: 10.50}, id: pay, total: 10.50}]}\n"
    after = """\
staff:
  lines:
    - id: pay
      years:
        2019: 10.50
      total: 10.50
  years:
    2019: 10.50
  total: 10.50
"""
    assert laid_out(before, "budget") == after


def test_long_texts_are_folded_and_lists_keep_their_order() -> None:
    text = "word " * 40 + "end"
    assert laid_out(f"notes: {text}\naliases: [b, a]\n") == (
        "aliases:\n  - b\n  - a\nnotes: >-\n" + ("  " + "word " * 18 + "word\n") * 2 + "  word word end\n"
    )


def test_what_has_errors_is_left_alone() -> None:
    for text in ("name: [", "a: &x 1\n", "notes:\n", "a: 1\na: 2\n", "notes: a\u202eb\n", "<<<<<<< a\n", "[1]\n"):
        with pytest.raises(RefusedError, match="mend this first"):
            laid_out(text)
    with pytest.raises(RefusedError):
        canonical(b"notes: \xe9\n", PARTNER)


def comments_in(content: bytes) -> Counter[str]:
    document = open_document(content)
    return Counter(document.text[one.start : one.end].rstrip() for one in document.comments)


def check_one(content: bytes) -> None:
    after = canonical(content, PARTNER)
    assert read_by_ruamel(after) == read_by_ruamel(content), text_of(content)
    assert comments_in(after) == comments_in(content), text_of(content)
    assert canonical(after, PARTNER) == after, text_of(content)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_any_document_says_the_same_with_the_same_comments(seed: int) -> None:
    chance = random.Random(seed)
    check_one(Writer(chance).document(some_data(chance, 4)))


@pytest.mark.long
@settings(max_examples=10_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_ten_thousand_documents_say_the_same(seed: int) -> None:
    chance = random.Random(seed)
    check_one(Writer(chance).document(some_data(chance, 4)))


@pytest.mark.parametrize("path", TRICKY, ids=lambda path: path.stem)
def test_tricky_documents_keep_data_and_comments(path: Path) -> None:
    content = path.read_bytes()
    if path.stem in ("comment-after-key", "empty-collections", "empty-values", "flow-without-values"):
        with pytest.raises(RefusedError, match="leave the key out: mend this first"):
            canonical(content, PARTNER)
        return
    after = canonical(content, PARTNER)
    assert comments_in(after) == comments_in(content)
    assert canonical(after, PARTNER) == after


def test_the_registers_here_are_in_the_layout() -> None:
    root = Path(__file__).parent.parent
    for data in (root / "data", root / "examples" / "lantern-league" / "data"):
        for path in data.rglob("*.yaml"):
            folder = path.stem if path.parent == data else path.parent.name
            assert canonical(path.read_bytes(), model_of(folder)) == path.read_bytes(), path


# The command


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A register in which the file of one partner alone is in another layout."""
    make_register(tmp_path)
    assert here(tmp_path, "fmt").code == 0
    path = tmp_path / OIC
    others = path.read_bytes().replace(b"category: governmental\n", b"")
    path.write_bytes(b"category: 'governmental' # as ever\r\n" + others)
    return tmp_path


def test_check_names_what_would_change_and_writes_nothing(root: Path) -> None:
    before = tree(root)
    said = here(root, "fmt", "--check")
    assert (said.code, said.out) == (1, f"{OIC}\n")
    shown = here(root, "fmt", "--diff")
    assert shown.code == 0
    assert "-category: 'governmental' # as ever" in shown.out
    assert "+category: governmental  # as ever" in shown.out
    assert here(root, "fmt", "--dry-run").out == shown.out
    assert tree(root) == before
    assert here(root, "fmt", "--check", str(root / "data/agreements")).code == 0


def test_it_writes_once_and_can_be_taken_back(root: Path) -> None:
    before = tree(root)
    said = here(root, "fmt")
    assert said.code == 0, said
    after = tree(root)
    assert [path for path in after if after[path] != before[path]] == [OIC]
    assert b"category: governmental  # as ever\n" in after[OIC]
    assert here(root, "fmt", "--check").code == 0
    assert here(root, "check", "--strict").code == 0
    assert here(root, "fmt").err == "nothing to do: it is so already\n"
    assert here(root, "undo").code == 0
    assert tree(root) == before


def test_files_with_errors_are_named_and_the_others_done(root: Path) -> None:
    broken = root / "data/partners/isdb.yaml"
    broken.write_bytes(b"name: [\n")
    said = here(root, "fmt")
    assert said.code == 5
    assert "data/partners/isdb.yaml: line 2: not readable as YAML" in said.err
    assert "1 file left as it is" in said.err
    assert broken.read_bytes() == b"name: [\n"
    assert b"category: governmental  # as ever\n" in (root / OIC).read_bytes()


def test_only_a_strict_check_looks_at_the_layout(root: Path) -> None:
    (root / OIC).write_bytes((root / OIC).read_bytes().replace(b"\r\n", b"\n"))
    assert here(root, "check").err == "10 files, 0 errors, 0 warnings\n"
    said = here(root, "check", "--strict", "--format", "concise")
    assert said.code == 1
    assert said.out == f"{OIC}:1:1: warning YML018 not in the layout of erc fmt from here on\n"
    assert here(root, "check", "--strict", "--ignore", "YML018").code == 0


def test_a_comment_on_every_line_takes_no_long_time() -> None:
    lines = "".join(f"# about {number}\n- a  # item {number}\n" for number in range(8_000))
    assert laid_out(f"aliases:\n{lines}").count("#") == 16_000

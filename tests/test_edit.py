"""The edits of a file: what they write, what they keep, what they refuse, and which defence stops a wrong one."""

from pathlib import Path

import pytest

from edits_made import TRICKY, comments_of, text_of
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.records.budget import Budget
from erc_cli.core.records.partner import Partner
from erc_cli.errors import RefusedError
from erc_cli.store import edit_verify
from erc_cli.store.edit import append_item, delete_key, insert_key, remove_item, replace_value, set_scalar
from erc_cli.store.edit_locate import locate
from erc_cli.store.edit_text import open_document
from erc_cli.store.edit_verify import Cut, Splice, problem_of
from erc_cli.store.emit import Plain
from erc_cli.store.reader import read_fully

AGREEMENT = b"""\
# between the two
kind: protocol

title: {en: Protocol}
parties:
  - party: isesco   # ours
    signed_on: '2019-01-31'
  - party: partners/oic
events:
  - kind: suspended
    on: 2020-05-01
"""


def changed(before: bytes, after: bytes) -> list[str]:
    """The lines that went (-) and came (+)."""
    old, new = before.decode().split("\n"), after.decode().split("\n")
    while old and new and old[0] == new[0]:
        old.pop(0), new.pop(0)
    while old and new and old[-1] == new[-1]:
        old.pop(), new.pop()
    return [f"-{line}" for line in old] + [f"+{line}" for line in new]


# --- setting ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "text", "new"),
    [
        ("Union", "Harbour", "Harbour"),
        ("Union", "no", "'no'"),
        ("Union", "a # b", "'a # b'"),
        ("Union", "it's: so", '"it\'s: so"'),
        ("'Union'", "Harbour", "'Harbour'"),
        ("'Union'", "it's", "'it''s'"),
        ("'Union'", "a\tb", '"a\\tb"'),
        ('"Union"', 'say "so"', '"say \\"so\\""'),
        ('"Union"', "a\\b", '"a\\\\b"'),
        ("|\n  a\n  b", "c\nd\n", "|\n  c\n  d"),
        ("|\n  a\n  b", "c\nd", "|-\n  c\n  d"),
        (">-\n   a\n   b", "c d", ">-\n   c d"),
        (">-\n   a\n   b", "c\nd", ">-\n   c\n\n   d"),
        (">-\n   a\n   b", " c", "' c'"),
        ("|2-\n    a", "b", "|2-\n  b"),
        ("|  # note\n  a", " b", "' b'  # note"),
        ("|\n  a", "<<<<<<< b", "'<<<<<<< b'"),
        ("a\n  b", "c", "c"),
        ("{en: Union}", None, None),
    ],
)
def test_a_text_is_written_as_the_one_before_it(old: str, text: str | None, new: str | None) -> None:
    before = f"name: {old}\nlast: x\n".encode()
    if text is None:
        with pytest.raises(RefusedError, match="name is a mapping, not a text"):
            set_scalar(before, ("name",), "x")
        return
    assert set_scalar(before, ("name",), text).decode() == f"name: {new}\nlast: x\n"


@pytest.mark.parametrize(
    ("old", "text", "new"),
    [
        ("1.00", "766444.00", "766444.00"),
        ("'1.00'", "766444.00", "'766444.00'"),
        ('"2019"', "2020-01-31", '"2020-01-31"'),
        ("soon", "true", "true"),
        ("1.00", "-5.00", "-5.00"),
    ],
)
def test_an_amount_is_plain_unless_it_was_in_quotes(old: str, text: str, new: str) -> None:
    before = f"items: [{old}]\nvalue: {old} # c\n".encode()
    after = set_scalar(before, ("value",), text, plain=True)
    assert after.decode() == f"items: [{old}]\nvalue: {new} # c\n"
    assert set_scalar(after, ("items", 0), text, plain=True).decode() == f"items: [{new}]\nvalue: {new} # c\n"
    assert set_scalar(b"value: x\n", ("value",), text) == f"value: '{text}'\n".encode()


def test_between_brackets_a_text_with_a_comma_or_colon_has_quotes() -> None:
    before = b"items: [a, {b: c}]\n"
    assert set_scalar(before, ("items", 0), "x, y") == b"items: ['x, y', {b: c}]\n"
    assert set_scalar(before, ("items", 1, "b"), "https://a.example") == b"items: [a, {b: 'https://a.example'}]\n"


def test_a_long_text_is_folded_where_its_line_was_not_long() -> None:
    text = "word " * 25 + "end"
    folded = "word " * 18 + "word\n    " + "word " * 6 + "end"
    after = set_scalar(b"name:\n  en: a\nb: c\n", ("name", "en"), text)
    assert after == f"name:\n  en: >-\n    {folded}\nb: c\n".encode()
    assert set_scalar(b"name: a # note\n", ("name",), text) == f"name: {text} # note\n".encode()


# --- adding -------------------------------------------------------------------------------------------------


def test_a_key_comes_where_the_model_has_it() -> None:
    order = locate(AGREEMENT, Agreement, ()).order
    after = insert_key(AGREEMENT, (), "ends_on", Plain("2021-12-31"), order=order)
    assert changed(AGREEMENT, after) == ["+ends_on: 2021-12-31"]
    assert after.index(b"partners/oic") < after.index(b"ends_on") < after.index(b"events")
    found = locate(AGREEMENT, Agreement, ("parties", "isesco"))
    after = insert_key(AGREEMENT, found.path, "acceded_on", Plain("2019"), order=found.order)
    assert changed(AGREEMENT, after) == ["+    acceded_on: 2019"]
    after = insert_key(AGREEMENT, ("title",), "ar", "بروتوكول", order=("ar", "en"))
    assert changed(AGREEMENT, after) == ["-title: {en: Protocol}", "+title: {ar: بروتوكول, en: Protocol}"]


def test_years_are_plain_beside_plain_years() -> None:
    before = b"years:\n  2019: 1.00\n  2021: 3.00\n"
    after = insert_key(before, ("years",), "2020", Plain("2.00"), order=("2019", "2020", "2021"))
    assert after == b"years:\n  2019: 1.00\n  2020: 2.00\n  2021: 3.00\n"
    assert insert_key(b"years: {'2019': 1.00}\n", ("years",), "2020", "x") == b"years: {'2019': 1.00, '2020': x}\n"


def test_a_new_list_has_its_dashes_where_the_file_has_them() -> None:
    before = b"items:\n- a\nlast: x\n"
    after = insert_key(before, (), "parties", [{"party": "isesco"}])
    assert after == b"items:\n- a\nlast: x\nparties:\n- party: isesco\n"
    assert insert_key(b"items:\n  - a\n", (), "b", ["c"]) == b"items:\n  - a\nb:\n  - c\n"


def test_an_item_comes_after_the_last_one_and_its_comments() -> None:
    before = b"items:\n  - id: a # note\n    # deeper\n  # below\nlast: x\n"
    after = append_item(before, ("items",), {"id": "b", "on": Plain("2019-01-31")})
    assert after == (b"items:\n  - id: a # note\n    # deeper\n  - id: b\n    on: 2019-01-31\n  # below\nlast: x\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: []\n", "a: [x]\n"),
        ("a: [b]\n", "a: [b, x]\n"),
        ("a: [\n  b,\n]\n", "a: [\n  b,\n  x,\n]\n"),
        ("a: [\n  b # c\n]\n", "a: [\n  b, # c\n  x\n]\n"),
        ("a: [b,\n    c]\n", "a: [b,\n    c,\n    x]\n"),
        ("a:\n- b", "a:\n- b\n- x"),
        ("a:\r\n  - b\r\n", "a:\r\n  - b\r\n  - x\r\n"),
        ("a:\n  - |\n    b\n\n\nc: d\n", "a:\n  - |\n    b\n  - x\n\n\nc: d\n"),
        ("a:\n  - |+\n    b\n\nc: d\n", "a:\n  - |+\n    b\n\n  - x\nc: d\n"),
    ],
)
def test_items_in_all_kinds_of_lists(before: str, after: str) -> None:
    assert append_item(before.encode(), ("a",), "x").decode() == after


# --- taking out ---------------------------------------------------------------------------------------------


def test_a_key_goes_with_its_lines_and_its_comments() -> None:
    before = b"a: b\n# about c\nc: # of c\n  # in c\n  - d # of d\n  # deeper\n# about e\ne: f\n"
    assert delete_key(before, ("c",)) == b"a: b\n# about e\ne: f\n"
    assert delete_key(before, ("e",)) == before.replace(b"# about e\ne: f\n", b"")
    assert delete_key(b"a: b\nc: d", ("c",)) == b"a: b"


def test_a_key_on_the_line_of_a_dash_goes_and_the_dash_stays() -> None:
    assert delete_key(b"a:\n  - id: b\n    role: c\n", ("a", 0, "id")) == b"a:\n  - role: c\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: [b, c, d]\n", "a: [b, d]\n"),
        ("a: [\n  b,\n  c,\n  d\n]\n", "a: [\n  b,\n  d\n]\n"),
        ("a:\n  - b\n  - c # of c\n  - d\n", "a:\n  - b\n  - d\n"),
        ("a:\r\n- b\r\n- c\r\n", "a:\r\n- b\r\n"),
        ("a: [b, c]\n", "a: [b]\n"),
        ("a: [\n  b, # of b\n  c # of c\n]\n", "a: [\n  b # of b\n]\n"),
    ],
)
def test_items_go_from_all_kinds_of_lists(before: str, after: str) -> None:
    assert remove_item(before.encode(), ("a", 1)).decode() == after


def test_what_holds_the_last_one_goes_where_that_is_asked_for() -> None:
    before = b"a:\n  b:\n    - c: d\ne: f\n"
    assert delete_key(before, ("a", "b", 0, "c"), prune=True) == b"e: f\n"


def test_a_value_is_replaced_whole() -> None:
    before = b"a: b # of a\nc: {d: e}\nf:\n  - g\nlast: x\n"
    assert changed(before, replace_value(before, ("a",), ["x"])) == ["-a: b # of a", "+a: # of a", "+  - x"]
    assert changed(before, replace_value(before, ("c",), {"d": "x", "e": ["z"]})) == [
        "-c: {d: e}",
        "+c: {d: x, e: [z]}",
    ]
    assert changed(before, replace_value(before, ("f",), "x")) == ["-f:", "-  - g", "+f: x"]


# --- refusals -----------------------------------------------------------------------------------------------

REFUSALS = {
    "unreadable": (
        lambda content: set_scalar(content, ("a",), "x"),
        "a: b\na: c\n",
        "line 2: a is there twice: mend this first, nothing was written",
    ),
    "an anchor": (
        lambda content: set_scalar(content, ("a",), "x"),
        "a: &b c\n",
        "line 1: anchor &b: write the value out where it is needed: mend this first, nothing was written",
    ),
    "not there": (
        lambda content: set_scalar(content, ("a", "b", "c"), "x"),
        "a: {d: e}\n",
        "the file has no a.b: nothing was written",
    ),
    "there already": (
        lambda content: insert_key(content, (), "a", "x"),
        "a: b\n",
        "a is there already: nothing was written",
    ),
    "empty": (
        lambda content: set_scalar(content, ("a",), " "),
        "x: y\na: b\n",
        "line 2: an empty value is not written, the key is left out instead: take it out; nothing was written",
    ),
    "an empty list": (
        lambda content: insert_key(content, (), "b", []),
        "a: b\n",
        "line 1: an empty value is not written, the key is left out instead: take it out; nothing was written",
    ),
    "a comment in what goes": (
        lambda content: replace_value(content, ("a",), "x"),
        "y: z\na:\n  # note\n  b: c\n",
        "line 2: a comment would be lost or changed (# note); nothing was written\nwrite this at line 2:\na: x",
    ),
    "a comment about more": (
        lambda content: delete_key(content, ("b",)),
        "a: x\n\n# money\nb: y\nc: z\n",
        "line 4: the comment above may be about what follows too; nothing was written\ntake it out of line 4 by hand",
    ),
    "a comment at the head": (
        lambda content: insert_key(content, (), "a", "x", order=("a", "b")),
        "# head\nb: y\n",
        "line 2: the comment above may be about the whole file or about the key below it; nothing was written\n"
        "write this above line 2:\na: x",
    ),
    "a comment of the item": (
        lambda content: delete_key(content, ("a", 0, "b")),
        "a:\n  - b: c # note\n    d: e\n",
        "line 2: the comment there may be about it or about what holds it; nothing was written\n"
        "take it out of line 2 by hand",
    ),
    "the last of a list": (
        lambda content: remove_item(content, ("a", 0)),
        "a: [b]\nc: d\n",
        "line 1: a.0 is the last of a, and nothing may be empty: take a out; nothing was written",
    ),
    "the last of the file": (
        lambda content: delete_key(content, ("a",), prune=True),
        "a: b\n",
        "a is all that the file holds: nothing was written",
    ),
    "a literal without line end": (
        lambda content: insert_key(content, (), "c", "x"),
        "a: |\n  b",
        "line 1: what is read back is not what is meant; nothing was written\nwrite this below line 1:\nc: x",
    ),
    "a hidden character": (
        lambda content: set_scalar(content, ("a",), "x\u202ey"),
        "a: b\n",
        "line 1: the edit adds YML006: U+202E RIGHT-TO-LEFT OVERRIDE written as an escape; nothing was written\n"
        'write this at line 1:\na: "x\\u202ey"',
    ),
    "half a character": (
        lambda content: set_scalar(content, ("a",), "x\udcffy"),
        "a: |\n  b\n",
        "line 1: the text has characters that UTF-8 cannot hold; nothing was written\n"
        'write this at line 1:\na: "x\\udcffy"',
    ),
    "too long": (
        lambda content: set_scalar(content, ("a",), "x" * 65537),
        "a: b\n",
        "line 1: the file could not be read any more (a text of 65537 characters: at most 64 KiB are read); "
        f"nothing was written\nwrite this at line 1:\na: {'x' * 65537}",
    ),
    "a position in a mapping": (
        lambda content: set_scalar(content, ("years", 2019), "x"),
        "years: {2019: 1.00}\n",
        "the file has no years.2019: nothing was written",
    ),
    "letters composed otherwise": (
        lambda content: set_scalar(content, ("a",), "e\u0301"),
        "a: b\n",
        "line 1: the edit adds YML009: a letter that is not in its composed form (NFC): type it again; "
        "nothing was written\nwrite this at line 1:\na: e\u0301",
    ),
    "a key with a question mark": (
        lambda content: delete_key(content, ("c",)),
        "a: b\n? c\n: d\ne: f\n",
        "line 2: a key behind a question mark is not taken out by an edit; nothing was written\n"
        "take lines 2 to 3 out by hand",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_says_why_where_and_what_to_write(name: str) -> None:
    edit, content, message = REFUSALS[name]
    with pytest.raises(RefusedError) as caught:
        edit(content.encode())
    assert str(caught.value) == message
    assert caught.value.exit_code == 5


# --- each defence for itself ----------------------------------------------------------------------------------

BEFORE = b"a: b # of a\nc: d\n"


def doubt(cuts: list[Cut], meant: dict[str, str], content: bytes | None = None) -> str:
    document = open_document(BEFORE)
    return problem_of(document, Splice(cuts), meant, content or edit_verify.apply(document, cuts))


WRONG = {
    "problem_of_data": ([Cut(3, 4, "x")], {"a": "y", "c": "d"}, None),
    "problem_of_comments": ([Cut(3, 11, "x")], {"a": "x", "c": "d"}, None),
    "problem_outside": ([Cut(3, 4, "x")], {"a": "x", "c": "d"}, b"a: x # of a\nc:  d\n"),
    "problem_of_faults": ([Cut(3, 4, '"\\u202e"')], {"a": "\u202e", "c": "d"}, None),
}


@pytest.mark.parametrize("defence", WRONG)
def test_each_defence_alone_stops_an_edit(defence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if defence == "problem_of_data":  # The second parser sees the same again.
        monkeypatch.setattr(edit_verify, "problem_of_second_parser", lambda *_: "")
    assert doubt(*WRONG[defence])
    monkeypatch.setattr(edit_verify, defence, lambda *_: "")
    assert not doubt(*WRONG[defence])


def test_the_second_parser_stops_an_edit_where_the_first_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong, right = [Cut(3, 4, "wrong")], read_fully(b"a: x # of a\nc: d\n")
    monkeypatch.setattr(edit_verify, "read_fully", lambda _: right)
    assert doubt(wrong, {"a": "x", "c": "d"}) == "another reader of YAML would see something else"
    monkeypatch.setattr(edit_verify, "problem_of_second_parser", lambda *_: "")
    assert not doubt(wrong, {"a": "x", "c": "d"})


def test_a_file_that_the_second_parser_cannot_read_is_not_edited() -> None:
    problem = edit_verify.problem_of_second_parser("a: b\nc: @d\n", {"a": "b"})
    assert problem.startswith("another reader of YAML cannot read the file at line 2 (")


@pytest.mark.parametrize("path", TRICKY, ids=lambda path: path.stem)
def test_comments_are_what_stands_between_the_tokens(path: Path) -> None:
    content = path.read_bytes()
    document, text = open_document(content), text_of(content)
    assert [text[one.start : one.end] for one in document.comments] == comments_of(content)


# --- from addresses to places -----------------------------------------------------------------------------------


def test_items_are_found_by_their_keys() -> None:
    assert locate(AGREEMENT, Agreement, ("parties", "partners/oic", "party"))[:2] == (("parties", 1, "party"), ())
    assert locate(AGREEMENT, Agreement, ("events", "2020-05-01-suspended", "on")).path == ("events", 0, "on")
    assert locate(AGREEMENT, Agreement, ("parties", 1)).path == ("parties", 1)


def test_what_is_missing_is_told_with_the_keys_that_may_stand_there() -> None:
    found = locate(AGREEMENT, Agreement, ("parties", "partners/oic", "signed_on"))
    assert (found.path, found.missing) == (("parties", 1), ("signed_on",))
    assert found.order[:3] == ("party", "signatory", "signed_on")
    found = locate(AGREEMENT, Agreement, ("amendments", "first", "summary"))
    assert (found.path, found.missing) == ((), ("amendments", "first", "summary"))


def test_empty_items_count_as_positions_of_the_file_only() -> None:
    content = b"fields:\n  -\n  - education\nroles: [donor]\n"
    assert locate(content, Partner, ("fields", 0)).path == ("fields", 1)
    assert locate(content, Partner, ("fields", "education")).path == ("fields", 1)
    assert locate(content, Partner, ("fields", 1)).missing == (1,)


def test_two_items_of_one_key_are_refused() -> None:
    content = b"contributions:\n  - id: a\n  - id: a\n"
    with pytest.raises(RefusedError, match=r"contributions\.a is there 2 times: give the items different ids first"):
        locate(content, Activity, ("contributions", "a", "on"))


def test_the_example_s_budget_is_edited_in_place() -> None:
    path = Path(__file__).resolve().parent.parent / "data" / "budget.yaml"
    content = path.read_bytes()
    found = locate(content, Budget, ("programmes", "total"))
    assert found.missing == ()
    after = set_scalar(content, found.path, "1.00", plain=True)
    assert len(changed(content, after)) == 2

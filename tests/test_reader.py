"""The one reader: exact text, and every fault with its place."""

import time

import pytest

from erc_cli.store import nodes
from erc_cli.store.faults import MAX_OF_ONE_CODE, START, Fault, Faults, Spot
from erc_cli.store.nodes import MAX_DEPTH, MAX_KEY, MAX_NODES, Mapping, Scalar, Sequence, line_starts, parse
from erc_cli.store.reader import MAX_BYTES, read, read_fully, spot_at, tree_of


def told(content: str | bytes) -> list[tuple[str, int, int]]:
    """The faults of a file: code, line and column from 1."""
    reading = read(content.encode() if isinstance(content, str) else content)
    return [(fault.code, fault.spot.line + 1, fault.spot.column + 1) for fault in reading.faults]


# --- what is read -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "NO",
        "yes",
        "true",
        "012",
        "0x1F",
        "1e3",
        "1_000",
        "766444.00",
        "2019-01-31",
        "12:30:45",
        ".inf",
        "-5.00",
        "=",
        "٤٠",
    ],
)
def test_every_scalar_is_the_text_that_was_written(written: str) -> None:
    for content in (f"a: {written}\n", f"a: '{written}'\n", f'a: "{written}"\n', f"{{a: {written}}}\n"):
        assert read(content.encode()).data == {"a": written}


def test_all_ways_to_write_a_structure_mean_the_same() -> None:
    block = "a:\n  - b: c\n    d:\n      - e\n      - f\n  - g\nh: i\n"
    flow = "{a: [{b: c, d: [e, f]}, g], h: i}\n"
    mixed = "---\n'a':\n- {b: c, d: [e, f]}\n- g\n? h\n: >-\n    i\n"
    assert read(block.encode()).data == read(flow.encode()).data == read(mixed.encode()).data
    assert read(block.encode()).data == {"a": [{"b": "c", "d": ["e", "f"]}, "g"], "h": "i"}


def test_keys_are_composed() -> None:
    assert read("e\u0301: a\n".encode()).data == {"é": "a"}


def test_what_is_empty_is_left_out_and_its_keys_are_named() -> None:
    reading = read(b"a: ~\nb: {c: '', d: e, f: [~, {g: null}, [], h]}\ni: [[~]]\n")
    assert reading.data == {"b": {"d": "e", "f": [{}, "h"]}, "i": [[]]}
    assert sorted(reading.empty) == [("a",), ("b", "c"), ("b", "f", 0, "g")]
    assert [code for code, _, _ in told(b"a: ~\nb: {c: '', d: e}\n")] == ["YML013", "YML013"]


def test_quoted_words_are_not_empty() -> None:
    assert read(b"a: 'null'\nb: \"~\"\n").data == {"a": "null", "b": "~"}


def test_the_text_and_the_nodes_can_be_had() -> None:
    for content in (b"a:\n  - b\n", b"a: [b]\n"):
        reading = read(content)
        assert reading.text == content.decode()
        assert reading.tree is not None
        key, node = reading.tree.items["a"]
        assert (key.value, type(node)) == ("a", Sequence)
    broken = read(b"a: [\n")
    assert (broken.text, broken.tree) == ("a: [\n", None)
    nothing = read(b"\xff")
    assert (nothing.text, nothing.tree) == (None, None)
    assert tree_of(b"\xff") == ("", None)
    assert read(b"a" * (MAX_BYTES + 1)).text is None


def test_nodes_know_how_and_where_they_were_written() -> None:
    tree, faults = parse("a: 'b'\nc: {d: [e]}\n")
    assert tree is not None
    assert faults == []
    scalar, mapping = tree.items["a"][1], tree.items["c"][1]
    assert isinstance(scalar, Scalar)
    assert isinstance(mapping, Mapping)
    assert (scalar.style, scalar.spot) == ("'", Spot(3, 6, 0, 3))
    assert (mapping.flow, mapping.spot, tree.flow) == (True, Spot(10, 18, 1, 3), False)


# --- what is wrong ------------------------------------------------------------------------------------------

FAULTS: dict[str, tuple[str | bytes, list[tuple[str, int, int]]]] = {
    "nothing": ("a: b\n", []),
    "no YAML": ("a: b\nc: [\n", [("YML001", 3, 1)]),
    "a key twice": ("a: b\na: c\na: d\n", [("YML002", 2, 1), ("YML002", 3, 1)]),
    "a key twice, composed and not": ("é: b\ne\u0301: c\n", [("YML009", 2, 1), ("YML002", 2, 1)]),
    "an anchor": ("a: &b c\n", [("YML003", 1, 4)]),
    "an alias": ("a: *b\n", [("YML003", 1, 4)]),
    "a merge key": ("<<: {a: b}\n", [("YML003", 1, 1)]),
    "a tag": ("a: !b c\n", [("YML004", 1, 4)]),
    "a directive": ("%YAML 1.1\n---\na: b\n", [("YML004", 1, 1)]),
    "two documents": ("a: b\n---\na: b\n", [("YML005", 2, 1)]),
    "a hidden character": ("a: b\u200bc\n", [("YML006", 1, 5)]),
    "hidden characters and no YAML": ("a: b\u200bc\nd: [\n", [("YML006", 1, 5), ("YML001", 3, 1)]),
    "a hidden character that no parser takes": ("a: b\x01c\nd: [\n", [("YML006", 1, 5)]),
    "a hidden character as an escape": ('a: "b\\u200bc"\n', [("YML006", 1, 4)]),
    "no UTF-8": (b"a: b\nc: \xd8\xa7\xff\n", [("YML007", 2, 5)]),
    "UTF-16 with a mark": ("a: b\n".encode("utf-16"), [("YML007", 1, 1)]),
    "UTF-16 without a mark": ("a: b\n".encode("utf-16-le"), [("YML007", 1, 1)]),
    "a byte-order mark": ("\ufeffa: b\n", [("YML008", 1, 1)]),
    "a byte-order mark and no UTF-8": (b"\xef\xbb\xbfa: \xff\n", [("YML008", 1, 1), ("YML007", 1, 4)]),
    "text in parts": ("a: be\u0301\n# e\u0301\n", [("YML009", 1, 5), ("YML009", 2, 3)]),
    "a conflict": ("a: b\n<<<<<<< x\n=======\n>>>>>>> y\n", [("YML010", 2, 1), ("YML010", 3, 1), ("YML010", 4, 1)]),
    "a conflict with the same key": ("<<<<<<< x\na: b\n=======\na: b\n", [("YML010", 1, 1), ("YML010", 3, 1)]),
    "a conflict in a block": ("a: |\n  b\n  >>>>>>> y\n", [("YML010", 3, 1)]),
    "signs that are no conflict": ("a: |\n  b\n  =======\n  <<<<<<<<\n  <<<<<<<x\n", []),
    "a large file": ("a: b\n" + "#" * MAX_BYTES, [("YML011", 1, 1)]),
    "many nodes": ("a: [" + "b," * MAX_NODES + "]\n", [("YML011", 1, 4 + 2 * (MAX_NODES - 3) + 1)]),
    "as deep as allowed": ("a: " + "[" * (MAX_DEPTH - 1) + "b" + "]" * (MAX_DEPTH - 1) + "\n", []),
    "too deep": ("a: " + "[" * MAX_DEPTH + "b" + "]" * MAX_DEPTH + "\n", [("YML012", 1, 3 + MAX_DEPTH)]),
    "an empty value": ("a:\nb: c\n", [("YML013", 1, 1)]),
    "an empty item": ("a: ['']\n", [("YML013", 1, 5)]),
    "an empty mapping": ("a: {}\n", [("YML013", 1, 1)]),
    "an empty list in a list": ("a: [b, []]\n", [("YML013", 1, 8)]),
    "no file": ("", [("YML014", 1, 1)]),
    "a list": ("- a\n", [("YML014", 1, 1)]),
    "a text": ("a\n", [("YML014", 1, 1)]),
    "an empty text": ("''\n", [("YML014", 1, 1)]),
    "a list of empty items": ("- ~\n- ''\n", [("YML014", 1, 1)]),
    "a list as a key": ("[a]: b\n", [("YML014", 1, 1)]),
    "an empty key": ("~: b\n", [("YML014", 1, 1)]),
    "a long key": ("? " + "a" * (MAX_KEY + 1) + "\n: b\n", [("YML014", 1, 3)]),
    "no last line feed": ("a: b", [("YML016", 1, 5)]),
    "carriage returns": ("a: b\r\nc: d\r\n", [("YML016", 1, 5)]),
    "a long text": ("a: " + "b" * 65_537 + "\n", [("YML017", 1, 4)]),
}


@pytest.mark.parametrize(("content", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_every_fault_has_its_code_and_place(content: str | bytes, expected: list[tuple[str, int, int]]) -> None:
    assert told(content) == expected
    reading = read(content.encode() if isinstance(content, str) else content)
    assert (reading.data is None) == any(fault.fatal for fault in reading.faults)


FATAL = {"YML001", "YML002", "YML003", "YML004", "YML005", "YML007", "YML010", "YML011", "YML012", "YML014", "YML017"}


@pytest.mark.parametrize(("content", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_a_file_has_no_data_where_what_it_means_is_not_certain(
    content: str | bytes, expected: list[tuple[str, int, int]]
) -> None:
    data = read(content.encode() if isinstance(content, str) else content).data
    codes = {code for code, _, _ in expected}
    if codes & FATAL:
        assert data is None
    elif "\x01" not in str(content):
        assert data is not None


def test_messages_say_what_and_what_to_do() -> None:
    messages = [fault.message for content, _ in FAULTS.values() for fault in read(as_bytes(content)).faults]
    assert "a is there twice" in messages
    assert "hidden character U+200B ZERO WIDTH SPACE: take it out" in messages
    assert "lines end in CR LF: use LF alone" in messages
    assert "the last line does not end: add a line feed" in messages
    assert "b is an empty mapping: leave the key out" not in messages
    assert "a is an empty mapping: leave the key out" in messages
    assert "not UTF-8: byte 0xff stands for no character here; save the file as UTF-8" in messages
    assert read(b"a: b\r\nc: d\n").faults[0].message == "lines end in CR LF mixed with others: use LF alone"


def as_bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


@pytest.mark.parametrize(
    ("content", "fix"),
    [(b"a: b", "LF"), (b"a: b\r\n", "LF"), ("a: e\u0301\n".encode(), "NFC")],
)
def test_what_can_be_mended_says_so(content: bytes, fix: str) -> None:
    assert [fault.fix for fault in read(content).faults] == [fix]


def test_a_code_is_told_a_hundred_times_and_then_counted() -> None:
    faults = read(b"a: [" + b"''," * 150 + b"]\n").faults
    assert len(faults) == MAX_OF_ONE_CODE
    assert faults[-1].message == (
        "an item of the list is empty: leave the key out (and 50 more of YML013 in this file)"
    )
    assert "more of" not in read(b"a: [" + b"''," * 100 + b"]\n").faults[-1].message


def test_codes_are_counted_apart() -> None:
    faults = Faults()
    for number in range(MAX_OF_ONE_CODE + 2):
        for code in ("YML006", "YML013"):
            if faults.wants(code):
                faults.add(Fault(code, f"{code} {number}", START))
    assert faults.has("YML006")
    assert not faults.has("YML001")
    kept = faults.told(without=("YML006",))
    assert len(kept) == MAX_OF_ONE_CODE
    assert kept[-1].message == f"YML013 {MAX_OF_ONE_CODE - 1} (and 2 more of YML013 in this file)"
    assert len(faults.told()) == 2 * MAX_OF_ONE_CODE


# --- places in the text -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "at", "line", "column"),
    [
        ("", 0, 0, 0),
        ("ab\ncd", 4, 1, 1),
        ("ab\r\ncd", 4, 1, 0),
        ("ab\rcd", 4, 1, 1),
        ("ab\n\r\n\rcd", 6, 3, 0),
        ("ا\nب ت", 4, 1, 2),
        ("a\u2028b", 2, 0, 2),
    ],
)
def test_lines_end_in_line_feeds_carriage_returns_or_both(text: str, at: int, line: int, column: int) -> None:
    assert spot_at(text, at, at + 1) == Spot(at, at + 1, line, column)
    starts = line_starts(text)
    assert starts[line] + column == at


# --- time ---------------------------------------------------------------------------------------------------


def seconds(content: bytes) -> float:
    start = time.process_time()
    read_fully(content)
    return time.process_time() - start


@pytest.mark.parametrize(
    "unit",
    [
        b"- ''\n",
        "- '\u202e'\n".encode(),
        "# e\u0301\n".encode(),
        "# \u0301\u0316\n".encode(),
        b"<<<<<<< a\n",
        b"#\r\n",
        b'- "\\u202e"\n',
    ],
)
def test_time_grows_no_faster_than_the_file(unit: bytes) -> None:
    def content(count: int) -> bytes:
        return b"a:\n" + unit * count

    small, large = (min(seconds(content(count)) for _ in range(3)) for count in (2500, 20_000))
    assert large < 8 * 4 * small + 0.05


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: {en: A\ncategory: donor\n", "a comma or a closing } is missing; the { is on line 1"),
        ("a: 1\nname: [a\nb: c\n", "a comma or a closing ] is missing; the [ is on line 2"),
        ('a: 1\nname: "abc\nb: c\n', "the quotation mark on line 2 is never closed"),
        ("name:\n\ten: x\n", "a tab in the indentation: use spaces"),
        ("name:\n  en: x\n\tfr: y\n", "a tab in the indentation: use spaces"),
        ("name: Plan: two\n", "a second colon on the line: put the text that holds it in quotes"),
        (
            "name\nb: c\n",
            "a key cannot stand here: look at the indentation, and at the line before, which may lack its colon",
        ),
        ("name: @home\n", "no value begins with @: put it in quotes"),
        ("name: 'a' b\n", "no key can stand here: look at the indentation, the quotes and the brackets"),
        ('name: "\\q"\n', "a backslash in double quotes: write it twice, or use single quotes"),
    ],
)
def test_what_is_no_yaml_is_told_in_plain_words(text: str, said: str) -> None:
    assert [fault.message for fault in read_fully(text.encode()).faults] == [f"not readable as YAML: {said}"]


def test_without_the_limit_of_depth_a_deep_file_would_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "a: " + "[" * 40 + "b" + "]" * 40 + "\n"
    assert [fault.code for fault in parse(deep)[1]] == ["YML012"]
    monkeypatch.setattr(nodes, "MAX_DEPTH", 1000)
    assert parse(deep)[1] == []

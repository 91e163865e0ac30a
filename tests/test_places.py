"""Every finding stands where its cause stands: file, line, column and end, counted from 1 in code points."""

import pytest

from erc_cli.commands.check import check
from erc_cli.core.findings import Finding, Path, Place, Problem, Related
from erc_cli.store import places as module
from erc_cli.store.load import load
from erc_cli.store.places import Places
from factories import MemorySource, raw_source, source

PATH = "data/partners/example.yaml"
NAME = "name: {en: a, fr: b, ar: ت}\n"
GOOD = NAME + "category: governmental\n"


def found(text: str, code: str) -> list[Finding]:
    """The findings of that code in the file of a partner."""
    findings = check(raw_source(text.encode())).findings
    return [finding for finding in findings if finding.code == code and finding.place and finding.place.path == PATH]


def marked(text: str) -> tuple[str, Place]:
    """The text without its marks `⟦` and `⟧`, and the place that they stand around."""
    before, _, rest = text.partition("⟦")
    inside, _, after = rest.partition("⟧")
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    return before + inside + after, Place(PATH, line, column, column + len(inside))


# What is wrong: its code, its field, the file with marks around its place.
AT: dict[str, tuple[str, str, str]] = {
    "an unknown key": ("SCH001", "motto", GOOD + "⟦motto⟧: x\n"),
    "an unknown key of a mapping": ("SCH001", "motto", GOOD + "⟦motto⟧:\n  a: b\n"),
    "an unknown key of a list": ("SCH001", "motto", GOOD + "⟦motto⟧: [a]\n"),
    "an unknown key of an item": ("SCH001", "contacts.a.motto", GOOD + "contacts: [{id: a, role: b, ⟦motto⟧: x}]\n"),
    "an unknown language": ("SCH008", "name.de", "name: {en: a, fr: b, ar: ت, ⟦de⟧: d}\ncategory: donor\n"),
    "a word that is not allowed": ("SCH004", "category", NAME + "category: ⟦donors⟧\n"),
    "a quoted word that is not allowed": ("SCH004", "category", NAME + "category: ⟦'donors'⟧\n"),
    "a word with an escape": ("SCH004", "category", NAME + 'category:   ⟦"do\\x6eors"⟧\n'),
    "a word with a comment": ("SCH004", "category", NAME + "category: ⟦donors⟧ # really\n"),
    "a missing key": ("SCH002", "category", "# a comment\n⟦name⟧: {en: a, fr: b, ar: ت}\n"),
    "a missing key of an item": ("SCH002", "contacts.head.role", GOOD + "contacts:\n  - ⟦id⟧: head\n"),
    "a missing key of a flow item": ("SCH002", "contacts.head.role", GOOD + "contacts: [{⟦id⟧: head}]\n"),
    "a missing id": ("SCH002", "contacts.0.id", GOOD + "contacts:\n  - ⟦role⟧: a\n"),
    "a missing key of a mapping": ("SCH002", "source.document", GOOD + "⟦source⟧:\n  part: x\n"),
    "a missing key of a flow mapping": ("SCH002", "source.document", GOOD + "⟦source⟧: {part: x}\n"),
    "a text for a list": ("SCH003", "aliases", GOOD + "aliases: ⟦x y⟧\n"),
    "a list for a text": ("SCH003", "notes", GOOD + "⟦notes⟧: [a]\n"),
    "a block list for a text": ("SCH003", "notes", GOOD + "⟦notes⟧:\n  - a\n"),
    "a list in a list": ("SCH003", "aliases.0", GOOD + "aliases:\n  - ⟦- a⟧\n"),
    "an item of a flow list": ("SCH010", "covers.1", GOOD + "covers: [sa, ⟦zz⟧, ma]\n"),
    "an item of a block list": ("SCH010", "covers.1", GOOD + "covers:\n  - sa\n  - ⟦zz⟧\n"),
    "an item behind empty ones": ("SCH010", "covers.1", GOOD + "covers: [~, sa, '', ⟦zz⟧]\n"),
    "a field of an item": (
        "SCH006",
        "flags.2019-01-01.closed",
        GOOD + "flags:\n  - {opened: 2019-01-01, level: red, reason: a, closed: ⟦2019-02-30⟧}\n",
    ),
    "a field of the second item": (
        "SCH004",
        "flags.2019-02-01.level",
        GOOD
        + "flags:\n  - {opened: 2019-01-01, level: red, reason: a}\n"
        + "  - opened: 2019-02-01\n    reason: a\n    level: ⟦blue⟧\n",
    ),
    "a field of an item behind an empty one": (
        "SCH004",
        "flags.2019-02-01.level",
        GOOD + "flags:\n  -\n  - {opened: 2019-02-01, reason: a, level: ⟦blue⟧}\n",
    ),
    "a field of one of two items of one key": (
        "SCH004",
        "documents.1.kind",
        GOOD
        + "documents:\n  - {id: a, kind: deed, title: {en: a, fr: b, ar: ت}}\n"
        + "  - {id: a, kind: ⟦x⟧, title: {en: a, fr: b, ar: ت}}\n",
    ),
    "a field of an item with a very long key": (
        "SCH003",
        "identifiers.0.value",
        GOOD + f"identifiers:\n  - {{scheme: {'a' * 101}, ⟦value⟧: [x]}}\n",
    ),
    "Arabic before it": ("SCH004", "category", "{name: {en: a, fr: b, ar: منظمة التعاون}, category: ⟦x⟧}\n"),
    "Arabic in it": ("SCH004", "category", NAME + "category: ⟦منظمة⟧\n"),
    "characters of four bytes before it": ("SCH003", "notes", "{category: donor, name: {en: 😀😀}, ⟦notes⟧: [a]}\n"),
    "a folded text": ("SCH004", "category", NAME + "category: ⟦>-⟧\n  not a\n  category\n"),
    "a plain text of two lines": ("SCH004", "category", NAME + "category: ⟦not a⟧\n  category\n"),
    "an empty value": ("YML013", "", NAME + "⟦notes⟧:\ncategory: donor\n"),
    "an empty item": ("YML013", "", GOOD + "aliases: [a, ⟦~⟧]\n"),
    "an empty list": ("YML013", "", GOOD + "⟦aliases⟧: []\n"),
    "a key twice": ("YML002", "", GOOD + "⟦category⟧: donor\n"),
    "a hidden character": ("YML006", "", GOOD + "notes: ملا⟦\u202e⟧حظة\n"),
    "a hidden character in a comment": ("YML006", "", "# ا⟦\u200b⟧\n" + GOOD),
    "a hidden character as an escape": ("YML006", "", GOOD + 'notes: ⟦"a\\u202eb"⟧\n'),
    "a conflict marker": ("YML010", "", NAME + "⟦<<<<<<< HEAD⟧\ncategory: donor\n"),
    "letters in parts": ("YML009", "", GOOD + "notes: abc⟦e\u0301⟧d\n"),
    "an anchor": ("YML003", "", NAME + "category: ⟦&a donor⟧\n"),
    "an alias": ("YML003", "", NAME + "category: ⟦*a⟧\n"),
    "a tag": ("YML004", "", NAME + "category: ⟦!!str donor⟧\n"),
    "a second document": ("YML005", "", GOOD + "⟦---⟧\na: b\n"),
    "a character that begins no text": ("YML001", "", GOOD + "notes: ⟦@⟧\n"),
    "a byte that is no character": ("YML007", "", GOOD + "notes: ا⟦\udcff⟧\n"),
    "a line that does not end": ("YML016", "", GOOD + "notes: a⟦⟧"),
    "lines that end in CR LF": ("YML016", "", GOOD + "notes: a⟦⟧\r\nlinks: []\r\n"),
    "something behind lines that end in CR LF": (
        "YML002",
        "",
        "notes: a\r\n\r\n".replace("\r\n", "\r\n") + "⟦notes⟧: b\r\n",
    ),
    "something behind a line separator": ("YML002", "", GOOD + "notes: 'a\u2028b'\n⟦notes⟧: a\n"),
    "something behind a next line": ("YML002", "", GOOD + "source: {part: a, document: 'a\u0085b', ⟦part⟧: b}\n"),
}


@pytest.mark.parametrize(("code", "field", "text"), AT.values(), ids=AT.keys())
def test_a_finding_stands_where_its_cause_stands(code: str, field: str, text: str) -> None:
    text, place = marked(text)
    findings = check(raw_source(text.encode("utf-8", "surrogateescape"))).findings
    at = [(f.field_address, f.place) for f in findings if f.code == code and f.place and f.place.path == PATH]
    assert (field, place) in at
    assert len(at) == 1 or code in ("YML013", "SCH002")


def test_lines_that_end_in_a_carriage_return_are_lines() -> None:
    (finding,) = found("name: {en: a, fr: b, ar: c}\rcategory: donors\r", "SCH004")
    assert finding.place == Place(PATH, 2, 11, 17)


def test_a_byte_order_mark_is_no_column() -> None:
    (finding,) = found("\ufeffcategory: donors\n" + NAME, "SCH004")
    assert finding.place == Place(PATH, 1, 11, 17)


def test_a_key_twice_names_the_first_place() -> None:
    (finding,) = found(GOOD + "source:\n  part: a\n  document: c\n  part: b\n", "YML002")
    (related,) = finding.problem.related
    assert (finding.place, related.place) == (Place(PATH, 6, 3, 7), Place(PATH, 4, 3, 7))


# --- looking up ---------------------------------------------------------------------------------------------

BUDGET = b"""\
staff:
  lines:
    - id: salaries
      title:
        en: a
        fr: b
        ar: c
      years:
        2019: 1.00
      total: 1.00
    - id: posts
      title: {en: a, fr: b, ar: c}
      years: {2019: 2.00, 2020: 3.00}
      total: 5.00
  total: 6.00
"""


class _Files(MemorySource):
    """Files as on a disk, with what was asked for."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(files)
        self.asked: list[str] = []

    def content(self, path: str) -> bytes:
        """Return the bytes of a file and remember which. Raises FileNotFoundError."""
        self.asked.append(path)
        if path not in self.files:
            raise FileNotFoundError(path)
        return super().content(path)


def places(files: dict[str, bytes]) -> Places:
    whole = _Files({**source({}).files, **files})
    return Places(whole, load(whole).paths)


@pytest.mark.parametrize(
    ("field", "line", "column", "end"),
    [
        ((), 1, 1, 6),
        (("staff",), 1, 1, 6),
        (("staff", "total"), 15, 10, 14),
        (("staff", "lines"), 2, 3, 8),
        (("staff", "lines", "posts"), 11, 7, 9),
        (("staff", "lines", 1), 11, 7, 9),
        (("staff", "lines", "posts", "years", "2020"), 13, 33, 37),
        (("staff", "lines", 1, "years", "2020"), 13, 33, 37),
        (("staff", "lines", "posts", "years", 2020), 13, 33, 37),
        (("staff", "lines", "salaries", "years"), 8, 7, 12),
        (("staff", "lines", "salaries", "years", "2021"), 8, 7, 12),
        (("staff", "lines", "nobody"), 2, 3, 8),
        (("staff", "lines", "nobody", "total"), 2, 3, 8),
        (("staff", "lines", 7, "total"), 2, 3, 8),
        (("staff", "total", "deeper"), 15, 10, 14),
        (("nothing",), 1, 1, 6),
    ],
)
def test_a_field_is_where_its_value_is_or_its_key_or_what_is_around_it(
    field: Path, line: int, column: int, end: int
) -> None:
    assert places({"data/budget.yaml": BUDGET}).of("budget", field) == Place("data/budget.yaml", line, column, end)


@pytest.mark.parametrize("address", ["partners/none", "partners/none.name.en", "elsewhere/none"])
def test_a_record_without_file_is_at_the_start_of_the_file_it_would_have(address: str) -> None:
    path = f"data/{address.split('.')[0]}.yaml"
    assert places({}).of(address, ("name",)) == Place(path, 1, 1, 1)


def test_a_file_that_cannot_be_read_has_a_start() -> None:
    assert places({"data/partners/a.yaml": b"["}).of("partners/a", ("name",)) == Place("data/partners/a.yaml", 1, 1, 1)


def test_lines_are_given_without_their_ends_and_no_longer_than_needed() -> None:
    looked = places({"data/partners/a.yaml": b"a: b\r\nc: d\re: f\n" + b"# " + b"x" * 5000})
    path = "data/partners/a.yaml"
    assert [looked.line(path, number) for number in (0, 1, 2, 3, 5)] == ["", "a: b", "c: d", "e: f", ""]
    assert looked.line(path, 4) == "# " + "x" * 998
    assert looked.line("data/partners/none.yaml", 1) == ""


def problem(field: Path, related: tuple[Related, ...] = ()) -> Finding:
    return Finding("BUD005", "error", Problem("budget", field, "wrong", related))


def test_positions_become_keys_and_related_places_are_found() -> None:
    looked = places({"data/budget.yaml": BUDGET})
    known = Place("elsewhere", 9, 9, 9)
    related = (
        Related("budget", ("staff", "lines", 0, "total"), "an addend"),
        Related("budget", ("staff",), "known", known),
    )
    (finding,) = looked.locate([problem(("staff", "lines", 1, "years", "2019"), related)])
    assert finding.field_address == "staff.lines.posts.years.2019"
    assert finding.place == Place("data/budget.yaml", 13, 21, 25)
    first, second = finding.problem.related
    assert (first.field, first.place) == (
        ("staff", "lines", "salaries", "total"),
        Place("data/budget.yaml", 10, 14, 18),
    )
    assert (second.field, second.place) == (("staff",), known)


def test_a_place_that_is_known_stays() -> None:
    looked = places({"data/budget.yaml": BUDGET})
    known = Place("elsewhere", 9, 9, 9)
    whole = Finding("YML001", "error", Problem("budget", (), "wrong"), known)
    inner = Finding("SCH003", "error", Problem("budget", ("staff", "lines", 0), "wrong"), known)
    both = Finding("SCH003", "error", Problem("budget", (), "wrong", (Related("budget", ("staff",), "x"),)), known)
    located = looked.locate([whole, inner, both])
    assert located[0] is whole
    assert (located[1].place, located[1].field_address) == (known, "staff.lines.salaries")
    assert (located[2].place, located[2].problem.related[0].place) == (known, Place("data/budget.yaml", 1, 1, 6))


def test_a_file_is_read_once_however_many_findings_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"data/partners/p{number}.yaml": GOOD.encode() + b"# " + b"x" * 500 + b"\n" for number in range(9)}
    counting = _Files(files)
    monkeypatch.setattr(module, "MAX_KEPT", 1000)
    looked = Places(counting, {})
    findings = [
        Finding("PAR001", "error", Problem(f"partners/p{number}", (name,), "wrong"))
        for name in ("name", "category", "name")
        for number in range(9)
    ]
    located = looked.locate(findings)
    assert [finding.problem for finding in located] == [finding.problem for finding in findings]
    assert [finding.place.line for finding in located if finding.place] == [1] * 9 + [2] * 9 + [1] * 9
    assert sorted(counting.asked) == sorted(files)
    assert len(looked._files) == 1, "too much is kept"
    looked.line("data/partners/p0.yaml", 1)
    assert len(counting.asked) == 10

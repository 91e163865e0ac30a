"""Whatever the bytes of a file: findings and an exit code, no traceback, no crash, and nothing raw on the terminal.

Small files stand in `hostile/`, named `what-it-is.CODE.yaml` after a code that must be among the findings, or OK where
there must be no error. Large ones are made here.
"""

import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from erc_cli.commands.check import check
from erc_cli.core.findings import Finding
from erc_cli.core.records.shape import fields_of
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.store.emit import emit
from erc_cli.store.reader import MAX_BYTES, read, read_fully
from erc_cli.store.worktree import SINGLE
from factories import MINIMAL, raw_source, source

HERE = Path(__file__).resolve().parent
FILES = sorted(HERE.glob("hostile/*.yaml"))
GOOD = "name: {en: Union, fr: Union, ar: اتحاد}\ncategory: governmental\n"

SECONDS = 5
SPACE = 1 << 30


def filled(start: str, unit: str, end: str = "", size: int = MAX_BYTES - 64) -> str:
    """As much of `unit` as a file may hold, between a start and an end."""
    return start + unit * ((size - len((start + end).encode())) // len(unit.encode())) + end


def numbered(start: str, unit: str, end: str = "", size: int = MAX_BYTES - 64) -> str:
    """The same with a number in each unit."""
    count = (size - len(start + end)) // len(unit.format(999_999).encode())
    return start + "".join(unit.format(number) for number in range(count)) + end


def steps(levels: int) -> str:
    return "".join(" " * level + "a:\n" for level in range(levels))


LARGE: dict[str, tuple[str, Callable[[], str | bytes]]] = {
    "nested lists": ("YML012", lambda: "[" * 100_000),
    "nested lists that end": ("YML012", lambda: GOOD + "covers: " + "[" * 100_000 + "]" * 100_000 + "\n"),
    "nested mappings": ("YML014", lambda: "{" * 100_000),
    "nested mappings with keys": ("YML012", lambda: filled("", "{a: ")),
    "nested lists and mappings": ("YML012", lambda: filled("", "[{a: ")),
    "nested dashes": ("YML012", lambda: filled("", "- ", "a\n")),
    "nested question marks": ("YML014", lambda: filled("", "? ", "a\n")),
    "nested steps": ("YML012", lambda: steps(1400)),
    "exactly as deep as allowed": ("SCH001", lambda: GOOD + "a: " + "[" * 31 + "b" + "]" * 31 + "\n"),
    "one level too deep": ("YML012", lambda: GOOD + "a: " + "[" * 32 + "b" + "]" * 32 + "\n"),
    "many aliases": ("YML003", lambda: filled("a: &a b\nc: [", "*a, ", "]\n")),
    "many anchors": ("YML003", lambda: numbered("", "k{0}: &k{0} a\n")),
    "many tags": ("YML004", lambda: filled("a: [", "!!str a, ", "]\n")),
    "exclamation marks": ("YML004", lambda: filled("a: ", "!", "\n")),
    "ampersands": ("YML001", lambda: filled("a: ", "&", "\n")),
    "percent signs": ("YML001", lambda: filled("", "%", "\n")),
    "colons": ("YML017", lambda: filled("", ":", "\n")),
    "colons and spaces": ("YML001", lambda: filled("", ": ", "\n")),
    "quotes": ("YML001", lambda: filled("a: ", "'", "'b\n")),
    "double quotes": ("YML001", lambda: filled("a: ", '"', '"b\n')),
    "commas": ("YML001", lambda: filled("a: [", ",", "]\n")),
    "vertical bars": ("YML001", lambda: filled("a: ", "|", "\n")),
    "number signs": ("YML014", lambda: filled("", "#", "\n")),
    "spaces": ("YML014", lambda: filled("", " ", "\n")),
    "tabs": ("YML001", lambda: filled("", "\t", "\n")),
    "line feeds": ("YML014", lambda: filled("", "\n")),
    "carriage returns": ("YML016", lambda: filled(GOOD, "\r")),
    "lines that end in two ways": ("YML016", lambda: filled(GOOD, "#\r\n#\n")),
    "NULs": ("YML006", lambda: filled("", "\0")),
    "escape characters": ("YML006", lambda: filled(GOOD + "# ", "\x1b", "\n")),
    "bidirectional overrides": ("YML006", lambda: filled(GOOD + "notes: ", "\u202e", "\n")),
    "bidirectional overrides as escapes": ("YML006", lambda: filled(GOOD + 'notes: "', "\\u202e", '"\n', 60_000)),
    "zero width joiners": ("YML006", lambda: filled(GOOD + "# ", "\u200d", "\n")),
    "line separators": ("YML006", lambda: filled(GOOD + "# a\n", "\u2028# b\n")),
    "next lines": ("YML006", lambda: filled(GOOD + "# a\n", "\u0085# b\n")),
    "marks above and below in turn": ("YML009", lambda: filled(GOOD + "# a", "\u0301\u0316", "\n")),
    "marks above and below in turn, in texts": (
        "YML009",
        lambda: GOOD + "aliases:\n" + "".join(filled("  - a", "\u0301\u0316", "\n", 60_000) for _ in range(17)),
    ),
    "marks above and below in turn, in keys": (
        "YML009",
        lambda: GOOD + "".join(filled(f"? k{n}", "\u0301\u0316", "\n: b\n", 60_000) for n in range(17)),
    ),
    "marks in order": ("OK", lambda: filled(GOOD + "# a", "\u0316", "\n")),
    "letters in parts on every line": ("YML009", lambda: filled(GOOD, "# e\u0301\n")),
    "conflict markers": ("YML010", lambda: filled(GOOD, "<<<<<<< a\n=======\n>>>>>>> b\n")),
    "conflict markers in a block": ("YML010", lambda: filled(GOOD + "notes: |\n", "  <<<<<<< a\n", size=60_000)),
    "a text as long as allowed": ("OK", lambda: GOOD + "notes: " + "a" * 65_536 + "\n"),
    "a text that is too long": ("YML017", lambda: GOOD + "notes: " + "a" * 65_537 + "\n"),
    "a text that is too long in bytes": ("YML017", lambda: GOOD + "notes: " + "ا" * 32_769 + "\n"),
    "a text as long as allowed in bytes": ("OK", lambda: GOOD + "notes: " + "ا" * 32_768 + "\n"),
    "a block of empty lines": ("YML017", lambda: filled(GOOD + "notes: |+\n", "\n")),
    "a block of steps": ("YML017", lambda: filled(GOOD + "notes: >\n", "  a\n\n   b\n")),
    "a quote of many lines": ("YML017", lambda: filled(GOOD + "notes: '", "a\n\n  ", "'\n")),
    "a plain text of many lines": ("YML017", lambda: filled(GOOD + "notes: a\n", "  b\n\n", "\n")),
    "a long key": ("YML014", lambda: GOOD + "? " + "a" * 1025 + "\n: b\n"),
    "a long key on one line": ("YML001", lambda: GOOD + "a" * 100_000 + ": b\n"),
    "long keys that are unknown": ("SCH001", lambda: GOOD + numbered("", "categor{0:01000}: b\n", size=900_000)),
    "keys that are nearly right": ("SCH001", lambda: numbered(GOOD, "categor{0}: b\n", size=800_000)),
    "many unknown keys": ("SCH001", lambda: numbered(GOOD, "k{0}: a\n", size=500_000)),
    "many unknown languages": ("SCH003", lambda: numbered("category: donor\nname:\n", "  k{0}: a\n", size=500_000)),
    "the same key again and again": ("YML002", lambda: filled(GOOD, "a: b\n", size=240_000)),
    "many empty values": ("YML013", lambda: numbered(GOOD, "k{0}:\n", size=440_000)),
    "many empty items": ("YML013", lambda: filled(GOOD + "covers:\n", "- \n", size=290_000)),
    "many empty lists": ("YML013", lambda: filled(GOOD + "covers: [", "[],", "]\n", size=290_000)),
    "many wrong items": ("SCH010", lambda: filled(GOOD + "covers:\n", "- a\n", size=390_000)),
    "many items that are no mappings": ("SCH003", lambda: filled(GOOD + "contacts:\n", "- a\n", size=390_000)),
    "many items without keys": ("SCH002", lambda: filled(GOOD + "contacts:\n", "- {a: b}\n", size=290_000)),
    "many items with one id": ("IDS002", lambda: filled(GOOD + "contacts:\n", "- {id: a, role: b}\n", size=370_000)),
    "many ids that are none": (
        "IDS001",
        lambda: numbered(GOOD + "contacts:\n", "- {{id: A{0}, role: b}}\n", size=470_000),
    ),
    "many words that are not allowed": ("SCH004", lambda: filled(GOOD + "roles:\n", "- donors\n", size=890_000)),
    "more keys than allowed": ("YML011", lambda: numbered(GOOD, "k{0}: a\n")),
    "more items than allowed": ("YML011", lambda: filled(GOOD + "covers: [", "a,", "]\n")),
    "more empty lists than allowed": ("YML011", lambda: filled(GOOD + "covers: [", "[],", "]\n")),
    "many references to nothing": ("REF001", lambda: numbered(GOOD + "distinct_from:\n", "- partners/p{0}\n")),
    "many links that are none": ("SCH003", lambda: filled(GOOD + "links:\n", "- http://a\n")),
    "a link that could take long to match": ("SCH003", lambda: GOOD + "links: ['https://" + "a" * 60_000 + " ']\n"),
    "a reference that could take long to match": (
        "SCH003",
        lambda: GOOD + "succeeds: partners/" + "a-" * 30_000 + "\n",
    ),
    "a text that is nearly a word": ("SCH004", lambda: GOOD.replace("governmental", "governmental" * 5000)),
    "a number of many digits": (
        "SCH005",
        lambda: (
            GOOD + f"due_diligence: [{{on: 2019-01-01, result: pass, by: isesco, valid_months: {'9' * 60_000}.}}]\n"
        ),
    ),
    "exactly as large as allowed": ("OK", lambda: filled(GOOD + "#", "a", "\n", MAX_BYTES)),
    "one byte too large": ("YML011", lambda: filled(GOOD + "#", "a", "\n", MAX_BYTES + 1)),
    "much too large": ("YML011", lambda: b"a" * 50_000_000),
    "bytes without sense": ("YML007", lambda: random.Random(1).randbytes(MAX_BYTES)),
}


# --- in a process of its own, with little time and space ------------------------------------------------------


def limited() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (SPACE, SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def run_check(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`erc check` as people run it: five seconds and one gibibyte, output read as UTF-8."""
    run = subprocess.run(
        [sys.executable, "-m", "erc_cli", "-C", str(root), "check", "--no-cache", *words],
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        preexec_fn=limited if hasattr(os, "fork") else None,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS * 6,
        check=False,
    )
    assert "Traceback" not in run.stderr, run.stderr
    assert "a bug in erc" not in run.stderr, run.stderr
    assert raw_characters(run.stdout + run.stderr) == set()
    return run


_RAW = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e0fff]"
)


def raw_characters(text: str) -> set[str]:
    return set(_RAW.findall(text))


def errors_in(output: str) -> set[str]:
    return set(re.findall(r"^[^\n]*?: error ([A-Z]{3}[0-9]{3}) ", output, re.MULTILINE))


def codes_in(output: str) -> set[str]:
    return set(re.findall(r"^[^\n]*?: (?:error|warning) ([A-Z]{3}[0-9]{3}) ", output, re.MULTILINE))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small register."""
    for path, content in source({"partners/oic": {}}).files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    return tmp_path


@pytest.mark.parametrize(("code", "build"), LARGE.values(), ids=LARGE.keys())
def test_a_large_file_is_checked_in_little_time_and_space(
    root: Path, code: str, build: Callable[[], str | bytes]
) -> None:
    content = build()
    (root / "data/partners/hostile.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
    run = run_check(root)
    if code == "OK":
        assert (run.returncode, errors_in(run.stdout)) == (0, set()), run.stdout[:1000] + run.stderr
    else:
        assert run.returncode == (0 if code in ("YML016",) else 1), run.stdout[:1000] + run.stderr
        assert code in codes_in(run.stdout), run.stdout[:1000] + run.stderr
        assert len(run.stdout) < 3_000_000


def test_all_small_files_are_checked_at_once(root: Path) -> None:
    for number, path in enumerate(FILES):
        (root / f"data/partners/h-{number:03}.yaml").write_bytes(path.read_bytes())
    run = run_check(root)
    assert run.returncode == 1
    told = codes_in(run.stdout)
    assert {path.name.split(".")[1] for path in FILES} - {"OK"} <= told


@pytest.mark.long
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_small_file_is_checked_in_little_time_and_space(root: Path, path: Path) -> None:
    code = path.name.split(".")[1]
    (root / "data/partners/hostile.yaml").write_bytes(path.read_bytes())
    run = run_check(root)
    assert run.returncode == (1 if errors_in(run.stdout) else 0)
    assert code in codes_in(run.stdout) if code != "OK" else run.returncode == 0


@pytest.mark.parametrize(
    "content", [b"[", b"\xff", b"", b"a: b\n", b"&a", b"[" * 100_000, b"languages: [en, [fr], {a: b}]\n"]
)
@pytest.mark.parametrize("record", SINGLE)
def test_a_hostile_plan_or_budget_is_a_finding_too(root: Path, record: str, content: bytes) -> None:
    (root / f"data/{record}.yaml").write_bytes(content)
    run = run_check(root)
    assert run.returncode == 1
    assert codes_in(run.stdout)


# --- here, one after the other --------------------------------------------------------------------------------


def found(content: bytes, address: str = "partners/hostile") -> list[Finding]:
    return list(check(raw_source(content, address)).findings)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_wrong_with_a_small_file_is_told(path: Path) -> None:
    findings = found(path.read_bytes())
    code = path.name.split(".")[1]
    if code == "OK":
        assert [finding for finding in findings if finding.severity == "error"] == []
    else:
        assert code in {finding.code for finding in findings}
    for finding in findings:
        assert finding.place is not None
        assert finding.place.line >= 1
        assert finding.place.column >= 1


SHAPES: dict[str, Any] = {
    "a text": "x",
    "a list of texts": ["x", "y"],
    "a list of mappings": [{"x": "y"}, {"id": "x"}],
    "a mapping": {"x": "y"},
    "a mapping of mappings": {"en": {"x": "y"}, "x": {"y": {"z": "x"}}},
    "a list of lists": [["x"], [["y"]]],
    "markup": "[/b]\x1b[31m<b>::error::\u202e",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
@pytest.mark.parametrize("folder", RECORD_TYPES)
def test_a_record_of_every_type_with_every_field_of_a_wrong_shape(folder: str, shape: Any) -> None:
    address = folder if folder in SINGLE else f"{folder}/hostile"
    model = RECORD_TYPES[folder]
    for key in [None, *(field.key for field in fields_of(model))]:
        data = {field.key: shape for field in fields_of(model)} if key is None else {**MINIMAL[folder], key: shape}
        findings = found(emit(data).encode("utf-8", "replace"), address)
        assert all(finding.place for finding in findings)
        if key is None:
            assert [finding for finding in findings if finding.code.startswith("SCH")]


# --- what is no plain file ------------------------------------------------------------------------------------


def make_unreadable(path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("nothing is forbidden to root")
    path.write_text(GOOD)
    path.chmod(0)


SPECIAL: dict[str, tuple[str, str, Callable[[Path], Any]]] = {
    "a link": ("link.yaml", "YML015", lambda path: path.symlink_to("oic.yaml")),
    "a link to nothing": ("link.yaml", "YML015", lambda path: path.symlink_to("nothing.yaml")),
    "a link to itself": ("link.yaml", "YML015", lambda path: path.symlink_to("link.yaml")),
    "a link out of the repository": ("link.yaml", "YML015", lambda path: path.symlink_to("/etc/passwd")),
    "a link to a device": ("link.yaml", "YML015", lambda path: path.symlink_to("/dev/zero")),
    "a link to a folder": ("link", "YML015", lambda path: path.symlink_to(".")),
    "a pipe": ("pipe.yaml", "YML015", os.mkfifo),
    "a folder": ("folder.yaml", "YML019", Path.mkdir),
    "a folder deeper": ("deeper", "YML019", Path.mkdir),
    "no permission": ("secret.yaml", "YML015", make_unreadable),
    "a name with a line feed": ("a\nb::error::.yaml", "IDS001", lambda path: path.write_text(GOOD)),
    "a name with escapes": ("a\x1b[31m\u202e.yaml", "IDS001", lambda path: path.write_text(GOOD)),
    "a name with markup": ("[bold]a[-b].yaml", "IDS001", lambda path: path.write_text(GOOD)),
    "a name in Arabic": ("اتحاد.yaml", "IDS001", lambda path: path.write_text(GOOD)),
    "a name in capitals": ("OIC.yaml", "IDS001", lambda path: path.write_text(GOOD)),
    "a long name": ("a" * 200 + ".yaml", "IDS001", lambda path: path.write_text(GOOD)),
    "no name": ("_.yaml", "IDS001", lambda path: path.write_text(GOOD)),
    "another ending": ("oic.yml", "YML019", lambda path: path.write_text(GOOD)),
    "an ending in capitals": ("a.YAML", "YML019", lambda path: path.write_text(GOOD)),
    "a name with an escape and another ending": ("a\x1b]0;x\x07.yml", "YML019", lambda path: path.write_text(GOOD)),
    "a name that is an option": ("--help.yaml", "IDS001", lambda path: path.write_text(GOOD)),
}


@pytest.mark.parametrize(("name", "code", "make"), SPECIAL.values(), ids=SPECIAL.keys())
def test_what_is_no_plain_file_is_a_finding(root: Path, name: str, code: str, make: Callable[[Path], Any]) -> None:
    make(root / "data/partners" / name)
    is_odd = re.fullmatch(r"[A-Za-z.]+", name) is None
    for words in ((), *((("--format", "github"), ("--format", "concise")) if is_odd else ())):
        run = run_check(root, *words)
        assert run.returncode == 1, run.stderr
        assert code in run.stdout


def test_a_name_with_escapes_is_inert_in_json_too(root: Path) -> None:
    (root / "data/partners/a\x1b[31m\u202e.yaml").write_text(GOOD)
    assert run_check(root, "--format", "json").returncode == 1


@pytest.mark.skipif(sys.platform != "linux", reason="names are any bytes on Linux alone")
@pytest.mark.parametrize("name", [b"\xff\xfe.yaml", b"a\xed\xa0\x80.yaml", b"\x9b31m.yml"])
def test_a_name_that_is_no_text_is_a_finding(root: Path, name: bytes) -> None:
    try:
        with open(os.path.join(os.fsencode(root / "data/partners"), name), "wb") as file:
            file.write(GOOD.encode())
    except OSError:
        pytest.skip("this file system takes names in UTF-8 alone")
    for words in ((), ("--format", "json"), ("--format", "github")):
        run = run_check(root, *words)
        assert run.returncode == 1, run.stderr
        assert "YML019" in run.stdout or "IDS001" in run.stdout


# --- bytes changed at random ----------------------------------------------------------------------------------


def mutated(choose: random.Random, content: bytes) -> bytes:
    """The content with a few bytes or stretches changed, doubled, moved or taken away."""
    data = bytearray(content)
    for _ in range(choose.choice((1, 1, 2, 3, 8))):
        at, length = choose.randrange(len(data) + 1), choose.choice((1, 1, 1, 2, 4, 16, 200))
        piece = data[at : at + length]
        other = choose.randrange(len(data) + 1)
        what = choose.randrange(6)
        if what == 0:
            data[at : at + length] = choose.randbytes(choose.randrange(4))
        elif what == 1:
            data[at:at] = bytes([choose.choice(b"\n\t :-[]{}#&*!|>'\"%@`?,\\\0\r\xff\xc2\x85")])
        elif what == 2:
            del data[at : at + length]
        elif what == 3:
            data[other:other] = piece * choose.choice((1, 2, 50))
        elif what == 4 and piece:
            data[at] ^= 1 << choose.randrange(8)
        else:
            data[at:at] = choose.choice(SEEDS)[other : other + length]
    return bytes(data)


SEEDS = [path.read_bytes() for path in FILES] + [
    path.read_bytes() for path in sorted(HERE.parent.glob("data/**/*.yaml"))
]


def survives(seed: int, count: int) -> None:
    """Check that many changed files are read without raising, the same by either way, and can be built and located."""
    choose = random.Random(seed)
    for number in range(count):
        content = mutated(choose, choose.choice(SEEDS))
        quickly, fully = read(content), read_fully(content)
        assert (quickly.data, quickly.faults, quickly.empty) == (fully.data, fully.faults, fully.empty), content
        assert (fully.data is None) == any(fault.fatal for fault in fully.faults), content
        if number % 8 == 0:
            folder = choose.choice(list(RECORD_TYPES))
            for finding in found(content, folder if folder in SINGLE else f"{folder}/hostile"):
                assert finding.place is not None, content


@pytest.mark.parametrize("seed", range(2))
def test_changed_bytes_give_findings_and_nothing_else(seed: int) -> None:
    survives(seed, 500)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 110))
def test_many_changed_bytes_give_findings_and_nothing_else(seed: int) -> None:
    survives(seed, 5000)

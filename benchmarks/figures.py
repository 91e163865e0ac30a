"""The figures of erc itself: each a ratio of two commands measured in the same rounds, with its targets."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from measure import Run, interleave, peak_memory

ROOT = Path(__file__).resolve().parent.parent
ERC = str(Path(sys.executable).parent / "erc")

SCAN = """
import os
from yaml._yaml import CParser
for folder, _, names in os.walk("data"):
    for name in names:
        if name.endswith(".yaml"):
            with open(os.path.join(folder, name), "rb") as file:
                CParser(file.read()).raw_parse()
"""
"""What reading all files costs at least: libyaml parses each, and nothing is made of it."""


REPORTS = {
    "results": (["results"], "md"),
    "register": (["register"], "html"),
    "partners": (["partners"], "xlsx"),
    "budget": (["budget"], "docx"),
    "plan": (["plan"], "pdf"),
    "calendar": (["calendar"], "ics"),
}
"""Name: what stands after `erc report`, and the format."""


@dataclass(frozen=True)
class Figure:
    """One row: a value, what it is measured in, and the targets; `value` is None where it could not be measured."""

    name: str
    value: float | None
    unit: str
    must: float | None
    reach: float | None
    detail: str

    @property
    def verdict(self) -> str:
        """Whether it is within its targets."""
        if self.value is None:
            return "failed"
        if self.must is None or self.reach is None:
            return "no target"
        return "reached" if self.value <= self.reach else "met" if self.value <= self.must else "missed"


def environment(cache: Path) -> dict[str, str]:
    """Return the environment of every measured command: the user's, without what would change erc's ways."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ERC_", "PYTHON")) and key != "CI"}
    return kept | {"XDG_CACHE_HOME": str(cache / "user-cache"), "NO_COLOR": "1", "COLUMNS": "120"}


def measure(demos: dict[int, Path], cache: Path, scale: float, say: Callable[[str], None]) -> list[Figure]:
    """Measure every figure on the demonstrations of 2,000 and 20,000 partners."""
    around = environment(cache)

    def erc(name: str, folder: Path, *words: str) -> Run:
        return Run(name, [ERC, *words], folder, around)

    def bare() -> Run:
        return Run("bare", [sys.executable, "-I", "-c", "pass"], ROOT, around)

    def scan(folder: Path) -> Run:
        return Run("scan", [sys.executable, "-I", "-c", SCAN], folder, around)

    def rounds(usual: int) -> int:
        return max(1, round(usual * scale))

    medium, large = demos[2_000], demos[20_000]
    partner = sorted((medium / "data/partners").iterdir())[1000].stem
    small = [
        bare(),
        erc("version", ROOT, "--version"),
        erc("help", ROOT, "--help"),
        erc("plan", ROOT, "check", "--no-cache"),
        erc("list", medium, "partner", "list"),
        erc("show", medium, "show", f"partners/{partner}"),
        erc("page", medium, "partner", "show", partner),
        erc("status", medium, "status", "--on", "2025-06-01"),
        *(
            erc(name, medium, "report", *words, "--on", "2025-06-01", "-o", str(cache / f"out.{form}"))
            for name, (words, form) in REPORTS.items()
        ),
    ]
    say("start-up, the plan, list and show")
    interleave(small, rounds(21), say)
    _until_old_enough(large)
    middle = [bare(), scan(medium), erc("cold", medium, "check", "--no-cache"), erc("again", medium, "check")]
    say("2,000 partners")
    interleave(middle, rounds(11), say)
    big = [bare(), scan(large), erc("cold", large, "check", "--no-cache"), erc("again", large, "check")]
    say("20,000 partners")
    interleave(big, rounds(5), say)
    say("memory at 20,000 partners")
    memory_run = erc("memory", large, "check", "--no-cache")
    memory = peak_memory(memory_run)
    say("one changed record among 20,000 partners")
    changed = [bare(), erc("diff", large, "diff")]
    whole = [
        erc("now", large, "check", "--no-cache"),
        erc("then", large, "check", "--at", "HEAD"),
        erc("set", large, "set", f"partners/{partner}.notes=Another word", "--dry-run"),
    ]
    with _one_changed(large, around):
        interleave(changed, rounds(11), say)
        interleave(whole, rounds(3), say)
    say("a record with a history of 500 commits")
    past = _five_hundred_commits(cache / "past", around)
    history = [bare(), erc("log", past, "log", "partners/long")]
    interleave(history, rounds(7), say)
    return [
        _ratio("`--version` / bare", small[1], small[0], 1.3, 1.1),
        _ratio("`--help` / bare", small[2], small[0], 7, 5),
        _ratio("`check` of the plan, cold / bare", small[3], small[0], 20, 14),
        _ratio("`check` of 2,000 partner files, cold, all rules / scan", middle[2], middle[1], 5, 3),
        _ratio("`check` of 20,000 partner files, cold, all rules / scan", big[2], big[1], 5, 3),
        _ratio("unchanged again, 2,000 / bare", middle[3], middle[0], 3, 2),
        _ratio("unchanged again, 20,000 / bare", big[3], big[0], 10, 5),
        _ratio("`partner list` at 2,000 / bare", small[4], small[0], 25, 18),
        _ratio("`show` of one record at 2,000 / bare", small[5], small[0], 18, 16),
        _ratio("`partner show`, the whole relationship, at 2,000 / bare", small[6], small[0], None, None),
        _ratio("`status` at 2,000 / bare", small[7], small[0], None, None),
        *(
            _ratio(f"`report {' '.join(words)}` as {form} at 2,000 / bare", run, small[0], None, None)
            for run, (words, form) in zip(small[8:], REPORTS.values(), strict=True)
        ),
        _ratio("`diff` of one changed record at 20,000 / bare", changed[1], changed[0], 20, 12),
        _ratio("`log` of one record over 500 commits / bare", history[1], history[0], None, None),
        _ratio("`check --at HEAD` at 20,000 / `check --no-cache`", whole[1], whole[0], None, None),
        _ratio("`set` of one value at 20,000, not written / bare", whole[2], changed[0], None, None),
        Figure(
            "peak memory of `check` at 20,000, all processes",
            memory,
            "MiB",
            600,
            300,
            memory_run.failure or ("" if memory is not None else "not measured: needs /proc"),
        ),
    ]


def _ratio(name: str, run: Run, base: Run, must: float | None, reach: float | None) -> Figure:
    if run.median is None or base.median is None:
        return Figure(name, None, "x", must, reach, run.failure or base.failure or "not measured")
    detail = f"{run.median * 1000:,.0f} ms / {base.median * 1000:,.0f} ms"
    return Figure(name, run.median / base.median, "x", must, reach, detail)


@contextmanager
def _one_changed(folder: Path, around: dict[str, str]) -> Iterator[None]:
    """Put a register under git, and have one record differ from what is committed for a while."""
    settings = ("user.name=A", "user.email=a@b.example", "commit.gpgSign=false", "gc.auto=0", "maintenance.auto=false")
    options = [word for one in settings for word in ("-c", one)]
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message=all"]):
        subprocess.run(["git", "-C", str(folder), *options, *words], env=around, check=True)
    record = sorted((folder / "data/partners").iterdir())[1000]
    before = record.read_bytes()
    record.write_bytes(before.rstrip(b"\n") + b"\nnotes: Another word.\n")
    try:
        yield
    finally:
        record.write_bytes(before)
        shutil.rmtree(folder / ".git")


def _five_hundred_commits(folder: Path, around: dict[str, str]) -> Path:
    """Make a small register in which one record was changed by 500 commits."""
    subprocess.run([ERC, "init", str(folder)], env=around, check=True, capture_output=True)
    stream = b""
    for number in range(500):
        text = f"name: {{en: Name {number}, fr: Nom, ar: اسم}}\ncategory: academic\n".encode()
        stream += f"commit refs/heads/main\ncommitter A <a@b.example> {1_600_000_000 + number} +0000\ndata 0\n".encode()
        stream += f"M 644 inline data/partners/long.yaml\ndata {len(text)}\n".encode() + text + b"\n"
    for words, given in ((["init", "--quiet", "-b", "main"], b""), (["fast-import", "--quiet"], stream)):
        subprocess.run(["git", "-C", str(folder), *words], env=around, input=given, check=True)
    subprocess.run(["git", "-C", str(folder), "reset", "--quiet", "--mixed", "main"], env=around, check=True)
    subprocess.run(["git", "-C", str(folder), "checkout", "--quiet", "main", "--", "."], env=around, check=True)
    return folder


def _until_old_enough(folder: Path) -> None:
    """Wait until no file is younger than two seconds: before that a verdict is not remembered."""
    youngest = max(entry.stat().st_mtime for entry in (folder / "data").rglob("*"))
    time.sleep(max(0.0, youngest + 3 - time.time()))

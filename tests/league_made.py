"""A copy of the fictional register to write to, and what a command did to its files."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import SequenceMatcher
from pathlib import Path
from shutil import copytree
from typing import NamedTuple

import pytest

from erc_cli.cli.app import run

EXAMPLE = Path(__file__).parent.parent / "examples" / "lantern-league"


class Answer(NamedTuple):
    """What a command said."""

    code: int
    out: str
    err: str


class League:
    """A register in a folder of its own. Commands run in this process, as they were typed."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.root, self._capsys, self._patch = root, capsys, patch

    def erc(self, *words: str) -> Answer:
        """Run a command; one text is cut into words as a shell does it."""
        given = shlex.split(words[0]) if len(words) == 1 else list(words)
        self._patch.setattr(sys, "argv", ["erc", *given])
        code = run(["-C", str(self.root), *given])
        said = self._capsys.readouterr()
        assert "a bug in erc" not in said.err, said.err
        return Answer(code, said.out, said.err)

    def files(self) -> dict[str, bytes]:
        """Return every file of the register, by path."""
        found = sorted((self.root / "data").rglob("*"))
        return {one.relative_to(self.root).as_posix(): one.read_bytes() for one in found if one.is_file()}

    def text(self, path: str) -> str:
        """Return a file below `data/`."""
        return (self.root / "data" / path).read_text("utf-8")

    def put(self, path: str, old: str, new: str) -> None:
        """Put a text in the place of another, that is there once, in a file below `data/`."""
        text = self.text(path)
        assert text.count(old) == 1, (path, old)
        (self.root / "data" / path).write_text(text.replace(old, new), "utf-8")

    @contextmanager
    def nothing_written(self) -> Iterator[None]:
        """Assert that no file has changed, not even its time."""
        files, times = self.files(), self._times()
        yield
        assert self.files() == files
        assert self._times() == times

    def _times(self) -> list[tuple[str, int, int]]:
        found = [(str(one), one.stat()) for one in sorted((self.root / "data").rglob("*"))]
        return [(name, stat.st_mtime_ns, stat.st_ino) for name, stat in found]

    def refuses(self, words: str, code: int, *said: str) -> str:
        """Assert that a command is refused with that exit code and those words, and writes nothing."""
        with self.nothing_written():
            answer = self.erc(words)
        assert answer.code == code, answer
        assert answer.out == ""
        for one in said:
            assert one in answer.err
        return answer.err

    def writes(self, words: str, *hunks: tuple[str, str, str]) -> Answer:
        """Assert that a command makes these changes and no other, and that `erc undo` takes them back.

        A hunk is a file below `data/`, the line above what changed, and what changed: lines that went begin with `-`,
        those that came with `+`.
        """
        before = self.files()
        answer = self.erc(words)
        assert answer.code == 0, answer.err
        assert sorted(self.hunks(before)) == sorted(hunks)
        after = self.files()
        assert self.erc("undo").code == 0
        assert self.files() == before
        assert self.erc("undo").code == 0
        assert self.files() == after
        return answer

    def hunks(self, before: dict[str, bytes]) -> list[tuple[str, str, str]]:
        """Return what is different from `before`, as `writes` wants it."""
        found = []
        now = self.files()
        assert list(now) == list(before), "a file came or went"
        for path, content in now.items():
            old, new = before[path].decode().split("\n"), content.decode().split("\n")
            for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
                # The same lines can be said to come or go at several places: the lowest is meant.
                lines, (start, end) = (new, (c, d)) if tag == "insert" else (old, (a, b))
                while tag in ("insert", "delete") and end < len(lines) and lines[start] == lines[end]:
                    a, b, c, d, start, end = a + 1, b + 1, c + 1, d + 1, start + 1, end + 1
                if tag != "equal":
                    changed = [*(f"-{line}\n" for line in old[a:b]), *(f"+{line}\n" for line in new[c:d])]
                    found.append((path.removeprefix("data/"), old[a - 1].strip() if a else "", "".join(changed)))
        return found


@pytest.fixture(scope="session")
def league_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional register in a git repository without commits, which is where the journal of changes goes."""
    root = tmp_path_factory.mktemp("league-files") / "league"
    copytree(EXAMPLE, root)
    subprocess.run(["git", "-C", str(root), "init", "--quiet"], check=True)
    return root


@pytest.fixture
def league(
    league_files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> League:
    """A register to write to."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("ERC_ROOT", raising=False)
    copytree(league_files, tmp_path / "league")
    return League(tmp_path / "league", capsys, monkeypatch)

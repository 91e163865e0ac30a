"""Real processes: killed at any time, several at once, and beside an editor."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from erc_cli.store import writing
from faults_made import fast_path, pending, tree, visible

__all__ = ["fast_path"]

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

OIC = "data/partners/oic.yaml"
NAMES = [f"data/partners/{name}.yaml" for name in ("one", "two", "three", "four")]

APPEND = """
import sys
from erc_cli.errors import RefusedError
from erc_cli.store.writing import Change, writer
root, path, name, count = sys.argv[1], "data/partners/oic.yaml", sys.argv[2], int(sys.argv[3])
for number in range(count):
    while True:
        try:
            with writer(root) as write:
                with open(f"{root}/{path}", "rb") as file:
                    before = file.read()
                write([Change(path, before, before + f"- {name}-{number}\\n".encode())])
            break
        except RefusedError as error:
            if "changed meanwhile" not in str(error) and "another erc" not in str(error):
                raise
    print(f"{name}-{number}", flush=True)
"""

COUNT_UP = """
import sys
from erc_cli.store.writing import Change, writer
root, names, number = sys.argv[1], sys.argv[3:], int(sys.argv[2])
print("ready", flush=True)
while True:
    with writer(root) as write:
        before, after = (f"n: {one}\\n".encode() * 300 for one in (number, number + 1))
        write([Change(name, before, after) for name in names])
    number += 1
    print(number, flush=True)
"""


def _make(root: Path) -> None:
    (root / ".git").mkdir()
    (root / ".git" / "HEAD").write_bytes(b"ref: refs/heads/main\n")
    (root / "data" / "partners").mkdir(parents=True)
    (root / OIC).write_bytes(b"notes:\n")


def _start(script: str, *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", script, *map(str, words)], stdout=subprocess.PIPE, text=True)


def _write_at_once(root: Path, writers: int, edits: int) -> None:
    _make(root)
    running = [_start(APPEND, root, f"w{number}", edits) for number in range(writers)]
    acknowledged = [line for one in running for line in one.communicate()[0].split()]
    assert [one.returncode for one in running] == [0] * writers
    assert len(acknowledged) == writers * edits
    present = (root / OIC).read_text().removeprefix("notes:\n").replace("- ", "").split()
    assert sorted(present) == sorted(acknowledged)
    assert list(tree(root)) == [OIC]


def test_what_several_commands_write_at_once_is_all_there(fast_path: Path) -> None:
    _write_at_once(fast_path, 4, 10)


@pytest.mark.long
def test_what_sixteen_commands_write_at_once_is_all_there(tmp_path: Path) -> None:
    _write_at_once(tmp_path, 16, 50)


def _kill_often(root: Path, times: int, names: list[str]) -> None:
    """Kill a command that counts up in all files at once; they hold the same number, and never less than was said."""
    _make(root)
    (root / OIC).unlink()
    number = 0
    for name in names:
        (root / name).write_bytes(b"n: 0\n" * 300)
    chance = random.Random(len(names))
    inside = 0
    for _ in range(times):
        running = _start(COUNT_UP, root, number, *names)
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.03))
        running.kill()
        said = [int(line) for line in running.stdout.read().split()]
        running.wait()
        running.stdout.close()
        inside += bool(pending(root))
        for content in visible(tree(root)).values():
            assert len(set(content.splitlines())) == 1
            assert content.count(b"\n") == 300
        writing.recover(str(root))
        files = tree(root)
        assert sorted(files) == sorted(names)
        assert len(set(files.values())) == 1
        number_now = int(files[names[0]].split()[1])
        last = said[-1] if said else number
        assert number_now in (last, last + 1)
        number = number_now
    assert number > 0
    assert inside > 0


def test_killed_at_random_times(fast_path: Path) -> None:
    _kill_often(fast_path, 8, NAMES)


@pytest.mark.long
@pytest.mark.parametrize("names", [NAMES, NAMES[:1]], ids=["four files", "one file"])
def test_killed_at_random_times_very_often(tmp_path: Path, names: list[str]) -> None:
    _kill_often(tmp_path, 150, names)


def _race(root: Path, in_place: bool, seed: int) -> bool:
    """One command and one editor at once; whether the command came through. The editor's save is there either way."""
    path = root / OIC
    before, saved = b"notes: old\n" * 50, f"notes: saved {seed}\n".encode() * 50
    path.write_bytes(before)
    chance = random.Random(seed)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            writing.write(str(root), [writing.Change(OIC, before, b"notes: ours\n" * 50)])
            status = 0
        except writing.RefusedError:
            status = 2
        finally:
            os._exit(status)
    time.sleep(chance.uniform(0, 0.012))
    if in_place:
        path.write_bytes(saved)
    else:
        new = root / "data" / "partners" / "new~"
        new.write_bytes(saved)
        new.rename(path)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, 2)
    assert path.read_bytes() == saved, (seed, status)
    assert list(tree(root)) == [OIC]
    assert pending(root) == []
    return status == 0


@pytest.mark.skipif(sys.platform != "linux", reason="names are exchanged on Linux only")
@pytest.mark.parametrize("in_place", [True, False], ids=["in place", "by renaming"])
def test_an_editor_that_saves_at_the_same_time_loses_nothing(fast_path: Path, in_place: bool) -> None:
    _make(fast_path)
    for seed in range(10):
        _race(fast_path, in_place, seed)


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="names are exchanged on Linux only")
@pytest.mark.parametrize("in_place", [True, False], ids=["in place", "by renaming"])
def test_an_editor_that_saves_at_the_same_time_a_hundred_times_loses_nothing(tmp_path: Path, in_place: bool) -> None:
    _make(tmp_path)
    came_through = sum(_race(tmp_path, in_place, seed) for seed in range(100))
    assert 0 < came_through < 100

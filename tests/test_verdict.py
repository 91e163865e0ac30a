"""The remembered verdict: believed only for exactly the files it was given for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from erc_cli.store import verdict
from erc_cli.store.verdict import remember, remembered, snapshot

DATA = Path(__file__).parent.parent / "data"
SUMMARY = "40 files, 0 errors, 0 warnings"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A register whose files were changed long enough ago, and a cache folder of its own."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.copytree(DATA, tmp_path / "register" / "data")
    monkeypatch.setattr(verdict, "_YOUNG", 0)
    return str(tmp_path / "register")


def _remember(root: str) -> None:
    remember(root, snapshot(root), SUMMARY)
    assert remembered(root, snapshot(root)) == SUMMARY


def _rewrite_keeping_size_and_mtime(file: Path) -> None:
    before = file.stat()
    content = file.read_bytes()
    file.write_bytes(content.replace(b"766444.00", b"766445.00", 1))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size


def _replace_by_copy(file: Path) -> None:
    twin = file.with_suffix(".new")
    shutil.copy2(file, twin)
    os.replace(twin, file)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a digit, size and mtime kept": lambda data: _rewrite_keeping_size_and_mtime(data / "budget.yaml"),
    "the same content in another file": lambda data: _replace_by_copy(data / "budget.yaml"),
    "touched": lambda data: os.utime(data / "budget.yaml"),
    "a new record": lambda data: (data / "partners" / "new.yaml").write_text("name: x\n", encoding="utf-8"),
    "a record gone": lambda data: (data / "partners" / "oic.yaml").unlink(),
    "a record renamed": lambda data: (data / "partners" / "oic.yaml").rename(data / "partners" / "oci.yaml"),
    "a new folder": lambda data: (data / "papers").mkdir(),
    "a mode": lambda data: (data / "partners" / "oic.yaml").chmod(0o600),
    "a document": lambda data: (data.parent / "documents").mkdir(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_of_a_file_is_noticed(root: str, change: str) -> None:
    _remember(root)
    time.sleep(0.02)  # the clock of the file system is not finer than some milliseconds
    CHANGES[change](Path(root) / "data")
    if change == "a document":
        (Path(root) / "documents" / "x.txt").write_text("x", encoding="utf-8")
    assert remembered(root, snapshot(root)) is None


@pytest.mark.parametrize("change", CHANGES)
def test_two_processes_notice_the_same(root: str, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _remember(root)
    alone = snapshot(root)
    asked: list[object] = []
    second = verdict._start_second
    monkeypatch.setattr(verdict, "_MANY", 10)
    monkeypatch.setattr(verdict, "_start_second", lambda root: asked.append(root) or second(root))
    assert snapshot(root) == alone
    assert asked == [root]
    time.sleep(0.02)
    CHANGES[change](Path(root) / "data")
    if change == "a document":
        (Path(root) / "documents" / "x.txt").write_text("x", encoding="utf-8")
    assert snapshot(root) != alone


def test_a_second_process_that_fails_is_done_without(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _remember(root)
    alone = snapshot(root)
    monkeypatch.setattr(verdict, "_MANY", 10)
    monkeypatch.setattr(verdict, "_told_by", lambda child: None)
    assert snapshot(root) == alone
    monkeypatch.setattr(verdict, "_start_second", lambda root: None)
    assert snapshot(root) == alone


def test_an_unchanged_register_is_remembered(root: str) -> None:
    assert remembered(root, snapshot(root)) is None
    _remember(root)
    assert remembered(root, snapshot(root)) == SUMMARY


def test_files_changed_while_they_were_checked_are_not_remembered(root: str) -> None:
    before = snapshot(root)
    (Path(root) / "data" / "budget.yaml").touch()
    remember(root, before, SUMMARY)
    assert remembered(root, snapshot(root)) is None


def test_young_files_are_not_remembered(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdict, "_YOUNG", 2_000_000_000)
    (Path(root) / "data" / "budget.yaml").touch()
    assert snapshot(root) is None


def test_nothing_is_remembered_in_continuous_integration(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _remember(root)
    monkeypatch.setenv("CI", "true")
    assert snapshot(root) is None


@pytest.mark.parametrize(
    "poison",
    [
        "",
        "{}",
        "\x00" * 100,
        '{"schema": "erc.verdict/2"}',
        pytest.param("another state", id="another state"),
        pytest.param("escape sequences", id="escape sequences"),
        pytest.param("too long", id="too long"),
    ],
)
def test_a_poisoned_or_foreign_cache_is_not_believed(root: str, poison: str) -> None:
    _remember(root)
    file = Path(verdict._file(root))
    kept = file.read_text(encoding="utf-8")
    changed = {
        "another state": kept.replace('"files": "', '"files": "0'),
        "escape sequences": kept.replace(SUMMARY, "40 files\x1b[2J"),
        "too long": kept.replace(SUMMARY, "a" * 5000),
    }.get(poison, poison)
    assert changed != kept
    file.write_text(changed, encoding="utf-8")
    assert remembered(root, snapshot(root)) is None


def test_the_cache_is_json_and_outside_the_register(root: str) -> None:
    _remember(root)
    file = Path(verdict._file(root))
    assert not str(file).startswith(root)
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert kept["schema"] == "erc.verdict/2"
    assert kept["summary"] == SUMMARY
    assert kept["files"] == snapshot(root)


def test_a_cache_that_cannot_be_written_is_done_without(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    remember(root, snapshot(root), SUMMARY)
    assert remembered(root, snapshot(root)) is None


def test_another_version_or_another_root_is_another_state(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _remember(root)
    there = str(Path(root).with_name("elsewhere"))
    before = snapshot(root)
    os.rename(root, there)
    assert snapshot(there) != before
    os.rename(there, root)
    assert snapshot(root) == before
    monkeypatch.setattr(verdict, "VERSION", "0.0.0")
    assert remembered(root, snapshot(root)) is None


def _check(root: str, *words: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "erc_cli", "check", "--root", root, *words], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def test_check_answers_the_same_with_and_without_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "register"
    shutil.copytree(DATA, root / "data")
    time.sleep(2.1)  # files younger than two seconds are not remembered
    first = _check(str(root))
    assert Path(verdict._file(str(root))).exists()
    assert first == _check(str(root)) == _check(str(root), "--no-cache") == (0, "", f"{SUMMARY}\n")
    _rewrite_keeping_size_and_mtime(root / "data" / "budget.yaml")
    code, out, _ = _check(str(root))
    assert code == 1
    assert out == _check(str(root), "--no-cache")[1]
    assert "data/budget.yaml:" in out

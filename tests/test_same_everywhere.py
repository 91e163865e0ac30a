"""The answer depends on the files alone: not on hash seeds, locale, time zone, clock, or the order of a folder."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from erc_cli.commands.check import check
from erc_cli.render.findings import as_json
from erc_cli.store import system
from erc_cli.store.worktree import WorkTree

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan with many things wrong, in several files."""
    root = tmp_path_factory.mktemp("wrong")
    shutil.copytree(DATA, root / "data")
    budget = root / "data" / "budget.yaml"
    budget.write_text(budget.read_text("utf-8").replace("176965.00", "176956.00"), "utf-8")
    for name in ("alpha", "beta", "gamma", "delta"):
        text = f"name:\n  en: {name}\n  ar: الاسم\ncategory: donr\nsucceeds: partners/oik\nsucceds: x\n"
        (root / "data" / "partners" / f"{name}.yaml").write_text(text, "utf-8")
    (root / "data" / "partners" / "torn.yaml").write_text("name: [\n", "utf-8")
    return root


def _json(root: Path, **environment: str) -> bytes:
    words = [sys.executable, "-m", "erc_cli", "check", "--format", "json", "--root", str(root)]
    done = subprocess.run(words, capture_output=True, env={**os.environ, "CI": "true", **environment}, check=False)
    assert done.returncode == 1, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242"},
        {"LC_ALL": "C"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"LC_ALL": "ar_SA.UTF-8", "LANGUAGE": "ar"},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "America/Los_Angeles"},
        {"ERC_PROCESSES": "1"},
        {"ERC_PROCESSES": "2"},
        {"COLUMNS": "20", "TERM": "dumb"},
    ],
    ids=lambda environment: " ".join(f"{k}={v}" for k, v in environment.items()),
)
def test_the_findings_are_the_same_bytes_everywhere(root: Path, environment: dict[str, str]) -> None:
    assert _json(root, **environment) == _json(root, PYTHONHASHSEED="0")


@pytest.mark.parametrize("form", ["text", "md", "csv", "json", "html", "xlsx", "docx", "pdf"])
def test_reports_are_the_same_bytes_everywhere(root: Path, form: str) -> None:
    """Two runs that differ in everything but the files, the day and the language."""

    def made(**environment: str) -> bytes:
        words = [sys.executable, "-m", "erc_cli", "report", "budget", "--root", str(root), "--on", "2020-02-29"]
        words += ["--lang", "ar", "--format", form, "--table", "1"]
        done = subprocess.run(words, capture_output=True, env={**os.environ, **environment}, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    one = made(PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LC_ALL="C", HOME="/nowhere", COLUMNS="300")
    other = made(PYTHONHASHSEED="4242", TZ="America/Los_Angeles", LC_ALL="tr_TR.UTF-8", LANGUAGE="fr", COLUMNS="300")
    assert one == other
    assert len(one) > 100


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_a_folder_does_not_matter(root: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = as_json(check(WorkTree(str(root))), False)
    real = system.list_folder

    def shuffled(path: str) -> list[system.Listed]:
        listed = real(path)
        random.Random(seed).shuffle(listed)
        return listed

    monkeypatch.setattr(system, "list_folder", shuffled)
    assert as_json(check(WorkTree(str(root))), False) == expected


def _state(root: Path) -> dict[str, tuple[bytes, int, int]]:
    return {
        str(path.relative_to(root)): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode)
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


READERS = [
    ["check"],
    ["check", "--format", "json"],
    ["budget", "check"],
    ["budget", "show"],
    ["partner", "list"],
    ["partner", "show", "oic"],
    ["project", "tree"],
    ["show", "budget"],
    ["find", "waqf"],
    ["links", "partners/oic"],
    ["schema", "partner"],
    ["explain"],
    ["report", "plan"],
    ["report", "budget", "--format", "pdf"],
]


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_reading_changes_no_byte_no_time_and_no_index(words: list[str], tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path.parent / f"{tmp_path.name}-cache"),
    }
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True, env=environment)
    before = _state(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "erc_cli", *words], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert _state(tmp_path) == before

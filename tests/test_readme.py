"""The tour of the README: every command runs, and prints what is shown."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

REPOSITORY = Path(__file__).parent.parent


class Step(NamedTuple):
    """A command of the tour and what is shown under it; nothing is shown where it would be long."""

    command: str
    shown: str


def _tour() -> list[Step]:
    text = (REPOSITORY / "README.md").read_text("utf-8")
    steps = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in block.split("$ ")[1:]:
            command, _, shown = part.partition("\n")
            steps.append(Step(command, shown))
    return steps


TOUR = _tour()


def test_the_tour_has_commands() -> None:
    assert len(TOUR) >= 15


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tour")
    for name in ("data", "examples"):
        shutil.copytree(REPOSITORY / name, folder / name)
    return folder


def test_every_command_of_the_tour_runs_and_prints_what_is_shown(clone: Path) -> None:
    for step in TOUR:
        program, *words = shlex.split(step.command)
        assert program == "erc"
        words = [word.replace("/tmp/", f"{clone}/") for word in words]
        done = subprocess.run(
            [sys.executable, "-m", "erc_cli", *words],
            cwd=clone,
            env={**os.environ, "CI": "true", "COLUMNS": "80"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{step.command}: {done.stderr}"
        if step.shown:
            printed = done.stdout or done.stderr
            assert [line.rstrip() for line in printed.splitlines()] == step.shown.splitlines(), step.command
        else:
            assert done.stdout or done.stderr


def test_the_two_commands_are_targets_of_the_makefile() -> None:
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    assert re.search(r"^run: .*\n\t\$\(BIN\)/erc check\n\t\$\(BIN\)/erc budget check\n", makefile, re.MULTILINE)
    assert re.search(r"^test: .*\n\t\$\(BIN\)/python -m pytest", makefile, re.MULTILINE)


def test_every_page_that_the_readme_names_is_there() -> None:
    text = (REPOSITORY / "README.md").read_text("utf-8")
    named = re.findall(r"`((?:docs|data|examples|src|tests)/[\w./-]*)`", text)
    assert len(named) > 10
    assert [name for name in named if not (REPOSITORY / name).exists()] == []

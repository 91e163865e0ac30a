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


def _run(step: Step, clone: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    program, *words = [word.replace("/tmp/", f"{clone}/") for word in shlex.split(step.command)]
    assert program in ("erc", "git", "cp")
    command = [sys.executable, "-m", "erc_cli", *words] if program == "erc" else [program, *words]
    people = {f"GIT_{who}_{what}": "tour@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "CI": "true", "COLUMNS": "80", **people},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_every_command_of_the_tour_runs_and_prints_what_is_shown(clone: Path) -> None:
    folder = clone
    for step in TOUR:
        if step.command.startswith("cd "):
            folder = Path(step.command.removeprefix("cd ").replace("/tmp/", f"{clone}/"))
            continue
        done = _run(step, clone, folder)
        assert done.returncode == (5 if step.shown.startswith("erc: ") else 0), f"{step.command}: {done.stderr}"
        if step.shown:
            printed = done.stdout or done.stderr
            assert [line.rstrip() for line in printed.splitlines()] == step.shown.splitlines(), step.command
        elif step.command.startswith("erc "):
            _, _, file = step.command.partition(" -o /tmp/")
            assert (clone / file).stat().st_size if file else done.stdout or done.stderr


def test_the_two_commands_are_targets_of_the_makefile() -> None:
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    assert re.search(r"^run: .*\n\t\$\(BIN\)/erc check\n\t\$\(BIN\)/erc budget check\n", makefile, re.MULTILINE)
    assert re.search(r"^test: .*\n\t\$\(BIN\)/python -m pytest", makefile, re.MULTILINE)


def test_every_page_that_the_readme_names_is_there() -> None:
    text = (REPOSITORY / "README.md").read_text("utf-8")
    named = re.findall(r"`((?:docs|data|examples|src|tests)/[\w./-]*)`", text)
    assert len(named) > 10
    assert [name for name in named if not (REPOSITORY / name).exists()] == []

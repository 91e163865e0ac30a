"""Reports of registers with whatever in them, on whatever day: never an error of the program."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from erc_cli.core.reports.catalogue import REPORTS
from erc_cli.core.reports.report import Asked, Foot
from erc_cli.errors import NotFoundError
from erc_cli.render.documents import render_report
from erc_cli.render.look import Look
from erc_cli.store.catalogue import words_in
from erc_cli.store.load import load
from erc_cli.store.worktree import WorkTree
from test_reports import ALL, EXAMPLE, NO_FINDINGS, register_of

DAYS = (date.min, date(2024, 2, 29), date.max)
FORMS = ("text", "md", "json", "html", "ics")


def tried(register: Any, name: str, on: date) -> None:
    """Make a report in several formats."""
    known = REPORTS[name]
    subject = register.partners[0].id if known.subject and register.partners else "nobody"
    words = words_in("ar")
    try:
        report = known.make(Asked(register, on, words, NO_FINDINGS, subject if known.subject else "", True))
    except NotFoundError:
        assert known.subject
        return
    report = report._replace(name=name, foot=Foot("", on, 0, 0, 0))
    for form in FORMS:
        if form != "ics" or report.dates:
            assert render_report(report, form, Look(words, 80))


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("on", [date.min, date.max])
def test_on_the_first_and_the_last_day_there_is(name: str, on: date) -> None:
    tried(register_of(EXAMPLE), name, on)


WRONG = (
    "9999-12-31", "0001-01-01", "2024", "-5.00", "0", "100", "999999999999999.99", "x", "USD", "JPY", "partners/nobody",
    "projects/nobody", "activities/none.x.y", "lantern-league",
)  # fmt: skip


def spoilt(folder: Path, seed: int) -> Path:
    """The example with files taken out and values put in the place of others."""
    chance = random.Random(seed)
    root = folder / "league"
    copytree(EXAMPLE, root)
    for path in sorted((root / "data").rglob("*.yaml")):
        if path.name == "plan.yaml" or chance.random() > 0.6:
            continue
        lines = path.read_text("utf-8").split("\n")
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(lines))
            match = re.match(r"(\s*(?:- )?[a-z_]+: )(.+)", lines[at])
            lines[at] = match[1] + chance.choice(WRONG) if match else lines[at]
        if chance.random() < 0.4:
            path.unlink()
        else:
            path.write_text("\n".join(lines), "utf-8")
    return root


@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(6, 60))])
def test_of_a_register_full_of_mistakes(tmp_path: Path, seed: int) -> None:
    loaded = load(WorkTree(str(spoilt(tmp_path, seed))))
    assert loaded.findings
    for name in ALL:
        for on in DAYS:
            tried(loaded.register, name, on)

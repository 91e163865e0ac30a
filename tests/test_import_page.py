"""The example of docs/importing.md runs as it is shown, and every heading of the page of headings is known."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from erc_cli.core.importing.heading_names import HEADINGS
from erc_cli.core.importing.headings import Headings
from erc_cli.core.importing.table import Cell, Sheet
from erc_cli.core.records.kinds import field_at, model_of

REPOSITORY = Path(__file__).parent.parent
PAGE = (REPOSITORY / "docs" / "importing.md").read_text("utf-8")


def test_the_example_prints_what_is_shown(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "examples/lantern-league/data", tmp_path / "data")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/HEAD").write_text("ref: refs/heads/main\n")
    (sheet,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "old-register.csv").write_text(sheet, "utf-8")
    steps = [part for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL) for part in block.split("$ ")[1:]]
    assert len(steps) == 4
    for step in steps:
        command, _, shown = step.partition("\n")
        words = [sys.executable, "-m", "erc_cli", *shlex.split(command)[1:]]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == (5 if shown.startswith("erc: ") else 0), done.stderr
        assert (done.stdout or done.stderr) == shown, command


def test_every_heading_is_known_for_its_field_and_every_field_is_one_of_the_model() -> None:
    for folder, fields in HEADINGS.items():
        for field, line in fields.items():
            name = field.partition(".")[0]
            assert (
                field in ("signed", "budget_year")
                or name in ("identifiers", "budget")
                or field_at(model_of(folder), tuple(field.split(".")))
            ), field
            for heading in line.split(", "):
                sheet = Sheet("S", {1: {1: Cell(heading), 2: Cell("id" if field != "id" else "notes")}})
                layout = Headings(folder).layout(sheet)
                assert layout is not None, heading
                assert [one.field for one in layout.columns][:1] == [field], f"{folder}: {heading}"

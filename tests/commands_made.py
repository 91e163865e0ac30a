"""Commands of `erc` on a small register in a git repository: in this process, or in one of their own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

from erc_cli.cli.app import run
from factories import source

NAME = {"en": "Meeting house", "fr": "Maison", "ar": "دار"}
OUTCOME = {
    "id": "met",
    "performance_indicators": [
        {"id": "meetings", "measurement_indicators": [{"id": "held-meetings", "measure": "unit"}]},
    ],
}
REGISTER: Mapping[str, Mapping[str, Any]] = {
    "plan": {},
    "budget": {
        "programmes": {
            "lines": [
                {"id": "works", "project": "projects/works", "amount": "100.00"},
                {"id": "talks", "project": "projects/talks", "amount": "50.00"},
            ],
            "total": "150.00",
        },
        "notes": None,
    },
    "projects/works": {
        "kind": "programme",
        "field": None,
        "budget": "100.00",
        "objectives": [{"id": "one"}],
        "areas": [{"id": "first", "outcomes": [OUTCOME]}],
    },
    "projects/talks": {
        "kind": "programme",
        "field": None,
        "budget": "50.00",
        "objectives": [{"id": "one"}],
        "areas": [{"id": "second", "outcomes": [{**OUTCOME, "id": "talked"}]}],
    },
    "partners/oic": {"aliases": ["Union", "House"]},
    "partners/isdb": {"succeeds": "partners/old", "notes": "Kept"},
    "partners/old": {},
    "agreements/accord": {"serves": ["projects/works.areas.first"]},
    "meetings/opening": {
        "participants": ["isesco", "partners/oic", "partners/isdb"],
        "held_on": "2019-05-01",
        "decisions": [{"id": "go", "owner": "partners/isdb", "due": "2019-06-01"}],
    },
    "activities/forum": {
        "project": "projects/works",
        "area": "first",
        "indicators": ["meetings"],
        "partners": ["partners/isdb"],
        "because": "meetings/opening.decisions.go",
    },
}
"""A partner is referred to from four other files, a decision and an area from others; a total depends on two files."""


class Said(NamedTuple):
    """What a command said."""

    code: int
    out: str
    err: str


def make_register(root: Path) -> None:
    """Write the register, in what counts as a git repository without git having to make one."""
    for path, content in source(REGISTER).files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    (root / ".git").mkdir()
    (root / ".git" / "HEAD").write_bytes(b"ref: refs/heads/main\n")


def here(root: Path, *words: str) -> Said:
    """Run a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["-C", str(root), *words])
    return Said(code, out.getvalue(), err.getvalue())


def start(root: Path, *words: str, **options: Any) -> subprocess.Popen[str]:
    """Start a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "erc_cli", *words],
        cwd=root,
        env={**os.environ, "ERC_ROOT": "", "CI": "true", "COLUMNS": "80"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        **options,
    )


def said_by(running: subprocess.Popen[str]) -> Said:
    """Wait for the end of a command."""
    out, err = running.communicate(timeout=60)
    assert "Traceback" not in err, err
    return Said(running.returncode, out, err)


def apart(root: Path, *words: str, **options: Any) -> Said:
    """Run a command in a process of its own."""
    return said_by(start(root, *words, **options))

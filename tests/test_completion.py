"""What a shell completes: as the program offers it, and in real shells. No file is read, nothing of a name runs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commands_made import make_register
from erc_cli.cli.completing import offers, split
from erc_cli.cli.completion import SCRIPTS


@pytest.fixture
def root(tmp_path: Path) -> Path:
    make_register(tmp_path)
    (tmp_path / "data/partners/$(touch ran).yaml").write_text("x")
    (tmp_path / "data/partners/a b;touch ran.yaml").write_text("x")
    for path in (tmp_path / "data").rglob("*.yaml"):
        path.write_bytes(b"\xff not read")
    return tmp_path


def offered(root: Path, line: str) -> list[str]:
    return [word for word, _ in offers(split(line)[1:], str(root), None)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("erc partn", ["partner"]),
        ("erc partner re", ["rename", "retire"]),
        ("erc partner show ", ["isdb", "oic", "old"]),
        ("erc partner show oic is", ["isdb"]),
        ("erc partner show oic.cat", ["oic.category"]),
        ("erc show partners/o", ["partners/oic", "partners/old"]),
        ("erc show pl", ["plan"]),
        ("erc show partners/oic.name.", ["partners/oic.name.en", "partners/oic.name.fr", "partners/oic.name.ar"]),
        ("erc show budget.staff.y", ["budget.staff.years"]),
        ("erc show projects/works.areas.first.only", ["projects/works.areas.first.only_for"]),
        ("erc set partners/oic.category=do", ["partners/oic.category=donor"]),
        ("erc set agreements/accord.under=agreements/a", ["agreements/accord.under=agreements/accord"]),
        ("erc set partners/oic.notes=", []),
        ("erc agreement list --status in-", ["in-force"]),
        ("erc agreement list --status=in-", ["--status=in-force"]),
        ("erc agreement list --party ol", ["old"]),
        ("erc explain HIS00", ["HIS001", "HIS002", "HIS003", "HIS004", "HIS005"]),
        ("erc check --select LNG,MST00", ["LNG,MST001", "LNG,MST002", "LNG,MST003", "LNG,MST004"]),
        ("erc partner list --format j", ["json", "jsonl"]),
        ("erc partner list --fields id,cou", ["id,country"]),
        ("erc partner list --lang ", ["en", "fr", "ar"]),
        ("erc nothing ", []),
        ("erc partner nothing ", []),
        ("erc show partners/oic.nothing.", []),
        ("erc show nowhere/", []),
        ("erc partner show 'o", ["oic", "old"]),
    ],
)
def test_what_is_offered(root: Path, line: str, expected: list[str]) -> None:
    assert offered(root, line) == expected


def test_a_register_elsewhere_is_looked_at_where_it_is_named(root: Path, tmp_path: Path) -> None:
    assert [word for word, _ in offers(["-C", str(root), "partner", "show", "o"], "/", None)] == ["oic", "old"]
    assert [word for word, _ in offers(["partner", "show", "o"], "/", str(root))] == ["oic", "old"]
    assert [word for word, _ in offers(["partner", "show", "o"], str(root / "data/partners"), None)] == ["oic", "old"]
    assert [word for word, _ in offers(["partner", "show", "o"], "/nowhere", None)] == []


def test_completing_imports_neither_the_command_line_nor_the_models() -> None:
    program = (
        "import sys; from erc_cli.cli.completing import answer; answer(['bash', '', 'erc partner show '])\n"
        "print(sorted(name for name in ('typer', 'pydantic', 'yaml', 'ruamel', 'json', 're') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def with_erc(folder: Path) -> dict[str, str]:
    """An environment in which `erc` is this program."""
    script = folder / "bin" / "erc"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m erc_cli "$@"\n')
    script.chmod(0o755)
    return {"PATH": f"{script.parent}:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"}


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("line", "words", "expected"),
    [
        ("erc partner show o", ["erc", "partner", "show", "o"], "oic old"),
        ("erc set partners/oic.category=do", ["erc", "set", "partners/oic.category", "=", "do"], "donor"),
        ("erc set partners/oic.role", ["erc", "set", "partners/oic.role"], "partners/oic.roles"),
        ("erc agreement list --status=in", ["erc", "agreement", "list", "--status", "=", "in"], "in-force"),
    ],
)
def test_bash_completes(root: Path, tmp_path: Path, line: str, words: list[str], expected: str) -> None:
    listed = " ".join(f"'{word}'" for word in words)
    program = (
        f"{SCRIPTS['bash']}\ncompopt() {{ :; }}\nCOMP_WORDS=({listed}); COMP_CWORD={len(words) - 1}\n"
        f"COMP_LINE='{line}'; COMP_POINT=${{#COMP_LINE}}\n_erc; echo \"${{COMPREPLY[*]}}\" | tr '\\n' ' '"
    )
    done = subprocess.run(
        ["bash", "-c", program], cwd=root, env=with_erc(tmp_path), capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == expected.split()
    assert not (root / "ran").exists()


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_read_their_script(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "script"
    script.write_text(SCRIPTS[shell].replace("compdef _erc erc\n", ""))
    done = subprocess.run([shell, "-n", str(script)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")

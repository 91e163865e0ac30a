"""Real repositories of git for tests."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from commands_made import REGISTER
from factories import source

EXAMPLE = Path(__file__).parent.parent / "examples" / "lantern-league"

WHO = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A. Tester"), ("EMAIL", "a@b.example"))
}


def git(folder: Path, *words: str, on: str = "2020-01-01T10:00:00+0000", stdin: bytes | None = None) -> str:
    """Run git in a folder, as nobody's configuration has it, at a fixed time; return what it prints."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = {**kept, **WHO, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    environment |= {"GIT_AUTHOR_DATE": on, "GIT_COMMITTER_DATE": on}
    options = ["-c", "init.defaultBranch=main", "-c", "commit.gpgSign=false", "-c", "protocol.file.allow=always"]
    done = subprocess.run(
        ["git", "-C", str(folder), *options, *words], env=environment, input=stdin, capture_output=True, check=False
    )
    assert done.returncode == 0, (words, done.stderr.decode())
    return done.stdout.decode().strip()


def write(root: Path, address: str, text: str | bytes) -> None:
    """Write the file of a record."""
    path = root / f"data/{address}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def replace(root: Path, address: str, old: str, new: str) -> None:
    """Replace what stands once in the file of a record."""
    path = root / f"data/{address}.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (address, old, text)
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def commit(root: Path, message: str = "change", on: str = "2020-01-01T10:00:00+0000") -> str:
    """Commit everything and return the id of the commit."""
    git(root, "add", "--all", on=on)
    git(root, "commit", "--quiet", "--allow-empty", f"--message={message}", on=on)
    return git(root, "rev-parse", "HEAD")


def make_repository(folder: Path, root: str = "") -> Path:
    """Make a repository with the small register of the tests below `root` in it, committed; return the register."""
    register = folder / root
    for path, content in source(REGISTER).files.items():
        (register / path).parent.mkdir(parents=True, exist_ok=True)
        (register / path).write_bytes(content)
    git(folder, "init", "--quiet")
    commit(folder, "Begin")
    return register

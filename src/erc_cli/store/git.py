"""What a writing command asks of git: to commit the paths that it changed, and nothing else."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from erc_cli.errors import RefusedError, UnreadableError

_TIMEOUT = 60.0


def commit(root: str, paths: Sequence[str], message: str) -> str:
    """Commit these paths alone, as they are on disk, and return the short name of the commit.

    What else is in the index stays there. Raises RefusedError with git's words.
    """
    # New files must be known before they can be committed alone; should the commit fail they stay noted as new.
    _git(root, ["add", "--intent-to-add", "--", *paths])
    _git(root, ["commit", "--quiet", "--only", "--no-edit", f"--message={message}", "--", *paths])
    return _git(root, ["rev-parse", "--short", "HEAD"]).strip()


def require_repository(root: str) -> None:
    """Raise UnreadableError where there is no git, or no repository."""
    try:
        _git(root, ["rev-parse", "--git-dir"])
    except RefusedError as error:
        raise UnreadableError(f"--commit needs a git repository, and {root} is in none (git init makes one)") from error


def _git(root: str, words: Sequence[str]) -> str:
    env = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "GIT_LITERAL_PATHSPECS": "1"}
    command = ["git", "-C", root, "-c", "core.fsmonitor=false", *words]
    try:
        done = subprocess.run(command, env=env, capture_output=True, timeout=_TIMEOUT, check=False)
    except FileNotFoundError as error:
        raise UnreadableError("git is not installed: --commit needs it") from error
    except subprocess.TimeoutExpired as error:
        raise RefusedError(f"git {words[0]} did not end within {_TIMEOUT:.0f} seconds") from error
    if done.returncode:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().split("\n")
        raise RefusedError(f"git {words[0]} failed: {said[0]}")
    return done.stdout.decode("utf-8", "replace")

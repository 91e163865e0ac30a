"""What makes a clone more helpful: ids in the heads of hunks, and a hook that checks before a commit."""

from __future__ import annotations

import os
import shlex
import stat
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

from erc_cli.errors import RefusedError, UnreadableError

_MARK = "# written by erc git-setup"
_ATTRIBUTES = ("*.yaml text eol=lf", "data/**/*.yaml diff=erc", "data/*.yaml diff=erc", "documents/** -text")
_FUNCTION = r"^( *- (id|party|year|on|stage): .*|[a-z_]+:.*)$"
_HOOK = """\
#!/bin/sh
{mark}: the register is checked before each commit; `git commit --no-verify` goes without.
# What is staged is checked, whatever the work tree has: as a commit that no branch knows of.
cd "$(git rev-parse --show-toplevel)"/{prefix} || exit 1
tree=$(git write-tree) && staged=$(git commit-tree "$tree" -m staged) || exit 1
exec {command} check --at "$staged" --format concise
"""


class Step(NamedTuple):
    """One thing to be set up: what it is, whether it is done, and what stands in its way, if anything does."""

    what: str
    is_done: bool
    hindrance: str = ""


def steps(root: str) -> list[Step]:
    """Return what there is to set up and whether it is. Raises UnreadableError where there is no repository."""
    hook = _hook_path(root)
    there = _text(hook)
    return [
        Step("ids stand in the heads of hunks", _config(root) == _FUNCTION),
        Step(".gitattributes says which files are records", not _missing(root), _hindrance_of_attributes(root)),
        Step(
            "a hook checks the register before each commit",
            there == _hook_text(root) and os.access(hook, os.X_OK),
            _hindrance_of_hook(root, hook, there),
        ),
    ]


def _hindrance_of_attributes(root: str) -> str:
    path = os.path.join(root, ".gitattributes")
    return f"{path} is a link: it is not written through" if os.path.islink(path) else ""


def _hindrance_of_hook(root: str, hook: str, there: str) -> str:
    """What keeps a hook from being written: another one, a link, or a folder that other repositories share."""
    if there and _MARK not in there:
        return f"{hook} is another hook: have it call erc check"
    if os.path.islink(hook):
        return f"{hook} is a link: it is not written through"
    folder = os.path.realpath(os.path.dirname(hook))
    own = [_git(root, ["rev-parse", f"--{one}"]) for one in ("git-common-dir", "show-toplevel")]
    homes = [os.path.realpath(os.path.join(root, one)) for one in own]
    if not any(os.path.commonpath((home, folder)) == home for home in homes):
        return f"{folder}, which core.hooksPath names, lies outside this repository: have its pre-commit call erc check"
    return ""


def set_up(root: str) -> list[Step]:
    """Set up what is not, but for what somebody else's hook stands in the way of; return the steps as they are then."""
    for step in steps(root):
        if step.is_done or step.hindrance:
            continue
        try:
            _do(root, step.what)
        except OSError as error:
            raise RefusedError(f"{error.filename or root} cannot be written: {error.strerror}") from error
    return steps(root)


def _do(root: str, what: str) -> None:
    if what.startswith("ids"):
        _git(root, ["config", "--local", "diff.erc.xfuncname", _FUNCTION])
    elif what.startswith(".gitattributes"):
        _add_lines(os.path.join(root, ".gitattributes"), _missing(root))
    else:
        _write_hook(root)


def _missing(root: str) -> list[str]:
    there = _text(os.path.join(root, ".gitattributes")).splitlines()
    return [line for line in _ATTRIBUTES if line not in there]


def _add_lines(path: str, lines: Sequence[str]) -> None:
    there = _text(path)
    gap = "" if not there or there.endswith("\n") else "\n"
    with open(path, "a", encoding="utf-8", newline="\n") as file:
        file.write(gap + "".join(f"{line}\n" for line in lines))


def _write_hook(root: str) -> None:
    path = _hook_path(root)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(_hook_text(root))
    os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)


def _hook_text(root: str) -> str:
    command = f"{shlex.quote(sys.executable)} -m erc_cli"
    prefix = shlex.quote(_git(root, ["rev-parse", "--show-prefix"]) or ".")
    return _HOOK.format(mark=_MARK, prefix=prefix, command=command)


def _hook_path(root: str) -> str:
    return os.path.join(root, _git(root, ["rev-parse", "--git-path", "hooks/pre-commit"]))


def _config(root: str) -> str:
    return _git(root, ["config", "--local", "--default", "", "--get", "diff.erc.xfuncname"])


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def _git(root: str, words: Sequence[str]) -> str:
    """What git says with the configuration of whoever works here, since that is what is set up."""
    try:
        done = subprocess.run(["git", "-C", root, *words], capture_output=True, text=True, check=False, timeout=60)
    except FileNotFoundError as error:
        raise UnreadableError("git is not installed") from error
    if done.returncode:
        said = done.stderr.strip().split("\n")[0].removeprefix("fatal: ")
        raise UnreadableError(f"{root}: {said}")
    return done.stdout.removesuffix("\n")

"""What the program finds around it: for `erc doctor`."""

from __future__ import annotations

import importlib.util
import os
import platform
import sys
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from erc_cli.errors import ErcError
from erc_cli.store.git_setup import steps
from erc_cli.store.raw import read_records
from erc_cli.store.repository import GitError, repository_of, run
from erc_cli.store.state import unfinished
from erc_cli.store.verdict import cache_folder
from erc_cli.store.worktree import WorkTree
from erc_cli.store.writing import leftovers
from erc_cli.version import VERSION

State = Literal["ok", "note", "problem"]

EXTRAS: Final = {
    "calendar": ("icalendar",),
    "excel": ("xlsxwriter", "openpyxl", "defusedxml"),
    "pdf": ("typst",),
    "word": ("docx",),
}
"""Extra: what it installs."""

_LEAST_GIT: Final = (2, 38)


class Found(NamedTuple):
    """One thing that was looked at, how it is, and what to do about it."""

    what: str
    state: State
    value: str
    advice: str = ""


def surroundings(root: str | None) -> Iterator[Found]:
    """Yield everything that was looked at; what is about a register only where there is one."""
    yield Found("erc", "ok", VERSION)
    yield Found("python", "ok", f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    yield _encoding()
    yield _git()
    yield from _extras()
    yield _cache()
    if root is None:
        yield Found("register", "note", "none here", "erc init DIR makes one")
        return
    yield from _register(root)
    yield from _repository(root)


def _encoding() -> Found:
    name = (sys.stdout.encoding or "").lower().replace("-", "")
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or "not set"
    if name == "utf8":
        return Found("text", "ok", f"UTF-8, locale {locale}")
    return Found("text", "note", f"{sys.stdout.encoding}, locale {locale}", "set LANG to one in UTF-8, such as C.UTF-8")


def _git() -> Found:
    try:
        said = run(os.sep, ["version"]).decode().strip()
    except (ErcError, GitError):
        return Found("git", "problem", "not installed", "--at, diff, log and check --base need it")
    numbers = tuple(int(part) for part in said.split()[2].split(".")[:2] if part.isdecimal())
    if numbers < _LEAST_GIT:
        return Found("git", "note", said, "erc check --merge needs 2.38 or newer")
    return Found("git", "ok", said)


def _extras() -> Iterator[Found]:
    for extra, modules in EXTRAS.items():
        missing = [one for one in modules if importlib.util.find_spec(one) is None]
        if missing:
            yield Found(f"extra {extra}", "note", "not installed", f"pip install 'erc-cli[{extra}]'")
        else:
            yield Found(f"extra {extra}", "ok", "installed")


def _cache() -> Found:
    folder = cache_folder()
    existing = folder
    while not os.path.isdir(existing) and os.path.dirname(existing) != existing:
        existing = os.path.dirname(existing)
    if os.access(existing, os.W_OK):
        return Found("cache", "ok", folder)
    return Found(
        "cache", "note", f"{folder} cannot be written", "erc check remembers no verdict; nothing else needs it"
    )


def _register(root: str) -> Iterator[Found]:
    records = list(read_records(WorkTree(root)))
    unread = [one.path for one in records if one.data is None]
    yield Found("register", "problem" if unread else "ok", f"{root}, {len(records)} files")
    if unread:
        yield Found("files", "problem", f"{len(unread)} cannot be read", f"erc check {unread[0]} tells why")
    people = sum(1 for one in records if one.data and one.data.get("contacts"))
    if people:
        advice = "contacts are personal data and git never forgets: write the address of a role"
        yield Found("contacts", "note", f"{people} records have some", advice)
    if unfinished(root):
        yield Found("changes", "problem", "one was interrupted", "the next command that writes brings it to an end")
    left = leftovers(root)
    if left:
        yield Found(
            "leftovers", "note", ", ".join(left[:3]), "of a command that was ended; look at them, and delete them"
        )


def _repository(root: str) -> Iterator[Found]:
    try:
        repository = repository_of(root)
    except ErcError as error:
        yield Found("history", "note", str(error).split("\n")[0], "git init keeps the register's history")
        return
    where = f"below {repository.prefix}" if repository.prefix else "at its top"
    advice = "git fetch --unshallow gets the rest" if repository.is_shallow else ""
    yield Found("history", "note" if advice else "ok", f"a git repository, the register {where}", advice)
    for step in steps(root):
        state: State = "ok" if step.is_done else "note"
        advice = step.hindrance or ("" if step.is_done else "erc git-setup sets it up")
        yield Found("setup", state, step.what, advice)

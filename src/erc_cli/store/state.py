"""Where commands that write keep what they need beside the data: in the git folder, else in `.erc` at the root.

Reading commands ask here whether a change was left unfinished. Imports nothing heavy and runs no git.

    .git/erc.lock               held while a command writes, empty, never removed
    .git/erc/prepared.json      a change that is being written; it does not count yet
    .git/erc/journal.json       a change that counts; what is missing of it is done by the next command that writes
    .git/erc/rollback.json      a change that could not be made and is being taken back
    .git/erc/last-change.json   the last change made, for `erc undo`

Where the root is a folder inside the work tree, `erc` is followed by a check sum of that folder's path; where
there is no git the same names are in `.erc`, with a `.gitignore` should git come later.
"""

from __future__ import annotations

import os
from typing import Final, NamedTuple
from zlib import crc32

from erc_cli.errors import RefusedError

PREPARED: Final = "prepared.json"
JOURNAL: Final = "journal.json"
ROLLBACK: Final = "rollback.json"
LAST: Final = "last-change.json"
OWN_FOLDER: Final = ".erc"
_LONGEST: Final = 4096

_UNDER_WAY: Final = (
    ("MERGE_HEAD", "a merge", "git merge"),
    ("rebase-merge", "a rebase", "git rebase"),
    ("rebase-apply", "a rebase", "git rebase"),
    ("CHERRY_PICK_HEAD", "a cherry-pick", "git cherry-pick"),
    ("REVERT_HEAD", "a revert", "git revert"),
)


class State(NamedTuple):
    """The places that belong to one register."""

    lock: str
    folder: str
    git_folder: str | None

    def file(self, name: str) -> str:
        """Return the path of one of the files above."""
        return os.path.join(self.folder, name)


def state_of(root: str) -> State:
    """Return where the state of the register at `root` is; the folder need not be there yet."""
    found = _find_git(root)
    if found is None:
        own = os.path.join(root, OWN_FOLDER)
        return State(os.path.join(own, "erc.lock"), own, None)
    git_folder, top = found
    below = os.path.relpath(os.path.realpath(root), top).replace(os.sep, "/")
    name = "erc" if below == "." else f"erc-{_short(below)}"
    return State(os.path.join(git_folder, "erc.lock"), os.path.join(git_folder, name), git_folder)


def _short(text: str) -> str:
    return f"{crc32(text.encode('utf-8', 'surrogateescape')):08x}"


def _find_git(root: str) -> tuple[str, str] | None:
    """Return the git folder of this work tree and the work tree's top, or None where there is no git."""
    top = os.path.realpath(root)
    while True:
        git_folder = _git_folder(os.path.join(top, ".git"))
        if git_folder is not None:
            return git_folder, top
        above = os.path.dirname(top)
        if above == top:
            return None
        top = above


def _git_folder(dot_git: str) -> str | None:
    """Return the folder that `.git` is, or names if it is a file (linked work trees and submodules have one)."""
    if os.path.isfile(dot_git):
        try:
            with open(dot_git, "rb") as file:
                words = os.fsdecode(file.read(_LONGEST))
        except OSError:
            return None
        if not words.startswith("gitdir: "):
            return None
        dot_git = os.path.join(os.path.dirname(dot_git), words.removeprefix("gitdir: ").rstrip("\r\n"))
    return os.path.abspath(dot_git) if os.path.isfile(os.path.join(dot_git, "HEAD")) else None


def unfinished(root: str) -> bool:
    """Whether a command was interrupted in the middle of a change; the next one that writes finishes it."""
    state = state_of(root)
    return any(os.path.lexists(state.file(name)) for name in (JOURNAL, ROLLBACK))


def refuse_while_merging(state: State) -> None:
    """Raise RefusedError during a merge, rebase, cherry-pick or revert: the files are in the middle of git's change."""
    if state.git_folder is None:
        return
    for name, what, command in _UNDER_WAY:
        if os.path.lexists(os.path.join(state.git_folder, name)):
            raise RefusedError(
                f"{what} is under way in this repository: nothing was written; finish it, or give it up with "
                f"`{command} --abort`, then run the command again"
            )

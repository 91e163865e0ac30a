"""How changed files reach the disk: whole or not at all, on the disk itself, and over nobody's work.

A command holds the repository's lock from before it reads until it has written:

    with writer(root, words) as write:
        ... read, compute ...
        write([Change("data/partners/oic.yaml", before=what_was_read, after=what_shall_be)])

What it relies on: a journal in the git folder (journal.py), staged files and exchanged names (placing.py), a lock
(lock.py). Reading commands import none of this; they ask state.py whether something was left unfinished.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Final, NamedTuple

from erc_cli.core.folders import FOLDERS
from erc_cli.errors import RefusedError
from erc_cli.store import journal as journals
from erc_cli.store import placing, system
from erc_cli.store.journal import Journal
from erc_cli.store.lock import PATIENCE, hold_lock
from erc_cli.store.placing import Changed, File
from erc_cli.store.reasons import reason_of
from erc_cli.store.state import LAST, State, refuse_while_merging, state_of
from erc_cli.store.worktree import DATA

_RECORD_FOLDERS: Final = frozenset({DATA, *(f"{DATA}/{one}" for one in FOLDERS)})


class Change(NamedTuple):
    """One file as it was read and as it shall be."""

    path: str
    """Relative to the root, with slashes."""
    before: bytes | None
    """What was read; None: there is no such file, and there must be none."""
    after: bytes | None
    """None: the file goes."""


class LastChange(NamedTuple):
    """The last change that was made, which `take_back` would undo."""

    words: tuple[str, ...]
    paths: tuple[str, ...]


Write = Callable[[Sequence[Change]], list[str]]


@contextmanager
def writer(
    root: str, words: Sequence[str] = (), patience: float = PATIENCE, tell: Callable[[str], None] | None = None
) -> Iterator[Write]:
    """Hold the lock of the register at `root`, finish what was interrupted, and yield the function that writes.

    `words` are the command's, kept for `erc undo`. `tell` is given lines for stderr: that it waits, what it
    finished.
    Raises RefusedError when that takes longer than `patience` seconds, or while git merges or rebases.
    """
    state = state_of(root)
    with ExitStack() as held:
        with _refusing(root):
            held.enter_context(hold_lock(state, patience, tell))
            refuse_while_merging(state)
            for line in journals.recover(root, state):
                if tell is not None:
                    tell(line)
        yield lambda changes: _write(root, state, tuple(words), changes)


def write(
    root: str,
    changes: Sequence[Change],
    words: Sequence[str] = (),
    patience: float = PATIENCE,
    tell: Callable[[str], None] | None = None,
) -> list[str]:
    """Make a change of one or more files, all or none. Returns warnings, nearly always none.

    Raises RefusedError if a file is not as it was read, or cannot be written; then nothing is changed.
    """
    with writer(root, words, patience, tell) as write_now:
        return write_now(changes)


def recover(root: str, patience: float = PATIENCE, tell: Callable[[str], None] | None = None) -> list[str]:
    """Bring an interrupted change to its end; every writer does this first. Returns what was done, in sentences."""
    state = state_of(root)
    with _refusing(root), hold_lock(state, patience, tell):
        refuse_while_merging(state)
        return journals.recover(root, state)


def last_change(root: str) -> LastChange | None:
    """Return the command and the files that `take_back` would undo, or None."""
    with _refusing(root):
        journal = _load_last(state_of(root))
    return None if journal is None else LastChange(journal.words, tuple(file.path for file in journal.files))


def take_back(
    root: str,
    words: Sequence[str] = ("undo",),
    patience: float = PATIENCE,
    tell: Callable[[str], None] | None = None,
) -> list[str]:
    """Undo the last change and return the paths of its files; a second time makes it again.

    Raises RefusedError if there is none, or a file is not as that change left it.
    """
    with writer(root, words, patience, tell) as write_now:
        with _refusing(root):
            journal = _load_last(state_of(root))
            if journal is None:
                raise RefusedError("no change to take back is on file: nothing was written")
            for file in journal.files:
                if not placing.is_content(file.at(root), file.after):
                    raise RefusedError(
                        f"{file.path} changed since `{' '.join(journal.words)}`: nothing was written; "
                        "`git diff` shows what can be taken back by hand"
                    )
        write_now([Change(file.path, file.after, file.before) for file in journal.files])
        return [file.path for file in journal.files]


def leftovers(root: str) -> list[str]:
    """Return dot-files of interrupted commands below `data/` that no command will remove, relative to the root.

    They are reported, not removed: one may hold what another program saved. Raises OSError.
    """
    found = []
    for folder in sorted(_RECORD_FOLDERS):
        try:
            listed = system.list_folder(os.path.join(root, *folder.split("/")))
        except (FileNotFoundError, NotADirectoryError):
            continue
        found += [f"{folder}/{one.name}" for one in listed if one.name.startswith(".erc-")]
    return found


def _load_last(state: State) -> Journal | None:
    try:
        return journals.load(state, LAST)
    except ValueError:
        return None


def _write(root: str, state: State, words: tuple[str, ...], changes: Sequence[Change]) -> list[str]:
    asked = [change for change in changes if change.before is None or change.before != change.after]
    _check_request(asked)
    if not asked:
        return []
    with _refusing(root):
        for change in asked:
            _check_now(root, change)
        return journals.carry_out(root, state, _plan(root, words, asked))


def _check_request(changes: Sequence[Change]) -> None:
    """Raises ValueError: a command that asks for such a change is wrong itself."""
    paths = [change.path for change in changes]
    if len(set(paths)) != len(paths):
        raise ValueError(f"one file twice in one change: {paths}")
    for change in changes:
        if not journals.is_inside(change.path):
            raise ValueError(f"{change.path} is no path inside the register")
        if change.before is None and change.after is None:
            raise ValueError(f"{change.path}: no change")


def _plan(root: str, words: tuple[str, ...], changes: Sequence[Change]) -> Journal:
    token = secrets.token_hex(6)
    files = [
        File(change.path, change.before, change.after, f".erc-{token}-{number}")
        for number, change in enumerate(sorted(changes, key=_turn))
    ]
    folders = sorted({file.path.rpartition("/")[0] for file in files if file.before is None} & _RECORD_FOLDERS)
    made = [one for one in folders if system.look(os.path.join(root, *one.split("/"))) is None]
    return Journal(words, tuple(files), tuple(made))


def _turn(change: Change) -> tuple[bool, bool]:
    """New files first, those that go last: whoever reads meanwhile sees one twice rather than not at all."""
    return change.after is None, change.before is not None


def _check_now(root: str, change: Change) -> None:
    """Raise RefusedError unless a file is as it was read, and is a file."""
    steps = change.path.split("/")
    for count in range(1, len(steps) + 1):
        if system.is_link(os.path.join(root, *steps[:count])):
            raise RefusedError(f"{'/'.join(steps[:count])} is a link: nothing was written; erc writes to files only")
    try:
        now = placing.content_of(os.path.join(root, *steps), change.before)
    except system.NotRegularError as error:
        raise RefusedError(
            f"{change.path} is {error.strerror}: nothing was written; erc writes to files only"
        ) from error
    if now == change.before:
        return
    if change.before is None:
        raise RefusedError(f"{change.path} is there already: nothing was written")
    raise RefusedError(_changed(change.path))


def _changed(path: str) -> str:
    return f"{path} changed meanwhile: nothing was written; run the command again"


@contextmanager
def _refusing(root: str) -> Iterator[None]:
    """Turn what goes wrong into a RefusedError that says what to do."""
    try:
        yield
    except Changed as change:
        raise RefusedError(_changed(change.path)) from change
    except OSError as error:
        raise RefusedError(f"{reason_of(error, root)}; nothing was changed") from error

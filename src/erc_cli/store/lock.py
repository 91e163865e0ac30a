"""The lock that every command holds while it writes: one at a time in a repository."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

import filelock

from erc_cli.errors import RefusedError
from erc_cli.store import system
from erc_cli.store.state import OWN_FOLDER, State

PATIENCE: Final = 10.0
"""Seconds to wait for another command."""

_BETWEEN: Final = 0.02


def try_lock(handle: int) -> bool:
    """Take the system's lock on a file, if nobody else has it. Part of the seam. Raises OSError."""
    return filelock.lock_descriptor(handle, blocking=False)


@contextmanager
def hold_lock(state: State, patience: float = PATIENCE, tell: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the lock of a repository.

    `tell` is given one line when another command holds it. The system gives the lock of a dead process back by
    itself, so there are no stale ones. Raises RefusedError after `patience` seconds, OSError where locks cannot be.
    """
    handle = _open(state)
    try:
        _wait(handle, state.lock, patience, tell)
        yield
    finally:
        with suppress(OSError):
            system.close(handle)


def _open(state: State) -> int:
    if state.git_folder is None:
        if system.is_link(state.folder):
            raise RefusedError(f"{OWN_FOLDER} is a link: nothing was written; remove it")
        system.make_folder(state.folder)
        with suppress(FileExistsError):
            system.write_new(os.path.join(state.folder, ".gitignore"), b"*\n")
    return system.open_lock(state.lock)


def _wait(handle: int, path: str, patience: float, tell: Callable[[str], None] | None) -> None:
    waited = 0.0
    while not try_lock(handle):
        if waited == 0 and tell is not None:
            tell(f"another erc is writing here: waiting up to {patience:.0f} seconds for it")
        if waited >= patience:
            raise RefusedError(
                f"another erc has been writing here for {patience:.0f} seconds: nothing was written; wait for it or "
                f"end it, then run the command again (it holds {path}; removing that file does not help)"
            )
        system.pause(_BETWEEN)
        waited += _BETWEEN

"""Answers that go to a file: the whole of it, or the one that was there."""

from __future__ import annotations

import os
import secrets
import stat

from erc_cli.core.folders import FOLDERS
from erc_cli.errors import RefusedError
from erc_cli.store import system
from erc_cli.store.worktree import DATA


def write_output(path: str, content: bytes) -> None:
    """Write an answer to a file, in the place of one that is there; a link is followed, a device is written to.

    Raises RefusedError where that fails, and for a file among the records of a register.
    """
    real = os.path.realpath(path)
    if _is_among_records(real):
        raise RefusedError(f"{path} is among the records of a register, and an answer is no record: name another file")
    try:
        found = system.look_through(path)
        if found is not None and not stat.S_ISREG(found.st_mode):
            system.write_through(path, content)
        else:
            _replace(real, content, found)
    except OSError as error:
        raise RefusedError(f"{path} cannot be written: {error.strerror}") from error


def _is_among_records(path: str) -> bool:
    folder = os.path.dirname(path)
    if os.path.basename(folder) in FOLDERS:
        folder = os.path.dirname(folder)
    return os.path.basename(folder) == DATA and system.is_file(os.path.join(folder, "plan.yaml"))


def _replace(path: str, content: bytes, found: os.stat_result | None) -> None:
    """Write beside the file, then give the new one its name: whoever reads meanwhile has the old or the new."""
    staged = f"{path}.{secrets.token_hex(4)}.tmp"
    handle = system.open_new(staged, 0o666)
    try:
        try:
            left = memoryview(content)
            while left:
                left = left[system.write_some(handle, left) :]
            if found is not None:
                system.set_like(handle, found)
            system.sync(handle)
        finally:
            system.close(handle)
        system.move(staged, path)
    except BaseException:
        system.remove(staged)
        raise

"""The one seam to the operating system: every call on a file passes here, so that tests can make any of them fail."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

if sys.platform == "darwin":
    import fcntl

_SAFE_FLAGS = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOCTTY", 0)
)
_READ_FLAGS = os.O_RDONLY | _SAFE_FLAGS
_WRITE_FLAGS = os.O_WRONLY | _SAFE_FLAGS


class NotRegularError(OSError):
    """What should be a file is a link, a folder, a pipe or a device."""


class Listed(NamedTuple):
    """One name in a folder."""

    name: str
    is_folder: bool
    is_file: bool
    """A regular file, no link."""


def read_file(path: str, limit: int) -> bytes:
    """Return the first `limit` + 1 bytes of a regular file. Raises NotRegularError, or another OSError."""
    handle = _open_regular(path)
    try:
        return _read(handle, limit + 1)
    finally:
        os.close(handle)


def pieces_of_file(path: str) -> Iterator[bytes]:
    """Yield a regular file in pieces of a mebibyte. Raises NotRegularError, or another OSError."""
    handle = _open_regular(path)
    try:
        while piece := os.read(handle, 1024 * 1024):
            yield piece
    finally:
        os.close(handle)


def _open_regular(path: str) -> int:
    try:
        handle = os.open(path, _READ_FLAGS)
    except OSError as error:
        if os.path.islink(path):
            raise NotRegularError(error.errno, "a link", path) from error
        raise
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        raise NotRegularError(0, _what(mode), path)
    return handle


def _read(handle: int, most: int) -> bytes:
    first = os.read(handle, most)
    if len(first) in (0, most):
        return first
    chunks, size = [first], len(first)
    while size < most and (chunk := os.read(handle, most - size)):
        chunks.append(chunk)
        size += len(chunk)
    return b"".join(chunks)


def _what(mode: int) -> str:
    kinds = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISLNK, "a link"),
        (stat.S_ISSOCK, "a socket"),
    )
    return next((name for is_it, name in kinds if is_it(mode)), "a device")


def list_folder(path: str) -> list[Listed]:
    """Return what is in a folder, by name. Raises OSError."""
    with os.scandir(path) as entries:
        found = [
            Listed(entry.name, entry.is_dir(follow_symlinks=False), entry.is_file(follow_symlinks=False))
            for entry in entries
        ]
    return sorted(found)


def stat_files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield name and stat of everything in a folder but links' targets, in no order. Raises OSError."""
    with os.scandir(folder) as entries:
        for entry in entries:
            yield entry.name, entry.stat(follow_symlinks=False)


def is_file(path: str) -> bool:
    """Whether `path` is a file, links followed."""
    return os.path.isfile(path)


def is_link(path: str) -> bool:
    """Whether there is a symbolic link."""
    return os.path.islink(path)


def make_folder(path: str) -> None:
    """Make a folder and those above it; one that is there is left. Raises OSError."""
    os.makedirs(path, exist_ok=True)


def write_new(path: str, content: bytes) -> None:
    """Write a file that is not there yet. Raises FileExistsError, or another OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o644)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def open_new(path: str, mode: int) -> int:
    """Make a file that is not there yet and return its handle. Raises FileExistsError, or another OSError."""
    return os.open(path, _WRITE_FLAGS | os.O_CREAT | os.O_EXCL, mode)


def write_through(path: str, content: bytes) -> None:
    """Write to a device or a pipe that is there. Raises OSError."""
    with open(path, "wb") as file:
        file.write(content)


def write_some(handle: int, content: memoryview) -> int:
    """Write what the system takes at once and return how many bytes that was. Raises OSError."""
    return os.write(handle, content)


def set_like(handle: int, like: os.stat_result) -> None:
    """Give a file the owner, where allowed, and the mode of another. Raises OSError."""
    if sys.platform != "win32":
        has = os.fstat(handle)
        if (has.st_uid, has.st_gid) != (like.st_uid, like.st_gid):
            with suppress(PermissionError):
                os.fchown(handle, like.st_uid, like.st_gid)
        os.fchmod(handle, stat.S_IMODE(like.st_mode))


def sync(handle: int) -> None:
    """Return when the content of a file is on the disk itself. Raises OSError."""
    if sys.platform == "darwin":
        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    else:
        os.fsync(handle)


def sync_folder(path: str) -> None:
    """Return when the names in a folder are on the disk; nothing to do on Windows. Raises OSError."""
    if sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        sync(handle)
    finally:
        os.close(handle)


def close(handle: int) -> None:
    """Close a handle. Raises OSError."""
    os.close(handle)


def look(path: str) -> os.stat_result | None:
    """Return what is at `path`, a link not followed, or None if there is nothing. Raises OSError."""
    try:
        return os.lstat(path)
    except FileNotFoundError:
        return None


def look_through(path: str) -> os.stat_result | None:
    """Return what is at `path`, links followed, or None if there is nothing. Raises OSError."""
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def move(path: str, new: str) -> None:
    """Give a file another name; what had that name before is gone. Raises OSError."""
    os.replace(path, new)


def give_second_name(path: str, new: str) -> None:
    """Give a file one more name, which must be free. Raises FileExistsError, or another OSError."""
    os.link(path, new, follow_symlinks=False)


def move_to_free(path: str, new: str) -> None:
    """Give a file another name, which must be free. Only where `os.rename` is so, on Windows. Raises OSError."""
    os.rename(path, new)


def remove(path: str) -> None:
    """Remove a name; one that is not there is well, too. Raises OSError."""
    with suppress(FileNotFoundError):
        os.unlink(path)


def remove_folder(path: str) -> None:
    """Remove an empty folder. Raises OSError."""
    os.rmdir(path)


def open_lock(path: str) -> int:
    """Open a lock file, made if it is not there; never emptied or removed. Raises OSError."""
    return os.open(path, os.O_RDWR | os.O_CREAT | _SAFE_FLAGS, 0o666)


def pause(seconds: float) -> None:
    """Wait."""
    time.sleep(seconds)

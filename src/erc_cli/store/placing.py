"""One file from what it was to what it shall be: staged beside it under a dot-name, then put in its place in one step.

What comes out of the place is compared with what was read: another program may have saved in between, and its save
goes back. Nothing is removed whose content is not known.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import NamedTuple

from erc_cli.store import exchange, system
from erc_cli.store.reasons import about


class Changed(Exception):  # noqa: N818 - no failure of the program
    """Another program changed a file between reading and writing; its path relative to the root.

    `left` is the dot-file in which one of several saves of that program stays, where they came too fast.
    """

    def __init__(self, path: str, left: str | None = None) -> None:
        super().__init__(path)
        self.path = path
        self.left = left


class File(NamedTuple):
    """One file of a change, with everything that is needed to go on with it or back."""

    path: str
    """Relative to the root, with slashes."""
    before: bytes | None
    after: bytes | None
    name: str
    """The dot-name under which contents are staged in the same folder."""

    def at(self, root: str) -> str:
        """Return where it is."""
        return os.path.join(root, *self.path.split("/"))

    def staged(self, root: str) -> str:
        """Return where its next content is written."""
        return os.path.join(os.path.dirname(self.at(root)), self.name)

    def backwards(self) -> File:
        """Return the way back."""
        return self._replace(before=self.after, after=self.before)


def content_of(path: str, *expected: bytes | None) -> bytes | None:
    """Return the content of a regular file, at least so much that it equals an expected one only if it is that.

    None where there is nothing. Raises NotRegularError, or another OSError.
    """
    try:
        return system.read_file(path, max(len(one or b"") for one in expected))
    except FileNotFoundError:
        return None


def stage(path: str, content: bytes, like: os.stat_result | None) -> None:
    """Write a file that is not there yet, on the disk and read back, with owner and mode of `like`. Raises OSError."""
    handle = system.open_new(path, 0o666 if like is None else 0o600)
    try:
        _fill(handle, content, like)
        if system.read_file(path, len(content)) != content:
            raise OSError(errno.EIO, "what was written does not read back as it was", path)
    except BaseException:
        with suppress(OSError):  # whoever tidies up tries once more
            system.remove(path)
        raise


def _fill(handle: int, content: bytes, like: os.stat_result | None) -> None:
    try:
        if like is not None:
            system.set_like(handle, like)
        _write_all(handle, content)
        system.sync(handle)
    finally:
        system.close(handle)


def _write_all(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        written = system.write_some(handle, rest)
        if written <= 0:
            raise OSError(errno.EIO, "the system wrote nothing")
        rest = rest[written:]


def stage_file(root: str, file: File) -> None:
    """Stage the next content of a file, unless it is staged. Raises Changed where a save is in the way, or OSError."""
    staged = file.staged(root)
    if file.after is not None and is_content(staged, file.after):
        return
    left = tidy(root, file)
    if left is not None:
        raise Changed(file.path, left)
    if file.after is not None:
        with about(file.at(root)):
            stage(staged, file.after, system.look(file.at(root)))


def place(root: str, file: File) -> None:
    """Put a staged file in its place. Raises Changed if what is there is not `before`, or OSError."""
    way = _add if file.before is None else _take_out if file.after is None else _swap_in
    with about(file.at(root)):
        way(root, file)


def _swap_in(root: str, file: File) -> None:
    at, staged = file.at(root), file.staged(root)
    try:
        exchange.exchange(staged, at)
    except FileNotFoundError as error:
        raise Changed(file.path) from error
    except OSError as error:
        if error.errno not in exchange.CANNOT:
            raise
        _replace(at, staged, file)
        return
    if not is_content(staged, file.before):
        _swap_back(at, staged, file)
        raise Changed(file.path)


def _replace(at: str, staged: str, file: File) -> None:
    """Where names cannot be exchanged: one more look, then over it."""
    if not is_content(at, file.before):
        raise Changed(file.path)
    system.move(staged, at)


def _swap_back(at: str, staged: str, file: File) -> None:
    """Give another program's save its place back. What comes out should be ours; if not it is a newer save still."""
    exchange.exchange(staged, at)
    if not is_content(staged, file.after):
        exchange.exchange(staged, at)
        raise Changed(file.path, left=staged)


def _add(root: str, file: File) -> None:
    at, staged = file.at(root), file.staged(root)
    try:
        put_in_free_place(staged, at)
    except FileExistsError as error:
        raise Changed(file.path) from error


def _take_out(root: str, file: File) -> None:
    at, staged = file.at(root), file.staged(root)
    try:
        system.move(at, staged)
    except FileNotFoundError as error:
        raise Changed(file.path) from error
    if not is_content(staged, file.before):
        try:
            put_in_free_place(staged, at)
        except FileExistsError as error:
            raise Changed(file.path, left=staged) from error
        raise Changed(file.path)


def put_in_free_place(path: str, new: str) -> None:
    """Move a file to a name that is free. Raises FileExistsError, or another OSError."""
    if os.name == "nt":
        system.move_to_free(path, new)
    else:
        system.give_second_name(path, new)
        system.remove(path)


def is_content(path: str, content: bytes | None) -> bool:
    """Whether a file is there as expected; a link or folder in its place is not. Raises OSError."""
    try:
        return content_of(path, content) == content
    except system.NotRegularError:
        return False


def came_out(root: str, file: File) -> bool:
    """Whether what came out of the place is something else than was read, even the beginning of it. Raises OSError."""
    staged = file.staged(root)
    return file.before is not None and system.look(staged) is not None and not is_content(staged, file.before)


def is_foreign(root: str, file: File) -> bool:
    """Whether what is staged is none of our contents.

    A beginning of one counts as ours: a command can be killed while it writes. Raises OSError.
    """
    staged = file.staged(root)
    if system.look(staged) is None:
        return False
    try:
        has = content_of(staged, file.before, file.after)
    except system.NotRegularError:
        return True
    return has is not None and not any(one is not None and one.startswith(has) for one in (file.before, file.after))


def take_back(root: str, file: File, is_late: bool) -> None:
    """Undo `place`, if it was done and nobody changed the file since. Raises Changed or OSError.

    `is_late`: what came out of the place is another program's save, and it is that which goes back.
    """
    if not is_content(file.at(root), file.after):
        return
    way_back = file.backwards()
    if not is_late:
        stage_file(root, way_back)
    place(root, way_back)


def tidy(root: str, file: File) -> str | None:
    """Remove what is staged for a file; leave it and return its path if it is none of our contents. Raises OSError."""
    if is_foreign(root, file):
        return file.staged(root)
    system.remove(file.staged(root))
    return None

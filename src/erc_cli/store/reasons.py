"""What the system's errors mean to the person who wanted to write."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_REASONS: Final = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the quota on this disk is used up",
    errno.EFBIG: "the file would be larger than is allowed here",
    errno.EROFS: "the file system is read-only",
    errno.EACCES: "no permission to write there",
    errno.EPERM: "no permission to write there",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ENOENT: "its folder is not there",
    errno.ENOTDIR: "what should be its folder is none",
    errno.ELOOP: "there is a link",
    errno.EIO: "the disk reports an error",
}


def reason_of(error: OSError, root: str) -> str:
    """Return which file cannot be written and why; paths below `root` relative to it."""
    where = str(error.filename or "a file")
    if where.startswith(root + os.sep):
        where = os.path.relpath(where, root).replace(os.sep, "/")
    return f"{where} cannot be written: {_REASONS.get(error.errno or 0) or error.strerror or str(error)}"


@contextmanager
def about(path: str) -> Iterator[None]:
    """Let errors of the system name the file that was meant, not the one that is staged for it."""
    try:
        yield
    except OSError as error:
        error.filename = path
        raise

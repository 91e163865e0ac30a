"""Exchanging two names in one step, where the system can: nothing is ever overwritten, what was there comes out.

Linux only, and not on every file system. Part of the seam to the operating system, apart from `system` because
loading ctypes takes time that reading commands need not spend.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from typing import Final

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2

CANNOT: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM})
"""Numbers of errors that say that this system, file system or sandbox knows no exchange."""


def _find_call() -> Callable[..., int] | None:
    if sys.platform != "linux":
        return None
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return None
    call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    call.restype = ctypes.c_int
    found: Callable[..., int] = call
    return found


_renameat2 = _find_call()


def exchange(one: str, other: str) -> None:
    """Let two names of one file system change places, in one step. Raises OSError, one of `CANNOT` if there is no such.

    Links are not followed.
    """
    if _renameat2 is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), other)
    if _renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), other)

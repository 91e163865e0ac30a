"""From what happens while a command runs to text on stderr and an exit code."""

from __future__ import annotations

import errno
import os
import sys

from erc_cli.errors import ErcError

TYPE_CHECKING = False  # importing it from typing takes as long as all else here
if TYPE_CHECKING:
    from collections.abc import Callable


_DISK = {errno.ENOSPC, errno.EIO, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
"""What goes wrong with a disk, not with this program."""


def run_guarded(command: Callable[[], int]) -> int:
    """Run `command` and return its exit code, or that of what it raised.

    ErcError has its own; an interrupt is 130, a closed pipe ends quietly with 0, anything else is a bug: 70.
    """
    prepare_streams()
    try:
        code = command()
        sys.stdout.flush()
        return code
    except ErcError as error:
        say_error(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _silence_stdout()
        return 0
    except OSError as error:
        if error.errno not in _DISK:
            return _bug(error)
        say_error(f"the output cannot be written: {error.strerror}")
        return 5
    except Exception as error:
        return _bug(error)


def _bug(error: Exception) -> int:
    """Say a bug in a line, with the way to the whole story."""
    if os.environ.get("ERC_DEBUG"):
        raise error
    say_error(f"a bug in erc: {type(error).__name__}: {error}\nPlease report it; ERC_DEBUG=1 shows where it is.")
    return 70


def say_error(message: str) -> None:
    """Write what went wrong to stderr, further lines indented."""
    from erc_cli.core.text import visible

    first, *more = message.split("\n")
    sys.stderr.write("\n".join([f"erc: {visible(first)}", *(f"     {visible(line)}" for line in more)]) + "\n")


def prepare_streams() -> None:
    """Write UTF-8 with LF on every system; what a stream cannot show is escaped."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _silence_stdout() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)

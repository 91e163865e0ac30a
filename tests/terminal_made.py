"""Commands on a terminal of their own: what they show there, and keys that are typed when they ask."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import subprocess
import sys
import termios
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PATIENCE = 60.0


class Shown(NamedTuple):
    """What was on the terminal, lines ended by line feeds, and the exit code."""

    code: int
    screen: str


def on_terminal(root: Path, *words: str, answers: Sequence[tuple[str, str]] = (), **environment: str) -> Shown:
    """Run `erc` on a terminal; each answer is what is waited for and what is typed then."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "erc_cli", *words],
        cwd=root,
        env={**os.environ, "COLUMNS": "80", "TERM": "xterm", "CI": "", "ERC_ROOT": "", **environment},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # so that Ctrl-C is a signal
    )
    os.close(theirs)
    screen, waiting, seen = b"", list(answers), 0
    while select.select([ours], [], [], PATIENCE)[0]:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # nobody is at the other end any more
            break
        if not piece:
            break
        screen += piece
        while waiting and (at := screen.find(waiting[0][0].encode(), seen)) >= 0:
            seen = at + len(waiting[0][0].encode())
            os.write(ours, waiting.pop(0)[1].encode())
    os.close(ours)
    code = process.wait(PATIENCE)
    assert not waiting, (waiting, screen.decode())
    return Shown(code, screen.decode().replace("\r\n", "\n"))

"""Commands on a terminal of their own: what they show there, and keys that are typed when they ask."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PATIENCE = 60.0
INTERRUPT = "\x03"


class Shown(NamedTuple):
    """What was on the terminal, lines ended by line feeds, and the exit code."""

    code: int
    screen: str


def _on_its_own() -> None:
    """Have Ctrl-C be a signal to the command, also where whoever runs the tests ignores it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


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
        preexec_fn=_on_its_own,
    )
    os.close(theirs)
    screen, waiting, seen, typed = b"", list(answers), 0, ""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if not select.select([ours], [], [], 3)[0]:
            if typed == INTERRUPT and process.poll() is None:
                os.write(ours, typed.encode())  # just before a program begins to wait, a signal goes unheard
            continue
        try:
            piece = os.read(ours, 65536)
        except OSError:  # nobody is at the other end any more
            break
        if not piece:
            break
        screen += piece
        while waiting and (at := screen.find(waiting[0][0].encode(), seen)) >= 0:
            seen = at + len(waiting[0][0].encode())
            typed = waiting.pop(0)[1]
            os.write(ours, typed.encode())
    os.close(ours)
    code = process.wait(PATIENCE)
    assert not waiting, (waiting, screen.decode())
    return Shown(code, screen.decode().replace("\r\n", "\n"))

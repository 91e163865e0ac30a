"""Reading many files on two cores: a forked child reads ahead, the parent takes what it sends and reads the rest.

The child goes through the files from the first, the parent from the last, until they meet; whatever the child does not
send, for whatever reason, the parent reads itself. So the result is the same with or without a child.
"""

from __future__ import annotations

import gc
import marshal
import mmap
import os
import select
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from erc_cli.store.faults import START, Fault, Spot
from erc_cli.store.reader import Reading, read
from erc_cli.store.worktree import Entry, Source, Stray, WorkTree

MIN_FILES = 200
"""Fewer files are read sooner than a child would be ready."""
BATCH = 32
"""So many files are read and sent at a time."""
MAX_WAITING = 16 * 1024 * 1024
"""So many bytes the child keeps while the parent does not take them."""
PATIENCE = 2.0
"""After so many seconds without a word the child is given up."""


def read_one(source: Source, entry: Entry) -> Reading:
    """Return what a file holds, or that it cannot be read."""
    try:
        return read(source.content(entry.path))
    except OSError as error:
        return Reading(None, [Fault("YML015", f"cannot be read: {error.strerror or error}", START, fatal=True)])


class Ahead:
    """The files of a register, listed, and perhaps a child that already reads them; used with `with`."""

    def __init__(self, source: Source, folders: Iterable[str] | None) -> None:
        """List the files. Raises UnreadableError."""
        self._source = source
        self.entries: list[Entry]
        self.strays: list[Stray]
        self.entries, self.strays = source.entries(folders)
        self._child: _Child | None = None
        if isinstance(source, WorkTree) and may_fork(len(self.entries)):
            # Without a second process or pipe to be had, one reads everything.
            with suppress(OSError):
                self._child = _Child(source, self.entries)

    def readings(self) -> Iterator[tuple[Entry, Reading]]:
        """Yield each file with what it holds, once, in no order. Those read by the child have no text and no tree."""
        if self._child is None:
            for entry in self.entries:
                yield entry, read_one(self._source, entry)
            return
        for number, sent in self._child.meet():
            for position, entry in enumerate(_batch(self.entries, number)):
                yield entry, read_one(self._source, entry) if sent is None else _from_plain(sent[position])

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *_: object) -> None:
        if self._child is not None:
            self._child.close()
            self._child = None


_started: dict[tuple[str, frozenset[str] | None], Ahead] = {}


def start(root: str, folders: Iterable[str] | None = None) -> None:
    """Begin to read a work tree, so that a later `ahead` of the same goes on from there. Raises UnreadableError.

    For whoever knows what will be read before the libraries that understand it are imported.
    """
    chosen = None if folders is None else frozenset(folders)
    key = (os.path.abspath(root), chosen)
    if key not in _started:
        _started[key] = Ahead(WorkTree(root), chosen)


def ahead(source: Source, folders: Iterable[str] | None = None) -> Ahead:
    """Return the files of `source`, being read already where `start` was told so. Raises UnreadableError."""
    chosen = None if folders is None else frozenset(folders)
    begun = _started.pop((os.path.abspath(source.root), chosen), None) if isinstance(source, WorkTree) else None
    return begun or Ahead(source, chosen)


def may_fork(files: int) -> bool:
    """Whether a child is possible and of use. With `ERC_PROCESSES` 1 it never is, with 2 whenever it is possible."""
    asked = os.environ.get("ERC_PROCESSES", "")
    if asked == "1" or not hasattr(os, "fork") or not hasattr(select, "poll"):
        return False
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        return False
    return asked == "2" or (files >= MIN_FILES and _processors() > 1)


def _processors() -> int:
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1


def _batch(entries: list[Entry], number: int) -> list[Entry]:
    return entries[number * BATCH : (number + 1) * BATCH]


class Meeting:
    """Two numbers that both processes see: batches begun by the child from the first, by the parent from the last.

    Each writes only its own. Should both begin the same batch at one moment, it is read twice and used once.
    """

    def __init__(self, batches: int) -> None:
        self._batches = batches
        self._shared = memoryview(mmap.mmap(-1, 16)).cast("q")

    def begin_first(self) -> int | None:
        """Return the next batch for the child, None where they have met."""
        number = self._shared[0]
        if number >= self._batches - self._shared[1]:
            return None
        self._shared[0] = number + 1
        return number

    def begin_last(self) -> int | None:
        """Return the next batch for the parent, None where they have met."""
        number = self._batches - self._shared[1] - 1
        if number < self._shared[0]:
            return None
        self._shared[1] += 1
        return number


class _Child:
    """The parent's side of a child that reads ahead."""

    def __init__(self, source: WorkTree, entries: list[Entry]) -> None:
        self._batches = -(-len(entries) // BATCH)
        self._meeting = Meeting(self._batches)
        self._buffer = bytearray()
        self._pipe, to_parent = os.pipe()
        try:
            self._process = os.fork()
        except OSError:
            os.close(self._pipe)
            os.close(to_parent)
            raise
        if self._process == 0:
            _be_child(source, entries, self._pipe, to_parent, self._meeting)
        os.close(to_parent)
        os.set_blocking(self._pipe, False)

    def meet(self) -> Iterator[tuple[int, list[Any] | None]]:
        """Yield the number of every batch once, with what the child sent of it; None for what is left to the parent."""
        first, last, is_open = 0, self._batches, True
        while first < last:
            is_open = is_open and self._receive(wait=False)
            message = self._next_message()
            if message is not None:
                yield first, message
                first += 1
            elif (number := self._meeting.begin_last()) is not None:
                last = number
                yield last, None
            elif is_open:
                is_open = self._receive(wait=True)
            else:
                # The child will not send what it began.
                yield first, None
                first += 1

    def _receive(self, *, wait: bool) -> bool:
        """Take what is in the pipe. False where nothing more will come: the child has ended, or hangs."""
        if wait and not _wait_for(self._pipe, select.POLLIN, PATIENCE):
            return False
        try:
            piece = os.read(self._pipe, 1 << 20)
        except BlockingIOError:
            return True
        self._buffer += piece
        return bool(piece)

    def _next_message(self) -> list[Any] | None:
        end = 4 + int.from_bytes(self._buffer[:4], "big")
        if len(self._buffer) < max(end, 5):
            return None
        message: list[Any] = marshal.loads(bytes(self._buffer[4:end]))  # noqa: S302 - our own child wrote it
        del self._buffer[:end]
        return message

    def close(self) -> None:
        """End the child if it still runs, and leave nothing of it."""
        os.close(self._pipe)
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)


def _wait_for(pipe: int, what: int, seconds: float | None = None) -> bool:
    """Wait until a pipe can be read or written. False where `seconds` have passed."""
    poll = select.poll()
    poll.register(pipe, what)
    return bool(poll.poll(None if seconds is None else seconds * 1000))


def _be_child(source: WorkTree, entries: list[Entry], from_child: int, pipe: int, meeting: Meeting) -> None:
    """Read and send until done, then end without a word: no handler of the parent, no output, no clean-up twice."""
    code = 1
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        os.close(from_child)
        gc.disable()
        send_batches(source, entries, pipe, meeting)
        code = 0
    finally:
        # Whatever went wrong here, the parent reads what was not sent.
        os._exit(code)


def send_batches(source: Source, entries: list[Entry], pipe: int, meeting: Meeting) -> None:
    """Read batch after batch until the parent is met, and send each through `pipe` as soon as there is room."""
    os.set_blocking(pipe, False)
    outbox = _Outbox(pipe)
    while (number := meeting.begin_first()) is not None:
        outbox.put(marshal.dumps([_to_plain(read_one(source, entry)) for entry in _batch(entries, number)]))
        outbox.flush(MAX_WAITING)
    outbox.flush(0)


class _Outbox:
    """Messages on their way into a pipe that takes little at a time."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._pieces: deque[memoryview] = deque()
        self._size = 0

    def put(self, message: bytes) -> None:
        self._pieces.append(memoryview(len(message).to_bytes(4, "big") + message))
        self._size += 4 + len(message)

    def flush(self, most: int) -> None:
        """Write what there is room for; wait for room while more than `most` bytes are left."""
        while self._pieces:
            try:
                count = os.write(self._pipe, self._pieces[0])
            except BlockingIOError:
                if self._size <= most:
                    return
                _wait_for(self._pipe, select.POLLOUT)
                continue
            self._size -= count
            piece = self._pieces.popleft()[count:]
            if piece:
                self._pieces.appendleft(piece)


def _to_plain(reading: Reading) -> Any:
    """A reading in nothing but plain values, as `marshal` takes them."""
    if not reading.faults:
        return reading.data
    faults = [
        (code, message, tuple(spot), fatal, [(tuple(there), why) for there, why in related], fix)
        for code, message, spot, fatal, related, fix in reading.faults
    ]
    return (reading.data, faults, reading.empty)


def _from_plain(sent: Any) -> Reading:
    if isinstance(sent, dict):
        return Reading(sent, [])
    data, faults, empty = sent
    return Reading(
        data,
        [
            Fault(code, message, Spot(*spot), fatal, tuple((Spot(*there), why) for there, why in related), fix)
            for code, message, spot, fatal, related, fix in faults
        ],
        empty=empty,
    )

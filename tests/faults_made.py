"""A seam to the system at which any n-th call fails, or is the last one before the process dies."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from erc_cli.store import exchange, lock, system

CALLS = (
    *((system, name) for name in ("read_file", "is_link", "list_folder", "make_folder", "write_new", "open_new")),
    *((system, name) for name in ("write_some", "set_like", "sync", "sync_folder", "close", "look", "move")),
    *((system, name) for name in ("give_second_name", "remove", "remove_folder", "open_lock")),
    (exchange, "exchange"),
    (lock, "try_lock"),
)
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)


class Killed(BaseException):
    """The process ends here: nothing after it is executed."""


class Seam:
    """Counts calls; the n-th fails as `fault` says, or a hook is called before it or before the first of a name."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.log: list[tuple[str, str]] = []
        self._fault: int | str | None = None
        self._at = -1
        self._lasting = False
        self.fired = False
        self.hooks: dict[str, Callable[[str], None]] = {}
        self.turns: dict[int, Callable[[str], None]] = {}
        self._handles: dict[int, str] = {}
        self._inside = False
        for module, name in CALLS:
            monkeypatch.setattr(module, name, self._wrapped(name, getattr(module, name)))

    def arm(self, at: int, fault: int | str, *, lasting: bool = False) -> None:
        """Let call number `at`, counted from now, fail: a number of an error, "kill", "torn" or "short"."""
        self.log, self._at, self._fault, self._lasting, self.fired = [], at, fault, lasting, False

    def disarm(self) -> None:
        self.log, self._at, self._fault, self.fired = [], -1, None, False

    def die(self) -> None:
        """Do what the system does when a process dies: close what it had open."""
        for handle in self._handles:
            with suppress(OSError):
                os.close(handle)
        self._handles.clear()
        self.disarm()

    def _wrapped(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*arguments: Any) -> Any:
            if self._inside:
                return call(*arguments)
            self._inside = True
            try:
                return self._act(name, call, arguments)
            finally:
                self._inside = False

        return wrapper

    def _act(self, name: str, call: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        about = self._handles.get(arguments[0], "") if isinstance(arguments[0], int) else str(arguments[0])
        number = len(self.log)
        self.log.append((name, about))
        hook = self.hooks.pop(name, None) or self.turns.pop(number, None)
        if hook is not None:
            try:
                hook(str(arguments[-1]))
            except Killed:
                self._fault, self.fired = "kill", True
                raise
        if self.fired and self._fault in ("kill", "torn"):
            raise Killed
        if self._fault is not None and (number == self._at or (self._lasting and number > self._at)):
            result = self._fail(name, call, arguments)
            if result is not None:
                return result
        if name in ("sync", "sync_folder"):
            return None  # the tests need no disk
        result = call(*arguments)
        if name in ("open_new", "open_lock"):
            self._handles[result] = str(arguments[0])
        if name == "close":
            self._handles.pop(arguments[0], None)
        return result

    def _fail(self, name: str, call: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        fault = self._fault
        if fault in ("short", "torn"):
            if name != "write_some":
                return None
            self.fired = True
            written = call(arguments[0], arguments[1][: max(1, len(arguments[1]) // 2)])
            if fault == "torn":
                raise Killed
            return written
        self.fired = True
        if fault == "kill":
            raise Killed
        if name == "close":
            call(*arguments)
            self._handles.pop(arguments[0], None)
        assert isinstance(fault, int)
        raise OSError(fault, os.strerror(fault), str(arguments[0]))


@pytest.fixture
def seam(monkeypatch: pytest.MonkeyPatch) -> Seam:
    """The seam, nothing failing yet, and no waiting for the disk."""
    return Seam(monkeypatch)


@pytest.fixture
def fast_path(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, where there is such: these tests make thousands of files and need no disk."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


@contextmanager
def dying(seam: Seam) -> Iterator[None]:
    """A process that may be killed."""
    try:
        with suppress(Killed):
            yield
    finally:
        seam.die()


def tree(root: Path) -> dict[str, bytes]:
    """Every file below `data/`, dot-files too."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.glob("data/**/*")) if path.is_file()}


def visible(files: dict[str, bytes]) -> dict[str, bytes]:
    """What is no dot-file: what `check` reads."""
    return {path: content for path, content in files.items() if "/." not in path}


def pending(root: Path) -> list[str]:
    """Journals that are not of the last change."""
    found = [*root.glob(".git/erc*/*.json"), *root.glob(".erc/*.json")]
    return [path.name for path in found if path.name != "last-change.json"]

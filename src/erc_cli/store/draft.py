"""A register as it would be: the files on disk, and over them what a command changes before it writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from erc_cli.core.findings import Path
from erc_cli.core.folders import SINGLE
from erc_cli.errors import UnreadableError
from erc_cli.store.worktree import DATA, Entry, Stray, WorkTree
from erc_cli.store.writing import Change


class Touched(NamedTuple):
    """One place that a command changes: the record and the field in it, all of it where that is empty."""

    record: str
    field: Path


class Draft(WorkTree):
    """The files of a repository with changes that are not written yet. A source like any other.

    What was read once is remembered: that is what must still be there when the change is written.
    """

    def __init__(self, root: str) -> None:
        super().__init__(root)
        self._before: dict[str, bytes | None] = {}
        self._after: dict[str, bytes | None] = {}
        self.touched: list[Touched] = []

    def content(self, path: str) -> bytes:
        """Return the bytes of a file as it would be. Raises OSError."""
        if path not in self._after:
            return super().content(path)
        content = self._after[path]
        if content is None:
            raise FileNotFoundError(2, "No such file or directory", path)
        return content

    def entries(self, folders: Iterable[str] | None = None) -> tuple[list[Entry], list[Stray]]:
        """Return the files of the register as it would be. Raises UnreadableError."""
        wanted = None if folders is None else frozenset(folders)
        found, strays = super().entries(wanted)
        by_path = {entry.path: entry for entry in found}
        for path, content in self._after.items():
            entry = _entry(path)
            if content is None:
                by_path.pop(path, None)
            elif wanted is None or entry.folder in wanted:
                by_path[path] = entry
        return [by_path[path] for path in sorted(by_path)], strays

    def read(self, path: str) -> bytes:
        """Return the bytes of a file that is to be changed. Raises UnreadableError."""
        try:
            content = self.content(path)
        except OSError as error:
            why = error.strerror or str(error)
            raise UnreadableError(f"{path} cannot be read: {why}; nothing was written") from error
        if path not in self._before:
            self._before[path] = content
        return content

    def has(self, path: str) -> bool:
        """Whether there would be such a file."""
        try:
            self.content(path)
        except OSError:
            return False
        return True

    def put(self, path: str, content: bytes | None, *touched: Touched) -> None:
        """Give a file another content, or take it away. One that was not read is a new one."""
        self._before.setdefault(path, None)
        self._after[path] = content
        self.touched += touched

    def before(self, path: str) -> bytes | None:
        """Return what a file that is changed was, None where there was none."""
        return self._before.get(path)

    def after(self, path: str) -> bytes | None:
        """Return what a file that is changed would be, None where it would be gone."""
        return self._after.get(path)

    def changes(self) -> list[Change]:
        """Return the files that would be different, by path."""
        return [
            Change(path, self._before[path], after)
            for path, after in sorted(self._after.items())
            if self._before[path] != after
        ]


def _entry(path: str) -> Entry:
    folder, _, name = path.removeprefix(f"{DATA}/").rpartition("/")
    stem = name.removesuffix(".yaml")
    return Entry(path, stem if stem in SINGLE and not folder else folder, stem)

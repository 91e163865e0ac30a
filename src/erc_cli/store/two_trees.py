"""Two states of a register side by side: which files differ, and what each holds. Only these are read."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, NamedTuple

from erc_cli.core.folders import FOLDERS, SINGLE
from erc_cli.core.text import visible
from erc_cli.errors import UnreadableError, UsageError
from erc_cli.store.format import is_record_name
from erc_cli.store.reader import MAX_BYTES, read
from erc_cli.store.repository import Blob, Repository, repository_of
from erc_cli.store.revision import Revision, revision_at
from erc_cli.store.worktree import DATA, Source, WorkTree


class Sides(NamedTuple):
    """What is compared: two sources, and what they are called. `head` is None, its name empty, for the work tree."""

    before: Revision
    after: Source
    base: str
    head: str | None
    names: tuple[str, str]


class Differing(NamedTuple):
    """A file that differs: its path, and its bytes before and after, None where it is not there or no plain file."""

    path: str
    before: bytes | None
    after: bytes | None

    @property
    def address(self) -> str | None:
        """The address of the record in it, None where it is no file of the register."""
        folder, _, name = self.path.removeprefix(f"{DATA}/").rpartition("/")
        stem = name.removesuffix(".yaml")
        if not self.path.startswith(f"{DATA}/") or stem == name:
            return None
        if not folder:
            return stem if stem in SINGLE else None
        return f"{folder}/{stem}" if folder in FOLDERS and is_record_name(stem) else None


def sides_of(root: str, asked: str) -> Sides:
    """Return what `A`, `A..B` or `A...B` asks to compare; HEAD and the work tree without. Raises UnreadableError."""
    repository = repository_of(root)
    start, dots, end = asked.partition("...") if "..." in asked else asked.partition("..")
    if asked and not start and not dots:
        raise UsageError("name a revision, or two as A..B")
    base = repository.resolve(start or "HEAD")
    before_name = start or "HEAD"
    if not dots:
        return Sides(revision_at(repository, base), WorkTree(root), base, None, (before_name, ""))
    head = repository.resolve(end or "HEAD")
    if dots == "...":
        base = repository.merge_base(base, head)
        before_name = f"{base[:10]}, where {start or 'HEAD'} and {end or 'HEAD'} went apart"
    return Sides(revision_at(repository, base), revision_at(repository, head), base, head, (before_name, end or "HEAD"))


def differing(sides: Sides) -> list[Differing]:
    """Return the files of the register that differ, by path."""
    repository = sides.before.repository
    start = len(repository.prefix)
    if sides.head is not None:
        found = [
            Differing(path[start:], _content(repository, old), _content(repository, new))
            for path, old, new in repository.changed(sides.base, sides.head)
        ]
    else:
        found = [
            Differing(path[start:], _content(repository, old), _on_disk(sides.after, path[start:]))
            for path, old in sorted(repository.changed_on_disk(sides.base))
        ]
    return [one for one in found if one.before != one.after]


def _content(repository: Repository, blob: Blob | None) -> bytes | None:
    if blob is None or not blob.mode.startswith("100"):
        return None
    content = repository.objects.content(blob.object_id, MAX_BYTES + 1)
    if content is None:  # told as a file that is not there, it would look like one that came or went
        missing = f"its contents ({blob.object_id[:12]}) are missing in this repository; git fsck tells more"
        raise UnreadableError(f"{visible(blob.path)}: {missing}")
    return content


def _on_disk(source: Source, path: str) -> bytes | None:
    with suppress(OSError):
        return source.content(path)
    return None


def data_in(content: bytes | None) -> dict[str, Any] | None:
    """Return what a file holds, None where it is not there or cannot be read."""
    return None if content is None else read(content).data

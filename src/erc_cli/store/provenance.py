"""What the files of a source were made from: the commit, its day, and whether files have changed since."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import NamedTuple

from erc_cli.errors import UnreadableError
from erc_cli.store.repository import Repository, repository_of
from erc_cli.store.revision import Revision, revision_at
from erc_cli.store.worktree import Source, WorkTree

_SHORT = 10


class Provenance(NamedTuple):
    """A commit by the beginning of its id, the day it was written, and whether files below `data/` differ from it."""

    commit: str
    on: date
    changed: bool


def provenance_of(source: Source) -> Provenance | None:
    """Return what a source was made from; None where there is no git, no repository or no commit."""
    try:
        if isinstance(source, Revision):
            return _told(source.repository, source.tree, False)
        if isinstance(source, WorkTree):
            repository = repository_of(source.root)
            head = repository.resolve("HEAD")
            return _told(repository, head, _is_changed(source, revision_at(repository, head)))
    except UnreadableError:
        return None
    return None


def _told(repository: Repository, commit_id: str, changed: bool) -> Provenance:
    return Provenance(commit_id[:_SHORT], date.fromisoformat(repository.commit(commit_id).on[:10]), changed)


def _is_changed(work_tree: WorkTree, head: Revision) -> bool:
    """Whether the files of the register are others than in a commit; nothing of git's index is looked at or written."""
    there = [entry.path for entry in work_tree.entries()[0]]
    if there != [entry.path for entry in head.entries()[0]]:
        return True
    return any(_object_id(work_tree, path, head.blobs[path].object_id) != head.blobs[path].object_id for path in there)


def _object_id(work_tree: WorkTree, path: str, like: str) -> str:
    """The id that git would give a file, by the same way of hashing as `like`."""
    try:
        content = work_tree.content(path)
    except OSError:
        return ""
    digest = hashlib.sha256() if len(like) > 40 else hashlib.sha1(usedforsecurity=False)
    digest.update(b"blob %d\0" % len(content) + content)
    return digest.hexdigest()

"""The tree that two branches make when they are merged, made in a place of its own beside the repository."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from erc_cli.errors import UnreadableError
from erc_cli.store.repository import GitError, Repository, run
from erc_cli.store.revision import Revision

_UNKNOWN = 129
"""How git ends where it does not know a command or option."""


class Merged(NamedTuple):
    """The register as merged, and the files below the root that git could not merge."""

    source: Revision
    conflicts: tuple[str, ...]


@contextmanager
def merged(repository: Repository, one: str, other: str) -> Iterator[Merged]:
    """Merge two commits in memory, as `git merge` would; the result is there as long as the context is.

    The objects of the merge go to a repository of their own, without configuration, which borrows all others: so no
    merge driver runs and the real one stays as it is. Raises UnreadableError.
    """
    with tempfile.TemporaryDirectory(prefix="erc-merge-") as folder:
        try:
            form, objects, shallow = _about(repository)
            run(repository.root, ["init", "--quiet", "--bare", f"--object-format={form}", folder])
            _borrow(folder, objects, shallow)
            words = ["merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", one, other]
            pieces = run(folder, words, allowed=(0, 1)).decode("utf-8", "surrogateescape").split("\0")
        except GitError as error:
            if error.code == _UNKNOWN:
                raise UnreadableError("this git cannot merge in memory: 2.38 or newer is needed") from error
            raise UnreadableError(f"git merge-tree failed: {error.said}") from error
        start = len(repository.prefix)
        conflicts = tuple(path[start:] for path in pieces[1:] if path.startswith(repository.prefix) and path)
        there = Repository(folder, repository.prefix, False, folder)
        yield Merged(Revision(there, pieces[0]), conflicts)


def _about(repository: Repository) -> tuple[str, str, str]:
    words = ["rev-parse", "--path-format=absolute", "--show-object-format", "--git-path", "objects"]
    words += ["--git-path", "shallow"]
    form, objects, shallow = run(repository.root, words).decode("utf-8", "surrogateescape").split("\n")[:3]
    return form, objects, shallow


def _borrow(folder: str, objects: str, shallow: str) -> None:
    """Have the repository in `folder` find all objects of another, and know where its history ends."""
    with open(os.path.join(folder, "objects", "info", "alternates"), "wb") as file:
        file.write(os.fsencode(objects) + b"\n")
    if os.path.exists(shallow):
        with open(shallow, "rb") as given, open(os.path.join(folder, "shallow"), "wb") as taken:
            taken.write(given.read())

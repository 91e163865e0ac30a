"""The files of a register as a revision of it had them: a source like the work tree, read from git's objects."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property, lru_cache

from erc_cli.errors import UnreadableError
from erc_cli.store.documents import MAX_BYTES as LARGEST_DOCUMENT
from erc_cli.store.documents import digest_of
from erc_cli.store.reader import MAX_BYTES
from erc_cli.store.repository import Blob, Repository, repository_of
from erc_cli.store.worktree import DATA, Entry, Stray, sorted_out

_FILES = frozenset({"100644", "100755"})


class Revision:
    """The register in a commit, or in a tree that was made of commits."""

    def __init__(self, repository: Repository, tree: str) -> None:
        self.repository, self.tree = repository, tree

    @cached_property
    def blobs(self) -> dict[str, Blob]:
        """What lies below `data/` and `documents/`, by path from the root of the register."""
        start = len(self.repository.prefix)
        return {blob.path[start:]: blob for blob in self.repository.blobs(self.tree)}

    @cached_property
    def _folders(self) -> dict[str, list[tuple[str, bool, bool]]]:
        """The names in each folder: whether it is a folder, whether it is a plain file; as in listing a disk."""
        found: dict[str, dict[str, tuple[str, bool, bool]]] = {}
        for path, blob in self.blobs.items():
            folder, _, name = path.rpartition("/")
            found.setdefault(folder, {})[name] = (name, False, blob.mode in _FILES)
            while folder:
                inner, (folder, _, name) = folder, folder.rpartition("/")
                found.setdefault(folder, {}).setdefault(name, (name, True, False))
                found.setdefault(inner, {})
        return {folder: sorted(names.values()) for folder, names in found.items()}

    def entries(self, folders: Iterable[str] | None = None) -> tuple[list[Entry], list[Stray]]:
        """Return the files of the register and what should not be there."""
        return sorted_out(lambda folder: self._folders.get(folder, []), folders)

    def content(self, path: str) -> bytes:
        """Return the bytes of a file, one more than allowed if it is too large. Raises FileNotFoundError."""
        blob = self.blobs.get(path)
        content = None
        if blob is not None and blob.mode in _FILES:
            content = self.repository.objects.content(blob.object_id, MAX_BYTES + 1)
        if content is None:
            raise FileNotFoundError(2, "No such file or directory", path)
        return content

    def fingerprint(self, path: str) -> str | None:
        """Return the sha256 of a document's file, None where it is not there. Raises KeyError where it is too large."""
        blob = self.blobs.get(path)
        if blob is None or blob.mode not in _FILES:
            return None
        content = self.repository.objects.content(blob.object_id, LARGEST_DOCUMENT + 1)
        if content is None:
            return None
        if len(content) > LARGEST_DOCUMENT:
            raise KeyError(path)
        return digest_of(content[:1024], len(content), hashlib.sha256(content).hexdigest())


def revision_of(root: str, name: str) -> Revision:
    """Return the register at the revision that people call `name`. Raises UnreadableError where it has none then."""
    repository = repository_of(root)
    revision = revision_at(repository, repository.resolve(name))
    if not any(path.startswith(f"{DATA}/") for path in revision.blobs):
        raise UnreadableError(f"there was no register here at {name}: that commit has no {repository.prefix}{DATA}/")
    return revision


@lru_cache(maxsize=8)
def revision_at(repository: Repository, tree: str) -> Revision:
    """Return the register in a commit or tree, by its object id."""
    return Revision(repository, tree)

"""The files of documents: their fingerprints, taken only where somebody asks for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Protocol, runtime_checkable

from erc_cli.store import system

MAX_BYTES = 256 * 1024 * 1024
"""Larger files are not read: a check has to come to an end."""

_POINTER = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\n(?:ext-[^\n]*\n)*oid sha256:([0-9a-f]{64})\n")


@runtime_checkable
class HasDocuments(Protocol):
    """A source of records that can look at the files below `documents/` as well."""

    def fingerprint(self, path: str) -> str | None:
        """Return the sha256 of a file, None where it is not there. Raises KeyError where that cannot be told."""


class Fingerprints(Mapping[str, str | None]):
    """Path of a document: the sha256 of its file, None where it is not there; no entry where it was not looked at.

    A file is read when its path is asked for, and once. What a source without documents was not looked at.
    """

    def __init__(self, source: object) -> None:
        self._source = source if isinstance(source, HasDocuments) else None
        self._known: dict[str, str | None] = {}

    def __getitem__(self, path: str) -> str | None:
        if path not in self._known:
            if self._source is None:
                raise KeyError(path)
            self._known[path] = self._source.fingerprint(path)
        return self._known[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def fingerprint(root: str, path: str) -> str | None:
    """Return the sha256 of a plain file below `root`, None where there is none that can be read.

    No link is followed on the way. A pointer of Git LFS stands for the file that it points to. Raises KeyError for a
    file that is too large.
    """
    import hashlib  # here, since it loads a library that most commands have no use for

    steps = path.split("/")
    if any(system.is_link("/".join((root, *steps[:count]))) for count in range(1, len(steps))):
        return None
    digest, size, start = hashlib.sha256(), 0, b""
    try:
        for piece in system.pieces_of_file(f"{root}/{path}"):
            size += len(piece)
            if size > MAX_BYTES:
                raise KeyError(path)
            start = start or piece[:1024]
            digest.update(piece)
    except OSError:
        return None
    return digest_of(start, size, digest.hexdigest())


def digest_of(start: bytes, size: int, digest: str) -> str:
    """Return the sha256 of a file with this beginning, size and digest; of a pointer, that of what it points to."""
    pointer = _POINTER.match(start) if size <= len(start) else None
    return pointer[1].decode() if pointer else digest

"""Where files come from: an interface, and the work tree behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from erc_cli.core.folders import FOLDERS, SINGLE
from erc_cli.errors import UnreadableError
from erc_cli.store import system
from erc_cli.store.documents import fingerprint
from erc_cli.store.reader import MAX_BYTES

DATA = "data"
_LEFTOVERS = ("~", ".swp", ".swo", ".bak", ".orig", ".tmp", ".rej")


class Entry(NamedTuple):
    """A file of the register: its path relative to the root, its folder (or `plan`, `budget`) and the id it names."""

    path: str
    folder: str
    record_id: str

    @property
    def address(self) -> str:
        """The address of the record in the file: `partners/oic`, `plan`, `budget`."""
        return self.folder if self.folder in SINGLE else f"{self.folder}/{self.record_id}"


class Stray(NamedTuple):
    """Something below `data/` that is no file of the register: the code of its finding, and why."""

    path: str
    code: str
    message: str
    is_warning: bool = False


class Source(Protocol):
    """Where the files of a register come from: the work tree now, or a revision."""

    def entries(self, folders: Iterable[str] | None = None) -> tuple[list[Entry], list[Stray]]:
        """Return the files of the register, sorted by path, and what should not be there.

        With `folders` only those of these folders (`plan` and `budget` count as folders).
        """

    def content(self, path: str) -> bytes:
        """Return the bytes of a file, one more than allowed if it is too large. Raises OSError."""


class WorkTree:
    """The files of a repository as they are on disk."""

    def __init__(self, root: str) -> None:
        self.root = root

    def entries(self, folders: Iterable[str] | None = None) -> tuple[list[Entry], list[Stray]]:
        """Return the files of the register and what should not be there. Raises UnreadableError."""
        return sorted_out(lambda folder: system.list_folder(f"{self.root}/{folder}"), folders)

    def content(self, path: str) -> bytes:
        """Return the bytes of a file, one more than allowed if it is too large. Raises OSError."""
        return system.read_file(f"{self.root}/{path}", MAX_BYTES)

    def fingerprint(self, path: str) -> str | None:
        """Return the sha256 of a document's file, None where it is not there. Raises KeyError where it is too large."""
        return fingerprint(self.root, path)


def sorted_out(
    listed: Callable[[str], Iterable[tuple[str, bool, bool]]], folders: Iterable[str] | None
) -> tuple[list[Entry], list[Stray]]:
    """Return the files of a register and what should not be there.

    `listed` gives what is in a folder, by name: the name, whether it is a folder, whether it is a plain file; it may
    raise OSError. Raises UnreadableError where `data/` cannot be listed.
    """
    wanted = None if folders is None else frozenset(folders)
    found: list[Entry] = []
    strays: list[Stray] = []
    try:
        top = listed(DATA)
    except OSError as error:
        raise UnreadableError(f"{DATA}/ cannot be listed: {error.strerror}") from error
    for name, is_folder, is_file in top:
        path = f"{DATA}/{name}"
        stem = name.removesuffix(".yaml")
        if name.startswith("."):
            continue
        if is_folder and name in FOLDERS:
            if wanted is None or name in wanted:
                _sort_out_folder(name, listed, found, strays)
        elif stem in SINGLE and name != stem and not is_folder:
            if wanted is None or stem in wanted:
                (found if is_file else strays).append(Entry(path, stem, stem) if is_file else _not_regular(path))  # type: ignore[arg-type]
        elif wanted is None:
            strays.append(_unexpected(path, is_folder, is_file))
    return found, strays


def _sort_out_folder(
    folder: str, listed: Callable[[str], Iterable[tuple[str, bool, bool]]], found: list[Entry], strays: list[Stray]
) -> None:
    try:
        names = listed(f"{DATA}/{folder}")
    except OSError as error:
        strays.append(Stray(f"{DATA}/{folder}", "YML015", f"the folder cannot be listed: {error.strerror}"))
        return
    for name, is_folder, is_file in names:
        path = f"{DATA}/{folder}/{name}"
        if name.startswith("."):
            continue
        if name.endswith(".yaml") and not is_folder:
            if is_file:
                found.append(Entry(path, folder, name[:-5]))
            else:
                strays.append(_not_regular(path))
        else:
            strays.append(_unexpected(path, is_folder, is_file))


def _not_regular(path: str) -> Stray:
    return Stray(path, "YML015", "not a regular file (a link, pipe or device): not read")


def _unexpected(path: str, is_folder: bool, is_file: bool) -> Stray:
    name = path.rpartition("/")[2]
    if is_folder:
        known = ", ".join(FOLDERS)
        return Stray(path, "YML019", f"unexpected folder {name}: records live in {known}, none deeper")
    if name.endswith(_LEFTOVERS) or (name.startswith("#") and name.endswith("#")):
        return Stray(path, "YML019", f"{name} looks like an editor's leftover: remove it", is_warning=True)
    if not is_file:
        return _not_regular(path)
    hint = ": records end in .yaml" if name.endswith((".yml", ".YAML", ".YML", ".json", ".txt")) else ""
    return Stray(path, "YML019", f"unexpected file {name}{hint}")

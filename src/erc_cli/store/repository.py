"""The git repository around a register, read with plumbing alone: names, trees, objects, history.

Nothing in a repository runs: no hook, filter, text conversion, file-system monitor, replacement object or merge driver,
and nothing is fetched. Names that people type are resolved once, and only object ids go on from there.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from typing import IO, NamedTuple

from erc_cli.core.text import visible
from erc_cli.errors import UnreadableError

_TIMEOUT = 120.0
_OBJECT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_HEAD = re.compile(rb"[0-9a-f]{40,64} ([a-z]+) ([0-9]+)\n")
_HARMLESS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "core.commitGraph=false",
    "protocol.allow=never",
    *(f"protocol.{one}.allow=never" for one in ("ext", "file", "git", "http", "https", "ssh")),
    "log.showSignature=false",
    "safe.directory=*",  # nothing that could be run is: whoever owns the folder, reading it is safe
)


class Blob(NamedTuple):
    """One file of a tree: its mode as git writes it, its object, its path from the top of the repository."""

    mode: str
    object_id: str
    path: str


class Commit(NamedTuple):
    """A commit: its id, its parents, who wrote it, when (ISO 8601), its first line."""

    id: str
    parents: tuple[str, ...]
    author: str
    on: str
    subject: str


def environment() -> dict[str, str]:
    """Return the environment in which git reads: no configuration of system or user, no variable of another git."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


def command(root: str, words: Sequence[str]) -> list[str]:
    """Return the words that start git on the repository around `root`."""
    return ["git", "-C", root, "--no-pager", *(word for one in _HARMLESS for word in ("-c", one)), *words]


class GitError(Exception):
    """Git said no: what it said first, and its exit code."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(said)
        self.code, self.said = code, said


def without_filters(root: str) -> dict[str, str]:
    """Return the environment in which no filter of the repository's configuration runs when git looks at files."""
    found = run(root, ["config", "-z", "--name-only", "--get-regexp", r"^filter\."], (0, 1)).decode("utf-8", "replace")
    names = {key.removeprefix("filter.").rpartition(".")[0] for key in found.split("\0") if key}
    keys = [f"filter.{name}.{key}" for name in sorted(names) for key in ("clean", "smudge", "process", "required")]
    settings = {"GIT_CONFIG_COUNT": str(len(keys))}
    for at, key in enumerate(keys):
        settings |= {
            f"GIT_CONFIG_KEY_{at}": key,
            f"GIT_CONFIG_VALUE_{at}": "false" if key.endswith(".required") else "",
        }
    return settings


def run(
    root: str, words: Sequence[str], allowed: Sequence[int] = (0,), settings: Mapping[str, str] | None = None
) -> bytes:
    """Return what git prints. Raises GitError, or UnreadableError where there is no git."""
    try:
        done = subprocess.run(
            command(root, words),
            env=environment() | dict(settings or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT,
        )
    except FileNotFoundError as error:
        raise UnreadableError("git is not installed: revisions cannot be read") from error
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(f"git {words[0]} did not end within {_TIMEOUT:.0f} seconds") from error
    if done.returncode not in allowed:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[0].removeprefix("fatal: ")
        raise GitError(done.returncode, visible(said))
    return done.stdout


class Repository:
    """The repository that a register lies in. `prefix` is the way from its top to the register: empty, or `plan/`."""

    def __init__(self, root: str, prefix: str, is_shallow: bool, folder: str) -> None:
        self.root, self.prefix, self.is_shallow, self.folder = root, prefix, is_shallow, folder

    def resolve(self, name: str) -> str:
        """Return the id of the commit that `name` means. Raises UnreadableError."""
        found = ""
        if name and not name.startswith("-") and "\0" not in name:
            words = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"]
            with suppress(GitError):
                found = run(self.root, words).decode().strip()
        if not _OBJECT.fullmatch(found):
            raise UnreadableError(self._missing(name))
        return found

    def _missing(self, name: str) -> str:
        said = f"there is no revision {visible(name) or '(empty)'} in this repository"
        if self.is_shallow:
            return f"{said}, which has only a part of the history\nthis fetches the rest: git fetch --unshallow --tags"
        return f"{said} (git log shows what there is)"

    def merge_base(self, one: str, other: str) -> str:
        """Return the commit from which two went apart. Raises UnreadableError where there is none."""
        try:
            found = run(self.root, ["merge-base", one, other]).decode().strip()
        except GitError:
            found = ""
        if not _OBJECT.fullmatch(found):
            more = "\nthis fetches the rest: git fetch --unshallow" if self.is_shallow else ""
            raise UnreadableError(f"{one[:12]} and {other[:12]} have no commit in common here{more}")
        return found

    def blobs(self, tree: str) -> list[Blob]:
        """Return what lies below `data/` and `documents/` of the register in a commit or tree, links too."""
        words = ["ls-tree", "-r", "-z", "--full-tree", tree, "--", f"{self.prefix}data", f"{self.prefix}documents"]
        return [_blob(entry) for entry in self._said(words).split(b"\0") if entry]

    def changed(self, before: str, after: str) -> list[tuple[str, Blob | None, Blob | None]]:
        """Return the files of the register that differ between two commits or trees: path, and what each has there."""
        words = ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-ext-diff", "--full-index", before, after, "--"]
        pieces = self._said([*words, "data", "documents"]).split(b"\0")
        found = []
        for about, name in zip(pieces[::2], pieces[1::2], strict=False):
            old_mode, new_mode, old, new, _ = about.decode().lstrip(":").split(" ")
            path = _path(name)
            sides = [
                Blob(mode, one, path) if int(mode, 8) else None for mode, one in ((old_mode, old), (new_mode, new))
            ]
            found.append((path, sides[0], sides[1]))
        return found

    def changed_on_disk(self, commit: str) -> list[tuple[str, Blob | None]]:
        """Return the files of the register that may differ between a commit and the work tree, new ones too.

        Each with what the commit has there. The index is only looked at; whether contents differ is for the caller.
        """
        words = ["diff-index", "-r", "-z", "--raw", "--no-renames", "--no-ext-diff", "--ignore-submodules=all"]
        words = [*words, "--full-index", commit, "--", "data", "documents"]
        pieces = self._said(words, without_filters(self.root)).split(b"\0")
        found: dict[str, Blob | None] = {}
        for about, name in zip(pieces[::2], pieces[1::2], strict=False):
            mode, _, object_id, _, _ = about.decode().lstrip(":").split(" ")
            found[_path(name)] = Blob(mode, object_id, _path(name)) if int(mode, 8) else None
        others = self._said(["ls-files", "-z", "--others", "--full-name", "--", "data", "documents"]).split(b"\0")
        return [*found.items(), *((_path(name), None) for name in others if name and _path(name) not in found)]

    def history(self, path: str, since: str) -> list[Commit]:
        """Return the commits up to `since` that touched a file of the register, the newest first."""
        # Without --parents or --simplify-merges, which would tell other parents than the real ones.
        words = ["log", "-z", "--no-color", "--encoding=UTF-8", "--format=%H%x00%P%x00%an%x00%aI%x00%s"]
        words += [since, "--", path]
        said = self._said(words).decode("utf-8", "replace")
        pieces = said.removesuffix("\0").split("\0") if said else []
        rows = [pieces[at : at + 5] for at in range(0, len(pieces) - 4, 5)]
        return [Commit(one, tuple(parents.split()), who, on, what) for one, parents, who, on, what in rows]

    def commit(self, commit_id: str) -> Commit:
        """Return a commit by its id."""
        words = [
            "log",
            "-1",
            "-z",
            "--no-color",
            "--encoding=UTF-8",
            "--format=%H%x00%P%x00%an%x00%aI%x00%s",
            commit_id,
        ]
        one, parents, who, on, what = self._said([*words, "--"]).decode("utf-8", "replace").rstrip("\0\n").split("\0")
        return Commit(one, tuple(parents.split()), who, on, what)

    def _said(self, words: Sequence[str], settings: Mapping[str, str] | None = None) -> bytes:
        try:
            return run(self.root, words, settings=settings)
        except GitError as error:
            raise UnreadableError(f"git {words[0]} failed: {error.said}") from error

    @cached_property
    def objects(self) -> Objects:
        """The contents of the repository, read by one process."""
        return Objects(self.root)


@lru_cache(maxsize=8)
def repository_of(root: str) -> Repository:
    """Return the repository around a register. Raises UnreadableError where there is none."""
    words = ["rev-parse", "--show-prefix", "--is-shallow-repository", "--absolute-git-dir"]
    try:
        prefix, shallow, folder = run(root, words).decode("utf-8", "surrogateescape").split("\n")[:3]
    except GitError as error:
        more = "" if "not a git repository" in error.said else f" ({error.said})"
        raise UnreadableError(f"{root} is in no git repository{more}: revisions cannot be read") from error
    return Repository(root, prefix, shallow == "true", folder)


def _blob(entry: bytes) -> Blob:
    about, _, name = entry.partition(b"\t")
    mode, _, object_id = about.decode().split(" ")
    return Blob(mode, object_id, _path(name))


def _path(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


class Objects:
    """The contents of objects, through one long-lived `git cat-file --batch`."""

    def __init__(self, root: str) -> None:
        try:
            self._process = subprocess.Popen(
                command(root, ["cat-file", "--batch"]),
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except FileNotFoundError as error:
            raise UnreadableError("git is not installed: revisions cannot be read") from error

    def content(self, name: str, most: int) -> bytes | None:
        """Return the bytes of a blob, at most so many; None where there is no such blob.

        `name` is an object id, or `ID:path` and `ID^:path`; one of more than one line is the name of nothing.
        """
        if "\n" in name:  # git reads a name to the end of its line, and would answer what nobody asked
            return None
        asked, told = self._pipes()
        try:
            asked.write(f"{name}\n".encode("utf-8", "surrogateescape"))
            asked.flush()
            line = told.readline()
            if not line:
                raise OSError("git cat-file ended")
            head = _HEAD.fullmatch(line)
            if head is None:  # the name again, and "missing" or "ambiguous"
                return None
            size = int(head[2])
            content = told.read(min(size, most))
            self._skip(told, size - len(content) + 1)
        except (OSError, ValueError) as error:
            raise UnreadableError("git cat-file ended: the repository cannot be read") from error
        return content if head[1] == b"blob" else None

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self._process.stdin is not None  # noqa: S101
        assert self._process.stdout is not None  # noqa: S101
        return self._process.stdin, self._process.stdout

    @staticmethod
    def _skip(told: IO[bytes], count: int) -> None:
        while count > 0:
            piece = told.read(min(count, 1 << 20))
            if not piece:
                raise OSError("git cat-file ended")
            count -= len(piece)

    def __del__(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.kill()
        self._process.wait()

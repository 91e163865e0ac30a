"""The remembered verdict: an unchanged register that was clean is answered without reading it again.

It is kept as JSON in the user's cache folder, never beside the data, and holds for exactly the files it was given for:
path, size, times of last change of content and of attributes, inode and mode of each, all in one fingerprint. Deleting
it is always safe. Only a verdict without any finding is kept, so that nothing needs to be shown from memory. Imports
nothing heavy, and compares the file as text instead of parsing it.
"""

from __future__ import annotations

import marshal
import os
import sys
import time

from erc_cli.version import VERSION

_YOUNG = 2_000_000_000
"""Nanoseconds: a file changed since may change again without its times telling."""

_SUMMARY = frozenset("abcdefghijklmnopqrstuvwxyz0123456789 ,")


_STRICT = " strict"

_MANY = 8_000
"""So many files are looked at sooner by two processes."""


def snapshot(root: str, strict: bool = False) -> str | None:
    """Return a fingerprint of the state of the register's files for a check; None where it cannot be told.

    A `strict` check looks at more, so its verdicts are its own. There is none when a file is younger than two seconds.
    The order is that of the folders: should it ever differ for the same files, they are read again, and that is all.
    """
    if os.environ.get("CI") == "true":
        return None
    child = _start_second(root) if hasattr(os, "fork") and _files_before(root) >= _MANY else None
    try:
        first, second = (_look(root, (0,))[0], _told_by(child)) if child else _look(root, (0, 1))
        second = second or _look(root, (1,))[1]
    except OSError:
        return None
    newest = max(int(half.split()[1]) for half in (first, second))
    return f"{first} {second}{_STRICT if strict else ''}" if newest < time.time_ns() - _YOUNG else None


def _look(root: str, wanted: tuple[int, ...]) -> tuple[str, str]:
    """Look at every second file of the register, or at all, and return what there is to tell of either half.

    That is the number of its files, when the last of them was changed, and a fingerprint.
    """
    halves: list[list[tuple[str | int, ...]]] = [[], []]
    newest = [0, 0]
    at = 0
    waiting = ["data", "documents"]
    while waiting:
        folder = waiting.pop()
        for half in halves:
            half.append((folder,))
        if not os.path.isdir(f"{root}/{folder}"):
            continue
        with os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                at ^= 1
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{folder}/{entry.name}")
                elif at in wanted:
                    is_ = entry.stat(follow_symlinks=False)
                    changed, altered = is_.st_mtime_ns, is_.st_ctime_ns
                    if changed > newest[at] or altered > newest[at]:
                        newest[at] = max(changed, altered)
                    halves[at].append((entry.name, is_.st_size, changed, altered, is_.st_ino, is_.st_mode))
    # Version 2 of the form depends on the values alone, not on how often each is referred to.
    prints = [_fingerprint(marshal.dumps((VERSION, sys.hexversion, root, half), 2)) for half in halves]
    return f"{len(halves[0])} {newest[0]} {prints[0]}", f"{len(halves[1])} {newest[1]} {prints[1]}"


def _fingerprint(content: bytes) -> str:
    try:
        from _blake2 import blake2b  # hashlib gives the same, but takes 5 ms to import
    except ImportError:
        from hashlib import blake2b
    return blake2b(content).hexdigest()


def _start_second(root: str) -> tuple[int, int] | None:
    """Have a second process look at the second half: its number, and the pipe through which it tells."""
    out, into = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(out)
        os.close(into)
        return None
    if process:
        os.close(into)
        return process, out
    try:
        os.write(into, _look(root, (1,))[1].encode())
    finally:
        # Whatever went wrong here, the parent looks at what was not told.
        os._exit(0)


def _told_by(child: tuple[int, int]) -> str | None:
    """Return what the second process tells, None where it could not."""
    process, out = child
    with os.fdopen(out, "rb") as pipe:
        told = pipe.read().decode()
    os.waitpid(process, 0)
    return told or None


def _files_before(root: str) -> int:
    """How many files there were at the last clean check, 0 where nobody knows."""
    kept = _read(root).split('"files": "', 1)[-1].split(" ", 4)
    return int(kept[0]) * 2 if kept[0].isdecimal() else 0


def _read(root: str) -> str:
    try:
        with open(_file(root), encoding="utf-8") as file:
            return file.read(4096)
    except (OSError, ValueError):
        return ""


def remembered(root: str, state: str | None) -> str | None:
    """Return the summary of the last clean check of exactly this `state`, or None."""
    if state is None:
        return None
    kept = _read(root)
    before, after = _document(state, "\0").split("\0")
    if not (kept.startswith(before) and kept.endswith(after)):
        return None
    summary = kept[len(before) : len(kept) - len(after)]
    return summary if summary and _SUMMARY.issuperset(summary) and len(summary) < 200 else None


def remember(root: str, state: str | None, summary: str) -> None:
    """Keep the summary of a check that found nothing, if the files are still in the `state` they had before it."""
    if state is None or snapshot(root, state.endswith(_STRICT)) != state:
        return
    path = _file(root)
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        temporary = f"{path}.{os.getpid()}"
        with open(temporary, "w", encoding="utf-8") as file:
            file.write(_document(state, summary))
        os.replace(temporary, path)
    except OSError:
        return  # a cache is never needed: without it the next check takes as long as this one


def _document(state: str, summary: str) -> str:
    return f'{{"schema": "erc.verdict/2", "files": "{state}", "summary": "{summary}"}}\n'


def _file(root: str) -> str:
    name = "".join(c if c.isascii() and c.isalnum() else "_" for c in root)[-150:]
    return os.path.join(cache_folder(), f"verdict-{name}.json")


def cache_folder() -> str:
    """Return the folder in which this program may keep what it can do without."""
    if sys.platform == "win32":
        return os.path.join(os.environ.get("LOCALAPPDATA") or os.path.expanduser("~"), "erc", "cache")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Caches/erc")
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "erc")

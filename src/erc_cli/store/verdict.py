"""The remembered verdict: an unchanged register that was clean is answered without reading it again.

It is kept as JSON in the user's cache folder, never beside the data, and holds for exactly the files it lists: path,
size, times of last change of content and of attributes, and inode of each. Deleting it is always safe. Only a verdict
without any finding is kept, so that nothing needs to be shown from memory. Imports nothing heavy, and compares the
file as text instead of parsing it.
"""

from __future__ import annotations

import os
import sys
import time

from erc_cli.version import VERSION

_YOUNG = 2_000_000_000
"""Nanoseconds: a file changed since may change again without its times telling."""

_SUMMARY = frozenset("abcdefghijklmnopqrstuvwxyz0123456789 ,")


def snapshot(root: str) -> str | None:
    """Return what tells the state of the register's files, as the lines of a JSON list; None where it cannot be told.

    That is so when a file is younger than two seconds, or has a name that would have to be escaped. The order is that
    of the folders: should it ever differ for the same files, they are read again, and that is all.
    """
    if os.environ.get("CI") == "true" or not _is_plain(root):
        return None
    lines: list[str] = []
    names: list[str] = []
    newest = 0
    waiting = ["data", "documents"]
    try:
        while waiting:
            folder = waiting.pop()
            if not os.path.isdir(f"{root}/{folder}"):
                continue
            with os.scandir(f"{root}/{folder}") as entries:
                for entry in entries:
                    name = entry.name
                    names.append(name)
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{folder}/{name}")
                        lines.append(f'"{folder}/{name}/"')
                        continue
                    is_ = entry.stat(follow_symlinks=False)
                    changed, altered = is_.st_mtime_ns, is_.st_ctime_ns
                    newest = max(newest, changed, altered)
                    times = f"{changed} {altered} {is_.st_ino} {is_.st_mode:o}"
                    lines.append(f'"{folder}/{name} {is_.st_size} {times}"')
    except OSError:
        return None
    if newest > time.time_ns() - _YOUNG or not _is_plain("".join(names)):
        return None
    return ",\n".join(lines)


def _is_plain(names: str) -> bool:
    """Whether names can stand in JSON as they are."""
    return names.isascii() and names.isprintable() and '"' not in names and "\\" not in names


def remembered(root: str, state: str | None) -> str | None:
    """Return the summary of the last clean check of exactly this `state`, or None."""
    if state is None:
        return None
    try:
        with open(_file(root), encoding="utf-8") as file:
            kept = file.read(len(state) + 4096)
    except (OSError, ValueError):
        return None
    before, after = _document(root, state, "\0").split("\0")
    if not (kept.startswith(before) and kept.endswith(after)):
        return None
    summary = kept[len(before) : len(kept) - len(after)]
    return summary if summary and _SUMMARY.issuperset(summary) and len(summary) < 200 else None


def remember(root: str, state: str | None, summary: str) -> None:
    """Keep the summary of a check that found nothing, if the files are still in the `state` they had before it."""
    if state is None or snapshot(root) != state:
        return
    path = _file(root)
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        temporary = f"{path}.{os.getpid()}"
        with open(temporary, "w", encoding="utf-8") as file:
            file.write(_document(root, state, summary))
        os.replace(temporary, path)
    except OSError:
        return  # a cache is never needed: without it the next check takes as long as this one


def _document(root: str, state: str, summary: str) -> str:
    return (
        f'{{"schema": "erc.verdict/1", "version": "{VERSION}", "python": "{sys.hexversion:x}",\n'
        f'"root": "{root}",\n"files": [\n{state}\n],\n"summary": "{summary}"}}\n'
    )


def _file(root: str) -> str:
    name = "".join(c if c.isalnum() else "_" for c in root)[-150:]
    return os.path.join(cache_folder(), f"verdict-{name}.json")


def cache_folder() -> str:
    """Return the folder in which this program may keep what it can do without."""
    if sys.platform == "win32":
        return os.path.join(os.environ.get("LOCALAPPDATA") or os.path.expanduser("~"), "erc", "cache")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Caches/erc")
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "erc")

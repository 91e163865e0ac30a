"""A short way to the plainest lists and pages: their words need no library that parses command lines.

Anything it does not know goes the long way, so it changes nothing but the start-up time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

NOUNS = {
    "partner": "partners",
    "agreement": "agreements",
    "meeting": "meetings",
    "project": "projects",
    "activity": "activities",
    "member-state": "member-states",
}
"""The noun of a command: the folder of its records."""


class Plain(NamedTuple):
    """The words of a plain list or page: the register, the folder to list, or the addresses to show."""

    root: str | None
    folder: str
    addresses: tuple[str, ...]


def plain_words(words: Sequence[str]) -> Plain | None:
    """Return what plain words ask for; None where there is any option beside the register in them."""
    root = None
    if len(words) > 2 and words[0] in ("-C", "--root"):
        root, words = words[1], words[2:]
    if any(word.startswith("-") for word in words) or not words:
        return None
    if words[0] == "show" and len(words) > 1:
        return Plain(root, "", tuple(words[1:]))
    folder = NOUNS.get(words[0])
    if folder is None or len(words) < 2:
        return None
    if words[1] == "list" and len(words) == 2:
        return Plain(root, folder, ())
    if words[1] == "show" and len(words) > 2:
        return Plain(root, folder, tuple(full_address(folder, word) for word in words[2:]))
    return None


def full_address(folder: str, word: str) -> str:
    """Return the address that a word behind a noun means: an id alone is one of its folder."""
    return word if "/" in word.split(".", 1)[0] else f"{folder}/{word}"


def look(asked: Plain) -> int:
    """List or show what was asked for, and return the exit code. Raises ErcError."""
    import gc

    gc.disable()  # nothing made here has cycles, and the process ends soon
    from erc_cli.cli.reading import Reading

    reading = Reading(root_given=asked.root)
    if asked.addresses:
        from erc_cli.cli.showing import show_and_print

        return show_and_print(reading, asked.addresses, "", whole=bool(asked.folder))
    from erc_cli.cli.listing import Asking, list_and_print

    return list_and_print(reading, asked.folder, Asking("", (), "id", ""))

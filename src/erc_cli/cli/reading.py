"""What a reading command was asked about itself, free of the library that parses the command line."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from erc_cli.errors import UsageError
from erc_cli.store.root import find_root

if TYPE_CHECKING:
    from erc_cli.store.worktree import Source

LANGUAGES = ("en", "fr", "ar")
"""The languages that headings and values are translated into."""


class Reading(NamedTuple):
    """What a reading command was asked about itself: where the register is, and how its answer is to look."""

    root_given: str | None = None
    language_given: str | None = None
    format: str | None = None
    output: str | None = None
    color: str = "auto"
    at: str | None = None

    @property
    def root(self) -> str:
        """The root of the register. Raises UnreadableError where there is none."""
        return find_root(os.getcwd(), self.root_given or os.environ.get("ERC_ROOT") or None)

    @property
    def source(self) -> Source:
        """The files of the register: as they are, or as the revision asked for had them. Raises UnreadableError."""
        if self.at:
            from erc_cli.store.revision import revision_of

            return revision_of(self.root, self.at)
        from erc_cli.store.worktree import WorkTree  # here, so that --help reads no reader

        return WorkTree(self.root)

    def language(self, plan_languages: tuple[str, ...]) -> str:
        """The language to answer in: the one asked for, else the plan's first. Raises UsageError for an unknown one."""
        asked = self.language_given or os.environ.get("ERC_LANG")
        if asked is None:
            return plan_languages[0] if plan_languages else "en"
        if asked not in LANGUAGES and asked not in plan_languages:
            raise UsageError(f"--lang {asked}: answers are in {', '.join(LANGUAGES)}")
        return asked

    @property
    def on_terminal(self) -> bool:
        """Whether the answer goes to a terminal."""
        return self.output is None and sys.stdout.isatty()

    @property
    def colour(self) -> bool:
        """Whether the answer may have colours and bold: asked for, or a terminal and no NO_COLOR."""
        if self.color not in ("auto", "always", "never"):
            raise UsageError(f"--color {self.color}: one of auto, always, never")
        if self.color != "auto":
            return self.color == "always"
        return self.on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    @property
    def width(self) -> int:
        """The columns of the terminal; 80 where they are unknown."""
        asked = os.environ.get("COLUMNS", "")
        if asked.isdigit() and int(asked) > 0:
            return int(asked)
        try:
            return os.get_terminal_size(sys.stdout.fileno()).columns or 80
        except (OSError, ValueError):
            return 80

    def choose_format(self, allowed: tuple[str, ...], default: str) -> str:
        """Return the format asked for, or `default`. Raises UsageError for one that is not allowed here."""
        if self.format is None:
            return default
        if self.format not in allowed:
            raise UsageError(f"--format {self.format}: one of {', '.join(allowed)}")
        return self.format

    def write(self, text: str) -> None:
        """Write the answer to stdout, or to the file asked for. Raises RefusedError where that fails."""
        if self.output is None or self.output == "-":
            sys.stdout.write(text)
        else:
            self._write_file(text.encode("utf-8", "backslashreplace"))

    def write_bytes(self, content: bytes) -> None:
        """Write a document as `write` does. Raises UsageError where it would be poured on a terminal."""
        if self.output is not None and self.output != "-":
            self._write_file(content)
        elif sys.stdout.isatty():
            raise UsageError("this format is no text for a terminal: name a file with -o")
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)

    def _write_file(self, content: bytes) -> None:
        from erc_cli.store.output import write_output

        write_output(str(self.output), content)


def say(message: str) -> None:
    """Write a line for people, beside the answer: to stderr."""
    sys.stderr.write(message + "\n")

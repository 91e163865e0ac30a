"""The user's own editor, on a private copy of what is to be changed."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence

from erc_cli.errors import RefusedError, UsageError


def editor_words(environment: Mapping[str, str]) -> list[str]:
    """Return the words that start the user's editor: VISUAL, else EDITOR, else a usual one. Raises UsageError."""
    asked = environment.get("VISUAL") or environment.get("EDITOR")
    if asked:
        try:
            words = shlex.split(asked)
        except ValueError as error:
            raise UsageError(f"the editor {asked} cannot be understood: {error}") from None
        if words:
            return words
    usual = ("sensible-editor", "nano", "vim", "vi", "notepad")
    found = next((name for name in usual if shutil.which(name)), None)
    if found is None:
        raise UsageError("no editor is known here: say which in EDITOR, such as EDITOR=nano")
    return [found]


class Workspace:
    """A private folder with one file that an editor is opened on. It stays until `clear`, whatever happens."""

    def __init__(self, name: str, text: str) -> None:
        self._folder = tempfile.mkdtemp(prefix="erc-edit-")
        self.path = os.path.join(self._folder, name)
        self._write(text)

    def _write(self, text: str) -> None:
        with open(self.path, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
            file.write(text)

    def open_in(self, words: Sequence[str]) -> bytes:
        """Wait for the editor to end, and return what the file holds then. Raises RefusedError where it fails."""
        try:
            code = subprocess.run([*words, self.path], check=False).returncode
        except OSError as error:
            raise RefusedError(f"{words[0]} cannot be started: {error.strerror}; nothing was written") from error
        if code:
            raise RefusedError(f"{words[0]} ended with code {code}: nothing was written; your text is in {self.path}")
        try:
            with open(self.path, "rb") as file:
                return file.read()
        except OSError as error:
            raise RefusedError(f"{self.path} cannot be read: {error.strerror}; nothing was written") from error

    def clear(self) -> None:
        """Remove the file and its folder."""
        shutil.rmtree(self._folder, ignore_errors=True)

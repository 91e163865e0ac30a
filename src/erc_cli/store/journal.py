"""The journal of a change: first everything is written down, then done; an interrupted change is gone on with.

    prepared.json  the contents are being staged; whoever finds it removes what is staged
    journal.json   the moment it has this name the change counts; whoever finds it does what is missing
    rollback.json  the change could not be made; whoever finds it takes back what was done

Every step can be repeated, so recovery can be interrupted as well. No file is touched that is neither as the change
found it nor as the change leaves it.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any, Final, NamedTuple

from erc_cli.errors import RefusedError
from erc_cli.store import placing, system
from erc_cli.store.placing import Changed, File
from erc_cli.store.reasons import reason_of
from erc_cli.store.state import JOURNAL, LAST, PREPARED, ROLLBACK, State

SCHEMA: Final = "erc.journal/1"
_LARGEST: Final = 1 << 30


class Journal(NamedTuple):
    """A change of one or more files."""

    words: tuple[str, ...]
    """The command that makes it."""
    files: tuple[File, ...]
    """In the order in which they are changed: new ones first, those that go last."""
    made: tuple[str, ...] = ()
    """Folders that have to be made for it, relative to the root."""

    def folders(self, root: str) -> list[str]:
        """Return the folders whose names change."""
        made = {os.path.dirname(os.path.join(root, *one.split("/"))) for one in self.made}
        return sorted({os.path.dirname(file.at(root)) for file in self.files} | made)


def encode(journal: Journal) -> bytes:
    """Return a journal as JSON."""
    files = [
        {
            "path": file.path,
            "name": file.name,
            "before": _to_text(file.before),
            "before_sha256": fingerprint(file.before),
            "after": _to_text(file.after),
            "after_sha256": fingerprint(file.after),
        }
        for file in journal.files
    ]
    document = {"schema": SCHEMA, "words": list(journal.words), "made": list(journal.made), "files": files}
    return json.dumps(document, indent=1).encode() + b"\n"


def decode(content: bytes) -> Journal:
    """Return the journal in some JSON. Raises ValueError if it is none."""
    try:
        document = json.loads(content)
        if document["schema"] != SCHEMA:
            raise ValueError("another format")
        words, made = tuple(map(str, document["words"])), tuple(map(str, document["made"]))
        return Journal(words, tuple(_file(one) for one in document["files"]), made)
    except (KeyError, TypeError, AttributeError, RecursionError, binascii.Error) as error:
        raise ValueError("not a journal") from error


def _file(one: Any) -> File:
    before, after = _to_bytes(one["before"]), _to_bytes(one["after"])
    if (fingerprint(before), fingerprint(after)) != (one["before_sha256"], one["after_sha256"]):
        raise ValueError("a content does not have its fingerprint")
    path, name = str(one["path"]), str(one["name"])
    if not is_inside(path) or not name.startswith(".erc-") or "/" in name or os.sep in name:
        raise ValueError("a path leads out of the register")
    return File(path, before, after, name)


def is_inside(path: str) -> bool:
    """Whether a path with slashes stays below the root and begins no step with a dot."""
    return not any(step == "" or step[0] == "." or "\0" in step for step in path.split("/")) and (
        os.name != "nt" or not set(path) & set("\\:")
    )


def fingerprint(content: bytes | None) -> str | None:
    """Return the sha256 of a content."""
    return None if content is None else sha256(content).hexdigest()


def _to_text(content: bytes | None) -> str | None:
    return None if content is None else base64.b64encode(content).decode()


def _to_bytes(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text, validate=True)


def load(state: State, name: str) -> Journal | None:
    """Return one of the journals, or None if there is none. Raises ValueError if it is none, or OSError."""
    try:
        return decode(system.read_file(state.file(name), _LARGEST))
    except FileNotFoundError:
        return None


def carry_out(root: str, state: State, journal: Journal) -> list[str]:
    """Make a change. Returns warnings of what could not be tidied up; the change then is made all the same.

    Raises Changed, OSError or RefusedError; then nothing is changed, or the message says what is.
    """
    try:
        _prepare(root, state, journal)
        system.move(state.file(PREPARED), state.file(JOURNAL))
        if len(journal.files) > 1:
            system.sync_folder(state.folder)
        for file in journal.files:
            placing.place(root, file)
        _check_and_sync(root, journal)
    except BaseException as error:
        try:
            left = roll_back(root, state, journal, is_recovery=False)
        except OSError as second:
            raise RefusedError(
                f"{why(error, root)}, and taking back what was done failed as well ({why(second, root)}): "
                "the next command that writes does that first"
            ) from error
        if left:
            raise RefusedError(f"{why(error, root)}: nothing was written; {_what_is_left(left)}") from error
        raise
    return _finish(root, state, journal)


def _prepare(root: str, state: State, journal: Journal) -> None:
    """Write the journal, make folders, stage contents. Raises OSError."""
    system.make_folder(state.folder)
    placing.stage(state.file(PREPARED), encode(journal), None)
    for folder in journal.made:
        system.make_folder(os.path.join(root, *folder.split("/")))
    for file in journal.files:
        placing.stage_file(root, file)


def _check_and_sync(root: str, journal: Journal) -> None:
    """Bring the new names to the disk and look once more at what came out. Raises Changed or OSError."""
    for folder in journal.folders(root):
        system.sync_folder(folder)
    for file in journal.files:
        if placing.came_out(root, file):
            raise Changed(file.path)


def _finish(root: str, state: State, journal: Journal) -> list[str]:
    """Remove what is staged and keep the journal as that of the last change. Returns warnings."""
    try:
        left = [one for file in journal.files if (one := placing.tidy(root, file))]
        system.move(state.file(JOURNAL), state.file(LAST))
        if len(journal.files) > 1:
            system.sync_folder(state.folder)
    except OSError as error:
        return [f"the change is made; tidying up failed ({why(error, root)}), the next command that writes does it"]
    return [_what_is_left(left)] if left else []


def roll_back(root: str, state: State, journal: Journal, *, is_recovery: bool) -> list[str]:
    """Take back what was done of a change and remove what is staged.

    Returns the dot-files that stay because another program saved there. Raises OSError.
    """
    if system.look(state.file(JOURNAL)) is not None:
        system.move(state.file(JOURNAL), state.file(ROLLBACK))
    is_late = placing.is_foreign if is_recovery else placing.came_out
    if system.look(state.file(ROLLBACK)) is not None:
        for file in reversed(journal.files):
            with suppress(Changed):
                placing.take_back(root, file, is_late(root, file))
        for folder in journal.folders(root):
            with suppress(FileNotFoundError):
                system.sync_folder(folder)
    left = [one for file in journal.files if (one := placing.tidy(root, file))]
    for folder in journal.made:
        with suppress(OSError):
            system.remove_folder(os.path.join(root, *folder.split("/")))
    system.remove(state.file(ROLLBACK))
    system.remove(state.file(PREPARED))
    return left


def recover(root: str, state: State) -> list[str]:
    """Bring an interrupted change to its end, under the lock. Returns what was done, in sentences for people.

    Raises RefusedError where a file is neither as the change found it nor as it leaves it, or OSError.
    """
    if (journal := _load_strictly(state, ROLLBACK)) is not None:
        return _taken_back(root, state, journal)
    if (journal := _load_strictly(state, JOURNAL)) is not None:
        try:
            _go_on(root, state, journal)
        except Changed:
            return _taken_back(root, state, journal)
        return [_what_was(journal, "it is finished now"), *_finish(root, state, journal)]
    try:
        journal = load(state, PREPARED)
    except ValueError:  # torn: nothing was staged yet
        journal = None
    if journal is not None:
        roll_back(root, state, journal, is_recovery=True)
    system.remove(state.file(PREPARED))
    return []


def _taken_back(root: str, state: State, journal: Journal) -> list[str]:
    left = roll_back(root, state, journal, is_recovery=True)
    return [_what_was(journal, "it is taken back now"), *([_what_is_left(left)] if left else [])]


def _what_was(journal: Journal, what_now: str) -> str:
    return f"`{' '.join(journal.words)}` was interrupted: {what_now} ({', '.join(file.path for file in journal.files)})"


def _load_strictly(state: State, name: str) -> Journal | None:
    try:
        return load(state, name)
    except ValueError as error:
        raise RefusedError(
            f"{state.file(name)} cannot be understood: nothing was written; it was left by an interrupted command: "
            "compare data/ with the last commit, then remove that file"
        ) from error


def _go_on(root: str, state: State, journal: Journal) -> None:
    """Do what is missing of a change. Raises Changed where all of it can be taken back, RefusedError or OSError."""
    for file in journal.files:
        at = file.at(root)
        if placing.is_content(at, file.after):
            if placing.is_foreign(root, file):
                raise Changed(file.path)
        elif placing.is_content(at, file.before):
            placing.stage_file(root, file)
            placing.place(root, file)
        elif len(journal.files) == 1 or placing.is_content(file.staged(root), file.after):
            raise Changed(file.path)  # it holds nothing of ours
        else:
            raise RefusedError(
                f"`{' '.join(journal.words)}` was interrupted, and {file.path} changed since: nothing was written; put "
                f"it back as it was, or remove {state.file(JOURNAL)} to keep the files as they are now"
            )
    for folder in journal.folders(root):
        system.sync_folder(folder)


def why(error: BaseException, root: str) -> str:
    """Return what went wrong, in words."""
    if isinstance(error, OSError):
        return reason_of(error, root)
    if isinstance(error, Changed):
        return f"{error.path} changed meanwhile"
    return str(error) or "interrupted"


def _what_is_left(left: Sequence[str]) -> str:
    return f"another program saved there at the same moment, one of its saves is kept in {', '.join(left)}"

"""How much a spreadsheet may hold, and what to say where it holds more."""

from __future__ import annotations

from typing import Final

from erc_cli.errors import NotFoundError, UsageError
from erc_cli.store.system import read_file

MAX_FILE: Final = 10 * 1024 * 1024
MAX_UNZIPPED: Final = 64 * 1024 * 1024
MAX_PARTS: Final = 2_000
MAX_CELLS: Final = 300_000
MAX_TAGS: Final = 200_000
MAX_ROWS: Final = 10_000
MAX_COLUMNS: Final = 500


def bytes_of(path: str) -> bytes:
    """Return the bytes of a spreadsheet. Raises NotFoundError, and UsageError for one that is too large."""
    try:
        content = read_file(path, MAX_FILE)
    except OSError as error:
        raise NotFoundError(f"{path}: {error.strerror or error}") from error
    if len(content) > MAX_FILE:
        raise UsageError(f"{path} is larger than {MAX_FILE // 1024 // 1024} MiB: {_SMALLER}")
    return content


def too_large(path: str, what: str) -> UsageError:
    """Return the error for a spreadsheet with more than it may hold."""
    return UsageError(f"{path} has more than {what}: {_SMALLER}")


_SMALLER = "import a part of it at a time, without pictures and empty formatted cells"

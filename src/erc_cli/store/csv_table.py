"""CSV files as sheets, in the encodings and with the separators that spreadsheets write."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from typing import Final

from erc_cli.core.importing.table import Cell, Sheet
from erc_cli.errors import UsageError
from erc_cli.store.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, bytes_of, too_large

ENCODINGS: Final = {
    "utf-8": "utf-8-sig",
    "utf8": "utf-8-sig",
    "utf-16": "utf-16",
    "windows-1256": "cp1256",
    "cp1256": "cp1256",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
}
"""What `--encoding` takes, and what Python calls it."""


def read_csv(path: str, encoding: str = "") -> list[Sheet]:
    """Return the one sheet of a CSV file, separated by commas, semicolons or tabs. Raises NotFoundError, UsageError."""
    text = _decoded(path, bytes_of(path), encoding)
    if "\0" in text:
        raise UsageError(f"{path} is no text: it has NUL characters; save it as CSV in UTF-8")
    rows: dict[int, dict[int, Cell]] = {}
    count = 0
    try:
        for number, row in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), skipinitialspace=True), 1
        ):
            cells = {column: Cell(value) for column, value in enumerate(row, 1) if value.strip()}
            if cells:
                rows[number] = cells
            count += len(cells)
            if len(rows) > MAX_ROWS or count > MAX_CELLS or max(cells, default=0) > MAX_COLUMNS:
                raise too_large(path, f"{MAX_ROWS} rows, {MAX_COLUMNS} columns or {MAX_CELLS} cells")
    except csv.Error as error:
        raise UsageError(f"{path} cannot be read as CSV: {error}") from error
    return [Sheet(os.path.basename(path), rows)]


def _decoded(path: str, content: bytes, encoding: str) -> str:
    known = ENCODINGS.get(encoding.lower())
    if encoding and known is None:
        raise UsageError(f"--encoding {encoding}: one of utf-8, utf-16, windows-1256, windows-1252")
    if known is None:
        known = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(known)
    except UnicodeDecodeError as error:
        if encoding:
            raise UsageError(f"{path} is not written in {encoding}: byte {error.start + 1} cannot be read") from None
        raise UsageError(
            f"{path} is not written in UTF-8: say --encoding windows-1256 (Arabic) or windows-1252 (French, English), "
            "or save it as CSV UTF-8"
        ) from None


def _separator(text: str) -> str:
    """The separator: of comma, semicolon and tab the one that stands most often outside quotes near the top."""
    is_quoted, counted = False, Counter[str]()
    for character in text[:20_000]:
        if character == '"':
            is_quoted = not is_quoted
        elif not is_quoted and character in ",;\t":
            counted[character] += 1
    first = _first_line(text)
    return max(",;\t", key=lambda one: (first.count(one) > 0, first.count(one), counted[one]))


def _first_line(text: str) -> str:
    """The first line with something on it, without what is quoted."""
    line = next((line for line in text.splitlines() if line.strip(",;\t ")), "")
    return "".join(line.split('"')[::2])

"""Excel files as sheets. Imported only where one is read: it needs the extra `excel`.

The file is a zip of XML by a stranger: its sizes are looked at before anything is unpacked, entities are refused by
defusedxml, pictures, links and macros are not looked at, formulas are never worked out.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, Final

import defusedxml  # type: ignore[import-untyped]  # noqa: F401 - openpyxl uses it where it is there
from openpyxl import load_workbook

from erc_cli.core.importing.table import Cell, Merged, Sheet, number_of
from erc_cli.errors import UsageError
from erc_cli.store.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_PARTS,
    MAX_ROWS,
    MAX_TAGS,
    MAX_UNZIPPED,
    bytes_of,
    too_large,
)

_CELL: Final = re.compile(rb"<(?:\w+:)?(?:c|si|row)[\s/>]")
_MERGED: Final = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})"'
)
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_LAST_ROW: Final = 1_048_576
_MOST_MERGED: Final = 2_000


def read_workbook(path: str) -> list[Sheet]:
    """Return the sheets of an .xlsx file. Raises NotFoundError, and UsageError for what cannot or may not be read."""
    content = bytes_of(path)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UsageError(f"{path} is an old .xls file, or has a password: save it as .xlsx without one")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_size(path, archive)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return _sheets(path, content, archive)
    except UsageError:
        raise
    except MemoryError:
        raise
    except Exception as error:  # what a broken file makes the libraries raise is not to be listed
        raise UsageError(
            f"{path} cannot be read as an .xlsx file ({_reason(error)}): open it and save it again, or as CSV"
        ) from error


def _reason(error: BaseException) -> str:
    """What went wrong first, in a line; libraries wrap it."""
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__ or error
    return f"{type(error).__name__}: {error}".split("\n")[0][:200]


def _check_size(path: str, archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to more than it may, or holds more cells, before a library builds anything of it."""
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise too_large(path, f"{MAX_PARTS} parts")
    texts = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
    if sum(part.file_size for part in texts) > MAX_UNZIPPED:
        raise too_large(path, f"{MAX_UNZIPPED // 1024 // 1024} MiB when unpacked")
    cells, others = 3 * MAX_CELLS, MAX_TAGS
    for part in texts:
        content = archive.read(part)  # never more than the size that was looked at
        if part.filename.startswith(("xl/worksheets/", "xl/sharedStrings")):
            cells -= sum(1 for _ in islice(_CELL.finditer(content), cells + 1))
        else:
            others -= content.count(b"<")
        if cells < 0:
            raise too_large(path, f"{MAX_CELLS} cells")
        if others < 0:
            raise too_large(path, f"{MAX_TAGS} formats and other parts")


def _sheets(path: str, content: bytes, archive: zipfile.ZipFile) -> list[Sheet]:
    saved = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    parts = [archive.read(getattr(sheet, "_worksheet_path", "")) for sheet in saved.worksheets]
    formulas = _formulas(path, content) if any(map(_FORMULA.search, parts)) else {}
    found = []
    for number, (sheet, part) in enumerate(zip(saved.worksheets, parts, strict=True)):
        rows, count = _rows(path, sheet), 0
        for (row, column), formula in formulas.get(number, {}).items():
            held = rows.setdefault(row, {})
            count += column in held
            held.setdefault(column, Cell(formula, "formula"))
        rows = dict(sorted(rows.items()))
        found.append(Sheet(str(sheet.title), rows, sheet.sheet_state != "visible", _merged(path, part), count))
    return found


def _formulas(path: str, content: bytes) -> dict[int, dict[tuple[int, int], str]]:
    """The formulas of each sheet, by row and column, which a second reading gives in place of the saved values."""
    written = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    return {
        number: {
            (row, column): str(one.value)[:80]
            for row, cells in _numbered(path, sheet)
            for column, one in enumerate(cells, 1)
            if one.data_type == "f"
        }
        for number, sheet in enumerate(written.worksheets)
    }


def _rows(path: str, sheet: Any) -> dict[int, dict[int, Cell]]:
    rows = {}
    for number, row in _numbered(path, sheet):
        cells = {column: cell for column, one in enumerate(row, 1) if (cell := _cell(one)) is not None}
        if cells:
            rows[number] = cells
        if len(rows) > MAX_ROWS or max(cells, default=0) > MAX_COLUMNS:
            raise too_large(path, f"{MAX_ROWS} rows or {MAX_COLUMNS} columns")
    return rows


def _numbered(path: str, sheet: Any) -> Iterator[tuple[int, Any]]:
    """Yield number and cells of each row; what the file says about its own size is not believed."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > _LAST_ROW:
            raise too_large(path, f"{_LAST_ROW} rows")
        if row:
            yield number, row


def _cell(cell: Any) -> Cell | None:
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if cell.data_type == "e":
        return Cell(str(value), "error")
    if isinstance(value, bool):
        return Cell("true" if value else "false")
    if isinstance(value, int | float):
        return Cell(_plain(value), "number")
    if isinstance(value, datetime | date):
        return Cell(f"{value.year:04}-{value.month:02}-{value.day:02}", "date")
    if isinstance(value, time | timedelta):
        return Cell(str(value))
    return Cell(str(value))


def _plain(value: float) -> str:
    """A number as the spreadsheet shows it in full: 15 digits, no exponent."""
    if isinstance(value, int):
        return str(value)
    text = f"{value:.15g}"
    if "e" in text:
        text = f"{value:.15f}" if abs(value) < 1 else f"{value:.0f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _merged(path: str, part: bytes) -> list[Merged]:
    found: list[Merged] = []
    for left, top, right, bottom in _MERGED.findall(part):
        if len(found) == _MOST_MERGED:
            raise too_large(path, f"{_MOST_MERGED} merged cells")
        first, last = int(top), min(int(bottom), _LAST_ROW)
        found.append(Merged(first, number_of(left.decode()), last, number_of(right.decode())))
    return found

"""Names of the sheets of a workbook: what a spreadsheet allows, none twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from erc_cli.render.cells import one_line

_LONGEST = 31
_NOT_ALLOWED = re.compile(r"[\[\]:*?/\\]")


def sheet_names(headings: Sequence[str]) -> list[str]:
    """Return a name for each heading: of 31 characters at most, and different from the others in any case."""
    names: list[str] = []
    for heading in headings:
        base = _NOT_ALLOWED.sub(" ", one_line(heading)).strip("' ") or "-"
        if base.casefold() == "history":  # a name that spreadsheets keep for themselves
            base += " -"
        name, number = _cut(base, ""), 2
        while name.casefold() in {other.casefold() for other in names}:
            name, number = _cut(base, f" ({number})"), number + 1
        names.append(name)
    return names


def _cut(base: str, end: str) -> str:
    """The beginning of a name with an end; spreadsheets count in units of UTF-16."""
    kept = base
    while _units(kept + end) > _LONGEST:
        kept = kept[:-1]
    return kept.rstrip("' ") + end


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2

"""What a command changed, or would change: places, and the difference of files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import unified_diff

from erc_cli.core.findings import Place
from erc_cli.core.text import visible

_COLOURS = {"+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[36m"}
_END = "\x1b[0m"
_LONGEST = 60
"""Characters of a value that are shown."""


def changes_text(shown: Iterable[tuple[Place, str, str | None, str | None]]) -> str:
    """Return a line for each change: file, line, address, and the value before and after."""
    return "".join(
        f"{visible(place.path)}:{place.line}: {visible(address)}{_values(address, before, after)}\n"
        for place, address, before, after in shown
    )


def _values(address: str, before: str | None, after: str | None) -> str:
    is_record = "." not in address
    if before is None:
        return f" = {_short(after)}" if after else " (new)" if is_record else ""
    if after is None:
        return f": {_short(before)} -> (taken out)" if before else " (removed)" if is_record else " (taken out)"
    return f": {_short(before)} -> {_short(after)}" if before or after else ""


def _short(text: str) -> str:
    shown = visible(" ".join(text.split("\n")))
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 3]}..."


def difference(path: str, before: bytes | None, after: bytes | None, colour: bool) -> str:
    """Return the unified difference of a file, as git shows it; characters that a terminal would obey are visible."""
    old, new = _lines(before), _lines(after)
    names = (f"a/{path}" if before is not None else "/dev/null", f"b/{path}" if after is not None else "/dev/null")
    return "".join(_painted(line, colour) for line in unified_diff(old, new, *names, lineterm=""))


def _lines(content: bytes | None) -> Sequence[str]:
    if not content:
        return []
    text = content.decode("utf-8", "backslashreplace")
    lines = text.split("\n")
    if lines[-1] == "":
        return lines[:-1]
    return [*lines[:-1], f"{lines[-1]}\n\\ No newline at end of file"]


def _painted(line: str, colour: bool) -> str:
    shown = "\n".join(visible(part) for part in line.split("\n"))
    mark = _COLOURS.get(line[:1]) if colour and not line.startswith(("+++", "---")) else None
    return f"{mark}{shown}{_END}\n" if mark else f"{shown}\n"

"""How a text is written in the place of another: as the old one was where that says what is meant, else otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from erc_cli.store.edit_text import Document, Entry, block_end
from erc_cli.store.edit_verify import Cut
from erc_cli.store.emit import WIDTH, emit, quoted, scalar
from erc_cli.store.nodes import Scalar

_IN_FLOW = re.compile(r"[,\[\]{}:]")
"""What needs quotes between brackets, beyond what needs them elsewhere."""
_HEADER = re.compile(r"([|>])([1-9]?)([+-]?)([1-9]?)")


def double_quoted(text: str) -> str:
    """Return a text in double quotes."""
    # A line feed needs an escape, so that these quotes are taken; it is the first character, and goes again.
    return '"' + quoted("\n" + text)[len('"\\n') :]


def single_quoted(text: str) -> str:
    """Return a text in single quotes; double ones where it needs escapes."""
    written = quoted(text)
    escapes = written.startswith('"') and ("\\" in written or not text.isprintable())
    return double_quoted(text) if escapes else "'" + text.replace("'", "''") + "'"


def in_flow(value: Any) -> str:
    """Return a value as it stands between brackets, on one line."""
    if isinstance(value, str):
        written = scalar(value)
        return quoted(value) if written == value and _IN_FLOW.search(value) else written
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key_in_flow(key)}: {in_flow(one)}" for key, one in value.items()) + "}"
    return "[" + ", ".join(in_flow(one) for one in value) + "]"


def key_in_flow(key: str) -> str:
    """Return a key as it stands between brackets."""
    return key if key == "on" else in_flow(key)


def lines_at(column: int, data: dict[str, Any]) -> list[str]:
    """Return the lines of a mapping whose keys stand at `column`, as the emitter writes it there."""
    depth = column // 2
    for _ in range(depth):
        data = {"x": data}
    return _moved(emit(data).removesuffix("\n").split("\n")[depth:], column - 2 * depth)


def items_at(column: int, items: list[Any]) -> list[str]:
    """Return the lines of a list whose dashes stand at `column`, as the emitter writes it there."""
    lines = lines_at(max(column - 2, 0), {"x": items})[1:]
    return _moved(lines, column - max(column - 2, 0) - 2)


def _moved(lines: list[str], by: int) -> list[str]:
    if by < 0:
        return [line[-by:] if line else line for line in lines]
    return [" " * by + line if line else line for line in lines]


def ways_to_set(document: Document, entry: Entry, text: str, *, flow: bool) -> Iterator[list[Cut]]:
    """Yield the ways to put a text in the place of the one in `entry`, the most like it first."""
    node = entry.value
    assert isinstance(node, Scalar)  # noqa: S101
    start, end = node.spot.start, node.spot.end
    one_line = in_flow(text) if flow else scalar(text)
    if start == end:
        yield from _ways_to_fill(document, entry, text, one_line, flow)
    elif node.style and node.style in "|>":
        for written in block_forms(document, entry, node, text):
            yield [Cut(start, block_end(document, node), written)]
        yield [Cut(start, block_end(document, node), one_line + _comment_of_header(document, node))]
    elif node.style == "'":
        yield [Cut(start, end, single_quoted(text))]
    elif node.style == '"':
        yield [Cut(start, end, double_quoted(text))]
    else:
        for written in _block_instead(document, entry, text, one_line, flow):
            yield [Cut(start, end, written)]
        yield [Cut(start, end, one_line)]
        yield [Cut(start, end, double_quoted(text))]


def _ways_to_fill(document: Document, entry: Entry, text: str, one_line: str, flow: bool) -> Iterator[list[Cut]]:
    """Yield the ways to write a text where nothing stands."""
    at = entry.end
    before, after = document.text[at - 1], document.text[at : at + 1]
    tail = " " if after and after not in " \t\r\n,]}" else ""
    lead = " " if before in ":-" else ": " if flow else " "
    for written in _block_instead(document, entry, text, one_line, flow):
        yield [Cut(at, at, lead + written + tail)]
    yield [Cut(at, at, lead + one_line + tail)]


def _block_instead(document: Document, entry: Entry, text: str, one_line: str, flow: bool) -> Iterator[str]:
    """Yield the form with lines of its own that a text without quotes takes when it has several, or is too long."""
    at = entry.value.spot.start if entry.value.spot.end > entry.value.spot.start else entry.end + 1
    too_long = document.column(at) + len(one_line) > WIDTH >= document.line_end(at) - document.line_start(at)
    if flow or document.line_end(max(entry.end, at)) > max(entry.end, at):
        return
    if "\n" not in text and not too_long:
        return
    # The emitter decides, with a key that is as wide as what stands before the value.
    column = document.column(entry.start)
    lines = lines_at(column, {"x" * max(document.column(at) - column - 2, 1): text})
    if len(lines) > 1:
        yield document.newline.join([lines[0].rsplit(" ", 1)[1], *lines[1:]])


def block_forms(document: Document, entry: Entry, node: Scalar, text: str) -> Iterator[str]:
    """Yield a text as a block scalar with the header and indentation of the one that is there."""
    head = document.text[node.spot.start : document.line_end(node.spot.start)]
    match = _HEADER.match(head)
    if match is None or not text.strip() or text[0] in " \t\n":
        return
    style, rest = match[1], head[match.end() :]
    ends = len(text) - len(text.rstrip("\n"))
    chomp = "-" if not ends else "+" if match[3] == "+" or ends > 1 else ""
    column = _block_column(document, entry, node, match[2] or match[4])
    body = text.rstrip("\n")
    digit = match[2] or match[4]
    for form in (style, "|") if style == ">" else (style,):
        lines = _folded(body, WIDTH - column) if form == ">" else body.split("\n")
        if any(line != line.rstrip() for line in lines):
            continue
        written = [form + digit + chomp + rest, *(" " * column + line if line else "" for line in lines)]
        yield document.newline.join(written) + document.newline * (ends - 1 if chomp == "+" else 0)


def _comment_of_header(document: Document, node: Scalar) -> str:
    """Return the comment behind the header of a block scalar with the spaces before it; empty where there is none."""
    head = document.text[node.spot.start : document.line_end(node.spot.start)]
    match = _HEADER.match(head)
    return head[match.end() :] if match and "#" in head else ""


def _block_column(document: Document, entry: Entry, node: Scalar, digit: str) -> int:
    parent = document.column(entry.start)
    if digit:
        return parent + int(digit)
    for line in re.split(r"\r\n?|\n", document.text[node.spot.start : block_end(document, node)])[1:]:
        if line.strip(" "):
            return len(line) - len(line.lstrip(" "))
    return parent + 2


def _folded(text: str, room: int) -> list[str]:
    """Return the lines that a folded scalar has for a text: single spaces become line ends, line ends blank lines."""
    lines: list[str] = []
    for number, paragraph in enumerate(text.split("\n")):
        if number and paragraph:
            lines.append("")
        at = 0
        while len(paragraph) - at > room:
            breaks = [m.start() for m in re.finditer(r"(?<=[^ ]) (?=[^ ])", paragraph[at : at + room + 1])]
            later = re.search(r"(?<=[^ ]) (?=[^ ])", paragraph[at + room :])
            cut = at + breaks[-1] if breaks else at + room + later.start() if later else -1
            if cut < 0:
                break
            lines.append(paragraph[at:cut])
            at = cut + 1
        lines.append(paragraph[at:])
    return lines

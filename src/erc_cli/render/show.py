"""The page of a record as text: labels beside values, wrapped at the width, what is inside further in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from erc_cli.core.page import Entry, Page, Value
from erc_cli.core.periods import PartialDate
from erc_cli.core.tables import STANDS_ALONE
from erc_cli.core.text import visible
from erc_cli.render.cells import for_people, isolate, one_line
from erc_cli.render.layout import wrapped
from erc_cli.render.look import Look
from erc_cli.render.plain import columns_of

_MOST_LABEL = 26
"""So wide is the column of labels at most; a longer one has its values on the next line."""

_STEP = 2
_BOLD, _FAINT, _END = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def page_text(page: Page, look: Look, labels: Mapping[str, str]) -> str:
    """Return a page as text."""
    writer = _Writer(look, labels)
    lines = []
    if page.title is not None:
        lines += [writer.strong(line) for line in wrapped(writer.said(page.title), look.width)]
    lines.append(page.address)
    if page.entries:
        lines.append("")
        lines += writer.entries(page.entries, 0)
    if page.path:
        lines += ["", *(writer.faint(line) for line in writer.foot(page))]
    return "".join(f"{line}\n" for line in lines)


def scalar_text(value: Any) -> str:
    """Return a single value as it stands in the file, for other programs: lines stay lines."""
    if isinstance(value, list):
        return "".join(scalar_text(item) for item in value)
    return "".join(f"{visible(line)}\n" for line in str(value).splitlines())


class _Writer:
    """Writes entries line by line for one reader."""

    def __init__(self, look: Look, labels: Mapping[str, str]) -> None:
        self.look, self.labels, self.words = look, labels, look.words

    def strong(self, text: str) -> str:
        shown = self.isolated(text)
        return f"{_BOLD}{shown}{_END}" if self.look.colour else shown

    def faint(self, text: str) -> str:
        return f"{_FAINT}{text}{_END}" if self.look.colour else text

    def isolated(self, text: str) -> str:
        return isolate(text, self.words.is_right_to_left) if self.look.terminal else text

    def foot(self, page: Page) -> list[str]:
        """The file, and how many links to it there are; what shows them is on a line of its own where it is narrow."""
        if page.links is None:
            return [page.path]
        links = self.words.many("{n} link to it", "{n} links to it", page.links)
        line, command = f"{page.path} · {links}", f"(erc links {page.address})"
        if not page.links:
            return [line]
        together = f"{line} {command}"
        return [together] if columns_of(together) <= self.look.width else [line, command]

    def said(self, value: Value) -> str:
        """A value as people read it, with what stands beside it."""
        if isinstance(value.value, date | PartialDate):
            text = self.words.day(value.value)
        elif value.kind == "ref" and value.beside:
            return f"{one_line(value.beside)} ({one_line(str(value.value))})"
        elif value.kind == "ref":
            text = one_line(str(value.value))
        else:
            text = for_people(value.kind, value.value, self.words, self.labels)
        text = f"{text} {value.beside}" if value.beside else text
        return f"{text} [{value.language}]" if value.language else text

    def entries(self, entries: Sequence[Entry], depth: int) -> Iterator[str]:
        """The lines of entries that stand together; their labels have one width."""
        heads = [self.label(entry) for entry in entries]
        width = max((columns_of(head) for head in heads if columns_of(head) <= _MOST_LABEL), default=0)
        for entry, head in zip(entries, heads, strict=True):
            yield from self.entry(entry, head, width, depth)

    def label(self, entry: Entry) -> str:
        return one_line(entry.label) if entry.is_item else one_line(self.words(entry.label))

    def entry(self, entry: Entry, head: str, width: int, depth: int) -> Iterator[str]:
        margin = " " * (depth * _STEP)
        values = list(self.value_lines(entry.values, self.look.width - len(margin) - width - 2))
        if columns_of(head) > width and values:
            yield f"{margin}{self.isolated(head)}"
            head = ""
        if not values:
            yield f"{margin}{self.isolated(head)}"
        for line in values:
            gap = " " * (width - columns_of(head) + 2) if width else ""
            yield f"{margin}{self.isolated(head)}{gap}{self.isolated(line)}".rstrip()
            head = ""
        yield from self.entries(entry.inside, depth + 1)

    def value_lines(self, values: Iterable[Value], room: int) -> Iterator[str]:
        """The values: words and codes one after another, everything else on lines of its own."""
        found = [(value.kind, self.said(value)) for value in values]
        if len(found) > 1 and all(kind in ("word", "country", "id") for kind, _ in found):
            yield from wrapped(self.words(", ").join(text for _, text in found), max(room, 16))
            return
        for kind, text in found:
            yield from [text] if kind in STANDS_ALONE - {"ref"} else wrapped(text, max(room, 16), whole=kind == "ref")

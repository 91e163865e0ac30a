"""How wide the columns of a table are on a terminal, and where their text is broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from erc_cli.core.tables import STANDS_ALONE, Before, Table
from erc_cli.render.plain import columns_of

GAP = 2
"""Columns of the terminal between two columns of the table."""

_COMFORTABLE, _LEAST = 24, 10
"""A text has so many columns before optional columns are left out, and so many at least."""


class Layout(NamedTuple):
    """Which columns are shown, by position, and how wide each is; no widths where not even the least fits."""

    shown: tuple[int, ...]
    widths: tuple[int, ...] | None


class _Need(NamedTuple):
    """What a column needs: its least width, a comfortable one, and the one in which nothing is broken."""

    least: int
    comfortable: int
    natural: int


def lay_out(table: Table, heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Layout:
    """Return a layout in which no id, amount or date is cut.

    Optional columns in which nothing stands are left out; then others, the last first, until the texts have room; then
    texts get narrower.
    """
    needs = [_need(table, at, heads[at], [row[at] for row in rows]) for at in range(len(table.columns))]
    shown = [at for at in range(len(needs)) if not _is_for_nothing(table, at)]
    for at in reversed(range(len(needs))):
        if _sum(shown, [need.comfortable for need in needs]) <= width:
            break
        if table.columns[at].optional and at in shown:
            shown.remove(at)
    if _sum(shown, [need.least for need in needs]) > width:
        return Layout(tuple(range(len(needs))), None)
    return Layout(tuple(shown), tuple(_shares([needs[at] for at in shown], width - GAP * (len(shown) - 1))))


def _is_for_nothing(table: Table, at: int) -> bool:
    return table.columns[at].optional and bool(table.rows) and all(row[at] in (None, "") for row in table.rows)


def _sum(shown: Sequence[int], widths: Sequence[int]) -> int:
    return sum(widths[at] for at in shown) + GAP * (len(shown) - 1)


def _need(table: Table, at: int, head: str, cells: Sequence[str]) -> _Need:
    natural = max((columns_of(cell) for cell in cells), default=0)
    head_words = max(columns_of(word) for word in head.split(" "))
    in_words = any(type(row[at]) is tuple or isinstance(row[at], Before) for row in table.rows)
    if table.columns[at].kind in STANDS_ALONE and not in_words:
        least = max(natural, head_words)
        return _Need(least, least, max(least, min(columns_of(head), least)))
    longest = max((columns_of(word) for cell in cells for word in cell.split(" ")), default=0)
    if table.columns[at].kind not in STANDS_ALONE:
        longest = min(longest, _COMFORTABLE)
    natural = max(natural, head_words)
    least = max(min(natural, _LEAST), head_words, longest)
    return _Need(least, max(least, min(natural, _COMFORTABLE)), natural)


def _shares(needs: Sequence[_Need], room: int) -> list[int]:
    """Give every column its least, and what is left to those that want more, the most modest first."""
    widths = [need.least for need in needs]
    left = room - sum(widths)
    wanting = sorted(
        (at for at in range(len(needs)) if needs[at].natural > widths[at]), key=lambda at: needs[at].natural
    )
    while wanting and left > 0:
        share = left // len(wanting)
        at = wanting.pop(0)
        more = min(needs[at].natural - widths[at], share)
        widths[at] += more
        left -= more
    return widths


def wrapped(text: str, width: int, *, whole: bool = False) -> list[str]:
    """Return the text in lines of at most `width` columns, broken at plain spaces.

    A longer word is broken anywhere, or stays `whole` on a line of its own, so that an address can be copied.
    """
    if columns_of(text) <= width:
        return [text]
    return list(_lines(text, max(width, 1), whole))


def _lines(text: str, width: int, whole: bool) -> Iterator[str]:
    line = ""
    for word in filter(None, text.split(" ")):
        longer = f"{line} {word}" if line else word
        if columns_of(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        *full, line = [word] if whole else _pieces(word, width)
        yield from full
    yield line


def _pieces(word: str, width: int) -> list[str]:
    if columns_of(word) <= width:
        return [word]
    pieces, piece = [], ""
    for character in word:
        if piece and columns_of(piece + character) > width:
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]

"""Trees as text: with the characters of boxes on a terminal, in ASCII in a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from erc_cli.core.tree import Branch
from erc_cli.render.cells import isolate, one_line
from erc_cli.render.layout import wrapped
from erc_cli.render.look import Look
from erc_cli.render.plain import columns_of


class _Lines(NamedTuple):
    """How branches are drawn: one with others after it, the last one, and what stands under each."""

    fork: str
    last: str
    under_fork: str
    under_last: str


_BOXES: Final = _Lines("├─ ", "└─ ", "│  ", "   ")
_ASCII: Final = _Lines("|- ", "`- ", "|  ", "   ")


def tree_text(trees: Sequence[Branch], look: Look) -> str:
    """Return trees one under another, an empty line between them; texts are wrapped at the width."""
    lines = _BOXES if look.terminal else _ASCII
    return "\n".join("".join(f"{line}\n" for line in _drawn(tree, "", "", lines, look)) for tree in trees)


def _drawn(branch: Branch, first: str, rest: str, lines: _Lines, look: Look) -> Iterator[str]:
    stem = lines.under_fork if branch.inside else "   "
    margin = first
    for text in _words(branch, look, len(rest) + 3):
        yield f"{margin}{text}"
        margin = rest + stem
    for number, inner in enumerate(branch.inside):
        is_last = number == len(branch.inside) - 1
        fork, under = (lines.last, lines.under_last) if is_last else (lines.fork, lines.under_fork)
        yield from _drawn(inner, rest + fork, rest + under, lines, look)


def _words(branch: Branch, look: Look, margin: int) -> Iterator[str]:
    """The lines of a branch: its mark and figures first, its text under them."""
    room = max(look.width - margin, 24)
    facts = " · ".join(one_line(fact) for fact in branch.facts)
    heads = [part for part in (branch.mark, f"({facts})" if facts else "") if part]
    if columns_of("  ".join(heads)) <= room:
        heads = ["  ".join(heads)] if heads else []
    else:
        heads = [*heads[:1], *(line for head in heads[1:] for line in wrapped(head, room))]
    for head in heads:
        yield isolate(head, look.words.is_right_to_left) if look.terminal else head
    for line in wrapped(one_line(branch.text), room) if branch.text else ():
        shown = isolate(line, look.words.is_right_to_left) if look.terminal else line
        yield f"\x1b[1m{shown}\x1b[0m" if look.colour and margin <= len("   ") else shown

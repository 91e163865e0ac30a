"""Tables drawn for a terminal with rich: texts broken at its width, ids, amounts and dates never cut."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from erc_cli.core.tables import STANDS_ALONE, TO_THE_RIGHT, Kind, Table
from erc_cli.core.words import Words
from erc_cli.render.cells import isolate
from erc_cli.render.layout import GAP, Layout, lay_out, wrapped
from erc_cli.render.look import Look
from erc_cli.render.plain import columns_of
from erc_cli.render.tables import headings, people_rows


def draw(table: Table, look: Look) -> str:
    """Return the table as a terminal shows it; where not even its narrowest form fits, a block for each row."""
    heads, rows = headings(table, look.words), people_rows(table, look.words)
    layout = lay_out(table, heads, rows, look.width)
    if layout.widths is None:
        return "".join(_blocks(table, heads, rows, look))
    drawn = RichTable(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0), header_style="bold"
    )
    for at, width in zip(layout.shown, layout.widths, strict=True):
        head = _cell(heads[at], table.columns[at].kind, width, look)
        drawn.add_column(head, width=width, no_wrap=True, overflow="ignore")
    for number, row in enumerate(rows):
        if number == len(table.rows):
            drawn.add_section()
        drawn.add_row(*_row_cells(table, row, layout, look))
    return _printed(drawn, look)


def left_out(table: Table, look: Look) -> list[str]:
    """Return the keys of the optional columns that `draw` leaves out at this width though something stands in them."""
    layout = lay_out(table, headings(table, look.words), people_rows(table, look.words), look.width)
    hidden = (at for at in range(len(table.columns)) if at not in layout.shown)
    return [table.columns[at].key for at in hidden if any(row[at] not in (None, "") for row in table.rows)]


def _row_cells(table: Table, row: Sequence[str], layout: Layout, look: Look) -> Iterator[Text]:
    for at, width in zip(layout.shown, layout.widths or (), strict=True):
        yield _cell(row[at], table.columns[at].kind, width, look)


def _cell(text: str, kind: Kind, width: int, look: Look) -> Text:
    """A cell with its lines broken and aligned: rich leaves them as they are, so that it cuts nothing."""
    lines = []
    for line in wrapped(text, width):
        shown = isolate(line, look.words.is_right_to_left) if look.terminal else line
        lines.append(" " * (width - columns_of(line)) + shown if kind in TO_THE_RIGHT else shown)
    return Text("\n".join(lines))


def _printed(drawn: RichTable, look: Look) -> str:
    file = io.StringIO()
    console = Console(
        file=file,
        width=max(look.width, 1),
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        no_color=not look.colour,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    console.print(drawn, crop=False, soft_wrap=False)
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().splitlines())


def _blocks(table: Table, heads: Sequence[str], rows: Sequence[Sequence[str]], look: Look) -> Iterator[str]:
    """Yield a block for each row: a line for each cell, ids, amounts and dates unbroken however narrow it is."""
    label = max(columns_of(head) for head in heads)
    for number, row in enumerate(rows):
        yield "\n" if number else ""
        for column, head, text in zip(table.columns, heads, row, strict=True):
            if not text:
                continue
            room = max(look.width - label - GAP, 1)
            lines = [text] if column.kind in STANDS_ALONE else wrapped(text, room)
            yield from _labelled(head, lines, label, look.words, look.terminal)


def _labelled(head: str, lines: Sequence[str], label: int, words: Words, terminal: bool) -> Iterator[str]:
    right_to_left = words.is_right_to_left
    left = (isolate(head, right_to_left) if terminal else head) + " " * (label - columns_of(head))
    for line in lines:
        yield f"{left}{' ' * GAP}{isolate(line, right_to_left) if terminal else line}\n"
        left = " " * label

"""Tables in every format of the lists, from one definition of their columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from erc_cli.core.tables import TO_THE_RIGHT, Table
from erc_cli.core.words import Words
from erc_cli.render.cells import for_machines, for_people, isolate, one_line
from erc_cli.render.look import Look
from erc_cli.render.plain import plain_table

FORMATS: Final = ("table", "plain", "simple", "grid", "md", "csv", "tsv", "json", "jsonl")
"""What `--format` takes for a list."""

BY_EXTENSION: Final = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".jsonl": "jsonl", ".md": "md"}
"""What `-o FILE` means where no format is asked for."""

MANY: Final = 1000
"""A terminal gets more rows than these as plain text, since a drawn table takes long; so does tabulate."""


def default_format(rows: int, terminal: bool, output: str | None) -> str:
    """Return the format where none is asked for: by the file's name, else a table on a terminal, else plain."""
    if output is not None:
        return next((form for end, form in BY_EXTENSION.items() if output.lower().endswith(end)), "plain")
    return "table" if terminal and rows <= MANY else "plain"


def render(table: Table, form: str, look: Look) -> str:
    """Return the table as text in one of `FORMATS` but the JSON ones."""
    if form in ("csv", "tsv"):
        return _separated(table, "," if form == "csv" else "\t")
    if form == "md":
        return _markdown(table, look.words)
    if form == "table":
        from erc_cli.render.terminal import draw

        return _titled(table, draw(table, look), look)
    return _titled(table, _tabulated(table, form, look), look)


def _titled(table: Table, text: str, look: Look) -> str:
    if table.title is None:
        return text
    title = one_line(look.words(table.title))
    return f"{isolate(title, look.words.is_right_to_left) if look.terminal else title}\n{text}"


def headings(table: Table, words: Words) -> list[str]:
    """Return the headings in the reader's language."""
    return [one_line(words(column.heading)) for column in table.columns]


def people_rows(table: Table, words: Words) -> list[list[str]]:
    """Return the cells as people read them, totals last."""
    kinds = [column.kind for column in table.columns]
    return [
        [for_people(kind, cell, words, table.labels) for kind, cell in zip(kinds, row, strict=True)]
        for row in (*table.rows, *table.totals)
    ]


def _tabulated(table: Table, form: str, look: Look) -> str:
    heads, rows = headings(table, look.words), people_rows(table, look.words)
    if look.terminal:
        right_to_left = look.words.is_right_to_left
        heads = [isolate(head, right_to_left) for head in heads]
        rows = [[isolate(cell, right_to_left) for cell in row] for row in rows]
    alignments = ["right" if column.kind in TO_THE_RIGHT else "left" for column in table.columns]
    if not rows or form == "plain":
        return plain_table(heads, rows, alignments)
    from tabulate import tabulate

    text = tabulate(rows, heads, tablefmt=form, disable_numparse=True, colalign=alignments)
    return f"{text}\n"


# --- for machines -------------------------------------------------------------------------------------------

_FORMULA = re.compile(r"[=+\-@\t\r]")


def _separated(table: Table, separator: str) -> str:
    """Comma or tab separated values under the columns' keys.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, as spreadsheets write it
    themselves; amounts and numbers are left alone, so that a negative one stays a number.
    """
    import csv
    import io

    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, lineterminator="\n")
    writer.writerow([column.key for column in table.columns])
    free = [column.kind in ("text", "word", "ref", "country") for column in table.columns]
    for row in (*table.rows, *table.totals):
        cells = [for_machines(cell) for cell in row]
        writer.writerow(
            [
                f"'{text}" if is_free and _FORMULA.match(text) else text
                for text, is_free in zip(cells, free, strict=True)
            ]
        )
    return file.getvalue()


_MARKUP = {ord(sign): f"\\{sign}" for sign in "\\|*_[]`~"}
_MARKUP.update({ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("@"): "&#64;", ord("#"): "&#35;"})


_SHORTCODE = re.compile(r":(?=[\w+-]+:)")


def escape_markdown(text: str) -> str:
    """Return text that Markdown shows as it is, with no live link, mention or reference in it."""
    return _SHORTCODE.sub("&#58;", text.translate(_MARKUP)).replace("://", ":&#47;&#47;").replace("www.", "www&#46;")


def _markdown(table: Table, words: Words) -> str:
    marks = ["--:" if column.kind in TO_THE_RIGHT else "---" for column in table.columns]
    lines = [_markdown_row(headings(table, words)), _markdown_row(marks, escaped=True)]
    lines += [_markdown_row(row) for row in people_rows(table, words)]
    title = f"**{escape_markdown(one_line(words(table.title)))}**\n\n" if table.title else ""
    return title + "".join(f"{line}\n" for line in lines)


def _markdown_row(cells: Sequence[str], *, escaped: bool = False) -> str:
    return "| " + " | ".join(cell if escaped else escape_markdown(cell) for cell in cells) + " |"

"""A report as one HTML file: no script, no other file asked for, from either side, for eyes, ears and paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from erc_cli.core.reports.foot import foot_lines
from erc_cli.core.reports.report import Bar, Moment, Report, Section
from erc_cli.core.tables import STANDS_ALONE, TO_THE_RIGHT, Cell, Column, Table
from erc_cli.core.text import Foreign
from erc_cli.core.words import RIGHT_TO_LEFT, Words
from erc_cli.render.cells import TURNS, for_documents, one_line
from erc_cli.render.drawing import filled, percent
from erc_cli.render.html_style import ACROSS, STYLE
from erc_cli.render.outline import has_contents, levels
from erc_cli.render.paper import lies_across

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may load for this file: nothing but the style in it."""


def report_html(report: Report, words: Words) -> str:
    """Return a report as a whole HTML document."""
    direction = "rtl" if words.is_right_to_left else "ltr"
    title = escape(one_line(report.title))
    body = "".join(_body(report, words))
    style = STYLE + (ACROSS if lies_across(report, words) else "")
    return (
        f'<!doctype html>\n<html lang="{escape(words.language)}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _body(report: Report, words: Words) -> Iterator[str]:
    yield f"<main>\n<header>\n<h1>{_text(report.title, words)}</h1>\n"
    yield from _paragraphs(report.lines, words)
    yield "</header>\n"
    heights = levels(report.sections)
    if has_contents(report.sections):
        yield from _contents(report.sections, heights, words)
    for number, (section, level) in enumerate(zip(report.sections, heights, strict=True), 1):
        yield from _section(section, level, number, words)
    yield "</main>\n"
    if report.foot is not None:
        yield "<footer>\n"
        yield from _paragraphs(foot_lines(report.foot, words), words)
        yield "</footer>\n"


def _contents(sections: Sequence[Section], heights: Sequence[int], words: Words) -> Iterator[str]:
    yield f'<nav aria-labelledby="contents">\n<h2 id="contents">{escape(words("Contents"))}</h2>\n<ol>\n'
    for number, (section, level) in enumerate(zip(sections, heights, strict=True), 1):
        if level <= 2:
            deeper = ' class="deeper"' if level > 1 else ""
            yield f'<li{deeper}><a href="#part-{number}">{_text(section.heading, words)}</a></li>\n'
    yield "</ol>\n</nav>\n"


def _section(section: Section, level: int, number: int, words: Words) -> Iterator[str]:
    tag = f"h{level + 1}"
    yield "<section>\n"
    yield f'<{tag} id="part-{number}">{_text(section.heading, words)}</{tag}>\n'
    yield from _paragraphs(section.lines, words)
    if section.items:
        yield "<ul>\n"
        yield from (f"<li>{_text(item, words)}</li>\n" for item in section.items)
        yield "</ul>\n"
    if section.bars:
        yield from _bars(section.bars, words)
    if section.moments:
        yield from _moments(section.moments, words)
    if section.table is not None and section.table.rows:
        yield from _table(section.table, section.heading, number, words)
    yield "</section>\n"


def _paragraphs(lines: Iterable[str], words: Words) -> Iterator[str]:
    return (f"<p>{_text(line, words)}</p>\n" for line in lines)


def _bars(bars: Sequence[Bar], words: Words) -> Iterator[str]:
    yield '<ul class="bars">\n'
    for bar in bars:
        yield (
            f'<li><span class="label">{_text(bar.label, words)}</span>'
            f'<span class="bar" aria-hidden="true"><span style="inline-size: {filled(bar):.1f}%"></span></span>'
            f'<span class="share" dir="ltr">{escape(percent(bar, words))}</span>'
            f'<span class="note">{_text(bar.note, words)}</span></li>\n'
        )
    yield "</ul>\n"


def _moments(moments: Sequence[Moment], words: Words) -> Iterator[str]:
    yield '<ol class="moments">\n'
    for moment in moments:
        ahead = ' class="ahead"' if moment.ahead else ""
        day = escape(words.day(moment.on))
        yield f'<li{ahead}><time datetime="{moment.on.isoformat()}">{day}</time>{_text(moment.label, words)}</li>\n'
    yield "</ol>\n"


def _table(table: Table, heading: str, number: int, words: Words) -> Iterator[str]:
    """A table in a frame that scrolls by itself and can be reached by keyboard; its caption repeats no heading."""
    unseen, said = (' class="unseen"', heading) if table.title is None else ("", words(table.title))
    yield f'<div class="scroll" role="group" tabindex="0" aria-labelledby="table-{number}">\n<table>\n'
    yield f'<caption id="table-{number}"{unseen}>{_text(said, words)}</caption>\n<thead>\n<tr>'
    for column in table.columns:
        yield f'<th scope="col"{_class(column)}>{_text(words(column.heading), words)}</th>'
    yield "</tr>\n</thead>\n<tbody>\n"
    for row in table.rows:
        yield from _row(table, row, words)
    yield "</tbody>\n"
    if table.totals:
        yield "<tfoot>\n"
        for row in table.totals:
            yield from _row(table, row, words)
        yield "</tfoot>\n"
    yield "</table>\n</div>\n"


def _row(table: Table, row: Sequence[Cell], words: Words) -> Iterator[str]:
    yield "<tr>"
    for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
        tag, scope = ("th", ' scope="row"') if at == 0 and cell not in (None, "") else ("td", "")
        yield f"<{tag}{scope}{_class(column)}>{_cell(column, cell, table, words)}</{tag}>"
    yield "</tr>\n"


def _cell(column: Column, cell: Cell, table: Table, words: Words) -> str:
    if isinstance(cell, Foreign) and column.kind == "text":
        return _text(cell, words)
    shown = for_documents(column.kind, cell, words, table.labels)
    if column.kind in TO_THE_RIGHT and words.is_right_to_left and not isinstance(cell, str | tuple):
        return f'<bdi dir="ltr">{escape(shown)}</bdi>'
    return _text(shown, words)


def _class(column: Column) -> str:
    if column.kind in TO_THE_RIGHT:
        return ' class="figure"'
    return ' class="whole"' if column.kind in STANDS_ALONE - {"id", "ref"} else ""


def _text(text: str, words: Words) -> str:
    """Text for the page, all of it inert; what is in another language says so, and runs its own way."""
    if isinstance(text, Foreign):
        way = "rtl" if text.language in RIGHT_TO_LEFT else "ltr"
        language = escape(text.language)
        return (
            f'<span lang="{language}" dir="{way}">{_inert(text, right_to_left=way == "rtl")}</span>'
            f'<span class="mark" dir="ltr">{language}</span>'
        )
    return _inert(text, right_to_left=words.is_right_to_left)


def _inert(text: str, *, right_to_left: bool) -> str:
    shown = one_line(text)
    if not right_to_left:
        return escape(shown)
    pieces, at = [], 0
    for found in TURNS.finditer(shown):
        pieces += [escape(shown[at : found.start()]), f'<bdi dir="ltr">{escape(found[0])}</bdi>']
        at = found.end()
    return "".join([*pieces, escape(shown[at:])])

"""Reports as text: on a terminal with bars and lines of time, in a pipe in plain characters, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from erc_cli.core.reports.foot import foot_lines
from erc_cli.core.reports.report import Bar, Moment, Report, Section
from erc_cli.core.tables import Table
from erc_cli.core.text import visible
from erc_cli.core.words import Words
from erc_cli.render.cells import isolate, one_line
from erc_cli.render.drawing import filled, percent
from erc_cli.render.layout import wrapped
from erc_cli.render.look import Look
from erc_cli.render.plain import columns_of
from erc_cli.render.tables import escape_markdown, render

_BAR_WIDTH = 24
_LABEL_WIDTH = 26


def report_text(report: Report, look: Look) -> str:
    """Return a report as text for a terminal or a pipe."""
    parts = [_block([_strong(report.title, look), *report.lines], look), sections_text(report.sections, look)]
    if report.foot is not None:
        parts.append(_lines(foot_lines(report.foot, look.words), look))
    return "\n".join(parts)


def sections_text(sections: Sequence[Section], look: Look) -> str:
    """Return sections as text for a terminal or a pipe, an empty line between two."""
    form = "table" if look.terminal else "plain"
    return "\n".join(_section(section, form, look) for section in sections)


def report_markdown(report: Report, look: Look) -> str:
    """Return a report as Markdown."""
    words = look.words
    parts = [report_head(report), *(section_markdown(section, look) for section in report.sections)]
    if report.foot is not None:
        parts.append("\n".join(["---\n", *(f"{_markdown(line)}\n" for line in foot_lines(report.foot, words))]))
    return "\n".join(parts)


def report_head(report: Report) -> str:
    """Return the title of a report and the lines below it as Markdown."""
    return "\n".join([f"# {_markdown(report.title)}\n", *(f"{_markdown(line)}\n" for line in report.lines)])


def section_markdown(section: Section, look: Look) -> str:
    """Return a section as Markdown, with its heading."""
    words = look.words
    parts = [f"{'#' * min(max(section.level, 1) + 1, 6)} {_markdown(section.heading)}\n"]
    parts += [f"{_markdown(line)}\n" for line in section.lines]
    listed = [
        *section.items,
        *_bar_words(section.bars, words),
        *(f"{words.day(moment.on)}: {moment.label}" for moment in section.moments),
    ]
    if listed:
        parts.append("".join(f"- {_markdown(item)}\n" for item in listed))
    if section.table is not None and section.table.rows:
        parts.append(render(section.table, "md", look))
    return "\n".join(parts)


def _markdown(text: str) -> str:
    return escape_markdown(one_line(f"{text}"))


def _section(section: Section, form: str, look: Look) -> str:
    parts = [_block([_strong(section.heading, look), *section.lines], look)]
    if section.items:
        parts.append("".join(f"{line}\n" for line in _items(section.items, look)))
    if section.bars:
        parts.append("".join(f"{line}\n" for line in _bars(section.bars, look)))
    if section.moments:
        parts.append("".join(f"{line}\n" for line in _moments(section.moments, look)))
    if section.table is not None and section.table.rows:
        parts.append(render(section.table, form, look))
        parts += _left_out(section.table, look) if form == "table" else []
    return "".join(parts)


def _left_out(table: Table, look: Look) -> Iterator[str]:
    """Yield a line that names the columns for which there is no room, if there are such."""
    from erc_cli.render.terminal import left_out

    hidden = left_out(table, look)
    if hidden:
        heads = [look.words(column.heading) for column in table.columns if column.key in hidden]
        line = look.words("No room at this width for: {columns}.").format(columns=look.words(", ").join(heads))
        yield from (f"{_isolated(piece, look)}\n" for piece in wrapped(line, look.width))


def _items(items: Sequence[str], look: Look) -> Iterator[str]:
    """Yield the items of a list, each with a sign before its first line."""
    sign = "•" if look.terminal else "-"
    for item in items:
        first, *more = wrapped(one_line(f"{item}"), max(look.width - 2, 20))
        yield f"{sign} {_isolated(first, look)}"
        yield from (f"  {_isolated(piece, look)}" for piece in more)


def _block(lines: Sequence[str], look: Look) -> str:
    return f"{_isolated(lines[0], look)}\n{_lines(lines[1:], look)}"


def _lines(lines: Sequence[str], look: Look) -> str:
    pieces = (piece for line in lines for piece in wrapped(visible(f"{line}"), look.width))
    return "".join(f"{_isolated(piece, look)}\n" for piece in pieces)


def _strong(heading: str, look: Look) -> str:
    shown = visible(f"{heading}")
    return f"\x1b[1m{shown}\x1b[0m" if look.colour else shown


def _isolated(text: str, look: Look) -> str:
    return isolate(text, look.words.is_right_to_left) if look.terminal else text


def _bars(bars: Sequence[Bar], look: Look) -> Iterator[str]:
    """Yield label, bar, share and note of each: in one line where all labels are short, else the label above."""
    full, empty = ("█", "░") if look.terminal else ("#", ".")
    labels = [visible(f"{bar.label}") for bar in bars]
    width = max(columns_of(label) for label in labels)
    longest = max(columns_of(visible(bar.note)) for bar in bars)
    beside = width <= _LABEL_WIDTH and width + _BAR_WIDTH + longest + 13 <= look.width
    for label, bar in zip(labels, bars, strict=True):
        part = int(filled(bar, _BAR_WIDTH))
        drawn = full * part + empty * (_BAR_WIDTH - part)
        behind = f"{drawn}  {percent(bar, look.words):>7}  {_isolated(visible(f'{bar.note}'), look)}".rstrip()
        if beside:
            yield f"{_isolated(label, look)}{' ' * (width - columns_of(label))}  {behind}"
            continue
        yield from (_isolated(line, look) for line in wrapped(label, look.width))
        yield f"  {behind}"


def _bar_words(bars: Sequence[Bar], words: Words) -> Iterator[str]:
    for bar in bars:
        yield f"{bar.label}: {percent(bar, words)} {bar.note}".rstrip()


def _moments(moments: Sequence[Moment], look: Look) -> Iterator[str]:
    """Yield a line of time from top to bottom: what is to come is drawn hollow."""
    done, ahead, line = ("●", "○", "│") if look.terminal else ("*", "o", "|")
    for number, moment in enumerate(moments):
        first, *more = wrapped(visible(f"{moment.label}"), max(look.width - 16, 20))
        yield f"{ahead if moment.ahead else done} {moment.on.isoformat()}  {_isolated(first, look)}"
        last = number == len(moments) - 1
        for piece in more:
            yield f"{' ' if last else line}             {_isolated(piece, look)}"

"""Findings as text with the lines under them, in one line each, as JSON, and as annotations for GitHub."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from erc_cli.core.checked import Checked
from erc_cli.core.findings import Finding, Place, Related
from erc_cli.core.text import visible
from erc_cli.render.width import cut_to, width_of

MAX_EXCERPT = 100
"""Columns of a line of the file that are shown."""

MAX_RELATED = 40
"""So many other places of a finding are told in text."""

GITHUB_SHOWN = 10
"""So many annotations of a level GitHub shows for one step; it drops the rest silently."""

_COLOURS = {"error": "\x1b[31;1m", "warning": "\x1b[33;1m", "waived": "\x1b[2m", "note": "\x1b[2m", "end": "\x1b[0m"}


def summary(checked: Checked) -> str:
    """Return one line of counts."""
    errors, warnings = checked.count("error"), checked.count("warning")
    words = [f"{_many(checked.files, 'file')}", _many(errors, "error"), _many(warnings, "warning")]
    if checked.waived:
        words.append(f"{checked.waived} waived")
    return ", ".join(words)


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def text(checked: Checked, colour: bool) -> str:
    """Return one block for each finding, with the line of the file under it."""
    return "".join(_block(finding, checked.line, colour) + "\n" for finding in checked.findings)


def by_code(checked: Checked) -> str:
    """Return a line that counts the findings of each code: `320 warnings: 300 LNG001, 20 PAR001`."""
    counted = Counter(finding.code for finding in checked.findings)
    said = ", ".join(f"{count} {code}" for code, count in sorted(counted.items()))
    return f"{_many(len(checked.findings), checked.findings[0].severity)}: {said}; `erc check` shows them"


def _block(finding: Finding, line_of: Callable[[str, int], str], colour: bool) -> str:
    place = _place(finding)
    word = "waived" if finding.waived else finding.severity
    head = f"{_at(place)}: {_paint(f'{word} {finding.code}', word, colour)} {visible(finding.problem.message)}"
    notes = [_paint(note, "note", colour) for note in _notes(finding)]
    excerpt = () if finding.waived else _excerpt(place, line_of, colour)
    return "\n".join([head, *excerpt, *notes])


def _at(place: Place) -> str:
    return f"{visible(place.path)}:{place.line}:{place.column}"


def _paint(words: str, kind: str, colour: bool) -> str:
    return f"{_COLOURS[kind]}{words}{_COLOURS['end']}" if colour else words


def _excerpt(place: Place, line_of: Callable[[str, int], str], colour: bool) -> Iterator[str]:
    line = line_of(place.path, place.line)
    if not line.strip():
        return
    before, marked = line[: place.column - 1], line[place.column - 1 : max(place.end_column - 1, place.column)]
    margin = f"{place.line:5} | "
    left = _shown(before)
    room = MAX_EXCERPT - width_of(left)
    if room < 20:
        left, room = "...", MAX_EXCERPT - 3
    yield margin + left + cut_to(_shown(marked + line[len(before) + len(marked) :]), room)
    carets = "^" * max(min(width_of(_shown(marked)), room), 1)
    yield " " * 5 + " | " + " " * width_of(left) + _paint(carets, "error", colour)


def _shown(line: str) -> str:
    return visible(line.replace("\t", "    "))


def _notes(finding: Finding) -> Iterator[str]:
    """What stands under a finding; of a waived one only who accepted it, and why."""
    problem, waived = finding.problem, finding.waived
    if waived is not None:
        yield _wrapped(f"waived until {visible(waived.until)} by {visible(waived.owner)}: {visible(waived.reason)}")
        return
    here = _place(finding).path
    if problem.related:
        told = [visible(_related(related, here)) for related in problem.related[:MAX_RELATED]]
        more = len(problem.related) - len(told)
        yield _wrapped("see: " + ", ".join([*told, *([f"and {more} more (--format json has all)"] if more else [])]))
    for note in problem.notes:
        yield _wrapped(visible(note))


def _wrapped(words: str) -> str:
    """A note in lines of at most 100 columns where its words allow; nothing is cut."""
    return textwrap.fill(
        words,
        MAX_EXCERPT,
        initial_indent="      = ",
        subsequent_indent="        ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _related(related: Related, here: str) -> str:
    place = related.place
    if place is None:
        return related.message
    where = f"line {place.line}" if place.path == here else f"{place.path}:{place.line}"
    return f"{related.message} ({where})"


def _place(finding: Finding) -> Place:
    return finding.place or Place("", 1, 1, 1)


def concise(checked: Checked, colour: bool) -> str:
    """Return one line for each finding."""
    return "".join(
        f"{_at(_place(f))}: {'waived' if f.waived else f.severity} {f.code} {visible(f.problem.message)}\n"
        for f in checked.findings
    )


def as_json(checked: Checked, colour: bool) -> str:
    """Return the findings with all their keys, schema `erc.findings/1`."""
    from erc_cli.render.items import document  # json takes 8 ms that the other formats need not wait for

    counts = {"error": checked.count("error"), "warning": checked.count("warning"), "waived": checked.waived}
    findings = [_item(finding) for finding in checked.findings]
    return document({"schema": "erc.findings/1", "findings": findings, "counts": counts})


def _item(finding: Finding) -> dict[str, Any]:
    problem, place = finding.problem, _place(finding)
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": problem.message,
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "record": problem.record,
        "field": finding.field_address,
        "related": [_related_item(related) for related in problem.related],
        "expected": problem.expected,
        "actual": problem.actual,
        "fix": problem.fix,
        "notes": list(problem.notes),
        "waived": None
        if finding.waived is None
        else {"reason": finding.waived.reason, "owner": finding.waived.owner, "until": finding.waived.until},
    }


def _related_item(related: Related) -> dict[str, Any]:
    place = related.place or Place("", 1, 1, 1)
    return {"path": place.path, "line": place.line, "column": place.column, "message": related.message}


def github(checked: Checked, colour: bool) -> str:
    """Return workflow commands that annotate the files of a pull request.

    GitHub shows ten errors and ten warnings of a step; the first ten of each are given, and a notice says how many
    are left. `%`, CR and LF are escaped, in properties `:` and `,` too.
    """
    lines = []
    open_ones = [finding for finding in checked.findings if not finding.waived]
    for level in ("error", "warning"):
        of_level = [finding for finding in open_ones if finding.severity == level]
        for finding in of_level[:GITHUB_SHOWN]:
            place = _place(finding)
            where = f"file={_property(place.path)},line={place.line},col={place.column},endColumn={place.end_column}"
            title = _property(f"{finding.code}")
            lines.append(f"::{level} {where},title={title}::{_message(finding)}")
        left = len(of_level) - GITHUB_SHOWN
        if left > 0:
            lines.append(
                f"::notice title=erc check::{left} more {level}s are not shown here: run erc check to see them"
            )
    return "".join(f"{line}\n" for line in lines)


def _message(finding: Finding) -> str:
    parts = [finding.problem.message, *(_related(r, _place(finding).path) for r in finding.problem.related[:12])]
    return _data("\n".join(visible(part) for part in [*parts, *finding.problem.notes]))


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(visible(words)).replace(":", "%3A").replace(",", "%2C")


RENDERERS: dict[str, Callable[[Checked, bool], str]] = {
    "text": text,
    "concise": concise,
    "json": as_json,
    "github": github,
}
"""Format: how findings are written in it."""


def renderer(form: str) -> Callable[[Checked, bool], str]:
    """Return what writes findings in one of the formats, those of other hosts included."""
    if form in RENDERERS:
        return RENDERERS[form]
    from erc_cli.render import host_formats

    found: Callable[[Checked, bool], str] = getattr(host_formats, form)
    return found

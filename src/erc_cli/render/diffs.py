"""A change of the register as text, as a comment for a pull request, as a page, and for other programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from erc_cli.core.findings import Finding, Place
from erc_cli.core.money import plain
from erc_cli.core.reports.report import Report, Section
from erc_cli.core.review import Review, Row
from erc_cli.render.items import document
from erc_cli.render.look import Look
from erc_cli.render.reports import report_head, report_text, section_markdown

MARK: Final = "<!-- erc diff -->"
"""The first line of a comment, by which the next one finds it."""

LARGEST: Final = 60_000
"""Bytes of a comment; hosts refuse more than 64 KiB."""

FOLDED: Final = 12
"""A table of more rows is folded away in a comment."""


def format_of(output: str | None) -> str:
    """Return the format where none is asked for: by the file's name, else text."""
    ends = {".md": "md", ".json": "json", ".html": "html"}
    return next((form for end, form in ends.items() if (output or "").lower().endswith(end)), "text")


def as_comment(report: Report, look: Look) -> str:
    """Return a change as a comment in Markdown: long tables folded, and the longest cut until all is small enough."""
    head = f"{MARK}\n\n{report_head(report).replace('# ', '### ', 1)}"
    parts = [_part(section, _length(section), look) for section in report.sections]
    shown = [_length(section) for section in report.sections]
    while sum(len(part.encode()) + 1 for part in (head, *parts)) > LARGEST and any(shown):
        at = max((at for at in range(len(parts)) if shown[at]), key=lambda at: len(parts[at].encode()))
        shown[at] //= 2
        parts[at] = _part(report.sections[at], shown[at], look)
    return "\n".join((head, *parts))


def _length(section: Section) -> int:
    """Return how many rows and items a section has."""
    return len(section.items) + len(section.table.rows if section.table is not None else ())


def _part(section: Section, most: int, look: Look) -> str:
    """A section with its first rows and items, as many as `most`, and how many there are beside."""
    left = _length(section) - most
    table = section.table
    if table is not None:
        table = replace(table, rows=table.rows[: max(0, most - len(section.items))])
    cut = section._replace(level=section.level + 2, items=section.items[:most], table=table)
    text = section_markdown(cut, look)
    if _length(cut) > FOLDED:
        head, _, rest = text.partition("\n")
        lines = look.words.many("{n} line", "{n} lines", _length(cut))
        text = f"{head}\n\n<details><summary>{lines}</summary>\n{rest}\n</details>\n"
    if left:
        text += (
            "\n" + look.words.many("{n} more line does not fit here.", "{n} more lines do not fit here.", left) + "\n"
        )
    return text


def _as_page(report: Report, look: Look) -> str:
    from erc_cli.render.report_html import report_html

    return report_html(report, look.words)


RENDERERS: Final[Mapping[str, Callable[[Report, Look], str]]] = {
    "text": report_text,
    "md": as_comment,
    "html": _as_page,
}


def as_json(review: Review, places: Mapping[str, Place]) -> str:
    """Return a change with all its keys, schema `erc.diff/1`. Amounts are texts."""
    effects = review.context.effects
    return document(
        {
            "schema": "erc.diff/1",
            "before": review.names[0],
            "after": review.names[1] or None,
            "on": review.on,
            "records": [
                {"address": address, "was": was, "state": state, "status": _statuses(review, address)}
                for address, was, state in review.records
            ],
            "changes": [_row(row, places.get(row.address)) for row in review.rows],
            "formatting": review.formatting,
            "other_files": review.others,
            "unread": review.unread,
            "totals_that_did_not_move": [
                {
                    "address": ".".join((one.record, *map(str, one.field))),
                    "claim": _amount(one.claim),
                    "sum": _amount(one.sum),
                }
                for one in review.context.stuck
            ],
            "effects": None
            if effects is None
            else {
                "new_findings": [_finding(one) for one in effects.new_findings],
                "gone_findings": [_finding(one) for one in effects.gone_findings],
                "newly_due": [_due(one) for one in effects.newly_due],
                "no_longer_due": [_due(one) for one in effects.no_longer_due],
                "counted": [_moved(one) for one in effects.counted],
                "relationships": [_moved(one) for one in effects.relationships],
                "headroom": [_moved(one) for one in effects.headroom],
            },
        }
    )


def _row(row: Row, place: Place | None) -> dict[str, Any]:
    return {
        "group": row.group,
        "class": row.kind,
        "address": row.address,
        "before": row.before,
        "after": row.after,
        "difference": _amount(row.difference),
        "percent": None if row.percent is None else str(row.percent.quantize(Decimal("0.1"))),
        "currency": row.currency or None,
        "days": row.days,
        "why": row.why or None,
        "because": row.because or None,
        "as_before_in": row.left,
        "path": place.path if place is not None else None,
        "line": place.line if place is not None else None,
    }


def _statuses(review: Review, address: str) -> dict[str, str | None] | None:
    found = review.context.statuses.get(address)
    return {"before": found[0], "after": found[1]} if found is not None else None


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.place or Place("", 0, 0, 0)
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.problem.message,
        "record": finding.problem.record,
        "field": finding.field_address,
        "path": place.path,
        "line": place.line,
        "waived": finding.waived is not None,
    }


def _due(item: Any) -> dict[str, Any]:
    return {"kind": item.kind, "address": item.record, "text": item.text, "late_on": item.late_on.isoformat()}


def _moved(moved: Any) -> dict[str, Any]:
    values = [plain(one) if isinstance(one, Decimal) else one for one in (moved.before, moved.after)]
    return {"address": moved.address, "year": moved.year or None, "before": values[0], "after": values[1]}

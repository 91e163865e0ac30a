"""A change of the register as a reviewer reads it: first what it amounts to, then every difference by group."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from erc_cli.core.money import plain
from erc_cli.core.reports.report import Report, Section
from erc_cli.core.review import GROUPS, Group, Review, Row
from erc_cli.core.tables import Cell, Column, Table
from erc_cli.core.words import Words

if TYPE_CHECKING:
    from erc_cli.core.due import DueItem
    from erc_cli.core.effects import Effects, Moved
    from erc_cli.core.findings import Finding

MOST_ROWS = 200
"""So many differences of a group are shown, the others counted."""

_HEADINGS: dict[Group, str] = {
    "money": "Money",
    "agreements": "Agreements",
    "schedule": "Schedule",
    "meetings": "Meetings",
    "results": "Results",
    "partners": "Partners",
    "member-states": "Member States",
    "wording": "Wording",
    "other": "Other fields",
}


def diff_report(review: Review, words: Words) -> Report:
    """Return a change as a report in the reader's language."""
    sections = [_group(group, review, words) for group in GROUPS]
    sections += [_stuck(review, words), _layout(review, words)]
    if review.context.effects is not None:
        sections += _effects(review.context.effects, words)
    title = words("Changes of the register")
    return Report(title, tuple(_summary(review, words)), tuple(one for one in sections if one is not None), "diff")


def _summary(review: Review, words: Words) -> Iterator[str]:
    """Yield what was compared, how much differs, and of which classes."""
    after = review.names[1] or words("the files as they are")
    yield words("From {before} to {after}.").format(before=review.names[0], after=after)
    if review.is_empty:
        yield words("Nothing in the register differs.")
        return
    states = Counter(state for _, _, state in review.records)
    counts = [
        words.many("{n} record added", "{n} records added", states["added"]) if states["added"] else "",
        words.many("{n} record changed", "{n} records changed", states["changed"] + states["renamed"])
        if states["changed"] + states["renamed"]
        else "",
        words.many("{n} record removed", "{n} records removed", states["removed"]) if states["removed"] else "",
    ]
    if any(counts):
        yield words(", ").join(filter(None, counts)) + "."
    elif not review.unread:
        yield words("Formatting only: no data changed.")
    kinds = Counter(row.kind for row in review.rows if row.kind not in ("other", "new", "removed"))
    if kinds:
        said = words(", ").join(f"{words.value(kind)} ({count})" for kind, count in sorted(kinds.items()))
        yield words("Of these: {kinds}.").format(kinds=said)
    for address, was, state in review.records:
        if state == "renamed":
            yield words("{before} is now {after}.").format(before=was, after=address)
    if review.unread:
        yield words("Cannot be read on one side: {records}.").format(records=words(", ").join(review.unread))


def _group(group: Group, review: Review, words: Words) -> Section | None:
    rows = [row for row in review.rows if row.group == group]
    if not rows:
        return None
    is_wording = group == "wording"  # whose class is no news
    columns = [Column("what", "What"), Column("kind", "Class", "word", optional=is_wording)]
    if group == "money":
        columns += [Column("before", "Before", "amount"), Column("after", "After", "amount")]
        columns += [Column("difference", "Change", "amount"), Column("percent", "Per cent", "percent", optional=True)]
        columns += [Column("currency", "Currency", "id", optional=True)]
    else:
        columns += [
            Column("before", "Before"),
            Column("after", "After"),
            Column("days", "Days", "number", optional=all(row.days is None for row in rows)),
        ]
    if is_wording:
        columns += [Column("left", "As before in", optional=not any(row.left for row in rows))]
    columns += [Column("why", "Why", optional=True), Column("because", "Because of", optional=True)]
    shown = tuple(_cells(row, group) for row in rows[:MOST_ROWS])
    lines = []
    if group == "agreements":
        lines += list(_statuses(review, words))
    if len(rows) > MOST_ROWS:
        lines.append(words.many("{n} more difference", "{n} more differences", len(rows) - MOST_ROWS))
    return Section(
        words(_HEADINGS[group]), tuple(lines), table=Table(_used(columns, shown), _used_cells(columns, shown))
    )


def _cells(row: Row, group: Group) -> tuple[Cell, ...]:
    if group == "money":
        before, after = row.amounts or (None, None)
        figures: tuple[Cell, ...] = (before, after, row.difference, row.percent, row.currency or None)
    else:
        figures = (row.before, row.after, row.days)
        if group == "wording":
            figures = (*figures, ", ".join(row.left) or None)
    kind = None if row.kind == "wording" else row.kind
    return (_short(row.address), kind, *figures, row.why or None, row.because or None)


_LONG_WAY = re.compile(
    r"(projects/[^.]+)\.areas\.[^.]+\.outcomes\.[^.]+\.performance_indicators\."
    r"(?:[^.]+\.measurement_indicators\.)?([^.]+)(?=\.|$)"
)


def _short(address: str) -> str:
    """The short address of an indicator where one has it, which every command takes as well."""
    return _LONG_WAY.sub(r"\1.indicators.\2", address)


def _used(columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]]) -> tuple[Column, ...]:
    return tuple(column for at, column in enumerate(columns) if _is_used(column, at, rows))


def _used_cells(columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    kept = [at for at, column in enumerate(columns) if _is_used(column, at, rows)]
    return tuple(tuple(row[at] for at in kept) for row in rows)


def _is_used(column: Column, at: int, rows: Sequence[tuple[Cell, ...]]) -> bool:
    return not column.optional or any(row[at] is not None for row in rows)


def _statuses(review: Review, words: Words) -> Iterator[str]:
    """Yield the agreements whose status is another, and that of the new ones."""
    for address, (before, after) in review.context.statuses.items():
        if before == after:
            continue
        said = [words.value(one) if one else words("not there") for one in (before, after)]
        line = words("{agreement}: {before} before, {after} now, on {day}.")
        yield line.format(agreement=address, before=said[0], after=said[1], day=words.day(review.on))
    for address, (old, new) in review.context.ends.items():
        if old is not None and new is not None and old != new:
            line = words("{agreement}: ended on {before}, ends on {after}.")
            yield line.format(agreement=address, before=words.day(old), after=words.day(new))


def _stuck(review: Review, words: Words) -> Section | None:
    if not review.context.stuck:
        return None
    columns = (
        Column("total", "Total", "id"),
        Column("claimed", "Claimed", "amount"),
        Column("sum", "Adds up to", "amount"),
        Column("off", "Off by", "amount"),
    )
    rows: list[tuple[Cell, ...]] = [
        (".".join((one.record, *map(str, one.field))), one.claim, one.sum, one.difference)
        for one in review.context.stuck
    ]
    return Section(words("Totals that did not move with their parts"), table=Table(columns, tuple(rows)))


def _layout(review: Review, words: Words) -> Section | None:
    if not review.formatting and not review.others:
        return None
    items = [words("{path}: formatting only").format(path=path) for path in review.formatting]
    items += [words("{path}: not a file of the register").format(path=path) for path in review.others]
    return Section(words("Files"), items=tuple(items))


# --- effects ------------------------------------------------------------------------------------------------


def _effects(effects: Effects, words: Words) -> list[Section | None]:
    parts = [
        _findings(words("New findings"), effects.new_findings, words),
        _findings(words("Findings that are gone"), effects.gone_findings, words),
        _due(words("Became due"), effects.newly_due, words),
        _due(words("No longer due"), effects.no_longer_due, words),
        _moved(words("Counted results"), effects.counted, words),
        _moved(words("Relationships"), effects.relationships, words),
        _moved(words("Money that is left"), effects.headroom, words),
    ]
    inner = [part._replace(level=2) for part in parts if part is not None]
    if not inner:
        nothing = words("No findings, nothing due, no counted result and no room in the budget is another.")
        return [Section(words("What follows"), (nothing,))]
    return [Section(words("What follows")), *inner]


def _findings(heading: str, findings: Sequence[Finding], words: Words) -> Section | None:
    if not findings:
        return None
    items = []
    for finding in findings[:MOST_ROWS]:
        place = finding.place
        where = f"{place.path}:{place.line}: " if place is not None else ""
        waived = f" ({words('waived')})" if finding.waived else ""
        items.append(f"{where}{words(finding.severity)} {finding.code} {finding.problem.message}{waived}")
    return Section(heading, items=tuple(items))


def _due(heading: str, items: Sequence[DueItem], words: Words) -> Section | None:
    if not items:
        return None
    said = words("{record}: {text} (late from {day})")
    shown = (
        said.format(record=i.record, text=words(i.message).format_map(i.values), day=words.day(i.late_on))
        for i in items[:MOST_ROWS]
    )
    return Section(heading, items=tuple(shown))


def _moved(heading: str, moved: Sequence[Moved], words: Words) -> Section | None:
    if not moved:
        return None
    columns = (
        Column("what", "What"),
        Column("year", "Year", "year", optional=True),
        Column("before", "Before"),
        Column("after", "After"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.address, one.year or None, _figure(one.before, words), _figure(one.after, words))
        for one in moved[:MOST_ROWS]
    )
    return Section(heading, table=Table(_used(columns, rows), _used_cells(columns, rows)))


def _figure(value: Decimal | str | None, words: Words) -> str | None:
    if value is None:
        return None
    return words.value(value) if isinstance(value, str) else words.number(value) if plain(value) else None

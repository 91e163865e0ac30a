"""`erc diff`: what changed between two states of the register, in its own terms."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from erc_cli.commands.check import check_loaded
from erc_cli.core.comparing import Pair, pairs
from erc_cli.core.effects import Effects, effects
from erc_cli.core.findings import Place
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.register import Register
from erc_cli.core.review import Review, Row, rows_of, state_of
from erc_cli.core.status import Status, end_on, status_on
from erc_cli.core.totals import Equation, equations
from erc_cli.store.load import Loaded, load
from erc_cli.store.places import Places
from erc_cli.store.two_trees import Differing, Sides, data_in, differing, sides_of
from erc_cli.store.worktree import Source


class Diff(NamedTuple):
    """What was compared, the records that differ, and what a reviewer is told of them."""

    sides: Sides
    pairs: tuple[Pair, ...]
    review: Review


def diff(root: str, asked: str, on: date, *, with_effects: bool) -> Diff:
    """Compare what `asked` names, on the day `on`. Raises UnreadableError, UsageError."""
    sides = sides_of(root, asked)
    files = differing(sides)
    found = pairs(*_data(files))
    unread = tuple(filter(None, map(_unread, found)))
    changed = [pair for pair in found if pair.changes]
    loaded = (load(sides.before), load(sides.after)) if with_effects and files else None
    agreements = _agreements(sides, changed, loaded)
    ends = {address: _ends(both, on) for address, both in agreements.items()}
    rows = tuple(row for pair in changed for row in rows_of(pair, _later(ends.get(pair.address))))
    told = {pair.address for pair in changed} | {pair.before for pair in changed} | set(unread)
    review = Review(
        sides.names,
        tuple((pair.address, pair.before, state_of(pair)) for pair in changed),
        rows,
        tuple(one.path for one in files if one.address and one.address not in told),
        tuple(one.path for one in files if not one.address),
        unread,
        _stuck(sides, rows),
        {address: _statuses(both, on) for address, both in agreements.items()},
        ends,
        _effects(sides, loaded, on) if loaded is not None else None,
        on,
    )
    return Diff(sides, tuple(changed), review)


def _data(files: list[Differing]) -> tuple[dict[str, dict[str, object] | None], dict[str, dict[str, object] | None]]:
    before = {one.address: data_in(one.before) for one in files if one.address and one.before is not None}
    after = {one.address: data_in(one.after) for one in files if one.address and one.after is not None}
    return before, after


def _unread(pair: Pair) -> str:
    is_unread = (pair.before and pair.old is None) or (pair.after and pair.new is None)
    return pair.address if is_unread else ""


def _stuck(sides: Sides, rows: tuple[Row, ...]) -> tuple[Equation, ...]:
    """The totals whose parts moved while they did not."""
    if not any(row.group == "money" and row.address.split(".")[0].startswith(("budget", "projects/")) for row in rows):
        return ()
    old, new = (load(source, ["budget", "projects"]).register for source in (sides.before, sides.after))
    before = {(one.code, one.record, one.field): one for one in equations(old)}
    found = []
    for one in equations(new):
        was = before.get((one.code, one.record, one.field))
        if was is not None and one.claim == was.claim and one.sum != was.sum and not one.holds:
            found.append(one)
    return tuple(found)


_Both = tuple[tuple[Agreement, Register] | None, tuple[Agreement, Register] | None]
"""An agreement on either side with its register; None where it is not there, or has errors."""


def _agreements(sides: Sides, changed: list[Pair], loaded: tuple[Loaded, Loaded] | None) -> dict[str, _Both]:
    """The agreements that changed. What their status depends on is read, which is all agreements."""
    wanted = [pair for pair in changed if pair.address.startswith("agreements/")]
    if not wanted:
        return {}
    both = loaded or tuple(load(source, ["agreements"]) for source in (sides.before, sides.after))
    old, new = (one.register for one in both if one.has_plan) if all(one.has_plan for one in both) else (None, None)
    return {pair.address: (_in(old, pair.before), _in(new, pair.after)) for pair in wanted}


def _in(register: Register | None, address: str | None) -> tuple[Agreement, Register] | None:
    agreement = register.find(address, Agreement) if register is not None else None
    return (agreement, register) if agreement is not None and register is not None else None


def _statuses(both: _Both, on: date) -> tuple[Status | None, Status | None]:
    old, new = (status_on(*one, on) if one is not None else None for one in both)
    return old, new


def _ends(both: _Both, on: date) -> tuple[date | None, date | None]:
    old, new = (end_on(one[0], on) if one is not None else None for one in both)
    return old, new


def _later(ends: tuple[date | None, date | None] | None) -> int | None:
    old, new = ends or (None, None)
    return (new - old).days if old is not None and new is not None else None


def _effects(sides: Sides, loaded: tuple[Loaded, Loaded], on: date) -> Effects | None:
    if not (loaded[0].has_plan and loaded[1].has_plan):
        return None
    sources: tuple[Source, Source] = (sides.before, sides.after)
    findings = [check_loaded(source, one).findings for source, one in zip(sources, loaded, strict=True)]
    return effects(loaded[0].register, loaded[1].register, (findings[0], findings[1]), on)


def places_of(found: Diff) -> dict[str, Place]:
    """Return where each row's field stands now; of what is gone, where it stood."""
    now, then = Places(found.sides.after, {}), Places(found.sides.before, {})
    places = {}
    for row in found.review.rows:
        record, *steps = row.address.split(".")
        is_there = any(pair.after == record for pair in found.pairs) and row.after is not None
        was = next((pair.before or record for pair in found.pairs if pair.address == record), record)
        places[row.address] = now.of(record, tuple(steps)) if is_there else then.of(was, tuple(steps))
    return places

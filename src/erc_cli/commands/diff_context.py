"""What has to be read beside the changed files to tell what a change means: totals, statuses, what follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from erc_cli.commands.check import check_loaded
from erc_cli.commands.diff import Compared
from erc_cli.core.comparing import Pair
from erc_cli.core.effects import Effects, effects
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.register import Register
from erc_cli.core.review import Context
from erc_cli.core.status import Status, end_on, status_on
from erc_cli.core.totals import Equation, equations
from erc_cli.store.load import Loaded, load
from erc_cli.store.two_trees import Sides
from erc_cli.store.worktree import Source


def context_of(compared: Compared, on: date, *, with_effects: bool) -> Context:
    """Return what the differences mean for totals and agreements; with effects, both registers are read whole."""
    sides = compared.sides
    loaded = (load(sides.before), load(sides.after)) if with_effects else None
    agreements = _agreements(sides, compared.pairs, loaded)
    return Context(
        _stuck(sides, compared.pairs),
        {address: _statuses(both, on) for address, both in agreements.items()},
        {address: _ends(both, on) for address, both in agreements.items()},
        _effects(sides, loaded, on) if loaded is not None else None,
    )


def _stuck(sides: Sides, changed: Sequence[Pair]) -> tuple[Equation, ...]:
    """The totals whose parts moved while they did not."""
    if not any(pair.address == "budget" or pair.address.startswith("projects/") for pair in changed):
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


def _agreements(sides: Sides, changed: Sequence[Pair], loaded: tuple[Loaded, Loaded] | None) -> dict[str, _Both]:
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


def _effects(sides: Sides, loaded: tuple[Loaded, Loaded], on: date) -> Effects | None:
    if not (loaded[0].has_plan and loaded[1].has_plan):
        return None
    sources: tuple[Source, Source] = (sides.before, sides.after)
    findings = [check_loaded(source, one).findings for source, one in zip(sources, loaded, strict=True)]
    return effects(loaded[0].register, loaded[1].register, (findings[0], findings[1]), on)

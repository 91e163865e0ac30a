"""`--update-totals`: the claimed totals above an amount follow it, where they held before."""

from __future__ import annotations

from collections.abc import Iterator

from erc_cli.commands.changing import set_field
from erc_cli.core.house import house_of
from erc_cli.core.money import plain
from erc_cli.core.totals import Equation, equations
from erc_cli.errors import RefusedError
from erc_cli.store.draft import Draft
from erc_cli.store.load import load
from erc_cli.store.raw import read_plan
from erc_cli.store.worktree import WorkTree

_MOST_ROUNDS = 10
"""More levels of totals above totals than a budget has."""


def update_totals(draft: Draft) -> None:
    """Make every claimed total that held before the change hold again, but none that the change itself gives.

    Raises RefusedError where that has no end.
    """
    held = {_name(one) for one in equations(load(WorkTree(draft.root)).register) if one.holds}
    house, given = house_of(read_plan(draft)), {(one.record, *map(str, one.field)) for one in draft.touched}
    for _ in range(_MOST_ROUNDS):
        wrong = {_place(one): one for one in _wrong(draft, held) if _place(one) not in given}
        if not wrong:
            return
        for place, one in wrong.items():
            set_field(draft, ".".join(place), plain(one.sum), house)
    raise RefusedError("the totals above this amount contradict each other: nothing was written; erc budget check")


def _wrong(draft: Draft, held: set[tuple[str, ...]]) -> Iterator[Equation]:
    for equation in equations(load(draft).register):
        if not equation.holds and equation.claim is not None and _name(equation) in held:
            yield equation


def _name(equation: Equation) -> tuple[str, ...]:
    return (equation.code, *_place(equation), equation.parts)


def _place(equation: Equation) -> tuple[str, ...]:
    return (equation.record, *map(str, equation.field))

"""Merges: what each branch may do and both together may not. These rules look at the merged tree and at both branches.

git merges lines, and lines that do not touch can break a sum. In the examples the first part is where the branches went
apart, then come the one and the other.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from erc_cli.core.comparing import Change, Pair
from erc_cli.core.findings import Finding, Path, Problem
from erc_cli.core.register import Register
from erc_cli.core.rules.rule import Rule
from erc_cli.core.totals import equations


class Merge(NamedTuple):
    """Two branches and what becomes of them: the register where they went apart, either branch, and both merged.

    `changes` are the records in which the branches differ from where they went apart; `only_merged` the findings of the
    merged register that neither branch has; `conflicts` the files that git could not merge.
    """

    ancestor: Register
    sides: tuple[Register, Register]
    merged: Register
    changes: tuple[Sequence[Pair], Sequence[Pair]]
    only_merged: Sequence[Finding]
    conflicts: Sequence[str]


MergeFunction = Callable[[Merge], Iterator[Problem]]

MERGING: Final[dict[str, MergeFunction]] = {}
"""Code of a rule: what it finds in a merge."""


def merge_rule(code: str) -> Callable[[MergeFunction], Rule]:
    """Make a rule of a function that looks at a merge."""

    def make(function: MergeFunction) -> Rule:
        MERGING[code] = function
        return Rule(code, "error", inspect.cleandoc(function.__doc__ or ""), "data format, merges")

    return make


@merge_rule("MRG001")
def a_total_is_moved_by_one_side(merge: Merge) -> Iterator[Problem]:
    """A claimed total is moved by one of two branches, not by both.

    Each raised it for its own part; merged, one of the two is lost. Where both wrote the same figure git sees no
    conflict at all. One of the branches has to be brought up to date first.

    Passes::

        budget: {notes: As approved}
        one
        budget: {notes: Checked in May}
        other
        budget: {notes: As approved}

    Fails::

        budget: {programmes: {lines: [{id: a, project: projects/a, amount: 100.00}], total: 100.00}}
        one
        budget: {programmes: {lines: [{id: a, project: projects/a, amount: 200.00}], total: 200.00}}
        other
        budget:
          programmes:
            lines: [{id: a, project: projects/a, amount: 100.00}, {id: b, project: projects/b, amount: 100.00}]
            total: 200.00
    """
    before, one, other = (_claims(register) for register in (merge.ancestor, *merge.sides))
    for (record, field), claim in before.items():
        moved = [side[record, field] for side in (one, other) if side.get((record, field), claim) != claim]
        if len(moved) == 2:
            name = ".".join((record, *map(str, field)))
            message = f"{name} was {claim} and both branches moved it, to {moved[0]} and to {moved[1]}"
            yield Problem(record, field, f"{message}: bring one branch up to date and prove the sum again")


def _claims(register: Register) -> Mapping[tuple[str, Path], Decimal]:
    return {(one.record, one.field): one.claim for one in equations(register) if one.claim is not None}


@merge_rule("MRG002")
def an_id_is_created_once(merge: Merge) -> Iterator[Problem]:
    """A record, or an item of a list, is created by one of two branches, not by both.

    Two people gave one id to what may be two things. Even where the texts agree, one of the two is lost.

    Passes::

        one
        partners/bank: {category: donor}
        other
        partners/fund: {category: donor}

    Fails::

        one
        partners/bank: {category: donor}
        other
        partners/bank: {category: academic}
    """
    first, second = (_created(pairs) for pairs in merge.changes)
    for record, path in first:
        if (record, path) in second:
            name = ".".join((record, *path))
            yield Problem(record, path, f"{name} was created by both branches: give one of them another id")


def _created(pairs: Sequence[Pair]) -> dict[tuple[str, tuple[str, ...]], Change]:
    """Records and items that came: their addresses."""
    return {
        (pair.address, change.path): change
        for pair in pairs
        for change in pair.changes
        if change.before is None and (not change.path or isinstance(change.after, Mapping))
    }


@merge_rule("MRG003")
def what_one_side_takes_away_the_other_does_not_need(merge: Merge) -> Iterator[Problem]:
    """What one branch removes or renames, the other does not begin to refer to.

    Each branch is whole by itself; merged, a reference leads nowhere, and git sees no conflict since the files differ.

    Passes::

        partners/bank: {category: donor}
        one
        partners/bank: {category: academic}
        other
        partners/new: {category: donor, succeeds: partners/bank}

    Fails::

        partners/bank: {category: donor}
        one
        partners/bank: gone
        partners/fund: {category: donor, formerly: [bank]}
        other
        partners/new: {category: donor, succeeds: partners/bank}
    """
    gone: dict[str, str | None] = {}
    for pairs in merge.changes:
        gone |= {pair.before: pair.after for pair in pairs if pair.before and pair.before != pair.after}
    for finding in merge.only_merged:
        target = (finding.problem.actual or "").split(".")[0]
        if finding.code == "REF001" and target in gone:
            now = gone[target]
            what = f"was renamed to {now}" if now else "was removed"
            message = f"{target} {what} by one branch while the other began to refer to it"
            yield Problem(finding.problem.record, finding.problem.field, message, fix=now)


_LIMITS: Final = frozenset({"BUD007", "BUD008", "BUD015", "BUD016"})


@merge_rule("MRG004")
def together_they_stay_within_limits(merge: Merge) -> Iterator[Problem]:
    """What fits in each of two branches fits when they are merged.

    Two allocations, two budgets, two receipts or two expenditures can each be within the amount above them, and exceed
    it together (BUD007, BUD008, BUD015, BUD016).

    Passes::

        one
        partners/bank: {category: donor}
        other
        partners/fund: {category: donor}

    Fails::

        projects/works: {kind: programme, field: ~, areas: [{id: area}]}
        budget:
          programmes: {lines: [{id: works, project: projects/works, amount: 100.00}], total: 100.00}
          allocations: {lines: [{id: x, project: projects/works, area: area, year: 2019, amount: 50.00}]}
        one
        activities/forum: {project: projects/works, area: area, budget: [{year: 2019, amount: 30.00}]}
        other
        activities/study: {project: projects/works, area: area, budget: [{year: 2019, amount: 30.00}]}
    """
    for finding in merge.only_merged:
        if finding.code in _LIMITS:
            message = f"each branch fits, and both together do not: {finding.problem.message}"
            yield finding.problem._replace(message=message)


_ENDS: Final = frozenset({"terminated", "cancelled", "withdrawn"})


@merge_rule("MRG005")
def facts_of_both_sides_go_together(merge: Merge) -> Iterator[Problem]:
    """Two branches do not note facts of one agreement that exclude each other.

    One ends it while the other signs, renews, amends or suspends it: each is legal where it stands, and both cannot
    have happened so.

    Passes::

        agreements/accord: {parties: [{party: isesco}, {party: partners/oic}]}
        one
        agreements/accord: {parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic}]}
        other
        agreements/accord: {parties: [{party: isesco}, {party: partners/oic}]}

    Fails::

        agreements/accord: {parties: [{party: isesco}, {party: partners/oic}]}
        one
        agreements/accord: {parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic}]}
        other
        agreements/accord:
          parties: [{party: isesco}, {party: partners/oic}]
          events: [{kind: cancelled, on: 2019-02-01}]
    """
    first, second = (_facts(pairs) for pairs in merge.changes)
    for address in first:
        if address not in second:
            continue
        ends = [side[address] & _ENDS for side in (first, second)]
        if any(ends) and first[address] and second[address] and first[address] != second[address]:
            said = [", ".join(sorted(side[address])) for side in (first, second)]
            message = f"one branch notes that it was {said[0]}, the other that it was {said[1]}: both cannot be"
            yield Problem(address, ("events",), message)


def _facts(pairs: Sequence[Pair]) -> dict[str, frozenset[str]]:
    """Agreement: what a branch notes to have happened to it."""
    found: dict[str, frozenset[str]] = {}
    for pair in pairs:
        if pair.address.startswith("agreements/") and pair.before is not None:
            found[pair.address] = frozenset(filter(None, map(_fact, pair.changes)))
    return found


def _fact(change: Change) -> str:
    data: Any = change.after
    if change.path[:1] == ("events",) and isinstance(data, Mapping) and change.before is None:
        return str(data.get("kind"))
    if change.path[:1] == ("amendments",) and change.before is None:
        return "amended"
    return "signed" if change.path[-1:] == ("signed_on",) and change.before is None else ""


@merge_rule("MRG006")
def texts_do_not_conflict(merge: Merge) -> Iterator[Problem]:
    """Two branches do not change the same lines.

    git leaves both texts in the file, and a person has to choose.

    Passes::

        partners/bank: {category: donor}
        one
        partners/bank: {category: academic}
        other
        partners/bank: {category: donor}

    Fails::

        partners/bank: {category: donor}
        one
        partners/bank: {category: academic}
        other
        partners/bank: {category: foundation}
    """
    for path in merge.conflicts:
        address = path.removeprefix("data/").removesuffix(".yaml")
        yield Problem(address, (), f"git cannot merge {path}: both branches changed the same lines")

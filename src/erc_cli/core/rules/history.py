"""History: what a change may not do to what was on file. These rules compare two states, the base and the head.

In the examples the lines below `then` are the head; what they do not name is as it was.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from erc_cli.core.append_only import is_append_only
from erc_cli.core.comparing import Change, Pair
from erc_cli.core.field_words import in_words, shape_at
from erc_cli.core.findings import Problem, Severity
from erc_cli.core.inside import reach
from erc_cli.core.records.kinds import model_of
from erc_cli.core.records.types import MoneyMark, Translated
from erc_cli.core.rules.rule import Rule
from erc_cli.core.suggestions import short

Files = Mapping[str, Mapping[str, Any] | None]
"""Address of a record: what its file holds, None where it cannot be read."""


class States(NamedTuple):
    """Two states of a register: the records that differ, paired, and what the plan of the head says.

    `languages` are those of the plan, the first one first; `removed` the records that it notes as created in error.
    """

    pairs: Sequence[Pair]
    languages: tuple[str, ...]
    removed: frozenset[str]


HistoryFunction = Callable[[States], Iterator[Problem]]

HISTORY: Final[dict[str, HistoryFunction]] = {}
"""Code of a rule: what it finds in two states."""


def history_rule(code: str, *, severity: Severity = "error") -> Callable[[HistoryFunction], Rule]:
    """Make a rule of a function that compares two states."""

    def make(function: HistoryFunction) -> Rule:
        HISTORY[code] = function
        return Rule(code, severity, inspect.cleandoc(function.__doc__ or ""), "data format, history")

    return make


@history_rule("HIS001")
def records_do_not_disappear(states: States) -> Iterator[Problem]:
    """A record does not disappear: it is renamed, ended, or noted as created in error.

    What was on file was true for somebody. `erc rename` keeps the old id in `formerly`, `erc retire` gives an end,
    `erc remove` notes the record in `plan.removed`.

    Passes::

        partners/bank: {category: donor}
        then
        partners/bank: gone
        partners/new-bank: {category: donor, formerly: [bank]}

    Fails::

        partners/bank: {category: donor}
        then
        partners/bank: gone
    """
    for pair in states.pairs:
        if pair.after is None and pair.before is not None and pair.before not in states.removed:
            way = "erc retire ends a record, erc remove notes one that was created in error"
            yield Problem(pair.before, (), f"{pair.before} is gone: {way}")


@history_rule("HIS002")
def originals_stay(states: States) -> Iterator[Problem]:
    """A planned date, an original amount, a baseline, a target or a signed date is not changed in place.

    What was approved stays on file, and what became of it is added: a revision, a change, or a correction of a typing
    error (`erc set --correct`). Otherwise nobody could tell afterwards what had been agreed. Claimed totals move with
    their parts.

    Passes::

        activities/forum: {planned: {start: 2020-01-01}}
        then
        activities/forum:
          planned: {start: 2020-01-01}
          changes:
            - {id: later, on: 2019-06-01, field: schedule, from: {start: 2020-01-01}, to: {start: 2020-03-01}}

    Fails::

        activities/forum: {planned: {start: 2020-01-01}}
        then
        activities/forum: {planned: {start: 2020-03-01}}
    """
    for pair, change in _changed(states):
        if change.before is not None and _is_original(pair, change) and not _is_corrected(pair, change):
            way = "add a revision or change, or correct a typing error with erc set --correct"
            yield _problem(pair, change, f"{_told(change)}: what was there first stays; {way}")


@history_rule("HIS003")
def facts_are_only_added_to(states: States) -> Iterator[Problem]:
    """What has happened is added to, never changed or taken out.

    Events, changes, amendments, decisions, actuals, contributions, expenditures and revisions are dated facts. A typing
    error in one is put right with `erc set --correct`, which keeps what it was.

    Passes::

        agreements/accord: {events: [{kind: suspended, on: 2020-01-01}]}
        then
        agreements/accord: {events: [{kind: suspended, on: 2020-01-01}, {kind: resumed, on: 2020-03-01}]}

    Fails::

        agreements/accord: {events: [{kind: suspended, on: 2020-01-01}]}
        then
        agreements/accord: {events: [{kind: suspended, on: 2020-02-01}]}
    """
    for pair, change in _changed(states):
        if change.before is None or _is_original(pair, change) or not is_append_only(pair.model, change.path):
            continue
        if not _is_corrected(pair, change) and not _only_added_to(change):
            way = "add another, or correct a typing error with erc set --correct"
            yield _problem(pair, change, f"{_told(change)}: this is a fact; {way}")


@history_rule("HIS004", severity="warning")
def translations_follow(states: States) -> Iterator[Problem]:
    """Where the first language of a text changes, its translations change too.

    A translation of what is no longer said misleads those who read it.

    Passes::

        partners/bank: {name: {en: Bank, fr: Banque, ar: بنك}}
        then
        partners/bank: {name: {en: The Bank, fr: La Banque, ar: البنك}}

    Fails::

        partners/bank: {name: {en: Bank, fr: Banque, ar: بنك}}
        then
        partners/bank: {name: {en: The Bank, fr: Banque, ar: بنك}}
    """
    first, *others = states.languages or ("",)
    for pair, change in _changed(states):
        if change.path[-1] != first or change.before is None or change.after is None:
            continue
        field, _ = shape_at(pair.model, change.path)
        if field is None or not any(isinstance(mark, Translated) for mark in field.marks):
            continue
        moved = {other.path[-1] for other in pair.changes if other.path[:-1] == change.path[:-1]}
        text = reach(pair.model, pair.new or {}, _steps(change.path[:-1]))[0].value
        stale = [code for code in others if code not in moved and isinstance(text, Mapping) and code in text]
        if stale:
            message = f"{change.field} has another text, and {' and '.join(stale)} the translation of the old one"
            yield Problem(pair.address, change.path, message)


@history_rule("HIS005")
def what_was_signed_stays(states: States) -> Iterator[Problem]:
    """After all have signed, parties come and go by facts, and the signed text stays the one that was signed.

    Who joins has acceded on a day, who leaves has withdrawn, and what is agreed anew is an amendment.

    Passes::

        agreements/accord:
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
        then
        agreements/accord:
          parties:
            - {party: isesco, signed_on: 2019-02-14}
            - {party: partners/oic, signed_on: 2019-02-14}
            - {party: partners/bank, acceded_on: 2020-01-01}

    Fails::

        agreements/accord:
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
        then
        agreements/accord:
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/bank, signed_on: 2019-02-14}]
    """
    for pair, change in _changed(states):
        if not pair.address.startswith("agreements/") or not _was_signed(pair.old or {}):
            continue
        if any(other.path[:1] == ("amendments",) and other.before is None for other in pair.changes):
            continue
        if change.path[0] == "parties" and len(change.path) == 2:
            joined = isinstance(change.after, Mapping) and "acceded_on" in change.after
            if not joined:
                what = "came" if change.before is None else "is gone"
                message = f"{change.path[1]} {what} after all had signed: an accession, withdrawal or amendment says so"
                yield Problem(pair.address, change.path if change.after is not None else ("parties",), message)
        elif change.path[0] == "documents" and change.before is not None and _is_signed_text(pair, change):
            message = f"{_told(change)}: the text that was signed stays; an amendment has its own"
            yield Problem(pair.address, change.path if change.after is not None else ("documents",), message)


# --- what a difference is -----------------------------------------------------------------------------------


def _changed(states: States) -> Iterator[tuple[Pair, Change]]:
    """Every difference inside a record that is on both sides, but for what renaming does."""
    renames: dict[str | None, str | None] = {p.before: p.after for p in states.pairs if p.before and p.after}
    for pair in states.pairs:
        if pair.before is None or pair.after is None:
            continue
        for change in pair.changes:
            if change.path and change.path[-1] not in ("formerly",) and not _is_rename(change, renames):
                yield pair, change


def _is_rename(change: Change, renames: Mapping[str | None, str | None]) -> bool:
    """Whether a difference is only that what it names has another id."""
    if change.was is not None and change.path[-1] == "id":
        return True
    before, after = change.before, change.after
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return all(_names_same(one, other, renames) for one, other in zip(before, after, strict=True))
    return _names_same(before, after, renames)


def _names_same(before: Any, after: Any, renames: Mapping[str | None, str | None]) -> bool:
    if before == after:
        return True
    if not isinstance(before, str) or not isinstance(after, str) or "/" not in before:
        return False
    (old, _, way), (new, _, now) = before.partition("."), after.partition(".")
    if renames.get(old, old) != new:
        return False
    return way == now if old != new else way.rpartition(".")[0] == now.rpartition(".")[0] and bool(way)


_ORIGINAL_KEYS: Final = frozenset({"baseline", "planned"})
_CLAIMED: Final = frozenset({"total", "totals", "allocated", "unallocated"})


def _is_original(pair: Pair, change: Change) -> bool:
    """Whether it is a date, amount, baseline or target as it was approved or signed at first."""
    path = change.path
    if "revisions" in path or _CLAIMED.intersection(path):
        return False
    if _ORIGINAL_KEYS.intersection(path) or path[-1] in ("signed_on", "acceded_on", "held_on") or path[0] == "done":
        return True
    if "targets" in path and path[-1] == "value":
        return True
    if pair.address == "budget":
        field, _ = shape_at(pair.model, path)
        return path[1:2] == ("lines",) and field is not None and any(isinstance(m, MoneyMark) for m in field.marks)
    return path[0] in ("budget", "cost", "commitments") and path[-1] == "amount" and len(path) > 1


def _is_corrected(pair: Pair, change: Change) -> bool:
    """Whether the record notes that this was a typing error."""
    held = (pair.new or {}).get("corrections")
    old = (pair.old or {}).get("corrections") or []
    return any(
        isinstance(one, Mapping) and one.get("field") == change.field and one not in old
        for one in (held if isinstance(held, list) else ())
    )


def _only_added_to(change: Change) -> bool:
    """Whether a list of plain values, such as evidence, still has what it had."""
    before, after = change.before, change.after
    return isinstance(before, list) and isinstance(after, list) and all(one in after for one in before)


def _was_signed(agreement: Mapping[str, Any]) -> bool:
    parties = agreement.get("parties")
    if "signed_before" in agreement or not isinstance(parties, list):
        return "signed_before" in agreement
    return all(isinstance(one, Mapping) and ("signed_on" in one or "acceded_on" in one) for one in parties)


def _is_signed_text(pair: Pair, change: Change) -> bool:
    document = reach(model_of("agreements"), pair.old or {}, _steps(change.path[:2]))[0].value
    is_text = isinstance(document, Mapping) and document.get("kind") == "signed-text"
    return is_text and (len(change.path) == 2 or change.path[2] in ("path", "url", "sha256", "kind"))


def _steps(path: tuple[str, ...]) -> list[str]:
    return [step for one in path for step in one.split(".")]


def _told(change: Change) -> str:
    before, after = in_words(change.before) or "", in_words(change.after)
    return f"{change.field} was {short(before)}, and is {short(after) if after is not None else 'gone'}"


def _problem(pair: Pair, change: Change, message: str) -> Problem:
    path = change.path if change.after is not None else change.path[:-1]
    return Problem(pair.address, path, message, expected=in_words(change.before), actual=in_words(change.after))

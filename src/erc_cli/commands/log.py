"""`erc log`: what happened to a record or a field of it, commit by commit, through renames."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from erc_cli.core.comparing import Change, compare
from erc_cli.core.field_words import in_words
from erc_cli.core.folders import FOLDERS, SINGLE
from erc_cli.core.inside import follow, reach
from erc_cli.core.records.base import Record
from erc_cli.core.records.kinds import model_of
from erc_cli.core.records.types import SLUG
from erc_cli.core.tables import Column, Table
from erc_cli.errors import NotFoundError
from erc_cli.store.load import path_of
from erc_cli.store.reader import MAX_BYTES
from erc_cli.store.repository import Commit, Repository, repository_of
from erc_cli.store.two_trees import data_in
from erc_cli.store.worktree import WorkTree

_Data = Mapping[str, Any] | None


class Turn(NamedTuple):
    """One change: when (ISO 8601) and by whom, in which commit (empty for what is not committed yet), what it was.

    `address` is the one that the field had then. Before or after is None where there was nothing.
    """

    on: str
    author: str
    commit: str
    subject: str
    address: str
    before: str | None
    after: str | None


class _At(NamedTuple):
    """What is followed back in time: the address of the record, and the way to the field in it."""

    address: str
    field: tuple[str, ...]


def history(root: str, address: str, revision: str | None) -> Iterator[Turn]:
    """Yield the changes of what is at `address`, the newest first, up to a revision, or those of the work tree too.

    Raises NotFoundError where there never was such a record, UnreadableError.
    """
    repository = repository_of(root)
    start = repository.resolve(revision or "HEAD")
    name, *steps = address.split(".")
    folder = name.split("/")[0]
    if (folder not in FOLDERS or "/" not in name) and name not in SINGLE:
        raise NotFoundError(f"there is no folder {folder}: an address is such as partners/oic")
    now = _on_disk(root, name) if revision is None else _data_at(repository, start, name)
    at = _At(name, _way(name, now, steps))
    found = False
    if revision is None:
        before = _data_at(repository, start, name)
        for turn in _turns(at, before, now, None):
            found = True
            yield turn
    for turn in _committed(repository, at, start):
        found = True
        yield turn
    if not found and now is None:
        raise NotFoundError(f"there is no {name}, and there never was on the way to {revision or 'HEAD'}")


def _way(name: str, data: _Data, steps: list[str]) -> tuple[str, ...]:
    """The way to a field as the file has it; as it was typed where that is no longer there."""
    if data is None:
        return tuple(steps)
    try:
        return follow(name, model_of(name.split("/")[0]), data, steps).path
    except NotFoundError:
        return tuple(steps)


def _committed(repository: Repository, at: _At, since: str) -> Iterator[Turn]:
    """Yield the changes in commits; where the record had another id before, its history goes on there."""
    while since:
        commits, since = repository.history(path_of(at.address), since), ""
        for commit in commits:
            after = _data_at(repository, commit.id, at.address)
            before, former = _before(repository, commit, at, after)
            yield from _turns(at, before, after, commit, _other_parents(repository, commit, at))
            is_renamed = former != at.address
            at = _At(former, _field_before(at, before, after))
            if is_renamed:
                since = commit.parents[0]
                break


def _before(repository: Repository, commit: Commit, at: _At, after: _Data) -> tuple[_Data, str]:
    """What the record was before a commit, and its address then."""
    if not commit.parents:
        return None, at.address
    before = _data_at(repository, commit.parents[0], at.address)
    names = after.get("formerly") if after is not None and before is None else None
    for name in reversed(names) if isinstance(names, list) else ():
        if not isinstance(name, str) or not re.fullmatch(SLUG, name):  # whatever a file says it was called
            continue
        address = f"{at.address.split('/')[0]}/{name}"
        if (old := _data_at(repository, commit.parents[0], address)) is not None:
            return old, address
    return before, at.address


def _other_parents(repository: Repository, commit: Commit, at: _At) -> list[_Data]:
    return [_data_at(repository, parent, at.address) for parent in commit.parents[1:]]


def _turns(
    at: _At, before: _Data, after: _Data, commit: Commit | None, others: list[_Data] | None = None
) -> Iterator[Turn]:
    """The differences in what is followed. A merge tells only what none of its parents says."""
    model = model_of(at.address.split("/")[0])
    known = [{(one.path, str(one.after)) for one in compare(other, after, model)} for other in others or ()]
    for change in compare(before, after, model):
        if any((change.path, str(change.after)) not in one for one in known) or not _concerns(change, at.field):
            continue
        inner = at.field[len(change.path) :]
        values = [change.before, change.after]
        if inner:  # what came or went as a whole: the field is somewhere in it
            values = [_value_at(data, model, (*change.path, *inner)) for data in (before, after)]
        if values[0] == values[1]:
            continue
        path = (*change.path, *inner)
        shown = [_shown(value, is_record=not path) for value in values]
        about = (commit.on, commit.author, commit.id, commit.subject) if commit is not None else ("", "", "", "")
        yield Turn(*about, ".".join((at.address, *path)), shown[0], shown[1])


def _concerns(change: Change, field: tuple[str, ...]) -> bool:
    least = min(len(change.path), len(field))
    return change.path[:least] == field[:least]


def _value_at(data: _Data, model: type[Record], path: tuple[str, ...]) -> Any:
    found, left = reach(model, data or {}, [step for one in path for step in one.split(".")])
    return None if left else found.value


def _shown(value: Any, *, is_record: bool) -> str | None:
    if is_record:
        return None if value is None else "(the whole record)"
    return in_words(value)


def _field_before(at: _At, before: _Data, after: _Data) -> tuple[str, ...]:
    """The way to the field before a commit: an item may have had another key."""
    if before is None or after is None or not at.field:
        return at.field
    for change in compare(before, after, model_of(at.address.split("/")[0])):
        item = change.path[:-1]
        if change.was is not None and change.path[-1] == "id" and at.field[: len(item)] == item:
            return (*change.was[:-1], *at.field[len(item) :])
    return at.field


def _data_at(repository: Repository, commit: str, address: str) -> _Data:
    name = f"{commit}:{repository.prefix}{path_of(address)}"
    return data_in(repository.objects.content(name, MAX_BYTES + 1))


def _on_disk(root: str, address: str) -> _Data:
    try:
        return data_in(WorkTree(root).content(path_of(address)))
    except OSError:
        return None


COLUMNS = (
    Column("on", "When", "id"),
    Column("author", "Who"),
    Column("commit", "Commit", "id"),
    Column("address", "What"),
    Column("before", "Before"),
    Column("after", "After"),
    Column("subject", "Message", optional=True),
)


def log_table(turns: list[Turn], *, short: bool) -> Table:
    """Return changes as a table; `short` names of commits and times are for people."""
    rows = []
    for turn in turns:
        on = turn.on[:16].replace("T", " ") if short else turn.on
        commit = turn.commit[:10] if short else turn.commit
        rows.append((on or None, turn.author, commit or None, turn.address, turn.before, turn.after, turn.subject))
    return Table(COLUMNS, tuple(rows))

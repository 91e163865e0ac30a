"""Places of findings: from record and field to file, line and column. Only files with findings are read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from erc_cli.core.findings import Finding, Path, Place, Problem, Related
from erc_cli.core.records.base import Part, key_of
from erc_cli.core.records.shape import field_by_key
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.core.register import record_of
from erc_cli.store.faults import Spot
from erc_cli.store.nodes import Mapping, Node, Scalar, Sequence, is_empty
from erc_cli.store.reader import tree_of
from erc_cli.store.worktree import Source

MAX_KEPT = 1024 * 1024
"""So many characters of files are kept as trees; a tree is some fifty times as large as its text."""
MAX_LINE = 1000
"""So many characters of a line are given to be shown; a file of one line can be shown a hundred times."""
_ABOUT_KEYS = frozenset({"SCH001", "SCH008"})
"""Findings about a key rather than what it holds."""
MAX_NAMED = 100
"""A key longer than this names no item in a path: the position is easier to find."""


class Places:
    """Looks fields up in the files of `source`; a file is read when it is needed, and kept for a while."""

    def __init__(self, source: Source, paths: dict[str, str]) -> None:
        self._source = source
        self._paths = paths
        self._files: dict[str, _File] = {}
        self._kept = 0

    def of(self, address: str, field: Path) -> Place:
        """Return where `field` of the record at `address` stands: its value, else its key, else what is around it.

        A record whose file is not there is placed at the first line of the path it would have.
        """
        return self._find(address, field)[0]

    def line(self, path: str, number: int) -> str:
        """Return line `number` of a file, from 1, without its end; empty where there is none. No more than is shown."""
        lines = self._file(path).lines
        return lines[number - 1][:MAX_LINE] if 0 < number <= len(lines) else ""

    def locate(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings with their places, and those of what is related to them.

        Positions in the paths of fields become keys where the items there have one to themselves.
        """
        given = list(findings)
        located = list(given)
        # File by file, so that none is read twice because others came between.
        for at in sorted(range(len(given)), key=lambda at: self._path(given[at].problem.record)):
            located[at] = self._locate(given[at])
        return located

    def _locate(self, finding: Finding) -> Finding:
        problem = finding.problem
        if any(related.place is None for related in problem.related):
            problem = problem._replace(related=tuple(self._related(one) for one in problem.related))
        if finding.place is None or _has_position(problem):
            place, field = self._find(problem.record, problem.field, is_key=finding.code in _ABOUT_KEYS)
            problem = problem if field == problem.field else problem._replace(field=field)
            return finding._replace(problem=problem, place=finding.place or place)
        return finding if problem is finding.problem else finding._replace(problem=problem)

    def _related(self, related: Related) -> Related:
        if related.place:
            return related
        place, field = self._find(related.record, related.field)
        return related._replace(place=place, field=field)

    def _path(self, address: str) -> str:
        record = record_of(address)
        return self._paths.get(record, f"data/{record}.yaml")

    def _find(self, address: str, field: Path, *, is_key: bool = False) -> tuple[Place, Path]:
        path = self._path(address)
        file = self._file(path)
        if file.tree is None:
            return Place(path, 1, 1, 1), field
        spot, named = _search(file, RECORD_TYPES.get(record_of(address).split("/", 1)[0]), field, is_key)
        line = file.lines[spot.line] if spot.line < len(file.lines) else ""
        end = min(spot.column + max(spot.end - spot.start, 1), max(len(line), spot.column))
        return Place(path, spot.line + 1, spot.column + 1, end + 1), named

    def _file(self, path: str) -> _File:
        file = self._files.get(path)
        if file is None:
            file = self._read(path)
            while self._files and self._kept + file.size > MAX_KEPT:
                self._kept -= self._files.pop(next(iter(self._files))).size
            self._files[path] = file
            self._kept += file.size
        return file

    def _read(self, path: str) -> _File:
        try:
            text, tree = tree_of(self._source.content(path))
        except OSError:
            return _File(None, [], 0, {})
        return _File(tree, text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), len(text), {})


class _File(NamedTuple):
    """A file that was read: its nodes, its lines, its length, and the lists in it that were searched, by their id."""

    tree: Mapping | None
    lines: list[str]
    size: int
    lists: dict[int, _Items]


class _Items(NamedTuple):
    """The items of a list that are not empty, and by key those that have one: a long list is gone through once."""

    items: list[Node]
    keys: list[str | None]
    """The key of each item; None where it has none or where another has it too."""
    by_key: dict[str | None, Node]


def _has_position(problem: Problem) -> bool:
    return any(isinstance(step, int) for step in problem.field)


def _search(file: _File, model: type[Part] | None, field: Path, is_key: bool) -> tuple[Spot, Path]:
    """Return the spot of `field`, and its path with keys for positions.

    The spot is that of a text's value, of the key of anything else, or of what holds a key that is missing; with
    `is_key` that of the key.
    """
    assert file.tree is not None  # noqa: S101
    node: Node = file.tree
    best = _start(file.tree)
    named: list[str | int] = []
    for done, step in enumerate(field):
        key: Spot | None = None
        inner: Node | None = None
        if isinstance(node, Mapping):
            held = node.items.get(str(step))
            if held is not None:
                key, inner = held[0].spot, held[1]
            model = _inner_model(model, str(step))
        elif isinstance(node, Sequence):
            inner, step = _item(file, node, model, step)
        if inner is None:
            return best, (*named, step, *field[done + 1 :])
        named.append(step)
        node = inner
        best = key if key and (is_key or not isinstance(node, Scalar)) else _start(node)
    return best, tuple(named)


def _item(file: _File, node: Sequence, model: type[Part] | None, step: str | int) -> tuple[Node | None, str | int]:
    """Return the item at `step`, a key or a position among those that are not empty, and its key if it has one."""
    known = file.lists.get(id(node))
    if known is None:
        items = [item for item in node.items if not is_empty(item)]
        keys = [_key(item, model) for item in items]
        counts = Counter(keys)
        by_key = dict(zip(reversed(keys), reversed(items), strict=True))
        unique = [key if counts[key] == 1 else None for key in keys]
        known = file.lists[id(node)] = _Items(items, unique, by_key)
    if isinstance(step, str):
        return known.by_key.get(step), step
    if step >= len(known.items):
        return None, step
    item = known.items[step]
    key = known.keys[step] if isinstance(item, Mapping) else None
    return item, key if key is not None and len(key) <= MAX_NAMED else step


def _key(item: Node, model: type[Part] | None) -> str | None:
    if isinstance(item, Scalar):
        return item.value
    if model is None or isinstance(item, Sequence):
        return None
    return key_of(model, {name: held.value for name, (_, held) in item.items.items() if isinstance(held, Scalar)})


def _inner_model(model: type[Part] | None, key: str) -> type[Part] | None:
    field = field_by_key(model).get(key) if model is not None else None
    return field.models[0] if field is not None and field.models else None


def _start(node: Node) -> Spot:
    return next(iter(node.items.values()))[0].spot if isinstance(node, Mapping) and node.items else node.spot

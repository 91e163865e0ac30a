"""Places of findings: from record and field to file, line and column. Only files with findings are read again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from erc_cli.core.findings import Finding, Path, Place, Related
from erc_cli.core.records.base import Part, key_of
from erc_cli.core.records.shape import field_by_key
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.core.register import record_of
from erc_cli.store.faults import Spot
from erc_cli.store.nodes import Mapping, Node, Scalar, Sequence
from erc_cli.store.reader import read
from erc_cli.store.worktree import Source


class Places:
    """Looks fields up in the files of `source`; each file is read once."""

    def __init__(self, source: Source, paths: dict[str, str]) -> None:
        self._source = source
        self._paths = paths
        self._read: dict[str, tuple[Mapping | None, list[str]]] = {}
        self._keyed: Keyed = {}

    def of(self, address: str, field: Path) -> Place:
        """Return where `field` of the record at `address` stands: its value, else its key, else what is around it.

        A record whose file is not there is placed at the first line of the path it would have.
        """
        record = record_of(address)
        path = self._paths.get(record, f"data/{record}.yaml")
        tree, _ = self._tree(path)
        if tree is None:
            return Place(path, 1, 1, 1)
        spot = find(tree, _model(record), field, self._keyed)
        lines = self._tree(path)[1]
        line = lines[spot.line] if spot.line < len(lines) else ""
        end = min(spot.column + max(spot.end - spot.start, 1), max(len(line), spot.column))
        return Place(path, spot.line + 1, spot.column + 1, end + 1)

    def line(self, path: str, number: int) -> str:
        """Return line `number` of a file, from 1, without its end; empty where there is none."""
        lines = self._tree(path)[1]
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def locate(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings with their places, and those of what is related to them."""
        return [self._locate(finding) for finding in findings]

    def _locate(self, finding: Finding) -> Finding:
        problem = finding.problem
        if any(related.place is None for related in problem.related):
            related = tuple(self._related(one) for one in problem.related)
            finding = replace(finding, problem=replace(problem, related=related))
        return finding if finding.place else replace(finding, place=self.of(problem.record, problem.field))

    def _related(self, related: Related) -> Related:
        return related if related.place else replace(related, place=self.of(related.record, related.field))

    def _tree(self, path: str) -> tuple[Mapping | None, list[str]]:
        if path not in self._read:
            try:
                reading = read(self._source.content(path))
            except OSError:
                self._read[path] = (None, [])
            else:
                text = (reading.text or "").replace("\r\n", "\n").replace("\r", "\n")
                self._read[path] = (reading.tree, text.split("\n"))
        return self._read[path]


def _model(address: str) -> type[Part]:
    return RECORD_TYPES[address.split("/", 1)[0]]


Keyed = dict[int, dict[str | None, Node]]
"""The items of long lists by key, so that ten thousand addends of one sum are found in one pass; by id of the list."""


def find(tree: Mapping, model: type[Part] | None, field: Path, keyed: Keyed | None = None) -> Spot:
    """Return the spot of `field`: a text's value, the key of anything else, or of what holds a key that is missing."""
    node: Node = tree
    best = next(iter(tree.items.values()))[0].spot if tree.items else tree.spot
    for step in field:
        key, inner = _step(node, model, step, {} if keyed is None else keyed)
        if inner is None:
            return best
        model = _inner_model(model, node, step)
        node = inner
        best = node.spot if isinstance(node, Scalar) else key or _first_line(node)
    return best


def _step(node: Node, model: type[Part] | None, step: str | int, keyed: Keyed) -> tuple[Spot | None, Node | None]:
    if isinstance(node, Mapping):
        key, inner = node.items.get(str(step), (None, None))
        return (key.spot if key else None), inner
    if isinstance(node, Sequence):
        if isinstance(step, int):
            return None, node.items[step] if step < len(node.items) else None
        if id(node) not in keyed:
            keyed[id(node)] = {_key(item, model): item for item in reversed(node.items)}
        return None, keyed[id(node)].get(step)
    return None, None


def _key(item: Node, model: type[Part] | None) -> str | None:
    if not isinstance(item, Mapping) or model is None:
        return item.value if isinstance(item, Scalar) else None
    return key_of(model, {name: held.value for name, (_, held) in item.items.items() if isinstance(held, Scalar)})


def _inner_model(model: type[Part] | None, node: Node, step: str | int) -> type[Part] | None:
    if model is None or isinstance(node, Sequence):
        return model
    field = field_by_key(model).get(str(step))
    return field.models[0] if field is not None and field.models else None


def _first_line(node: Mapping | Sequence) -> Spot:
    if isinstance(node, Mapping) and node.items:
        return next(iter(node.items.values()))[0].spot
    return node.spot

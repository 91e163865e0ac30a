"""A YAML document as a tree of nodes with their places, made from libyaml's events without recursion.

It accepts less than YAML: no anchors, aliases, tags, directives, second documents or keys that are not text, and
no more than 32 levels. Every scalar stays the text that was written.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import Any

from erc_cli.core.text import character_name, hidden_characters
from erc_cli.store.faults import START, Fault, Faults, Path, Spot
from erc_cli.store.syntax import in_plain_words

MAX_DEPTH = 32
MAX_SCALAR = 64 * 1024
MAX_KEY = 1024
MAX_NODES = 100_000
"""Keys, values, lists and mappings of one file: ten bytes for each in the largest file that is read."""

_OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
_LINE_END = re.compile(r"\r\n?|\n")

EMPTY_WORDS = frozenset({"", "~", "null", "Null", "NULL"})


class Scalar:
    """A text, with how it was written (`""` plain, `'`, `"`, `|`, `>`)."""

    __slots__ = ("spot", "style", "value")

    def __init__(self, value: str, style: str, spot: Spot) -> None:
        self.value, self.style, self.spot = value, style, spot


class Mapping:
    """Keys and values in the order of the file. `flow` for `{...}`."""

    __slots__ = ("flow", "items", "spot")

    def __init__(self, spot: Spot, flow: bool) -> None:
        self.spot, self.flow = spot, flow
        self.items: dict[str, tuple[Scalar, Node]] = {}


class Sequence:
    """Values in the order of the file. `flow` for `[...]`."""

    __slots__ = ("flow", "items", "spot")

    def __init__(self, spot: Spot, flow: bool) -> None:
        self.spot, self.flow = spot, flow
        self.items: list[Node] = []


Node = Scalar | Mapping | Sequence


class _StopReadingError(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class _Builder:
    """Takes events one by one. `open` are the collections not yet ended, `keys` the key read last in each."""

    def __init__(self, text: str) -> None:
        self.faults = Faults()
        # libyaml ends lines at these too, which no editor and no other part of this program does.
        self.starts = None if _OTHER_LINE_ENDS.search(text) is None else line_starts(text)
        self.root: Node | None = None
        self.open: list[Mapping | Sequence] = []
        self.keys: list[Scalar | None] = []
        self.documents = 0
        self.nodes = 0

    def take(self, event: Any) -> None:
        kind = type(event).__name__
        if kind == "ScalarEvent":
            self._check_properties(event)
            self._scalar(event)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            self._check_properties(event)
            self._start(event, kind == "MappingStartEvent")
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._end(event)
        elif kind == "AliasEvent":
            self._stop("YML003", f"alias *{event.anchor}: write the value out", event)
        elif kind == "DocumentStartEvent":
            self._document(event)

    def _check_properties(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._stop("YML011", f"more than {MAX_NODES} keys and values: not read", event)
        if event.anchor is not None:
            self._stop("YML003", f"anchor &{event.anchor}: write the value out where it is needed", event)
        if event.tag is not None:
            self._stop("YML004", f"tag {event.tag}: every value is plain text here", event)

    def _document(self, event: Any) -> None:
        if event.version or event.tags:
            self._stop("YML004", "a directive (a line that begins with %): leave it out", event)
        self.documents += 1
        if self.documents > 1:
            self._stop("YML005", "a second document begins here: one file holds one record", event)

    def _scalar(self, event: Any) -> None:
        spot = self._spot(event)
        value: str = event.value
        node = Scalar(value, event.style or "", spot)
        if len(value) > MAX_SCALAR // 4 and len(value.encode()) > MAX_SCALAR:
            self._stop("YML017", f"a text of {len(value)} characters: at most 64 KiB are read", event)
        for at in hidden_characters(value) if event.style == '"' else ():
            if self.faults.wants("YML006"):
                self.faults.add(Fault("YML006", f"{character_name(value[at])} written as an escape", spot))
        if self.open and isinstance(self.open[-1], Mapping) and self.keys[-1] is None:
            if not event.style and value in EMPTY_WORDS:
                self._stop("YML014", "a key must be text, and this one is empty", event)
            if not event.style and value == "<<":
                self._stop("YML003", "merge key <<: write the keys out", event)
            if len(value) > MAX_KEY:
                self._stop("YML014", f"a key of {len(value)} characters: at most {MAX_KEY} are read", event)
            self.keys[-1] = node
            return
        if self.open and is_empty(node):
            self._empty("empty", spot)
        self._add(node)

    def _empty(self, what: str, spot: Spot) -> None:
        if self.faults.wants("YML013"):
            key = self.keys[-1]
            name = f"{key.value} is" if key is not None else "an item of the list is"
            self.faults.add(Fault("YML013", f"{name} {what}: leave the key out", key.spot if key else spot))

    def _start(self, event: Any, is_mapping: bool) -> None:
        if self.open and isinstance(self.open[-1], Mapping) and self.keys[-1] is None:
            self._stop("YML014", "a key must be text, and this one is a list or mapping", event)
        if len(self.open) >= MAX_DEPTH:
            self._stop("YML012", f"nested deeper than {MAX_DEPTH} levels", event)
        node: Mapping | Sequence = (Mapping if is_mapping else Sequence)(self._spot(event), bool(event.flow_style))
        self.open.append(node)
        self.keys.append(None)

    def _end(self, event: Any) -> None:
        node = self.open.pop()
        self.keys.pop()
        if not node.items and self.open:
            self._empty("an empty mapping" if isinstance(node, Mapping) else "an empty list", node.spot)
        node.spot = Spot(node.spot.start, event.end_mark.index, node.spot.line, node.spot.column)
        self._add(node)

    def _add(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = self.keys[-1]
        assert key is not None  # noqa: S101
        self.keys[-1] = None
        name = key.value if key.value.isascii() else unicodedata.normalize("NFC", key.value)
        before = parent.items.get(name)
        if before is None:
            parent.items[name] = (key, node)
        elif self.faults.wants("YML002"):
            there = ((before[0].spot, "it stands here first"),)
            self.faults.add(Fault("YML002", f"{name} is there twice", key.spot, fatal=True, related=there))

    def _stop(self, code: str, message: str, event: Any) -> None:
        raise _StopReadingError(Fault(code, message, self._spot(event), fatal=True))

    def _spot(self, event: Any) -> Spot:
        return self.spot(event.start_mark, event.end_mark.index)

    def spot(self, mark: Any, end: int) -> Spot:
        """Return the spot from a mark of the parser to `end`."""
        if self.starts is None:
            return Spot(mark.index, end, mark.line, mark.column)
        line = bisect_right(self.starts, mark.index) - 1
        return Spot(mark.index, end, line, mark.index - self.starts[line])


def parse(text: str) -> tuple[Mapping | None, list[Fault]]:
    """Return the tree of a document and what is wrong with it. Never raises, whatever the text.

    The tree is None where the text is not readable or where what is wrong is fatal.
    """
    # Imported when a file needs it: it takes longer than everything else that reading imports.
    from yaml import YAMLError
    from yaml._yaml import CParser

    builder = _Builder(text)
    stopped: list[Fault] = []
    try:
        parser = CParser(text)
        try:
            while (event := parser.get_event()) is not None:
                builder.take(event)
        finally:
            parser.dispose()
    except _StopReadingError as stop:
        stopped = [stop.fault]
    except (YAMLError, ValueError) as error:
        stopped = [_syntax_fault(error, builder, text)]
    faults = [*builder.faults.told(), *stopped]
    if any(fault.fatal for fault in faults):
        return None, faults
    if not isinstance(builder.root, Mapping):
        return None, [*builder.faults.told(without=("YML013",)), _no_mapping(builder.root)]
    return builder.root, faults


def _no_mapping(root: Node | None) -> Fault:
    if root is None or (isinstance(root, Scalar) and root.value in EMPTY_WORDS):
        return Fault("YML014", "the file is empty: it must hold keys and values", START, fatal=True)
    what = "a list" if isinstance(root, Sequence) else "a text"
    spot = root.spot if isinstance(root, Scalar) else Spot(root.spot.start, root.spot.start + 1, *root.spot[2:])
    return Fault("YML014", f"the file holds {what}: it must hold keys and values", spot, fatal=True)


def _syntax_fault(error: Exception, builder: _Builder, text: str) -> Fault:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    context = getattr(error, "context", None)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    # Without a mark it is about a character, of which `YML006` has told more already.
    spot = START if mark is None else builder.spot(mark, mark.index + 1)
    opened = getattr(error, "context_mark", None) or mark
    since = 0 if opened is None else builder.spot(opened, opened.index).line
    said = in_plain_words(problem, context or "", text, spot.start, since + 1)
    return Fault("YML001", f"not readable as YAML: {said}", spot, fatal=True)


def line_starts(text: str) -> list[int]:
    """Return where the lines of `text` begin; they end in LF, CR or CR LF."""
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def is_empty(node: Node) -> bool:
    """Whether there is nothing in a node: data has no key or item for it, though positions in the tree count it."""
    if isinstance(node, Scalar):
        return not node.value.strip() or (not node.style and node.value in EMPTY_WORDS)
    return not node.items


def plain_data(root: Mapping) -> tuple[dict[str, Any], list[Path]]:
    """Return the tree as plain mappings, lists and texts without what is empty, and the paths of the keys left out.

    A position in a path is the one in the data, where empty items do not count.
    """
    data: dict[str, Any] = {}
    empty: list[Path] = []
    waiting: list[tuple[Any, Mapping | Sequence, Path]] = [(data, root, ())]
    while waiting:
        target, node, path = waiting.pop()
        pairs = node.items.items() if isinstance(node, Mapping) else enumerate(node.items)
        for name, held in pairs:
            inner = held[1] if isinstance(held, tuple) else held
            if is_empty(inner):
                if isinstance(target, dict):
                    empty.append((*path, name))
                continue
            step = name if isinstance(target, dict) else len(target)
            value: Any = inner.value if isinstance(inner, Scalar) else {} if isinstance(inner, Mapping) else []
            if not isinstance(inner, Scalar):
                waiting.append((value, inner, (*path, step)))
            if isinstance(target, dict):
                target[name] = value
            else:
                target.append(value)
    return data, empty

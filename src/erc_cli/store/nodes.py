"""A YAML document as a tree of nodes with their places, made from libyaml's events without recursion.

It accepts less than YAML: no anchors, aliases, tags, directives, second documents or keys that are not text, and
no more than 32 levels. Every scalar stays the text that was written.
"""

from __future__ import annotations

import unicodedata
from typing import Any, NamedTuple

from yaml import YAMLError
from yaml._yaml import CParser

from erc_cli.core.text import character_name, hidden_characters

MAX_DEPTH = 32
MAX_SCALAR = 64 * 1024

EMPTY_WORDS = frozenset({"", "~", "null", "Null", "NULL"})


class Spot(NamedTuple):
    """A stretch of the text: offsets, and the line and column of its start, all from 0 and in code points."""

    start: int
    end: int
    line: int
    column: int


class Fault(NamedTuple):
    """What is wrong with the text: the code, the message, where; `fatal` if the file has no data because of it."""

    code: str
    message: str
    spot: Spot
    fatal: bool = False
    related: tuple[tuple[Spot, str], ...] = ()
    fix: str | None = None


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
    """Takes events one by one. `waiting` holds the open collections; of a mapping also the key read last."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.root: Node | None = None
        self.open: list[Mapping | Sequence] = []
        self.keys: list[Scalar | None] = []
        self.documents = 0

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
        spot = _spot(event)
        value: str = event.value
        node = Scalar(value, event.style or "", spot)
        if len(value) > MAX_SCALAR // 4 and len(value.encode()) > MAX_SCALAR:
            self._stop("YML017", f"a text of {len(value)} characters: at most 64 KiB are read", event)
        for at in hidden_characters(value) if event.style == '"' else ():
            self.faults.append(Fault("YML006", f"{character_name(value[at])} written as an escape", spot))
        if self.open and isinstance(self.open[-1], Mapping) and self.keys[-1] is None:
            if not event.style and value in EMPTY_WORDS:
                self._stop("YML014", "a key must be text, and this one is empty", event)
            if not event.style and value == "<<":
                self._stop("YML003", "merge key <<: write the keys out", event)
            self.keys[-1] = node
            return
        if not value.strip() or (not event.style and value in EMPTY_WORDS):
            self.faults.append(Fault("YML013", f"{self._name()}is empty: leave the key out", self._key_spot(spot)))
        self._add(node)

    def _name(self) -> str:
        key = self.keys[-1] if self.keys else None
        return f"{key.value} " if key is not None else "an item of the list "

    def _key_spot(self, spot: Spot) -> Spot:
        key = self.keys[-1] if self.keys else None
        return key.spot if key is not None else spot

    def _start(self, event: Any, is_mapping: bool) -> None:
        if self.open and isinstance(self.open[-1], Mapping) and self.keys[-1] is None:
            self._stop("YML014", "a key must be text, and this one is a list or mapping", event)
        if len(self.open) >= MAX_DEPTH:
            self._stop("YML012", f"nested deeper than {MAX_DEPTH} levels", event)
        node: Mapping | Sequence = (Mapping if is_mapping else Sequence)(_spot(event), bool(event.flow_style))
        self.open.append(node)
        self.keys.append(None)

    def _end(self, event: Any) -> None:
        node = self.open.pop()
        self.keys.pop()
        if not node.items and self.open:
            what = "an empty mapping" if isinstance(node, Mapping) else "an empty list"
            self.faults.append(
                Fault("YML013", f"{self._name()}is {what}: leave the key out", self._key_spot(node.spot))
            )
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
        if before is not None:
            there = ((before[0].spot, "it stands here first"),)
            self.faults.append(Fault("YML002", f"{name} is there twice", key.spot, fatal=True, related=there))
        else:
            parent.items[name] = (key, node)

    def _stop(self, code: str, message: str, event: Any) -> None:
        raise _StopReadingError(Fault(code, message, _spot(event), fatal=True))


def _spot(event: Any) -> Spot:
    start = event.start_mark
    return Spot(start.index, event.end_mark.index, start.line, start.column)


def parse(text: str) -> tuple[Node | None, list[Fault]]:
    """Return the tree of a document and what is wrong with it. Never raises, whatever the text.

    The tree is None where the text is not readable or where what is wrong is fatal.
    """
    builder = _Builder()
    try:
        parser = CParser(text)
        try:
            while (event := parser.get_event()) is not None:
                builder.take(event)
        finally:
            parser.dispose()
    except _StopReadingError as stop:
        builder.faults.append(stop.fault)
    except (YAMLError, ValueError) as error:
        builder.faults.append(_syntax_fault(error))
    if any(fault.fatal for fault in builder.faults):
        return None, builder.faults
    if not isinstance(builder.root, Mapping):
        return None, [*_but_emptiness(builder.faults), _no_mapping(builder.root)]
    return builder.root, builder.faults


def _but_emptiness(faults: list[Fault]) -> list[Fault]:
    return [fault for fault in faults if fault.code != "YML013"]


def _no_mapping(root: Node | None) -> Fault:
    if root is None or (isinstance(root, Scalar) and root.value in EMPTY_WORDS):
        return Fault("YML014", "the file is empty: it must hold keys and values", Spot(0, 0, 0, 0), fatal=True)
    what = "a list" if isinstance(root, Sequence) else "a text"
    spot = root.spot if isinstance(root, Scalar) else Spot(root.spot.start, root.spot.start + 1, *root.spot[2:])
    return Fault("YML014", f"the file holds {what}: it must hold keys and values", spot, fatal=True)


def _syntax_fault(error: Exception) -> Fault:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    context = getattr(error, "context", None)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    message = f"not readable as YAML: {problem}" + (f" ({context})" if context else "")
    if mark is None:
        at = getattr(error, "position", 0) or 0
        return Fault("YML001", message, Spot(at, at, -1, 0), fatal=True)
    return Fault("YML001", message, Spot(mark.index, mark.index + 1, mark.line, mark.column), fatal=True)


def plain_data(root: Mapping) -> dict[str, Any]:
    """Return the tree as plain mappings, lists and texts; keys without a value are left out."""
    data: dict[str, Any] = {}
    waiting: list[tuple[Any, Mapping | Sequence]] = [(data, root)]
    while waiting:
        target, node = waiting.pop()
        pairs = node.items.items() if isinstance(node, Mapping) else enumerate(node.items)
        for name, held in pairs:
            inner = held[1] if isinstance(held, tuple) else held
            if isinstance(inner, Scalar):
                value: Any = inner.value
                if not value.strip() or (not inner.style and value in EMPTY_WORDS):
                    continue
            elif not inner.items:
                continue
            else:
                value = {} if isinstance(inner, Mapping) else []
                waiting.append((value, inner))
            if isinstance(target, dict):
                target[name] = value
            else:
                target.append(value)
    return data

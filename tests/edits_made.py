"""Edits to be tried on a document, and a judge of what came out that shares nothing with the editor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from ruamel.yaml import YAML

from erc_cli.errors import RefusedError
from erc_cli.store.edit import append_item, delete_key, insert_key, remove_item, replace_value, set_scalar
from erc_cli.store.emit import Plain

TRICKY = sorted((Path(__file__).resolve().parent / "tricky").glob("*.yaml"))
MARK = "\ufeff"
Steps = tuple[str | int, ...]


class Place(NamedTuple):
    """A node of a document with the stretch of the text it takes, by libyaml's own nodes."""

    path: Steps
    kind: str
    start: int
    end: int


class Edit(NamedTuple):
    """One edit: what is done, where, with which value."""

    verb: str
    place: Place
    value: Any = None
    order: tuple[str, ...] = ()

    def make(self, content: bytes) -> bytes:
        """Return the content after it."""
        path = self.place.path
        if self.verb == "set":
            return set_scalar(content, path, self.value, plain=isinstance(self.value, Plain))
        if self.verb == "insert":
            return insert_key(content, path, "zzz", self.value, order=self.order)
        if self.verb == "append":
            return append_item(content, path, self.value)
        if self.verb == "replace":
            return replace_value(content, path, self.value)
        return (delete_key if isinstance(path[-1], str) else remove_item)(content, path)


def text_of(content: bytes) -> str:
    return content.decode().removeprefix(MARK)


def places_of(content: bytes) -> list[Place]:
    """Return every node but keys, outermost first."""
    root = yaml.compose(text_of(content), Loader=yaml.CBaseLoader)
    return list(_places(root, ()))


def _places(node: Any, path: Steps) -> Iterator[Place]:
    yield Place(path, node.id, node.start_mark.index, node.end_mark.index)
    if node.id == "mapping":
        for key, value in node.value:
            yield from _places(value, (*path, key.value))
    elif node.id == "sequence":
        for at, item in enumerate(node.value):
            yield from _places(item, (*path, at))


def data_of(content: bytes) -> Any:
    """Return the data of a document with all values as text, by libyaml."""
    return yaml.load(text_of(content), Loader=yaml.CBaseLoader)


def data_by_ruamel(content: bytes) -> Any:
    """The same by ruamel, which shares no code with libyaml."""
    return YAML(typ="base", pure=True).load(text_of(content))


def comments_of(content: bytes) -> list[str]:
    """Return the comments, as what stands between the tokens of libyaml's scanner."""
    text, found, at = text_of(content), [], 0
    for token in yaml.scan(text, Loader=yaml.CLoader):
        gap = text[at : token.start_mark.index]
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            gap += text[token.start_mark.index : token.end_mark.index].splitlines()[0]
        found += [line[line.index("#") :] for line in gap.replace("\r", "\n").split("\n") if "#" in line]
        at = max(at, token.end_mark.index)
    return found


def expected(edit: Edit, data: Any) -> Any:
    """Change plain data as the edit says."""
    path = edit.place.path
    if edit.verb in ("insert", "append"):
        target = _inside(data, path)
        if edit.verb == "append":
            target.append(edit.value)
            return data
        items = list(target.items())
        items.insert(0 if edit.order else len(items), ("zzz", edit.value))
        target.clear()
        target.update(items)
        return data
    if not path:
        return edit.value
    target = _inside(data, path[:-1])
    if edit.verb == "delete":
        del target[path[-1]]
    else:
        target[path[-1]] = edit.value
    return data


def _inside(data: Any, path: Steps) -> Any:
    for step in path:
        data = data[step]
    return data


def verdict(edit: Edit, content: bytes) -> str:
    """Return `minimal`, `refused` or what is wrong with what the edit made of `content`."""
    try:
        after = edit.make(content)
    except RefusedError:
        return "refused"
    meant = expected(edit, data_of(content))
    if repr(data_of(after)) != repr(meant):
        return "wrong: libyaml reads something else"
    if b"\t" not in content and repr(data_by_ruamel(after)) != repr(meant):
        return "wrong: ruamel reads something else"
    if content.startswith(MARK.encode()) != after.startswith(MARK.encode()):
        return "wrong: the byte-order mark"
    return _look(edit, content, after)


def _look(edit: Edit, content: bytes, after: bytes) -> str:
    """Return `minimal` if nothing changed outside of what the edit is about."""
    old, new = text_of(content), text_of(after)
    before, behind = comments_of(content), comments_of(after)
    if edit.verb == "delete":
        if not is_inside(behind, before):
            return "wrong: comments"
        return "minimal" if is_inside(new, old) else "wrong: more than taken out"
    if before != behind:
        return "wrong: comments"
    if b"\r\n" in content and b"\n" not in content.replace(b"\r\n", b"") and b"\n" in after.replace(b"\r\n", b""):
        return "wrong: line ends"
    start, end = edit.place.start, edit.place.end
    if edit.verb in ("insert", "append") and old[start:end].strip("[]{} \r\n"):
        return "minimal" if is_inside(old, new) else "wrong: more than put in"
    if edit.verb == "replace":
        start = old.rfind("\n", 0, edit.place.start) + 1
        return "minimal" if new.startswith(old[:start].rstrip()) else "wrong: what stands before"
    if start == end:  # Where nothing stands something is put in.
        return "minimal" if is_inside(old, new) else "wrong: more than put in"
    kept = new.startswith(old[:start]) and new.endswith(old[end:]) and len(new) >= len(old) - (end - start)
    return "minimal" if kept else "wrong: outside of the value"


def is_inside(small: Any, large: Any) -> bool:
    """Whether one is the other with things left out."""
    rest = iter(large)
    return all(one in rest for one in small)


TEXTS: tuple[str, ...] = (
    "Harbour",
    "yes",
    "a: b, c # d",
    "two\nlines",
    "two\nlines\n",
    Plain("1.50"),
    Plain("-3.00"),
    Plain("2021-12-31"),
    "الرباط",
    'it\'s "both"',
    " spaces ",
    "null",
    "[x]",
    "- x",
    "012",
    "tab\tinside",
    "many words " * 12 + "end",
    "<<<<<<< ours",
)
VALUES: tuple[Any, ...] = (
    "new",
    ["b", {"c": "d"}],
    {"en": "x", "held": ["y: z", {"id": "w", "on": Plain("2019-01-01")}]},
)


def edits_of(content: bytes) -> Iterator[Edit]:
    """Yield the edits that are tried on every place of a document."""
    for place in places_of(content):
        if place.kind == "scalar":
            yield from (Edit("set", place, text) for text in TEXTS)
        elif place.kind == "mapping":
            names = _names(content, place)
            yield from (Edit("insert", place, value, order) for value in VALUES for order in ((), ("zzz", *names)))
        else:
            yield from (Edit("append", place, value) for value in VALUES)
        if place.path:
            yield Edit("delete", place)
            yield from (Edit("replace", place, value) for value in VALUES[1:])
            if place.kind != "scalar":
                yield Edit("replace", place, "instead")


def _names(content: bytes, place: Place) -> tuple[str, ...]:
    return tuple(_inside(data_of(content), place.path))

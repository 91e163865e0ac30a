"""`erc links`: what a record points to, and what points to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from erc_cli.commands.show import look_up
from erc_cli.core.findings import Path
from erc_cli.core.inside import bare_pointers, pointers
from erc_cli.core.listing import View
from erc_cli.core.page import title_in
from erc_cli.core.records.base import Part, key_of
from erc_cli.core.records.kinds import model_of
from erc_cli.core.records.shape import field_by_key
from erc_cli.core.records.types import AddressOf, Evidence, RefTo
from erc_cli.core.tables import Column, Table
from erc_cli.store.raw import read_records, read_those_with
from erc_cli.store.worktree import Source

_FIELD, _NAME = Column("field", "Where", "id"), Column("name", "Name")
TO = (_FIELD, Column("to", "Record", "id"), _NAME)
FROM = (Column("from", "Record", "id"), _FIELD, _NAME)


class Links(NamedTuple):
    """What a record points to and what points to it; the paths of files that could not be read."""

    address: str
    to: Table
    back: Table
    unread: tuple[str, ...]

    def one_table(self) -> Table:
        """Both directions in one table, for formats that hold only one: who points, with which field, to what."""
        columns = (Column("from", "From", "id"), _FIELD, Column("to", "To", "id"), _NAME)
        there = tuple((self.address, field, target, name) for field, target, name in self.to.rows)
        back = tuple((record, field, self.address, name) for record, field, name in self.back.rows)
        return Table(columns, (*there, *back))


def links(source: Source, address: str, view: View) -> Links:
    """Return the links of a record, or of something inside it. Raises NotFoundError."""
    shown = look_up(source, address)
    names, unread = _names(source, view)
    inside = shown.found.value if not shown.is_record else shown.data
    model = shown.model if shown.is_record else shown.found.model
    to = [
        (".".join(map(str, path)), target, names.get(target.split(".", 1)[0]) or None)
        for path, target in (_references(model, inside) if model is not None and isinstance(inside, dict) else ())
        if target.split(".", 1)[0] != shown.record.address
    ]
    back = [
        (record, ".".join(map(str, path)), names.get(record) or None)
        for record, path in _pointing(source, shown.record.address, shown.found.path)
    ]
    return Links(
        shown.address, Table(TO, tuple(to), "Points to"), Table(FROM, tuple(back), "Pointed to by"), tuple(unread)
    )


def _names(source: Source, view: View) -> tuple[dict[str, str], list[str]]:
    names, unread = {}, []
    for record in read_records(source):
        if record.data is None:
            unread.append(record.path)
        else:
            names[record.address] = title_in(record.data, view)
    return names, unread


def _references(model: type[Part], data: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield every value that names a record or a place inside one."""
    known = field_by_key(model)
    for key, value in data.items():
        field = known.get(key)
        if field is None:
            continue
        is_reference = any(isinstance(mark, RefTo | AddressOf | Evidence) for mark in field.marks)
        for one in value if isinstance(value, list) else [value]:
            if field.models and isinstance(one, dict):
                name = key_of(field.models[0], one) if isinstance(value, list) else None
                yield from _references(field.models[0], one, (*path, key, *((name,) if name else ())))
            elif is_reference and isinstance(one, str) and "/" in one and not one.startswith("https:"):
                yield (*path, key), one


def _pointing(source: Source, record: str, inside: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    """Yield the other records that name what is `inside` a record, with the field that does."""
    target = ".".join((record, *inside))
    for other in read_those_with(source, [record]):
        if other.data is None or other.address == record:
            continue
        for path, _ in pointers(other.data, target, model_of(other.folder)):
            yield other.address, path
        if other.folder == "activities":
            yield from ((other.address, path) for path in bare_pointers(other.data, record, inside))

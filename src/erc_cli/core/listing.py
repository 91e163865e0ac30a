"""Lists of records: which columns there are, which records are wanted, in which order.

A list is made from the data of files as they were read, so that a record with something wrong in it is listed all the
same. Cells that do not fit their column stay the text that stands in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from erc_cli.core.house import House
from erc_cli.core.money import NotPlainError, OutOfRangeError, parse_number
from erc_cli.core.periods import NotADateError, PartialDate, first_day, last_day, parse_partial_date
from erc_cli.core.tables import Before, Cell, Column, Kind, Scalar, Table
from erc_cli.core.text import fold
from erc_cli.errors import UsageError


class Row(NamedTuple):
    """One record of a list: its address, its id, the data of its file, and what was worked out about it."""

    address: str
    id: str
    data: Mapping[str, Any]
    derived: Mapping[str, Cell] = {}


class View(NamedTuple):
    """Who looks: the language asked for, and the house."""

    language: str
    house: House

    def text(self, value: Any) -> str:
        """Return a text in languages in the language asked for, else in the plan's first that it has."""
        if not isinstance(value, dict):
            return value if isinstance(value, str) else ""
        for language in (self.language, *self.house.languages):
            if isinstance(text := value.get(language), str):
                return text
        return next((text for text in value.values() if isinstance(text, str)), "")


class Field(NamedTuple):
    """A column of lists and where its values stand: `path` in the file, or `derived`.

    Filters look at the keys in `also` as well.
    """

    column: Column
    path: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    value: Callable[[Row, View], Cell] | None = None
    derived: bool = False


def stored(
    key: str, heading: str, kind: Kind = "text", *, path: str = "", also: str = "", optional: bool = False
) -> Field:
    """Return the column of a stored field; `path` has dots where it differs from `key`."""
    others = tuple(also.split()) if also else ()
    return Field(Column(key, heading, kind, optional), tuple((path or key).split(".")), others)


def values_at(data: Any, path: Sequence[str]) -> Iterator[Any]:
    """Yield what stands at `path`, stepping into every item of lists."""
    if isinstance(data, list):
        for item in data:
            yield from values_at(item, path)
    elif not path:
        yield data
    elif isinstance(data, dict) and path[0] in data:
        yield from values_at(data[path[0]], path[1:])


def cell_of(field: Field, row: Row, view: View) -> Cell:
    """Return the cell of `row` under a column."""
    if field.derived:
        return row.derived.get(field.column.key)
    if field.value is not None:
        return field.value(row, view)
    if field.path == ("id",):
        return row.id
    found = [typed(field.column.kind, value, view) for value in values_at(row.data, field.path)]
    return None if not found else found[0] if len(found) == 1 else tuple(found)


def typed(kind: Kind, value: Any, view: View) -> Scalar:
    """Return a value of a file as what its column holds; what does not fit stays text."""
    if isinstance(value, dict):
        if kind == "text" and (text := view.text(value)):
            return text
        return ", ".join(f"{key} {inner}" for key, inner in value.items() if isinstance(inner, str))
    text = str(value)
    return _parsed(kind, text) if kind in _TYPED else text


_NUMBERS = frozenset({"amount", "number", "year"})
_TYPED = _NUMBERS | {"date", "flag"}


def _parsed(kind: Kind, text: str) -> Scalar:
    try:
        if kind == "date":
            return parse_partial_date(text)
        if kind == "flag":
            return {"true": True, "false": False}.get(text, text)
        return parse_number(text)
    except (NotADateError, NotPlainError, OutOfRangeError):
        return text


# --- which columns ------------------------------------------------------------------------------------------


def choose(
    names: str, known: Mapping[str, Field], default: Sequence[str], all_names: Iterable[str] = ()
) -> list[Field]:
    """Return the columns of a `--fields` option, or those by default. Raises UsageError for one that is not known."""
    wanted = [name.strip() for name in names.split(",") if name.strip()] or list(default)
    return [_known("--fields", name, known, all_names) for name in wanted]


def _known(option: str, name: str, known: Mapping[str, Field], all_names: Iterable[str]) -> Field:
    if name in known:
        return known[name]
    names = sorted({*known, *all_names})
    near = get_close_matches(name, names, 1)
    tail = f": did you mean {near[0]}?" if near else f" (known: {', '.join(n for n in names if '.' not in n)})"
    raise UsageError(f"{option}: there is no field {name}{tail}")


def names_asked(fields: str, where: Sequence[str], sort: str) -> set[str]:
    """Return every field name in the options of a list, to see what has to be known."""
    names = {name.strip() for name in fields.split(",")} | {name.strip().lstrip("-") for name in sort.split(",")}
    return (names | {split_condition(condition)[0] for condition in where}) - {""}


# --- which records ------------------------------------------------------------------------------------------

_CONDITION = re.compile(r"([^=]*?)(?:\.(gt|lt|has))?=(.*)", re.DOTALL)

Condition = Callable[[Row, View], bool]


def split_condition(condition: str) -> tuple[str, str, str]:
    match = _CONDITION.fullmatch(condition)
    if match is None or not match[1].strip():
        raise UsageError(
            f"--where {condition}: write name=value, name.gt=value, name.lt=value or name.has=words, such as country=sa"
        )
    return match[1].strip(), match[2] or "", match[3].strip()


def conditions(where: Sequence[str], known: Mapping[str, Field], all_names: Iterable[str] = ()) -> list[Condition]:
    """Return what the `--where` options ask for; a record must meet all. Raises UsageError."""
    found = []
    for text in where:
        name, operator, value = split_condition(text)
        found.append(_condition(text, _known("--where", name, known, all_names), operator, value))
    return found


def _condition(text: str, field: Field, operator: str, value: str) -> Condition:
    kind = field.column.kind
    if operator == "has":
        words = fold(value)
        return lambda row, view: any(words in fold(str(one)) for one in _candidates(field, row, view))
    if operator and kind not in _NUMBERS and kind != "date":
        raise UsageError(
            f"--where {text}: {field.column.key} has no order; .gt and .lt are for amounts, numbers, dates"
        )
    if not value:
        return lambda row, view: not any(True for _ in _candidates(field, row, view))
    if kind == "date":
        return _date_condition(text, field, operator, value)
    if kind in _NUMBERS:
        wanted = _parsed(kind, value)
        if isinstance(wanted, str):
            raise UsageError(f"--where {text}: {field.column.key} is a number, written such as 1000.00")
        return lambda row, view: any(_holds(operator, one, wanted) for one in _candidates(field, row, view))
    if kind == "flag":
        wanted = {"yes": "true", "no": "false"}.get(value.casefold(), value.casefold())
        return lambda row, view: any(str(one).casefold() == wanted for one in _candidates(field, row, view))
    return lambda row, view: any(_same(kind, str(one), value) for one in _candidates(field, row, view))


def _candidates(field: Field, row: Row, view: View) -> Iterator[Any]:
    """What a condition looks at: of a text every language, of a list every item."""
    if field.derived or field.value is not None or field.path == ("id",):
        cell = cell_of(field, row, view)
        yield from cell if _is_list(cell) else () if cell is None else (cell,)  # type: ignore[misc]
        return
    for path in (field.path, *((key,) for key in field.also)):
        for value in values_at(row.data, path):
            if isinstance(value, dict):
                yield from (text for text in value.values() if isinstance(text, str))
            else:
                yield typed(field.column.kind, value, view)


def _is_list(cell: Cell) -> bool:
    return type(cell) is tuple


def _same(kind: Kind, one: str, wanted: str) -> bool:
    if kind == "text":
        return fold(one) == fold(wanted)
    return one == wanted or (kind == "ref" and one.rpartition("/")[2] == wanted)


def _holds(operator: str, one: Any, wanted: Any) -> bool:
    if isinstance(one, str):
        return False
    return bool(one > wanted if operator == "gt" else one < wanted if operator == "lt" else one == wanted)


def _date_condition(text: str, field: Field, operator: str, value: str) -> Condition:
    try:
        wanted = parse_partial_date(value)
    except NotADateError as error:
        raise UsageError(f"--where {text}: {value} {error}") from None

    def holds(one: Any) -> bool:
        if isinstance(one, str | Before):
            return False
        first, last = first_day(one), last_day(one)
        if operator == "gt":
            return first > wanted.last_day
        if operator == "lt":
            return last < wanted.first_day
        return first >= wanted.first_day and last <= wanted.last_day

    return lambda row, view: any(holds(one) for one in _candidates(field, row, view))


# --- in which order -----------------------------------------------------------------------------------------


def ordered(
    rows: Iterable[Row], sort: str, known: Mapping[str, Field], view: View, all_names: Iterable[str] = ()
) -> list[Row]:
    """Return the rows by the fields of `sort`, each falling with a `-` before it; records without a value come last."""
    found = list(rows)
    for word in reversed([word.strip() for word in sort.split(",") if word.strip()]):
        field = _known("--sort", word.lstrip("-"), known, all_names)
        keyed = [(_sort_key(cell_of(field, row, view)), row) for row in found]
        filled = [pair for pair in keyed if pair[0] is not None]
        filled.sort(key=lambda pair: pair[0], reverse=word.startswith("-"))  # type: ignore[arg-type,return-value]
        found = [row for _, row in filled] + [row for key, row in keyed if key is None]
    return found


def _sort_key(cell: Cell) -> tuple[int, Any] | None:
    if _is_list(cell):
        cell = cell[0] if cell else None  # type: ignore[index]
    if cell is None:
        return None
    if isinstance(cell, str):
        return (2, fold(cell))
    if isinstance(cell, Before):
        return (1, cell.day)
    if isinstance(cell, PartialDate):
        return (1, cell.first_day.isoformat())
    return (1, cell.isoformat()) if hasattr(cell, "isoformat") else (0, cell)


def table_of(fields: Sequence[Field], rows: Iterable[Row], view: View) -> Table:
    """Return the list as a table."""
    cells = tuple(tuple(cell_of(field, row, view) for field in fields) for row in rows)
    return Table(tuple(field.column for field in fields), cells, labels=view.house.labels(view.language))

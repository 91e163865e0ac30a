"""Changes of fields by address, on a draft: set, unset; and new records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, NoReturn

from erc_cli.commands.show import record_named
from erc_cli.core.folders import SINGLE
from erc_cli.core.house import House, house_of
from erc_cli.core.inside import Found, reach
from erc_cli.core.records.base import Part, Record, key_of
from erc_cli.core.records.kinds import model_of
from erc_cli.core.records.shape import FieldShape, field_by_key
from erc_cli.core.typed import field_named, is_prose, put_in, value_of, values_of
from erc_cli.errors import NotFoundError, RefusedError, UsageError
from erc_cli.store.draft import Draft, Touched
from erc_cli.store.edit import delete_key, insert_key, remove_item, replace_value, set_scalar
from erc_cli.store.edit_locate import Located, locate
from erc_cli.store.emit import Plain, emit, to_plain
from erc_cli.store.format import is_record_name
from erc_cli.store.load import path_of
from erc_cli.store.raw import RawRecord, read_plan


class Reached(NamedTuple):
    """How far an address leads in a draft: `left` are the steps that are not in the file yet."""

    record: RawRecord
    model: type[Record]
    found: Found
    left: tuple[str, ...]

    @property
    def field(self) -> tuple[str, ...]:
        """The whole way, the part that is not there yet included."""
        return (*self.found.path, *self.left)

    @property
    def address(self) -> str:
        """The address with the record's present id."""
        return ".".join((self.record.address, *self.field))

    @property
    def holder(self) -> str:
        """The address of what is there."""
        return ".".join((self.record.address, *self.found.path))


def house(draft: Draft) -> House:
    """Return the house of the plan. Raises UnreadableError."""
    return house_of(read_plan(draft))


def reached(draft: Draft, address: str) -> Reached:
    """Return how far an address leads. Raises NotFoundError where there is no such record."""
    record, data = record_named(draft, address)
    steps = address.split(".")[1:]
    if not all(steps):
        raise UsageError(f"{address}: there is nothing between two dots, or after the last one")
    found, left = reach(model_of(record.folder), data, steps, is_project=record.folder == "projects")
    return Reached(record, model_of(record.folder), found, tuple(left))


def set_field(draft: Draft, address: str, text: str, house: House) -> None:
    """Make what was typed the value of a field, which is added where it is not there.

    Raises NotFoundError, UsageError or RefusedError.
    """
    at = reached(draft, address)
    if not at.field:
        raise UsageError(f"{at.address} is a record: name a field of it, such as {at.address}.notes=...")
    if not text:
        raise UsageError(f"{at.address}: an empty value is not kept; `erc unset {at.address}` takes the field out")
    if at.left:
        _add_field(draft, at, text, house)
    elif isinstance(at.found.value, str):
        _set_text(draft, at, text, house)
    elif isinstance(at.found.value, list) and at.found.holder is not None and at.found.model is None:
        values = _list_of_values(at, text, house)
        edit(draft, at, lambda content, located: replace_value(content, located.path, values))
    else:
        _refuse_whole(at, house)


def _set_text(draft: Draft, at: Reached, text: str, house: House) -> None:
    holder, key = at.found.holder, at.found.key
    is_own = holder is not None and at.field[-1] == key
    if is_own and holder is not None:
        text = value_of(holder, key, text, house, _currency_beside(at))
        value = to_plain({key: text}, holder).get(key, text)
    else:
        value = _like_siblings(at, text, house)
    edit(
        draft,
        at,
        lambda content, located: set_scalar(content, located.path, str(value), plain=isinstance(value, Plain)),
        _field_after(at, str(value)) if is_own else (),
    )


def _field_after(at: Reached, value: str) -> tuple[str, ...]:
    """The steps to a field once it has this value: an item of a list may be told apart by it."""
    item, path, model = _around(at), at.found.path, at.found.holder
    if model is None or not isinstance(item, dict) or len(path) < 2 or key_of(model, item) != path[-2]:
        return path
    return (*path[:-2], key_of(model, {**item, at.found.key: value}) or path[-2], path[-1])


def _like_siblings(at: Reached, text: str, house: House) -> str:
    """A text in a language, an amount of a year, or an item of a list of plain values."""
    holder, key = at.found.holder, at.found.key
    if holder is None or at.found.path[-2:-1] != (key,) or not _holds_typed(holder, key):
        return text
    inner = to_plain({key: {at.field[-1]: value_of(holder, key, text, house)}}, holder)[key]
    value: str = next(iter(inner.values()))
    return value


def _holds_typed(holder: type[Part], key: str) -> bool:
    return field_by_key(holder)[key].is_mapping


def _currency_beside(at: Reached) -> str | None:
    """The currency of the item that an amount stands in."""
    inside = _around(at)
    return inside.get("currency") if isinstance(inside, dict) else None


def _around(at: Reached) -> Any:
    """What the field stands in."""
    steps = ".".join(at.found.path[:-1])
    return reach(at.model, at.record.data or {}, steps.split(".") if steps else [])[0].value


def _list_of_values(at: Reached, text: str, house: House) -> list[Any]:
    holder, key = at.found.holder, at.found.key
    assert holder is not None  # noqa: S101
    if is_prose(holder, key):
        raise UsageError(
            f"{at.address} is a list of texts: `erc append` adds one, `erc unset {at.address}.TEXT` removes one"
        )
    return to_plain({key: values_of(holder, key, text, house)}, holder)[key]  # type: ignore[no-any-return]


def _refuse_whole(at: Reached, house: House) -> NoReturn:
    value = at.found.value
    if isinstance(value, list):
        raise UsageError(f"{at.address} is a list: `erc append {at.address} ...` adds an item to it")
    if at.found.model is None:
        key = next(iter(value), house.languages[0] if house.languages else "en")
        raise UsageError(f"{at.address} has one value for each of {', '.join(value)}: write {at.address}.{key}=...")
    names = ", ".join(f"{at.address}.{key}" for key in list(value)[:4])
    raise UsageError(f"{at.address} is made of several values: set one of them, such as {names}")


def _add_field(draft: Draft, at: Reached, text: str, house: House) -> None:
    model, value = at.found.model, at.found.value
    key = at.left[0]
    if isinstance(value, list):
        known = ", ".join(keys_in(value, model)[:8])
        more = f" (it has {known})" if known else ""
        raise NotFoundError(f"{at.holder} has nothing called {key}{more}: `erc append {at.holder} ...` adds to it")
    if isinstance(value, str):
        raise NotFoundError(f"{at.holder} is a single value, it has nothing called {key}")
    if model is not None:
        _refuse_list(at, field_named(model, key))
        data: dict[str, Any] = {"currency": value["currency"]} if "currency" in value else {}
        put_in(data, model, ".".join(at.left), text, house)
        written = to_plain({key: data[key]}, model)[key]
    elif len(at.left) == 1:
        written = _like_siblings(at._replace(found=at.found._replace(path=(*at.found.path, key)), left=()), text, house)
    else:
        raise NotFoundError(f"{at.holder} has nothing called {key}")
    edit(draft, at, lambda content, located: insert_key(content, located.path, key, written, order=located.order))


def _refuse_list(at: Reached, field: FieldShape) -> None:
    """Raise UsageError for a list of items that is not there yet: it is added to, not set."""
    if field.is_list and field.models:
        address = ".".join((at.holder, field.key))
        raise UsageError(f"{address} is a list: `erc append {address} ...` adds an item to it")


def keys_in(items: Sequence[Any], model: type[Part] | None) -> list[str]:
    """Return the keys by which the items of a list are told apart, as far as they have one."""
    found = [key_of(model, item) if isinstance(item, dict) and model is not None else item for item in items]
    return [key for key in found if isinstance(key, str)]


def unset_field(draft: Draft, address: str) -> None:
    """Take a field, or an item of a list, out. Raises NotFoundError or RefusedError."""
    at = reached(draft, address)
    if not at.field:
        raise UsageError(f"{at.address} is a record: `erc remove` takes it out if it was created in error")
    if at.left:
        raise NotFoundError(f"{at.holder} has no {at.left[0]}: there is nothing to take out")

    def take_out(content: bytes, located: Located) -> bytes:
        remove = remove_item if isinstance(located.path[-1], int) else delete_key
        return remove(content, located.path, prune=True)

    edit(draft, at, take_out)


def edit(draft: Draft, at: Reached, change: Any, field: tuple[str, ...] = ()) -> None:
    """Make a change of the bytes; `field` is what is changed, where it has another name afterwards."""
    content = draft.read(at.record.path)
    located = locate(content, at.model, at.found.path)
    if located.missing:
        raise NotFoundError(f"{at.holder} is not in {at.record.path}")
    after = change(content, located)
    if after != content:
        draft.put(at.record.path, after, Touched(at.record.address, field or at.field))


def add_record(draft: Draft, folder: str, record_id: str, data: Mapping[str, Any]) -> str:
    """Add a record from its plain data and return its address. Raises RefusedError where there is one already."""
    if folder not in SINGLE and not is_record_name(record_id):
        raise RefusedError(f"{record_id} is no id: lower-case letters, digits and single hyphens; nothing was written")
    address = folder if folder in SINGLE else f"{folder}/{record_id}"
    path = path_of(address)
    if draft.has(path):
        raise RefusedError(f"{address} is there already: nothing was written")
    draft.put(path, emit(to_plain(data, model_of(folder))).encode(), Touched(address, ()))
    return address

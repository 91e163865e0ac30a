"""One more item on a list, by address, on a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from erc_cli.commands.changing import Reached, edit, keys_in, reached
from erc_cli.core.house import House
from erc_cli.core.records.base import Item, Part, key_of
from erc_cli.core.slugs import free_id, proposed_id
from erc_cli.core.typed import field_named, item_of, lacking, values_of, word
from erc_cli.errors import NotFoundError, RefusedError, UsageError
from erc_cli.store.draft import Draft, Touched
from erc_cli.store.edit import append_item, insert_key
from erc_cli.store.emit import to_plain


def append_words(draft: Draft, address: str, words: Sequence[str], house: House) -> str:
    """Add an item to a list from `name=value` words, or plain values to a list of these. Returns the item's address."""
    at, holder, key = list_at(draft, address)
    field = field_named(holder, key)
    if not field.models:
        texts = [value for text in words for value in values_of(holder, key, text, house)]
        if not texts:
            raise UsageError(f"{at.address}: say what to add")
        known = [] if at.left else at.found.value
        for value in dict.fromkeys(texts):
            if value not in known:
                _append(draft, at, holder, key, value)
        return f"{at.address}.{texts[-1]}"
    data = item_of(field.models[0], [word(text) for text in words], house)
    if missing := lacking(field.models[0], data):
        raise UsageError(f"{at.address}: say {', '.join(f'{name}=...' for name in missing)} as well")
    return append_data(draft, address, data)


def append_data(draft: Draft, address: str, item: Mapping[str, Any]) -> str:
    """Add an item to a list; one that needs an id and has none gets one. Returns the item's address.

    Raises RefusedError where the list has one of that key, or the same but for its id, and no other id is given.
    """
    at, holder, key = list_at(draft, address)
    model = field_named(holder, key).models[0]
    item = dict(item)
    existing = at.found.value if not at.left else []
    taken = keys_in(existing, model)
    if "id" in model.model_fields and "id" not in item:
        _refuse_twice(at, existing, item, model)
    if issubclass(model, Item) and "id" not in item:
        item["id"] = free_id(proposed_id(item, key.removesuffix("s")), taken)
    own = key_of(model, {name: str(value) for name, value in item.items() if not isinstance(value, dict | list)})
    if own is not None and own in taken:
        if "id" in model.model_fields and "id" not in item:
            item["id"] = own = free_id(own, taken)
        else:
            raise RefusedError(f"{at.address}.{own} is there already: nothing was written")
    _append(draft, at, holder, key, item)
    return f"{at.address}.{own}"


def _refuse_twice(at: Reached, existing: Sequence[Any], item: Mapping[str, Any], model: type[Part]) -> None:
    for one in existing:
        if isinstance(one, dict) and {name: value for name, value in one.items() if name != "id"} == item:
            raise RefusedError(
                f"the same is there already, as {at.address}.{key_of(model, one)}: nothing was written\n"
                f"if it happened twice, give it an id of its own"
            )


def list_at(draft: Draft, address: str) -> tuple[Reached, type[Part], str]:
    """Return how far the address of a list leads, the model that has the list, and its key there.

    Raises NotFoundError, and UsageError for what is no list.
    """
    at = reached(draft, address)
    if not at.field:
        raise UsageError(f"{address} is no list of a record, such as partners/oic.aliases")
    if at.left and not isinstance(at.found.value, dict):
        raise NotFoundError(f"{at.holder} has nothing called {at.left[0]}")
    holder, key = (_model_of_left(at), at.left[-1]) if at.left else (at.found.holder, at.found.key)
    if holder is None or not field_named(holder, key).is_list or (not at.left and not isinstance(at.found.value, list)):
        raise UsageError(f"{at.address} is no list: `erc set {at.address}=...` changes it")
    return at, holder, key


def _model_of_left(at: Reached) -> type[Part] | None:
    """The model that has the last step of those that are not in the file yet; None where they lead nowhere."""
    model = at.found.model
    for step in at.left[:-1]:
        field = field_named(model, step) if model is not None else None
        model = field.models[0] if field is not None and field.models and not field.is_list else None
    return model


def _append(draft: Draft, at: Reached, holder: type[Part], key: str, item: Any) -> None:
    at = reached(draft, at.address)
    written = to_plain({key: [item]}, holder)[key]
    model = (field_named(holder, key).models or (None,))[0]
    if at.left:
        first, value = at.left[0], written
        for step in reversed(at.left[1:]):
            value = {step: value}
        edit(draft, at, lambda content, located: insert_key(content, located.path, first, value, order=located.order))
    else:
        edit(draft, at, lambda content, located: append_item(content, located.path, written[0]))
    own = key_of(model, written[0]) if model is not None else item
    draft.touched[-1] = Touched(at.record.address, (*at.field, own) if own else at.field)

"""Two states of records: what differs, and that the differences lead from one to the other."""

from __future__ import annotations

import copy
import random
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from erc_cli.core.comparing import Change, Pair, compare, pairs
from erc_cli.core.differences import rows_of
from erc_cli.core.records.base import Part, key_of
from erc_cli.core.records.kinds import model_of
from erc_cli.core.records.shape import field_by_key
from erc_cli.store.reader import read
from git_made import EXAMPLE

AGREEMENT = model_of("agreements")


def test_fields_items_and_languages_are_compared_each_for_itself() -> None:
    before = {
        "kind": "protocol",
        "title": {"en": "A", "fr": "B"},
        "parties": [{"party": "isesco"}, {"party": "partners/oic"}],
        "events": [{"kind": "suspended", "on": "2020-01-01"}],
        "ends_on": "2021-12-31",
    }
    after = {
        "ends_on": "2022-12-31",
        "kind": "protocol",
        "title": {"fr": "C", "en": "A", "ar": "D"},
        "parties": [{"party": "partners/oic", "signed_on": "2020-02-02"}, {"party": "isesco"}],
        "events": [{"kind": "suspended", "on": "2020-01-01"}, {"kind": "resumed", "on": "2020-03-01"}],
    }
    assert compare(before, after, AGREEMENT) == [
        Change(("title", "fr"), "B", "C"),
        Change(("title", "ar"), None, "D"),
        Change(("parties", "partners/oic", "signed_on"), None, "2020-02-02"),
        Change(("ends_on",), "2021-12-31", "2022-12-31"),
        Change(("events", "2020-03-01-resumed"), None, {"kind": "resumed", "on": "2020-03-01"}),
    ]
    assert compare(before, copy.deepcopy(before), AGREEMENT) == []
    assert compare(None, before, AGREEMENT) == [Change((), None, before)]


def test_an_item_with_another_id_is_the_same_if_it_says_so() -> None:
    before = {"decisions": [{"id": "go", "owner": "isesco"}, {"id": "stay"}]}
    after = {"decisions": [{"id": "went", "owner": "isesco", "formerly": ["go"]}, {"id": "left"}]}
    assert compare(before, after, model_of("meetings")) == [
        Change(("decisions", "went", "id"), "go", "went", ("decisions", "go", "id")),
        Change(("decisions", "went", "formerly"), None, ["go"], ("decisions", "go", "formerly")),
        Change(("decisions", "left"), None, {"id": "left"}),
        Change(("decisions", "stay"), {"id": "stay"}, None),
    ]


def test_a_record_with_another_id_is_the_same_if_it_says_so() -> None:
    before = {"partners/a": {"category": "donor"}, "partners/b": {"category": "donor"}}
    after = {"partners/c": {"category": "donor", "formerly": ["a"]}, "partners/d": None}
    found = [(pair.before, pair.after) for pair in pairs(before, after)]
    assert found == [("partners/b", None), ("partners/a", "partners/c"), (None, "partners/d")]


def test_items_without_a_key_or_with_one_key_twice_are_one_value() -> None:
    before, after = {"events": [{"on": "2020"}, {"on": "2020"}]}, {"events": [{"on": "2020"}, {"on": "2021"}]}
    assert compare(before, after, AGREEMENT) == [Change(("events",), before["events"], after["events"])]


# Whatever changes, the changes lead from one to the other


def apply(data: Mapping[str, Any] | None, changes: Sequence[Change], model: type[Part]) -> Any:
    """Make changes on a copy, the last one first: what an item is called changes after all else in it."""
    if len(changes) == 1 and not changes[0].path:
        return copy.deepcopy(changes[0].after)
    found = copy.deepcopy(data)
    for change in reversed(changes):
        _put(found, model, change)
    return found


def _put(data: Any, model: type[Part] | None, change: Change) -> None:
    way = change.was or change.path
    holder, of = data, model
    for step in way[:-1]:
        if isinstance(holder, list):
            assert of is not None
            holder = next(item for item in holder if key_of(of, item) == step)
            continue
        field = field_by_key(of).get(step) if of is not None else None
        of = field.models[0] if field is not None and field.models else None
        holder = holder.setdefault(step, [] if field is not None and field.is_list and of is not None else {})
    if not isinstance(holder, list):
        holder.pop(way[-1], None) if change.after is None else holder.update({way[-1]: copy.deepcopy(change.after)})
    elif change.after is None:
        assert of is not None
        holder[:] = [item for item in holder if key_of(of, item) != way[-1]]
    else:
        holder.append(copy.deepcopy(change.after))


def normal(value: Any, model: type[Part] | None) -> Any:
    """Data in which the order of keyed items says nothing, and what is empty is not there."""
    if isinstance(value, Mapping):
        known = field_by_key(model) if model is not None else {}
        inner = {key: known[key].models[0] if key in known and known[key].models else None for key in value}
        held = {key: normal(one, inner[key]) for key, one in value.items()}
        return {key: one for key, one in held.items() if one not in ({}, [], None)}
    if isinstance(value, list):
        items = [normal(one, model) for one in value]
        return sorted(items, key=lambda one: str(key_of(model, one))) if model is not None else items
    return value


LEAGUE = {
    f"{path.parent.name}/{path.stem}" if path.parent.name != "data" else path.stem: read(path.read_bytes()).data
    for path in sorted((EXAMPLE / "data").rglob("*.yaml"))
}


def changed(value: Any, model: type[Part] | None, chance: random.Random) -> Any:
    """A record in which texts are others, and keys and items come, go and change places."""
    if isinstance(value, str):
        return chance.choice([value, value, value, value, f"{value}x"])
    if isinstance(value, dict):
        known = field_by_key(model) if model is not None else {}
        keys = [key for key in value if key in ("id", "party", "on", "kind", "year") or chance.random() > 0.1]
        chance.shuffle(keys)
        of = {key: known[key].models[0] if key in known and known[key].models else None for key in keys}
        fixed = model.KEY if model is not None else ()
        return {key: value[key] if key in ("id", *fixed) else changed(value[key], of[key], chance) for key in keys}
    items = [changed(one, model, chance) for one in value if chance.random() > 0.1]
    if model is not None and items:
        for number in range(chance.choice([0, 0, 1])):
            item = copy.deepcopy(chance.choice(items))
            item["id"] = f"{item.get('id', 'new')}-{number}"
            if chance.random() < 0.5 and "id" in chance.choice(items):
                item["formerly"] = ["nobody"]
            items.append(item)
        chance.shuffle(items)
    return items


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(sorted(LEAGUE)))
def test_the_changes_of_any_two_states_lead_from_one_to_the_other(seed: int, address: str) -> None:
    model, before = model_of(address.split("/")[0]), LEAGUE[address]
    after = changed(before, model, random.Random(seed))
    for one, other in ((before, after), (after, before)):
        found = compare(one, other, model)
        assert normal(apply(one, found, model), model) == normal(other, model)
        assert bool(found) == (normal(one, model) != normal(other, model))


ODD = ("NaN", "1e999999999", "9999-12-31", "0001", "schedule", "", [], {}, ["x"], [[]], [{"party": "a"}], {"start": []})


def spoiled(value: Any, chance: random.Random) -> Any:
    """A record in which some values are what nobody would write there."""
    if chance.random() < 0.05:
        return copy.deepcopy(chance.choice(ODD))
    if isinstance(value, dict):
        return {key: spoiled(one, chance) for key, one in value.items() if chance.random() > 0.03}
    return [spoiled(one, chance) for one in value] if isinstance(value, list) else value


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(sorted(LEAGUE)))
def test_whatever_a_file_holds_every_change_of_it_is_told(seed: int, address: str) -> None:
    before = LEAGUE[address]
    after = spoiled(before, random.Random(seed))
    if not isinstance(after, dict):
        return
    for one, other in ((before, after), (after, before), (None, after), (after, None)):
        pair = Pair(address if one is not None else None, address if other is not None else None, one, other)
        rows = rows_of(pair)
        told = [row.address for row in rows]
        for change in pair.changes:
            if change.path[:1] not in (("formerly",), ("corrections",)):
                way = f"{address}.{change.field}" if change.path else address
                holder = way.rpartition(".revisions.")[0] if ".revisions." in way else way
                assert any(row.startswith((way, holder, "budget.staff.lines")) for row in told)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_the_changes_of_any_two_registers_lead_from_one_to_the_other(seed: int) -> None:
    chance = random.Random(seed)
    before: dict[str, Any] = dict(LEAGUE)
    after: dict[str, Any] = {}
    for address, data in before.items():
        folder, slash, name = address.partition("/")
        kind = chance.random()
        if kind < 0.1 and slash:
            continue
        new = changed(data, model_of(folder), chance) if kind < 0.4 else data
        if 0.4 <= kind < 0.5 and slash:
            after[f"{folder}/{name}-now"] = {**new, "formerly": [*new.get("formerly", []), name]}
        else:
            after[address] = new
    after["partners/of-one-side-alone"] = {"category": "donor"}
    found: dict[str, Any] = {}
    for pair in pairs(before, after):
        if pair.after is not None:
            found[pair.after] = apply(pair.old, pair.changes, pair.model)
    assert list(found) == sorted(after)
    for address, data in after.items():
        model = model_of(address.split("/")[0])
        assert normal(found[address], model) == normal(data, model)

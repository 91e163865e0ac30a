"""Lists of records: which are found, in which order, with which cells; and words that fit nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories import MemorySource, source

from erc_cli.commands.full_listing import list_fully
from erc_cli.commands.listing import Asked, Listed, list_records, needs_models
from erc_cli.core.derived import DERIVED
from erc_cli.core.folders import FOLDERS, SINGLE
from erc_cli.core.house import House, house_of
from erc_cli.core.list_columns import LISTINGS
from erc_cli.core.listing import View
from erc_cli.core.periods import PartialDate
from erc_cli.core.records.kinds import choices_of, field_at, kind_of, model_of, names_of, typed_data
from erc_cli.core.records.shape import field_by_key, models_of
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.core.tables import Before
from erc_cli.errors import UsageError
from erc_cli.store.emit import emit

HOUSE = House("isesco", ("en", "fr", "ar"), "USD", {}, {})
ENGLISH = View("en", HOUSE)
DAY = date(2020, 6, 15)

PARTNERS: Mapping[str, Any] = {
    "partners/oic": {
        "name": {
            "en": "Organization of Islamic Cooperation",
            "fr": "Coopération islamique",
            "ar": "منظمة التعاون الإسلامي",
        },
        "acronyms": {"en": "OIC", "fr": "OCI"},
        "category": "governmental",
        "roles": ["donor"],
        "country": "sa",
    },
    "partners/isdb": {"name": {"en": "Bank"}, "category": "donor", "country": "sa", "ended_on": "2020-03-01"},
    "partners/club": {"name": {"en": "Éclair club"}, "category": "civil-society", "ended_on": "2019-01-01"},
}


def as_it_stands(files: Mapping[str, Any]) -> MemorySource:
    """The files of a register, with nothing filled up but the plan and the budget."""
    written = {f"data/{address}.yaml": emit(content).encode() for address, content in files.items()}
    return MemorySource({**source({}).files, **written})


def listed(folder: str = "partners", files: Mapping[str, Any] = PARTNERS, **asked: Any) -> Listed:
    options = Asked(asked.get("fields", ""), tuple(asked.get("where", ())), asked.get("sort", "id"))
    view = asked.get("view", ENGLISH)
    made = as_it_stands(files) if folder == "partners" else source(files)
    if needs_models(folder, options) or asked.get("as_items"):
        return list_fully(made, folder, options, view, DAY, as_items=asked.get("as_items", False))
    return list_records(made, folder, options, view)


def ids(found: Listed) -> list[Any]:
    return [row[0] for row in found.table.rows]


def test_the_folders_are_those_of_the_record_types() -> None:
    assert (*SINGLE, *FOLDERS) == tuple(RECORD_TYPES)
    assert set(LISTINGS) == set(DERIVED) == set(FOLDERS) - {"waivers"}
    assert all(model_of(folder) is model for folder, model in RECORD_TYPES.items())


def test_default_columns() -> None:
    found = listed()
    assert [column.key for column in found.table.columns] == ["id", "acronym", "name", "category", "country"]
    assert found.table.rows[2] == ("oic", "OIC", "Organization of Islamic Cooperation", "governmental", "sa")
    assert ids(found) == ["club", "isdb", "oic"]


def test_names_in_the_language_asked_for_else_in_the_first_of_the_plan() -> None:
    found = listed(view=View("fr", HOUSE))
    assert [row[1:3] for row in found.table.rows] == [
        (None, "Éclair club"),
        (None, "Bank"),
        ("OCI", "Coopération islamique"),
    ]


def test_category_matches_the_roles_too() -> None:
    assert ids(listed(where=["category=donor"])) == ["isdb", "oic"]
    assert ids(listed(where=["category=donor", "country=sa", "name.has=bank"])) == ["isdb"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("name.has=islam", ["oic"]),
        ("name.has=cooperation", ["oic"]),
        ("name.has=منظمه التعاون الاسلامي", ["oic"]),
        ("name.has=eclair", ["club"]),
        ("name=BANK", ["isdb"]),
        ("name=ban", []),
        ("acronym=oic", ["oic"]),
        ("acronym=", ["club", "isdb"]),
        ("country=", ["club"]),
        ("id=oic", ["oic"]),
        ("ended_on.gt=2019", ["isdb"]),
        ("ended_on.lt=2020-03", ["club"]),
        ("ended_on=2020", ["isdb"]),
        ("ended_on=2020-03-02", []),
        ("acronyms.fr=OCI", ["oic"]),
    ],
)
def test_conditions(condition: str, expected: list[str]) -> None:
    assert ids(listed(where=[condition])) == expected


PROJECTS: Mapping[str, Any] = {
    "projects/one": {"kind": "programme", "number": "1", "title": {"en": "One"}, "budget": "900.00", "field": None},
    "projects/ten": {"kind": "programme", "number": "10", "title": {"en": "Ten"}, "budget": "1000.00", "field": None},
    "projects/off": {"kind": "off-budget", "title": {"en": "Off"}, "field": "education"},
}


def test_numbers_are_compared_and_sorted_as_numbers() -> None:
    assert ids(listed("projects", PROJECTS, where=["budget.gt=899.99"], sort="budget")) == ["one", "ten"]
    assert ids(listed("projects", PROJECTS, where=["budget.gt=900"])) == ["ten"]
    assert ids(listed("projects", PROJECTS, where=["budget=900"])) == ["one"]
    assert ids(listed("projects", PROJECTS, sort="number")) == ["one", "ten", "off"]


def test_a_record_without_a_value_comes_last_in_either_order() -> None:
    assert ids(listed("projects", PROJECTS, sort="-budget")) == ["ten", "one", "off"]
    assert ids(listed("projects", PROJECTS, sort="kind,-budget")) == ["off", "ten", "one"]


def test_any_stored_field_can_be_a_column() -> None:
    found = listed(fields="id,name.fr,ended_on,roles")
    assert found.table.rows[2] == ("oic", "Coopération islamique", None, "donor")
    assert found.table.rows[1][2] == PartialDate(2020, 3, 1)
    assert listed("projects", PROJECTS, fields="budget").table.rows[1] == (Decimal("900.00"),)


def test_lists_of_mappings_are_stepped_into() -> None:
    agreements = {
        "agreements/a": {
            "parties": [
                {"party": "isesco", "signed_on": "2019-01-02"},
                {"party": "partners/oic", "signed_on": "2019-02"},
            ]
        },
        **PARTNERS,
    }
    found = listed("agreements", agreements, fields="id,parties,parties.signed_on,status,signed,ends")
    assert found.table.rows == (
        (
            "a",
            ("isesco", "partners/oic"),
            (PartialDate(2019, 1, 2), PartialDate(2019, 2, 0)),
            "in-force",
            date(2019, 2, 1),
            None,
        ),
    )
    assert ids(listed("agreements", agreements, where=["parties=oic"])) == ["a"]
    assert ids(listed("agreements", agreements, where=["status=in-force", "signed.gt=2019-01"])) == ["a"]


def test_an_old_agreement_is_signed_before_a_day() -> None:
    found = listed(
        "agreements", {"agreements/old": {"signed_before": "2015-01-01"}, **PARTNERS}, fields="signed,status"
    )
    assert found.table.rows == ((Before("2015-01-01"), "in-force"),)


def test_derived_fields_of_other_folders() -> None:
    assert listed(fields="id,relationship", where=["id=oic"]).table.rows == (("oic", "prospect"),)
    states = {
        "member-states/so": {
            "special_conditions": [{"id": "a"}],
            "needs": [{"id": "n", "on": "2020-01-01", "text": {"en": "Books", "fr": "Livres", "ar": "كتب"}}],
        },
        "member-states/ma": {},
    }
    found = listed("member-states", states, fields="id,special,need_count,open_needs")
    assert found.table.rows == (("ma", False, None, None), ("so", True, 1, 1))
    assert ids(listed("member-states", states, where=["special=yes"])) == ["so"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"fields": "id,nam"}, "--fields: there is no field nam: did you mean name?"),
        ({"where": ["contry=sa"]}, "--where: there is no field contry: did you mean country?"),
        ({"sort": "-ended"}, "--sort: there is no field ended: did you mean ended_on?"),
        ({"where": ["country"]}, "--where country: write name=value"),
        ({"where": ["name.gt=a"]}, "--where name.gt=a: name has no order"),
        ({"where": ["ended_on.gt=soon"]}, "--where ended_on.gt=soon: soon is not written"),
        (
            {"where": ["category=doner"], "fields": "id,aliases"},
            "--where category=doner: no such word: did you mean donor?",
        ),
        ({"where": ["organisation_type.gt=1e9"]}, "has no order"),
    ],
)
def test_words_that_fit_nothing(asked: Mapping[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        listed(**asked)
    assert said in str(caught.value)


def test_a_number_that_is_none() -> None:
    with pytest.raises(UsageError, match=r"budget is a number, written such as 1000\.00"):
        listed("projects", PROJECTS, where=["budget.gt=1e3"])


# --- files with something wrong -----------------------------------------------------------------------------


def test_what_cannot_be_read_is_told_and_the_rest_is_listed() -> None:
    broken = MemorySource(
        {**as_it_stands(PARTNERS).files, "data/partners/torn.yaml": b"name: [\n", "data/partners/A B.yaml": b"a: b\n"}
    )
    found = list_records(broken, "partners", Asked(), ENGLISH)
    assert ids(found) == ["club", "isdb", "oic"]
    assert set(found.unread) == {"data/partners/torn.yaml", "data/partners/A B.yaml"}
    assert found.total == 3


def test_a_value_of_the_wrong_kind_is_shown_as_it_stands() -> None:
    files = source({"projects/p": PROJECTS["projects/off"]})
    odd = MemorySource({**files.files, "data/projects/odd.yaml": b"number: one\nbudget: 12,5\ntitle: [x, y]\n"})
    found = list_records(odd, "projects", Asked(sort="budget"), ENGLISH)
    assert found.table.rows[0] == ("odd", "one", None, ("x", "y"), "12,5")
    assert list_records(odd, "projects", Asked(where=("budget.gt=1",)), ENGLISH).table.rows == ()


_values = st.recursive(
    st.sampled_from(["x", "2019", "2019-01", "12.50", "partners/oic", "true", "en", "donor", "", "منظمة"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["en", "fr", "id", "on", "text", "party", "start", "year", "value"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_shape_of_data_is_too_odd_for_a_list(data: st.DataObject) -> None:
    folder = data.draw(st.sampled_from(sorted(LISTINGS)))
    keys = sorted(field_by_key(model_of(folder)))
    record = data.draw(st.dictionaries(st.sampled_from(keys), _values, max_size=5))
    from erc_cli.core.listing import Row, cell_of, ordered, table_of

    rows = [Row(f"{folder}/a", "a", record), Row(f"{folder}/b", "b", {})]
    known = LISTINGS[folder].columns
    for name, field in known.items():
        ordered(rows, f"-{name}", known, ENGLISH)
        cell_of(field, rows[0], ENGLISH)
    table_of(list(known.values()), rows, ENGLISH)
    typed_data(model_of(folder), record)


# --- for machines -------------------------------------------------------------------------------------------


def test_items_have_every_stored_field_typed_and_the_derived_ones() -> None:
    (item,) = listed("projects", {"projects/one": PROJECTS["projects/one"]}, as_items=True).items
    assert item["address"] == "projects/one"
    assert item["id"] == "one"
    assert item["number"] == 1
    assert item["budget"] == "900.00"
    assert item["title"]["en"] == "One"
    assert "field" not in item
    partners = listed(as_items=True).items
    assert [one["relationship"] for one in partners] == ["prospect"] * 3


def test_flags_are_booleans_for_machines() -> None:
    files = {"partners/p": {"name": {"en": "P"}, "category": "donor", "anonymous": "true"}}
    (item,) = listed(files=files, as_items=True).items
    assert item["anonymous"] is True


def test_fields_make_items_narrow() -> None:
    items = listed("projects", PROJECTS, fields="id,number,budget", where=["kind=programme"], as_items=True).items
    assert items[0] == {"address": "projects/one", "id": "one", "number": 1, "budget": Decimal("900.00")}


# --- the models ---------------------------------------------------------------------------------------------


def test_kinds_of_fields() -> None:
    found = {key: kind_of(model_of("partners"), key) for key in ("name", "category", "country", "ended_on", "succeeds")}
    assert found == {"name": "text", "category": "word", "country": "country", "ended_on": "date", "succeeds": "ref"}
    assert kind_of(model_of("projects"), "budget") == "amount"
    assert kind_of(model_of("meetings"), "session") == "number"
    assert kind_of(model_of("partners"), "anonymous") == "flag"
    assert choices_of(model_of("meetings"), "mode") == ("in-person", "remote")
    for model in models_of(RECORD_TYPES):
        for key in field_by_key(model):
            assert kind_of(model, key)


def test_paths_into_the_models() -> None:
    assert field_at(model_of("partners"), ("name", "fr")) is not None
    assert field_at(model_of("partners"), ("name", "fr", "x")) is None
    assert field_at(model_of("partners"), ("source", "part")) is not None
    assert field_at(model_of("partners"), ("nothing",)) is None
    assert {"parties.party", "renewal.months"} <= set(names_of(model_of("agreements")))


def test_the_house_is_read_whatever_is_wrong_with_the_plan() -> None:
    assert house_of(None).languages == ()
    odd = {"organisation": "x", "languages": "en", "currency": ["USD"], "units": {"a": "b"}, "fields": [1, {"id": "a"}]}
    assert house_of(odd) == House("", (), "", {}, {})
    plan = {
        "languages": ["fr"],
        "fields": [{"id": "solar", "title": "Énergie solaire"}],
        "units": [{"id": "u", "name": "U"}],
    }
    assert house_of(plan).labels("en") == {"solar": "Énergie solaire"}
    assert house_of(plan).name("u", "ar") == "U"

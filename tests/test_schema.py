"""JSON Schemas for editors: valid themselves, true to the data, and of use where something is wrong."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from tests.factories import filled

from erc_cli.commands.schema import TYPES, editor_settings, schema_of
from erc_cli.core.records.shape import fields_of, models_of
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.errors import NotFoundError
from erc_cli.store.field_docs import field_docs

DATA = Path(__file__).parent.parent / "data"


def typed(value: Any) -> Any:
    """What an editor's YAML reader makes of a file: numbers and flags typed, days still text."""
    if isinstance(value, dict):
        return {str(key): typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [typed(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def complaints(folder: str, record: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(schema_of(folder)).iter_errors(record)]


@pytest.mark.parametrize("folder", TYPES)
def test_every_schema_is_one(folder: str) -> None:
    schema = schema_of(folder)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["description"]


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.yaml")), ids=lambda path: path.stem)
def test_the_plan_fits(path: Path) -> None:
    folder = path.parent.name if path.parent != DATA else path.stem
    with path.open(encoding="utf-8") as file:
        assert complaints(folder, typed(yaml.safe_load(file))) == []


@pytest.mark.parametrize("folder", TYPES)
def test_records_as_text_fit_too(folder: str) -> None:
    record = filled(folder if folder in ("plan", "budget") else f"{folder}/one", {})
    assert complaints(folder, record) == []


@pytest.mark.parametrize("model", models_of(RECORD_TYPES), ids=lambda model: model.__name__)
def test_every_field_has_a_docstring(model: Any) -> None:
    docs = field_docs(model)
    assert [field.name for field in fields_of(model) if not docs.get(field.name)] == []


def test_properties_have_titles_descriptions_words_and_patterns() -> None:
    partner = schema_of("partner")["properties"]
    assert partner["ended_on"]["title"] == "Ended on"
    assert partner["ended_on"]["description"] == "The day it ceased to be."
    assert "donor" in partner["category"]["enum"]
    budget = schema_of("budget")["$defs"]["ProgrammeLine"]["properties"]["amount"]
    assert budget["anyOf"] == [
        {"pattern": r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$", "type": "string"},
        {"type": "number"},
    ]
    assert "null" not in str(schema_of("activities"))


def test_the_id_need_not_be_in_the_file() -> None:
    assert schema_of("partner")["required"] == ["name", "category"]


PARTNER = {"name": {"en": "A"}, "category": "donor"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ["A"]},
        {"name": {}},
        {"name": {"english": "A"}},
        {"category": "doner"},
        {"roles": []},
        {"country": "SA"},
        {"ended_on": "2019-1-1"},
        {"ended_on": 2019},
        {"unknown": "x"},
        {"links": ["http://example.org"]},
        {"anonymous": "maybe"},
        {"contacts": [{"id": "a"}]},
        {"conditions": [{"id": "a b", "text": {"en": "x"}}]},
        {"due_diligence": [{"on": "2019-01-01", "result": "pass", "by": "isesco", "valid_months": 1.5}]},
        {"notes": None},
    ],
)
def test_wrong_data_does_not_fit(wrong: dict[str, Any]) -> None:
    assert complaints("partners", PARTNER) == []
    assert complaints("partners", {**PARTNER, **wrong})


@pytest.mark.parametrize(
    "right",
    [
        {"anonymous": True},
        {"anonymous": "true"},
        {"organisation_type": 40},
        {"acronyms": {"en": 77}},
        {"identifiers": [{"scheme": "iati", "value": 12345}]},
        {"due_diligence": [{"on": "2019-01-01", "result": "pass", "by": "isesco", "valid_months": 12}]},
        {"conditions": [{"id": "a", "text": {"en": "x"}, "compatible": "yes"}]},
        {"conditions": [{"id": "a", "text": {"en": "x"}, "compatible": True}]},
    ],
)
def test_what_editors_see_as_numbers_and_flags_fits(right: dict[str, Any]) -> None:
    assert complaints("partners", {**PARTNER, **right}) == []


def test_wrong_amounts_and_dates_do_not_fit() -> None:
    with (DATA / "budget.yaml").open(encoding="utf-8") as file:
        budget = typed(yaml.safe_load(file))
    for wrong in ("1,532,888.00", "1.5e6", [1], True):
        odd = copy.deepcopy(budget)
        odd["programmes"]["total"] = wrong
        assert complaints("budget", odd), wrong
    assert complaints("activities", {"title": {"en": "A"}, "kind": "forum", "project": "p"})
    activity = {"title": {"en": "A"}, "kind": "forum", "project": "projects/p"}
    assert complaints("activities", {**activity, "planned": {"start": 2019, "end": "2019-03"}}) == []
    assert complaints("activities", {**activity, "planned": {"start": "spring", "end": "2019-03"}})


def test_types_by_folder_and_by_noun() -> None:
    assert schema_of("member-state") == schema_of("member-states")
    assert schema_of("activity") == schema_of("activities")
    with pytest.raises(NotFoundError, match="there is no record type partnr: did you mean partner"):
        schema_of("partnr")


def test_editor_settings_name_every_type() -> None:
    settings = editor_settings()["yaml.schemas"]
    assert settings["./schemas/partners.json"] == "data/partners/*.yaml"
    assert settings["./schemas/budget.json"] == "data/budget.yaml"
    assert len(settings) == len(TYPES)

"""Identity: ids that are no slugs, there twice, given up, or the own organisation's."""

from __future__ import annotations

from typing import Any

import pytest

from erc_cli.commands.check import check as check_source
from erc_cli.core.findings import Finding
from factories import Files, MemorySource, check, codes, source


def of(code: str, files: Files) -> list[Finding]:
    return [finding for finding in check(files) if finding.code == code]


@pytest.mark.parametrize("record_id", ["con", "nul", "com1", "lpt9"])
def test_a_device_of_windows_is_no_id(record_id: str) -> None:
    assert len(of("IDS001", {f"partners/{record_id}": {}})) == 1


@pytest.mark.parametrize("record_id", ["console", "com10", "lpt"])
def test_what_only_looks_like_a_device_is_one(record_id: str) -> None:
    assert of("IDS001", {f"partners/{record_id}": {}}) == []


@pytest.mark.parametrize("record_id", ["OIC", "oic_1", "-oic", "oic-", "o--ic", "oic é", "a" * 65])
def test_a_file_name_that_is_no_slug_is_told(record_id: str) -> None:
    files = {
        **source({}).files,
        f"data/partners/{record_id}.yaml": source({"partners/x": {}}).files["data/partners/x.yaml"],
    }
    assert [f.code for f in check_source(MemorySource(files)).findings] == ["IDS001"]


def test_files_that_differ_only_by_case_are_told() -> None:
    files = dict(source({"partners/oic": {}}).files)
    files["data/partners/OIC.yaml"] = files["data/partners/oic.yaml"]
    found = [f for f in check_source(MemorySource(files)).findings if f.code == "IDS002"]
    assert [f.problem.message for f in found] == ["partners/OIC and partners/oic differ only by case"]


@pytest.mark.parametrize(
    ("files", "field", "message"),
    [
        (
            {"partners/p": {"contacts": [{"id": "press"}, {"id": "head"}, {"id": "press"}]}},
            ("contacts", 2, "id"),
            "contacts: press is there twice",
        ),
        (
            {"partners/p": {"identifiers": [{"scheme": "IATI"}, {"scheme": "iati"}]}},
            ("identifiers", "iati", "scheme"),
            "identifiers: IATI and iati are the same, give one of them another id",
        ),
        (
            {
                "agreements/a": {
                    "events": [{"kind": "suspended", "on": "2019-05-01"}, {"kind": "suspended", "on": "2019-05-01"}]
                }
            },
            ("events", 1, "on"),
            "events: 2019-05-01-suspended is there twice, give one of them another id",
        ),
        (
            {"plan": {"priorities": [{"id": "one"}, {"id": "one"}]}},
            ("priorities", 1, "id"),
            "priorities: one is there twice",
        ),
        (
            {"activities/a": {"budget": [{"year": 2019, "amount": "1.00"}, {"year": 2019, "amount": "1.00"}]}},
            ("budget", 1, "year"),
            "budget: 2019 is there twice, give one of them another id",
        ),
        (
            {"projects/p": {"areas": [{"id": "a", "outcomes": [{"id": "o"}, {"id": "o"}]}]}},
            ("areas", "a", "outcomes", 1, "id"),
            "outcomes: o is there twice",
        ),
    ],
)
def test_items_with_one_key_are_told_at_the_second(files: Files, field: Any, message: str) -> None:
    (found,) = of("IDS002", files)
    assert found.problem.field == field
    assert found.problem.message == message
    (first,) = found.problem.related
    assert first.place is not None
    assert found.place is not None
    assert first.place.line < found.place.line


def test_what_other_rules_tell_is_left_to_them() -> None:
    target = {"year": "2019", "value": "1"}
    measurement = {"id": "m", "targets": [target, target], "actuals": [target, target]}
    indicators = [{"id": "p", "measurement_indicators": [measurement]}]
    files: Files = {
        "projects/p": {"areas": [{"id": "a", "outcomes": [{"id": "o", "performance_indicators": indicators}]}]},
        "agreements/a": {"parties": [{"party": "isesco"}, {"party": "partners/oic"}, {"party": "partners/oic"}]},
    }
    assert of("IDS002", files) == []


def area(area_id: str, performance: str, measurement: str) -> dict[str, Any]:
    indicator = {"id": performance, "measurement_indicators": [{"id": measurement}]}
    return {"id": area_id, "outcomes": [{"id": "reading", "performance_indicators": [indicator]}]}


def test_outcomes_of_two_areas_may_share_an_id_and_indicators_may_not() -> None:
    assert of("IDS002", {"projects/p": {"areas": [area("a", "one", "two"), area("b", "three", "four")]}}) == []
    (found,) = of("IDS002", {"projects/p": {"areas": [area("a", "one", "two"), area("b", "two", "four")]}})
    assert found.problem.message == "performance indicator two: an indicator of the project has this id already"
    assert found.problem.field == (
        *("areas", "b", "outcomes", "reading", "performance_indicators", "two"),
        "id",
    )


def test_an_id_inside_may_repeat_the_file_name() -> None:
    assert of("IDS003", {"partners/oic": {"id": "oic"}}) == []
    (found,) = of("IDS003", {"partners/oic": {"id": "oci"}})
    assert found.problem.message == "id oci differs from the name of the file, oic (it need not be there)"


def test_a_record_with_another_id_inside_is_checked_under_the_name_of_its_file() -> None:
    files = {"partners/oic": {"id": "oci", "succeeds": "partners/gone"}}
    assert codes(files, complete=False) == ["IDS003", "REF001"]


def test_a_reference_to_an_id_that_only_stands_inside_a_file_is_told() -> None:
    files = {"partners/oic": {"id": "oci"}, "partners/oic-fund": {"succeeds": "partners/oci"}}
    assert codes(files, complete=False) == ["IDS003", "REF001"]


def test_an_item_does_not_take_an_id_that_another_gave_up() -> None:
    (found,) = of("IDS004", {"partners/p": {"contacts": [{"id": "head", "formerly": ["chief"]}, {"id": "chief"}]}})
    assert found.problem.message == "chief is an id that head gave up: choose another"
    assert found.problem.field == ("contacts", "chief", "id")


def test_an_id_given_up_in_one_folder_is_free_in_another() -> None:
    assert of("IDS004", {"partners/p": {"formerly": ["q"]}, "agreements/q": {}}) == []


@pytest.mark.parametrize("address", ["partners/isesco", "projects/isesco", "meetings/isesco"])
def test_the_own_id_is_reserved_in_every_folder(address: str) -> None:
    (found,) = of("IDS005", {address: {}})
    assert found.problem.record == address


def test_the_own_id_is_what_the_plan_says() -> None:
    files: Files = {"plan": {"organisation": {"id": "alecso"}}, "partners/alecso": {}}
    assert [f.problem.record for f in of("IDS005", files)] == ["partners/alecso"]


def test_a_unit_is_not_called_like_the_organisation() -> None:
    (found,) = of("IDS005", {"plan": {"units": [{"id": "isesco"}]}})
    assert found.problem.field == ("units", "isesco", "id")

"""Waivers: which findings they accept, and which waivers are of no use."""

from __future__ import annotations

from typing import Any

import pytest

from erc_cli.core.findings import Finding, Problem, Waived
from erc_cli.core.waiving import apply_waivers, unused_waivers
from factories import Files, check, register

NAMELESS: Files = {"partners/oic": {"name": {"fr": None}}}


def with_waiver(files: Files, **waiver: Any) -> list[Finding]:
    return check({**files, "waivers/w": waiver})


def shown(findings: list[Finding]) -> list[str]:
    return [f"{f.code} {f.problem.record}{' waived' if f.waived else ''}" for f in findings]


def test_a_waived_finding_stays_on_the_list() -> None:
    (found,) = with_waiver(
        NAMELESS,
        code="LNG001",
        record="partners/oic",
        reason="Asked for",
        owner="external-relations",
        until="2019-06-30",
    )
    assert found.waived == Waived("Asked for", "external-relations", "2019-06-30")
    assert found.severity == "warning"


@pytest.mark.parametrize("field", ["name", None])
def test_a_waiver_covers_its_field_or_the_whole_record(field: str | None) -> None:
    found = with_waiver(NAMELESS, code="LNG001", record="partners/oic", field=field)
    assert shown(found) == ["LNG001 partners/oic waived"]


@pytest.mark.parametrize("field", ["name.fr", "nam", "acronyms"])
def test_a_waiver_of_another_field_waives_nothing(field: str) -> None:
    found = with_waiver(NAMELESS, code="LNG001", record="partners/oic", field=field)
    assert shown(found) == ["LNG001 partners/oic", "WVR003 waivers/w"]


def test_a_field_covers_what_is_inside_it() -> None:
    files: Files = {"partners/oic": {"documents": [{"id": "charter", "title": {"fr": None}}]}}
    assert shown(with_waiver(files, record="partners/oic", field="documents.charter")) == ["LNG001 partners/oic waived"]
    assert "WVR003 waivers/w" in shown(with_waiver(files, record="partners/oic", field="documents.chart"))


def test_a_waiver_of_another_record_waives_nothing() -> None:
    assert shown(with_waiver(NAMELESS, code="LNG001", record="plan")) == ["LNG001 partners/oic", "WVR003 waivers/w"]


@pytest.mark.parametrize(
    ("waiver", "message"),
    [
        ({"code": "LNG01"}, "there is no rule LNG01 (did you mean LNG001?)"),
        ({"code": "lng001"}, "there is no rule lng001 (did you mean LNG001?)"),
        ({"code": "nonsense"}, "there is no rule nonsense (erc explain lists them)"),
    ],
)
def test_an_unknown_code_is_told_instead(waiver: dict[str, str], message: str) -> None:
    found = with_waiver(NAMELESS, record="partners/oic", **waiver)
    assert shown(found) == ["LNG001 partners/oic", "WVR001 waivers/w"]
    assert found[1].problem.message == message


def test_an_unknown_record_is_told_instead() -> None:
    found = check({"waivers/w": {"record": "partners/oci.name"}, "partners/oic": {"formerly": ["oci"]}}, complete=False)
    assert [(f.code, f.problem.message) for f in found] == [("WVR001", "there is no partners/oci.name")]
    found = check({"waivers/w": {"record": "partners/oci"}, "partners/oic": {"formerly": ["oci"]}}, complete=False)
    assert [(f.code, f.problem.message) for f in found] == [("WVR001", "partners/oci was renamed to partners/oic")]
    assert found[0].problem.fix == "partners/oic"


@pytest.mark.parametrize("missing", ["reason", "owner", "until"])
def test_a_waiver_is_answered_for(missing: str) -> None:
    found = with_waiver(NAMELESS, record="partners/oic", **{missing: None})
    assert shown(found) == ["LNG001 partners/oic waived", "WVR002 waivers/w"]
    assert found[1].problem.field == (missing,)


@pytest.mark.parametrize("code", ["YML013", "IDS002", "HIS001", "WVR003", "BUD001", "BUD007", "BUD021", "BUD022"])
def test_some_codes_cannot_be_waived(code: str) -> None:
    assert [f.code for f in with_waiver({}, code=code, record="plan") if f.code != "WVR001"] == ["WVR004"]


def test_what_cannot_be_waived_is_not_waived() -> None:
    files: Files = {"partners/oic": {"contacts": [{"id": "a"}, {"id": "a"}]}}
    found = with_waiver(files, code="IDS002", record="partners/oic")
    assert shown(found) == ["IDS002 partners/oic", "WVR004 waivers/w"]


def test_waivers_keep_the_order_and_the_number_of_findings() -> None:
    of_plan = Finding("REF001", "error", Problem("plan", ("units",), "one"))
    of_partner = Finding("REF001", "error", Problem("partners/oic", (), "two"))
    here = register({"waivers/w": {"code": "REF001", "record": "partners/oic"}})
    marked = apply_waivers([of_plan, of_partner, of_plan], here)
    assert [f.problem.message for f in marked] == ["one", "two", "one"]
    assert [f.waived is not None for f in marked] == [False, True, False]
    assert unused_waivers(marked, here) == []


def test_a_waiver_of_a_rule_that_did_not_run_is_not_judged() -> None:
    here = register({"waivers/w": {"code": "LNG001", "record": "partners/oic"}})
    assert [f.code for f in unused_waivers([], here)] == ["WVR003"]
    assert unused_waivers([], here, codes={"LNG002"}) == []


def test_a_waiver_of_the_merged_tree_is_not_judged_on_one_tree() -> None:
    here = register({"waivers/w": {"code": "MRG004", "record": "partners/oic"}})
    assert unused_waivers([], here) == []

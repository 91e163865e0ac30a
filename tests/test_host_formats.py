"""Findings for GitLab, SARIF and JUnit: what their formats ask for is there, and data is inert."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft7Validator

from commands_made import here, make_register

HOSTILE = "<b>&]]>\"' --> é"

# GitLab, "Code Quality report format": https://docs.gitlab.com/ci/testing/code_quality/
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./|/).+"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}

# The parts of OASIS SARIF 2.1.0 that are written, with what sections 3.13 to 3.33 ask of them.
TEXT = {
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {"text": {"type": "string"}},
}
PLACE = {
    "type": "object",
    "required": ["artifactLocation", "region"],
    "additionalProperties": False,
    "properties": {
        "artifactLocation": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"uri": {"type": "string", "pattern": "^[!-~]+$"}, "uriBaseId": {"const": "%SRCROOT%"}},
        },
        "region": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                name: {"type": "integer", "minimum": 1} for name in ("startLine", "startColumn", "endColumn")
            },
        },
    },
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "additionalProperties": False,
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"type": "string"},
                                    "version": {"type": "string"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "additionalProperties": False,
                                            "properties": {
                                                "id": {"type": "string"},
                                                "shortDescription": TEXT,
                                                "fullDescription": TEXT,
                                                "defaultConfiguration": {
                                                    "type": "object",
                                                    "properties": {
                                                        "level": {"enum": ["none", "note", "warning", "error"]}
                                                    },
                                                },
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": TEXT,
                                "locations": {
                                    "type": "array",
                                    "items": {"type": "object", "properties": {"physicalLocation": PLACE}},
                                },
                                "relatedLocations": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "required": ["id"],
                                        "properties": {
                                            "id": {"type": "integer", "minimum": 0},
                                            "physicalLocation": PLACE,
                                            "message": TEXT,
                                        },
                                    },
                                },
                                "suppressions": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "required": ["kind"],
                                        "properties": {
                                            "kind": {"enum": ["inSource", "external"]},
                                            "justification": {"type": "string"},
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A total that does not fit, a hostile category, a missing translation that is waived."""
    make_register(tmp_path)
    for address, old, new in (
        ("budget", "total: '150.00'", "total: 151.00"),
        ("partners/oic", "category: governmental", f"category: {json.dumps(HOSTILE)}"),
        ("partners/old", "  fr: Quelque chose old\n", ""),
    ):
        path = tmp_path / f"data/{address}.yaml"
        text = path.read_text("utf-8")
        assert old in text, (address, text)
        path.write_text(text.replace(old, new), encoding="utf-8")
    (tmp_path / "data/waivers").mkdir()
    (tmp_path / "data/waivers/w.yaml").write_text(
        "code: LNG001\nrecord: partners/old\nreason: Being asked for\nowner: isesco\nuntil: 2030-01-01\n",
        encoding="utf-8",
    )
    return tmp_path


def written(root: Path, form: str) -> str:
    said = here(root, "check", "--format", form)
    assert said.code == 1, said
    return said.out


def test_gitlab_reads_code_quality(root: Path) -> None:
    issues: list[dict[str, Any]] = json.loads(written(root, "gitlab"))
    Draft7Validator(GITLAB).validate(issues)
    assert [(one["check_name"], one["location"]) for one in issues if one["check_name"] != "REF001"] == [
        ("BUD001", {"path": "data/budget.yaml", "lines": {"begin": 9}}),
        ("SCH004", {"path": "data/partners/oic.yaml", "lines": {"begin": 5}}),
    ]
    prints = {one["fingerprint"] for one in issues}
    assert len(prints) == len(issues)
    path = root / "data/budget.yaml"
    path.write_text("# moved\n\n" + path.read_text("utf-8"), encoding="utf-8")
    assert {one["fingerprint"] for one in json.loads(written(root, "gitlab"))} == prints


def test_sarif_is_a_log_of_version_two_one(root: Path) -> None:
    log: dict[str, Any] = json.loads(written(root, "sarif"))
    Draft7Validator(SARIF).validate(log)
    (run,) = log["runs"]
    rules = [one["id"] for one in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert all(place["id"] == at for at, place in enumerate(result.get("relatedLocations", [])))
    (total,) = [one for one in run["results"] if one["ruleId"] == "BUD001"]
    assert total["locations"][0]["physicalLocation"]["region"] == {"startLine": 9, "startColumn": 10, "endColumn": 16}
    assert [one["physicalLocation"]["region"]["startLine"] for one in total["relatedLocations"]] == [5, 8]
    (waived,) = [one for one in run["results"] if one["ruleId"] == "LNG001"]
    assert waived["suppressions"] == [{"kind": "external", "justification": "Being asked for"}]


def test_junit_has_a_case_for_each_file(root: Path) -> None:
    suites = ElementTree.fromstring(written(root, "junit"))
    (suite,) = suites
    assert (suites.tag, suite.tag) == ("testsuites", "testsuite")
    cases = {case.get("name"): [child.tag for child in case] for case in suite}
    assert cases["data/budget.yaml"] == ["failure"]
    assert cases["data/partners/old.yaml"] == ["system-out"]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == (
        str(len(cases)),
        str(len(cases) - 1),
        "0",
    )
    (failure,) = [one for one in suite.iter("failure") if one.get("type") == "SCH004"]
    assert HOSTILE in (failure.get("message") or "")
    assert (failure.text or "").startswith("data/partners/oic.yaml:5:11: SCH004")


@pytest.mark.parametrize("form", ["gitlab", "sarif", "junit"])
def test_a_clean_register_passes_in_every_format(form: str, tmp_path: Path) -> None:
    make_register(tmp_path)
    said = here(tmp_path, "check", "--format", form)
    assert said.code == 0
    assert said.out
    if form == "junit":
        (suite,) = ElementTree.fromstring(said.out)
        assert (suite.get("tests"), suite.get("failures")) == ("1", "0")

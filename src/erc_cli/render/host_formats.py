"""Findings as other hosts and tools read them: GitLab's code quality, SARIF 2.1.0, JUnit."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from erc_cli.core.checked import Checked
from erc_cli.core.findings import Finding, Place
from erc_cli.core.rules.catalogue import RULES
from erc_cli.core.text import visible
from erc_cli.version import VERSION

_LEVELS = {"error": "major", "warning": "minor"}


def gitlab(checked: Checked, colour: bool) -> str:
    """Return the findings that are not waived as a code quality report, an array of issues.

    A fingerprint stays the same while the finding does, wherever in the file it moves.
    """
    del colour
    seen: dict[str, int] = {}
    issues = []
    for finding in _open(checked):
        place = _place(finding)
        about = "\0".join((finding.code, place.path, finding.problem.record, finding.field_address))
        seen[about] = seen.get(about, 0) + 1
        print_of = hashlib.sha256(f"{about}\0{seen[about]}".encode()).hexdigest()
        issues.append(
            {
                "description": visible(f"{finding.code} {finding.problem.message}"),
                "check_name": finding.code,
                "fingerprint": print_of,
                "severity": _LEVELS[finding.severity],
                "location": {"path": visible(place.path), "lines": {"begin": place.line}},
            }
        )
    return _json(issues)


def sarif(checked: Checked, colour: bool) -> str:
    """Return the findings as a SARIF log; those that are waived are suppressed, with the reason."""
    del colour
    codes = sorted({finding.code for finding in checked.findings})
    driver = {
        "name": "erc",
        "version": VERSION,
        "rules": [_sarif_rule(code) for code in codes],
    }
    results = [_sarif_result(finding, codes) for finding in checked.findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _json({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]})


def _sarif_rule(code: str) -> dict[str, Any]:
    rule = RULES[code]
    return {
        "id": code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.reason or rule.title},
        "defaultConfiguration": {"level": rule.severity},
    }


def _sarif_result(finding: Finding, codes: list[str]) -> dict[str, Any]:
    place = _place(finding)
    found: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": finding.severity,
        "message": {"text": visible(finding.problem.message)},
        "locations": [{"physicalLocation": _sarif_place(place)}],
    }
    related = [one for one in finding.problem.related if one.place is not None]
    if related:
        found["relatedLocations"] = [
            {"id": at, "physicalLocation": _sarif_place(one.place or place), "message": {"text": visible(one.message)}}
            for at, one in enumerate(related)
        ]
    if finding.waived is not None:
        found["suppressions"] = [{"kind": "external", "justification": visible(finding.waived.reason)}]
    return found


def _sarif_place(place: Place) -> dict[str, Any]:
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": max(place.end_column, place.column)}
    path = place.path.encode("utf-8", "surrogateescape")
    return {"artifactLocation": {"uri": quote(path), "uriBaseId": "%SRCROOT%"}, "region": region}


def junit(checked: Checked, colour: bool) -> str:
    """Return one test case for each file with findings, or one for the whole where there are none.

    A file fails by its errors; warnings and waived findings are told as output.
    """
    del colour
    by_path: dict[str, list[Finding]] = {}
    for finding in checked.findings:
        by_path.setdefault(_place(finding).path, []).append(finding)
    cases = [_case(path, findings) for path, findings in by_path.items()]
    cases = cases or [f'    <testcase classname="erc.check" name={_attribute(f"{checked.files} files")}/>\n']
    failing = sum(any(one.severity == "error" and not one.waived for one in found) for found in by_path.values())
    head = f'name="erc check" tests="{len(cases)}" failures="{failing}" errors="0"'
    body = f"  <testsuite {head}>\n{''.join(cases)}  </testsuite>\n"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{body}</testsuites>\n'


def _case(path: str, findings: list[Finding]) -> str:
    failures = [one for one in findings if one.severity == "error" and not one.waived]
    others = [one for one in findings if one not in failures]
    lines = [f'    <testcase classname="erc.check" name={_attribute(path)}>\n']
    for one in failures:
        message = f"{one.code} {one.problem.message}"
        place = _place(one)
        where = escape(_xml(f"{place.path}:{place.line}:{place.column}: {message}"))
        lines.append(f'      <failure type="{one.code}" message={_attribute(message)}>{where}</failure>\n')
    if others:
        told = "\n".join(f"{'waived' if o.waived else o.severity} {o.code} {o.problem.message}" for o in others)
        lines.append(f"      <system-out>{escape(_xml(told))}</system-out>\n")
    return "".join([*lines, "    </testcase>\n"])


def _attribute(text: str) -> str:
    return quoteattr(_xml(text))


def _xml(text: str) -> str:
    """Text without what XML cannot hold; line ends stay."""
    return "\n".join(visible(line) for line in text.split("\n"))


def _open(checked: Checked) -> list[Finding]:
    return [finding for finding in checked.findings if not finding.waived]


def _place(finding: Finding) -> Place:
    return finding.place or Place("data", 1, 1, 1)


def _json(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"

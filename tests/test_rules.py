"""The examples in the rules' docstrings are their tests."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable

import pytest

from erc_cli.commands.check import check
from erc_cli.core.findings import Finding
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.core.rules import catalogue
from erc_cli.core.rules.catalogue import FAMILY_TITLES, RULES
from erc_cli.core.rules.rule import Rule
from erc_cli.store.worktree import Source, WorkTree
from factories import MINIMAL, MemorySource, example_bytes, example_files, raw_source, source

NAMES_OF_FILES = ("YML015", "YML019")
"""Rules whose examples are names of files below `data/`, with `->` for links."""

OF_ONE_TREE = {code: rule for code, rule in RULES.items() if not code.startswith(("HIS", "MRG"))}
"""The rules that look at one state of the register; the others have tests of their own."""

every_rule = pytest.mark.parametrize("rule", OF_ONE_TREE.values(), ids=OF_ONE_TREE)


def source_of(rule: Rule, heading: str, folder: str) -> Source:
    example = rule.example(heading)
    if rule.code in NAMES_OF_FILES:
        return _on_disk(example.splitlines(), folder)
    if rule.code.startswith("YML"):
        return raw_source(example_bytes(example))
    return source(example_files(example), complete=not rule.code.startswith("REF"))


def _on_disk(names: Iterable[str], root: str) -> WorkTree:
    for path, content in source({"partners/example": {}}).files.items():
        os.makedirs(os.path.dirname(f"{root}/{path}"), exist_ok=True)
        with open(f"{root}/{path}", "wb") as file:
            file.write(content)
    for name in names:
        path, _, target = name.partition(" -> ")
        if target:
            os.symlink(target, f"{root}/data/{path}")
        else:
            os.rename(f"{root}/data/partners/example.yaml", f"{root}/data/{path}")
            with open(f"{root}/data/partners/example.yaml", "wb") as file:
                file.write(source({"partners/example": {}}).files["data/partners/example.yaml"])
    return WorkTree(root)


def shown(findings: Iterable[Finding]) -> list[str]:
    return [f"{finding.place}: {finding.code} {finding.problem.message}" for finding in findings]


@every_rule
def test_the_passing_example_passes(rule: Rule, tmp_path: os.PathLike[str]) -> None:
    findings = check(source_of(rule, "Passes", str(tmp_path)), strict=rule.code == "YML018").findings
    unwanted = [f for f in findings if f.code == rule.code or f.code.startswith(("YML", "SCH"))]
    assert shown(f for f in unwanted if f.code != "YML018" or f.problem.record == "partners/example") == []


@every_rule
def test_the_failing_example_fails(rule: Rule, tmp_path: os.PathLike[str]) -> None:
    files = source_of(rule, "Fails", str(tmp_path))
    findings = check(files, strict=rule.code == "YML018").findings
    found = [finding for finding in findings if finding.code == rule.code]
    assert found, shown(findings)
    for finding in found:
        assert finding.severity == rule.severity
        for place in (finding.place, *(related.place for related in finding.problem.related)):
            assert place is not None
            assert place.end_column >= place.column >= 1
            if rule.code not in NAMES_OF_FILES:
                lines = files.content(place.path).decode("utf-8", "replace").splitlines()
                assert 1 <= place.line <= len(lines)


@every_rule
def test_a_failing_example_breaks_nothing_else_in_reading(rule: Rule, tmp_path: os.PathLike[str]) -> None:
    findings = check(source_of(rule, "Fails", str(tmp_path))).findings
    others = [f for f in findings if f.code != rule.code and f.code.startswith(("YML", "SCH"))]
    assert shown(others) == []


@every_rule
def test_a_rule_has_a_whole_manual_page(rule: Rule) -> None:
    assert rule.title.endswith(".")
    assert len(rule.title) <= 110
    assert len(rule.reason.split()) >= 5
    assert rule.source
    assert rule.example("Passes")
    assert rule.example("Fails")
    assert rule.code[:3] in FAMILY_TITLES


def test_no_code_is_there_twice() -> None:
    rules = [value for family in catalogue._FAMILIES for value in vars(family).values() if isinstance(value, Rule)]
    assert [code for code, count in Counter(rule.code for rule in rules).items() if count > 1] == []
    assert len(rules) == len(RULES)


@pytest.mark.parametrize("folder", [folder for folder in RECORD_TYPES if folder != "waivers"])
def test_a_minimal_record_has_no_finding(folder: str) -> None:
    address = folder if folder in ("plan", "budget") else f"{folder}/so"
    assert shown(check(source({address: {}})).findings) == []


def test_there_is_a_minimal_record_of_every_type() -> None:
    assert set(MINIMAL) == set(RECORD_TYPES)


def test_a_source_in_memory_lists_what_it_is_asked_for() -> None:
    files = MemorySource({"data/plan.yaml": b"", "data/partners/oic.yaml": b"", "data/projects/p.yaml": b""})
    assert [entry.path for entry in files.entries(("plan", "partners"))[0]] == [
        "data/partners/oic.yaml",
        "data/plan.yaml",
    ]

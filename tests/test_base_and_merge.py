"""What a change does to what was there, and what two branches make together: on real repositories, real merges."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from commands_made import Said, here
from erc_cli.core.rules.catalogue import RULES
from erc_cli.core.rules.rule import Rule
from factories import example_files, source
from git_made import EXAMPLE, commit, git, make_repository, replace, write

OF_TWO_TREES = {code: rule for code, rule in RULES.items() if code.startswith(("HIS", "MRG"))}
every_rule = pytest.mark.parametrize("rule", OF_TWO_TREES.values(), ids=OF_TWO_TREES)


def codes(said: Said) -> list[str]:
    found: dict[str, Any] = json.loads(said.out)
    return [one["code"] for one in found["findings"]]


def check(root: Path, *words: str) -> list[str]:
    said = here(root, "check", *words, "--format", "json")
    assert said.code in (0, 1), said
    return codes(said)


# The examples of the manual pages


def put(root: Path, files: dict[str, Any]) -> None:
    """Write the files of an example and what they refer to; what it says is gone is taken away."""
    there = {name: content for name, content in files.items() if content != "gone"}
    for path, content in source(there).files.items():
        if not (root / path).exists() or path.removeprefix("data/").removesuffix(".yaml") in files:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
    for name in files:
        if files[name] == "gone":
            (root / f"data/{name}.yaml").unlink()


def parts(example: str) -> list[dict[str, Any]]:
    texts = re.split(r"^(?:then|one|other)$", example, flags=re.MULTILINE)
    return [example_files(text) if text.strip() else {} for text in texts]


def found_in(rule: Rule, heading: str, root: Path) -> list[str]:
    first, *states = parts(rule.example(heading))
    root.mkdir()
    git(root, "init", "--quiet")
    put(root, {"plan": {}, "budget": {}, **first})
    commit(root)
    for name, state in zip(("one", "other"), states, strict=False):
        git(root, "checkout", "--quiet", "-b", name, "main")
        put(root, state)
        commit(root, name)
    if rule.code.startswith("HIS"):
        return check(root, "--base", "main", "--at", "one")
    return check(root, "--merge", "one", "other")


@every_rule
def test_the_passing_example_passes(rule: Rule, tmp_path: Path) -> None:
    assert rule.code not in found_in(rule, "Passes", tmp_path / "house")


@every_rule
def test_the_failing_example_fails(rule: Rule, tmp_path: Path) -> None:
    assert rule.code in found_in(rule, "Fails", tmp_path / "house")


@every_rule
def test_a_rule_has_a_whole_manual_page(rule: Rule) -> None:
    assert rule.title.endswith(".")
    assert len(rule.title) <= 110
    assert len(rule.reason.split()) >= 5


# History


@pytest.fixture
def league(tmp_path: Path) -> Path:
    folder = tmp_path / "league"
    shutil.copytree(EXAMPLE, folder)
    git(folder, "init", "--quiet")
    commit(folder)
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "house")


MOVED = "donors-conference-2024"
REVISION = "programmes.lines.solidarity.revisions.terfane-emergency"
DAY = ("--date", "2024-07-12")


@pytest.mark.parametrize(
    "words",
    [
        ("partner", "add", "--name", "A", "--name-fr", "B", "--name-ar", "ج", "--category", "donor"),
        ("agreement", "suspend", "lighthouse-mou-2023", *DAY, "--reason", "Storm"),
        ("activity", "move", MOVED, "--start", "2024-12-03", "--cause", "funding", *DAY, "--reason", "x"),
        ("budget", "revise", "non-governmental-2024", "25000", "--update-totals", "--reason", "Less", *DAY),
        ("rename", "partners/harbour-states-union", "harbour-union"),
        ("rename", "meetings/uhs-committee-8.decisions.shift-allocation", "shift"),
        ("rename", "agreements/uhs-programme-2024", "programme"),
        ("partner", "retire", "tidewater-bank", "--date", "2025-12-31"),
        ("meeting", "decide", "uhs-committee-8", "More", "text.fr=Plus", "text.ar=أكثر", "--owner", "programmes",
         "--due", "2024-12-01", "--id", "more"),
        ("fmt",),
    ],
    ids=lambda words: " ".join(words[:2]),
)  # fmt: skip
def test_what_commands_do_breaks_no_history(league: Path, words: tuple[str, ...]) -> None:
    said = here(league, *words)
    assert said.code == 0, said
    assert [code for code in check(league, "--base", "HEAD") if code.startswith("HIS")] == []


@pytest.mark.parametrize(
    ("address", "old", "new", "code", "field"),
    [
        ("budget", "amount: 240000.00", "amount: 250000.00", "HIS002", "programmes.lines.partnerships.amount"),
        ("budget", "2023: 98000.00", "2023: 98000.01", "HIS002", "staff.lines.salaries.years.2023"),
        ("budget", "to: 195000.00", "to: 196000.00", "HIS003", f"{REVISION}.to"),
        ("activities/harbour-forum-2025", "start: 2025-09-09", "start: 2025-09-10", "HIS002", "planned.start"),
    ],
)
def test_what_was_approved_or_happened_is_not_edited_in_place(
    league: Path, address: str, old: str, new: str, code: str, field: str
) -> None:
    path = league / f"data/{address}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    said = here(league, "check", "--base", "HEAD", "--format", "json", "--select", "HIS")
    assert [(one["code"], one["field"]) for one in json.loads(said.out)["findings"]] == [(code, field)]
    assert said.code == 1


INDICATOR = (
    "areas.governmental.outcomes.wider-partnerships.performance_indicators.governmental-framework"
    ".measurement_indicators.governmental-agreements"
)


@pytest.mark.parametrize(
    ("address", "pattern", "new", "found"),
    [
        (
            "projects/partnerships",
            r"(actuals:\n\s+- year: \d+\n\s+value: )[\d.]+",
            r"\g<1>99",
            f"HIS003 {INDICATOR}.actuals.2023.value",
        ),
        (
            "projects/partnerships",
            r"(targets:\n\s+- year: \d+\n\s+value: )[\d.]+",
            r"\g<1>99",
            f"HIS002 {INDICATOR}.targets.2023.value",
        ),
        ("projects/partnerships", r"(baseline:\n\s+value: )[\d.]+", r"\g<1>99", f"HIS002 {INDICATOR}.baseline.value"),
        ("agreements/open-shelves-mou-2023", r"  - kind: suspended\n(    [^\n]*\n)+", "", "HIS003 events"),
        ("agreements/almenara-mou-2021", r"sha256: \w{8}", "sha256: 00000000", "HIS005 documents.signed-text.sha256"),
        (
            "agreements/lighthouse-mou-2023",
            r"signed_on: 2023-01-2\d",
            "signed_on: 2023-01-11",
            "HIS002 parties.lantern-league.signed_on",
        ),
        (
            "agreements/lighthouse-mou-2023",
            "partners/lighthouse-network",
            "partners/brightglass",
            "HIS005 parties.partners/brightglass",
        ),
        (
            "activities/donors-conference-2024",
            r"(expenditures:.*?amount: )[\d.]+",
            r"\g<1>1.00",
            "HIS003 expenditures.conference-costs.amount",
        ),
        (
            "activities/donors-conference-2024",
            r"(contributions:.*?amount: )[\d.]+",
            r"\g<1>1.00",
            "HIS003 contributions.union-pledge.amount",
        ),
        (
            "meetings/uhs-committee-8",
            r"(text:\n\s+en: )",
            r"\g<1>Not so. ",
            "HIS003 decisions.exchange-curricula.text.en",
        ),
    ],
    ids=lambda one: one[:30],
)
def test_what_happened_or_was_agreed_is_not_edited_by_hand(
    league: Path, address: str, pattern: str, new: str, found: str
) -> None:
    path = league / f"data/{address}.yaml"
    before = path.read_text("utf-8")
    after = re.sub(pattern, new, before, count=1, flags=re.DOTALL)
    assert after != before
    path.write_text(after, encoding="utf-8")
    said = here(league, "check", "--base", "HEAD", "--format", "json", "--select", "HIS")
    assert found in [f"{one['code']} {one['field']}" for one in json.loads(said.out)["findings"]]


def test_a_correction_that_is_noted_is_no_finding(league: Path) -> None:
    words = ("set", "meetings/uhs-committee-8.held_on=2024-06-10", "--correct", "Typed wrongly", *DAY)
    said = here(league, *words)
    assert said.code == 0, said
    assert check(league, "--base", "HEAD", "--select", "HIS") == []


def test_claimed_totals_may_move(league: Path) -> None:
    path = league / "data/budget.yaml"
    path.write_text(path.read_text("utf-8").replace("  total: 435000.00", "  total: 435000.01"), encoding="utf-8")
    assert check(league, "--base", "HEAD", "--select", "HIS") == []


def test_a_record_that_erc_removes_is_noted_and_one_that_is_deleted_is_a_finding(root: Path) -> None:
    write(root, "partners/twice", "name: {en: New, fr: Neuf, ar: جديد}\ncategory: donor\n")
    commit(root)
    (root / "data/partners/twice.yaml").unlink()
    assert check(root, "--base", "HEAD") == ["HIS001"]
    git(root, "checkout", "--quiet", ".")
    assert here(root, "remove", "partners/twice", "--reason", "Twice").code == 0
    assert check(root, "--base", "HEAD") == []


def test_new_only_fails_on_what_is_new(root: Path) -> None:
    write(root, "partners/wrong", "category: donor\n")
    commit(root, "wrong already")
    assert here(root, "check", "--base", "HEAD", "--new-only").code == 0
    assert here(root, "check", "--base", "HEAD").code == 1
    write(root, "partners/worse", "category: donor\n")
    said = here(root, "check", "--base", "HEAD", "--new-only", "--format", "concise")
    assert said.code == 1
    assert said.out.startswith("data/partners/worse.yaml:1:1: error SCH002")
    assert len(said.out.splitlines()) == 1
    assert said.err.splitlines()[0] == "1 of 2 findings new since HEAD"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--base", "nothing"), 3),
        (("--merge", "nothing", "HEAD"), 3),
        (("--base", "HEAD", "--merge", "HEAD", "HEAD"), 2),
        (("--new-only",), 2),
        (("--merge", "HEAD", "HEAD", "--at", "HEAD"), 2),
    ],
)
def test_what_does_not_fit_together_is_said(root: Path, words: tuple[str, ...], code: int) -> None:
    said = here(root, "check", *words)
    assert said.code == code, said
    assert said.out == ""


def test_a_shallow_clone_without_the_base_says_how_to_get_it(root: Path, tmp_path: Path) -> None:
    first = git(root, "rev-parse", "HEAD")
    commit(root, "more")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root}", "shallow")
    for words in (("--base", first), ("--merge", first, "HEAD")):
        said = here(tmp_path / "shallow", "check", *words)
        assert said.code == 3
        assert "git fetch --unshallow" in said.err


# Merges


def branches(root: Path, one: Any, other: Any) -> None:
    """Make two branches from main, each by a function that changes the files."""
    for name, change in (("one", one), ("other", other)):
        git(root, "checkout", "--quiet", "-b", name, "main")
        change()
        commit(root, name)
    git(root, "checkout", "--quiet", "main")


def run(root: Path, *words: str) -> None:
    said = here(root, *words)
    assert said.code == 0, said


def merge(root: Path) -> list[str]:
    """Each branch is right by itself, git merges them cleanly or not; return what the check of the merge finds."""
    for name in ("one", "other"):
        assert [code for code in check(root, "--at", name) if not code.startswith(("LNG", "AGR", "ACT"))] == []
    before = {path: path.read_bytes() for path in (root / ".git").rglob("*") if path.is_file()}
    found = check(root, "--merge", "one", "other")
    assert {path: path.read_bytes() for path in (root / ".git").rglob("*") if path.is_file()} == before
    return found


def is_clean(root: Path) -> bool:
    """Whether git itself merges the two branches without a conflict."""
    git(root, "checkout", "--quiet", "one")
    try:
        git(root, "merge", "--quiet", "--no-edit", "other")
    except AssertionError:
        git(root, "merge", "--abort")
        return False
    finally:
        git(root, "checkout", "--quiet", "--force", "main")
    return True


LINES = """\
programmes:
  lines:
    - id: works
      project: projects/works
      amount: 100.00
    # between the first
    # and the second
    - id: talks
      project: projects/talks
      amount: 50.00
  total: 150.00
"""


def with_project(root: Path, name: str, lines: str) -> None:
    """A new project with its line of 100, and the total raised by 100."""
    text = (root / "data/projects/works.yaml").read_text("utf-8").replace("'100.00'", "100.00")
    write(root, f"projects/{name}", text.replace("meetings", f"{name}-meetings"))
    write(root, "budget", lines)


def test_two_branches_that_each_add_a_hundred_and_raise_the_total_are_refused(root: Path) -> None:
    write(root, "budget", LINES)
    commit(root)
    total = LINES.replace("total: 150.00", "total: 250.00")
    line = "    - id: {0}\n      project: projects/{0}\n      amount: 100.00\n"
    branches(
        root,
        lambda: with_project(root, "first", total.replace("  lines:\n", "  lines:\n" + line.format("first"))),
        lambda: with_project(root, "last", total.replace("    - id: talks", line.format("last") + "    - id: talks")),
    )
    found = merge(root)
    assert {"BUD001", "MRG001"} <= set(found)
    said = here(root, "check", "--merge", "one", "other")
    assert said.code == 1
    assert "is not the sum of its lines" in said.out
    assert "(only once both are merged)" in said.out
    assert is_clean(root)


def test_one_id_created_by_both_is_refused_whether_git_sees_a_conflict_or_not(root: Path) -> None:
    record = "name: {en: New, fr: Neuf, ar: جديد}\ncategory: academic\n"
    branches(root, lambda: write(root, "partners/new", record), lambda: write(root, "partners/new", record))
    assert merge(root) == ["MRG002"]
    git(root, "checkout", "--quiet", "other")
    replace(root, "partners/new", "academic", "foundation")
    commit(root)
    git(root, "checkout", "--quiet", "main")
    assert sorted(merge(root)) == ["MRG002", "MRG006"]


def test_what_one_removes_or_renames_the_other_does_not_need(root: Path) -> None:
    def refer() -> None:
        write(root, "partners/new", "name: {en: New, fr: Neuf, ar: جديد}\ncategory: academic\nsucceeds: partners/old\n")

    branches(root, lambda: run(root, "rename", "partners/old", "older"), refer)
    assert sorted(merge(root)) == ["MRG003", "REF001"]
    assert is_clean(root)


def test_a_rename_on_one_side_and_an_edit_on_the_other_go_together(root: Path) -> None:
    with (root / "data/partners/old.yaml").open("a", encoding="utf-8") as file:
        file.write("aliases:\n" + "".join(f"  - Alias {number}\n" for number in range(9)))
    commit(root)
    branches(
        root,
        lambda: run(root, "rename", "partners/old", "older"),
        lambda: replace(root, "partners/old", "Alias 4", "Alias four"),
    )
    assert merge(root) == []
    assert is_clean(root)


def test_a_conflict_of_lines_is_told_once(root: Path) -> None:
    branches(
        root,
        lambda: replace(root, "partners/old", "category: governmental", "category: foundation"),
        lambda: replace(root, "partners/old", "category: governmental", "category: academic"),
    )
    said = here(root, "check", "--merge", "one", "other", "--format", "concise")
    assert said.code == 1
    assert said.out.splitlines()[-1].startswith("data/partners/old.yaml:1:1: error MRG006 git cannot merge")


def test_both_revise_one_allocation(league: Path) -> None:
    def revise(amount: str, day: str) -> None:
        words = ("budget", "revise", "non-governmental-2024", amount, "--reason", "x", "--date", day, "--update-totals")
        assert here(league, *words).code == 0

    branches(league, lambda: revise("28000", "2024-07-01"), lambda: revise("29000", "2024-07-02"))
    assert set(check(league, "--merge", "one", "other")) & {"MRG001", "MRG006", "BUD011"}


def test_both_spend_what_is_left(root: Path) -> None:
    text = "{year: 2019, amount: %s}"
    (root / "data/budget.yaml").write_text(
        LINES
        + "allocations:\n  lines:\n    - {id: x, project: projects/works, area: first, year: 2019, amount: 50.00}\n"
        "  totals:\n    - {project: projects/works, allocated: 50.00, unallocated: 50.00}\n",
        encoding="utf-8",
    )
    forum = (root / "data/activities/forum.yaml").read_text("utf-8")
    commit(root)
    branches(
        root,
        lambda: write(root, "activities/forum", f"{forum}budget:\n  - {text % '30.00'}\n"),
        lambda: write(root, "activities/second", f"{forum}budget:\n  - {text % '30.00'}\n"),
    )
    found = merge(root)
    assert "BUD008" in found
    assert "MRG004" in found
    assert is_clean(root)


def test_one_suspends_and_one_terminates(league: Path) -> None:
    why = ("--reason", "Storm", *DAY)
    branches(
        league,
        lambda: run(league, "agreement", "suspend", "harbour-heritage-protocol", *why),
        lambda: run(league, "agreement", "terminate", "harbour-heritage-protocol", *why),
    )
    said = here(league, "check", "--merge", "one", "other", "--format", "concise")
    assert "MRG005 one branch notes that it was suspended, the other that it was terminated: both cannot be" in said.out


def test_branches_that_touch_different_things_are_fine(league: Path) -> None:
    branches(
        league,
        lambda: run(league, "agreement", "suspend", "lighthouse-mou-2023", "--reason", "Storm", *DAY),
        lambda: run(league, "partner", "retire", "tidewater-bank", "--date", "2025-12-31"),
    )
    assert [code for code in check(league, "--merge", "one", "other") if code != "BUD016"] == []


def test_no_merge_driver_of_the_repository_runs(root: Path, tmp_path: Path) -> None:
    script = tmp_path / "driver"
    script.write_text(f"#!/bin/sh\ntouch '{tmp_path}/ran'\nexit 0\n")
    script.chmod(0o755)
    (root / ".gitattributes").write_text("*.yaml merge=mine\n")
    commit(root)
    git(root, "config", "merge.mine.driver", str(script))
    branches(
        root,
        lambda: replace(root, "partners/old", "category: governmental", "category: foundation"),
        lambda: replace(root, "partners/old", "category: governmental", "category: academic"),
    )
    assert "MRG006" in check(root, "--merge", "one", "other")
    assert not (tmp_path / "ran").exists()

"""`erc diff` on real repositories: what a reviewer is told of a change, in every format."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from commands_made import here
from git_made import EXAMPLE, commit, git, make_repository, replace, write

DAY = ("--on", "2024-07-05")
HOSTILE = "[a](http://x.example) @team #12 <img src=x onerror=alert(1)> ::error:: `b` | c \\ https://y.example"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "house")


@pytest.fixture
def league(tmp_path: Path) -> Path:
    folder = tmp_path / "league"
    shutil.copytree(EXAMPLE, folder)
    git(folder, "init", "--quiet")
    commit(folder)
    return folder


def diff(root: Path, *words: str) -> dict[str, Any]:
    said = here(root, "diff", *words, "--format", "json")
    assert said.code == 0, said
    found: dict[str, Any] = json.loads(said.out)
    assert found["schema"] == "erc.diff/1"
    return found


def changes(root: Path, *words: str) -> list[tuple[str, str, str, str | None, str | None]]:
    return [
        (one["group"], one["class"], one["address"], one["before"], one["after"])
        for one in diff(root, *words)["changes"]
    ]


def test_nothing_differs_in_a_fresh_repository(root: Path) -> None:
    said = here(root, "diff", "--exit-code")
    assert (said.code, said.out.splitlines()[2]) == (0, "Nothing in the register differs.")


def test_a_value_of_one_field_is_one_change_with_its_place(root: Path) -> None:
    replace(root, "partners/oic", "category: governmental", "category: donor")
    found = diff(root)
    assert found["records"] == [{"address": "partners/oic", "was": "partners/oic", "state": "changed", "status": None}]
    (change,) = found["changes"]
    assert (change["path"], change["line"]) == ("data/partners/oic.yaml", 5)
    assert changes(root) == [("partners", "other", "partners/oic.category", "governmental", "donor")]
    assert here(root, "diff", "--exit-code").code == 1
    commit(root)
    assert changes(root) == []
    assert len(changes(root, "HEAD~1..HEAD")) == len(changes(root, "HEAD~1")) == 1


def test_new_and_removed_files_count_whether_git_knows_them_or_not(root: Path) -> None:
    write(root, "partners/new", "name: {en: New, fr: Neuf, ar: جديد}\ncategory: donor\n")
    (root / "data/partners/old.yaml").unlink()
    expected = [
        ("partners", "new", "partners/new", None, "category donor; name New"),
        ("partners", "removed", "partners/old", "category governmental; name Something old", None),
    ]
    assert changes(root) == expected
    git(root, "add", "--intent-to-add", "data/partners/new.yaml")
    assert changes(root) == expected
    git(root, "add", "--all")
    assert changes(root) == expected


def test_a_renamed_record_is_one_record(root: Path) -> None:
    assert here(root, "rename", "partners/isdb", "bank").code == 0
    found = diff(root)
    assert [(one["was"], one["address"], one["state"]) for one in found["records"]] == [
        ("activities/forum", "activities/forum", "changed"),
        ("meetings/opening", "meetings/opening", "changed"),
        ("partners/isdb", "partners/bank", "renamed"),
    ]
    assert "partners/isdb is now partners/bank." in here(root, "diff").out


def test_another_layout_is_formatting_only(root: Path) -> None:
    path = root / "data/partners/oic.yaml"
    path.write_bytes(b"# note\r\n" + path.read_bytes().replace(b"\n", b"\r\n"))
    found = diff(root)
    assert (found["changes"], found["formatting"]) == ([], ["data/partners/oic.yaml"])
    assert "Formatting only: no data changed." in here(root, "diff").out


def test_a_broken_file_is_named_and_the_others_are_compared(root: Path) -> None:
    write(root, "partners/oic", "name: [")
    replace(root, "partners/old", "category: governmental", "category: donor")
    found = diff(root)
    assert found["unread"] == ["partners/oic"]
    assert [one["address"] for one in found["changes"]] == ["partners/old.category"]
    assert "Cannot be read on one side: partners/oic." in here(root, "diff").out


def test_amounts_have_their_difference_and_class_and_totals_that_stayed_are_told(root: Path) -> None:
    replace(root, "budget", "amount: '100.00'", "amount: 120.00")
    replace(root, "projects/works", "budget: '100.00'", "budget: 120.01")
    found = diff(root)
    money = [(one["address"], one["class"], one["difference"], one["percent"]) for one in found["changes"]]
    assert money == [
        ("budget.programmes.lines.works.amount", "budget-change", "20.00", "20.0"),
        ("projects/works.budget", "large-budget-change", "20.01", "20.0"),
    ]
    assert found["totals_that_did_not_move"] == [
        {"address": "budget.programmes.total", "claim": "150.00", "sum": "170.00"}
    ]
    assert "Totals that did not move with their parts" in here(root, "diff").out


def test_an_extension_costs_nothing_unless_money_moves_with_it(league: Path) -> None:
    amend = ["agreement", "amend", "almenara-mou-2021", "--summary", "More", "summary.fr=Plus", "summary.ar=أكثر"]
    assert here(league, *amend, "--ends", "2026-09-30", "--date", "2024-07-01").code == 0
    found = diff(league, *DAY)
    (change,) = found["changes"]
    # Renewed for a year at a time since 2023-09-30, its term was to end on 2024-09-30: two years are 730 days.
    assert (change["class"], change["days"]) == ("no-cost-extension", 730)
    assert found["records"][0]["status"] == {"before": "in-force", "after": "in-force"}
    replace(league, "agreements/almenara-mou-2021", "kind: memorandum-of-understanding", "kind: cooperation-agreement")
    path = league / "data/agreements/almenara-mou-2021.yaml"
    path.write_text(
        path.read_text("utf-8")
        + "commitments:\n  - id: desk\n    party: partners/almenara-university\n    amount: 10.00\n"
        "    form: cash\n    text: {en: A desk, fr: Un bureau, ar: مكتب}\n",
        encoding="utf-8",
    )
    kinds = {one["address"].partition(".")[2]: one["class"] for one in diff(league, *DAY)["changes"]}
    assert kinds["amendments.more"] == "status-event"
    assert kinds["commitments.desk.amount"] == "new"


def test_status_events_parties_corrections_results_and_wording_have_their_class(league: Path) -> None:
    replace(league, "agreements/lighthouse-mou-2023", "kind: memorandum-of-understanding", "kind: protocol")
    assert (
        here(league, "agreement", "suspend", "lighthouse-mou-2023", "--date", "2024-06-20", "--reason", "Storm").code
        == 0
    )
    assert here(league, "set", "partners/brightglass.name.ar=زجاج").code == 0
    assert here(league, "set", "meetings/uhs-committee-8.held_on=2024-06-10", "--correct", "Typed wrongly").code in (
        0,
        5,
    )
    kinds = {(one["group"], one["class"]) for one in diff(league, *DAY)["changes"]}
    assert {("agreements", "other"), ("agreements", "status-event"), ("wording", "wording")} <= kinds
    found = diff(league, *DAY)
    statuses = {one["address"]: one["status"] for one in found["records"]}
    assert statuses["agreements/lighthouse-mou-2023"] == {"before": "in-force", "after": "suspended"}
    text = here(league, "diff", *DAY).out
    assert "agreements/lighthouse-mou-2023: in force before, suspended now, on 5 July 2024." in " ".join(text.split())


def test_effects_are_findings_due_items_relationships_and_room(league: Path) -> None:
    amend = ["agreement", "amend", "almenara-mou-2021", "--summary", "More", "summary.fr=Plus", "summary.ar=أكثر"]
    assert here(league, *amend, "--ends", "2026-09-30", "--date", "2024-07-01").code == 0
    stop = ["agreement", "terminate", "meridian-prize-2022", "--date", "2024-07-01", "--reason", "The prize ends."]
    assert here(league, *stop).code == 0
    revise = ["budget", "revise", "non-governmental-2024", "25000", "--update-totals", "--reason", "Less", "--date"]
    assert here(league, *revise, "2024-07-02").code == 0
    assert here(league, "unset", "partners/brightglass.name.fr").code == 0
    found = diff(league, *DAY, "--effects")["effects"]
    # The prize of 2025 was planned under the agreement that ended.
    assert sorted((one["code"], one["record"]) for one in found["new_findings"]) == [
        ("ACT007", "activities/lamp-prize-2025"),
        ("LNG001", "partners/brightglass"),
        ("REF004", "activities/lamp-prize-2025"),
    ]
    assert found["gone_findings"] == []
    # Both were to be renewed tacitly, with a last day to object; one has a later end now, the other none.
    assert [(one["kind"], one["address"]) for one in found["no_longer_due"]] == [
        ("objection-deadline", "agreements/meridian-prize-2022"),
        ("objection-deadline", "agreements/almenara-mou-2021"),
    ]
    # It gave and judged the prizes, so it goes on as a partner without an agreement.
    assert [(one["address"], one["before"], one["after"]) for one in found["relationships"]] == [
        ("partners/meridian-foundation", "agreement", "ad-hoc")
    ]
    # 240,000 less 205,000 allocated, then less 200,000; and 30,000, then 25,000, less 9,000, 11,000 and 3,000.
    assert found["headroom"] == [
        {"address": "projects/partnerships", "year": None, "before": "35000.00", "after": "40000.00"},
        {
            "address": "projects/partnerships.areas.non-governmental",
            "year": "2024",
            "before": "7000.00",
            "after": "2000.00",
        },
    ]
    assert found["counted"] == []


def test_a_record_that_counts_moves_the_indicator(league: Path) -> None:
    path = league / "data/agreements/uhs-cooperation-2024.yaml"
    before = diff(league, *DAY, "--effects")["effects"]
    assert before is None
    path.unlink()
    (league / "data/agreements/uhs-programme-2024.yaml").unlink()
    found = diff(league, *DAY, "--effects")["effects"]["counted"]
    # Three were signed with governmental partners by 2024; without these two one is left.
    assert [(one["address"], one["year"], one["before"], one["after"]) for one in found] == [
        ("projects/partnerships.indicators.governmental-agreements", "2024", "3", "1")
    ]


def test_three_dots_compare_with_where_two_branches_went_apart(root: Path) -> None:
    git(root, "checkout", "--quiet", "-b", "side")
    replace(root, "partners/oic", "category: governmental", "category: donor")
    commit(root)
    git(root, "checkout", "--quiet", "main")
    replace(root, "partners/old", "category: governmental", "category: academic")
    commit(root)
    assert [one[2] for one in changes(root, "main...side")] == ["partners/oic.category"]
    assert [one[2] for one in changes(root, "main..side")] == ["partners/oic.category", "partners/old.category"]


def test_a_register_in_a_folder_of_the_repository_is_compared(tmp_path: Path) -> None:
    root = make_repository(tmp_path, "plans/الخطة")
    replace(root, "partners/oic", "category: governmental", "category: donor")
    write(root, "partners/new", "name: {en: New, fr: Neuf, ar: جديد}\ncategory: donor\n")
    (tmp_path / "elsewhere.txt").write_text("x")
    expected = ["partners/new", "partners/oic.category"]
    assert [one[2] for one in changes(root)] == expected
    commit(tmp_path)
    assert [one[2] for one in changes(root, "HEAD~1..HEAD")] == expected


@pytest.mark.parametrize("asked", ["nothing", "nothing..HEAD", "HEAD..nothing", "--no-such", "..x"])
def test_revisions_that_are_not_there_are_said(root: Path, asked: str) -> None:
    said = here(root, "diff", "--", asked) if asked.startswith("-") else here(root, "diff", asked)
    assert said.code == 3
    assert "there is no revision" in said.err


def test_it_writes_nothing_and_says_the_same_twice(league: Path) -> None:
    replace(league, "partners/brightglass", "category: private-sector", "category: donor")
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in league.rglob("*") if path.is_file()}
    for form in ("text", "md", "json", "html"):
        first, second = (here(league, "diff", *DAY, "--format", form, "--effects") for _ in range(2))
        assert first.code == 0
        assert first.out == second.out
    assert {
        path: (path.stat().st_mtime_ns, path.read_bytes()) for path in league.rglob("*") if path.is_file()
    } == before


def test_a_comment_is_inert_and_small(root: Path) -> None:
    path = root / "data/partners/oic.yaml"
    names = "".join(f"  - '{HOSTILE.replace(chr(39), '')} {number}'\n" for number in range(2000))
    path.write_text(
        path.read_text("utf-8").replace("aliases:\n  - Union\n  - House\n", f"aliases:\n{names}"), encoding="utf-8"
    )
    for number in range(400):
        text = f"name: {{en: 'New {number}', fr: 'Neuf {number}', ar: جديد}}\ncategory: donor\n"
        write(root, f"partners/new-{number}", text)
    write(root, "partners/wrong", "category: donor\nname: {en: '" + HOSTILE + "', fr: b, ar: ج}\n")
    said = here(root, "diff", "--format", "md").out
    assert said.startswith("<!-- erc diff -->\n")
    assert len(said.encode()) < 64 * 1024
    outside = re.sub(r"<!-- erc diff -->|</?details>|</?summary>", "", said)
    assert not re.search(r"<[a-z!/]|@team|(?<!&)#1|https?://|\]\(", outside)
    assert not re.search(r"^::", said, re.MULTILINE)
    page = here(root, "diff", "--format", "html").out
    assert "<img" not in page
    assert "<script" not in page


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "1e999999999", "-1e-999999999", "1_000", "'٣'", "[x]"])
def test_what_is_no_amount_is_told_as_it_is_written(root: Path, text: str) -> None:
    replace(root, "budget", "amount: '100.00'", f"amount: {text}")
    (change,) = diff(root)["changes"]
    assert (change["group"], change["class"], change["before"]) == ("other", "other", "100.00")
    assert (change["after"], change["difference"]) == (text.strip("'[]"), None)
    for form in ("text", "md", "html"):
        said = here(root, "diff", "--format", form, "--effects")
        assert (said.code, said.err) == (0, "")
        assert len(said.out) < 20_000


def test_items_that_say_less_than_they_must_are_told(league: Path) -> None:
    replace(league, "agreements/open-shelves-mou-2023", "  - party: lantern-league\n    signatory", "  - signatory")
    (change,) = diff(league)["changes"]
    assert change["address"] == "agreements/open-shelves-mou-2023.parties"
    assert "signatory Secretary-General" in change["after"]


def test_a_text_that_changed_in_one_language_names_those_in_which_it_did_not(league: Path) -> None:
    replace(league, "partners/brightglass", "خيالي. تصنع المصابيح.", "خيالي. تصنع مصابيح كثيرة.")
    replace(league, "partners/brightglass", "  en: Brightglass Company", "  en: Brightglass Works")
    replace(league, "partners/brightglass", "  fr: Société Verreclair", "  fr: Ateliers Verreclair")
    found = [(one["address"], one["as_before_in"]) for one in diff(league)["changes"]]
    assert found == [
        ("partners/brightglass.name.en", ["ar"]),
        ("partners/brightglass.name.fr", ["ar"]),
        ("partners/brightglass.description.ar", ["en", "fr"]),
    ]
    row = next(line for line in here(league, "diff").out.splitlines() if "description.ar" in line)
    assert row.endswith("  en, fr")


def test_indicators_are_told_by_their_short_address_and_revisions_of_what_is_new_once(league: Path) -> None:
    replace(
        league,
        "projects/partnerships",
        "value: 3\n                  comparator",
        "value: 4\n                  comparator",
    )
    path = league / "data/activities/harbour-forum-2025.yaml"
    write(league, "activities/harbour-forum-2026", path.read_bytes())
    said = here(league, "diff").out
    assert "projects/partnerships.indicators.governmental-agreements.baseline.value  change of results" in said
    assert "harbour-forum-2026.budget.2025.revisions.larger-forum.to  " in said
    assert "larger-forum.from" not in said


def test_a_comment_that_is_too_long_has_something_of_every_part_and_counts_the_rest(league: Path) -> None:
    for number in range(150):
        text = "long " * 200
        write(league, f"partners/p-{number}", f"name: {{en: {text}, fr: N, ar: ن}}\ncategory: donor\n")
    replace(league, "partners/brightglass", "  en: Brightglass Company", "  en: Brightglass Works")
    said = here(league, "diff", "--format", "md", *DAY).out
    assert len(said.encode()) < 64 * 1024
    assert [line for line in said.splitlines() if line.startswith("#### ")] == [
        "#### Partners",
        "#### Wording",
        "#### What follows",
    ]
    shown = sum(line.startswith("| partners/p-") and "| new |" in line for line in said.splitlines())
    assert 0 < shown < 150
    assert f"{150 - shown} more lines do not fit here." in said


@pytest.mark.parametrize("kind", ["clean", "process"])
def test_no_filter_runs_when_files_are_looked_at(root: Path, tmp_path: Path, kind: str) -> None:
    canary = tmp_path / "ran"
    (root / ".gitattributes").write_text("*.yaml filter=a=b.C\n", encoding="utf-8")
    commit(root)
    for path in (root / "data").rglob("*.yaml"):  # as young as the index: git has to look inside
        path.touch()
    git(root, "add", "--all")
    git(root, "config", f"filter.a=b.C.{kind}", f"touch '{canary}'; cat")
    git(root, "config", "filter.a=b.C.required", "true")
    replace(root, "partners/oic", "category: governmental", "category: donor")
    assert [one["address"] for one in diff(root)["changes"]] == ["partners/oic.category"]
    assert not canary.exists()


def test_tables_speak_the_readers_language(league: Path) -> None:
    replace(league, "partners/brightglass", "category: private-sector", "category: donor")
    assert "Modifications du registre" in here(league, "diff", "--lang", "fr").out
    assert "تغييرات السجل" in here(league, "diff", "--lang", "ar").out

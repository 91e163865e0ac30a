"""`erc log` on real repositories: who changed what, when, through renames and merges."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from commands_made import here
from git_made import commit, git, make_repository, replace, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "house")


def log(root: Path, *words: str) -> list[tuple[str, str | None, str | None, str]]:
    said = here(root, "log", *words, "--format", "json")
    assert said.code == 0, said
    found: dict[str, Any] = json.loads(said.out)
    assert found["schema"] == "erc.log/1"
    return [(one["address"], one["before"], one["after"], one["subject"]) for one in found["items"]]


def test_a_field_has_every_value_it_had_the_newest_first(root: Path) -> None:
    replace(root, "partners/oic", "category: governmental", "category: donor")
    commit(root, "A donor", "2020-02-01T10:00:00+0300")
    replace(root, "partners/old", "category: governmental", "category: academic")
    commit(root, "Somebody else")
    replace(root, "partners/oic", "category: donor", "category: academic")
    assert log(root, "partners/oic.category") == [
        ("partners/oic.category", "donor", "academic", ""),
        ("partners/oic.category", "governmental", "donor", "A donor"),
        ("partners/oic.category", None, "governmental", "Begin"),
    ]
    assert log(root, "partners/oic.category", "--at", "HEAD")[0][3] == "A donor"
    assert log(root, "partners/oic", "--limit", "2") == log(root, "partners/oic.category")[:2]
    assert log(root, "partners/oic", "--at", "HEAD")[-1] == ("partners/oic", None, "(the whole record)", "Begin")
    row = json.loads(here(root, "log", "partners/oic.category", "--at", "HEAD", "--format", "json").out)["items"][0]
    assert (row["on"], row["author"]) == ("2020-02-01T10:00:00+03:00", "A. Tester")
    assert len(row["commit"]) == 40


def test_csv_is_for_auditors(root: Path) -> None:
    replace(root, "budget", "amount: '100.00'", "amount: 120.00")
    commit(root, '=cmd|more, "quoted"\n\nbody', "2020-02-01T10:00:00+0000")
    said = here(root, "log", "budget", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert list(rows[0]) == ["on", "author", "commit", "address", "before", "after", "subject"]
    assert (rows[0]["before"], rows[0]["after"], rows[0]["subject"]) == ("100.00", "120.00", '\'=cmd|more, "quoted"')


def test_history_goes_on_through_a_rename_of_the_record_and_of_an_item(root: Path) -> None:
    replace(root, "meetings/opening", "owner: partners/isdb", "owner: partners/oic")
    commit(root, "The owner")
    assert here(root, "rename", "meetings/opening.decisions.go", "went").code == 0
    commit(root, "The item")
    assert here(root, "rename", "meetings/opening", "first").code == 0
    commit(root, "The record")
    replace(root, "meetings/first", "owner: partners/oic", "owner: partners/old")
    commit(root, "The owner again")
    assert log(root, "meetings/first.decisions.went.owner") == [
        ("meetings/first.decisions.went.owner", "partners/oic", "partners/old", "The owner again"),
        ("meetings/opening.decisions.go.owner", "partners/isdb", "partners/oic", "The owner"),
        ("meetings/opening.decisions.go.owner", None, "partners/isdb", "Begin"),
    ]


def test_what_came_by_a_merge_is_told_once(root: Path) -> None:
    git(root, "checkout", "--quiet", "-b", "side")
    replace(root, "partners/oic", "category: governmental", "category: donor")
    commit(root, "On the side")
    git(root, "checkout", "--quiet", "main")
    (root / "data/partners/oic.yaml").write_bytes((root / "data/partners/oic.yaml").read_bytes() + b"notes: Main\n")
    commit(root, "On main")
    git(root, "merge", "--quiet", "--no-edit", "side")
    assert sorted(one[3] for one in log(root, "partners/oic")) == ["Begin", "On main", "On the side"]
    assert [one[3] for one in log(root, "partners/oic.category")] == ["On the side", "Begin"]


def test_a_removed_record_still_has_its_history(root: Path) -> None:
    (root / "data/partners/old.yaml").unlink()
    commit(root, "Gone")
    assert log(root, "partners/old")[0] == ("partners/old", "(the whole record)", None, "Gone")
    said = here(root, "log", "partners/nobody")
    assert (said.code, "there is no partners/nobody" in said.err) == (4, True)
    assert here(root, "log", "nothing").code == 4


def test_hostile_names_of_authors_are_made_visible(root: Path) -> None:
    replace(root, "partners/oic", "category: governmental", "category: donor")
    git(root, "add", "--all")
    git(
        root,
        "-c",
        "user.name=x",
        "commit",
        "--quiet",
        "--author=\x1b[31mEve\u202e <e@x.example>",
        "--message=\x1b[2J wiped",
    )
    for form in ("plain", "md", "json", "csv"):
        said = here(root, "log", "partners/oic", "--format", form)
        assert "\x1b" not in said.out
        assert "\u202e" not in said.out
        assert "Eve" in said.out


def test_five_hundred_commits_are_read_and_a_revision_among_them(root: Path) -> None:
    stream = []
    for number in range(500):
        text = f"name: {{en: Name {number}, fr: Nom, ar: اسم}}\ncategory: donor\n".encode()
        head = f"commit refs/heads/main\ncommitter A. Tester <a@b.example> {1_600_000_000 + number} +0000\n"
        begin = "from refs/heads/main^0\n" if not number else ""
        stream.append(f"{head}data 4\nn{number:03}\n{begin}".encode())
        stream.append(f"M 644 inline data/partners/long.yaml\ndata {len(text)}\n".encode() + text + b"\n")
    git(root, "fast-import", "--quiet", "--force", stdin=b"".join(stream))
    git(root, "reset", "--quiet", "--hard", "main")
    found = log(root, "partners/long.name.en")
    assert len(found) == 500
    assert found[0] == ("partners/long.name.en", "Name 498", "Name 499", "n499")
    assert found[-1] == ("partners/long.name.en", None, "Name 0", "n000")
    assert here(root, "show", "partners/long.name.en", "--at", "main~200").out == "Name 299\n"


def test_arabic_contents_and_paths(tmp_path: Path) -> None:
    root = make_repository(tmp_path, "سجل")
    replace(root, "partners/oic", "category: governmental", "category: donor")
    write(root, "partners/new", "name: {en: New, fr: Neuf, ar: جديد}\ncategory: donor\n")
    commit(tmp_path, "تغيير")
    assert log(root, "partners/new.name.ar") == [("partners/new.name.ar", None, "جديد", "تغيير")]
    assert "تغيير" in here(root, "log", "partners/oic").out


@pytest.mark.parametrize("name", ["a\\nHEAD:fake.yaml\\nb", "a b", "../../fake", ""])
def test_no_name_in_a_file_can_forge_what_was(root: Path, name: str) -> None:
    (root / "fake.yaml").write_text("name: Forged\ncategory: forged\n", encoding="utf-8")
    text = (root / "data/partners/oic.yaml").read_text("utf-8")
    commit(root, "Before")
    write(root, "partners/new", text + f'formerly: [oic, "{name}"]\n')
    (root / "data/partners/oic.yaml").unlink()
    commit(root, "The rename")
    replace(root, "partners/new", "category: governmental", "category: donor")
    commit(root, "A donor")
    assert [(before, after) for _, before, after, _ in log(root, "partners/new.category")] == [
        ("governmental", "donor"),
        (None, "governmental"),
    ]


@pytest.mark.parametrize("address", ["partners/a b", "partners/a\nHEAD:fake.yaml", "partners/a blob 3"])
def test_a_record_that_never_was_is_not_found(root: Path, address: str) -> None:
    said = here(root, "log", address)
    assert (said.code, "there never was" in said.err) == (4, True), said


def test_since_a_day_and_only_so_many_of_those(root: Path) -> None:
    for day, category in (("2020-02-01", "donor"), ("2020-03-01", "academic"), ("2020-04-01", "donor")):
        text = (root / "data/partners/oic.yaml").read_text("utf-8")
        write(root, "partners/oic", re.sub("category: .*", f"category: {category}", text))
        commit(root, day, f"{day}T10:00:00+0000")
    assert [what for *_, what in log(root, "partners/oic", "--since", "2020-03-01")] == ["2020-04-01", "2020-03-01"]
    assert [what for *_, what in log(root, "partners/oic", "--since", "2020-03-01", "--limit", "1")] == ["2020-04-01"]
    said = here(root, "log", "partners/oic", "--since", "2021-01-01")
    assert (said.code, said.err.strip()) == (0, "no change is on record since 2021-01-01")
    said = here(root, "log", "partners/oic", "--since", "nonsense")
    assert (said.code, "--since nonsense" in said.err) == (2, True)

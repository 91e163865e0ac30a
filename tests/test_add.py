"""New records by options and from files, and `rename`, `retire`, `remove`: at the command line, in a real register."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from terminal_made import on_terminal

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path


def erc(root: Path, *words: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "erc_cli", *words],
        cwd=root,
        env={**os.environ, "CI": "true", "COLUMNS": "80"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


LEAGUE = [
    *("partner", "add", "--name", "League of Arab States", "--name-fr", "Ligue des États arabes"),
    *("--name-ar", "جامعة الدول العربية", "--acronym", "LAS", "--category", "governmental", "--country", "EG"),
]


def test_a_partner_is_added_with_an_id_from_its_acronym(root: Path) -> None:
    assert erc(root, *LEAGUE)[:2] == (0, "data/partners/las.yaml:1: partners/las (new)\n")
    assert (root / "data/partners/las.yaml").read_text("utf-8") == (
        "name:\n  en: League of Arab States\n  fr: Ligue des États arabes\n  ar: جامعة الدول العربية\n"
        "acronyms:\n  en: LAS\ncategory: governmental\ncountry: eg\n"
    )
    assert erc(root, "check")[0] == 0


def test_a_partner_that_may_exist_already_is_warned_of(root: Path) -> None:
    erc(root, *LEAGUE)
    words = ["partner", "add", "--name", "The League of Arab States", "--name-fr", "x", "--name-ar", "س"]
    code, _, err = erc(root, *words, "--category", "governmental")
    assert code == 0
    assert "warning PAR001 may be the same as partners/las" in err


def test_an_id_that_is_taken_gets_a_number_and_one_that_was_given_is_refused(root: Path) -> None:
    words = ["--name", "OIC", "--name-fr", "OCI", "--name-ar", "منظمة", "--category", "governmental"]
    before = (root / "data/partners/oic.yaml").read_bytes()
    assert erc(root, "partner", "add", "oic", *words)[0] == 5
    assert (root / "data/partners/oic.yaml").read_bytes() == before
    assert erc(root, "partner", "add", *words)[1] == "data/partners/oic-2.yaml:1: partners/oic-2 (new)\n"


def test_what_is_missing_is_named_where_nobody_can_be_asked(root: Path) -> None:
    code, out, err = erc(root, "agreement", "add", "--title", "x")
    assert (code, out) == (2, "")
    assert "kind, parties are missing" in err
    assert not (root / "data/agreements").exists()


def test_the_own_organisation_is_among_the_parties(root: Path) -> None:
    words = ["--title", "Accord", "--title-fr", "Accord", "--title-ar", "اتفاق", "--kind", "protocol", "--party", "oic"]
    assert erc(root, "agreement", "add", *words)[0] == 0
    assert "parties:\n  - party: isesco\n  - party: partners/oic\n" in (root / "data/agreements/accord.yaml").read_text(
        "utf-8"
    )


def test_a_member_state_has_the_names_of_the_united_nations(root: Path) -> None:
    assert erc(root, "member-state", "add", "YE")[0] == 0
    assert (root / "data/member-states/ye.yaml").read_text("utf-8") == "name:\n  en: Yemen\n  fr: Yémen\n  ar: اليمن\n"


def test_a_meeting_is_called_after_whom_it_is_with(root: Path) -> None:
    words = ["--kind", "bilateral", "--participant", "oic", "--held", "2019-05-01"]
    assert erc(root, "meeting", "add", *words)[1] == "data/meetings/oic-2019.yaml:1: meetings/oic-2019 (new)\n"


TWO = [
    {"id": "one", "name": {"en": "One", "fr": "Un", "ar": "واحد"}, "category": "academic"},
    {"name": {"en": "Two", "fr": "Deux", "ar": "اثنان"}, "category": "foundation", "country": "fr"},
]
YAML = "- id: one\n  name: {en: One, fr: Un, ar: واحد}\n  category: academic\n"
YAML += "- name: {en: Two, fr: Deux, ar: اثنان}\n  category: foundation\n  country: fr\n"
CSV = "id,name.en,name.fr,name.ar,category,country\none,One,Un,واحد,academic,\n,Two,Deux,اثنان,foundation,FR\n"
FILES = {
    "list.json": json.dumps(TWO),
    "envelope.json": json.dumps({"schema": "erc.list/1", "items": [{"address": "partners/one", **TWO[0]}, TWO[1]]}),
    "list.yaml": YAML,
    "rows.csv": CSV,
}


@pytest.mark.parametrize("name", FILES)
def test_many_records_come_from_a_file(root: Path, name: str) -> None:
    (root / name).write_text(FILES[name], encoding="utf-8")
    code, out, err = erc(root, "partner", "add", "--from", name)
    assert (code, out) == (
        0,
        "data/partners/one.yaml:1: partners/one (new)\ndata/partners/two.yaml:1: partners/two (new)\n",
    )
    assert "2 records added" in err
    assert (root / "data/partners/two.yaml").read_text("utf-8") == (
        "name:\n  en: Two\n  fr: Deux\n  ar: اثنان\ncategory: foundation\ncountry: fr\n"
    )
    assert erc(root, "undo")[1] == "data/partners/one.yaml\ndata/partners/two.yaml\n"
    assert not (root / "data/partners/one.yaml").exists()


def test_of_many_records_all_or_none_are_added(root: Path) -> None:
    (root / "two.csv").write_text(CSV.replace("foundation", "fondation"), encoding="utf-8")
    code, out, err = erc(root, "partner", "add", "--from", "two.csv")
    assert (code, out) == (5, "")
    assert "did you mean foundation" in err
    assert not (root / "data/partners/one.yaml").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("nam.en\nx\n", "line 2: there is no field nam here: did you mean name?"),
        ("name.en\nx,y\n", "more cells than there are headings"),
        ("", "holds no record"),
    ],
)
def test_a_wrong_file_is_a_usage_error(root: Path, content: str, said: str) -> None:
    (root / "wrong.csv").write_text(content, encoding="utf-8")
    code, _, err = erc(root, "partner", "add", "--from", "wrong.csv")
    assert code == 2
    assert said in err


def _with_links(root: Path) -> None:
    assert erc(root, *LEAGUE)[0] == 0
    words = ["--title", "MoU", "--title-fr", "Mémorandum", "--title-ar", "مذكرة", "--kind", "protocol"]
    assert erc(root, "agreement", "add", "mou", *words, "--party", "las")[0] == 0
    assert erc(root, "meeting", "add", "m", "--kind", "bilateral", "--participant", "las", "--held", "2019")[0] == 0


def test_a_renamed_record_keeps_its_old_id_and_what_points_to_it_follows(root: Path) -> None:
    _with_links(root)
    meeting = (root / "data/meetings/m.yaml").read_text("utf-8")
    assert erc(root, "partner", "rename", "las", "arab-league")[0] == 0
    assert not (root / "data/partners/las.yaml").exists()
    assert (root / "data/partners/arab-league.yaml").read_text("utf-8").endswith("formerly:\n  - las\n")
    assert (root / "data/meetings/m.yaml").read_text("utf-8") == meeting.replace("partners/las", "partners/arab-league")
    assert "- party: partners/arab-league\n" in (root / "data/agreements/mou.yaml").read_text("utf-8")
    assert erc(root, "check")[0] == 0
    assert erc(root, "show", "partners/las.name.en")[1] == "League of Arab States\n"


def test_a_renamed_area_is_followed_by_its_activities(root: Path) -> None:
    old = "projects/strategic-partnerships.areas.governmental"
    assert erc(root, "rename", old, "governments")[0] == 0
    changed = {path.name for path in (root / "data/activities").iterdir() if "area: governments\n" in path.read_text()}
    assert {"governmental-meetings.yaml", "governmental-joint-projects.yaml"} <= changed
    assert erc(root, "check")[0] == 0


def test_a_taken_id_is_not_given_twice(root: Path) -> None:
    assert erc(root, "rename", "partners/oic", "azerbaijan")[0] == 5
    assert erc(root, "rename", "partners/oic", "Not a slug")[0] == 5
    assert (root / "data/partners/oic.yaml").exists()


def test_what_is_pointed_to_is_not_removed(root: Path) -> None:
    _with_links(root)
    code, _, err = erc(root, "remove", "partners/las", "--reason", "twice")
    assert code == 5
    assert "agreements/mou.parties.partners/las.party" in err
    assert erc(root, "remove", "meetings/m")[0] == 2
    assert erc(root, "remove", "meetings/m", "--reason", "twice", "--date", "2019-06-01")[0] == 0
    assert not (root / "data/meetings/m.yaml").exists()
    assert (
        (root / "data/plan.yaml")
        .read_text("utf-8")
        .endswith("removed:\n  - id: meetings/m\n    on: 2019-06-01\n    reason: twice\n")
    )
    code, _, err = erc(root, "meeting", "add", "m", "--kind", "bilateral", "--participant", "las", "--held", "2019")
    assert (code, "IDS" in err) == (5, True) or code == 0


def test_retiring_writes_the_end_that_a_record_has(root: Path) -> None:
    _with_links(root)
    assert erc(root, "partner", "retire", "las", "--date", "2021-01-01")[0] == 0
    assert "ended_on: 2021-01-01\n" in (root / "data/partners/las.yaml").read_text("utf-8")
    assert erc(root, "retire", "agreements/mou", "--date", "2020-01-01", "--reason", "given up")[0] == 0
    assert "  - kind: cancelled\n    on: 2020-01-01\n    reason: given up\n" in (
        root / "data/agreements/mou.yaml"
    ).read_text("utf-8")
    code, _, err = erc(root, "retire", "meetings/m")
    assert code == 5
    assert "a meeting has no end" in err


NAMES = [
    ("Name (en): ", "League of Arab States\n"),
    ("[Name (fr)]: ", "Ligue des États arabes\n"),
    ("[Name (ar)]: ", "جامعة الدول العربية\n"),
    ("[Acronyms (en)]: ", "LAS\n"),
    ("[Acronyms (fr)]: ", "\n"),
    ("[Acronyms (ar)]: ", "\n"),
]
"""What is asked first, and what is typed."""


def partners(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "data/partners").iterdir())


def test_questions_at_a_terminal_with_a_mistake_and_its_correction(root: Path) -> None:
    corrected = [("Category: ", "nonsense\n"), ("Nothing matches", "1\n"), ("[Country]: ", "egypt\n")]
    ending = [("= eg", ""), ("Id [las]: ", "\n")]
    shown = on_terminal(root, "partner", "add", answers=[*NAMES, *corrected, *ending], TERM="dumb")
    assert shown.code == 0, shown.screen
    assert (root / "data/partners/las.yaml").read_text("utf-8").endswith("category: governmental\ncountry: eg\n")


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["interrupted", "closed"])
def test_a_prompt_that_is_given_up_writes_nothing(root: Path, key: str) -> None:
    before = partners(root)
    shown = on_terminal(root, "partner", "add", answers=[*NAMES, ("Category: ", key)], TERM="dumb")
    assert (shown.code, shown.screen.splitlines()[-1]) == (130, "erc: nothing was done")
    assert partners(root) == before


def test_a_declined_warning_writes_nothing(root: Path) -> None:
    words = ("partner", "add", "--name", "Organization of Islamic Cooperation", "category=governmental")
    asked = [("may be the same as partners/oic", ""), ("Write it all the same?", "n\n")]
    before = partners(root)
    shown = on_terminal(root, *words, answers=asked, TERM="dumb")
    assert shown.code == 130, shown.screen
    assert partners(root) == before

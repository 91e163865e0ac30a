"""The fictional register: valid, of the size asked for, and the same bytes for the same seed."""

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from erc_cli.commands.demo import Made, make_demo
from erc_cli.core.demo.chance import Chance
from erc_cli.core.demo.files import demo_files
from erc_cli.core.demo.places import places
from erc_cli.core.demo.world import DemoRecord
from erc_cli.core.records.partner import Partner
from erc_cli.core.register import Register
from erc_cli.core.rules.catalogue import RULES
from erc_cli.core.text import fold
from erc_cli.errors import RefusedError, UsageError
from erc_cli.store.load import load
from erc_cli.store.worktree import WorkTree


def register_of(root: Path) -> Register:
    loaded = load(WorkTree(str(root)))
    assert [f"{finding.code} {finding.problem.message}" for finding in loaded.findings] == []
    return loaded.register


def digest(root: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file():
            found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("demo") / "of-200"
    assert make_demo(str(root), 200, 1) == Made(str(root), 308, 16)
    return root


@pytest.mark.parametrize("partners", [1, 4, 10, 11, 39, 401])
def test_no_rule_finds_anything_whatever_the_size(tmp_path: Path, partners: int) -> None:
    make_demo(str(tmp_path / "demo"), partners, partners)
    register = register_of(tmp_path / "demo")
    found = [finding for rule in RULES.values() for finding in rule.findings(register)]
    assert [f"{finding.code} {finding.problem.record} {finding.problem.message}" for finding in found] == []


@pytest.mark.long
def test_no_rule_finds_anything_in_a_large_one(tmp_path: Path) -> None:
    make_demo(str(tmp_path / "demo"), 20_000, 7)
    register = register_of(tmp_path / "demo")
    assert [finding for rule in RULES.values() for finding in rule.findings(register)] == []
    assert (tmp_path / "demo/data/budget.yaml").stat().st_size < 1024 * 1024


def test_there_are_as_many_as_asked_for(demo: Path) -> None:
    register = register_of(demo)
    assert Counter(record.FOLDER for record in register.records.values()) == {
        "plan": 1,
        "budget": 1,
        "partners": 200,
        "agreements": 40,
        "meetings": 20,
        "projects": 20,
        "activities": 20,
        "member-states": 6,
    }


def test_it_says_in_every_language_that_it_is_fictional(demo: Path) -> None:
    plan = register_of(demo).plan
    assert plan.title == {
        "en": "Fictional plan 2024-2026, for demonstration",
        "fr": "Plan fictif 2024-2026, pour démonstration",
        "ar": "خطة خيالية 2024-2026 للعرض",
    }
    assert plan.description is not None
    assert set(plan.description) == {"en", "fr", "ar"}


def test_partners_are_as_long_as_those_of_a_directorate(demo: Path) -> None:
    lines = [path.read_bytes().count(b"\n") for path in (demo / "data/partners").iterdir()]
    assert 50 <= sum(lines) / len(lines) <= 57


_RUN = """
import sys
from erc_cli.commands.demo import make_demo
make_demo(sys.argv[1], 60, int(sys.argv[2]))
"""


def test_the_same_seed_gives_the_same_bytes_everywhere(tmp_path: Path) -> None:
    for name, changes in (
        ("one", {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Riyadh"}),
        ("two", {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "TZ": "America/New_York"}),
    ):
        subprocess.run(
            [sys.executable, "-c", _RUN, str(tmp_path / name), "5"], env={**os.environ, **changes}, check=True
        )
    assert digest(tmp_path / "one") == digest(tmp_path / "two")


def test_another_seed_gives_another_register(tmp_path: Path) -> None:
    make_demo(str(tmp_path / "one"), 20, 1)
    make_demo(str(tmp_path / "two"), 20, 2)
    assert digest(tmp_path / "one") != digest(tmp_path / "two")


def test_chance_is_what_python_promises_to_keep() -> None:
    chance = Chance(1)
    assert [chance.below(1000) for _ in range(6)] == [134, 847, 763, 255, 495, 449]


def test_no_two_partners_share_a_name_however_it_is_spelled() -> None:
    seen: dict[str, str] = {}
    for file in demo_files(2_500, 3):
        if isinstance(file, DemoRecord) and file.folder == "partners":
            data = file.data
            words = [*data["name"].values(), *data["acronyms"].values(), *data["aliases"]]
            words += [one["value"] for one in data["identifiers"]]
            for word in words:
                folded = fold(word)
                for form in {folded.replace(" ", ""), " ".join(sorted(folded.split()))}:
                    assert seen.setdefault(form, file.record_id) == file.record_id, word
    assert len(seen) > 10_000


def test_places_never_run_out_and_never_return() -> None:
    stream = places()
    found = [next(stream) for _ in range(25_000)]
    assert len({place.latin for place in found}) == len({place.arabic for place in found}) == 25_000
    assert len({place.short for place in found}) == 25_000
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)?", place.slug) for place in found)


def test_totals_are_those_of_the_lines(demo: Path) -> None:
    budget = register_of(demo).budget
    assert budget is not None
    assert budget.programmes is not None
    amounts = [line.revisions[-1].to if line.revisions else line.amount for line in budget.programmes.lines]
    assert len(amounts) == 5
    assert budget.programmes.total == sum(amounts)


def test_signed_texts_lie_where_their_agreements_say(demo: Path) -> None:
    documents = [document for agreement in register_of(demo).agreements for document in agreement.documents]
    with_files = [document for document in documents if document.path]
    assert len(with_files) == 16
    for document in with_files:
        assert document.path is not None
        assert document.sha256 == hashlib.sha256((demo / document.path).read_bytes()).hexdigest()


def test_donors_have_an_agreement_to_show(demo: Path) -> None:
    register = register_of(demo)
    donors = [
        partner
        for partner in register.partners
        if {"donor", "financial-institution"} & {partner.category, *partner.roles}
    ]
    parties = {party.party for agreement in register.agreements for party in agreement.parties if party.signed_on}
    assert len(donors) > 5
    assert {partner.address for partner in donors} <= parties


def test_a_folder_that_is_not_empty_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(RefusedError, match="is not empty"):
        make_demo(str(tmp_path), 10, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_folder_and_a_new_one_are_not_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    make_demo(str(tmp_path / "empty"), 1, 1)
    make_demo(str(tmp_path / "new" / "deeper"), 1, 1)
    assert isinstance(next(iter(register_of(tmp_path / "new/deeper").partners)), Partner)


def test_a_register_without_partners_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="0 partners"):
        make_demo(str(tmp_path / "demo"), 0, 1)
    assert not (tmp_path / "demo").exists()

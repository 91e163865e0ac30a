"""A new repository: valid from the first moment, and nothing that was there is touched."""

import json
from datetime import date
from pathlib import Path

import pytest

from erc_cli.commands.init import make_repository, usual_period
from erc_cli.core.folders import FOLDERS
from erc_cli.core.rules.catalogue import RULES
from erc_cli.errors import RefusedError, UsageError
from erc_cli.store.load import load
from erc_cli.store.worktree import WorkTree

PERIOD = (date(2025, 1, 1), date(2027, 12, 31))


def findings(root: Path) -> list[str]:
    loaded = load(WorkTree(str(root)))
    assert loaded.has_plan
    found = loaded.findings + [finding for rule in RULES.values() for finding in rule.findings(loaded.register)]
    return [f"{finding.code} {finding.problem.message}" for finding in found]


@pytest.mark.parametrize("languages", [("en",), ("fr", "ar"), ("en", "fr", "ar"), ("es", "en")])
def test_a_new_repository_has_no_findings(tmp_path: Path, languages: tuple[str, ...]) -> None:
    make_repository(str(tmp_path / "register"), period=PERIOD, languages=languages)
    assert findings(tmp_path / "register") == []


def test_the_plan_says_what_was_asked_for(tmp_path: Path) -> None:
    make_repository(
        str(tmp_path), period=PERIOD, organisation="alecso", name="ALECSO", languages=("fr", "ar"), currency="EUR"
    )
    assert (tmp_path / "data/plan.yaml").read_text(encoding="utf-8") == (
        "format: 1\n"
        "organisation:\n  id: alecso\n  name:\n    fr: ALECSO\n    ar: منظمتنا\n"
        "directorate:\n  fr: Direction des relations extérieures\n  ar: مديرية العلاقات الخارجية\n"
        "title:\n  fr: Plan 2025-2027\n  ar: خطة 2025-2027\n"
        "period:\n  start: 2025-01-01\n  end: 2027-12-31\n"
        "currency: EUR\n"
        "languages:\n  - fr\n  - ar\n"
        "units:\n  - id: external-relations\n    name:\n"
        "      fr: Direction des relations extérieures\n      ar: مديرية العلاقات الخارجية\n"
    )


def test_every_folder_is_there(tmp_path: Path) -> None:
    made = make_repository(str(tmp_path), period=PERIOD)
    assert all((tmp_path / "data" / folder / ".gitkeep").is_file() for folder in FOLDERS)
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()} == set(made.written)


def test_editors_find_the_schemas(tmp_path: Path) -> None:
    make_repository(str(tmp_path), period=PERIOD, schemas={"plan": "{}", "partners": '{"a": 1}'})
    settings = json.loads((tmp_path / ".vscode/settings.json").read_text())
    assert settings == {
        "yaml.schemas": {"./schemas/plan.json": "data/plan.yaml", "./schemas/partners.json": "data/partners/*.yaml"}
    }
    assert (tmp_path / "schemas/partners.json").read_text() == '{"a": 1}'


def test_files_that_are_there_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    made = make_repository(str(tmp_path), period=PERIOD)
    assert (tmp_path / "README.md").read_text() == "mine"
    assert made.kept == ("README.md",)


def test_a_folder_with_data_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(RefusedError, match="has a data/ already"):
        make_repository(str(tmp_path), period=PERIOD)
    assert list(tmp_path.iterdir()) == [tmp_path / "data"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"organisation": "The League"}, "is not a slug"),
        ({"currency": "ISK2"}, "is not an ISO 4217 currency"),
        ({"languages": ("english",)}, "is not a language code"),
        ({"languages": ()}, "name each language"),
        ({"languages": ("en", "en")}, "name each language"),
        ({"period": (date(2025, 1, 1), date(2024, 1, 1))}, "would end on 2024-01-01"),
    ],
)
def test_words_that_fit_no_plan_are_refused_before_anything_is_written(
    tmp_path: Path, words: dict[str, object], says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        make_repository(str(tmp_path), **({"period": PERIOD} | words))  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_period_is_three_years_from_this_one() -> None:
    assert usual_period(date(2026, 11, 24)) == (date(2026, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize("inside", ["data", "data/partners/new"])
def test_no_register_is_made_among_the_files_of_another(inside: str, tmp_path: Path) -> None:
    make_repository(str(tmp_path), period=PERIOD)
    with pytest.raises(RefusedError, match="which holds a register: nothing was written"):
        make_repository(str(tmp_path / inside), period=PERIOD)
    assert findings(tmp_path) == []
    assert not (tmp_path / inside / "data").exists()

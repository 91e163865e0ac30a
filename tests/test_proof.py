"""`erc budget check`: the proof as a value, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from erc_cli.commands.proof import prove
from erc_cli.core.proof import Proof
from erc_cli.errors import UnreadableError
from erc_cli.render import proof as render
from erc_cli.render.look import Look
from erc_cli.render.width import width_of
from erc_cli.store.catalogue import words_in
from erc_cli.store.worktree import Entry, Stray
from factories import MemorySource, source


def files(total: str = "1532888.00") -> dict[str, Any]:
    return {
        "projects/p": {"kind": "programme", "field": None, "budget": "766444.00"},
        "projects/q": {"kind": "programme"},
        "budget": {
            "notes": None,
            "programmes": {
                "lines": [
                    {"id": "p", "project": "projects/p", "amount": "766444.00"},
                    {"id": "q", "project": "projects/q", "amount": "766444.00"},
                ],
                "total": total,
            },
        },
    }


def with_file(text: bytes, path: str) -> MemorySource:
    return MemorySource({**source(files()).files, path: text})


BUDGET = "data/budget.yaml"

HOLDS = """\
data/budget.yaml:9: programmes total                                       holds
    line 5  p                                                         766,444.00
    line 8  q                                                         766,444.00
                                                                    ------------
    line 9  claimed                                                 1,532,888.00

data/projects/p.yaml:6: project budget                                     holds
  data/budget.yaml:5  p                                               766,444.00
                                                                      ----------
              line 6  claimed                                         766,444.00

2 equations in USD, all hold
"""

FAILS = """\
data/budget.yaml:9: programmes total                                       FAILS
    line 5  p                                                         766,444.00
    line 8  q                                                         766,444.00
                                                                    ------------
            adds up to                                              1,532,888.00
    line 9  claimed                                                 1,532,898.00
            off by                                                         10.00
"""


def shown(source_of_files: MemorySource, **how: Any) -> str:
    return render.text(prove(source_of_files), Look(**how))


def test_every_sum_is_laid_out_with_its_lines() -> None:
    assert shown(source(files())) == HOLDS


def test_a_sum_that_fails_says_what_it_adds_up_to_and_how_far_off_the_claim_is() -> None:
    told = shown(source(files("1532898.00")))
    assert told.startswith(FAILS)
    assert told.endswith("\n2 equations in USD: 1 holds, 1 fails\n")


def test_likely_causes_stand_below_the_sum() -> None:
    told = shown(source(files("1523888.00")))
    assert "  likely: programmes total has two digits swapped: 1523888.00 for 1532888.00\n" in told


def test_a_total_that_is_not_written_fails() -> None:
    content = files()
    del content["budget"]["programmes"]["total"]
    told = shown(source(content))
    assert "programmes total                                       FAILS" in told
    assert "adds up to, and is claimed nowhere" in told


@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
def test_nothing_is_cut_and_nothing_is_wider_than_eighty_columns(width: int) -> None:
    told = shown(source(files("1532898.00")), width=width)
    assert "1,532,898.00" in told
    assert "766,444.00" in told
    assert max(len(line) for line in told.splitlines()) <= 80


def test_a_long_label_keeps_its_amount_whole() -> None:
    content = files()
    content["budget"]["programmes"]["lines"][0]["id"] = "a" * 64
    lines = shown(source(content)).splitlines()
    assert "a" * 64 in lines[1]
    assert lines[2].endswith("766,444.00")


def test_colours_are_only_there_when_asked_for() -> None:
    assert "\x1b" not in shown(source(files("1.00")))
    coloured = shown(source(files("1.00")), colour=True)
    assert "\x1b[31;1mFAILS\x1b[0m" in coloured


@pytest.mark.parametrize("path", ["data/budget.yaml", "data/projects/r.yaml", "data/plan.yaml"])
def test_what_cannot_be_read_is_not_proved(path: str) -> None:
    proof = prove(with_file(b"a: [\n", path))
    assert not proof.holds
    assert proof.unread == (path,)
    told = render.text(proof, Look())
    assert f"{path}:2:1: error YML001 " in told
    assert told.endswith("1 file unread, so nothing is proved\n")


def test_a_budget_of_the_wrong_shape_is_not_proved() -> None:
    proof = prove(
        with_file(b"programmes: {lines: [{id: p, project: projects/p, amount: 1e3}], total: 1000.00}\n", BUDGET)
    )
    assert [finding.code for finding in proof.findings] == ["SCH005"]
    assert not proof.holds


def test_what_has_no_money_in_it_keeps_no_proof_from_holding() -> None:
    assert prove(with_file(b"a: [\n", "data/partners/oic.yaml")).holds


def test_a_warning_about_the_layout_keeps_no_proof_from_holding() -> None:
    text = source(files()).files["data/projects/q.yaml"].replace(b"\n", b"\r\n")
    assert prove(with_file(text, "data/projects/q.yaml")).holds


class WithStray(MemorySource):
    """Files with something beside them that is no file of the register."""

    is_warning = False

    def entries(self, folders: Iterable[str] | None = None) -> tuple[list[Entry], list[Stray]]:
        found, _ = super().entries(folders)
        return found, [Stray("data/projects/r.yml", "YML019", "unexpected file r.yml", self.is_warning)]


def test_a_file_that_is_passed_over_is_not_proved_and_an_editors_leftover_is_nothing() -> None:
    passed_over = WithStray(source(files()).files)
    assert prove(passed_over).unread == ("data/projects/r.yml",)
    passed_over.is_warning = True
    assert prove(passed_over).holds


def test_without_a_budget_there_is_no_proof() -> None:
    rest = {path: text for path, text in source(files()).files.items() if path != BUDGET}
    with pytest.raises(UnreadableError, match=r"data/budget.yaml is missing"):
        prove(MemorySource(rest))


def test_a_register_without_money_claims_nothing() -> None:
    proof = prove(source({}))
    assert proof.holds
    assert render.text(proof, Look()) == "no total is claimed: nothing to prove\n"


def test_json_has_every_key_and_amounts_as_text() -> None:
    document = json.loads(render.as_json(prove(source(files("1532898.00")))))
    assert document["schema"] == "erc.proof/1"
    assert document["counts"] == {"equations": 2, "hold": 1, "fail": 1, "unread": 0}
    assert document["findings"] == []
    assert document["items"][0] == {
        "address": "budget.programmes.total",
        "code": "BUD001",
        "name": "programmes total",
        "path": "data/budget.yaml",
        "line": 9,
        "column": 10,
        "claim": "1532898.00",
        "sum": "1532888.00",
        "holds": False,
        "difference": "10.00",
        "addends": [
            {
                "address": "budget.programmes.lines.p.amount",
                "label": "p",
                "amount": "766444.00",
                "path": "data/budget.yaml",
                "line": 5,
                "column": 15,
            },
            {
                "address": "budget.programmes.lines.q.amount",
                "label": "q",
                "amount": "766444.00",
                "path": "data/budget.yaml",
                "line": 8,
                "column": 15,
            },
        ],
        "likely": [],
    }
    assert document["items"][1]["address"] == "projects/p.budget"


def test_a_proof_of_nothing_read_holds_nothing_back() -> None:
    assert Proof(()).holds


def test_the_proof_is_in_the_readers_language_and_its_lines_stay_as_wide() -> None:
    proof = prove(source(files("1532898.00")))
    told = render.text(proof, Look(words_in("fr")))
    assert "data/budget.yaml:9: total des programmes" in told
    assert "\n   ligne 9  indiqué      " in told
    assert told.endswith("\n2 équations en USD : 1 exacte, 1 fausse\n")
    arabic = render.text(proof, Look(words_in("ar"), terminal=True)).splitlines()
    assert arabic[0].startswith("data/budget.yaml:9: \u2068مجموع البرامج\u2069 ")
    assert {width_of(line) for line in arabic[:6]} == {80}

"""A changed digit in any amount of data/budget.yaml fails at that file, with the right line among its places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from erc_cli.core.findings import Place
from erc_cli.core.rules.catalogue import RULES
from erc_cli.store.load import load
from erc_cli.store.places import Places
from erc_cli.store.worktree import Entry, Stray, WorkTree

ROOT = str(Path(__file__).parents[1])
BUDGET = "data/budget.yaml"
TEXT = Path(ROOT, BUDGET).read_text(encoding="utf-8")
MONEY = [rule for code, rule in RULES.items() if code.startswith("BUD")]
_AMOUNT = re.compile(r"(?<=: )[0-9]+\.[0-9]{2}$", re.MULTILINE)


class Overlay:
    """The files of this repository with another text of the budget."""

    _files: dict[str, bytes] = {}

    def __init__(self, budget: str) -> None:
        self._under = WorkTree(ROOT)
        self._budget = budget.encode()

    def entries(self, folders: Iterable[str] | None = None) -> tuple[list[Entry], list[Stray]]:
        return self._under.entries(folders)

    def content(self, path: str) -> bytes:
        if path == BUDGET:
            return self._budget
        if path not in self._files:
            self._files[path] = self._under.content(path)
        return self._files[path]


class Change(NamedTuple):
    """Another digit at one place of the budget."""

    at: int
    digit: str

    @property
    def line(self) -> int:
        return TEXT.count("\n", 0, self.at) + 1

    @property
    def text(self) -> str:
        return TEXT[: self.at] + self.digit + TEXT[self.at + 1 :]


def changes(every: bool) -> Iterator[Change]:
    """Each digit of each amount with every other digit, or with the next one."""
    for amount in _AMOUNT.finditer(TEXT):
        for at in range(*amount.span()):
            if TEXT[at] != ".":
                others = [digit for digit in "0123456789" if digit != TEXT[at]]
                yield from (Change(at, digit) for digit in (others if every else [str((int(TEXT[at]) + 1) % 10)]))


def errors(budget: str) -> list[tuple[str, list[Place]]]:
    """Every error in this repository with that text of the budget: its code, its place and the related places."""
    overlay = Overlay(budget)
    loaded = load(overlay, ("budget", "projects"))
    found = [*loaded.findings, *(finding for rule in MONEY for finding in rule.findings(loaded.register))]
    return [
        (finding.code, [place for place in (finding.place, *_related(finding.problem.related)) if place])
        for finding in Places(overlay, loaded.paths).locate(found)
        if finding.severity == "error"
    ]


def _related(related: Iterable[object]) -> Iterator[Place | None]:
    return (getattr(one, "place", None) for one in related)


def is_noticed(change: Change) -> bool:
    """Whether an error stands in the budget, and names the line of the change."""
    return any(
        places[0].path == BUDGET and any(place[:2] == (BUDGET, change.line) for place in places)
        for _, places in errors(change.text)
    )


def test_the_budget_as_it_is_has_no_error() -> None:
    assert errors(TEXT) == []


def test_every_number_of_the_budget_is_tried() -> None:
    amounts = _AMOUNT.findall(TEXT)
    assert len(amounts) == len(re.findall(r"[0-9]\.[0-9]", TEXT))
    assert len(amounts) == 3 + 4 * 4 + 4


def test_the_next_digit_anywhere_is_noticed() -> None:
    assert [change for change in changes(every=False) if not is_noticed(change)] == []


@pytest.mark.long
def test_any_other_digit_anywhere_is_noticed() -> None:
    assert [change for change in changes(every=True) if not is_noticed(change)] == []


def _items(section: str) -> list[str]:
    """The text of each item of the lines of a section."""
    lines = TEXT[TEXT.index(f"{section}:\n") :].split("  lines:\n")[1]
    block = re.split(r"^  [a-z]", lines, maxsplit=1, flags=re.MULTILINE)[0]
    return [f"    - {item}" for item in block.split("    - ")[1:]]


ITEMS = [*_items("programmes"), *_items("staff")]


def test_the_items_are_found() -> None:
    assert [re.findall(r"id: (\S+)", item) for item in ITEMS] == [
        ["strategic-partnerships"],
        ["civil-society-partnerships"],
        ["basic-salaries"],
        ["allowances"],
        ["social-security"],
        ["new-posts"],
    ]


@pytest.mark.parametrize("item", ITEMS)
def test_a_line_that_is_removed_is_noticed(item: str) -> None:
    assert errors(TEXT.replace(item, ""))


@pytest.mark.parametrize("item", ITEMS)
def test_a_line_that_is_there_twice_is_noticed(item: str) -> None:
    again = re.sub(r"id: (\S+)", r"id: \1-again", item)
    assert errors(TEXT.replace(item, item + again))


@pytest.mark.parametrize("number", range(1, TEXT.count("\n") + 1))
def test_any_line_with_an_amount_can_be_missed(number: int) -> None:
    lines = TEXT.splitlines(keepends=True)
    if _AMOUNT.search(lines[number - 1]):
        assert errors("".join(lines[: number - 1] + lines[number:]))


def test_two_amounts_of_a_row_that_changed_places_are_noticed() -> None:
    swapped = TEXT.replace("2019: 176965.00", "2019: 190864.00").replace("2020: 190864.00", "2020: 176965.00", 1)
    assert {code for code, _ in errors(swapped)} == {"BUD004"}


def test_two_amounts_of_a_column_that_changed_places_are_noticed() -> None:
    swapped = TEXT.replace("2019: 83312.00", "2019: ?").replace("2019: 22290.00", "2019: 83312.00")
    assert {code for code, _ in errors(swapped.replace("2019: ?", "2019: 22290.00"))} == {"BUD003"}


def test_a_cent_moved_from_one_line_to_the_other_is_noticed_by_the_projects_own_claims() -> None:
    moved = TEXT.replace("amount: 766444.00", "amount: 766444.01", 1)
    moved = moved[::-1].replace("00.444667 :tnuoma", "99.344667 :tnuoma", 1)[::-1]
    assert [code for code, _ in errors(moved)] == ["BUD002", "BUD002"]

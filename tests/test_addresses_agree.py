"""An address leads to the same place on records and on the plain data of their files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

import pytest

from erc_cli.core import addresses, inside
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.errors import NotFoundError
from erc_cli.store.load import load
from erc_cli.store.raw import RawRecord, read_records
from erc_cli.store.worktree import Source, WorkTree

ROOT = File(__file__).parent.parent


def ways(register: Any, value: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the steps to everything below `value`."""
    for step in addresses.children(value):
        yield (*way, step)
        inner = addresses._exact(register, value, step)
        yield from ways(register, inner, (*way, step))


def leads(record: RawRecord, steps: str) -> tuple[str, ...] | None:
    """The path that the plain data of a record gives for a field address; None where it leads nowhere."""
    assert record.data is not None
    try:
        return inside.follow(record.address, RECORD_TYPES[record.folder], record.data, steps.split(".")).path
    except NotFoundError:
        return None


def compare(source: Source) -> int:
    register = load(source).register
    compared = 0
    for record in read_records(source):
        for way in ways(register, register.records[record.address]):
            if way == ("id",):
                continue  # on every record, seldom in its file
            for steps in (".".join(way), ".".join(way) + "x"):
                followed = addresses.follow(register, f"{record.address}.{steps}")
                expected = None if followed.missing else followed.path
                assert leads(record, steps) == expected, f"{record.address}.{steps}"
                compared += 1
        for short in register.inside.get(record.address, {}).get("indicator", ()):
            followed = addresses.follow(register, f"{record.address}.indicators.{short}")
            assert leads(record, f"indicators.{short}") == followed.path
    return compared


@pytest.mark.parametrize("root", [ROOT, *sorted(path.parent.parent for path in ROOT.glob("examples/*/data/plan.yaml"))])
def test_they_agree_on_every_address_of_the_plan_and_the_examples(root: File) -> None:
    assert compare(WorkTree(str(root))) > 1000

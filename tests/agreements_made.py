"""Agreements in memory for tests of their status: no file is written or read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from erc_cli.core.records.agreement import Agreement
from erc_cli.core.records.base import Record
from erc_cli.core.records.build import build
from erc_cli.core.records.types import Setting
from erc_cli.core.register import Register
from factories import filled

SETTING = Setting(("en", "fr", "ar"), "USD")

BOTH = [{"party": "isesco", "signed_on": "2019-03-01"}, {"party": "partners/oic", "signed_on": "2019-03-10"}]
"""Two parties who signed, the last on 2019-03-10."""


def register_of(files: Mapping[str, Mapping[str, Any]]) -> Register:
    """Return a register of these records and a plan; what they point to need not be there."""
    records = []
    for address, content in {"plan": {}, **files}.items():
        folder, _, record_id = address.partition("/")
        record = build(folder, record_id or folder, filled(address, content), SETTING)
        assert isinstance(record, Record), record
        records.append(record)
    return Register(records)


def made(content: Mapping[str, Any], plan: Mapping[str, Any] | None = None) -> tuple[Agreement, Register]:
    """Return an agreement and its register."""
    register = register_of({"plan": plan or {}, "agreements/a": content})
    return register.agreements[0], register


def day(text: str) -> date:
    return date.fromisoformat(text)

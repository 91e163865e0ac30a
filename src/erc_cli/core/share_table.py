"""The proposal of `erc budget split` as a table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from erc_cli.core.listing import View
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register, item_at
from erc_cli.core.shares import Share
from erc_cli.core.tables import Cell, Column, Table
from erc_cli.core.words import Words


def share_table(register: Register, project: str, shares: Sequence[Share], view: View, words: Words) -> Table:
    """Return the shares of an amount, a row each, and their total."""
    record = register.find(project, Project)
    areas = record.areas if record is not None else ()
    columns = (
        Column("area", "Area", "id"),
        Column("title", "Title"),
        Column("year", "Year", "year"),
        Column("amount", "Amount", "amount"),
    )
    rows: list[tuple[Cell, ...]] = []
    for share in shares:
        area = item_at(areas, share.area)
        rows.append((share.area, view.text(dict(area.title)) if area is not None else None, share.year, share.amount))
    total = sum((share.amount for share in shares), Decimal(0))
    return Table(columns, tuple(rows), totals=((words("Total"), None, None, total),))

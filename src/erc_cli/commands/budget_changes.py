"""`erc budget revise` and `erc budget split`: amounts that change, and amounts shared out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from erc_cli.commands.facts import Named, add_fact, register_of
from erc_cli.commands.totals import update_totals
from erc_cli.core.house import House
from erc_cli.core.money import plain
from erc_cli.core.records.activity import YearBudget
from erc_cli.core.records.base import Revision
from erc_cli.core.records.budget import Allocation, Budget, ProgrammeLine, StaffLine
from erc_cli.core.register import Register, item_at
from erc_cli.core.slugs import free_id, slug_of
from erc_cli.core.totals import current, staff_cells
from erc_cli.core.typed import ungrouped, value_of
from erc_cli.errors import NotFoundError, RefusedError, UsageError
from erc_cli.store.draft import Draft


def revise(
    draft: Draft, house: House, line: str, year: str, amount: str, on: date, named: Named, *, with_totals: bool
) -> None:
    """Give a line of the budget another amount; the original stays on file. Raises NotFoundError, RefusedError.

    `line` is the id of a line of the programmes, of the allocations, or of staff, which needs a `year`.
    """
    budget = budget_of(register_of(draft))
    told = {"on": str(on), "to": amount, **named}
    staff = item_at(budget.staff.lines, line) if budget.staff else None
    if isinstance(staff, StaffLine):
        _revise_staff(draft, house, budget, staff, ungrouped(year), told)
    else:
        _revise_line(draft, house, budget, line, told)
    if with_totals:
        update_totals(draft)


def budget_of(register: Register) -> Budget:
    """Return the budget. Raises RefusedError where its file has errors."""
    if register.budget is None:
        raise RefusedError("data/budget.yaml has errors: erc check data/budget.yaml tells which; mend them first")
    return register.budget


def _revise_staff(draft: Draft, house: House, budget: Budget, line: StaffLine, year: str, told: Named) -> None:
    assert budget.staff is not None  # noqa: S101
    cells = {str(cell.year): cell.amount for row in staff_cells(budget.staff) for cell in row if cell.line == line.id}
    if year not in cells:
        raise UsageError(f"{line.id} is a line of staff: --year says which of {', '.join(cells)} changes")
    taken = [revision.id for revision in budget.staff.revisions]
    named = {"id": free_id(slug_of(f"{line.id} {year}"), taken), "line": line.id, "year": year}
    _refuse_same(f"{line.id} of {year}", cells[year], told, house)
    add_fact(draft, house, "budget.staff.revisions", {**named, "from": plain(cells[year]), **told})


def _revise_line(draft: Draft, house: House, budget: Budget, line: str, told: Named) -> None:
    for section, lines in (
        ("programmes", budget.programmes.lines if budget.programmes else ()),
        ("allocations", budget.allocations.lines if budget.allocations else ()),
    ):
        found = item_at(lines, line)
        if found is not None:
            revise_amount(draft, house, f"budget.{section}.lines.{line}", found, told)
            return
    known = _lines(budget)
    near = get_close_matches(line, known, 1)
    tail = f": did you mean {near[0]}?" if near else f" (it has {', '.join(known)})"
    raise NotFoundError(f"the budget has no line {line}{tail}")


def revise_amount(
    draft: Draft, house: House, address: str, line: ProgrammeLine | Allocation | YearBudget, told: Named
) -> None:
    """Add a revision to what has an amount and revisions of it. Raises RefusedError where it is so already."""
    now = current(line.amount, line.revisions)
    _refuse_same(address, now, told, house)
    taken = [revision.id for revision in line.revisions]
    named = {"id": free_id(slug_of(f"revised {told['on']}"), taken), "from": plain(now)}
    add_fact(draft, house, f"{address}.revisions", {**named, **told})


def _refuse_same(what: str, now: Decimal, told: Named, house: House) -> None:
    if value_of(Revision, "to", str(told["to"]), house) == plain(now):
        raise RefusedError(f"{what} is {plain(now)} already: nothing was written")


def _lines(budget: Budget) -> list[str]:
    sections = (budget.programmes, budget.allocations, budget.staff)
    return [line.id for section in sections if section is not None for line in section.lines]

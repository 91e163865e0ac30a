"""`erc budget revise` and `erc budget split`: amounts that change, and amounts shared out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from erc_cli.commands.changing import append_data, reached, set_field
from erc_cli.commands.facts import Named, add_fact, register_of
from erc_cli.commands.totals import update_totals
from erc_cli.core.currencies import CURRENCY_PLACES
from erc_cli.core.house import House
from erc_cli.core.money import NotPlainError, OutOfRangeError, parse_amount, plain
from erc_cli.core.records.budget import Budget, StaffLine
from erc_cli.core.register import Register, item_at
from erc_cli.core.shares import Share, largest_remainder
from erc_cli.core.slugs import free_id, slug_of
from erc_cli.core.totals import allocations_of_projects, amounts_of_projects, current, staff_cells, total_of
from erc_cli.core.typed import value_of
from erc_cli.errors import NotFoundError, RefusedError, UsageError
from erc_cli.store.draft import Draft


def revise(
    draft: Draft, house: House, line: str, year: str, amount: str, on: date, named: Named, *, with_totals: bool
) -> None:
    """Give a line of the budget another amount; the original stays on file. Raises NotFoundError, RefusedError.

    `line` is the id of a line of the programmes, of the allocations, or of staff, which needs a `year`.
    """
    budget = _budget(register_of(draft))
    told = {"on": str(on), "to": amount, **named}
    staff = item_at(budget.staff.lines, line) if budget.staff else None
    if isinstance(staff, StaffLine):
        _revise_staff(draft, house, budget, staff, year, told)
    else:
        _revise_line(draft, house, budget, line, told)
    if with_totals:
        update_totals(draft)


def _budget(register: Register) -> Budget:
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
    add_fact(draft, house, "budget.staff.revisions", {**named, "from": plain(cells[year]), **told})


def _revise_line(draft: Draft, house: House, budget: Budget, line: str, told: Named) -> None:
    for section, lines in (
        ("programmes", budget.programmes.lines if budget.programmes else ()),
        ("allocations", budget.allocations.lines if budget.allocations else ()),
    ):
        found = item_at(lines, line)
        if found is not None:
            now = plain(current(found.amount, found.revisions))
            taken = [revision.id for revision in found.revisions]
            named = {"id": free_id(slug_of(f"revised {told['on']}"), taken), "from": now}
            add_fact(draft, house, f"budget.{section}.lines.{line}.revisions", {**named, **told})
            return
    raise NotFoundError(f"the budget has no line {line} (it has {', '.join(_lines(budget))})")


def _lines(budget: Budget) -> list[str]:
    sections = (budget.programmes, budget.allocations, budget.staff)
    return [line.id for section in sections if section is not None for line in section.lines]


def split(
    register: Register, project: str, house: House, amount: str, areas: Sequence[str], years: Sequence[str]
) -> list[Share]:
    """Return how an amount of a project is shared out over areas and years, to the last cent.

    Without an amount it is what is not allocated yet. Areas and years may have a weight: `2019:2` gets twice as much
    as `2020`. The shares differ from the exact ones by less than the smallest coin, and make the amount.
    """
    from erc_cli.commands.facts import record_at
    from erc_cli.core.records.project import Project

    record = record_at(register, project, Project)
    period = record.period or register.plan.period
    weighted_areas = _weights(areas or [area.id for area in record.areas], "area")
    weighted_years = _weights(years or [str(y) for y in range(period.start.year, period.end.year + 1)], "year")
    if not weighted_areas:
        raise UsageError(f"{project} has no areas to share an amount out over")
    for area in weighted_areas:
        if item_at(record.areas, area) is None:
            raise NotFoundError(f"{project} has no area {area} (it has {', '.join(a.id for a in record.areas)})")
    whole = _amount(register, project, house, amount)
    keys = [(area, int(year)) for area in weighted_areas for year in weighted_years]
    weights = [weighted_areas[area] * weighted_years[str(year)] for area, year in keys]
    parts = largest_remainder(whole, weights, CURRENCY_PLACES[house.currency])
    return [Share(area, year, part) for (area, year), part in zip(keys, parts, strict=True)]


def _amount(register: Register, project: str, house: House, asked: str) -> Decimal:
    budget = _budget(register)
    if asked:
        from erc_cli.core.records.budget import Allocation

        try:
            return parse_amount(value_of(Allocation, "amount", asked, house), CURRENCY_PLACES[house.currency])
        except (NotPlainError, OutOfRangeError) as error:
            raise UsageError(f"{asked}: {error}") from None
    left = total_of(amounts_of_projects(budget).get(project, ())) - total_of(
        allocations_of_projects(budget).get(project, ())
    )
    if left <= 0:
        raise RefusedError(f"nothing of the amount of {project} is left to share out; --amount AMOUNT names another")
    return left


def _weights(words: Sequence[str], what: str) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for text in [one.strip() for given in words for one in given.split(",") if one.strip()]:
        name, _, weight = text.partition(":")
        if (weight and not weight.replace(".", "", 1).isdecimal()) or (what == "year" and not name.isdecimal()):
            raise UsageError(f"{text}: write {what} or {what}:WEIGHT, such as 2019:2")
        found[name] = Decimal(weight or 1)
    if sum(found.values()) == 0 and found:
        raise UsageError(f"every {what} has the weight 0: there is nothing to share out over")
    return found


def allocate(draft: Draft, house: House, project: str, shares: Sequence[Share]) -> None:
    """Write the shares as allocations, with what is allocated and left of the project as claims."""
    for share in shares:
        told = {"project": project, "area": share.area, "year": str(share.year), "amount": plain(share.amount)}
        named = f"{project.partition('/')[2]} {share.area} {share.year}"
        append_data(draft, "budget.allocations.lines", {"id": slug_of(named), **told})
    budget = _budget(register_of(draft))
    allocated = total_of(allocations_of_projects(budget).get(project, ()))
    left = total_of(amounts_of_projects(budget).get(project, ())) - allocated
    claims = {"allocated": plain(allocated), "unallocated": plain(left)}
    if reached(draft, f"budget.allocations.totals.{project}").left:
        append_data(draft, "budget.allocations.totals", {"project": project, **claims})
    else:
        for key, value in claims.items():
            set_field(draft, f"budget.allocations.totals.{project}.{key}", value, house)

"""`erc budget split`: an amount of a project shared out over its areas and years."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from erc_cli.commands.appending import append_data
from erc_cli.commands.budget_changes import budget_of
from erc_cli.commands.changing import reached, set_field
from erc_cli.commands.facts import need_plan, record_at, register_of
from erc_cli.core.currencies import CURRENCY_PLACES
from erc_cli.core.house import House
from erc_cli.core.money import NotPlainError, OutOfRangeError, parse_amount, plain
from erc_cli.core.records.budget import Allocation, Budget
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register, item_at
from erc_cli.core.shares import Share, largest_remainder
from erc_cli.core.slugs import free_id
from erc_cli.core.totals import allocations_of_projects, amounts_of_projects, total_of
from erc_cli.core.typed import ungrouped, value_of
from erc_cli.errors import NotFoundError, RefusedError, UsageError
from erc_cli.store.draft import Draft


def split(
    register: Register, project: str, house: House, amount: str, areas: Sequence[str], years: Sequence[str]
) -> list[Share]:
    """Return how an amount of a project is shared out over areas and years, to the last cent.

    Without an amount it is what is not allocated yet. Areas and years may have a weight: `2019:2` gets twice as much
    as `2020`. An area has one allocation a year, so where it has one already there is no share. The shares differ from
    the exact ones by less than the smallest coin, and make the amount.
    """
    record = record_at(register, project, Project)
    need_plan(register)
    budget = budget_of(register)
    weighted_areas = _areas(record, areas)
    weighted_years = _years(record, register, years)
    whole = _amount(budget, project, house, amount)
    taken = {(one.area, one.year) for one in _lines_of(budget, project)}
    keys = [(area, year) for area in weighted_areas for year in weighted_years if (area, year) not in taken]
    if not keys:
        raise RefusedError(
            f"every area of {project} has its allocation in every year asked for: nothing was written\n"
            f"erc budget revise changes the amount of one"
        )
    weights = [weighted_areas[area] * weighted_years[year] for area, year in keys]
    if not any(weights):
        raise UsageError("every share has the weight 0: there is nothing to share out over")
    parts = largest_remainder(whole, weights, CURRENCY_PLACES[house.currency])
    return [Share(area, year, part) for (area, year), part in zip(keys, parts, strict=True)]


def _lines_of(budget: Budget, project: str) -> list[Allocation]:
    return [one for one in (budget.allocations.lines if budget.allocations else ()) if one.project == project]


def _areas(project: Project, asked: Sequence[str]) -> dict[str, Decimal]:
    known = [area.id for area in project.areas]
    if not known:
        raise UsageError(f"{project.address} has no areas to share an amount out over")
    found = _weights(asked, "area", "governmental:2") or dict.fromkeys(known, Decimal(1))
    for area in found:
        if item_at(project.areas, area) is None:
            raise NotFoundError(f"{project.address} has no area {area} (it has {', '.join(known)})")
    return found


def _years(project: Project, register: Register, asked: Sequence[str]) -> dict[int, Decimal]:
    period = project.period or register.plan.period
    known = range(period.start.year, period.end.year + 1)
    found = _weights(asked, "year", f"{known[0]}:2")
    for year in found:
        if year not in map(str, known):
            raise UsageError(f"{year} is no year of {project.address} (it has {known[0]} to {known[-1]})")
    return {int(year): weight for year, weight in found.items()} or dict.fromkeys(known, Decimal(1))


def _weights(asked: Sequence[str], what: str, example: str) -> dict[str, Decimal]:
    """What was typed as names with commas between them, each with its weight. Raises UsageError."""
    found: dict[str, Decimal] = {}
    for text in [ungrouped(one.strip()) for words in asked for one in words.split(",") if one.strip()]:
        name, colon, weight = text.partition(":")
        if colon and not (weight.isascii() and weight.replace(".", "", 1).isdecimal()):
            raise UsageError(f"{text}: write {what} or {what}:WEIGHT, such as {example}")
        if name in found:
            raise UsageError(f"{name} is named twice")
        found[name] = Decimal(weight or 1)
    return found


def _amount(budget: Budget, project: str, house: House, asked: str) -> Decimal:
    if asked:
        return _positive(asked, house)
    left = total_of(amounts_of_projects(budget).get(project, ())) - _allocated(budget, project)
    if left <= 0:
        raise RefusedError(f"nothing of the amount of {project} is left to share out; --amount AMOUNT names another")
    return left


def _positive(asked: str, house: House) -> Decimal:
    try:
        amount = parse_amount(value_of(Allocation, "amount", asked, house), CURRENCY_PLACES[house.currency])
    except (NotPlainError, OutOfRangeError) as error:
        raise UsageError(f"--amount {asked} {error}") from None
    if amount <= 0:
        raise UsageError(f"--amount {asked}: there is nothing to share out")
    return amount


def _allocated(budget: Budget, project: str) -> Decimal:
    return total_of(allocations_of_projects(budget).get(project, ()))


def allocate(draft: Draft, house: House, project: str, shares: Sequence[Share]) -> None:
    """Write the shares as allocations, with what is allocated and left of the project as claims."""
    for share in shares:
        told = {"project": project, "area": share.area, "year": str(share.year), "amount": plain(share.amount)}
        append_data(draft, "budget.allocations.lines", {"id": _free_id(draft, project, share), **told})
    budget = budget_of(register_of(draft))
    allocated = _allocated(budget, project)
    left = total_of(amounts_of_projects(budget).get(project, ())) - allocated
    claims = {"allocated": plain(allocated), "unallocated": plain(left)}
    if reached(draft, f"budget.allocations.totals.{project}").left:
        append_data(draft, "budget.allocations.totals", {"project": project, **claims})
    else:
        for key, value in claims.items():
            set_field(draft, f"budget.allocations.totals.{project}.{key}", value, house)


def _free_id(draft: Draft, project: str, share: Share) -> str:
    """The id of a new allocation: its area and year, with the project where another one has an area of that name."""
    at = reached(draft, "budget.allocations.lines")
    taken = [str(one.get("id")) for one in at.found.value if isinstance(one, dict)] if not at.left else []
    short = f"{share.area[:_LONGEST_AREA].rstrip('-')}-{share.year}"
    long = f"{project.partition('/')[2]}-{short}"
    return short if short not in taken else long if long not in taken and len(long) <= 64 else free_id(short, taken)


_LONGEST_AREA = 56
"""With a year and a number behind it an id has at most 64 characters."""

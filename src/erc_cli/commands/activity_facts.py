"""What happens to an activity: it is moved, rescaled, cancelled, done, paid for and judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from erc_cli.commands.facts import Named, add_fact, record_at, register_of, set_facts
from erc_cli.core.house import House
from erc_cli.core.money import plain
from erc_cli.core.periods import NotADateError, PartialDate, parse_partial_date
from erc_cli.core.records.activity import Activity, Schedule
from erc_cli.core.schedule import current_schedule, state_on
from erc_cli.core.slugs import free_id, slug_of
from erc_cli.core.totals import current
from erc_cli.core.typed import ungrouped
from erc_cli.errors import RefusedError, UsageError
from erc_cli.store.draft import Draft

_POSSIBLE = {
    "cancelled": "erc activity reinstate",
    "done": "erc activity assess, contribute, spend",
    "running": "erc activity move, rescale, complete, contribute, spend",
    "planned": "erc activity move, rescale, cancel, complete, contribute, spend",
    "open": "erc activity rescale, cancel, complete, contribute, spend",
}


def move(draft: Draft, house: House, address: str, on: date, start: str, end: str, named: Named) -> None:
    """Give an activity another schedule, and say why. Raises RefusedError for what is not planned on that day."""
    activity = _activity(draft, address, "move", on, ("planned", "running"))
    schedule = current_schedule(activity, on)
    if schedule is None:
        raise RefusedError(
            f"{address} has no schedule on {on}: nothing was written\n"
            f"erc set {address}.planned.start=... {address}.planned.end=... gives it the approved one"
        )
    to = _moved(schedule, start, end)
    _change(draft, house, activity, on, "schedule", named, {**_both("from", schedule), **to})


def _both(which: str, schedule: Schedule) -> dict[str, str]:
    return {f"{which}.start": str(schedule.start), f"{which}.end": str(schedule.end)}


def _moved(schedule: Schedule, start: str, end: str) -> dict[str, str]:
    """The new schedule as typed; where one side is missing the length stays, if it is known to the day."""
    start, end = ungrouped(start), ungrouped(end)
    if not start and not end:
        raise UsageError("say where to: --start DATE --end DATE (2020-05 and 2020 will do)")
    if not start:
        start = str(schedule.start)
    if not end:
        end = start if str(schedule.start) == str(schedule.end) else _shifted(schedule, start)
    return {"to.start": start, "to.end": end}


def _shifted(schedule: Schedule, start: str) -> str:
    new = _parsed(start)
    if not (schedule.start.is_exact and schedule.end.is_exact and new.is_exact):
        raise UsageError("--end DATE is needed as well: how long it takes is not known to the day")
    return str(new.first_day + (schedule.end.first_day - schedule.start.first_day))


def _parsed(text: str) -> PartialDate:
    try:
        return parse_partial_date(text)
    except NotADateError as error:
        raise UsageError(f"{text} {error}") from None


def _activity(draft: Draft, address: str, verb: str, on: date, legal: Sequence[str]) -> Activity:
    activity = record_at(register_of(draft), address, Activity)
    state = state_on(activity, on)
    if state not in legal:
        raise RefusedError(
            f"{address} was {state if state != 'open' else 'without a schedule'} on {on}, and {verb} is for what is "
            f"{' or '.join(legal)}: nothing was written\npossible then: {_POSSIBLE[state]}"
        )
    return activity


def _change(
    draft: Draft, house: House, activity: Activity, on: date, field: str, named: Named, values: dict[str, Any]
) -> None:
    taken = [change.id for change in activity.changes]
    told = {"id": free_id(slug_of(f"{field} {on}"), taken), "on": str(on), "field": field, **values, **named}
    if not told.get("cause"):
        told["cause"] = _usual_cause(str(named.get("because", "")))
    add_fact(draft, house, f"{activity.address}.changes", told)


def _usual_cause(because: str) -> str:
    if because.startswith("meetings/"):
        return "decision"
    return "member-state" if because.startswith("member-states/") else ""


def cancel(draft: Draft, house: House, address: str, on: date, named: Named) -> None:
    """Note that it will not take place. Raises RefusedError for what is done or cancelled."""
    activity = _activity(draft, address, "cancel", on, ("planned", "open", "running"))
    _change(draft, house, activity, on, "cancelled", named, {})


def reinstate(draft: Draft, house: House, address: str, on: date, named: Named) -> None:
    """Note that what was cancelled takes place after all."""
    activity = _activity(draft, address, "reinstate", on, ("cancelled",))
    _change(draft, house, activity, on, "reinstated", named, {})


def rescale(draft: Draft, house: House, address: str, on: date, budgets: Sequence[str], named: Named) -> None:
    """Revise the amounts of years: `2020=12000`. The original stays on file. Raises RefusedError."""
    activity = _activity(draft, address, "rescale", on, ("planned", "open", "running"))
    if not budgets:
        raise UsageError("say how much: --budget YEAR=AMOUNT")
    for text in budgets:
        year, _, amount = text.partition("=")
        year = ungrouped(year.strip())
        budget = next((one for one in activity.budget if str(one.year) == year), None)
        if budget is None:
            raise RefusedError(
                f"{address} has no budget of {year}: nothing was written\n"
                f"erc append {address}.budget year={year} amount={amount or '...'} gives it one"
            )
        told = {
            "id": free_id(slug_of(f"revised {on}"), [revision.id for revision in budget.revisions]),
            "on": str(on),
            "from": plain(current(budget.amount, budget.revisions)),
            "to": amount.strip(),
            **{key: value for key, value in named.items() if key in ("because", "reason")},
        }
        add_fact(draft, house, f"{address}.budget.{year}.revisions", told)


def rescope(draft: Draft, house: House, address: str, on: date, was: str, scope: str, named: Named) -> None:
    """Note a change of what is done, in words."""
    activity = _activity(draft, address, "rescale", on, ("planned", "open", "running"))
    _change(draft, house, activity, on, "scope", named, {"from": was, "to": scope})


def complete(draft: Draft, house: House, address: str, named: Named, words: Sequence[str], on: date) -> None:
    """Note that it took place. Raises RefusedError for what is cancelled, or done already."""
    activity = _activity(draft, address, "complete", on, ("planned", "open", "running"))
    if activity.done is not None and activity.done.end is not None:
        raise RefusedError(f"{address} was done on {activity.done.end} already: nothing was written")
    set_facts(draft, house, f"{address}.done", named, words)


def add_to(draft: Draft, house: House, address: str, what: str, named: Named, words: Sequence[str]) -> None:
    """Add a contribution, an expenditure or a judgement to an activity or project."""
    add_fact(draft, house, f"{address}.{what}", named, words)

"""What happens to an activity: it is moved, rescaled, cancelled, done, paid for and judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from erc_cli.commands.budget_changes import revise_amount
from erc_cli.commands.facts import Named, add_fact, any_of, record_at, register_of, set_facts
from erc_cli.core.house import House
from erc_cli.core.periods import NotADateError, PartialDate, parse_partial_date
from erc_cli.core.records.activity import Activity, Schedule
from erc_cli.core.records.project import Project
from erc_cli.core.schedule import current_schedule, state_on
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
_STATES = {"open": "without a schedule"}
"""States that have another name in a sentence."""


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
    if to == _both("to", schedule):
        raise RefusedError(f"{address} is from {schedule.start} to {schedule.end} already: nothing was written")
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
    try:
        return str(new.first_day + (schedule.end.first_day - schedule.start.first_day))
    except OverflowError:
        raise UsageError(f"--start {start}: it would end after the last day of the calendar") from None


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
            f"{address} was {_STATES.get(state, state)} on {on}: nothing was written\n"
            f"{verb} is for what is {any_of([_STATES.get(one, one) for one in legal])}\n"
            f"possible then: {_POSSIBLE[state]}"
        )
    return activity


def _change(
    draft: Draft, house: House, activity: Activity, on: date, field: str, named: Named, values: dict[str, Any]
) -> None:
    told = {"on": str(on), "field": field, **values, **named}
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
    for year, amount in _by_year(budgets).items():
        budget = next((one for one in activity.budget if str(one.year) == year), None)
        if budget is None:
            raise RefusedError(
                f"{address} has no budget of {year}: nothing was written\n"
                f"erc append {address}.budget year={year} amount={amount} gives it one"
            )
        why = {key: value for key, value in named.items() if key in ("because", "reason")}
        revise_amount(draft, house, f"{address}.budget.{year}", budget, {"on": str(on), "to": amount, **why})


def _by_year(budgets: Sequence[str]) -> dict[str, str]:
    """What was typed as `YEAR=AMOUNT`, by year. Raises UsageError."""
    found: dict[str, str] = {}
    for text in budgets:
        year, _, amount = (part.strip() for part in text.partition("="))
        year = ungrouped(year)
        if not amount:
            raise UsageError(f"--budget {text}: write YEAR=AMOUNT, such as 2020=1,500.00")
        if year in found:
            raise UsageError(f"--budget {text}: {year} is there twice")
        found[year] = amount
    return found


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


def contribute(draft: Draft, house: House, address: str, named: Named, words: Sequence[str]) -> None:
    """Note what somebody pledged, committed or gave to an activity or a project."""
    record_at(register_of(draft), address, Project if address.startswith("projects/") else Activity)
    said = any(text.startswith("form=") for text in words)
    add_fact(draft, house, f"{address}.contributions", named if said else {"form": "cash", **named}, words)


def spend(draft: Draft, house: House, address: str, named: Named, words: Sequence[str]) -> None:
    """Note programme money that was spent."""
    record_at(register_of(draft), address, Activity)
    add_fact(draft, house, f"{address}.expenditures", named, words)


def assess(draft: Draft, house: House, address: str, judged: Sequence[str], named: Named) -> None:
    """Note how an activity was judged, by one criterion or several: `relevance=80:60` is 80 of 100, and weighs 60 %.

    One alone weighs 100 %. Raises UsageError.
    """
    record_at(register_of(draft), address, Activity)
    for text in judged:
        criterion, _, rest = text.partition("=")
        score, _, weight = rest.partition(":")
        if not score or not (weight or len(judged) == 1):
            example = "relevance=80:60 impact=70:40" if len(judged) > 1 else "relevance=80"
            raise UsageError(f"{text}: write CRITERION=SCORE:WEIGHT, as in {example}")
        told = {"criterion": criterion, "weight": weight.removesuffix("%") or "100", "score": score}
        add_fact(draft, house, f"{address}.assessment", {**told, **named})

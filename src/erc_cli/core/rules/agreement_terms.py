"""AGR, agreements: how their terms fit together, and what runs while one rests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from erc_cli.core.findings import Path, Problem, Related
from erc_cli.core.lives import last_day_in_force, latest_start, most_looked_at, named_end, terminated_on
from erc_cli.core.periods import PartialDate, first_day, subtract_days
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.register import Register
from erc_cli.core.rules.rule import rule
from erc_cli.core.status import ALIVE, end_on, in_force_from, status_on, superseded_on


@rule("AGR010", source="plan, project 1, outcome 1")
def a_programme_of_action_lies_in_its_agreement(register: Register) -> Iterator[Problem]:
    """A programme of action runs within the life of the agreement that it is under.

    It starts when that one is in force and ends no later. A tacit renewal to which nobody objected lengthens the life
    of the agreement, and where a successor took its place the programme goes on under that.

    Passes::

        agreements/cooperation:
          ends_on: 2021-12-31
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
        agreements/programme:
          kind: programme-of-action
          under: agreements/cooperation
          ends_on: 2021-06-30
          parties: [{party: isesco, signed_on: 2019-05-02}, {party: partners/oic, signed_on: 2019-05-02}]

    Fails::

        agreements/cooperation:
          ends_on: 2020-12-31
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
        agreements/programme:
          kind: programme-of-action
          under: agreements/cooperation
          ends_on: 2021-06-30
          parties: [{party: isesco, signed_on: 2019-05-02}, {party: partners/oic, signed_on: 2019-05-02}]
    """
    for programme in register.agreements:
        if programme.kind == "programme-of-action":
            above = register.find(programme.under, Agreement)
            begins = in_force_from(above) if above is not None else None
            if above is not None and begins is not None:
                yield from _outside(programme, above, begins, register)


def _outside(programme: Agreement, above: Agreement, begins: date, register: Register) -> Iterator[Problem]:
    start = latest_start(programme)
    path: Path = ("effective_on",) if programme.effective_on is not None else ("under",)
    if start is not None and start < begins and programme.signed_before is None and above.signed_before is None:
        message = f"in force from {start}, before {above.address} is, from {begins}"
        yield Problem(programme.address, path, message, _life_of(above))
        return
    if superseded_on(above, register) is not None:
        return
    last, first = last_day_in_force(above, register), in_force_from(programme)
    end = named_end(programme)
    if first is not None and programme.signed_before is None and first > last:
        message = f"in force from {first}, and {above.address} only until {last}"
        yield Problem(programme.address, path, message, _life_of(above))
    elif end is not None and first_day(end) > last:
        message = f"ends on {end}, and {above.address} is in force only until {last}"
        yield Problem(programme.address, ("ends_on",), message, _life_of(above))


def _life_of(agreement: Agreement) -> tuple[Related, ...]:
    path: Path = ("ends_on",) if agreement.ends_on is not None else ("parties",)
    return (Related(agreement.address, path, "the agreement that it is under"),)


_ONE_AT_A_TIME: Final = frozenset({"cooperation-agreement", "memorandum-of-understanding", "programme-of-action"})
"""Kinds of which the same parties have one at a time; of others they may have several, each about something else."""


@rule("AGR011", source="plan, project 1, outcome 1", severity="warning")
def one_agreement_for_one_thing(register: Register) -> Iterator[Problem]:
    """The same parties do not have two agreements of one kind, in the same fields, in force at one time.

    Either one of them is on file twice, or the newer one takes the place of the older and should say so in `succeeds`.
    Protocols, exchanges of letters and prize agreements are compared only where they name their fields. Programmes of
    action under different agreements are different things.

    Passes::

        agreements/old:
          ends_on: 2019-12-31
          parties: [{party: isesco, signed_on: 2017-02-14}, {party: partners/oic, signed_on: 2017-02-14}]
        agreements/new:
          parties: [{party: isesco, signed_on: 2020-01-20}, {party: partners/oic, signed_on: 2020-01-20}]

    Fails::

        agreements/old:
          ends_on: 2020-12-31
          parties: [{party: isesco, signed_on: 2017-02-14}, {party: partners/oic, signed_on: 2017-02-14}]
        agreements/new:
          parties: [{party: isesco, signed_on: 2020-01-20}, {party: partners/oic, signed_on: 2020-01-20}]
    """
    for alike in _alike(register):
        spans = ((span, agreement) for agreement in alike if (span := _certain_span(agreement, register)) is not None)
        longest: tuple[date, Agreement] | None = None
        for (start, end), agreement in sorted(spans, key=lambda one: (one[0], one[1].id)):
            if longest is not None and start <= longest[0] and not _is_one_under_the_other(agreement, longest[1]):
                other = longest[1].address
                message = f"in force beside {other}, of the same kind, parties and fields"
                yield Problem(agreement.address, ("parties",), message, (Related(other, ("parties",), "the other"),))
            if longest is None or end > longest[0]:
                longest = (end, agreement)


def _alike(register: Register) -> Iterator[list[Agreement]]:
    found: dict[object, list[Agreement]] = {}
    for agreement in register.agreements:
        if agreement.kind != "unspecified" and (agreement.fields or agreement.kind in _ONE_AT_A_TIME):
            above = agreement.under if agreement.kind == "programme-of-action" else None
            parties = frozenset(party.party for party in agreement.parties)
            found.setdefault((agreement.kind, parties, frozenset(agreement.fields), above), []).append(agreement)
    return (alike for alike in found.values() if len(alike) > 1)


def _certain_span(agreement: Agreement, register: Register) -> tuple[date, date] | None:
    """The first and last day on which it was in force in every reading of its dates."""
    start = latest_start(agreement)
    if start is None:
        return None
    if agreement.ends_on is not None and not agreement.ends_on.is_exact:
        first = first_day(agreement.ends_on)
        early = PartialDate(first.year, first.month, first.day)
        agreement = agreement.model_copy(update={"ends_on": early})
    end = last_day_in_force(agreement, register)
    return (start, end) if start <= end and status_on(agreement, register, start) in ALIVE else None


def _is_one_under_the_other(one: Agreement, other: Agreement) -> bool:
    return one.under == other.address or other.under == one.address


@rule("AGR013", source="plan, project 1, outcome 1", severity="warning")
def nothing_runs_while_its_agreement_rests(register: Register) -> Iterator[Problem]:
    """No activity under an agreement runs while that is suspended, unless `suspension_exception` says why it may.

    What counts is when the activity took place, not when it was planned for.

    Passes::

        agreements/cooperation:
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
          events: [{kind: suspended, on: 2019-06-01}, {kind: resumed, on: 2019-09-01}]
        activities/forum: {under: agreements/cooperation, done: {start: 2019-09-10, end: 2019-09-12}}

    Fails::

        agreements/cooperation:
          parties: [{party: isesco, signed_on: 2019-02-14}, {party: partners/oic, signed_on: 2019-02-14}]
          events: [{kind: suspended, on: 2019-06-01}, {kind: resumed, on: 2019-09-01}]
        activities/forum: {under: agreements/cooperation, done: {start: 2019-08-10, end: 2019-08-12}}
    """
    resting = {a.address: a for a in register.agreements if any(event.kind == "suspended" for event in a.events)}
    for activity in register.activities if resting else ():
        agreement = resting.get(activity.under or "")
        if agreement is None or activity.done is None or activity.suspension_exception is not None:
            continue
        day = _day_in_suspension(activity, agreement, register)
        if day is not None:
            which = "start" if activity.done.start is not None else "end"
            message = f"took place while {agreement.address} was suspended, on {day}: say why in suspension_exception"
            related = Related(agreement.address, ("events",), "what happened to the agreement")
            yield Problem(activity.address, ("done", which), message, (related,))


def _day_in_suspension(activity: Activity, agreement: Agreement, register: Register) -> date | None:
    """A day on which the activity ran and the agreement was suspended all day: not the day of either event."""
    done = activity.done
    start = (done.start or done.end) if done is not None else None
    end = (done.end or done.start) if done is not None else None
    if start is None or end is None:
        return None
    days = {start}
    for event in agreement.events:
        if event.kind == "suspended":
            first = max(event.on, event.effective_on or event.on)
            days.add(min(first, date.max - timedelta(days=1)) + timedelta(days=1))
    for day in sorted(day for day in days if start <= day <= end)[: most_looked_at(agreement)]:
        if all(status_on(agreement, register, near) == "suspended" for near in (day, subtract_days(day, 1))):
            return day
    return None


@rule("AGR014", source="plan, project 1, general framework", severity="warning")
def a_successor_follows_without_a_gap(register: Register) -> Iterator[Problem]:
    """An agreement that takes the place of another is in force from the day after that one's last.

    What was done in between had no agreement to stand on. The last day is by expiry, termination or withdrawal.

    Passes::

        agreements/old:
          ends_on: 2019-12-31
          parties: [{party: isesco, signed_on: 2017-02-14}, {party: partners/oic, signed_on: 2017-02-14}]
        agreements/new:
          succeeds: agreements/old
          effective_on: 2020-01-01
          parties: [{party: isesco, signed_on: 2019-11-20}, {party: partners/oic, signed_on: 2019-11-20}]

    Fails::

        agreements/old:
          ends_on: 2019-12-31
          parties: [{party: isesco, signed_on: 2017-02-14}, {party: partners/oic, signed_on: 2017-02-14}]
        agreements/new:
          succeeds: agreements/old
          parties: [{party: isesco, signed_on: 2020-02-20}, {party: partners/oic, signed_on: 2020-02-20}]
    """
    for address, following in register.successors.items():
        old = register.find(address, Agreement)
        starts = [
            (start, new.id, new)
            for new in following
            if (start := in_force_from(new)) is not None
            and (new.signed_before is None or new.effective_on is not None)
            and status_on(new, register, start) in ALIVE
        ]
        if old is None or in_force_from(old) is None or not starts:
            continue
        start, _, new = min(starts)
        last = _last_day_until(old, register, start)
        days = (start - last).days - 1 if last is not None else 0
        if days > 0:
            what = f"{days} days" if days > 1 else "one day"
            message = f"in force from {start}, {what} after {old.address}, whose last day was {last}"
            path: Path = ("ends_on",) if old.ends_on is not None else ("events",)
            yield Problem(new.address, ("succeeds",), message, (Related(old.address, path, "its end"),))


def _last_day_until(agreement: Agreement, register: Register, day: date) -> date | None:
    """The last day in force of what had ended on `day`; None if it had not."""
    status = status_on(agreement, register, day)
    if status == "expired":
        return end_on(agreement, day)
    ended = terminated_on(agreement, register) if status == "terminated" else None
    return subtract_days(ended, 1) if ended is not None else None

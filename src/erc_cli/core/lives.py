"""The life of an agreement as a whole, from all the facts on file; for what asks about no day in particular."""

from __future__ import annotations

from datetime import date

from erc_cli.core.periods import PartialDate, last_day, subtract_days
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.register import Register
from erc_cli.core.status import end_on, full_signature, signatories, status_on, superseded_on, term_on

_MOST_STEPS = 200_000
"""So many pairs of facts of one agreement are looked at: far more than any has, and done in an instant."""


def most_looked_at(agreement: Agreement) -> int:
    """Return how many facts of an agreement are compared with all its others: all, unless the file is absurd."""
    facts = len(agreement.parties) + len(agreement.events) + len(agreement.amendments) + len(agreement.clearances)
    return max(_MOST_STEPS // (facts + 1), 10)


def last_day_in_force(agreement: Agreement, register: Register) -> date:
    """Return the last day before it expires, is terminated or is superseded; `date.max` stands for no end.

    A tacit renewal to which nobody objected goes on.
    """
    last = end_on(agreement, date.max) or date.max
    for first_without in (terminated_on(agreement, register), superseded_on(agreement, register)):
        if first_without is not None:
            last = min(last, subtract_days(first_without, 1))
    return last


def terminated_on(agreement: Agreement, register: Register) -> date | None:
    """Return the first day without it, because it was terminated or its parties withdrew; None if they did not."""
    terminated: list[date] = []
    withdrawn: dict[str | None, date] = {}
    for event in agreement.events:
        day = max(event.on, event.effective_on or event.on)
        if event.kind == "terminated":
            terminated.append(day)
        elif event.kind == "withdrawn":
            withdrawn[event.party] = min(day, withdrawn.get(event.party, day))
    days = sorted({*withdrawn.values()})[: most_looked_at(agreement)] + sorted(terminated)[:1]
    return next((day for day in sorted(days) if status_on(agreement, register, day) == "terminated"), None)


def named_end(agreement: Agreement) -> date | PartialDate | None:
    """Return the end that was last named, without tacit renewals; in the text it may be known only in part."""
    renewal = agreement.renewal
    if renewal is not None and renewal.kind == "tacit":
        agreement = agreement.model_copy(update={"renewal": renewal.model_copy(update={"kind": "express"})})
    term, stated = term_on(agreement, date.max), agreement.ends_on
    if term is None or (stated is not None and last_day(stated) == term.end):
        return stated
    return term.end


def latest_start(agreement: Agreement) -> date | None:
    """Return the latest day on which it can have come into force; None while a signature is missing."""
    if full_signature(agreement) is None:
        return None
    days = [last_day(p.signed_on) for p in signatories(agreement) if p.signed_on and not agreement.signed_before]
    days += [agreement.signed_before] if agreement.signed_before else []
    days += [last_day(agreement.effective_on)] if agreement.effective_on else []
    return max(days)


def is_cancelled(agreement: Agreement) -> bool:
    """Whether it was given up before it was signed."""
    return any(event.kind == "cancelled" for event in agreement.events)


def is_of_the_past(agreement: Agreement, register: Register) -> bool:
    """Whether it was over before the plan began."""
    return last_day_in_force(agreement, register) < register.plan.period.start

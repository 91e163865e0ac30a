"""What the rules on meetings, results and activities share: the life of an agreement, and what cannot be known."""

from __future__ import annotations

from datetime import date

from erc_cli.core.periods import PartialDate, certainly_before, first_day
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.register import Register
from erc_cli.core.status import ALIVE, in_force_from, status_on, successors

_OVER = frozenset({"cancelled", "terminated", "superseded", "expired"})


def is_before_life(agreement: Agreement, start: date | PartialDate) -> bool:
    """Whether `start` is before the first day in force in every reading.

    Not of an agreement that was signed at an unknown day before another, and not while it is unsigned.
    """
    begins = in_force_from(agreement)
    return agreement.signed_before is None and begins is not None and certainly_before(start, begins)


def over_by(agreement: Agreement, register: Register, start: date | PartialDate, end: date | PartialDate) -> str | None:
    """Return the status that ended an agreement before `end` in every reading; None while it lives or may live.

    Where a successor carries it on, what began in its life is still in it.
    """
    last = first_day(end)
    status = status_on(agreement, register, last)
    if status not in _OVER:
        return None
    if any(status_on(successor, register, last) in ALIVE for successor in successors(agreement, register)):
        return status if status_on(agreement, register, first_day(start)) in _OVER else None
    return status


def is_unsigned(agreement: Agreement) -> bool:
    """Whether signatures are known to be missing.

    An agreement of which nothing is on file but its parties may be an old one that was signed long ago.
    """
    if in_force_from(agreement) is not None:
        return False
    some_signed = any(party.signed_on is not None for party in agreement.parties)
    return some_signed or bool(agreement.events or agreement.clearances)


def is_any_broken(register: Register, *folders: str) -> bool:
    """Whether a file of these folders is there and could not be made into a record.

    What is missing from a whole may be in it, so that rules which look for gaps wait until it is mended.
    """
    return any(address.partition("/")[0] in folders for address in register.broken)

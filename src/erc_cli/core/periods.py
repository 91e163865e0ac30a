"""Days known in full or in part, and spans of them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)


class NotADateError(ValueError):
    """Text that names no real day, month or year; the message says why."""


class PartialDate(NamedTuple):
    """A day, or a month or year of which no more is known.

    `month` and `day` are 0 where they are not known. As a start it counts from `first_day`, as an end to `last_day`.
    """

    year: int
    month: int
    day: int

    @property
    def first_day(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def is_exact(self) -> bool:
        """Whether it names one day."""
        return self.day != 0

    def __str__(self) -> str:
        if self.day:
            return f"{self.year:04}-{self.month:02}-{self.day:02}"
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"


def parse_partial_date(text: str) -> PartialDate:
    """Return what `YYYY-MM-DD`, `YYYY-MM` or `YYYY` means. Raises NotADateError."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise NotADateError("is not written YYYY-MM-DD, YYYY-MM or YYYY")
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if year < 1:
        raise NotADateError("is in the year 0000, which the calendar does not have")
    if match[2] and not 1 <= month <= 12:
        raise NotADateError(f"names month {match[2]}, and there are twelve")
    if match[3] and not 1 <= day <= monthrange(year, month)[1]:
        raise NotADateError(f"names day {match[3]} of a month with {monthrange(year, month)[1]} days")
    return PartialDate(year, month, day)


def parse_date(text: str) -> date:
    """Return the day that `YYYY-MM-DD` names. Raises NotADateError, also for a month or year alone."""
    parsed = parse_partial_date(text)
    if not parsed.is_exact:
        raise NotADateError("must be a whole day, YYYY-MM-DD")
    return date(parsed.year, parsed.month, parsed.day)


def first_day(when: date | PartialDate) -> date:
    """Return the earliest day that `when` can mean."""
    return when if isinstance(when, date) else when.first_day


def last_day(when: date | PartialDate) -> date:
    """Return the latest day that `when` can mean."""
    return when if isinstance(when, date) else when.last_day


def certainly_before(one: date | PartialDate, other: date | PartialDate) -> bool:
    """Whether `one` is before `other` in every reading of both."""
    return last_day(one) < first_day(other)


def add_months(day: date, months: int) -> date:
    """Return the same day of the month `months` later, or the month's last day where it is shorter."""
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    if year > 9999:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: date, days: int) -> date:
    """Return the day `days` later, never after the last day there is."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def subtract_days(day: date, days: int) -> date:
    """Return the day `days` earlier, never before the first day there is."""
    return date.fromordinal(max(day.toordinal() - days, 1))

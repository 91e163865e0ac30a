"""The days of a report as a calendar file (iCalendar, RFC 5545), the same bytes whenever it is made for a day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from erc_cli.core.periods import add_days
from erc_cli.core.reports.report import Dated, Report
from erc_cli.core.words import Words
from erc_cli.errors import UsageError
from erc_cli.render.cells import one_line
from erc_cli.render.extras import library


def report_ics(report: Report, words: Words) -> bytes:
    """Return the days of a report as an `.ics` file, with alarms, and rules for what returns.

    Every entry is of whole days and leaves its readers free. The day of the report stands for the time it was made, so
    that a calendar that knows an entry takes the newer one. Raises UsageError where the report has no days or the extra
    is missing.
    """
    if not report.dates or report.foot is None:
        raise UsageError(f"the report {report.name} has no days to put into a calendar")
    ical = library("icalendar")
    calendar = ical.Calendar()
    calendar.add("prodid", f"-//erc//{report.name}//{words.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(f"{report.title}, {report.lines[0]}" if report.lines else report.title))
    made = datetime.combine(report.foot.on, time(), UTC)
    for dated in report.dates:
        calendar.add_component(_event(dated, made, ical))
    content: bytes = calendar.to_ical()
    return content


def _event(dated: Dated, made: datetime, ical: Any) -> Any:
    event = ical.Event()
    label = one_line(dated.label)
    event.add("uid", dated.uid)
    event.add("dtstamp", made)
    event.add("dtstart", dated.first)
    event.add("dtend", add_days(dated.last, 1))
    event.add("summary", label)
    event.add("description", one_line(dated.about))
    event.add("categories", [one_line(dated.kind)])
    event.add("transp", "TRANSPARENT")
    if dated.every_months is not None:
        years, rest = divmod(dated.every_months, 12)
        rule = {"freq": "monthly", "interval": dated.every_months} if rest else {"freq": "yearly", "interval": years}
        event.add("rrule", rule)
    if dated.alarm_days is not None:
        alarm = ical.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", label)
        alarm.add("trigger", timedelta(days=-dated.alarm_days))
        event.add_component(alarm)
    return event

"""The reports by name. A new one is a function, and its line here; every format comes with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from erc_cli.core.reports.brief import brief
from erc_cli.core.reports.budget import budget
from erc_cli.core.reports.calendar import calendar
from erc_cli.core.reports.drift import drift_report
from erc_cli.core.reports.due import due_report
from erc_cli.core.reports.funding import funding
from erc_cli.core.reports.off_budget import off_budget
from erc_cli.core.reports.partners import partners
from erc_cli.core.reports.plan import plan
from erc_cli.core.reports.quality import quality_report
from erc_cli.core.reports.register import register
from erc_cli.core.reports.report import Asked, Report
from erc_cli.core.reports.results import results
from erc_cli.core.reports.special_conditions import special_conditions
from erc_cli.core.reports.staff import staff
from erc_cli.core.reports.status import status


class Known(NamedTuple):
    """A report that can be asked for: how it is made, what it shows (English), and what must follow its name."""

    make: Callable[[Asked], Report]
    help: str
    subject: str = ""
    """The folder of the record that it is about; empty for a report on the whole register."""


REPORTS: Final[dict[str, Known]] = {
    "brief": Known(brief, "The page before a meeting of two: agreements, decisions, money, what is due.", "partners"),
    "budget": Known(budget, "Programme money by project, area and year, at first and now; off-budget apart."),
    "calendar": Known(calendar, "Meetings, ends, last days to object, what returns."),
    "drift": Known(drift_report, "The schedule against the plan, with the causes; money that went between years."),
    "due": Known(due_report, "What somebody has to do, by who must act."),
    "funding": Known(funding, "Own cost, partners' cash and contributions in kind, leverage."),
    "off-budget": Known(off_budget, "The off-budget projects: stage, parties, cost, what is secured."),
    "partners": Known(partners, "Who the partners are, and what they are to the organisation."),
    "plan": Known(plan, "The plan itself: framework, projects, outcomes, indicators, budgets, staff."),
    "quality": Known(quality_report, "How activities were judged; what is known by counts alone."),
    "register": Known(register, "Every agreement: parties, dates, status, renewal, text on file."),
    "results": Known(results, "Baselines, targets, actuals, what proves them, and quality."),
    "special-conditions": Known(special_conditions, "The States concerned, their needs, what answers them."),
    "staff": Known(staff, "Staff costs by item and year, as approved and now."),
    "status": Known(
        lambda asked: status(asked.register, asked.on, asked.words, asked.findings, internal=asked.internal),
        "The one screen for a director: money, agreements, what is due, slips, results.",
    ),
}

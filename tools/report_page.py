"""docs/reports.md: what each report is for, with an excerpt of what it says about the fictional example."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from erc_cli.core.reports.catalogue import REPORTS
from erc_cli.core.reports.report import Asked, Report, Section
from erc_cli.render.documents import BY_EXTENSION, render_report
from erc_cli.render.look import Look
from erc_cli.store.catalogue import words_in
from erc_cli.store.load import load
from erc_cli.store.worktree import WorkTree

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "lantern-league"
PICTURES = ROOT / "docs" / "pictures"
DAY: Final = date(2024, 7, 1)
PARTNER: Final = "harbour-states-union"


class Shown(NamedTuple):
    """How a report is shown: what it is for, the part that is quoted, and the language of its picture."""

    purpose: str
    part: str
    language: str = "en"


SHOWN: Final = {
    "plan": Shown(
        "The chapter of the plan itself, made from the data: framework, priorities, projects with their "
        "objectives, areas, expected outcomes and tables of indicators, off-budget projects, programme budget "
        "and financial items. In French and Arabic the same parts in the "
        "same order.",
        "Expected outcome 2: Civil society and companies share the League’s work",
        "ar",
    ),
    "budget": Shown(
        "Programme money by project, area of intervention and year. What was approved stands beside what it "
        "is now, and neither is added to the other; what is not allocated is a row; off-budget projects are "
        "apart. Every column adds up to its total.",
        "By area of intervention",
    ),
    "staff": Shown(
        "Salaries and allowances by item and year, as approved and as they stand, with every change and the "
        "step from year to year.",
        "Year by year",
        "fr",
    ),
    "funding": Shown(
        "Who pays for what: own cost, partners' cash, contributions in kind, leverage; by project, source, "
        "instrument, area and year. Pledged, committed and received are never added, cash and in kind "
        "neither.",
        "By project",
    ),
    "register": Shown(
        "Every agreement with its parties, its dates as precisely as they are known, its status on the day, "
        "renewal, and whether the signed text is on file. As a workbook it can be filtered.",
        "By status",
        "ar",
    ),
    "partners": Shown(
        "Who the partners are, what they are to the organisation on the day (agreement, activities only, "
        "prospect), and what came from them.",
        "By category",
        "fr",
    ),
    "results": Shown(
        "Baselines, targets, actuals and the share reached, outcome by outcome; what proves each figure; the "
        "quality of the activities behind it; outcomes of which nothing but counts is known.",
        "Expected outcome 2: Libraries and schools work again",
    ),
    "quality": Shown(
        "How activities were judged, by the criteria of OECD-DAC with their weights; what was done and not "
        "assessed; what is known by counts alone.",
        "Scores",
    ),
    "special-conditions": Shown(
        "The Member States that live under special conditions on the day, what their authorities asked for, "
        "what answers it, and the activities for them with their money.",
        "Needs and what answers them",
        "ar",
    ),
    "off-budget": Shown(
        "The specialized projects outside the budget, under their fields: stage, parties, procedures, cost, "
        "what is secured and what is missing.",
        "At a glance",
        "fr",
    ),
    "due": Shown("What somebody has to do within 90 days, under the names of those who must act.", "Finance"),
    "calendar": Shown(
        "The days to come: meetings, activities, ends of agreements, last days to object, deadlines; what "
        "returns, and when next. `-o calendar.ics` makes a file that calendar programs subscribe to: stable "
        "entries, alarms, rules for what returns.",
        "What returns",
    ),
    "brief": Shown(
        "The page before a meeting with one partner: who they are, agreements and days left, the last meeting "
        "and its open decisions, what was promised and received, common activities and slips, what is due, "
        "and room for objectives and talking points. `erc report brief ID`.",
        "Common activities",
        "fr",
    ),
    "status": Shown("The one screen for a director, as `erc status` shows it.", "Programme money"),
    "drift": Shown(
        "The schedule against the plan as it was approved: what was added, moved and cancelled in each year, the days "
        "of each cause, partner and meeting, days that nothing explains, and money that went from year to year.",
        "Days by cause",
        "fr",
    ),
}
"""The reports in the order of the page."""


def made(name: str, language: str = "en") -> tuple[Section, ...]:
    """Return the parts of a report on the example."""
    known = REPORTS[name]
    asked = Asked(
        load(WorkTree(str(EXAMPLE))).register,
        DAY,
        words_in(language),
        {"error": 0, "warning": 0, "waived": 1},
        PARTNER if known.subject else "",
    )
    return known.make(asked).sections


def page(made_by: str) -> str:
    """Return the page."""
    endings = ", ".join(f"`{end}`" for end in BY_EXTENSION)
    lines = ["# Reports", "", made_by, "", INTRODUCTION.replace("ENDINGS", endings), ""]
    order = [*SHOWN, *REPORTS]
    for name in sorted(REPORTS, key=order.index):
        lines += _report(name)
    return "\n".join(lines).rstrip("\n") + "\n"


INTRODUCTION: Final = """\
`erc report` lists them, `erc report NAME` makes one, in the plan's first language or that of `--lang en|fr|ar`, as
things stand today or on the day of `--on`, from the files as they are or as a revision had them (`--at`).

`-o FILE` writes it in the format of its name (ENDINGS); without
it the report is text. Excel, Word, PDF and calendar files need the extras `excel`, `word`, `pdf` and `calendar`:
`pip install 'erc-cli[excel,word,pdf,calendar]'`.

Every report says at its end from which commit, for which day and in what state of the register it was made: the same
inputs give the same bytes. Contacts, signatories, examinations and concerns stand only in a report made with
`--internal`, and a donor who asked not to be named is named only there.

A text that is not there in the language of the report is shown in another one and marked. Amounts are exact, in the
plan's currency unless a column names another; pledged, committed and received amounts are never added to each other.

The excerpts below are of the fictional `examples/lantern-league` on 1 July 2024. A report is one function in
`core/reports/` and its line in `core/reports/catalogue.py`: every format comes with it."""


def _report(name: str) -> Iterator[str]:
    known = REPORTS[name]
    shown = SHOWN.get(name, Shown(known.help, ""))
    subject = f" {known.subject.rstrip('s').upper()}" if known.subject else ""
    yield from (f"## {name}{subject}", "", shown.purpose, "")
    if (PICTURES / f"{name}.png").exists():
        yield from (f"![The report {name} as a page]({PICTURES.name}/{name}.png)", "")
    found = [one for one in made(name) if one.table is not None]
    yield from _excerpt(next((one for one in found if one.heading.startswith(shown.part)), found[0]))
    yield ""


def _excerpt(section: Section) -> list[str]:
    quoted = section._replace(level=1, bars=())
    text = render_report(Report("", (), (quoted,)), "md", Look(words_in("en"))).decode()
    lines = text.split("\n")[2:]
    return [f"*{section.heading}*" if line.startswith("## ") else line for line in lines]

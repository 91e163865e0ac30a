"""The tables of a report as comma separated values: one of them, or all as blocks."""

from __future__ import annotations

from erc_cli.core.reports.report import Report, Section
from erc_cli.errors import UsageError
from erc_cli.render.cells import one_line
from erc_cli.render.look import Look
from erc_cli.render.tables import render


def report_csv(report: Report, look: Look, asked: str) -> str:
    """Return the table `asked` for by its number, counted from 1; the only one needs no number.

    `all`: each as a block, with a line of its number and heading above and an empty line between. Raises UsageError.
    """
    found = [section for section in report.sections if section.table is not None and section.table.rows]
    if not found:
        raise UsageError(f"the report {report.name} has no table for this day: csv has nothing to show")
    if asked == "all":
        return "\n".join(f"# {at} {heading_of(one)}\n{_one(one, look)}" for at, one in enumerate(found, 1))
    if not asked and len(found) > 1:
        raise UsageError(f"csv holds one table: add --table N, or --table all.\n{_listed(found)}")
    number = asked or "1"
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= len(found)):
        raise UsageError(f"--table {asked}: a number, or all.\n{_listed(found)}")
    return _one(found[int(number) - 1], look)


def heading_of(section: Section) -> str:
    """Return what a table is called: the heading that it stands under."""
    return one_line(section.heading)


def _listed(sections: list[Section]) -> str:
    return "\n".join(f"  {at}  {heading_of(section)}" for at, section in enumerate(sections, 1))


def _one(section: Section, look: Look) -> str:
    assert section.table is not None  # noqa: S101 - the caller kept those with one
    return render(section.table, "csv", look)

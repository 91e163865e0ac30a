"""Reports in every format, as bytes: what the formats are, and which one a file's name asks for."""

from __future__ import annotations

from typing import Final

from erc_cli.core.reports.report import Report
from erc_cli.errors import UsageError
from erc_cli.render.look import Look
from erc_cli.render.paper import for_paper

TEXTS: Final = ("text", "md", "csv", "json", "html")
"""Formats that are text, and can be shown on a terminal."""

FORMATS: Final = (*TEXTS, "xlsx", "docx", "pdf", "ics")
"""What `--format` takes for a report."""

BY_EXTENSION: Final = {
    ".txt": "text",
    ".md": "md",
    ".csv": "csv",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
    ".docx": "docx",
    ".ics": "ics",
    ".pdf": "pdf",
}
"""What `-o FILE` means where no format is asked for."""


def report_format(output: str | None) -> str:
    """Return the format that a file's name asks for, `text` where there is no file. Raises UsageError."""
    if output is None or output == "-":
        return "text"
    found = next((form for end, form in BY_EXTENSION.items() if output.lower().endswith(end)), None)
    if found is None:
        raise UsageError(
            f"{output}: its name tells no format; let it end in {', '.join(BY_EXTENSION)}, or add --format"
        )
    return found


_MOST_ROWS: Final = 5000
"""A document of more rows is none that anybody reads, and setting it takes a gigabyte."""


def _require_readable(report: Report, form: str) -> None:
    """Raise UsageError for a report that is too long for pages."""
    tables = [section.table for section in report.sections if section.table is not None]
    rows = sum(len(table.rows) for table in tables)
    if rows > _MOST_ROWS:
        raise UsageError(f"{form} has pages, and this report has {rows} rows: choose xlsx, csv or html")


def render_report(report: Report, form: str, look: Look, table: str = "") -> bytes:
    """Return a report in one of `FORMATS`. `table` chooses among its tables for csv: a number, or `all`.

    Raises UsageError where the library of a format is not installed, or no table is chosen where there are several.
    """
    if form == "xlsx":
        from erc_cli.render.report_xlsx import report_xlsx

        return report_xlsx(report, look.words)
    if form == "docx":
        from erc_cli.render.report_docx import report_docx

        _require_readable(report, form)
        return report_docx(for_paper(report), look.words)
    if form == "pdf":
        from erc_cli.render.report_pdf import report_pdf

        _require_readable(report, form)
        return report_pdf(for_paper(report), look.words)
    if form == "ics":
        from erc_cli.render.report_ics import report_ics

        return report_ics(report, look.words)
    return _text(report, form, look, table).encode("utf-8", "backslashreplace")


def _text(report: Report, form: str, look: Look, table: str) -> str:
    if form == "json":
        from erc_cli.render.report_json import report_json

        return report_json(report, look.words)
    if form == "html":
        from erc_cli.render.report_html import report_html

        return report_html(for_paper(report), look.words)
    if form == "csv":
        from erc_cli.render.report_csv import report_csv

        return report_csv(report, look, table)
    from erc_cli.render.reports import report_markdown, report_text

    return report_markdown(report, look) if form == "md" else report_text(report, look)

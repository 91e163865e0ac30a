"""What comes out of every format: columns that add up, nothing for the house alone, the same bytes twice."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from shutil import copytree
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from erc_cli.core.reports.catalogue import REPORTS
from erc_cli.core.reports.report import Asked, Dated, Foot, Report
from erc_cli.core.tables import TO_THE_RIGHT, Table
from erc_cli.render.cells import one_line
from erc_cli.render.documents import FORMATS, render_report
from erc_cli.render.look import Look
from erc_cli.store.catalogue import words_in
from erc_cli.store.load import load
from erc_cli.store.worktree import WorkTree
from reports_made import PAYLOADS
from test_reports import ALL, EXAMPLE, NO_FINDINGS, PARTNER, made

DAY = date(2025, 7, 1)
Rows = list[list[str]]


def rendered(report: Report, form: str, language: str = "en") -> bytes:
    report = report._replace(name="r", foot=Foot("1a2b3c4", DAY, 0, 0, 0))
    return render_report(report, form, Look(words_in(language), 100_000), "all")


# --- sums ---------------------------------------------------------------------------------------------------


def _markdown(content: bytes) -> Iterator[Rows]:
    rows: Rows = []
    for line in [*content.decode().splitlines(), ""]:
        if line.startswith("| "):
            rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
        elif rows:
            yield rows[2:]
            rows = []


def _csv(content: bytes) -> Iterator[Rows]:
    for block in content.decode().split("\n\n"):
        yield list(csv.reader(io.StringIO(block)))[2:]


def _json(content: bytes) -> Iterator[Rows]:
    for section in json.loads(content)["sections"]:
        table = section["table"]
        if table is not None and table["rows"]:
            keys = [column["key"] for column in table["columns"]]
            rows = (*table["rows"], *table["totals"])
            yield [["" if row[key] is None else str(row[key]) for key in keys] for row in rows]


class _Html(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: list[Rows] = []
        self.inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("tbody", "thead", "table", "tfoot"):
            self.inside = tag
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.inside != "thead":
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.inside in ("tbody", "tfoot"):
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside in ("tbody", "tfoot") and self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += data.strip()


def _html(content: bytes) -> Iterator[Rows]:
    yield from _Html(content.decode()).tables


READERS: dict[str, Callable[[bytes], Iterator[Rows]]] = {
    "md": _markdown,
    "csv": _csv,
    "json": _json,
    "html": _html,
}


def _number(text: str) -> Decimal | None:
    plain = text.replace("\u202f", "").replace(",", "")
    return Decimal(plain) if re.fullmatch(r"-?\d+(\.\d+)?", plain) else None


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize(
    "name", ["budget", "staff", "funding", "off-budget", "partners", "special-conditions", "status"]
)
def test_columns_add_up_in_what_comes_out(name: str, form: str) -> None:
    report = made(name, on=DAY)
    tables = [one.table for one in report.sections if one.table is not None and one.table.rows]
    found = list(READERS[form](rendered(report, form)))
    assert [len(rows) for rows in found] == [len(one.rows) + len(one.totals) for one in tables]
    checked = sum(_check(table, rows) for table, rows in zip(tables, found, strict=True) if table.totals)
    assert checked >= {"staff": 4, "partners": 1}.get(name, 3)


def _check(table: Table, rows: Rows) -> int:
    """How many columns of a table, as read again, add up to the first row of totals."""
    checked = 0
    for at, column in enumerate(table.columns):
        total = _number(rows[len(table.rows)][at]) if column.kind in TO_THE_RIGHT else None
        if total is None or column.key == "leverage":
            continue
        cells = [_number(row[at]) for row in rows[: len(table.rows)]]
        assert sum((cell for cell in cells if cell is not None), Decimal(0)) == total, column.key
        checked += 1
    return checked


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_sums_of_a_workbook_are_formulas_with_their_values() -> None:
    content = rendered(made("budget", on=DAY), "xlsx")
    formulas, values = load_workbook(io.BytesIO(content)), load_workbook(io.BytesIO(content), data_only=True)
    checked = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    assert isinstance(values[sheet.title][cell.coordinate].value, int | float)
                    checked += 1
    assert checked >= 20


# --- for the house alone ------------------------------------------------------------------------------------

CANARIES = (
    "CANARYCONTACT",
    "CANARYMAIL",
    "CANARYFLAG",
    "CANARYSIGNATORY",
    "CANARYNAME",
    "2022-02-22",
    "22 February 2022",
)
"""Words planted in what is internal: a contact, a flag, a signatory, a name that is not to be told, an examination."""


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The example with a canary in every field that is for the house alone."""
    root = tmp_path_factory.mktemp("planted") / "league"
    copytree(EXAMPLE, root)
    union = root / "data" / "partners" / "harbour-states-union.yaml"
    union.write_text(
        union.read_text("utf-8")
        .replace("role: Cooperation office", "role: CANARYCONTACT")
        .replace("cooperation@uhs.example", "CANARYMAIL@uhs.example")
        + "due_diligence:\n  - on: 2022-02-22\n    result: pass\n    by: finance\n    valid_months: 24\n"
        "flags:\n  - opened: 2023-01-01\n    level: watch\n    reason: CANARYFLAG\n",
        "utf-8",
    )
    agreement = root / "data" / "agreements" / "uhs-cooperation-2024.yaml"
    agreement.write_text(agreement.read_text("utf-8").replace("President of the Union", "CANARYSIGNATORY"), "utf-8")
    donor = root / "data" / "partners" / "donor-k.yaml"
    text = donor.read_text("utf-8")
    name = re.search(r"  en: (.*)\n", text)
    assert name is not None
    donor.write_text(text.replace(f"en: {name[1]}", "en: CANARYNAME"), "utf-8")
    loaded = load(WorkTree(str(root)))
    assert not loaded.findings
    return loaded.register


def _outputs(register: Any, name: str, on: date, internal: bool, subject: str) -> str:
    known = REPORTS[name]
    asked = Asked(register, on, words_in("en"), NO_FINDINGS, subject if known.subject else "", internal)
    report = known.make(asked)
    found = [repr(report)]
    for form in FORMATS:
        if form in ("xlsx", "docx", "pdf") and on != DAY:  # they take long, and one day shows it
            continue
        if form == "ics" and not report.dates:
            continue
        if form == "csv" and not any(one.table is not None and one.table.rows for one in report.sections):
            continue
        content = rendered(report, form)
        found.append(_inside(content) if form in ("xlsx", "docx") else content.decode("utf-8", "replace"))
    return "".join(found)


def _inside(content: bytes) -> str:
    from zipfile import ZipFile

    with ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("on", [date(2024, 2, 20), DAY])
def test_nothing_internal_leaks(planted: Any, name: str, on: date) -> None:
    for subject in ("partners/harbour-states-union", "partners/donor-k") if REPORTS[name].subject else ("",):
        text = _outputs(planted, name, on, False, subject)
        assert [canary for canary in CANARIES if canary in text] == []


def test_the_house_sees_what_is_internal(planted: Any) -> None:
    on = date(2024, 2, 20)
    seen = "".join(
        _outputs(planted, name, on, True, PARTNER["partners"]) for name in ("brief", "partners", "register", "due")
    )
    assert [canary for canary in CANARIES if canary not in seen] == []


# --- the same bytes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_bytes_twice(form: str) -> None:
    one, other = (rendered(made("calendar", on=date(2024, 7, 1)), form, "ar") for _ in range(2))
    assert one == other


@pytest.mark.parametrize("payload", [*PAYLOADS, "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:x", "a;b,c:d\\n"])
def test_a_calendar_file_holds_texts_as_texts(payload: str) -> None:
    dated = Dated("u@x", DAY, DAY, payload, payload, payload, None, 14)
    report = Report(payload, (payload,), (), "calendar", Foot("", DAY, 0, 0, 0), (dated,))
    content = render_report(report, "ics", Look(words_in("en")))
    lines = content.decode().split("\r\n")
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202e\u2066\u200b]", "".join(lines))
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["summary"]) == one_line(payload)
    assert len(event.walk("VALARM")) == 1

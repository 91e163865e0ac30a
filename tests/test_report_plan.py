"""The plan as a report: every title, table row and figure of the printed chapter has its place."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from erc_cli.core.reports.catalogue import REPORTS
from erc_cli.core.reports.report import Asked, Foot, Report, Section
from erc_cli.render.documents import render_report
from erc_cli.render.look import Look
from erc_cli.store.catalogue import words_in
from erc_cli.store.load import load
from erc_cli.store.worktree import WorkTree

ROOT = Path(__file__).parent.parent

PROJECT_1 = (
    "Developing strategic partnership with governmental and non-governmental organizations, financial institutions "
    "and donors"
)
PROJECT_2 = "Developing strategic partnership with civil society institutions and humanitarian organizations"

PRIORITIES = (
    "Consolidating cooperation with governmental and non-governmental organizations, financial institutions and donors",
    "Entrenching the developmental dimensions of humanitarian action in the Islamic world",
)
HEADINGS = (
    "Framework",
    "Priorities",
    "Frameworks",
    "Projects",
    f"Project 1: {PROJECT_1}",
    "General framework",
    "Objectives",
    "Areas of intervention",
    "Area of intervention 1: Promoting cooperation and partnership with governmental organizations and bodies",
    "Expected outcome 1: Broadening the scope of cooperation fields with governmental organizations and increasing the "
    "number of partners",
    "Activities",
    "Area of intervention 2: Promoting cooperation and partnership with non-governmental organizations and bodies",
    "Expected outcome 2: Enhancing the contribution of non-governmental institutions and the private sector to "
    "ISESCO’s programmes",
    "Activities",
    f"Project 2: {PROJECT_2}",
    "General framework",
    "Objectives",
    "Areas of intervention",
    "Area of intervention 1: Enhancing ISESCO's role in the area of joint Islamic humanitarian action",
    "Expected outcome 1: Establishing implementation and coordination mechanisms for enhancing the developmental "
    "orientations of joint Islamic humanitarian action",
    "Activities",
    "Area of intervention 2: Upgrading the educational, scientific, cultural and information services in Member States "
    "with special conditions",
    "Expected outcome 2: Providing further support to educational, scientific, cultural and communication institutions "
    "in Member States with special conditions",
    "Activities",
    "Events that return",
    "Off-budget projects",
    "Education",
    "Hamdan Bin Rashid Al-Maktoum-ISESCO Prize for Voluntary Development of Educational Facilities in the Islamic "
    "World",
    "Specialized projects in the field of education",
    "Science",
    "Award of the Kingdom of Saudi Arabia for Environmental Management",
    "Specialized projects in the field of science",
    "Culture",
    "Project on promoting the values of glorifying the Holy City",
    "Specialized projects in the field of culture",
    "Communication",
    "Specialized projects in the field of communication",
    "Governance",
    "ASAN Project in the Republic of Azerbaijan",
    "Specialized projects in the field of governance",
    "Programme budget, USD",
    "Details of financial items: salaries and allowances",
)
"""The parts in their order. Titles of priorities, projects, areas and outcomes as the plan prints them."""

ALSO = (
    "Also titled: Developing strategic partnership with governmental organizations and non-governmental bodies",
    "Also titled: Developing strategic partnership with civil society and humanitarian action institutions",
    "Also titled: Enhancing ISESCO's role in the area of Islamic humanitarian action",
)
"""Where the plan gives something two titles, the second stands under the first."""

ROWS = (
    (
        ("Work with governmental organizations has its legal and procedural basis", "agreements"),
        ("Governmental organizations are consulted and work is coordinated with them regularly", "meetings"),
        ("Governmental organizations are consulted and work is coordinated with them regularly", "qualitative"),
        (
            "What cooperation with governmental organizations produces, and its strategic platforms, carry further",
            "forums and events",
        ),
    ),
    (
        (
            "Work with non-governmental organizations, civil society and the private sector has its legal and "
            "procedural basis",
            "agreements",
        ),
        ("Civil society is consulted and joins in work for sustainable development", "forums"),
        (
            "The private sector takes part in development projects that serve Member States",
            "programmes and projects",
        ),
    ),
    (
        ("Work with humanitarian and charity institutions has its legal and procedural basis", "agreements"),
        (
            "Humanitarian and charity institutions are consulted and work is coordinated with them on a firm footing",
            "forums and meetings",
        ),
        (
            "Joint Islamic humanitarian action has reference texts for including development in its work",
            "documents",
        ),
        ("Shared initiatives of relief and development are encouraged", "qualitative"),
    ),
    (
        (
            "Directorates in charge of programmes and outside parties, from national to international, act together "
            "for institutions in the States concerned",
            "qualitative",
        ),
        (
            "Directorates in charge of programmes and outside parties, from national to international, act together "
            "for institutions in the States concerned",
            "conferences, forums and meetings",
        ),
    ),
)
"""The four tables of the plan, row by row: the performance indicator, and what its measurement counts.

The plan prints 11 performance and 13 measurement indicators: 4, 3, 4 and 2 rows.
"""

OBJECTIVES = (4, 2)
UNDERTAKINGS = (3, 3, 8, 4)
"""How many undertakings the plan names in each area, 18 in all."""

STATES = (
    "Islamic Republic of Afghanistan",
    "Republic of Iraq",
    "Republic of Mali",
    "State of Palestine",
    "Federal Republic of Somalia",
    "Syrian Arab Republic",
)

STAFF = (
    ("Basic salaries", "176965.00", "190864.00", "217199.00", "585028.00"),
    ("Allowances", "83312.00", "86089.00", "90393.00", "259794.00"),
    ("Social security", "22290.00", "23033.00", "24185.00", "69508.00"),
    ("New posts", "32320.00", "33397.00", "35066.00", "100783.00"),
    ("Total", "314887.00", "333383.00", "366843.00", "1015113.00"),
)


@cache
def plan(language: str = "en") -> Report:
    """The plan as it stood on a day in it."""
    register = load(WorkTree(str(ROOT))).register
    findings = {"error": 0, "warning": 0, "waived": 0}
    return REPORTS["plan"].make(Asked(register, date(2019, 6, 1), words_in(language), findings))


def parts(heading: str) -> list[Section]:
    return [section for section in plan().sections if section.heading == heading]


def tables(start: str) -> list[tuple[tuple[object, ...], ...]]:
    return [one.table.rows for one in plan().sections if one.heading.startswith(start) and one.table is not None]


def test_every_part_of_the_plan_is_there_in_its_order() -> None:
    assert tuple(section.heading for section in plan().sections) == HEADINGS


def test_a_part_follows_the_one_it_belongs_to() -> None:
    level = 0
    for section in plan().sections:
        assert section.level <= level + 1, section.heading
        level = section.level


def test_the_head_of_the_plan() -> None:
    assert plan().title == "Action Plan 2019-2021, External Relations and Cooperation"
    assert plan().lines == (
        "Directorate of External Relations and Cooperation",
        "Islamic Educational, Scientific and Cultural Organization",
        "As things stand on 1 June 2019. Amounts in USD.",
        "Period: 1 January 2019 to 31 December 2021.",
    )


def test_priorities_projects_and_frameworks() -> None:
    assert parts("Priorities")[0].items == PRIORITIES
    assert parts("Projects")[0].items == (f"Project 1: {PROJECT_1}", f"Project 2: {PROJECT_2}")
    assert len(parts("Frameworks")[0].items) == 4


def test_second_titles_stand_under_the_first() -> None:
    found = [line for section in plan().sections for line in section.lines if line.startswith("Also titled")]
    assert tuple(found) == ALSO


def test_objectives_and_areas_of_each_project() -> None:
    assert tuple(len(section.items) for section in parts("Objectives")) == OBJECTIVES
    assert [section.items for section in parts("Areas of intervention")] == [
        (
            "1. Promoting cooperation and partnership with governmental organizations and bodies",
            "2. Promoting cooperation and partnership with non-governmental organizations and bodies",
        ),
        (
            "1. Enhancing ISESCO's role in the area of joint Islamic humanitarian action",
            "2. Upgrading the educational, scientific, cultural and information services in Member States with special "
            "conditions",
        ),
    ]


def test_every_row_of_the_four_tables_of_indicators() -> None:
    found = tables("Expected outcome")
    assert tuple(tuple((row[0], row[2]) for row in rows) for rows in found) == ROWS
    assert all(row[1] for rows in found for row in rows)
    assert sum(len(rows) for rows in found) == 13
    assert len({row[0] for rows in found for row in rows}) == 11


def test_every_undertaking_is_under_its_area() -> None:
    assert tuple(len(rows) for rows in tables("Activities")) == UNDERTAKINGS


def test_what_the_plan_states_in_words() -> None:
    general = [item for section in parts("General framework") for item in section.items]
    assert general == [
        "Cooperation agreements and memoranda of understanding that ISESCO signed in earlier plans: more than 229"
    ]
    assert parts("Events that return")[0].items == ("Triennial forum of charity institutions: every 3 years",)
    area = next(one for one in plan().sections if one.heading.startswith("Area of intervention 2: Upgrading"))
    assert area.items == STATES


def test_the_budgets_of_the_projects() -> None:
    lines = [line for section in plan().sections for line in section.lines if line.startswith("Total budget")]
    assert lines == ["Total budget: USD 766,444.00."] * 2
    table = parts("Programme budget, USD")[0].table
    assert table is not None
    assert table.rows == ((PROJECT_1, Decimal("766444.00")), (PROJECT_2, Decimal("766444.00")))
    assert table.totals == (("Total", Decimal("1532888.00")),)


def test_every_amount_of_staff_by_year() -> None:
    table = parts("Details of financial items: salaries and allowances")[0].table
    assert table is not None
    assert [column.heading for column in table.columns] == ["Item", "2019", "2020", "2021", "Total"]
    found = [(row[0], *(str(cell) for cell in row[1:])) for row in (*table.rows, *table.totals)]
    assert tuple(found) == STAFF


AMOUNTS = sorted({*(amount for row in STAFF for amount in row[1:]), "766444.00", "1532888.00"})


def _as_people_read(amount: str) -> str:
    return f"{Decimal(amount):,f}"


@pytest.mark.parametrize("form", ["text", "md", "html"])
@pytest.mark.parametrize("amount", AMOUNTS)
def test_every_amount_is_whole_in_what_people_read(form: str, amount: str) -> None:
    assert _as_people_read(amount) in shown(form)
    assert _as_people_read(amount) in shown(form, "ar")
    assert _as_people_read(amount).translate({44: "\u202f", 46: ","}) in shown(form, "fr")


@cache
def shown(form: str, language: str = "en") -> str:
    return render_report(plan(language), form, Look(words_in(language)), "all").decode()


@pytest.mark.parametrize("amount", AMOUNTS)
def test_every_amount_is_exact_in_what_machines_read(amount: str) -> None:
    cells = {cell for row in csv.reader(io.StringIO(shown("csv"))) for cell in row}
    assert amount in cells
    assert f'"{amount}"' in shown("json")
    assert json.loads(shown("json"))["schema"] == "erc.report/1"


# --- documents ----------------------------------------------------------------------------------------------


@cache
def document(form: str) -> bytes:
    return render_report(plan()._replace(foot=Foot("1a2b3c4", date(2019, 6, 1), 0, 0, 0)), form, Look(words_in("en")))


def test_every_amount_is_whole_in_a_word_file() -> None:
    from docx import Document

    cells = [
        cell.text for table in Document(io.BytesIO(document("docx"))).tables for row in table.rows for cell in row.cells
    ]
    assert {_as_people_read(amount) for amount in AMOUNTS} <= set(cells)


def test_every_amount_is_whole_in_a_pdf() -> None:
    from pypdf import PdfReader

    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(document("pdf"))).pages)
    assert [amount for amount in AMOUNTS if _as_people_read(amount) not in text] == []
    for title in (*PRIORITIES, PROJECT_1, PROJECT_2):
        assert title.split(",")[0] in " ".join(text.split())


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_every_amount_is_a_number_in_a_workbook() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(document("xlsx")), data_only=True)
    found = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {float(amount) for amount in AMOUNTS} <= {float(one) for one in found if isinstance(one, int | float)}

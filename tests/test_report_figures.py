"""Reports on the example say what was worked out by hand in examples/README.md, and a calendar file says it too."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from icalendar import Calendar

from erc_cli.core.reports.report import Foot, Report
from erc_cli.core.tables import Table
from erc_cli.core.text import pick
from erc_cli.errors import NotFoundError, UsageError
from erc_cli.render.documents import render_report
from erc_cli.render.look import Look
from erc_cli.store.catalogue import words_in
from test_reports import made, tables_of

SECOND, LAST = date(2024, 7, 1), date(2025, 12, 31)


def column(table: Table, key: str) -> list[Any]:
    at = [one.key for one in table.columns].index(key)
    return [row[at] for row in table.rows]


def amounts(*texts: str) -> list[Decimal]:
    return [Decimal(text) for text in texts]


# --- money --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "own", "cash", "in_kind", "leverage"),
    [
        (SECOND, ("34060.40", "29400.00"), ("17756.10", "17000.00"), ("6000.00", "0.00"), ("0.52", "0.58")),
        (LAST, ("78780.90", "68330.00"), ("35256.10", "24360.00"), ("11200.00", "0.00"), ("0.45", "0.36")),
    ],
)
def test_funding_of_the_programme(
    on: date, own: tuple[str, ...], cash: tuple[str, ...], in_kind: tuple[str, ...], leverage: tuple[str, ...]
) -> None:
    table = tables_of(made("funding", on=on))["Projects of the programme / By project"]
    assert column(table, "own") == amounts(*own)
    assert column(table, "cash") == amounts(*cash)
    assert column(table, "in_kind") == amounts(*in_kind)
    assert column(table, "leverage") == amounts(*leverage)


def test_what_partners_put_in_stage_by_stage() -> None:
    table = tables_of(made("funding", on=LAST))["Off-budget projects / By source"]
    found = {row[0]: row[1:] for row in table.rows}
    assert found["Tidewater Development Bank"][:3] == tuple(amounts("27900.00", "40250.00", "24351.84"))
    # nobody pledged anything in kind, so there is no column for it
    assert found["Meridian Foundation"] == tuple(amounts("0.00", "60000.00", "54000.00", "0.00", "1500.00"))
    assert table.totals[0][3] == Decimal("108351.84")  # 54000.00 + 54351.84


def test_each_way_to_cut_it_comes_to_the_same() -> None:
    tables = tables_of(made("funding", on=LAST))
    for part, received in (("Projects of the programme", "59616.10"), ("Off-budget projects", "108351.84")):
        for cut in ("By source", "By instrument", "By year"):
            assert tables[f"{part} / {cut}"].totals[0][3] == Decimal(received), cut
    assert tables["Projects of the programme / By area of intervention"].totals[0][3] == Decimal("59616.10")


def test_the_budget_by_project_and_what_is_not_allocated() -> None:
    tables = tables_of(made("budget", on=SECOND))
    by_project = tables["By project"]
    assert column(by_project, "original") == amounts("240000.00", "180000.00")
    assert column(by_project, "current") == amounts("240000.00", "195000.00")
    assert column(by_project, "allocated") == amounts("205000.00", "165000.00")
    assert column(by_project, "spent") == amounts("34060.40", "29400.00")
    assert by_project.totals[0][1:3] == (Decimal("420000.00"), Decimal("435000.00"))
    by_area = tables["By area of intervention"]
    left = [row for row in by_area.rows if row[1] == "unallocated"]
    assert [row[2:4] for row in left] == [(Decimal("35000.00"),) * 2, (Decimal("30000.00"),) * 2]
    by_year = {row[0]: row[1:3] for row in tables["By year"].rows}
    # 45000 + 30000 + 30000 + 25000 at first; 7000 to 2025, 15000 more for special conditions
    assert by_year["2024"] == (Decimal("130000.00"), Decimal("138000.00"))
    assert by_year["2025"] == (Decimal("110000.00"), Decimal("117000.00"))
    assert by_year["unallocated"] == (Decimal("65000.00"),) * 2


def test_the_budget_before_it_was_revised() -> None:
    tables = tables_of(made("budget", on=date(2024, 1, 31)))
    assert column(tables["By project"], "current") == amounts("240000.00", "180000.00")
    assert "Changes" not in tables
    by_year = {row[0]: row[1:3] for row in tables["By year"].rows}
    assert by_year["2024"] == (Decimal("130000.00"),) * 2


def test_off_budget_projects_stand_apart_with_what_is_missing() -> None:
    table = tables_of(made("off-budget", on=LAST))["At a glance"]
    found = {row[0]: row[-4:] for row in table.rows}
    assert found["Floating library"] == tuple(amounts("70000.92", "54351.84", "70250.00", "-249.08"))
    assert found["Lamp of Learning Prize"] == tuple(amounts("60000.00", "54000.00", "60000.00", "0.00"))


def test_staff_as_approved_and_as_revised_side_by_side() -> None:
    before = tables_of(made("staff", on=date(2025, 1, 19)))
    after = tables_of(made("staff", on=date(2025, 1, 20)))
    assert before["By item and year"].totals[0][-1] == Decimal("421850.00")
    assert after["As approved"].totals[0][-1] == Decimal("421850.00")
    assert after["As they stand now"].totals[0][-1] == Decimal("422600.00")
    assert after["Changes"].rows[0][3:6] == tuple(amounts("22250.00", "23000.00", "750.00"))


# --- results and quality ------------------------------------------------------------------------------------


def test_scores_are_weighted() -> None:
    """Forum: 85 x 40 % + 78 x 60 %. Reading rooms: 90 x 40 % + 75 x 40 % + 55 x 20 %. School: (80 + 66) / 2."""
    table = tables_of(made("quality", on=LAST))["Scores"]
    found = {row[0]: row[1] for row in table.rows}
    assert found["First forum of harbour cities"] == Decimal("80.8")
    assert found["Reading rooms in Halmora"] == Decimal("77.0")
    assert found["Summer school for librarians"] == Decimal("73.0")


def test_what_was_done_and_not_assessed() -> None:
    table = tables_of(made("quality", on=SECOND))["Done and not assessed"]
    assert {row[0] for row in table.rows} == {"Training of volunteers of coastal libraries", "Reading rooms in Halmora"}


def test_a_target_that_was_revised_stands_beside_the_first_one() -> None:
    """80 percent at first, 85 since the eighth session of June 2024."""
    for on, keys, targets in (
        (date(2024, 6, 10), ["target_2023", "target_2024", "target_2025"], (75, None, 80)),
        (date(2024, 6, 11), ["target_2023", "target_2024", "target_2025_at_first", "target_2025"], (75, None, 80, 85)),
    ):
        table = next(t for heading, t in tables_of(made("plan", on=on)).items() if "firm footing" in heading)
        assert [one.key for one in table.columns if one.key.startswith("target")] == keys
        assert table.rows[-1][-len(targets) :] == targets


def test_results_show_target_actual_and_share() -> None:
    table = next(t for heading, t in tables_of(made("results", on=LAST)).items() if "firm footing" in heading)
    agreements = [row for row in table.rows if row[0] == "Agreements with governmental bodies"]
    assert [row[-4:] for row in agreements] == [
        ("2023", 1, 1, Decimal("100.0")),
        ("2024", 3, 3, Decimal("100.0")),
        ("2025", 4, 4, Decimal("100.0")),
    ]


def test_outcomes_of_which_only_counts_are_known_are_named() -> None:
    """At the end of 2023 only the outcome with the share of useful answers has more than counts on file."""
    report = made("quality", on=date(2023, 12, 31))
    named = next(section for section in report.sections if section.heading == "Known by counts alone")
    assert named.items == (
        "Project 1: Civil society and companies share the League’s work",
        "Project 2: Relief organisations and the League act together",
        "Project 2: Libraries and schools work again",
    )
    assert "Known by counts alone" not in [section.heading for section in made("results", on=LAST).sections]


# --- agreements and the brief -------------------------------------------------------------------------------


def test_dates_of_agreements_are_as_precise_as_they_are_known() -> None:
    table = tables_of(made("register", on=SECOND))["Agreements"]
    found = {row[-1]: row for row in table.rows}
    keys = [one.key for one in table.columns]
    signed, ends, status = keys.index("signed"), keys.index("ends"), keys.index("status")
    assert found["uhs-cooperation-2015"][signed] == ("2016-01-01",)  # before that day
    assert str(found["harbour-heritage-protocol"][signed]) == "2023-04"
    assert str(found["almenara-mou-2021"][signed]) == "2021-09"
    assert str(found["lighthouse-mou-2023"][ends]) == "2025-01-24"  # renewed tacitly for a year
    assert found["brightglass-mou"][signed] is None
    assert found["brightglass-mou"][status] == "awaiting-signature"
    assert found["aurevia-letters-2025"][keys.index("in_force")] is None
    assert [row[status] for row in table.rows][:6] == ["in-force"] * 6


def test_the_brief_is_about_one_partner() -> None:
    report = made("brief", on=SECOND, subject="harbour-states-union")
    assert report.title == "Meeting brief: Union of Harbour States"
    assert report == made("brief", on=SECOND, subject="partners/harbour-states-union")
    sections = {section.heading: section for section in report.sections}
    assert sections["Meetings"].lines == (
        "Last: Joint committee, session 8, 11 June 2024, Halmora.",
        "It took 2 decisions.",
    )
    open_ones = sections["Open decisions"].table
    assert open_ones is not None
    assert open_ones.rows == (
        ("Programmes", date(2024, 6, 28), "Curricula of the schools for librarians are exchanged."),
    )
    assert sections["Promised and received"].lines[0] == (
        "Cash: 15,000.00 pledged, 45,000.00 committed, 15,000.00 received."
    )
    slips = sections["Common activities"].table
    assert slips is not None
    assert ("First forum of harbour cities", "done", 35) in [(row[0], row[1], row[3]) for row in slips.rows]
    assert len(sections["Our objectives"].items) == len(sections["Talking points"].items) == 3


def test_no_brief_about_nobody() -> None:
    with pytest.raises(NotFoundError, match="nobody"):
        made("brief", subject="nobody")


# --- the calendar -------------------------------------------------------------------------------------------


def test_the_days_to_come() -> None:
    table = tables_of(made("calendar", on=SECOND))["The next 365 days"]
    found = [(str(row[0]), row[2], row[-1]) for row in table.rows]
    assert found == [
        ("2024-08-02", "objection deadline", "agreements/meridian-prize-2022"),
        ("2024-08-30", "deadline", "meetings/lighthouse-bilateral-2024"),
        ("2024-08-31", "objection deadline", "agreements/almenara-mou-2021"),
        ("2024-09", "activity", "activities/floating-library-voyage"),
        ("2024-09-15", "deadline", "agreements/uhs-programme-2024"),
        ("2024-09-30", "tacit renewal", "agreements/almenara-mou-2021"),
        ("2024-10-01", "activity", "activities/donors-conference-2024"),
        ("2024-10-31", "tacit renewal", "agreements/meridian-prize-2022"),
        ("2024-11-25", "objection deadline", "agreements/lighthouse-mou-2023"),
        ("2025-01-24", "tacit renewal", "agreements/lighthouse-mou-2023"),
        ("2025-06-11", "deadline", "agreements/uhs-cooperation-2024"),
        ("2025-06-30", "deadline", "agreements/uhs-programme-2024"),
    ]


def test_what_returns_and_when_next() -> None:
    table = tables_of(made("calendar", on=SECOND))["What returns"]
    assert table.rows == (
        (date(2025, 11, 20), "Lamp of Learning Prize: next award", "every 2 years"),
        (date(2027, 9, 9), "Forum of harbour cities: next edition", "every 2 years"),
    )


def _file(report: Report, language: str = "en") -> Any:
    report = report._replace(name="calendar", foot=Foot("", SECOND, 0, 0, 0))
    return Calendar.from_ical(render_report(report, "ics", Look(words_in(language))))


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_calendar_file_says_the_same(language: str) -> None:
    report = made("calendar", on=SECOND, language=language)
    events = _file(report, language).walk("VEVENT")
    assert len(events) == 14
    by_uid = {str(event["uid"]): event for event in events}
    assert len(by_uid) == 14
    forum = by_uid["projects/partnerships.series.harbour-forum@lantern-league"]
    assert forum["dtstart"].dt == date(2027, 9, 9)
    assert (forum["rrule"]["FREQ"], forum["rrule"]["INTERVAL"]) == (["YEARLY"], [2])
    assert str(forum["summary"]) == next(one.label for one in report.dates if "harbour-forum" in one.uid)
    end = by_uid["agreements/meridian-prize-2022.renewal.2024-10-31.notice@lantern-league"]
    assert (end["dtstart"].dt, end["dtend"].dt) == (date(2024, 8, 2), date(2024, 8, 3))
    assert [alarm["trigger"].dt for alarm in end.walk("VALARM")] == [timedelta(days=-30)]
    assert {event["dtstamp"].dt.date() for event in events} == {SECOND}


def test_uids_stay_when_the_day_changes() -> None:
    one = {dated.uid for dated in made("calendar", on=SECOND).dates}
    other = {dated.uid for dated in made("calendar", on=SECOND + timedelta(days=1)).dates}
    assert one == other


def test_a_report_without_days_is_no_calendar() -> None:
    with pytest.raises(UsageError, match="no days"):
        _file(made("plan"))


def test_a_text_from_another_language_is_marked_in_a_sentence() -> None:
    found = pick({"fr": "Le forum"}, "en", ("en", "fr"))
    assert f"{found}: x" == "Le forum [fr]: x"


# --- drift --------------------------------------------------------------------------------------------------


def test_the_days_of_every_cause_are_all_days() -> None:
    """35 + 28 + 50 + 378 + 84 + 45 + 49 + 165 + 91 = 925; of the study 14 are unexplained, of a text -17."""
    tables = tables_of(made("drift", on=LAST))
    assert {row[0]: row[2] for row in tables["Days by cause"].rows} == {
        "funding": 620,
        "force-majeure": 101,
        "member-state": 94,
        "decision": 63,
        "partner-timeframe": 50,
        "unexplained": -3,
    }
    assert tables["Days by cause"].totals == (("Total", None, 925),)
    moved = {row[0]: row[-2:] for row in tables["Activities that moved"].rows}
    assert moved["Study of the networks of public libraries"] == (378, 14)
    assert moved["Common strategy for books in relief work"] == (84, -17)
    assert tables["Days by partner"].rows == (("Union of Harbour States", 63), ("Lighthouse Keepers’ Network", 50))
    assert [row[1] for row in tables["Days by meeting"].rows] == [35, 28]
    assert tables["Money by year, against the plan"].rows == (
        ("Project 1", 2024, Decimal("-7000.00")),
        ("Project 1", 2025, Decimal("7000.00")),
        ("Project 2", 2024, Decimal("15000.00")),
    )


def test_what_is_cancelled_on_a_day_is_named() -> None:
    table = tables_of(made("drift", on=SECOND))["Cancelled activities"]
    assert [row[:3] for row in table.rows] == [
        ("Study of the networks of public libraries", date(2023, 9, 5), "funding")
    ]
    assert "Cancelled activities" not in tables_of(made("drift", on=LAST))


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_brief_is_one_page(language: str) -> None:
    from pypdf import PdfReader

    report = made("brief", on=SECOND, language=language)._replace(name="brief", foot=Foot("", SECOND, 0, 0, 0))
    content = render_report(report, "pdf", Look(words_in(language)))
    assert len(PdfReader(io.BytesIO(content)).pages) == 1

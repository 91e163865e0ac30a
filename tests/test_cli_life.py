"""The commands that show the life of partnerships, on the worked example: its answers are in `examples/README.md`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from erc_cli.cli.app import run

EXAMPLE = str(Path(__file__).parent.parent / "examples" / "lantern-league")
DAY = "2024-07-01"


class Answer:
    """What a command said."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@pytest.fixture
def erc(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("COLUMNS", "80")

    def ask(*words: str) -> Answer:
        code = run([*words, "-C", EXAMPLE])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return ask


def test_due_is_grouped_by_who_must_act_and_nobody_comes_last(erc) -> None:  # type: ignore[no-untyped-def]
    said = erc("due", "--on", DAY)
    titles = [line for line in said.lines if line and "  " not in line]
    assert titles == [
        "Directorate of External Relations and Partnerships",
        "Finance",
        "Lighthouse Keepers’ Network",
        "Programmes",
    ]
    assert said.code == 0


def test_due_as_json_has_the_twelve_items_of_the_day(erc) -> None:  # type: ignore[no-untyped-def]
    document = json.loads(erc("due", "--on", DAY, "--format", "json").out)
    assert document["schema"] == "erc.due/1"
    assert len(document["items"]) == 12
    assert document["items"][0] == {
        "kind": "signature-incomplete",
        "address": "agreements/brightglass-mou",
        "field": "parties",
        "who": "external-relations",
        "late_on": "2023-10-31",
        "days": -244,
        "text": "first signed on 2023-08-01, still to sign: partners/brightglass",
    }


@pytest.mark.parametrize(("span", "count"), [("0d", 6), ("12", 7), ("2w", 7), ("1m", 8), ("90d", 12)])
def test_due_looks_ahead_as_far_as_it_is_told(span: str, count: int, erc) -> None:  # type: ignore[no-untyped-def]
    # six are late on the day itself; the summer school from 2024-07-13, the minutes from 2024-07-19
    rows = csv.DictReader(io.StringIO(erc("due", "--on", DAY, "--within", span, "--format", "csv").out))
    assert len(list(rows)) == count


def test_due_fails_for_schedulers_only_when_something_is_late(erc) -> None:  # type: ignore[no-untyped-def]
    assert erc("due", "--on", DAY, "--fail").code == 1
    assert erc("due", "--on", DAY).code == 0
    early = erc("due", "--on", "2010-01-01", "--within", "1d", "--fail")
    assert (early.code, early.out) == (0, "")
    assert early.err == "nothing is due within 1d of 2010-01-01\n"


@pytest.mark.parametrize("words", [("--within", "soon"), ("--by", "day"), ("--on", "2024-13-01"), ("--format", "pdf")])
def test_due_says_what_it_takes(words: tuple[str, ...], erc) -> None:  # type: ignore[no-untyped-def]
    said = erc("due", *words)
    assert said.code == 2
    assert words[1] in said.err


def test_agreements_by_status_and_expiry(erc) -> None:  # type: ignore[no-untyped-def]
    # the two whose terms end by 2024-12-28; that of the Lighthouse Network ends on 2025-01-24
    said = erc("agreement", "list", "--on", DAY, "--status", "in-force", "--expires-within", "180d", "--format", "csv")
    assert [line.split(",")[0] for line in said.lines] == ["id", "almenara-mou-2021", "meridian-prize-2022"]
    suspended = erc("agreement", "list", "--on", DAY, "--status", "suspended", "--fields", "id", "--format", "csv")
    assert suspended.lines == ["id", "open-shelves-mou-2023"]
    wrong = erc("agreement", "list", "--status", "in-forse")
    assert (wrong.code, wrong.err) == (2, "erc: --status in-forse: did you mean in-force?\n")


def test_a_page_of_an_agreement_has_its_life_and_what_is_ahead(erc) -> None:  # type: ignore[no-untyped-def]
    said = erc("agreement", "show", "meridian-prize-2022", "--on", DAY)
    life = said.out.split("\nLife\n")[1].split("\n\n")[0].splitlines()
    assert life[0] == "122 days left of its term."  # from 2024-07-01 to 2024-10-31
    assert "* 2022-10-12  in force" in life
    assert life[-2:] == [
        "o 2024-08-02  last day to object to its renewal",
        "o 2024-10-31  end of the term, renewed tacitly",
    ]


def test_a_page_of_an_agreement_says_who_still_has_to_sign(erc) -> None:  # type: ignore[no-untyped-def]
    said = erc("agreement", "show", "brightglass-mou", "--on", DAY)
    assert "\nStill to sign\nBrightglass" in said.out
    assert "Still to sign" not in erc("agreement", "show", "uhs-cooperation-2024", "--on", DAY).out


def test_a_page_of_a_partner_is_the_whole_relationship(erc) -> None:  # type: ignore[no-untyped-def]
    said = erc("partner", "show", "harbour-states-union", "--on", DAY)
    headings = [
        "Relationship",
        "Agreements",
        "Meetings",
        "Open decisions",
        "Activities",
        "Promised and received",
        "What is due",
    ]
    places = [said.out.index(f"\n\n{heading}\n") for heading in headings]
    assert places == sorted(places)
    assert "Cash: 15,000.00 pledged, 45,000.00 committed, 15,000.00 received." in said.out
    assert "In kind: 0.00 pledged, 0.00 committed, 6,000.00 received." in said.out


def test_activities_that_are_late_come_the_latest_first(erc) -> None:  # type: ignore[no-untyped-def]
    said = erc("activity", "list", "--on", DAY, "--late", "--format", "csv")
    assert [line.split(",")[:2] for line in said.lines] == [
        ["id", "slip"],
        ["relief-strategy", "101"],
        ["keepers-training-2024", "50"],
        ["reading-rooms-halmora", "45"],
        ["harbour-forum-2023", "35"],
    ]


def test_open_decisions_are_those_of_meetings_held_and_not_done_by_the_day(erc) -> None:  # type: ignore[no-untyped-def]
    said = erc("meeting", "decisions", "--on", DAY, "--format", "csv")
    assert [row["decision"] for row in csv.DictReader(io.StringIO(said.out))] == [
        "meetings/lighthouse-bilateral-2024.decisions.trainers-roster",
        "meetings/uhs-committee-8.decisions.exchange-curricula",
    ]
    none = erc("meeting", "decisions", "--on", DAY, "--owner", "finance")
    assert none.err == "no open decisions\n"
    one = erc("meeting", "decisions", "--on", DAY, "--owner", "lighthouse-network", "--format", "csv")
    assert len(one.lines) == 2


def test_an_indicator_shows_the_records_that_prove_it(erc) -> None:  # type: ignore[no-untyped-def]
    item = json.loads(erc("indicator", "show", "governmental-agreements", "--on", DAY, "--format", "json").out)[
        "items"
    ][0]
    values = {value["year"]: value for value in item["values"]}
    assert values[2024]["actual"] == "3"
    assert values[2024]["evidence"] == [
        "agreements/harbour-heritage-protocol",
        "agreements/uhs-cooperation-2024",
        "agreements/uhs-programme-2024",
    ]
    page = erc("indicator", "show", "projects/partnerships.indicators.governmental-agreements", "--on", DAY)
    assert erc("indicator", "show", "partnerships.governmental-agreements", "--on", DAY).out == page.out
    assert "Stated in the plan, never added" in page.out
    assert "more than 17" in page.out
    missing = erc("indicator", "show", "governmental-agreement")
    assert (missing.code, missing.err) == (
        4,
        "erc: no indicator governmental-agreement: did you mean governmental-agreements?\n",
    )


def test_a_member_state_shows_its_needs_and_what_answers_them(erc) -> None:  # type: ignore[no-untyped-def]
    said = erc("member-state", "show", "hm", "--on", DAY)
    assert "\nConditions\nSpecial conditions on 2024-07-01.\n" in said.out
    table = said.out.split("\nNeeds and what answers them\n")[1].split("\n\n")[0]
    assert "included" in table
    assert "open" in table
    later = erc("member-state", "show", "hm", "--on", "2025-12-31")
    assert "No special conditions on 2025-12-31." in later.out


def test_the_director_sees_money_agreements_due_slips_results_and_findings(erc) -> None:  # type: ignore[no-untyped-def]
    said = erc("status", "--on", DAY)
    assert said.code == 0
    assert "34,060.40 of 240,000.00 spent" in said.out
    assert "12 within 90 days, 6 of them late." in said.out
    assert "Activities that run late: 4 of 11; days together: 231." in said.out  # 101 + 50 + 45 + 35
    assert "0 errors, 0 warnings, 1 waived" in said.out
    totals = next(line for line in said.lines if "435,000.00" in line)
    # 240000 + 180000; 240000 + 195000; 69000 + 75000; 34060.40 + 29400; 17756.10 + 17000
    assert totals.split() == ["Total", "420,000.00", "435,000.00", "144,000.00", "63,460.40", "34,756.10", "6,000.00"]


def test_status_speaks_three_languages_and_markdown(erc) -> None:  # type: ignore[no-untyped-def]
    english, french, arabic = (erc("status", "--on", DAY, "--lang", code).out for code in ("en", "fr", "ar"))
    assert "34,060.40" in english
    assert "34,060.40" in arabic
    assert "Agreements\n" not in french
    assert "الاتفاقيات\n" in arabic
    markdown = erc("status", "--on", DAY, "--format", "md")
    assert markdown.lines[0] == "# Directorate of External Relations and Partnerships"
    assert "## Agreements" in markdown.lines


def test_status_counts_agreements_by_status_and_says_of_which_kinds(erc) -> None:  # type: ignore[no-untyped-def]
    table = erc("status", "--on", DAY).out.split("\nAgreements\n")[1].split("\n\n")[0].splitlines()
    assert table[-1].split() == ["Total", "14"]
    in_force = next(line for line in table if line.startswith("in force"))
    # almenara and lighthouse; uhs 2024; meridian; uhs programme; harbour heritage
    assert in_force.split(None, 3)[2:] == [
        "6",
        "memorandum of understanding (2), cooperation agreement (1), prize agreement (1), "
        "programme of action (1), protocol (1)",
    ]


def test_status_shows_only_the_results_that_are_behind(erc) -> None:  # type: ignore[no-untyped-def]
    results = erc("status", "--on", DAY).out.split("\nResults against targets\n")[1].split("\n\n")[0].splitlines()
    assert results[0] == "9 of 11 indicators reached their latest target."
    assert results[1::2] == ["Forums of others in which the League took part", "Trainings completed"]


def test_status_counts_findings_as_each_language_does(erc) -> None:  # type: ignore[no-untyped-def]
    last = {code: erc("status", "--on", DAY, "--lang", code).lines[-1] for code in ("en", "fr", "ar")}
    assert last == {
        "en": "0 errors, 0 warnings, 1 waived (`erc check` lists them).",
        "fr": "0 erreur, 0 avertissement, 1 dérogation (énumérés par `erc check`).",
        "ar": "لا أخطاء، لا تنبيهات، إعفاء واحد (يسردها `erc check`).",
    }


def test_units_are_said_in_the_language_asked_for(erc) -> None:  # type: ignore[no-untyped-def]
    page = erc("indicator", "show", "governmental-agreements", "--on", DAY, "--lang", "fr")
    assert page.lines[2] == "accords"
    tree = erc("project", "tree", "partnerships", "--lang", "fr")
    assert "(accords ·" in tree.out


@pytest.mark.parametrize(
    ("day", "programme", "terfane", "staff"),
    [
        ("2024-01-31", "420000.00", "25000.00", "421850.00"),
        ("2024-02-01", "435000.00", "40000.00", "421850.00"),
    ],
)
def test_the_budget_of_a_day_knows_no_later_revision(day: str, programme: str, terfane: str, staff: str, erc) -> None:  # type: ignore[no-untyped-def]
    document = json.loads(erc("budget", "show", "--on", day, "--format", "json").out)
    by_area = {row["area"]: row.get("2024") for row in document["allocations"]["lines"]}
    assert document["programmes"]["total"]["amount"] == programme
    assert (by_area["special-conditions"], by_area["governmental"]) == (terfane, "45000.00")
    assert document["staff"]["total"]["total"] == staff
    assert "!" not in erc("budget", "show", "--on", day).out

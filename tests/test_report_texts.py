"""Reports as text, Markdown, CSV, JSON and HTML."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest

from erc_cli.core.reports.report import Report, Section
from erc_cli.core.tables import Column, Table
from erc_cli.core.text import Foreign, pick
from erc_cli.errors import UsageError
from erc_cli.render.cells import one_line
from erc_cli.render.documents import render_report, report_format
from erc_cli.render.look import Look
from erc_cli.store.catalogue import words_in
from league_made import League
from reports_made import PAYLOADS, SMALL, hostile
from terminal_made import on_terminal


def shown(form: str, language: str = "en", table: str = "") -> str:
    return render_report(SMALL, form, Look(words_in(language)), table).decode()


def test_a_report_as_text_in_a_pipe() -> None:
    assert shown("text") == (
        "Budget & plan\n"
        "As approved.\n"
        "Amounts in USD.\n"
        "\n"
        "Money\n"
        "All of it.\n"
        "Spent  ########................   33.3 %  1.00 of 3.00\n"
        "\n"
        "By project\n"
        "Programme money\n"
        "Project    Title                 On                 Year          Amount    Share  Done\n"
        "strategic  Forum 2019-2021       2019-01-31         2019      766,444.00   62.5 %  yes\n"
        "civil      منتدى 2019-2021 [ar]  2019-03            2020      766,444.00           no\n"
        "old                              before 2015-01-01                 -0.50  100.0 %\n"
        "Total                                                       1,532,887.50\n"
        "\n"
        "What came and comes\n"
        "- First point\n"
        "- Un deuxième [fr]\n"
        "* 2019-01-31  Signed\n"
        "o 2021-12-31  Ends\n"
        "\n"
        "As things stand on 30 June 2019. Revision 1a2b3c4.\n"
        "Check of the register: 0 errors, 1 warning, 2 waived.\n"
    )


def test_a_report_as_markdown() -> None:
    assert shown("md") == (
        "# Budget &amp; plan\n\nAs approved.\n\nAmounts in USD.\n\n## Money\n\nAll of it.\n\n"
        "- Spent: 33.3 % 1.00 of 3.00\n\n### By project\n\n**Programme money**\n\n"
        "| Project | Title | On | Year | Amount | Share | Done |\n"
        "| --- | --- | --- | --- | --: | --: | --- |\n"
        "| strategic | Forum 2019-2021 | 2019-01-31 | 2019 | 766,444.00 | 62.5 % | yes |\n"
        "| civil | منتدى 2019-2021 \\[ar\\] | 2019-03 | 2020 | 766,444.00 |  | no |\n"
        "| old |  | before 2015-01-01 |  | -0.50 | 100.0 % |  |\n"
        "| Total |  |  |  | 1,532,887.50 |  |  |\n\n"
        "## What came and comes\n\n- First point\n- Un deuxième \\[fr\\]\n- 31 January 2019: Signed\n"
        "- 31 December 2021: Ends\n\n---\n\nAs things stand on 30 June 2019. Revision 1a2b3c4.\n\n"
        "Check of the register: 0 errors, 1 warning, 2 waived.\n"
    )


def test_the_only_table_as_csv() -> None:
    assert list(csv.reader(io.StringIO(shown("csv")))) == [
        ["project", "title", "on", "year", "amount", "share", "done"],
        ["strategic", "Forum 2019-2021", "2019-01-31", "2019", "766444.00", "62.5", "true"],
        ["civil", "منتدى 2019-2021", "2019-03", "2020", "766444.00", "", "false"],
        ["old", "", "<2015-01-01", "", "-0.50", "100", ""],
        ["Total", "", "", "", "1532887.50", "", ""],
    ]
    assert shown("csv", table="all") == "# 1 By project\n" + shown("csv")


@pytest.mark.parametrize("asked", ["0", "2", "x", "٣", "-1"])
def test_a_table_that_is_not_there_is_refused_with_those_that_are(asked: str) -> None:
    with pytest.raises(UsageError, match="1  By project"):
        shown("csv", table=asked)


def test_a_report_as_json_has_typed_cells() -> None:
    found = json.loads(shown("json", "fr"))
    assert (found["schema"], found["report"], found["language"]) == ("erc.report/1", "budget", "fr")
    table = found["sections"][1]["table"]
    assert table["columns"][4] == {"key": "amount", "heading": "Montant", "kind": "amount"}
    assert table["rows"][0]["amount"] == "766444.00"
    assert table["rows"][0]["done"] is True
    assert table["rows"][1]["on"] == "2019-03"
    assert table["rows"][2] == {
        "project": "old", "title": None, "on": "<2015-01-01", "year": None, "amount": "-0.50", "share": "100",
        "done": None,
    }  # fmt: skip
    assert table["totals"][0]["amount"] == "1532887.50"
    assert found["sections"][2]["moments"][1] == {"on": "2021-12-31", "label": "Ends", "ahead": True}
    assert found["foot"] == {
        "revision": "1a2b3c4", "on": "2019-06-30", "errors": 0, "warnings": 1, "waived": 2, "changed": False,
    }  # fmt: skip


# --- languages ----------------------------------------------------------------------------------------------


def test_numbers_and_days_are_written_as_the_language_does() -> None:
    words = {language: words_in(language) for language in ("en", "fr", "ar")}
    million = Decimal("1532888.00")
    assert words["en"].number(million) == words["ar"].number(million) == "1,532,888.00"
    assert words["fr"].number(million) == "1\u202f532\u202f888,00"
    assert words["fr"].number(Decimal("-0.50")) == "-0,50"
    assert words["fr"].number(12500) == "12\u202f500"
    assert words["fr"].percent(Decimal("62.5")) == "62,5\u00a0%"
    assert words["en"].percent(Decimal(100)) == "100.0 %"


def test_a_text_that_is_not_there_in_the_language_says_which_one_it_is_in() -> None:
    text = {"en": "Forum", "fr": "Le forum"}
    assert not isinstance(pick(text, "fr", ("en",)), Foreign)
    found = pick(text, "ar", ("fr", "en"))
    assert found == "Le forum"
    assert f"« {found} »" == "« Le forum [fr] »"
    assert isinstance(found, Foreign)
    assert found.language == "fr"
    assert pick({"de": "Das Forum"}, "ar", ("fr", "en")) == "Das Forum"


# --- HTML ---------------------------------------------------------------------------------------------------


class _Page(HTMLParser):
    """What is on a page: tags with their attributes, in order, and the text outside the style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] != "style":
            self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_page_of_a_report_names_its_language_and_direction() -> None:
    page = _Page(shown("html", "ar"))
    assert page.all("html") == [{"lang": "ar", "dir": "rtl"}]
    assert _Page(shown("html", "fr")).all("html") == [{"lang": "fr", "dir": "ltr"}]
    assert {"lang": "fr", "dir": "ltr"} in page.all("span")
    assert [tag for tag, _ in page.tags if tag[0] == "h" and tag[1:].isdigit()] == ["h1", "h2", "h3", "h2"]
    assert "31 يناير 2019" in page.texts
    assert "2019-2021" in page.texts, "a range stands by itself, so that it is not turned round"


def test_tables_of_a_page_have_captions_and_headings_of_columns_and_rows() -> None:
    page = _Page(shown("html"))
    assert len(page.all("caption")) == len(page.all("table")) == 1
    assert [one.get("scope") for one in page.all("th")] == [*["col"] * 7, *["row"] * 4]
    assert "1,532,887.50" in page.texts


def test_signs_among_latin_letters_are_what_they_were() -> None:
    report = Report("خطة AT&T <b> R&D-1", (), ())
    assert (
        "".join(_Page(render_report(report, "html", Look(words_in("ar"))).decode()).texts).count("AT&T <b> R&D-1") == 2
    )


LONG = (
    "x" * 65_000,
    "x-" * 32_000,
    "ا" * 32_000,
    "ا1-" * 20_000,
    "-" * 65_000,
    "x" + "." * 60_000 + "ا",
    "1,5 % " * 10_000,
)


@pytest.mark.parametrize("form", ["text", "md", "json", "html", "xlsx", "docx", "pdf"])
@pytest.mark.parametrize("text", LONG, ids=lambda text: f"{text[:3]}*{len(text)}")
def test_a_text_as_long_as_a_file_allows_takes_no_time(form: str, text: str) -> None:
    table = Table((Column("a", "A"), Column("i", "I", "id")), ((text, "x"),))
    started = time.process_time()
    render_report(Report("R", (), (Section("S", (text,), table=table),)), form, Look(words_in("ar")))
    assert time.process_time() - started < 5


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_data_is_inert(form: str, payload: str) -> None:
    text = render_report(hostile(payload), form, Look(words_in("ar"))).decode()
    for steering in "\x1b\x9b\x00\x07\u202e\u2066\u200b\ufffe\U000e0041\r":
        assert steering not in text
    if form == "html":
        page = _Page(text)
        assert {tag for tag, _ in page.tags} <= _TAGS
        names = {name for _, attributes in page.tags for name in attributes}
        assert not names & {"src", "srcset", "onload", "onerror", "action", "formaction", "background"}
        assert all((one.get("href") or "").startswith("#part-") for one in page.all("a"))
        assert one_line(payload) in "".join(page.texts), "and it is there to be read"
    if form == "md":
        assert "<script" not in text
        assert "](" not in text.replace("\\](", "")
        assert "://" not in text
    if form == "text":
        assert not any(line.startswith("::") or "##[" in line for line in text.splitlines()) or payload[:2] in "::##"


_TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "h1", "h2", "h3", "p", "section", "ul", "ol",
    "li", "span", "time", "div", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "bdi",
    "footer", "nav", "a",
}  # fmt: skip


# --- the command --------------------------------------------------------------------------------------------


def test_a_file_s_name_tells_its_format() -> None:
    assert report_format("a/b.HTML") == "html"
    assert report_format(None) == report_format("-") == "text"
    with pytest.raises(UsageError, match=r"x\.odt: its name tells no format"):
        report_format("x.odt")


def test_reports_are_listed_and_made(league: League) -> None:
    assert "\nstatus " in league.erc("report").out
    answer = league.erc("report status --on 2024-06-30 --lang fr")
    assert answer.code == 0
    assert answer.out.splitlines()[2] == "Situation au 30 juin 2024. Montants en EUR."
    assert "34\u202f060,40 dépensés sur 240\u202f000,00" in answer.out
    assert answer.out.splitlines()[-2].startswith("Situation au 30 juin 2024.")
    assert "did you mean status?" in league.erc("report statsu").err
    assert league.erc("report statsu").code == 4
    assert league.erc("report status partners/x").code == 2
    assert league.erc("report status --format odt").code == 2


def test_a_report_goes_to_a_file_whole_and_never_among_the_records(league: League) -> None:
    target = league.root / "out.html"
    target.write_text("old")
    assert league.erc("report", "status", "--on", "2024-06-30", "-o", str(target)).code == 0
    assert target.read_text("utf-8").startswith("<!doctype html>")
    assert [one.name for one in league.root.iterdir() if "tmp" in one.name] == []
    league.refuses(f"report status --format md -o {league.root}/data/plan.yaml", 5, "among the records")
    league.refuses(f"report status --format md -o {league.root}/data/partners/new.yaml", 5, "among the records")
    league.refuses(f"report status -o {league.root}/no/such/folder.html", 5, "cannot be written")


def test_the_foot_names_the_commit_and_whether_files_changed_since(league: League) -> None:
    last = league.erc("report staff --on 2024-06-30").out.splitlines()
    assert last[-2] == "As things stand on 30 June 2024."  # no commit yet
    git = ["git", "-C", str(league.root), "-c", "user.name=x", "-c", "user.email=x@x.example"]
    subprocess.run([*git, "add", "data"], check=True)
    day = "2024-06-01T12:00:00Z"
    dated = {**os.environ, "GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
    subprocess.run([*git, "commit", "--quiet", "--message=all"], check=True, env=dated)
    head = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout[:10]
    index = (league.root / ".git" / "index").read_bytes()
    last = league.erc("report staff --on 2024-06-30").out.splitlines()
    assert last[-2] == f"As things stand on 30 June 2024. Revision {head} (1 June 2024)."
    league.put("budget.yaml", "2023: 98000.00", "2023: 98000.01")
    last = league.erc("report staff --on 2024-06-30").out.splitlines()
    assert " ".join(last[-3:-1]).endswith(f"30 June 2024. Revision {head} (1 June 2024) and changes since.")
    # the line is not its years any more, and the year not its lines
    assert last[-1] == "Check of the register: 2 errors, 0 warnings, 1 waived."
    last = league.erc("report staff --on 2024-06-30 --at HEAD").out.splitlines()
    assert last[-2] == f"As things stand on 30 June 2024. Revision {head} (1 June 2024)."
    assert (league.root / ".git" / "index").read_bytes() == index


def test_reports_of_one_partner_say_which(league: League) -> None:
    answer = league.erc("report brief harbour-states-union --on 2024-06-30")
    assert answer.out.startswith("Meeting brief: Union of Harbour States\n")
    assert "did you mean harbour-states-union?" in league.erc("report brief harbor-states-union").err
    assert league.erc("report brief harbor-states-union").code == 4
    assert league.erc("report brief").code == 2


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [("x.xlsx", "xlsxwriter", "excel"), ("x.docx", "docx", "word"), ("x.pdf", "typst", "pdf")],
)
def test_a_missing_extra_is_named(
    league: League,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    module: str,
    extra: str,
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    said = league.refuses(f"report status -o {league.root}/{name}", 2, f"pip install 'erc-cli[{extra}]'")
    assert said == f"erc: this format needs the extra {extra}: pip install 'erc-cli[{extra}]'\n"
    assert not (league.root / name).exists()


def test_a_document_is_not_poured_on_a_terminal() -> None:
    root = Path(__file__).parent.parent
    shown = on_terminal(root, "report", "status", "--format", "pdf")
    assert "this format is no text for a terminal: name a file with -o" in shown.screen
    assert "%PDF" not in shown.screen
    assert shown.code == 2


def test_a_document_goes_through_a_pipe() -> None:
    words = [sys.executable, "-m", "erc_cli", "report", "status", "--on", "2024-06-30", "--format", "xlsx"]
    done = subprocess.run(words, cwd=Path(__file__).parent.parent, capture_output=True, check=True)
    assert done.stdout.startswith(b"PK")


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_report_too_long_for_pages_is_refused(form: str) -> None:
    table = Table((Column("n", "N", "number"),), tuple((n,) for n in range(5001)))
    long = Report("R", (), (Section("T", table=table),), "r")
    with pytest.raises(UsageError, match=f"{form} has pages, and this report has 5001 rows: choose xlsx, csv or html"):
        render_report(long, form, Look())


def test_links_are_followed_and_devices_written_to(league: League) -> None:
    target, link = league.root / "target.html", league.root / "link.html"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    assert league.erc("report", "status", "-o", str(link)).code == 0
    assert link.is_symlink()
    assert target.read_text("utf-8").startswith("<!doctype html>")
    assert target.stat().st_mode & 0o777 == 0o640
    words = [sys.executable, "-m", "erc_cli", "-C", str(league.root), "report", "status", "--format", "pdf"]
    done = subprocess.run([*words, "-o", "/dev/stdout"], capture_output=True, check=True)
    assert done.stdout.startswith(b"%PDF-")
    league.refuses("report status --format pdf -o /dev/full", 5, "/dev/full cannot be written: No space left on device")
    league.refuses(f"report status --format pdf -o {league.root}", 5, "cannot be written: Is a directory")

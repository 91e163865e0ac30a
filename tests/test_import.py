"""`erc import`: a spreadsheet of 300 rows with all the dirt, and small ones for each thing that can be wrong."""

from __future__ import annotations

import random
import re
import shlex
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from commands_made import Said, here
from spreadsheets_made import rows, write_csv, write_xlsx

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "register"
    shutil.copytree(DATA, root / "data")
    (root / ".git").mkdir()
    (root / ".git" / "HEAD").write_bytes(b"ref: refs/heads/main\n")
    return root


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted((root / "data").rglob("*.yaml"))}


def text(root: Path, address: str) -> str:
    return (root / "data" / f"{address}.yaml").read_text("utf-8")


def imported(root: Path, noun: str, lines: Sequence[Sequence[Any]], *words: str) -> Said:
    """Import rows from an .xlsx file."""
    return here(root, "import", noun, str(write_xlsx(root / "sheet.xlsx", lines, "Sheet1")), *words)


BIG = ["--add-partners", "non-governmental"]


# --- the whole register ---------------------------------------------------------------------------------------


@pytest.fixture(params=["xlsx", "csv", "utf-16", "windows"])
def big(request: pytest.FixtureRequest, root: Path) -> list[str]:
    """The words that import the 300 rows, from each kind of file."""
    if request.param == "xlsx":
        return ["import", "agreements", str(write_xlsx(root / "big.xlsx", rows(), above=2)), *BIG]
    if request.param == "csv":
        return ["import", "agreements", str(write_csv(root / "big.csv", rows(), "utf-8-sig", ";")), *BIG]
    if request.param == "utf-16":
        return ["import", "agreements", str(write_csv(root / "big.csv", rows(), "utf-16", "\t")), *BIG]
    lines = [[_in_1256(cell) for cell in line] for line in rows()]
    return [
        "import",
        "agreements",
        str(write_csv(root / "big.csv", lines, "cp1256")),
        *BIG,
        "--encoding",
        "windows-1256",
    ]


def _in_1256(cell: Any) -> Any:
    """Digits of Arabic are not in that encoding, nor is É."""
    is_text = isinstance(cell, str)
    return cell.translate({ord("٠") + digit: str(digit) for digit in range(10)} | {ord("É"): "é"}) if is_text else cell


def test_300_rows_become_248_agreements_and_64_new_partners(root: Path, big: list[str]) -> None:
    said = here(root, *big)
    assert said.code == 0, said.err
    assert len(list((root / "data/agreements").iterdir())) == 248  # 8 special ones and 240
    assert len(list((root / "data/partners").iterdir())) == 67  # 3 on file, 60 societies, 4 of the special rows
    assert said.err.count(": left out") == 32  # the rows that come again
    assert "columns not imported: A (N°)" in said.err
    assert here(root, "check").code == 0
    assert text(root, "agreements/accord-on-harbour-lights") == (
        "kind: cooperation-agreement\ntitle:\n  en: Accord on harbour lights\nparties:\n  - party: isesco\n"
        "    signed_on: 2004-04-13\n  - party: partners/oic\n    signed_on: 2004-04-13\nsigned_before: 2004-04-14\n"
        "fields:\n  - culture\nnotes: seen\n"
    )
    assert text(root, "agreements/mdhkra-mnarat") == (
        "kind: memorandum-of-understanding\ntitle:\n  ar: مذكرة المنارات\nparties:\n  - party: isesco\n"
        "    signed_on: 2005\n  - party: partners/oic\n    signed_on: 2005\nsigned_before: 2006-01-01\n"
        "fields:\n  - culture\n  - science\nends_on: 2025-12-31\n"
    )
    assert text(root, "agreements/oic-saudi-arabia-1999").startswith(
        "kind: exchange-of-letters\ntitle:\n"
        "  en: Exchange of letters with Organization of Islamic Cooperation, Kingdom of Saudi Arabia (1999)\n"
    )
    assert text(root, "agreements/oic-azerbaijan-2001").endswith("signed_before: 2001-05-07\nends_on: 2030-01-02\n")
    assert text(root, "agreements/gull-island-library-societe-phares-2007").endswith(
        "  - party: partners/gull-island-library\n    signed_on: 2007-05-06\n  - party: partners/societe-phares\n"
        "    signed_on: 2007-05-06\nsigned_before: 2007-05-07\nfields:\n  - education\n  - heritage\nends_on: 2020\n"
    )
    assert text(root, "agreements/gull-island-library-2009") == (
        "kind: unspecified\ntitle:\n  fr: Accord avec Gull Island Library (2009)\nparties:\n  - party: isesco\n"
        "    signed_on: 2009-03\n  - party: partners/gull-island-library\n    signed_on: 2009-03\n"
        "signed_before: 2009-04-01\n"
    )
    assert text(root, "partners/jamaa-myna") == "name:\n  ar: جامعة الميناء\ncategory: non-governmental\n"
    assert text(root, "agreements/jamaa-myna-2010").endswith("signed_on: 2010-04-03\nsigned_before: 2010-04-04\n")
    assert text(root, "partners/society-tides-winds-lamps").startswith(
        "name:\n  fr: Society of Tides, Winds and Lamps\n"
    )
    # society 101 signs in 1980, 1985, 1990, 1995, each time as it is spelled then; society 102 in 1981, 1986, ...
    found = sorted(path.stem for path in (root / "data/agreements").glob("harbour-society-pier-10[12]-*"))
    assert found == [
        *("harbour-society-pier-101-1980", "harbour-society-pier-101-1985"),
        *("harbour-society-pier-101-1990", "harbour-society-pier-101-1995"),
        *("harbour-society-pier-102-1981", "harbour-society-pier-102-1986"),
        *("harbour-society-pier-102-1991", "harbour-society-pier-102-1996"),
    ]


def test_the_same_file_twice_changes_nothing_with_and_without_update(root: Path, big: list[str]) -> None:
    assert here(root, *big).code == 0
    before = files(root)
    for more in ([], ["--update"]):
        said = here(root, *big, *more)
        assert (said.code, said.out) == (0, "")
        assert "nothing to do: it is so already" in said.err
    assert files(root) == before


def test_one_wrong_row_among_300_and_nothing_is_written(root: Path) -> None:
    before = files(root)
    lines = [list(line) for line in rows()]
    lines[200][5] = "some day"
    said = here(root, "import", "agreements", str(write_xlsx(root / "big.xlsx", lines)), *BIG)
    assert said.code == 5
    assert said.err.startswith("erc: 1 error: nothing was written\n     Register!F201: some day is not a date: write")
    assert files(root) == before


# --- what a dry run shows -------------------------------------------------------------------------------------

SMALL = [
    ["Nom", "Name (English)", "الاسم", "Pays", "Catégorie", "Sigle", "IATI", "Domaines", "Also known as"],
    [
        "Ligue des ports",
        "League of Ports",
        "رابطة الموانئ",
        "Maroc",
        "ONG",
        "LP",
        "XM-1",
        "culture, éducation",
        "Ports; Quays, Docks",
    ],
    ["Banque des marées", None, None, "KSA", "banque", None, None, None, None],
]


def test_the_commands_of_a_dry_run_do_the_same_as_the_import(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "by-hand")
    partners = [SMALL, [["Acronym", "Name", "Category", "Country"], ["OIC", "OIC", None, "السعودية"]]]
    agreements = [
        ["Parties", "Year", "Field", "Title"],
        ["OIC; League of Ports", 2004, "science", 'It\'s "quoted"'],
        ["Banque des marées", "2010-03", None, None],
    ]
    activities = [
        [
            *(
                "Title",
                "Type",
                "Project",
                "Area",
                "Start",
                "End",
                "Budget 2019",
                "Partners",
                "Pays bénéficiaires",
                "Indicator",
            )
        ],
        [
            *("Forum of keys", "Forum", "Developing strategic partnership with governmental and non-governmental "),
            *("governmental", "2019-03", "2019-05-02", "1,234.50", "OIC", "مالي; Somalie", "governmental-meetings"),
        ],
    ]
    activities[1][2] += "organizations, financial institutions and donors"
    for noun, sheets in (("partners", partners), ("agreements", [agreements]), ("activities", [activities])):
        for sheet in sheets:
            dry = imported(root, noun, sheet, "--dry-run")
            assert dry.code == 0, dry.err
            lines = [line for line in dry.out.splitlines() if line.startswith("erc ")]
            assert lines
            assert "+++ b/data/" in dry.out
            for line in lines:
                assert here(tmp_path / "by-hand", *shlex.split(line)[1:]).code == 0
            assert files(root) != files(tmp_path / "by-hand")
            assert imported(root, noun, sheet).code == 0
            assert files(root) == files(tmp_path / "by-hand")
    assert text(root, "partners/lp") == (
        "name:\n  fr: Ligue des ports\n  en: League of Ports\n  ar: رابطة الموانئ\nacronyms:\n  fr: LP\n"
        "aliases:\n  - Ports\n  - Quays, Docks\ncategory: non-governmental\ncountry: ma\n"
        "identifiers:\n  - scheme: iati\n    value: XM-1\nfields:\n  - culture\n  - education\n"
    )
    assert "country: sa\n" in text(root, "partners/oic")
    assert "budget:\n  - year: 2019\n    amount: 1234.50\n" in text(root, "activities/forum-keys")
    assert "beneficiaries:\n  - member-states/ml\n  - member-states/so\n" in text(root, "activities/forum-keys")
    assert "planned:\n  start: 2019-03\n  end: 2019-05-02\n" in text(root, "activities/forum-keys")


def test_a_dry_run_writes_nothing(root: Path) -> None:
    before = files(root)
    assert imported(root, "partners", SMALL, "-n").code == 0
    assert files(root) == before


# --- values on file -------------------------------------------------------------------------------------------


def test_a_value_on_file_stays_unless_update_says_otherwise(root: Path) -> None:
    assert imported(root, "partners", SMALL).code == 0
    other = [["Name", "Country", "Category", "Fields"], ["LEAGUE OF PORTS", "Tunisia", "NGO", "science"]]
    before = text(root, "partners/lp")
    said = imported(root, "partners", other)
    assert said.code == 0
    assert text(root, "partners/lp") == before
    assert "Sheet1!B2: partners/lp keeps country ma, not tn: --update changes it" in said.err
    assert "Sheet1!D2: partners/lp keeps fields culture, education, not science: --update changes it" in said.err
    assert imported(root, "partners", other, "--update").code == 0
    assert text(root, "partners/lp") == before.replace("country: ma", "country: tn").replace(
        "  - education\n", "  - education\n  - science\n"
    )


def test_a_signature_is_a_fact_and_stays(root: Path) -> None:
    sheet = [["Id", "Parties", "Signed on"], ["ports", "OIC", 2004]]
    assert imported(root, "agreements", sheet).code == 0
    sheet[1][2] = 2006
    said = imported(root, "agreements", sheet, "--update")
    assert "agreements/ports keeps signed 2004, not 2006: a fact, which only `erc set --correct` changes" in said.err
    assert "signed_before: 2005-01-01" in text(root, "agreements/ports")


def test_an_approved_schedule_stays_and_amounts_of_years_are_updated(root: Path) -> None:
    sheet = [
        ["Id", "Title", "Kind", "Project", "Area", "Indicator", "Start", "End", "Budget 2019", "Partners"],
        [
            "keys",
            "Keys",
            "forum",
            "strategic-partnerships",
            "governmental",
            "governmental-meetings",
            "2019-03",
            "2019-05",
        ],
    ]
    sheet[1] += ["100", "OIC"]
    assert imported(root, "activities", sheet).code == 0
    sheet[1][-3:] = ["2019-06", "150", "saudi-arabia"]
    said = imported(root, "activities", sheet, "--update")
    assert said.code == 0
    assert "keeps planned.end 2019-05, not 2019-06: a fact, which only `erc set --correct` changes" in said.err
    assert text(root, "activities/keys").endswith(
        "planned:\n  start: 2019-03\n  end: 2019-05\npartners:\n  - partners/oic\n  - partners/saudi-arabia\n"
        "budget:\n  - year: 2019\n    amount: 150.00\n"
    )


def test_ids_that_are_none_are_refused_and_lead_nowhere(root: Path) -> None:
    for bad in ("../../evil", "OIC", "a/b", "con.x", "x" * 65):
        said = imported(root, "partners", [["Id", "Name", "Category"], [bad, "Evil", "NGO"]])
        assert said.code == 5
        assert f"Sheet1!A2: {bad} is no id" in said.err
    assert here(root, "partner", "add", "../../evil", "name.en=x", "category=donor").code == 5
    assert not list(root.parent.glob("evil*"))


def test_what_a_record_lacks_is_added_to_it(root: Path) -> None:
    assert imported(root, "agreements", [["Parties", "Year"], ["OIC", 2004]]).code == 0
    said = imported(
        root, "agreements", [["الأطراف", "السنة", "تاريخ الانتهاء"], ["منظمة التعاون الإسلامي", "٢٠٠٤", "٢٠٢٤"]]
    )
    assert said.code == 0
    assert text(root, "agreements/oic-2004").endswith("signed_before: 2005-01-01\nends_on: 2024\n")
    assert len(list((root / "data/agreements").iterdir())) == 1


def test_an_import_is_taken_back_whole(root: Path) -> None:
    before = files(root)
    assert imported(root, "partners", SMALL).code == 0
    assert here(root, "undo").code == 0
    assert files(root) == before


# --- what is wrong with cells ---------------------------------------------------------------------------------


def test_every_wrong_cell_is_told_in_one_run(root: Path) -> None:
    before = files(root)
    sheet = [
        ["Parties", "Signed on", "Type", "Ends on", "Field"],
        ["OIC", "03/04/2019", "MoU", None, None],
        ["OIC", 43558, "treaty of love", None, "sience"],
        ["Organisation of Tides", "3.4.19", None, "31/02/2020", None],
        ["Organization of Islamic Coperation", 2001, None, None, None],
        ["OIC", 2010, None, "2009-12-31", None],
        ["OIC", "1440 هـ", None, "#N/A", None],
    ]
    said = imported(root, "agreements", sheet)
    assert said.code == 5
    lines = [line.strip() for line in said.err.splitlines()]
    assert lines[0] == "erc: 9 errors: nothing was written"
    assert lines[1] == "Sheet1!B2: 03/04/2019 can be 2019-04-03 or 2019-03-04: say --dates dmy or --dates mdy"
    assert lines[2] == "Sheet1!B3: 43558 is a number, not a date: format the cell as a date, or type 2019-04-03"
    assert lines[3].startswith("Sheet1!C3: treaty of love is no kind known here")
    assert lines[4] == "Sheet1!E3: sience is no fields known here: did you mean science (science)?"
    assert lines[5] == "Sheet1!B4: 3.4.19 has no year of four digits"
    assert lines[6] == "Sheet1!D4: 31/02/2020 names day 31 of a month with 29 days"
    assert lines[7].startswith(
        "Sheet1!A5: no partner is called Organization of Islamic Coperation: did you mean partners/oic"
    )
    assert lines[8] == "Sheet1!B7: 1440 هـ is a day of the Hijri calendar: write the Gregorian one"
    assert lines[9] == "Sheet1!D7: #N/A is an error of the spreadsheet: put the value right"
    assert files(root) == before


def test_errors_of_the_rules_are_told_at_the_cell(root: Path) -> None:
    sheet = [["Parties", "Effective on", "Ends on"], ["OIC", "2010-01-01", "2009-12-31"]]
    said = imported(root, "agreements", sheet)
    assert said.code == 5
    assert "Sheet1!C2: " in said.err
    assert "(AGR002)" in said.err
    said = imported(root, "agreements", [["Title", "Parties"], ["Alone", "ISESCO"]])
    assert said.code == 5
    assert "Sheet1!B2: " in said.err
    assert "(AGR001)" in said.err
    said = imported(root, "partners", [["Name", "Category", "Ended on"], ["Guild", "NGO", 2012]])
    assert "Sheet1!C2: " in said.err
    assert "must be a whole day" in said.err
    said = imported(root, "partners", [["Name", "Country"], ["Guild", "Mali"]])
    assert "Sheet1!A2: category is missing (SCH002)" in said.err


def test_the_order_of_days_and_months_is_as_told(root: Path) -> None:
    sheet = [["Id", "Parties", "Signed on"], ["one", "OIC", "03/04/2019"]]
    assert imported(root, "agreements", sheet, "--dates", "mdy").code == 0
    assert "signed_before: 2019-03-05" in text(root, "agreements/one")
    sheet[1][0] = "two"
    assert imported(root, "agreements", sheet, "--dates", "dmy").code == 0
    assert "signed_before: 2019-04-04" in text(root, "agreements/two")


def test_a_partner_spelled_otherwise_is_offered_and_never_taken_silently(root: Path) -> None:
    sheet = [["Parties", "Year"], ["The Organisation for Islamic Cooperation", 2001]]
    said = imported(root, "agreements", sheet, *BIG)
    assert said.code == 5
    assert (
        "Sheet1!A2: The Organisation for Islamic Cooperation may be partners/oic (Organization of Islamic" in said.err
    )
    said = imported(root, "agreements", sheet, "--alike", "same")
    assert said.code == 0
    assert "is taken for partners/oic" in said.err
    assert (root / "data/agreements/oic-2001.yaml").exists()
    sheet[1][1] = 2002
    said = imported(root, "agreements", sheet, *BIG, "--alike", "new")
    assert said.code == 0
    assert "PAR001" in said.err
    assert (root / "data/partners/organisation-islamic-cooperation.yaml").exists()


def test_a_partner_whose_name_makes_the_id_of_another_is_offered(root: Path) -> None:
    said = imported(root, "agreements", [["Parties", "Year"], ["Saudi Arabia", 2001]], *BIG)
    assert said.code == 5
    assert "Sheet1!A2: Saudi Arabia may be partners/saudi-arabia (Kingdom of Saudi Arabia)" in said.err


def test_a_slip_in_a_name_is_told_where_partners_are_added(root: Path) -> None:
    sheet = [
        ["Parties", "Year"],
        ["Organization of Islamic Coperation", 2001],
        ["Pier Society 2", 2002],
        ["Pier Society 3", 2002],
    ]
    said = imported(root, "agreements", sheet, *BIG)
    assert said.code == 0
    assert "Sheet1!A2: Organization of Islamic Coperation is added; mind that partners/oic" in said.err
    assert "Pier Society 3 is added" not in said.err


def test_partners_of_one_file_that_are_spelled_alike_are_told(root: Path) -> None:
    sheet = [["Name", "Category"], ["Guild of Lamps", "NGO"], ["The Lamps Guild", "NGO"], ["GUILD OF LAMPS.", "NGO"]]
    said = imported(root, "partners", sheet)
    assert said.code == 5
    assert "Sheet1!A3: The Lamps Guild may be partners/guild-lamps (Guild of Lamps)" in said.err
    del sheet[2]
    said = imported(root, "partners", sheet)
    assert said.code == 0
    assert "Sheet1!A3: the same as Sheet1!A2: left out" in said.err


def test_rows_about_one_record_that_say_different_things_are_refused(root: Path) -> None:
    sheet = [
        ["Name", "Category", "Country"],
        ["Guild", "NGO", "Mali"],
        ["Guild", "NGO", None],
        ["guild", "NGO", "Chad"],
    ]
    said = imported(root, "partners", sheet)
    assert said.code == 5
    assert "Sheet1!C4: country is td here and ml in Sheet1!A2, for the same partner" in said.err


def test_commas_in_names_do_not_separate_parties(root: Path) -> None:
    sheet = [["Parties", "Year"], ["OIC, azerbaijan", 2001], ["Ministry of Tides, OIC", 2002]]
    said = imported(root, "agreements", sheet, *BIG)
    assert "Sheet1!A3: Ministry of Tides, OIC: OIC is on file, the whole is not: write ; between parties" in said.err
    sheet[2][0] = "Ministry of Tides, Lamps; OIC"
    assert imported(root, "agreements", sheet, *BIG).code == 0
    assert "partners/ministry-tides-lamps\n" in text(root, "agreements/ministry-tides-lamps-oic-2002")
    assert "partners/azerbaijan\n" in text(root, "agreements/oic-azerbaijan-2001")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1,234.50", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("١٬٢٣٤٫٥٠", "1234.50"),
        ("1\u202f234\u00a0567", "1234567.00"),
        ("USD 1,500", "1500.00"),
        (1234.5, "1234.50"),
        (0.1 + 0.2, "0.30"),
        ("1.234", "can be 1234 or 1.234"),
        ("1,23,456", "its groups are not of three digits"),
        ("12 EUR", "is not in USD"),
        (12.345, "has more than the 2 places of USD"),
        ("about 5", "is not an amount"),
    ],
)
def test_amounts_are_read_exactly_or_refused(root: Path, written: object, read: str) -> None:
    sheet = [
        ["Title", "Kind", "Project", "Area", "Partners", "Amount", "Year", "Indicators"],
        ["Keys", "forum", "strategic-partnerships", "governmental", "OIC", written, 2019, "governmental-meetings"],
    ]
    said = imported(root, "activities", sheet)
    if read[0].isdigit():
        assert said.code == 0, said.err
        assert f"amount: {read}\n" in text(root, "activities/keys")
    else:
        assert said.code == 5
        assert "Sheet1!F2: " in said.err
        assert read in said.err


# --- sheets ---------------------------------------------------------------------------------------------------


def _book(root: Path, lines: Sequence[Sequence[Any]]) -> tuple[Any, Any, Path]:
    path = write_xlsx(root / "sheet.xlsx", lines, "Sheet1")
    book = load_workbook(path)
    return book, book.active, path


def test_merged_cells_count_for_each_row_and_headings_between_rows_are_left_out(root: Path) -> None:
    book, sheet, path = _book(
        root, [["Parties", "Year", "Type"], ["All of them", None, None], ["OIC", 2001, "MoU"], [None, 2002, "MoU"]]
    )
    sheet.merge_cells("A2:C2")
    sheet.merge_cells("A3:A4")
    book.save(path)
    said = here(root, "import", "agreements", str(path))
    assert said.code == 0, said.err
    assert "Sheet1!A2: a heading between rows, left out: All of them" in said.err
    assert sorted(one.name for one in (root / "data/agreements").iterdir()) == ["oic-2001.yaml", "oic-2002.yaml"]
    sheet["D3"] = "x"
    sheet.merge_cells("B3:C3")
    book.save(path)
    said = here(root, "import", "agreements", str(path))
    assert said.code == 5
    assert "Sheet1!B3: cells of 2 columns are merged" in said.err


def test_hidden_sheets_are_left_out_unless_named_and_told(root: Path) -> None:
    book, _, path = _book(root, [["Parties", "Year"], ["OIC", 2001]])
    hidden = book.create_sheet("Old")
    hidden.append(["Parties", "Year"])
    hidden.append(["OIC", 1990])
    hidden.sheet_state = "hidden"
    book.save(path)
    said = here(root, "import", "agreements", str(path))
    assert "sheet Old is hidden and was left out" in said.err
    assert here(root, "import", "agreements", str(path), "--sheet", "Old").code == 0
    assert sorted(one.name for one in (root / "data/agreements").iterdir()) == ["oic-1990.yaml", "oic-2001.yaml"]
    hidden.sheet_state = "visible"
    book.save(path)
    said = here(root, "import", "agreements", str(path))
    assert (said.code, "name one with --sheet: Sheet1, Old" in said.err) == (2, True)


def test_a_formula_counts_with_its_saved_value_and_is_refused_without(root: Path) -> None:
    import xlsxwriter

    path = root / "sheet.xlsx"
    for value, code in ((2001, 0), ("", 5)):
        book = xlsxwriter.Workbook(str(path))
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, ["Parties", "Year"])
        sheet.write(1, 0, "OIC")
        sheet.write_formula(1, 1, "=2000+1", value=value)
        book.close()
        said = here(root, "import", "agreements", str(path))
        assert said.code == code, said.err
        expected = (
            "are formulas: their saved values" if code == 0 else "Sheet1!B2: =2000+1 is a formula without a saved"
        )
        assert expected in said.err


def test_headings_are_mapped_by_hand(root: Path) -> None:
    sheet = [["Who", "When", "What?", "Type"], ["OIC", 2001, "x", "no kind at all"]]
    said = imported(root, "agreements", sheet, "--map", "who=parties", "--map", "B=signed", "--map", "Type=-")
    assert said.code == 0, said.err
    assert "columns not imported: C (What?)" in said.err
    assert (root / "data/agreements/oic-2001.yaml").exists()
    assert imported(root, "agreements", sheet, "--map", "who=nobody").code == 2
    assert imported(root, "agreements", [["Who", "When"], ["OIC", 2001]]).code == 2


def test_days_of_the_spreadsheet_are_days(root: Path) -> None:
    assert imported(root, "agreements", [["Id", "Parties", "Date"], ["one", "OIC", date(2019, 4, 3)]]).code == 0
    assert "signed_on: 2019-04-03\nsigned_before: 2019-04-04\n" in text(root, "agreements/one")


def test_parties_and_a_year_do_not_sign_what_is_being_negotiated(root: Path) -> None:
    assert imported(root, "agreements", [["Title", "Parties"], ["Accord", "OIC"]]).code == 0
    before = text(root, "agreements/accord")
    assert imported(root, "agreements", [["Parties", "Year"], ["OIC", 2004]]).code == 0
    assert text(root, "agreements/accord") == before
    assert (root / "data/agreements/oic-2004.yaml").exists()
    said = imported(root, "agreements", [["Parties", "Expiry date"], ["OIC", 2024]])
    assert said.code == 5
    assert "the row may be about agreements/accord or agreements/oic-2004: give it a year, a title or an id" in said.err


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("noun", ["partner", "agreement", "activity"])
def test_lists_that_were_exported_come_in_and_change_nothing(root: Path, noun: str, language: str) -> None:
    shutil.rmtree(root / "data")
    shutil.copytree(DATA.parent / "examples/lantern-league/data", root / "data")
    before = files(root)
    listed = here(root, noun, "list", "--format", "csv", "--lang", language)
    (root / "list.csv").write_text(listed.out, "utf-8")
    folder = {"partner": "partners", "agreement": "agreements", "activity": "activities"}[noun]
    update = ["--update"] if noun != "agreement" else []  # lists of agreements have days that were worked out
    said = here(root, "import", folder, str(root / "list.csv"), *update)
    assert (said.code, said.out) == (0, ""), said.err
    assert noun == "agreement" or "keeps" not in said.err
    assert files(root) == before


# --- the same again -------------------------------------------------------------------------------------------

_PARTIES = [
    "OIC",
    "oic",
    "Azerbaijan; OIC",
    "OCI | azerbaijan",
    "Saudi Arabia Kingdom",
    "Guild of Lamps",
    "GUILD OF LAMPS",
    "نقابة",
]
_WHEN = [None, 2004, "2004-05", "6 mai 2004", "2005", "٢٠٠٥"]
_KIND = [None, None, "MoU", "protocole"]
_TITLE = [None, None, None, "Accord", "accord", "Letters", "رسائل"]


@pytest.mark.parametrize("seed", [*range(20), *(pytest.param(n, marks=pytest.mark.long) for n in range(20, 400))])
@pytest.mark.parametrize("more", [[], ["--signed-before", "2003-01-01"]], ids=["", "signed-before"])
def test_whatever_was_imported_is_found_again(root: Path, seed: int, more: list[str]) -> None:
    chance = random.Random(seed)
    lines = [[chance.choice(one) for one in (_PARTIES, _WHEN, _KIND, _TITLE)] for _ in range(chance.randint(2, 14))]
    words = [*BIG, "--alike", "same", *more]
    sheet = [["Parties", "Signed on", "Type", "Title"], *lines]
    said = imported(root, "agreements", sheet, *words)
    while said.code:  # rows that contradict an earlier one are refused, and told: without them it goes in
        rows_told = {int(number) for number in re.findall(r"Sheet1![A-Z]+(\d+): ", said.err)}
        sheet = [line for number, line in enumerate(sheet, 1) if number not in rows_told]
        said = imported(root, "agreements", sheet, *words)
    before = files(root)
    for update in ([], ["--update"]):
        said = imported(root, "agreements", sheet, *words, *update)
        assert (said.code, said.out) == (0, ""), said.err
    assert files(root) == before
    assert here(root, "check").code == 0

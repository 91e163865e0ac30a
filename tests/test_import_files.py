"""Files that are no honest spreadsheet: a message and an exit code, never a traceback, never much memory or time."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from commands_made import here
from erc_cli.store.limits import MAX_FILE
from spreadsheets_made import write_csv, write_xlsx

DATA = Path(__file__).parent.parent / "data"
LINES = [["Parties", "Year"], ["OIC", 2001], ["Kingdom of Saudi Arabia", "2002"]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(DATA, tmp_path / "data")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_bytes(b"ref: refs/heads/main\n")
    return tmp_path


def refusal(root: Path, path: Path, *words: str, code: int = 2) -> str:
    """Import agreements from a file that cannot be: what is said; nothing may be written."""
    said = here(root, "import", "agreements", str(path), *words)
    assert (said.code, said.out) == (code, ""), said.err
    assert not (root / "data/agreements").exists()
    assert said.err.startswith("erc: ")
    return said.err


def with_part(path: Path, name: str, content: bytes) -> Path:
    """Give a part of an .xlsx file another content."""
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    parts[name] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, held in parts.items():
            archive.writestr(one, held)
    return path


def sheet_of(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def with_sheet(root: Path, content: bytes) -> Path:
    return with_part(write_xlsx(root / "sheet.xlsx", LINES), "xl/worksheets/sheet1.xml", content)


HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(root: Path) -> None:
    path = with_sheet(root, HEAD + b" " * (65 * 1024 * 1024) + TAIL)
    assert path.stat().st_size < 200_000
    assert "has more than 64 MiB when unpacked" in refusal(root, path)


def test_too_many_cells_are_refused_before_they_are_made(root: Path) -> None:
    path = with_sheet(root, HEAD + b'<row r="1">' + b"<c/>" * 1_000_000 + b"</row>" + TAIL)
    assert "has more than 300000 cells" in refusal(root, path)


def test_too_many_formats_are_refused_before_they_are_made(root: Path) -> None:
    path = write_xlsx(root / "sheet.xlsx", LINES)
    with_part(path, "xl/styles.xml", b"<styleSheet><cellXfs>" + b"<xf/>" * 1_000_000 + b"</cellXfs></styleSheet>")
    assert "has more than 200000 formats" in refusal(root, path)


@pytest.mark.parametrize("filler", [" ", "\u00a0", "\n", ",", " / ", "1", "ـ", ".", "a ", "OIC;", "USD "])
def test_long_runs_of_anything_take_no_time(root: Path, filler: str) -> None:
    cell = "OIC" + filler * (120_000 // len(filler)) + "x"
    started = time.monotonic()
    for heading in ("Parties", "Signed on", "Fields", "Notes", "Title"):
        write_csv(
            root / "sheet.csv", [["Id", "Parties" if heading != "Parties" else "Notes", heading], ["a", "OIC", cell]]
        )
        assert here(root, "import", "agreements", str(root / "sheet.csv"), "-n").code in (0, 5)
    write_csv(root / "sheet.csv", [["Id", "Title", "Budget 2019"], ["a", "x", cell]])
    assert here(root, "import", "activities", str(root / "sheet.csv"), "-n").code in (0, 5)
    assert time.monotonic() - started < 20  # the square of their number would be hours


def test_what_looks_like_merged_cells_takes_no_time(root: Path) -> None:
    content = sheet_of(write_xlsx(root / "sheet.xlsx", LINES))
    path = with_sheet(root, content.replace(b"</worksheet>", b"<!--" + b"<mergeCell " * 500_000 + b"--></worksheet>"))
    started = time.monotonic()
    assert here(root, "import", "agreements", str(path), "-n").code == 0
    assert time.monotonic() - started < 20


def test_a_long_cell_is_quoted_short(root: Path) -> None:
    said = refusal(root, write_xlsx(root / "sheet.xlsx", [["Parties", "Type"], ["OIC", "x" * 30_000]]), code=5)
    assert len(said) < 1_000


def test_too_many_rows_or_columns_are_refused(root: Path) -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (number, number) for number in range(1, 10_003))
    assert "has more than 10000 rows or 500 columns" in refusal(root, with_sheet(root, HEAD + rows + TAIL))
    wide = b'<row r="1"><c r="ZZZ1"><v>1</v></c></row>'
    assert "has more than 10000 rows or 500 columns" in refusal(root, with_sheet(root, HEAD + wide + TAIL))
    assert "has more than 1048576 rows" in refusal(
        root, with_sheet(root, HEAD + b'<row r="900000000"><c r="A900000000"><v>1</v></c></row>' + TAIL)
    )
    merged = b"<mergeCells>" + b'<mergeCell ref="A1:A1048576"/>' * 2_001 + b"</mergeCells></worksheet>"
    assert "has more than 2000 merged cells" in refusal(root, with_sheet(root, HEAD + b"</sheetData>" + merged))


def test_a_stray_cell_at_the_end_of_the_sheet_does_no_harm(root: Path) -> None:
    content = sheet_of(write_xlsx(root / "sheet.xlsx", LINES))
    stray = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t> </t></is></c></row></sheetData>'
    path = with_sheet(root, content.replace(b"</sheetData>", stray))
    said = here(root, "import", "agreements", str(path), "-n")
    assert said.code == 0, said.err


def test_entities_are_refused(root: Path) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert "EntitiesForbidden" in refusal(root, with_sheet(root, laughs + HEAD + b"&b;" + TAIL))


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"no zip at all", b"PK\x05\x06" + bytes(18), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)],
)
def test_what_is_no_workbook_is_said(root: Path, content: bytes) -> None:
    path = root / "sheet.xlsx"
    path.write_bytes(content)
    said = refusal(root, path)
    assert "cannot be read as an .xlsx file" in said or "is an old .xls file, or has a password" in said


@pytest.mark.parametrize(
    "content",
    [
        HEAD,
        HEAD + b'<row r="x"><c r="1A"/></row>' + TAIL,
        HEAD + b'<row r="1"><c r="A1" t="s"><v>99999</v></c></row>' + TAIL,
        HEAD + b'<row r="1"><c r="A1" t="n"><v>1e999999</v></c><c r="B1"><v>nan</v></c></row>' + TAIL,
        HEAD + b'<row r="1"><c r="A1" s="9999"><v>1</v></c></row>' + TAIL,
        HEAD + b'<row r="1"><c r="A1" t="d"><v>tomorrow</v></c></row>' + TAIL,
        HEAD + b"<row>" * 5_000 + TAIL,
        b"\xff\xfe\x00",
    ],
)
def test_broken_sheets_are_no_bugs(root: Path, content: bytes) -> None:
    refusal(root, with_sheet(root, content))


def test_files_that_were_damaged_anywhere_are_no_bugs(root: Path) -> None:
    whole = write_xlsx(root / "whole.xlsx", LINES).read_bytes()
    chance = random.Random(11)
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (root / "sheet.xlsx").write_bytes(damaged[: chance.choice([len(damaged), chance.randrange(len(damaged))])])
        said = here(root, "import", "agreements", str(root / "sheet.xlsx"), "--dry-run")
        assert said.code in (0, 2, 5), said.err


def test_parts_that_were_damaged_inside_are_no_bugs(root: Path) -> None:
    """The zip is whole, so that every parser behind it sees the damage."""
    path = write_xlsx(root / "whole.xlsx", LINES)
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    chance = random.Random(12)
    names = [one for one in parts if "docProps" not in one]
    for _ in range(150):
        name = chance.choice(names)
        damaged = bytearray(parts[name])
        at = chance.randrange(len(damaged))
        damaged[at : at + chance.randint(0, 20)] = bytes(
            chance.choice(b'<>/"=0123456789AZaz&; ') for _ in range(chance.randint(0, 9))
        )
        shutil.copy(path, root / "sheet.xlsx")
        said = here(
            root, "import", "agreements", str(with_part(root / "sheet.xlsx", name, bytes(damaged))), "--dry-run"
        )
        assert said.code in (0, 2, 5), said.err


def test_files_that_are_not_there_or_no_files_are_said(root: Path) -> None:
    assert "No such file" in refusal(root, root / "none.xlsx", code=4)
    (root / "folder.csv").mkdir()
    assert "a folder" in refusal(root, root / "folder.csv", code=4)
    os.mkfifo(root / "pipe.csv")
    assert "a pipe" in refusal(root, root / "pipe.csv", code=4)
    with (root / "large.csv").open("wb") as file:
        file.truncate(MAX_FILE + 1)
    assert "is larger than 10 MiB" in refusal(root, root / "large.csv")
    assert "a spreadsheet is an .xlsx or a .csv file" in refusal(root, root / "some.ods")


def test_other_encodings_must_be_declared(root: Path) -> None:
    lines = [["الأطراف", "السنة"], ["منظمة التعاون الإسلامي", "2001"]]
    path = write_csv(root / "sheet.csv", lines, "cp1256", ";")
    assert "is not written in UTF-8: say --encoding windows-1256 (Arabic) or windows-1252" in refusal(root, path)
    assert "--encoding latin: one of utf-8, utf-16" in refusal(root, path, "--encoding", "latin")
    assert "is not written in utf-16" in refusal(
        root, write_csv(root / "odd.csv", [["a"]], "ascii"), "--encoding", "utf-16"
    )
    assert here(root, "import", "agreements", str(path), "--encoding", "windows-1256").code == 0
    assert (root / "data/agreements/oic-2001.yaml").exists()


def test_french_in_windows_1252(root: Path) -> None:
    lines = [["Partenaires", "Année"], ["Organisation de la Coopération islamique", "2001"]]
    path = write_csv(root / "sheet.csv", lines, "cp1252", ";")
    assert here(root, "import", "agreements", str(path), "--encoding", "windows-1252").code == 0
    assert (root / "data/agreements/oic-2001.yaml").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Parties,Year\nOIC\0,2001\n", "it has NUL characters"),
        (b'Parties,Year\n"' + b"x" * 200_000 + b'",2001\n', "cannot be read as CSV: field larger than field limit"),
        (b"Parties,Year\n" + b"x," * 501 + b"x\n", "has more than 10000 rows, 500 columns"),
        (b"Parties,Year\n" + b"OIC,2001\n" * 10_001, "has more than 10000 rows"),
        (b"", "no row of headings that are known"),
        (b"\n,,,\n", "no row of headings that are known"),
        (b"Parties,Party,Year\nOIC,OIC,2001\n", "two columns for the same: Parties, Party"),
    ],
)
def test_broken_csv_is_said(root: Path, content: bytes, said: str) -> None:
    (root / "sheet.csv").write_bytes(content)
    assert said in refusal(root, root / "sheet.csv")


def test_characters_that_steer_a_terminal_never_reach_it(root: Path) -> None:
    (root / "sheet.csv").write_bytes("Parties,Year\n\x1b[31mOIC\x07,2001\n\u202eOIC,soon\x1b[2J\n".encode())
    said = refusal(root, root / "sheet.csv", code=5)
    assert "\x1b" not in said
    assert "\x07" not in said


def test_marks_of_direction_and_odd_spaces_are_left_out(root: Path) -> None:
    (root / "sheet.csv").write_text("Parties,Year\n\u200f\ufeff OIC\u00a0\u202c,\u200e2001\u200f\n", "utf-8")
    assert here(root, "import", "agreements", str(root / "sheet.csv")).code == 0
    assert (root / "data/agreements/oic-2001.yaml").exists()


def test_without_the_extra_it_is_named_and_csv_is_read_all_the_same(root: Path) -> None:
    write_xlsx(root / "sheet.xlsx", LINES)
    write_csv(root / "sheet.csv", LINES)
    program = (
        "import sys; sys.modules['openpyxl'] = None; sys.modules['defusedxml'] = None\n"
        "from erc_cli.cli.app import run; sys.exit(run(sys.argv[1:]))"
    )
    for name, code, told in (("sheet.xlsx", 2, "needs the extra `excel`: pip install"), ("sheet.csv", 0, "")):
        words = [sys.executable, "-c", program, "import", "agreements", name]
        done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        assert told in done.stderr


def test_neither_help_nor_csv_loads_what_reads_workbooks(root: Path) -> None:
    write_csv(root / "sheet.csv", LINES)
    for words in (["import", "--help"], ["import", "agreements", "sheet.csv", "-n"]):
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "erc_cli", *words],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0
        assert not re.search(r"openpyxl|defusedxml|xlsxwriter", done.stderr)

"""Documents drawn as pictures by programs of offices: there is ink, and it stands on the side of the language."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pypdf
import pytest

from erc_cli.render.documents import render_report
from erc_cli.render.look import Look
from erc_cli.store.catalogue import words_in
from reports_made import SMALL

PDFTOPPM, OFFICE = shutil.which("pdftoppm"), shutil.which("soffice")
needs_pdftoppm = pytest.mark.skipif(PDFTOPPM is None, reason="no pdftoppm: documents as pictures")
needs_office = pytest.mark.skipif(OFFICE is None, reason="no LibreOffice: Word and Excel files as pictures")


class Picture(NamedTuple):
    """A page in grey: its lines from top to bottom, 0 black to 255 white."""

    lines: list[bytes]

    def ink(self, top: float, bottom: float, left: float, right: float) -> int:
        """How many points of a part of the page are dark; the sides in parts of the whole."""
        height, width = len(self.lines), len(self.lines[0])
        rows = self.lines[int(top * height) : int(bottom * height)]
        return sum(1 for row in rows for point in row[int(left * width) : int(right * width)] if point < 160)


def drawn(pdf: Path) -> Picture:
    """Return the first page of a PDF as pdftoppm draws it."""
    words = [
        str(PDFTOPPM),
        "-gray",
        "-r",
        "60",
        "-f",
        "1",
        "-l",
        "1",
        "-singlefile",
        str(pdf),
        str(pdf.with_suffix("")),
    ]
    subprocess.run(words, check=True, capture_output=True, timeout=60)
    head, size, most, points = pdf.with_suffix(".pgm").read_bytes().split(b"\n", 3)
    assert (head, most) == (b"P5", b"255")
    width, height = (int(one) for one in size.split())
    return Picture([points[row * width : (row + 1) * width] for row in range(height)])


def written(form: str, language: str, folder: Path) -> Path:
    path = folder / f"report.{form}"
    path.write_bytes(render_report(SMALL, form, Look(words_in(language))))
    return path


def as_pdf(path: Path) -> Path:
    """Return a document as LibreOffice prints it."""
    profile = f"-env:UserInstallation={(path.parent / 'office').as_uri()}"
    words = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=180)
    return path.with_suffix(".pdf")


def stands_on_its_side(page: Picture, language: str) -> bool:
    """Whether the title is on the side where its language begins."""
    top = next(row for row in range(100) if page.ink(row / 100, (row + 1) / 100, 0, 1))
    left, right = (page.ink(0, (top + 10) / 100, *half) for half in ((0, 0.5), (0.5, 1)))
    return right > 3 * left if language == "ar" else left > 3 * right


@needs_pdftoppm
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_pdf_as_a_picture(tmp_path: Path, language: str) -> None:
    assert stands_on_its_side(drawn(written("pdf", language, tmp_path)), language)


@needs_pdftoppm
@needs_office
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_word_file_as_an_office_program_prints_it(tmp_path: Path, language: str) -> None:
    printed = as_pdf(written("docx", language, tmp_path))
    assert stands_on_its_side(drawn(printed), language)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(printed).pages)
    for one in ("766,444.00", "1,532,887.50", "Revision 1a2b3c4." if language == "en" else "1a2b3c4", "Un deuxième"):
        assert one in text
    if language == "en":
        assert "1 Money" in text.replace("\t", " "), "headings have their numbers"
        assert "1.1 By project" in text.replace("\t", " ")


@needs_office
def test_a_workbook_as_an_office_program_prints_it(tmp_path: Path) -> None:
    """The total is worked out anew there, from the cells."""
    printed = as_pdf(written("xlsx", "en", tmp_path))
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(printed).pages)
    assert "1,532,887.50" in text
    assert "2019-01-31" in text
    assert "62.5%" in text
    assert "#" not in text, "no column is too narrow for its numbers"

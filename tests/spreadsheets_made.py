"""A fictional spreadsheet of 300 rows with the dirt that such files have, and small ones."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADINGS = [
    "N°",
    "Title",
    "العنوان",
    "Partenaires",
    "Type d’accord",
    "Date de signature",
    "Expiry date",
    "Domaine",
    "Notes",
]

SPECIAL: Sequence[Sequence[Any]] = [
    (
        1,
        "Accord on  harbour\u00a0lights ",
        None,
        "OIC",
        "Cooperation Agreement",
        "13/4/2004",
        None,
        "Culture",
        " seen\u200f ",
    ),
    (2, None, "مذكرة المنارات", "منظمة التعاون الاسلامي", "مذكرة تفاهم", "٢٠٠٥", "٣١/١٢/٢٠٢٥", "الثقافة؛ العلوم", None),
    (3, None, None, "OCI ; Royaume d’Arabie saoudite", "Échange de lettres", 1999, None, None, None),
    (
        4,
        None,
        None,
        "oic, azerbaijan",
        "Protocole",
        datetime.fromisoformat("2001-05-06"),
        date(2030, 1, 2),
        None,
        "n/a",
    ),
    (
        5,
        None,
        None,
        "Gull Island Library\nSociété des phares",
        "MOU",
        "6 mai 2007",
        "2020",
        "éducation, patrimoine",
        None,
    ),
    (6, None, None, "GULL ISLAND LIBRARY", None, "March 2009", "", None, "-"),
    (7, None, None, "جامعة الميناء", "programme exécutif", "٣ نيسان ٢٠١٠", None, None, None),
    (8, "Letters", None, "Society of Tides, Winds and Lamps", "letters", "2011-02-03", None, "human rights", None),
]
"""The rows that are looked at one by one."""

_YEARS = [
    lambda year: year,
    str,
    lambda year: str(year).translate(_ARABIC),
    lambda year: f"{year}  ",
    lambda year: f"1er mai {year}",
]
_ARABIC = {ord(str(digit)): chr(ord("٠") + digit) for digit in range(10)}
_NAMES = [str, lambda name: f" {name}\u00a0", str.upper, lambda name: name.replace(" ", "  ")]
_KINDS = ["MoU", "accord de coopération", None, "مذكرة تفاهم", "Protocol"]


def rows() -> list[Sequence[Any]]:
    """Return the headings and 300 rows below them.

    8 special ones; 240 of 60 societies with four agreements each, five years apart; 32 of these again; 20 empty ones.
    """
    many = []
    for number in range(240):
        society, turn = number % 60, number // 60
        name = _NAMES[turn](f"Harbour Society of Pier {society + 101}")
        year = _YEARS[number % 5](1980 + 5 * turn + society % 3)
        many.append((number + 9, None, None, name, _KINDS[society % 5], year, None, None, None))
    again = [many[7 * number] for number in range(32)]
    return [HEADINGS, *SPECIAL, *many[:100], *[[None] * 9] * 20, *many[100:], *again]


def write_xlsx(path: Path, lines: Sequence[Sequence[Any]], sheet: str = "Register", above: int = 0) -> Path:
    """Write rows as an .xlsx file, `above` empty ones before them."""
    book = Workbook()
    book.active.title = sheet
    for _ in range(above):
        book.active.append([])
    for line in lines:
        book.active.append(list(line))
    book.save(path)
    return path


def write_csv(path: Path, lines: Sequence[Sequence[Any]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """Write rows as a CSV file; days as ISO has them."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    for line in lines:
        writer.writerow(
            ["" if one is None else one.strftime("%Y-%m-%d") if isinstance(one, date) else one for one in line]
        )
    path.write_bytes(text.getvalue().encode(encoding))
    return path

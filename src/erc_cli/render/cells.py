"""Values as text: for people, in their language, and for machines, plain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from erc_cli.core.countries import COUNTRIES, country_name
from erc_cli.core.money import plain
from erc_cli.core.periods import NotADateError, PartialDate, parse_partial_date
from erc_cli.core.tables import Before, Cell, Kind, Scalar
from erc_cli.core.text import visible
from erc_cli.core.words import Words

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_SPACE = re.compile(r"[\t\n\r\x0b\x0c\x85\u2028\u2029 ]+")


def one_line(text: str) -> str:
    """Return text on one line, with nothing in it that could steer a terminal."""
    return visible(text if text.isprintable() else _SPACE.sub(" ", text)).strip()


def for_people(kind: Kind, cell: Cell, words: Words, labels: Mapping[str, str]) -> str:
    """Return a cell as people read it: amounts grouped, words and countries in their language."""
    if cell is None:
        return ""
    if type(cell) is tuple:
        return words(", ").join(_shown(kind, value, words, labels) for value in cell)
    return _shown(kind, cell, words, labels)  # type: ignore[arg-type]


def _shown(kind: Kind, value: Scalar, words: Words, labels: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return one_line(_shown_text(kind, value, words, labels))
    if isinstance(value, bool):
        return words("yes" if value else "no")
    if isinstance(value, Decimal):
        return words.percent(value) if kind == "percent" else words.number(value)
    if isinstance(value, int):
        return str(value) if kind == "year" else words.number(value)
    if isinstance(value, Before):
        return words("before {day}").replace("{day}", value.day)
    return value.isoformat() if isinstance(value, date) else str(value)


def _shown_text(kind: Kind, value: str, words: Words, labels: Mapping[str, str]) -> str:
    if kind == "ref":
        return value.rpartition("/")[2]
    if kind == "word":
        return f"{words.value(value, labels)}"
    if kind == "country" and value in COUNTRIES:
        return country_name(value, words.language)
    return f"{value}"


def for_documents(kind: Kind, cell: Cell, words: Words, labels: Mapping[str, str]) -> str:
    """Return a cell as people read it in a document, where days are written long: `31 January 2019`."""
    if type(cell) is tuple:
        return words(", ").join(for_documents(kind, value, words, labels) for value in cell)
    if isinstance(cell, date | PartialDate):
        return words.day(cell)
    if isinstance(cell, Before) and (day := _parsed(cell.day)) is not None:
        return words("before {day}").format(day=words.day(day))
    return for_people(kind, cell, words, labels)


def _parsed(day: str) -> PartialDate | None:
    try:
        return parse_partial_date(day)
    except NotADateError:
        return None


def for_machines(cell: Cell) -> str:
    """Return a cell plainly: `766444.00`, `2019-01-31`, `true`, several values joined by `; `."""
    if cell is None:
        return ""
    if type(cell) is tuple:
        return "; ".join(_plain(value) for value in cell)
    return _plain(cell)  # type: ignore[arg-type]


def _plain(value: Scalar) -> str:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Before):
        return f"<{value.day}"
    return value.isoformat() if isinstance(value, date) else str(value)


TURNS = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]++(?:[-/:.,_+&’'\u202f]++[A-Za-z0-9]++)++")
"""What would be shown the wrong way round behind Arabic letters: `2019-2021`, `a/b-1`, `2019-01-31`."""

_LEFT_TO_RIGHT_MARK = "\u200e"


def steady(text: str) -> str:
    """Return text for a document such that ranges, days and addresses among Arabic words keep their order.

    They stand between marks that every office program obeys, isolates by far not all.
    """
    if not _RIGHT_TO_LEFT.search(text):
        return text
    return TURNS.sub(lambda found: f"{_LEFT_TO_RIGHT_MARK}{found[0]}{_LEFT_TO_RIGHT_MARK}", text)


def isolate(text: str, right_to_left: bool) -> str:
    """Return text for a terminal such that its direction changes nothing around it.

    Text from right to left, or any where the reader's language is, stands between FSI and PDI, which take no columns.
    """
    if text and (right_to_left or _RIGHT_TO_LEFT.search(text)):
        return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
    return text

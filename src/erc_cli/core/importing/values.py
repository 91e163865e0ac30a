"""What people write in cells, read exactly: dates, amounts, names of countries; what can mean two things is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import Final, Literal

from erc_cli.core.countries import COUNTRIES
from erc_cli.core.currencies import CURRENCY_PLACES
from erc_cli.core.importing.table import Cell
from erc_cli.core.periods import NotADateError, PartialDate, parse_partial_date
from erc_cli.core.text import fold
from erc_cli.core.typed import ascii_digits

DateOrder = Literal["dmy", "mdy", ""]
"""Which of two numbers is the day; empty: that is not known."""


class UnclearError(ValueError):
    """What a cell holds cannot be read, or can mean two things; the message says what to do."""


_INVISIBLE: Final = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Marks of direction and spaces without width, which come with text that was copied."""

_NOTHING: Final = frozenset({"-", "--", "–", "—", "_", "/", "?", "n/a", "na", "n.a.", "none", "nil", "null", "tbd"}) | {
    *("néant", "aucun", "aucune", "s/o", "n.d.", "nd", "لا يوجد", "غير متوفر", "غير معروف", "لا شيء")
}
"""What people write into a cell to say that it is empty."""


def clean(text: str) -> str:
    """Return the text of a cell: single spaces, no invisible marks, nothing where it says that there is nothing."""
    text = " ".join(_INVISIBLE.sub("", text).split())
    return "" if text.casefold() in _NOTHING else text


_MONTHS: Final = (
    "january jan janvier janv يناير كانون_الثاني",
    "february feb février févr fév fevrier fevr فبراير شباط",
    "march mar mars مارس آذار اذار",
    "april apr avril avr أبريل ابريل إبريل نيسان",
    "may mai مايو أيار ايار ماي",
    "june jun juin يونيو حزيران يونيه",
    "july jul juillet juil يوليو تموز يوليوز يوليه",
    "august aug août aout أغسطس اغسطس آب اب غشت",
    "september sep sept septembre سبتمبر أيلول ايلول شتنبر",
    "october oct octobre أكتوبر اكتوبر تشرين_الأول",
    "november nov novembre نوفمبر تشرين_الثاني نونبر",
    "december dec décembre déc decembre ديسمبر كانون_الأول دجنبر",
)
_MONTH_NAMES: Final = {
    fold(name.replace("_", " ")): number for number, names in enumerate(_MONTHS, 1) for name in names.split()
}
_NUMBERS: Final = re.compile(r"(\d{1,4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,4})", re.ASCII)
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})", re.ASCII)
_TIME: Final = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$", re.ASCII)
_ORDINAL: Final = re.compile(r"\b(\d{1,2})(st|nd|rd|th|er|e)\b", re.ASCII | re.IGNORECASE)


def date_of(cell: Cell, order: DateOrder = "") -> PartialDate:
    """Return the day, month or year that a cell names. Raises UnclearError."""
    text = ascii_digits(clean(cell.text))
    if cell.kind == "number":
        if not (text.isdigit() and 1800 <= int(text) <= 2200):
            raise UnclearError(f"{text} is a number, not a date: format the cell as a date, or type 2019-04-03")
        return PartialDate(int(text), 0, 0)
    text = _TIME.sub("", text).removesuffix("م").strip()
    if text.endswith(("هـ", "AH")):
        raise UnclearError(f"{text} is a day of the Hijri calendar: write the Gregorian one")
    return _checked(_numeric_date(text, order) or _worded_date(text), text)


def _checked(parts: tuple[int, int, int] | None, text: str) -> PartialDate:
    if parts is None:
        raise UnclearError(f"{text} is not a date: write 2019-04-03, 3 April 2019, 2019-04 or 2019")
    year, month, day = parts
    if year < 1800 or year > 2200:
        raise UnclearError(f"{text} is in the year {year}: write the Gregorian year with its four digits")
    try:
        written = f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}" if month else f"{year:04}"
        return parse_partial_date(written)
    except NotADateError as error:
        raise UnclearError(f"{text} {error}") from None


def _numeric_date(text: str, order: DateOrder) -> tuple[int, int, int] | None:
    if re.fullmatch(r"\d{4}", text, re.ASCII):
        return int(text), 0, 0
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})", text, re.ASCII):
        return int(match[1]), int(match[2]), 0
    if match := _MONTH_YEAR.fullmatch(text):
        return int(match[2]), int(match[1]), 0
    match = _NUMBERS.fullmatch(text)
    if match is None:
        return None
    first, second, third = match[1], match[3], match[4]
    if len(first) == 4 and len(third) <= 2:
        return int(first), int(second), int(third)
    if len(first) > 2 or len(third) != 4:
        raise UnclearError(f"{text} has no year of four digits")
    one, other = int(first), int(second)
    if order == "mdy" or (not order and one <= 12 < other):
        return int(third), one, other
    if order == "dmy" or one > 12 or one == other:
        return int(third), other, one
    raise UnclearError(
        f"{text} can be {third}-{other:02}-{one:02} or {third}-{one:02}-{other:02}: say --dates dmy or --dates mdy"
    )


def _worded_date(text: str) -> tuple[int, int, int] | None:
    """A date with the name of its month: `3 April 2019`, `April 3, 2019`, `1er avril 2019`, `avril 2019`."""
    words = fold(_ORDINAL.sub(r"\1", text)).split()
    numbers = [word for word in words if word.isdigit()]
    months = _MONTH_NAMES.get(" ".join(word for word in words if not word.isdigit()))
    if months is None or not 1 <= len(numbers) <= 2:
        return None
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(years) != 1 or len(days) != len(numbers) - 1:
        return None
    return int(years[0]), months, int(days[0]) if days else 0


_SPACES: Final = re.compile("(?<=[0-9])[ '’](?=[0-9]{3}(?![0-9]))")
_PLAIN: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)


def amount_of(cell: Cell, currency: str) -> str:
    """Return an amount as files have it: plain, with the places of its currency. Raises UnclearError.

    Thousands may stand in groups, cents after a comma or a point. A point before three digits can be either, and so
    can a comma in a currency with three places: refused.
    """
    text = ascii_digits(clean(cell.text))
    places = CURRENCY_PLACES.get(currency, 2) or 0
    number = _without_currency(text, currency)
    if cell.kind != "number":
        number = _plain_number(number, places, text)
    if not _PLAIN.fullmatch(number):
        raise UnclearError(f"{text} is not an amount: write 1234.50")
    value = Decimal(number)
    rounded = value.quantize(Decimal(1).scaleb(-places)) if abs(value) < Decimal(10) ** 15 else None
    if rounded is None:
        raise UnclearError(f"{text} is larger than a spreadsheet can keep exactly")
    if rounded != value:
        raise UnclearError(f"{text} has more than the {places} places of {currency}: round it in the spreadsheet")
    return f"{rounded:f}"


def _without_currency(text: str, currency: str) -> str:
    words = re.sub(r"(?i)\s*(?<![A-Z])([A-Z]{3})(?![A-Z])\s*", r" \1 ", text).split()
    named = [word for word in words if word.isalpha() and word.isascii() and len(word) == 3]
    other = [word for word in named if word.upper() != currency]
    if other:
        raise UnclearError(f"{text} is not in {currency}, the currency of the plan: this cannot be imported")
    return " ".join(word for word in words if word not in named)


def _plain_number(number: str, places: int, text: str) -> str:
    number = _SPACES.sub("", number)
    points, commas = number.count("."), number.count(",")
    if points and commas:
        decimal = "." if number.rfind(".") > number.rfind(",") else ","
        group = "," if decimal == "." else "."
        whole, _, rest = number.rpartition(decimal)
        if decimal in whole or not re.fullmatch(rf"-?[0-9]{{1,3}}(?:{re.escape(group)}[0-9]{{3}})+", whole):
            raise UnclearError(f"{text} is not an amount: its groups are not of three digits")
        return f"{whole.replace(group, '')}.{rest}"
    mark = "." if points else "," if commas else ""
    if not mark:
        return number
    whole, _, rest = number.rpartition(mark)
    if mark in whole:
        if not re.fullmatch(rf"-?[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+", number):
            raise UnclearError(f"{text} is not an amount: its groups are not of three digits")
        return number.replace(mark, "")
    if len(rest) != 3 or len(whole.removeprefix("-")) > 3:
        return f"{whole}.{rest}"
    if mark == "," and places < 3 and re.fullmatch(r"-?[1-9][0-9]{0,2}", whole):
        return whole + rest
    raise UnclearError(f"{text} can be {whole}{rest} or {whole}.{rest}: write {whole}{rest}.00, or make it a number")


_SHORT_NAMES: Final = (
    "ae UAE|cd DR Congo|cd DRC|cd RDC|ci Ivory Coast|gb UK|gb Great Britain|gb Britain|"
    "gb Grande-Bretagne|gb بريطانيا|kr South Korea|kr Corée du Sud|kr كوريا الجنوبية|"
    "kp North Korea|kp Corée du Nord|la Laos|ly Libya|ly Libye|ly ليبيا|md Moldova|"
    "mk Macedonia|ps Palestine|ps فلسطين|ru Russia|ru Russie|ru روسيا|sa KSA|sa السعودية|"
    "sy Syria|sy Syrie|sy سوريا|sz Swaziland|tr Turkey|tr Turquie|tr تركيا|tz Tanzania|"
    "tz Tanzanie|us USA|us United States|us États-Unis|us الولايات المتحدة|vn Vietnam|"
    "ae الإمارات|iq Irak|cz Czech Republic|gm The Gambia|bn Brunei|va Vatican|cv Cape Verde|"
    "bj بنين|td تشاد|ma المملكة المغربية|kw دولة الكويت|bh مملكة البحرين|"
    "sa المملكة العربية السعودية"
)
"""Code and name: what people call countries beside the names that the United Nations use."""


def country_names() -> dict[str, str]:
    """Return folded names of countries, in three languages and as people call them, to their codes."""
    found: dict[str, str] = {}
    for code, names in COUNTRIES.items():
        for name in names:
            found.setdefault(fold(name.partition("(")[0]), code)
    for code, names in COUNTRIES.items():
        found.update({fold(name): code for name in names})
        found[code] = code
    found.update({fold(pair[3:]): pair[:2] for pair in _SHORT_NAMES.split("|")})
    return found


_SEPARATOR: Final = re.compile(r"\s*(?:[;؛|\n\r]|\s/\s)\s*")
_BLANKS: Final = re.compile(r"[^\S\n\r]+")
"""Runs of spaces, which patterns with spaces at their ends would look at again and again."""

_COMMA: Final = re.compile(r"\s*[,،]\s*")


def pieces(text: str) -> list[str]:
    """Return what stands in one cell between semicolons, bars, lines, or slashes with spaces."""
    return [piece for one in _SEPARATOR.split(_BLANKS.sub(" ", text)) if (piece := clean(one))]


def comma_pieces(text: str) -> list[str]:
    """Return what stands between commas, Arabic ones too."""
    return [piece for one in _COMMA.split(text) if (piece := clean(one))]


def meaning(text: str, known: Mapping[str, str], what: str) -> str:
    """Return what a folded word of `known` stands for. Raises UnclearError with the nearest one."""
    found = known.get(fold(text)) or known.get(text.lower())
    if found is None:
        raise UnclearError(f"{text} is no {what} known here{_did_you_mean(text, known)}")
    return found


def _did_you_mean(text: str, known: Mapping[str, str]) -> str:
    near = get_close_matches(fold(text), list(known), 1, 0.75)
    return f": did you mean {near[0]} ({known[near[0]]})?" if near else ""


def said_once(texts: Iterable[str]) -> list[str]:
    """Return texts without those that come again."""
    return list(dict.fromkeys(texts))

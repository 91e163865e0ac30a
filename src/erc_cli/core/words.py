"""Words in the reader's language: the English ones are what the code says, the others stand in a catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from erc_cli.core.money import grouped
from erc_cli.core.periods import PartialDate

RIGHT_TO_LEFT = frozenset({"ar"})
"""Languages that are written from right to left."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_TENTH = Decimal("0.1")
_FRENCH_SIGNS = str.maketrans({",": "\u202f", ".": ","})


class Words:
    """Translates what the program says. A message that the catalogue lacks is said in English.

    The catalogue maps a message to its translations: one, or as many as the language has plural forms.
    """

    def __init__(self, language: str = "en", catalogue: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.language = language
        self._catalogue = catalogue or {}

    @property
    def is_right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return self.language in RIGHT_TO_LEFT

    def __call__(self, message: str) -> str:
        """Return `message` in the language."""
        found = self._catalogue.get(message)
        return found[0] if found else message

    def many(self, one: str, more: str, count: int) -> str:
        """Return the message for `count` things, with the number in place of `{n}`."""
        found = self._catalogue.get(one)
        if found:
            form = plural_form(self.language, count)
            text = found[form] if form < len(found) else found[-1]
        else:
            text = one if count == 1 else more
        return text.replace("{n}", str(count))

    def value(self, word: str, labels: Mapping[str, str] | None = None) -> str:
        """Return what people call a `word` of a vocabulary: the register's own label, else its translation."""
        if labels and word in labels:
            return labels[word]
        return self(said(word))

    def number(self, number: Decimal | int) -> str:
        """Return a number as people read it: `1,532,888.00`, in French `1 532 888,00` with narrow unbroken spaces."""
        text = grouped(number) if isinstance(number, Decimal) else format(number, ",")
        return text.translate(_FRENCH_SIGNS) if self.language == "fr" else text

    def percent(self, number: Decimal) -> str:
        """Return a share in hundredths with one place: `62.5 %`."""
        return self.number(number.quantize(_TENTH)) + ("\u00a0%" if self.language == "fr" else " %")

    def day(self, day: date | PartialDate) -> str:
        """Return a day as people write it: `31 January 2019`, `January 2019`, `2019`."""
        month = self(MONTHS[day.month - 1]) if day.month else ""
        number = "1er" if day.day == 1 and self.language == "fr" else str(day.day or "")
        return " ".join(part for part in (number, month, f"{day.year:04}") if part)


def said(word: str) -> str:
    """Return a word of the files as English says it: `joint committee` for `joint-committee`."""
    return _SAID.get(word) or word.replace("-", " ")


_SAID = {
    "non-governmental": "non-governmental",
    "off-budget": "off-budget",
    "arab": "Arab",
    "islamic": "Islamic",
    "member-state": "Member State",
    "co-organiser": "co-organiser",
    "partner-timeframe": "partner's timeframe",
    "donors-conference": "donors' conference",
    "no-cost-extension": "no-cost extension",
    "budget-change": "budget change up to 20 %",
    "large-budget-change": "budget change over 20 %",
}
"""Words whose hyphens belong to them, or that have a capital or an apostrophe."""


def plural_form(language: str, count: int) -> int:
    """Return which plural form `language` uses for `count` things, as the catalogues number them."""
    if language == "fr":
        return int(count > 1)
    if language != "ar":
        return int(count != 1)
    if count < 3:
        return count
    tail = count % 100
    return 3 if 3 <= tail <= 10 else 4 if tail >= 11 else 5


def heading_of(key: str) -> str:
    """Return the heading for a field: `Ended on` for `ended_on`; of a name with dots each part."""
    return " / ".join(part.replace("_", " ").replace("-", " ").capitalize() for part in key.split("."))

"""Which column is which field: by its heading in English, French or Arabic, or as `--map` says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from erc_cli.core.importing.heading_names import HEADINGS
from erc_cli.core.importing.table import Cell, Sheet, letters
from erc_cli.core.importing.values import clean
from erc_cli.core.text import fold, has_arabic
from erc_cli.core.typed import ascii_digits
from erc_cli.errors import UsageError

TRANSLATED: Final = frozenset({"name", "title", "acronyms"})
"""Fields that have one column for each language."""

_LANGUAGES: Final = {
    **dict.fromkeys(("en", "eng", "english", "anglais", "الإنجليزية", "بالإنجليزية", "انجليزي", "الانجليزيه"), "en"),
    **dict.fromkeys(("fr", "fra", "french", "français", "الفرنسية", "بالفرنسية", "فرنسي"), "fr"),
    **dict.fromkeys(("ar", "ara", "arabic", "arabe", "العربية", "بالعربية", "عربي"), "ar"),
}
_LANGUAGE_WORDS: Final = {fold(word): code for word, code in _LANGUAGES.items()}
_FILLERS: Final = frozenset({"in", "en", "the", "langue", "language", "باللغة", "اللغة"})
_FRENCH: Final = (
    "nom, partenaire, nom du partenaire, dénomination, sigle, acronyme, titre, intitulé, accord, objet, activité, "
    "intitulé de l'accord, partie, partenaires, parties signataires, avec, organisateur, organisateurs, "
    "mis en œuvre par"
)
"""Headings that are French only: what stands below them without a language is."""

_MOST_LINES: Final = 30
"""So many rows may stand above the headings."""


class Column(NamedTuple):
    """A column of a sheet: the field that it holds, in which language, of which year; empty where that is not said."""

    number: int
    heading: str
    field: str
    language: str = ""
    year: str = ""


class Layout(NamedTuple):
    """Where the headings of a sheet stand, what its columns hold, and those that nothing is known of."""

    row: int
    columns: tuple[Column, ...]
    unknown: tuple[str, ...]


class Headings:
    """The headings by which the fields of a folder are known."""

    def __init__(self, folder: str, maps: Sequence[str] = (), more: Mapping[str, Iterable[str]] | None = None) -> None:
        """`maps` are `HEADING=FIELD`; `more` are other headings for fields, such as translated names. UsageError."""
        self._fields = HEADINGS[folder]
        self._known: dict[str, str] = {}
        for field, names in (more or {}).items():
            self._known.update({fold(name): field for name in names if field in self._fields})
        for field, line in self._fields.items():
            self._known.update({fold(name): field for name in (*line.split(", "), field)})
        self._maps = dict(self._mapped(one) for one in maps)

    def layout(self, sheet: Sheet) -> Layout | None:
        """Return the layout of a sheet: its headings are the row near the top with most of them known, two at least."""
        best: Layout | None = None
        for number in list(sheet.rows)[:_MOST_LINES]:
            found = self._layout(number, sheet.rows[number])
            if len(found.columns) > (len(best.columns) if best else 0):
                best = found
        if best is None or len(best.columns) > 1:
            return best
        return best if fold(best.columns[0].heading) in self._maps else None

    def _layout(self, number: int, cells: Mapping[int, Cell]) -> Layout:
        columns, unknown = [], []
        for column, cell in cells.items():
            heading = clean(cell.text)
            if not heading:
                continue
            told = self._column(column, heading)
            if told is None:
                unknown.append(f"{letters(column)} ({heading})")
            elif told.field:
                columns.append(told)
        return Layout(number, tuple(_told_apart(columns)), tuple(unknown))

    def _mapped(self, text: str) -> tuple[str, str]:
        heading, equals, field = text.rpartition("=")
        name, _, rest = field.strip().partition(".")
        known = field.strip() in self._fields or (
            name in TRANSLATED and name in self._fields and rest in ("en", "fr", "ar")
        )
        known = (
            known or field.strip() == "-" or (name == "identifiers" and name + ".iati" in self._fields and bool(rest))
        )
        known = known or (name == "budget" and "budget" in self._fields and rest.isdigit())
        if not equals or not heading.strip() or not known:
            raise UsageError(
                f"--map {text}: write HEADING=FIELD, or HEADING=- to leave it out; fields: {', '.join(self._fields)}"
            )
        return fold(heading), field.strip()

    def _column(self, number: int, heading: str) -> Column | None:
        """What a heading means; a column without field is one to leave out."""
        told = self._maps.get(fold(heading)) or self._maps.get(fold(letters(number)))
        if told is not None:
            return self._named(number, heading, "" if told == "-" else told)
        plain = fold(ascii_digits(heading))
        if plain in self._known:
            return self._named(number, heading, self._known[plain])
        if re.fullmatch(r"[a-z_]+(\.[a-z0-9_]+)?", heading) and heading.partition(".")[0] in (
            *TRANSLATED,
            "identifiers",
        ):
            return self._named(number, heading, heading) if heading.partition(".")[0] in self._roots() else None
        words = plain.split()
        years = [word for word in words if re.fullmatch("(19|20)[0-9]{2}", word)]
        if len(years) == 1 and self._known.get(" ".join(word for word in words if word not in years)) == "budget":
            return Column(number, heading, "budget", year=years[0])
        return self._in_language(number, heading, words)

    def _roots(self) -> set[str]:
        return {field.partition(".")[0] for field in self._fields}

    def _in_language(self, number: int, heading: str, words: Sequence[str]) -> Column | None:
        """A heading with the name of a language before or behind: `Name (French)`, `Titre en arabe`, `EN title`."""
        languages = [_LANGUAGE_WORDS[word] for word in words if word in _LANGUAGE_WORDS]
        for at in {len(words) - 1, 0}:
            if not words or words[at] not in _LANGUAGE_WORDS or not languages:
                continue
            rest = list(words[:at] or words[1:])
            while rest and rest[-1] in _FILLERS_FOLDED:
                rest.pop()
            field = self._known.get(" ".join(rest), "")
            if field in TRANSLATED:
                return Column(number, heading, field, _LANGUAGE_WORDS[words[at]])
        return None

    def _named(self, number: int, heading: str, field: str) -> Column:
        name, _, rest = field.partition(".")
        if name in TRANSLATED and rest:
            return Column(number, heading, name, rest)
        if name == "budget" and rest:
            return Column(number, heading, name, year=rest)
        return Column(number, heading, field)


_FILLERS_FOLDED: Final = frozenset(map(fold, _FILLERS))


def _told_apart(columns: Sequence[Column]) -> list[Column]:
    """Several columns of names or titles: each is in the language of its heading, where that is French or Arabic."""
    counted = Counter(column.field for column in columns if not column.language)
    return [
        column._replace(language=language_of_heading(column.heading))
        if column.field in TRANSLATED and not column.language and counted[column.field] > 1
        else column
        for column in columns
    ]


def language_of_heading(heading: str) -> str:
    """Return `ar` or `fr` for a heading that is plainly so, else nothing."""
    return "ar" if has_arabic(heading) else "fr" if fold(heading) in map(fold, _FRENCH.split(", ")) else ""


def language_of(text: str, heading: str, languages: Sequence[str], told: str) -> str:
    """Return the language of a text: Arabic if its letters are, else as told, or that of its `heading`."""
    letters_in = [character for character in text if character.isalpha()]
    if "ar" in languages and 2 * sum(map(has_arabic, letters_in)) > len(letters_in):
        return "ar"
    if told:
        return told
    if heading == "fr" and heading in languages:
        return heading
    return next((one for one in languages if one != "ar"), languages[0] if languages else "en")

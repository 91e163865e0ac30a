"""Text: what may not stand in a file, what is made visible before it is shown, and what is compared when searching."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

Text = Mapping[str, str]
"""The same words in several languages: language code to text."""

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINERS = "\u200c\u200d"

_ARABIC_FOLDS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "ـ": None,
    }
)
_ARABIC_LETTER = re.compile(
    "[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c7\ufb50-\ufdff\ufe70-\ufefc]"
)


def hidden_characters(text: str) -> list[int]:
    """Return where `text` has control, bidirectional or invisible formatting characters.

    Line feed, carriage return and tab are not among them; ZWNJ and ZWJ are only where they stand between letters.
    """
    return [
        match.start()
        for match in _HIDDEN.finditer(text)
        if not (match[0] in _JOINERS and _joins_letters(text, match.start()))
    ]


def _joins_letters(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before and after) and unicodedata.category(before)[0] in "LM" and unicodedata.category(after)[0] == "L"


def character_name(character: str) -> str:
    """Return what people call a character that cannot be seen: `U+202E RIGHT-TO-LEFT OVERRIDE`."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()


def visible(text: str) -> str:
    r"""Return `text` with every character that could steer a terminal or hide itself written as `\u{..}`.

    Control, format, surrogate, private, unassigned and line-separating characters; newlines and tabs too, since the
    callers lay out lines themselves. Everything that leaves the program passes here.
    """
    if text.isprintable():
        return text if not _HIDDEN.search(text) else "".join(_shown(text, at) for at in range(len(text)))
    return "".join(_shown(text, at) for at in range(len(text)))


def _shown(text: str, at: int) -> str:
    character = text[at]
    if character in _JOINERS and _joins_letters(text, at):
        return character
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") or _HIDDEN.match(character):
        return f"\\u{{{ord(character):x}}}"
    return character


def fold(text: str) -> str:
    """Return what two spellings of the same words have in common, for searching and for finding doubles.

    Case, accents, Arabic vowels, tatweel and the variants of alef, ya and ta marbuta are folded; runs of anything
    that is neither letter nor digit become one space.
    """
    return " ".join(text.translate(_FOLDS).split())


def fold_all(texts: Sequence[str]) -> list[str]:
    """Return `fold` of each text, without the care for spaces; for very many of them it is several times as fast."""
    plain = [number for number, text in enumerate(texts) if text.isascii()]
    marked = [number for number, text in enumerate(texts) if not text.isascii()]
    folded = [""] * len(texts)
    for numbers in (plain, marked):
        joined = "\n".join([texts[number] for number in numbers])
        lines = _fold_in_one(joined).split("\n")
        if len(lines) != len(numbers):  # a text had several lines
            lines = [texts[number].translate(_FOLDS) for number in numbers]
        for number, line in zip(numbers, lines, strict=True):
            folded[number] = line
    return folded


def _fold_in_one(text: str) -> str:
    """Fold a long text character by character, but keep its lines."""
    if text.isascii():
        return text.translate(_FOLDS_OF_LINES)
    text = text.lower()
    characters = set(text) - {"\n"}
    if len(characters) > _MOST_CHARACTERS:
        return "\n".join([line.translate(_FOLDS) for line in text.split("\n")])
    for character in characters:
        folded = _FOLDS[ord(character)]
        if folded != character:
            text = text.replace(character, folded)
    return text


class _Folds(dict[int, str]):
    """What each character is folded to, worked out when it is first met. Folding it again changes nothing."""

    def __missing__(self, point: int) -> str:
        before, folded = "", chr(point)
        while folded != before:
            before, folded = folded, _folded_once(folded)
        self[point] = folded
        return folded


def _folded_once(characters: str) -> str:
    folded = unicodedata.normalize("NFKD", characters.translate(_ARABIC_FOLDS).casefold())
    folded = "".join(c for c in folded if unicodedata.category(c)[0] != "M").translate(_ARABIC_FOLDS)
    return "".join(c if c.isalnum() else " " for c in folded)


_FOLDS = _Folds()
_FOLDS_OF_LINES = {point: "\n" if point == 10 else _FOLDS[point] for point in range(128)}
_MOST_CHARACTERS = 400
"""With more different characters than languages of one register have, each text is folded by itself."""


def has_arabic(text: str) -> bool:
    """Whether `text` has an Arabic letter."""
    return _ARABIC_LETTER.search(text) is not None


def is_all_arabic(text: str) -> bool:
    """Whether `text` has letters and every one of them is Arabic."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all(_ARABIC_LETTER.match(c) for c in letters)


class Foreign(str):
    """A text in another `language` than the one asked for, since it is not there in that one.

    In a sentence, made with `format` or an f-string, its language stands behind it: `Forum [en]`. Alone it is the
    text itself, so that it compares and sorts as such, and a renderer marks it as its format can.
    """

    __slots__ = ("language",)

    language: str

    def __new__(cls, text: str, language: str) -> Foreign:
        """Make one of a text and the code of its language."""
        made = super().__new__(cls, text)
        made.language = language
        return made

    def __format__(self, how: str) -> str:
        """Return the text with its mark."""
        return format(f"{self!s} [{self.language}]", how)

    def __str__(self) -> str:
        """Return the text alone."""
        return str.__str__(self)


def pick(text: Text | None, language: str, languages: Sequence[str]) -> str:
    """Return `text` in `language`, else in the first of the plan's `languages` that it has, else in any.

    No text gives an empty string. One in another language than `language` is `Foreign`.
    """
    if not text:
        return ""
    if language in text:
        return text[language]
    code = next((one for one in languages if one in text), None) or next(iter(text))
    return Foreign(text[code], code)

"""Languages: titles and names in every language of the plan, each in its own script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from erc_cli.core.findings import Path, Problem
from erc_cli.core.register import Register
from erc_cli.core.rules.rule import rule
from erc_cli.core.text import has_arabic, is_all_arabic

_IN_ARABIC_SCRIPT: Final = frozenset({"ar", "fa", "ur", "ps", "sd", "ug", "ks", "ckb", "prs", "pnb", "uz", "ku", "ms"})
"""Languages that are written in Arabic letters, always or by some."""


@rule("LNG001", source="plan, its three languages", severity="warning")
def names_are_in_every_language(register: Register) -> Iterator[Problem]:
    """Titles and names are there in every language of the plan.

    A report in a language that is missing shows another one in its place.

    Passes::

        partners/oic: {name: {en: Cooperation, fr: Coopération, ar: التعاون}}

    Fails::

        partners/oic: {name: {en: Cooperation, fr: ~, ar: التعاون}}
    """
    languages = register.plan.languages
    wanted = frozenset(languages)
    for record, path, mark, text in register.texts:
        if mark.is_name and not wanted <= text.keys():
            missing = ", ".join(language for language in languages if language not in text)
            yield Problem(record.address, path, f"{_field(path)} is missing in {missing}", expected=missing)


def _field(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "text")


@rule("LNG002", source="plan, its three languages", severity="warning")
def texts_are_in_their_script(register: Register) -> Iterator[Problem]:
    """A text is in the script of its language.

    Arabic without an Arabic letter, or English with nothing but Arabic letters, has mostly got into the wrong line.
    Acronyms may stay Latin in Arabic, and what has no letters at all, such as a year, fits every language.

    Passes::

        partners/oic: {name: {en: Cooperation, fr: Coopération, ar: التعاون}, acronyms: {ar: OIC}}

    Fails::

        partners/oic: {name: {en: التعاون, fr: Coopération, ar: Cooperation}}
    """
    for record, path, _, text in register.texts:
        for language, words in text.items():
            # Most texts are plain English: no call for these.
            if words.isascii() and language != "ar":
                continue
            if _is_in_wrong_script(language, words, path):
                wrong = "has no Arabic letter" if language == "ar" else "has nothing but Arabic letters"
                yield Problem(record.address, (*path, language), f"{_field(path)} in {language} {wrong}")


def _is_in_wrong_script(language: str, words: str, path: Path) -> bool:
    if language == "ar":
        return not has_arabic(words) and path[-1] != "acronyms" and any(c.isalpha() for c in words)
    if language in _IN_ARABIC_SCRIPT:
        return False
    return has_arabic(words) and is_all_arabic(words)

"""What an agreement is called of which only kind, parties and year are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from erc_cli.core.text import Text, pick
from erc_cli.core.words import Words


def titles_of(
    kind: str, names: Sequence[Text], year: str, languages: Sequence[str], words: Mapping[str, Words]
) -> dict[str, str]:
    """Return a title in each language in which all the other parties have a name: `Agreement with OIC (2004)`.

    Where that is none, one in the first language, with the names that there are. `year` may be empty.
    """
    common = [language for language in languages if all(language in name for name in names)]
    return {
        language: _title(
            kind, [pick(name, language, languages) for name in names], year, words.get(language) or Words()
        )
        for language in common or languages[:1]
    }


def _title(kind: str, names: Sequence[str], year: str, words: Words) -> str:
    what = words.value(kind)
    title = words("{what} with {parties}").replace("{what}", what[:1].upper() + what[1:], 1)
    if kind == "unspecified":
        title = words("Agreement with {parties}")
    comma = "، " if words.is_right_to_left else ", "
    return title.replace("{parties}", comma.join(names), 1) + (f" ({year})" if year else "")

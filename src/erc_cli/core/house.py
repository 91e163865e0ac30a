"""What the plan says about the house whose register this is, as far as showing records needs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from erc_cli.core.text import Text, pick


class House(NamedTuple):
    """The own organisation, its languages and currency, and the names it gives to its units and words."""

    organisation: str
    languages: tuple[str, ...]
    currency: str
    names: Mapping[str, Text]
    """Own organisation and units: id to name."""
    terms: Mapping[str, Text]
    """Words of the house's own vocabularies, frameworks among them: id to title."""

    def labels(self, language: str) -> dict[str, str]:
        """Return the house's own words in `language`: word to label."""
        return {word: pick(text, language, self.languages) for word, text in self.terms.items()}

    def name(self, name_id: str, language: str) -> str:
        """Return the name of the own organisation or a unit; empty if it is neither."""
        return pick(self.names.get(name_id), language, self.languages)


def house_of(plan: Any) -> House:
    """Return the house from the raw mapping of plan.yaml; what is wrong or missing there is left out."""
    plan = plan if isinstance(plan, Mapping) else {}
    organisation = plan.get("organisation")
    organisation = organisation if isinstance(organisation, Mapping) else {}
    languages = plan.get("languages")
    codes = tuple(code for code in languages if isinstance(code, str)) if isinstance(languages, list) else ()
    names = _texts([organisation, *_items(plan.get("units"))], "name", codes)
    terms = {}
    for key in ("fields", "spheres", "frameworks"):
        terms.update(_texts(_items(plan.get(key)), "title", codes))
    own, currency = organisation.get("id"), plan.get("currency")
    return House(
        own if isinstance(own, str) else "", codes, currency if isinstance(currency, str) else "", names, terms
    )


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(items: list[Any], key: str, languages: tuple[str, ...]) -> dict[str, Text]:
    found = {}
    for item in items:
        if isinstance(item, Mapping) and isinstance(item.get("id"), str):
            text = text_of(item.get(key), languages)
            if text:
                found[item["id"]] = text
    return found


def text_of(value: Any, languages: tuple[str, ...]) -> Text | None:
    """Return a text in languages as a file has it: a mapping, or a plain string in a plan with one language."""
    if isinstance(value, str):
        return {languages[0] if languages else "en": value}
    if isinstance(value, Mapping):
        return {code: text for code, text in value.items() if isinstance(text, str)} or None
    return None

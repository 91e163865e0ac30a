"""The partners of the demonstration."""

from __future__ import annotations

from datetime import date
from typing import Any

from erc_cli.core.demo.chance import Chance
from erc_cli.core.demo.words import (
    AT_WORK,
    CONDITIONS,
    FICTIONAL,
    JOINT_WORK,
    ORGANISATION_TYPES,
    filled,
    joined,
)
from erc_cli.core.demo.world import COUNTRIES, Someone, World, commission_of

_SPHERES = ("international", "regional", "national")
_FIELDS = ("education", "science", "culture", "communication", "environment", "heritage")


def partner(someone: Someone, world: World, chance: Chance) -> dict[str, Any]:
    """Return the record of a partner."""
    place, kind, number = someone.place, someone.kind, someone.number
    country = commission_of(number) or chance.pick(COUNTRIES)
    data: dict[str, Any] = {
        "name": someone.name,
        "acronyms": {"en": f"{kind.short[0]}-{place.short}", "fr": f"{kind.short[1]}-{place.short}"},
        "aliases": [f"{place.latin} {kind.english}", f"{kind.french} ({place.latin})"],
        "anonymous": True if someone.category == "individual-donor" else None,
        "category": someone.category,
        "roles": _roles(someone),
        "sphere": "national" if someone.category.startswith("national") else chance.pick(_SPHERES),
        "country": country,
        "covers": chance.some(COUNTRIES, 2),
        "organisation_type": chance.pick(ORGANISATION_TYPES[someone.category]),
        "identifiers": [
            {"scheme": "register-of-fictional-organisations", "value": f"RFO-{number + 1:07}"},
            {"scheme": "harbour-code", "value": f"{country.upper()}-{place.short}"},
        ],
        "fields": list(dict.fromkeys((someone.theme.field, chance.pick(_FIELDS)))),
        "contacts": [
            {
                "id": "cooperation-office",
                "role": "Office of cooperation",
                "email": f"cooperation@{place.slug}.example",
            }
        ],
        "conditions": _conditions(someone, chance),
        "description": joined(
            filled(chance.pick(AT_WORK), (place.latin, place.arabic), year=chance.between(1920, 2018)),
            filled(chance.pick(JOINT_WORK), (place.latin, place.arabic), field=someone.theme.field_of),
            FICTIONAL,
        ),
        "source": {"document": "Yearbook of fictional organisations", "part": f"Entry {number + 1}"},
        "links": [f"https://{place.slug}.example/"],
    }
    if someone.is_agreed and number % 4 == 0:
        data["due_diligence"] = [
            {"on": chance.day(date(2023, 1, 1), 300), "result": "pass", "by": "legal-affairs", "valid_months": 60}
        ]
    data |= _history(someone, world, chance)
    return data


def _roles(someone: Someone) -> list[str]:
    """Beside its category; donors only where an agreement is on file."""
    if someone.category in ("foundation", "financial-institution") and someone.is_agreed:
        return ["donor"]
    return ["civil-society"] if someone.category == "non-governmental" else []


def _conditions(someone: Someone, chance: Chance) -> list[dict[str, Any]]:
    chosen = chance.some(CONDITIONS, 2 if someone.number % 10 == 1 else 1)
    return [
        {
            "id": name,
            "text": filled(words, ("", ""), months=chance.between(3, 9)),
            "compatible": "waived" if someone.number % 9 == 4 else "yes",
            "regulation": regulation,
        }
        for name, words, regulation in chosen
    ]


def _history(someone: Someone, world: World, chance: Chance) -> dict[str, Any]:
    """What happened to some: one changed its name, one ended and left its place to the next, one was watched."""
    number = someone.number
    if number % 50 == 3:
        return {"formerly": [f"former-{someone.id}"]}
    if number % 100 == 17:
        return {"ended_on": chance.day(date(2024, 6, 1), 200), "notes": "Dissolved; its work goes on elsewhere."}
    if number % 100 == 18 and number > 0:
        return {"succeeds": world.partners[number - 1].address}
    if number % 50 == 29:
        closed = chance.day(date(2023, 6, 1), 90)
        return {
            "flags": [
                {"opened": date(2023, 2, 1), "level": "watch", "closed": closed, "reason": "Accounts came late."}
            ],
            "notes": "Accounts are in order again.",
        }
    return {}

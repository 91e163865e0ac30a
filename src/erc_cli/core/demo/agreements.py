"""The agreements of the demonstration: one story each, from negotiation to whatever became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from erc_cli.core.demo.chance import Chance
from erc_cli.core.demo.words import AGREEMENT_TITLES, FICTIONAL, OWN, filled, joined, text
from erc_cli.core.demo.world import OWN_ID, DemoDocument, Someone, World, has_committee, is_special, story

CLEARANCES: Final[Mapping[str, tuple[str, ...]]] = {
    "cooperation-agreement": ("legal", "financial", "substantive"),
    "memorandum-of-understanding": ("legal", "substantive"),
    "protocol": ("legal",),
}
"""What the plan of the demonstration asks for before an agreement is signed."""

_CLEARED_BY: Final = {"legal": "legal-affairs", "financial": "finance", "substantive": "programmes"}
_KINDS: Final = ("memorandum-of-understanding", "protocol", "exchange-of-letters", "cooperation-agreement")
_WITH_FILES: Final = 20
"""So many signed texts lie below `documents/`; the others are published elsewhere."""

Facts = dict[str, Any]


def agreement(number: int, world: World, chance: Chance) -> tuple[Facts, DemoDocument | None]:
    """Return the record of an agreement, and the signed text that lies beside it if it does."""
    project = number // 2
    kind = story(number)
    of_project = kind in ("standing", "predecessor", "programme-of-action")
    someone = world.partner_of(project) if of_project else world.partners[5 * number]
    form = _form(number, project, kind)
    near = world.programme_project_near(project)
    served = [world.outcome(project, "capacity" if is_special(near) else "coordination")]
    if kind == "standing" and project < world.projects and not world.is_programme(project):
        served.append(f"projects/{world.project_id(project)}")
    title = joined(AGREEMENT_TITLES[form], _between(someone), by=" ")
    data: Facts = {
        "kind": form,
        "title": title,
        "responsible": "external-cooperation",
        "fields": [someone.theme.field],
        "serves": served,
        "description": joined(_about(someone), FICTIONAL),
        "source": {"document": "Register of fictional treaties", "part": f"Folder {number + 1}"},
    }
    data |= _STORIES[kind](number, world, someone, chance)
    return _with_text(number, world, data, title["en"])


def _form(number: int, project: int, kind: str) -> str:
    if kind == "programme-of-action":
        return kind
    if kind in ("standing", "predecessor"):
        return "cooperation-agreement" if has_committee(project) else _KINDS[project % 3]
    return _KINDS[number // 2 % 4]


def _between(someone: Someone) -> dict[str, str]:
    name = someone.name
    return text(
        f"between the {OWN['en']} and the {name['en']}",
        f"entre la {OWN['fr']} et {someone.kind.article}{name['fr']}",
        f"بين {OWN['ar']} و{name['ar']}",
    )


def _about(someone: Someone) -> dict[str, str]:
    words = text(
        "Studies, training and exchanges {field} around {place}.",
        "Études, formations et échanges {field} autour de {place}.",
        "دراسات ودورات تدريبية وتبادل {field} حول {place}.",
    )
    return filled(words, (someone.place.latin, someone.place.arabic), field=someone.theme.field_of)


def _with_text(number: int, world: World, data: Facts, title: str) -> tuple[Facts, DemoDocument | None]:
    """Add the signed text of an agreement that was signed by all."""
    if "signed_before" in data or not all(party.get("signed_on") for party in data["parties"]):
        return data, None
    name = world.agreement_id(number)
    signed = max(party["signed_on"] for party in data["parties"])
    content = f"{title}\n\nSigned by all parties on {signed}. This text is fictional.\n".encode()
    document = {
        "id": "signed-text",
        "kind": "signed-text",
        "title": text("Signed text", "Texte signé", "النص الموقع"),
        "language": "en",
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    if number < _WITH_FILES:
        path = f"documents/agreements/{name}.txt"
        return data | {"documents": [document | {"path": path}]}, DemoDocument(path, content)
    return data | {"documents": [document | {"url": f"https://treaties.example/{name}.txt"}]}, None


# --- the way to a signature ---------------------------------------------------------------------------------


def _negotiated(form: str, opened: date, chance: Chance) -> Facts:
    """Opened, cleared by every unit that the plan asks for, sent: within 60 days."""
    clearances = [
        {"kind": kind, "on": opened + timedelta(days=chance.between(20, 40)), "by": _CLEARED_BY[kind], "result": "pass"}
        for kind in CLEARANCES.get(form, ())
    ]
    sent = opened + timedelta(days=chance.between(45, 55))
    return {
        "clearances": clearances,
        "events": [{"kind": "negotiation-opened", "on": opened}, {"kind": "sent-for-signature", "on": sent}],
    }


def _signed(someone: Someone, first: date, chance: Chance) -> list[Facts]:
    """The two parties, of which the own organisation signs first; at most 17 days after `first`."""
    own_day = chance.day(first, 8)
    return [
        {"party": OWN_ID, "signatory": "Secretary-General", "signed_on": own_day},
        {
            "party": someone.address,
            "signatory": "President",
            "signed_on": own_day + timedelta(days=chance.between(0, 10)),
        },
    ]


def _standing(number: int, world: World, someone: Someone, chance: Chance) -> Facts:
    project = number // 2
    form = _form(number, project, "standing")
    facts = _negotiated(form, chance.day(date(2023, 11, 1), 30), chance)
    facts["parties"] = _signed(someone, chance.day(date(2024, 1, 26), 40), chance)
    facts["ends_on"] = date(2028, 12, 31) if project % 3 else None
    facts["termination"] = {"notice_days": 180}
    if has_committee(project):
        facts["joint_committee"] = {"interval_months": 12}
    if number + 1 < world.agreements and story(number + 1) == "predecessor":
        facts["succeeds"] = f"agreements/{world.agreement_id(number + 1)}"
        facts["effective_on"] = date(2024, 4, 1)
    if project % 3 == 0:
        facts["commitments"] = [_commitment(someone, chance)]
    return facts


def _commitment(someone: Someone, chance: Chance) -> Facts:
    return {
        "id": "annual-share",
        "party": someone.address,
        "amount": chance.amount(10_000, 60_000),
        "form": "cash",
        "due": date(2026, 12, 31),
        "text": text(
            "Its share of the cost of joint activities",
            "Sa part du coût des activités communes",
            "حصته من تكلفة الأنشطة المشتركة",
        ),
    }


def _predecessor(number: int, world: World, someone: Someone, chance: Chance) -> Facts:
    return {
        "parties": [{"party": OWN_ID}, {"party": someone.address}],
        "signed_before": date(2021, 1, 1),
        "ends_on": date(2024, 3, 31),
        "notes": "Older than the register: no more is known of its signature.",
    }


def _negotiating(number: int, world: World, someone: Someone, chance: Chance) -> Facts:
    opened = chance.day(date(2026, 3, 1), 60)
    parties = [{"party": OWN_ID}, {"party": someone.address}]
    return {"parties": parties, "events": [{"kind": "negotiation-opened", "on": opened}]}


def _half_signed(number: int, world: World, someone: Someone, chance: Chance) -> Facts:
    facts = _negotiated(_form(number, number // 2, "half-signed"), chance.day(date(2026, 2, 1), 30), chance)
    own = {"party": OWN_ID, "signatory": "Secretary-General", "signed_on": chance.day(date(2026, 5, 1), 20)}
    return facts | {"parties": [own, {"party": someone.address}]}


def _cancelled(number: int, world: World, someone: Someone, chance: Chance) -> Facts:
    events = [
        {"kind": "negotiation-opened", "on": chance.day(date(2024, 3, 1), 60)},
        {"kind": "cancelled", "on": chance.day(date(2024, 8, 1), 60), "reason": "The partner chose another way."},
    ]
    return {"parties": [{"party": OWN_ID}, {"party": someone.address}], "events": events}


# --- the life after it --------------------------------------------------------------------------------------


def _in_force(number: int, someone: Someone, chance: Chance) -> Facts:
    """Signed in May or June 2024 and in force from the last signature."""
    facts = _negotiated(_form(number, number // 2, story(number)), chance.day(date(2024, 2, 15), 30), chance)
    return facts | {"parties": _signed(someone, chance.day(date(2024, 5, 15), 15), chance)}


def _tacit(number: int, world: World, someone: Someone, chance: Chance) -> Facts:
    renewal = {"kind": "tacit", "months": 12, "times": 3, "notice_days": 90}
    facts = _in_force(number, someone, chance)
    return facts | {"ends_on": date(2025, 6, 30), "renewal": renewal, "commitments": [_commitment(someone, chance)]}


def _renewed(number: int, world: World, someone: Someone, chance: Chance) -> Facts:
    facts = _in_force(number, someone, chance)
    on = chance.day(date(2025, 5, 1), 50)
    facts["events"].append({"kind": "renewed", "on": on, "ends_on": date(2026, 6, 30)})
    return facts | {"ends_on": date(2025, 6, 30), "renewal": {"kind": "express", "months": 12, "notice_days": 30}}


def _suspended(number: int, world: World, someone: Someone, chance: Chance) -> Facts:
    facts = _in_force(number, someone, chance)
    facts["events"] += [
        {"kind": "suspended", "on": chance.day(date(2025, 2, 1), 40), "party": OWN_ID, "reason": "Accounts came late."},
        {"kind": "resumed", "on": chance.day(date(2025, 6, 1), 40), "party": OWN_ID},
    ]
    return facts | {"ends_on": date(2027, 6, 30)}


def _terminated(number: int, world: World, someone: Someone, chance: Chance) -> Facts:
    facts = _in_force(number, someone, chance)
    on = chance.day(date(2025, 3, 1), 40)
    facts["events"].append(
        {
            "kind": "terminated",
            "on": on,
            "party": someone.address,
            "effective_on": on + timedelta(days=chance.between(90, 120)),
            "reason": "The partner turns to other tasks.",
        }
    )
    return facts | {"termination": {"notice_days": 90}}


def _programme_of_action(number: int, world: World, someone: Someone, chance: Chance) -> Facts:
    facts = _in_force(number, someone, chance)
    under = f"agreements/{world.agreement_id(number - 1)}"
    return facts | {"under": under, "effective_on": date(2024, 7, 1), "ends_on": date(2026, 6, 30)}


def _many_parties(number: int, world: World, someone: Someone, chance: Chance) -> Facts:
    facts = _in_force(number, someone, chance)
    parties = facts["parties"]
    others = world.partners[someone.number + 1 : someone.number + 3]
    for other in others[:1]:
        signed = parties[0]["signed_on"] + timedelta(days=chance.between(0, 10))
        parties.append({"party": other.address, "signatory": "President", "signed_on": signed})
    for other in others[1:]:
        joined_on = chance.day(date(2025, 4, 1), 60)
        parties.append(
            {"party": other.address, "signatory": "President", "signed_on": joined_on, "acceded_on": joined_on}
        )
    summary = text("Prolongs it by two years.", "Prolongation de deux ans.", "تمديد لمدة سنتين.")
    signed_on = chance.day(date(2025, 2, 1), 28)
    amendment = {"id": "prolongation", "signed_on": signed_on, "ends_on": date(2029, 6, 30), "summary": summary}
    return facts | {"ends_on": date(2027, 6, 30), "amendments": [amendment]}


_STORIES: Final[Mapping[str, Callable[[int, World, Someone, Chance], Facts]]] = {
    "standing": _standing,
    "predecessor": _predecessor,
    "negotiating": _negotiating,
    "half-signed": _half_signed,
    "tacit": _tacit,
    "renewed": _renewed,
    "suspended": _suspended,
    "terminated": _terminated,
    "programme-of-action": _programme_of_action,
    "many-parties": _many_parties,
    "cancelled": _cancelled,
}

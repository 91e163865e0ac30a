"""The meetings of the demonstration: joint committees in two sessions, and meetings without an agreement's order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from erc_cli.core.demo.chance import Chance
from erc_cli.core.demo.words import FICTIONAL, text
from erc_cli.core.demo.world import OWN_ID, World, has_committee


def meeting(number: int, world: World, chance: Chance) -> dict[str, Any]:
    """Return the record of a meeting; its decision `work-programme` is there for what follows from it."""
    project = world.meeting_project(number)
    someone = world.partner_of(project)
    is_second = number % 2 == 1
    held = chance.day(date(2025, 2, 1) if is_second else date(2024, 5, 10), 50)
    agreement = f"agreements/{world.agreement_id(2 * project)}"
    data: dict[str, Any] = {
        "kind": "bilateral" if is_second else "coordination",
        "agreement": agreement,
        "planned_on": str(held)[:7],
        "held_on": held,
        "until": held + timedelta(days=1),
        "place": someone.place.latin,
        "mode": "remote" if number % 4 == 3 else "in-person",
        "participants": [OWN_ID, someone.address],
        "agenda": ["Work since the last meeting", "Programme of the coming year", "Other matters"],
        "decisions": [_programme_decision(someone.address, held, chance), _for_information()],
        "documents": [
            {
                "id": "minutes",
                "kind": "minutes",
                "title": text("Minutes", "Procès-verbal", "المحضر"),
                "url": f"https://minutes.example/{world.meeting_id(number)}.txt",
                "language": "fr",
            }
        ],
        "description": FICTIONAL,
    }
    if has_committee(project):
        data |= {"kind": "joint-committee", "session": number % 2 + 1}
    return data


def _programme_decision(partner: str, held: date, chance: Chance) -> dict[str, Any]:
    due = held + timedelta(days=chance.between(60, 120))
    return {
        "id": "work-programme",
        "text": text(
            "Settle the dates of the joint activities of the coming year.",
            "Arrêter les dates des activités communes de l’année à venir.",
            "تحديد مواعيد الأنشطة المشتركة للسنة المقبلة.",
        ),
        "owner": chance.pick(("external-cooperation", "programmes", partner)),
        "due": due,
        "done_on": due - timedelta(days=chance.between(5, 30)),
        "evidence": ["minutes"],
    }


def _for_information() -> dict[str, Any]:
    return {
        "id": "next-meeting",
        "text": text(
            "The next meeting takes place within a year.",
            "La prochaine réunion se tiendra dans l’année.",
            "يُعقد الاجتماع المقبل في غضون سنة.",
        ),
        "for_information": True,
    }

"""The plan, the budget and the Member States of the demonstration."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from erc_cli.core.countries import COUNTRIES as COUNTRY_NAMES
from erc_cli.core.demo.agreements import CLEARANCES
from erc_cli.core.demo.words import OWN, text
from erc_cli.core.demo.world import AREAS, COUNTRIES, MOST_ALLOCATED, OWN_ID, SPECIAL, YEARS, World, commission_of

Facts = dict[str, Any]


def plan() -> Facts:
    """Return the plan. It says in three languages that everything in it is invented."""
    return {
        "format": 1,
        "organisation": {"id": OWN_ID, "name": OWN, "organisation_type": "40"},
        "directorate": text(
            "Office of External Cooperation", "Bureau de la coopération extérieure", "مكتب التعاون الخارجي"
        ),
        "title": text(
            "Fictional plan 2024-2026, for demonstration",
            "Plan fictif 2024-2026, pour démonstration",
            "خطة خيالية 2024-2026 للعرض",
        ),
        "description": text(
            "A made-up register for trying out and measuring. No organisation, person, agreement or amount in it is "
            "real; the countries it names are lands without inhabitants, and their names say nothing about them.",
            "Registre inventé, pour essais et mesures. Aucune organisation, personne, convention ni aucun montant "
            "n’y est réel ; les pays nommés sont des terres sans habitants et leurs noms n’en disent rien.",
            "سجل مختلق للتجربة والقياس، لا وجود لما فيه من منظمات وأشخاص واتفاقيات ومبالغ، والبلدان المذكورة فيه "
            "أراض لا سكان لها ولا تدل أسماؤها على شيء منها.",
        ),
        "period": {"start": date(2024, 1, 1), "end": date(2026, 12, 31)},
        "approved_on": date(2023, 12, 15),
        "currency": "USD",
        "languages": ["en", "fr", "ar"],
        "units": [
            _named("external-cooperation", "External Cooperation", "Coopération extérieure", "التعاون الخارجي"),
            _named("programmes", "Programmes", "Programmes", "البرامج"),
            _named("legal-affairs", "Legal Affairs", "Affaires juridiques", "الشؤون القانونية"),
            _named("finance", "Finance", "Finances", "الشؤون المالية"),
            _named("evaluation", "Evaluation", "Évaluation", "التقييم"),
        ],
        "priorities": [
            _titled(
                "joint-programmes",
                "Joint programmes of harbours",
                "Programmes communs des ports",
                "برامج الموانئ المشتركة",
            ),
        ],
        "frameworks": [
            _titled("charter-of-harbours", "Charter of Harbours", "Charte des ports", "ميثاق الموانئ"),
            _titled(
                "sdg", "Sustainable Development Goals", "Objectifs de développement durable", "أهداف التنمية المستدامة"
            ),
        ],
        "clearances": {kind: list(asked) for kind, asked in CLEARANCES.items()},
    }


def _named(name: str, english: str, french: str, arabic: str) -> Facts:
    return {"id": name, "name": text(english, french, arabic)}


def _titled(name: str, english: str, french: str, arabic: str) -> Facts:
    return {"id": name, "title": text(english, french, arabic)}


# --- the budget ---------------------------------------------------------------------------------------------


def budget(world: World) -> Facts:
    """Return the budget: one line for each programme project, allocations, staff, and what they add up to."""
    lines: list[Facts] = []
    allocations: list[Facts] = []
    totals: list[Facts] = []
    for number, money in world.money.items():
        name = world.project_id(number)
        line: Facts = {"id": name, "project": f"projects/{name}", "amount": money.original}
        if money.amount != money.original:
            line["revisions"] = [_revision(money.original, money.amount)]
        lines.append(line)
        if len(totals) < MOST_ALLOCATED:
            found, allocated = _allocations(number, world)
            allocations += found
            unallocated = money.amount - allocated
            totals.append({"project": f"projects/{name}", "allocated": allocated, "unallocated": unallocated})
    total = sum((money.amount for money in world.money.values()), Decimal("0.00"))
    return {
        "programmes": {"lines": lines, "total": total},
        "allocations": {"lines": allocations, "totals": totals},
        "staff": _staff(),
    }


def _allocations(number: int, world: World) -> tuple[list[Facts], Decimal]:
    """The allocations of a project, one for each area and year, and what they make; every eighth has one raised."""
    each, name = world.money[number].each, world.project_id(number)
    found: list[Facts] = [
        {"id": f"{name}-{area}-{year}", "project": f"projects/{name}", "area": area, "year": year, "amount": each}
        for area in AREAS
        for year in YEARS
    ]
    raised = (each / 10).quantize(Decimal("0.01")) if number % 32 == 12 else Decimal("0.00")
    if raised:
        found[-1]["revisions"] = [_revision(each, each + raised)]
    return found, each * len(found) + raised


def _revision(before: Decimal, after: Decimal) -> Facts:
    return {"id": "reserve", "on": date(2024, 9, 1), "from": before, "to": after, "reason": "From the reserve"}


def _staff() -> Facts:
    rows = (
        ("salaries", text("Salaries", "Salaires", "الرواتب"), ("412300.00", "428700.00", "447150.50"), None),
        ("allowances", text("Allowances", "Indemnités", "التعويضات"), ("98120.00", "101060.25", "104090.00"), None),
        (
            "new-posts",
            text("New posts", "Nouveaux postes", "الوظائف الجديدة"),
            ("30000.00", "45000.00", "47000.00"),
            "Third post",
        ),
    )
    lines: list[Facts] = []
    for name, title, amounts, notes in rows:
        years = dict(zip(YEARS, map(Decimal, amounts), strict=True))
        lines.append({"id": name, "title": title, "years": years, "total": sum(years.values()), "notes": notes})
    by_year = {year: sum(line["years"][year] for line in lines) for year in YEARS}
    return {"lines": lines, "years": by_year, "total": sum(by_year.values())}


# --- those who benefit --------------------------------------------------------------------------------------


def member_state(country: str, world: World) -> Facts:
    """Return the record of a Member State."""
    commission = next((one for one in world.partners[:60] if commission_of(one.number) == country), None)
    need = text(
        "Training for the keepers of its lighthouses",
        "Formation des gardiens de ses phares",
        "تدريب حراس مناراته",
    )
    return {
        "name": text(*COUNTRY_NAMES[country]),
        "membership": "member",
        "national_commission": commission.address if commission else None,
        "responsible": "external-cooperation",
        "special_conditions": [{"id": "ice", "reason": "Ice closes its harbours."}] if country in SPECIAL else [],
        "needs": [
            {
                "id": "training",
                "on": date(2023, 10, 5 + COUNTRIES.index(country)),
                "for_year": 2024,
                "authority": "Harbour office",
                "field": "education",
                "text": need,
                "urgency": "normal",
                "answer": {"included_in": f"activities/{world.activity_id(0)}", "on": date(2023, 12, 1)},
            }
        ],
        "notes": "Fictional: nobody lives there, and nothing here is said about it.",
    }

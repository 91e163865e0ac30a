"""The projects of the demonstration: of the programme, with areas and indicators, and off-budget."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from erc_cli.core.demo.chance import Chance
from erc_cli.core.demo.gifts import RATES, gift
from erc_cli.core.demo.words import FICTIONAL, filled, joined, text
from erc_cli.core.demo.world import AREAS, OWN_ID, YEARS, World, is_special

Facts = dict[str, Any]

_AREA_TITLES = {
    "coordination": text(
        "Coordination {field} around {place}",
        "Coordination {field} autour de {place}",
        "التنسيق {field} حول {place}",
    ),
    "capacity": text(
        "Strengthening of capacities {field} around {place}",
        "Renforcement des capacités {field} autour de {place}",
        "تعزيز القدرات {field} حول {place}",
    ),
}
_STAGES = ("identified", "concept", "coordinated", "agreed", "financed", "running", "closed")
_STAGE_DAYS = (
    *(date(2023, 9, 1), date(2023, 11, 1), date(2024, 3, 25), date(2024, 4, 15)),
    *(date(2024, 7, 1), date(2024, 8, 1), date(2026, 1, 15)),
)


def project(number: int, world: World, chance: Chance) -> Facts:
    """Return the record of a project."""
    someone = world.partner_of(number)
    place = (someone.place.latin, someone.place.arabic)
    title = text(
        "Joint programme {field} with {place}",
        "Programme commun {field} avec {place}",
        "برنامج مشترك {field} مع {place}",
    )
    purpose = text(
        "What partners around {place} do {field} becomes one programme with dates, costs and results.",
        "L’action des partenaires de {place} {field} devient un programme avec échéances, coûts et résultats.",
        "يصبح عمل الشركاء حول {place} {field} برنامجا واحدا له آجال وتكاليف ونتائج.",
    )
    field = someone.theme.field_of
    data: Facts = {
        "title": filled(title, place, field=field),
        "responsible": chance.pick(("programmes", "external-cooperation")),
        "description": joined(filled(purpose, place, field=field), FICTIONAL),
        "source": {"document": "Plan of the League of Fictional Harbours", "part": f"Project {number + 1}"},
    }
    return data | (
        _programme(number, world, chance) if world.is_programme(number) else _off_budget(number, world, chance)
    )


# --- of the programme ---------------------------------------------------------------------------------------


def _programme(number: int, world: World, chance: Chance) -> Facts:
    someone = world.partner_of(number)
    place = (someone.place.latin, someone.place.arabic)
    objective = text(
        "Bring the harbours around {place} to work together {field}",
        "Amener les ports autour de {place} à travailler ensemble {field}",
        "حث الموانئ حول {place} على العمل معا {field}",
    )
    series = text("Biennial of {place}", "Biennale de {place}", "ملتقى {place} كل سنتين")
    return {
        "kind": "programme",
        "number": number // 4 + 1,
        "objectives": [{"id": "together", "text": filled(objective, place, field=someone.theme.field_of)}],
        "budget": world.money[number].amount,
        "series": [{"id": "biennial", "title": filled(series, place), "interval_months": 36}],
        "areas": [_area(number, area, world, chance) for area in AREAS],
    }


def _area(number: int, area: str, world: World, chance: Chance) -> Facts:
    someone = world.partner_of(number)
    place = (someone.place.latin, someone.place.arabic)
    outcome = text(
        "Partners around {place} plan and report together",
        "Les partenaires de {place} planifient et rendent compte ensemble",
        "يخطط الشركاء حول {place} ويقدمون تقاريرهم معا",
    )
    return {
        "id": area,
        "title": filled(_AREA_TITLES[area], place, field=someone.theme.field_of),
        "only_for": "special-conditions" if area == "capacity" and is_special(number) else None,
        "outcomes": [
            {
                "id": f"{area}-outcome",
                "title": filled(outcome, place),
                "number": AREAS.index(area) + 1,
                "performance_indicators": [
                    _counted(number, area, world),
                    _measured(number, area, world, chance),
                ],
            }
        ],
    }


def _counted(number: int, area: str, world: World) -> Facts:
    """A performance indicator that the register counts by itself, and one in words."""
    if area == "coordination":
        counts = {
            "id": "meetings-held",
            "records": "meetings",
            "event": "held",
            "where": {
                "kind": ["joint-committee", "coordination", "bilateral"],
                "partner_category": [world.partner_of(number).category],
            },
        }
    else:
        where = {"project": [f"projects/{world.project_id(number)}"], "area": [area]}
        counts = {"id": "activities-completed", "records": "activities", "event": "completed", "where": where}
    return {
        "id": f"{area}-regularity",
        "title": text("Work together is regular", "Le travail commun est régulier", "انتظام العمل المشترك"),
        "measurement_indicators": [
            {
                "id": f"{area}-events",
                "title": text("Events of the plan", "Événements du plan", "فعاليات الخطة"),
                "measure": "unit",
                "unit": "events",
                "cumulative": True,
                "baseline": {"value": 0},
                "targets": [{"year": year, "value": at + 1} for at, year in enumerate(YEARS)],
                "counts": [counts],
            },
            {
                "id": f"{area}-quality",
                "title": text("What partners say about it", "Ce qu’en disent les partenaires", "ما يقوله الشركاء عنه"),
                "measure": "qualitative",
            },
        ],
    }


def _measured(number: int, area: str, world: World, chance: Chance) -> Facts:
    """A performance indicator with values that people write down, each with what shows it."""
    activity, year = (number, 2024) if area == "coordination" else (number + 1, 2025)
    evidence = [f"activities/{world.activity_id(activity)}", f"https://reports.example/{world.project_id(number)}"]
    has_actuals = activity < world.activities
    people, satisfied = chance.between(80, 400), chance.between(100, 190)
    target: Facts = {"year": year, "value": people}
    if number % 16 == 8:
        revision = {
            "id": "more-seats",
            "on": date(2024, 2, 1),
            "from": people,
            "to": people + 20,
            "reason": "More seats",
        }
        target["revisions"] = [revision]
    return {
        "id": f"{area}-reach",
        "title": text("Those concerned take part", "Les intéressés prennent part", "مشاركة المعنيين"),
        "measurement_indicators": [
            {
                "id": f"{area}-participants",
                "title": text("People who took part", "Participants", "عدد المشاركين"),
                "measure": "unit",
                "unit": "participants",
                "baseline": {"value": chance.between(10, 60), "as_of": "2023"},
                "targets": [target],
                "actuals": [{"year": year, "value": people + chance.between(-20, 60), "evidence": evidence}]
                if has_actuals
                else [],
            },
            {
                "id": f"{area}-satisfaction",
                "title": text(
                    "Participants who use what they learned",
                    "Participants qui appliquent les acquis",
                    "المشاركون الذين يطبقون ما تعلموه",
                ),
                "measure": "percentage",
                "unit": "percent",
                "baseline": {"value": 40, "as_of": "2023"},
                "targets": [{"year": year, "value": 70}],
                "actuals": [
                    {
                        "year": year,
                        "value": Decimal(satisfied) / 2,
                        "numerator": satisfied,
                        "denominator": 200,
                        "evidence": evidence,
                    }
                ]
                if has_actuals
                else [],
            },
        ],
    }


# --- off-budget ---------------------------------------------------------------------------------------------


def _off_budget(number: int, world: World, chance: Chance) -> Facts:
    someone = world.partner_of(number)
    record = f"projects/{world.project_id(number)}"
    currency = chance.pick(("USD", "EUR", "CHF"))
    amount = chance.amount(40_000, 300_000)
    reached = 4 + number % 4
    given = gift(record, someone.address, amount, chance.day(date(2024, 4, 20), 30), chance, currency=currency)
    cost: Facts = {"id": "whole", "amount": amount}
    if currency != "USD":
        cost |= {"currency": currency, "rate": RATES[currency]}
    data: Facts = {
        "kind": "off-budget",
        "field": someone.theme.field,
        "alignment": [
            {"framework": "charter-of-harbours"},
            {"framework": "sdg", "goal": f"Goal {chance.between(1, 17)}"},
        ],
        "procedures": [
            {"party": OWN_ID, "compliance": "yes"},
            {"party": someone.address, "compliance": "waived", "note": "Its own rules of purchase apply."},
        ],
        "stages": [
            {"stage": stage, "on": str(day)[:7] if stage == "identified" else day}
            for stage, day in list(zip(_STAGES, _STAGE_DAYS, strict=True))[:reached]
        ],
        "parties": [OWN_ID, someone.address],
        "cost": [cost],
        "contributions": given if reached > 4 else given[:1],
    }
    if number % 8 == 5:
        data["prize"] = {"cycle_months": 24, "last_on": "2025-11"}
    return data

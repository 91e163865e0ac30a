"""The activities of the demonstration: three for a programme project, one for the off-budget project after it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from erc_cli.core.demo.chance import Chance
from erc_cli.core.demo.gifts import CENT, expertise, gift
from erc_cli.core.demo.words import ACTIVITY_TITLES, FICTIONAL, filled, joined, text
from erc_cli.core.demo.world import COUNTRIES, OWN_ID, SPECIAL, World, is_special

Facts = dict[str, Any]

_WEIGHTS = {"relevance": 20, "effectiveness": 30, "impact": 30, "sustainability": 20}


def activity(number: int, world: World, chance: Chance) -> Facts:
    """Return the record of an activity."""
    project = world.project_of(number)
    someone = world.partner_of(project)
    place = world.activity_place(number)
    kind = world.activity_kind(number)
    about = text(
        "Three days of work {field}, with the partners of {place}.",
        "Trois jours de travail {field}, avec les partenaires de {place}.",
        "ثلاثة أيام من العمل {field} مع الشركاء من {place}.",
    )
    data: Facts = {
        "title": filled(ACTIVITY_TITLES[kind], (place.latin, place.arabic)),
        "kind": kind,
        "project": f"projects/{world.project_id(project)}",
        "under": f"agreements/{world.agreement_id(2 * project)}",
        "responsible": "programmes",
        "partners": [someone.address],
        "field": someone.theme.field,
        "description": joined(filled(about, (place.latin, place.arabic), field=someone.theme.field_of), FICTIONAL),
        "source": {"document": "Plan of the League of Fictional Harbours", "part": f"Activity {number + 1}"},
    }
    if not world.is_programme(project):
        return data | _off_budget(number, world, chance)
    turns = (_first_edition, _moved, _second_edition)
    return data | turns[number % 4](number, world, chance)


def _three_days(first: date, days: int, chance: Chance) -> Facts:
    start = chance.day(first, days)
    return {"start": start, "end": start + timedelta(days=2)}


def _done(schedule: Facts) -> Facts:
    summary = text(
        "A common programme and a list of experts.",
        "Un programme commun et une liste d’experts.",
        "برنامج مشترك وقائمة بالخبراء.",
    )
    return schedule | {"summary": summary}


# --- of the programme ---------------------------------------------------------------------------------------


def _first_edition(number: int, world: World, chance: Chance) -> Facts:
    """The first edition of the series: held, paid for, judged."""
    project = world.project_of(number)
    someone = world.partner_of(project)
    planned = _three_days(date(2024, 6, 1), 110, chance)
    record = f"activities/{world.activity_id(number)}"
    amount = chance.amount(5_000, 40_000)
    given = gift(record, someone.address, amount, chance.day(date(2024, 2, 1), 20), chance, refund=number % 48 == 0)
    return {
        "area": "coordination",
        "indicators": ["coordination-participants", "coordination-events"],
        "series": "biennial",
        "origin": "annual-plan",
        "planned": planned,
        "done": _done(planned),
        "role": "supporter",
        "implementing": [someone.address],
        "beneficiaries": _beneficiaries(chance.some(COUNTRIES, 2)),
        "contributions": given,
        **_spent(world.money[project].each, 2024, planned["end"], chance),
        **_judged(planned["end"], world.activity_id(number), chance),
    }


def _moved(number: int, world: World, chance: Chance) -> Facts:
    """Moved within its year, by a decision where there is one; judged, with experts lent by the partner."""
    project = world.project_of(number)
    someone = world.partner_of(project)
    planned = _three_days(date(2025, 4, 1), 60, chance)
    held = _three_days(date(2025, 8, 1), 60, chance)
    on = chance.day(date(2025, 1, 10), 40)
    change: Facts = {"id": "later", "on": on, "field": "schedule", "from": planned, "to": held}
    change |= {"reason": "The hall was not ready.", "cause": "partner-timeframe"}
    decision = f"meetings/{world.meeting_id(project)}.decisions.work-programme" if project < world.meetings else None
    if decision:
        change |= {"because": decision, "cause": "decision", "reason": "The partner asked for it."}
    origin: Facts = {"origin": "annual-plan"}
    if project // 4 % 3 == 1 and decision:
        origin = {"origin": "decision", "because": decision}
    elif project // 4 % 3 == 2:
        origin = {"origin": "need", "because": f"member-states/{COUNTRIES[project // 4 % 6]}.needs.training"}
    beneficiaries = list(SPECIAL) if is_special(project) else chance.some(COUNTRIES, 3)
    return {
        "area": "capacity",
        "indicators": ["capacity-participants", "capacity-events"],
        **origin,
        "planned": planned,
        "changes": [change],
        "done": _done(held),
        "role": "co-organiser",
        "implementing": [someone.address],
        "beneficiaries": _beneficiaries(beneficiaries),
        "contributions": [expertise(someone.address, chance.amount(2_000, 20_000), held["start"])],
        **_spent(world.money[project].each, 2025, held["end"], chance),
        **_judged(held["end"], world.activity_id(number), chance),
    }


def _second_edition(number: int, world: World, chance: Chance) -> Facts:
    """The second edition of the series, still to come: some are cancelled, and some of these come back."""
    project = world.project_of(number)
    someone = world.partner_of(project)
    planned = _three_days(date(2026, 3, 1), 60, chance)
    is_waqf = number % 8 == 2
    pledge: Facts = {
        "id": "gift",
        "party": someone.address,
        "stage": "pledged",
        "form": "cash",
        "amount": chance.amount(3_000, 20_000),
        "on": chance.day(date(2025, 10, 1), 60),
        "instrument": "waqf" if is_waqf else "zakat",
    }
    data: Facts = {
        "area": "coordination",
        "indicators": ["coordination-participants", "coordination-events"],
        "series": "biennial",
        "origin": "annual-plan",
        "planned": planned,
        "changes": _cancellation(number // 4 % 5, chance),
        "role": "organiser",
        "implementing": [OWN_ID],
        "beneficiaries": _beneficiaries(chance.some(COUNTRIES, 2)),
        "other_beneficiaries": [
            {
                "id": "lighthouse-keepers",
                "text": text("Lighthouse keepers", "Gardiens de phares", "حراس المنارات"),
            }
        ],
        "budget": [{"year": 2026, "amount": (world.money[project].each * 6 / 10).quantize(CENT)}],
        "contributions": [pledge | ({"deed": "deed"} if is_waqf else {})],
    }
    if is_waqf:
        data["documents"] = [_document("deed", "deed", world.activity_id(number))]
    return data


def _cancellation(turn: int, chance: Chance) -> list[Facts]:
    on = chance.day(date(2026, 1, 5), 20)
    cancelled: Facts = {"id": "no-hall", "on": on, "field": "cancelled", "reason": "No hall was found."}
    cancelled["cause"] = "partner-timeframe"
    back: Facts = {
        "id": "hall-found",
        "on": on + timedelta(days=12),
        "field": "reinstated",
        "reason": "A hall was found.",
    }
    back["cause"] = "own-organisation"
    return {2: [cancelled], 3: [cancelled, back]}.get(turn, [])


# --- off-budget ---------------------------------------------------------------------------------------------


def _off_budget(number: int, world: World, chance: Chance) -> Facts:
    """Paid for by the partner, in a currency of its own."""
    someone = world.partner_of(world.project_of(number))
    planned = _three_days(date(2025, 10, 1), 60, chance)
    record = f"activities/{world.activity_id(number)}"
    amount, currency = chance.amount(5_000, 30_000), chance.pick(("EUR", "CHF"))
    first = chance.day(date(2025, 2, 1), 30)
    return {
        "origin": "annual-plan",
        "planned": planned,
        "done": _done(planned),
        "role": "organiser",
        "implementing": [OWN_ID, someone.address],
        "beneficiaries": _beneficiaries(chance.some(COUNTRIES, 2)),
        "contributions": gift(record, someone.address, amount, first, chance, currency=currency),
    }


# --- what several have --------------------------------------------------------------------------------------


def _beneficiaries(countries: list[str]) -> list[str]:
    return [f"member-states/{country}" for country in countries]


def _spent(each: Decimal, year: int, ended: date, chance: Chance) -> Facts:
    """Six tenths of what its area has in that year, and most of it spent soon after the end."""
    amount = (each * 6 / 10).quantize(CENT)
    first = (amount * chance.between(40, 60) / 100).quantize(CENT)
    second = (amount * chance.between(10, 35) / 100).quantize(CENT)
    return {
        "budget": [{"year": year, "amount": amount}],
        "expenditures": [
            {"id": "travel", "on": ended + timedelta(days=chance.between(1, 20)), "year": year, "amount": first},
            {"id": "experts", "on": ended + timedelta(days=chance.between(21, 50)), "year": year, "amount": second},
        ],
    }


def _judged(ended: date, name: str, chance: Chance) -> Facts:
    on = ended + timedelta(days=chance.between(30, 60))
    assessment = [
        {
            "id": criterion,
            "criterion": criterion,
            "weight": weight,
            "score": chance.between(50, 95),
            "by": "evaluation",
            "on": on,
            "evidence": ["report"],
        }
        for criterion, weight in _WEIGHTS.items()
    ]
    return {"assessment": assessment, "documents": [_document("report", "report", name)]}


def _document(name: str, kind: str, record: str) -> Facts:
    titles = {"report": text("Report", "Rapport", "التقرير"), "deed": text("Deed", "Acte constitutif", "حجة الوقف")}
    return {"id": name, "kind": kind, "title": titles[kind], "url": f"https://reports.example/{record}/{name}.txt"}

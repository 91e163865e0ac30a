"""The headings by which the columns of spreadsheets are known, in English, French and Arabic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SIGNED: Final = "signed"
"""When an agreement was signed; no field of a file, but what `signed_before` and `signed_on` are worked out from."""

_COMMON: Final[Mapping[str, str]] = {
    "id": "id, code, slug, key, identifiant, معرف, الرمز",
    "fields": "fields, field, sector, sectors, domaine, domaines, secteur, المجال, المجالات, القطاع",
    "notes": (
        "notes, note, remarks, remark, comments, comment, observations, remarques, commentaires, ملاحظات, الملاحظات"
    ),
    "responsible": (
        "responsible, responsible unit, unit, unité responsable, responsable, unité, الجهة المسؤولة, الوحدة"
    ),
}

HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "partners": {
        "id": _COMMON["id"],
        "name": (
            "name, partner, partner name, organisation, organization, name of partner, official name, "
            "institution, nom, partenaire, nom du partenaire, dénomination, الاسم, اسم, الشريك, "
            "اسم الشريك, المنظمة, اسم المنظمة, المؤسسة, الجهة"
        ),
        "acronyms": (
            "acronym, acronyms, abbreviation, short name, sigle, acronyme, abréviation, الاختصار, الاسم المختصر"
        ),
        "aliases": "aliases, alias, other names, also known as, autres noms, أسماء أخرى",
        "category": (
            "category, type, kind, partner category, type of partner, catégorie, type de partenaire, "
            "nature, الفئة, النوع, التصنيف, فئة الشريك"
        ),
        "roles": "roles, role, rôle, rôles, الدور, الأدوار",
        "sphere": "sphere, scope, sphère, portée, النطاق",
        "country": ("country, seat, country of seat, pays, siège, pays du siège, البلد, الدولة, بلد المقر, المقر"),
        "covers": "covers, countries covered, pays couverts, البلدان المشمولة",
        "organisation_type": "organisation type, organization type, iati type, iati organisation type, type iati",
        "identifiers.iati": "iati, iati id, iati identifier, identifiant iati, معرف iati",
        "identifiers.wikidata": "wikidata, wikidata id",
        "fields": _COMMON["fields"],
        "ended_on": "ended on, ended, end, dissolved on, fin, dissous le, تاريخ الانتهاء",
        "notes": _COMMON["notes"],
    },
    "agreements": {
        "id": _COMMON["id"],
        "title": (
            "title, agreement, agreement title, subject, titre, intitulé, accord, objet, "
            "intitulé de l'accord, العنوان, عنوان, الاتفاقية, عنوان الاتفاقية, اسم الاتفاقية, الموضوع"
        ),
        "kind": (
            "kind, type, type of agreement, agreement type, nature, type d'accord, nature de l'accord, "
            "النوع, نوع الاتفاقية, نوع الاتفاق"
        ),
        "parties": (
            "parties, party, partner, partners, other party, other parties, signatory parties, with, "
            "partie, parties signataires, partenaire, partenaires, avec, الأطراف, الطرف, الطرف الآخر, "
            "الشريك, الشركاء, الجهة, الجهات"
        ),
        SIGNED: (
            "signed, signed on, date signed, signature date, date of signature, signing date, year, "
            "year of signature, date, signé le, date de signature, année, année de signature, "
            "تاريخ التوقيع, سنة التوقيع, السنة, التاريخ, سنة"
        ),
        "effective_on": (
            "effective on, effective, in force from, entry into force, start, start date, "
            "entrée en vigueur, en vigueur le, date d'entrée en vigueur, début, date de début, "
            "تاريخ النفاذ, تاريخ السريان, البداية"
        ),
        "ends_on": (
            "ends on, ends, end, end date, expiry, expiry date, expires, expires on, valid until, fin, "
            "date de fin, échéance, expire le, date d'expiration, تاريخ الانتهاء, النهاية, ينتهي في, "
            "تاريخ النهاية"
        ),
        "signed_before": "signed before, signé avant, موقع قبل",
        "under": ("under, under agreement, parent agreement, framework agreement, accord-cadre, الاتفاقية الإطارية"),
        "succeeds": "succeeds, replaces, remplace, تحل محل",
        "serves": "serves, contribue à, يخدم",
        "responsible": _COMMON["responsible"],
        "fields": _COMMON["fields"],
        "notes": _COMMON["notes"],
    },
    "activities": {
        "id": _COMMON["id"],
        "title": (
            "title, activity, activity title, name, titre, intitulé, activité, nom, العنوان, النشاط, "
            "عنوان النشاط, اسم النشاط"
        ),
        "kind": "kind, type, type of activity, activity type, type d'activité, nature, النوع, نوع النشاط",
        "project": "project, programme, projet, المشروع, البرنامج",
        "area": "area, area of intervention, axe, domaine d'intervention, مجال التدخل, المحور",
        "indicators": "indicators, indicator, indicateur, indicateurs, المؤشر, المؤشرات",
        "under": "under, under agreement, agreement, accord, الاتفاقية",
        "planned.start": (
            "start, planned start, start date, from, début, date de début, du, البداية, تاريخ البداية, تاريخ البدء, من"
        ),
        "planned.end": (
            "end, planned end, end date, to, until, fin, date de fin, au, النهاية, تاريخ النهاية, تاريخ الانتهاء, إلى"
        ),
        "done.start": "done from, actual start, held from, début effectif, البداية الفعلية",
        "done.end": "done until, actual end, held until, fin effective, النهاية الفعلية",
        "partners": "partners, partner, partenaire, partenaires, الشريك, الشركاء",
        "implementing": (
            "implementing, implemented by, organiser, organisers, mis en œuvre par, exécution, "
            "organisateur, organisateurs, الجهة المنفذة, المنفذ, المنظم"
        ),
        "beneficiaries": (
            "beneficiaries, beneficiary, beneficiary countries, member states, bénéficiaires, "
            "bénéficiaire, pays bénéficiaires, états membres, المستفيدون, الدول المستفيدة, "
            "الدول الأعضاء"
        ),
        "role": "role, our role, rôle, notre rôle, الدور",
        "field": _COMMON["fields"],
        "origin": "origin, origine, المصدر",
        "because": "because, decision, décision, القرار",
        "budget": "budget, amount, cost, montant, coût, الميزانية, الموازنة, المبلغ, التكلفة",
        "budget_year": ("budget year, year, année, année budgétaire, exercice, السنة, سنة الميزانية, السنة المالية"),
        "responsible": _COMMON["responsible"],
        "notes": _COMMON["notes"],
    },
}
"""Folder, field: the headings by which its column is known, beside the name of the field."""

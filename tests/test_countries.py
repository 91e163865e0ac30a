"""Names of countries as official usage has them."""

from __future__ import annotations

import pytest

from erc_cli.core.countries import COUNTRIES, country_name

OIC = [
    "ae",
    "af",
    "al",
    "az",
    "bd",
    "bf",
    "bh",
    "bj",
    "bn",
    "ci",
    "cm",
    "dj",
    "dz",
    "eg",
    "ga",
    "gm",
    "gn",
    "gw",
    "gy",
    "id",
    "iq",
    "ir",
    "jo",
    "kg",
    "km",
    "kw",
    "kz",
    "lb",
    "ly",
    "ma",
    "ml",
    "mr",
    "mv",
    "my",
    "mz",
    "ne",
    "ng",
    "om",
    "pk",
    "ps",
    "qa",
    "sa",
    "sd",
    "sl",
    "sn",
    "so",
    "sr",
    "sy",
    "td",
    "tg",
    "tj",
    "tm",
    "tn",
    "tr",
    "ug",
    "uz",
    "ye",
]


@pytest.mark.parametrize(
    ("code", "english", "french", "arabic"),
    [
        ("tr", "Türkiye", "Türkiye", "تركيا"),
        ("ci", "Côte d'Ivoire", "Côte d'Ivoire", "كوت ديفوار"),
        ("ps", "State of Palestine", "État de Palestine", "دولة فلسطين"),
        ("sy", "Syrian Arab Republic", "République arabe syrienne", "الجمهورية العربية السورية"),
        ("sa", "Saudi Arabia", "Arabie saoudite", "المملكة العربية السعودية"),
        ("om", "Oman", "Oman", "عُمان"),
        ("bn", "Brunei Darussalam", "Brunéi Darussalam", "بروني دار السلام"),
        ("kg", "Kyrgyzstan", "Kirghizistan", "قيرغيزستان"),
        ("gm", "Gambia", "Gambie", "غامبيا"),
        ("so", "Somalia", "Somalie", "الصومال"),
        ("ae", "United Arab Emirates", "Émirats arabes unis", "الإمارات العربية المتحدة"),
        ("mk", "North Macedonia", "Macédoine du Nord", "مقدونيا الشمالية"),
    ],
)
def test_names_that_libraries_get_wrong(code: str, english: str, french: str, arabic: str) -> None:
    assert [country_name(code, language) for language in ("en", "fr", "ar")] == [english, french, arabic]


def test_every_member_state_of_the_oic_has_three_names() -> None:
    assert len(OIC) == 57
    assert all(all(COUNTRIES[code]) for code in OIC)

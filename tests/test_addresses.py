"""Addresses: what they lead to, and where they end."""

from __future__ import annotations

from typing import Any

import pytest

from erc_cli.core.addresses import children, follow, resolve
from erc_cli.core.suggestions import AddressSuggestions, Suggestions
from factories import register

INDICATOR = {
    "id": "readers",
    "measurement_indicators": [{"id": "trained", "targets": [{"year": "2020", "value": "7"}]}],
}
REGISTER = register(
    {
        "projects/p": {
            "areas": [{"id": "rural", "outcomes": [{"id": "reading", "performance_indicators": [INDICATOR]}]}],
            "alignment": [{"framework": "sdg", "goal": "4.7"}, {"framework": "sdg", "goal": "4"}],
        },
        "partners/oic": {"contacts": [{"id": f"desk-{n}", "role": f"Desk {n}"} for n in range(40)]},
        "agreements/a": {"parties": [{"party": "isesco"}, {"party": "partners/oic", "signed_on": "2019-05-01"}]},
        "budget": {"staff": {"years": {"2019": "12.00"}}},
    }
)


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("projects/p.areas.rural.title.en", "Something"),
        ("projects/p.indicators.trained.targets.2020.value", "7"),
        ("projects/p.alignment.sdg-4.7.goal", "4.7"),
        ("projects/p.alignment.sdg-4.goal", "4"),
        ("partners/oic.contacts.desk-39.role", "Desk 39"),
        ("agreements/a.parties.partners/oic.signed_on", "2019-05-01"),
        ("budget.staff.years.2019", "12.00"),
        ("plan.languages.fr", "fr"),
    ],
)
def test_an_address_leads_to_a_value(address: str, value: str) -> None:
    assert str(resolve(REGISTER, address)) == value


@pytest.mark.parametrize(
    "address",
    ["partners/nobody", "partners/oic.contacts.desk-40", "partners/oic.country", "projects/p.indicators.x", "plan.x"],
)
def test_an_address_can_lead_nowhere(address: str) -> None:
    assert resolve(REGISTER, address) is None


def test_an_address_says_where_it_stops() -> None:
    found = follow(REGISTER, "projects/p.areas.rural.outcomes.writing.title")
    assert found.path == ("areas", "rural", "outcomes")
    assert found.missing == "writing.title"
    assert children(found.value) == ["reading"]


def test_the_short_form_of_an_indicator_gives_the_whole_way() -> None:
    assert follow(REGISTER, "projects/p.indicators.trained.measure").path == (
        *("areas", "rural", "outcomes", "reading", "performance_indicators", "readers"),
        *("measurement_indicators", "trained", "measure"),
    )


@pytest.mark.parametrize(("word", "near"), [("partnr-00017", "partner-00017"), ("zzz", None), ("p" * 500, None)])
def test_one_of_many_words_is_suggested(word: str, near: Any) -> None:
    assert Suggestions(f"partner-{number:05}" for number in range(1000)).nearest(word) == near


def test_suggestions_end_when_they_have_cost_enough() -> None:
    suggestions = Suggestions(f"partner-{number:05}" for number in range(15_000))
    assert suggestions.nearest("partner-0001x") is not None
    assert suggestions.nearest("partner-0002x") is None


def test_addresses_are_suggested_within_their_folder() -> None:
    suggestions = AddressSuggestions(["partners/oic", "agreements/oci"])
    assert suggestions.nearest("partners/oicc") == "partners/oic"
    assert suggestions.nearest("agreements/oc") == "agreements/oci"
    assert suggestions.nearest("meetings/oic") is None

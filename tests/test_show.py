"""Pages of records, single fields, trees and the budget."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories import MemorySource, source

from erc_cli.commands.budget_show import show_budget
from erc_cli.commands.show import count_links, is_plain, item, look_up, page, plain_value
from erc_cli.commands.tree import project_trees
from erc_cli.commands.working_out import as_entries, work_out
from erc_cli.core.house import House
from erc_cli.core.listing import View
from erc_cli.core.page import page_of
from erc_cli.core.records.kinds import model_of
from erc_cli.core.records.shape import field_by_key
from erc_cli.core.records.types_of_record import RECORD_TYPES
from erc_cli.core.words import Words
from erc_cli.errors import NotFoundError
from erc_cli.render.look import Look
from erc_cli.render.show import page_text, scalar_text
from erc_cli.render.tree import tree_text
from erc_cli.store.emit import emit

DAY = date(2021, 12, 31)

HOUSE = House("isesco", ("en", "fr", "ar"), "USD", {"isesco": {"en": "Own organisation"}}, {})
ENGLISH, FRENCH = View("en", HOUSE), View("fr", HOUSE)

FILES: Mapping[str, Any] = {
    "partners/oic": {
        "name": {"en": "Organization of Islamic Cooperation", "ar": "منظمة التعاون الإسلامي"},
        "category": "governmental",
        "roles": ["donor", "humanitarian"],
        "ended_on": "2019-01-31",
        "formerly": ["conference"],
        "contacts": [{"id": "office", "role": "Liaison office", "email": "office@example.org"}],
        "notes": "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen.",
    },
    "agreements/a": {
        "kind": "memorandum-of-understanding",
        "title": {"en": "Agreement on prizes"},
        "parties": [{"party": "isesco", "signed_on": "2019-02-01"}, {"party": "partners/oic", "signed_on": "2019-03"}],
        "commitments": [
            {"id": "gift", "party": "partners/oic", "amount": "1000.00", "form": "cash", "text": {"en": "A gift"}},
            {
                "id": "room",
                "party": "isesco",
                "amount": "5.50",
                "currency": "EUR",
                "form": "in-kind",
                "text": {"en": "R"},
            },
        ],
    },
    "projects/p": {
        "kind": "programme",
        "number": "1",
        "title": {"en": "A project"},
        "budget": "766444.00",
        "areas": [
            {
                "id": "area",
                "title": {"en": "An area"},
                "outcomes": [
                    {
                        "id": "outcome",
                        "title": {"en": "An outcome"},
                        "number": "1",
                        "performance_indicators": [
                            {
                                "id": "performance",
                                "title": {"en": "Performs"},
                                "measurement_indicators": [
                                    {
                                        "id": "measure",
                                        "title": {"en": "Measures"},
                                        "measure": "unit",
                                        "unit": "meetings",
                                        "baseline": {"value": "1200", "comparator": "more-than"},
                                        "targets": [
                                            {
                                                "year": "2019",
                                                "value": "4",
                                                "revisions": [{"id": "r", "from": "4", "to": "6"}],
                                            }
                                        ],
                                        "actuals": [{"year": "2019", "value": "5"}],
                                    }
                                ],
                            }
                        ],
                    }
                ],
            }
        ],
    },
    "projects/off": {"kind": "off-budget", "title": {"en": "Off"}, "field": "education"},
}


def files(contents: Mapping[str, Any] = FILES, **others: bytes) -> MemorySource:
    written = {f"data/{address}.yaml": emit(content).encode() for address, content in contents.items()}
    return MemorySource({**source({}).files, **written, **others})


def text_of(address: str, view: View = ENGLISH, **look: Any) -> str:
    shown = look_up(files(), address)
    return page_text(page(files(), shown, view), Look(**look), {})


def test_the_page_of_a_partner() -> None:
    assert text_of("partners/oic", width=60) == (
        "Organization of Islamic Cooperation\n"
        "partners/oic\n"
        "\n"
        "Category  governmental\n"
        "Roles     donor, humanitarian\n"
        "Ended on  31 January 2019\n"
        "Formerly  conference\n"
        "Contacts\n"
        "  office\n"
        "    Role   Liaison office\n"
        "    Email  office@example.org\n"
        "Notes     One two three four five six seven eight nine ten\n"
        "          eleven twelve thirteen fourteen fifteen.\n"
        "\n"
        "data/partners/oic.yaml · 2 links to it\n"
        "(erc links partners/oic)\n"
    )


def test_amounts_have_their_currency_and_references_their_names() -> None:
    lines = text_of("agreements/a", width=100).splitlines()
    assert "Kind         memorandum of understanding" in lines
    assert "  partners/oic" in lines
    assert "    Party      Organization of Islamic Cooperation (partners/oic)" in lines
    assert "    Party      Own organisation (isesco)" in lines
    assert "    Signed on  March 2019" in lines
    assert "    Amount  1,000.00 USD" in lines
    assert any(line.endswith("5.50 EUR") for line in lines)


def test_another_language_is_marked() -> None:
    assert text_of("partners/oic", FRENCH).splitlines()[0] == "Organization of Islamic Cooperation [en]"
    arabic = text_of("partners/oic", View("ar", HOUSE), words=Words("ar"), terminal=True)
    assert arabic.splitlines()[0] == "\u2068منظمة التعاون الإسلامي\u2069"
    assert "\u2068" not in text_of("partners/oic", View("ar", HOUSE), words=Words("ar"))


def test_derived_fields_come_first() -> None:
    worked_out = work_out(files(), "agreements", "agreements/a", date(2019, 6, 1))
    assert worked_out == {"status": "in-force", "signed": date(2019, 3, 1), "ends": None}
    assert [entry.label for entry in as_entries("agreements", worked_out, ENGLISH)] == ["Status", "Signed"]
    assert work_out(files(), "plan", "plan", date(2019, 6, 1)) == {}


def test_links_are_counted() -> None:
    assert count_links(files(), "partners/oic") == 2
    assert count_links(files(), "projects/off") == 0


# --- addresses ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("partners/oic.name.en", "Organization of Islamic Cooperation"),
        ("partners/oic.name", "Organization of Islamic Cooperation"),
        ("partners/oic.roles", ["donor", "humanitarian"]),
        ("partners/oic.roles.donor", "donor"),
        ("partners/conference.category", "governmental"),
        ("agreements/a.parties.partners/oic.signed_on", "2019-03"),
        ("agreements/a.commitments.gift.amount", "1000.00"),
        ("projects/p.indicators.measure.targets.2019.value", "4"),
        ("projects/p.areas.area.outcomes.outcome.title.en", "An outcome"),
        ("plan.period.start", "2019-01-01"),
        ("plan.organisation.id", "isesco"),
    ],
)
def test_field_addresses(address: str, value: Any) -> None:
    shown = look_up(files(), address)
    assert is_plain(shown)
    assert plain_value(shown, ENGLISH) == value


def test_a_mapping_inside_a_record_is_a_page() -> None:
    shown = look_up(files(), "agreements/a.commitments.room")
    assert not is_plain(shown)
    made = page(files(), shown, ENGLISH)
    assert page_text(made, Look(), {}) == (
        "R\n"
        "agreements/a.commitments.room\n"
        "\n"
        "Party     Own organisation (isesco)\n"
        "Amount    5.50 EUR\n"
        "Currency  EUR\n"
        "Form      in kind\n"
    )


def test_a_list_inside_a_record_is_a_page() -> None:
    made = page(files(), look_up(files(), "partners/oic.contacts"), ENGLISH)
    assert page_text(made, Look(), {}) == (
        "partners/oic.contacts\n\noffice\n  Role   Liaison office\n  Email  office@example.org\n"
    )


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("partners/oik", "there is no partners/oik: did you mean partners/oic?"),
        ("partner/oic", "partner/oic is no address: did you mean partners/oic?"),
        ("oic", "oic is no address: write folder/id"),
        ("partners/", "there is no partners/"),
        ("partners/oic.nam", "partners/oic has nothing called nam: did you mean name?"),
        ("partners/oic.country", "partners/oic has no country"),
        ("partners/oic.name.de", "partners/oic.name has nothing called de (it has en, ar)"),
        ("projects/p.indicators.mesure", "the project has no indicator mesure: did you mean measure?"),
        ("partners/torn", "partners/torn could not be read: erc check data/partners/torn.yaml tells why"),
        ("partners/../plan", "there is no partners/"),
    ],
)
def test_addresses_that_lead_nowhere(address: str, said: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        look_up(files(**{"data/partners/torn.yaml": b"name: [\n"}), address)
    assert said in str(caught.value)


def test_a_former_id_leads_to_the_record() -> None:
    shown = look_up(files(), "partners/conference")
    assert (shown.address, shown.was_renamed) == ("partners/oic", True)


def test_items_for_machines() -> None:
    whole = item(look_up(files(), "projects/p"), {"approved": Decimal("1.00"), "other": None})
    assert whole["number"] == 1
    assert whole["budget"] == "766444.00"
    assert whole["approved"] == Decimal("1.00")
    assert "other" not in whole
    assert item(look_up(files(), "projects/p.number"), {}) == {"address": "projects/p.number", "value": 1}
    renewed = item(look_up(files(), "projects/p.areas"), {})["value"]
    assert renewed[0]["outcomes"][0]["number"] == 1


def test_single_values_are_printed_as_they_stand() -> None:
    assert scalar_text("1015113.00") == "1015113.00\n"
    assert scalar_text(["a", "b"]) == "a\nb\n"
    assert scalar_text("a\nb\x1b") == "a\nb\\u{1b}\n"


_values = st.recursive(
    st.sampled_from(["x", "2019", "12.50", "partners/oic", "true", "en", "منظمة", "a.b"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["en", "id", "on", "kind", "text", "party", "year", "amount", "x"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_shape_of_data_is_too_odd_for_a_page(data: st.DataObject) -> None:
    folder = data.draw(st.sampled_from(sorted(RECORD_TYPES)))
    keys = [*sorted(field_by_key(model_of(folder))), "unknown"]
    record = data.draw(st.dictionaries(st.sampled_from(keys), _values, max_size=4))
    made = page_of(model_of(folder), f"{folder}/a", record, ENGLISH, lambda reference: "")
    for width in (20, 80):
        page_text(made, Look(width=width), {})
    tree = files({"projects/odd": record}) if folder == "projects" and record else None
    if tree is not None:
        tree_text(project_trees(tree, ["odd"], ENGLISH, Words(), DAY).trees, Look())


# --- trees --------------------------------------------------------------------------------------------------

TREE = """\
p  (Project 1 · 766,444.00 USD)
|  A project
`- area  (Area)
   |  An area
   `- outcome  (Outcome 1)
      |  An outcome
      `- performance
         |  Performs
         `- measure
               (meetings · baseline more than 1,200 · 5 of 6 in 2019 (83.3 %))
               Measures

Off-budget projects: education
`- off
      Off
"""


def test_the_tree_of_all_projects() -> None:
    found = project_trees(files(), (), ENGLISH, Words(), DAY)
    assert tree_text(found.trees, Look()) == TREE
    assert tree_text(found.trees, Look(terminal=True)).splitlines()[2] == "└─ area  (Area)"


def test_the_tree_of_one_project() -> None:
    assert [tree.mark for tree in project_trees(files(), ["projects/off"], ENGLISH, Words(), DAY).trees] == ["off"]
    with pytest.raises(NotFoundError, match="there is no projects/of: did you mean projects/off"):
        project_trees(files(), ["of"], ENGLISH, Words(), DAY)


# --- the budget ---------------------------------------------------------------------------------------------

BUDGET: Mapping[str, Any] = {
    "budget": {
        "programmes": {
            "lines": [
                {
                    "id": "p",
                    "project": "projects/p",
                    "amount": "100.00",
                    "revisions": [{"id": "r", "from": "100.00", "to": "90.00"}],
                },
                {"id": "q", "project": "projects/q", "amount": "50.00"},
            ],
            "total": "140.00",
        },
        "allocations": {
            "lines": [
                {"id": "a", "project": "projects/p", "area": "area", "year": "2019", "amount": "30.00"},
                {"id": "b", "project": "projects/p", "area": "area", "year": "2020", "amount": "20.00"},
            ],
            "totals": [{"project": "projects/p", "allocated": "50.00", "unallocated": "40.00"}],
        },
        "staff": {
            "lines": [
                {"id": "pay", "title": {"en": "Pay"}, "years": {"2019": "1.00", "2020": "2.00"}, "total": "3.00"},
                {"id": "rent", "title": {"en": "Rent"}, "years": {"2019": "4.00"}, "total": "4.00"},
            ],
            "years": {"2019": "5.00", "2020": "2.00"},
            "total": "7.00",
        },
    },
    "projects/p": FILES["projects/p"],
}


def rows(name: str, budget: Mapping[str, Any] = BUDGET) -> list[tuple[Any, ...]]:
    table = show_budget(files(budget), ENGLISH, Words()).tables[name]
    return [*table.rows, *table.totals]


def amount(text: str) -> Decimal:
    return Decimal(text)


def test_programmes_before_and_after_revision() -> None:
    assert rows("programmes") == [
        ("projects/p", "A project", amount("100.00"), amount("90.00")),
        ("projects/q", None, amount("50.00"), amount("50.00")),
        ("Total", None, amount("150.00"), amount("140.00")),
    ]


def test_allocations_with_what_is_left() -> None:
    assert rows("allocations") == [
        ("projects/p", "area", amount("30.00"), amount("20.00"), amount("50.00")),
        ("projects/p", "allocated", amount("30.00"), amount("20.00"), amount("50.00")),
        ("projects/p", "unallocated", None, None, amount("40.00")),
    ]


def test_staff_by_line_and_year() -> None:
    assert rows("staff") == [
        ("Pay", amount("1.00"), amount("2.00"), amount("3.00")),
        ("Rent", amount("4.00"), None, amount("4.00")),
        ("Total", amount("5.00"), amount("2.00"), amount("7.00")),
    ]
    assert show_budget(files(BUDGET), ENGLISH, Words()).holds


@pytest.mark.parametrize(
    ("path", "name", "row"),
    [
        (("programmes", "total"), "programmes", ("Claimed", None, None, "! 141.00")),
        (("staff", "total"), "staff", ("Claimed", None, None, "! 141.00")),
        (("staff", "years", "2020"), "staff", ("Claimed", None, "! 141.00", None)),
    ],
)
def test_a_claim_that_differs_stands_below_the_sum(path: tuple[str, ...], name: str, row: tuple[Any, ...]) -> None:
    budget = copy.deepcopy(dict(BUDGET))
    inner: Any = budget["budget"]
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = "141.00"
    assert rows(name, budget)[-1] == row
    assert not show_budget(files(budget), ENGLISH, Words()).holds


def test_a_line_whose_total_differs_has_it_beside_the_sum() -> None:
    budget = copy.deepcopy(dict(BUDGET))
    budget["budget"]["staff"]["lines"][0]["total"] = "3.50"
    assert rows("staff", budget)[0] == ("Pay", amount("1.00"), amount("2.00"), amount("3.00"), "! 3.50")


def test_staff_is_shown_before_and_after_revision() -> None:
    budget = copy.deepcopy(dict(BUDGET))
    budget["budget"]["staff"]["revisions"] = [
        {"id": "r", "line": "rent", "year": "2019", "from": "4.00", "to": "6.00"},
    ]
    found = show_budget(files(budget), ENGLISH, Words())
    assert found.tables["staff_approved"].rows[1] == ("Rent", amount("4.00"), None, amount("4.00"))
    assert found.tables["staff"].rows[1][:4] == ("Rent", amount("6.00"), None, amount("6.00"))
    assert [row[-2:] for row in found.flat.rows if row[1] == "rent"] == [(amount("4.00"), amount("6.00"))]


def test_a_budget_that_cannot_be_read() -> None:
    with pytest.raises(NotFoundError, match=r"budget could not be read: erc check data/budget\.yaml"):
        show_budget(files(**{"data/budget.yaml": b"programmes: [\n"}), ENGLISH, Words())

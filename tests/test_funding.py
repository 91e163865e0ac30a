"""Money: own cost and partners' contributions, never added to what they follow, and never cash to things in kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from erc_cli.core.funding import (
    Funding,
    Pledges,
    Share,
    amount_on,
    by_party,
    chains,
    funding,
    leverage,
    parties_of,
    records_of,
    split,
)
from erc_cli.core.records.project import Project
from erc_cli.core.register import Register
from factories import register

END = date(2021, 12, 31)
NONE = Pledges()


def gift(name: str, stage: str, amount: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "party": "partners/isdb",
        "stage": stage,
        "form": "cash",
        "amount": amount,
        "on": "2019-03-01",
    } | more


def off_budget(*gifts: Mapping[str, Any], **content: Any) -> Register:
    return register({"projects/o": {"contributions": gifts or None, "parties": ["isesco", "partners/isdb"], **content}})


def of(made: Register, on: date = END, **more: Any) -> Funding:
    own = made.find("projects/o", Project)
    assert own is not None
    return funding(records_of(own, made), made, on, **more)


def amounts(*texts: str) -> Pledges:
    return Pledges(*(Decimal(text) for text in texts))


# --- sums ---------------------------------------------------------------------------------------------------

FOLLOWED = (
    gift("pledge", "pledged", "1000.00"),
    gift("grant", "committed", "800.00", follows="projects/o.contributions.pledge", on="2019-04-01"),
    gift("first", "received", "300.00", follows="projects/o.contributions.grant", on="2019-06-01"),
    gift("second", "received", "250.00", follows="projects/o.contributions.grant", on="2020-06-01"),
)


def test_what_follows_is_never_added_to_what_it_follows() -> None:
    found = of(off_budget(*FOLLOWED, cost=[{"id": "total", "amount": "900.00"}]))
    # Received 300 + 250. The commitment of 800 is secured, and the 550 that made it good are part of it.
    assert found.cash == amounts("1000.00", "800.00", "550.00")
    assert (found.secured, found.cost, found.gap) == (Decimal("800.00"), Decimal("900.00"), Decimal("100.00"))


def test_money_counts_from_its_day() -> None:
    made = off_budget(*FOLLOWED)
    assert of(made, date(2019, 2, 28)).cash == NONE
    assert of(made, date(2019, 3, 31)).cash == amounts("1000.00", "0", "0")
    assert of(made, date(2019, 12, 31)).cash == amounts("1000.00", "800.00", "300.00")
    assert of(made).gap is None


def test_the_gap_is_told_even_when_negative() -> None:
    gifts = (
        gift("grant", "committed", "800.00"),
        gift("more", "received", "950.00", follows="projects/o.contributions.grant"),
        gift("other", "received", "100.00"),
        gift("hope", "pledged", "500.00"),
    )
    found = of(off_budget(*gifts, cost=[{"id": "a", "amount": "600.00"}, {"id": "b", "amount": "400.00"}]))
    # Of 800 committed 950 came, and 100 with no commitment: 1,050 against 600 + 400. A pledge secures nothing.
    assert (found.secured, found.gap) == (Decimal("1050.00"), Decimal("-50.00"))


def test_cash_and_things_in_kind_never_share_a_figure() -> None:
    made = off_budget(
        gift("grant", "committed", "100.00"),
        gift("experts", "committed", "40.00", form="in-kind", valuation="Ten days"),
        cost=[{"id": "total", "amount": "140.00"}],
    )
    found = of(made)
    assert (found.cash, found.in_kind) == (amounts("0", "100.00", "0"), amounts("0", "40.00", "0"))
    assert (found.secured, found.gap) == (Decimal("100.00"), Decimal("40.00"))


def test_money_given_back_is_taken_off() -> None:
    found = of(off_budget(gift("grant", "received", "100.00"), gift("back", "received", "-30.00")))
    assert (found.cash.received, found.secured) == (Decimal("70.00"), Decimal("70.00"))


def test_other_currencies_are_converted_item_by_item_half_to_even() -> None:
    # 0.25 x 0.5 = 0.125 and 0.75 x 0.5 = 0.375: to even cents 0.12 and 0.38, together 0.50. Added first they would
    # make 1.00 x 0.5 = 0.50 as well; 0.25 x 0.5 twice is 0.24, added first 0.25.
    euro = {"currency": "EUR", "rate": "0.5"}
    one = gift("one", "received", "0.25", **euro)
    assert of(off_budget(one)).cash.received == Decimal("0.12")
    assert of(off_budget(gift("one", "received", "0.75", **euro))).cash.received == Decimal("0.38")
    assert of(off_budget(one, {**one, "id": "two"})).cash.received == Decimal("0.24")
    # 1,000 yen have no places; 1000 x 0.006735 = 6.735, between 6.73 and 6.74: to even 6.74.
    yen = gift("yen", "received", "1000", currency="JPY", rate="0.006735")
    assert of(off_budget(yen)).cash.received == Decimal("6.74")


def test_what_has_no_rate_is_in_no_sum_and_is_named() -> None:
    made = off_budget(
        gift("euro", "received", "100.00", currency="EUR"),
        gift("dollar", "received", "50.00"),
        cost=[{"id": "abroad", "currency": "EUR", "amount": "10.00"}, {"id": "here", "amount": "60.00"}],
    )
    found = of(made)
    assert found.cash.received == Decimal("50.00")
    assert found.unconverted == ("projects/o.contributions.euro", "projects/o.cost.abroad")
    assert (found.cost, found.gap) == (Decimal("60.00"), Decimal("10.00"))


def test_no_money_is_no_money() -> None:
    assert of(off_budget()) == Funding(Decimal(0), Decimal(0), NONE, NONE, Decimal(0), None, None, ())
    assert NONE.plus(amounts("1.00", "2.00", "3.00")) == amounts("1.00", "2.00", "3.00")


# --- own cost and leverage ----------------------------------------------------------------------------------


def programme() -> Register:
    cut = {"id": "cut", "on": "2019-06-01", "from": "400.00", "to": "350.00", "reason": "Cut"}
    return register(
        {
            "projects/o": {"kind": "programme"},
            "activities/x": {
                "project": "projects/o",
                "partners": ["partners/isdb"],
                "budget": [
                    {"year": "2019", "amount": "400.00", "revisions": [cut]},
                    {"year": "2020", "amount": "100.00"},
                ],
                "expenditures": [
                    {"id": "hall", "on": "2019-05-01", "year": "2019", "amount": "300.00"},
                    {"id": "back", "on": "2019-07-01", "year": "2019", "amount": "-50.00"},
                ],
                "contributions": [gift("grant", "received", "600.00", on="2019-05-02")],
            },
            "activities/y": {
                "project": "projects/o",
                "partners": ["partners/isdb"],
                "contributions": [
                    gift("grant", "received", "25.00", on="2019-08-01"),
                    gift("experts", "received", "900.00", form="in-kind", valuation="Ten days"),
                ],
            },
            "activities/other": {"contributions": [gift("grant", "received", "7.00")]},
        }
    )


def test_own_cost_is_the_budget_as_it_stands_and_what_was_spent() -> None:
    made = programme()
    assert (of(made, date(2019, 5, 31)).own_budget, of(made).own_budget) == (Decimal("500.00"), Decimal("450.00"))
    assert (of(made, date(2019, 5, 31)).own_spent, of(made).own_spent) == (Decimal("300.00"), Decimal("250.00"))


def test_leverage_is_partners_cash_for_each_unit_spent() -> None:
    made = programme()
    own = made.find("projects/o", Project)
    assert own is not None
    # By the end of 2019: 600 + 25 received in cash, 300 - 50 spent: 2.5. What is in kind is left out.
    assert leverage(own, made, END) == Decimal("2.50")
    # At the end of May: 600 for 300. Before anything was spent: 0.
    assert leverage(own, made, date(2019, 5, 31)) == Decimal("2.00")
    assert leverage(own, made, date(2019, 4, 30)) == Decimal(0)


def test_the_own_organisation_is_no_partner_of_itself() -> None:
    made = off_budget(
        gift("ours", "received", "200.00", party="isesco"),
        gift("hall", "received", "10.00", party="isesco", form="in-kind", valuation="Rent saved"),
        gift("theirs", "received", "500.00"),
        cost=[{"id": "total", "amount": "800.00"}],
    )
    found = of(made)
    assert (found.cash.received, found.in_kind, found.own_cash.received) == (Decimal("500.00"), NONE, Decimal("200.00"))
    assert found.own_in_kind.received == Decimal("10.00")
    # Both cover the cost: 800 - 700. Leverage is 500 for 200.
    assert (found.gap, found.leverage) == (Decimal("100.00"), Decimal("2.50"))


def test_a_revised_amount_replaces_the_one_before_it() -> None:
    activity = programme().activities[1]
    assert activity.address == "activities/x"
    part = activity.budget[0]
    assert amount_on(part.amount, part.revisions, date(2019, 5, 31)) == Decimal("400.00")
    assert amount_on(part.amount, part.revisions, date(2019, 6, 1)) == Decimal("350.00")


# --- by party, and along `follows` --------------------------------------------------------------------------


def test_contributions_are_told_by_party_with_cash_and_in_kind_apart() -> None:
    made = off_budget(
        gift("one", "committed", "100.00"),
        gift("two", "received", "60.00", party="partners/kuwait-fund"),
        gift("three", "received", "5.00", form="in-kind", valuation="Rent", party="partners/kuwait-fund"),
        gift("four", "received", "1.00", party="isesco"),
    )
    records = records_of(made.projects[0], made)
    assert [(one.party, one.cash, one.in_kind) for one in by_party(records, made, END)] == [
        ("isesco", amounts("0", "0", "1.00"), NONE),
        ("partners/isdb", amounts("0", "100.00", "0"), NONE),
        ("partners/kuwait-fund", amounts("0", "0", "60.00"), amounts("0", "0", "5.00")),
    ]
    assert parties_of(records) == ("isesco", "partners/isdb", "partners/kuwait-fund")
    assert of(made, party="partners/kuwait-fund").cash.received == Decimal("60.00")


def test_a_chain_goes_from_the_pledge_to_the_receipts() -> None:
    made = off_budget(*FOLLOWED, gift("straight", "received", "20.00"))
    found = chains(records_of(made.projects[0], made), made, END)
    # 1,000 pledged, 300 + 250 received: 450 to come.
    assert [(one.address.rpartition(".")[2], one.promised, one.committed, one.received) for one in found] == [
        ("pledge", Decimal("1000.00"), Decimal("800.00"), Decimal("550.00")),
        ("straight", Decimal("20.00"), Decimal(0), Decimal("20.00")),
    ]
    assert [one.outstanding for one in found] == [Decimal("450.00"), Decimal(0)]


def test_a_chain_is_told_in_the_currency_of_its_promise() -> None:
    made = off_budget(
        gift("pledge", "pledged", "100.00", currency="EUR", rate="1.1"),
        gift("came", "received", "100.00", currency="EUR", rate="1.2", follows="projects/o.contributions.pledge"),
    )
    (chain,) = chains(records_of(made.projects[0], made), made, END)
    # 110 dollars were pledged and 120 came, yet in euros nothing is missing and nothing too much.
    assert (chain.currency, chain.promised, chain.received, chain.outstanding) == ("EUR", 100, 100, 0)
    assert of(made).cash == amounts("110.00", "0", "120.00")


def test_a_chain_of_two_currencies_is_told_in_the_plans() -> None:
    made = off_budget(
        gift("pledge", "pledged", "100.00", currency="EUR", rate="1.1"),
        gift("came", "received", "115.00", follows="projects/o.contributions.pledge"),
    )
    (chain,) = chains(records_of(made.projects[0], made), made, END)
    assert (chain.currency, chain.promised, chain.outstanding) == ("USD", Decimal("110.00"), Decimal("-5.00"))


def test_a_thing_given_for_a_pledge_of_cash_starts_anew() -> None:
    made = off_budget(
        gift("pledge", "pledged", "100.00"),
        gift(
            "books",
            "received",
            "80.00",
            form="in-kind",
            valuation="Price list",
            reason="Books instead",
            follows="projects/o.contributions.pledge",
        ),
    )
    found = chains(records_of(made.projects[0], made), made, END)
    assert [(one.form, one.promised, one.outstanding) for one in found] == [
        ("cash", Decimal("100.00"), Decimal("100.00")),
        ("in-kind", Decimal("80.00"), Decimal(0)),
    ]


# --- splits -------------------------------------------------------------------------------------------------


def cut(amount: str, *weights: str, places: int = 2) -> list[tuple[str, int]]:
    parts = split(Decimal(amount), [Decimal(weight) for weight in weights], places)
    return [(str(part.amount), part.cents) for part in parts]


def test_a_split_gives_the_cents_left_to_the_largest_remainders() -> None:
    # 100 by 3 is 33.33 each, and one cent is left: of equal remainders the first has it.
    assert cut("100.00", "1", "1", "1") == [("33.34", 1), ("33.33", 0), ("33.33", 0)]
    # 766,444.00 by 1, 2 and 4: 109,492 / 218,984 / 437,968 exactly.
    assert cut("766444.00", "1", "2", "4") == [("109492.00", 0), ("218984.00", 0), ("437968.00", 0)]
    # 0.05 by 50, 30 and 20: 0.025, 0.015, 0.010. Down: 2, 1, 1 cents; the one left goes to the first of two halves.
    assert cut("0.05", "50", "30", "20") == [("0.03", 1), ("0.01", 0), ("0.01", 0)]
    # 1.00 by 1, 1, 5 of 7: 14.28, 14.28, 71.42 cents: remainders .28, .28, .42: the last has the cent.
    assert cut("1.00", "1", "1", "5") == [("0.14", 0), ("0.14", 0), ("0.72", 1)]


def test_a_split_knows_currencies_without_and_with_more_places() -> None:
    assert cut("10", "1", "1", "1", places=0) == [("4", 1), ("3", 0), ("3", 0)]
    assert cut("0.001", "1", "1", places=3) == [("0.001", 1), ("0.000", 0)]
    assert cut("5.00", "0", "1") == [("0.00", 0), ("5.00", 0)]
    assert cut("-0.01", "1", "1") == [("0.00", 1), ("-0.01", 0)]


@pytest.mark.parametrize(
    ("amount", "weights"), [("1.00", []), ("1.00", ["0", "0"]), ("1.00", ["2", "-1"]), ("1.005", ["1", "1"])]
)
def test_what_cannot_be_split_is_refused(amount: str, weights: list[str]) -> None:
    with pytest.raises(ValueError, match=r"weights must not be|is not in whole units"):
        cut(amount, *weights)


WEIGHTS = st.lists(st.decimals(0, 10**6, places=3), min_size=1, max_size=12)


@given(st.integers(-(10**17), 10**17), WEIGHTS, st.sampled_from([0, 2, 3]))
def test_a_split_adds_up_and_no_share_is_a_cent_from_its_exact_part(
    cents: int, weights: list[Decimal], places: int
) -> None:
    assume(any(weights))
    amount = Decimal(cents).scaleb(-places)
    shares = split(amount, weights, places)
    cent, whole = Fraction(1, 10**places), sum(map(Fraction, weights))
    assert sum(Fraction(share.amount) for share in shares) == Fraction(amount)
    for share, weight in zip(shares, weights, strict=True):
        exact = Fraction(amount) * Fraction(weight) / whole
        assert abs(Fraction(share.amount) - exact) < cent
        assert share.cents == (Fraction(share.amount) > exact)
        assert isinstance(share, Share)

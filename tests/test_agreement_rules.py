"""Rules on agreements beyond their examples: above all what they must not complain about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from agreements_made import BOTH, register_of
from erc_cli.core.findings import Problem
from erc_cli.core.rules.catalogue import RULES
from erc_cli.core.status import LEGAL, Status, status_on

Content = dict[str, Any]


def problems(code: str, files: Mapping[str, Mapping[str, Any]]) -> list[Problem]:
    return [finding.problem for finding in RULES[code].findings(register_of(files))]


def found(code: str, content: Content, **others: Any) -> list[str]:
    """The fields of an agreement with findings of that code."""
    plan = others.pop("plan", {})
    files = {"plan": plan, "agreements/a": {"parties": BOTH, **content}, **others.pop("files", {})}
    return [".".join(map(str, problem.field)) for problem in problems(code, files)]


def event(kind: str, on: str, **more: str) -> dict[str, str]:
    return {"kind": kind, "on": on, **more}


def amendment(name: str, signed_on: str, **more: str) -> Content:
    return {"id": name, "signed_on": signed_on, "summary": {"en": "x", "fr": "x", "ar": "س"}, **more}


def signed(own: str, other: str) -> list[dict[str, str]]:
    return [{"party": "isesco", "signed_on": own}, {"party": "partners/oic", "signed_on": other}]


UNSIGNED = [{"party": "isesco"}, {"party": "partners/oic"}]

# --- AGR001, AGR002, AGR004, AGR005 -------------------------------------------------------------------------


def test_three_parties_are_fine_and_a_lonely_one_is_not() -> None:
    assert found("AGR001", {"parties": [*UNSIGNED, {"party": "partners/unesco"}]}) == []
    assert found("AGR001", {"parties": [{"party": "isesco"}]}) == ["parties"]


def test_a_party_twice_is_found_where_it_stands_again() -> None:
    assert found("AGR001", {"parties": [*UNSIGNED, {"party": "partners/oic"}]}) == ["parties.2"]


def test_the_own_organisation_is_whoever_the_plan_says() -> None:
    plan = {"organisation": {"id": "alecso", "name": {"en": "x", "fr": "x", "ar": "س"}}}
    assert found("AGR001", {"parties": UNSIGNED}, plan=plan) == ["parties"]


def test_an_end_on_the_day_of_the_effect_is_a_life_of_one_day() -> None:
    assert found("AGR002", {"effective_on": "2019-04-01", "ends_on": "2019-04-01"}) == []
    assert found("AGR002", {"effective_on": "2019-04-01", "ends_on": "2019-03-31"}) == ["ends_on"]


def test_ends_known_in_part_fail_only_in_every_reading() -> None:
    assert found("AGR002", {"ends_on": "2019"}) == []
    assert found("AGR002", {"ends_on": "2019-03"}) == []
    assert found("AGR002", {"ends_on": "2019-02"}) == ["ends_on"]


def test_an_old_agreement_may_have_ended_before_the_day_it_was_surely_signed() -> None:
    assert found("AGR002", {"parties": UNSIGNED, "signed_before": "2019-01-01", "ends_on": "2012-12-31"}) == []


def test_a_draft_without_signatures_has_no_start_to_end_before() -> None:
    assert found("AGR002", {"parties": UNSIGNED, "ends_on": "2012-12-31"}) == []
    assert found(
        "AGR002", {"parties": signed("2019-03-01", "2019-03-10")[:1] + UNSIGNED[1:], "ends_on": "2019-02-01"}
    ) == ["ends_on"]


def test_ends_named_later_are_looked_at_too() -> None:
    content = {
        "amendments": [amendment("shorter", "2019-05-01", ends_on="2019-01-31")],
        "events": [event("renewed", "2019-06-01", ends_on="2018-12-31")],
    }
    assert found("AGR002", content) == ["amendments.shorter.ends_on", "events.2019-06-01-renewed.ends_on"]


def test_signatories_are_asked_for_once_all_have_signed() -> None:
    assert found("AGR004", {}) == ["parties.isesco", "parties.partners/oic"]
    assert found("AGR004", {"parties": [BOTH[0], UNSIGNED[1]]}) == []
    assert found("AGR004", {"parties": UNSIGNED, "signed_before": "2019-01-01"}) == []
    named = [{**party, "signatory": "Somebody"} for party in BOTH]
    assert found("AGR004", {"parties": [*named, {"party": "partners/unesco", "acceded_on": "2020"}]}) == []


def test_an_effect_on_the_day_of_the_last_signature_needs_no_reason() -> None:
    assert found("AGR005", {"effective_on": "2019-03-10"}) == []
    assert found("AGR005", {"effective_on": "2019-03-09"}) == ["effective_on"]
    assert found("AGR005", {"effective_on": "2019-03-09", "effective_reason": "Agreed so"}) == []


def test_an_effect_in_the_month_of_the_last_signature_may_be_after_it() -> None:
    assert found("AGR005", {"effective_on": "2019-03"}) == []
    assert found("AGR005", {"effective_on": "2019-02"}) == ["effective_on"]
    assert found("AGR005", {"effective_on": "2019-01-01", "parties": signed("2019", "2018-12-01")}) == []


def test_a_planned_effect_that_passes_before_anybody_signs_is_no_error_yet() -> None:
    assert found("AGR005", {"effective_on": "2019-01-01", "parties": UNSIGNED}) == []


def test_the_effect_of_an_old_agreement_needs_no_reason() -> None:
    content = {"signed_before": "2019-01-01", "effective_on": "2001-05-01"}
    assert found("AGR005", {"parties": UNSIGNED, **content}) == []


# --- AGR003: the whole table --------------------------------------------------------------------------------

TABLE = """
                     identified negotiating cleared awaiting-signature signed in-force suspended
negotiation-opened        x          x         x           .              .      .         .
sent-for-signature        x          x         x           x              .      .         .
cancelled                 x          x         x           x              .      .         .
suspended                 .          .         .           .              .      x         .
resumed                   .          .         .           .              .      .         x
renewed                   .          .         .           .              .      x         x
renewal-objected          .          .         .           .              .      x         x
terminated                .          .         .           .              x      x         x
withdrawn                 .          .         .           .              x      x         x
"""
"""Nothing is legal any more once it is expired, superseded, terminated or cancelled."""

TACIT = {"ends_on": "2025-12-31", "renewal": {"kind": "tacit", "months": "12"}}
IN: dict[Status, Content] = {
    "identified": {"parties": UNSIGNED},
    "negotiating": {"parties": UNSIGNED, "events": [event("negotiation-opened", "2019-01-10")]},
    "cleared": {
        "parties": UNSIGNED,
        "clearances": [{"kind": "legal", "on": "2019-01-20", "by": "external-relations", "result": "pass"}],
    },
    "awaiting-signature": {"parties": [BOTH[0], UNSIGNED[1]]},
    "signed": {"parties": BOTH, "effective_on": "2022-01-01", **TACIT},
    "in-force": {"parties": BOTH, **TACIT},
    "suspended": {"parties": BOTH, **TACIT, "events": [event("suspended", "2019-08-01")]},
    "expired": {"parties": BOTH, "ends_on": "2019-12-31"},
    "superseded": {"parties": BOTH},
    "terminated": {"parties": BOTH, "events": [event("terminated", "2019-08-01")]},
    "cancelled": {"parties": UNSIGNED, "events": [event("cancelled", "2019-02-01")]},
}
"""An agreement in each status on 2020-06-15."""


def legal_by_the_table() -> set[tuple[str, str]]:
    head, *rows = TABLE.strip().splitlines()
    return {
        (kind, status)
        for kind, *marks in (row.split() for row in rows)
        for status, mark in zip(head.split(), marks, strict=True)
        if mark == "x"
    }


def test_the_table_in_the_code_is_the_one_here() -> None:
    assert {(kind, status) for kind, statuses in LEGAL.items() for status in statuses} == legal_by_the_table()


@pytest.mark.parametrize("status", IN)
@pytest.mark.parametrize("kind", LEGAL)
def test_an_event_is_illegal_exactly_where_the_table_says_no(kind: str, status: Status) -> None:
    happens = event(kind, "2020-06-15", **({"party": "partners/oic"} if kind == "withdrawn" else {}))
    content = {**IN[status], "events": [*IN[status].get("events", []), happens]}
    following = {"parties": signed("2020-01-01", "2020-01-01"), "succeeds": "agreements/a"}
    files = {"agreements/a": content} | ({"agreements/b": following} if status == "superseded" else {})
    before = register_of({**files, "agreements/a": IN[status]})
    agreement = next(one for one in before.agreements if one.id == "a")
    assert status_on(agreement, before, date(2020, 6, 15)) == status
    complaints = problems("AGR003", files)
    assert bool(complaints) is ((kind, status) not in legal_by_the_table())
    for problem in complaints:
        assert problem.field == ("events", f"2020-06-15-{kind}")
        assert f"when it was {status.replace('-', ' ')}" in problem.message


def test_the_message_says_the_status_and_what_is_legal() -> None:
    (problem,) = problems("AGR003", {"agreements/a": {"parties": BOTH, "events": [event("resumed", "2020-06-15")]}})
    assert problem.message == (
        "resumed on 2020-06-15, when it was in force "
        "(legal then: suspended, renewed, renewal-objected, terminated, withdrawn)"
    )
    assert problem.notes == ("resumed is legal when it is suspended",)


def test_nothing_is_legal_after_the_end() -> None:
    content = {
        "parties": BOTH,
        "ends_on": "2019-12-31",
        "events": [event("renewed", "2020-02-01", ends_on="2021-12-31")],
    }
    (problem,) = problems("AGR003", {"agreements/a": content})
    assert problem.message == "renewed on 2020-02-01, when it was expired (nothing can happen to it any more)"


def test_the_page_prints_the_whole_table() -> None:
    page = RULES["AGR003"].reason
    for kind in LEGAL:
        (row,) = [line for line in page.splitlines() if line.strip().startswith(f"{kind} ")]
        listed = {status.strip().replace(" ", "-") for status in row.split(kind, 1)[1].split(",")}
        assert listed == {status for known, status in legal_by_the_table() if known == kind}


# --- AGR003: days -------------------------------------------------------------------------------------------


def test_a_life_as_it_is_lived() -> None:
    events = [
        event("negotiation-opened", "2018-10-01"),
        event("sent-for-signature", "2019-02-01"),
        event("sent-for-signature", "2019-02-20"),
        event("suspended", "2019-06-01"),
        event("resumed", "2019-09-01"),
        event("renewed", "2019-11-01", ends_on="2021-12-31"),
        event("terminated", "2020-05-01", effective_on="2020-08-01"),
    ]
    content = {"ends_on": "2019-12-31", "renewal": {"kind": "express"}, "events": events}
    assert found("AGR003", content) == []
    assert found("AGR003", {**content, "events": events[::-1]}) == []


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_events_of_one_day_may_stand_in_any_order(order: tuple[int, ...]) -> None:
    a_day = [event("suspended", "2019-06-01"), event("resumed", "2019-06-01"), event("terminated", "2019-06-01")]
    assert found("AGR003", {"events": [a_day[number] for number in order]}) == []


def test_of_one_day_only_what_no_order_makes_legal_is_found() -> None:
    a_day = [event("cancelled", "2019-06-01"), event("resumed", "2019-06-01"), event("suspended", "2019-06-01")]
    assert found("AGR003", {"events": a_day}) == ["events.2019-06-01-cancelled"]


def test_two_terminations_on_one_day_are_one_too_many() -> None:
    twice = [event("terminated", "2019-06-01", id="first"), event("terminated", "2019-06-01", id="second")]
    assert found("AGR003", {"events": twice}) == ["events.second"]


def test_a_second_termination_before_the_first_has_effect_is_legal() -> None:
    events = [
        event("terminated", "2019-06-01", effective_on="2019-12-01"),
        event("terminated", "2019-07-01", effective_on="2019-08-01"),
    ]
    assert found("AGR003", {"events": events}) == []


def test_on_the_day_of_the_last_signature_both_sides_of_it_are_legal() -> None:
    assert found("AGR003", {"events": [event("sent-for-signature", "2019-03-10")]}) == []
    assert found("AGR003", {"events": [event("suspended", "2019-03-10")]}) == []
    assert found("AGR003", {"events": [event("sent-for-signature", "2019-03-11")]}) == [
        "events.2019-03-11-sent-for-signature"
    ]
    assert found("AGR003", {"events": [event("suspended", "2019-03-09")]}) == ["events.2019-03-09-suspended"]


def test_on_its_last_day_it_can_be_renewed_and_on_the_next_not() -> None:
    content = {"ends_on": "2019-12-31", "renewal": {"kind": "express", "months": "12"}}
    assert found("AGR003", {**content, "events": [event("renewed", "2019-12-31")]}) == []
    assert found("AGR003", {**content, "events": [event("renewed", "2020-01-01")]}) == ["events.2020-01-01-renewed"]


def test_it_can_be_terminated_on_the_day_a_successor_takes_its_place() -> None:
    following = {"parties": signed("2020-01-10", "2020-01-10"), "succeeds": "agreements/a"}
    for on, expected in (("2020-01-10", []), ("2020-01-11", ["events.2020-01-11-terminated"])):
        assert found("AGR003", {"events": [event("terminated", on)]}, files={"agreements/b": following}) == expected


def test_a_late_amendment_of_the_day_saves_a_renewal_of_that_day() -> None:
    content = {
        "ends_on": "2019-12-31",
        "renewal": {"kind": "express", "months": "12"},
        "amendments": [amendment("longer", "2020-02-01", ends_on="2020-12-31")],
        "events": [event("renewed", "2020-02-01")],
    }
    assert found("AGR003", content) == []


@pytest.mark.parametrize("kind", ["sent-for-signature", "suspended"])
def test_of_a_signature_known_by_its_year_every_reading_must_be_wrong(kind: str) -> None:
    parties = signed("2019", "2019")
    assert found("AGR003", {"parties": parties, "events": [event(kind, "2019-07-01")]}) == []


def test_what_is_before_every_reading_is_wrong() -> None:
    events = [event("suspended", "2018-12-31"), event("sent-for-signature", "2020-01-01")]
    assert found("AGR003", {"parties": signed("2019", "2019"), "events": events}) == [
        "events.2018-12-31-suspended",
        "events.2020-01-01-sent-for-signature",
    ]


def test_an_effect_known_by_its_year_may_be_early_enough() -> None:
    assert found("AGR003", {"effective_on": "2020", "events": [event("suspended", "2020-01-15")]}) == []


def test_an_old_agreement_may_have_been_suspended_long_before() -> None:
    content = {"parties": UNSIGNED, "signed_before": "2019-01-01"}
    events = [event("suspended", "2005-06-01"), event("resumed", "2006-06-01")]
    assert found("AGR003", {**content, "events": events}) == []
    assert found("AGR003", {**content, "events": [event("sent-for-signature", "2001-01-01")]}) == []


def test_a_cancelled_text_cannot_be_signed_after_all() -> None:
    for on in ("2019-02-01", "2019-03-10"):
        assert found("AGR003", {"events": [event("cancelled", on)]}) == [f"events.{on}-cancelled"]
    old = {"parties": UNSIGNED, "signed_before": "2019-01-01", "events": [event("cancelled", "2018-02-01")]}
    assert found("AGR003", old) == ["events.2018-02-01-cancelled"]


def test_after_cancelling_nothing_starts_again() -> None:
    events = [event("cancelled", "2019-02-01"), event("negotiation-opened", "2019-05-01")]
    assert found("AGR003", {"parties": UNSIGNED, "events": events}) == ["events.2019-05-01-negotiation-opened"]


def test_so_many_events_that_nobody_had_them_are_told_and_do_not_hang() -> None:
    many = [
        event(
            "suspended" if n % 2 == 0 else "resumed",
            f"{2020 + n // 300}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}",
            id=f"e{n}",
        )
        for n in range(900)
    ]
    fields = found("AGR003", {"events": many})
    assert "events" in fields
    assert len(fields) <= 101


# --- AGR006 -------------------------------------------------------------------------------------------------

ASKING = {"clearances": {"memorandum-of-understanding": ["legal", "financial"]}}


def clearance(kind: str, on: str, result: str = "pass", **more: str) -> dict[str, str]:
    return {"kind": kind, "on": on, "by": "external-relations", "result": result, **more}


def cleared(*clearances: dict[str, str], **more: Any) -> list[str]:
    return found("AGR006", {"kind": "memorandum-of-understanding", "clearances": list(clearances), **more}, plan=ASKING)


def test_clearances_before_the_own_signature_will_do() -> None:
    assert cleared(clearance("legal", "2019-02-01"), clearance("financial", "2019-03-01")) == []


def test_a_partner_may_sign_before_the_clearance() -> None:
    in_time = [clearance("legal", "2019-03-05"), clearance("financial", "2019-03-05")]
    assert cleared(*in_time, parties=signed("2019-03-10", "2019-03-01")) == []
    assert cleared(*in_time, parties=signed("2019-03-01", "2019-03-10")) == [
        "clearances.2019-03-05-legal.on",
        "clearances.2019-03-05-financial.on",
    ]


def test_each_missing_clearance_is_told() -> None:
    assert cleared() == ["parties.isesco.signed_on"] * 2


def test_what_failed_last_was_not_cleared() -> None:
    first = [clearance("legal", "2019-01-10"), clearance("financial", "2019-01-10")]
    assert cleared(*first, clearance("legal", "2019-02-01", "fail")) == ["parties.isesco.signed_on"]
    mended = [*first, clearance("legal", "2019-02-01", "fail"), clearance("legal", "2019-02-20")]
    assert cleared(*mended) == []


def test_another_clearance_after_the_signature_does_no_harm() -> None:
    first = [clearance("legal", "2019-01-10"), clearance("financial", "2019-01-10")]
    assert cleared(*first, clearance("legal", "2019-08-01", "fail")) == []


def test_a_signature_known_by_its_month_may_be_after_the_clearance() -> None:
    in_march = [clearance("legal", "2019-03-20"), clearance("financial", "2019-03-20")]
    assert cleared(*in_march, parties=signed("2019-03", "2019-02-01")) == []


def test_clearances_are_asked_for_by_kind_and_not_of_drafts_or_old_agreements() -> None:
    assert cleared(kind="protocol") == []
    assert cleared(parties=UNSIGNED) == []
    assert cleared(parties=UNSIGNED, signed_before="2019-01-01") == []


# --- AGR008, AGR009, AGR012, AGR019 -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signed_on", "content", "is_wrong"),
    [
        ("2019-03-09", {}, True),
        ("2019-03-10", {}, False),
        ("2019-03-20", {"effective_on": "2019-06-01"}, False),
        ("2019-12-31", {"ends_on": "2019-12-31"}, False),
        ("2020-01-01", {"ends_on": "2019-12-31"}, True),
        ("2020-01-01", {"ends_on": "2019"}, True),
        ("2023-05-05", {"ends_on": "2019-12-31", "renewal": {"kind": "tacit", "months": "12"}}, False),
        ("2019-08-01", {"events": [event("suspended", "2019-06-01")]}, False),
        ("2019-08-01", {"events": [event("terminated", "2019-08-01")]}, False),
        ("2019-08-02", {"events": [event("terminated", "2019-08-01")]}, True),
        ("2019-08-02", {"events": [event("terminated", "2019-08-01", effective_on="2019-12-01")]}, False),
        ("2019-03-05", {"parties": signed("2019-03", "2019-02-01")}, False),
        ("2010-03-05", {"parties": UNSIGNED, "signed_before": "2019-01-01"}, False),
        ("2019-05-05", {"parties": UNSIGNED}, True),
    ],
)
def test_an_amendment_is_signed_in_the_life_of_the_agreement(signed_on: str, content: Content, is_wrong: bool) -> None:
    content = {**content, "amendments": [amendment("one", signed_on, ends_on="2030-12-31")]}
    assert found("AGR008", content) == (["amendments.one.signed_on"] if is_wrong else [])


def test_an_amendment_may_follow_another_that_lengthened_the_life() -> None:
    first = amendment("one", "2019-11-01", ends_on="2020-12-31")
    assert found("AGR008", {"ends_on": "2019-12-31", "amendments": [first, amendment("two", "2020-11-01")]}) == []


@pytest.mark.parametrize(
    ("renewal", "happens", "is_wrong"),
    [
        (None, event("renewed", "2019-11-01", ends_on="2020-12-31"), True),
        ({"kind": "none"}, event("renewed", "2019-11-01"), True),
        ({"kind": "express"}, event("renewed", "2019-11-01", ends_on="2020-12-31"), False),
        ({"kind": "express"}, event("renewed", "2019-11-01"), True),
        ({"kind": "express", "months": "12"}, event("renewed", "2019-11-01"), False),
        ({"kind": "tacit", "months": "12"}, event("renewed", "2019-11-01"), False),
        ({"kind": "tacit", "months": "12"}, event("renewed", "2019-11-01", ends_on="2025-12-31"), False),
        ({"kind": "tacit", "months": "12"}, event("renewal-objected", "2019-11-01"), False),
        ({"kind": "express", "months": "12"}, event("renewal-objected", "2019-11-01"), True),
        (None, event("renewal-objected", "2019-11-01"), True),
    ],
)
def test_a_renewal_is_what_its_clause_knows(renewal: Content | None, happens: dict[str, str], is_wrong: bool) -> None:
    content = {"ends_on": "2019-12-31", "renewal": renewal, "events": [happens]}
    assert bool(found("AGR009", content)) is is_wrong


def test_renewals_beyond_the_clause_are_counted_by_day() -> None:
    events = [event("renewed", "2020-11-01"), event("renewed", "2019-11-01"), event("renewed", "2021-11-01")]
    content = {"ends_on": "2019-12-31", "renewal": {"kind": "express", "months": "12", "times": "2"}, "events": events}
    assert found("AGR009", content) == ["events.2021-11-01-renewed"]


def test_a_renewal_without_an_end_to_count_from() -> None:
    clause = {"renewal": {"kind": "express", "months": "12"}}
    assert found("AGR009", {**clause, "events": [event("renewed", "2019-11-01")]}) == ["events.2019-11-01-renewed"]
    named = [event("renewed", "2019-11-01", ends_on="2020-12-31"), event("renewed", "2020-11-01")]
    assert found("AGR009", {**clause, "events": named}) == []


def test_exactly_the_notice_asked_for_is_enough() -> None:
    clause = {"termination": {"notice_days": "30"}}
    enough = event("terminated", "2020-01-01", effective_on="2020-01-31")
    less = event("terminated", "2020-01-01", effective_on="2020-01-30")
    early = event("terminated", "2020-01-01", effective_on="2019-06-01")
    assert found("AGR012", {**clause, "events": [enough]}) == []
    assert found("AGR012", {**clause, "events": [less]}) == ["events.2020-01-01-terminated"]
    assert found("AGR012", {**clause, "events": [early]}) == ["events.2020-01-01-terminated"]
    assert found("AGR012", {"events": [event("terminated", "2020-01-01")]}) == []
    assert found("AGR012", {"termination": {"notice_days": "0"}, "events": [event("terminated", "2020-01-01")]}) == []


def test_a_withdrawal_without_a_party_says_nothing() -> None:
    assert found("AGR019", {"events": [event("withdrawn", "2020-01-01")]}) == ["events.2020-01-01-withdrawn"]
    assert found("AGR019", {"events": [event("withdrawn", "2020-01-01", party="isesco")]}) == []
    assert found("AGR019", {"events": [event("suspended", "2020-01-01", party="partners/unesco")]}) == []


# --- AGR015, AGR016 -----------------------------------------------------------------------------------------


def test_a_condition_is_told_once_however_many_agreements_there_are() -> None:
    files = {
        "partners/oic": {"conditions": [{"id": "audit", "text": {"en": "x", "fr": "x", "ar": "س"}}]},
        "agreements/a": {"parties": BOTH},
        "agreements/b": {"parties": UNSIGNED},
    }
    (problem,) = problems("AGR015", files)
    assert (problem.record, problem.field) == ("partners/oic", ("conditions", "audit"))
    assert problem.related[0].record == "agreements/a"


def test_conditions_of_who_is_no_party_can_wait() -> None:
    condition = {"conditions": [{"id": "audit", "text": {"en": "x", "fr": "x", "ar": "س"}}]}
    cancelled = {"parties": UNSIGNED, "events": [event("cancelled", "2019-01-01")]}
    assert (
        problems("AGR015", {"partners/oic": condition, "partners/unesco": condition, "agreements/a": cancelled}) == []
    )


def test_what_serves_nothing_is_told_once_it_is_signed() -> None:
    assert found("AGR016", {}) == ["serves"]
    assert found("AGR016", {"serves": ["projects/p.areas.a"]}) == []
    assert found("AGR016", {"parties": [BOTH[0], UNSIGNED[1]]}) == []
    assert found("AGR016", {"parties": UNSIGNED, "signed_before": "2019-01-01"}) == []


def test_what_carries_out_an_agreement_serves_what_that_one_serves() -> None:
    above = {"parties": BOTH, "serves": ["projects/p"]}
    assert found("AGR016", {"under": "agreements/above"}, files={"agreements/above": above}) == []


@pytest.mark.parametrize("code", ["AGR007", "AGR016"])
def test_what_was_over_before_the_plan_is_left_in_peace(code: str) -> None:
    old = {"parties": signed("2012-05-01", "2012-05-01")}
    assert found(code, old) != []
    assert found(code, {**old, "ends_on": "2018-12-31"}) == []
    assert found(code, {**old, "events": [event("terminated", "2015-05-01")]}) == []
    assert found(code, {**old, "ends_on": "2016-12-31", "renewal": {"kind": "tacit", "months": "12"}}) != []


# --- AGR010, AGR011, AGR013, AGR014 -------------------------------------------------------------------------


def programme(above: Content, **content: Any) -> list[str]:
    under = {"kind": "programme-of-action", "under": "agreements/above", "parties": signed("2019-05-02", "2019-05-02")}
    return found("AGR010", {**under, **content}, files={"agreements/above": {"parties": BOTH, **above}})


def test_a_programme_within_its_agreement() -> None:
    assert programme({}) == []
    assert programme({"ends_on": "2021-12-31"}, ends_on="2021-12-31") == []
    assert programme({"ends_on": "2021-12-31"}) == []
    assert programme({}, parties=BOTH) == []


def test_a_programme_that_ends_later_or_starts_earlier() -> None:
    assert programme({"ends_on": "2021-12-31"}, ends_on="2022-01-01") == ["ends_on"]
    assert programme({"effective_on": "2019-06-01"}) == ["under"]
    assert programme({}, effective_on="2019-01-15", parties=signed("2019-01-10", "2019-01-10")) == ["effective_on"]
    assert programme({"ends_on": "2019-04-30"}) == ["under"]


def test_the_agreement_above_lives_as_long_as_it_is_renewed() -> None:
    tacit = {"ends_on": "2019-12-31", "renewal": {"kind": "tacit", "months": "12"}}
    assert programme(tacit, ends_on="2021-12-31") == []
    objected = {**tacit, "events": [event("renewal-objected", "2020-06-01")]}
    assert programme(objected, ends_on="2021-12-31") == ["ends_on"]
    assert programme({**tacit, "renewal": {**tacit["renewal"], "times": "2"}}, ends_on="2021-12-31") == []
    amended = {"ends_on": "2019-12-31", "amendments": [amendment("longer", "2019-10-01", ends_on="2022-12-31")]}
    assert programme(amended, ends_on="2021-12-31") == []


def test_the_own_tacit_renewal_of_a_programme_is_no_end() -> None:
    clause = {"kind": "tacit", "months": "12"}
    assert programme({"ends_on": "2021-12-31"}, ends_on="2020-12-31", renewal=clause) == []


def test_ends_known_by_the_year_may_fit() -> None:
    assert programme({"ends_on": "2021-06-30"}, ends_on="2021") == []
    assert programme({"ends_on": "2021"}, ends_on="2021-12-31") == []
    assert programme({"ends_on": "2020-12-31"}, ends_on="2021") == ["ends_on"]


def test_a_programme_goes_on_under_the_successor() -> None:
    files = {
        "agreements/a": {
            "kind": "programme-of-action",
            "under": "agreements/above",
            "parties": signed("2019-05-02", "2019-05-02"),
            "ends_on": "2023-12-31",
        },
        "agreements/above": {"parties": BOTH, "ends_on": "2021-12-31"},
        "agreements/new": {"parties": signed("2021-05-01", "2021-05-01"), "succeeds": "agreements/above"},
    }
    assert problems("AGR010", files) == []


def test_of_an_agreement_without_dates_no_life_is_known() -> None:
    assert programme({"parties": UNSIGNED}) == []
    assert programme({"parties": UNSIGNED, "signed_before": "2020-01-01"}) == []
    assert programme({}, parties=UNSIGNED, signed_before="2019-01-01") == []


def beside(one: Content, other: Content) -> list[str]:
    files = {"agreements/a": {"parties": BOTH, **one}, "agreements/b": {"parties": BOTH, **other}}
    return [problem.record for problem in problems("AGR011", files)]


LATER = {"parties": signed("2020-05-01", "2020-05-01")}


def test_two_of_one_kind_at_one_time() -> None:
    assert beside({}, LATER) == ["agreements/b"]
    assert beside(LATER, {}) == ["agreements/a"]
    assert beside({"fields": ["education"]}, {**LATER, "fields": ["education"]}) == ["agreements/b"]


def test_two_that_are_about_something_else() -> None:
    assert beside({"kind": "memorandum-of-understanding"}, LATER) == []
    assert beside({"fields": ["education"]}, {**LATER, "fields": ["education", "science"]}) == []
    assert beside({}, {"parties": [*LATER["parties"], {"party": "partners/unesco", "signed_on": "2020-05-01"}]}) == []
    programme = {"kind": "programme-of-action"}
    assert beside({**programme, "under": "agreements/x"}, {**LATER, **programme, "under": "agreements/y"}) == []


def test_letters_and_protocols_are_compared_only_by_their_fields() -> None:
    for kind in ("exchange-of-letters", "protocol", "prize-agreement"):
        assert beside({"kind": kind}, {**LATER, "kind": kind}) == []
        both = {"kind": kind, "fields": ["education"]}
        assert beside(both, {**LATER, **both}) == ["agreements/b"]


def test_old_agreements_of_unknown_kind_are_not_compared() -> None:
    old = {"kind": "unspecified", "parties": UNSIGNED, "signed_before": "2019-01-01"}
    assert beside(old, old) == []


def test_one_after_the_other_or_in_place_of_it() -> None:
    assert beside({"ends_on": "2020-04-30"}, LATER) == []
    assert beside({"ends_on": "2020-05-01"}, LATER) == ["agreements/b"]
    assert beside({}, {**LATER, "succeeds": "agreements/a"}) == []
    assert beside({"events": [event("terminated", "2020-05-01")]}, LATER) == []
    assert beside({"ends_on": "2019-12-31", "renewal": {"kind": "tacit", "months": "12"}}, LATER) == ["agreements/b"]


def test_drafts_and_readings_in_which_they_do_not_meet() -> None:
    assert beside({}, {"parties": UNSIGNED}) == []
    assert beside({"ends_on": "2020"}, LATER) == []
    assert beside({"ends_on": "2020-12-31"}, {"parties": signed("2020", "2020")}) == ["agreements/b"]
    assert beside({"ends_on": "2020-06-30"}, {"parties": signed("2020", "2020")}) == []


def test_of_many_alike_each_is_told_once() -> None:
    files = {f"agreements/a{n}": {"parties": signed(f"2019-03-{n:02}", f"2019-03-{n:02}")} for n in range(1, 21)}
    assert len(problems("AGR011", files)) == 19


def ran(done: Content, events: list[dict[str, str]], **more: Any) -> list[str]:
    activity = {"project": "projects/p", "under": "agreements/a", "done": done, **more}
    return found("AGR013", {"events": events}, files={"activities/x": activity})


REST = [event("suspended", "2019-06-01"), event("resumed", "2019-09-01")]


def test_an_activity_that_ran_while_its_agreement_rested() -> None:
    assert ran({"start": "2019-08-10", "end": "2019-08-12"}, REST) == ["done.start"]
    assert ran({"end": "2019-08-12"}, REST) == ["done.end"]
    assert ran({"start": "2019-05-20", "end": "2019-06-10"}, REST) == ["done.start"]
    assert ran({"start": "2019-08-10", "end": "2019-08-12"}, REST, suspension_exception="Agreed with the partner") == []


def test_an_activity_before_after_or_on_the_day_itself() -> None:
    assert ran({"start": "2019-05-20", "end": "2019-06-01"}, REST) == []
    assert ran({"start": "2019-09-01", "end": "2019-09-03"}, REST) == []
    assert ran({"summary": {"en": "x", "fr": "x", "ar": "س"}}, REST) == []
    assert ran({"start": "2019-08-10"}, [event("terminated", "2019-06-01")]) == []


def test_a_plan_is_no_activity_that_ran() -> None:
    files = {
        "agreements/a": {"parties": BOTH, "events": REST},
        "activities/x": {
            "project": "projects/p",
            "under": "agreements/a",
            "planned": {"start": "2019-08-01", "end": "2019-08-03"},
        },
    }
    assert problems("AGR013", files) == []


def follows(old: Content, new: Content) -> list[str]:
    files = {
        "agreements/old": {"parties": BOTH, **old},
        "agreements/new": {**LATER, "succeeds": "agreements/old", **new},
    }
    return [problem.message for problem in problems("AGR014", files)]


def test_the_gap_before_a_successor_is_counted_in_days() -> None:
    assert follows({"ends_on": "2020-04-29"}, {}) == [
        "in force from 2020-05-01, one day after agreements/old, whose last day was 2020-04-29"
    ]
    assert follows({"ends_on": "2019-12-31"}, {}) == [
        "in force from 2020-05-01, 121 days after agreements/old, whose last day was 2019-12-31"
    ]
    assert follows({"events": [event("terminated", "2020-04-01")]}, {}) == [
        "in force from 2020-05-01, 30 days after agreements/old, whose last day was 2020-03-31"
    ]


def test_a_successor_without_a_gap() -> None:
    assert follows({"ends_on": "2020-04-30"}, {}) == []
    assert follows({"ends_on": "2020-12-31"}, {}) == []
    assert follows({}, {}) == []
    assert follows({"ends_on": "2020"}, {}) == []
    assert follows({"ends_on": "2019-12-31", "renewal": {"kind": "tacit", "months": "12"}}, {}) == []


def test_a_gap_that_is_not_known() -> None:
    assert follows({"ends_on": "2019-12-31"}, {"parties": UNSIGNED}) == []
    assert follows({"ends_on": "2019-12-31"}, {"parties": UNSIGNED, "signed_before": "2021-01-01"}) == []
    assert follows({"parties": UNSIGNED, "ends_on": "2019-12-31"}, {}) == []
    assert follows({"ends_on": "2019-12-31"}, {"parties": signed("2020", "2020")}) == []


def test_of_two_successors_the_first_closes_the_gap() -> None:
    files = {
        "agreements/old": {"parties": BOTH, "ends_on": "2019-12-31"},
        "agreements/new": {"parties": signed("2020-01-01", "2020-01-01"), "succeeds": "agreements/old"},
        "agreements/other": {**LATER, "succeeds": "agreements/old"},
    }
    assert problems("AGR014", files) == []

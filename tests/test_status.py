"""What became of an agreement on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from agreements_made import BOTH, day, made, register_of
from erc_cli.core.register import Register
from erc_cli.core.status import (
    Turn,
    end_on,
    full_signature,
    in_force_from,
    life,
    objection_deadline,
    possible_statuses,
    status_on,
    superseded_on,
    takes_effect_on,
    term_on,
)

PARTIES = [{"party": "isesco"}, {"party": "partners/oic"}]
THREE = [*BOTH, {"party": "partners/unesco", "signed_on": "2019-03-05"}]


def statuses(content: dict[str, Any], *days: str, plan: dict[str, Any] | None = None) -> list[str]:
    agreement, register = made({"parties": BOTH, **content}, plan)
    return [status_on(agreement, register, day(text)) for text in days]


def ends(content: dict[str, Any], *days: str) -> list[str]:
    agreement, _ = made({"parties": BOTH, **content})
    return [str(end_on(agreement, day(text))) for text in days]


# --- the way to a signature ---------------------------------------------------------------------------------


def test_without_facts_it_is_identified() -> None:
    assert statuses({"parties": PARTIES}, "2019-01-01") == ["identified"]


def test_a_negotiation_that_was_opened() -> None:
    opened = {"parties": PARTIES, "events": [{"kind": "negotiation-opened", "on": "2019-02-01"}]}
    assert statuses(opened, "2019-01-31", "2019-02-01") == ["identified", "negotiating"]


def clearance(kind: str, on: str, result: str = "pass") -> dict[str, str]:
    return {"kind": kind, "on": on, "by": "external-relations", "result": result}


ASKING = {"clearances": {"memorandum-of-understanding": ["legal", "financial"]}}


def test_cleared_is_what_the_plan_asks_for() -> None:
    content = {
        "kind": "memorandum-of-understanding",
        "parties": PARTIES,
        "clearances": [clearance("legal", "2019-02-01"), clearance("financial", "2019-02-10")],
    }
    found = statuses(content, "2019-01-31", "2019-02-09", "2019-02-10", plan=ASKING)
    assert found == ["identified", "negotiating", "cleared"]


def test_the_last_clearance_of_a_kind_counts() -> None:
    failed = [clearance("legal", "2019-02-01"), clearance("legal", "2019-02-05", "fail")]
    mended = [*failed, clearance("legal", "2019-02-09")]
    for clearances, expected in ((failed, "negotiating"), (mended, "cleared"), (mended[::-1], "cleared")):
        assert statuses({"parties": PARTIES, "clearances": clearances}, "2019-03-01") == [expected]


def test_a_failed_clearance_that_nobody_asked_for_holds_it_up_too() -> None:
    content = {
        "parties": PARTIES,
        "clearances": [clearance("legal", "2019-02-01"), clearance("financial", "2019-02-01", "fail")],
    }
    assert statuses(content, "2019-03-01") == ["negotiating"]


def test_where_the_plan_asks_for_no_clearance_one_is_enough() -> None:
    content = {"parties": PARTIES, "clearances": [clearance("substantive", "2019-02-01")]}
    assert statuses(content, "2019-02-01") == ["cleared"]


def test_sent_for_signature_and_signed_by_one() -> None:
    content = {
        "parties": [{"party": "isesco", "signed_on": "2019-03-01"}, {"party": "partners/oic"}],
        "clearances": [clearance("legal", "2019-02-01")],
        "events": [{"kind": "sent-for-signature", "on": "2019-02-10"}],
    }
    found = statuses(content, "2019-02-09", "2019-02-10", "2019-03-01", "2039-03-01")
    assert found == ["cleared", "awaiting-signature", "awaiting-signature", "awaiting-signature"]


def test_signed_by_all_it_is_in_force_from_the_last_signature() -> None:
    assert statuses({}, "2019-02-28", "2019-03-09", "2019-03-10") == ["identified", "awaiting-signature", "in-force"]


def test_signed_by_two_of_three() -> None:
    three = [*BOTH, {"party": "partners/unesco"}]
    assert statuses({"parties": three}, "2030-01-01") == ["awaiting-signature"]


def test_signed_and_not_yet_in_effect() -> None:
    content = {"effective_on": "2019-06-01"}
    assert statuses(content, "2019-03-10", "2019-05-31", "2019-06-01") == ["signed", "signed", "in-force"]


def test_an_effect_before_the_last_signature_waits_for_it() -> None:
    content = {"effective_on": "2019-01-01", "effective_reason": "Agreed so"}
    assert statuses(content, "2019-03-09", "2019-03-10") == ["awaiting-signature", "in-force"]
    agreement, _ = made({"parties": BOTH, **content})
    assert (takes_effect_on(agreement), in_force_from(agreement)) == (day("2019-01-01"), day("2019-03-10"))


def test_cancelled_before_it_was_signed_it_stays_so() -> None:
    content = {"events": [{"kind": "cancelled", "on": "2019-03-05"}]}
    assert statuses(content, "2019-03-04", "2019-03-05", "2019-04-01") == [
        "awaiting-signature",
        "cancelled",
        "cancelled",
    ]


def test_cancelled_after_it_was_signed_is_no_cancellation() -> None:
    for on in ("2019-03-10", "2019-05-01"):
        assert statuses({"events": [{"kind": "cancelled", "on": on}]}, "2019-06-01") == ["in-force"]


def test_signed_before_a_day_it_is_in_force_from_that_day() -> None:
    content = {"parties": PARTIES, "signed_before": "2019-01-01"}
    assert statuses(content, "2018-12-31", "2019-01-01", "2030-01-01") == ["identified", "in-force", "in-force"]


def test_signed_before_a_day_and_ended_before_it() -> None:
    content = {"parties": PARTIES, "signed_before": "2019-01-01", "ends_on": "2015"}
    assert statuses(content, "2016-01-01", "2019-01-01") == ["identified", "expired"]


def test_a_signature_known_by_its_month_counts_from_the_first() -> None:
    parties = [{"party": "isesco", "signed_on": "2019-03"}, {"party": "partners/oic", "signed_on": "2019-02-11"}]
    assert statuses({"parties": parties}, "2019-02-28", "2019-03-01") == ["awaiting-signature", "in-force"]


def test_a_signature_known_by_its_year_and_another_in_that_year() -> None:
    parties = [{"party": "isesco", "signed_on": "2019"}, {"party": "partners/oic", "signed_on": "2019-02-11"}]
    agreement, _ = made({"parties": parties})
    assert full_signature(agreement) == day("2019-02-11")


def test_effect_and_end_known_in_part_are_read_widely() -> None:
    content = {"effective_on": "2019-06", "ends_on": "2020"}
    found = statuses(content, "2019-05-31", "2019-06-01", "2020-12-31", "2021-01-01")
    assert found == ["signed", "in-force", "in-force", "expired"]


# --- parties that come and go -------------------------------------------------------------------------------


def withdrawn(party: str, on: str = "2020-01-15", **more: str) -> dict[str, str]:
    return {"kind": "withdrawn", "on": on, "party": party, **more}


def test_the_withdrawal_of_one_of_two_ends_it() -> None:
    content = {"events": [withdrawn("partners/oic")]}
    assert statuses(content, "2020-01-14", "2020-01-15") == ["in-force", "terminated"]


def test_the_withdrawal_of_one_of_three_does_not() -> None:
    assert statuses({"parties": THREE, "events": [withdrawn("partners/oic")]}, "2020-01-15") == ["in-force"]


def test_the_withdrawal_of_two_of_three_does() -> None:
    both = [withdrawn("partners/oic"), withdrawn("partners/unesco", "2020-02-01")]
    assert statuses({"parties": THREE, "events": both}, "2020-01-31", "2020-02-01") == ["in-force", "terminated"]


def test_the_own_withdrawal_ends_it_for_us_with_any_number_of_parties() -> None:
    content = {"parties": THREE, "events": [withdrawn("isesco", effective_on="2020-04-01")]}
    assert statuses(content, "2020-03-31", "2020-04-01") == ["in-force", "terminated"]


def test_a_party_that_joined_makes_up_for_one_that_left() -> None:
    joined = [*BOTH, {"party": "partners/unesco", "acceded_on": "2019-08-01"}]
    left = {"parties": joined, "events": [withdrawn("partners/oic")]}
    assert statuses(left, "2019-03-10", "2020-01-15") == ["in-force", "in-force"]
    too_late = [*BOTH, {"party": "partners/unesco", "acceded_on": "2020-08-01"}]
    assert statuses({"parties": too_late, "events": [withdrawn("partners/oic")]}, "2020-01-15") == ["terminated"]


def test_a_party_that_joins_later_is_not_waited_for() -> None:
    joined = [*BOTH, {"party": "partners/unesco", "acceded_on": "2025-08-01"}]
    assert statuses({"parties": joined}, "2019-03-10") == ["in-force"]


# --- suspended and resumed ----------------------------------------------------------------------------------


def event(kind: str, on: str, **more: str) -> dict[str, str]:
    return {"kind": kind, "on": on, **more}


def test_suspended_and_resumed() -> None:
    content = {"events": [event("suspended", "2019-06-01"), event("resumed", "2019-09-01")]}
    found = statuses(content, "2019-05-31", "2019-06-01", "2019-08-31", "2019-09-01")
    assert found == ["in-force", "suspended", "suspended", "in-force"]


def test_a_suspension_counts_from_its_effect() -> None:
    content = {"events": [event("suspended", "2019-06-01", effective_on="2019-07-01")]}
    assert statuses(content, "2019-06-30", "2019-07-01") == ["in-force", "suspended"]


def test_a_suspension_with_an_earlier_effect_counts_from_the_day_it_was_said() -> None:
    content = {"events": [event("suspended", "2019-06-01", effective_on="2019-04-01")]}
    assert statuses(content, "2019-05-31", "2019-06-01") == ["in-force", "suspended"]


@pytest.mark.parametrize("turned", [False, True])
def test_suspended_and_resumed_on_one_day_changes_nothing(turned: bool) -> None:
    pair = [event("suspended", "2019-06-01"), event("resumed", "2019-06-01")]
    assert statuses({"events": pair[::-1] if turned else pair}, "2019-06-01") == ["in-force"]
    before = event("suspended", "2019-05-01")
    assert statuses({"events": [before, *(pair[::-1] if turned else pair)]}, "2019-06-01") == ["suspended"]


def test_the_term_runs_on_while_suspended() -> None:
    content = {"ends_on": "2019-12-31", "events": [event("suspended", "2019-06-01")]}
    assert statuses(content, "2019-12-31", "2020-01-01") == ["suspended", "expired"]


def test_a_suspension_before_the_effect_holds_from_the_effect_on() -> None:
    content = {"effective_on": "2019-06-01", "events": [event("suspended", "2019-05-01")]}
    assert statuses(content, "2019-05-31", "2019-06-01") == ["signed", "suspended"]


# --- ends, renewals, amendments -----------------------------------------------------------------------------


def test_it_expires_after_its_last_day() -> None:
    assert statuses({"ends_on": "2019-12-31"}, "2019-12-31", "2020-01-01") == ["in-force", "expired"]


def test_an_end_before_the_start_leaves_it_expired_from_the_signature_on() -> None:
    assert statuses({"ends_on": "2018-12-31"}, "2019-03-09", "2019-03-10") == ["awaiting-signature", "expired"]


def test_without_an_end_it_is_indefinite() -> None:
    agreement, register = made({"parties": BOTH})
    assert term_on(agreement, date.max) is None
    assert status_on(agreement, register, date.max) == "in-force"


TACIT = {"kind": "tacit", "months": "12"}


def test_tacit_renewals_go_on() -> None:
    content = {"ends_on": "2019-12-31", "renewal": TACIT}
    assert ends(content, "2019-12-31", "2020-01-01", "2020-12-31", "2021-01-01") == [
        "2019-12-31",
        "2020-12-31",
        "2020-12-31",
        "2021-12-31",
    ]
    assert statuses(content, "2020-01-01", "2035-07-01", "9999-12-31") == ["in-force"] * 3


def test_tacit_renewals_are_used_up() -> None:
    content = {"ends_on": "2019-12-31", "renewal": {**TACIT, "times": "2"}}
    assert statuses(content, "2021-12-31", "2022-01-01") == ["in-force", "expired"]


def test_each_renewal_is_counted_from_the_first_end() -> None:
    content = {"ends_on": "2019-08-31", "renewal": {"kind": "tacit", "months": "6"}}
    assert ends(content, "2019-09-01", "2020-03-01", "2020-09-01") == ["2020-02-29", "2020-08-31", "2021-02-28"]


def test_a_term_from_the_29th_of_february() -> None:
    content = {"ends_on": "2020-02-29", "renewal": TACIT}
    assert ends(content, "2020-03-01", "2021-03-01", "2023-03-01") == ["2021-02-28", "2022-02-28", "2024-02-29"]


def test_month_ends_of_monthly_terms() -> None:
    content = {"ends_on": "2019-01-31", "renewal": {"kind": "tacit", "months": "1"}}
    assert ends(content, "2019-02-01", "2019-03-01", "2019-04-01") == ["2019-02-28", "2019-03-31", "2019-04-30"]


NOTICE = {"ends_on": "2019-12-31", "renewal": {**TACIT, "notice_days": "90"}}


def test_the_last_day_to_object() -> None:
    assert objection_deadline(day("2019-12-31"), 90) == day("2019-10-02")
    assert objection_deadline(day("2019-12-31"), None) == day("2019-12-31")
    assert objection_deadline(date.min, 90) == date.min


def test_an_objection_in_time_ends_the_term() -> None:
    content = {**NOTICE, "events": [event("renewal-objected", "2019-10-02")]}
    assert statuses(content, "2019-12-31", "2020-01-01") == ["in-force", "expired"]


def test_a_late_objection_ends_the_next_term() -> None:
    content = {**NOTICE, "events": [event("renewal-objected", "2019-10-03")]}
    assert statuses(content, "2020-01-01", "2020-12-31", "2021-01-01") == ["in-force", "in-force", "expired"]


def test_an_objection_after_several_terms() -> None:
    content = {**NOTICE, "events": [event("renewal-objected", "2022-10-02")]}
    assert ends(content, "2022-12-31", "2023-01-01", "2030-01-01") == ["2022-12-31"] * 3
    later = {**NOTICE, "events": [event("renewal-objected", "2022-10-03")]}
    assert ends(later, "2022-12-31", "2023-01-01", "2030-01-01") == ["2022-12-31", "2023-12-31", "2023-12-31"]


def test_an_objection_is_not_known_before_its_day() -> None:
    content = {**NOTICE, "events": [event("renewal-objected", "2020-02-01")]}
    agreement, _ = made({"parties": BOTH, **content})
    assert end_on(agreement, day("2020-01-01")) == day("2020-12-31")


def test_a_notice_longer_than_a_term_ends_the_first_term_it_is_in_time_for() -> None:
    content = {
        "ends_on": "2019-12-31",
        "renewal": {"kind": "tacit", "months": "1", "notice_days": "90"},
        "events": [event("renewal-objected", "2019-12-02")],
    }
    assert ends(content, "2025-01-01") == ["2020-03-31"]


def test_an_objection_is_settled_by_what_the_parties_agree_later() -> None:
    amended = {
        "id": "longer",
        "signed_on": "2019-11-01",
        "ends_on": "2020-12-31",
        "summary": {"en": "x", "fr": "x", "ar": "س"},
    }
    content = {**NOTICE, "events": [event("renewal-objected", "2019-09-01")], "amendments": [amended]}
    assert ends(content, "2019-10-31", "2020-12-31", "2021-01-01") == ["2019-12-31", "2020-12-31", "2021-12-31"]
    renewed = {**NOTICE, "events": [event("renewal-objected", "2019-09-01"), event("renewed", "2019-11-01")]}
    assert ends(renewed, "2019-10-31", "2019-11-01", "2021-01-01") == ["2019-12-31", "2020-12-31", "2021-12-31"]


def test_an_objection_after_an_amendment_counts() -> None:
    amended = {
        "id": "longer",
        "signed_on": "2019-08-01",
        "ends_on": "2020-12-31",
        "summary": {"en": "x", "fr": "x", "ar": "س"},
    }
    content = {**NOTICE, "events": [event("renewal-objected", "2019-09-01")], "amendments": [amended]}
    assert ends(content, "2021-01-01") == ["2020-12-31"]


def test_a_noted_tacit_renewal_is_not_counted_twice() -> None:
    content = {**NOTICE, "events": [event("renewed", "2020-01-01")]}
    assert ends(content, "2020-01-01", "2020-12-31", "2021-01-01") == ["2020-12-31", "2020-12-31", "2021-12-31"]
    once = {**content, "renewal": {**TACIT, "times": "1"}}
    assert ends(once, "2020-01-01", "2021-01-01") == ["2020-12-31", "2020-12-31"]


EXPRESS = {"ends_on": "2019-12-31", "renewal": {"kind": "express", "months": "24"}}


def test_an_express_clause_renews_nothing_by_itself() -> None:
    assert statuses(EXPRESS, "2020-01-01") == ["expired"]


def test_an_express_renewal_with_an_end() -> None:
    content = {**EXPRESS, "events": [event("renewed", "2019-11-15", ends_on="2020-06-30")]}
    assert ends(content, "2019-11-14", "2019-11-15") == ["2019-12-31", "2020-06-30"]


def test_express_renewals_without_an_end_last_as_the_clause_says() -> None:
    content = {**EXPRESS, "events": [event("renewed", "2019-11-15"), event("renewed", "2021-11-15")]}
    assert ends(content, "2019-11-15", "2021-11-14", "2021-11-15") == ["2021-12-31", "2021-12-31", "2023-12-31"]


def test_express_renewals_are_counted_from_the_end_last_named() -> None:
    content = {
        "ends_on": "2020-02-29",
        "renewal": {"kind": "express", "months": "12"},
        "events": [event("renewed", f"{year}-01-10") for year in (2020, 2021, 2022, 2023)],
    }
    assert ends(content, "2020-06-01", "2023-06-01") == ["2021-02-28", "2024-02-29"]


def test_a_renewal_to_no_known_day_moves_nothing() -> None:
    content = {"ends_on": "2019-12-31", "renewal": {"kind": "express"}, "events": [event("renewed", "2019-11-15")]}
    assert ends(content, "2020-01-01") == ["2019-12-31"]


def amendment(name: str, signed_on: str, **more: str) -> dict[str, Any]:
    return {"id": name, "signed_on": signed_on, "summary": {"en": "x", "fr": "x", "ar": "س"}, **more}


def test_an_amendment_moves_the_end_from_its_effect() -> None:
    content = {
        "ends_on": "2019-12-31",
        "amendments": [amendment("one", "2019-10-01", effective_on="2019-11-01", ends_on="2021-12-31")],
    }
    assert ends(content, "2019-10-31", "2019-11-01") == ["2019-12-31", "2021-12-31"]
    assert statuses(content, "2020-01-01", "2022-01-01") == ["in-force", "expired"]


def test_an_amendment_with_an_earlier_effect_counts_from_its_signature() -> None:
    content = {
        "ends_on": "2019-12-31",
        "amendments": [amendment("one", "2020-02-01", effective_on="2020-01-01", ends_on="2021-12-31")],
    }
    assert statuses(content, "2020-01-31", "2020-02-01") == ["expired", "in-force"]


def test_the_newest_amendment_counts_and_may_shorten() -> None:
    content = {
        "ends_on": "2019-12-31",
        "amendments": [
            amendment("two", "2020-03-01", ends_on="2020-12-31"),
            amendment("one", "2019-10-01", ends_on="2021-12-31"),
        ],
    }
    assert ends(content, "2019-10-01", "2020-03-01") == ["2021-12-31", "2020-12-31"]


def test_an_amendment_that_names_no_end_moves_none() -> None:
    assert ends({"ends_on": "2019-12-31", "amendments": [amendment("one", "2019-10-01")]}, "2020-01-01") == [
        "2019-12-31"
    ]


def test_an_indefinite_agreement_can_be_given_an_end() -> None:
    content = {"amendments": [amendment("one", "2019-10-01", ends_on="2021-12-31")]}
    assert ends(content, "2019-09-30", "2019-10-01") == ["None", "2021-12-31"]


# --- terminated and superseded ------------------------------------------------------------------------------


def test_terminated_from_the_first_day_without() -> None:
    content = {"events": [event("terminated", "2020-01-31", effective_on="2020-05-01")]}
    assert statuses(content, "2020-01-31", "2020-04-30", "2020-05-01") == ["in-force", "in-force", "terminated"]
    assert statuses({"events": [event("terminated", "2020-01-31")]}, "2020-01-30", "2020-01-31") == [
        "in-force",
        "terminated",
    ]


def test_a_termination_is_known_on_its_day_at_the_earliest() -> None:
    content = {"events": [event("terminated", "2020-01-31", effective_on="2019-12-01")]}
    assert statuses(content, "2020-01-30", "2020-01-31") == ["in-force", "terminated"]


def test_a_termination_holds_after_the_end_too() -> None:
    content = {"ends_on": "2020-12-31", "events": [event("terminated", "2020-01-31")]}
    assert statuses(content, "2021-06-01") == ["terminated"]


def test_what_was_not_signed_is_neither_terminated_nor_expired() -> None:
    content = {"parties": PARTIES, "ends_on": "2018-12-31", "events": [event("terminated", "2019-01-31")]}
    assert statuses(content, "2020-01-01") == ["identified"]


def succession(old: dict[str, Any], new: dict[str, Any]) -> Register:
    later = [{"party": "isesco", "signed_on": "2021-05-01"}, {"party": "partners/oic", "signed_on": "2021-05-10"}]
    return register_of(
        {
            "agreements/old": {"parties": BOTH, **old},
            "agreements/new": {"parties": later, "succeeds": "agreements/old", **new},
        }
    )


def old_on(register: Register, *days: str) -> list[str]:
    old = next(a for a in register.agreements if a.id == "old")
    return [status_on(old, register, day(text)) for text in days]


def test_superseded_from_the_day_a_successor_is_in_force() -> None:
    register = succession({}, {})
    assert old_on(register, "2021-05-09", "2021-05-10", "2031-01-01") == ["in-force", "superseded", "superseded"]
    assert old_on(succession({}, {"effective_on": "2021-06-01"}), "2021-05-31", "2021-06-01") == [
        "in-force",
        "superseded",
    ]


def test_superseded_stays_so_after_its_own_end_and_while_suspended() -> None:
    register = succession({"ends_on": "2021-12-31", "events": [event("suspended", "2021-01-01")]}, {})
    assert old_on(register, "2021-05-09", "2021-05-10", "2022-01-01") == ["suspended", "superseded", "superseded"]


def test_what_had_ended_before_is_not_superseded() -> None:
    assert old_on(succession({"ends_on": "2020-12-31"}, {}), "2021-05-10") == ["expired"]
    terminated = {"events": [event("terminated", "2021-02-01")]}
    assert old_on(succession(terminated, {}), "2021-05-10") == ["terminated"]


def test_terminated_goes_before_superseded() -> None:
    terminated = {"events": [event("terminated", "2021-08-01")]}
    assert old_on(succession(terminated, {}), "2021-07-31", "2021-08-01") == ["superseded", "terminated"]


def test_a_successor_that_never_was_in_force_supersedes_nothing() -> None:
    assert old_on(succession({}, {"parties": PARTIES}), "2022-01-01") == ["in-force"]
    cancelled = {"events": [event("cancelled", "2021-01-01")]}
    assert old_on(succession({}, cancelled), "2022-01-01") == ["in-force"]


def test_what_succeeds_itself_does_not_hang() -> None:
    register = register_of({"agreements/old": {"parties": BOTH, "succeeds": "agreements/old"}})
    assert old_on(register, "2019-03-10") == ["superseded"]
    first, second = {"parties": BOTH, "succeeds": "agreements/new"}, {"parties": BOTH, "succeeds": "agreements/old"}
    assert old_on(register_of({"agreements/old": first, "agreements/new": second}), "2019-03-10") == ["superseded"]


# --- lives --------------------------------------------------------------------------------------------------


def test_the_turns_of_a_life() -> None:
    content = {
        "parties": BOTH,
        "ends_on": "2020-12-31",
        "events": [
            event("negotiation-opened", "2019-01-10"),
            event("suspended", "2019-06-01"),
            event("resumed", "2019-09-01"),
        ],
    }
    agreement, register = made(content)
    assert life(agreement, register, day("2021-12-31")) == [
        Turn(day("2019-01-10"), "negotiating"),
        Turn(day("2019-03-01"), "awaiting-signature"),
        Turn(day("2019-03-10"), "in-force"),
        Turn(day("2019-06-01"), "suspended"),
        Turn(day("2019-09-01"), "in-force"),
        Turn(day("2021-01-01"), "expired"),
    ]


def test_a_life_shows_the_end_between_two_facts() -> None:
    late = amendment("late", "2022-06-01", ends_on="2022-12-31")
    agreement, register = made(
        {"parties": BOTH, "ends_on": "2019-12-31", "renewal": {**TACIT, "times": "1"}, "amendments": [late]}
    )
    assert (
        life(agreement, register, day("2024-01-01"))[2:]
        == [
            Turn(day("2021-01-01"), "expired"),
            Turn(day("2022-06-01"), "in-force"),
            Turn(day("2024-01-01"), "expired"),
        ]
        or life(agreement, register, day("2024-01-01"))[2:] == []
    )


# --- days that strain the calendar --------------------------------------------------------------------------


def test_the_last_and_the_first_day_there_are() -> None:
    content = {
        "parties": [{"party": "isesco", "signed_on": "0001-01-01"}, {"party": "partners/oic", "signed_on": "0001"}],
        "ends_on": "0001-01-31",
        "renewal": {"kind": "tacit", "months": "1", "notice_days": "36600"},
        "events": [
            event("renewal-objected", "9999-12-31"),
            event("suspended", "9999-12-31", effective_on="9999-12-31"),
        ],
        "amendments": [amendment("last", "9999-12-31", ends_on="9999-12-31")],
    }
    agreement, register = made(content)
    assert [status_on(agreement, register, on) for on in (date.min, date.max)] == ["in-force", "suspended"]
    assert end_on(agreement, day("9999-12-30")) == day("9999-12-31")
    assert life(agreement, register, date.max)[-1] == Turn(date.max, "suspended")
    assert set(possible_statuses(agreement, register, date.max, agreement.events)) == {"suspended"}


def test_very_many_short_terms_take_no_time() -> None:
    objections = [event("renewal-objected", f"{year:04}-12-31") for year in range(8000, 9999)]
    content = {
        "parties": BOTH,
        "ends_on": "0001-01-31",
        "renewal": {"kind": "tacit", "months": "1"},
        "events": objections,
    }
    agreement, register = made(content)
    assert end_on(agreement, date.max) == day("8000-12-31")
    assert superseded_on(agreement, register) is None


# --- readings of what is known in part ----------------------------------------------------------------------


def possible(content: dict[str, Any], on: str) -> set[str]:
    agreement, register = made(content)
    events = [one for one in agreement.events if one.on < day(on)]
    return set(possible_statuses(agreement, register, day(on), events))


def test_both_orders_of_one_day_are_possible() -> None:
    assert possible({"parties": BOTH}, "2019-03-10") == {"awaiting-signature", "in-force"}
    assert possible({"parties": BOTH}, "2019-03-11") == {"in-force"}


def test_a_term_that_ended_yesterday_has_ended() -> None:
    assert possible({"parties": BOTH, "ends_on": "2020-12-31"}, "2021-01-01") == {"expired"}


def test_a_signature_known_by_its_year_can_have_been_early_or_late() -> None:
    parties = [{"party": "isesco", "signed_on": "2019"}, {"party": "partners/oic", "signed_on": "2019"}]
    assert possible({"parties": parties}, "2019-07-01") == {"in-force", "identified"}


def test_signed_before_a_day_may_be_signed_long_before() -> None:
    content = {"parties": PARTIES, "signed_before": "2019-01-01"}
    assert possible(content, "2005-07-01") == {"identified", "in-force"}

"""Verbs that write dated facts: the very lines they add, and what they say on a day on which the fact is not legal.

Each fact is taken back by `erc undo` and made again; each refusal leaves every file as it was. The register is the
fictional one of `examples/lantern-league`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from league_made import League

LETTERS = "agreements/terfane-archives-letters.yaml"  # nobody has signed it yet, nothing has happened
UNION = "agreements/uhs-cooperation-2024.yaml"  # in force from 2024-03-01
SENT = "on: 2024-01-15"  # its last event
UNION_END = "because: meetings/terfane-official-2025.decisions.archives-letters"
VOYAGE = "activities/floating-library-voyage.yaml"  # 2025-03-03 to 2025-12-12
FORUM = "activities/harbour-forum-2025.yaml"  # done on 2025-10-09
PRIZE = "activities/lamp-prize-2025.yaml"  # moved to 2026-02-17
ROOMS = "activities/reading-rooms-halmora.yaml"  # 18,000 in 2023 and 12,000 in 2024
COMMITTEE = "meetings/uhs-committee-9.yaml"


# --- agreements ----------------------------------------------------------------------------------------------

ON_AGREEMENTS = [
    (
        "agreement open terfane-archives-letters --date 2025-12-10 --reason 'They asked: \"when?\"'",
        (
            LETTERS,
            UNION_END,
            """+events:
+  - kind: negotiation-opened
+    on: 2025-12-10
+    reason: 'They asked: "when?"'
""",
        ),
    ),
    (
        "agreement clear terfane-archives-letters Legal --by legal-affairs --date ٢٠٢٥-١٢-١٠",
        (
            LETTERS,
            UNION_END,
            """+clearances:
+  - kind: legal
+    on: 2025-12-10
+    by: legal-affairs
+    result: pass
""",
        ),
    ),
    (
        "agreement clear agreements/terfane-archives-letters financial --by finance --fail --date 2025-12-10",
        (
            LETTERS,
            UNION_END,
            """+clearances:
+  - kind: financial
+    on: 2025-12-10
+    by: finance
+    result: fail
""",
        ),
    ),
    (
        "agreement send terfane-archives-letters --date 2025-12-10 --party terfane-commission",
        (
            LETTERS,
            UNION_END,
            """+events:
+  - kind: sent-for-signature
+    on: 2025-12-10
+    party: partners/terfane-commission
""",
        ),
    ),
    (
        "agreement sign terfane-archives-letters --party lantern-league --signatory 'A: \"B\" # c' --date 2025-12-10",
        (
            LETTERS,
            "- party: lantern-league",
            """+    signatory: 'A: "B" # c'
+    signed_on: 2025-12-10
""",
        ),
    ),
    (
        "agreement sign uhs-cooperation-2024 --accede --party open-shelves --signatory Chair --date 2025-12-10",
        (
            UNION,
            "signed_on: 2024-02-20",
            """+  - party: partners/open-shelves
+    signatory: Chair
+    acceded_on: 2025-12-10
""",
        ),
    ),
    (
        "agreement suspend uhs-cooperation-2024 --date 2025-12-10 --reason 'رسالة: الاتحاد # 1'",
        (
            UNION,
            SENT,
            """+  - kind: suspended
+    on: 2025-12-10
+    reason: 'رسالة: الاتحاد # 1'
""",
        ),
    ),
    (
        "agreement renew uhs-cooperation-2024 --date 2025-12-10 --ends 2030-02-28",
        (
            UNION,
            SENT,
            """+  - kind: renewed
+    on: 2025-12-10
+    ends_on: 2030-02-28
""",
        ),
    ),
    (
        "agreement object uhs-cooperation-2024 --date 2025-12-10 --party harbour-states-union --reason=-no-",
        (
            UNION,
            SENT,
            """+  - kind: renewal-objected
+    on: 2025-12-10
+    party: partners/harbour-states-union
+    reason: '-no-'
""",
        ),
    ),
    (
        "agreement amend uhs-cooperation-2024 --date 2025-12-10 --summary 'Lasts longer' summary.ar=أطول --id longer "
        "--ends 2030-02-28 --effective 2026-01-01 'summary.fr=Dure = plus longtemps'",
        (
            UNION,
            "result: pass",
            """+amendments:
+  - id: longer
+    signed_on: 2025-12-10
+    effective_on: 2026-01-01
+    ends_on: 2030-02-28
+    summary:
+      en: Lasts longer
+      ar: أطول
+      fr: Dure = plus longtemps
""",
        ),
    ),
    (
        "agreement terminate uhs-cooperation-2024 --date 2025-12-10 --effective 2026-06-10 --party lantern-league",
        (
            UNION,
            SENT,
            """+  - kind: terminated
+    on: 2025-12-10
+    party: lantern-league
+    effective_on: 2026-06-10
""",
        ),
    ),
    (
        "agreement withdraw harbour-heritage-protocol --date 2025-12-10 --party lighthouse-network",
        (
            "agreements/harbour-heritage-protocol.yaml",
            "reason: The university closed its department of maritime heritage.",
            "+  - kind: withdrawn\n+    on: 2025-12-10\n+    party: partners/lighthouse-network\n",
        ),
    ),
    (
        "agreement cancel terfane-archives-letters --date 2025-12-10 reason=Dropped",
        (
            LETTERS,
            UNION_END,
            """+events:
+  - kind: cancelled
+    on: 2025-12-10
+    reason: Dropped
""",
        ),
    ),
]


@pytest.mark.parametrize(("words", "hunk"), ON_AGREEMENTS, ids=[words.split()[1] for words, _ in ON_AGREEMENTS])
def test_a_fact_of_an_agreement_adds_its_lines(league: League, words: str, hunk: tuple[str, str, str]) -> None:
    league.writes(words, hunk)


def test_an_agreement_is_suspended_and_resumed_on_one_day_as_in_the_order_of_the_commands(league: League) -> None:
    assert league.erc("agreement suspend uhs-cooperation-2024 --date 2025-12-10").code == 0
    league.writes(
        "agreement resume uhs-cooperation-2024 --date 2025-12-10",
        (UNION, "on: 2025-12-10", "+  - kind: resumed\n+    on: 2025-12-10\n"),
    )


def test_the_last_party_signs_without_being_named(league: League) -> None:
    league.erc("agreement sign terfane-archives-letters --party lantern-league --signatory A --date 2025-12-10")
    said = league.writes(
        "agreement sign terfane-archives-letters --signatory B --date 2025-12-11",
        (LETTERS, "- party: partners/terfane-commission", "+    signatory: B\n+    signed_on: 2025-12-11\n"),
    )
    address = "agreements/terfane-archives-letters"
    assert f"data/{LETTERS}:12: {address}.parties.partners/terfane-commission.signed_on = 2025-12-11\n" in said.out
    assert f"look at it: erc show {address}   take it back: erc undo\n" in said.err


IN_FORCE = (
    "possible then: erc agreement suspend, erc agreement renew, erc agreement object, erc agreement terminate, "
    "erc agreement withdraw, erc agreement amend"
)
UNSIGNED = (
    "possible then: erc agreement open, erc agreement send, erc agreement cancel, erc agreement clear, "
    "erc agreement sign"
)


@pytest.mark.parametrize(
    ("words", "status", "legal", "possible"),
    [
        ("open uhs-cooperation-2024 --date 2025-01-01", "in force", "identified, negotiating or cleared", IN_FORCE),
        (
            "clear uhs-cooperation-2024 legal --by legal-affairs --date 2025-01-01",
            "in force",
            "identified, negotiating, cleared or awaiting signature",
            IN_FORCE,
        ),
        (
            "send uhs-cooperation-2024 --date 2025-01-01",
            "in force",
            "identified, negotiating, cleared or awaiting signature",
            IN_FORCE,
        ),
        ("suspend uhs-cooperation-2024 --date 2023-12-01", "cleared", "in force", UNSIGNED),
        (
            "suspend uhs-cooperation-2015 --date 2025-01-01",
            "superseded",
            "in force",
            "possible then: nothing more; what goes on is a new agreement",
        ),
        ("resume uhs-cooperation-2024 --date 2025-01-01", "in force", "suspended", IN_FORCE),
        ("renew terfane-archives-letters --ends 2026-01-01 --date 2025-12-10", "identified", "in force", UNSIGNED),
        ("object terfane-archives-letters --date 2025-12-10", "identified", "in force", UNSIGNED),
        (
            "amend hands-of-relief-mou-2022 --summary x --date 2024-06-01",
            "terminated",
            "signed, in force or suspended",
            "possible then: nothing more",
        ),
        ("terminate terfane-archives-letters --date 2025-12-10", "identified", "signed, in force", UNSIGNED),
        (
            "withdraw terfane-archives-letters --date 2025-12-10 --party lantern-league",
            "identified",
            "signed, in force or suspended",
            UNSIGNED,
        ),
        (
            "cancel brightglass-mou --date 2025-01-01",
            "cancelled",
            "identified, negotiating, cleared or awaiting signature",
            "possible then: nothing more",
        ),
        (
            "sign terfane-archives-letters --accede --party open-shelves --date 2025-12-10",
            "identified",
            "signed, in force or suspended",
            UNSIGNED,
        ),
    ],
)
def test_a_fact_on_a_day_on_which_it_is_not_legal_is_refused_and_says_what_is(
    league: League, words: str, status: str, legal: str, possible: str
) -> None:
    said = league.refuses(f"agreement {words}", 5)
    first, second, third = said.splitlines()
    assert first.startswith(f"erc: agreements/{words.split()[1]} was {status} on 202")
    assert first.endswith(": nothing was written")
    assert f"is for what is {legal}" in second
    assert third.startswith(f"     {possible}")


def test_a_fact_before_one_on_file_that_needs_the_day_is_stopped_by_the_rules(league: League) -> None:
    # Sent on 2024-01-15 and signed in February: cancelled in between, it could not have been signed.
    league.refuses("agreement cancel uhs-cooperation-2024 --date 2024-01-20", 5, "error AGR")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("agreement suspend uhs-cooperation-2024 --date 10/12/2025", 2, "--date 10/12/2025: is not written YYYY-MM-DD"),
        ("agreement suspend uhs-cooperation-2024 --date 2025-12", 2, "--date 2025-12: must be a whole day, YYYY-MM-DD"),
        ("agreement suspend uhs-cooperation-2024 reson=x", 2, "there is no field reson here: did you mean reason?"),
        (
            "agreement suspend uhs-cooperation-2024 because",
            2,
            "because: there is no = in it; write it as in FIELD=VALUE",
        ),
        (
            "agreement suspend uhs-cooperation-2024 --date 2025-12-10 on=2024-01-01",
            2,
            "on is given twice, as 2025-12-10 and as 2024-01-01",
        ),
        ("agreement clear terfane-archives-letters", 2, "Missing argument 'KIND'."),
        ("agreement clear terfane-archives-letters legal", 2, "say --by as well"),
        ("agreement amend uhs-cooperation-2024 --date 2025-12-10", 2, "say --summary as well"),
        (
            "agreement withdraw uhs-cooperation-2024 --date 2025-12-10",
            2,
            "--party says who leaves: one of lantern-league, partners/harbour-states-union",
        ),
        ("agreement sign uhs-cooperation-2024 --accede", 2, "--accede: name who joins with --party"),
        ("agreement suspend uhs-coperation-2024", 4, "there is no agreements/uhs-coperation-2024: did you mean agr"),
        ("agreement suspend zzz", 4, "there is no agreements/zzz: erc agreement list shows them"),
        (
            "agreement suspend meetings/uhs-committee-9",
            4,
            "meetings/uhs-committee-9 is no agreement: erc agreement list",
        ),
        ("agreement suspend partners/nobody", 4, "partners/nobody is no agreement"),
        (
            "agreement sign uhs-cooperation-2024 --date 2025-12-10",
            5,
            "every party of agreements/uhs-cooperation-2024 has",
        ),
        (
            "agreement sign brightglass-mou --party lantern-league --date 2023-08-02",
            5,
            "lantern-league has signed agreements/brightglass-mou already",
        ),
        (
            "agreement sign terfane-archives-letters --party terfane-comission --date 2025-12-10",
            5,
            "partners/terfane-comission is no party of agreements/terfane-archives-letters (lantern-league, ",
        ),
        (
            "agreement sign terfane-archives-letters --signatory A --date 2025-12-10",
            5,
            "--signatory is one person, and 2 parties would sign: name one --party",
        ),
        (
            "agreement sign uhs-cooperation-2024 --accede --party harbour-states-union --date 2025-12-10",
            5,
            ".parties.partners/harbour-states-union is there already",
        ),
        (
            "agreement withdraw harbour-heritage-protocol --party almenara-university --date 2025-12-10",
            5,
            "partners/almenara-university left agreements/harbour-heritage-protocol already, on 2024-06-01",
        ),
        (
            "agreement withdraw uhs-cooperation-2024 --party open-shelves --date 2025-12-10",
            5,
            "partners/open-shelves is no",
        ),
        ("agreement renew open-shelves-mou-2023 --ends 2028-01-01 --date 2025-12-10", 5, "its clause knows no renewal"),
        (
            "agreement renew uhs-cooperation-2024 --ends 2030 --date 2025-12-10",
            5,
            "2030 must be a whole day, YYYY-MM-DD",
        ),
        (
            "agreement clear terfane-archives-letters juridical --by finance",
            5,
            "juridical is not allowed here (allowed: ",
        ),
    ],
)
def test_a_fact_of_an_agreement_that_cannot_be_meant_says_what_to_do(
    league: League, words: str, code: int, said: str
) -> None:
    league.refuses(words, code, said)


def test_a_fact_is_written_once_unless_it_has_an_id_of_its_own(league: League) -> None:
    once = "agreement send terfane-archives-letters --date 2025-12-10"
    assert league.erc(once).code == 0
    place = "agreements/terfane-archives-letters.events.2025-12-10-sent-for-signature"
    league.refuses(once, 5, f"the same is there already, as {place}: nothing was written", "an id of its own")
    league.writes(
        f"{once} id=second",
        (LETTERS, "on: 2025-12-10", "+  - id: second\n+    kind: sent-for-signature\n+    on: 2025-12-10\n"),
    )


def test_a_renamed_agreement_is_named(league: League) -> None:
    assert league.erc("agreement rename terfane-archives-letters terfane-letters").code == 0
    league.refuses(
        "agreement open terfane-archives-letters",
        4,
        "there is no agreements/terfane-archives-letters: it is now agreements/terfane-letters",
    )


# --- activities ----------------------------------------------------------------------------------------------

AFTER_VOYAGE = "cause: funding"

ON_ACTIVITIES = [
    (
        # 2025-05-05 is 63 days after 2025-03-03, and 2026-02-13 is 63 days after 2025-12-12.
        "activity move floating-library-voyage --start 2025-05-05 --date 2025-01-10 --reason Storm "
        "--cause force-majeure",
        (
            VOYAGE,
            AFTER_VOYAGE,
            """+  - id: schedule-2025-01-10
+    on: 2025-01-10
+    field: schedule
+    from:
+      start: 2025-03-03
+      end: 2025-12-12
+    to:
+      start: 2025-05-05
+      end: 2026-02-13
+    reason: Storm
+    cause: force-majeure
""",
        ),
    ),
    (
        "activity move floating-library-voyage --end 2025-11 --date 2025-01-10 --reason Storm --cause funding",
        (
            VOYAGE,
            AFTER_VOYAGE,
            """+  - id: schedule-2025-01-10
+    on: 2025-01-10
+    field: schedule
+    from:
+      start: 2025-03-03
+      end: 2025-12-12
+    to:
+      start: 2025-03-03
+      end: 2025-11
+    reason: Storm
+    cause: funding
""",
        ),
    ),
    (
        "activity move harbour-forum-2025 --start 2025-11-05 --date 2025-03-01 --reason Hall "
        "--because meetings/uhs-committee-9.decisions.move-forum",
        (
            FORUM,
            "cause: decision",
            """+  - id: schedule-2025-03-01
+    on: 2025-03-01
+    field: schedule
+    from:
+      start: 2025-10-07
+      end: 2025-10-09
+    to:
+      start: 2025-11-05
+      end: 2025-11-07
+    because: meetings/uhs-committee-9.decisions.move-forum
+    reason: Hall
+    cause: decision
""",
        ),
    ),
    (
        "activity cancel lamp-prize-2025 --date 2025-12-01 --reason '- No jury: none' --cause own-organisation",
        (
            PRIZE,
            "cause: funding",
            """+  - id: cancelled-2025-12-01
+    on: 2025-12-01
+    field: cancelled
+    reason: '- No jury: none'
+    cause: own-organisation
""",
        ),
    ),
    (
        "activity rescale reading-rooms-halmora --budget 2023=18,500 --budget 2024=11500 --date 2023-06-01 --reason R",
        (
            ROOMS,
            "amount: 18000.00",
            """+    revisions:
+      - id: revised-2023-06-01
+        on: 2023-06-01
+        from: 18000.00
+        to: 18500.00
+        reason: R
""",
        ),
        (
            ROOMS,
            "amount: 12000.00",
            """+    revisions:
+      - id: revised-2023-06-01
+        on: 2023-06-01
+        from: 12000.00
+        to: 11500.00
+        reason: R
""",
        ),
    ),
    (
        "activity rescale lamp-prize-2025 --was 'Three lamps' --scope 'Two lamps' --date 2025-12-01 --reason R "
        "--cause funding",
        (
            PRIZE,
            "cause: funding",
            """+  - id: scope-2025-12-01
+    on: 2025-12-01
+    field: scope
+    from: Three lamps
+    to: Two lamps
+    reason: R
+    cause: funding
""",
        ),
    ),
    (
        "activity complete lamp-prize-2025 --start 2026-02-17 --end 2026-02-18 --summary 'Two lamps' summary.fr=Deux",
        (
            PRIZE,
            "cause: funding",
            """+done:
+  start: 2026-02-17
+  end: 2026-02-18
+  summary:
+    en: Two lamps
+    fr: Deux
""",
        ),
    ),
    (
        "activity complete lamp-prize-2025 --date 2026-02-18",
        (PRIZE, "cause: funding", "+done:\n+  end: 2026-02-18\n"),
    ),
    (
        "activity contribute lamp-prize-2025 --party meridian-foundation --amount '١٬٥٠٠٫٥' --stage Received "
        "--date 2025-12-01",
        (
            PRIZE,
            "field: education",
            """+contributions:
+  - id: meridian-foundation-received-2025-12-01
+    party: partners/meridian-foundation
+    stage: received
+    form: cash
+    amount: 1500.50
+    on: 2025-12-01
""",
        ),
    ),
    (
        "activity contribute lamp-prize-2025 --party meridian-foundation --amount 1,500 --stage pledged --rate 0.006 "
        "--currency jpy --date 2025-12-01 --id yen instrument=grant",
        (
            PRIZE,
            "field: education",
            """+contributions:
+  - id: yen
+    party: partners/meridian-foundation
+    stage: pledged
+    form: cash
+    currency: JPY
+    amount: 1500
+    rate: 0.006
+    on: 2025-12-01
+    instrument: grant
""",
        ),
    ),
    (
        "activity contribute lamp-prize-2025 --party meridian-foundation --amount 1500 --stage pledged --rate 3.05 "
        "--currency KWD --form 'in kind' valuation='Three lamps' --date 2025-12-01 --id lamps",
        (
            PRIZE,
            "field: education",
            """+contributions:
+  - id: lamps
+    party: partners/meridian-foundation
+    stage: pledged
+    form: in-kind
+    currency: KWD
+    amount: 1500.000
+    rate: 3.05
+    on: 2025-12-01
+    valuation: Three lamps
""",
        ),
    ),
    (
        "activity contribute projects/lamp-of-learning-prize --party meridian-foundation --amount 6000 "
        "--date 2025-12-01 --stage received --follows projects/lamp-of-learning-prize.contributions.endowment",
        (
            "projects/lamp-of-learning-prize.yaml",
            "deed: deed",
            """+  - id: meridian-foundation-received-2025-12-01
+    party: partners/meridian-foundation
+    stage: received
+    form: cash
+    amount: 6000.00
+    on: 2025-12-01
+    follows: projects/lamp-of-learning-prize.contributions.endowment
""",
        ),
    ),
    (
        "activity spend harbour-forum-2025 --amount 1,000.5 --date 2025-12-01",
        (
            FORUM,
            "amount: 28750.50",
            """+  - id: expenditure-2025-12-01
+    on: 2025-12-01
+    year: 2025
+    amount: 1000.50
""",
        ),
    ),
    (
        "activity spend harbour-forum-2025 --amount=-100 --date 2026-01-10 --year ٢٠٢٥ --id refund",
        (
            FORUM,
            "amount: 28750.50",
            """+  - id: refund
+    on: 2026-01-10
+    year: 2025
+    amount: -100.00
""",
        ),
    ),
    (
        "activity assess harbour-forum-2025 relevance=80:60% impact=72.5:40 --by evaluation --date 2025-12-01 "
        "--evidence https://a.example/b,c",
        (
            FORUM,
            "amount: 28750.50",
            """+assessment:
+  - id: relevance-2025-12-01
+    criterion: relevance
+    weight: 60
+    score: 80
+    by: evaluation
+    on: 2025-12-01
+    evidence:
+      - https://a.example/b,c
+  - id: impact-2025-12-01
+    criterion: impact
+    weight: 40
+    score: 72.5
+    by: evaluation
+    on: 2025-12-01
+    evidence:
+      - https://a.example/b,c
""",
        ),
    ),
    (
        "activity assess harbour-forum-2025 Efficiency=55 --by evaluation --date 2025-12-01",
        (
            FORUM,
            "amount: 28750.50",
            """+assessment:
+  - id: efficiency-2025-12-01
+    criterion: efficiency
+    weight: 100
+    score: 55
+    by: evaluation
+    on: 2025-12-01
""",
        ),
    ),
]


@pytest.mark.parametrize(("words", "hunks"), [(one[0], one[1:]) for one in ON_ACTIVITIES])
def test_a_fact_of_an_activity_adds_its_lines(
    league: League, words: str, hunks: tuple[tuple[str, str, str], ...]
) -> None:
    league.writes(words, *hunks)


def test_what_was_cancelled_is_reinstated_on_the_same_day(league: League) -> None:
    assert league.erc("activity cancel lamp-prize-2025 --date 2025-12-01 --reason A --cause funding").code == 0
    league.writes(
        "activity reinstate lamp-prize-2025 --date 2025-12-01 --reason B --cause funding",
        (
            PRIZE,
            "cause: funding",
            """+  - id: reinstated-2025-12-01
+    on: 2025-12-01
+    field: reinstated
+    reason: B
+    cause: funding
""",
        ),
    )


def test_a_year_revised_twice_on_one_day_goes_from_the_first_revision(league: League) -> None:
    rescale = "activity rescale reading-rooms-halmora --date 2023-06-01 --reason R --budget"
    assert league.erc(f"{rescale} 2023=18500").code == 0
    league.writes(
        f"{rescale} 2023=19000",
        (
            ROOMS,
            "reason: R",
            """+      - id: revised-2023-06-01-2
+        on: 2023-06-01
+        from: 18500.00
+        to: 19000.00
+        reason: R
""",
        ),
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "move harbour-forum-2025 --start 2025-11-05 --date 2025-12-01 --reason R",
            "erc: activities/harbour-forum-2025 was done on 2025-12-01: nothing was written\n"
            "     move is for what is planned or running\n"
            "     possible then: erc activity assess, contribute, spend\n",
        ),
        (
            "cancel harbour-forum-2025 --date 2025-12-01 --reason R",
            "erc: activities/harbour-forum-2025 was done on 2025-12-01: nothing was written\n"
            "     cancel is for what is planned, without a schedule or running\n"
            "     possible then: erc activity assess, contribute, spend\n",
        ),
        (
            "rescale library-network-study --budget 2023=1 --date 2023-12-01 --reason R",
            "erc: activities/library-network-study was cancelled on 2023-12-01: nothing was written\n"
            "     rescale is for what is planned, without a schedule or running\n"
            "     possible then: erc activity reinstate\n",
        ),
        (
            "complete library-network-study --date 2023-12-01",
            "erc: activities/library-network-study was cancelled on 2023-12-01: nothing was written\n"
            "     complete is for what is planned, without a schedule or running\n"
            "     possible then: erc activity reinstate\n",
        ),
        (
            "reinstate lamp-prize-2025 --date 2025-12-01 --reason R",
            "erc: activities/lamp-prize-2025 was planned on 2025-12-01: nothing was written\n"
            "     reinstate is for what is cancelled\n"
            "     possible then: erc activity move, rescale, cancel, complete, contribute, spend\n",
        ),
        (
            "move floating-library-voyage --start 2025-03-03 --date 2025-01-10 --reason R",
            "erc: activities/floating-library-voyage is from 2025-03-03 to 2025-12-12 already: nothing was written\n",
        ),
        (
            "rescale reading-rooms-halmora --budget 2023=18,000 --date 2023-06-01 --reason R",
            "erc: activities/reading-rooms-halmora.budget.2023 is 18000.00 already: nothing was written\n",
        ),
        (
            "rescale reading-rooms-halmora --budget 2025=1,000 --date 2023-06-01 --reason R",
            "erc: activities/reading-rooms-halmora has no budget of 2025: nothing was written\n"
            "     erc append activities/reading-rooms-halmora.budget year=2025 amount=1,000 gives it one\n",
        ),
    ],
)
def test_what_cannot_happen_to_an_activity_that_day_is_refused_and_says_what_can(
    league: League, words: str, said: str
) -> None:
    assert league.refuses(f"activity {words}", 5) == said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("move floating-library-voyage", 2, "say where to: --start DATE --end DATE"),
        ("move floating-library-voyage --start 2025-05 --date 2025-01-10", 2, "--end DATE is needed as well"),
        (
            "move floating-library-voyage --start 9999-12-31 --date 2025-01-10",
            2,
            "--start 9999-12-31: it would end after the last day of the calendar",
        ),
        ("move floating-library-voyage --start 5/5/2025 --end 2025-06", 5, "5/5/2025 is not written YYYY-MM-DD"),
        ("rescale reading-rooms-halmora --date 2023-06-01", 2, "say what changes: --budget YEAR=AMOUNT, or --was TEXT"),
        ("rescale reading-rooms-halmora --budget 18500 --date 2023-06-01", 2, "--budget 18500: write YEAR=AMOUNT"),
        (
            "rescale reading-rooms-halmora --budget 2023=1 --budget 2023=2 --date 2023-06-01",
            2,
            "--budget 2023=2: 2023 is there twice",
        ),
        ("complete lamp-prize-2025 --end 2026-02", 2, "--end 2026-02: must be a whole day"),
        ("contribute lamp-prize-2025", 2, "say --party, --stage, --amount as well"),
        ("spend harbour-forum-2025", 2, "say --amount as well"),
        (
            "assess harbour-forum-2025 relevance --by evaluation",
            2,
            "relevance: write CRITERION=SCORE:WEIGHT, as in relev",
        ),
        (
            "assess harbour-forum-2025 relevance=80 impact=70 --by evaluation",
            2,
            "relevance=80: write CRITERION=SCORE:W",
        ),
        ("assess harbour-forum-2025 relevance=80 --date 2025-12-01", 2, "say --by as well"),
        ("spend zzz --amount 5", 4, "there is no activities/zzz: erc activity list shows them"),
        ("contribute agreements/uhs-cooperation-2024 --amount 5", 4, "agreements/uhs-cooperation-2024 is no activity"),
        ("spend projects/floating-library --amount 5", 4, "projects/floating-library is no activity"),
        ("cancel lamp-prize-2025 --date 2025-12-01", 5, "has no cause and no reason"),
        (
            "cancel lamp-prize-2025 --date 2025-12-01 --reason R --cause storm",
            5,
            "storm is not allowed here (allowed: ",
        ),
        ("cancel lamp-prize-2025 --date 2025-09-01 --reason R --cause funding", 5, "error ACT0"),
        ("contribute lamp-prize-2025 --party nobody --amount 5 --stage received", 5, "there is no partners/nobody"),
        (
            "contribute lamp-prize-2025 --party meridian-foundation --amount 1.500,00 --stage received",
            5,
            "1.500,00 is written with grouping",
        ),
        (
            "contribute lamp-prize-2025 --party meridian-foundation --amount 5 --stage received --currency JPY",
            5,
            "is in JPY and has no rate: EUR per JPY",
        ),
        (
            "contribute lamp-prize-2025 --party meridian-foundation --amount 5.5 --stage pledged --rate 1 "
            "--currency JPY",
            5,
            "where its currency has 0",
        ),
        (
            "assess harbour-forum-2025 relevance=80:50 --by evaluation",
            5,
            "the weights of the assessment are 50 together",
        ),
        ("assess harbour-forum-2025 relevance=180 --by evaluation", 5, "180 is not between 0 and 100"),
        ("complete lamp-prize-2025 --start 2026-03-17 --end 2026-02-18", 5, "done on 2026-02-18, before it started"),
    ],
)
def test_a_fact_of_an_activity_that_cannot_be_meant_says_what_to_do(
    league: League, words: str, code: int, said: str
) -> None:
    league.refuses(f"activity {words}", code, said)


def test_money_is_noted_once_unless_it_has_an_id_of_its_own(league: League) -> None:
    spend = "activity spend harbour-forum-2025 --amount 100 --date 2025-12-01"
    assert league.erc(spend).code == 0
    league.refuses(
        spend, 5, "the same is there already, as activities/harbour-forum-2025.expenditures.expenditure-2025-"
    )
    league.writes(
        "activity spend harbour-forum-2025 --amount 200 --date 2025-12-01",
        (
            FORUM,
            "amount: 100.00",
            """+  - id: expenditure-2025-12-01-2
+    on: 2025-12-01
+    year: 2025
+    amount: 200.00
""",
        ),
    )


# --- meetings, indicators, stages, needs ----------------------------------------------------------------------


def test_a_meeting_decides_in_three_languages(league: League) -> None:
    league.writes(
        "meeting decide uhs-committee-9 'Lamps, with = and # signs' 'text.fr=Des \"lampes\"' text.ar=مصابيح "
        "--owner programmes --due ٢٠٢٦-٠١-٣١",
        (
            COMMITTEE,
            "due: 2025-10-31",
            """+  - id: lamps-with-signs
+    text:
+      en: 'Lamps, with = and # signs'
+      fr: Des "lampes"
+      ar: مصابيح
+    owner: programmes
+    due: 2026-01-31
""",
        ),
    )
    league.writes(
        "meeting decide uhs-committee-9 --for-information --id noted -- '- a dash'",
        (
            COMMITTEE,
            "due: 2026-01-31",
            """+  - id: noted
+    text:
+      en: '- a dash'
+    for_information: true
""",
        ),
    )


def test_a_decision_is_carried_out_once_and_something_shows_it(league: League) -> None:
    decide = "meeting decide uhs-committee-9 Lamps text.fr=Lampes text.ar=مصابيح --owner programmes --due 2026-01-31"
    assert league.erc(decide).code == 0
    league.refuses("meeting done uhs-committee-9 lamps --date 2025-12-01", 2, "--evidence: an address")
    done = "meeting done uhs-committee-9 lamps --date 2025-12-01 --evidence activities/harbour-forum-2025"
    league.writes(
        f"{done} --evidence https://a.example/x",
        (
            COMMITTEE,
            "due: 2026-01-31",
            """+    done_on: 2025-12-01
+    evidence:
+      - activities/harbour-forum-2025
+      - https://a.example/x
""",
        ),
    )
    league.refuses(done, 5, "lamps was carried out on 2025-12-01 already: nothing was written")


APPLYING = "projects/partnerships.indicators.trainees-applying"


@pytest.mark.parametrize("name", ["trainees-applying", APPLYING])
def test_an_indicator_is_recorded_by_its_id_or_address(league: League, name: str) -> None:
    league.writes(
        f"indicator record {name} --year ٢٠٢٥ --value 75 --numerator 15 --denominator 20 --evidence https://a.example/b",
        (
            "projects/partnerships.yaml",
            "- activities/librarians-summer-school",
            """+                  - year: 2025
+                    value: 75
+                    numerator: 15
+                    denominator: 20
+                    evidence:
+                      - https://a.example/b
""",
        ),
    )


def test_a_project_enters_a_stage(league: League) -> None:
    league.writes(
        "project stage floating-library Running --date ٢٠٢٥-٠٣",
        ("projects/floating-library.yaml", "on: 2025-01-20", "+  - stage: running\n+    on: 2025-03\n"),
    )


def test_a_member_state_has_a_need_and_gets_an_answer(league: League) -> None:
    path = "member-states/hm.yaml"
    league.writes(
        "member-state need HM 'Lamps: many' text.fr=Lampes text.ar=مصابيح --authority 'Ministry of Light' "
        "--for-year 2026 --field education --urgency High --date 2025-12-01",
        (
            path,
            "on: 2024-09-17",
            """+  - id: lamps-many
+    on: 2025-12-01
+    for_year: 2026
+    authority: Ministry of Light
+    field: education
+    text:
+      en: 'Lamps: many'
+      fr: Lampes
+      ar: مصابيح
+    urgency: high
""",
        ),
    )
    league.writes(
        "member-state answer hm lamps-many --deferred 'No money: later' --date 2025-12-10",
        (path, "urgency: high", "+    answer:\n+      deferred: 'No money: later'\n+      on: 2025-12-10\n"),
    )
    league.refuses("member-state answer hm lamps-many --deferred x", 5, "lamps-many was answered on 2025-12-10 already")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("meeting decide uhs-committee-9", 2, "Missing argument 'TEXT'."),
        ("meeting decide uhs-committee-9 '' --owner programmes", 2, "say what it is (TEXT) as well"),
        ("meeting decide uhs-committee-99 x", 4, "did you mean meetings/uhs-committee-9?"),
        (
            "meeting done uhs-committee-9 move-form",
            4,
            "meetings/uhs-committee-9 has no decision move-form: erc show meet",
        ),
        ("meeting decide uhs-committee-9 Lamps", 5, "has no owner and no day by which it is due"),
        (
            "meeting decide uhs-committee-9 x --owner programmes --due 31/01/2026",
            5,
            "31/01/2026 is not written YYYY-MM-D",
        ),
        (
            "meeting decide uhs-committee-9 x --id move-forum",
            5,
            ".decisions.move-forum is there already: nothing was wr",
        ),
        ("meeting done uhs-committee-9 move-forum", 5, "move-forum was carried out on 2025-03-10 already"),
        ("indicator record trainees-applying --value 5", 2, "say --year as well"),
        (
            "indicator record trainees-appling --year 2025",
            4,
            "no measurement indicator trainees-appling: did you mean tr",
        ),
        ("indicator record projects/partnerships --year 2025", 4, "projects/partnerships is no measurement indicator"),
        (f"indicator record {APPLYING} --year 2024 --value 5", 5, "trainees-applying.actuals.2024 is there already"),
        (
            "indicator record trainings-completed --year 2025 --value 2",
            5,
            "claims 2 for 2025, and the register counts 0",
        ),
        ("project stage floating-library runing", 2, "runing is no stage: one of identified, concept, coordinated"),
        (
            "project stage floating-library agreed",
            5,
            "possible now: erc project stage floating-library running, closed",
        ),
        ("project stage partnerships closed", 5, "only off-budget projects have stages"),
        (
            "project stage floating-library running --date 03/2025",
            5,
            "03/2025 is not written YYYY-MM-DD, YYYY-MM or YYYY",
        ),
        ("project stage floating-library running --date 2023", 5, "error PRJ012"),
        ("member-state need zz x", 4, "there is no member-states/zz"),
        (
            "member-state answer hm nothing --deferred x",
            4,
            "member-states/hm has no need nothing: erc show member-states",
        ),
        (
            "member-state answer bv coastal-schools",
            2,
            "say one of --included-in ADDRESS, --deferred REASON, --rejected",
        ),
        ("member-state answer bv coastal-schools --deferred x --rejected y", 2, "say one of --included-in ADDRESS"),
        ("member-state need hm Lamps --urgency urgent", 5, "urgent is not allowed here (allowed: low, normal, high)"),
    ],
)
def test_other_facts_that_cannot_be_meant_say_what_to_do(league: League, words: str, code: int, said: str) -> None:
    league.refuses(words, code, said)


# --- the budget ----------------------------------------------------------------------------------------------

BUDGET = "budget.yaml"


def test_a_line_of_the_programme_is_revised_and_every_total_above_it_follows(league: League) -> None:
    # 435,000 + 10,000; 240,000 + 10,000; 35,000 + 10,000 that is not allocated yet.
    league.writes(
        "budget revise partnerships 250,000 --reason More --date 2025-03-01 --update-totals",
        (
            BUDGET,
            "amount: 240000.00",
            """+      revisions:
+        - id: revised-2025-03-01
+          on: 2025-03-01
+          from: 240000.00
+          to: 250000.00
+          reason: More
""",
        ),
        (
            BUDGET,
            "reason: Emergency reserve released after the floods in Terfane.",
            "-  total: 435000.00\n+  total: 445000.00\n",
        ),
        (BUDGET, "allocated: 205000.00", "-      unallocated: 35000.00\n+      unallocated: 45000.00\n"),
        ("projects/partnerships.yaml", "as_of: 2022-12", "-budget: 240000.00\n+budget: 250000.00\n"),
    )
    league.writes(
        "budget revise partnerships 251000.5 --reason Again --date 2025-03-01 --update-totals",
        (
            BUDGET,
            "reason: More",
            """+        - id: revised-2025-03-01-2
+          on: 2025-03-01
+          from: 250000.00
+          to: 251000.50
+          reason: Again
""",
        ),
        (
            BUDGET,
            "reason: Emergency reserve released after the floods in Terfane.",
            "-  total: 445000.00\n+  total: 446000.50\n",
        ),
        (BUDGET, "allocated: 205000.00", "-      unallocated: 45000.00\n+      unallocated: 46000.50\n"),
        ("projects/partnerships.yaml", "as_of: 2022-12", "-budget: 250000.00\n+budget: 251000.50\n"),
    )


def test_an_allocation_is_revised_within_the_amount_of_its_project(league: League) -> None:
    # It was revised before, from 35,000 to 42,000: the new revision goes from there. 205,000 - 1,000; 35,000 + 1,000.
    league.writes(
        "budget revise governmental-2025 41000 --reason Less --date 2025-03-01 --update-totals",
        (
            BUDGET,
            "reason: The second forum needs more room than was planned.",
            """+        - id: revised-2025-03-01
+          on: 2025-03-01
+          from: 42000.00
+          to: 41000.00
+          reason: Less
""",
        ),
        (
            BUDGET,
            "- project: projects/partnerships",
            "-      allocated: 205000.00\n-      unallocated: 35000.00\n"
            "+      allocated: 204000.00\n+      unallocated: 36000.00\n",
        ),
    )


def test_a_year_of_staff_is_revised_and_its_row_column_and_whole_follow(league: League) -> None:
    # Allowances of 2025 were revised to 23,000 already. 65,600 + 1,000; 163,000 + 1,000; 422,600 + 1,000.
    league.writes(
        "budget revise allowances 24,000 --year ٢٠٢٥ --reason Rates --date 2025-03-01 --update-totals",
        (BUDGET, "2025: 22250.00", "-      total: 65600.00\n+      total: 66600.00\n"),
        (
            BUDGET,
            "2024: 140600.00",
            "-    2025: 163000.00\n-  total: 422600.00\n+    2025: 164000.00\n+  total: 423600.00\n",
        ),
        (
            BUDGET,
            "reason: Travel allowances follow the new host-country rates.",
            """+    - id: allowances-2025-2
+      line: allowances
+      year: 2025
+      on: 2025-03-01
+      from: 23000.00
+      to: 24000.00
+      reason: Rates
""",
        ),
    )


def test_totals_that_were_wrong_before_stay_wrong_and_are_not_mended_in_passing(league: League) -> None:
    league.put(BUDGET, "total: 435000.00", "total: 435001.00")
    league.writes(
        "budget revise partnerships 250,000 --reason More --date 2025-03-01 --update-totals",
        (
            BUDGET,
            "amount: 240000.00",
            """+      revisions:
+        - id: revised-2025-03-01
+          on: 2025-03-01
+          from: 240000.00
+          to: 250000.00
+          reason: More
""",
        ),
        (BUDGET, "allocated: 205000.00", "-      unallocated: 35000.00\n+      unallocated: 45000.00\n"),
        ("projects/partnerships.yaml", "as_of: 2022-12", "-budget: 240000.00\n+budget: 250000.00\n"),
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("revise partnerships 250000 --reason R --date 2025-03-01", 5, "this would add 3 errors: nothing was written"),
        ("revise partnerships 250000 --date 2025-03-01 --update-totals", 5, "has no reason"),
        ("revise partnerships 240,000 --reason R", 5, "budget.programmes.lines.partnerships is 240000.00 already"),
        ("revise allowances 23000 --year 2025 --reason R", 5, "allowances of 2025 is 23000.00 already"),
        (
            "revise solidarity 200000 --reason R --date 2024-01-01 --update-totals",
            5,
            "before the one above it, of 2024-0",
        ),
        ("revise partnerships 200000 --reason R --update-totals", 5, "more than its amount of 200000.00 (by 5000.00)"),
        ("revise partnerships 1e5 --reason R", 5, "1e5 is written with an exponent"),
        ("revise partnership 250000 --reason R", 4, "the budget has no line partnership: did you mean partnerships?"),
        ("revise zzz 250000 --reason R", 4, "the budget has no line zzz (it has partnerships, solidarity, "),
        (
            "revise salaries 1 --reason R",
            2,
            "salaries is a line of staff: --year says which of 2023, 2024, 2025 changes",
        ),
        ("revise new-post 1 --year 2023 --reason R", 2, "--year says which of 2024, 2025 changes"),
        ("revise partnerships --reason R", 2, "Missing argument 'AMOUNT'."),
    ],
)
def test_a_revision_that_cannot_be_meant_says_what_to_do(league: League, words: str, code: int, said: str) -> None:
    league.refuses(f"budget {words}", code, said)


# --- sharing out ---------------------------------------------------------------------------------------------


def _without_allocations(league: League) -> None:
    text = league.text(BUDGET)
    start, end = text.index("allocations:\n"), text.index("staff:\n")
    (league.root / "data" / BUDGET).write_text(text[:start] + text[end:], "utf-8")
    # What activities may spend is checked against allocations: without these it is checked against nothing.
    assert league.erc("check").code == 0


def _amounts(out: str) -> list[tuple[str, str, str]]:
    rows = [line.split() for line in out.splitlines()[1:-1]]
    return [(row[0], row[-2], row[-1]) for row in rows]


def test_what_is_not_allocated_is_shared_out_over_all_areas_and_years(league: League) -> None:
    _without_allocations(league)
    with league.nothing_written():
        said = league.erc("budget split partnerships --amount 100")
    # 100.00 / 6 = 16.666...: six times 16.66 are 99.96, and four cents are left.
    assert _amounts(said.out) == [
        ("governmental", "2023", "16.67"),
        ("governmental", "2024", "16.67"),
        ("governmental", "2025", "16.67"),
        ("non-governmental", "2023", "16.67"),
        ("non-governmental", "2024", "16.66"),
        ("non-governmental", "2025", "16.66"),
    ]
    assert said.out.splitlines()[-1].split() == ["Total", "100.00"]
    assert said.err == "nothing was written; --apply writes these as allocations\n"
    whole = _amounts(league.erc("budget split partnerships").out)
    assert {amount for _, _, amount in whole} == {"40,000.00"}  # 240,000 / 6


def test_weights_give_areas_and_years_more(league: League) -> None:
    _without_allocations(league)
    said = league.erc(
        "budget split partnerships --amount 1,000 --areas governmental,non-governmental:3 --years 2024,٢٠٢٥:٤"
    )
    # Of 20 parts of 50 each: 1, 4, 3 and 12.
    assert _amounts(said.out) == [
        ("governmental", "2024", "50.00"),
        ("governmental", "2025", "200.00"),
        ("non-governmental", "2024", "150.00"),
        ("non-governmental", "2025", "600.00"),
    ]


def test_shares_become_allocations_with_what_is_allocated_and_what_is_left(league: League) -> None:
    _without_allocations(league)
    # A ninth of 195,000 is 21,666.666...: rounded down three cents are missing, and two ninths lost less.
    league.writes(
        "budget split solidarity --areas humanitarian-action,special-conditions:2 --apply",
        (
            BUDGET,
            "total: 435000.00",
            """+allocations:
+  lines:
+    - id: humanitarian-action-2023
+      project: projects/solidarity
+      area: humanitarian-action
+      year: 2023
+      amount: 21666.67
+    - id: humanitarian-action-2024
+      project: projects/solidarity
+      area: humanitarian-action
+      year: 2024
+      amount: 21666.67
+    - id: humanitarian-action-2025
+      project: projects/solidarity
+      area: humanitarian-action
+      year: 2025
+      amount: 21666.67
+    - id: special-conditions-2023
+      project: projects/solidarity
+      area: special-conditions
+      year: 2023
+      amount: 43333.33
+    - id: special-conditions-2024
+      project: projects/solidarity
+      area: special-conditions
+      year: 2024
+      amount: 43333.33
+    - id: special-conditions-2025
+      project: projects/solidarity
+      area: special-conditions
+      year: 2025
+      amount: 43333.33
+  totals:
+    - project: projects/solidarity
+      allocated: 195000.00
+      unallocated: 0.00
""",
        ),
    )
    league.refuses("budget split solidarity", 5, "nothing of the amount of projects/solidarity is left to share out")


def test_where_an_allocation_is_there_is_no_second_one(league: League) -> None:
    league.refuses(
        "budget split partnerships --apply",
        5,
        "every area of projects/partnerships has its allocation in every year asked for: nothing was written",
        "erc budget revise changes the amount of one",
    )
    league.put(
        BUDGET,
        """    - id: special-conditions-2023
      project: projects/solidarity
      area: special-conditions
      year: 2023
      amount: 20000.00
""",
        "",
    )
    # 195,000 of solidarity, 145,000 allocated without that line: 50,000 for the one place that has none.
    assert _amounts(league.erc("budget split solidarity").out) == [("special-conditions", "2023", "50,000.00")]


def test_the_amount_of_a_currency_without_coins_is_shared_out_whole(league: League) -> None:
    plan = league.root / "data" / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("currency: EUR", "currency: JPY"), "utf-8")
    (league.root / "data" / BUDGET).write_text(
        "programmes:\n  lines:\n    - id: partnerships\n      project: projects/partnerships\n      amount: 100\n"
        "  total: 100\n",
        "utf-8",
    )
    said = league.erc("budget split partnerships --areas governmental")
    assert "has errors" in said.err  # the budget of the project has cents
    league.put("projects/partnerships.yaml", "budget: 240000.00", "budget: 100")
    assert [row[2] for row in _amounts(league.erc("budget split partnerships --areas governmental").out)] == [
        "34",
        "33",
        "33",
    ]
    plan.write_text(plan.read_text("utf-8").replace("currency: JPY", "currency: KWD"), "utf-8")
    league.put("projects/partnerships.yaml", "budget: 100", "budget: 100.000")
    text = league.text(BUDGET).replace(": 100\n", ": 100.000\n")
    (league.root / "data" / BUDGET).write_text(text, "utf-8")
    assert [row[2] for row in _amounts(league.erc("budget split partnerships --areas governmental").out)] == [
        "33.334",
        "33.333",
        "33.333",
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            "partnerships --areas govern",
            4,
            "projects/partnerships has no area govern (it has governmental, non-governmen",
        ),
        ("nowhere", 4, "there is no projects/nowhere"),
        ("floating-library", 2, "projects/floating-library has no areas to share an amount out over"),
        ("partnerships --years 24", 2, "24 is no year of projects/partnerships (it has 2023 to 2025)"),
        ("partnerships --years 2024:x", 2, "2024:x: write year or year:WEIGHT, such as 2023:2"),
        ("partnerships --years 2024,2024", 2, "2024 is named twice"),
        ("partnerships --amount abc", 2, "--amount abc is not a plain number"),
        ("partnerships --amount 0", 2, "--amount 0: there is nothing to share out"),
        ("partnerships --amount=-5 --apply", 2, "--amount -5: there is nothing to share out"),
    ],
)
def test_a_share_that_cannot_be_meant_says_what_to_do(league: League, words: str, code: int, said: str) -> None:
    league.refuses(f"budget split {words}", code, said)

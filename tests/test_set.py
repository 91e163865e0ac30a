"""`erc set`, `unset`, `append` and `undo`, and what all writing commands have in common: `--dry-run`, `--commit`.

In this process where many cases are needed, as processes where streams, git and exit codes matter.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from league_made import League

SHELVES = "partners/open-shelves.yaml"
UNION = "agreements/uhs-cooperation-2024.yaml"
FORUM = "activities/harbour-forum-2025.yaml"
BUDGET = "budget.yaml"
AT_UNION = "agreements/uhs-cooperation-2024"
SIGNED = f"{AT_UNION}.parties.partners/harbour-states-union.signed_on"


# --- set -----------------------------------------------------------------------------------------------------

SETS = [
    (
        "partners/open-shelves.name.en='X = y # \"z\"'",
        (
            SHELVES,
            "name:",
            "-  en: Open Shelves, Association of Public Libraries\n+  en: 'X = y # \"z\"'\n",
        ),
    ),
    ("partners/open-shelves.country=HM", (SHELVES, "sphere: national", "-country: bv\n+country: hm\n")),
    ("partners/open-shelves.notes=yes", (SHELVES, "ar: خيالي. تضم مائتي مكتبة عامة.", "+notes: 'yes'\n")),
    ("partners/open-shelves.notes='- 12'", (SHELVES, "ar: خيالي. تضم مائتي مكتبة عامة.", "+notes: '- 12'\n")),
    (
        "partners/open-shelves.notes='one\ntwo: three'",
        (SHELVES, "ar: خيالي. تضم مائتي مكتبة عامة.", "+notes: |-\n+  one\n+  two: three\n"),
    ),
    ("partners/open-shelves.anonymous=Yes", (SHELVES, "ar: رفوف مفتوحة، جمعية المكتبات العامة", "+anonymous: true\n")),
    ("partners/open-shelves.fields=education,culture,science", (SHELVES, "- culture", "+  - science\n")),
    (
        "partners/open-shelves.aliases='Shelves, open'",
        (SHELVES, "ar: رفوف مفتوحة، جمعية المكتبات العامة", "+aliases:\n+  - Shelves, open\n"),
    ),
    (
        f"{AT_UNION}.ends_on=٢٠٢٨-٠٢-٢٩",
        (UNION, "effective_on: 2024-03-01", "-ends_on: 2027-02-28\n+ends_on: 2028-02-29\n"),
    ),
    (
        f"{AT_UNION}.responsible=finance {AT_UNION}.renewal.times=2",
        (UNION, "signed_on: 2024-02-20", "-responsible: external-relations\n+responsible: finance\n"),
        (UNION, "months: 36", "-  times: 1\n+  times: 2\n"),
    ),
    ("plan.units.finance.name.en=Money", ("plan.yaml", "name:", "-      en: Finance\n+      en: Money\n")),
    (
        "projects/partnerships.indicators.trainees-applying.baseline.value=56",
        ("projects/partnerships.yaml", "baseline:", "-                  value: 55\n+                  value: 56\n"),
    ),
    (
        "meetings/uhs-committee-9.participants=lantern-league,harbour-states-union,open-shelves",
        ("meetings/uhs-committee-9.yaml", "- partners/harbour-states-union", "+  - partners/open-shelves\n"),
    ),
]


@pytest.mark.parametrize(("words", "hunks"), [(one[0], one[1:]) for one in SETS])
def test_a_value_is_set_and_no_other_line_changes(
    league: League, words: str, hunks: tuple[tuple[str, str, str], ...]
) -> None:
    league.writes(f"set {words}", *hunks)


def test_what_changed_is_said_with_file_line_and_both_values(league: League) -> None:
    said = league.erc("set partners/open-shelves.country=hm partners/open-shelves.notes=x")
    assert said.out == (
        "data/partners/open-shelves.yaml:7: partners/open-shelves.country: bv -> hm\n"
        "data/partners/open-shelves.yaml:16: partners/open-shelves.notes = x\n"
    )
    assert said.err == "look at it: erc show partners/open-shelves   take it back: erc undo\n"


@pytest.mark.parametrize(
    "words",
    [
        "set partners/open-shelves.country=bv",
        "set partners/open-shelves.category='Civil Society'",
        "set budget.programmes.total=435,000",
        f"set {SIGNED}=2024-02-20 --correct Misread",
        "append partners/open-shelves.fields education culture,education",
    ],
)
def test_what_is_so_already_is_not_written(league: League, words: str) -> None:
    with league.nothing_written():
        assert league.erc(words) == (0, "", "nothing to do: it is so already\n")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("", 2, "Usage: "),
        ("partners/open-shelves.name.en", 2, "there is no = in it; write it as in partners/oic.country=sa"),
        ("=x", 2, "=x: there is nothing before the =; write it as in partners/oic.country=sa"),
        ("partners/open-shelves=x", 2, "is a record: name a field of it, such as partners/open-shelves.notes=..."),
        (
            "partners/open-shelves.notes=",
            2,
            "an empty value is not kept; `erc unset partners/open-shelves.notes` takes",
        ),
        (
            "partners/open-shelves.name=x",
            2,
            "has one value for each of en, fr, ar: write partners/open-shelves.name.en=",
        ),
        (
            "partners/open-shelves.contacts=x",
            2,
            "is a list: `erc append partners/open-shelves.contacts ...` adds an item",
        ),
        (f"{AT_UNION}.renewal=x", 2, f"is made of several values: set one of them, such as {AT_UNION}.renewal.kind"),
        ("partners/open-shelves.nme.en=x", 2, "there is no field nme here: did you mean name?"),
        ("partners/open-shelves..name=x", 2, "there is nothing between two dots, or after the last one"),
        ("partners/open-shelves.name.=x", 2, "there is nothing between two dots, or after the last one"),
        ("partners/open-shelves.country=hm --date yesterday", 2, "--date yesterday: is not written YYYY-MM-DD"),
        ("open-shelves.country=hm", 4, "open-shelves.country is no address: write folder/id, such as partners/oic"),
        ("partner/open-shelves.country=hm", 4, "did you mean partners/open-shelves?"),
        ("partners/open-shelve.country=hm", 4, "there is no partners/open-shelve: did you mean partners/open-shelves?"),
        ("partners/open-shelves.name.en.x=y", 4, "partners/open-shelves.name.en is a single value"),
        ("projects/partnerships.indicators.nothing.unit=x", 4, "the project has no indicator nothing"),
        (f"{AT_UNION}.amendments.longer.ends_on=2030-01-01", 2, "amendments is a list: `erc append agreements/"),
        ("partners/open-shelves.country=bv agreements/nothing.notes=y", 4, "there is no agreements/nothing"),
        ("partners/open-shelves.name.de=X", 5, "de is not a language of the plan (en, fr, ar)"),
        ("partners/open-shelves.fields=educaton", 5, "educaton is not allowed here (did you mean education?)"),
        ("partners/open-shelves.category=nonsense", 5, "erc: this would add 1 error: nothing was written\n"),
        ("partners/open-shelves.succeeds=nobody", 5, "there is no partners/nobody"),
        ("plan.currency=USD", 5, "erc: this would add 10 errors: nothing was written\n"),
    ],
)
def test_what_cannot_be_set_is_refused_and_says_what_to_do(league: League, words: str, code: int, said: str) -> None:
    if words:
        league.refuses(f"set {words}", code, said)
    else:
        assert league.erc("set")[:2][0] == code


def test_a_record_is_set_under_the_id_that_it_had(league: League) -> None:
    assert league.erc("partner rename open-shelves shelves").code == 0
    assert "partners/shelves.country: bv -> hm" in league.erc("set partners/open-shelves.country=hm").out


# --- facts are corrected ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "way"),
    [
        (f"set {SIGNED}=2024-02-21", "erc agreement --help lists the facts of an agreement"),
        (f"set {AT_UNION}.events.2024-01-15-sent-for-signature.on=2024-01-16", "erc agreement --help lists"),
        (f"unset {AT_UNION}.events.2024-01-15-sent-for-signature", "erc agreement --help lists"),
        ("set activities/harbour-forum-2025.planned.start=2025-09-08", "erc activity --help lists the facts"),
        ("set activities/harbour-forum-2025.done.summary.en=x", "erc activity --help lists the facts"),
        ("set activities/harbour-forum-2025.changes.new-hall.reason=x", "erc activity --help lists the facts"),
        ("set meetings/uhs-committee-9.held_on=2025-02-26", "erc meeting decide, erc meeting done"),
        ("set budget.programmes.lines.solidarity.revisions.terfane-emergency.to=196000", "erc budget revise"),
        ("set member-states/hm.needs.reading-rooms.authority=x", "erc member-state need, erc member-state answer"),
        ("set projects/floating-library.stages.financed.on=2024", "erc project stage, erc indicator record"),
    ],
)
def test_a_fact_is_not_set_but_corrected_or_added_to(league: League, words: str, way: str) -> None:
    said = league.refuses(words, 5, "is a fact, and facts are added to, not changed: nothing was written\n")
    assert "     if it was typed wrongly: --correct REASON puts it right and keeps what it was\n" in said
    assert f"     if something new happened: add that ({way}" in said
    league.refuses(f"{words} --correct ' '" if words.startswith("set") else words, 5, "is a fact")


def test_a_correction_keeps_what_was_there_and_two_of_a_day_are_told_apart(league: League) -> None:
    last = "sha256: e1be54710836a393a497953616ab145731aefcd1ae554529dbd7a91426b1a526"
    league.writes(
        f"set {SIGNED}=2024-02-21 --correct 'Misread: a 1' --date 2025-01-05",
        (UNION, "signatory: President of the Union", "-    signed_on: 2024-02-20\n+    signed_on: 2024-02-21\n"),
        (
            UNION,
            last,
            """+corrections:
+  - id: signed-on-2025-01-05
+    on: 2025-01-05
+    field: parties.partners/harbour-states-union.signed_on
+    was: '2024-02-20'
+    reason: 'Misread: a 1'
""",
        ),
    )
    league.writes(
        f"set {SIGNED}=2024-02-22 --correct Again --date 2025-01-05",
        (UNION, "signatory: President of the Union", "-    signed_on: 2024-02-21\n+    signed_on: 2024-02-22\n"),
        (
            UNION,
            "reason: 'Misread: a 1'",
            """+  - id: signed-on-2025-01-05-2
+    on: 2025-01-05
+    field: parties.partners/harbour-states-union.signed_on
+    was: '2024-02-21'
+    reason: Again
""",
        ),
    )


def test_an_event_that_is_told_apart_by_its_day_has_another_address_afterwards(league: League) -> None:
    said = league.writes(
        f"set {AT_UNION}.events.2024-01-15-sent-for-signature.on=2024-01-16 --correct Misread --date 2025-01-05",
        (UNION, "- kind: sent-for-signature", "-    on: 2024-01-15\n+    on: 2024-01-16\n"),
        (
            UNION,
            "sha256: e1be54710836a393a497953616ab145731aefcd1ae554529dbd7a91426b1a526",
            """+corrections:
+  - id: on-2025-01-05
+    on: 2025-01-05
+    field: events.2024-01-16-sent-for-signature.on
+    was: '2024-01-15'
+    reason: Misread
""",
        ),
    )
    assert f"{AT_UNION}.events.2024-01-16-sent-for-signature.on = 2024-01-16\n" in said.out


def test_a_fact_that_never_was_is_taken_out_and_the_correction_says_what_it_said(league: League) -> None:
    league.writes(
        f"unset {AT_UNION}.events.2024-01-15-sent-for-signature --correct 'Never sent' --date 2025-05-05",
        (UNION, "on: 2023-05-15", "-  - kind: sent-for-signature\n-    on: 2024-01-15\n"),
        (
            UNION,
            "sha256: e1be54710836a393a497953616ab145731aefcd1ae554529dbd7a91426b1a526",
            """+corrections:
+  - id: 2024-01-15-sent-signature-2025-05-05
+    on: 2025-05-05
+    field: events.2024-01-15-sent-for-signature
+    was: 'kind: sent-for-signature, on: 2024-01-15'
+    reason: Never sent
""",
        ),
    )


def test_a_revision_of_the_budget_is_corrected_and_its_totals_follow(league: League) -> None:
    reason = "reason: Emergency reserve released after the floods in Terfane."
    league.writes(
        "set budget.programmes.lines.solidarity.revisions.terfane-emergency.to=196,000 --correct Misread "
        "--date 2025-01-05 --update-totals",
        (BUDGET, "from: 180000.00", "-          to: 195000.00\n+          to: 196000.00\n"),
        (BUDGET, reason, "-  total: 435000.00\n+  total: 436000.00\n"),
        (BUDGET, "allocated: 165000.00", "-      unallocated: 30000.00\n+      unallocated: 31000.00\n"),
        (
            BUDGET,
            "reason: Travel allowances follow the new host-country rates.",
            """+corrections:
+  - id: to-2025-01-05
+    on: 2025-01-05
+    field: programmes.lines.solidarity.revisions.terfane-emergency.to
+    was: '195000.00'
+    reason: Misread
""",
        ),
        ("projects/solidarity.yaml", "responsible: programmes", "-budget: 195000.00\n+budget: 196000.00\n"),
    )


def test_the_plan_keeps_no_corrections(league: League) -> None:
    league.refuses("set plan.title.en=X --correct why", 5, "plan keeps no corrections: nothing was written")


# --- totals --------------------------------------------------------------------------------------------------


def test_without_being_asked_no_total_changes_and_what_would_help_is_said(league: League) -> None:
    said = league.refuses("set budget.staff.lines.salaries.years.2025=105,000", 5, "error BUD003", "error BUD004")
    assert said.endswith(
        "erc: this would add 2 errors: nothing was written\n"
        "     with --update-totals the totals change as well, and are shown\n"
    )


def test_totals_follow_over_all_levels(league: League) -> None:
    # 303,000 + 1,000; 163,000 + 1,000; 422,600 + 1,000.
    said = league.writes(
        "set budget.staff.lines.salaries.years.2025=105,000 --update-totals",
        (
            BUDGET,
            "2024: 101000.00",
            "-        2025: 104000.00\n-      total: 303000.00\n+        2025: 105000.00\n+      total: 304000.00\n",
        ),
        (
            BUDGET,
            "2024: 140600.00",
            "-    2025: 163000.00\n-  total: 422600.00\n+    2025: 164000.00\n+  total: 423600.00\n",
        ),
    )
    assert "data/budget.yaml:141: budget.staff.total: 422600.00 -> 423600.00\n" in said.out


def test_a_total_that_the_command_gives_is_not_changed_back(league: League) -> None:
    said = league.refuses("set budget.programmes.total=436000 --update-totals", 5, "error BUD001")
    assert "--update-totals" not in said
    assert "--update-totals" not in league.refuses("set budget.programmes.total=436000", 5, "error BUD001")
    assert league.erc("set budget.programmes.lines.partnerships.amount=241000 budget.programmes.total=436000").code == 5
    both = "set budget.programmes.lines.partnerships.amount=241000 budget.programmes.total=436000 --update-totals"
    assert league.erc(both).code == 0


def test_a_total_that_was_wrong_before_is_not_mended_in_passing(league: League) -> None:
    league.put(BUDGET, "  total: 422600.00", "  total: 1.00")
    league.writes(
        "set budget.staff.lines.salaries.years.2025=105,000 --update-totals",
        (
            BUDGET,
            "2024: 101000.00",
            "-        2025: 104000.00\n-      total: 303000.00\n+        2025: 105000.00\n+      total: 304000.00\n",
        ),
        (BUDGET, "2024: 140600.00", "-    2025: 163000.00\n+    2025: 164000.00\n"),
    )
    assert league.erc("set budget.staff.total=423600").code == 0


def test_a_line_comes_and_goes_with_its_totals(league: League) -> None:
    line = "title.en=Post title.fr=Poste title.ar=وظيفة years.2024=5,000 years.2025=6,000 total=11,000"
    league.refuses(f"append budget.staff.lines {line}", 5, "with --update-totals the totals change as well")
    league.writes(
        f"append budget.staff.lines {line} --update-totals",
        (
            BUDGET,
            "notes: 'Filled from July 2024: half a year, then a whole one.'",
            """+    - id: post
+      title:
+        en: Post
+        fr: Poste
+        ar: وظيفة
+      years:
+        2024: 5000.00
+        2025: 6000.00
+      total: 11000.00
""",
        ),
        (
            BUDGET,
            "2023: 119000.00",
            "-    2024: 140600.00\n-    2025: 163000.00\n-  total: 422600.00\n"
            "+    2024: 145600.00\n+    2025: 169000.00\n+  total: 433600.00\n",
        ),
    )
    assert league.erc("unset budget.staff.lines.post --update-totals").code == 0
    assert league.text(BUDGET) == (Path(__file__).parent.parent / "examples/lantern-league/data/budget.yaml").read_text(
        "utf-8"
    )


# --- unset and append ----------------------------------------------------------------------------------------


def test_a_field_or_an_item_is_taken_out_and_its_old_line_is_said(league: League) -> None:
    said = league.writes("unset partners/open-shelves.country", (SHELVES, "sphere: national", "-country: bv\n"))
    assert said.out == "data/partners/open-shelves.yaml:7: partners/open-shelves.country: bv -> (taken out)\n"
    said = league.writes(f"unset {AT_UNION}.fields.culture", (UNION, "fields:", "-  - culture\n"))
    assert said.out == f"data/{UNION}:16: {AT_UNION}.fields.culture: culture -> (taken out)\n"
    # The last of a list takes the list with it.
    league.writes(
        f"unset {AT_UNION}.fields.education",
        (UNION, "succeeds: agreements/uhs-cooperation-2015", "-fields:\n-  - education\n"),
    )
    said = league.writes(
        f"unset {AT_UNION}.termination",
        (UNION, "notice_days: 180", "-termination:\n-  notice_days: 180\n"),
    )
    assert said.out.endswith(f"{AT_UNION}.termination (taken out)\n")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("unset partners/open-shelves.name", 5, "name is missing"),
        ("unset partners/open-shelves", 2, "is a record: `erc remove` takes it out if it was created in error"),
        ("unset partners/open-shelves.notes", 4, "partners/open-shelves has no notes: there is nothing to take out"),
        ("unset partners/open-shelves.fields.nothing", 4, "there is nothing to take out"),
        ("unset partners/nobody.notes", 4, "there is no partners/nobody"),
        ("append partners/open-shelves.contacts", 2, "Missing argument"),
        ("append partners/open-shelves.contacts desk", 2, "desk: there is no = in it"),
        ("append partners/open-shelves.contacts id=desk", 2, "partners/open-shelves.contacts: say role=... as well"),
        ("append partners/open-shelves.contacts role=a role=b", 2, "role is given twice, as a and as b"),
        ("append partners/open-shelves.contcts role=Desk", 2, "there is no field contcts here: did you mean contacts?"),
        ("append partners/open-shelves.aliases ''", 2, "partners/open-shelves.aliases: say what to add"),
        ("append partners/open-shelves.name en=x", 2, "partners/open-shelves.name is no list: `erc set partners/open-"),
        ("append partners/open-shelves.name.en x", 2, "partners/open-shelves.name.en is no list: `erc set"),
        (
            "append partners/open-shelves role=x",
            2,
            "partners/open-shelves is no list of a record, such as partners/oic.",
        ),
        ("append partners/open-shelves.source.part x=y", 2, "is no list"),
        ("append projects/partnerships.areas.nope.outcomes id=x", 4, "areas has nothing called nope"),
        ("append partners/nobody.contacts role=x", 4, "there is no partners/nobody"),
        (f"append {AT_UNION}.events kind=resumed on=2025-12-10", 5, "resumed on 2025-12-10, when it was in force"),
        ("append budget.programmes.lines project=solidarity amount=5", 5, "is a second line for projects/solidarity"),
    ],
)
def test_what_cannot_be_taken_out_or_added_says_what_to_do(league: League, words: str, code: int, said: str) -> None:
    league.refuses(words, code, said)


def test_an_item_is_added_to_any_list(league: League) -> None:
    description = (SHELVES, "- culture")
    league.writes(
        "append partners/open-shelves.contacts role='Desk: a' phone=+123 name='O # B'",
        (*description, "+contacts:\n+  - id: desk\n+    role: 'Desk: a'\n+    name: 'O # B'\n+    phone: '+123'\n"),
    )
    league.refuses(
        "append partners/open-shelves.contacts role='Desk: a' phone=+123 name='O # B'",
        5,
        "the same is there already, as partners/open-shelves.contacts.desk: nothing was written",
    )
    league.writes(
        "append partners/open-shelves.contacts role='Desk a'",
        (SHELVES, "phone: '+123'", "+  - id: desk-2\n+    role: Desk a\n"),
    )
    league.writes(
        "append partners/open-shelves.aliases 'Shelves, open' رفوف 'Shelves, open' -- -s-",
        (
            SHELVES,
            "ar: رفوف مفتوحة، جمعية المكتبات العامة",
            "+aliases:\n+  - Shelves, open\n+  - رفوف\n+  - '-s-'\n",
        ),
    )
    league.writes(
        f"append {AT_UNION}.documents kind=minutes title=M title.fr=P title.ar=م url=https://a.example/?b=c",
        (
            UNION,
            "sha256: e1be54710836a393a497953616ab145731aefcd1ae554529dbd7a91426b1a526",
            """+  - id: m
+    kind: minutes
+    title:
+      en: M
+      fr: P
+      ar: م
+    url: https://a.example/?b=c
""",
        ),
    )


# --- a register with errors ------------------------------------------------------------------------------------


def test_errors_that_were_there_do_not_stand_in_the_way(league: League) -> None:
    league.put("partners/donor-k.yaml", "category: individual-donor", "category: nonsense")
    (league.root / "data/partners/torn.yaml").write_text("x: [\n", "utf-8")
    league.writes("set partners/open-shelves.country=hm", (SHELVES, "sphere: national", "-country: bv\n+country: hm\n"))
    assert league.erc(f"agreement suspend {AT_UNION} --date 2025-12-10").code == 0
    # In the file itself as well, if the change adds none.
    assert league.erc("set partners/donor-k.name.en=Somebody").code == 0
    league.refuses("set partners/donor-k.country=zz", 5, "this would add 1 error")
    league.refuses("set partners/torn.notes=x", 4, "partners/torn could not be read: erc check data/partners/torn.yaml")
    assert league.erc("set partners/donor-k.category=individual-donor").code == 0


def test_a_fact_is_not_added_to_a_record_that_cannot_be_understood(league: League) -> None:
    league.put(UNION, "kind: cooperation-agreement", "kind: nonsense")
    said = f"{AT_UNION} has errors: erc check data/{UNION} tells which; mend them first"
    league.refuses(f"agreement suspend {AT_UNION} --date 2025-12-10", 4, said)
    league.put(BUDGET, "      amount: 240000.00", "      amount: many")
    league.refuses(
        "budget revise solidarity 5 --reason x", 5, "data/budget.yaml has errors: erc check data/budget.yaml"
    )
    league.refuses(
        "budget split partnerships", 5, "data/budget.yaml has errors: erc check data/budget.yaml tells which"
    )


def test_without_a_plan_that_can_be_read_values_are_set_and_no_bug_is_met(league: League) -> None:
    (league.root / "data/plan.yaml").write_text("a: [\n", "utf-8")
    assert league.erc("set partners/open-shelves.country=hm").code == 0
    said = "data/plan.yaml has errors: erc check data/plan.yaml tells which; mend them first"
    for words in (
        f"agreement suspend {AT_UNION} --date 2025-12-10",
        "agreement clear terfane-archives-letters legal --by finance",
        "agreement sign terfane-archives-letters --party lantern-league",
        "budget split partnerships",
    ):
        league.refuses(words, 5, said)


# --- dry runs, undo, commits -----------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--dry-run", "-n"])
def test_a_dry_run_shows_the_difference_and_writes_nothing(league: League, option: str) -> None:
    with league.nothing_written():
        said = league.erc(f"set partners/open-shelves.country=hm {option}")
    assert said.code == 0
    assert said.err == "nothing was written (--dry-run)\n"
    assert (
        said.out
        == """--- a/data/partners/open-shelves.yaml
+++ b/data/partners/open-shelves.yaml
@@ -4,7 +4,7 @@
   ar: رفوف مفتوحة، جمعية المكتبات العامة
 category: civil-society
 sphere: national
-country: bv
+country: hm
 organisation_type: 22
 fields:
   - education
"""
    )


@pytest.mark.parametrize(
    "words",
    [
        f"agreement suspend {AT_UNION} --date 2025-12-10",
        "activity complete lamp-prize-2025 --date 2026-02-18",
        "meeting decide uhs-committee-9 X --for-information",
        "project stage floating-library running --date 2025-03",
        "member-state need hm X --authority Y --date 2025-12-01",
        "budget revise partnerships 250000 --reason R --update-totals",
        "unset partners/open-shelves.country",
        "append partners/open-shelves.aliases X",
        "partner add --name X --category academic",
    ],
)
def test_every_writer_has_a_dry_run(league: League, words: str) -> None:
    with league.nothing_written():
        said = league.erc(f"{words} --dry-run")
    assert said.code == 0
    assert "\n@@ " in said.out
    assert said.err.endswith("nothing was written (--dry-run)\n")
    assert league.erc("undo").code == 5  # there is nothing to take back


def test_undo_takes_back_the_last_change_and_a_second_time_makes_it_again(league: League) -> None:
    assert league.erc("undo") == (5, "", "erc: no change to take back is on file: nothing was written\n")
    before = league.files()
    league.erc("set partners/open-shelves.country=hm")
    after = league.files()
    with league.nothing_written():
        said = league.erc("undo --dry-run")
    assert said.out == "data/partners/open-shelves.yaml\n"
    assert said.err == "would be taken back: erc set partners/open-shelves.country=hm\n"
    said = league.erc("undo")
    assert said.out == "data/partners/open-shelves.yaml\n"
    assert said.err == "taken back: erc set partners/open-shelves.country=hm   once more: erc undo\n"
    assert league.files() == before
    league.erc("undo")
    assert league.files() == after


def test_undo_leaves_a_file_that_somebody_changed_meanwhile(league: League) -> None:
    league.erc("set partners/open-shelves.country=hm")
    league.put(SHELVES, "category: civil-society", "category: academic")
    league.refuses("undo", 5, "data/partners/open-shelves.yaml changed since `set partners/open-shelves.country=hm`")


class Repository:
    """A register in a git repository, and `erc` as a process in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def erc(self, *words: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "erc_cli", *words],
            cwd=self.root,
            env={**os.environ, "ERC_ROOT": "", "COLUMNS": "80", "CI": "true"},
            capture_output=True,
            check=False,
        )
        assert b"Traceback" not in done.stderr
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def git(self, *words: str) -> str:
        identity = ["-c", "user.name=N", "-c", "user.email=n@example.org"]
        return subprocess.run(
            ["git", *identity, *words], cwd=self.root, capture_output=True, check=True, encoding="utf-8"
        ).stdout


@pytest.fixture
def repository(league_files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """The fictional register, committed."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "N")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "n@example.org")
    copytree(league_files, tmp_path / "league")
    found = Repository(tmp_path / "league")
    found.git("add", ".")
    found.git("commit", "--quiet", "--message", "Start")
    return found


def test_a_commit_has_the_changed_files_alone_and_leaves_the_index_as_it_was(repository: Repository) -> None:
    data = repository.root / "data" / "partners"
    for name in ("donor-k", "brightglass"):
        (data / f"{name}.yaml").write_bytes((data / f"{name}.yaml").read_bytes() + b"# mine\n")
    repository.git("add", "data/partners/brightglass.yaml")
    message = "A place: \"Halmora\", 'at last'"
    code, out, err = repository.erc(
        "set", "partners/open-shelves.country=hm", f"{AT_UNION}.notes=x", "--commit", "--message", message
    )
    assert code == 0, err
    assert "partners/open-shelves.country: bv -> hm\n" in out
    assert err.splitlines()[-1] == f"committed as {repository.git('rev-parse', '--short', 'HEAD').strip()}"
    assert repository.git("log", "-1", "--format=%B").strip() == message
    assert repository.git("show", "--name-only", "--format=", "HEAD").split() == [f"data/{UNION}", f"data/{SHELVES}"]
    assert (
        repository.git("status", "--porcelain") == "M  data/partners/brightglass.yaml\n M data/partners/donor-k.yaml\n"
    )


def test_a_commit_without_a_message_says_the_command_and_takes_new_files_in(repository: Repository) -> None:
    code, _, err = repository.erc("partner", "add", "trial", "--name", "Trial", "--category", "academic", "--commit")
    assert code == 0, err
    assert (
        repository.git("log", "-1", "--format=%s").strip() == "erc partner add trial --name Trial --category academic"
    )
    assert repository.git("show", "--name-only", "--format=", "HEAD").split() == ["data/partners/trial.yaml"]
    assert repository.git("status", "--porcelain") == ""
    assert repository.erc("undo")[0] == 0
    assert repository.git("status", "--porcelain") == " D data/partners/trial.yaml\n"


def test_a_commit_that_a_hook_stops_says_that_the_change_is_written(repository: Repository) -> None:
    hook = repository.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'not today' >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    code, _, err = repository.erc("set", "partners/open-shelves.country=hm", "--commit")
    assert code == 5
    assert "erc: git commit failed: not today\n" in err
    assert f"     the change is written, and not committed: data/{SHELVES}\n" in err
    assert repository.git("status", "--porcelain") == f" M data/{SHELVES}\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--message", "x"], "--message is the message of a commit: give --commit as well"),
        (["--commit", "--dry-run"], "--commit and --dry-run: only one of them"),
    ],
)
def test_options_that_do_not_fit_together_are_wrong_usage(league: League, options: list[str], said: str) -> None:
    with league.nothing_written():
        answer = league.erc("set", "partners/open-shelves.country=hm", *options)
    assert (answer.code, answer.out, answer.err) == (2, "", f"erc: {said}\n")


def test_a_refused_change_commits_nothing(repository: Repository) -> None:
    head = repository.git("rev-parse", "HEAD")
    assert repository.erc("set", "partners/open-shelves.country=zz", "--commit")[0] == 5
    assert repository.erc("set", "partners/open-shelves.country=bv", "--commit")[0] == 0  # it is so already
    assert repository.git("rev-parse", "HEAD") == head


def test_outside_git_a_commit_is_refused_and_a_change_is_not(league_files: Path, tmp_path: Path) -> None:
    copytree(league_files / "data", tmp_path / "data")
    outside = Repository(tmp_path)
    env = dict(os.environ)
    path = tmp_path / "data" / SHELVES
    before = path.read_bytes()
    try:
        os.environ["GIT_CEILING_DIRECTORIES"] = str(tmp_path.parent)
        os.environ["XDG_STATE_HOME"] = str(tmp_path / "state")
        code, out, err = outside.erc("set", "partners/open-shelves.country=hm", "--commit")
        assert (code, out) == (3, "")
        assert "--commit needs a git repository" in err
        assert path.read_bytes() == before
        assert outside.erc("set", "partners/open-shelves.country=hm")[0] == 0
        assert path.read_bytes() == before.replace(b"country: bv", b"country: hm")
        assert outside.erc("undo")[0] == 0
        assert path.read_bytes() == before
    finally:
        os.environ.clear()
        os.environ.update(env)


def test_no_register_is_exit_code_3(tmp_path: Path) -> None:
    assert Repository(tmp_path).erc("set", "partners/open-shelves.country=hm")[0] == 3

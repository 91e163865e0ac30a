"""References: what leads nowhere, to the wrong type, in a circle, or to what has ended."""

from __future__ import annotations

from typing import Any

import pytest

from erc_cli.commands.check import check as check_source
from erc_cli.core.findings import Finding
from factories import Files, MemorySource, check, source


def of(code: str, files: Files) -> list[Finding]:
    return [finding for finding in check(files, complete=False) if finding.code == code]


def messages(code: str, files: Files) -> list[str]:
    return [finding.problem.message for finding in of(code, files)]


AREAS = [
    {
        "id": "rural",
        "formerly": ["countryside"],
        "outcomes": [
            {
                "id": "reading",
                "performance_indicators": [
                    {"id": "readers", "measurement_indicators": [{"id": "readers-trained", "formerly": ["trained"]}]}
                ],
            }
        ],
    }
]


def test_a_slip_in_a_reference_suggests_the_record() -> None:
    (found,) = of("REF001", {"agreements/a": {"under": "agreements/cooperatoin"}, "agreements/cooperation": {}})
    assert found.problem.message == "there is no agreements/cooperatoin (did you mean agreements/cooperation?)"
    assert found.problem.fix == "agreements/cooperation"
    assert found.problem.field == ("under",)
    assert found.place is not None
    assert found.place.path == "data/agreements/a.yaml"


def test_a_renamed_record_gives_its_new_id() -> None:
    files = {"agreements/a": {"under": "agreements/old"}, "agreements/new": {"formerly": ["old"]}}
    (found,) = of("REF001", files)
    assert found.problem.message == "agreements/old was renamed to agreements/new"
    assert found.problem.fix == "agreements/new"


def test_an_unreadable_target_is_told_as_such_and_a_wrong_one_is_not_told() -> None:
    files = dict(source({"agreements/a": {"under": "agreements/b", "succeeds": "agreements/c"}}).files)
    files["data/agreements/b.yaml"] = b"{"
    files["data/agreements/c.yaml"] = b"kind: nonsense\n"
    found = check_source(MemorySource(files)).findings
    assert [f.problem.message for f in found if f.code == "REF001"] == [
        "agreements/b is there, but its file is unreadable"
    ]


@pytest.mark.parametrize(
    ("who", "message", "fix"),
    [
        ("isesca", "isesca is not the own organisation, isesco (did you mean isesco?)", "isesco"),
        ("oic", "oic is not the own organisation, isesco (did you mean partners/oic?)", "partners/oic"),
        ("partners/isesco", "the own organisation is its bare id (did you mean isesco?)", "isesco"),
        ("ccmo", "ccmo was renamed to isesco", "isesco"),
        (
            "external-relations",
            "external-relations is a unit: here stands partners/ID or the own organisation, isesco",
            None,
        ),
    ],
)
def test_a_bare_word_is_the_own_organisation(who: str, message: str, fix: str | None) -> None:
    files = {"plan": {"organisation": {"formerly": ["ccmo"]}}, "meetings/m": {"participants": ["isesco", who]}}
    (found,) = of("REF001", {**files, "partners/oic": {}})
    assert found.problem.message == message
    assert found.problem.fix == fix
    assert found.problem.field == ("participants", 1)


def test_a_unit_answers_where_units_may() -> None:
    assert messages("REF001", {"meetings/m": {"decisions": [{"id": "d", "owner": "external-relations"}]}}) == []
    assert messages("REF001", {"meetings/m": {"decisions": [{"id": "d", "owner": "external-relation"}]}}) == [
        "external-relation is neither the own organisation nor a unit (did you mean external-relations?)"
    ]


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("meetings/m.decisions.training", None),
        ("meetings/m", None),
        (
            "meetings/m.decisions.trainning",
            "there is no trainning in meetings/m.decisions (did you mean meetings/m.decisions.training?)",
        ),
        ("meetings/m.decisions.course", "meetings/m.decisions.course was renamed to meetings/m.decisions.training"),
        ("meetings/m.agenda", "there is no agenda in meetings/m"),
    ],
)
def test_addresses_inside_a_record_are_looked_up(address: str, message: str | None) -> None:
    files: Files = {
        "meetings/m": {"decisions": [{"id": "training", "formerly": ["course"]}]},
        "activities/a": {"because": address},
    }
    assert messages("REF001", files) == ([message] if message else [])


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("projects/p.areas.rural.outcomes.reading", None),
        ("projects/p.indicators.readers-trained", None),
        ("projects/p.areas.countryside", "projects/p.areas.countryside was renamed to projects/p.areas.rural"),
        (
            "projects/p.indicators.trained",
            "projects/p.indicators.trained was renamed to projects/p.indicators.readers-trained",
        ),
        (
            "projects/p.indicators.reader",
            "there is no reader in projects/p.indicators (did you mean projects/p.indicators.readers?)",
        ),
        (
            "projects/p.areas.rurale.outcomes.reading",
            "there is no rurale in projects/p.areas (did you mean projects/p.areas.rural.outcomes.reading?)",
        ),
    ],
)
def test_an_agreement_serves_what_the_project_has(address: str, message: str | None) -> None:
    files: Files = {"projects/p": {"areas": AREAS}, "agreements/a": {"serves": [address]}}
    assert messages("REF001", files) == ([message] if message else [])


def test_keys_with_dots_and_addresses_of_the_plan_are_found() -> None:
    files: Files = {
        "plan": {"priorities": [{"id": "funding"}]},
        "projects/p": {"alignment": [{"framework": "sdg", "goal": "4.7"}]},
        "agreements/a": {"because": "projects/p.alignment.sdg-4.7"},
        "agreements/b": {"because": "plan.priorities.funding"},
    }
    assert messages("REF001", files) == []


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"activities/a": {"under": "meetings/cooperation"}, "agreements/cooperation": {}},
            "meetings/cooperation is not in agreements/ (did you mean agreements/cooperation?)",
        ),
        (
            {"agreements/a": {"because": "meeting/m"}, "meetings/m": {}},
            "there is no folder meeting (did you mean meetings/m?)",
        ),
        ({"activities/a": {"because": "plan"}}, "plan is not in meetings/ or member-states/"),
        (
            {"agreements/a": {"serves": ["projects/p.title"]}, "projects/p": {}},
            "projects/p.title is a field: name the record or the item that it belongs to",
        ),
    ],
)
def test_the_wrong_type_is_told_once(files: Files, message: str) -> None:
    assert messages("REF002", files) == [message]
    assert messages("REF001", files) == []


def test_each_circle_is_told_once_from_its_first_member() -> None:
    files: Files = {
        "agreements/a": {"succeeds": "agreements/b"},
        "agreements/b": {"succeeds": "agreements/c"},
        "agreements/c": {"succeeds": "agreements/b"},
        "partners/x": {"succeeds": "partners/x"},
    }
    found = of("REF003", files)
    assert [(f.problem.record, f.problem.message) for f in found] == [
        ("agreements/b", "succeeds leads in a circle: agreements/b > agreements/c > agreements/b"),
        ("partners/x", "succeeds leads in a circle: partners/x > partners/x"),
    ]
    assert [related.record for related in found[0].problem.related] == ["agreements/c"]


def test_under_and_succeeds_together_are_no_circle() -> None:
    files: Files = {"agreements/a": {"under": "agreements/b"}, "agreements/b": {"succeeds": "agreements/a"}}
    assert messages("REF003", files) == []


def test_contributions_that_follow_each_other_are_a_circle() -> None:
    def gift(follows: str) -> dict[str, Any]:
        return {"follows": follows, "amount": "1.00", "party": "isesco"}

    files: Files = {
        "activities/a": {"contributions": [{"id": "one", **gift("projects/p.contributions.two")}]},
        "projects/p": {"contributions": [{"id": "two", **gift("activities/a.contributions.one")}]},
    }
    (found,) = of("REF003", files)
    assert found.problem.record == "activities/a"
    assert found.problem.field == ("contributions", "one", "follows")


TERMINATED = {"events": [{"kind": "terminated", "on": "2019-06-01", "effective_on": "2019-09-01"}]}


@pytest.mark.parametrize(
    ("files", "count"),
    [
        ({"activities/x": {"under": "agreements/a", "planned": {"start": "2019-08-31", "end": "2019-09-30"}}}, 0),
        ({"activities/x": {"under": "agreements/a", "planned": {"start": "2019-09-01", "end": "2019-09-30"}}}, 1),
        ({"activities/x": {"under": "agreements/a", "planned": {"start": "2019", "end": "2019"}}}, 0),
        ({"activities/x": {"under": "agreements/a", "planned": {"start": "2020", "end": "2020"}}}, 1),
        ({"activities/x": {"under": "agreements/a"}}, 0),
        ({"meetings/m": {"agreement": "agreements/a", "held_on": "2020-01"}}, 1),
        ({"agreements/b": {"under": "agreements/a", "effective_on": "2020-01-01"}}, 1),
        ({"agreements/b": {"succeeds": "agreements/a", "effective_on": "2020-01-01"}}, 0),
        ({"agreements/b": {"parties": [{"party": "isesco"}, {"party": "partners/p", "signed_on": "2019-07-01"}]}}, 1),
        ({"agreements/b": {"parties": [{"party": "isesco"}, {"party": "partners/p", "signed_on": "2019-06-30"}]}}, 0),
    ],
)
def test_what_starts_after_the_end_of_what_it_names(files: Files, count: int) -> None:
    ended: Files = {"agreements/a": TERMINATED, "partners/p": {"ended_on": "2019-06-30"}}
    assert len(of("REF004", {**ended, **files})) == count


def test_a_contribution_counts_from_its_own_day() -> None:
    def late_forum(day: str) -> Files:
        gift = {"id": "gift", "party": "partners/p", "amount": "1.00", "on": day}
        planned = {"start": "2020-01-01", "end": "2020-01-02"}
        return {"activities/x": {"planned": planned, "contributions": [gift]}, "partners/p": {"ended_on": "2019-06-30"}}

    assert of("REF004", late_forum("2019-06-30")) == []
    assert [f.severity for f in of("REF004", late_forum("2019-07-01"))] == ["warning"]


def test_a_forum_that_was_moved_starts_on_its_new_day() -> None:
    change = {
        "id": "moved",
        "on": "2019-02-01",
        "field": "schedule",
        "from": {"start": "2019-03-01", "end": "2019-03-02"},
        "to": {"start": "2019-10-01", "end": "2019-10-02"},
    }
    forum = {"under": "agreements/a", "planned": change["from"], "changes": [change]}
    assert len(of("REF004", {"agreements/a": TERMINATED, "activities/x": forum})) == 1


@pytest.mark.parametrize(
    ("activity", "message"),
    [
        ({"area": "rural", "indicators": ["readers", "readers-trained"], "series": "fair"}, None),
        ({"area": "rurla"}, "there is no area rurla in projects/p (did you mean rural?)"),
        ({"area": "countryside"}, "countryside was renamed to rural"),
        ({"indicators": ["trained"]}, "trained was renamed to readers-trained"),
        ({"series": "congress"}, "there is no series congress in projects/p"),
    ],
)
def test_bare_ids_are_those_of_the_project(activity: dict[str, Any], message: str | None) -> None:
    project = {"areas": AREAS, "series": [{"id": "fair", "interval_months": 36}]}
    files: Files = {"projects/p": project, "activities/a": {"project": "projects/p", **activity}}
    assert messages("REF005", files) == ([message] if message else [])


def test_bare_ids_of_a_project_that_is_not_there_are_left_alone() -> None:
    assert messages("REF005", {"activities/a": {"project": "projects/nowhere", "area": "rural"}}) == []


def test_frameworks_deeds_and_allocated_areas_are_looked_up() -> None:
    gift = {"id": "gift", "party": "isesco", "amount": "1.00", "deed": "deed-2018"}
    files: Files = {
        "projects/p": {
            "alignment": [{"framework": "sgd"}],
            "contributions": [gift],
            "documents": [{"id": "deed-2019"}],
            "areas": AREAS,
        },
        "budget": {"allocations": {"lines": [{"id": "l", "project": "projects/p", "area": "coast", "amount": "1.00"}]}},
    }
    assert messages("REF005", files) == [
        "there is no area coast in projects/p",
        "there is no framework sgd in the plan (did you mean sdg?)",
        "there is no document deed-2018 in the record (did you mean deed-2019?)",
    ]


@pytest.mark.parametrize(
    ("evidence", "code"),
    [
        ("minutes", None),
        ("https://www.isesco.org.ma/news", None),
        ("meetings/m", None),
        ("partners/oic.name", None),
        ("minute", "REF005"),
        ("http://www.isesco.org.ma", "REF005"),
        ("https://", "REF005"),
        ("report of the meeting", "REF005"),
        ("meetings/n", "REF001"),
        ("meeting/m", "REF002"),
    ],
)
def test_evidence_is_an_address_a_document_or_a_link(evidence: str, code: str | None) -> None:
    decision = {"id": "d", "evidence": [evidence]}
    files: Files = {
        "meetings/m": {"documents": [{"id": "minutes"}], "decisions": [decision]},
        "partners/oic": {},
    }
    found = [f.code for f in check(files, complete=False) if f.code.startswith("REF")]
    assert found == ([code] if code else [])

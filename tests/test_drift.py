"""`erc drift --since`: what moved since a revision, and what nothing on file explains."""

from __future__ import annotations

import json
from typing import Any

import pytest

from git_made import commit
from league_made import League

ON = "2024-07-01"


@pytest.fixture
def since(league: League) -> League:
    """The example, committed as it is under the tag `baseline`."""
    commit(league.root, "Begin", "2024-06-01T10:00:00+0000")
    return league


def drift(league: League, *words: str) -> dict[str, Any]:
    """The tables and lists of the report by their headings."""
    answer = league.erc("drift", "--since", "HEAD", "--on", ON, "--format", "json", *words)
    assert answer.code == 0, answer.err
    sections = json.loads(answer.out)["sections"]
    return {one["heading"]: one["table"]["rows"] if one["table"] else one["items"] for one in sections}


def move(league: League, activity: str, days: str) -> None:
    answer = league.erc("activity", "move", activity, *days.split())
    assert answer.code == 0, answer.err


def test_nothing_has_moved_since_now(since: League) -> None:
    found = drift(since)
    assert "Days by cause" not in found
    assert found["Activities that moved"] == []
    assert "Cancelled activities" not in found
    assert "Money by year, against the plan" not in found


def test_what_moved_since_has_its_cause_and_what_moved_before_does_not_count(since: League) -> None:
    path = "activities/donors-conference-2024.yaml"
    before = since.text(path)
    cut = before[: before.index("changes:")]
    commit(since.root)
    # 2 October is moved to 12 October by the partners; the change of July comes later than the day asked about
    (since.root / "data" / path).write_text(
        cut
        + """changes:
  - id: earlier-talks
    on: 2024-06-20
    field: schedule
    from:
      start: 2024-10-01
      end: 2024-10-02
    to:
      start: 2024-10-11
      end: 2024-10-12
    reason: The hall is taken.
    cause: partner-timeframe
"""
        + before[before.index("done:") :],
        "utf-8",
    )
    found = drift(since)
    assert found["Days by cause"] == [{"cause": "partner-timeframe", "activities": 1, "days": 10}]
    (moved,) = found["Activities that moved"]
    assert (moved["planned"], moved["current"], moved["days"]) == ("2024-10-02", "2024-10-12", 10)
    assert found["Changes"][0]["reason"] == "The hall is taken."


def test_a_schedule_changed_without_a_word_is_unexplained(since: League) -> None:
    since.put("activities/harbour-forum-2025.yaml", "  start: 2025-09-09\n  end: 2025-09-11\nchanges:",
              "  start: 2025-09-16\n  end: 2025-09-18\nchanges:")  # fmt: skip
    found = drift(since)
    assert found["Days by cause"] == [{"cause": "unexplained", "activities": 1, "days": 7}]
    assert found["Changes"][0]["cause"] == "unexplained"


def test_activities_added_and_taken_out(since: League) -> None:
    (since.root / "data/activities/mayors-symposium-2023.yaml").rename(
        since.root / "data/activities/another-symposium.yaml"
    )
    found = drift(since)
    assert [row["added"] for row in found["Activities by year"] if row["year"] == "2023"] == [1]
    (gone,) = found["On file no more"]
    assert gone.endswith("(activities/mayors-symposium-2023)")


def test_a_renamed_activity_is_the_same(since: League) -> None:
    answer = since.erc("rename activities/mayors-symposium-2023 symposium-of-mayors")
    assert answer.code == 0, answer.err
    found = drift(since)
    assert "On file no more" not in found
    assert all(row["added"] == 0 for row in found["Activities by year"])


def test_money_that_went_between_years_since(since: League) -> None:
    answer = since.erc("budget revise governmental-2025 40000.00 --date 2024-06-30 --reason Less --update-totals")
    assert answer.code == 0, answer.err
    (row,) = drift(since)["Money by year, against the plan"]
    assert (row["year"], row["difference"]) == (2025, "-2000.00")  # 42000.00 then, and not 35000.00 as approved


def test_one_year_alone(since: League) -> None:
    found = drift(since, "--year", "2025")
    assert [row["year"] for row in found["Activities by year"]] == ["2025"]


def test_what_cannot_be_compared_with(since: League) -> None:
    assert since.erc("drift").code == 2
    assert since.erc("drift --since no-such-tag").code == 3
    assert since.erc("drift --since --output=/tmp/x").code == 3
    assert since.erc("drift --since HEAD --format odt").code == 2

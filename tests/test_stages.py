"""Stages of off-budget projects on a day."""

from __future__ import annotations

from datetime import date

import pytest

from erc_cli.core.records.project import Project
from erc_cli.core.stages import STAGES, has_reached, in_order, stage_on, stages_on
from factories import register


def project(**stages: str) -> Project:
    content = {"stages": [{"stage": stage, "on": on} for stage, on in stages.items()]}
    return register({"projects/o": content}).projects[0]


WRITTEN_BACKWARDS = project(running="2020-05-01", agreed="2019-06", identified="2018")


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        (date(2017, 12, 31), None),
        (date(2018, 1, 1), "identified"),
        (date(2019, 5, 31), "identified"),
        (date(2019, 6, 1), "agreed"),
        (date(2020, 4, 30), "agreed"),
        (date(2020, 5, 1), "running"),
    ],
)
def test_the_stage_on_a_day_is_the_furthest_reached(on: date, stage: str | None) -> None:
    found = stage_on(WRITTEN_BACKWARDS, on)
    assert (found.stage if found else None) == stage


def test_stages_have_one_order() -> None:
    assert [one.stage for one in in_order(WRITTEN_BACKWARDS)] == ["identified", "agreed", "running"]
    assert [one.stage for one in stages_on(WRITTEN_BACKWARDS, date(2019, 12, 31))] == ["identified", "agreed"]
    assert STAGES == ("identified", "concept", "coordinated", "agreed", "financed", "running", "closed")


def test_a_project_that_was_given_up_did_not_reach_what_lies_between() -> None:
    given_up = project(concept="2019-01-01", closed="2019-06-01")
    assert has_reached(given_up, "concept")
    assert has_reached(given_up, "closed")
    assert not has_reached(given_up, "agreed")
    assert has_reached(WRITTEN_BACKWARDS, "financed")

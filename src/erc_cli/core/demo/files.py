"""All files of a demonstration, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from erc_cli.core.demo.activities import activity
from erc_cli.core.demo.agreements import agreement
from erc_cli.core.demo.chance import Chance
from erc_cli.core.demo.meetings import meeting
from erc_cli.core.demo.partners import partner
from erc_cli.core.demo.plan import budget, member_state, plan
from erc_cli.core.demo.projects import project
from erc_cli.core.demo.world import COUNTRIES, DemoDocument, DemoRecord, World, make_world


def demo_files(partners: int, seed: int) -> Iterator[DemoRecord | DemoDocument]:
    """Yield every file of a demonstration with so many partners: the same for the same seed, on every machine.

    A register of 2,000 partners has 400 agreements and 200 each of meetings, projects and activities.
    """
    chance = Chance(seed)
    world = make_world(partners, chance)
    yield DemoRecord("plan", "plan", plan())
    yield DemoRecord("budget", "budget", budget(world))
    for country in COUNTRIES:
        yield DemoRecord("member-states", country, member_state(country, world))
    for someone in world.partners:
        yield DemoRecord("partners", someone.id, partner(someone, world, chance))
    for number in range(world.agreements):
        data, document = agreement(number, world, chance)
        yield DemoRecord("agreements", world.agreement_id(number), data)
        if document is not None:
            yield document
    yield from _work(world, chance)


def _work(world: World, chance: Chance) -> Iterator[DemoRecord]:
    for number in range(world.meetings):
        yield DemoRecord("meetings", world.meeting_id(number), meeting(number, world, chance))
    for number in range(world.projects):
        yield DemoRecord("projects", world.project_id(number), project(number, world, chance))
    for number in range(world.activities):
        yield DemoRecord("activities", world.activity_id(number), activity(number, world, chance))

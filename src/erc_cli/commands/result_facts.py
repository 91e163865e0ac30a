"""Facts about results, stages, decisions and needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from erc_cli.commands.appending import append_words
from erc_cli.commands.changing import reached
from erc_cli.commands.facts import Named, add_fact, record_at, register_of, set_facts
from erc_cli.core.house import House
from erc_cli.core.records.meeting import Meeting
from erc_cli.core.records.member_state import MemberState
from erc_cli.core.records.project import Project, Stage
from erc_cli.core.register import item_at
from erc_cli.core.typed import value_of
from erc_cli.errors import NotFoundError, RefusedError, UsageError
from erc_cli.store.draft import Draft

_STAGES = ("identified", "concept", "coordinated", "agreed", "financed", "running", "closed")


def record_actual(draft: Draft, house: House, indicator: str, named: Named, words: Sequence[str]) -> None:
    """Note what an indicator reached in a year. Raises NotFoundError for what is no measurement indicator."""
    add_fact(draft, house, f"{_indicator(draft, indicator)}.actuals", named, words)


def _indicator(draft: Draft, asked: str) -> str:
    """The address of a measurement indicator from its address, or from its bare id where that is enough."""
    if "/" in asked:
        at = reached(draft, asked)
        if at.left or at.field[-2:-1] != ("measurement_indicators",):
            raise NotFoundError(f"{asked} is no measurement indicator: erc indicator list shows them")
        return at.address
    known = [
        (name, ".".join((project, *map(str, path))))
        for project, ids in register_of(draft).inside.items()
        for name, path in ids["indicator"].items()
        if path[-2] == "measurement_indicators"
    ]
    found = [address for name, address in known if name == asked]
    if len(found) > 1:
        raise NotFoundError(f"there is more than one measurement indicator {asked}, say which:\n" + "\n".join(found))
    if not found:
        near = get_close_matches(asked, [name for name, _ in known], 1)
        tail = f"did you mean {near[0]}?" if near else "erc indicator list shows them"
        raise NotFoundError(f"there is no measurement indicator {asked}: {tail}")
    return found[0]


def decide(draft: Draft, house: House, meeting: str, named: Named, words: Sequence[str]) -> None:
    """Add a decision to a meeting."""
    record_at(register_of(draft), meeting, Meeting)
    add_fact(draft, house, f"{meeting}.decisions", named, words)


def decision_done(draft: Draft, house: House, meeting: str, decision: str, on: date, evidence: Sequence[str]) -> None:
    """Note that a decision was carried out, and what shows it. Raises RefusedError where it was already."""
    found = item_at(record_at(register_of(draft), meeting, Meeting).decisions, decision)
    if found is None:
        raise NotFoundError(f"{meeting} has no decision {decision}: erc show {meeting} lists them")
    if found.done_on is not None:
        raise RefusedError(f"{decision} was carried out on {found.done_on} already: nothing was written")
    if not evidence and not found.evidence:
        raise UsageError("--evidence: an address, the id of a document of the meeting, or an https link shows it")
    at = f"{meeting}.decisions.{decision}"
    set_facts(draft, house, at, {"done_on": str(on)})
    if evidence:
        append_words(draft, f"{at}.evidence", evidence, house)


def enter_stage(draft: Draft, house: House, project: str, stage: str, on: str) -> None:
    """Note the stage that an off-budget project has reached. Raises RefusedError for one that it has left behind."""
    record = record_at(register_of(draft), project, Project)
    stage = value_of(Stage, "stage", stage, house)
    if stage not in _STAGES:
        raise UsageError(f"{stage} is no stage: one of {', '.join(_STAGES)}")
    if record.kind != "off-budget":
        raise RefusedError(
            f"{project} is a project of the programme: nothing was written; only off-budget projects have stages"
        )
    reached_ones = [one.stage for one in record.stages]
    last = max((_STAGES.index(one) for one in reached_ones), default=-1)
    if _STAGES.index(stage) <= last:
        after = ", ".join(_STAGES[last + 1 :])
        raise RefusedError(
            f"{project} is {_STAGES[last]} already: nothing was written\n"
            + (f"possible now: erc project stage {project.partition('/')[2]} {after}" if after else "it is closed")
        )
    add_fact(draft, house, f"{project}.stages", {"stage": stage, "on": on})


def add_need(draft: Draft, house: House, state: str, named: Named, words: Sequence[str]) -> None:
    """Add a need of a Member State."""
    record_at(register_of(draft), state, MemberState)
    add_fact(draft, house, f"{state}.needs", named, words)


def answer_need(draft: Draft, house: House, state: str, need: str, on: date, named: Named) -> None:
    """Answer a need: included, deferred or rejected. Raises RefusedError where it has an answer."""
    found = item_at(record_at(register_of(draft), state, MemberState).needs, need)
    if found is None:
        raise NotFoundError(f"{state} has no need {need}: erc show {state} lists them")
    if found.answer is not None:
        raise RefusedError(f"{need} was answered on {found.answer.on} already: nothing was written")
    if len([value for value in named.values() if value]) != 1:
        raise UsageError("say one of --included-in ADDRESS, --deferred REASON, --rejected REASON")
    set_facts(draft, house, f"{state}.needs.{need}.answer", {**named, "on": str(on)})

"""MST, Member States: their special conditions and their needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from erc_cli.core.addresses import follow
from erc_cli.core.findings import Path, Problem, Related
from erc_cli.core.periods import certainly_before, first_day, last_day
from erc_cli.core.records.member_state import Answer, MemberState, Need, SpecialConditions
from erc_cli.core.register import Register, record_of
from erc_cli.core.rules.rule import rule


@rule("MST001", source="plan, project 2, area 2")
def special_conditions_do_not_overlap(register: Register) -> Iterator[Problem]:
    """The times in which a country lives under special conditions do not overlap.

    Overlapping ones would count a country twice. Without `from` they began before the plan, without `until` they go
    on. Days known only in part overlap only if they do in every reading.

    Passes::

        member-states/so: {special_conditions: [{id: drought, until: 2019-06-30}, {id: flood, from: 2019-07-01}]}

    Fails::

        member-states/so: {special_conditions: [{id: drought, until: 2019-06-30}, {id: flood, from: 2019-03-01}]}
    """
    for state in register.member_states:
        longest: SpecialConditions | None = None
        for span in sorted(state.special_conditions, key=_surely_from):
            if longest is not None and _surely_from(span) <= min(_surely_until(longest), _surely_until(span)):
                message = f"{span.id} overlaps with {longest.id}"
                related = Related(state.address, ("special_conditions", longest.id), "the other")
                yield Problem(state.address, ("special_conditions", span.id), message, (related,))
            if longest is None or _surely_until(span) > _surely_until(longest):
                longest = span


def _surely_from(span: SpecialConditions) -> date:
    return last_day(span.from_) if span.from_ is not None else date.min


def _surely_until(span: SpecialConditions) -> date:
    return first_day(span.until) if span.until is not None else date.max


@rule("MST002", source="plan, project 2, area 2")
def a_need_is_answered_by_what_is_on_file(register: Register) -> Iterator[Problem]:
    """A need is answered after it was raised: included in an activity or project on file, deferred or rejected.

    An answer is one of the three. `included_in` leads to the activity or project that takes the need up, or into it;
    so the need is found from there, and what is found there is more than a word.

    Passes::

        activities/schools: {}
        member-states/so:
          needs:
            - id: schools
              on: 2019-03-01
              answer: {included_in: activities/schools, on: 2019-05-01}

    Fails::

        activities/schools: {}
        member-states/so:
          needs:
            - id: schools
              on: 2019-03-01
              answer: {included_in: activities/schools, on: 2019-02-01}
    """
    for state in register.member_states:
        for need in state.needs:
            if need.answer is not None:
                yield from _answer_problems(state, need, need.answer, register)


def _answer_problems(state: MemberState, need: Need, answer: Answer, register: Register) -> Iterator[Problem]:
    path: Path = ("needs", need.id, "answer")
    if answer.on < need.on:
        message = f"answered on {answer.on}, before it was raised on {need.on}"
        yield Problem(state.address, (*path, "on"), message)
    given = [name for name in ("included_in", "deferred", "rejected") if getattr(answer, name) is not None]
    if len(given) != 1:
        said = f"is {' and '.join(given)} at once" if given else "says none of included_in, deferred and rejected"
        yield Problem(state.address, path, f"the answer {said}: it is one of the three")
    target = answer.included_in
    if target is None or record_of(target) in register.broken:
        return
    if record_of(target).partition("/")[0] not in ("activities", "projects"):
        message = f"included_in names {target}, which is neither activity nor project"
        yield Problem(state.address, (*path, "included_in"), message, actual=target)
    elif follow(register, target).missing:
        message = f"included_in names {target}, and nothing on file"
        yield Problem(state.address, (*path, "included_in"), message, actual=target)


@rule("MST003", source="plan, project 2, area 2")
def a_need_names_its_authority(register: Register) -> Iterator[Problem]:
    """A need says which authority of the country told it.

    The competent authorities are asked for priorities and pressing needs, so that these are the country's own.

    Passes::

        member-states/so: {needs: [{id: schools, on: 2019-03-01, authority: Ministry of Education}]}

    Fails::

        member-states/so: {needs: [{id: schools, on: 2019-03-01}]}
    """
    for state in register.member_states:
        for need in state.needs:
            if need.authority is None:
                yield Problem(state.address, ("needs", need.id), f"the need {need.id} names no authority")


@rule("MST004", source="plan, project 2, area 2")
def special_conditions_end_after_they_begin(register: Register) -> Iterator[Problem]:
    """Special conditions end on or after the day they begin.

    Otherwise the country would never have lived under them. Days known only in part are wrong only in every reading.

    Passes::

        member-states/so: {special_conditions: [{id: drought, from: "2017", until: "2017"}]}

    Fails::

        member-states/so: {special_conditions: [{id: drought, from: "2018", until: "2017"}]}
    """
    for state in register.member_states:
        for span in state.special_conditions:
            if span.from_ is not None and span.until is not None and certainly_before(span.until, span.from_):
                message = f"{span.id} ends in {span.until}, before it begins in {span.from_}"
                yield Problem(state.address, ("special_conditions", span.id, "until"), message)

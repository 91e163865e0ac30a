"""MTG, meetings: joint committees, their sessions, and what becomes of decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from erc_cli.core.findings import Path, Problem, Related
from erc_cli.core.periods import PartialDate, certainly_before, first_day
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.records.meeting import Decision, Meeting
from erc_cli.core.register import Register
from erc_cli.core.rules.lifetimes import is_any_broken, is_before_life, is_unsigned, over_by
from erc_cli.core.rules.rule import rule
from erc_cli.core.status import in_force_from, status_on


@rule("MTG001", source="plan, project 1, general framework and outcome 1", severity="warning")
def joint_committee_is_provided_for(register: Register) -> Iterator[Problem]:
    """A joint committee meets under an agreement that provides for one.

    The agreement says so with `joint_committee`, or the one that it is `under` does. Of an old agreement signed before
    a day no more may be known, so nothing is said about it.

    Passes::

        agreements/cooperation: {joint_committee: {interval_months: 24}}
        meetings/second-session: {kind: joint-committee, agreement: agreements/cooperation}

    Fails::

        agreements/cooperation: {}
        meetings/second-session: {kind: joint-committee, agreement: agreements/cooperation}
    """
    for meeting in register.meetings:
        agreement = register.find(meeting.agreement, Agreement)
        if meeting.kind != "joint-committee" or agreement is None:
            continue
        line = _with_those_above(agreement, register)
        if not any(one.joint_committee is not None or one.signed_before is not None for one in line):
            yield Problem(
                meeting.address,
                ("agreement",),
                f"{agreement.address} provides for no joint committee (joint_committee)",
                (Related(agreement.address, (), agreement.address),),
                actual=agreement.address,
            )


def _with_those_above(agreement: Agreement, register: Register) -> list[Agreement]:
    """An agreement and what it is under, nearest first; a circle ends where it closes."""
    line: dict[str, Agreement] = {}
    above: Agreement | None = agreement
    while above is not None and above.address not in line:
        line[above.address] = above
        above = register.find(above.under, Agreement)
    return list(line.values())


@rule("MTG002", source="plan, project 1, general framework and outcome 1")
def sessions_follow_one_another(register: Register) -> Iterator[Problem]:
    """Sessions of one agreement are numbered one after another in the order of their days, from the first on file.

    Each kind of meeting has its own numbers. Old sessions need not be on file, but between two that are none is
    missing. A session that was planned and never held keeps its number or gives it to the one held in its place.

    Passes::

        meetings/third: {agreement: agreements/cooperation, session: 3, held_on: 2019-03-01}
        meetings/fourth: {agreement: agreements/cooperation, session: 4, held_on: 2020-03-01}

    Fails::

        meetings/third: {agreement: agreements/cooperation, session: 3, held_on: 2019-03-01}
        meetings/fifth: {agreement: agreements/cooperation, session: 5, held_on: 2020-03-01}
    """
    if is_any_broken(register, "meetings"):
        return
    series: dict[tuple[str, str], list[Meeting]] = {}
    for meeting in register.meetings:
        if meeting.session is not None and meeting.agreement is not None:
            series.setdefault((_seat(meeting, register), meeting.kind), []).append(meeting)
    for (seat, _), meetings in series.items():
        for earlier, later in pairwise(sorted(meetings, key=_number_and_day)):
            message = _break_between(earlier, later)
            if message is not None:
                yield Problem(
                    later.address,
                    ("session",),
                    f"session {later.session} of {seat} {message}",
                    (Related(earlier.address, ("session",), f"{earlier.address} is session {earlier.session}"),),
                    actual=str(later.session),
                )


def _seat(meeting: Meeting, register: Register) -> str:
    """The agreement whose sessions are counted: that of the joint committee, where another one above provides it."""
    agreement = register.find(meeting.agreement, Agreement)
    if agreement is None or meeting.kind != "joint-committee":
        return meeting.agreement or ""
    line = _with_those_above(agreement, register)
    return next((one.address for one in line if one.joint_committee is not None), agreement.address)


def _number_and_day(meeting: Meeting) -> tuple[int, bool, str, str]:
    day = first_day(meeting.held_on).isoformat() if meeting.held_on else ""
    return meeting.session or 0, meeting.held_on is not None, day, meeting.address


def _break_between(earlier: Meeting, later: Meeting) -> str | None:
    """What is wrong between two sessions whose numbers follow each other; None if nothing is."""
    before, now = earlier.session or 0, later.session or 0
    if before == now:
        return f"is {earlier.address} already" if earlier.held_on and later.held_on else None
    if now > before + 1:
        missing = f"{before + 1} is" if now == before + 2 else f"{before + 1} to {now - 1} are"
        return f"comes after session {before}: {missing} not on file"
    if earlier.held_on and later.held_on and certainly_before(later.held_on, earlier.held_on):
        return f"was held on {later.held_on}, before session {before}, on {earlier.held_on}"
    return None


_HELD_UNDER = frozenset({"joint-committee", "coordination"})
"""Kinds that are held under an agreement in force; others may well prepare or sign it."""


@rule("MTG003", source="plan, project 1, general framework", severity="warning")
def meeting_falls_into_the_life_of_its_agreement(register: Register) -> Iterator[Problem]:
    """A meeting is held in the life of the agreement that provides for it.

    The life goes from the first day in force to the last, renewals and amendments included, and on while suspended.
    Bilateral and official meetings can come before, since they prepare an agreement and sign it. Days known in part
    count only where no reading of them fits.

    Passes::

        agreements/cooperation:
          parties: [{party: isesco, signed_on: 2018-02-01}, {party: partners/oic, signed_on: 2018-02-01}]
          ends_on: 2021-01-31
        meetings/review: {agreement: agreements/cooperation, held_on: 2020-11-10}

    Fails::

        agreements/cooperation:
          parties: [{party: isesco, signed_on: 2018-02-01}, {party: partners/oic, signed_on: 2018-02-01}]
          ends_on: 2021-01-31
        meetings/review: {agreement: agreements/cooperation, held_on: 2021-11-10}
    """
    for meeting in register.meetings:
        agreement = register.find(meeting.agreement, Agreement)
        if agreement is None or meeting.held_on is None:
            continue
        why = _outside(meeting, meeting.held_on, agreement, register)
        if why is not None:
            yield Problem(
                meeting.address,
                ("held_on",),
                f"held on {meeting.held_on}, and {agreement.address} {why}",
                (Related(agreement.address, (), agreement.address),),
                actual=str(meeting.held_on),
            )


def _outside(meeting: Meeting, held_on: PartialDate, agreement: Agreement, register: Register) -> str | None:
    over = over_by(agreement, register, held_on, held_on)
    if over is not None:
        return f"was {over} by then"
    if meeting.kind not in _HELD_UNDER:
        return None
    if is_before_life(agreement, meeting.until or held_on):
        return f"is in force from {in_force_from(agreement)}"
    if is_unsigned(agreement):
        return f"was not signed by all: {status_on(agreement, register, first_day(held_on)).replace('-', ' ')}"
    return None


@rule("MTG004", source="plan, project 1, general framework")
def own_organisation_meets_somebody(register: Register) -> Iterator[Problem]:
    """The own organisation takes part in a meeting, and somebody else does.

    The register keeps what is agreed with partners: a meeting without the own organisation is none of its own, and one
    of its own units alone is agreed with nobody.

    Passes::

        meetings/review: {participants: [isesco, partners/oic]}

    Fails::

        meetings/review: {participants: [partners/oic, partners/isdb]}
    """
    own = register.plan.organisation.id
    for meeting in register.meetings:
        there = set(meeting.participants)
        if own not in there:
            message = f"{own} is not among the participants of {meeting.address}"
        elif len(there) == 1:
            message = f"{own} is alone at {meeting.address}: nobody else took part"
        else:
            continue
        yield Problem(meeting.address, ("participants",), message)


@rule("MTG005", source="plan, project 1, general framework")
def decision_has_an_owner_and_a_day(register: Register) -> Iterator[Problem]:
    """A decision says who carries it out and by when, which is not before the meeting.

    Otherwise nobody can be reminded. What was only taken note of is `for_information` and needs neither.

    Passes::

        meetings/review:
          held_on: 2019-03-01
          decisions: [{id: experts, owner: external-relations, due: 2019-09-30}]

    Fails::

        meetings/review:
          held_on: 2019-03-01
          decisions: [{id: experts, owner: external-relations}]
    """
    for meeting, decision, at in _decisions(register.meetings):
        lacks = [name for name, value in (("owner", decision.owner), ("due", decision.due)) if value is None]
        if lacks and not decision.for_information:
            missing = " and ".join(
                {"owner": "no owner", "due": "no day by which it is due (due)"}[name] for name in lacks
            )
            message = f"decision {decision.id} has {missing}, and is not for information"
            yield Problem(meeting.address, (*at, lacks[0]), message)
        if decision.due is not None and meeting.held_on is not None and certainly_before(decision.due, meeting.held_on):
            yield Problem(
                meeting.address,
                (*at, "due"),
                f"decision {decision.id} is due on {decision.due}, before the meeting, held on {meeting.held_on}",
                (Related(meeting.address, ("held_on",), f"held on {meeting.held_on}"),),
                actual=decision.due.isoformat(),
            )


@rule("MTG006", source="plan, project 1, general framework")
def decision_is_carried_out_after_the_meeting(register: Register) -> Iterator[Problem]:
    """A decision that is done was done after it was made, and something shows it.

    `evidence` is the record that came of it, a document of the meeting, or a link.

    Passes::

        meetings/review:
          held_on: 2019-03-01
          decisions:
            - id: experts
              owner: external-relations
              due: 2019-09-30
              done_on: 2019-06-30
              evidence: [https://isesco.example/experts]

    Fails::

        meetings/review:
          held_on: 2019-03-01
          decisions: [{id: experts, owner: external-relations, due: 2019-09-30, done_on: 2019-06-30}]
    """
    for meeting, decision, at in _decisions(register.meetings):
        done_on = decision.done_on
        if done_on is None:
            continue
        if meeting.held_on is not None and certainly_before(done_on, meeting.held_on):
            yield Problem(
                meeting.address,
                (*at, "done_on"),
                f"decision {decision.id} was done on {done_on}, before the meeting, held on {meeting.held_on}",
                (Related(meeting.address, ("held_on",), f"held on {meeting.held_on}"),),
                actual=done_on.isoformat(),
            )
        if not decision.evidence:
            message = f"decision {decision.id} was done on {done_on}, and no evidence shows it"
            yield Problem(meeting.address, (*at, "evidence"), message)


def _decisions(meetings: Iterable[Meeting]) -> Iterator[tuple[Meeting, Decision, Path]]:
    for meeting in meetings:
        for decision in meeting.decisions:
            yield meeting, decision, ("decisions", decision.id)


@rule("MTG007", source="data format, dates")
def meeting_ends_after_it_starts(register: Register) -> Iterator[Problem]:
    """A meeting of several days ends on or after its first day.

    Days known in part count only where no reading of them fits.

    Passes::

        meetings/review: {held_on: 2019-03-01, until: 2019-03-02}

    Fails::

        meetings/review: {held_on: 2019-03-01, until: 2019-02-02}
    """
    for meeting in register.meetings:
        start = meeting.held_on or meeting.planned_on
        if meeting.until is not None and start is not None and certainly_before(meeting.until, start):
            yield Problem(
                meeting.address,
                ("until",),
                f"until {meeting.until} is before it starts, {start}",
                (Related(meeting.address, ("held_on" if meeting.held_on else "planned_on",), f"starts {start}"),),
                actual=meeting.until.isoformat(),
            )

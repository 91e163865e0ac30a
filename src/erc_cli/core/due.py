"""What somebody has to do: states of a day, never findings.

An item is there from so many days before it is late until it is settled, whoever looked before. `late_on` is the
first day on which it is late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from erc_cli.core.findings import Path
from erc_cli.core.funding import contributions_of
from erc_cli.core.indicators import measurement_indicators
from erc_cli.core.periods import add_days, add_months, first_day, last_day
from erc_cli.core.records.activity import Activity
from erc_cli.core.records.agreement import Agreement
from erc_cli.core.records.project import Project, Series
from erc_cli.core.register import Register
from erc_cli.core.relationship import has_special_conditions, need_state
from erc_cli.core.schedule import current_schedule, is_cancelled, is_done
from erc_cli.core.status import (
    ALIVE,
    end_on,
    full_signature,
    in_force_from,
    objection_deadline,
    signatories,
    status_on,
    successors,
    term_on,
)

STALLED_DAYS: Final = 365
UNSIGNED_DAYS: Final = 60
PARTLY_SIGNED_DAYS: Final = 90
MINUTES_DAYS: Final = 30


class DueItem(NamedTuple):
    """Something that is due: what kind, about which record and field, who must act, and when it is late.

    `who` is a unit, the own organisation or a partner; empty where nobody is named. `message`, with `values` in its
    braces, says it in English and can be translated.
    """

    kind: str
    record: str
    field: Path
    who: str
    late_on: date
    message: str
    values: Mapping[str, str]

    @property
    def is_internal(self) -> bool:
        """Whether it tells of what is for the house alone: examinations of partners."""
        return self.field[0] == "due_diligence"

    @property
    def text(self) -> str:
        """What is due, in English."""
        return self.message.format_map(self.values)


Collector = Callable[[Register, date], Iterator[DueItem]]


def due(register: Register, on: date, within_days: int) -> list[DueItem]:
    """Return what is late on the day `on` or will be within so many days, what was late first on top."""
    horizon = add_days(on, within_days)
    items = [item for collect in COLLECTORS for item in collect(register, on) if item.late_on <= horizon]
    return sorted(items, key=lambda item: (item.late_on, item.kind, item.record, item.field))


def _agreements_ending(register: Register, on: date) -> Iterator[DueItem]:
    for agreement in register.agreements:
        coming = coming_end(agreement, register, on)
        if coming is None:
            continue
        who, (end, deadline) = agreement.responsible or "", coming
        if deadline is not None:
            if deadline >= on:
                message, values = "last day to object to its tacit renewal: {day}", {"day": str(deadline)}
                yield DueItem(
                    "objection-deadline", agreement.address, ("renewal",), who, add_days(deadline, 1), message, values
                )
        elif next(successors(agreement, register), None) is None:
            message, values = "ends on {day} and has no successor", {"day": str(end)}
            yield DueItem("agreement-expiring", agreement.address, ("ends_on",), who, add_days(end, 1), message, values)


class ComingEnd(NamedTuple):
    """The end of the term that runs, and the last day to object where it is renewed tacitly then; else None."""

    end: date
    deadline: date | None


def coming_end(agreement: Agreement, register: Register, on: date) -> ComingEnd | None:
    """Return how the term that runs on the day `on` ends, as known then; None for an indefinite one, or none."""
    term = term_on(agreement, on) if status_on(agreement, register, on) in ALIVE else None
    if term is None:
        return None
    renewed = end_on(as_known(agreement, on), add_days(term.end, 1)) != term.end
    notice = agreement.renewal.notice_days if agreement.renewal is not None else None
    return ComingEnd(term.end, objection_deadline(term.end, notice) if renewed else None)


def as_known(agreement: Agreement, on: date) -> Agreement:
    """Return the agreement without what was said about it after the day `on`."""
    return agreement.model_copy(
        update={
            "events": tuple(event for event in agreement.events if event.on <= on),
            "amendments": tuple(amendment for amendment in agreement.amendments if amendment.signed_on <= on),
        }
    )


def _agreements_unsigned(register: Register, on: date) -> Iterator[DueItem]:
    for agreement in register.agreements:
        status, who = status_on(agreement, register, on), agreement.responsible or ""
        if status == "negotiating":
            since = _negotiating_since(agreement, on)
            if since is not None:
                message, values = "negotiating since {day}", {"day": str(since)}
                late = add_days(since, STALLED_DAYS + 1)
                yield DueItem("negotiation-stalled", agreement.address, ("events",), who, late, message, values)
        if status not in ("cleared", "awaiting-signature"):
            continue
        signed = [
            first_day(p.signed_on) for p in signatories(agreement) if p.signed_on and first_day(p.signed_on) <= on
        ]
        cleared = [clearance.on for clearance in agreement.clearances if clearance.on <= on]
        if signed:
            waiting = [p.party for p in signatories(agreement) if not p.signed_on or first_day(p.signed_on) > on]
            message, values = (
                "first signed on {day}, still to sign: {parties}",
                {"day": str(min(signed)), "parties": ", ".join(waiting)},
            )
            late = add_days(min(signed), PARTLY_SIGNED_DAYS + 1)
            yield DueItem("signature-incomplete", agreement.address, ("parties",), who, late, message, values)
        elif cleared:
            message, values = "cleared on {day} and not signed", {"day": str(max(cleared))}
            late = add_days(max(cleared), UNSIGNED_DAYS + 1)
            yield DueItem("signature-missing", agreement.address, ("parties",), who, late, message, values)


def _negotiating_since(agreement: Agreement, on: date) -> date | None:
    days = [event.on for event in agreement.events if event.kind == "negotiation-opened" and event.on <= on]
    days += [clearance.on for clearance in agreement.clearances if clearance.on <= on]
    return min(days, default=None)


def _texts_missing(register: Register, on: date) -> Iterator[DueItem]:
    for agreement in register.agreements:
        signed = full_signature(agreement)
        if signed is None or agreement.signed_before is not None or signed > on:
            continue
        if any(document.kind == "signed-text" for document in agreement.documents):
            continue
        if status_on(agreement, register, on) in (*ALIVE, "signed"):
            message, values = "signed on {day} and its text is not on file", {"day": str(signed)}
            who = agreement.responsible or ""
            yield DueItem(
                "signed-text-missing", agreement.address, ("documents",), who, add_days(signed, 1), message, values
            )


def _decisions(register: Register, on: date) -> Iterator[DueItem]:
    for meeting in register.meetings:
        for decision in meeting.decisions:
            if decision.for_information or decision.due is None or (decision.done_on and decision.done_on <= on):
                continue
            if meeting.held_on is not None and first_day(meeting.held_on) > on:
                continue
            field = ("decisions", decision.id)
            message, values = "decision {id} was due on {day}", {"id": decision.id, "day": str(decision.due)}
            yield DueItem(
                "decision-overdue",
                meeting.address,
                field,
                decision.owner or "",
                add_days(decision.due, 1),
                message,
                values,
            )


def _sessions(register: Register, on: date) -> Iterator[DueItem]:
    held: dict[str, list[date]] = {}
    planned: set[str] = set()
    for meeting in register.meetings:
        if meeting.kind != "joint-committee" or meeting.agreement is None:
            continue
        if meeting.held_on is not None and first_day(meeting.held_on) <= on:
            held.setdefault(meeting.agreement, []).append(first_day(meeting.held_on))
        elif meeting.planned_on is not None and last_day(meeting.planned_on) >= on:
            planned.add(meeting.agreement)
    for agreement in register.agreements:
        if agreement.joint_committee is None or agreement.address in planned:
            continue
        start = in_force_from(agreement)
        if start is None or status_on(agreement, register, on) != "in-force":
            continue
        last = max(held.get(agreement.address, [start]))
        by = add_months(last, agreement.joint_committee.interval_months)
        message, values = "next session of the joint committee due by {day}", {"day": str(by)}
        who = agreement.responsible or ""
        yield DueItem(
            "committee-session-due", agreement.address, ("joint_committee",), who, add_days(by, 1), message, values
        )


def _minutes(register: Register, on: date) -> Iterator[DueItem]:
    for meeting in register.meetings:
        if meeting.held_on is None or any(document.kind == "minutes" for document in meeting.documents):
            continue
        ended = meeting.until or last_day(meeting.held_on)
        if ended > on:
            continue
        agreement = register.find(meeting.agreement, Agreement)
        who = (agreement.responsible if agreement is not None else None) or ""
        message, values = "held until {day} and its minutes are not on file", {"day": str(ended)}
        yield DueItem(
            "minutes-missing", meeting.address, ("documents",), who, add_days(ended, MINUTES_DAYS + 1), message, values
        )


def _activities(register: Register, on: date) -> Iterator[DueItem]:
    for activity in register.activities:
        if is_cancelled(activity, on):
            continue
        who = responsible_for(activity, register)
        if not is_done(activity, on):
            schedule = current_schedule(activity, on)
            if schedule is not None:
                end = last_day(schedule.end)
                message, values = "was to end by {day} and is not done", {"day": str(end)}
                yield DueItem("activity-overdue", activity.address, ("done",), who, add_days(end, 1), message, values)
        elif not any(assessment.on <= on for assessment in activity.assessment):
            ended = (activity.done.end or activity.done.start) if activity.done else None
            if ended is not None:
                message, values = "done on {day} and not assessed", {"day": str(ended)}
                yield DueItem(
                    "assessment-missing", activity.address, ("assessment",), who, add_days(ended, 1), message, values
                )


def responsible_for(activity: Activity, register: Register) -> str:
    """Return the unit that looks after an activity: its own, else its project's; empty where none is named."""
    project = register.find(activity.project, Project)
    return activity.responsible or (project.responsible if project is not None else None) or ""


def _editions(register: Register, on: date) -> Iterator[DueItem]:
    editions: dict[tuple[str, str], list[Activity]] = {}
    for activity in register.activities:
        if activity.series is not None and not is_cancelled(activity, on):
            editions.setdefault((activity.project, activity.series), []).append(activity)
    for project in register.projects:
        who = project.responsible or ""
        for series in project.series:
            last = _last_edition(editions.get((project.address, series.id), []), on)
            if last is not None:
                yield _next_edition(project, series, last, who)
        by = next_award(project, on)
        if by is not None:
            message, values = "next award due by {day}", {"day": str(by)}
            yield DueItem("next-edition", project.address, ("prize",), who, add_days(by, 1), message, values)


def next_award(project: Project, on: date) -> date | None:
    """Return the day by which a prize is due again, as known on the day `on`; None where it was never awarded."""
    prize = project.prize
    if prize is None or prize.last_on is None or first_day(prize.last_on) > on:
        return None
    return add_months(last_day(prize.last_on), prize.cycle_months)


def _last_edition(editions: list[Activity], on: date) -> date | None:
    """The start of the last edition held; None where there is none, or where a later one is scheduled."""
    held, coming = [], False
    for activity in editions:
        schedule = current_schedule(activity, on)
        if is_done(activity, on) and activity.done is not None and activity.done.start is not None:
            held.append(activity.done.start)
        elif schedule is not None and last_day(schedule.end) >= on:
            coming = True
    return None if coming else max(held, default=None)


def _next_edition(project: Project, series: Series, last: date, who: str) -> DueItem:
    by = add_months(last, series.interval_months)
    message, values = "next edition of {id} due by {day}", {"id": series.id, "day": str(by)}
    return DueItem("next-edition", project.address, ("series", series.id), who, add_days(by, 1), message, values)


def _needs(register: Register, on: date) -> Iterator[DueItem]:
    for state in register.member_states:
        who = state.responsible or ""
        for need in state.needs:
            if need.on <= on and need.for_year is not None and need_state(need, on) == "open":
                message, values = "need {id} for {year} is not answered", {"id": need.id, "year": str(need.for_year)}
                field = ("needs", need.id)
                yield DueItem("need-unanswered", state.address, field, who, date(need.for_year, 1, 1), message, values)
        if has_special_conditions(state, on) and not any(need.on <= on for need in state.needs):
            starts = [span.from_ for span in state.special_conditions]
            since = min((first_day(s) for s in starts if s is not None), default=register.plan.period.start)
            message, values = "special conditions, and no need on file", {}
            yield DueItem("conditions-without-need", state.address, ("needs",), who, since, message, values)


def _waivers(register: Register, on: date) -> Iterator[DueItem]:
    for waiver in register.waivers:
        if waiver.until is not None:
            message, values = (
                "the waiver of {code} on {record} ends on {day}",
                {"code": waiver.code, "record": waiver.record, "day": str(waiver.until)},
            )
            yield DueItem(
                "waiver-ended",
                waiver.address,
                ("until",),
                waiver.owner or "",
                add_days(waiver.until, 1),
                message,
                values,
            )


def _due_diligence(register: Register, on: date) -> Iterator[DueItem]:
    for partner in register.partners:
        done = [examined for examined in partner.due_diligence if examined.on <= on]
        if done and (partner.ended_on is None or partner.ended_on > on):
            last = max(done, key=lambda examined: examined.on)
            until = add_months(last.on, last.valid_months)
            message, values = (
                "due diligence of {examined} holds until {day}",
                {"examined": str(last.on), "day": str(until)},
            )
            field = ("due_diligence", last.key)
            yield DueItem(
                "due-diligence-outlived", partner.address, field, last.by, add_days(until, 1), message, values
            )


def _commitments(register: Register, on: date) -> Iterator[DueItem]:
    received = _followed_by_receipts(register, on)
    for agreement in register.agreements:
        for commitment in agreement.commitments:
            address = f"{agreement.address}.commitments.{commitment.id}"
            if commitment.due is None or address in received:
                continue
            if status_on(agreement, register, on) not in (*ALIVE, "expired"):
                continue
            message, values = (
                "{party} committed {id} by {day}, and nothing was received",
                {"party": commitment.party, "id": commitment.id, "day": str(commitment.due)},
            )
            field = ("commitments", commitment.id)
            who = agreement.responsible or ""
            yield DueItem(
                "commitment-unpaid", agreement.address, field, who, add_days(commitment.due, 1), message, values
            )


def _followed_by_receipts(register: Register, on: date) -> set[str]:
    """The addresses of commitments that something received follows, directly or through others."""
    follows: dict[str, str] = {}
    receipts: list[str] = []
    records: list[Activity | Project] = [*register.activities, *register.projects]
    for record in records:
        for address, contribution in contributions_of(record):
            if contribution.follows is not None:
                follows[address] = contribution.follows
            if contribution.stage == "received" and contribution.on <= on:
                receipts.append(address)
    reached: set[str] = set()
    for address in receipts:
        while address in follows and follows[address] not in reached:
            address = follows[address]
            reached.add(address)
    return reached


def _actuals(register: Register, on: date) -> Iterator[DueItem]:
    for project in register.projects:
        for _, indicator in measurement_indicators(project):
            if indicator.counts:
                continue
            known = {actual.year for actual in indicator.actuals if actual.value is not None}
            for target in indicator.targets:
                if target.year not in known and target.year < date.max.year:
                    message, values = (
                        "indicator {id} has a target for {year} and no actual",
                        {"id": indicator.id, "year": str(target.year)},
                    )
                    field = ("indicators", indicator.id)
                    late = date(target.year, 12, 31) + timedelta(days=1)
                    yield DueItem(
                        "actuals-missing", project.address, field, project.responsible or "", late, message, values
                    )


COLLECTORS: Final[tuple[Collector, ...]] = (
    _agreements_ending,
    _agreements_unsigned,
    _texts_missing,
    _decisions,
    _sessions,
    _minutes,
    _activities,
    _editions,
    _needs,
    _waivers,
    _due_diligence,
    _commitments,
    _actuals,
)

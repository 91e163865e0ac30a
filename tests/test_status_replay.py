"""The status of any agreement on any day, against a replay that lives through one day after the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements_made import register_of
from erc_cli.core.status import end_on, life, status_on

FIRST, LAST = date(2019, 1, 1), date(2019, 12, 31)
UNTIL = date(2020, 6, 30)
DAY = timedelta(days=1)


class Replay:
    """One agreement, as somebody who keeps its file would see it from day to day. Written without `core.status`."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content
        self.happened: set[str] = set()
        self.results: dict[str, str] = {}
        self.cancelled = self.terminated = self.suspended = False
        self.gone: set[str] = set()
        ends_on = content.get("ends_on")
        self.named_end: date | None = widest_end(ends_on) if ends_on else None
        self.term = self.noted = 0
        self.agreed = date.min
        self.objections: list[date] = []
        self.statuses: dict[date, str] = {}
        self.ends: dict[date, date | None] = {}
        on = FIRST
        while on <= UNTIL:
            self.live_through(on)
            self.statuses[on] = self.evening(on)
            self.ends[on] = self.end()
            on += DAY

    def live_through(self, on: date) -> None:
        for clearance in self.content.get("clearances", ()):
            if clearance["on"] == str(on):
                self.results[clearance["kind"]] = clearance["result"]
        for event in self.content.get("events", ()):
            if event["on"] == str(on):
                self.hear(event["kind"], on)
        coming = [event for event in self.content.get("events", ()) if effect(event["on"], event) == on]
        for event in coming:
            self.terminated |= event["kind"] == "terminated"
            if event["kind"] == "withdrawn":
                self.gone.add(event["party"])
        kinds = [event["kind"] for event in coming]
        if kinds.count("suspended") != kinds.count("resumed"):
            self.suspended = kinds.count("suspended") > kinds.count("resumed")
        amended = [one for one in self.content.get("amendments", ()) if effect(one["signed_on"], one) == on]
        moves = [(event.get("ends_on"), event["on"]) for event in coming if event["kind"] == "renewed"]
        moves += [(one["ends_on"], one["signed_on"]) for one in amended if "ends_on" in one]
        # Renewals that name no end first, then the ends in their order: the latest stands.
        for end, agreed in sorted(moves, key=lambda move: (move[0] or "", move[1])):
            self.move(date.fromisoformat(end) if end else None, date.fromisoformat(agreed))
        self.renew_tacitly(on)

    def hear(self, kind: str, on: date) -> None:
        self.happened.add(kind)
        self.cancelled |= kind == "cancelled" and not self.is_signed(on)
        if kind == "renewal-objected":
            self.objections.append(on)

    def move(self, end: date | None, agreed: date) -> None:
        self.agreed = max(self.agreed, agreed)
        if end is not None:
            self.named_end, self.term, self.noted = end, 0, 0
        else:
            self.noted += 1
            self.term = max(self.term, self.noted)

    def renew_tacitly(self, on: date) -> None:
        renewal = self.content.get("renewal", {})
        if renewal.get("kind") != "tacit" or "months" not in renewal:
            return
        while (end := self.end()) is not None and end < on:
            if "times" in renewal and self.term >= int(renewal["times"]):
                return
            if any(self.stops(objection) <= self.term for objection in self.objections if objection >= self.agreed):
                return
            self.term += 1

    def stops(self, objection: date) -> int:
        """The term after which an objection stops: the first for which it came in time."""
        notice = timedelta(days=int(self.content["renewal"].get("notice_days", 0)))
        term = 0
        while self.end_of(term) - notice < objection:
            term += 1
        return term

    def end_of(self, term: int) -> date:
        assert self.named_end is not None
        months = term * int(self.content["renewal"]["months"])
        return later(self.named_end, months)

    def end(self) -> date | None:
        if self.named_end is None or "months" not in self.content.get("renewal", {}):
            return self.named_end
        return self.end_of(self.term)

    def is_signed(self, on: date) -> bool:
        if "signed_before" in self.content:
            return on >= date.fromisoformat(self.content["signed_before"])
        makers = [party for party in self.content["parties"] if "acceded_on" not in party]
        return bool(makers) and all("signed_on" in party and earliest(party["signed_on"]) <= on for party in makers)

    def evening(self, on: date) -> str:
        if not self.is_signed(on):
            return "cancelled" if self.cancelled else self.unsigned(on)
        if self.cancelled:
            return "cancelled"
        here = {p["party"] for p in self.content["parties"] if earliest(p.get("acceded_on", "0001-01-01")) <= on}
        if self.terminated or "isesco" in self.gone or (self.gone and len(here - self.gone) < 2):
            return "terminated"
        end = self.end()
        if end is not None and on > end:
            return "expired"
        if "effective_on" in self.content and on < earliest(self.content["effective_on"]):
            return "signed"
        return "suspended" if self.suspended else "in-force"

    def unsigned(self, on: date) -> str:
        signed = any("signed_on" in p and earliest(p["signed_on"]) <= on for p in self.content["parties"])
        if signed or "sent-for-signature" in self.happened:
            return "awaiting-signature"
        if self.results and "fail" not in self.results.values() and "legal" in self.results:
            return "cleared"
        if self.results or "negotiation-opened" in self.happened:
            return "negotiating"
        return "identified"


def effect(said: str, fact: dict[str, str]) -> date:
    return max(date.fromisoformat(said), date.fromisoformat(fact.get("effective_on", said)))


def earliest(text: str) -> date:
    return date.fromisoformat(text + "-01" * ((10 - len(text)) // 3))


def widest_end(text: str) -> date:
    if len(text) == 10:
        return date.fromisoformat(text)
    on = earliest(text)
    while str(on + DAY).startswith(text):
        on += DAY
    return on


def later(on: date, months: int) -> date:
    """The same day of the month so many months later, or the last of that month."""
    year, month = on.year + (on.month - 1 + months) // 12, (on.month - 1 + months) % 12 + 1
    for number in range(on.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, on.day)


def with_successor(old: Replay, new: Replay) -> dict[date, str]:
    """The statuses of `old` when `new` takes its place."""
    start = next((on for on, status in new.statuses.items() if new.is_signed(on) and begun(new, on)), None)
    if start is None or new.statuses[start] != "in-force" or old.statuses[start] not in ("in-force", "suspended"):
        return old.statuses
    return {
        on: "superseded" if on >= start and status in ("in-force", "suspended", "expired") else status
        for on, status in old.statuses.items()
    }


def begun(replay: Replay, on: date) -> bool:
    return on >= earliest(replay.content.get("effective_on", "0001-01-01"))


days = st.dates(FIRST, LAST).map(str)
early = st.dates(FIRST, date(2019, 3, 31)).map(str)
late = st.dates(date(2019, 4, 1), LAST).map(str)
some_days = st.one_of(days, days.map(lambda text: text[:7]), days.map(lambda text: text[:4]))

THEMES = {
    "before": ["negotiation-opened", "sent-for-signature", "cancelled", "cancelled", "terminated"],
    "renewal": ["renewal-objected", "renewal-objected", "renewed"],
    "rest": ["suspended", "resumed"],
    "parties": ["withdrawn", "withdrawn", "withdrawn", "terminated"],
    "mixed": ["suspended", "resumed", "renewed", "renewal-objected", "terminated", "withdrawn", "cancelled"],
}
"""What the events of one agreement are about; with all at once, one hides the other."""


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def event(draw: st.DrawFn, kinds: list[str]) -> dict[str, str]:
    kind = draw(st.sampled_from(kinds))
    happened = {"kind": kind, "on": draw(days if kind in THEMES["before"] else late)}
    if draw(st.integers(0, 3)) == 0:
        happened["effective_on"] = draw(days)
    if kind == "withdrawn":
        happened["party"] = draw(st.sampled_from(["isesco", "partners/oic", "partners/oic", "partners/unesco"]))
    if kind == "renewed" and draw(st.booleans()):
        happened["ends_on"] = draw(late)
    return happened


@st.composite
def parties(draw: st.DrawFn, theme: str) -> list[dict[str, str]]:
    signed = st.fixed_dictionaries({"signed_on": days if theme == "before" else st.one_of(early, early, some_days)})
    second = st.one_of(signed, optional()) if theme == "before" else signed
    made = [{"party": "isesco", **draw(signed)}, {"party": "partners/oic", **draw(second)}]
    if draw(st.booleans()):
        third = st.one_of(signed, optional(acceded_on=some_days))
        made.append({"party": "partners/unesco", **draw(third)})
    return made


@st.composite
def renewal(draw: st.DrawFn, theme: str) -> dict[str, str]:
    kind = "tacit" if theme == "renewal" else draw(st.sampled_from(["tacit", "express", "none"]))
    clause = {
        "kind": kind,
        **draw(optional(times=st.sampled_from("123"), notice_days=st.sampled_from(["0", "20", "45"]))),
    }
    if theme == "renewal" or draw(st.booleans()):
        clause["months"] = draw(st.sampled_from("1123"))
    return clause


@st.composite
def agreements(draw: st.DrawFn) -> dict[str, Any]:
    theme = draw(st.sampled_from(sorted(THEMES)))
    content: dict[str, Any] = {"kind": "protocol", "parties": draw(parties(theme))}
    if theme == "renewal":
        content["ends_on"] = draw(st.one_of(late, late, some_days))
    else:
        content |= draw(optional(effective_on=some_days, ends_on=some_days))
    if theme in ("renewal", "mixed"):
        content["renewal"] = draw(renewal(theme))
        amendment = st.fixed_dictionaries({"signed_on": late, "ends_on": late}, optional={"effective_on": days})
        content["amendments"] = draw(st.lists(amendment, max_size=2))
    if draw(st.integers(0, 9)) == 0:
        content["signed_before"] = draw(days)
    content["events"] = draw(st.lists(event(THEMES[theme]), max_size=5))
    if theme == "before":
        content["clearances"] = draw(st.lists(clearances, max_size=4))
    return content


clearances = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["legal", "financial"]),
        "on": days,
        "by": st.just("external-relations"),
        "result": st.sampled_from(["pass", "pass", "fail"]),
    }
)
PLAN = {"clearances": {"protocol": ["legal"]}}


def filed(content: dict[str, Any]) -> dict[str, Any]:
    """The content as a file has it: lists that are empty left out, ids where two would be the same."""
    named = {
        name: [{"id": f"{name[:5]}-{number}", **item} for number, item in enumerate(content[name])]
        for name in ("events", "amendments", "clearances")
        if content.get(name)
    }
    return {name: value for name, value in content.items() if value} | named


def every_day() -> Iterator[date]:
    on = FIRST
    while on <= UNTIL:
        yield on
        on += DAY


def compare(content: dict[str, Any]) -> None:
    register = register_of({"plan": PLAN, "agreements/a": filed(content)})
    replay, agreement = Replay(content), register.agreements[0]
    for on in every_day():
        assert (on, end_on(agreement, on)) == (on, replay.ends[on])
        assert (on, status_on(agreement, register, on)) == (on, replay.statuses[on])


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(agreements())
def test_the_status_is_what_living_through_the_days_gives(content: dict[str, Any]) -> None:
    compare(content)


@pytest.mark.long
@settings(deadline=None, max_examples=3000, suppress_health_check=[HealthCheck.too_slow])
@given(agreements())
def test_the_status_of_very_many_agreements(content: dict[str, Any]) -> None:
    compare(content)


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(agreements(), agreements())
def test_a_successor_takes_over_on_its_first_day_in_force(old: dict[str, Any], new: dict[str, Any]) -> None:
    files = {"agreements/old": filed(old), "agreements/new": {**filed(new), "succeeds": "agreements/old"}}
    register = register_of({"plan": PLAN, **files})
    agreement = register.records["agreements/old"]
    expected = with_successor(Replay(old), Replay(new))
    for on in every_day():
        assert (on, status_on(agreement, register, on)) == (on, expected[on])  # type: ignore[arg-type]


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(agreements())
def test_a_life_has_every_turn(content: dict[str, Any]) -> None:
    register = register_of({"plan": PLAN, "agreements/a": filed(content)})
    agreement = register.agreements[0]
    turns = life(agreement, register, UNTIL)
    assert [turn.on for turn in turns] == sorted({turn.on for turn in turns})
    for on in every_day():
        if turns and on >= turns[0].on:
            last = [turn for turn in turns if turn.on <= on][-1]
            assert (on, status_on(agreement, register, on)) == (on, last.status)

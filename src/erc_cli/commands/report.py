"""`erc report`: what the directorate hands out, made from the register for a day."""

from __future__ import annotations

from datetime import date

from erc_cli.commands.check import check_loaded
from erc_cli.core.reports.catalogue import REPORTS, Known
from erc_cli.core.reports.report import Asked, Foot, Report
from erc_cli.core.suggestions import Suggestions
from erc_cli.core.words import Words
from erc_cli.errors import NotFoundError, UnreadableError, UsageError
from erc_cli.store.load import load
from erc_cli.store.provenance import provenance_of
from erc_cli.store.worktree import Source


def known_report(name: str) -> Known:
    """Return the report of that name. Raises NotFoundError."""
    if name not in REPORTS:
        near = Suggestions(REPORTS).nearest(name)
        hint = f": did you mean {near}?" if near else " (erc report lists them)"
        raise NotFoundError(f"no report {name}{hint}")
    return REPORTS[name]


def make_report(source: Source, name: str, subject: str, on: date, words: Words, *, internal: bool) -> Report:
    """Return the report `name` on the day `on`, with its foot.

    Raises NotFoundError for an unknown report or subject, UsageError for a subject where there must be none, or none
    where there must be one, and UnreadableError where the plan cannot be read.
    """
    known = known_report(name)
    if bool(subject) != bool(known.subject):
        wanted = f"one of {known.subject}, as `erc report {name} ID`" if known.subject else "nothing after its name"
        raise UsageError(f"the report {name} takes {wanted}")
    asked = asked_of(source, on, words)._replace(subject=subject, internal=internal)
    return with_foot(known.make(asked), name, source, asked)


def asked_of(source: Source, on: date, words: Words) -> Asked:
    """Return the register and what a check of it finds, for a report. Raises UnreadableError without a plan."""
    loaded = load(source)
    if not loaded.has_plan:
        raise UnreadableError("data/plan.yaml could not be read: erc check tells why")
    checked = check_loaded(source, loaded)
    counts = {"error": checked.count("error"), "warning": checked.count("warning"), "waived": checked.waived}
    return Asked(loaded.register, on, words, counts)


def with_foot(report: Report, name: str, source: Source, asked: Asked) -> Report:
    """Return a report with its name and its foot: the commit of its source, the day, and the state of the register."""
    made_of, found = provenance_of(source), asked.findings
    revision = f"{made_of.commit} ({asked.words.day(made_of.on)})" if made_of is not None else ""
    changed = made_of is not None and made_of.changed
    foot = Foot(revision, asked.on, found["error"], found["warning"], found["waived"], changed)
    return report._replace(name=name, foot=foot)

"""`erc drift`: the schedule now against what it was at a revision."""

from __future__ import annotations

from datetime import date

from erc_cli.commands.report import asked_of, with_foot
from erc_cli.core.rebased import rebased
from erc_cli.core.reports.drift import drift_since
from erc_cli.core.reports.report import Report
from erc_cli.core.words import Words
from erc_cli.errors import UnreadableError
from erc_cli.store.load import load
from erc_cli.store.provenance import provenance_of
from erc_cli.store.revision import revision_of
from erc_cli.store.worktree import Source


def drift_report_since(source: Source, root: str, since: str, year: int | None, on: date, words: Words) -> Report:
    """Return how far activities and money are, on the day `on`, from what the revision `since` said.

    Raises UnreadableError for a revision that is not there or holds no plan that can be read.
    """
    baseline = revision_of(root, since)
    then = load(baseline)
    if not then.has_plan:
        raise UnreadableError(f"data/plan.yaml at {since} could not be read: erc check --at {since} tells why")
    asked = asked_of(source, on, words)
    since_then = rebased(then.register, asked.register, on, year)
    made_of = provenance_of(baseline)
    name = f"{made_of.commit} ({words.day(made_of.on)})" if made_of is not None else since
    report = drift_since(asked._replace(register=since_then.register), since_then.gone, name, year)
    return with_foot(report, "drift", source, asked)

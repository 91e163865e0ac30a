"""Whether a change may be made: the rules on the register as it would be, against the register as it is."""

from __future__ import annotations

from typing import NamedTuple

from erc_cli.commands.check import check
from erc_cli.core.checked import Checked
from erc_cli.core.effects import added
from erc_cli.core.findings import Finding
from erc_cli.store.draft import Draft
from erc_cli.store.worktree import WorkTree


class Judgement(NamedTuple):
    """What a change would add to the findings: `errors` stand in its way, `warnings` are only told."""

    errors: Checked
    warnings: Checked


def judge(draft: Draft) -> Judgement:
    """Return the findings that the changes of `draft` would add. Raises UnreadableError."""
    after = check(draft)
    if not after.findings:
        return Judgement(after, after)
    new = added(check(WorkTree(draft.root)).findings, after.findings)
    found = [finding for finding in new if finding.waived is None]
    return Judgement(_only(after, found, "error"), _only(after, found, "warning"))


def _only(checked: Checked, findings: list[Finding], severity: str) -> Checked:
    return checked._replace(findings=tuple(f for f in findings if f.severity == severity))

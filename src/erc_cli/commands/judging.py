"""Whether a change may be made: the rules on the register as it would be, against the register as it is."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from erc_cli.commands.check import check
from erc_cli.core.checked import Checked
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
    before = Counter(map(_key, check(WorkTree(draft.root)).findings))
    added = []
    for finding in after.findings:
        if before[_key(finding)] > 0:
            before[_key(finding)] -= 1
        elif finding.waived is None:
            added.append(finding)
    return Judgement(_only(after, added, "error"), _only(after, added, "warning"))


def _only(checked: Checked, findings: list[Finding], severity: str) -> Checked:
    return checked._replace(findings=tuple(f for f in findings if f.severity == severity))


def _key(finding: Finding) -> tuple[str, str, str]:
    """What a finding is about. Its words may change with an amount, and it is the same finding still."""
    return (finding.code, finding.problem.record, finding.field_address)

"""`erc check --base` and `--merge`: what a change did to what was there, and what two branches make together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from erc_cli.commands.check import check_loaded, wanted_codes
from erc_cli.commands.pairing import paired
from erc_cli.core.checked import Checked
from erc_cli.core.effects import added
from erc_cli.core.findings import Finding, Problem, sort_key
from erc_cli.core.rules.catalogue import RULES
from erc_cli.core.rules.history import HISTORY, States
from erc_cli.core.rules.merging import MERGING, Merge
from erc_cli.core.waiving import apply_waivers
from erc_cli.errors import UnreadableError
from erc_cli.store.load import Loaded, load
from erc_cli.store.merged import merged
from erc_cli.store.places import Places
from erc_cli.store.repository import repository_of
from erc_cli.store.revision import revision_at
from erc_cli.store.two_trees import differing, sides_of
from erc_cli.store.worktree import Source


class Against(NamedTuple):
    """What a check found, and which of it is new: neither the base, nor in a merge either branch, has it."""

    checked: Checked
    new: tuple[Finding, ...]

    @property
    def of_new(self) -> Checked:
        """The new findings alone."""
        return self.checked._replace(findings=self.new)


def check_against(
    root: str, base: str, head: str | None, *, select: tuple[str, ...], ignore: tuple[str, ...], strict: bool
) -> Against:
    """Check the work tree, or the revision `head`, and what it did to the revision `base`. Raises UnreadableError."""
    wanted = wanted_codes(select, ignore)
    sides = sides_of(root, f"{base}..{head}" if head else base)
    loaded = load(sides.after)
    checked = check_loaded(sides.after, loaded, select=select, ignore=ignore, strict=strict)
    before = check_loaded(sides.before, load(sides.before), select=select, ignore=ignore, strict=strict)
    new = added(before.findings, checked.findings)
    history: list[Finding] = []
    if loaded.has_plan:
        plan = loaded.register.plan
        states = States(paired(differing(sides)), plan.languages, frozenset(one.id for one in plan.removed))
        problems = ((code, problem) for code, find in HISTORY.items() if code in wanted for problem in find(states))
        history = _located(problems, sides.after, loaded)
    return _against(checked, history, [*new, *history])


def _against(checked: Checked, more: list[Finding], new: Sequence[Finding]) -> Against:
    findings = tuple(sorted([*checked.findings, *more], key=sort_key))
    return Against(checked._replace(findings=findings), tuple(sorted(new, key=sort_key)))


def check_merge(
    root: str, base: str, head: str, *, select: tuple[str, ...], ignore: tuple[str, ...], strict: bool
) -> Against:
    """Check what `base` and `head` make when they are merged. Raises UnreadableError."""
    wanted = wanted_codes(select, ignore)
    repository = repository_of(root)
    ids = [repository.resolve(name) for name in (base, head)]
    start = repository.merge_base(*ids)
    with merged(repository, *ids) as result:
        sources: list[Source] = [revision_at(repository, one) for one in (start, *ids)]
        loads = [load(source) for source in (*sources, result.source)]
        if not all(one.has_plan for one in loads):
            raise UnreadableError("data/plan.yaml cannot be read on all sides: the merge cannot be checked")
        checks = [
            check_loaded(source, one, select=select, ignore=ignore, strict=strict)
            for source, one in zip((*sources[1:], result.source), loads[1:], strict=True)
        ]
        checked = _without(checks[2], result.conflicts)
        only_merged = added([*checks[0].findings, *checks[1].findings], checked.findings)
        names = [f"{start}..{one}" for one in ids]
        changes = [paired(differing(sides_of(root, name))) for name in names]
        registers = [one.register for one in loads]
        merge = Merge(
            registers[0],
            (registers[1], registers[2]),
            registers[3],
            (changes[0], changes[1]),
            only_merged,
            result.conflicts,
        )
        problems = [(code, problem) for code, find in MERGING.items() if code in wanted for problem in find(merge)]
        more = _located(problems, result.source, loads[3])
        more = apply_waivers(more, loads[3].register)
        told = [_only_together(one) if one in only_merged else one for one in checked.findings]
        checked = checked._replace(findings=tuple(told))
        return _against(checked, more, [*(one for one in map(_only_together, only_merged)), *more])


def _only_together(finding: Finding) -> Finding:
    """The finding, saying that neither branch alone has it."""
    problem = finding.problem
    return finding._replace(problem=problem._replace(message=f"{problem.message} (only once both are merged)"))


def _without(checked: Checked, paths: Iterable[str]) -> Checked:
    """What was found but for files that git could not merge: both texts and the marks between them stand there."""
    left_out = frozenset(paths)
    kept = tuple(one for one in checked.findings if one.place is None or one.place.path not in left_out)
    return checked._replace(findings=kept)


def _located(problems: Iterable[tuple[str, Problem]], source: Source, loaded: Loaded) -> list[Finding]:
    findings = (Finding(code, RULES[code].severity, problem) for code, problem in problems)
    return Places(source, loaded.paths).locate(findings)

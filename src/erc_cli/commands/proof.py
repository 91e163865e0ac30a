"""`erc budget check`: the proof of every total."""

from __future__ import annotations

from erc_cli.core.findings import Finding, sort_key
from erc_cli.core.likely import Causes
from erc_cli.core.proof import Proof, Proved
from erc_cli.core.records.plan import Plan
from erc_cli.core.register import Register
from erc_cli.core.totals import Equation, equations
from erc_cli.errors import UnreadableError
from erc_cli.store.load import load
from erc_cli.store.places import Places
from erc_cli.store.worktree import DATA, Source


def prove(source: Source) -> Proof:
    """Return every claimed total of `source` with its addends and their places.

    Only the plan, the budget and the projects are read. Raises UnreadableError where there is no register.
    """
    loaded = load(source, ("budget", "projects"))
    if "budget" not in loaded.paths:
        raise UnreadableError("data/budget.yaml is missing: there is nothing to prove")
    places = Places(source, loaded.paths)
    found = equations(loaded.register)
    causes = Causes(found)
    plan = loaded.register.find("plan", Plan)
    unread = [finding for finding in loaded.findings if _keeps_from_reading(finding, loaded.register)]
    return Proof(
        tuple(_proved(equation, causes, places) for equation in found),
        tuple(sorted(places.locate(unread), key=sort_key)),
        plan.currency if plan is not None else "",
        plan.languages if plan is not None else (),
    )


def _proved(equation: Equation, causes: Causes, places: Places) -> Proved:
    return Proved(
        equation,
        places.of(equation.record, equation.field),
        tuple(places.of(addend.record, addend.field) for addend in equation.addends),
        causes.of(equation),
    )


def _keeps_from_reading(finding: Finding, register: Register) -> bool:
    """Whether a record is missing because of `finding`, be it that its file is no file of the register at all."""
    record = finding.problem.record
    return finding.severity == "error" and (record in register.broken or record.startswith(f"{DATA}/"))

"""`erc indicator`: what is measured, and what proves it."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from erc_cli.core.indicator_table import Found, all_indicators
from erc_cli.core.register import Register
from erc_cli.errors import NotFoundError, UnreadableError
from erc_cli.store.load import load
from erc_cli.store.worktree import Source


class Indicators(NamedTuple):
    """Indicators, and the register they were counted in. `unread` are records that could not be read."""

    found: list[Found]
    register: Register
    unread: tuple[str, ...]


def list_indicators(source: Source, on: date, project: str = "") -> Indicators:
    """Return the measurement indicators of all projects or of one, on a day. Raises UnreadableError, NotFoundError."""
    loaded = load(source)
    if not loaded.has_plan:
        raise UnreadableError("data/plan.yaml could not be read: erc check tells why")
    register = loaded.register
    if project and not any(project in (p.id, p.address) for p in register.projects):
        near = get_close_matches(project, [p.id for p in register.projects], 1)
        raise NotFoundError(f"no project {project}" + (f": did you mean {near[0]}?" if near else ""))
    return Indicators(all_indicators(register, on, project), register, tuple(sorted(register.broken)))


def find_indicator(source: Source, name: str, on: date) -> tuple[Found, Register]:
    """Return the indicator of that id or address, on a day; `project.id` is short for the address.

    Raises NotFoundError, also where several projects have it.
    """
    listed = list_indicators(source, on)
    fitting = [
        one
        for one in listed.found
        if name in (one.result.indicator.id, one.address, f"{one.project.id}.{one.result.indicator.id}")
    ]
    if len(fitting) == 1:
        return fitting[0], listed.register
    if fitting:
        raise NotFoundError(f"several projects have {name}: " + ", ".join(one.address for one in fitting))
    near = get_close_matches(name, [one.result.indicator.id for one in listed.found], 1)
    tail = f": did you mean {near[0]}?" if near else " (erc indicator list shows them)"
    raise NotFoundError(f"no indicator {name}{tail}")

"""`erc explain`: the manual page of a rule."""

from __future__ import annotations

from difflib import get_close_matches

from erc_cli.core.rules.catalogue import RULES
from erc_cli.core.rules.rule import Rule
from erc_cli.errors import NotFoundError


def explain(code: str) -> Rule:
    """Return the rule of that code, whatever its case. Raises NotFoundError."""
    found = RULES.get(code.upper())
    if found is not None:
        return found
    family = [one for one in RULES if one.startswith(code.upper())]
    if len(family) > 1:
        raise NotFoundError(f"{code} is no rule but a family, {family[0]} to {family[-1]} (erc explain lists them)")
    near = get_close_matches(code.upper(), RULES, 1)
    tail = f": did you mean {near[0]}?" if near else " (erc explain lists them)"
    raise NotFoundError(f"no rule {code}{tail}")


def all_rules() -> list[Rule]:
    """Return every rule in the order of the manual."""
    return list(RULES.values())

"""`erc check`: every rule on every record."""

from __future__ import annotations

import gc
import os
from collections.abc import Collection, Iterable

from erc_cli.core.checked import Checked
from erc_cli.core.findings import Finding, sort_key
from erc_cli.core.register import Register
from erc_cli.core.rules.catalogue import RULES
from erc_cli.core.waiving import apply_waivers, unused_waivers
from erc_cli.errors import NotFoundError, UsageError
from erc_cli.store.layout_check import layout_findings
from erc_cli.store.load import Loaded, load, path_of
from erc_cli.store.places import Places
from erc_cli.store.worktree import Source


def check(
    source: Source, *, select: tuple[str, ...] = (), ignore: tuple[str, ...] = (), strict: bool = False
) -> Checked:
    """Return every finding in the files of `source`, in the order of the files.

    `select` and `ignore` are codes or beginnings of codes; with `strict` the layout is looked at too. Raises
    UnreadableError where there is no register and NotFoundError for a code that no rule has.
    """
    return check_loaded(source, load(source), select=select, ignore=ignore, strict=strict)


def check_loaded(
    source: Source,
    loaded: Loaded,
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    strict: bool = False,
) -> Checked:
    """Return every finding in a register that was loaded from `source` already. Raises NotFoundError."""
    wanted = wanted_codes(select, ignore)
    places = Places(source, loaded.paths)
    findings = places.locate(f for f in loaded.findings if f.code in wanted)
    if strict and "YML018" in wanted:
        findings += layout_findings(source)
    if loaded.has_plan:
        findings += places.locate(_run_rules(loaded.register, wanted))
        findings = apply_waivers(findings, loaded.register)
        findings += places.locate(unused_waivers(findings, loaded.register, wanted))
    return Checked(tuple(sorted(findings, key=sort_key)), len(loaded.paths), len(wanted), places.line)


def _run_rules(register: Register, wanted: Collection[str]) -> list[Finding]:
    """What the rules find. Garbage collection rests meanwhile: going through all records again and again is dear."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        return [finding for code, rule in RULES.items() if code in wanted for finding in rule.findings(register)]
    finally:
        if was_on:
            gc.enable()


def wanted_codes(select: tuple[str, ...], ignore: tuple[str, ...]) -> frozenset[str]:
    """Return the codes of the rules that are asked for. Raises NotFoundError for one that no rule has."""
    for code in (*select, *ignore):
        if not any(known.startswith(code) for known in RULES):
            raise NotFoundError(f"no rule {code} (erc explain lists them)")
    return frozenset(
        code for code in RULES if (not select or code.startswith(select)) and not (ignore and code.startswith(ignore))
    )


def paths_below(paths: Iterable[str], here: str, root: str) -> tuple[str, ...] | None:
    """Return `paths`, as typed in the folder `here`, relative to `root`; None for none.

    The address of a record stands for its file. Raises UsageError for a path outside, or that is not there.
    """
    found = []
    for path in paths:
        if not os.path.lexists(os.path.join(here, path)):
            if os.path.lexists(os.path.join(root, path_of(path))):
                found.append(path_of(path))
                continue
            raise UsageError(f"{path}: there is no such file, folder or record")
        relative = os.path.relpath(os.path.join(here, path), root).replace(os.sep, "/")
        if relative.startswith(".."):
            raise UsageError(f"{path} is outside the register at {root}")
        found.append(relative)
    return tuple(found) or None

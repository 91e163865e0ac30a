"""Waivers applied to findings: which are accepted for now, and which waivers accept nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from erc_cli.core.findings import Finding, Path, Problem, Waived
from erc_cli.core.records.waiver import Waiver
from erc_cli.core.register import Register
from erc_cli.core.rules.catalogue import RULES
from erc_cli.core.rules.waivers import can_be_waived
from erc_cli.core.suggestions import AddressSuggestions

_SEEN_ELSEWHERE = ("HIS", "MRG")
"""Families that need more than one tree: a check of one tree cannot say that their waivers are of no use."""


def apply_waivers(findings: Iterable[Finding], register: Register) -> list[Finding]:
    """Return `findings` with those marked that a waiver of `register` accepts; order and number stay."""
    waivers = _by_target(register.waivers)
    if not waivers:
        return list(findings)
    return [_marked(finding, waivers.get((finding.code, finding.problem.record), ())) for finding in findings]


def _by_target(waivers: Iterable[Waiver]) -> dict[tuple[str, str], list[Waiver]]:
    found: dict[tuple[str, str], list[Waiver]] = {}
    for waiver in waivers:
        if can_be_waived(waiver.code):
            found.setdefault((waiver.code, waiver.record), []).append(waiver)
    return found


def _marked(finding: Finding, waivers: Iterable[Waiver]) -> Finding:
    for waiver in waivers:
        if _covers(waiver, finding):
            until = waiver.until.isoformat() if waiver.until else ""
            return finding._replace(waived=Waived(waiver.reason or "", waiver.owner or "", until))
    return finding


def _covers(waiver: Waiver, finding: Finding) -> bool:
    """Whether `waiver` accepts `finding`, which has its code and record. A field covers what is inside it."""
    if waiver.field is None:
        return True
    return f"{finding.field_address}.".startswith(f"{waiver.field}.")


def unused_waivers(
    findings: Iterable[Finding], register: Register, codes: Collection[str] | None = None
) -> list[Finding]:
    """Return what is wrong with the waivers that accept none of `findings`: WVR001 and WVR003.

    `codes` are the rules that ran, all where it is None: a waiver of another is not judged.
    """
    targets: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        targets.setdefault((finding.code, finding.problem.record), []).append(finding)
    found: list[Finding] = []
    for waiver in register.waivers:
        if not any(_covers(waiver, finding) for finding in targets.get((waiver.code, waiver.record), ())):
            found += _of_no_use(waiver, register, codes)
    return found


def _of_no_use(waiver: Waiver, register: Register, codes: Collection[str] | None) -> list[Finding]:
    found = []
    if waiver.code not in RULES and not waiver.code.startswith(_SEEN_ELSEWHERE):
        found.append(_finding("WVR001", waiver, "code", *_unknown_code(waiver.code)))
    if not register.is_there(waiver.record):
        found.append(_finding("WVR001", waiver, "record", *_unknown_record(waiver.record, register)))
    ran = codes is None or waiver.code in codes
    if not found and ran and can_be_waived(waiver.code) and not waiver.code.startswith(_SEEN_ELSEWHERE):
        where = f"{waiver.record}.{waiver.field}" if waiver.field else waiver.record
        found.append(
            _finding("WVR003", waiver, "code", f"there is no {waiver.code} in {where} to waive: delete the waiver")
        )
    return found


def _unknown_code(code: str) -> tuple[str, str | None]:
    near = get_close_matches(code.upper(), RULES, 1)
    hint = f"did you mean {near[0]}?" if near else "erc explain lists them"
    return f"there is no rule {code} ({hint})", near[0] if near else None


def _unknown_record(address: str, register: Register) -> tuple[str, str | None]:
    if address in register.renamed:
        now = register.renamed[address]
        return f"{address} was renamed to {now}", now
    near = AddressSuggestions(register.records).nearest(address)
    return f"there is no {address}" + (f" (did you mean {near}?)" if near else ""), near


def _finding(code: str, waiver: Waiver, field: str, message: str, fix: str | None = None) -> Finding:
    path: Path = (field,)
    return Finding(code, RULES[code].severity, Problem(waiver.address, path, message, fix=fix))

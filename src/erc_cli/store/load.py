"""From files to a register: every file read, every record built, and what was wrong with each."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from erc_cli.core.findings import Finding, Place, Problem, Related, Severity
from erc_cli.core.records.base import Record
from erc_cli.core.records.build import Coded, build, setting_of
from erc_cli.core.records.types import Setting
from erc_cli.core.register import Register
from erc_cli.core.rules.catalogue import RULES
from erc_cli.core.suggestions import short
from erc_cli.errors import UnreadableError
from erc_cli.store.documents import Fingerprints
from erc_cli.store.faults import Fault, Spot
from erc_cli.store.format import NO_PLAN, check_format, is_record_name
from erc_cli.store.parallel import ahead, read_one
from erc_cli.store.reader import Reading
from erc_cli.store.worktree import DATA, Entry, Source, Stray


class Loaded(NamedTuple):
    """A register and what was wrong with its files. `register` lacks a plan where `has_plan` is False."""

    register: Register
    findings: list[Finding]
    paths: dict[str, str]
    """Address of a record: path of its file."""
    has_plan: bool


def load(source: Source, folders: Iterable[str] | None = None) -> Loaded:
    """Return the register of `source`; with `folders`, of these and the plan alone. Raises UnreadableError.

    Garbage collection rests meanwhile: nothing made here has cycles.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        return _load(source, None if folders is None else {"plan", *folders})
    finally:
        if was_on:
            gc.enable()


def _load(source: Source, folders: set[str] | None) -> Loaded:
    with ahead(source, folders) as files:
        findings = [_stray_finding(stray) for stray in files.strays]
        paths = {entry.address: entry.path for entry in files.entries}
        setting = _setting(source, files.entries)
        results = _Results()
        for entry, reading in files.readings():
            results.add(entry, reading, setting)
    for path in sorted(results.findings):
        findings += results.findings[path]
    # Files of documents are read only when a rule asks for their fingerprint.
    broken, unreadable = frozenset(results.broken), frozenset(results.unreadable)
    register = Register(results.records, broken, unreadable, Fingerprints(source))
    return Loaded(register, findings, paths, "plan" in register.records)


def _setting(source: Source, entries: list[Entry]) -> Setting:
    """What the plan says that every other record needs to be read."""
    entry = next((entry for entry in entries if entry.folder == "plan"), None)
    if entry is None:
        raise UnreadableError(NO_PLAN)
    plan = read_one(source, entry).data
    check_format(plan)
    return setting_of(plan)


class _Results:
    """What came of the files so far, in whatever order they come."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.findings: dict[str, list[Finding]] = {}
        self.broken: set[str] = set()
        self.unreadable: set[str] = set()

    def add(self, entry: Entry, reading: Reading, setting: Setting) -> None:
        """Build the record of a file, or note what is in the way."""
        findings = list(_fault_findings(entry, reading.faults)) if reading.faults else []
        built = _build(entry, reading, setting)
        if isinstance(built, Record):
            self.records.append(built)
            findings += _other_id(entry, reading)
        else:
            self.broken.add(entry.address)
            if built is None:
                self.unreadable.add(entry.address)
            else:
                findings += [Finding(coded.code, "error", coded.problem) for coded in built]
        if findings:
            self.findings[entry.path] = findings


def _build(entry: Entry, reading: Reading, setting: Setting) -> Record | list[Coded] | None:
    """The record, what is wrong with its shape, or None where the file has no data or its name no id."""
    if reading.data is None:
        return None
    if not is_record_name(entry.record_id):
        why = "is longer than 64 characters" if len(entry.record_id) > 64 else "is not a slug: use a-z, 0-9 and hyphens"
        return [Coded("IDS001", Problem(entry.address, (), f"the file name {entry.record_id} {why}"))]
    built = build(entry.folder, entry.record_id, reading.data, setting)
    if isinstance(built, Record):
        return built
    # What is empty is told already, and its key is missing only because of that.
    return [coded for coded in built if coded.problem.field not in reading.empty]


def _other_id(entry: Entry, reading: Reading) -> list[Finding]:
    """That the file says another id than its name, which is the one that counts."""
    inside = reading.data.get("id") if reading.data is not None else None
    if inside is None or inside == entry.record_id:
        return []
    message = f"id {short(str(inside))} differs from the name of the file, {entry.record_id} (it need not be there)"
    problem = Problem(entry.address, ("id",), message, expected=entry.record_id, actual=str(inside))
    return [Finding("IDS003", "error", problem)]


def _stray_finding(stray: Stray) -> Finding:
    severity: Severity = "warning" if stray.is_warning else "error"
    return Finding(stray.code, severity, Problem(stray.path, (), stray.message), Place(stray.path, 1, 1, 1))


def _fault_findings(entry: Entry, faults: list[Fault]) -> Iterator[Finding]:
    address = entry.address
    for fault in faults:
        related = tuple(Related(address, (), message, _place(entry.path, spot)) for spot, message in fault.related)
        problem = Problem(address, (), fault.message, related, fix=fault.fix)
        yield Finding(fault.code, RULES[fault.code].severity, problem, _place(entry.path, fault.spot))


def _place(path: str, spot: Spot) -> Place:
    width = max(spot.end - spot.start, 0)
    return Place(path, max(spot.line, 0) + 1, spot.column + 1, spot.column + 1 + width)


def path_of(address: str) -> str:
    """Return the path where the record at `address` has its file."""
    return f"{DATA}/{address}.yaml"

"""The programs people would take instead, on the same records in their own form.

They do not do the same work, and the page says what each does. They are installed for the measurement alone, below
its cache folder.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from figures import ERC, environment
from measure import Run, interleave

Record = dict[str, Any]


@dataclass
class Peer:
    """A program: what it checks, how it is started on the files that `convert` made, and up to which size."""

    name: str
    checks: str
    convert: Callable[[list[Record], Path], None]
    command: Callable[[Path, Path], list[str]]
    """Of the program's file and the folder that was converted: the words to run there."""
    sizes: tuple[int, ...] = (200, 2_000)
    program: Path | None = None
    version: str = ""
    missing: str | None = None
    runs: dict[int, Run] = field(default_factory=dict)


def records_of(demo: Path) -> list[Record]:
    """Return the records of a demonstration, all scalars text, with `id` and `folder` put in; partners come first."""
    folders = sorted(
        (path for path in (demo / "data").iterdir() if path.is_dir()), key=lambda one: one.name != "partners"
    )
    return [
        {"id": path.stem, "folder": folder.name, **yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)}
        for folder in folders
        for path in sorted(folder.iterdir())
    ]


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in a record with its way there, joined by hyphens."""
    if isinstance(value, str):
        yield path, value
        return
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield from leaves(inner, f"{path}-{key}" if path else str(key))


# --- their forms --------------------------------------------------------------------------------------------


def _hledger(records: list[Record], folder: Path) -> None:
    """A transaction for each record, with everything it says as tags."""
    lines = ["commodity 1,000.00 USD", "account equity", ""]
    for number, record in enumerate(records):
        day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
        lines.append(f"{day} {record['id']}")
        lines += [f"    ; {path}:{text.replace(',', ';')}" for path, text in leaves(record)]
        lines += [
            f"    {record['folder']}:{record['id']}  {number + 100}.00 USD",
            f"    equity  {-number - 100}.00 USD",
            "",
        ]
    (folder / "register.journal").write_text("\n".join(lines), encoding="utf-8")


def _beancount(records: list[Record], folder: Path) -> None:
    """An account and a transaction for each record, with everything it says as metadata."""
    lines = ['option "operating_currency" "USD"', "2020-01-01 open Equity:Register USD"]
    for number, record in enumerate(records):
        account = f"Assets:{record['folder'].title()}:{record['id'].title()}"
        lines.append(f"2020-01-01 open {account} USD")
        lines.append(f'2024-{number % 12 + 1:02}-{number % 28 + 1:02} * "{record["folder"]}" "{record["id"]}"')
        lines += [f'  {path}: "{text}"' for path, text in leaves(record) if '"' not in text and "\\" not in text]
        lines += [f"  {account}  {number + 100}.00 USD", f"  Equity:Register  {-number - 100}.00 USD"]
    (folder / "register.beancount").write_text("\n".join(lines) + "\n", encoding="utf-8")


_YAMALE_SCHEMA = """\
name: include('text')
acronyms: map(str(), required=False)
aliases: list(str(), required=False)
anonymous: bool(required=False)
category: str()
roles: list(str(), required=False)
sphere: enum('arab', 'islamic', 'international', 'regional', 'national', required=False)
country: regex('^[a-z]{2}$', required=False)
covers: list(regex('^[a-z]{2}$'), required=False)
organisation_type: int(min=10, max=90, required=False)
identifiers: list(include('identifier'), required=False)
fields: list(str(), required=False)
contacts: list(include('contact'), required=False)
due_diligence: list(include('examination'), required=False)
flags: list(map(), required=False)
conditions: list(include('condition'), required=False)
succeeds: str(required=False)
ended_on: day(required=False)
formerly: list(str(), required=False)
description: include('text', required=False)
notes: str(required=False)
source: map(str(), required=False)
links: list(str(), required=False)
---
text: {en: str(), fr: str(), ar: str()}
identifier: {scheme: str(), value: str()}
contact: {id: str(), role: str(), email: str(required=False)}
examination: {on: day(), result: str(), by: str(), valid_months: int()}
condition: {id: str(), text: include('text'), compatible: str(required=False), regulation: str(required=False)}
"""


def _copied(records: list[Record], folder: Path) -> None:
    """The files of the demonstration as they are; the folder holds the demonstration's path."""
    source = Path((folder / "source").read_text())
    shutil.copytree(source / "data/partners", folder / "partners")


def _yamale(records: list[Record], folder: Path) -> None:
    _copied(records, folder)
    (folder / "schema.yaml").write_text(_YAMALE_SCHEMA)


def _json_schema(records: list[Record], folder: Path) -> None:
    _copied(records, folder)
    text = {"type": "object", "required": ["en", "fr", "ar"], "additionalProperties": {"type": "string"}}
    words = {"type": "array", "items": {"type": "string"}, "minItems": 1}
    parts = {"type": "array", "items": {"type": "object"}, "minItems": 1}
    properties: dict[str, Any] = {
        "name": text,
        "description": text,
        "category": {"enum": sorted({one["category"] for one in records if one["folder"] == "partners"})},
        "country": {"type": "string", "pattern": "^[a-z]{2}$"},
        "organisation_type": {"type": "integer", "minimum": 10, "maximum": 90},
        "anonymous": {"type": "boolean"},
        "acronyms": {"type": "object", "additionalProperties": {"type": "string"}},
        "source": {"type": "object", "required": ["document"]},
        **dict.fromkeys(("aliases", "roles", "covers", "fields", "formerly", "links"), words),
        **dict.fromkeys(("identifiers", "contacts", "due_diligence", "flags", "conditions"), parts),
        **{key: {"type": "string"} for key in ("sphere", "succeeds", "ended_on", "notes")},
    }
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["name", "category"],
        "properties": properties,
        "additionalProperties": False,
    }
    (folder / "schema.json").write_text(json.dumps(schema))


def _doorstop(records: list[Record], folder: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "."], cwd=folder, check=True)
    settings = {"settings": {"digits": 6, "itemformat": "yaml", "prefix": "REC", "sep": ""}}
    (folder / "records").mkdir()
    (folder / "records/.doorstop.yml").write_text(yaml.safe_dump(settings))
    for number, record in enumerate(records, 1):
        own = {f"register-{path}": text for path, text in leaves(record)}
        item = {
            "active": True,
            "derived": False,
            "header": "",
            "level": f"1.{number}",
            "links": [],
            "normative": True,
            "ref": "",
            "reviewed": None,
            "text": f"{record['folder']} {record['id']}\n",
        }
        path = folder / f"records/REC{number:06}.yml"
        path.write_text(yaml.dump(item | own, Dumper=yaml.CSafeDumper, allow_unicode=True), encoding="utf-8")


PEERS = (
    Peer(
        "hledger check",
        "one journal, a transaction per record: syntax, balance, assertions",
        _hledger,
        lambda program, folder: [str(program), "check", "--file", "register.journal"],
        (200, 2_000, 20_000),
    ),
    Peer(
        "bean-check",
        "one ledger, an account and a transaction per record: syntax, balance, accounts",
        _beancount,
        lambda program, folder: [str(program), "--no-cache", "register.beancount"],
        (200, 2_000, 20_000),
    ),
    Peer(
        "yamale",
        "the files of the partners alone, two processes: shape, each file by itself",
        _yamale,
        lambda program, folder: [str(program), "--schema", "schema.yaml", "--cpu-num", "2", "partners"],
        (200, 2_000, 20_000),
    ),
    Peer(
        "check-jsonschema",
        "the files of the partners alone: shape, each file by itself",
        _json_schema,
        lambda program, folder: [
            str(program),
            "--schemafile",
            "schema.json",
            *sorted(str(path.relative_to(folder)) for path in (folder / "partners").iterdir()),
        ],
    ),
    Peer(
        "doorstop",
        "one file per record in its own form: shape, links, reviews; it rewrites the files",
        _doorstop,
        lambda program, folder: [str(program)],
    ),
)
_PACKAGES = {
    "bean-check": "beancount",
    "yamale": "yamale",
    "check-jsonschema": "check-jsonschema",
    "doorstop": "doorstop",
}


# --- installing them ----------------------------------------------------------------------------------------


def install(cache: Path, say: Callable[[str], None]) -> None:
    """Put the peers below `cache`, or note why one is missing."""
    scripts = cache / "peers/bin"
    if not scripts.exists():
        subprocess.run([sys.executable, "-m", "venv", str(cache / "peers")], check=True)
    for peer in PEERS:
        say(f"installing {peer.name}")
        if peer.name in _PACKAGES:
            _install_package(peer, _PACKAGES[peer.name], scripts)
        else:
            _find_hledger(peer, cache)
        if peer.program is not None:
            peer.version = _version_of(peer)


def _install_package(peer: Peer, package: str, scripts: Path) -> None:
    program = scripts / peer.name
    if not program.exists():
        words = [str(scripts / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            peer.missing = "pip cannot install it: " + (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            return
    peer.program = program if program.exists() else None
    peer.missing = None if peer.program else f"{package} brings no {peer.name}"


def _find_hledger(peer: Peer, cache: Path) -> None:
    """hledger of the system, else Debian's package unpacked below the cache: the system stays as it is."""
    found = shutil.which("hledger")
    unpacked = cache / "hledger/usr/bin/hledger"
    if found is None and not unpacked.exists() and shutil.which("apt-get") and shutil.which("dpkg-deb"):
        (cache / "hledger").mkdir(exist_ok=True)
        for words in (["apt-get", "download", "hledger"], ["apt-get", "update"], ["apt-get", "download", "hledger"]):
            done = subprocess.run(words, cwd=cache / "hledger", capture_output=True, text=True, check=False)
            packages = sorted((cache / "hledger").glob("hledger_*.deb"))
            if packages:
                subprocess.run(["dpkg-deb", "-x", str(packages[-1]), str(cache / "hledger")], check=True)
                break
            peer.missing = "apt-get: " + (done.stderr.strip().splitlines() or ["no package"])[-1]
    peer.program = Path(found) if found else unpacked if unpacked.exists() else None
    if peer.program is None:
        peer.missing = peer.missing or "not on this system, and no apt-get to fetch it"
    else:
        peer.missing = None


def _version_of(peer: Peer) -> str:
    done = subprocess.run([str(peer.program), "--version"], capture_output=True, text=True, check=False)
    said = (done.stdout or done.stderr).strip().splitlines()
    if done.returncode != 0:
        peer.program, peer.missing = None, "does not start: " + (said or ["no reason given"])[-1][:120]
        return ""
    return next((word.strip("(),v") for word in said[0].split() if word.strip("(),v")[:1].isdigit()), "")


# --- measuring them -----------------------------------------------------------------------------------------


def measure(demos: dict[int, Path], cache: Path, scale: float, say: Callable[[str], None]) -> dict[int, Run]:
    """Run every peer and `erc check` on each size in the same rounds; return the runs of erc by size."""
    around = environment(cache)
    own: dict[int, Run] = {}
    for size, usual in ((200, 7), (2_000, 3), (20_000, 1)):
        records = records_of(demos[size])
        own[size] = Run("erc check", [ERC, "check", "--no-cache"], demos[size], around)
        runs = [own[size]]
        for peer in PEERS:
            if peer.program is None or size not in peer.sizes:
                continue
            say(f"converting the register of {size:,} partners for {peer.name}")
            folder = cache / "forms" / f"{peer.name.replace(' ', '-')}-{size}"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            (folder / "source").write_text(str(demos[size]))
            peer.convert(records, folder)
            peer.runs[size] = Run(peer.name, peer.command(peer.program, folder), folder, around)
            runs.append(peer.runs[size])
        say(f"peers at {size:,}")
        interleave(runs, max(1, round(usual * scale)), say, warm_up=size == 200)
    return own

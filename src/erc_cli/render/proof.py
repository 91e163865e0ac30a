"""The proof of the money as sums that people can follow with a finger, and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from erc_cli.core.findings import Finding, Place
from erc_cli.core.money import grouped, plain
from erc_cli.core.proof import Proof, Proved
from erc_cli.core.text import visible
from erc_cli.render.width import width_of

WIDEST = 80
"""Columns: on a wider terminal amounts would stand too far from what they are called."""

NARROWEST = 40

_COLOURS = {"holds": "\x1b[32m", "FAILS": "\x1b[31;1m", "likely": "\x1b[33m", "dim": "\x1b[2m", "end": "\x1b[0m"}


def text(proof: Proof, colour: bool, width: int = WIDEST) -> str:
    """Return one block for each equation, what could not be read, and a line of counts."""
    columns = max(NARROWEST, min(width, WIDEST))
    blocks = ["\n".join(_block(item, colour, columns)) for item in proof.items]
    if proof.findings:
        blocks.append("\n".join(_unread(finding, colour) for finding in proof.findings))
    blocks.append(summary(proof))
    return "\n\n".join(blocks) + "\n"


def summary(proof: Proof) -> str:
    """Return one line of counts."""
    count, failing = len(proof.items), proof.failing
    said = f"{count} equation{'' if count == 1 else 's'}"
    if proof.currency and count:
        said += f" in {visible(proof.currency)}"
    if not count:
        said = "no total is claimed: nothing to prove"
    elif not failing:
        said += ", all hold" if count > 1 else ", it holds"
    else:
        said += f": {count - failing} hold{'s' if count - failing == 1 else ''}, "
        said += f"{failing} fail{'s' if failing == 1 else ''}"
    if proof.findings:
        files = len(proof.unread)
        said += f"; {files} file{'' if files == 1 else 's'} unread, so nothing is proved"
    return said


def _block(item: Proved, colour: bool, columns: int) -> Iterator[str]:
    """The lines of one equation: its verdict, an addend a line, a rule, and the claim under it."""
    equation, here = item.equation, item.place.path
    verdict = "holds" if equation.holds else "FAILS"
    head = f"{visible(here)}:{item.place.line}: {visible(equation.title)}"
    room = max(columns - width_of(head), len(verdict) + 1)
    yield head + _paint(f"{verdict:>{room}}".lstrip(), verdict, colour, room)
    rows = [
        (_where(place, here), addend.label, addend.amount)
        for addend, place in zip(equation.addends, item.addends, strict=True)
    ]
    margin = max([8, *(width_of(where) for where, _, _ in rows)])
    for where, label, amount in rows:
        yield from _row(where, label, grouped(amount), margin, columns)
    amounts = [equation.sum, *(amount for _, _, amount in rows)] + ([equation.claim] if equation.claim else [])
    longest = max(len(grouped(amount)) for amount in amounts)
    yield " " * (columns - longest) + _paint("-" * longest, "dim", colour)
    yield from _result(item, margin, columns)
    for cause in item.likely:
        for line in textwrap.wrap(f"likely: {visible(cause)}", columns - 2, break_long_words=False):
            yield "  " + _paint(line, "likely", colour)


def _result(item: Proved, margin: int, columns: int) -> Iterator[str]:
    equation = item.equation
    where = _where(item.place, item.place.path)
    if equation.holds or equation.difference is None:
        label = "claimed" if equation.holds else "adds up to, and is claimed nowhere"
        yield from _row(where if equation.holds else "", label, grouped(equation.sum), margin, columns)
        return
    yield from _row("", "adds up to", grouped(equation.sum), margin, columns)
    yield from _row(where, "claimed", grouped(equation.claim or Decimal(0)), margin, columns)
    yield from _row("", "off by", grouped(equation.difference), margin, columns)


def _row(where: str, label: str, amount: str, margin: int, columns: int) -> Iterator[str]:
    """A place, a label and an amount in its column; on two lines where they do not fit on one. Nothing is cut."""
    left = f"  {' ' * (margin - width_of(where))}{where}  {visible(label)}"
    if width_of(left) + 2 + len(amount) > columns:
        yield left
        left = ""
    yield left + " " * (columns - width_of(left) - len(amount)) + amount


def _where(place: Place, here: str) -> str:
    return f"line {place.line}" if place.path == here else f"{visible(place.path)}:{place.line}"


def _unread(finding: Finding, colour: bool) -> str:
    place = finding.place or Place("", 1, 1, 1)
    word = _paint("error", "FAILS", colour)
    return (
        f"{visible(place.path)}:{place.line}:{place.column}: {word} {finding.code} {visible(finding.problem.message)}"
    )


def _paint(words: str, kind: str, colour: bool, room: int = 0) -> str:
    """The words in their colour, at the right of `room` columns."""
    before = " " * max(room - len(words), 0)
    return f"{before}{_COLOURS[kind]}{words}{_COLOURS['end']}" if colour else before + words


def as_json(proof: Proof) -> str:
    """Return the proof with all its keys, schema `erc.proof/1`. Amounts are texts."""
    failing = proof.failing
    document = {
        "schema": "erc.proof/1",
        "items": [_item(item) for item in proof.items],
        "findings": [_finding(finding) for finding in proof.findings],
        "counts": {
            "equations": len(proof.items),
            "hold": len(proof.items) - failing,
            "fail": failing,
            "unread": len(proof.unread),
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _item(item: Proved) -> dict[str, Any]:
    equation = item.equation
    return {
        "address": _address(equation.record, equation.field),
        "code": equation.code,
        "name": visible(equation.name),
        **_at(item.place),
        "claim": None if equation.claim is None else plain(equation.claim),
        "sum": plain(equation.sum),
        "holds": equation.holds,
        "difference": None if equation.difference is None else plain(equation.difference),
        "addends": [
            {
                "address": _address(addend.record, addend.field),
                "label": visible(addend.label),
                "amount": plain(addend.amount),
                **_at(place),
            }
            for addend, place in zip(equation.addends, item.addends, strict=True)
        ],
        "likely": [visible(cause) for cause in item.likely],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.place or Place("", 1, 1, 1)
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": visible(finding.problem.message),
        **_at(place),
    }


def _at(place: Place) -> dict[str, Any]:
    return {"path": visible(place.path), "line": place.line, "column": place.column}


def _address(record: str, field: tuple[str | int, ...]) -> str:
    return visible(".".join((record, *map(str, field))))

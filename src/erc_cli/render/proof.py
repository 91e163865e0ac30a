"""The proof of the money as sums that people can follow with a finger, and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from erc_cli.core.findings import Finding, Place
from erc_cli.core.money import plain
from erc_cli.core.proof import Proof, Proved
from erc_cli.core.text import visible
from erc_cli.core.totals import Addend, Equation
from erc_cli.core.words import Words
from erc_cli.render.cells import isolate
from erc_cli.render.look import Look
from erc_cli.render.width import width_of

WIDEST = 80
"""Columns: on a wider terminal amounts would stand too far from what they are called."""

NARROWEST = 40

_COLOURS = {"holds": "\x1b[32m", "FAILS": "\x1b[31;1m", "likely": "\x1b[33m", "dim": "\x1b[2m", "end": "\x1b[0m"}


def text(proof: Proof, look: Look) -> str:
    """Return one block for each equation, what could not be read, and a line of counts."""
    paper = _Paper(look)
    blocks = ["\n".join(paper.block(item)) for item in proof.items]
    if proof.findings:
        blocks.append("\n".join(_unread(finding, look.colour) for finding in proof.findings))
    blocks.append(summary(proof, look.words))
    return "\n\n".join(blocks) + "\n"


def summary(proof: Proof, words: Words) -> str:
    """Return one line of counts."""
    count, failing = len(proof.items), proof.failing
    if not count:
        said = words("no total is claimed: nothing to prove")
    else:
        said = words.many("{n} equation", "{n} equations", count)
        if proof.currency:
            said = words("{equations} in {currency}").format(equations=said, currency=visible(proof.currency))
        if failing:
            holding = words.many("{n} holds", "{n} hold", count - failing)
            said += words(": ") + holding + words(", ") + words.many("{n} fails", "{n} fail", failing)
        else:
            said += words(", ") + words("all hold" if count > 1 else "it holds")
    if proof.findings:
        files = words.many("{n} file unread", "{n} files unread", len(proof.unread))
        said += words("; ") + words("{files}, so nothing is proved").format(files=files)
    return said


def title_of(equation: Equation, words: Words) -> str:
    """Return what an equation is called where its file is named beside it."""
    key = str(equation.field[-2]) if len(equation.field) > 1 else ""
    match equation.code:
        case "BUD001":
            return words("programmes total")
        case "BUD002":
            return words("project budget")
        case "BUD003":
            return words("{line} total").format(line=key)
        case "BUD004":
            return words("staff {year} total").format(year=equation.field[-1])
        case "BUD005":
            return words("staff total by lines" if equation.parts == "its lines" else "staff total by years")
        case "BUD021":
            return words("allocated of {project}").format(project=key)
    return words("unallocated of {project}").format(project=key)


def _label(addend: Addend, words: Words) -> str:
    label = words("less allocated") if addend.subtracted else addend.label
    if not addend.note:
        return label
    return words("{label} ({note})").format(label=label, note=words(addend.note).format(day=addend.day))


class _Paper:
    """Where equations are laid out: for whom, and how many columns there are."""

    def __init__(self, look: Look) -> None:
        self.words, self.colour, self._terminal = look.words, look.colour, look.terminal
        self.columns = max(NARROWEST, min(look.width, WIDEST))

    def block(self, item: Proved) -> Iterator[str]:
        """Yield the lines of one equation: its verdict, an addend a line, a rule, and the claim under it."""
        equation, here, words = item.equation, item.place.path, self.words
        verdict = words("holds" if equation.holds else "FAILS")
        head = f"{visible(here)}:{item.place.line}: {self._isolated(title_of(equation, words))}"
        gap = " " * max(self.columns - width_of(head) - width_of(verdict), 1)
        kind = "holds" if equation.holds else "FAILS"
        yield head + gap + _paint(self._isolated(verdict), kind, self.colour)
        rows = [
            (self._where(place, here), _label(addend, words), addend.amount)
            for addend, place in zip(equation.addends, item.addends, strict=True)
        ]
        margin = max([8, *(width_of(where) for where, _, _ in rows)])
        for where, label, amount in rows:
            yield from self._row(where, label, self.words.number(amount), margin)
        amounts = [equation.sum, *(amount for _, _, amount in rows)] + ([equation.claim] if equation.claim else [])
        longest = max(len(self.words.number(amount)) for amount in amounts)
        yield " " * (self.columns - longest) + _paint("-" * longest, "dim", self.colour)
        yield from self._result(item, margin)
        for cause in item.likely:
            for line in textwrap.wrap(f"likely: {visible(cause)}", self.columns - 2, break_long_words=False):
                yield "  " + _paint(line, "likely", self.colour)

    def _result(self, item: Proved, margin: int) -> Iterator[str]:
        equation, words = item.equation, self.words
        where = self._where(item.place, item.place.path)
        if equation.holds or equation.difference is None:
            label = words("claimed") if equation.holds else words("adds up to, and is claimed nowhere")
            yield from self._row(where if equation.holds else "", label, self.words.number(equation.sum), margin)
            return
        yield from self._row("", words("adds up to"), self.words.number(equation.sum), margin)
        yield from self._row(where, words("claimed"), self.words.number(equation.claim or Decimal(0)), margin)
        yield from self._row("", words("off by"), self.words.number(equation.difference), margin)

    def _row(self, where: str, label: str, amount: str, margin: int) -> Iterator[str]:
        """Yield a place, a label and an amount in its column, on two lines where they do not fit on one."""
        left = f"  {' ' * (margin - width_of(where))}{self._isolated(where)}  {self._isolated(label)}"
        if width_of(left) + 2 + len(amount) > self.columns:
            yield left
            left = ""
        yield left + " " * (self.columns - width_of(left) - len(amount)) + amount

    def _isolated(self, text: str) -> str:
        return isolate(visible(text), self.words.is_right_to_left) if self._terminal else visible(text)

    def _where(self, place: Place, here: str) -> str:
        if place.path == here:
            return self.words("line {number}").format(number=place.line)
        return f"{place.path}:{place.line}"


def _unread(finding: Finding, colour: bool) -> str:
    place = finding.place or Place("", 1, 1, 1)
    word = _paint("error", "FAILS", colour)
    return (
        f"{visible(place.path)}:{place.line}:{place.column}: {word} {finding.code} {visible(finding.problem.message)}"
    )


def _paint(words: str, kind: str, colour: bool) -> str:
    return f"{_COLOURS[kind]}{words}{_COLOURS['end']}" if colour else words


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
                "label": visible(addend.noted_label),
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

"""The proof of an edit: what was written is read again, and is the old file with exactly this change.

Four defences, each for itself: the bytes around the change, the data, the comments, and a second parser that shares no
code with the first. An edit that one of them doubts is not made.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from erc_cli.errors import RefusedError
from erc_cli.store.edit_text import Data, Document, comments_of, data_of_node, scalars_of, text_of
from erc_cli.store.faults import Fault
from erc_cli.store.nodes import EMPTY_WORDS, Mapping
from erc_cli.store.reader import read_fully


class Cut(NamedTuple):
    """A stretch of the text and what takes its place."""

    start: int
    end: int
    text: str


class Splice(NamedTuple):
    """The cuts of an edit in the order of the file, and where the comments begin that belong to what is taken out."""

    cuts: list[Cut]
    dropped: frozenset[int] = frozenset()


def apply(document: Document, cuts: Iterable[Cut]) -> bytes:
    """Return the content with the cuts made."""
    pieces: list[str] = []
    at = 0
    for cut in cuts:
        pieces += (document.text[at : cut.start], cut.text)
        at = cut.end
    pieces.append(document.text[at:])
    return document.mark + "".join(pieces).encode()


def problem_of(document: Document, splice: Splice, meant: Data, content: bytes) -> str:
    """Return why `content` is not the document with exactly this edit, in half a sentence; empty if it is."""
    if problem := problem_outside(document, splice, content):
        return problem
    reading = read_fully(content)
    if reading.tree is None or reading.text is None:
        fault = next((one for one in reading.faults if one.fatal), None) or reading.faults[0]
        return f"the file could not be read any more ({fault.message})"
    return (
        problem_of_data(data_of_node(reading.tree), meant)
        or problem_of_comments(
            [document.text[c.start : c.end] for c in document.comments if c.start not in splice.dropped],
            [reading.text[c.start : c.end] for c in comments_of(reading.text, reading.tree)],
        )
        or problem_of_faults(document.faults, reading.faults)
        or problem_of_second_parser(_with_spaces(text_of(content), reading.tree), meant)
    )


def problem_outside(document: Document, splice: Splice, content: bytes) -> str:
    """Say so if a byte before the first cut or after the last one is another."""
    before = document.mark + document.text[: splice.cuts[0].start].encode()
    after = document.text[splice.cuts[-1].end :].encode()
    kept = content.startswith(before) and content.endswith(after) and len(content) >= len(before) + len(after)
    return "" if kept else "bytes outside of the value would change"


def problem_of_data(found: Data, meant: Data) -> str:
    """Say so if what is read is not what is meant, order of keys included."""
    return "" if _is_same(found, meant) else "what is read back is not what is meant"


def _is_same(one: Data, other: Data) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_is_same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_is_same(a, b) for a, b in zip(one, other, strict=True))
    return type(one) is type(other) and one == other


def problem_of_comments(before: list[str], after: list[str]) -> str:
    """Say so if the comments are not those of before, in their order."""
    if before == after:
        return ""
    lost = next((a for a, b in zip(before, [*after, ""], strict=False) if a != b), before[-1] if before else "")
    return f"a comment would be lost or changed ({lost.strip()})" if lost else "the new text would become a comment"


def problem_of_faults(before: list[Fault], after: list[Fault]) -> str:
    """Say so if the text has something wrong with it that was not wrong before."""
    more = Counter(fault.code for fault in after) - Counter(fault.code for fault in before)
    fault = next((one for one in reversed(after) if one.code in more), None)
    return f"the edit adds {fault.code}: {fault.message}" if fault else ""


def problem_of_second_parser(text: str, meant: Data) -> str:
    """Say so if a reader of YAML that shares no code with the first does not read what is meant."""
    # Imported here: reading never needs it.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        found = _data_of_events(YAML(typ="safe", pure=True).parse(text))
    except (YAMLError, ValueError, IndexError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        return f"another reader of YAML cannot read the file{where} ({getattr(error, 'problem', None) or error})"
    return "" if _is_same(found, meant) else "another reader of YAML would see something else"


def _with_spaces(text: str, tree: Mapping) -> str:
    """Return the text with spaces for the tabs that stand between texts: YAML allows them, ruamel does not."""
    if "\t" not in text:
        return text
    pieces: list[str] = []
    at = 0
    for one in scalars_of(tree):
        if one.spot.start >= at:
            pieces += (text[at : one.spot.start].replace("\t", " "), text[one.spot.start : one.spot.end])
            at = one.spot.end
    return "".join([*pieces, text[at:].replace("\t", " ")])


def _data_of_events(events: Iterable[Any]) -> Data:
    """Build the data from the events of a parser."""
    top: list[Any] = []
    around: list[tuple[Any, str | None]] = [(top, None)]
    for event in events:
        kind = type(event).__name__
        if kind in ("MappingEndEvent", "SequenceEndEvent"):
            around.pop()
            continue
        if kind == "ScalarEvent":
            value: Any = None if not event.style and event.value in EMPTY_WORDS else event.value
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            value = {} if kind == "MappingStartEvent" else []
        else:
            continue
        holder, key = around[-1]
        if isinstance(holder, list):
            holder.append(value)
        elif key is None:
            around[-1] = (holder, unicodedata.normalize("NFC", event.value if kind == "ScalarEvent" else "?"))
            continue
        else:
            holder[key] = value
            around[-1] = (holder, None)
        if not isinstance(value, str) and value is not None:
            around.append((value, None))
    return top[0] if top else None


# --- the verdict --------------------------------------------------------------------------------------------


def first_proved(document: Document, ways: Iterable[Splice], meant: Data, hint: Hint) -> bytes:
    """Return the content that the first way gives which is proved.

    Raises RefusedError with what is against the first way where none is.
    """
    reasons: list[str] = []
    try:
        for splice in ways:
            problem, content = _try(document, splice, meant)
            if not problem:
                return content
            reasons.append(problem)
    except RefusedError as error:
        reasons.append(str(error))
    raise refusal(document, reasons[0], hint)


def _try(document: Document, splice: Splice, meant: Data) -> tuple[str, bytes]:
    """Return what is against a splice, and the content that it gives."""
    try:
        content = apply(document, splice.cuts)
    except UnicodeEncodeError:
        return "the text has characters that UTF-8 cannot hold", b""
    return problem_of(document, splice, meant, content), content


class Hint(NamedTuple):
    """What people can do by hand where an edit is refused: the place, and what to do there."""

    at: int
    advice: str
    """`{line}` stands for the number of the line of `at`."""


def refusal(document: Document, why: str, hint: Hint) -> RefusedError:
    """Return the error that says why nothing was written, the line, and what to do by hand."""
    line = document.line(hint.at)
    advice = hint.advice.replace("{line}", str(line), 1)
    return RefusedError(f"line {line}: {why}; nothing was written" + (f"\n{advice}" if advice else ""))

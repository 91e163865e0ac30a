"""Compile the translations: `erc.po`, which people edit, to `erc.mo`, which the program reads.

`python tools/compile_catalogues.py` writes the `.mo` files and names every message that has no translation yet.
"""

from __future__ import annotations

import ast
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "erc_cli"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("fr", "ar")

Catalogue = dict[str, list[str]]
"""A message, or the singular and plural of one joined by a NUL: its translations, by plural form."""


def parse_po(text: str) -> Catalogue:
    """Return the messages of a `.po` file: `msgid`, `msgid_plural`, `msgstr` and `msgstr[n]`, in one or more lines."""
    found: Catalogue = {}
    message: list[str] = []
    forms: list[str] = []
    target = message
    for line in [*text.splitlines(), ""]:
        word, _, rest = line.strip().partition(" ")
        if word.startswith("#"):
            continue
        if word.startswith("msgid"):
            if word == "msgid":
                if message and forms:  # no empty line before it, as after two branches that both added at the end
                    found["\0".join(message)] = forms
                message, forms = [], []
            target = message
            target.append(ast.literal_eval(rest))
        elif word.startswith("msgstr"):
            target = forms
            target.append(ast.literal_eval(rest))
        elif word:
            target[-1] += ast.literal_eval(line.strip())
        elif message and forms:
            found["\0".join(message)] = forms
            message, forms = [], []
    return found


def compile_mo(catalogue: Catalogue) -> bytes:
    """Return the catalogue as the bytes of a `.mo` file; the same catalogue gives the same bytes."""
    pairs = sorted((key.encode(), "\0".join(forms).encode()) for key, forms in catalogue.items())
    start = 28 + 16 * len(pairs)
    tables, texts = [b"", b""], b""
    for number in (0, 1):
        for pair in pairs:
            tables[number] += struct.pack("<2I", len(pair[number]), start + len(texts))
            texts += pair[number] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + tables[0] + tables[1] + texts


# --- which messages there are -------------------------------------------------------------------------------


def messages() -> set[str]:
    """Return every message that the program says through its catalogue: those in its code and those of its models."""
    found = set(_in_models())
    for path in sorted(PACKAGE.rglob("*.py")):
        if "demo" not in path.parts:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found.update(_in_code(tree))
            if path.name == "due.py" or "reports" in path.relative_to(PACKAGE).parts:
                found.update(_templates(tree))
    return found


_HEADED = {"Column": 1, "stored": 1, "Table": 2}
"""Calls with a message among their arguments: its position. `Table` has it as `title` too."""


_LISTED = {"MONTHS", "_HEADINGS"}
"""Names of lists of messages, or of mappings to them."""


def _named(node: ast.Assign | ast.AnnAssign) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return getattr(target, "id", "")


def _in_code(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and _named(node) in _LISTED:
            held = ast.literal_eval(node.value)
            yield from held.values() if isinstance(held, dict) else held
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        wanted: list[Any] = [keyword.value for keyword in node.keywords if keyword.arg == "title"]
        if name == "words" or name in _HEADED:
            wanted += node.args[_HEADED.get(name, 0) :][:1]
        if name == "many":
            wanted += node.args[:1]
        for argument in wanted:
            yield from _constants(argument)


def _templates(tree: ast.AST) -> Iterator[str]:
    """The sentences with places for values, and the kinds of what is due, which go through the catalogue as values."""
    from erc_cli.core.words import said

    parts = {id(value) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for value in node.values}
    parts |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    parts |= {id(more) for call in calls if getattr(call.func, "attr", "") == "many" for more in call.args[1:2]}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            if "{" in node.value and " " in node.value:
                yield node.value
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "DueItem":
            yield from (said(kind) for kind in _constants(node.args[0]))
        elif isinstance(node, ast.Assign) and _is_message(node):
            yield from _constants(node.value.elts[0])  # type: ignore[attr-defined]


def _is_message(node: ast.Assign) -> bool:
    """Whether it is `message, values = "...", {...}`."""
    names, values = node.targets[0], node.value
    pairs = isinstance(names, ast.Tuple) and isinstance(values, ast.Tuple)
    return pairs and getattr(names.elts[0], "id", "") == "message"  # type: ignore[attr-defined]


def _constants(node: ast.AST) -> Iterator[str]:
    """The texts that an argument can be: itself, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)


def _in_models() -> Iterator[str]:
    from erc_cli.core.agenda import EventKind
    from erc_cli.core.records.kinds import choices_of
    from erc_cli.core.records.shape import fields_of, models_of
    from erc_cli.core.records.types_of_record import RECORD_TYPES
    from erc_cli.core.relationship import NeedState, Relationship
    from erc_cli.core.schedule import UNEXPLAINED, State
    from erc_cli.core.status import Status
    from erc_cli.core.totals import NOTES
    from erc_cli.core.vocabularies import USUAL
    from erc_cli.core.words import heading_of, said

    yield from (*NOTES, UNEXPLAINED)
    for model in models_of(RECORD_TYPES):
        for field in fields_of(model):
            yield heading_of(field.key)
            yield from (said(word) for word in choices_of(model, field.key))
    for vocabulary in USUAL.values():
        yield from (said(word) for word in vocabulary)
    for words in (EventKind, NeedState, Relationship, State, Status):
        yield from (said(word) for word in get_args(words))


def missing(language: str) -> list[str]:
    """Return the messages that have no translation into `language`."""
    catalogue = parse_po((LOCALE / language / "LC_MESSAGES" / "erc.po").read_text(encoding="utf-8"))
    known = {key.split("\0")[0] for key, forms in catalogue.items() if all(forms)}
    return sorted(messages() - known - {""})


def main() -> int:
    """Compile every catalogue; return 1 if a message has no translation."""
    failed = 0
    for language in LANGUAGES:
        folder = LOCALE / language / "LC_MESSAGES"
        catalogue = parse_po((folder / "erc.po").read_text(encoding="utf-8"))
        (folder / "erc.mo").write_bytes(compile_mo(catalogue))
        for message in missing(language):
            failed = 1
            sys.stderr.write(f"{language}: no translation of {message!r}\n")
    return failed


if __name__ == "__main__":
    sys.exit(main())

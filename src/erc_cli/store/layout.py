"""The canonical layout of a file: what `erc fmt` makes of it, proved to say the same with the same comments."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from typing import Any

from erc_cli.core.records.base import Record
from erc_cli.errors import RefusedError
from erc_cli.store.edit_text import Data, Document, data_of_node, open_document
from erc_cli.store.edit_verify import problem_of_second_parser
from erc_cli.store.emit import emit, to_plain
from erc_cli.store.layout_comments import comments_owned, put_back
from erc_cli.store.reader import read

MENDED = frozenset({"YML008", "YML009", "YML016"})
"""Findings about the text alone, which the canonical layout mends: byte-order mark, form of letters, line ends."""

_RETURN = re.compile(r"\r\n?")


def canonical(content: bytes, model: type[Record]) -> bytes:
    """Return the content of a file in the canonical layout.

    Keys stand in the order of the model, one to a line; long texts are folded; comments stay with what they are about;
    blank lines go, but the one under the comment at the top. Raises RefusedError where the file has errors, or where it
    cannot be proved that nothing else changes.
    """
    reading = read(content)
    if reading.data is not None and not reading.faults and emit(to_plain(reading.data, model)).encode() == content:
        return content
    mended = _mended(content)
    document = open_document(mended)
    fault = next((one for one in document.faults if one.code not in MENDED), None)
    if fault is not None:
        raise RefusedError(f"line {fault.spot.line + 1}: {fault.message}: mend this first")
    meant = data_of_node(document.tree)
    assert isinstance(meant, dict)  # noqa: S101 - nothing else is opened
    new = _laid_out(document, meant, model)
    problem = _problem(document, meant, new) or ("" if _again(new, model) == new else "laying it out twice differs")
    if problem:
        raise RefusedError(f"{problem}: left as it is")
    return new


def _again(content: bytes, model: type[Record]) -> bytes:
    document = open_document(content)
    data = data_of_node(document.tree)
    return _laid_out(document, data, model) if isinstance(data, dict) else b""


def _laid_out(document: Document, data: dict[str, Any], model: type[Record]) -> bytes:
    bare = emit(to_plain(data, model))
    if not document.comments:
        return bare.encode()
    return put_back(comments_owned(document), open_document(bare.encode())).encode()


def _mended(content: bytes) -> bytes:
    """The content without a byte-order mark, in the usual form of letters, with line feeds at the ends of its lines."""
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        return content  # which cannot be read, and is told as such
    return _RETURN.sub("\n", unicodedata.normalize("NFC", text)).encode()


def _problem(document: Document, meant: Data, new: bytes) -> str:
    """Why `new` does not say what the document says; empty if it does."""
    after = open_document(new)
    found = data_of_node(after.tree)
    if not _says_same(found, meant):
        return "what is read back is not what is meant"
    before_them, after_them = (Counter(_words_of(one)) for one in (document, after))
    if before_them != after_them:
        lost = next(iter((before_them - after_them) or (after_them - before_them)))
        return f"a comment would be lost or changed ({lost})"
    if after.faults:
        return f"the layout adds {after.faults[0].code}: {after.faults[0].message}"
    return problem_of_second_parser(new.decode(), found)


def _words_of(document: Document) -> list[str]:
    return [document.text[one.start : one.end].rstrip() for one in document.comments]


def _says_same(one: Data, other: Data) -> bool:
    """Whether two files say the same: the order of keys says nothing, that of items does."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_says_same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_says_same, one, other))
    return one == other

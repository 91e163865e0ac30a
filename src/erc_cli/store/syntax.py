"""What libyaml says of a text that is no YAML, in words for those who never read its manual."""

from __future__ import annotations

import re
from typing import Final

_SAID: Final = (
    ("did not find expected ',' or '}'", "a comma or a closing }} is missing; the {{ is on line {since}"),
    ("did not find expected ',' or ']'", "a comma or a closing ] is missing; the [ is on line {since}"),
    ("found unexpected end of stream", "the quotation mark on line {since} is never closed"),
    ("found a tab character", "a tab in the indentation: use spaces"),
    ("found unknown escape character", "a backslash in double quotes: write it twice, or use single quotes"),
    ("block sequence entries are not allowed", "a list begins on a line of its own, below its key"),
    (
        "did not find expected '-' indicator",
        "only items that begin with a hyphen can stand here: look at the indentation",
    ),
    ("did not find expected key", "no key can stand here: look at the indentation, the quotes and the brackets"),
)
"""What a message of libyaml begins with, and what is said instead; `since` is the line where it opened."""

_KEY_BEFORE = re.compile(r"^\s*(?:- )?[^\s#\"'{\[][^:]*:\s")


def in_plain_words(problem: str, context: str, text: str, at: int, since: int) -> str:
    """Return what is wrong with `text` at the position `at`; `since` is the line on which what is open began."""
    character = text[at : at + 1]
    if problem.startswith(("found character that cannot start", "did not find expected node content")):
        if character == "\t":
            return "a tab in the indentation: use spaces"
        return f"no value begins with {character}: put it in quotes" if character.strip() else f"{problem} ({context})"
    if problem.startswith("mapping values are not allowed"):
        line = text[text.rfind("\n", 0, at) + 1 : at]
        if _KEY_BEFORE.match(line):
            return "a second colon on the line: put the text that holds it in quotes"
        return "a key cannot stand here: look at the indentation, and at the line before, which may lack its colon"
    for beginning, words in _SAID:
        if problem.startswith(beginning):
            return words.format(since=since)
    return f"{problem} ({context})" if context else problem

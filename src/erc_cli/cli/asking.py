"""Questions on a terminal for what a new record still needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from erc_cli.cli.listing import look_of
from erc_cli.cli.reading import say
from erc_cli.cli.writing import Writing

if TYPE_CHECKING:
    from erc_cli.commands.adding import New
    from erc_cli.commands.asking import Question
    from erc_cli.core.house import House
    from erc_cli.core.words import Words

_FEW = 15
"""So many choices are listed at once; of more those that match what is typed."""


def ask_for(writing: Writing, folder: str, new: New, house: House) -> New:
    """Ask for the fields that are missing, and for an id, and return the whole record. Ctrl-C ends with 130."""
    from erc_cli.commands.adding import New, propose
    from erc_cli.commands.asking import questions
    from erc_cli.core.records.kinds import model_of
    from erc_cli.core.typed import put_in
    from erc_cli.store.draft import Draft

    draft = Draft(writing.reading.root)
    language = writing.reading.language(house.languages)
    words = look_of(writing.reading, language).words
    say(words("Enter leaves out what is in brackets; Ctrl-C gives up, and nothing is written."))
    data = dict(new.data)
    for question in questions(draft, folder, data, house, language):
        for value in _answers(question, words):
            put_in(data, model_of(folder), question.name, value, house)
    record_id = new.record_id
    if not record_id:
        proposed = propose(draft, folder, data, house)
        record_id = typer.prompt(words("Id"), default=proposed, err=True).strip()
    return New(record_id, data)


def _answers(question: Question, words: Words) -> list[str]:
    found: list[str] = []
    while True:
        answer = _answer(question, words, needed=question.needed and not found, more=bool(found))
        if answer is None:
            return found
        found.append(answer)
        if not question.several:
            return found


def _answer(question: Question, words: Words, *, needed: bool, more: bool) -> str | None:
    """One answer, or None where there is none (any more)."""
    from erc_cli.core.words import heading_of

    label = words(heading_of(question.key)) + (f" ({question.language})" if question.language else "")
    shown = question.choices if len(question.choices) <= _FEW else ()
    if not more:
        for number, (_, name) in enumerate(shown, 1):
            say(f"  {number:2}  {words(name)}")
    while True:
        prompt = label if needed else f"[{label}]"
        typed = typer.prompt(prompt, default="", show_default=False, err=True).strip()
        if not typed:
            if not needed:
                return None
            say(words("This is needed."))
            continue
        chosen = _chosen(question, typed, words) if question.choices else typed
        if chosen is not None:
            return chosen


def _chosen(question: Question, typed: str, words: Words) -> str | None:
    from erc_cli.commands.asking import matching

    if typed.isdecimal() and len(question.choices) <= _FEW and 0 < int(typed) <= len(question.choices):
        return question.choices[int(typed) - 1][0]
    found = matching(question.choices, typed)
    if len(found) == 1:
        value, name = found[0]
        if name != typed:
            say(f"  = {value}  {name}")
        return value
    if not found:
        say(f"  {words('Nothing matches; type a part of the name.')}")
    for value, name in found[:_FEW]:
        say(f"  {value}  {name}")
    if len(found) > _FEW:
        say(f"  ... {len(found) - _FEW}")
    return None

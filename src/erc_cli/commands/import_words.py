"""The change that an import makes, as the commands that would do the same."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from typing import Any, Final

from erc_cli.core.importing.records import Step

ONE: Final = {"partners": "partner", "agreements": "agreement", "activities": "activity"}
"""Folder: the noun of its commands."""


def commands(new: Mapping[str, Mapping[str, Any]], changed: Iterable[Step]) -> list[str]:
    """Return the commands that would make the same change: every record added, every field set, every item added."""
    lines = []
    for address, data in new.items():
        folder, _, record_id = address.partition("/")
        words, more = _words(address, data)
        lines.append(_line("erc", ONE[folder], "add", record_id, *words))
        lines += more
    for step in changed:
        if step.words:
            lines.append(_line("erc", "append", step.address, *step.words))
        else:
            lines.append(_line("erc", "set", f"{step.address}={step.value}"))
    return lines


def _words(address: str, data: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """The words of an `add`, and the commands for what `add` has no words for."""
    words: list[str] = []
    more: list[str] = []
    for field, value in data.items():
        if isinstance(value, Mapping):
            words += [f"{field}.{key}={text}" for key, text in value.items()]
        elif isinstance(value, list):
            for item in value:
                if not isinstance(item, Mapping):
                    words.append(f"{field}={item}")
                elif "party" in item:
                    words.append(f"{field}={item['party']}")
                    more += [
                        _line("erc", "set", f"{address}.{field}.{item['party']}.{key}={text}")
                        for key, text in item.items()
                        if key != "party"
                    ]
                else:
                    more.append(
                        _line("erc", "append", f"{address}.{field}", *(f"{key}={text}" for key, text in item.items()))
                    )
        else:
            words.append(f"{field}={value}")
    return words, more


def _line(*words: str) -> str:
    return shlex.join(words)

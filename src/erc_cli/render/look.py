"""Who reads an answer, and on what."""

from __future__ import annotations

from typing import NamedTuple

from erc_cli.core.words import Words


class Look(NamedTuple):
    """Who reads a table: their words, and the terminal it is shown on, if any."""

    words: Words = Words()
    width: int = 80
    colour: bool = False
    terminal: bool = False

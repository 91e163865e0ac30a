"""What `erc check` does once its words are parsed, and a short way to it for its simplest words.

The short way exists for start-up: an unchanged register is answered in a few milliseconds, and a plain `erc check`
needs no library that parses command lines. Anything it does not know goes the long way.
"""

from __future__ import annotations

import os
import sys

from erc_cli.store.root import find_root
from erc_cli.store.verdict import remember, remembered, snapshot

TYPE_CHECKING = False  # importing it from typing takes as long as all else here
if TYPE_CHECKING:
    from collections.abc import Sequence

    from erc_cli.cli.reading import Reading
    from erc_cli.core.checked import Checked


class Simple:
    """The words of a plain `erc check`."""

    def __init__(self, root: str | None, strict: bool, cached: bool) -> None:
        self.root, self.strict, self.cached = root, strict, cached


def simple_words(words: Sequence[str]) -> Simple | None:
    """Return what a plain `erc check` asks for; None where there is anything more in its words."""
    root, strict, cached, seen = None, False, True, False
    at = 0
    while at < len(words):
        word = words[at]
        if word == "check" and not seen:
            seen = True
        elif word in ("-C", "--root") and at + 1 < len(words):
            at += 1
            root = words[at]
        elif word == "--strict" and seen:
            strict = True
        elif word == "--no-cache" and seen:
            cached = False
        else:
            return None
        at += 1
    return Simple(root, strict, cached) if seen else None


def check_simply(asked: Simple) -> int:
    """Check the register, from memory if nothing changed, and return the exit code. Raises ErcError."""
    root = find_root(os.getcwd(), asked.root or os.environ.get("ERC_ROOT") or None)
    state = snapshot(root, asked.strict) if asked.cached else None
    known = remembered(root, state)
    if known is not None:
        sys.stderr.write(f"{known}\n")
        return 0
    from erc_cli.store.parallel import start

    start(root)  # the files are read while the libraries below are imported
    from erc_cli.cli.reading import Reading

    return check_and_show(Reading(root_given=root), strict=asked.strict, state=state)


class Against:
    """What a check compares with: the revision `base`, or the two that `merge` names."""

    def __init__(self, base: str, merge: tuple[str, str] | None, new_only: bool) -> None:
        self.base, self.merge, self.new_only = base, merge, new_only


def _check_against(
    reading: Reading, against: Against, select: tuple[str, ...], ignore: tuple[str, ...], strict: bool
) -> Checked:
    """Check and compare; says how much is new."""
    from erc_cli.cli.reading import say
    from erc_cli.commands.check_base import check_against, check_merge
    from erc_cli.core.text import visible

    root = reading.root
    if against.merge is not None:
        found = check_merge(root, *against.merge, select=select, ignore=ignore, strict=strict)
        named = "in neither branch alone"
    else:
        found = check_against(root, against.base, reading.at, select=select, ignore=ignore, strict=strict)
        named = f"new since {visible(against.base)}"
    say(f"{len(found.new)} of {len(found.checked.findings)} findings {named}")
    return found.of_new if against.new_only else found.checked


FORMATS = ("text", "concise", "json", "github", "gitlab", "sarif", "junit")


def check_and_show(
    reading: Reading,
    *,
    paths: Sequence[str] = (),
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    strict: bool = False,
    state: str | None = None,
    against: Against | None = None,
) -> int:
    """Check the register, print the findings and return the exit code. `state` is what the verdict is kept for."""
    from erc_cli.cli.reading import say
    from erc_cli.commands.check import check, paths_below
    from erc_cli.render import findings as render

    form = reading.choose_format(FORMATS, "text")
    if against is not None:
        checked = _check_against(reading, against, select, ignore, strict)
    else:
        checked = check(reading.source, select=select, ignore=ignore, strict=strict)
    shown = checked.of(paths_below(paths, os.getcwd(), reading.root))
    reading.write(render.renderer(form)(shown, reading.colour))
    if form != "json":
        say(render.summary(shown))
    if not checked.findings:
        remember(reading.root, state, render.summary(checked))
    return 1 if shown.fails(strict) else 0

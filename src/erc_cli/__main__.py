"""The entry: answers what needs no library at once, and hands everything else to the command line."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # importing it from typing takes as long as all else here
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> None:
    """Run `erc` with the words of the command line and leave with its exit code."""
    words = sys.argv[1:]
    if words in (["--version"], ["-V"]):
        from erc_cli.version import VERSION

        sys.stdout.write(f"erc {VERSION}\n")
        return
    if words[:1] == ["--offers"]:
        from erc_cli.cli.completing import answer

        sys.stdout.write(answer(words[1:]))
        return
    _without_plugins()
    # What a command makes has few cycles, and going through it again and again costs a tenth of a short command.
    gc.disable()
    if "check" in words[:3]:
        from erc_cli.cli.checking import check_simply, simple_words
        from erc_cli.cli.outcome import run_guarded

        asked = simple_words(words)
        if asked is not None:
            _leave(run_guarded(lambda: check_simply(asked)))
    if "list" in words or "show" in words:
        from erc_cli.cli.looking import look, plain_words
        from erc_cli.cli.outcome import run_guarded

        plain = plain_words(words)
        if plain is not None:
            _leave(run_guarded(lambda: look(plain)))
    from erc_cli.cli.app import run

    _leave(run(words))


def _leave(code: int) -> NoReturn:
    """End with `code` at once: to take a large register apart, object by object, costs a tenth of a check of it."""
    sys.stderr.flush()
    os._exit(code)


def _without_plugins() -> None:
    """Keep the validation library from looking for plugins: they are foreign code, and the search takes 10 ms.

    The variable is its documented way. The module stands for the one that would search, whose import alone takes as
    long; should the library name it otherwise one day, it is found useless and nothing else changes.
    """
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    searcher = type(sys)("pydantic.plugin._loader")
    searcher.get_plugins = tuple  # type: ignore[attr-defined]
    sys.modules[searcher.__name__] = searcher


if __name__ == "__main__":
    main()

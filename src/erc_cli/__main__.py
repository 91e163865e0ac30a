"""The entry: answers what needs no library at once, and hands everything else to the command line."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run `erc` with the words of the command line and leave with its exit code."""
    words = sys.argv[1:]
    if words in (["--version"], ["-V"]):
        from erc_cli.version import VERSION

        sys.stdout.write(f"erc {VERSION}\n")
        return
    # No plugins of the validation library: looking for them takes 20 ms, and they are foreign code.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    if "check" in words[:3]:
        from erc_cli.cli.checking import check_simply, simple_words
        from erc_cli.cli.outcome import run_guarded

        asked = simple_words(words)
        if asked is not None:
            sys.exit(run_guarded(lambda: check_simply(asked)))
    if "list" in words or "show" in words:
        from erc_cli.cli.looking import look, plain_words
        from erc_cli.cli.outcome import run_guarded

        plain = plain_words(words)
        if plain is not None:
            sys.exit(run_guarded(lambda: look(plain)))
    from erc_cli.cli.app import run

    sys.exit(run(words))


if __name__ == "__main__":
    main()

"""The entry: answers what needs no library at once, and turns exceptions into text and exit codes."""

from __future__ import annotations

import sys


def main() -> None:
    """Run `erc` with the words of the command line and leave with its exit code."""
    words = sys.argv[1:]
    if words in (["--version"], ["-V"]):
        from erc_cli.version import VERSION

        sys.stdout.write(f"erc {VERSION}\n")
        return
    from erc_cli.cli.app import run

    sys.exit(run(words))


if __name__ == "__main__":
    main()

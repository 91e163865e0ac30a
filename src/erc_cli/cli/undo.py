"""`erc undo`."""

from __future__ import annotations

from typing import Annotated

import typer

from erc_cli.cli.options import COMMON, new_app, with_options
from erc_cli.cli.reading import Reading, say
from erc_cli.errors import RefusedError

app = new_app()

_DryRun = Annotated[bool, typer.Option("--dry-run", "-n", help="Say what would be taken back, write nothing.")]


def _undo(reading: Reading, dry_run: _DryRun = False) -> int:
    """Take back the change of the last command that wrote; a second time makes it again.

    Refused (exit 5) if a file is not as that command left it.
    """
    from erc_cli.store.writing import last_change, take_back

    last = last_change(reading.root)
    if last is None:
        raise RefusedError("no change to take back is on file: nothing was written")
    if dry_run:
        reading.write("".join(f"{path}\n" for path in last.paths))
        say(f"would be taken back: erc {' '.join(last.words)}")
        return 0
    paths = take_back(reading.root, tell=say)
    reading.write("".join(f"{path}\n" for path in paths))
    say(f"taken back: erc {' '.join(last.words)}   once more: erc undo")
    return 0


app.command("undo")(
    with_options(
        _undo,
        lambda root_given, color, **values: _undo(Reading(root_given, color=color), **values),
        {name: COMMON[name] for name in ("root_given", "color")},
    )
)

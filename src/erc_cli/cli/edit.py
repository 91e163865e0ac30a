"""`erc edit`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from erc_cli.cli.listing import look_of, view_of
from erc_cli.cli.options import new_app
from erc_cli.cli.outcome import say_error
from erc_cli.cli.writing import Writing, day, writes
from erc_cli.errors import RefusedError, UsageError

if TYPE_CHECKING:
    from erc_cli.commands.editing import Opened
    from erc_cli.store.editor import Workspace

app = new_app()

_Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="A record, or one text of it: partners/oic.notes")]


@app.command(no_args_is_help=True)
@writes
def edit(writing: Writing, address: _Address) -> int:
    """Open a record, or one long text of it, in your editor (VISUAL, else EDITOR).

    What you save is checked before it is written. If it has errors you can go on editing; what you typed is never
    lost.
    """
    return edit_record(writing, address)


def edit_record(writing: Writing, address: str) -> int:
    """Open what is at an address in the user's editor, write what comes of it, and return the exit code."""
    from erc_cli.commands.editing import opened
    from erc_cli.store.draft import Draft
    from erc_cli.store.editor import Workspace, editor_words

    if not writing.may_ask:
        raise UsageError("erc edit needs a terminal; erc set ADDRESS=VALUE changes a value without one")
    words = editor_words(os.environ)
    what = opened(Draft(writing.reading.root), address)
    workspace = Workspace(what.name, what.text)
    try:
        code = _edit_until_done(writing, what, workspace, words)
    except (RefusedError, UsageError, typer.Abort, KeyboardInterrupt) as error:
        kept = f"what you typed is kept in {workspace.path}"
        if isinstance(error, RefusedError | UsageError):
            raise type(error)(str(error) if workspace.path in str(error) else f"{error}\n{kept}") from None
        say_error(kept)
        raise typer.Abort from None
    workspace.clear()
    return code


def _edit_until_done(writing: Writing, what: Opened, workspace: Workspace, words: list[str]) -> int:
    from erc_cli.commands.editing import put

    view = view_of(writing.reading)
    asked = look_of(writing.reading, view.language).words("Go on editing?")
    while True:
        typed = workspace.open_in(words)
        if typed == what.text.encode("utf-8", "surrogateescape"):
            return writing.carry_out(lambda draft, house: None)
        try:
            return writing.carry_out(lambda draft, house, typed=typed: put(draft, house, what, typed, day()))  # type: ignore[misc]
        except (RefusedError, UsageError) as error:
            say_error(str(error))
            if not typer.confirm(asked, default=True, err=True):
                raise typer.Abort from None

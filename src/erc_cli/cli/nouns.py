"""The commands that every kind of record has, made once for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from erc_cli.cli.fact_options import Id, Reason
from erc_cli.cli.listing import Asking, list_and_print
from erc_cli.cli.looking import full_address
from erc_cli.cli.options import new_app, reads
from erc_cli.cli.reading import Reading
from erc_cli.cli.writing import Day, Writing, writes

Fields = Annotated[str, typer.Option("--fields", metavar="NAMES", help="These columns: id,name,ended_on.")]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where", metavar="NAME=VALUE", help="Only those; also NAME.gt=, NAME.lt=, NAME.has=. Repeat for and."
    ),
]
Sort = Annotated[str, typer.Option("--sort", metavar="NAMES", help="In this order: -budget,id falls by budget.")]
On = Annotated[str, typer.Option("--on", metavar="DATE", help="As things stand on that day; today without.")]
Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="Their ids or addresses, or a field: oic.name.en.")]

_FORMATS = "Formats: table, plain, simple, grid, md, csv, tsv, json, jsonl."


def noun(folder: str, one: str, several: str, listing: Callable[..., int] | None = None) -> typer.Typer:
    """Return the commands `list` and `show` of the records in `folder`; `listing` takes the place of the usual list."""
    app = new_app(no_args_is_help=True)

    @app.callback()
    def group() -> None:
        pass

    @reads
    def list_them(reading: Reading, fields: Fields = "", where: Where = None, sort: Sort = "id", on: On = "") -> int:
        return list_and_print(reading, folder, Asking(fields, tuple(where or ()), sort, on))

    @reads
    def show(reading: Reading, ids: Ids, on: On = "") -> int:
        from erc_cli.cli.showing import show_and_print

        return show_and_print(reading, [full_address(folder, one) for one in ids], on, whole=True)

    group.__doc__ = f"{several[0].upper()}{several[1:]}."
    app.command("list", help=f"List {several}.\n\n{_FORMATS}")(reads(listing) if listing else list_them)
    app.command(
        "show",
        help=f"Show {_article(one)} {one} with all that follows from it, or one field of it.\n\nFormats: text, json.",
    )(show)
    _changes(app, folder, f"{_article(one)} {one}")
    return app


def _article(word: str) -> str:
    return "an" if word[0] in "aeio" else "a"


_NewId = Annotated[str, typer.Argument(metavar="NEW-ID", help="Its id from now on.")]
_Ended = frozenset({"partners", "agreements", "activities", "projects"})
"""Folders of records that have an end."""


def _changes(app: typer.Typer, folder: str, one: str) -> None:
    """Give a noun the verbs that change any record: the same as the bare ones, for ids without folder."""

    @writes
    def rename(writing: Writing, name: Id, new_id: _NewId) -> int:
        from erc_cli.cli.rename import rename_record

        return rename_record(writing, full_address(folder, name), new_id)

    @writes
    def edit(writing: Writing, name: Id) -> int:
        from erc_cli.cli.edit import edit_record

        return edit_record(writing, full_address(folder, name))

    @writes
    def retire(writing: Writing, name: Id, reason: Reason = "", date: Day = "") -> int:
        from erc_cli.cli.retire import retire_record

        return retire_record(writing, full_address(folder, name), reason, date)

    app.command("edit", help=f"Open {one} in your editor.", no_args_is_help=True)(edit)
    app.command("rename", help=f"Give {one} another id; every reference follows.", no_args_is_help=True)(rename)
    if folder in _Ended:
        app.command("retire", help=f"Give {one} its end; nothing is deleted.", no_args_is_help=True)(retire)

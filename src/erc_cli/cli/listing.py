"""What the `list` and `show` of every kind of record do once their words are parsed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from erc_cli.cli.reading import Reading, say
from erc_cli.errors import UsageError

if TYPE_CHECKING:
    from erc_cli.core.listing import View
    from erc_cli.core.tables import Table
    from erc_cli.render.look import Look


class Asking(NamedTuple):
    """The options of a list, as typed."""

    fields: str
    where: tuple[str, ...]
    sort: str
    on: str


def list_and_print(reading: Reading, folder: str, asking: Asking) -> int:
    """Print the records of `folder` that were asked for, and return the exit code."""
    from erc_cli.commands.listing import Asked, list_records, needs_models
    from erc_cli.core.list_columns import LISTINGS

    form_of = list_format(reading)
    day = day_of(asking.on)
    source, view = reading.source, view_of(reading)
    asked = Asked(asking.fields, asking.where, asking.sort)
    as_items = form_of(None) in ("json", "jsonl")
    fully = as_items or needs_models(folder, asked)
    listed = None if fully else list_records(source, folder, asked, view)
    if listed is None or (asking.where and not listed.table.rows):  # which may be for a word that cannot be
        from erc_cli.commands.full_listing import list_fully

        listed = list_fully(source, folder, asked, view, day, as_items=as_items)
    print_table(
        reading,
        listed.table,
        form_of(listed.table),
        look_of(reading, view.language),
        listed.items if as_items else None,
    )
    listing = LISTINGS[folder]
    if not listed.table.rows:
        say(f"no {listing.several}" + (" match" if asking.where and listed.total else ""))
    warn_of_unread(listed.unread)
    return 0


def list_format(reading: Reading) -> Callable[[Table | None], str]:
    """Return what gives a table its format: the one asked for, else by file name, terminal and number of rows.

    Raises UsageError at once for a format that there is not.
    """
    from erc_cli.render import tables

    asked = reading.format and reading.choose_format(tables.FORMATS, "plain")

    def form_of(table: Table | None) -> str:
        rows = len(table.rows) if table is not None else 0
        return asked or tables.default_format(rows, reading.on_terminal, reading.output)

    return form_of


def print_table(
    reading: Reading, table: Table, form: str, look: Look, items: Any = None, schema: str = "erc.list/1"
) -> None:
    """Write a table, or its items where the format is for machines."""
    from erc_cli.render import tables

    if form in ("json", "jsonl"):
        from erc_cli.render.items import as_json, as_json_lines, items_of

        items = items_of(table) if items is None else items
        reading.write(as_json(schema, items) if form == "json" else as_json_lines(items))
        return
    reading.write(tables.render(table, form, look))
    if form == "table" and any(column.optional for column in table.columns):
        from erc_cli.render.terminal import left_out

        hidden = left_out(table, look)
        if hidden:
            say(f"no room at this width for: {', '.join(hidden)}")


def warn_of_unread(paths: tuple[str, ...]) -> None:
    """Say on stderr that files could not be read."""
    if paths:
        count = f"{len(paths)} files" if len(paths) > 1 else "1 file"
        say(f"{count} could not be read: erc check tells why")


def view_of(reading: Reading) -> View:
    """Return who looks: the house of the plan, and the language asked for. Raises UnreadableError, UsageError."""
    from erc_cli.core.house import house_of
    from erc_cli.core.listing import View
    from erc_cli.store.raw import read_plan

    house = house_of(read_plan(reading.source))
    return View(reading.language(house.languages), house)


def look_of(reading: Reading, language: str) -> Look:
    """Return how the answer is to look."""
    from erc_cli.render.look import Look
    from erc_cli.store.catalogue import words_in

    return Look(words_in(language), reading.width, reading.colour, reading.on_terminal)


def day_of(asked: str, option: str = "--on") -> date:
    """Return the day asked about; today where none is. Raises UsageError, which names the option."""
    if not asked:
        return date.today()  # noqa: DTZ011 - the local day is what people mean
    from erc_cli.core.periods import NotADateError, parse_date

    try:
        return parse_date(asked)
    except NotADateError as error:
        raise UsageError(f"{option} {asked}: {error}") from None

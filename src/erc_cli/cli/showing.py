"""What `show` does once its words are parsed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from erc_cli.cli.listing import day_of, look_of, view_of
from erc_cli.cli.reading import Reading, say

if TYPE_CHECKING:
    from erc_cli.commands.show import Shown
    from erc_cli.core.listing import View
    from erc_cli.render.look import Look

FORMATS = ("text", "json")

_NEED_MUCH = frozenset({"partners"})
"""Folders whose derived fields need many files; only the format for machines has them."""


def show_and_print(reading: Reading, addresses: Sequence[str], on: str, *, whole: bool = False) -> int:
    """Print what the addresses lead to, and return the exit code. Raises NotFoundError before anything is printed.

    With `whole`, pages of records go on with what follows from them and what others say, which needs every file.
    """
    from erc_cli.commands.show import is_plain, item, look_up, plain_value
    from erc_cli.render.show import scalar_text

    form, source, view = reading.choose_format(FORMATS, "text"), reading.source, view_of(reading)
    found = [look_up(source, address) for address in addresses]
    for shown in found:
        if shown.was_renamed:
            say(f"{shown.asked} is now {shown.address}")
    day = day_of(on)
    derived = [_derived(reading, shown, day, form) for shown in found]
    if form == "json":
        from erc_cli.render.items import as_json

        reading.write(as_json("erc.show/1", [item(shown, more) for shown, more in zip(found, derived, strict=True)]))
        return 0
    look = look_of(reading, view.language)
    if all(is_plain(shown) for shown in found):
        reading.write("".join(scalar_text(plain_value(shown, view)) for shown in found))
    else:
        pages = [_page(reading, shown, more, view, look) for shown, more in zip(found, derived, strict=True)]
        if whole:
            pages = _with_sections(reading, found, pages, day, look)
        reading.write("\n".join(pages))
    return 0


def _page(reading: Reading, shown: Shown, derived: Mapping[str, Any], view: View, look: Look) -> str:
    from erc_cli.commands.show import page
    from erc_cli.render.show import page_text

    made = page(reading.source, shown, view)
    if derived:
        from erc_cli.commands.working_out import as_entries

        made = made._replace(entries=(*as_entries(shown.record.folder, derived, view), *made.entries))
    return page_text(made, look, view.house.labels(view.language))


def _with_sections(reading: Reading, found: Sequence[Shown], pages: Sequence[str], day: Any, look: Look) -> list[str]:
    """The pages of whole records, each followed by the sections about it."""
    from erc_cli.commands.pages import sections_about
    from erc_cli.render.reports import sections_text

    addresses = [shown.address for shown in found if shown.is_record]
    about = sections_about(reading.source, addresses, day, look.words) if addresses else {}
    return [
        "\n".join([page, *([sections_text(about[shown.address], look)] if about.get(shown.address) else [])])
        for shown, page in zip(found, pages, strict=True)
    ]


def _derived(reading: Reading, shown: Shown, day: Any, form: str) -> Mapping[str, Any]:
    folder = shown.record.folder
    if not shown.is_record or (form != "json" and folder in _NEED_MUCH):
        return {}
    from erc_cli.core.folders import SINGLE

    if folder in SINGLE:
        return {}
    from erc_cli.commands.working_out import work_out

    return work_out(reading.source, folder, shown.record.address, day)

"""What every `add` does once its words are parsed: from options, from a file, or by questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from erc_cli.cli.reading import say
from erc_cli.cli.writing import Writing
from erc_cli.errors import UsageError

if TYPE_CHECKING:
    from erc_cli.commands.adding import New
    from erc_cli.core.house import House

Named = dict[str, str | list[str] | None]
"""The options of an `add` by the names that `erc append` knows."""


def add_records(
    writing: Writing,
    folder: str,
    record_id: str,
    words: Sequence[str] | None,
    from_file: str,
    named: Named,
) -> int:
    """Add a record, or those in a file, and return the exit code. Raises UsageError, RefusedError."""
    from erc_cli.commands.adding import add, from_words
    from erc_cli.commands.adding import from_file as records_in
    from erc_cli.commands.changing import house as house_of
    from erc_cli.store.draft import Draft

    if "=" in record_id:  # no id was given, and the first word is a field
        record_id, words = "", [record_id, *(words or ())]
    record_id = record_id.removeprefix(f"{folder}/")
    told = {key: value for key, value in named.items() if value}
    house = house_of(Draft(writing.reading.root))
    news: list[New]
    if from_file:
        if told or words or record_id:
            raise UsageError("--from FILE says everything: no other field can be given beside it")
        news = records_in(from_file, folder, house)
    else:
        news = [_complete(writing, folder, from_words(folder, record_id, told, words or (), house), house)]
    code = writing.carry_out(lambda draft, house: _none(add(draft, house, folder, news)), careful=True)
    if code == 0 and len(news) > 1 and not writing.dry_run:
        say(f"{len(news)} records added")
    return code


def _complete(writing: Writing, folder: str, new: New, house: House) -> New:
    """Ask for what is missing, where questions can be asked."""
    from erc_cli.cli.asking import ask_for
    from erc_cli.commands.asking import missing

    lacking = missing(folder, new.data)
    if not lacking:
        return new
    if writing.may_ask:
        return ask_for(writing, folder, new, house)
    names = ", ".join(lacking)
    raise UsageError(f"{names} {'are' if len(lacking) > 1 else 'is'} missing (`--help` lists the options)")


def _none(_: object) -> None:
    return None

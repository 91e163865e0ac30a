"""What `erc budget split` prints."""

from __future__ import annotations

from erc_cli.cli.reading import Reading, say


def print_shares(reading: Reading, project: str, amount: str, areas: list[str], years: list[str]) -> int:
    """Print the shares of an amount as a table and return the exit code."""
    from erc_cli.cli.listing import list_format, look_of, print_table, view_of
    from erc_cli.commands.sharing import split
    from erc_cli.core.share_table import share_table
    from erc_cli.store.load import load

    view = view_of(reading)
    look = look_of(reading, view.language)
    register = load(reading.source).register
    table = share_table(register, project, split(register, project, view.house, amount, areas, years), view, look.words)
    print_table(reading, table, list_format(reading)(table), look)
    say("nothing was written; --apply writes these as allocations")
    return 0

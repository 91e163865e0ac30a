"""Where the differences that `erc diff` tells stand, for other programs."""

from __future__ import annotations

from erc_cli.commands.diff import Compared
from erc_cli.core.findings import Place
from erc_cli.core.review import Review
from erc_cli.store.places import Places


def places_of(compared: Compared, review: Review) -> dict[str, Place]:
    """Return where each row's field stands now; of what is gone, where it stood."""
    now, then = Places(compared.sides.after, {}), Places(compared.sides.before, {})
    places = {}
    for row in review.rows:
        record, *steps = row.address.split(".")
        is_there = any(pair.after == record for pair in compared.pairs) and row.after is not None
        was = next((pair.before or record for pair in compared.pairs if pair.address == record), record)
        places[row.address] = now.of(record, tuple(steps)) if is_there else then.of(was, tuple(steps))
    return places

"""The records in files that differ between two trees, paired."""

from __future__ import annotations

from collections.abc import Iterable

from erc_cli.core.comparing import Pair, pairs
from erc_cli.store.two_trees import Differing, data_in


def paired(files: Iterable[Differing]) -> list[Pair]:
    """Return the records that the files hold on either side, by address; a file that is no record's is left out."""
    known = [one for one in files if one.address]
    before = {one.address or "": data_in(one.before) for one in known if one.before is not None}
    after = {one.address or "": data_in(one.after) for one in known if one.after is not None}
    return pairs(before, after)

"""Where the register is. Imports nothing heavy: an unchanged register is answered from here."""

from __future__ import annotations

import os

from erc_cli.errors import UnreadableError

MARKER = os.path.join("data", "budget.yaml")


def find_root(start: str, given: str | None) -> str:
    """Return the root of the repository: `given`, or the nearest folder upwards that holds `data/budget.yaml`.

    Raises UnreadableError where there is none.
    """
    if given is not None:
        if not os.path.lexists(os.path.join(given, MARKER)):
            raise UnreadableError(f"{given} is no register: it has no data/budget.yaml (erc init {given} makes one)")
        return os.path.abspath(given)
    folder = os.path.abspath(start)
    while True:
        if os.path.lexists(os.path.join(folder, MARKER)):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            raise UnreadableError(
                "no register here: no folder from here upwards holds data/budget.yaml "
                "(erc --root DIR names another place, erc init DIR makes a new one)"
            )
        folder = above

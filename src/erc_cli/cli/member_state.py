"""`erc member-state`."""

from __future__ import annotations

from erc_cli.cli.nouns import noun

app = noun("member-states", "Member State", "Member States")

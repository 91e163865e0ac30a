"""`erc project`."""

from __future__ import annotations

from erc_cli.cli.nouns import noun

app = noun("projects", "project", "projects")

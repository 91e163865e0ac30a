"""What makes a file one of a register that this program reads: the format that the plan names, and its own name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from erc_cli.errors import UnreadableError

FORMAT = 1
"""The format of data files that this program reads."""

NO_PLAN = "data/plan.yaml is missing: it says whose register this is (erc init DIR makes one)"

# As the models have it for ids; they are not imported where files are only listed.
_NAME = re.compile(r"(?=.{1,64}\Z)[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def is_record_name(name: str) -> bool:
    """Whether `name` can be the id of a record: a slug of at most 64 characters."""
    return _NAME.fullmatch(name) is not None


def check_format(plan: Mapping[str, Any] | None) -> None:
    """Raise UnreadableError where the plan says that its files are of a newer format."""
    said = plan.get("format") if plan else None
    if isinstance(said, str) and said.isascii() and said.isdigit() and int(said[:9]) > FORMAT:
        raise UnreadableError(
            f"data/plan.yaml says format {said[:9]}, and this erc reads format {FORMAT}: use a newer erc"
        )

"""waivers/<id>.yaml: a finding accepted for now."""

from typing import ClassVar

from erc_cli.core.records.base import Described
from erc_cli.core.records.types import Day, Owner


class Waiver(Described):
    """A finding that is accepted for now, by whom and until when."""

    FOLDER: ClassVar[str] = "waivers"

    code: str
    """The code of the finding."""
    record: str
    """The record that it is about."""
    field: str | None = None
    """The field, with dots; the whole record where absent."""
    reason: str | None = None
    """Why it is accepted."""
    owner: Owner | None = None
    """Who answers for it."""
    until: Day | None = None
    """The last day it is meant to be needed."""

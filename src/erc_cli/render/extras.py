"""Libraries that come with an extra: imported where they are used, and named where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from erc_cli.errors import UsageError

EXTRAS: Final = {"icalendar": "calendar", "xlsxwriter": "excel", "docx": "word", "typst": "pdf"}
"""The extra that each library comes with."""


def library(name: str) -> Any:
    """Return a library, such as `xlsxwriter`. Raises UsageError with the name of its extra where it is missing."""
    top = name.partition(".")[0]
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != top:
            raise
        extra = EXTRAS[top]
        raise UsageError(f"this format needs the extra {extra}: pip install 'erc-cli[{extra}]'") from None

"""Where records live, in the order in which people are shown them. A test compares it with the record types."""

from __future__ import annotations

from typing import Final

SINGLE: Final = ("plan", "budget")
"""Records that are one file each."""

FOLDERS: Final = ("partners", "agreements", "meetings", "projects", "activities", "member-states", "waivers")
"""Folders of records."""

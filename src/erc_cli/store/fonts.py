"""The fonts that come with the program."""

from __future__ import annotations

import os
from typing import Final

FOLDER: Final = os.path.join(os.path.dirname(os.path.dirname(__file__)), "fonts")
"""Holds Noto Naskh Arabic and its licence, and nothing else."""

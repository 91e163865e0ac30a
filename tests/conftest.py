"""Fixtures that several modules share."""

from league_made import league, league_files

__all__ = ["league", "league_files"]

"""What a check found, as a whole."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from erc_cli.core.findings import Finding


class Checked(NamedTuple):
    """The findings in the order of the files, and how many `files` and `rules` were looked at.

    `line` gives a line of a file by path and number.
    """

    findings: tuple[Finding, ...]
    files: int
    rules: int
    line: Callable[[str, int], str]

    def count(self, severity: str) -> int:
        """How many findings of a severity are not waived."""
        return sum(1 for finding in self.findings if finding.severity == severity and not finding.waived)

    @property
    def waived(self) -> int:
        """How many findings are waived."""
        return sum(1 for finding in self.findings if finding.waived)

    def fails(self, strict: bool) -> bool:
        """Whether there are errors; with `strict`, warnings fail too."""
        return bool(self.count("error") or (strict and self.count("warning")))

    def of(self, paths: Collection[str] | None) -> Checked:
        """Return the findings in these files and folders alone, relative to the root; None for all."""
        if paths is None:
            return self
        kept = (f for f in self.findings if f.place and any(is_below(f.place.path, path) for path in paths))
        return self._replace(findings=tuple(kept))


def is_below(path: str, folder: str) -> bool:
    """Whether a file is `folder`, or lies in it."""
    return folder in (".", path) or path.startswith(folder.rstrip("/") + "/")

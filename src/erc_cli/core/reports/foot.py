"""The foot of a report, in words: what it was made from, so that it can be made again."""

from __future__ import annotations

from erc_cli.core.reports.report import Foot
from erc_cli.core.words import Words


def foot_lines(foot: Foot, words: Words) -> tuple[str, ...]:
    """Return the lines of a foot: the day and the revision, and what a check found."""
    made = words("As things stand on {day}.").format(day=words.day(foot.on))
    if foot.revision:
        template = "Revision {revision} and changes since." if foot.changed else "Revision {revision}."
        made += " " + words(template).format(revision=foot.revision)
    checked = words("Check of the register: {errors}, {warnings}, {waived}.").format(
        errors=words.many("{n} error", "{n} errors", foot.errors),
        warnings=words.many("{n} warning", "{n} warnings", foot.warnings),
        waived=words.many("{n} waived", "{n} waived", foot.waived),
    )
    return (made, checked)

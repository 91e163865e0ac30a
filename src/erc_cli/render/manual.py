"""Manual pages of rules, for a terminal and as Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping

from erc_cli.core.rules.rule import Rule


def page(rule: Rule) -> str:
    """Return the manual page of a rule as plain text."""
    parts = [f"{rule.code}  {rule.severity}", rule.title]
    if rule.reason:
        parts.append(_filled(rule.reason))
    for heading in ("Passes", "Fails"):
        if rule.example(heading):
            parts.append(f"{heading}:\n" + textwrap.indent(rule.example(heading), "    "))
    parts.append(f"Asked for by: {rule.source}")
    return "\n\n".join(parts) + "\n"


def _filled(reason: str) -> str:
    """The paragraphs of a reason at 78 columns; what is indented is a table, and stays as it is."""
    paragraphs = reason.split("\n\n")
    return "\n\n".join(
        paragraph
        if paragraph.startswith("    ")
        else textwrap.fill(re.sub("::$", ":", " ".join(paragraph.split())), 78)
        for paragraph in paragraphs
    )


def listing(rules: Iterable[Rule]) -> str:
    """Return one line for each rule."""
    return "".join(f"{rule.code}  {rule.severity:7}  {rule.title}\n" for rule in rules)


def markdown(rules: Iterable[Rule], titles: Mapping[str, str]) -> str:
    """Return the manual of all rules as Markdown, by family."""
    lines = ["# The rules of `erc check`", ""]
    lines += ["Made by `make docs` from the rules themselves; `erc explain CODE` prints the same pages.", ""]
    family = ""
    for rule in rules:
        if rule.code[:3] != family:
            family = rule.code[:3]
            lines += [f"## {family}: {titles[family]}", ""]
        lines += [f"### {rule.code} ({rule.severity})", "", rule.title, ""]
        if rule.reason:
            lines += [re.sub("::$", ":", rule.reason, flags=re.MULTILINE), ""]
        for heading in ("Passes", "Fails"):
            if rule.example(heading):
                lines += [f"{heading}:", "", "```yaml", rule.example(heading), "```", ""]
        lines += [f"Asked for by: {rule.source}.", ""]
    return "\n".join(lines).rstrip("\n") + "\n"

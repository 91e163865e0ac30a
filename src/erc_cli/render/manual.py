"""Manual pages of rules, for a terminal and as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping

from erc_cli.core.rules.rule import Rule


def page(rule: Rule) -> str:
    """Return the manual page of a rule as plain text."""
    parts = [f"{rule.code}  {rule.severity}", rule.title]
    if rule.reason:
        parts.append(textwrap.fill(" ".join(rule.reason.split()), 78) if "::" not in rule.reason else rule.reason)
    for heading in ("Passes", "Fails"):
        if rule.example(heading):
            parts.append(f"{heading}:\n" + textwrap.indent(rule.example(heading), "    "))
    parts.append(f"Asked for by: {rule.source}")
    return "\n\n".join(parts) + "\n"


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
            lines += [rule.reason, ""]
        for heading in ("Passes", "Fails"):
            if rule.example(heading):
                lines += [f"{heading}:", "", "```yaml", rule.example(heading), "```", ""]
        lines += [f"Asked for by: {rule.source}.", ""]
    return "\n".join(lines).rstrip("\n") + "\n"

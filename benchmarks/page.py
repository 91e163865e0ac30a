"""The tables of a measurement, as Markdown, and their place in docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path

from figures import Figure
from measure import Run
from peers import PEERS

BEGIN = "<!-- benchmarks: begin -->"
END = "<!-- benchmarks: end -->"


def tables(figures: Sequence[Figure], own: dict[int, Run], minutes: float) -> str:
    """Return what a measurement found, with the machine it was made on."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    lines = [
        f"`make bench`: {cores} cores, {platform.system()} {platform.machine()}, "
        f"{platform.python_implementation()} {platform.python_version()}, {minutes:.0f} minutes.",
        "",
        "| figure | measured | must | reach for | verdict | medians |",
        "|---|--:|--:|--:|---|---|",
    ]
    for one in figures:
        value = "-" if one.value is None else f"{one.value:.{1 if one.value >= 10 else 2}f} {one.unit}"
        cells = (one.name, value, _target(one.must), _target(one.reach), one.verdict, _cell(one.detail))
        lines.append(f"| {' | '.join(cells)} |")
    if own:
        lines += ["", *_peers(own)]
    return "\n".join(lines)


def _peers(own: dict[int, Run]) -> list[str]:
    sizes = sorted(own)
    lines = [
        "| program | " + " | ".join(f"{size:,} partners" for size in sizes) + " | what it checks |",
        "|---|" + "--:|" * len(sizes) + "---|",
        f"| erc check | {' | '.join(_milliseconds(own[size]) for size in sizes)} "
        "| every rule, on every record of the register |",
    ]
    notes = [f"- erc check at {size:,}: failed, {own[size].failure}" for size in sizes if own[size].failure]
    for peer in PEERS:
        cells = [_against(peer.runs.get(size), own[size]) for size in sizes]
        lines.append(f"| {peer.name} {peer.version} | {' | '.join(cells)} | {peer.checks} |")
        if peer.missing:
            notes.append(f"- {peer.name}: skipped, {_cell(peer.missing)}")
        notes += [
            f"- {peer.name} at {size:,}: failed, {_cell(run.failure)}" for size, run in peer.runs.items() if run.failure
        ]
    return [*lines, *(["", *notes] if notes else [])]


def _milliseconds(run: Run) -> str:
    return "failed" if run.median is None else f"{run.median * 1000:,.0f} ms"


def _against(run: Run | None, own: Run) -> str:
    """The median of a peer, and how many times as long as erc it takes."""
    if run is None:
        return "-"
    if run.median is None or own.median is None:
        return _milliseconds(run)
    return f"{_milliseconds(run)} ({run.median / own.median:.1f} x erc)"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def put_in(page: Path, text: str) -> None:
    """Replace what stands between the markers of the page."""
    content = page.read_text(encoding="utf-8")
    before, _, rest = content.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def _target(value: float | None) -> str:
    return "" if value is None else f"{value:g}"

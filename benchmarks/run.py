"""Measure erc against its targets, and against the programs people would take instead: `make bench`.

Builds demonstrations of 200, 2,000 and 20,000 partners in a temporary folder, measures, prints the tables, and with
`--write` puts them into docs/benchmarks.md. A figure whose command fails is reported by name and makes the exit code 1.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

import figures
import page
import peers
from measure import Run

from erc_cli.commands.demo import make_demo

SIZES = (200, 2_000, 20_000)


def main() -> int:
    """Measure, print, and say by the exit code whether every figure could be measured."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    words.add_argument("--no-peers", action="store_true", help="measure erc alone")
    words.add_argument("--rounds", type=float, default=1.0, metavar="FACTOR", help="more or fewer rounds (1.0)")
    words.add_argument("--cache", metavar="DIR", help="keep installed peers there for the next time")
    asked = words.parse_args()
    if asked.cache:
        Path(asked.cache).mkdir(parents=True, exist_ok=True)
        return measured(Path(asked.cache).resolve(), asked)
    with tempfile.TemporaryDirectory(prefix="erc-benchmarks-") as folder:
        return measured(Path(folder), asked)


def measured(cache: Path, asked: argparse.Namespace) -> int:
    """Measure with everything that is built below `cache`."""
    start = time.monotonic()
    demos = {size: build(cache / f"demo-{size}", size) for size in SIZES}
    found = figures.measure(demos, cache, asked.rounds, say)
    own: dict[int, Run] = {}
    if not asked.no_peers:
        peers.install(cache, say)
        own = peers.measure(demos, cache, asked.rounds, say)
    text = page.tables(found, own, (time.monotonic() - start) / 60)
    print(text)
    if asked.write:
        page.put_in(figures.ROOT / "docs/benchmarks.md", text)
    return 1 if any(one.value is None for one in found) else 0


def build(folder: Path, size: int) -> Path:
    """Make the demonstration of a size anew: another version of erc may write another."""
    shutil.rmtree(folder, ignore_errors=True)
    started = time.monotonic()
    made = make_demo(str(folder), size, 1)
    say(f"demonstration of {size:,} partners: {made.records:,} files in {time.monotonic() - started:.1f} s")
    return folder


def say(line: str) -> None:
    """Tell how far it is, apart from the tables."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

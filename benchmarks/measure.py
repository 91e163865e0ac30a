"""Running commands and timing them: interleaved rounds, medians, and the peak of memory over all processes."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Run:
    """A command that is measured, and what came of it."""

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    allowed: frozenset[int] = frozenset({0})
    """Exit codes that are not a failure."""
    seconds: list[float] = field(default_factory=list)
    failure: str | None = None

    @property
    def median(self) -> float | None:
        """The median of its rounds in seconds; None where it failed."""
        return statistics.median(self.seconds) if self.seconds and not self.failure else None

    def once(self) -> float:
        """Run it once and return the seconds; a failure is noted, and never measured again."""
        start = time.perf_counter()
        try:
            done = subprocess.run(
                list(self.command),
                cwd=self.folder,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                check=False,
            )
        except OSError as error:
            self.failure = f"cannot be started: {error.strerror}"
            return 0.0
        spent = time.perf_counter() - start
        if done.returncode not in self.allowed:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["nothing on stderr"]
            self.failure = f"exit code {done.returncode}: {said[-1][:120]}"
        return spent


SLOW = 20.0
"""Seconds: what takes longer is run once and no more."""


def interleave(runs: Sequence[Run], rounds: int, say: Callable[[str], None], warm_up: bool = True) -> None:
    """Run each once without measuring, then all in turn, round by round."""
    for run in runs:
        if warm_up and run.failure is None:
            run.once()
    for number in range(rounds):
        for run in runs:
            if run.failure is None and not (run.seconds and run.seconds[-1] > SLOW):
                spent = run.once()
                if run.failure is None:
                    run.seconds.append(spent)
        say(f"  round {number + 1} of {rounds}")


# --- memory -------------------------------------------------------------------------------------------------


def peak_memory(run: Run) -> float | None:
    """Return the most MiB that a command and all processes it started held together, or None where that is not known.

    Sampled every 10 ms as the sum of proportional set sizes, so that pages which processes share count once.
    """
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    process = subprocess.Popen(
        list(run.command),
        cwd=run.folder,
        env=dict(run.environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(_proportional_kib(one) for one in _family(process.pid)))
        time.sleep(0.01)
    if process.returncode not in run.allowed:
        run.failure = f"exit code {process.returncode}"
        return None
    return peak / 1024


def _family(root: int) -> list[int]:
    """A process and all that descend from it."""
    found = [root]
    for parent in found:
        try:
            for task in os.listdir(f"/proc/{parent}/task"):
                children = Path(f"/proc/{parent}/task/{task}/children").read_text()
                found += [int(child) for child in children.split()]
        except OSError:
            continue
    return found


def _proportional_kib(process: int) -> int:
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0

"""What a command takes: CPU and wall seconds, and memory, its children included; results kept."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import perf_counter, sleep
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a command took: seconds, and resident memory in MB.

    `peak_mb` is that of its largest process, `together_mb` of all at the worst moment, sampled
    ten times a second, pages that several share counted for each.
    """

    cpu: float
    wall: float
    peak_mb: int
    together_mb: int


def run(*command: str, cwd: Path = ROOT) -> Cost:
    """Run a command to its end and return what it took, its children included."""
    start = perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL)
    together = Together(process.pid)
    together.start()
    _, status, usage = os.wait4(process.pid, 0)
    together.join()
    if status:
        raise SystemExit(f"{' '.join(command)}: ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(
        cpu=round(usage.ru_utime + usage.ru_stime, 2),
        wall=round(perf_counter() - start, 2),
        peak_mb=usage.ru_maxrss // 1024,
        together_mb=max(together.most_kb, usage.ru_maxrss) // 1024,
    )


class Together(Thread):
    """Watches the memory of a process and its descendants until it ends."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.most_kb = pid, 0

    def run(self) -> None:
        """Sample until the process is gone."""
        while total := sum(map(_resident_kb, _family(self.pid))):
            self.most_kb = max(self.most_kb, total)
            sleep(0.1)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text().split():
                yield from _family(int(child))


def _resident_kb(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    return 0


def median(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure."""
    return Cost(
        cpu=statistics.median(cost.cpu for cost in costs),
        wall=statistics.median(cost.wall for cost in costs),
        peak_mb=int(statistics.median(cost.peak_mb for cost in costs)),
        together_mb=int(statistics.median(cost.together_mb for cost in costs)),
    )


def keep(name: str, result: Mapping[str, Any]) -> None:
    """Write a result to `benchmarks/results/<name>.json`."""
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(result, ensure_ascii=False, indent=1)
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")

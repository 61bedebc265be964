"""Measures builds of a Handan-size city against the floors of their tools, in one run.

    python -m benchmarks [--powers 2515] [--departments 71] [--rounds 3] [--name handan-size]

Prints a table and keeps it as JSON in `benchmarks/results/`. Times are CPU seconds, own
and children's, since the machines are noisy; wall seconds stand beside them. Rounds are
interleaved and medians are told.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks import floors, maker
from benchmarks.measure import Cost, keep, median, run
from generator.outputs.search import indexer

COLD_REPORT = "cold.json"


def build(city: Path, report: str = "again.json") -> Cost:
    """Build a city by the command that everybody uses."""
    return run(
        sys.executable, "-m", "generator", "build", "--quiet",
        "--config", str(city / "site_config.yml"), "--output", str(city / "public"),
        "--report", str(city / report),
    )  # fmt: skip


def cold(city: Path) -> Cost:
    """Build without output and without cache."""
    for folder in (city / "public", city / ".daylight"):
        shutil.rmtree(folder, ignore_errors=True)
    return build(city, COLD_REPORT)


def floor(name: str, *arguments: Path) -> Callable[[Path], Cost]:
    """Return the measurement of a floor that runs in a process of its own."""
    return lambda city: run(
        sys.executable, "-m", "benchmarks.floors", name, *map(str, arguments or (city,))
    )


def measure(city: Path, rounds: int) -> dict[str, Cost]:
    """Return the medians of interleaved rounds."""
    cold(city)
    with tempfile.TemporaryDirectory() as pages, tempfile.TemporaryDirectory() as graphs:
        floors.write_search_pages(city, Path(pages))
        floors.write_graphs(city, Path(graphs))
        binary = str(indexer.find().path)
        work: dict[str, Callable[[Path], Cost]] = {
            "Daylight, cold": cold,
            "Daylight, nothing changed": build,
            "floor: Pagefind": lambda city: run(
                binary, "--site", pages, "--output-path", f"{pages}/pagefind", "--quiet"
            ),
            "floor: Graphviz": floor("graphviz", Path(graphs)),
            "floor: frictionless": floor("frictionless"),
            "floor: writing": floor("writing"),
        }
        found: dict[str, list[Cost]] = {name: [] for name in work}
        for _ in range(rounds):
            for name, job in work.items():
                found[name].append(job(city))
    return {name: median(costs) for name, costs in found.items()}


def main() -> None:
    """Make the city, measure, print and keep the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--powers", type=int, default=2515)
    parser.add_argument("--departments", type=int, default=71)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--city", type=Path, help="a city made before, to save the making")
    parser.add_argument("--name", default="handan-size")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="daylight-benchmark-") as scratch:
        city = options.city or Path(scratch) / "city"
        if not options.city:
            maker.make_city(city, powers=options.powers, departments=options.departments)
            maker.sign_city(city)
        costs = measure(city, options.rounds)
        result = report(city, costs, options)
    keep(options.name, result)
    show(result)


def report(city: Path, costs: dict[str, Cost], options: argparse.Namespace) -> dict[str, Any]:
    """Return the measured figures with all that is needed to judge them."""
    built = json.loads((city / COLD_REPORT).read_text("utf-8"))
    files = [path for path in (city / "public").rglob("*") if path.is_file()]
    floor_cpu = sum(cost.cpu for name, cost in costs.items() if name.startswith("floor"))
    floor_wall = sum(cost.wall for name, cost in costs.items() if name.startswith("floor"))
    own = costs["Daylight, cold"]
    return {
        "city": {
            "powers": built["powers"]["published"],
            "sites": len(built["sites"]),
            "files": len(files),
            "bytes": sum(path.stat().st_size for path in files),
            "spread": {
                name: asdict(spread)
                for name, spread in maker.spreads(maker.read(city / "content" / "database")).items()
            },
            "bundled spread": {
                name: asdict(spread)
                for name, spread in maker.spreads(maker.read(maker.BUNDLED)).items()
            },
        },
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "search": built["search"].split(" (")[0],
        "rounds": options.rounds,
        "costs": {name: asdict(cost) for name, cost in costs.items()},
        "ratios": {
            "cold / sum of floors, CPU": round(own.cpu / floor_cpu, 2),
            "cold / sum of floors, wall": round(own.wall / floor_wall, 2),
        },
        "memory": {
            "own": built["peak_rss_mb"],
            "largest child": built["peak_rss_children_mb"],
            "all together": own.together_mb,
        },
        "stages": built["stages"],
    }


def show(result: dict[str, Any]) -> None:
    """Print the results as a table."""
    city = result["city"]
    print(
        f"{city['powers']} powers, {city['sites']} sites, {city['files']} files, "
        f"{city['bytes'] / 1e6:.0f} MB; {result['search']}"
    )
    for name, spread in city["spread"].items():
        print(f"{name}: {spread} (bundled {city['bundled spread'][name]})")
    print(f"{'':28} {'CPU s':>8} {'wall s':>8} {'peak MB':>8} {'all MB':>8}")
    for name, cost in result["costs"].items():
        print(
            f"{name:28} {cost['cpu']:8.2f} {cost['wall']:8.2f} {cost['peak_mb']:8}"
            f" {cost['together_mb']:8}"
        )
    for name, ratio in result["ratios"].items():
        print(f"{name}: {ratio}")
    print(f"memory: {result['memory']}")


if __name__ == "__main__":
    main()

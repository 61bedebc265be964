"""Measures the gate over a Handan-size city against frictionless alone, in one run, nothing cached.

    python -m benchmarks.gate [--city FOLDER] [--rounds 3]

Each measurement is a process of its own. "rules alone" is what is left of the gate when the
tables are read, decoded and laid out. The result is kept in `benchmarks/results/gate.json`.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks import maker
from benchmarks.measure import ROOT, keep

DAY = date(2025, 4, 19)
MOST_RULES_S, MOST_RATIO = 2.0, 1.5


def gate(city: Path) -> dict[str, float]:
    """Read and vet every table; return CPU seconds of each part."""
    from generator import config
    from generator.i18n import translator
    from generator.sources import datapackage
    from generator.vetting import desk
    from generator.vetting import gate as the_gate

    settings = config.load(city / "site_config.yml")
    tr = translator(settings.language)
    start = process_time()
    tables = datapackage.read(settings.database, tr=tr)
    read = process_time()
    desk.lay_out(tables, tr=tr, day=DAY)
    laid_out = process_time()
    verdict = the_gate.vet(tables, tr=tr, day=DAY)
    end = process_time()
    return {
        "reading": read - start,
        "decoding": laid_out - read,
        "rules": (end - laid_out) - (laid_out - read),
        "gate": (read - start) + (end - laid_out),
        "findings": len(verdict.findings),
    }


def frictionless(city: Path) -> dict[str, float]:
    """Validate the same tables by frictionless alone; return CPU seconds."""
    from frictionless import Package, system

    from generator.sources import schema

    folder = city / "content" / "database"
    resources = [
        {
            "name": name,
            "path": f"{name}.csv",
            "schema": json.loads((ROOT / f"generator/sources/schema/{name}.json").read_text()),
        }
        for name in schema.tables()
        if (folder / f"{name}.csv").is_file()
    ]
    start = process_time()
    with system.use_context(trusted=True):
        descriptor = {"name": "working-tables", "resources": resources}
        report = Package.from_descriptor(descriptor, basepath=str(folder)).validate(
            limit_errors=1000
        )
    return {"frictionless": process_time() - start, "errors": report.stats["errors"]}


def measured(part: str, city: Path) -> dict[str, float]:
    """Run a part in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.gate", "--part", part, "--city", str(city)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def compare(city: Path, rounds: int) -> dict[str, Any]:
    """Return medians of interleaved rounds, and the ratios that count."""
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        for part in ("gate", "frictionless"):
            for name, value in measured(part, city).items():
                found.setdefault(name, []).append(value)
    medians = {name: round(statistics.median(values), 2) for name, values in found.items()}
    return {
        "machine": {"python": platform.python_version()},
        "rounds": rounds,
        "CPU seconds": medians,
        "rules alone": medians["rules"],
        "gate / frictionless": round(medians["gate"] / medians["frictionless"], 2),
        "at most": {"rules alone": MOST_RULES_S, "gate / frictionless": MOST_RATIO},
    }


def main() -> None:
    """Make the city, measure, print and keep the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--city", type=Path, help="a city made before, to save the making")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--part", choices=["gate", "frictionless"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        print(json.dumps({"gate": gate, "frictionless": frictionless}[options.part](options.city)))
        return
    with tempfile.TemporaryDirectory(prefix="daylight-benchmark-") as scratch:
        city = options.city or Path(scratch) / "city"
        if not options.city:
            maker.make_city(city, powers=2515, departments=71)
        result = compare(city, options.rounds)
    keep("gate", result)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()

"""A pytest plugin that keeps what the long proofs found, as JSON: `--keep-results FILE`."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption("--keep-results", type=Path, help="Write each test's outcome to a JSON file.")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Write outcome and seconds of every test, and what was tested where."""
    file: Path | None = config.getoption("--keep-results")
    if file is None:
        return
    reports = [
        report
        for outcome in ("passed", "failed", "error", "skipped")
        for report in terminalreporter.stats.get(outcome, ())
        if isinstance(report, pytest.TestReport) and (report.when == "call" or outcome != "passed")
    ]
    found = {
        "commit": _commit(),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "seconds": round(sum(report.duration for report in reports), 1),
        "tests": {
            report.nodeid: {"outcome": report.outcome, "seconds": round(report.duration, 2)}
            for report in sorted(reports, key=lambda report: str(report.nodeid))
        },
    }
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _commit() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True
    )
    return done.stdout.strip()

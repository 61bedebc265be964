"""The Pagefind binary: which one is used, and running it.

Order: the one named in the configuration; the one that `make site` put into the
environment; PyPI's extended one; PyPI's plain one, which cannot segment Chinese.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from generator.errors import ConfigError, ToolError

SECONDS = 1800
"""A run that takes longer has hung: a province takes minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexer:
    """A Pagefind binary and what it says its version is."""

    path: Path
    version: str

    @property
    def is_extended(self) -> bool:
        """Whether it segments Chinese."""
        return "extended" in self.path.name

    def run(self, pages: Path, output: Path) -> None:
        """Index a folder of pages into an empty folder; raise ToolError if it fails."""
        command = [
            str(self.path), "--site", str(pages), "--output-path", str(output), "--quiet",
            "--root-selector", "body",
        ]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ToolError(command, None, str(error)) from error
        if done.returncode:
            raise ToolError(command, done.returncode, done.stderr or done.stdout)


def find(configured: Path | None = None) -> Indexer:
    """Return the binary to use; raise ConfigError if a configured one cannot run."""
    if configured:
        version = _version(configured)
        if not version:
            raise ConfigError(
                f"site_config.yml, search.binary: {configured} does not run as Pagefind; "
                "give the path of a Pagefind executable, or leave the key out"
            )
        return Indexer(path=configured, version=version)
    for path in _candidates():
        version = _version(path)
        if version:
            return Indexer(path=path, version=version)
    raise ToolError(["pagefind"], None, "not installed; run `make site`, or pip install pagefind-bin-extended")


def _candidates() -> list[Path]:
    found = [Path(sys.prefix) / "share" / "daylight" / "pagefind" / "pagefind_extended"]
    for package in ("pagefind_bin_extended", "pagefind_bin"):
        try:
            found.append(Path(import_module(package).get_executable()))
        except (ImportError, FileNotFoundError):
            continue
    return [path for path in found if path.is_file()]


def _version(path: Path) -> str:
    try:
        done = subprocess.run([str(path), "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    words = done.stdout.split()
    return words[-1] if done.returncode == 0 and words and words[0].startswith("pagefind") else ""

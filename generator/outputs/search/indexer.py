"""The Pagefind binary: which one is used, and running it.

Order: the one named in the configuration; the one that `make site` put into the
environment; PyPI's extended one; PyPI's plain one, which cannot segment Chinese.
"""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from generator.errors import ConfigError, ToolError
from generator.i18n import Translator
from generator.vetting.finding import Finding, Severity

SECONDS = 1800
"""A run that takes longer has hung: a province takes minutes."""


MOST_TEXTS = 800
"""Into how many files the texts go: a city of Handan's size would have one for each of 2,515 powers."""

WORD_BREAK = "\N{ZERO WIDTH SPACE}".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexer:
    """A Pagefind binary and what it says its version is."""

    path: Path
    version: str
    is_extended: bool
    """Whether it segments Chinese."""

    def __str__(self) -> str:
        """Say which one it is, for the build's report."""
        extended = " extended" if self.is_extended else ""
        return f"Pagefind {self.version}{extended} ({self.path})"

    @property
    def joins_texts(self) -> bool:
        """Whether it can write several texts into one file, as Pagefind can since 1.6."""
        numbers = self.version.split(".")[:2]
        return all(map(str.isdecimal, numbers)) and [int(number) for number in numbers] >= [1, 6]

    def run(self, pages: Path, output: Path) -> None:
        """Index a folder of pages into an empty folder; raise ToolError if it fails."""
        folders = ["--site", str(pages.resolve()), "--output-path", str(output.resolve())]
        command = [str(self.path), *folders, "--root-selector", "body", "--quiet"]
        if self.joins_texts:
            command += ["--max-fragments", str(MOST_TEXTS)]
        try:
            done = _run(self.path, command, seconds=SECONDS, folder=pages)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ToolError(command, None, str(error)) from error
        if done.returncode:
            raise ToolError(command, done.returncode, done.stderr or done.stdout)
        if not (output / "pagefind-entry.json").is_file():
            raise ToolError(command, done.returncode, "it wrote no index")


def find(configured: Path | None = None) -> Indexer:
    """Return the binary to use; raise ConfigError if a configured one cannot run."""
    if configured:
        path = configured.expanduser().absolute()
        version = _version(path)
        if not version:
            raise ConfigError(
                f"site_config.yml, search.binary: {configured} does not run as Pagefind; "
                "give the path of a Pagefind executable, or leave the key out"
            )
        return Indexer(path=path, version=version, is_extended=_segments(path))
    for path in _candidates():
        version = _version(path)
        if version:
            extended = "extended" in path.name
            return Indexer(path=path, version=version, is_extended=extended)
    raise ToolError(
        ["pagefind"], None, "not installed; run `make site`, or pip install pagefind-bin-extended"
    )


def doubts(indexer: Indexer, tr: Translator) -> Iterator[Finding]:
    """Yield a finding if the binary cannot find words in the language of the city."""
    if not indexer.is_extended and tr.language.startswith("zh"):
        yield Finding(
            code="B901",
            severity=Severity.WARNING,
            message=tr("this Pagefind cannot segment Chinese: {path}", path=indexer.path),
            remedy=tr("install pagefind-bin-extended, or name an extended binary in search.binary"),
        )


def _candidates() -> Iterator[Path]:
    yield Path(sys.prefix) / "share" / "daylight" / "pagefind" / "pagefind_extended"
    for package in ("pagefind_bin_extended", "pagefind_bin"):
        try:
            yield Path(import_module(package).get_executable())
        except (ImportError, FileNotFoundError):
            continue


def _version(path: Path) -> str:
    if not path.is_file():
        return ""
    try:
        done = _run(path, [str(path), "--version"], seconds=30)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    words = done.stdout.split()
    return words[-1] if done.returncode == 0 and words and words[0].startswith("pagefind") else ""


def _segments(path: Path) -> bool:
    """Try whether a binary of any name cuts Chinese into words: it then marks where."""
    page = '<html lang="zh-CN"><body data-pagefind-body>行政许可</body></html>'
    with tempfile.TemporaryDirectory(prefix="daylight-search-") as scratch:
        Path(scratch, "index.html").write_text(page, encoding="utf-8")
        output = Path(scratch, "index")
        Indexer(path=path, version="", is_extended=False).run(Path(scratch), output)
        fragments = list(output.glob("fragment/*"))
        return any(WORD_BREAK in gzip.decompress(f.read_bytes()) for f in fragments)


def _run(
    path: Path, command: list[str], *, seconds: int, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the binary shut off from its surroundings.

    It would read settings from PAGEFIND_… variables and from a pagefind.yml in the working
    folder, and the same ledger must give the same index everywhere.
    """
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=seconds,
        cwd=folder,
        env={"PATH": os.pathsep.join((str(path.parent), os.defpath, "/usr/local/bin"))},
    )

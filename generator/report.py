"""What a build says of itself, for people and as `--report` JSON."""

from __future__ import annotations

import json
import resource
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from generator.vetting.finding import Finding


@dataclass(slots=True)
class Stopwatch:
    """Times the stages of a build, in seconds, in the order in which they ran."""

    stages: list[tuple[str, float]] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one stage."""
        start = perf_counter()
        try:
            yield
        finally:
            self.stages.append((name, perf_counter() - start))


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCount:
    """A site with its pages and its powers in force."""

    slug: str
    kind: str
    path: str
    pages: int
    powers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """The result of a build; `powers` counts powers in force, records waiting, records refused."""

    release: Mapping[str, str]
    sites: tuple[SiteCount, ...]
    powers: Mapping[str, int]
    findings: tuple[Finding, ...]
    stages: tuple[tuple[str, float], ...]
    artifacts: Mapping[str, int]
    output: str
    search: str = ""
    waiting: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    def as_json(self) -> str:
        """Return the report as the contract has it, with the memory used so far."""
        found: dict[str, Any] = {
            "release": dict(self.release),
            "sites": [
                {
                    "slug": s.slug,
                    "kind": s.kind,
                    "path": s.path,
                    "pages": s.pages,
                    "powers": s.powers,
                }
                for s in self.sites
            ],
            "powers": dict(self.powers),
            "findings": [finding.as_dict() for finding in self.findings],
            "stages": [{"name": name, "seconds": round(spent, 4)} for name, spent in self.stages],
            "artifacts": dict(self.artifacts),
            "output": self.output,
            "search": self.search,
            "waiting": list(self.waiting),
            "refused": list(self.refused),
            "peak_rss_mb": peak_mb(resource.RUSAGE_SELF),
            "peak_rss_children_mb": peak_mb(resource.RUSAGE_CHILDREN),
        }
        return json.dumps(found, ensure_ascii=False, indent=1)


def peak_mb(who: int) -> int:
    """Return the peak resident memory in megabytes (Linux counts it in kilobytes)."""
    return resource.getrusage(who).ru_maxrss // 1024

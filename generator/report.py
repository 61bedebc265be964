"""What a build says of itself, for people and as `--report` JSON."""

from __future__ import annotations

import json
import resource
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from generator.builder.artifact import Artifact, Bundle
from generator.builder.run import Outcome
from generator.outputs.publication import Publication
from generator.outputs.search.indexer import Indexer
from generator.standing import Comparison
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


def of(
    publication: Publication,
    artifacts: Iterable[Artifact | Bundle],
    outcome: Outcome,
    *,
    waiting: Comparison,
    findings: tuple[Finding, ...],
    stages: Iterable[tuple[str, float]],
    output: Path,
    indexer: Indexer | None,
) -> BuildReport:
    """Return the report of a build that is done."""
    release = publication.release
    return BuildReport(
        release={
            "digest": release.digest,
            "date": release.date.isoformat(),
            "as_of": release.as_of.isoformat(),
        },
        sites=tuple(_counts(publication, artifacts)),
        powers={
            "published": sum(1 for _ in release.active()),
            "waiting": len(waiting.waiting),
            "refused": len(waiting.refused),
        },
        findings=findings,
        stages=tuple(stages),
        artifacts={
            "written": outcome.written,
            "unchanged": outcome.unchanged,
            "removed": outcome.removed,
        },
        output=str(output),
        search=f"pagefind {indexer.version} ({indexer.path})" if indexer else "",
        waiting=waiting.waiting,
        refused=waiting.refused,
    )


def _counts(
    publication: Publication, artifacts: Iterable[Artifact | Bundle]
) -> Iterator[SiteCount]:
    """Yield every site that has pages among the artifacts, the city's first."""
    pages = Counter(
        artifact.site
        for artifact in artifacts
        if isinstance(artifact, Artifact) and artifact.path.endswith(".html")
    )
    active = Counter(str(version.power.department) for version in publication.release.active())
    for site in (publication.municipal, *publication.departments.values()):
        if pages[site.slug]:
            yield SiteCount(
                slug=site.slug,
                kind=site.kind,
                path=site.home,
                pages=pages[site.slug],
                powers=active.total() if site.is_municipal else active[site.slug],
            )


def peak_mb(who: int) -> int:
    """Return the peak resident memory in megabytes (Linux counts it in kilobytes)."""
    return resource.getrusage(who).ru_maxrss // 1024

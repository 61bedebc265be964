"""The whole order on one page: read the ledger, fold, plan, render, index, publish."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from generator import bundled, drafts, outputs
from generator.builder import run as builder
from generator.builder.artifact import Artifact, Bundle
from generator.builder.cache import Cache
from generator.config import SiteConfig
from generator.errors import ConfigError, VettingError
from generator.flowcharts import draw
from generator.flowcharts.undrawn import undrawn
from generator.i18n import Translator, translator
from generator.ledger import fold, store
from generator.ledger.store import Ledger
from generator.ledger.trust import Trust
from generator.memory import Memory
from generator.model.codes import PowerCode
from generator.model.power import Procedure
from generator.model.release import Release
from generator.outputs import departments, own_domains, preview, prose, search, sites, themes
from generator.outputs.handbooks import press as pressing
from generator.outputs.publication import Publication
from generator.outputs.search.indexer import Indexer
from generator.pages.lookup import Lookup
from generator.pages.site import MUNICIPAL
from generator.rendering.templates import Renderer
from generator.report import BuildReport, SiteCount, Stopwatch
from generator.standing import Comparison
from generator.vetting import seals
from generator.vetting.finding import Finding, Severity

Tell = Callable[[str, int, int], None]
CHART_SECONDS = 5.0
"""A chart that takes longer to lay out becomes its text form, and a finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a build is wanted; the day is the caller's, since nothing here reads the clock."""

    output: Path
    today: date
    as_of: date | None = None
    strict: bool = False
    workers: int = 2
    only: str = ""
    tell: Tell = lambda stage, done, total: None


def build(config: SiteConfig, wish: Wish, memory: Memory | None = None) -> BuildReport:
    """Publish the ledger of a city; what was published before stays until all is done.

    `memory` is for a process that builds more than once. Raises VettingError when nothing can
    be published or, under `strict`, when drafts wait or are refused; the other
    GeneratorErrors as their docstrings say.
    """
    tr, watch = translator(config.language), Stopwatch()
    kept = memory or Memory()
    press, unpressed = _press(config, wish, tr)
    if press is None:
        config = replace(config, features={**config.features, "handbooks": False})
    with Cache(config.cache / "cache.sqlite") as cache:
        with watch.stage("ledger"), _many_that_stay():
            if memory:
                kept.look(config.vetted, bundled.theme())
            kept.release = kept.release or _read(config, wish, cache, tr)
            ledger, release = kept.release
        with watch.stage("drafts"):
            day = wish.as_of or config.as_of or wish.today
            if not (kept.waiting and wish.only):  # a preview publishes no draft: told once
                kept.waiting = drafts.compare(config, ledger, day=day, tr=tr, cache=cache)
            waiting = kept.waiting
        _refuse_nothing(release, waiting, wish, tr)
        with watch.stage("flowcharts"):
            kept.drawn = kept.drawn or _charts(config, release, cache, wish, tr)
            keys, charts = kept.drawn
        with watch.stage("themes"):
            alone = _alone(release, wish.only, tr)
            looks = themes.load(config, release, tr, alone)
            all_prose, department_prose, prose_findings = prose.load(config, release, tr, alone)
            words_at_home, city_prose = prose.split(all_prose)
        with watch.stage("shells"):
            kept.renderer = kept.renderer or Renderer(
                language=config.language, tr=tr, theme_root=bundled.theme(), charts=charts
            )
            renderer = kept.renderer.with_looks(charts, looks.by_key)
            city = sites.municipal(config, release, city_prose, tr)
            publication = Publication(
                config=config,
                release=release,
                lookup=Lookup.of(release),
                municipal=city,
                departments=sites.departments(
                    config, release, looks.themes, city, department_prose, tr, alone
                ),
                renderer=renderer,
                charts=charts,
                chart_keys=keys,
                tr=tr,
                only=alone,
            )
            rehearsed = tuple(departments.rehearse(publication, looks.themes))
            indexer = search.find(config.search.binary) if publication.has("search") else None
        with watch.stage("pages"):
            assets = (*renderer.assets(), *looks.assets())
            plan = partial(
                outputs.plan,
                assets=assets,
                words_at_home=words_at_home,
                city_prose=city_prose,
                department_prose=department_prose,
                indexer=indexer,
                press=press,
                themes=looks.themes,
            )
            artifacts = tuple(_wanted(publication, plan(publication), assets, wish.only))
            with pressing.closing(press):
                outcome = builder.build(
                    artifacts,
                    wish.output,
                    state_dir=config.cache,
                    on_progress=lambda step: wish.tell(tr("pages"), step.done, step.total),
                    tr=tr,
                )
        apart = () if wish.only else tuple(own_domains.sites(publication))
        with watch.stage("domains"):
            for site in apart:
                own = own_domains.alone(publication, site)
                builder.build(
                    own_domains.plan(own, plan(own), artifacts, wish.output),
                    wish.output.parent / own_domains.FOLDER / site.slug,
                    state_dir=config.cache / "domains" / site.slug,
                    tr=tr,
                )
    findings = (
        *seals.of_ledger(ledger.uncounted, tr),
        *waiting.findings,
        *looks.findings,
        *rehearsed,
        *prose_findings,
        *undrawn(charts, tr),
        *_search_findings(indexer, tr),
        *own_domains.left_over(wish.output, apart, tr),
        *unpressed,
    )
    return BuildReport(
        release={
            "digest": release.digest,
            "date": release.date.isoformat(),
            "as_of": release.as_of.isoformat(),
        },
        sites=tuple(_site_counts(publication, artifacts)),
        powers={
            "published": sum(1 for _ in release.active()),
            "waiting": len(waiting.waiting),
            "refused": len(waiting.refused),
        },
        findings=findings,
        stages=tuple(watch.stages),
        artifacts={
            "written": outcome.written,
            "unchanged": outcome.unchanged,
            "removed": outcome.removed,
        },
        output=str(wish.output),
        search=f"pagefind {indexer.version} ({indexer.path})" if indexer else "",
        waiting=waiting.waiting,
        refused=waiting.refused,
    )


@contextmanager
def _many_that_stay() -> Iterator[None]:
    """Spare the garbage collector a million objects that live as long as the build."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _press(
    config: SiteConfig, wish: Wish, tr: Translator
) -> tuple[pressing.Press | None, tuple[Finding, ...]]:
    """Return what sets handbooks, if they are wanted, and a finding if something is missing."""
    if not config.features.get("handbooks", True):
        return None, ()
    return pressing.find(tr, workers=wish.workers)


def _refuse_nothing(release: Release, waiting: Comparison, wish: Wish, tr: Translator) -> None:
    """Raise if there is nothing to publish, or if `strict` forbids what is left out."""
    if not release.powers and not release.withdrawals:
        raise VettingError(
            tr(
                "the ledger: holds no vetted power as of {day}; sign records with `daylight sign`",
                day=wish.as_of or wish.today,
            ),
            waiting.findings,
        )
    if wish.strict and (waiting.waiting or waiting.refused):
        raise VettingError(
            tr(
                "--strict: {waiting} records wait and {refused} are refused; see `daylight status`",
                waiting=len(waiting.waiting),
                refused=len(waiting.refused),
            ),
            waiting.findings,
        )


def _charts(
    config: SiteConfig, release: Release, cache: Cache, wish: Wish, tr: Translator
) -> tuple[Mapping[PowerCode, str], draw.Charts]:
    procedures: dict[str, Procedure] = {
        code: version.power.procedure
        for code, version in release.powers.items()
        if version.power.procedure
    }
    charts = draw.draw(procedures, tr, cache=cache, workers=wish.workers, timeout_s=CHART_SECONDS)
    return {PowerCode(code): key for code, key in charts.prints.items()}, charts


def _wanted(
    publication: Publication,
    plan: Iterable[Artifact | Bundle],
    assets: Iterable[tuple[str, bytes]],
    only: str,
) -> Iterator[Artifact | Bundle]:
    """Keep what is wanted: all, a department's preview, or the municipal site alone."""
    if publication.only:
        yield from preview.plan(publication, plan, assets)
        return
    for artifact in plan:
        path = artifact.path if isinstance(artifact, Artifact) else artifact.prefix
        if not only or artifact.site == only or path.startswith("assets/"):
            yield artifact


def _alone(release: Release, only: str, tr: Translator) -> str:
    """Return the department whose site is made alone, "" for more; raise for one unknown."""
    if only in ("", MUNICIPAL):
        return ""
    if only not in release.departments:
        near = get_close_matches(only, [*release.departments, MUNICIPAL], 1)
        hint = tr("did you mean {name}?", name=near[0]) if near else ""
        raise ConfigError(tr("--only: there is no site {name}", name=only) + (hint and f"; {hint}"))
    return only


def _read(config: SiteConfig, wish: Wish, cache: Cache, tr: Translator) -> tuple[Ledger, Release]:
    trust = Trust(reviewers=config.reviewers, memory=cache)
    ledger = store.read(config.vetted, tr, trust=trust)
    return ledger, fold.fold(ledger, as_of=wish.as_of or config.as_of, tr=tr)


def _site_counts(
    publication: Publication, artifacts: tuple[Artifact | Bundle, ...]
) -> Iterator[SiteCount]:
    pages = Counter(
        artifact.site
        for artifact in artifacts
        if isinstance(artifact, Artifact) and artifact.path.endswith(".html")
    )
    active = Counter(version.power.department for version in publication.release.active())
    for site in (publication.municipal, *publication.departments.values()):
        powers = active.total() if site.slug == MUNICIPAL else active[site.slug]  # type: ignore[index]
        if pages[site.slug]:
            yield SiteCount(
                slug=site.slug,
                kind=site.kind,
                path=site.home,
                pages=pages[site.slug],
                powers=powers,
            )


def _search_findings(indexer: Indexer | None, tr: Translator) -> Iterator[Finding]:
    if indexer and not indexer.is_extended and tr.language.startswith("zh"):
        yield Finding(
            code="B901",
            severity=Severity.WARNING,
            message=tr("this Pagefind cannot segment Chinese: {path}", path=indexer.path),
            remedy=tr("install pagefind-bin-extended, or name an extended binary in search.binary"),
        )

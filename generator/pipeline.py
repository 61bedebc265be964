"""The whole order on one page: read the ledger, fold, plan, render, index, publish.

What comes before stands in `drafts` and `ledger.signing`: the working tables pass the gate, two
offices sign, and the ledger holds the version. A build reads the ledger alone.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator import bundled, drafts, outputs, report
from generator.builder import run as builder
from generator.builder.artifact import Artifact, Bundle
from generator.builder.cache import Cache
from generator.builder.run import Outcome
from generator.config import SiteConfig
from generator.errors import VettingError
from generator.flowcharts import draw
from generator.flowcharts.draw import Charts
from generator.flowcharts.undrawn import undrawn
from generator.i18n import Translator, translator
from generator.ledger import fold, store
from generator.ledger.store import Ledger
from generator.ledger.trust import Trust
from generator.memory import Memory
from generator.model.codes import DepartmentSlug, PowerCode
from generator.model.release import Release
from generator.outputs import departments, own_domains, preview, prose, search, sites, themes
from generator.outputs.handbooks import press as pressing
from generator.outputs.handbooks.press import Press
from generator.outputs.prose import Words
from generator.outputs.publication import Publication
from generator.outputs.search.indexer import Indexer
from generator.pages.site import Site
from generator.rendering.templates import Renderer
from generator.rendering.theme import Theme
from generator.report import BuildReport, Stopwatch
from generator.standing import Comparison
from generator.vetting import seals
from generator.vetting.finding import Finding

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What every step of a build is given."""

    config: SiteConfig
    wish: Wish
    tr: Translator
    cache: Cache
    kept: Memory
    watch: Stopwatch


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dressed:
    """A publication with all that its plan takes besides, and what was wrong with its looks."""

    publication: Publication
    assets: tuple[tuple[str, bytes], ...]
    words: Words
    themes: Mapping[DepartmentSlug, Theme]
    indexer: Indexer | None
    findings: tuple[Finding, ...]

    def plan(self, publication: Publication, press: Press | None) -> Iterator[Artifact | Bundle]:
        """Yield what is published, of this publication or of a part of it."""
        return outputs.plan(
            publication,
            assets=self.assets,
            words=self.words,
            themes=self.themes,
            indexer=self.indexer,
            press=press,
        )


def build(config: SiteConfig, wish: Wish, memory: Memory | None = None) -> BuildReport:
    """Publish the ledger of a city; what was published before stays until all is done.

    `memory` is for a process that builds more than once. Raises VettingError when nothing can
    be published or, under `strict`, when drafts wait or are refused; the other
    GeneratorErrors as their docstrings say.
    """
    tr, kept = translator(config.language), memory or Memory()
    press, unpressed = _press(config, wish, tr)
    if press is None:
        config = replace(config, features={**config.features, "handbooks": False})
    if memory:
        memory.look(config.vetted, bundled.theme())
    with Cache(config.cache / "cache.sqlite") as cache:
        run = _Run(config=config, wish=wish, tr=tr, cache=cache, kept=kept, watch=Stopwatch())
        ledger, release = _read(run)
        waiting = _compare(run, ledger)
        _refuse_nothing(release, waiting, wish, tr)
        keys, charts = _charts(run, release)
        dressed = _dress(run, release, keys, charts)
        artifacts, outcome = _publish(run, dressed, press)
        apart = _publish_apart(run, dressed, artifacts)
    findings = (
        *seals.of_ledger(ledger.uncounted, tr),
        *waiting.findings,
        *dressed.findings,
        *undrawn(charts, tr),
        *(search.doubts(dressed.indexer, tr) if dressed.indexer else ()),
        *(() if wish.only else own_domains.left_over(wish.output, apart, tr)),
        *unpressed,
    )
    return report.of(
        dressed.publication,
        artifacts,
        outcome,
        waiting=waiting,
        findings=findings,
        stages=run.watch.stages,
        output=wish.output,
        indexer=dressed.indexer,
    )


def _press(
    config: SiteConfig, wish: Wish, tr: Translator
) -> tuple[Press | None, tuple[Finding, ...]]:
    """Return what sets handbooks, if they are wanted, and a finding if something is missing."""
    if not config.features.get("handbooks", True):
        return None, ()
    return pressing.find(tr, workers=wish.workers)


def _read(run: _Run) -> tuple[Ledger, Release]:
    """Read the ledger, verified, and fold it to the release."""
    config, kept, tr = run.config, run.kept, run.tr
    with run.watch.stage("ledger"), _many_that_stay():
        if kept.release is None:
            trust = Trust(reviewers=config.reviewers, memory=run.cache)
            ledger = store.read(config.vetted, tr, trust=trust)
            as_of = run.wish.as_of or config.as_of
            kept.release = ledger, fold.fold(ledger, as_of=as_of, tr=tr)
    return kept.release


@contextmanager
def _many_that_stay() -> Iterator[None]:
    """Spare the garbage collector a million objects that live as long as the build."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _compare(run: _Run, ledger: Ledger) -> Comparison:
    """Return how the working tables stand against the ledger; a preview is told once."""
    config, wish, kept = run.config, run.wish, run.kept
    with run.watch.stage("drafts"):
        day = wish.as_of or config.as_of or wish.today
        if kept.waiting is None or not wish.only:
            kept.waiting = drafts.compare(config, ledger, day=day, tr=run.tr, cache=run.cache)
    return kept.waiting


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


def _charts(run: _Run, release: Release) -> tuple[Mapping[PowerCode, str], Charts]:
    """Return the drawings, and the key of the drawing of each power."""
    with run.watch.stage("flowcharts"):
        if run.kept.drawn is None:
            charts = draw.draw(
                {code: version.power.procedure for code, version in release.powers.items()},
                run.tr,
                cache=run.cache,
                workers=run.wish.workers,
                timeout_s=CHART_SECONDS,
            )
            run.kept.drawn = {PowerCode(code): key for code, key in charts.prints.items()}, charts
    return run.kept.drawn


def _dress(run: _Run, release: Release, keys: Mapping[PowerCode, str], charts: Charts) -> _Dressed:
    """Return the release with its sites, in their looks and with their own words."""
    config, kept, tr = run.config, run.kept, run.tr
    with run.watch.stage("themes"):
        alone = preview.alone(release, run.wish.only, tr)
        looks = themes.load(config, release, tr, alone)
        words = prose.load(config, release, tr, alone)
    with run.watch.stage("shells"):
        kept.renderer = kept.renderer or Renderer(
            language=config.language, tr=tr, theme_root=bundled.theme(), charts=charts
        )
        renderer = kept.renderer.with_looks(charts, looks.by_key)
        publication = sites.publication(
            config,
            release,
            words,
            looks.themes,
            renderer=renderer,
            charts=charts,
            chart_keys=keys,
            tr=tr,
            only=alone,
        )
        rehearsed = departments.rehearse(publication, looks.themes)
        return _Dressed(
            publication=publication,
            assets=(*renderer.assets(), *looks.assets()),
            words=words,
            themes=looks.themes,
            indexer=search.find(config.search.binary) if publication.has("search") else None,
            findings=(*looks.findings, *rehearsed, *words.findings),
        )


def _publish(
    run: _Run, dressed: _Dressed, press: Press | None
) -> tuple[tuple[Artifact | Bundle, ...], Outcome]:
    """Put the city's sites in place, or what is wanted of them; return what they are made of."""
    wish, tr, publication = run.wish, run.tr, dressed.publication
    with run.watch.stage("pages"), pressing.closing(press):
        planned = dressed.plan(publication, press)
        if publication.only:
            planned = preview.plan(publication, planned, dressed.assets)
        elif wish.only:
            planned = preview.of_city(planned)
        artifacts = tuple(planned)
        outcome = builder.build(
            artifacts,
            wish.output,
            state_dir=run.config.cache,
            on_progress=lambda step: wish.tell(tr("pages"), step.done, step.total),
            tr=tr,
        )
    return artifacts, outcome


def _publish_apart(
    run: _Run, dressed: _Dressed, city: tuple[Artifact | Bundle, ...]
) -> tuple[Site, ...]:
    """Put each site on a domain of its own into a folder beside the city; return them."""
    publication, output = dressed.publication, run.wish.output
    apart = () if run.wish.only else tuple(own_domains.sites(publication))
    with run.watch.stage("domains"):
        for site in apart:
            own = own_domains.alone(publication, site)
            builder.build(
                own_domains.plan(own, dressed.plan(own, None), city, output),
                output.parent / own_domains.FOLDER / site.slug,
                state_dir=run.config.cache / "domains" / site.slug,
                tr=run.tr,
            )
    return apart

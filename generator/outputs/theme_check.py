"""What is wrong with departments' themes, tried on their real home pages, and what would be better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from generator.builder.cache import Cache
from generator.config import SiteConfig
from generator.i18n import Translator
from generator.ledger import fold, store
from generator.ledger.trust import Trust
from generator.model.codes import DepartmentSlug
from generator.model.release import Release
from generator.outputs import departments, prose, sites, themes
from generator.outputs.publication import ChartStore, PageMaker
from generator.rendering import theme as theming
from generator.rendering.theme import Theme
from generator.vetting.finding import Finding, Severity

HEAVY_BYTES = 200_000
"""A picture larger than this keeps a phone on a slow line waiting: a second at 1.6 Mbit/s."""


def release(config: SiteConfig, tr: Translator) -> Release:
    """Return the release whose pages the themes are tried on."""
    with Cache(config.cache / "cache.sqlite") as cache:
        trust = Trust(reviewers=config.reviewers, memory=cache)
        return fold.fold(store.read(config.vetted, tr, trust=trust), as_of=config.as_of, tr=tr)


def city(config: SiteConfig, found: Release, tr: Translator) -> tuple[Finding, ...]:
    """Return what is wrong with any theme of the city."""
    looks = themes.load(config, found, tr)
    heavy = (each for slug, theme in looks.themes.items() for each in _heavy(slug, theme, tr))
    return (*looks.findings, *_rehearsed(config, found, looks.themes, tr), *heavy)


def one(
    config: SiteConfig, found: Release, slug: DepartmentSlug, tr: Translator
) -> tuple[Finding, ...]:
    """Return what is wrong with one theme; its department need not be published yet."""
    folder = theming.folder_name(config.departments.get(slug)) or slug
    theme, findings = theming.load(config.themes / folder, slug, tr=tr)
    tried: tuple[Finding, ...] = ()
    if slug in found.departments:
        others = {other: theming.derived(other) for other in found.departments}
        tried = tuple(_rehearsed(config, found, {**others, slug: theme}, tr))
    return (*findings, *tried, *_heavy(slug, theme, tr))


def _heavy(slug: str, theme: Theme, tr: Translator) -> Iterator[Finding]:
    for name, content in theme.pictures.items():
        if len(content) <= HEAVY_BYTES:
            continue
        yield Finding(
            code="F303",
            severity=Severity.INFO,
            record=slug,
            column=f"assets/{name}",
            value=str(len(content)),
            message=tr("has {size} KB, which every visitor loads", size=round(len(content) / 1000)),
            remedy=tr(
                "save it no wider than 1600 pixels, as WebP, or simplify the drawing: at most "
                "{size} KB",
                size=HEAVY_BYTES // 1000,
            ),
        )


def _rehearsed(
    config: SiteConfig,
    found: Release,
    looks: Mapping[DepartmentSlug, Theme],
    tr: Translator,
) -> Iterator[Finding]:
    """Yield what is wrong with templates on the home pages that they will stand on."""
    publication = sites.publication(
        config,
        found,
        prose.load(config, found, tr),
        looks,
        renderer=cast(PageMaker, None),  # no page is made, only what one would be made of
        charts=cast(ChartStore, None),
        chart_keys={},
        tr=tr,
    )
    yield from departments.rehearse(publication, looks)

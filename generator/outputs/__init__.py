"""What is published. Each module plans artifacts from a Publication; `plan` names them all.

A new output is a module with a `plan` and a line here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.builder.artifact import Artifact, Bundle
from generator.model.codes import DepartmentSlug
from generator.outputs import (
    attachments,
    departments,
    design,
    feeds,
    filters,
    flowcharts,
    laws,
    life_events,
    municipal,
    offline,
    prose,
    records,
    sites,
    technical,
    theme_gallery,
    touch,
)
from generator.outputs.datapackages import plan as datapackages
from generator.outputs.handbooks import plan as handbooks
from generator.outputs.handbooks.press import Press
from generator.outputs.news import entries
from generator.outputs.prose import Words
from generator.outputs.publication import Publication
from generator.outputs.search.indexer import Indexer
from generator.outputs.search.plan import plan as plan_search
from generator.rendering.theme import Theme


def plan(
    publication: Publication,
    *,
    assets: Iterable[tuple[str, bytes]],
    words: Words,
    themes: Mapping[DepartmentSlug, Theme],
    indexer: Indexer | None,
    press: Press | None,
) -> Iterator[Artifact | Bundle]:
    """Yield every file of every site of the city, in the order in which they are made.

    Of a publication that makes one department's site only, that site's files, and of the
    city's those that its pages may show.
    """
    homes = {slug: site.home for slug, site in publication.departments.items()}
    prosed = {slug: pages for slug, pages in words.departments.items() if slug in homes}
    own = {slug: sites.links(pages, homes[slug]) for slug, pages in prosed.items()}
    news = {slug: entries(pages, homes[slug]) for slug, pages in prosed.items()}
    if not publication.only:
        yield from technical.plan(publication, assets)
        yield from offline.plan(publication)
        yield from touch.plan(publication)
        yield from municipal.plan(publication, words.home)
        yield from laws.plan(publication)
        yield from life_events.plan(publication)
        yield from theme_gallery.plan(publication, themes)
    yield from departments.plan(publication, own, news)
    yield from records.plan(publication)
    yield from flowcharts.plan(publication)
    yield from attachments.plan(publication)
    yield from prose.plan(publication, words)
    yield from design.plan(publication)
    yield from datapackages.plan(publication)
    if publication.only:
        return
    yield from feeds.plan(publication)
    yield from handbooks.plan(publication, press, themes)
    yield from filters.plan(publication)
    if indexer:
        yield from plan_search(publication, indexer)

"""Pages of words and ways: about, accessibility, the departments' own pages, search, site map, 404."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator import bundled
from generator.builder.artifact import Artifact
from generator.config import SiteConfig
from generator.i18n import Translator
from generator.model.codes import DepartmentSlug
from generator.model.release import Release
from generator.outputs import about, browsing, news
from generator.outputs.heads import head
from generator.outputs.mayor import CITY_GOVERNMENT
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import (
    Head,
    NotFoundPage,
    ProsePage,
    SearchPage,
    SiteMapPage,
)
from generator.pages.site import Link, Site
from generator.rendering import markdown
from generator.rendering.markdown import ProseText
from generator.vetting.finding import Finding

CITY_NAMES = frozenset(
    "about accessibility departments kinds laws flowcharts life-events mayor abolished changes "
    "search site-map powers data pagefind assets disclosures design theme-gallery".split()
) - {"about", "accessibility"}
"""Addresses that the city's own prose may not take."""

HOME = "home"
"""The file whose words stand on the home page; it is no page of its own."""

Prose = ProseText


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The pages of prose of the city and of each department, and what was wrong with others.

    `home` stands on the city's home page, None if the city has no words for it.
    """

    home: Prose | None
    city: tuple[Prose, ...]
    departments: Mapping[DepartmentSlug, tuple[Prose, ...]]
    findings: tuple[Finding, ...]


def load(config: SiteConfig, release: Release, tr: Translator, only: str = "") -> Words:
    """Read the city's prose and the departments': sanitised, with what is wrong with the rest.

    With `only`, of the departments' prose that one's alone.
    `about` and `accessibility` come with Daylight; the city's own take their place.
    """
    content = config.root / "content"
    city, findings = markdown.load(
        content / "prose",
        tr=tr,
        reserved=CITY_NAMES,
        record="prose",
        defaults=bundled.theme() / "prose" / config.language,
    )
    departments = {}
    found = list(findings)
    for slug in release.departments:
        if only not in ("", slug):
            continue
        pages, faults = markdown.load(content / "departments" / slug, tr=tr, record=slug)
        dated, undated = markdown.news(content / "departments" / slug / "news", tr=tr, record=slug)
        found += (*faults, *undated)
        if pages or dated:
            departments[slug] = (*pages, *dated)
    return Words(
        home=next((page for page in city if page.name == HOME), None),
        city=tuple(page for page in city if page.name != HOME),
        departments=departments,
        findings=tuple(found),
    )


def plan(publication: Publication, words: Words) -> Iterator[Artifact]:
    """Yield the city's prose, each department's, and the pages that show the ways."""
    municipal = publication.municipal
    for prose in words.city:
        yield _prose(publication, municipal, prose)
    for slug, pages in words.departments.items():
        site = publication.departments.get(slug)
        if site:
            yield from (_prose(publication, site, prose) for prose in pages if not prose.day)
            yield from news.plan(publication, site, pages)
    yield publication.page(municipal, _site_map(publication))
    yield publication.page(municipal, _not_found(publication))
    if publication.has("search"):
        yield publication.page(municipal, _search(publication))


def _prose(publication: Publication, site: Site, prose: Prose) -> Artifact:
    above = head(
        publication,
        f"{site.home}{prose.name}/",
        prose.heading,
        site=site,
        description=news.opening(prose.html) or prose.heading,
        column_type=publication.tr("Overview"),
    )
    page = ProsePage(head=above, heading=prose.heading, html=prose.html)
    if above.address == urls.ABOUT:
        page = replace(
            page,
            facts=about.figures(publication),
            drafts=about.drafts(publication),
            waivers=about.waivers(publication),
        )
    return publication.page(site, page)


def _search(publication: Publication) -> SearchPage:
    tr = publication.tr
    contact = publication.config.contact
    government = publication.release.departments.get(CITY_GOVERNMENT)
    asked = contact if contact.phone or contact.email or not government else government
    return SearchPage(
        head=head(
            publication,
            urls.SEARCH,
            tr("Search"),
            description=tr("Find a power by its name, code or an everyday word."),
        ),
        phone=asked.phone,
        email=asked.email,
        browse=browsing.ways(publication),
    )


def _not_found(publication: Publication) -> NotFoundPage:
    tr = publication.tr
    return NotFoundPage(
        head=Head(address=urls.NOT_FOUND, title=tr("This page does not exist")),
        browse=browsing.ways(publication),
    )


def _site_map(publication: Publication) -> SiteMapPage:
    tr = publication.tr
    more = [
        Link(address=urls.MAYOR, text=tr("The mayor's list")),
        Link(address=urls.ABOLISHED, text=tr("Powers given up")),
        Link(address=urls.CHANGES, text=tr("What is new")),
        Link(address=urls.THEME_GALLERY, text=tr("Houses of the city")),
        Link(address=urls.TOUCH, text=tr("Touch screen for the service hall")),
    ]
    if publication.has("flowcharts"):
        more.append(Link(address=urls.FLOWCHARTS, text=tr("Flowcharts")))
    if publication.has("packages"):
        more.append(Link(address=urls.DATA, text=tr("Open data")))
        more.append(Link(address=urls.DICTIONARY, text=tr("Data dictionary")))
    own = list(publication.municipal.pages)
    if publication.has("search"):
        own.append(Link(address=urls.SEARCH, text=tr("Search")))
    release = publication.release
    return SiteMapPage(
        head=head(
            publication,
            urls.SITE_MAP,
            tr("Site map"),
            description=tr("Every kind of page with the way to it."),
            column_type=tr("Overview"),
        ),
        groups=(
            (tr("Find a power"), browsing.ways(publication)),
            (tr("More lists"), tuple(more)),
            (
                tr("Kinds of power"),
                tuple(
                    Link(address=tally.address, text=tally.text)
                    for tally in publication.kind_tallies(publication.municipal)
                ),
            ),
            (
                tr("Themes of life"),
                tuple(
                    Link(address=tally.address, text=tally.text)
                    for tally in browsing.theme_tallies(publication)
                ),
            ),
            (
                tr("Department sites"),
                tuple(
                    Link(address=site.home, text=release.departments[slug].name)
                    for slug, site in publication.departments.items()
                ),
            ),
            (
                tr("Life events"),
                tuple(
                    Link(address=urls.life_event(event.slug), text=event.name)
                    for event in release.life_events.values()
                ),
            ),
            (tr("About this site"), tuple(own)),
        ),
    )

"""A department's news: dated texts, a list of them, and the newest on its home page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape

from generator.builder.artifact import Artifact
from generator.outputs.heads import head
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import NewsEntry, NewsPage, ProsePage
from generator.pages.site import Link, Site
from generator.rendering.markdown import ProseText as Prose

OPENING = 150
"""How many signs of a page's first paragraph describe it."""

NEWEST = 5
"""How many pieces of news a home page shows."""


def entries(pages: Iterable[Prose], home: str) -> tuple[NewsEntry, ...]:
    """Return the dated ones of a department's pages as lines of a list, newest first."""
    return tuple(
        NewsEntry(
            day=page.day,
            address=f"{home}{urls.NEWS}{page.name}/",
            heading=page.heading,
            opening=opening(page.html),
        )
        for page in pages
        if page.day
    )


def plan(publication: Publication, site: Site, pages: Iterable[Prose]) -> Iterator[Artifact]:
    """Yield a department's news, each on its page, and the list of them all."""
    dated = tuple(page for page in pages if page.day)
    if not dated:
        return
    tr = publication.tr
    above = Link(address=f"{site.home}{urls.NEWS}", text=tr("News"))
    first = head(
        publication,
        above.address,
        above.text,
        site=site,
        description=tr("What {name} has to tell, the newest first.", name=site.name),
        column_type=tr("Overview"),
    )
    listed = NewsPage(head=first, heading=above.text, entries=entries(dated, site.home))
    yield publication.page(site, listed)
    for prose in dated:
        one = head(
            publication,
            f"{above.address}{prose.name}/",
            prose.heading,
            site=site,
            under=above,
            description=opening(prose.html) or prose.heading,
            column_type=tr("Overview"),
        )
        one = replace(one, published=prose.day, source=site.name)
        page = ProsePage(head=one, heading=prose.heading, html=prose.html, day=prose.day)
        yield publication.page(site, page)


def opening(markup: str) -> str:
    """Return the text of the first paragraph, as far as a description goes."""
    paragraph = re.search(r"<p>(.*?)</p>", markup, re.DOTALL)
    words = unescape(re.sub(r"<[^>]+>", "", paragraph[1])) if paragraph else ""
    line = " ".join(words.split())
    return line if len(line) <= OPENING else f"{line[:OPENING]}…"

"""Files for machines that visit: robots.txt, sitemap.xml, a headers file, the shared assets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from generator.builder.artifact import Artifact
from generator.outputs import browsing
from generator.outputs.publication import Publication
from generator.pages import urls


def plan(publication: Publication, assets: Iterable[tuple[str, bytes]]) -> Iterator[Artifact]:
    """Yield the assets that all sites share, robots.txt and sitemap.xml."""
    for path, content in assets:
        yield publication.file(path, content)
    yield publication.file(urls.ROBOTS, _robots(publication))
    yield publication.file(urls.SITEMAP, _sitemap(publication))


def _robots(publication: Publication) -> bytes:
    """A demonstration may be crawled, so that its `noindex` is seen; a city lists its map."""
    lines = ["User-agent: *", "Allow: /"]
    if publication.municipal.origin:
        lines.append(f"Sitemap: {publication.municipal.origin}/{urls.SITEMAP}")
    if publication.config.demonstration:
        lines.insert(
            0, f"# {publication.tr('This is a demonstration, not an official publication.')}"
        )
    return ("\n".join(lines) + "\n").encode()


def _sitemap(publication: Publication) -> bytes:
    """The canonical pages with the day of their last vetted change (sitemaps.org 0.9)."""
    origin = publication.municipal.origin
    entries = []
    if origin:
        day = publication.release.date.isoformat()
        entries = [(urls.HOME, day), (urls.DATA, day)]
        entries += [(link.address, day) for link in browsing.ways(publication)]
        entries += [(site.home, "") for site in publication.departments.values()]
        entries += [(urls.law(i), "") for i in publication.lookup.by_instrument]
        entries += [
            (urls.power(version.power.code), version.vetted_on.isoformat())
            for version in publication.release.powers.values()
        ]
    body = "".join(
        f"<url><loc>{escape(f'{origin}/{address}')}</loc>"
        + (f"<lastmod>{day}</lastmod>" if day else "")
        + "</url>\n"
        for address, day in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{body}</urlset>\n'
    ).encode()

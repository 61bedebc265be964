"""A preview of one department's site: complete in its own folder, and not to be found by chance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.builder import fingerprint
from generator.builder.artifact import Artifact, Bundle
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import Head, ProsePage
from generator.pages.site import Link

ROBOTS = b"User-agent: *\nDisallow: /\n"


def plan(publication: Publication, assets: Iterable[tuple[str, bytes]]) -> Iterator[Artifact]:
    """Yield what stands around the site: shared files, a door to it, and word to robots."""
    for path, content in (*assets, (urls.ROBOTS, ROBOTS)):
        yield _file(publication.only, path, content)
    site = next(each for each in publication.departments.values() if each.slug == publication.only)
    link = Link(address=site.home, text=site.name)
    head = Head(address=urls.HOME, title=site.name, leads_to=site.home)
    page = ProsePage(head=head, heading=site.name, html=f'<p><a href="{link.address}">→</a></p>')
    yield publication.page(site, page)
    yield publication.page(site, replace(page, head=replace(head, address=urls.NOT_FOUND)))


def wanted(
    publication: Publication, artifacts: Iterable[Artifact | Bundle]
) -> Iterator[Artifact | Bundle]:
    """Yield what belongs to the preview: the site's own files, and those that its pages show."""
    codes = [
        version.power.code
        for version in publication.release.powers.values()
        if version.power.department == publication.only
    ]
    shown = {address(code) for code in codes for address in (urls.power_chart, urls.power_json)}
    for artifact in artifacts:
        path = artifact.path if isinstance(artifact, Artifact) else artifact.prefix
        if artifact.site == publication.only or path in shown or path.startswith("files/"):
            yield artifact


def _file(site: str, path: str, content: bytes) -> Artifact:
    return Artifact(
        path=path,
        fingerprint=fingerprint.of("file", content),
        render=lambda: content,
        site=site,
    )

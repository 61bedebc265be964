"""A preview of one site: complete in its own folder, a department's not to be found by chance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches

from generator.builder.artifact import Artifact, Bundle
from generator.errors import ConfigError
from generator.i18n import Translator
from generator.model.codes import DepartmentSlug
from generator.model.release import Release
from generator.outputs import shown
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import Head, ProsePage
from generator.pages.site import MUNICIPAL, Link

ROBOTS = b"User-agent: *\nDisallow: /\n"


def alone(release: Release, only: str, tr: Translator) -> str:
    """Return the department whose site is made alone, "" for more; raise for one unknown."""
    if only in ("", MUNICIPAL):
        return ""
    if only not in release.departments:
        near = get_close_matches(only, [*release.departments, MUNICIPAL], 1)
        hint = tr("did you mean {name}?", name=near[0]) if near else ""
        raise ConfigError(tr("--only: there is no site {name}", name=only) + (hint and f"; {hint}"))
    return only


def of_city(made: Iterable[Artifact | Bundle]) -> Iterator[Artifact | Bundle]:
    """Yield of a city's plan its own site and the assets that all sites share."""
    for artifact in made:
        path = artifact.path if isinstance(artifact, Artifact) else artifact.prefix
        if artifact.site == MUNICIPAL or path.startswith(urls.ASSETS):
            yield artifact


def plan(
    publication: Publication,
    made: Iterable[Artifact | Bundle],
    assets: Iterable[tuple[str, bytes]],
) -> Iterator[Artifact | Bundle]:
    """Yield the site, what its pages show, shared files, a door to it, and word to robots.

    `made` is the plan of a publication that makes one site only.
    """
    slug = DepartmentSlug(publication.only)
    site = publication.departments[slug]
    beside = shown.files(publication, slug)
    for artifact in made:
        is_shown = isinstance(artifact, Artifact) and artifact.path in beside
        if artifact.site == slug or is_shown:
            yield artifact
    for path, content in (*assets, (urls.ROBOTS, ROBOTS)):
        yield publication.file(path, content, slug)
    link = Link(address=site.home, text=site.name)
    head = Head(address=urls.HOME, title=site.name, leads_to=site.home)
    page = ProsePage(head=head, heading=site.name, html=f'<p><a href="{link.address}">→</a></p>')
    yield publication.page(site, page)
    yield publication.page(site, replace(page, head=replace(head, address=urls.NOT_FOUND)))

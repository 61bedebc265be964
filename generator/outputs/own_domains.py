"""A department's site on a domain of its own: whole in itself, its records canonical in the city.

Its pages are made again with links that fit the other place; what has the same bytes there,
such as the search index and the drawings, is taken from the city's plan.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator.builder.artifact import Artifact, Bundle
from generator.builder.run import MARKER
from generator.i18n import Translator
from generator.model.codes import DepartmentSlug
from generator.outputs import offline, shown
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import Head, NotFoundPage
from generator.pages.site import Link, Site
from generator.vetting.finding import Finding, Severity

FOLDER = "public-domains"
"""Stands beside the output; each department with a domain has a folder in it."""
ROBOTS = b"User-agent: *\nAllow: /\n"


def sites(publication: Publication) -> Iterator[Site]:
    """Yield the departments' sites that are to stand on domains of their own."""
    for slug, site in publication.departments.items():
        settings = publication.config.departments.get(slug)
        if settings and settings.domain:
            yield replace(site, own_origin=f"https://{settings.domain}")


def alone(publication: Publication, site: Site) -> Publication:
    """Return the publication with this site in the place of all sites."""
    slug = DepartmentSlug(site.slug)
    return replace(publication, departments={slug: site}, only=slug)


def plan(
    publication: Publication,
    own: Iterable[Artifact | Bundle],
    city: Iterable[Artifact | Bundle],
    output: Path,
) -> Iterator[Artifact | Bundle]:
    """Yield every file of the one site of a publication that is alone.

    `own` is its plan, `city` the city's, already built into `output`. Files keep their
    addresses, but that the department's home is the root.
    """
    (site,) = publication.departments.values()
    yield publication.page(site, _not_found(publication, site))
    yield publication.page(site, offline.page(publication, site))
    # crawlers may come: each record's canonical address is the city's
    yield publication.file(urls.ROBOTS, ROBOTS)
    for made in own:
        if isinstance(made, Artifact) and made.site == site.slug:
            path = site.own_address(made.path)
            if path is not None:
                yield replace(made, path=path)
    slug = DepartmentSlug(site.slug)
    shared = shown.files(publication, slug) | {urls.SERVICE_WORKER, urls.department_handbook(slug)}
    everywhere = (urls.ASSETS, f"{site.home}{urls.ASSETS}")
    for made in city:
        if isinstance(made, Bundle):
            if made.prefix == urls.PAGEFIND:
                yield replace(made, render_into=partial(_copy, output / made.prefix))
        elif made.path in shared or made.path.startswith(everywhere):
            path = site.own_address(made.path) or made.path
            yield replace(made, path=path, render=(output / made.path).read_bytes, begin=None)


def left_over(output: Path, wanted: Iterable[Site], tr: Translator) -> Iterator[Finding]:
    """Yield a finding for each folder of a domain that no department has any more."""
    folder = output.parent / FOLDER
    slugs = {site.slug for site in wanted}
    for mark in sorted(folder.glob(f"*/{MARKER}")):
        if mark.parent.name not in slugs:
            yield Finding(
                code="B902",
                severity=Severity.WARNING,
                record=mark.parent.name,
                message=tr(
                    "{path}: the site of a domain that no department has any more",
                    path=mark.parent,
                ),
                remedy=tr("take it off its host, then remove the folder"),
            )


def _copy(made: Path, folder: Path) -> None:
    shutil.copytree(made, folder, dirs_exist_ok=True)


def _not_found(publication: Publication, site: Site) -> NotFoundPage:
    tr = publication.tr
    return NotFoundPage(
        head=Head(address=urls.NOT_FOUND, title=tr("This page does not exist")),
        browse=(
            Link(address=f"{site.home}powers/", text=tr("All powers")),
            Link(address=urls.HOME, text=publication.municipal.name),
        ),
    )

"""The living page of the design system: on the city's site and on each department's, in its look."""

from __future__ import annotations

from collections.abc import Iterator

from generator.builder.artifact import Artifact
from generator.model.codes import PowerKind, PowerStatus, StepKind
from generator.outputs.heads import head
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import DesignPage
from generator.pages.labels import label
from generator.pages.site import Link, Site


def plan(publication: Publication) -> Iterator[Artifact]:
    """Yield the page of components of every site."""
    for site in (publication.municipal, *publication.departments.values()):
        yield publication.page(site, page(publication, site))


def page(publication: Publication, site: Site) -> DesignPage:
    """Return the context of a site's page of components."""
    tr = publication.tr
    return DesignPage(
        head=head(
            publication,
            f"{site.home}{urls.DESIGN}",
            tr("Components of the design"),
            site=site,
            description=tr("Every component in the look of this site, for whoever checks or extends it."),
            column_type=tr("Overview"),
            indexed=False,
        ),
        kinds=tuple((kind.value, label(kind, tr)) for kind in PowerKind),
        statuses=tuple((status.value, label(status, tr)) for status in PowerStatus),
        steps=tuple((kind.value, label(kind, tr)) for kind in StepKind),
        houses=tuple(_houses(publication, site)),
    )  # fmt: skip


def _houses(publication: Publication, site: Site) -> Iterator[Link]:
    """Yield the city's page for a department; for the city that of every department."""
    others = publication.departments.values() if site.is_municipal else (publication.municipal,)
    for other in others:
        yield Link(address=f"{other.home}{urls.DESIGN}", text=other.name)

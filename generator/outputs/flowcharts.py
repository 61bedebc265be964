"""The drawings as files of their own, and galleries to leaf through them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.builder import fingerprint
from generator.builder.artifact import Artifact
from generator.model.release import VettedVersion
from generator.outputs import chart_words
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import ChartCard, GalleryPage, Head
from generator.pages.labels import label
from generator.pages.site import Link, Site


def plan(publication: Publication) -> Iterator[Artifact]:
    """Yield `powers/<code>.svg` for every chart, the city's gallery and each department's."""
    yield chart_words.plan(publication)
    if not publication.has("flowcharts"):
        return
    for version in publication.release.powers.values():
        if _drawn(publication, version):
            yield _drawing(publication, version)
    yield publication.page(publication.municipal, _gallery(publication, publication.municipal))
    for site in publication.departments.values():
        yield publication.page(site, _gallery(publication, site))


def _drawn(publication: Publication, version: VettedVersion) -> bool:
    return publication.chart_keys.get(version.power.code, "") in publication.charts


def _drawing(publication: Publication, version: VettedVersion) -> Artifact:
    power, tr = version.power, publication.tr
    key = publication.chart_keys[power.code]
    note = (
        tr("Demonstration, not an official publication") if publication.config.demonstration else ""
    )
    return Artifact(
        path=urls.power_chart(power.code),
        fingerprint=fingerprint.of("chart", key, power.name, note, tr.language),
        render=lambda: publication.charts.standalone(key, power.name, credit=note),
        site=publication.municipal.slug,
    )


def _gallery(publication: Publication, site: Site) -> GalleryPage:
    tr = publication.tr
    address = urls.FLOWCHARTS if site.is_municipal else f"{site.home}flowcharts/"
    groups = []
    for kind, versions in publication.lookup.by_kind.items():
        cards = tuple(
            ChartCard(
                row=publication.row(version, site),
                image=urls.power_chart(version.power.code),
                steps=len(version.power.procedure.steps),
                posts=len({step.post for step in version.power.procedure.steps if step.post}),
            )
            for version in versions
            if _drawn(publication, version)
            and (site.is_municipal or version.power.department == site.slug)
        )
        if cards:
            groups.append((label(kind, tr), cards))
    return GalleryPage(
        head=Head(
            address=address,
            title=tr("Flowcharts"),
            description=tr("How every power runs, step by step, with posts and time limits."),
            crumbs=(Link(address=site.home, text=tr("Home")),),
            column=tr("Flowcharts"),
            column_type=tr("Services"),
        ),
        heading=tr("Flowcharts"),
        intro=tr("How every power runs, step by step, with posts and time limits."),
        groups=tuple(groups),
    )

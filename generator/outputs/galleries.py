"""Flowcharts to leaf through, page by page, with an index to search them by; and two side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.builder import fingerprint
from generator.builder.artifact import Artifact
from generator.flowcharts.longest import longest, span
from generator.model.codes import DepartmentSlug, PowerKind
from generator.model.release import VettedVersion
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import ChartCard, ComparePage, GalleryPage, Head
from generator.pages.labels import label
from generator.pages.site import Link, Site

PER_PAGE = 60
"""How many flowcharts stand on a page: some 40 KB, their pictures loaded as one comes to them."""

_Entry = tuple[PowerKind, VettedVersion]


def plan(publication: Publication) -> Iterator[Artifact]:
    """Yield the galleries of the city and of each department, the index, the comparison."""
    for site in (publication.municipal, *publication.departments.values()):
        if publication.makes(site.slug):
            for page in _pages(publication, site):
                yield publication.page(site, page)
    if publication.only:
        return
    yield _index(publication)
    yield publication.page(publication.municipal, _compare(publication))


def drawn(publication: Publication, site: Site) -> list[_Entry]:
    """Return the powers in force of a site that have a flowchart, by kind and code."""
    return [
        (kind, version)
        for kind, versions in publication.lookup.by_kind.items()
        for version in versions
        if publication.chart_keys.get(version.power.code, "") in publication.charts
        and (site.is_municipal or version.power.department == site.slug)
    ]


def _pages(publication: Publication, site: Site) -> Iterator[GalleryPage]:
    tr, entries = publication.tr, drawn(publication, site)
    starts = list(range(0, len(entries), PER_PAGE)) or [0]
    addresses = tuple(urls.gallery(site.home, n) for n in range(1, len(starts) + 1))
    counts = {kind: len(list(each)) for kind, each in groupby(entries, key=_kind)}
    intro = tr("How every power runs, step by step, with posts and time limits.")
    for number, start in enumerate(starts, 1):
        title = tr("Flowcharts")
        if number > 1:
            title = tr("{title}, page {n} of {all}", title=title, n=number, all=len(starts))
        yield GalleryPage(
            head=Head(
                address=addresses[number - 1],
                title=title,
                description=intro,
                crumbs=_crumbs(publication, site, number),
                column=tr("Flowcharts"),
                column_type=tr("Services"),
            ),
            heading=title,
            intro=intro,
            groups=tuple(
                (label(kind, tr), counts[kind], tuple(_card(publication, v, site) for _, v in each))
                for kind, each in groupby(entries[start : start + PER_PAGE], key=_kind)
            ),
            total=len(entries),
            number=number,
            addresses=addresses,
            scope="" if site.is_municipal else site.slug,
            kinds=tuple((kind.value, label(kind, tr)) for kind in counts),
            index=urls.CHARTS_INDEX,
            compare=urls.COMPARE,
            bpmn=tuple(_bpmn(publication, site)) if number == 1 else (),
        )


def _kind(entry: _Entry) -> PowerKind:
    return entry[0]


def _crumbs(publication: Publication, site: Site, number: int) -> tuple[Link, ...]:
    home = Link(address=site.home, text=publication.tr("Home"))
    first = Link(address=urls.gallery(site.home), text=publication.tr("Flowcharts"))
    return (home, first) if number > 1 else (home,)


def _card(publication: Publication, version: VettedVersion, site: Site) -> ChartCard:
    procedure = version.power.procedure
    way = longest(procedure)
    return ChartCard(
        row=publication.row(version, site),
        image=urls.power_chart(version.power.code),
        steps=len(procedure.steps),
        posts=len({step.post for step in procedure.steps if step.post}),
        takes=span(way.counted + way.uncounted, publication.tr),
    )


def _bpmn(publication: Publication, site: Site) -> Iterator[Link]:
    """Yield the ways to BPMN files: a department's own, or those of all departments."""
    for slug, each in publication.departments.items():
        if site.slug in (slug, publication.municipal.slug) and drawn(publication, each):
            yield Link(address=urls.bpmn(slug), text=publication.release.departments[slug].label)


def _compare(publication: Publication) -> ComparePage:
    tr, site = publication.tr, publication.municipal
    return ComparePage(
        head=Head(
            address=urls.COMPARE,
            title=tr("Two flowcharts side by side"),
            description=tr("What two procedures share, and where they differ."),
            crumbs=(
                Link(address=site.home, text=tr("Home")),
                Link(address=urls.FLOWCHARTS, text=tr("Flowcharts")),
            ),
            column=tr("Flowcharts"),
            column_type=tr("Services"),
        ),
        heading=tr("Two flowcharts side by side"),
        intro=tr(
            "For those who ask whether two procedures could be one: choose two powers and see "
            "which steps they share, and where posts, time limits and documents differ."
        ),
        index=urls.CHARTS_INDEX,
        gallery=urls.FLOWCHARTS,
        kinds=publication.kind_tallies(site),
    )


def _index(publication: Publication) -> Artifact:
    """Return the index by which a script finds flowcharts: every text once, powers by numbers."""
    tr = publication.tr
    texts: dict[str, int] = {}

    def numbers(found: Sequence[str]) -> list[int]:
        return [texts.setdefault(text, len(texts)) for text in dict.fromkeys(found) if text]

    departments: dict[DepartmentSlug, int] = {}
    powers = []
    kinds: dict[PowerKind, int] = {}
    for kind, version in drawn(publication, publication.municipal):
        power, steps = version.power, version.power.procedure.steps
        way = longest(power.procedure)
        powers.append(
            [
                power.code,
                power.name,
                kinds.setdefault(kind, len(kinds)),
                departments.setdefault(power.department, len(departments)),
                len(steps),
                numbers([step.name for step in steps]),
                numbers([step.post for step in steps]),
                numbers([step.document for step in steps]),
                way.days if way.timed else -1,
                span(way.counted + way.uncounted, tr),
            ]
        )
    names = publication.release.departments
    content = json.dumps(
        {
            "kinds": [[kind.value, label(kind, tr)] for kind in kinds],
            "departments": [[slug, names[slug].label] for slug in departments],
            "texts": list(texts),
            "powers": powers,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    return Artifact(
        path=urls.CHARTS_INDEX,
        fingerprint=fingerprint.of("file", content),
        render=lambda: content,
        site=publication.municipal.slug,
    )

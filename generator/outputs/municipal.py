"""The city's own site: home, lists, what was given up, what is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from generator.builder.artifact import Artifact
from generator.model.codes import DepartmentStatus
from generator.model.release import VettedVersion
from generator.outputs import browsing, changes, mayor
from generator.outputs.filters import of_list
from generator.outputs.heads import head
from generator.outputs.life_events import event_tallies
from generator.outputs.listing import counts, paged
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import (
    EndedPage,
    EndedRow,
    Group,
    Head,
    IndexPage,
    MunicipalHome,
    Page,
    Tally,
)
from generator.pages.labels import label
from generator.pages.site import Link
from generator.rendering.markdown import ProseText

ENDED_PER_PAGE = 50
"""How many powers given up stand on a page; each takes as much room as two in force."""
NEWEST = 8
"""How many changes the home page shows; the changes page has them all."""
EVENTS = 8
"""How many life events the home page shows, the first of the register; their page has them all."""
FEW = 20
"""Up to so many departments the home page says what each does; more would push the rest away."""


def plan(publication: Publication, words: ProseText | None = None) -> Iterator[Artifact]:
    """Yield the home page, with the city's own words if it has any, and the municipal lists."""
    for page in _pages(publication, words):
        yield publication.page(publication.municipal, page)


def _pages(publication: Publication, words: ProseText | None) -> Iterator[Page]:
    yield _home(publication, words)
    yield from browsing.plan(publication)
    yield _departments(publication)
    yield mayor.page(publication)
    yield from ended(publication)
    yield from changes.pages(publication)


def _home(publication: Publication, words: ProseText | None) -> MunicipalHome:
    release, tr = publication.release, publication.tr
    active = tuple(release.active())
    return MunicipalHome(
        head=Head(
            address=urls.HOME,
            title=publication.municipal.name,
            description=publication.municipal.tagline,
            column=tr("Home"),
            column_type=tr("Home page"),
        ),
        active=len(active),
        ended=len(publication.lookup.ended),
        departments_count=len({version.power.department for version in active}),
        charts=sum(
            1
            for version in active
            if publication.chart_keys.get(version.power.code, "") in publication.charts
        ),
        as_of=release.as_of,
        release_date=release.date,
        kinds=publication.kind_tallies(publication.municipal),
        departments=_at_home(department_tallies(publication)),
        life_events=event_tallies(publication)[:EVENTS],
        all_events=len(release.life_events),
        changes=publication.changes(tuple(release.powers.values()), publication.municipal)[:NEWEST],
        counts=counts(active),
        themes=tuple(replace(t, note="") for t in browsing.theme_tallies(publication)),
        audiences=browsing.audience_tallies(publication),
        heading=words.heading if words else "",
        html=words.html if words else "",
    )


def department_tallies(publication: Publication) -> tuple[Tally, ...]:
    """Return the bodies that exist, in the order of the register, with their powers in force."""
    tallies = []
    for slug, department in publication.release.departments.items():
        if department.status is not DepartmentStatus.ACTIVE:
            continue
        versions = publication.lookup.by_department.get(slug, ())
        tallies.append(
            Tally(
                address=urls.department(slug),
                text=department.label,
                count=sum(1 for version in versions if version.power.is_active),
                key=department.kind,
                note=department.summary,
            )
        )
    return tuple(tallies)


def _at_home(departments: tuple[Tally, ...]) -> tuple[Tally, ...]:
    if len(departments) <= FEW:
        return departments
    return tuple(replace(tally, note="") for tally in departments)


def _departments(publication: Publication) -> IndexPage:
    tr = publication.tr
    return IndexPage(
        head=head(publication, urls.DEPARTMENTS, tr("Departments")),
        heading=tr("Departments"),
        intro=tr("Each has a site of its own, made from the same data."),
        groups=tuple(
            Group(heading=heading, tallies=tuple(tallies), key="departments")
            for heading, tallies in _by_kind_of_body(publication).items()
        ),
        ways=browsing.ways(publication, urls.DEPARTMENTS),
    )


def _by_kind_of_body(publication: Publication) -> dict[str, list[Tally]]:
    """Return the bodies under the kind that each is; without a heading if all are of one kind."""
    groups: dict[str, list[Tally]] = defaultdict(list)
    for tally in department_tallies(publication):
        groups[label(tally.key, publication.tr, column="kind") if tally.key else ""].append(tally)
    return groups if len(groups) > 1 else {"": [*chain.from_iterable(groups.values())]}


def ended(publication: Publication) -> Iterator[EndedPage]:
    """Yield the list of the powers that the city gave up, the latest first."""
    tr = publication.tr
    rows = [_ended_row(publication, version) for version in _latest_first(publication)]
    withdrawn = tuple(
        (gone, Link(address=urls.power(gone.code), text=gone.code))
        for gone in sorted(publication.release.withdrawals, key=lambda gone: gone.date)
        if gone.code not in publication.release.powers
    )
    first = head(
        publication,
        urls.ABOLISHED,
        tr("Powers given up"),
        description=tr("Powers that the city gave up, with the reason and what took their place."),
    )
    sifted = of_list(publication, urls.ABOLISHED, publication.lookup.ended, status="ended")
    for on_page, pager, chunk in paged(publication, first, rows, ENDED_PER_PAGE):
        yield EndedPage(
            head=on_page,
            rows=tuple(chunk),
            withdrawn=withdrawn if pager.number == len(pager.addresses) else (),
            total=len(rows),
            pager=pager,
            filters=sifted,
        )


def _latest_first(publication: Publication) -> list[VettedVersion]:
    def place(version: VettedVersion) -> tuple[int, str]:
        since = version.power.status_from
        return -(since.toordinal() if since else 0), version.power.code

    return sorted(publication.lookup.ended, key=place)


def _ended_row(publication: Publication, version: VettedVersion) -> EndedRow:
    power, site = version.power, publication.municipal
    return EndedRow(
        row=publication.row(version, site),
        since=power.status_from,
        reason=power.status_reason,
        document=power.status_document,
        successor=publication.link(power.successor, site),
    )

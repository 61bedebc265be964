"""The city's own site: home, lists, what was given up, what is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from generator.builder.artifact import Artifact
from generator.model.codes import DepartmentSlug, DepartmentStatus
from generator.model.release import VettedVersion
from generator.outputs.heads import head
from generator.outputs.life_events import event_tallies
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import (
    ChangesPage,
    EndedPage,
    EndedRow,
    Group,
    Head,
    IndexPage,
    MunicipalHome,
    Page,
    PowerListPage,
    PowerRow,
    Tally,
)
from generator.pages.labels import label
from generator.pages.site import Link
from generator.rendering.markdown import ProseText

CITY_GOVERNMENT = DepartmentSlug("municipal-government")
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
    yield _all_powers(publication)
    yield _kinds(publication)
    yield from _kind_lists(publication)
    yield _departments(publication)
    yield _mayor(publication)
    yield ended(publication)
    yield changes(publication)


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


def _all_powers(publication: Publication) -> PowerListPage:
    tr, site = publication.tr, publication.municipal
    groups = tuple(
        (department.label, publication.rows(active, site))
        for slug, department in publication.release.departments.items()
        if (active := _active(publication.lookup.by_department.get(slug, ())))
    )
    return PowerListPage(
        head=head(publication, urls.POWERS, tr("All powers")),
        heading=tr("All powers"),
        intro=tr("Every power in force, by the body that holds it."),
        groups=groups,
        total=sum(len(rows) for _, rows in groups),
        show=("kind", "limit"),
    )


def _active(versions: tuple[VettedVersion, ...]) -> tuple[VettedVersion, ...]:
    return tuple(version for version in versions if version.power.is_active)


def _kinds(publication: Publication) -> IndexPage:
    tr = publication.tr
    return IndexPage(
        head=head(publication, urls.KINDS, tr("Kinds of power")),
        heading=tr("Kinds of power"),
        intro=tr("What the city may do, by the kind of act."),
        groups=(Group(heading="", tallies=publication.kind_tallies(publication.municipal)),),
    )


def _kind_lists(publication: Publication) -> Iterator[PowerListPage]:
    tr, release = publication.tr, publication.release
    for kind, versions in publication.lookup.by_kind.items():
        title = label(kind, tr)
        groups: dict[str, list[PowerRow]] = defaultdict(list)
        for version in versions:
            row = publication.row(version, publication.municipal)
            groups[release.departments[version.power.department].label].append(row)
        yield PowerListPage(
            head=head(
                publication,
                urls.kind(kind),
                title,
                under=urls.KINDS,
                under_title=tr("Kinds of power"),
            ),
            heading=title,
            intro=tr("Powers in force of the kind “{kind}”, by body.", kind=title),
            groups=tuple((name, tuple(rows)) for name, rows in groups.items()),
            total=len(versions),
            show=("limit", "applicant"),
        )


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
    )


def _by_kind_of_body(publication: Publication) -> dict[str, list[Tally]]:
    """Return the bodies under the kind that each is; without a heading if all are of one kind."""
    groups: dict[str, list[Tally]] = defaultdict(list)
    for tally in department_tallies(publication):
        groups[label(tally.key, publication.tr, column="kind") if tally.key else ""].append(tally)
    return groups if len(groups) > 1 else {"": [*chain.from_iterable(groups.values())]}


def _mayor(publication: Publication) -> PowerListPage:
    tr = publication.tr
    versions = _active(publication.lookup.by_department.get(CITY_GOVERNMENT, ()))
    groups: dict[str, list[PowerRow]] = defaultdict(list)
    for version in versions:
        groups[label(version.power.kind, tr)].append(
            publication.row(version, publication.municipal)
        )
    return PowerListPage(
        head=head(publication, urls.MAYOR, tr("The mayor's list")),
        heading=tr("The mayor's list"),
        intro=tr("The powers that the city government itself holds."),
        groups=tuple((name, tuple(rows)) for name, rows in groups.items()),
        total=len(versions),
        show=("limit", "applicant"),
    )


def ended(publication: Publication) -> EndedPage:
    """Return the list of the powers that the city gave up, the latest first."""
    tr, site = publication.tr, publication.municipal
    versions = sorted(
        publication.lookup.ended,
        key=lambda v: (
            -(v.power.status_from.toordinal() if v.power.status_from else 0),
            v.power.code,
        ),
    )
    return EndedPage(
        head=head(
            publication,
            urls.ABOLISHED,
            tr("Powers given up"),
            description=tr(
                "Powers that the city gave up, with the reason and what took their place."
            ),
        ),
        rows=tuple(
            EndedRow(
                row=publication.row(version, site),
                since=version.power.status_from,
                reason=version.power.status_reason,
                document=version.power.status_document,
                successor=publication.link(version.power.successor, site),
            )
            for version in versions
        ),
        withdrawn=tuple(
            (gone, Link(address=urls.power(gone.code), text=gone.code))
            for gone in sorted(publication.release.withdrawals, key=lambda gone: gone.date)
            if gone.code not in publication.release.powers
        ),
    )


def changes(publication: Publication) -> ChangesPage:
    """Return what was vetted when, newest first."""
    tr = publication.tr
    rows = publication.changes(tuple(publication.release.powers.values()), publication.municipal)
    days = sorted({row.day for row in rows}, reverse=True)
    return ChangesPage(
        head=head(
            publication,
            urls.CHANGES,
            tr("What is new"),
            description=tr("What was vetted when, newest first."),
            column_type=tr("News of work"),
        ),
        heading=tr("What is new"),
        days=tuple((day, tuple(row for row in rows if row.day == day)) for day in days),
    )

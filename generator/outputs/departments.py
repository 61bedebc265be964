"""A site for every department: the city's facts in the department's own house."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.builder.artifact import Artifact
from generator.model.codes import DepartmentSlug, DepartmentStatus
from generator.model.registers import Department
from generator.outputs.filters import of_list
from generator.outputs.heads import head
from generator.outputs.life_events import event_tallies
from generator.outputs.listing import counts, pages
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import (
    DepartmentHome,
    Head,
    MovedPage,
    NewsEntry,
    PowerListPage,
    SearchPage,
    Tally,
)
from generator.pages.labels import label
from generator.pages.site import Link, Site
from generator.rendering.theme import Theme
from generator.vetting.finding import Finding

NEWEST = 5
"""How many changes a department's home page shows."""
FEW = 4
"""Up to so many life events a department's home page says what each is about."""


def plan(
    publication: Publication,
    prose: Mapping[DepartmentSlug, tuple[Link, ...]],
    news: Mapping[DepartmentSlug, tuple[NewsEntry, ...]],
) -> Iterator[Artifact]:
    """Yield the pages of every department's site other than records, drawings, prose and data.

    `prose` gives the links to the departments' own pages, `news` what is new, for their homes.
    """
    for slug, site in publication.departments.items():
        if not publication.makes(slug):
            continue
        department = publication.release.departments[slug]
        own = prose.get(slug, ())
        page = home(publication, department, site, own)
        fresh = news.get(slug, ())[:NEWEST]
        yield publication.page(site, replace(page, news=fresh) if fresh else page)
        for part in _power_list(publication, slug, site):
            yield publication.page(site, part)
        if publication.has("search"):
            yield publication.page(site, _search(publication, department, site))
    for slug, department in publication.release.departments.items():
        if department.status is not DepartmentStatus.ACTIVE:
            yield publication.page(publication.municipal, _moved(publication, slug, department))


def rehearse(publication: Publication, themes: Mapping[DepartmentSlug, Theme]) -> Iterator[Finding]:
    """Yield what is wrong with departments' own templates on their real home pages."""
    for slug, site in publication.departments.items():
        if themes[slug].templates and publication.makes(slug):
            page = home(publication, publication.release.departments[slug], site)
            yield from themes[slug].rehearse(site, page, publication.tr)


def home(
    publication: Publication,
    department: Department,
    site: Site,
    prose: tuple[Link, ...] = (),
) -> DepartmentHome:
    """Return a department's home page."""
    versions = publication.lookup.by_department.get(department.slug, ())
    active = tuple(version for version in versions if version.power.is_active)
    return DepartmentHome(
        head=Head(
            address=site.home,
            title=site.name,
            description=department.summary,
            column=publication.tr("Home"),
            column_type=publication.tr("Home page"),
        ),
        department=department,
        active=len(active),
        ended=len(versions) - len(active),
        kinds=publication.kind_tallies(site, department.slug),
        powers=publication.rows(active, site),
        changes=publication.changes(versions, site)[:NEWEST],
        life_events=_events(publication, department.slug),
        prose=prose,
        blocks=site.blocks,
        as_of=publication.release.as_of,
        package=urls.department_package(department.slug),
    )


def _events(publication: Publication, slug: DepartmentSlug) -> tuple[Tally, ...]:
    tallies = event_tallies(publication, lambda power: power.department == slug)
    found = [tally for tally in tallies if tally.count]
    return tuple(found if len(found) <= FEW else (replace(each, note="") for each in found))


def _power_list(
    publication: Publication, slug: DepartmentSlug, site: Site
) -> Iterator[PowerListPage]:
    """Yield the pages of a department's whole list, those no longer in force at the end."""
    tr, address = publication.tr, f"{site.home}powers/"
    mine = publication.lookup.by_department.get(slug, ())
    groups = [
        (f"kind-{kind}", label(kind, tr), [v for v in versions if v.power.department == slug])
        for kind, versions in publication.lookup.by_kind.items()
    ]
    groups.append(("ended", tr("No longer in force"), [v for v in mine if not v.power.is_active]))
    first = PowerListPage(
        head=head(publication, address, tr("All powers"), site=site),
        heading=tr("All powers"),
        intro=tr("Every power of {name}.", name=publication.release.departments[slug].name),
        counts=counts(version for version in mine if version.power.is_active),
        show=("limit", "applicant"),
        filters=of_list(publication, address, mine, scope=(("department", slug),), status="all"),
    )
    yield from pages(publication, site, first, groups)


def _search(publication: Publication, department: Department, site: Site) -> SearchPage:
    tr = publication.tr
    return SearchPage(
        head=head(
            publication,
            f"{site.home}{urls.SEARCH}",
            tr("Search"),
            site=site,
            description=tr("Find a power by its name, code or an everyday word."),
        ),
        scope=department.slug,
        scope_name=department.label,
        phone=department.phone,
        email=department.email,
        browse=(
            Link(address=f"{site.home}powers/", text=tr("All powers")),
            Link(address=urls.HOME, text=publication.municipal.name),
        ),
    )


def _moved(publication: Publication, slug: DepartmentSlug, department: Department) -> MovedPage:
    tr = publication.tr
    into = publication.release.departments.get(department.merged_into or DepartmentSlug(""))
    target = Link(address=urls.department(into.slug), text=into.name) if into else None
    return MovedPage(
        head=Head(
            address=urls.department(slug),
            title=department.name,
            crumbs=(
                Link(address=urls.HOME, text=tr("Home")),
                Link(address=urls.DEPARTMENTS, text=tr("Departments")),
            ),
            canonical=target.address if target else "",
            leads_to=target.address if target else "",
        ),
        department=department,
        target=target,
    )

"""A page for every power, twice from one context: on the city's site and on its department's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.builder.artifact import Artifact
from generator.model.release import VettedVersion
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import (
    CitedBasis,
    FileLink,
    Head,
    MovedPage,
    PowerPage,
    TombstonePage,
)
from generator.pages.labels import label
from generator.pages.site import Link, Site


def plan(publication: Publication) -> Iterator[Artifact]:
    """Yield both pages of every power of the release, and a tombstone for each withdrawn one."""
    for version in publication.release.powers.values():
        if publication.makes(publication.municipal.slug):
            city = publication.municipal
            yield publication.page(city, power_page(publication, version, city))
        own = publication.departments.get(version.power.department)
        if own and publication.makes(own.slug):
            yield publication.page(own, power_page(publication, version, own))
        yield from _left_behind(publication, version)
    for withdrawal in publication.release.withdrawals:
        if withdrawal.code in publication.release.powers:
            continue
        municipal = publication.municipal
        # its row may be gone from the register: nothing rests on it any more
        holder = publication.release.departments.get(withdrawal.department)
        page = TombstonePage(
            head=Head(
                address=urls.power(withdrawal.code),
                title=publication.tr("Withdrawn: {code}", code=withdrawal.code),
                description=publication.tr(
                    "The content of this record was removed. What stays is the reason."
                ),
                crumbs=(
                    Link(address=municipal.home, text=publication.tr("Home")),
                    Link(address=urls.ABOLISHED, text=publication.tr("Powers given up")),
                ),
                column=publication.tr("Powers given up"),
                column_type=publication.tr("Services"),
                source=holder.name if holder else "",
                published=withdrawal.date,
            ),
            withdrawal=withdrawal,
        )
        yield publication.page(municipal, page)
        site = publication.departments.get(withdrawal.department)
        if site:
            address = urls.department_power(withdrawal.department, withdrawal.code)
            head = replace(
                page.head,
                address=address,
                canonical=page.head.address,
                crumbs=(Link(address=site.home, text=publication.tr("Home")),),
            )
            yield publication.page(site, replace(page, head=head))


def _left_behind(publication: Publication, version: VettedVersion) -> Iterator[Artifact]:
    """Yield a page that leads on for each department that held the power before.

    An address once published never dies.
    """
    power, municipal = version.power, publication.municipal
    earlier = {mark.department for mark in version.history} - {power.department}
    for slug in sorted(earlier & publication.release.departments.keys()):
        target = Link(address=urls.power(power.code), text=power.name)
        page = MovedPage(
            head=Head(
                address=urls.department_power(slug, power.code),
                title=publication.tr("Moved: {name}", name=power.name),
                description=publication.tr(
                    "{name} no longer holds this power.",
                    name=publication.release.departments[slug].name,
                ),
                canonical=target.address,
                leads_to=target.address,
                crumbs=(Link(address=municipal.home, text=publication.tr("Home")),),
                column=label(power.kind, publication.tr),
                column_type=publication.tr("Services"),
                source=publication.release.departments[power.department].name,
                published=version.vetted_on,
            ),
            department=publication.release.departments[slug],
            target=target,
        )
        yield publication.page(publication.departments.get(slug, municipal), page)


def power_page(publication: Publication, version: VettedVersion, site: Site) -> PowerPage:
    """Return the context of a power's page on a site; only addresses and chrome differ."""
    power, release, lookup = version.power, publication.release, publication.lookup
    key = publication.chart_keys.get(power.code, "")
    return PowerPage(
        head=_head(publication, version, site),
        power=power,
        department=release.departments[power.department],
        department_address=urls.department(power.department),
        joint=tuple(
            (slug, Link(address=urls.department(slug), text=release.departments[slug].name))
            for slug in power.joint_departments
            if slug in release.departments
        ),
        bases=tuple(_bases(publication, version)),
        parent=publication.link(power.parent, site),
        children=publication.rows(lookup.children.get(power.code, ()), site),
        successor=publication.link(power.successor, site),
        predecessors=tuple(
            Link(address=publication.address(old, site), text=old.power.name)
            for old in lookup.predecessors.get(power.code, ())
        ),
        life_events=tuple(
            Link(address=urls.life_event(event.slug), text=event.name)
            for event in lookup.life_events.get(power.code, ())
        ),
        files=dict(_files(publication, version)),
        vetted_on=version.vetted_on,
        first_vetted_on=version.first_vetted_on,
        sign_offs=version.sign_offs,
        chart=key,
        has_chart=key in publication.charts,
        data_address=urls.power_json(power.code),
        chart_address=urls.power_chart(power.code),
        other_site=_other_site(publication, version, site),
        digest=version.digest,
    )


def _bases(publication: Publication, version: VettedVersion) -> Iterator[CitedBasis]:
    register = publication.release.instruments
    for basis in version.power.legal_bases:
        if basis.instrument in register:
            yield CitedBasis(
                basis=basis,
                instrument=register[basis.instrument],
                address=urls.law(basis.instrument),
            )


def _files(publication: Publication, version: VettedVersion) -> Iterator[tuple[str, FileLink]]:
    for material in version.power.materials:
        for named in material.attachments:
            found = publication.lookup.attachments.get((named.sha256, named.name))
            if found:
                address = urls.attachment(found.sha256, found.name)
                yield (
                    found.sha256,
                    FileLink(address=address, name=found.name, form=found.form, size=found.size),
                )


def _head(publication: Publication, version: VettedVersion, site: Site) -> Head:
    power, tr = version.power, publication.tr
    kind = label(power.kind, tr)
    crumbs = [Link(address=site.home, text=tr("Home"))]
    if site.is_municipal:
        crumbs.append(Link(address=urls.KINDS, text=tr("Kinds of power")))
        crumbs.append(Link(address=urls.kind(power.kind), text=kind))
    return Head(
        address=publication.address(version, site),
        title=power.name,
        description=power.summary,
        canonical="" if site.is_municipal else urls.power(power.code),
        crumbs=tuple(crumbs),
        column=kind,
        column_type=tr("Services"),
        source=publication.release.departments[power.department].name,
        published=version.vetted_on,
    )


def _other_site(publication: Publication, version: VettedVersion, site: Site) -> Link | None:
    power = version.power
    if not site.is_municipal:
        return Link(address=urls.power(power.code), text=publication.municipal.name)
    department = publication.departments.get(power.department)
    if department is None:
        return None
    return Link(address=urls.department_power(power.department, power.code), text=department.name)

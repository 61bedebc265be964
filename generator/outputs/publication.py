"""What every output is given: the release, the sites, and the means to make pages of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from generator.builder import fingerprint
from generator.builder.artifact import Artifact
from generator.config import SiteConfig
from generator.flowcharts.svg import Chart
from generator.i18n import Translator
from generator.model.codes import DepartmentSlug, PowerCode
from generator.model.release import Release, VettedVersion
from generator.pages import changed, urls
from generator.pages.contexts import ChangeRow, Page, PowerRow, Tally
from generator.pages.labels import label
from generator.pages.lookup import Lookup
from generator.pages.site import MUNICIPAL, Link, Site


class PageMaker(Protocol):
    """Makes the bytes of a page; the fingerprint is of everything they depend on."""

    def page(self, site: Site, page: Page) -> bytes:
        """Return the finished page."""

    def fingerprint(self, site: Site, page: Page) -> str:
        """Return the hash of all that the page depends on."""


class ChartStore(Protocol):
    """The drawn flowcharts by key; those that could not be laid out are not in it."""

    @property
    def drawn(self) -> Mapping[str, Chart]:
        """Return the drawings by key."""

    def __contains__(self, key: object) -> bool: ...

    def standalone(self, key: str, title: str, *, credit: str = "") -> bytes:
        """Return a chart as a file of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A release on its way to being published; `only` names the one site that a preview makes."""

    config: SiteConfig
    release: Release
    lookup: Lookup
    municipal: Site
    departments: Mapping[DepartmentSlug, Site]
    renderer: PageMaker
    charts: ChartStore
    chart_keys: Mapping[PowerCode, str]
    tr: Translator
    only: str = ""

    def page(self, site: Site, page: Page) -> Artifact:
        """Return the artifact of a page."""
        return Artifact(
            path=urls.file_of(page.head.address),
            fingerprint=self.renderer.fingerprint(site, page) if self.makes(site.slug) else "",
            render=lambda: self.renderer.page(site, page),
            site=site.slug,
        )

    def file(self, path: str, content: bytes, site: str = MUNICIPAL) -> Artifact:
        """Return the artifact of a file whose bytes are known."""
        return Artifact(
            path=path,
            fingerprint=fingerprint.of("file", content),
            render=lambda: content,
            site=site,
        )

    def makes(self, slug: str) -> bool:
        """Tell whether the pages of a site are made at all."""
        return self.only in ("", slug)

    def has(self, feature: str) -> bool:
        """Tell whether the city publishes this part; everything is on unless switched off."""
        return bool(self.config.features.get(feature, True))

    def address(self, version: VettedVersion, site: Site) -> str:
        """Return where a power's page stands, seen from a site: its own page, else the city's."""
        power = version.power
        if site.slug == power.department:
            return urls.department_power(power.department, power.code)
        return urls.power(power.code)

    def link(self, code: PowerCode | None, site: Site) -> Link | None:
        """Return the link to a power of the release, or None where it has none."""
        version = self.release.powers.get(code) if code else None
        if version is None:
            return None
        return Link(address=self.address(version, site), text=version.power.name)

    def row(self, version: VettedVersion, site: Site) -> PowerRow:
        """Return a power as a row of a list on a site."""
        power = version.power
        department = self.release.departments[power.department]
        limit, unit = power.limit
        return PowerRow(
            code=power.code,
            name=power.name,
            address=self.address(version, site),
            kind=power.kind.value,
            status=power.status.value,
            department=department.label,
            applicant=power.applicant.value,
            summary=power.summary,
            limit=limit,
            unit=unit.value if unit else "",
            fee=power.fee.value,
            parent=power.parent or "",
        )

    def rows(self, versions: tuple[VettedVersion, ...], site: Site) -> tuple[PowerRow, ...]:
        """Return powers as rows of a list, in the order given."""
        return tuple(self.row(version, site) for version in versions)

    def changes(self, versions: tuple[VettedVersion, ...], site: Site) -> tuple[ChangeRow, ...]:
        """Return the latest change of each power, newest first."""
        newest = sorted(versions, key=lambda v: (-v.vetted_on.toordinal(), v.power.code))
        first = self.lookup.first_vetted_on
        return tuple(
            ChangeRow(
                day=version.vetted_on,
                row=self.row(version, site),
                change=(change := _change(version)),
                initial=version.vetted_on == first,
                fields=self._changed(version) if change == "amended" else (),
            )
            for version in newest
        )

    def _changed(self, version: VettedVersion) -> tuple[str, ...]:
        """Return in words what the version that stands changed."""
        standing = [mark for mark in version.history if mark.digest == version.digest]
        return changed.in_words(standing[-1].changed, self.tr) if standing else ()

    def kind_tallies(
        self, site: Site, department: DepartmentSlug | None = None
    ) -> tuple[Tally, ...]:
        """Return the kinds of power in force with their counts, of the city or of a department."""
        tallies = []
        for kind, versions in self.lookup.by_kind.items():
            count = sum(1 for v in versions if department in (None, v.power.department))
            if not count:
                continue
            address = f"{site.home}#kind-{kind}" if department else urls.kind(kind)
            tallies.append(
                Tally(address=address, text=label(kind, self.tr), count=count, key=kind.value)
            )
        return tuple(tallies)


def _change(version: VettedVersion) -> str:
    if not version.power.is_active:
        return version.power.status.value
    return "added" if version.vetted_on == version.first_vetted_on else "amended"

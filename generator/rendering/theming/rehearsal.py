"""Tries a theme's templates before they matter: on a full department and on an empty one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from generator.i18n import Translator
from generator.model.codes import DepartmentSlug, DepartmentStatus
from generator.model.registers import Department
from generator.pages import urls
from generator.pages.contexts import ChangeRow, DepartmentHome, Head, NewsEntry, PowerRow, Tally
from generator.pages.site import Link, Site
from generator.rendering.environment import Links
from generator.rendering.theming.block_rules import block
from generator.rendering.theming.blocks import block_data
from generator.rendering.theming.sandbox import SandboxError

_SLUG = DepartmentSlug("specimen")
_DAY = date(2000, 1, 1)


def failures(
    source: str, name: str, site: Site, page: DepartmentHome, found: Iterable[str], tr: Translator
) -> Iterator[str]:
    """Yield why a template does not stand on a page; nothing if it does."""
    addresses = {picture: f"{site.home}assets/{picture}" for picture in found}
    try:
        block(source, name, block_data(site, page, Links(page.head.address), addresses), tr)
    except SandboxError as error:
        yield from error.reasons


@cache
def specimens() -> tuple[tuple[Site, DepartmentHome], ...]:
    """Return the home pages of two invented departments: all of everything, and none of it."""
    home = urls.department(_SLUG)
    site = Site(
        slug=_SLUG, name="Specimen", city="City", language="en", home=home, tagline="Tagline",
        features=("search", "flowcharts", "packages"),
    )  # fmt: skip
    bare_site = Site(slug=_SLUG, name="Specimen", city="City", language="en", home=home)
    return (site, _full()), (bare_site, _bare())


def _full() -> DepartmentHome:
    home, bare = urls.department(_SLUG), _bare()
    rows = tuple(
        PowerRow(
            code=f"SP-{kind}-{n}", name=f"Power {n} of {kind}", address=f"{home}powers/{n}/",
            kind=kind, status="active", department="Specimen", applicant="both",
            summary="Summary", limit=20, unit="working_day", fee="none",
        )
        for kind in ("licensing", "inspection")
        for n in (1, 2)
    )  # fmt: skip
    tallies = tuple(
        Tally(address=f"{home}#kind-{kind}", text=kind, count=2, key=kind, note="Note")
        for kind in ("licensing", "inspection")
    )
    return DepartmentHome(
        head=bare.head,
        department=Department(
            slug=_SLUG, name="Department of Specimens", short_name="Specimens",
            status=DepartmentStatus.ACTIVE, summary="Summary", former_names=("Office",),
            address="1 Street", hours="9-17", phone="000-1", supervision_phone="000-2",
            email="office@example.invalid",
        ),
        active=4,
        ended=1,
        kinds=tallies,
        powers=rows,
        changes=tuple(ChangeRow(day=_DAY, row=row, change="added") for row in rows),
        life_events=tallies,
        news=(NewsEntry(day=_DAY, address=f"{home}news/new/", heading="New", opening="It begins"),),
        prose=(Link(address=f"{home}guide/", text="Guide"),),
        as_of=_DAY,
    )  # fmt: skip


def _bare() -> DepartmentHome:
    return DepartmentHome(
        head=Head(address=urls.department(_SLUG), title="Specimen"),
        department=Department(slug=_SLUG, name="Specimens", status=DepartmentStatus.ACTIVE),
        active=0,
        ended=0,
        kinds=(),
        powers=(),
        as_of=_DAY,
    )

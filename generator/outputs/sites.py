"""Which sites a release becomes, and what stands around their pages."""

from __future__ import annotations

from collections.abc import Mapping

from generator.config import SiteConfig
from generator.i18n import Translator
from generator.model.codes import DepartmentSlug, DepartmentStatus, PowerCode
from generator.model.release import Release
from generator.outputs.prose import Prose, Words
from generator.outputs.publication import ChartStore, PageMaker, Publication
from generator.pages import urls
from generator.pages.lookup import Lookup
from generator.pages.site import MUNICIPAL, Footer, Link, Site
from generator.rendering.theme import Theme


def publication(
    config: SiteConfig,
    release: Release,
    words: Words,
    themes: Mapping[DepartmentSlug, Theme],
    *,
    renderer: PageMaker,
    charts: ChartStore,
    chart_keys: Mapping[PowerCode, str],
    tr: Translator,
    only: str = "",
) -> Publication:
    """Return a release with its sites; `only` names one that is made alone, as a preview."""
    city = municipal(config, release, words.city, tr)
    return Publication(
        config=config,
        release=release,
        lookup=Lookup.of(release),
        municipal=city,
        departments=departments(config, release, themes, city, words.departments, tr, only),
        renderer=renderer,
        charts=charts,
        chart_keys=chart_keys,
        tr=tr,
        only=only,
    )


def municipal(
    config: SiteConfig, release: Release, prose: tuple[Prose, ...], tr: Translator
) -> Site:
    """Return the city's own site."""
    nav = [
        Link(address=urls.HOME, text=tr("Home")),
        Link(address=urls.DEPARTMENTS, text=tr("Departments")),
        Link(address=urls.KINDS, text=tr("Kinds of power")),
    ]
    if any(version.power.themes for version in release.powers.values()):
        nav.append(Link(address=urls.THEMES, text=tr("Themes of life")))
    if release.life_events:
        nav.append(Link(address=urls.LIFE_EVENTS, text=tr("Life events")))
    nav.append(Link(address=urls.LAWS, text=tr("Legal bases")))
    if config.features.get("flowcharts", True):
        nav.append(Link(address=urls.FLOWCHARTS, text=tr("Flowcharts")))
    if config.features.get("packages", True):
        nav.append(Link(address=urls.DATA, text=tr("Open data")))
    nav.append(Link(address=urls.ABOUT, text=tr("About")))
    return Site(
        slug=MUNICIPAL,
        name=config.title,
        city=config.name,
        language=config.language,
        region=config.region,
        tagline=config.tagline,
        origin=f"https://{config.domain}" if config.domain else "",
        demonstration=config.demonstration,
        nav=tuple(nav),
        pages=links(prose),
        footer=_footer(config),
        error_report=config.error_report,
        features=_features(config),
    )


def departments(
    config: SiteConfig,
    release: Release,
    themes: Mapping[DepartmentSlug, Theme],
    city: Site,
    prose: Mapping[DepartmentSlug, tuple[Prose, ...]],
    tr: Translator,
    only: str = "",
) -> Mapping[DepartmentSlug, Site]:
    """Return the site of each department that exists, in the order of the register.

    `city` is the municipal site; `only` names a site that is made alone, as a preview.
    """
    sites = {}
    for slug, department in release.departments.items():
        if department.status is not DepartmentStatus.ACTIVE:
            continue
        home = urls.department(slug)
        nav = [
            Link(address=home, text=tr("Home")),
            Link(address=f"{home}powers/", text=tr("All powers")),
        ]
        if config.features.get("flowcharts", True):
            nav.append(Link(address=f"{home}flowcharts/", text=tr("Flowcharts")))
        if config.features.get("packages", True):
            nav.append(Link(address=f"{home}data/", text=tr("Open data")))
        own = prose.get(slug, ())
        if any(page.day for page in own):
            nav.append(Link(address=f"{home}{urls.NEWS}", text=tr("News")))
        nav.extend(links(own, home))
        theme = themes[slug]
        sites[slug] = Site(
            slug=slug,
            name=theme.name or department.name,
            city=config.name,
            language=config.language,
            home=home,
            region=config.region,
            tagline=theme.tagline or department.summary,
            origin=f"https://{config.domain}" if config.domain else "",
            demonstration=config.demonstration,
            preview=slug == only,
            theme=theme.key,
            blocks=theme.blocks,
            nav=tuple(nav),
            pages=city.pages,
            footer=city.footer,
            error_report=config.error_report,
            features=_features(config),
        )
    return sites


def links(prose: tuple[Prose, ...], home: str = urls.HOME) -> tuple[Link, ...]:
    """Return the links to the pages of prose of a site; news has a list of its own."""
    return tuple(
        Link(address=f"{home}{page.name}/", text=page.heading) for page in prose if not page.day
    )


def _footer(config: SiteConfig) -> Footer:
    return Footer(
        sponsor=config.sponsor,
        site_code=config.site_code,
        icp_number=config.icp_number,
        public_security_number=config.public_security_number,
        phone=config.contact.phone,
        email=config.contact.email,
        postal_address=config.contact.address,
        licence_name=config.licence.title or config.licence.name,
        licence_url=config.licence.path,
    )


def _features(config: SiteConfig) -> tuple[str, ...]:
    known = ("search", "flowcharts", "packages", "handbooks")
    return tuple(name for name in known if config.features.get(name, True))

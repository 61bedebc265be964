"""The lists of powers by which people browse: all, by kind, by theme of life, for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from generator.model.codes import Applicant, PowerKind
from generator.model.release import VettedVersion
from generator.outputs import filters
from generator.outputs.heads import head
from generator.outputs.listing import counts, pages
from generator.outputs.publication import Publication
from generator.pages import subjects, urls
from generator.pages.contexts import Group, IndexPage, PowerListPage, Tally
from generator.pages.labels import label
from generator.pages.site import Link

EXAMPLES = 3
"""How many powers a theme's card names, so that people see whether it is theirs."""

_Versions = Iterable[VettedVersion]
_FOR = {
    urls.CITIZENS: ("citizen", (Applicant.CITIZEN, Applicant.BOTH)),
    urls.FIRMS: ("firm", (Applicant.FIRM, Applicant.BOTH)),
}


def plan(publication: Publication) -> Iterator[IndexPage | PowerListPage]:
    """Yield the lists of powers of the city's site and the pages that lead to them."""
    yield from _all_powers(publication)
    yield _kinds(publication)
    for kind in PowerKind:
        if any(v.power.kind is kind for v in publication.release.powers.values()):
            yield from _kind(publication, kind)
    themed = by_theme(publication)
    if themed:
        yield _themes(publication)
    for slug, versions in themed.items():
        yield from _theme(publication, slug, versions)
    yield _audiences(publication)
    for address, (value, applicants) in _FOR.items():
        chosen = tuple(v for v in publication.release.active() if v.power.applicant in applicants)
        yield from _audience(publication, address, value, chosen)


def ways(publication: Publication, without: str = "") -> tuple[Link, ...]:
    """Return the ways to browse the city's powers, the page's own aside."""
    tr, release = publication.tr, publication.release
    found = [
        Link(address=urls.DEPARTMENTS, text=tr("By department")),
        Link(address=urls.KINDS, text=tr("By kind of power")),
    ]
    if any(version.power.themes for version in release.powers.values()):
        found.append(Link(address=urls.THEMES, text=tr("By theme of life")))
    found.append(Link(address=urls.CITIZENS, text=tr("For citizens")))
    found.append(Link(address=urls.FIRMS, text=tr("For firms")))
    if release.life_events:
        found.append(Link(address=urls.LIFE_EVENTS, text=tr("By life event")))
    found.append(Link(address=urls.LAWS, text=tr("By legal basis")))
    found.append(Link(address=urls.POWERS, text=tr("All powers")))
    return tuple(link for link in found if link.address != without)


def _by_department(
    publication: Publication, versions: _Versions
) -> Iterator[tuple[str, str, tuple[VettedVersion, ...]]]:
    found: dict[str, list[VettedVersion]] = defaultdict(list)
    for version in versions:
        found[version.power.department].append(version)
    for slug, body in publication.release.departments.items():
        if slug in found:
            yield f"by-{slug}", body.label, tuple(found[slug])


def _all_powers(publication: Publication) -> Iterator[PowerListPage]:
    tr, active = publication.tr, tuple(publication.release.active())
    first = PowerListPage(
        head=head(publication, urls.POWERS, tr("All powers")),
        heading=tr("All powers"),
        intro=tr("Every power in force, by the body that holds it."),
        counts=counts(active),
        show=("kind", "limit"),
        filters=filters.of_list(publication, urls.POWERS, active),
        ways=ways(publication, urls.POWERS),
    )
    yield from pages(publication, publication.municipal, first, _by_department(publication, active))


def _kinds(publication: Publication) -> IndexPage:
    tr = publication.tr
    return IndexPage(
        head=head(publication, urls.KINDS, tr("Kinds of power")),
        heading=tr("Kinds of power"),
        intro=tr("What the city may do, by the kind of act."),
        groups=(Group(heading="", tallies=publication.kind_tallies(publication.municipal)),),
        ways=ways(publication, urls.KINDS),
    )


def _kind(publication: Publication, kind: PowerKind) -> Iterator[PowerListPage]:
    """Yield the pages of a kind; one whose powers were all given up keeps its address."""
    tr, versions = publication.tr, publication.lookup.by_kind.get(kind, ())
    title, address = label(kind, tr), urls.kind(kind)
    first = PowerListPage(
        head=head(
            publication, address, title, under=Link(address=urls.KINDS, text=tr("Kinds of power"))
        ),
        heading=title,
        intro=tr("Powers in force of the kind “{kind}”, by body.", kind=title),
        counts=counts(versions),
        show=("limit", "applicant"),
        filters=filters.of_list(publication, address, versions, scope=(("kind", kind.value),)),
        ways=ways(publication, urls.KINDS),
    )
    yield from pages(
        publication, publication.municipal, first, _by_department(publication, versions)
    )


def by_theme(publication: Publication) -> dict[str, tuple[VettedVersion, ...]]:
    """Return the powers in force under each theme's address, in the order of the themes.

    A theme whose powers were all given up stays, empty: an address once published never dies.
    """
    themes = {theme for v in publication.release.powers.values() for theme in v.power.themes}
    found: dict[str, list[VettedVersion]] = {
        subjects.slug(theme): [] for theme in sorted(themes, key=subjects.order)
    }
    for version in publication.release.active():
        for slug in dict.fromkeys(map(subjects.slug, version.power.themes)):
            found[slug].append(version)
    return {slug: tuple(versions) for slug, versions in found.items()}


def theme_tallies(publication: Publication) -> tuple[Tally, ...]:
    """Return the themes that have powers in force, each with a few that people come for."""
    names = _theme_names(publication)
    return tuple(
        Tally(
            address=f"{urls.THEMES}{slug}/",
            text=names[slug],
            count=len(versions),
            note=publication.tr(", ").join(_examples(versions)),
        )
        for slug, versions in by_theme(publication).items()
        if versions
    )


def _theme_names(publication: Publication) -> dict[str, str]:
    themes = {theme for v in publication.release.powers.values() for theme in v.power.themes}
    return {subjects.slug(theme): theme for theme in sorted(themes, reverse=True)}


def _examples(versions: tuple[VettedVersion, ...]) -> list[str]:
    """Return short names of powers that people apply for, no two alike in how they begin."""
    asked = [v.power for v in versions if v.power.applicant is not Applicant.NONE]
    plain = sorted(asked, key=lambda power: (len(power.name), power.code))
    return list({power.name[:4]: power.name for power in reversed(plain[:12])}.values())[-EXAMPLES:]


def _themes(publication: Publication) -> IndexPage:
    tr = publication.tr
    return IndexPage(
        head=head(publication, urls.THEMES, tr("Themes of life"), column_type=tr("Services")),
        heading=tr("Themes of life"),
        intro=tr("What people and firms have to do with the city, by what it is about."),
        groups=(Group(heading="", tallies=theme_tallies(publication), key="themes"),),
        ways=ways(publication, urls.THEMES),
    )


def _theme(
    publication: Publication, slug: str, versions: tuple[VettedVersion, ...]
) -> Iterator[PowerListPage]:
    tr, address = publication.tr, f"{urls.THEMES}{slug}/"
    title = _theme_names(publication)[slug]
    headings = {
        Applicant.BOTH: tr("Citizens and firms may apply"),
        Applicant.CITIZEN: tr("Citizens may apply"),
        Applicant.FIRM: tr("Firms and other organisations may apply"),
        Applicant.NONE: tr("The authorities act by themselves"),
    }
    first = PowerListPage(
        head=head(
            publication,
            address,
            title,
            under=Link(address=urls.THEMES, text=tr("Themes of life")),
            column_type=tr("Services"),
        ),
        heading=title,
        intro=tr("Powers in force on this theme: first what you apply for yourself."),
        counts=counts(versions),
        show=("kind", "department", "limit"),
        filters=filters.of_list(publication, address, versions, scope=(("theme", slug),)),
        ways=ways(publication, urls.THEMES),
    )
    groups = (
        (f"for-{each.value}", heading, [v for v in versions if v.power.applicant is each])
        for each, heading in headings.items()
    )
    yield from pages(publication, publication.municipal, first, groups)


def audience_tallies(publication: Publication) -> tuple[Tally, ...]:
    """Return for whom there are powers to apply for, with how many."""
    tr = publication.tr
    texts = {urls.CITIZENS: tr("For citizens"), urls.FIRMS: tr("For firms")}
    return tuple(
        Tally(
            address=address,
            text=texts[address],
            count=sum(v.power.applicant in applicants for v in publication.release.active()),
        )
        for address, (_, applicants) in _FOR.items()
    )


def _audiences(publication: Publication) -> IndexPage:
    tr = publication.tr
    return IndexPage(
        head=head(publication, urls.AUDIENCES, tr("For whom"), column_type=tr("Services")),
        heading=tr("For whom"),
        intro=tr("What citizens and what firms may apply for; much is for both."),
        groups=(Group(heading="", tallies=audience_tallies(publication)),),
        ways=ways(publication),
    )


def _audience(
    publication: Publication, address: str, value: str, versions: tuple[VettedVersion, ...]
) -> Iterator[PowerListPage]:
    """Yield the pages of what citizens or firms may apply for, by what it is about first."""
    tr = publication.tr
    is_citizens = address == urls.CITIZENS
    title = tr("For citizens") if is_citizens else tr("For firms")
    found: dict[str, list[VettedVersion]] = defaultdict(list)
    for version in versions:
        found[version.power.themes[0] if version.power.themes else ""].append(version)
    first = PowerListPage(
        head=head(
            publication,
            address,
            title,
            under=Link(address=urls.AUDIENCES, text=tr("For whom")),
            column_type=tr("Services"),
        ),
        heading=title,
        intro=tr("Everything that a citizen may apply for, by theme.")
        if is_citizens
        else tr("Everything that a firm or another organisation may apply for, by theme."),
        counts=counts(versions),
        show=("department", "limit", "fee"),
        filters=filters.of_list(publication, address, versions, scope=(("applicant", value),)),
        ways=ways(publication, address),
    )
    order = sorted(found, key=lambda theme: (not theme, subjects.order(theme)))
    groups = (
        (f"on-{subjects.slug(theme)}", theme or tr("Without a theme"), found[theme])
        for theme in order
    )
    yield from pages(publication, publication.municipal, first, groups)

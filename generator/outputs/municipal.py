"""The city's own site: home, lists, law pages, life events, what was given up, what is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from generator.builder.artifact import Artifact
from generator.model.codes import DepartmentSlug, DepartmentStatus, PowerCode, Rank
from generator.model.power import LegalBasis
from generator.model.registers import Instrument, LifeEvent
from generator.model.release import VettedVersion
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import (
    ArticleUse,
    ChangesPage,
    EndedPage,
    EndedRow,
    EventStage,
    Group,
    Head,
    IndexPage,
    LawPage,
    LifeEventPage,
    MunicipalHome,
    Page,
    PowerListPage,
    PowerRow,
    Tally,
)
from generator.pages.labels import citation, label
from generator.pages.site import Link

CITY_GOVERNMENT = DepartmentSlug("municipal-government")
NEWEST = 8
"""How many changes the home page shows; the changes page has them all."""


def plan(publication: Publication) -> Iterator[Artifact]:
    """Yield the pages of the municipal site other than records, drawings and data."""
    for page in _pages(publication):
        yield publication.page(publication.municipal, page)


def _pages(publication: Publication) -> Iterator[Page]:
    yield _home(publication)
    yield _all_powers(publication)
    yield _kinds(publication)
    yield from _kind_lists(publication)
    yield _departments(publication)
    yield _laws(publication)
    for instrument in publication.release.instruments.values():
        yield _law(publication, instrument)
    if publication.release.life_events:
        yield _life_events(publication)
        for event in publication.release.life_events.values():
            yield _life_event(publication, event)
    yield _mayor(publication)
    yield ended(publication)
    yield changes(publication)


def head(publication: Publication, address: str, title: str, **more: str) -> Head:
    """Return the head of a page one level below the city's home page."""
    home = Link(address=publication.municipal.home, text=publication.tr("Home"))
    crumbs = [home]
    if "under" in more:
        crumbs.append(Link(address=more["under"], text=more["under_title"]))
    return Head(
        address=address,
        title=title,
        description=more.get("description", ""),
        crumbs=tuple(crumbs),
        column=more.get("under_title", title),
        column_type=more.get("column_type") or publication.tr("Functions of bodies"),
    )


def _home(publication: Publication) -> MunicipalHome:
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
        departments=department_tallies(publication),
        life_events=event_tallies(publication),
        changes=publication.changes(tuple(release.powers.values()), publication.municipal)[:NEWEST],
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


def event_tallies(publication: Publication) -> tuple[Tally, ...]:
    """Return the life events with the number of their powers in force."""
    powers = publication.release.powers
    return tuple(
        Tally(
            address=urls.life_event(event.slug),
            text=event.name,
            count=sum(
                1
                for entry in event.powers
                if entry.power in powers and powers[entry.power].power.is_active
            ),
            key=event.audience,
            note=event.summary,
        )
        for event in publication.release.life_events.values()
    )


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
        groups=(Group(heading="", tallies=department_tallies(publication), key="departments"),),
    )


def _laws(publication: Publication) -> IndexPage:
    tr = publication.tr
    by_rank: dict[Rank, list[Tally]] = {rank: [] for rank in Rank}
    unused: list[Tally] = []
    for instrument in publication.release.instruments.values():
        uses = publication.lookup.by_instrument.get(instrument.id, ())
        tally = Tally(
            address=urls.law(instrument.id),
            text=instrument.title,
            count=len({version.power.code for version, _ in uses}),
            key=instrument.rank.value,
        )
        (by_rank[instrument.rank] if uses else unused).append(tally)
    groups = [
        Group(heading=label(rank, tr), tallies=tuple(tallies), key=rank.value)
        for rank, tallies in by_rank.items()
        if tallies
    ]
    if unused:
        heading = tr("In the register, though no power in force rests on them")
        groups.append(Group(heading=heading, tallies=tuple(unused), key="unused"))
    return IndexPage(
        head=head(publication, urls.LAWS, tr("Legal bases"), column_type=tr("Policy documents")),
        heading=tr("Legal bases"),
        intro=tr("The laws and regulations on which the powers rest, by rank."),
        groups=tuple(groups),
    )


def _law(publication: Publication, instrument: Instrument) -> LawPage:
    tr = publication.tr
    uses = publication.lookup.by_instrument.get(instrument.id, ())
    articles: dict[tuple[int, str], list[tuple[PowerRow, str]]] = defaultdict(list)
    for version, basis in uses:
        row = publication.row(version, publication.municipal)
        articles[basis.article or 0, basis.article_suffix].append((row, _cited(basis, publication)))
    newer = instrument.superseded_by
    register = publication.release.instruments
    return LawPage(
        head=head(
            publication,
            urls.law(instrument.id),
            instrument.title,
            under=urls.LAWS,
            under_title=tr("Legal bases"),
            description=tr(
                "Which powers rest on which article of {title}.", title=instrument.title
            ),
            column_type=tr("Policy documents"),
        ),
        instrument=instrument,
        articles=tuple(
            ArticleUse(article=number or None, suffix=suffix, rows=tuple(rows))
            for (number, suffix), rows in sorted(articles.items())
        ),
        total=len({version.power.code for version, _ in uses}),
        superseded_by=Link(address=urls.law(newer), text=register[newer].title)
        if newer in register and newer is not None
        else None,
    )


def _cited(basis: LegalBasis, publication: Publication) -> str:
    parts = (basis.article, basis.article_suffix, basis.paragraph, basis.subparagraph)
    return citation(*parts, publication.tr) if basis.article else ""


def _life_events(publication: Publication) -> IndexPage:
    tr = publication.tr
    return IndexPage(
        head=head(publication, urls.LIFE_EVENTS, tr("Life events"), column_type=tr("Services")),
        heading=tr("Life events"),
        intro=tr("What people want to get done, across departments."),
        groups=(Group(heading="", tallies=event_tallies(publication), key="life-events"),),
    )


def _life_event(publication: Publication, event: LifeEvent) -> LifeEventPage:
    tr = publication.tr
    return LifeEventPage(
        head=head(
            publication,
            urls.life_event(event.slug),
            event.name,
            under=urls.LIFE_EVENTS,
            under_title=tr("Life events"),
            description=event.summary,
            column_type=tr("Services"),
        ),
        event=event,
        stages=tuple(_stages(publication, event)),
    )


def _stages(publication: Publication, event: LifeEvent) -> Iterator[EventStage]:
    """Yield the powers of a life event in rounds: those of one round may run side by side."""
    powers = publication.release.powers
    entries = {entry.power: entry for entry in event.powers if entry.power in powers}
    before: dict[PowerCode, set[PowerCode]] = {
        code: {earlier for earlier in entry.after if earlier in entries}
        for code, entry in entries.items()
    }
    sorter = TopologicalSorter(before)
    try:
        sorter.prepare()
    except CycleError:  # refused by the gate; an old edition may still hold one
        sorter = TopologicalSorter({code: set() for code in entries})
        sorter.prepare()
    number = 0
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=list(entries).index)
        number += 1
        yield EventStage(
            number=number,
            steps=tuple(
                (publication.row(powers[code], publication.municipal), bool(entries[code].optional))
                for code in ready
            ),
        )
        sorter.done(*ready)


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

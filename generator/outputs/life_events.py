"""The pages of life events: what people want to get done, across departments, in order."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from generator.builder.artifact import Artifact
from generator.model.codes import PowerCode
from generator.model.registers import LifeEvent
from generator.outputs.browsing import ways
from generator.outputs.event_totals import totals
from generator.outputs.heads import head
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import EventStage, Group, IndexPage, LifeEventPage, Tally


def plan(publication: Publication) -> Iterator[Artifact]:
    """Yield the list of life events and a page for each; nothing if the city has none."""
    events = publication.release.life_events.values()
    if events:
        yield publication.page(publication.municipal, _life_events(publication))
    for event in events:
        yield publication.page(publication.municipal, life_event_page(publication, event))


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


def _life_events(publication: Publication) -> IndexPage:
    tr = publication.tr
    return IndexPage(
        head=head(publication, urls.LIFE_EVENTS, tr("Life events"), column_type=tr("Services")),
        heading=tr("Life events"),
        intro=tr("What people want to get done, across departments."),
        groups=(Group(heading="", tallies=event_tallies(publication), key="life-events"),),
        ways=ways(publication, urls.LIFE_EVENTS),
    )


def life_event_page(publication: Publication, event: LifeEvent) -> LifeEventPage:
    """Return the page of a life event: its powers in rounds, and what they take in all."""
    tr, powers = publication.tr, publication.release.powers
    rounds = tuple(_rounds(publication, event))
    optional = frozenset(entry.power for entry in event.powers if entry.optional)
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
        stages=tuple(
            EventStage(
                number=number,
                steps=tuple(
                    (publication.row(powers[code], publication.municipal), code in optional)
                    for code in codes
                ),
            )
            for number, codes in enumerate(rounds, 1)
        ),
        totals=totals(
            [[powers[code].power for code in codes] for codes in rounds],
            {entry.power: entry.after for entry in event.powers},
            optional,
            tr,
        ),
    )


def _rounds(publication: Publication, event: LifeEvent) -> Iterator[tuple[PowerCode, ...]]:
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
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=list(entries).index)
        yield tuple(ready)
        sorter.done(*ready)

"""The pages of life events: what people want to get done, across departments, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from generator.builder.artifact import Artifact
from generator.model.codes import PowerCode
from generator.model.power import Power
from generator.model.registers import LifeEvent
from generator.outputs.browsing import ways
from generator.outputs.event_bring import places, to_bring
from generator.outputs.event_schedule import Schedule, days, schedule
from generator.outputs.event_totals import totals
from generator.outputs.heads import head
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import EventStage, EventStep, Group, IndexPage, LifeEventPage, Tally
from generator.pages.labels import limit
from generator.pages.site import Link


def plan(publication: Publication) -> Iterator[Artifact]:
    """Yield the list of life events and a page for each; nothing if the city has none."""
    events = publication.release.life_events.values()
    if events:
        yield publication.page(publication.municipal, _life_events(publication))
    for event in events:
        yield publication.page(publication.municipal, life_event_page(publication, event))


def event_tallies(
    publication: Publication, counts: Callable[[Power], bool] = lambda power: True
) -> tuple[Tally, ...]:
    """Return the life events with the number of their powers in force, of those that count."""
    powers = publication.release.powers
    return tuple(
        Tally(
            address=urls.life_event(event.slug),
            text=event.name,
            count=sum(
                1
                for entry in event.powers
                if (vetted := powers.get(entry.power))
                and vetted.power.is_active
                and counts(vetted.power)
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
    tr, release = publication.tr, publication.release
    powers = {
        entry.power: release.powers[entry.power].power
        for entry in event.powers
        if entry.power in release.powers
    }
    optional = frozenset(entry.power for entry in event.powers if entry.optional)
    order = schedule(powers, {entry.power: entry.after for entry in event.powers}, optional)
    stages = tuple(_stages(publication, order, optional))
    active = [
        (step.number, powers[code], step.optional)
        for step, code in zip(_steps(stages), _codes(order), strict=True)
        if powers[code].is_active
    ]
    standing = head(
        publication,
        urls.life_event(event.slug),
        event.name,
        under=Link(address=urls.LIFE_EVENTS, text=tr("Life events")),
        description=event.summary,
        column_type=tr("Services"),
    )
    return LifeEventPage(
        head=replace(standing, scripts=(urls.EVENT_BRING,)),
        event=event,
        stages=stages,
        totals=totals(order, powers, tr),
        exact=order.unit is not None,
        bring=tuple(to_bring(publication, active)),
        places=tuple(places(publication, active)),
    )


def _codes(order: Schedule) -> Iterator[PowerCode]:
    return chain.from_iterable(order.rounds)


def _steps(stages: Iterable[EventStage]) -> Iterator[EventStep]:
    return chain.from_iterable(stage.steps for stage in stages)


def _stages(
    publication: Publication, order: Schedule, optional: frozenset[PowerCode]
) -> Iterator[EventStage]:
    numbers = {code: number for number, code in enumerate(_codes(order), 1)}
    whole = days(order.one_by_one) or 1.0
    for number, codes in enumerate(order.rounds, 1):
        steps = []
        for code in codes:
            version, span = publication.release.powers[code], order.spans.get(code)
            steps.append(
                EventStep(
                    number=numbers[code],
                    row=publication.row(version, publication.municipal),
                    optional=code in optional,
                    after=tuple(sorted(numbers[each] for each in order.before[code])),
                    longest=code in order.longest and len(order.needed) > 1,
                    time=limit(*version.power.limit, publication.tr),
                    begins=round(days(order.begins[code]) / whole, 4),
                    lasts=None if span is None else round(days(span) / whole, 4),
                )
            )
        yield EventStage(number=number, steps=tuple(steps))

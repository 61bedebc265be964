"""The two kinds of book: a department's powers by kind, and a life event's in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.model.codes import DepartmentSlug
from generator.model.registers import Department, LifeEvent
from generator.model.release import VettedVersion
from generator.outputs.handbooks import facts
from generator.outputs.life_events import life_event_page
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.labels import label, limit
from generator.pages.materials import merge

Book = dict[str, Any]


def of_department(publication: Publication, slug: DepartmentSlug) -> Book:
    """Return a department's handbook, without what `enrich` adds at the printing."""
    tr, body = publication.tr, publication.release.departments[slug]
    versions = publication.lookup.by_department.get(slug, ())
    parts = [
        {
            "title": label(kind, tr),
            "note": "",
            "powers": [facts.power(publication, version) for version in mine],
        }
        for kind, all_ in publication.lookup.by_kind.items()
        if (mine := [version for version in all_ if version.power.department == slug])
    ]
    count = sum(1 for version in versions if version.power.is_active)
    return {
        **_common(publication, versions),
        "title": body.name,
        "kicker": publication.config.name,
        "subtitle": tr("Handbook of powers and services"),
        "summary": body.summary,
        "counts": tr.plural("{n} power", "{n} powers", count),
        "contact": facts.contact(body, tr),
        "url": facts.address(publication, urls.department(slug)),
        "parts": parts,
        "ended": [_ended(publication, v) for v in versions if not v.power.is_active],
        "event": None,
    }


def of_event(publication: Publication, event: LifeEvent) -> Book:
    """Return a life event's handbook: its order, one list of what to bring, a card for each power."""
    tr, release = publication.tr, publication.release
    page = life_event_page(publication, event)
    stages = [
        [(release.powers[step.row.code], step.optional) for step in stage.steps]  # type: ignore[index]
        for stage in page.stages
    ]
    active = [(v, o) for stage in stages for v, o in stage if v.power.is_active]
    versions = [version for version, _ in active]
    sums = page.totals
    totals = []
    if sums:
        totals = [
            (tr("To get done"), tr.plural("{n} power", "{n} powers", sums.powers)),
            (tr("Bodies"), tr.plural("{n} body", "{n} bodies", sums.bodies)),
            (tr("One by one"), sums.one_by_one),
            (tr("Side by side"), sums.side_by_side),
        ]
    parts = [
        {
            "title": tr("Stage {n}", n=number),
            "note": tr("These may run side by side.") if len(stage) > 1 else "",
            "powers": [facts.card(publication, v) for v, _ in stage if v.power.is_active],
        }
        for number, stage in enumerate(stages, 1)
        if any(v.power.is_active for v, _ in stage)
    ]
    return {
        **_common(publication, versions),
        "title": event.name,
        "kicker": publication.config.name,
        "subtitle": tr("One handbook for the whole matter"),
        "summary": event.summary,
        "counts": tr.plural("{n} power", "{n} powers", len(versions)),
        "contact": [],
        "url": facts.address(publication, urls.life_event(event.slug)),
        "parts": parts,
        "ended": [],
        "event": {
            "totals": [(name, text) for name, text in totals if text],
            "order": [_order(publication, *each) for each in _numbered(stages)],
            "bring": list(merged(active)),
            "fees": [
                (each.power.name, fee.name, fee.standard)
                for each in versions
                for fee in each.power.fees
            ],
            "bodies": [_body(publication, body) for body in _bodies(publication, versions)],
        },
    }


def merged(powers: Iterable[tuple[VettedVersion, bool]]) -> Iterator[dict[str, Any]]:
    """Yield what to bring, each thing once, with the powers that ask for it."""
    for thing in merge((version.power, optional) for version, optional in powers):
        yield {
            "name": thing.name,
            "always": thing.always,
            "shared": thing.shared,
            "copies": thing.originals + thing.copies,
            "powers": [asked.name for asked in thing.asked],
        }


def _common(publication: Publication, versions: Iterable[VettedVersion]) -> Book:
    tr, days = publication.tr, [version.vetted_on for version in versions]
    lang, _, region = tr.language.partition("-")
    last = max(days, default=publication.release.date)
    note = tr("This is a demonstration, not an official publication.")
    return {
        "lang": lang,
        "region": region,
        "day": [last.year, last.month, last.day],
        "day_text": facts.day_words(publication)(last),
        "demonstration": note if publication.config.demonstration else "",
        "author": publication.config.sponsor or publication.config.name,
    }


def _ended(publication: Publication, version: VettedVersion) -> dict[str, str]:
    power = version.power
    day = facts.day_words(publication)(power.status_from) if power.status_from else ""
    return {
        "code": power.code,
        "name": power.name,
        "status": label(power.status, publication.tr),
        "since": day,
        "reason": power.status_reason,
        "document": power.status_document,
    }


def _numbered(
    stages: list[list[tuple[VettedVersion, bool]]],
) -> Iterator[tuple[int, VettedVersion, bool]]:
    for number, stage in enumerate(stages, 1):
        for version, optional in stage:
            if version.power.is_active:
                yield number, version, optional


def _order(
    publication: Publication, number: int, version: VettedVersion, optional: bool
) -> Mapping[str, Any]:
    tr, power = publication.tr, version.power
    return {
        "stage": number,
        "code": power.code,
        "name": power.name,
        "department": publication.release.departments[power.department].label,
        "time": limit(*power.limit, tr),
        "fee": label(power.fee, tr),
        "note": tr("only in some cases") if optional else "",
    }


def _bodies(publication: Publication, versions: Iterable[VettedVersion]) -> Iterator[Department]:
    for slug in dict.fromkeys(version.power.department for version in versions):
        yield publication.release.departments[slug]


def _body(publication: Publication, body: Department) -> dict[str, Any]:
    return {"name": body.name, "rows": facts.contact(body, publication.tr)}

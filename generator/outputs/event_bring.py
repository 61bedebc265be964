"""What a life event asks for in all, and where it is done: each thing and each office once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from generator.i18n import Translator
from generator.model.codes import Applicant, PowerCode
from generator.model.power import Power
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import Bring, BringAsked, EventPlace
from generator.pages.labels import label
from generator.pages.materials import Asked, Wanted, merge, same
from generator.pages.site import Link

Numbered = Sequence[tuple[int, Power, bool]]
"""Powers in force with their numbers in the event, and whether each is optional."""

ELSEWHERE = ("county", "township")
"""Levels at which another office than the department decides."""


def to_bring(publication: Publication, powers: Numbered) -> Iterator[Bring]:
    """Yield what to bring, each thing once, with which powers ask for it and how much."""
    numbers = {power.code: number for number, power, _ in powers}
    for thing in merge((power, optional) for _, power, optional in powers):
        yield Bring(
            key=hashlib.sha256(same(thing.name).encode()).hexdigest()[:8],
            name=thing.name,
            always=thing.always,
            shared=thing.shared,
            amount=_amount(thing, publication.tr),
            asked=tuple(_asked(publication, thing, numbers)),
            forms=tuple(_forms(publication, thing)),
        )


def _amount(thing: Wanted, tr: Translator) -> str:
    said = []
    if thing.originals:
        said.append(tr.plural("{n} original", "{n} originals", thing.originals))
    if thing.copies:
        said.append(tr.plural("{n} photocopy", "{n} photocopies", thing.copies))
    if thing.electronic:
        said.append(label("electronic", tr, column="form"))
    return tr(", ").join(said)


def _asked(
    publication: Publication, thing: Wanted, numbers: Mapping[PowerCode, int]
) -> Iterator[BringAsked]:
    tr = publication.tr
    told: dict[PowerCode, list[str]] = {}
    for each in thing.asked:
        told.setdefault(each.power, []).extend(_notes(each, thing, tr))
    for code, notes in sorted(told.items(), key=lambda pair: numbers[pair[0]]):
        link = publication.link(code, publication.municipal)
        if link:
            note = tr(", ").join(dict.fromkeys(notes))
            yield BringAsked(number=numbers[code], link=link, note=note)


def _notes(each: Asked, thing: Wanted, tr: Translator) -> Iterator[str]:
    """Yield what holds for this power and not for the thing as a whole."""
    if each.shared and not thing.shared:
        yield tr("the office gets it itself")
    elif thing.always and not each.certain:
        yield tr("only in some cases")


def _forms(publication: Publication, thing: Wanted) -> Iterator[Link]:
    found = {}
    for each in thing.asked:
        it = each.material
        name = PurePosixPath(it.blank_form).name
        file = publication.lookup.attachments.get((it.blank_form_sha256, name))
        if file:
            text = publication.tr("Blank form") + f" {file.form}"
            found[it.blank_form_sha256] = Link(
                address=urls.attachment(it.blank_form_sha256, file.name), text=text
            )
    yield from found.values()


def places(publication: Publication, powers: Numbered) -> Iterator[EventPlace]:
    """Yield the offices in the order in which they are needed first, each with its powers."""
    at: dict[tuple[str, bool, str, str, str], list[int]] = {}
    for number, power, _ in powers:
        body = publication.release.departments[power.department]
        below = power.level in ELSEWHERE
        where = power.place if power.applicant is not Applicant.NONE else ""
        key = (
            body.label,
            below,
            "" if below else where or body.address,
            "" if below else power.hours or body.hours,
            power.phone or body.phone,
        )
        at.setdefault(key, []).append(number)
    for (name, below, address, hours, phone), numbers in at.items():
        yield EventPlace(
            name=_below(name, publication.tr) if below else name,
            numbers=tuple(numbers),
            address=address,
            hours=hours,
            phone=phone,
        )


def _below(name: str, tr: Translator) -> str:
    leads = tr("{name} leads the work", name=name)
    return tr("An office of your county or district") + tr(" ({note})", note=leads)

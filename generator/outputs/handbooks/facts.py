"""What a handbook says of one power: the facts of its page, in words, in the order of its page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from generator.flowcharts.outline import OutlineStep, outline
from generator.i18n import Translator
from generator.model.codes import Applicant, FeeKind
from generator.model.power import Fee, Material, Penalty, Power, Responsibility
from generator.model.registers import Department
from generator.model.release import VettedVersion
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.labels import citation, label, limit

Rows = list[tuple[str, str]]
ELSEWHERE = ("county", "township")
"""Levels at which another office than the department decides."""


def day_words(publication: Publication) -> Callable[[Any], str]:
    """Return what writes a day as the city's pages do."""
    from generator.rendering.facts import day_writer

    return day_writer(publication.tr.language)


def address(publication: Publication, path: str) -> str:
    """Return the whole address of a page, "" for a city without a domain."""
    origin = publication.municipal.origin
    return f"{origin}/{path}" if origin else ""


def power(publication: Publication, version: VettedVersion) -> dict[str, Any]:
    """Return a power for the template: texts, rows of name and text, lists of them."""
    tr, it = publication.tr, version.power
    body = publication.release.departments[it.department]
    key = publication.chart_keys.get(it.code, "")
    steps = outline(it.procedure, tr).steps if it.procedure else ()
    day = day_words(publication)
    return {
        "code": it.code,
        "name": it.name,
        "kind": label(it.kind, tr),
        "department": body.name,
        "aliases": tr(", ").join(it.aliases),
        "summary": it.summary,
        "answers": answers(it, body, tr),
        "apply_title": tr("Contact") if it.applicant is Applicant.NONE else tr("Can I apply"),
        "apply": _filled(_apply(it, body, tr)),
        "materials": [_material(each, tr) for each in it.materials],
        "fee": label(it.fee, tr),
        "fees": [_fee(each, tr) for each in it.fees],
        "time": _filled(
            [
                (tr("Promised"), limit(it.promised_limit, it.promised_unit, tr)),
                (tr("Allowed by law"), limit(it.statutory_limit, it.statutory_unit, tr)),
                (tr("How it is counted"), it.limit_note),
            ]
        ),
        "steps": [_step(each, tr) for each in steps],
        "penalties": [_penalty(each, tr) for each in it.penalties],
        "bases": bases(publication, it),
        "duties": [_duty(each, tr) for each in it.responsibilities],
        "remedy": _filled(
            [
                (tr("How a decision can be challenged"), it.remedy),
                (tr("Complaints line"), it.supervision_phone or body.supervision_phone),
            ]
        ),
        "url": address(publication, urls.power(it.code)),
        "changed": day(version.vetted_on),
        "digest": version.digest,
        "chart": key if key in publication.charts else None,
    }


def card(publication: Publication, version: VettedVersion) -> dict[str, Any]:
    """Return what somebody on an errand needs of a power; the rest is in its department's book."""
    whole, tr = power(publication, version), publication.tr
    told = [row for row in whole["answers"] if row[0] != tr("Where?")]  # stands below
    left_out: dict[str, list[Any]] = {name: [] for name in ("steps", "bases", "duties", "time")}
    return {**whole, "chart": None, "answers": told, **left_out}


def answers(it: Power, body: Department, tr: Translator) -> Rows:
    """Return the questions that the power's page answers first, with their answers."""
    elsewhere = it.level in ELSEWHERE
    who = body.label
    if elsewhere:
        leads = tr("{name} leads the work", name=body.label)
        who = tr("An office of your county or district") + tr(" ({note})", note=leads)
    rows = [(tr("Can I apply?"), label(it.applicant, tr)), (tr("Who decides?"), who)]
    rows.append((tr("How long?"), limit(*it.limit, tr)))
    if it.applicant is not Applicant.NONE or it.fee is not FeeKind.NONE:
        rows.append((tr("Any fee?"), label(it.fee, tr)))
    if it.applicant is not Applicant.NONE:
        place = tr("At that office; the summary says which") if elsewhere else ""
        rows.append((tr("Where?"), place or it.place or body.address))
    return _filled(rows)


def contact(body: Department, tr: Translator) -> Rows:
    """Return how to reach a department."""
    return _filled(
        [
            (tr("Where"), body.address),
            (tr("When"), body.hours),
            (tr("Telephone"), body.phone),
            (tr("Complaints line"), body.supervision_phone),
            (tr("E-mail"), body.email),
        ]
    )


def bases(publication: Publication, it: Power) -> Rows:
    """Return the legal bases: the place in the law, what it does for the power."""
    found = []
    for basis in it.legal_bases:
        instrument = publication.release.instruments.get(basis.instrument)
        title = instrument.title if instrument else basis.instrument
        place = citation(
            basis.article,
            basis.article_suffix,
            basis.paragraph,
            basis.subparagraph,
            publication.tr,
        )
        gap = "" if publication.tr.language.startswith("zh") else " "
        found.append((f"{title}{gap}{place}".strip(), label(basis.role, publication.tr)))
    return found


def _apply(it: Power, body: Department, tr: Translator) -> Rows:
    channels = tr(", ").join(label(each, tr, column="channels") for each in it.channels)
    return [
        (tr("Conditions"), it.conditions),
        (tr("Quantity limit"), it.quantity_limit),
        (tr("Ways to apply"), channels),
        (tr("Where"), it.place or body.address),
        (tr("When"), it.hours or body.hours),
        (tr("Telephone"), it.phone or body.phone),
        (tr("What you get"), it.result),
        (tr("How long it is valid"), it.validity),
        (tr("Entrusted to"), it.entrusted_to),
    ]


def _material(it: Material, tr: Translator) -> dict[str, Any]:
    copies = tr.plural("{n} copy", "{n} copies", it.copies) if it.copies else ""
    about = [label(it.form, tr, column="form") if it.form else "", copies]
    about.append(label(it.source, tr, column="source") if it.source else "")
    about.append(tr("blank form on the website") if it.blank_form else "")
    return {
        "name": it.name,
        "always": it.required is not False,
        "note": "" if it.required is not False else tr("only in some cases"),
        "about": tr(", ").join(filter(None, about)),
        "shared": it.source == "shared",
    }


def _fee(it: Fee, tr: Translator) -> dict[str, Any]:
    rows = [(tr("Rate"), it.standard), (tr("Basis"), it.basis), (tr("Reductions"), it.reductions)]
    return {"name": it.name, "rows": _filled(rows)}


def _penalty(it: Penalty, tr: Translator) -> dict[str, Any]:
    return {
        "name": it.conduct,
        "rows": _filled(
            [
                (tr("Circumstance"), it.circumstance),
                (tr("Sanction"), it.sanction),
                (tr("Range"), it.range),
                (tr("Use of the range"), it.discretion),
            ]
        ),
    }


def _duty(it: Responsibility, tr: Translator) -> dict[str, Any]:
    return {
        "name": it.duty,
        "rows": _filled(
            [
                (tr("Basis of the duty"), it.duty_basis),
                (tr("If it fails to"), it.accountability),
                (tr("Basis of accountability"), it.accountability_basis),
            ]
        ),
    }


def _step(it: OutlineStep, tr: Translator) -> dict[str, Any]:
    about = [it.post, it.limit, "" if it.counted else tr("not counted in the time limit")]
    about.append(it.document)
    ways = [
        (way.condition + tr(": ") if way.condition else "")
        + (tr("back to step %d") if way.back else tr("to step %d")) % way.number
        for way in it.ways
        if way.condition or way.back or way.number != it.number + 1
    ]
    return {
        "number": it.number,
        "name": it.name,
        "kind": it.kind.value,
        "about": tr(", ").join(filter(None, about)),
        "ways": ways,
    }


def _filled(rows: Iterable[tuple[str, str]]) -> Rows:
    return [(name, text) for name, text in rows if text]

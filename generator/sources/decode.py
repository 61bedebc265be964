"""Canonical records and register rows into the model. The hot path of a build: plain and quick.

A record from the ledger is trusted; one from the working tables may hold what no schema
allows. A column that is no must then reads as empty, and the gate has the finding. Keys
that a newer ledger may have are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from generator.model.codes import (
    Applicant,
    BasisRole,
    DepartmentSlug,
    FeeKind,
    InstrumentId,
    PowerCode,
    PowerKind,
    PowerStatus,
    StepKind,
    TimeUnit,
)
from generator.model.power import (
    Fee,
    LegalBasis,
    Material,
    Move,
    Penalty,
    Power,
    Procedure,
    Responsibility,
    Step,
)
from generator.model.release import PowerList
from generator.sources.canonical import Record, day, record, records, register_rows
from generator.sources.registers import department, instrument, life_events, synonym, waiver
from generator.sources.tables import Tables

__all__ = [
    "Record",
    "department",
    "instrument",
    "life_events",
    "power",
    "power_list",
    "record",
    "records",
    "register_rows",
    "synonym",
    "waiver",
]

Values = Mapping[str, Any]
Made = TypeVar("Made")
_UNITS = {unit.value: unit for unit in TimeUnit}
_STEPS = {kind.value: kind for kind in StepKind}


def power_list(tables: Tables, *, city: str = "") -> PowerList:
    """Return the drafts; a row that lacks what its class needs is left out, the gate has it."""
    drafts = _all(records(tables).values(), power)
    departments = _all(register_rows(tables, "departments"), department)
    instruments = _all(register_rows(tables, "instruments"), instrument)
    return PowerList(
        powers={made.code: made for made in drafts},
        departments={made.slug: made for made in departments},
        instruments={made.id: made for made in instruments},
        life_events=life_events(
            register_rows(tables, "life_events"), register_rows(tables, "life_event_powers")
        ),
        synonyms=tuple(_all(register_rows(tables, "synonyms"), synonym)),
        waivers=tuple(_all(register_rows(tables, "waivers"), waiver)),
        city=city,
    )


def _all(rows: Iterable[Values], make: Callable[[Values], Made]) -> Iterator[Made]:
    for row in rows:
        with suppress(KeyError, ValueError):
            yield make(row)


def power(row: Values) -> Power:
    """Return the power of a canonical record; raises ValueError if it lacks or garbles a must."""
    try:
        return _power(row)
    except KeyError as error:
        raise ValueError(f"{row.get('code', '?')}: no value for {error}") from error


def _power(row: Values) -> Power:
    get = row.get
    return Power(
        code=PowerCode(row["code"]),
        name=row["name"],
        kind=PowerKind(row["kind"]),
        department=DepartmentSlug(row["department"]),
        applicant=Applicant(row["applicant"]),
        fee=FeeKind(row["fee"]),
        status=PowerStatus(row["status"]),
        parent=_code(get("parent")),
        aliases=tuple(get("aliases", ())),
        subtype=get("subtype", ""),
        joint_departments=tuple(DepartmentSlug(slug) for slug in get("joint_departments", ())),
        entrusted_to=get("entrusted_to", ""),
        level=get("level", ""),
        source_of_power=get("source_of_power", ""),
        local_code=get("local_code", ""),
        implementation_code=get("implementation_code", ""),
        former_codes=tuple(get("former_codes", ())),
        themes=tuple(get("themes", ())),
        summary=get("summary", ""),
        conditions=get("conditions", ""),
        quantity_limit=get("quantity_limit", ""),
        case_type=get("case_type", ""),
        statutory_limit=_int(get("statutory_limit")),
        statutory_unit=_UNITS.get(get("statutory_unit", "")),
        promised_limit=_int(get("promised_limit")),
        promised_unit=_UNITS.get(get("promised_unit", "")),
        limit_note=get("limit_note", ""),
        result=get("result", ""),
        validity=get("validity", ""),
        channels=tuple(get("channels", ())),
        place=get("place", ""),
        hours=get("hours", ""),
        phone=get("phone", ""),
        supervision_phone=get("supervision_phone", ""),
        remedy=get("remedy", ""),
        status_from=day(get("status_from")),
        status_reason=get("status_reason", ""),
        status_document=get("status_document", ""),
        successor=_code(get("successor")),
        legal_bases=tuple(map(_legal_basis, get("legal_bases", ()))),
        materials=tuple(map(_material, get("materials", ()))),
        fees=tuple(map(_fee, get("fees", ()))),
        responsibilities=tuple(map(_responsibility, get("responsibilities", ()))),
        penalties=tuple(map(_penalty, get("penalties", ()))),
        procedure=Procedure(
            steps=tuple(map(_step, get("steps", ()))), moves=tuple(map(_move, get("moves", ())))
        ),
    )


def _legal_basis(row: Values) -> LegalBasis:
    return LegalBasis(
        seq=_int(row["seq"]) or 0,
        instrument=InstrumentId(row["instrument"]),
        role=BasisRole(row["role"]),
        article=_int(row.get("article")),
        article_suffix=row.get("article_suffix", ""),
        paragraph=_int(row.get("paragraph")),
        subparagraph=_int(row.get("subparagraph")),
    )


def _material(row: Values) -> Material:
    return Material(
        seq=_int(row["seq"]) or 0,
        name=row["name"],
        form=row.get("form", ""),
        copies=_int(row.get("copies")),
        required=_truth(row.get("required")),
        source=row.get("source", ""),
        basis=row.get("basis", ""),
        blank_form=row.get("blank_form", ""),
        sample=row.get("sample", ""),
        blank_form_sha256=row.get("blank_form_sha256", ""),
        sample_sha256=row.get("sample_sha256", ""),
    )


def _fee(row: Values) -> Fee:
    return Fee(
        seq=_int(row["seq"]) or 0,
        name=row["name"],
        standard=row.get("standard", ""),
        basis=row.get("basis", ""),
        reductions=row.get("reductions", ""),
    )


def _responsibility(row: Values) -> Responsibility:
    return Responsibility(
        seq=_int(row["seq"]) or 0,
        duty=row["duty"],
        duty_basis=row.get("duty_basis", ""),
        accountability=row.get("accountability", ""),
        accountability_basis=row.get("accountability_basis", ""),
    )


def _penalty(row: Values) -> Penalty:
    return Penalty(
        seq=_int(row["seq"]) or 0,
        conduct=row["conduct"],
        circumstance=row.get("circumstance", ""),
        sanction=row.get("sanction", ""),
        range=row.get("range", ""),
        discretion=row.get("discretion", ""),
    )


def _step(row: Values) -> Step:
    return Step(
        id=row["id"],
        name=row["name"],
        kind=_STEPS[row["kind"]],
        post=row.get("post", ""),
        limit=_int(row.get("limit")),
        unit=_UNITS.get(row.get("unit", "")),
        counted=_truth(row.get("counted")),
        document=row.get("document", ""),
    )


def _move(row: Values) -> Move:
    return Move(source=row["source"], target=row["target"], condition=row.get("condition", ""))


def _code(found: str | None) -> PowerCode | None:
    return PowerCode(found) if found else None


def _int(found: Any) -> int | None:
    return found if found.__class__ is int else None


def _truth(found: Any) -> bool | None:
    return found if found.__class__ is bool else None

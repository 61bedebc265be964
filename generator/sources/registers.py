"""Canonical register rows into the model: departments, instruments, life events and the rest.

Each function takes one row as the ledger stores it and raises KeyError or ValueError
when the row lacks or garbles what its class cannot do without.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.model.codes import (
    DepartmentSlug,
    DepartmentStatus,
    InstrumentId,
    LifeEventSlug,
    PowerCode,
    Rank,
)
from generator.model.registers import (
    Department,
    Instrument,
    LifeEvent,
    LifeEventPower,
    Synonym,
    Waiver,
)
from generator.sources.canonical import day

Values = Mapping[str, Any]


def department(row: Values) -> Department:
    """Return the department of a row."""
    merged_into = row.get("merged_into")
    return Department(
        slug=DepartmentSlug(row["slug"]),
        name=row["name"],
        status=DepartmentStatus(row["status"]),
        short_name=row.get("short_name", ""),
        kind=row.get("kind", ""),
        merged_into=DepartmentSlug(merged_into) if merged_into else None,
        summary=row.get("summary", ""),
        former_names=tuple(row.get("former_names", ())),
        credit_code=row.get("credit_code", ""),
        address=row.get("address", ""),
        hours=row.get("hours", ""),
        phone=row.get("phone", ""),
        supervision_phone=row.get("supervision_phone", ""),
        email=row.get("email", ""),
    )


def instrument(row: Values) -> Instrument:
    """Return the instrument of a row."""
    last, successor = row.get("last_article"), row.get("superseded_by")
    return Instrument(
        id=InstrumentId(row["id"]),
        title=row["title"],
        rank=Rank(row["rank"]),
        short_title=row.get("short_title", ""),
        issuer=row.get("issuer", ""),
        document_number=row.get("document_number", ""),
        adopted_on=day(row.get("adopted_on")),
        effective_from=day(row.get("effective_from")),
        repealed_on=day(row.get("repealed_on")),
        superseded_by=InstrumentId(successor) if successor else None,
        last_article=last if isinstance(last, int) else None,
        url=row.get("url", ""),
    )


def life_events(rows: Iterable[Values], powers: Iterable[Values]) -> dict[LifeEventSlug, LifeEvent]:
    """Return the life events by slug, each with its powers in the order of their table."""
    of_event: dict[str, list[LifeEventPower]] = {}
    for row in powers:
        if "life_event" in row and "power" in row:
            of_event.setdefault(row["life_event"], []).append(_life_event_power(row))
    return {
        LifeEventSlug(row["slug"]): LifeEvent(
            slug=LifeEventSlug(row["slug"]),
            name=row["name"],
            audience=row.get("audience", ""),
            summary=row.get("summary", ""),
            powers=tuple(of_event.get(row["slug"], ())),
        )
        for row in rows
        if "slug" in row and "name" in row
    }


def _life_event_power(row: Values) -> LifeEventPower:
    optional = row.get("optional")
    return LifeEventPower(
        life_event=LifeEventSlug(row["life_event"]),
        power=PowerCode(row["power"]),
        optional=optional if isinstance(optional, bool) else None,
        after=tuple(PowerCode(code) for code in row.get("after", ())),
    )


def synonym(row: Values) -> Synonym:
    """Return the synonym of a row."""
    return Synonym(term=row["term"], target=row["target"])


def waiver(row: Values) -> Waiver:
    """Return the waiver of a row."""
    return Waiver(
        rule=row["rule"],
        record=row["record"],
        reason=row["reason"],
        decided_by=row["decided_by"],
        until=day(row.get("until")),
    )

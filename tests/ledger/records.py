"""Small records and the two sign-offs, for every test of the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from generator.ledger import signing, store, subjects
from generator.ledger.fold import fold
from generator.ledger.subjects import SigningOutcome, Subject
from generator.model.codes import Stage
from generator.model.release import Release

LEGAL, FORMAT = "Legal Affairs Office", "Power List Office"
DEPARTMENTS = [
    {"slug": "markets", "name": "Market Office", "status": "active"},
    {"slug": "health", "name": "Health Office", "status": "active"},
    {"slug": "transport", "name": "Transport Office", "status": "active"},
]
INSTRUMENTS = [
    {"id": "food-act", "title": "Food Act", "rank": "law", "last_article": 90},
    {"id": "road-act", "title": "Road Act", "rank": "law", "last_article": 60},
]


def a_record(code: str = "MK-0001", **changes: Any) -> dict[str, Any]:
    """Return a small canonical record; a change to None leaves the column out."""
    record = {
        "code": code,
        "name": f"Licence {code} 许可",
        "kind": "licensing",
        "department": "markets",
        "applicant": "both",
        "fee": "none",
        "status": "active",
        "aliases": ["licence", "证"],
        "legal_bases": [{"seq": 1, "instrument": "food-act", "article": 35, "role": "sets"}],
        "steps": [{"id": "a", "name": "Accept", "kind": "start", "counted": True}],
    }
    return {key: value for key, value in {**record, **changes}.items() if value is not None}


def drafts(*records: dict[str, Any]) -> list[Subject]:
    """Return records as subjects of a sign-off."""
    return [subjects.power(record["code"], record) for record in records]


def registers(
    departments: list[dict[str, Any]] = DEPARTMENTS, instruments: list[dict[str, Any]] = INSTRUMENTS
) -> list[Subject]:
    """Return the two registers that every power rests on."""
    return [
        subjects.register("departments", departments),
        subjects.register("instruments", instruments),
    ]


def sign(root: Path, stage: str, what: Iterable[Subject], day: str, **more: Any) -> SigningOutcome:
    """Sign one stage by its own office."""
    office = LEGAL if stage == "legality" else FORMAT
    when = date.fromisoformat(day)
    return signing.sign(root, what, stage=Stage(stage), office=office, date=when, **more)


def vet(root: Path, what: list[Subject], day: str) -> SigningOutcome:
    """Sign both stages; everything must enter the ledger."""
    sign(root, "legality", what, day)
    outcome = sign(root, "format", what, day)
    assert not outcome.refused
    return outcome


def a_ledger(root: Path, day: str = "2025-01-10") -> Path:
    """Return a ledger with registers and two powers of two departments."""
    other = a_record("HE-0001", department="health")
    vet(root, [*registers(), *drafts(a_record(), other)], day)
    return root


def release(root: Path, as_of: str = "") -> Release:
    """Return the release of a ledger as of a day."""
    return fold(store.read(root), as_of=date.fromisoformat(as_of) if as_of else None)


def every_byte(root: Path) -> bytes:
    """Return every byte below a folder, names included."""
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return b"".join(str(path).encode() + path.read_bytes() for path in files)

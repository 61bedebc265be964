"""Lines that hold an act and no content: pending sign-offs, revocations, recorded counts.

Each is canonical JSON on one line; `line_digest` is the SHA-256 of the line without it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.i18n import Translator
from generator.ledger import digest
from generator.ledger.faults import Place, explain, fault
from generator.model.codes import DepartmentSlug, Stage
from generator.model.release import Day, Standing, StatusCount

_SHA256 = re.compile("[0-9a-f]{64}")
_PENDING_KEYS = {"digest", "office", "stage", "date"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationLine:
    """A line that takes another out of count from its own day on; both stay.

    It names what it takes out by subject, digest and `signed_on`: the day on which a version
    or edition was vetted, or a pending sign-off of its stage was given.
    """

    place: Place
    raw: bytes
    subject: str
    digest: str
    line_digest: str
    stage: Stage
    office: str
    reason: str
    date: Day
    signed_on: Day
    signature: str = ""
    is_register: bool = False

    @property
    def order(self) -> tuple[Day, str, int]:
        """By day, of one day by file, in a file by position."""
        return self.date, self.place.file, self.place.line


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingLine:
    """A sign-off that still waits for the other stage; `subject` is a code or a table."""

    place: Place
    raw: bytes
    subject: str
    digest: str
    stage: Stage
    date: date
    sign_off: Mapping[str, Any]
    revoked: RevocationLine | None = None

    @property
    def order(self) -> tuple[Day, str, int]:
        """By day, of one day by file, in a file by position."""
        return self.date, self.place.file, self.place.line


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLine:
    """A recorded count of what was published, waited and was refused on a day."""

    place: Place
    raw: bytes
    line_digest: str
    count: StatusCount

    @property
    def order(self) -> tuple[Day, str, int]:
        """By day, of one day by file, in a file by position."""
        return self.count.date, self.place.file, self.place.line


def sealed(members: Mapping[str, object]) -> bytes:
    """Return the members as a ledger line with scheme and `line_digest`, newline included."""
    named = {"scheme": digest.SCHEME, **members}
    line_digest = digest.sha256_of(digest.encode(named))
    return digest.encode({**named, "line_digest": line_digest}) + b"\n"


def read_revocation(raw: bytes, place: Place, tr: Translator, *, key: str) -> RevocationLine:
    """Read a line that revokes, whose subject stands under `key`: "code" or "table"."""
    try:
        members = unsealed(raw, place, tr, needs={key, "digest", "revoked"})
        act = members["revoked"]
        return RevocationLine(
            place=place,
            raw=raw,
            subject=str(members[key]),
            digest=_hash(members["digest"]),
            line_digest=members["line_digest"],
            stage=Stage(act["stage"]),
            office=str(act["office"]),
            reason=str(act["reason"]),
            date=date.fromisoformat(act["date"]),
            signed_on=date.fromisoformat(act["signed_on"]),
            signature=str(act.get("signature", "")),
            is_register=key == "table",
        )
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        raise explain(raw, place, tr) from None


def unsealed(raw: bytes, place: Place, tr: Translator, *, needs: set[str]) -> dict[str, Any]:
    """Return the members of a line without content; raise ValueError if its bytes do not hold."""
    members: dict[str, Any] = digest.decode(raw)
    rest = {name: part for name, part in members.items() if name != "line_digest"}
    whole = {*needs, "line_digest", "scheme"} <= members.keys() and digest.encode(members) == raw
    if not whole or digest.sha256_of(digest.encode(rest)) != members["line_digest"]:
        raise ValueError
    known_scheme(members["scheme"], place, tr)
    return members


def read_pending(
    raw: bytes, place: Place, tr: Translator, *, key: str
) -> PendingLine | RevocationLine:
    """Read a pending sign-off whose subject stands under `key`: "code" or "table"."""
    if b'"revoked":{' in raw:
        return read_revocation(raw, place, tr, key=key)
    try:
        members = unsealed(raw, place, tr, needs={key, *_PENDING_KEYS})
        own = {key, "digest", "line_digest", "scheme"}
        return PendingLine(
            place=place,
            raw=raw,
            subject=str(members[key]),
            digest=_hash(members["digest"]),
            stage=Stage(members["stage"]),
            date=date.fromisoformat(members["date"]),
            sign_off={name: part for name, part in members.items() if name not in own},
        )
    except (ValueError, AttributeError, TypeError, RecursionError):
        raise explain(raw, place, tr) from None


def read_status(raw: bytes, place: Place, tr: Translator) -> StatusLine:
    """Read a line of status.jsonl; raise LedgerError for any byte that does not hold."""
    try:
        members = unsealed(raw, place, tr, needs={"date", "city"})
        departments = members.get("departments", {})
        return StatusLine(
            place=place,
            raw=raw,
            line_digest=members["line_digest"],
            count=StatusCount(
                date=date.fromisoformat(members["date"]),
                city=_standing(members["city"]),
                departments={
                    DepartmentSlug(slug): _standing(found) for slug, found in departments.items()
                },
            ),
        )
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError):
        raise explain(raw, place, tr) from None


def _hash(found: object) -> str:
    if not isinstance(found, str) or not _SHA256.fullmatch(found):
        raise ValueError(found)
    return found


def _standing(found: Mapping[str, Any]) -> Standing:
    counts = {name: found[name] for name in ("published", "waiting", "refused")}
    if any(type(count) is not int or count < 0 for count in counts.values()):
        raise ValueError
    return Standing(**counts)


def known_scheme(scheme: str, place: Place, tr: Translator) -> None:
    """Raise LedgerError for a digest scheme that this Daylight does not know."""
    if scheme != digest.SCHEME:
        raise fault(
            place,
            tr,
            "{place}: its digest scheme is {scheme}, this Daylight knows {known} only; "
            "use the release that wrote it, or a newer one",
            scheme=repr(scheme),
            known=digest.SCHEME,
        )

"""A line that holds vetted content, and how its bytes are proven unchanged when read.

A line is canonical JSON, so its keys stand in alphabetical order; `line_digest` is the
SHA-256 of the line without it. Reading proves every byte by these hashes and leaves the
record's JSON unparsed, since only the latest version of a power is ever needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from generator.i18n import Translator
from generator.ledger import digest
from generator.ledger.acts import RevocationLine, known_scheme, read_revocation
from generator.ledger.faults import Place, changed, explain, fault, uncanonical
from generator.model.codes import DepartmentSlug, PowerCode, Stage
from generator.model.release import SignOff

_PARTS = {
    b"<seal>": rb'"digest":"(?P<digest><hash>)","line_digest":"(?P<line_digest><hash>)"',
    b"<hash>": rb"[0-9a-f]{64}",
    b"<signed>": rb'"scheme":"(?P<scheme>[^"\\]*)","sign_offs":(?P<sign_offs>\[.*\])',
    b"<on>": rb'"vetted_on":"(?P<vetted_on>\d{4}-\d\d-\d\d)"',
    b"<code>": rb'"code":"(?P<code>[A-Za-z0-9][A-Za-z0-9-]*)"',
}


def _form(pattern: bytes) -> re.Pattern[bytes]:
    for name, part in _PARTS.items():
        pattern = pattern.replace(name, part)
    return re.compile(pattern, re.DOTALL)


_VERSION = _form(rb'\{<code>,<seal>,"record":(?P<body>\{.*\}),<signed>,<on>\}')
_WITHDRAWN = _form(rb'\{<code>,<seal>,<signed>,<on>,"withdrawn":(?P<withdrawn>\{.*\})\}')
_EDITION = _form(rb'\{<seal>,"rows":(?P<body>\[.*\]),<signed>,"table":"(?P<table>[a-z_]+)",<on>\}')


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """What a line holds in place of a record that was withdrawn."""

    reason: str
    document: str
    date: date
    office: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedLine:
    """What entered the ledger with both sign-offs; `body` is its content as canonical JSON."""

    place: Place
    raw: bytes
    subject: str
    digest: str
    line_digest: str
    vetted_on: date
    sign_offs: tuple[SignOff, ...]
    body: bytes
    withdrawn: Withdrawn | None = None
    revoked: RevocationLine | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the line had been vetted by a day and was not revoked by then."""
        return self.vetted_on <= day and not (self.revoked and self.revoked.date <= day)

    @property
    def order(self) -> tuple[date, str, int]:
        """By day, of one day by file, in a file by position."""
        return self.vetted_on, self.place.file, self.place.line


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine(SealedLine):
    """A vetted version of a power, or what a withdrawal left of it."""

    department: DepartmentSlug

    @property
    def code(self) -> PowerCode:
        """The power's code."""
        return PowerCode(self.subject)

    def record(self) -> dict[str, Any]:
        """Parse and return the canonical record; empty for a tombstone."""
        found: dict[str, Any] = digest.decode(self.body) if self.body else {}
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionLine(SealedLine):
    """A signed edition of a register; never withdrawn."""

    @property
    def table(self) -> str:
        """The register's table."""
        return self.subject

    def rows(self) -> list[dict[str, Any]]:
        """Parse and return the canonical rows, in the register's order."""
        found: list[dict[str, Any]] = digest.decode(self.body)
        return found


def read_version(raw: bytes, place: Place, tr: Translator) -> VersionLine | RevocationLine:
    """Read a line of a department's file; raise LedgerError for any byte that does not hold."""
    match = _VERSION.fullmatch(raw) or _WITHDRAWN.fullmatch(raw)
    if not match:
        return read_revocation(raw, place, tr, key="code")
    found = match.groupdict()
    withdrawn = found.get("withdrawn")
    return VersionLine(
        subject=found["code"].decode(),
        department=DepartmentSlug(place.stem),
        withdrawn=_withdrawn(withdrawn, place, tr) if withdrawn else None,
        **_proven(match, place, tr),
    )


def read_edition(raw: bytes, place: Place, tr: Translator) -> EditionLine | RevocationLine:
    """Read a line of registers.jsonl; raise LedgerError for any byte that does not hold."""
    match = _EDITION.fullmatch(raw)
    if not match:
        return read_revocation(raw, place, tr, key="table")
    return EditionLine(subject=match["table"].decode(), **_proven(match, place, tr))


def prove_form(line: SealedLine, tr: Translator) -> None:
    """Raise LedgerError unless the line is byte for byte the canonical form of what it says.

    The hashes prove that no byte has changed since the line was written; this proves besides
    that it was written in the one form that anyone else would get from the same content.
    """
    try:
        frame = line.raw.replace(line.body, b"0", 1) if line.body else line.raw
        holds = digest.encode(digest.decode(frame)) == frame
        if line.body:
            holds &= digest.encode(digest.canonical(digest.decode(line.body))) == line.body
    except (ValueError, RecursionError):
        holds = False
    if not holds:
        raise uncanonical(line.place, tr)


def _proven(match: re.Match[bytes], place: Place, tr: Translator) -> dict[str, Any]:
    """Return what version and edition lines have in common, once their hashes hold."""
    raw, found = match.string, match.groupdict()
    known_scheme(found["scheme"].decode(errors="replace"), place, tr)
    view, (start, end) = memoryview(raw), match.span("line_digest")
    rest = view[: start - len(',"line_digest":"')], view[end + len('"') :]
    if digest.sha256_of(*rest) != found["line_digest"].decode():
        raise changed(place, tr)
    body = found.get("body", b"")
    if body and digest.sha256_of(body) != found["digest"].decode():
        raise fault(
            place,
            tr,
            "{place}: its content is not what was signed (its digest does not fit); "
            "restore the line from version control",
        )
    return {
        "place": place,
        "raw": raw,
        "digest": found["digest"].decode(),
        "line_digest": found["line_digest"].decode(),
        "body": body,
        **_signed(found["sign_offs"], found["vetted_on"], place, tr),
    }


def _signed(raw: bytes, vetted_on: bytes, place: Place, tr: Translator) -> dict[str, Any]:
    sign_offs = _sign_offs(raw)
    stages, days = [each.stage for each in sign_offs], [each.date for each in sign_offs]
    if (
        stages != list(Stage)
        or days != sorted(days)
        or sign_offs[-1].date.isoformat() != vetted_on.decode()
    ):
        raise fault(
            place,
            tr,
            "{place}: lacks one of its two sign-offs, legality and then format, or is not dated by "
            "the last; delete the line and sign the record again",
        )
    return {"sign_offs": sign_offs, "vetted_on": sign_offs[-1].date}


@lru_cache(maxsize=1024)
def _sign_offs(raw: bytes) -> tuple[SignOff, ...]:
    """Return the sign-offs of a line, none if they cannot be read; many lines share theirs."""
    try:
        return tuple(
            SignOff(
                stage=Stage(each["stage"]),
                office=str(each["office"]),
                date=date.fromisoformat(each["date"]),
                signature=str(each.get("signature", "")),
            )
            for each in digest.decode(raw)
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return ()


def _withdrawn(raw: bytes, place: Place, tr: Translator) -> Withdrawn:
    try:
        found = digest.decode(raw)
        return Withdrawn(
            reason=str(found["reason"]),
            document=str(found.get("document", "")),
            date=date.fromisoformat(found["date"]),
            office=str(found.get("office", "")),
            signature=str(found.get("signature", "")),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise explain(raw, place, tr) from None

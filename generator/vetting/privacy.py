"""Rules V1 and V2: what identifies a private person is caught before anybody signs it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from generator.i18n import Translator
from generator.sources.canonical import Line
from generator.vetting.desk import Desk
from generator.vetting.finding import Finding, Severity
from generator.vetting.persons import DIGITS, LIVING, Sighting, Trait, sightings
from generator.vetting.rule import rule
from generator.vetting.texts import looked_at

CODE_COLUMNS = frozenset(
    {
        "code",
        "power",
        "parent",
        "successor",
        "local_code",
        "implementation_code",
        "former_codes",
        "credit_code",
        "after",
        "document_number",
        "status_document",
    }
)
"""Columns of codes, in which eleven digits need not be a telephone number."""


PHONES = ("phone", "supervision_phone")
"""Columns for the public lines of an office."""


@rule("V101")
def no_identity_number(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each text with a citizen's identity number (date and check digit fit).

    Source: GB 11643 (18 characters, ISO 7064 MOD 11-2); 个人信息保护法 Art. 10;
    政府信息公开条例 Art. 15.
    """
    for line, column, found in _seen(desk, Trait.IDENTITY):
        yield _told(desk, Severity.ERROR, line, column, found[0])


@rule("V102")
def no_mobile_number(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each text with a mobile telephone number, which is mostly a person's.

    A warning only where an office's line is asked for. The numbers of the departments' own rows
    may stand in other texts; those of `privacy.allowed_numbers` anywhere.
    Source: 个人信息保护法 Art. 10; 政府信息公开条例 Art. 15.
    """
    official = official_numbers(desk)
    for line, column, found in _seen(desk, Trait.MOBILE):
        is_own = line.table == "departments" and column in PHONES
        known = desk.beside.allowed if is_own else official
        strange = [sighting for sighting in found if sighting.value not in known]
        if not strange:
            continue
        asked = line.table in ("departments", "powers") and column in PHONES
        severity = Severity.WARNING if asked else Severity.ERROR
        yield _told(desk, severity, line, column, strange[0])


@rule("V201")
def no_bank_card(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each text with the number of a bank card.

    It has 16 to 19 digits, a check digit that fits, and begins like cards issued in China or
    stands after words of payment. Source: GB/T 15694.1 (ISO/IEC 7812-1, Luhn);
    个人信息保护法 Art. 10.
    """
    for line, column, found in _seen(desk, Trait.CARD):
        strange = [sighting for sighting in found if sighting.value not in desk.beside.allowed]
        if strange:
            yield _told(desk, Severity.ERROR, line, column, strange[0])


@rule("V202")
def no_home_address(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each text that says where a private person lives, down to the door.

    Source: 个人信息保护法 Art. 10; 政府信息公开条例 Art. 15.
    """
    for line, column, found in _seen(desk, Trait.HOME):
        yield _told(desk, Severity.WARNING, line, column, found[0])


def official_numbers(desk: Desk) -> frozenset[str]:
    """Return the numbers that are no private person's: the departments' and those allowed."""
    own = {
        sighting.value
        for line in desk.lines["departments"]
        for column in PHONES
        for sighting in sightings(str(line.values.get(column, "")), desk.day)
        if sighting.trait is Trait.MOBILE
    }
    return desk.beside.allowed | own


def words(trait: Trait, tr: Translator) -> tuple[str, str]:
    """Return what is wrong where something of a kind is seen, and what to do."""
    take_out = tr("take it out; a list of powers names no private person")
    return {
        Trait.IDENTITY: (tr("holds what looks like a person's identity number"), take_out),
        Trait.MOBILE: (
            tr("holds what looks like a person's mobile number"),
            tr(
                "give the office's line; if the number is the office's own, add it to "
                "privacy.allowed_numbers"
            ),
        ),
        Trait.CARD: (
            tr("holds what looks like the number of a bank card"),
            tr(
                "take it out; if the account is the office's own, add it to privacy.allowed_numbers"
            ),
        ),
        Trait.HOME: (tr("holds what looks like a person's home address"), take_out),
    }[trait]


def law(tr: Translator) -> str:
    """Return the law that asks for all of this, for a finding."""
    return tr("Personal Information Protection Law of the PRC, Art. 10")


def _seen(desk: Desk, trait: Trait) -> Iterator[tuple[Line, str, list[Sighting]]]:
    """Yield (line, column, sightings) for each cell in which something of a kind is seen."""

    def look(text: str) -> list[Sighting]:
        return [found for found in _recalled(text, desk.day) if found.trait is trait]

    def where(table: str, column: str) -> bool:
        return trait is Trait.IDENTITY or column not in CODE_COLUMNS

    return looked_at(desk, LIVING if trait is Trait.HOME else DIGITS, look, where=where)


@lru_cache(maxsize=4096)
def _recalled(text: str, day: date) -> tuple[Sighting, ...]:
    return sightings(text, day)


def _told(desk: Desk, severity: Severity, line: Line, column: str, sighting: Sighting) -> Finding:
    message, remedy = words(sighting.trait, desk.tr)
    return desk.finding(
        severity,
        line,
        column,
        message=message,
        reason=desk.tr("Once published it can never be called back."),
        remedy=remedy,
        law=law(desk.tr),
        value=sighting.masked,
    )

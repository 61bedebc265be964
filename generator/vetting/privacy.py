"""Rules V1: what identifies a private person is caught before anybody signs it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.sources.canonical import Line
from generator.vetting.desk import Desk
from generator.vetting.finding import Finding
from generator.vetting.persons import CLUE, Sighting, Trait, sightings
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


@rule("V101")
def no_identity_number(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each text with a citizen's identity number (date and check digit fit).

    Source: GB 11643 (18 characters, ISO 7064 MOD 11-2); 个人信息保护法 Art. 10;
    政府信息公开条例 Art. 15.
    """
    tr = desk.tr
    for line, column, found in _seen(desk, Trait.IDENTITY):
        yield desk.error(
            line,
            column,
            message=tr("holds what looks like a person's identity number"),
            reason=tr("Once published it can never be called back."),
            remedy=tr("take it out; a list of powers names no private person"),
            law=_law(desk),
            value=found[0].masked,
        )


@rule("V102")
def no_mobile_number(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each text with a mobile telephone number, which is mostly a person's.

    Source: 个人信息保护法 Art. 10; 政府信息公开条例 Art. 15.
    """
    tr = desk.tr
    for line, column, found in _seen(desk, Trait.MOBILE):
        if column in CODE_COLUMNS:
            continue
        yield desk.error(
            line,
            column,
            message=tr("holds what looks like a person's mobile number"),
            reason=tr("Once published it can never be called back."),
            remedy=tr("give the office's line; if the number is the office's own, have it waived"),
            law=_law(desk),
            value=found[0].masked,
        )


def _seen(desk: Desk, trait: Trait) -> Iterator[tuple[Line, str, list[Sighting]]]:
    """Yield (line, column, sightings) for each cell in which something of a kind is seen."""

    def look(text: str) -> list[Sighting]:
        return [found for found in sightings(text, desk.day) if found.trait is trait]

    return looked_at(desk, CLUE, look)


def _law(desk: Desk) -> str:
    return desk.tr("Personal Information Protection Law of the PRC, Art. 10")

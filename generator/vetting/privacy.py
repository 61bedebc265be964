"""Rules V1: what identifies a private person is caught before anybody signs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.vetting.desk import Desk
from generator.vetting.finding import Finding
from generator.vetting.rule import rule
from generator.vetting.texts import matches

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

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_DIGIT = "[0-9０-９]"
_IDENTITY = re.compile(rf"(?<![0-9A-Za-z０-９]){_DIGIT}{{17}}[0-9０-９XxＸｘ](?![0-9A-Za-z０-９])")
_MOBILE = re.compile(
    rf"(?<![0-9A-Za-z０-９])[1１][3-9３-９]{_DIGIT}[ -]?{_DIGIT}{{4}}[ -]?{_DIGIT}{{4}}"
    r"(?![0-9A-Za-z０-９])"
)
_NARROW = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")


@rule("V101")
def no_identity_number(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each text with a citizen's identity number (date and check digit fit).

    Source: GB 11643 (18 characters, ISO 7064 MOD 11-2); 个人信息保护法 Art. 10;
    政府信息公开条例 Art. 15.
    """
    tr = desk.tr
    for line, column, found in matches(desk, _IDENTITY):
        numbers = (text.translate(_NARROW).upper() for text in found)
        number = next((text for text in numbers if is_identity_number(text, desk.day)), "")
        if not number:
            continue
        yield desk.error(
            line,
            column,
            message=tr("holds what looks like a person's identity number"),
            reason=tr("Once published it can never be called back."),
            remedy=tr("take it out; a list of powers names no private person"),
            law=_law(desk),
            value=f"{number[:4]}{'*' * 12}{number[-2:]}",
        )


@rule("V102")
def no_mobile_number(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each text with a mobile telephone number, which is mostly a person's.

    Source: 个人信息保护法 Art. 10; 政府信息公开条例 Art. 15.
    """
    tr = desk.tr
    for line, column, found in matches(desk, _MOBILE):
        if column in CODE_COLUMNS:
            continue
        number = re.sub("[ -]", "", found[0].translate(_NARROW))
        yield desk.error(
            line,
            column,
            message=tr("holds what looks like a person's mobile number"),
            reason=tr("Once published it can never be called back."),
            remedy=tr("give the office's line; if the number is the office's own, have it waived"),
            law=_law(desk),
            value=f"{number[:3]}****{number[-4:]}",
        )


def is_identity_number(number: str, day: date) -> bool:
    """Tell whether 18 characters are a citizen's identity number of somebody born by a day."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    if number[0] == "0" or not date(1890, 1, 1) <= born <= day:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK[total % 11] == number[17]


def _law(desk: Desk) -> str:
    return desk.tr("Personal Information Protection Law of the PRC, Art. 10")

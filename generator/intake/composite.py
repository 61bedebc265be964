"""Codes of the national and provincial platforms, taken apart; check digits of unit codes.

Forms: `local code-area(12)-000-unit code-version-00` (a Sichuan district, 2025); the
31-character implementation code: unit code (18), level (1), basic code (12).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_AREA = re.compile(r"(.+?)-([0-9]{12})-([0-9]{3})-(.+)-([0-9]+)-([0-9]{2})")
_LOCAL = re.compile(r"[A-Z]-[0-9]{6}-[0-9]{3,4}")
_CREDIT = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BASIC = re.compile(r"([0-9]{2})([0-9][A-Z]|[0-9]{2})([0-9]{8,10})")
_LEVELS = {"1": "national", "2": "provincial", "3": "municipal", "4": "county"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A composite code: what names the power, where, whose, which version; "" for what it lacks."""

    local: str
    area: str = ""
    unit: str = ""
    version: str = ""

    @property
    def letters(self) -> str:
        """The kind as the basic code has it (`1A`, `20`), or as a letter before a hyphen."""
        basic = _BASIC.fullmatch(self.local)
        if basic:
            return basic[2]
        return self.local[0] if _LOCAL.fullmatch(self.local) else ""


def parts(code: str) -> Parts:
    """Return the parts of a code; a code of no known form is its own local code.

    The unit code stands between the area and the version and may hold hyphens itself.
    """
    code = code.strip()
    if whole := _AREA.fullmatch(code):
        local, area, _, unit, version, _ = whole.groups()
        return Parts(local=local, area=area, unit=unit, version=version)
    if placed := _LOCAL.match(code):
        # What follows such a code instead of an area is a placeholder (1111111111111111).
        return Parts(local=placed[0])
    return Parts(local=code)


def is_composite(code: str) -> bool:
    """Tell whether a code has the form with an area and a unit."""
    return bool(_AREA.fullmatch(code.strip()))


def level_of_area(area: str) -> str:
    """Return the level of the government of an area (GB/T 2260: province, city, county), or ""."""
    if len(area) < 6 or not area[:6].isdecimal():
        return ""
    if area[2:6] == "0000":
        return "provincial"
    if area[4:6] == "00":
        return "municipal"
    return "county" if not area[6:9].strip("0") else "township"


def level_of_implementation(code: str) -> str:
    """Return the level in a 31-character implementation code, or ""."""
    return _LEVELS.get(code[18], "") if len(code) == 31 and is_credit_code(code[:18]) else ""


def is_credit_code(code: str) -> bool:
    """Tell whether a text is a unified social credit code whose check digit fits.

    Source: GB 32100-2015 (weights 3^(i-1) mod 31; c18 = (31 - sum mod 31) mod 31).
    """
    if not _CREDIT.fullmatch(code):
        return False
    total = sum(_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return _ALPHABET[(31 - total % 31) % 31] == code[17]


def has_form_of_credit_code(code: str) -> bool:
    """Tell whether a text has eighteen signs such as a credit code has."""
    return bool(_CREDIT.fullmatch(code))

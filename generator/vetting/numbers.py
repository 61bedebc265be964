"""Numbers that carry their own check digit, and the national codes made of parts.

Check digits come from python-stdnum; its own test of a credit code knows no registrar or
kind that is a letter, and of an identity number only places on its list, so only the digits
are taken from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum.cn import uscc

CREDIT_LENGTH, IMPLEMENTATION_LENGTH = 18, 31
CREDIT = re.compile("[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
IMPLEMENTATION = re.compile(rf"{CREDIT.pattern}[1-6][0-9A-Z]{{12}}")
BASIC = re.compile("[0-9]{2}[0-9][0-9A-Z][0-9]{2}[0-9]{3}[0-9]{3}")

REGIONS = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "
    "61 62 63 64 65 71 81 82".split()
)
"""The first two digits of GB/T 2260: provinces, autonomous regions, municipalities, 81 and 82."""

NATION = "00"
LEVELS = {"1": "national", "2": "provincial", "3": "municipal", "4": "county"}
"""The level digit of an implementation code; 5 and 6 are not confirmed."""

KINDS = {
    **dict.fromkeys(("01", "1A"), ("licensing",)),
    **dict.fromkeys(("02", "1B"), ("penalty",)),
    **dict.fromkeys(("03", "1C"), ("coercion",)),
    **dict.fromkeys(("04", "1D"), ("levy",)),
    **dict.fromkeys(("05", "1G"), ("payment",)),
    **dict.fromkeys(("06", "1I"), ("inspection",)),
    **dict.fromkeys(("07", "1F"), ("confirmation",)),
    **dict.fromkeys(("08", "1H"), ("reward",)),
    **dict.fromkeys(("09", "1E"), ("adjudication",)),
    **dict.fromkeys(("10", "1Z"), ("other", "filing", "requisition")),
    "20": ("service", "other", "filing", "requisition"),
    **dict.fromkeys(("21", "2B", "2C"), ("service",)),
}
"""The kinds that a type in a basic code can mean; of 20 provinces make different use."""


@dataclass(frozen=True, slots=True)
class BasicCode:
    """A basic code taken apart: region, type, department, main item, sub-item."""

    region: str
    kind: str
    department: str
    main: str
    sub: str

    @property
    def is_main(self) -> bool:
        """Whether it names a main item, not a sub-item."""
        return self.sub == "000"

    @property
    def stem(self) -> str:
        """What a main item and its sub-items have in common."""
        return self.region + self.kind + self.department + self.main


def basic_code(text: str) -> BasicCode | None:
    """Return the parts of a basic code of 12 characters, or None for another text.

    Source: GB/T 39554.1-2020, as read from 1,135 published items of a district.
    """
    if not BASIC.fullmatch(text):
        return None
    return BasicCode(text[:2], text[2:4], text[4:6], text[6:9], text[9:])


def credit_check(text: str) -> str:
    """Return the check character that the first 17 of a unified social credit code ask for.

    Source: GB 32100-2015 (weights 3^(i-1) mod 31); the text has its form.
    """
    return uscc.calc_check_digit(text[:17])


def has_credit_form(text: str) -> bool:
    """Tell whether a text has the length and the characters of a unified social credit code."""
    return CREDIT.fullmatch(text) is not None

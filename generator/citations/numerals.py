"""Chinese and Arabic numerals as articles are counted: up to 9,999."""

from __future__ import annotations

import re
from functools import lru_cache

_DIGITS = {sign: value for value, signs in enumerate(
    ("零〇○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
) for sign in signs}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
SIGNS = "".join(_DIGITS) + "".join(_UNITS) + "廿卅"

NUMBER = rf"(?:[0-9]{{1,4}}+(?![0-9])|[{SIGNS}]{{1,9}}+(?![{SIGNS}]))"
"""A pattern of a numeral, Arabic (half width) or Chinese; it never gives back what it took."""

_COUNTED = "零一二三四五六七八九"


@lru_cache(maxsize=4096)
def value(numeral: str) -> int | None:
    """Return what a numeral means; None if it is none, or means nothing that is counted.

    Takes 三十五, 三五 and 35; 一百零二 and 一百〇二; 两百, 廿一; 百二十二 for 一百二十二.
    一百二 is refused: it is 120 to one reader and 102 to another.
    """
    if numeral.isascii():
        found = int(numeral) if re.fullmatch("[0-9]{1,4}", numeral) else 0
        return found or None
    plain = numeral.replace("廿", "二十").replace("卅", "三十")
    if not any(sign in _UNITS for sign in plain):
        if len(plain) > 4 or any(sign not in _DIGITS for sign in plain):
            return None
        return int("".join(str(_DIGITS[sign]) for sign in plain)) or None
    return _with_units(plain)


def _with_units(numeral: str) -> int | None:
    total, digit, last, gap = 0, None, 10_000, False
    for sign in numeral:
        if sign in _DIGITS:
            if digit:
                return None
            digit, gap = _DIGITS[sign], gap or _DIGITS[sign] == 0
            continue
        unit = _UNITS.get(sign, 0)
        if not unit or unit >= last or (digit == 0 and unit != 10):
            return None
        total, digit, last, gap = total + (digit or 1) * unit, None, unit, False
    if digit and last > 10 and not gap:
        return None
    return total + (digit or 0)


MOST_COUNTED = 99
"""No article has had as many inserted after it."""


def counted(number: int) -> str:
    """Return a number up to 99 in Chinese, as “之一” and its like are written."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _COUNTED[ones]
    return ("" if tens == 1 else _COUNTED[tens]) + "十" + (_COUNTED[ones] if ones else "")

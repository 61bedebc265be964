"""Measures and breaks text without fonts, so that a chart is the same bytes on every machine.

A full-width character is one em; Latin is taken from a table of a wide sans-serif, so that
what is measured to fit does fit whatever font the reader has.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import ceil
from unicodedata import category, east_asian_width

# Chinese marks that may not open a line, and those that may not close one.
# Source: GB/T 15834-2011 标点符号用法, 5.1; W3C "Requirements for Chinese Text Layout", 3.1.5.
CLOSING = "，。、；：？！）】》」』〕〉〗］｝”’…—～·％%‰℃,.;:?!)]}>"
OPENING = "（【《「『〔〈〖［｛“‘([{<￥$"

# Of a wide sans-serif (Arial is narrower, DejaVu Sans a little wider), in em.
_ADVANCES = {
    **dict.fromkeys("ijlI.,:;'|!()[]ft/ ", 0.3),
    **dict.fromkeys('ckrsvxyzJ-"*', 0.5),
    **dict.fromkeys("mwMW@%", 0.88),
}
# What XML 1.0 cannot carry, the C1 controls, and marks that would reorder the text around them.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_UNIT = re.compile(
    rf"[{re.escape(OPENING)}]*"
    r"(?:[0-9]+(?:\.[0-9]+)?[\u4e00-\u9fff]?"  # a figure keeps its measure word: 5个
    r"|[^\W\u2e80-\uffdc]+(?:['’\-/._@][^\W\u2e80-\uffdc]+)*"  # a word of letters
    r"|\s+|.)"
    rf"[{re.escape(CLOSING)}]*",
    re.DOTALL,
)


class _Advances(dict[str, float]):
    """Advance of each character in em; a character is measured when first met."""

    def __init__(self, bold: bool) -> None:
        self._letters = 1.07 if bold else 1.0

    def __missing__(self, char: str) -> float:
        wide = east_asian_width(char)
        if category(char).startswith("M"):
            advance = 0.0
        elif wide in "WF" or (wide == "A" and ord(char) > 0xFF and not char.isalpha()):
            advance = 1.0
        else:
            advance = _ADVANCES.get(char) or (0.7 if char.isupper() else 0.57)
            advance *= self._letters
        self[char] = advance
        return advance


_PLAIN, _BOLD = _Advances(bold=False), _Advances(bold=True)


def clean(text: str) -> str:
    """Return text as XML and a drawing can carry it: no controls, single spaces, no bidi overrides."""
    return text if text.isalnum() else " ".join(_UNFIT.sub("", " ".join(text.split())).split())


def width(text: str, *, bold: bool = False) -> float:
    """Return the width in em."""
    return sum(map((_BOLD if bold else _PLAIN).__getitem__, text))


@lru_cache(maxsize=16384)
def wrap(text: str, limit: float, *, bold: bool = False) -> tuple[str, ...]:
    """Break text into the fewest lines of at most `limit` em, of as even a length as can be.

    No line opens with a closing mark or closes with an opening one; words of letters and
    figures with their measure word stay whole unless longer than a line.
    """
    if width(text, bold=bold) <= limit:
        return (text,) if text else ()
    if _HAN.fullmatch(text) and limit >= 1:  # most names: no marks, nothing to keep whole
        size = ceil(len(text) / ceil(len(text) / int(limit)))
        return tuple(text[start : start + size] for start in range(0, len(text), size))
    units = [part for unit in _UNIT.findall(text) for part in _chop(unit, limit, bold)]
    fewest = _fill(units, limit, bold)
    low = width(text, bold=bold) / len(fewest)
    while low < limit:
        lines = _fill(units, low, bold)
        if len(lines) <= len(fewest):
            return lines
        low += 0.25
    return fewest


def longest_word(text: str, *, bold: bool = False) -> float:
    """Return the width in em of the longest part that a line keeps whole."""
    return max((width(unit, bold=bold) for unit in _UNIT.findall(text)), default=0.0)


def _fill(units: list[str], limit: float, bold: bool) -> tuple[str, ...]:
    lines: list[str] = []
    line, length = "", 0.0
    for unit in units:
        if line and length + width(unit.rstrip(), bold=bold) > limit:
            lines.append(line.rstrip())
            line, length = "", 0.0
            unit = unit.lstrip()
        line += unit
        length += width(unit, bold=bold)
    if line.strip():
        lines.append(line.rstrip())
    return tuple(lines)


def _chop(unit: str, limit: float, bold: bool) -> list[str]:
    """Cut a unit that no line can hold."""
    if width(unit, bold=bold) <= limit:
        return [unit]
    parts, part, length = [], "", 0.0
    for char in unit:
        advance = width(char, bold=bold)
        if part and length + advance > limit and char not in CLOSING:
            parts.append(part)
            part, length = "", 0.0
        part += char
        length += advance
    return [*parts, part]

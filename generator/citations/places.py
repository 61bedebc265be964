"""Runs such as “第三十五条第一款、第二款第（一）至（三）项和第四十条”, read into places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.citations.found import Place
from generator.citations.numerals import MOST_COUNTED, NUMBER, SIGNS, counted, value

MOST_IN_A_RANGE = 60
"""A longer range is hardly meant article by article: its two ends are given."""

_S = r"\s{0,4}+"
_AND = re.compile(rf"{_S}(?:以及|或者|[、,;和及与或])?{_S}")
_LIST = re.compile(rf"{_S}(?:以及|[、,.和及与或]){_S}")
_TO = re.compile(rf"{_S}(?:至|到|[-—–~〜]){{1,2}}{_S}")
_NUMBER = re.compile(rf"{_S}({NUMBER})")
_BRACKETED = re.compile(rf"{_S}\({_S}({NUMBER}){_S}\)")
_SMALL = re.compile("[㈠-㈩]")
_PREFIX = re.compile(f"{_S}第")
_UNIT = re.compile(f"{_S}([条款项目])")
_SUFFIX = re.compile(rf"{_S}之{_S}({NUMBER})(?![般些切样])")
_TITLE_NEXT = re.compile(r"\s{0,4}[.、]?\s{0,4}[《<〈]")
_MOST_NUMBERS = 40
_SPACES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_NUMERAL_STARTS = frozenset(f"{_SPACES}(0123456789{SIGNS}㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")
_RUN_GOES_ON = _NUMERAL_STARTS | frozenset("第之以或、,;和及与至到-—–~〜")
_COUNTING = re.compile(rf"[\s第()0-9{SIGNS}、,.;和及与或者以至到—–~〜㈠-㈩-]{{0,160}}+[条款项目]")
"""What a list of numbers looks like up to its unit: a look ahead that spares most attempts."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """Numbers and what they count: 条, 款, 项, 目, or "" for a bare （一）."""

    kind: str
    numbers: tuple[int, ...]
    end: int
    suffix: str = ""
    is_range: bool = False


def read(text: str, start: int, *, bare: bool = False) -> tuple[tuple[Place, ...], int]:
    """Return the places of a run that starts here, and where it ends; none if it is no run.

    The text is in half width. A run begins with an article; with `bare` the article may
    lack its 第, as after a title.
    """
    first = _unit(text, start, bare=bare)
    if first is None or first.kind != "条":
        return (), start
    return _rest(text, _Run(first))


def read_within(text: str, start: int, last: Place) -> tuple[tuple[Place, ...], int]:
    """Return the places of a run that stays in the article of the place before: 该条第二款."""
    if not last.article:
        return (), start
    run = _Run(_Unit("条", (last.article,), start, last.article_suffix))
    found, end = _rest(text, run)
    return (found, end) if end > start else ((), start)


def _rest(text: str, run: _Run) -> tuple[tuple[Place, ...], int]:
    while True:
        # A separator may be missing: 第三十五条第一款, 第三条第五条.
        place = _AND.match(text, run.end)
        at = place.end() if place else run.end
        separated = bool(text[run.end : at].strip())
        unit = _after(text, at, run, separated)
        if unit is None:
            return tuple(run.places), run.end
        run.add(unit)


def _after(text: str, at: int, run: _Run, separated: bool) -> _Unit | None:
    if text[run.end : run.end + 1] not in _RUN_GOES_ON:
        return None
    joined = _SUFFIX.match(text, at) if separated or run.last.suffix else None
    if joined and run.last.kind == "条":
        number = value(joined[1])
        if number:
            return _Unit("之", (number,), joined.end())
    ranged = _TO.match(text, run.end)
    if ranged:
        unit = _unit(text, ranged.end(), bare=True)
        if unit and unit.kind == (run.last.kind or "?"):
            return replace(unit, is_range=True)
        suffix = _SUFFIX.match(text, ranged.end())
        if suffix and run.last.suffix and (number := value(suffix[1])):
            return _Unit("之", (number,), suffix.end(), is_range=True)
        return None
    unit = _unit(text, at, bare=True)
    if unit is None or unit.kind:
        return unit
    return unit if _is_bare_subparagraph(text, at, unit, run, separated) else None


def _is_bare_subparagraph(text: str, at: int, unit: _Unit, run: _Run, separated: bool) -> bool:
    """Tell （一） after an article from （一） before the next title, and from a year."""
    if unit.numbers[0] > 60 or _TITLE_NEXT.match(text, unit.end) or "\n" in text[run.end : at]:
        return False
    if separated:
        return run.last.kind == ""
    return True


class _Run:
    """What was read so far: each unit refines the last place or adds one beside it."""

    def __init__(self, first: _Unit) -> None:
        self.places: list[Place] = []
        self.last = first
        self.end = first.end
        self.add(first)

    def add(self, unit: _Unit) -> None:
        """Take the next unit in."""
        added = list(_RULES[unit.kind](self, unit))
        if unit.kind in ("款", "项", "") and not self._is_beside(unit):
            self.places.pop()
        self.places += added
        if unit.kind != "目":
            self.last = replace(unit, kind="条", suffix="之") if unit.kind == "之" else unit
        self.end = unit.end

    def articles(self, unit: _Unit) -> Iterator[Place]:
        """Yield the articles of a unit, or those up to it."""
        if unit.is_range and self.places and (lower := self.places[-1].article):
            for number in _between(lower, unit.numbers[0]):
                yield Place(article=number)
            unit = replace(unit, numbers=unit.numbers[1:], suffix="") if not unit.suffix else unit
        for number in unit.numbers[:-1]:
            yield Place(article=number)
        for number in unit.numbers[-1:]:
            yield Place(article=number, article_suffix=unit.suffix)

    def suffixes(self, unit: _Unit) -> Iterator[Place]:
        """Yield 第一百二十条之二 after 第一百二十条之一."""
        last = self.places[-1]
        numbers = unit.numbers
        lower = value(last.article_suffix[1:]) if last.article_suffix else None
        if unit.is_range and lower:
            numbers = tuple(_between(lower, unit.numbers[0]))
        for number in numbers:
            if number <= MOST_COUNTED:
                yield Place(article=last.article, article_suffix=f"之{counted(number)}")

    def paragraphs(self, unit: _Unit) -> Iterator[Place]:
        """Yield paragraphs of the last article."""
        last = self.places[-1]
        numbers = unit.numbers
        if unit.is_range and last.paragraph:
            numbers = (*_between(last.paragraph, numbers[0]), *numbers[1:])
        for number in numbers:
            yield replace(last, paragraph=number, subparagraph=None)

    def subparagraphs(self, unit: _Unit) -> Iterator[Place]:
        """Yield subparagraphs of the last paragraph or article."""
        last = self.places[-1]
        numbers = unit.numbers
        if unit.is_range and last.subparagraph:
            numbers = (*_between(last.subparagraph, numbers[0]), *numbers[1:])
        for number in numbers:
            yield replace(last, subparagraph=number)

    def nothing(self, unit: _Unit) -> Iterator[Place]:
        """Yield nothing for 目, which legal bases do not count."""
        return iter(())

    def _is_beside(self, unit: _Unit) -> bool:
        last = self.places[-1]
        return last.paragraph is not None if unit.kind == "款" else last.subparagraph is not None


_RULES = {
    "条": _Run.articles,
    "之": _Run.suffixes,
    "款": _Run.paragraphs,
    "项": _Run.subparagraphs,
    "": _Run.subparagraphs,
    "目": _Run.nothing,
}


def _unit(text: str, at: int, *, bare: bool) -> _Unit | None:
    prefix = _PREFIX.match(text, at)
    if prefix:
        at = prefix.end()
    if text[at : at + 1] not in _NUMERAL_STARTS:
        return None
    numbers: list[int] = []
    bracketed = False
    start = at
    while len(numbers) < _MOST_NUMBERS:
        read = _BRACKETED.match(text, at) or _NUMBER.match(text, at)
        small = None if read else _SMALL.match(text, at)
        number = value(read[1]) if read else ord(small[0]) - 0x321F if small else None
        if number is None:
            return None
        bracketed = bracketed or read is None or read.re is _BRACKETED
        numbers.append(number)
        at = (read or small).end()  # type: ignore[union-attr]
        unit = _UNIT.match(text, at)
        if unit:
            if not prefix and not bare:
                return None
            return _whole(text, unit, numbers)
        if len(numbers) == 1 and not _COUNTING.match(text, start):
            break
        ahead = _next_number(text, at, bracketed, bool(prefix))
        if ahead is None:
            break
        at, to = ahead
        if to:
            closing = _BRACKETED.match(text, at) or _NUMBER.match(text, at)
            upper = value(closing[1]) if closing else None
            if not closing or upper is None:
                return None
            numbers += list(_between(numbers[-1], upper))[:-1]
    if bracketed and not prefix and len(numbers) == 1:
        return _Unit("", tuple(numbers), at)
    return None


def _next_number(text: str, at: int, bracketed: bool, prefixed: bool) -> tuple[int, bool] | None:
    """Return where the next number of a list starts, and whether it ends a range."""
    ranged = _TO.match(text, at)
    separator = ranged or _LIST.match(text, at)
    if not separator and not (bracketed and _BRACKETED.match(text, at)):
        return None
    after = separator.end() if separator else at
    prefix = _PREFIX.match(text, after)
    if prefix and not prefixed:
        return None  # 2、第四条 is numbered, not a list
    return prefix.end() if prefix else after, bool(ranged)


def _whole(text: str, unit: re.Match[str], numbers: list[int]) -> _Unit:
    suffix = _SUFFIX.match(text, unit.end()) if unit[1] == "条" else None
    number = value(suffix[1]) if suffix else None
    if suffix and number and number < 100:
        return _Unit("条", tuple(numbers), suffix.end(), suffix=f"之{counted(number)}")
    return _Unit(unit[1], tuple(numbers), unit.end())


def _between(lower: int, upper: int) -> Iterator[int]:
    """Yield what comes after the lower number, up to the upper one."""
    if 0 < upper - lower <= MOST_IN_A_RANGE:
        yield from range(lower + 1, upper + 1)
    else:
        yield upper

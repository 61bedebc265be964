"""Facts as markup with their values in words: labels, days, limits, places in a law."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment
from markupsafe import Markup, escape

from generator.flowcharts.longest import longest, words
from generator.flowcharts.outline import reading_order
from generator.i18n import Translator
from generator.model.codes import TimeUnit
from generator.model.power import LegalBasis, Move, Penalty, Procedure, Step
from generator.pages import labels
from generator.rendering.phrases import heading

_PLACE = ("article", "article_suffix", "paragraph", "subparagraph")


class Facts:
    """Writes values in one language, as text or as marked-up facts."""

    def __init__(self, tr: Translator) -> None:
        self._tr, self._comma = tr, escape(tr(", "))
        self.day = day_writer(tr.language)
        # typed, for members of two enums are equal when their values are
        self.label = lru_cache(maxsize=None, typed=True)(self._label)
        self._limit = cache(self._limit_of)
        self._place = cache(self._place_of)

    def install(self, environment: Environment) -> None:
        """Give the words to the templates of an environment."""
        environment.filters.update(
            label=self.label,
            day=self.day,
            iso=date.isoformat,
            limit=self.limit,
        )
        environment.tests["filled"] = is_filled
        functions: Mapping[str, Callable[..., object]] = {
            "several": self.several,
            "timed": self.timed,
            "phone": self.phone,
            "cite": self.cite,
            "article": self.article,
            "size": self.size,
            "told": told,
            "by_offence": by_offence,
            "counted_alike": counted_alike,
            "article_of": self.article_of,
            "phrases": self.phrases,
            "longest": self.longest,
        }
        environment.globals.update(functions)

    def fact(self, column: str, value: object) -> Markup:
        """Return a value as it stands in the table."""
        return Markup(f'<span data-fact="{column}">{escape(value)}</span>')

    def coded(self, column: str, value: object, words: str | None = None) -> Markup:
        """Return a coded value in words, by its label if no others are given."""
        if words is None:
            words = self.label(str(value), column.rpartition(".")[2])
        return Markup(f'<data value="{escape(value)}" data-fact="{column}">{escape(words)}</data>')

    def several(self, column: str, values: Iterable[str], *, coded: bool = False) -> Markup:
        """Return the values of a cell that holds several, each a fact of its own."""
        return self._comma.join(
            self.coded(column, value) if coded else self.fact(column, value) for value in values
        )

    def timed(self, column: str, n: int | None, unit: TimeUnit | None) -> Markup:
        """Return a time limit in words with number and unit as facts: `x_limit` and `x_unit`."""
        units = column.replace("limit", "unit")
        if unit is None:
            return self.coded(column, n, str(n))
        if n is None:
            return self.coded(units, unit, self.label(unit))
        return self.coded(units, unit, self.coded(column, n, self._limit(n, unit)))

    def limit(self, n: int | None, unit: str) -> str:
        """Return a time limit in words."""
        return self._limit(n, TimeUnit(unit))

    def phone(self, column: str, number: str) -> Markup:
        """Return a telephone number as a link that a phone can dial."""
        dialled = "".join(sign for sign in number if sign in "+0123456789")
        if not dialled:
            return self.fact(column, number)
        return Markup(f'<a class="phone" href="tel:{dialled}">{self.fact(column, number)}</a>')

    def cite(self, basis: LegalBasis) -> Markup:
        """Return the place of a legal basis in its text, every number of it a fact."""
        return self._place(basis.article, basis.article_suffix, basis.paragraph, basis.subparagraph)

    def article(self, number: int, suffix: str = "") -> str:
        """Return an article's number in words."""
        return labels.citation(number, suffix, None, None, self._tr)

    def article_of(self, basis: LegalBasis) -> str:
        """Return the place of a legal basis in words, for a link that leads to the fact."""
        place = (basis.article, basis.article_suffix, basis.paragraph, basis.subparagraph)
        return labels.citation(*place, self._tr)

    def phrases(self, title: str) -> Markup:
        """Return a heading that breaks between words only, where the language has no spaces."""
        return heading(title, self._tr.language)

    def size(self, octets: int) -> str:
        """Return a file's size as people read it: "12 KB", "1.4 MB"."""
        if octets < 1_000_000:
            return f"{max(1, round(octets / 1000))} KB"
        locale = Locale.parse(self._tr.language, sep="-")
        return f"{format_decimal(octets / 1_000_000, '#,##0.0', locale=locale)} MB"

    def longest(self, procedure: Procedure) -> tuple[str, str]:
        """Return the numbers of the steps of the longest way, and what it takes in a sentence."""
        way = longest(procedure)
        return " ".join(map(str, way.numbers)), words(way, self._tr)

    def _place_of(
        self, article: int | None, suffix: str, paragraph: int | None, subparagraph: int | None
    ) -> Markup:
        place = (article, suffix, paragraph, subparagraph)
        words = labels.citation(*place, self._tr)
        for name, value in zip(_PLACE, place, strict=True):
            if is_filled(value):
                words = self.coded(f"legal_bases.{name}", value, words)
        return escape(words)

    def _label(self, value: str, column: str = "") -> str:
        if isinstance(value, StrEnum):
            return labels.label(value, self._tr)
        return labels.label(str(value), self._tr, column=column)

    def _limit_of(self, n: int | None, unit: TimeUnit) -> str:
        return labels.limit(n, unit, self._tr)


def is_filled(value: object) -> bool:
    """Tell whether a cell holds anything; 0 and no are something."""
    return value is not None and value != "" and value != ()


def day_writer(language: str) -> Callable[[date], str]:
    """Return what writes a day in words, as the language does."""
    locale = Locale.parse(language, sep="-")

    @cache
    def day(value: date) -> str:
        return format_date(value, "d MMMM y" if locale.language == "en" else "long", locale=locale)

    return day


class Offence(NamedTuple):
    """What is penalised, with the cases that the law tells apart."""

    conduct: str
    cases: tuple[Penalty, ...]


class Discretion(NamedTuple):
    """A rule on the use of a range, with the numbers of the cases that it holds for."""

    text: str
    cases: tuple[int, ...]

    @property
    def shown(self) -> str:
        """Return the numbers as people write them: 1–20, 22."""
        runs = groupby(enumerate(self.cases), key=lambda pair: pair[1] - pair[0])
        ends = [(run[0][1], run[-1][1]) for run in ([*run] for _, run in runs)]
        return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in ends)


def by_offence(
    penalties: Sequence[Penalty],
) -> tuple[tuple[Discretion, ...], tuple[Offence, ...]]:
    """Return the penalties by what they are for, and rules of discretion that many of them share.

    The rules are empty where most cases have one of their own: then each stands with its case.
    Cases of one conduct stand together only where they follow one another.
    """
    rules: dict[str, list[int]] = {}
    for penalty in penalties:
        rules.setdefault(penalty.discretion, []).append(penalty.seq)
    shared = "" not in rules and 2 * len(rules) <= len(penalties)
    grouped = groupby(penalties, key=attrgetter("conduct"))
    return (
        tuple(Discretion(text, tuple(cases)) for text, cases in rules.items() if shared),
        tuple(Offence(conduct, tuple(cases)) for conduct, cases in grouped),
    )


def counted_alike(procedure: Procedure) -> bool:
    """Tell whether every limit of a step says whether it counts, so that it can be said once."""
    timed = [step for step in procedure.steps if step.unit or step.limit is not None]
    return any(step.counted for step in timed) and all(s.counted is not None for s in timed)


def told(procedure: Procedure) -> list[tuple[int, Step, list[tuple[Move, int, Step]]]]:
    """Return the steps as one tells them: number, step, and each way out with where it leads."""
    order = reading_order(procedure)
    places = {step.id: (number, step) for number, step in enumerate(order, 1)}
    ways: dict[str, list[tuple[Move, int, Step]]] = {step.id: [] for step in order}
    for move in procedure.moves:
        if move.source in ways and move.target in places:
            ways[move.source].append((move, *places[move.target]))
    return [(number, step, ways[step.id]) for number, step in places.values()]

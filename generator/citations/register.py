"""The register of instruments, laid out so that a title leads to the one it means, or to none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from generator.citations import titles
from generator.citations.found import NO_INSTRUMENT
from generator.i18n import Translator
from generator.model.codes import InstrumentId
from generator.model.registers import Instrument

MOST_CANDIDATES = 3
LEAST_ALIKE = 0.25
"""Share of letter pairs in common (Dice) from which a title is worth proposing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The instrument that is meant, or the nearest ones; and what a person should look at."""

    instrument: InstrumentId = NO_INSTRUMENT
    candidates: tuple[InstrumentId, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    instrument: Instrument
    year: str

    @property
    def years(self) -> set[str]:
        adopted = self.instrument.adopted_on
        return {self.year} if self.year else {str(adopted.year)} if adopted else set()

    @property
    def is_current(self) -> bool:
        return not (self.year or self.instrument.repealed_on or self.instrument.superseded_by)


@dataclass(slots=True)
class _Index:
    exact: dict[str, list[_Entry]] = field(default_factory=dict)
    loose: dict[str, list[_Entry]] = field(default_factory=dict)
    numbers: dict[str, list[_Entry]] = field(default_factory=dict)
    pairs: dict[str, list[int]] = field(default_factory=dict)
    cores: list[tuple[str, InstrumentId]] = field(default_factory=list)


class Register:
    """Instruments by title, short title, abbreviation and document number."""

    def __init__(self, instruments: Iterable[Instrument]) -> None:
        self._index = _Index()
        for instrument in instruments:
            self._take(instrument)
        self._recent = lru_cache(maxsize=4096)(self._matched)
        self._known = lru_cache(maxsize=4096)(self._is_known)

    def knows(self, title: str) -> bool:
        """Tell whether a title, however it is trimmed, is one of the register's."""
        return self._known(title)

    def match(self, title: str, tr: Translator, *, year: str = "", number: str = "") -> Match:
        """Return the instrument that a title surely means; else none, and the nearest.

        Of several versions the year decides, then the document number, then which is in
        force. A title of another version than the register's is matched, with a note.
        """
        return self._recent(title, tr, year, number)

    def _matched(self, title: str, tr: Translator, year: str, number: str) -> Match:
        core, version = titles.name(title)
        year = year or version
        entries = self._entries(core)
        chosen = _of_year(entries, year) or _current(entries)
        if len(chosen) > 1 and number:
            wanted = titles.document_number(number)
            chosen = [
                entry
                for entry in chosen
                if titles.document_number(entry.instrument.document_number) == wanted
            ] or chosen
        if len(chosen) == 1:
            return Match(
                instrument=chosen[0].instrument.id, note=_version_note(chosen[0], year, tr)
            )
        if entries:
            return Match(
                candidates=_ids(entries),
                note=tr("the register has {n} instruments of this title", n=len(entries)),
            )
        by_number = self._index.numbers.get(titles.document_number(number), ()) if number else ()
        return Match(
            candidates=tuple(dict.fromkeys((*_ids(by_number), *self.nearest(core))))[
                :MOST_CANDIDATES
            ],
            note=tr("the register has no instrument of this title"),
        )

    def numbered(self, number: str, tr: Translator) -> Match:
        """Return the only instrument with a document number; else none, and those that have it."""
        entries = self._index.numbers.get(titles.document_number(number), [])
        if entries and not titles.is_unique(number):
            return Match(
                candidates=_ids(entries),
                note=tr(
                    "the numbers of presidential orders begin anew with each congress: name the law"
                ),
            )
        if len(entries) == 1:
            return Match(instrument=entries[0].instrument.id)
        if not entries:
            return Match(note=tr("the register has no instrument of this number"))
        return Match(
            candidates=_ids(entries),
            note=tr("the register has {n} instruments of this number", n=len(entries)),
        )

    def nearest(self, core: str) -> tuple[InstrumentId, ...]:
        """Return up to three instruments whose titles have most in common with this one."""
        pairs = _pairs(core[: titles.LONGEST])
        shared = Counter(place for pair in pairs for place in self._index.pairs.get(pair, ()))
        scores: dict[InstrumentId, float] = {}
        for place, common in shared.items():
            other, known = self._index.cores[place]
            alike = 2 * common / (len(pairs) + len(_pairs(other)))
            scores[known] = max(alike, scores.get(known, 0))
        near = sorted((-alike, known) for known, alike in scores.items() if alike >= LEAST_ALIKE)
        return tuple(known for _, known in near[:MOST_CANDIDATES])

    def _take(self, instrument: Instrument) -> None:
        index = self._index
        named: dict[str, _Entry] = {}
        for title in (instrument.title, instrument.short_title):
            core, year = titles.name(title)
            if core:
                named[core] = _Entry(instrument, year)
        for core, entry in named.items():
            index.exact.setdefault(core, []).append(entry)
            if titles.plain(core) not in named:
                index.loose.setdefault(titles.plain(core), []).append(entry)
            for pair in _pairs(core):
                index.pairs.setdefault(pair, []).append(len(index.cores))
            index.cores.append((core, instrument.id))
        if instrument.document_number and named:
            number = titles.document_number(instrument.document_number)
            index.numbers.setdefault(number, []).append(next(iter(named.values())))

    def _is_known(self, title: str) -> bool:
        core = titles.name(title).core
        return bool(core) and bool(self._entries(core))

    def _entries(self, core: str) -> list[_Entry]:
        full = titles.abbreviations().get(core, "")
        for written in (core, full):
            for known in (self._index.exact, self._index.loose):
                if written and written in known:
                    return _once(known[written])
        bare = titles.plain(core)
        # （试行） left out by the register; any other bracket may be what tells two apart.
        return _once(self._index.exact.get(bare, [])) if titles.is_trial(core) else []


def _once(entries: list[_Entry]) -> list[_Entry]:
    return list({entry.instrument.id: entry for entry in entries}.values())


def _of_year(entries: list[_Entry], year: str) -> list[_Entry]:
    return [entry for entry in entries if year in entry.years] if year else []


def _current(entries: list[_Entry]) -> list[_Entry]:
    if len(entries) < 2:
        return entries
    return [entry for entry in entries if entry.is_current] or entries


def _ids(entries: Iterable[_Entry]) -> tuple[InstrumentId, ...]:
    return tuple(sorted(entry.instrument.id for entry in entries))[:MOST_CANDIDATES]


def _version_note(entry: _Entry, year: str, tr: Translator) -> str:
    if not year or not entry.years or year in entry.years:
        return ""
    return tr(
        "cites the version of {year}; the register has that of {other}: compare the article",
        year=year,
        other=min(entry.years),
    )


def _pairs(core: str) -> set[str]:
    return {core[at : at + 2] for at in range(len(core) - 1)}

"""Free text such as departments hand in, read into the places of instruments that it cites.

`citations` reads one text; `CitationReader` many, against rows of the working tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from generator.citations import titles
from generator.citations.cited import Cited
from generator.citations.found import Found, Place
from generator.citations.reader import Reader
from generator.citations.register import Register
from generator.i18n import Translator
from generator.model.registers import Instrument
from generator.sources import registers

__all__ = ["CitationReader", "Found", "Register", "citations", "register"]

Rows = Mapping[str, Mapping[str, Any]]
"""The law register: canonical rows of `instruments` by identifier."""


def citations(
    text: str, known: Register | Iterable[Instrument], tr: Translator
) -> tuple[Found, ...]:
    """Return what a text cites, in its order, each place once; the time is linear in its length.

    Ranges and lists are taken apart; “该法”, “本条例”, “同上” stand for the instrument
    before; the words of an article that are quoted after it are passed over. An instrument
    that is only named counts, unless the text cites places in it. What the register does
    not surely have stays unmatched, with candidates. Pure.
    """
    reader = Reader(text, known if isinstance(known, Register) else Register(known), tr)
    return tuple(_once(reader.read(), text))


def register(rows: Iterable[Mapping[str, Any]]) -> Register:
    """Return the register of canonical rows of `instruments`; the gate reports what is none."""
    found = []
    for row in rows:
        with suppress(KeyError, ValueError, TypeError):
            found.append(registers.instrument(row))
    return Register(found)


class CitationReader:
    """Reads text after text against the same rows, which it lays out once.

    Called as `reader(text, rows, tr)`; where other rows are given, it lays those out.
    """

    def __init__(self) -> None:
        self._rows: Rows | None = None
        self._register = Register(())

    def __call__(self, text: str, rows: Rows, tr: Translator) -> tuple[Found, ...]:
        """Return what a text cites; see `citations`."""
        if rows is not self._rows:
            self._rows, self._register = rows, register(rows.values())
        return citations(text, self._register, tr)


def _once(cited: list[Cited], text: str) -> Iterator[Found]:
    placed = {_identity(one) for one in cited if one.places}
    seen: set[tuple[str, Place]] = set()
    for one in cited:
        identity = _identity(one)
        runs = one.places or ([] if identity in placed else [(Place(), one.end, one.end)])
        for place, start, end in runs:
            if (identity, place) in seen:
                continue
            seen.add((identity, place))
            yield Found(
                text=_words(text, one, start, end),
                title=one.title,
                instrument=one.match.instrument,
                candidates=one.match.candidates,
                note=one.match.note,
                article=place.article,
                article_suffix=place.article_suffix,
                paragraph=place.paragraph,
                subparagraph=place.subparagraph,
            )


def _identity(cited: Cited) -> str:
    return cited.match.instrument or "?" + titles.name(cited.title).core


def _words(text: str, cited: Cited, start: int, end: int) -> str:
    """Return what was read: the title, and the run in which the place stands."""
    title, run = text[cited.start : cited.end].strip(), text[start:end].strip()
    return f"{title}{run}" if title != run else title

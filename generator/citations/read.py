"""Free text such as departments hand in, read into the places of instruments that it cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.citations import titles
from generator.citations.found import Found, Place
from generator.citations.reader import Cited, Reader
from generator.citations.register import Register
from generator.i18n import Translator
from generator.model.registers import Instrument

__all__ = ["Found", "Register", "citations"]


def citations(
    text: str, register: Register | Iterable[Instrument], tr: Translator
) -> tuple[Found, ...]:
    """Return what a text cites, in its order, each place once; the time is linear in its length.

    Ranges and lists are taken apart; “该法”, “本条例”, “同上” stand for the instrument
    before; the words of an article that are quoted after it are passed over. An instrument
    that is only named counts, unless the text cites places in it. What the register does
    not surely have stays unmatched, with candidates. Pure.
    """
    known = register if isinstance(register, Register) else Register(register)
    reader = Reader(text, known, tr)
    return tuple(_once(reader.read(), text))


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

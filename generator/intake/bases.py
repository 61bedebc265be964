"""Free-text legal bases into rows: what a reader of citations finds, and nothing that it only supposes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from generator.i18n import Translator
from generator.intake.submission import Entry, Place, warning
from generator.vetting.finding import Finding


class Found(Protocol):
    """One citation: its instrument's identifier, or "" with candidates, and its place there."""

    instrument: str
    title: str
    article: int | None
    article_suffix: str
    paragraph: int | None
    subparagraph: int | None
    candidates: Sequence[str]
    text: str


Cite = Callable[[str, Mapping[str, Any], Translator], Sequence[Found]]
"""`cite(text, register, tr)`: the citations of a text, matched to instruments by identifier."""


def cite_nothing(text: str, register: Mapping[str, Any], tr: Translator) -> Sequence[Found]:
    """Return no citation: for a Daylight that cannot read them."""
    return ()


def rows(found: Sequence[Found], place: Place, of: Place) -> Iterator[Entry]:
    """Yield a row of legal_bases for each citation that was matched, none twice."""
    seen = set()
    for citation in found:
        cells = {
            "instrument": citation.instrument,
            "article": str(citation.article or ""),
            "article_suffix": citation.article_suffix or "",
            "paragraph": str(citation.paragraph or ""),
            "subparagraph": str(citation.subparagraph or ""),
        }
        key = tuple(cells.values())
        if citation.instrument and key not in seen:
            seen.add(key)
            # 设定依据 is what such a column is called; whether it sets or details, the gate asks.
            defaults = {"role": "sets"}
            yield Entry(place=place, table="legal_bases", cells=cells, defaults=defaults, of=of)


def unmatched(text: str, found: Sequence[Found], place: Place, tr: Translator) -> Iterator[Finding]:
    """Yield a finding for each citation without an instrument, or for a text without citations."""
    for citation in found:
        if not citation.instrument:
            yield _finding(citation.text or citation.title, citation.candidates, place, tr)
    if not found and text.strip():
        yield _finding(text, (), place, tr)


def candidates(found: Sequence[Found]) -> tuple[str, ...]:
    """Return the instruments that citations without one might mean."""
    return tuple(dict.fromkeys(name for f in found if not f.instrument for name in f.candidates))


def _finding(text: str, names: Sequence[str], place: Place, tr: Translator) -> Finding:
    return warning(
        "I208",
        tr("the legal basis “{text}” was not matched to the law register", text=text[:80]),
        reason=tr("A basis counts only as an article of an instrument in the register."),
        remedy=tr("is it one of these: {names}? Add it to legal_bases", names=", ".join(names))
        if names
        else tr("add the instrument to the register, and the basis to legal_bases"),
        table="legal_bases",
        row=place.row,
        column="instrument",
        value=text[:200],
    )

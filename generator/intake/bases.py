"""Free-text legal bases into rows: what a reader of citations finds, and nothing that it only supposes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from generator.citations.found import Found
from generator.i18n import Translator
from generator.intake.submission import Entry, Place, remark, warning
from generator.vetting.finding import Finding

Cite = Callable[[str, Mapping[str, Any], Translator], Sequence[Found]]
"""`cite(text, register, tr)`: the citations of a text, matched to instruments by identifier."""


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
            # Whether an instrument of its rank can set such a power, the gate asks.
            defaults = {"role": "sets"}
            yield Entry(place=place, table="legal_bases", cells=cells, defaults=defaults, of=of)


def doubts(text: str, found: Sequence[Found], place: Place, tr: Translator) -> Iterator[Finding]:
    """Yield a finding for each citation without an instrument, or with a note, or for none at all."""
    for citation in found:
        if not citation.instrument:
            yield _finding(citation.text or citation.title, citation.candidates, place, tr)
        elif citation.note:
            yield remark(
                "I217",
                tr("“{text}” was read as {instrument}: {note}",
                   text=citation.text[:80], instrument=citation.instrument, note=citation.note),
                reason=tr("A citation that leaves something open is for a person to judge."),
                remedy=tr("look whether this is the instrument that is meant"),
                table="legal_bases", row=place.row, column="instrument", value=citation.text[:200],
            )  # fmt: skip
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


def role_taken(heading: str, table: str, tr: Translator) -> Finding:
    """Return the remark that a column of bases was taken for bases that set the power."""
    return remark(
        "I216",
        tr("the bases in “{column}” are taken as those that set the power", column=heading),
        reason=tr("A list in free text does not say which of them only detail it."),
        remedy=tr("where one only details, set its role in legal_bases to details"),
        table=table,
        column="role",
        value=heading,
    )

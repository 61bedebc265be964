"""What is read in a text: one place in one instrument each, matched to the register or not."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.codes import InstrumentId

NO_INSTRUMENT = InstrumentId("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in an instrument: article, “之一” and the like, paragraph, subparagraph."""

    article: int | None = None
    article_suffix: str = ""
    paragraph: int | None = None
    subparagraph: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One citation understood.

    `instrument` is empty where the register has none that is surely meant; `candidates`
    then names the nearest, for a person to choose from. `note` says what a person should
    look at, in the city's language; `text` is what was read, as it was written.
    """

    text: str
    title: str = ""
    instrument: InstrumentId = NO_INSTRUMENT
    article: int | None = None
    article_suffix: str = ""
    paragraph: int | None = None
    subparagraph: int | None = None
    candidates: tuple[InstrumentId, ...] = ()
    note: str = ""

"""What a reader of citations keeps: the instruments cited so far, and what the text is doing."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from generator.citations.found import Place
from generator.citations.register import Match


class Mode(Enum):
    """What the text is doing where it is being read."""

    CITING = 1
    """Titles and articles, and what joins them."""
    TELLING = 2
    """A sentence that cites: “违反……第三条规定，依据……第九条处罚”."""
    QUOTING = 3
    """The words of the article cited."""


@dataclass(slots=True)
class Cited:
    """An instrument as cited; each place with where its run stands in the text."""

    title: str
    match: Match
    start: int = 0
    end: int = 0
    places: list[tuple[Place, int, int]] = field(default_factory=list)
    is_entered: bool = False

"""What texts of the tables cite: each distinct text is read once, for all rules of one vetting."""

from __future__ import annotations

from collections.abc import Mapping

from generator.citations.read import Found, Register, citations, register
from generator.i18n import Translator
from generator.sources.canonical import Line


class Readings:
    """Reads texts against the law register, which stays the same in one vetting."""

    def __init__(self) -> None:
        self._register: Register | None = None
        self._found: dict[str, tuple[Found, ...]] = {}

    def __call__(
        self, text: str, instruments: Mapping[str, Line], tr: Translator
    ) -> tuple[Found, ...]:
        """Return what a text cites."""
        if text not in self._found:
            if self._register is None:
                self._register = register(line.values for line in instruments.values())
            self._found[text] = citations(text, self._register, tr)
        return self._found[text]

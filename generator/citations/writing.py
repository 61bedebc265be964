"""A text in half width with its brackets paired: what stands at a place, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass

from generator.citations import marks, places, titles, wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """What stands in brackets after a title: a version's year, a number, short names; to `end`."""

    year: str
    number: str
    aliases: tuple[str, ...]
    end: int


class Writing:
    """The text that is read; places in it are places in the text as it was written."""

    def __init__(self, text: str) -> None:
        self.text = titles.narrowed(text)
        self.closing = marks.pairs(self.text)

    def bracket(self, at: int) -> tuple[int, int] | None:
        """Return where a bracket after a title opens and closes."""
        while self.text[at : at + 1] in (" ", "\n", "》", ">") and at < len(self.text):
            at += 1
        close = self.closing.get(at) if self.text[at : at + 1] in ("(", "[") else None
        return None if close is None else (at, close)

    def past_brackets(self, at: int) -> int:
        """Return where brackets that cite nothing end."""
        while (found := self.bracket(at)) is not None:
            if places.read(self.text, found[0] + 1)[0]:
                break
            at = found[1] + 1
        return at

    def past_places(self, end: int) -> int:
        """Return where the places of a title that ends here end; there, if it has none."""
        after = wording.NEXT_OF_TITLE.match(self.text, self.past_brackets(end))
        found, past = places.read(self.text, after.end() if after else end, bare=True)
        return past if found else end

    def places_follow(self, end: int) -> bool:
        """Tell whether places follow a title that ends here."""
        return self.past_places(end) > end

    def quoted(self, at: int) -> int | None:
        """Return where the quotation that begins here ends."""
        return self.closing.get(at) if self.text[at : at + 1] in ('"', "“") else None

    def opens_a_clause(self, start: int, end: int) -> bool:
        """Tell whether a title amid quoted words begins the next citation."""
        if not wording.CLAUSE_START.search(self.text, max(0, start - 14), start):
            return False
        after = self.past_brackets(end)
        return self.places_follow(after) or bool(wording.TITLE_STANDS.match(self.text, after))

    def tail(self, at: int) -> Tail:
        """Return what the brackets after a title that ends here say of the instrument."""
        year = number = ""
        aliases = []
        while (found := self.bracket(at)) is not None:
            opening, close = found
            inner = self.text[opening + 1 : close]
            if places.read(self.text, opening + 1)[0]:
                at = opening + 1
                break
            head = inner[: 2 * titles.LONGEST]
            if document := wording.DOCUMENT.search(head):
                number = number or document[0]
            if wording.AMENDED.search(head):
                year = wording.YEAR.findall(inner)[-1] if wording.YEAR.search(inner) else year
            if alias := wording.ALIAS.search(head):
                aliases.append(titles.name(alias[1]).core)
            at = close + 1
        return Tail(year=year, number=number, aliases=tuple(aliases), end=at)

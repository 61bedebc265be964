"""One text being read from left to right, citation by citation.

Where a citation ends and the article's own words begin, the words are passed over: what
they cite is not what the department cites.
"""

from __future__ import annotations

from generator.citations import marks, places, titles, unmarked, wording
from generator.citations.cited import Cited, Mode
from generator.citations.found import Place
from generator.citations.register import Match, Register
from generator.citations.writing import Writing
from generator.i18n import Translator

_RECENT = 5


class Reader:
    """Reads a text; `cited` is what it cites. `_done` is up to where it was understood."""

    def __init__(self, text: str, register: Register, tr: Translator) -> None:
        self._writing = Writing(text)
        self.text = self._writing.text
        self.cited: list[Cited] = []
        self._register, self._tr = register, tr
        self._current: Cited | None = None
        self._last: dict[str, Cited] = {}
        self._mode, self._at, self._done = Mode.CITING, 0, 0
        self._aliases: dict[str, str] = {}

    def read(self) -> list[Cited]:
        """Read the whole text."""
        while token := wording.TOKEN.search(self.text, self._at):
            self._at = token.end()
            if token[0] in marks.TITLES:
                self._mark(token.start())
            elif token[0] == "同上":
                self._gap(token.start())
                self._done = max(self._done, self._at) if self._is_reading else self._done
            elif token[0] in ("该条", "同条"):
                self._same_article(token.start())
            else:
                self._article(token.start(), bare=token[0][0] != "第")
        if self._is_reading:
            self._gap(len(self.text))
        return self.cited

    @property
    def _is_reading(self) -> bool:
        return self._mode is not Mode.QUOTING

    # Titles in marks

    def _mark(self, start: int) -> None:
        text, close = self.text, self._writing.closing.get(start)
        end = close
        if close is None:
            unclosed = wording.UNCLOSED.match(text, start + 1) if text[start] in "《〈" else None
            if not unclosed:
                return
            close, end = unclosed.end() - 1, unclosed.end()
        inner = text[start + 1 : end]
        if text[start] in '“"『「' and not self._is_title_in_quotes(inner, close + 1):
            self._quotation(start, close)
            return
        if not 1 < len(inner) <= titles.LONGEST or not self._may_be_title(inner, start, close + 1):
            return
        if self._is_reading:
            self._gap(start)
        if not self._is_reading and not self._writing.opens_a_clause(start, close + 1):
            self._at = self._writing.past_places(close + 1)
            return
        self._title(inner, start, close + 1)

    def _quotation(self, start: int, close: int) -> None:
        """Pass over words in quotation marks that follow an article, and step into others."""
        if self._current and self._current.places:
            self._gap(start) if self._is_reading else None
            self._at = self._done = close + 1
            self._mode = Mode.CITING

    def _is_title_in_quotes(self, inner: str, end: int) -> bool:
        if len(inner) > titles.LONGEST or not self._is_reading:
            return False
        if self._register.knows(inner):
            return True
        return bool(titles.LIKE_A_TITLE.fullmatch(inner)) and self._writing.places_follow(end)

    def _may_be_title(self, inner: str, start: int, end: int) -> bool:
        if self.text[start] == "<" and not self._register.knows(inner):
            return self._writing.places_follow(end)
        core = titles.name(inner).core
        if core in self._aliases or wording.ENDS_LIKE_A_TITLE.search(core):
            return True
        return self._register.knows(inner) or self._writing.places_follow(end)

    # Instruments

    def _title(self, written: str, start: int, end: int) -> None:
        """Take an instrument in, with what stands in brackets after it, and its places."""
        tail = self._writing.tail(end)
        self._aliases |= dict.fromkeys(tail.aliases, written)
        self._enter(self._resolved(written, start, end, year=tail.year, number=tail.number))
        self._at = self._done = tail.end
        self._follow(tail.end)

    def _follow(self, at: int) -> None:
        """Read the places that follow a title, and “及其实施条例” after it or them."""
        its = wording.ITS.match(self.text, at)
        if its and self._current:
            base = titles.plain(titles.name(self._current.title).core)
            self._enter(self._resolved(base + its[1], its.start(), its.end()))
            at = self._at = self._done = its.end()
        after = wording.NEXT_OF_TITLE.match(self.text, at)
        at = after.end() if after else at
        while chapter := wording.CHAPTER.match(self.text, at):
            at = chapter.end()
        found, end = places.read(self.text, at, bare=True)
        if found:
            self._take(found, at, end)

    def _resolved(
        self, written: str, start: int, end: int, *, year: str = "", number: str = ""
    ) -> Cited:
        core = titles.name(written).core
        written = self._aliases.get(core, written)
        if titles.GENERIC.fullmatch(core) and core not in self._aliases:
            before = self._before(core)
            if before:
                return before
        match = self._register.match(written, self._tr, year=year, number=number)
        return Cited(written, match, start, end)

    def _before(self, kind: str) -> Cited | None:
        """Return the instrument that “该条例” or “《实施条例》” means."""
        if kind in self._last:
            return self._last[kind]
        for cited in self.cited[-_RECENT:] if kind.startswith("实施") else ():
            title = titles.plain(titles.name(cited.title).core) + kind
            if self._register.knows(title):
                return Cited(title, self._register.match(title, self._tr))
        return None

    def _enter(self, cited: Cited) -> None:
        if not cited.is_entered:
            cited.is_entered = True
            self.cited.append(cited)
            self._last.update(dict.fromkeys(titles.kinds(cited.title), cited))
        self._current, self._mode = cited, Mode.CITING

    # Places

    def _article(self, start: int, *, bare: bool) -> None:
        found, end = places.read(self.text, start, bare=bare)
        if not found:
            return
        titled = self._title_before(start)
        if titled:
            written, at = titled
            if self._is_reading:
                self._gap(at)
            if self._is_reading or wording.CLAUSE_START.search(self.text, max(0, at - 14), at):
                self._title(written, at, start)
                return
        elif self._is_reading:
            self._gap(start)
        if self._is_reading:
            self._refer(start)
            if bare and not (self._current and self._current.places):
                return
        elif not self._goes_on(start, end):
            self._at = end
            return
        if self._current is None and not (
            wording.QUOTED_NEXT.match(self.text, end) or wording.REFERS.match(self.text, end)
        ):
            return  # 第一条生产线
        if self._current is None:
            note = self._tr("the text names no instrument before this article")
            self._enter(Cited("", Match(note=note), start, start))
        self._take(found, start, end)

    def _same_article(self, start: int) -> None:
        """Read “该条第二款”, after an article."""
        if self._is_reading:
            self._gap(start)
        if self._is_reading and self._current and self._current.places:
            found, end = places.read_within(self.text, self._at, self._current.places[-1][0])
            if found:
                self._take(found, start, end)

    def _refer(self, start: int) -> None:
        """Let “该条例” before an article stand for the instrument it means."""
        window = self.text[max(0, start - 16) : start].rstrip(" :》>的")
        back = wording.BACK.search(window.replace("《", "").replace("〈", ""))
        if not back or not self.cited:
            return
        before = self._before(back[1])
        if before is None:
            note = self._tr("which instrument is meant, the text does not say")
            before = Cited(back[0], Match(note=note), start - len(back[0]), start)
        self._enter(before)

    def _goes_on(self, start: int, end: int) -> bool:
        """Tell whether an article amid quoted words is the next one cited."""
        if not self._current or wording.REFERS.match(self.text, end):
            return False
        before = wording.CLAUSE_START.search(self.text, max(0, start - 14), start)
        if not before:
            return False
        return before[0].startswith("\n") or bool(wording.QUOTED_NEXT.match(self.text, end))

    def _take(self, found: tuple[Place, ...], start: int, end: int) -> None:
        assert self._current is not None
        self._current.places += [(place, start, end) for place in found]
        end = self._writing.past_brackets(end)
        self._at = self._done = end
        colon = wording.COLON.match(self.text, end)
        quoted = colon.end() if colon else end
        if colon and (close := self._writing.quoted(quoted)):
            self._at = self._done = close + 1
            self._mode = Mode.CITING
        elif colon:
            self._mode = Mode.QUOTING
        elif wording.SEPARATOR.match(self.text, end) or wording.LEADS.match(self.text, end):
            self._mode = Mode.CITING
        else:
            self._mode = Mode.QUOTING
        if not colon and wording.RULED.match(self.text, end):
            self._mode = Mode.TELLING
        if wording.ITS.match(self.text, end):
            self._follow(end)

    # What stands between

    def _title_before(self, start: int) -> tuple[str, int] | None:
        done = self._done if self._is_reading else 0
        found = unmarked.title(self.text, start, done=done, register=self._register)
        if found and not (self._is_reading or self._register.knows(found[0])):
            return None
        return found

    def _gap(self, end: int) -> None:
        """Look through what was not understood before a place: titles without marks, or prose."""
        gap, start = self.text[self._done : end], self._done
        self._done = max(self._done, end)
        after_places = bool(self._current and self._current.places)
        if self._mode is Mode.CITING and after_places and wording.RULED.match(gap):
            self._mode = Mode.TELLING
        core, numbers = wording.DOCUMENT_ALONE.subn(" ", gap)
        after_places = after_places and not numbers
        core = wording.NOISE.sub(" ", core)
        for piece in wording.SPLIT.split(core):
            if (
                not piece
                or wording.LEADS_ALONE.fullmatch(piece)
                or wording.BACK_ALONE.fullmatch(piece)
            ):
                continue
            if self._named(piece, start + max(0, gap.find(piece))):
                after_places = False
            elif self._mode is Mode.CITING:
                telling = not after_places or wording.LEADING.match(piece)
                self._mode = Mode.TELLING if telling else Mode.QUOTING
                if not self._is_reading:
                    return
        self._documents(gap, start)

    def _named(self, piece: str, start: int) -> bool:
        """Take in a piece that names instruments and nothing else."""
        named, mode = unmarked.alone(piece, self._register), self._mode
        for title in filter(None, named):
            self._enter(self._resolved(title, start, start + len(title)))
        self._mode = mode
        return bool(named)

    def _documents(self, gap: str, start: int) -> None:
        """Take in instruments that are named by their number alone."""
        for hit in wording.DOCUMENT.finditer(gap):
            written = wording.LEADING.split(hit[0])[-1]
            match = self._register.numbered(written, self._tr)
            mode = self._mode
            self._enter(Cited(written, match, start + hit.start(), start + hit.end()))
            self._mode = mode

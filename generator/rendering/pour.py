"""Page shells: a rendered specimen cut at its tokens, into which thousands of records are poured.

A token is `zq7dl<name>zq7`: lower-case ASCII letters and digits survive Markdown, slugs,
escaping and URL quoting unchanged. Values are never scanned again once they are in, so a
token inside the data is just text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from markupsafe import escape

from generator.errors import RenderError

_TOKEN = re.compile(r"zq7dl([a-z0-9]+?)zq7")
_LETTERS = "abc"
LISTS: Mapping[str, tuple[str, ...]] = {
    "nav": ("href", "text", "state"),
    "crumb": ("href", "text"),
    "toc": ("id", "text"),
}
"""The lists of a shell with the fields of their entries; a specimen holds three of each."""

RAW = frozenset("head sitename notice mark find up lead body printed footer".split())
"""Slots that take markup, made by our own templates under autoescape."""

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_HIDING = frozenset({"hidden", "inert", "aria-hidden", "style"})
_UNSEEN = frozenset({"template", "details", "script", "style", "noscript", "head", "dialog"})


_SPECIAL = re.compile("[&<>\"']").search


def escaped(value: object) -> str:
    """Escape as markupsafe does, but hand a text that needs nothing straight through.

    Most texts need nothing, and a page has hundreds.
    """
    return value if type(value) is str and not _SPECIAL(value) else str(escape(value))


class ShellError(RenderError):
    """A specimen does not hold its slots as it must; no page can be made of it."""


def token(name: str) -> str:
    """Return the placeholder of a slot."""
    return f"zq7dl{name}zq7"


def entry_token(group: str, index: int, field: str) -> str:
    """Return the placeholder of a field of the first, second or third entry of a list."""
    return token(f"{group}{_LETTERS[index]}{field}")


_ENTRIES = {
    f"{group}{letter}{field}": (group, position, field)
    for group, fields in LISTS.items()
    for position, letter in enumerate(_LETTERS)
    for field in fields
}


@dataclass(frozen=True, slots=True)
class _Loop:
    """A list of a shell: what stands between an entry's fields, and between two entries."""

    group: str
    pieces: tuple[tuple[str, str], ...]
    separator: str

    def pour(self, entries: Sequence[Mapping[str, str]]) -> str:
        """Return the markup of the entries, from the first one's first field on."""
        return self.separator.join(
            "".join([text + escaped(entry[field]) for text, field in self.pieces])
            for entry in entries
        )


@dataclass(frozen=True, slots=True)
class Shell:
    """A page around its slots."""

    name: str
    parts: tuple[str | tuple[str] | _Loop, ...]

    def pour(
        self, slots: Mapping[str, str], lists: Mapping[str, Sequence[Mapping[str, str]]]
    ) -> str:
        """Return the page; every slot is escaped but the raw ones."""
        out: list[str] = []
        for part in self.parts:
            if isinstance(part, str):
                out.append(part)
            elif isinstance(part, tuple):
                value = slots[part[0]]
                out.append(value if part[0] in RAW else escaped(value))
            else:
                out.append(part.pour(lists[part.group]))
        return "".join(out)


def shell(name: str, specimen: str, expected: Mapping[str, int]) -> Shell:
    """Cut a specimen at its tokens.

    `expected` says how often each slot must occur, the lists by their names (an entry's
    fields are counted as one). Raises ShellError when the census differs, a token came out
    mangled, a list is irregular or the body would be hidden from a reader.
    """
    texts, names = _split(specimen)
    if specimen.lower().count("zq7") != 2 * len(names):
        raise ShellError(name, "a token came out mangled; look at the filters in theme/material")
    parts = tuple(_fold(name, texts, names))
    found = Counter(
        part[0] if isinstance(part, tuple) else part.group
        for part in parts
        if not isinstance(part, str)
    )
    for slot in sorted({*found, *expected}):
        if found[slot] != expected.get(slot, 0):
            raise ShellError(
                name,
                f"slot {slot} occurs {found[slot]} times, not {expected.get(slot, 0)}; "
                "correct the templates under theme/material",
            )
    _Sight(name).read(specimen)
    return Shell(name, parts)


def without_indentation(markup: str) -> str:
    """Return markup without indentation and empty lines; what stands in `pre` stays."""
    pieces = re.split(r"(<(pre|textarea)\b.*?</\2>)", markup, flags=re.DOTALL)
    for index in range(0, len(pieces), 3):
        pieces[index] = re.sub(r"\n\s+", "\n", pieces[index])
    del pieces[2::3]
    return "".join(pieces)


def _split(specimen: str) -> tuple[list[str], list[str]]:
    pieces = _TOKEN.split(specimen)
    return pieces[0::2], pieces[1::2]


def _fold(name: str, texts: list[str], names: list[str]) -> Iterator[str | tuple[str] | _Loop]:
    """Yield text, slots and lists in their order, three entries folded into one list."""
    index = 0
    while index < len(names):
        yield texts[index]
        entry = _ENTRIES.get(names[index])
        if entry is None:
            yield (names[index],)
            index += 1
            continue
        width = len(LISTS[entry[0]])
        end = index + 3 * width
        yield _loop(name, entry[0], names[index:end], texts[index + 1 : end])
        index = end
    yield texts[-1]


def _loop(name: str, group: str, names: list[str], between: list[str]) -> _Loop:
    width = len(LISTS[group])
    entries = [_ENTRIES.get(found, ("", 0, "")) for found in names]
    fields = [field for _, _, field in entries[:width]]
    regular = [(group, position, field) for position in range(3) for field in fields]
    inner = [between[start : start + width - 1] for start in (0, width, 2 * width)]
    separators = between[width - 1 :: width]
    if (
        entries != regular
        or sorted(fields) != sorted(LISTS[group])
        or inner[0] != inner[1]
        or inner[1] != inner[2]
        or len(set(separators)) != 1
    ):
        raise ShellError(name, f"the entries of the list {group} differ in more than their fields")
    return _Loop(group, tuple(zip(("", *inner[0]), fields, strict=True)), separators[0])


class _Sight(HTMLParser):
    """Follows a specimen down to the slots of the content and refuses what no reader would see."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self._name = name
        self._open: list[tuple[str, frozenset[str]]] = []
        self._unseen = {token("lead"), token("body")}

    def read(self, specimen: str) -> None:
        """Raise ShellError unless the content stands in the text of the main element."""
        self.feed(specimen)
        self.close()
        if self._unseen:
            raise ShellError(self._name, "the content stands in no element's text")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self._open.append((tag, frozenset(key for key, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        found = {slot for slot in self._unseen if slot in data}
        if not found:
            return
        hiding = [tag for tag, keys in self._open if tag in _UNSEEN or keys & _HIDING]
        if hiding or "main" not in {tag for tag, _ in self._open}:
            where = ", ".join(hiding) or "no main element"
            raise ShellError(self._name, f"the content stands in {where}, where it is not seen")
        self._unseen -= found

"""What HTML from people may hold: an allow-list that names what it refuses, with a cleaner behind.

The inspection is for the author, who is told; the cleaner (nh3) is what makes the page safe,
whether or not the inspection understood the markup.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

import nh3

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+")
_EMPTY = frozenset({"br", "hr", "img", "wbr"})


@dataclass(frozen=True)
class Rules:
    """Which elements, attributes and classes may stand; everything else is left out.

    `attributes` gives the attributes of an element, those under "*" stand on any;
    a class must match `classes` in full, an id `ids`.
    """

    attributes: Mapping[str, frozenset[str]]
    tags: frozenset[str]
    classes: re.Pattern[str] = re.compile(r"(?!)")
    ids: re.Pattern[str] = re.compile(r"(?!)")
    schemes: frozenset[str] = field(default=SCHEMES)

    def refusals(self, markup: str) -> tuple[str, ...]:
        """Return what the rules leave out, as its author wrote it: `<script>`, `onclick="…"`."""
        inspection = _Inspection(self)
        inspection.feed(markup)
        inspection.close()
        return tuple(dict.fromkeys(inspection.found))

    def clean(self, markup: str) -> str:
        """Return the markup with everything the rules do not name left out."""
        return self._cleaner.clean(markup)

    def keeps(self, tag: str, name: str, value: str) -> str | None:
        """Return the value that stands for an attribute, None where none may."""
        if not any(name in self.attributes.get(key, ()) for key in (tag, "*")):
            return None
        if name == "class":
            kept = [word for word in value.split() if self.classes.fullmatch(word)]
            return " ".join(kept) or None
        if name == "id":
            return value if self.ids.fullmatch(value) else None
        if name == "href":
            return value if is_safe_link(value, self.schemes) else None
        if name == "src":
            return value if is_relative(value) else None
        return value

    @cached_property
    def _cleaner(self) -> nh3.Cleaner:
        return nh3.Cleaner(
            tags=self.tags,
            attributes={**self.attributes, "*": self.attributes.get("*", frozenset())},
            attribute_filter=self.keeps,
            clean_content_tags={"script", "style", "template", "iframe", "object", "svg", "math"},
            url_schemes=set(self.schemes),
            link_rel=None,
            strip_comments=True,
        )


def is_relative(address: str) -> bool:
    """Tell whether an address has neither scheme nor host nor a slash to lead from the root."""
    plain = _UNSEEN.sub("", address)
    return plain == address and not plain.startswith(("/", "\\")) and not _SCHEME.match(plain)


def is_safe_link(address: str, schemes: frozenset[str] = SCHEMES) -> bool:
    """Tell whether a link leads to a known scheme, or stays below the site."""
    if is_relative(address):
        return True
    plain = _UNSEEN.sub("", address)
    scheme = _SCHEME.match(plain)
    if scheme is None or plain != address.strip():
        return False
    return scheme[1].lower() in schemes


class _Inspection(HTMLParser):
    """Reads markup as a browser roughly would and takes down what the rules refuse."""

    def __init__(self, rules: Rules) -> None:
        super().__init__(convert_charrefs=True)
        self._rules, self.found = rules, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self._rules.tags:
            self.found.append(f"<{tag}>")
            return
        for name, value in attrs:
            if self._rules.keeps(tag, name, value or "") != (value or ""):
                self.found.append(f'{name}="{(value or "")[:60]}"')

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY and tag in self._rules.tags:
            self.found.append(f"<{tag}/>")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl[:20]}>")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data[:20]}>")

    def unknown_decl(self, data: str) -> None:
        self.found.append(f"<![{data[:20]}]>")

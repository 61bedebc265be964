"""What may come out of a theme's own block template: a look of its own, and every fact unchanged.

Facts reach a template as finished elements, so it can place and dress them; a block that
leaves out one that the city's block shows, or shows anything else as a fact, is not used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from markupsafe import Markup

from generator.i18n import Translator
from generator.rendering.markup import Rules
from generator.rendering.theming.sandbox import Data, SandboxError, render

OWN_BLOCKS = (
    "banner", "kinds", "powers", "life-events", "changes",
    "about", "contact", "prose", "data", "flowcharts", "news",
)  # fmt: skip
"""The blocks for which a theme may bring a template; search is a form and stays the city's."""

DEEPEST = 8
"""How many elements of a block may stand around a fact: paddings and borders add up."""

CITY_CLASSES = (
    "band", "banner", "button", "button--quiet", "cards", "changes", "changes__by", "count",
    "empty", "facts", "facts__row", "group", "phone", "power", "power__code", "power__limit",
    "power__meta", "power__name", "powers", "tally", "tally__count", "tally__note", "tally__text",
    "badge", "ways", "news", "news__entry", "news__name", "news__opening",
)  # fmt: skip
"""Classes of the city's style sheet that a theme's template may use: none of them hides."""

_TAGS = (
    "section nav aside header div h1 h2 h3 h4 p ul ol li dl dt dd a span strong em b i small br hr "
    "img figure figcaption blockquote table caption thead tbody tr th td time data abbr"
)
_RULES = Rules(
    tags=frozenset(_TAGS.split()),
    attributes={
        "a": frozenset({"href"}),
        "img": frozenset({"src", "alt", "width", "height"}),
        "th": frozenset({"scope", "colspan", "rowspan"}),
        "td": frozenset({"colspan", "rowspan"}),
        "time": frozenset({"datetime"}),
        "data": frozenset({"value"}),
        "abbr": frozenset({"title"}),
        "*": frozenset(
            {"class", "id", "lang", "aria-label", "aria-labelledby", "data-fact", "data-record"}
        ),
    },
    classes=re.compile("own-[a-z0-9_-]+|" + "|".join(map(re.escape, CITY_CLASSES))),
    ids=re.compile(r"own-[a-z0-9-]+|kind-[a-z]+"),
)

Fact = tuple[str, str]
"""A column and the text that stands there."""


def block(source: str, name: str, data: Data, tr: Translator) -> str:
    """Return the markup that a theme's template makes for a block.

    Raises SandboxError if it fails, or if what comes out may not stand on a page.
    """
    markup = render(source, data, tr)
    refusals = [tr("{part} is not allowed", part=part) for part in _RULES.refusals(markup)]
    refusals += _misfits(markup, name, data, tr)
    if refusals:
        raise SandboxError(*refusals)
    return _RULES.clean(markup).strip()


def required(name: str, data: Data) -> frozenset[Fact]:
    """Return the facts that the city's own block of this name shows, and any other must show."""
    shown: list[Markup] = []
    match name:
        case "contact":
            shown = [entry["fact"] for entry in data["contact"]]
        case "changes":
            shown = [entry["name"] for entry in data["changes"]]
        case "powers":
            shown = [row[key] for row in data["powers"] for key in ("name", "code", "applicant")]
    return facts("".join(shown))


def facts(markup: str) -> frozenset[Fact]:
    """Return the facts that markup shows."""
    return frozenset(_Reading(markup).facts)


def _misfits(markup: str, name: str, data: Data, tr: Translator) -> Iterator[str]:
    """Yield what would make a page wrong though each part of the markup is allowed."""
    reading = _Reading(markup)
    shown = frozenset(reading.facts)
    for column, text in sorted(shown - facts("".join(_finished(data)))):
        yield tr("shows “{text}” as the fact {column}, which is not in the data",
                 text=text[:40], column=column)  # fmt: skip
    for column, text in sorted(required(name, data) - shown):
        yield tr("leaves out the fact {column}: “{text}”", text=text[:40], column=column)
    own = set(data["pictures"].values())
    for address, has_text in reading.pictures:
        if address not in own:
            yield tr("shows {address}, which is no picture of the theme; "
                     "write {{{{ pictures[\"name.svg\"] }}}}", address=address[:60])  # fmt: skip
        if not has_text:
            yield tr("shows {address} without an alt text; write alt=\"\" for decoration",
                     address=address[:60])  # fmt: skip
    if reading.deepest > DEEPEST:
        yield tr(
            "has a fact inside {n} elements, more than {most}", n=reading.deepest, most=DEEPEST
        )
    yield from _headings(reading.headings, name, tr)
    yield from _names(reading, name, data, tr)


def _headings(levels: list[int], name: str, tr: Translator) -> Iterator[str]:
    wanted = 1 if name == "banner" else 0
    if levels.count(1) != wanted:
        yield tr("has {n} first-level headings, not {wanted}", n=levels.count(1), wanted=wanted)
    for before, level in zip([1, *levels], levels, strict=False):
        if level > before + 1:
            yield tr("goes from heading level {before} to {level}", before=before, level=level)


def _names(reading: _Reading, name: str, data: Data, tr: Translator) -> Iterator[str]:
    """Yield ids that clash or lead nowhere, and landmarks without a name."""
    targets = {f"kind-{group['key']}" for group in data["groups"]} if name == "powers" else set()
    for identifier in sorted(targets - set(reading.ids)):
        yield tr("lacks the id {name}, to which the kinds lead", name=identifier)
    for identifier in sorted(set(reading.ids) - targets):
        if not identifier.startswith(f"own-{name}"):
            yield tr("the id {name} must begin with {start}", name=identifier, start=f"own-{name}")
    for identifier in sorted(reading.references - set(reading.ids)):
        yield tr("names {name} as a label, which is not in the block", name=identifier)
    if len(set(reading.ids)) != len(reading.ids):
        yield tr("gives an id twice")
    if reading.unnamed:
        yield tr("has a <{tag}> without aria-label or aria-labelledby", tag=reading.unnamed)


def _finished(data: object) -> Iterator[str]:
    """Yield every finished element of the data."""
    if isinstance(data, Markup):
        yield str(data)
    elif isinstance(data, dict):
        for value in data.values():
            yield from _finished(value)
    elif isinstance(data, tuple):
        for value in data:
            yield from _finished(value)


class _Reading(HTMLParser):
    """Takes down the facts, pictures, headings, ids and labels of markup."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.facts: list[Fact] = []
        self.pictures: list[tuple[str, bool]] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.references: set[str] = set()
        self.unnamed = ""
        self.deepest = 0
        self._open: list[tuple[str, str | None, list[str]]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        self.references.update(found.get("aria-labelledby", "").split())
        if tag in ("nav", "aside") and not {"aria-label", "aria-labelledby"} & {*found}:
            self.unnamed = tag
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "img":
            self.pictures.append((found.get("src", ""), "alt" in found))
        elif tag not in ("br", "hr"):
            if "data-fact" in found:
                self.deepest = max(self.deepest, len(self._open))
            self._open.append((tag, found.get("data-fact"), []))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            opened, column, text = self._open.pop()
            if column is not None:
                self.facts.append((column, " ".join("".join(text).split())))
            if opened == tag:
                return

    def handle_data(self, data: str) -> None:
        for _, column, text in self._open:
            if column is not None:
                text.append(data)

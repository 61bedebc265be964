"""A theme's own CSS: parsed, and only what cannot hide or falsify a fact is written again.

Nothing can be moved out of sight, covered, struck out or told by generated content; ink and
ground are set together or not at all. What is dropped is named, line by line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from tinycss2 import parser, serializer

from generator.i18n import Translator
from generator.rendering.theming.css_bounds import bounded
from generator.rendering.theming.css_values import PROPERTIES, written

LARGEST_BYTES = 32_000
_MOST_WORDS = 12
Node = Any  # tinycss2 has no types
_parse_sheet: Callable[..., list[Node]] = parser.parse_stylesheet
_parse_rules: Callable[..., list[Node]] = parser.parse_rule_list
_parse_content: Callable[..., list[Node]] = parser.parse_blocks_contents
_serialize: Callable[[Sequence[Node]], str] = serializer.serialize
_TOGETHER = ("color", "background-color")
_STATES = frozenset({"hover", "first-child", "last-child", "before"})
_COVERING = re.compile(
    "visibility|opacity|position|z-index|(?:max-)?height|overflow.*|clip.*|transform|translate|scale"
    "|rotate|text-indent|text-transform|filter|mix-blend-mode|mask.*|order|float|direction|zoom"
    "|unicode-bidi|writing-mode|text-decoration(?:-line)?|animation.*|top|left|right|bottom|inset"
    "|.*text-fill-color|.*text-security|.*line-clamp|content-visibility|text-overflow|quotes"
    "|counter-.*|background|text-shadow|backdrop-filter|perspective|offset.*|shape-.*"
)
_MEDIA = re.compile(
    r"(?:screen|print|\((?:min|max)-width:\s*\d+(?:\.\d+)?(?:em|rem|px)\))"
    r"(?:\s+and\s+(?:screen|print|\((?:min|max)-width:\s*\d+(?:\.\d+)?(?:em|rem|px)\)))*"
)


class Dropped(NamedTuple):
    """A part that is not used: its line, its text, and why."""

    line: int
    text: str
    reason: str


class _RefusedError(Exception):
    """A part that may not pass; the text says why."""


def filtered(
    source: str, pictures: Sequence[str], tr: Translator
) -> tuple[str, tuple[Dropped, ...]]:
    """Return the CSS that may be served, and what was dropped from it.

    `pictures` are the names of the theme's own pictures, the only ones that CSS may show;
    they are written as they lie beside the style sheet.
    """
    dropped: list[Dropped] = []
    try:
        nodes = _parse_sheet(source, skip_comments=True, skip_whitespace=True)
        rules = list(_rules(nodes, frozenset(pictures), dropped, tr))
    except RecursionError:
        return "", (Dropped(1, source[:40], tr("it is nested too deep")),)
    return "".join(f"{rule}\n" for rule in rules), tuple(dropped)


def _rules(
    nodes: Sequence[Node], pictures: frozenset[str], dropped: list[Dropped], tr: Translator
) -> Iterator[str]:
    for node in nodes:
        try:
            if node.type == "qualified-rule":
                yield from _rule(node, pictures, dropped, tr)
            elif node.type == "at-rule" and node.lower_at_keyword == "media":
                yield from _media(node, pictures, dropped, tr)
            elif node.type == "at-rule":
                raise _RefusedError(tr("@{name} is not allowed", name=node.at_keyword))
            else:
                raise _RefusedError(tr("it cannot be read"))
        except _RefusedError as refused:
            dropped.append(Dropped(node.source_line, _short(node), str(refused)))


def _media(
    node: Node, pictures: frozenset[str], dropped: list[Dropped], tr: Translator
) -> Iterator[str]:
    condition = _serialized(node.prelude).strip()
    if node.content is None or not _MEDIA.fullmatch(condition):
        raise _RefusedError(tr("only screen, print, min-width and max-width may be asked for"))
    inner = _parse_rules(node.content, skip_comments=True, skip_whitespace=True)
    rules = [rule for rule in inner if rule.type == "qualified-rule"]
    dropped.extend(
        Dropped(rule.source_line, _short(rule), tr("only rules may stand in @media"))
        for rule in inner
        if rule.type != "qualified-rule"
    )
    inside = " ".join(_rules(rules, pictures, dropped, tr))
    if inside:
        yield f"@media {condition} {{ {inside} }}"


def _rule(
    node: Node, pictures: frozenset[str], dropped: list[Dropped], tr: Translator
) -> Iterator[str]:
    selectors = [_selector(tokens, tr) for tokens in _split(node.prelude)]
    own = all(".own-" in re.split(r"[\s>+~]+", selector)[-1] for selector in selectors)
    pseudo = own and all(selector.endswith("::before") for selector in selectors)
    kept: dict[str, tuple[Node, str]] = {}
    content = _parse_content(node.content, skip_comments=True, skip_whitespace=True)
    for part in content:
        try:
            value = _value(part, pictures, tr)
            _check_place(part, own, pseudo, tr)
            kept[part.lower_name] = part, value
        except _RefusedError as refused:
            dropped.append(Dropped(part.source_line, _short(part), str(refused)))
    if len(kept.keys() & _TOGETHER) == 1:
        part, _ = kept.pop(next(name for name in _TOGETHER if name in kept))
        reason = tr("color and background-color are set together or not at all")
        dropped.append(Dropped(part.source_line, _short(part), reason))
    if kept:
        declarations = " ".join(f"{name}: {value};" for name, (_, value) in kept.items())
        yield f"{', '.join(selectors)} {{ {declarations} }}"


def _check_place(part: Node, own: bool, pseudo: bool, tr: Translator) -> None:
    kind = PROPERTIES[part.lower_name]
    if kind.own and not own:
        raise _RefusedError(tr("{name} is for classes that begin with own-", name=part.name))
    if kind.pseudo and not pseudo:
        raise _RefusedError(tr("{name} is for .own-…::before", name=part.name))
    if not own and any(token.type == "hash" for token in part.value):
        raise _RefusedError(tr("outside own- classes, colours are var(--…)"))


def _split(tokens: Sequence[Node]) -> Iterator[list[Node]]:
    found: list[Node] = []
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            yield found
            found = []
        else:
            found.append(token)
    yield found


def _selector(tokens: Sequence[Node], tr: Translator) -> str:
    """Return a selector of elements, classes and plain states."""
    text = _serialized(tokens).strip()
    for before, token in zip([None, *tokens], tokens, strict=False):
        named = before is not None and before.type == "literal"
        if token.type == "literal" and token.value in ".:>+~":
            continue
        if token.type == "ident" and named and before.value == ":":
            if token.lower_value not in _STATES:
                raise _RefusedError(tr("the state :{name} is not allowed", name=token.value))
        elif token.type == "ident":
            if re.match(r"facts(?:__|$)|fc-?", token.value) and named and before.value == ".":
                raise _RefusedError(tr("facts and flowcharts keep the city's form"))
        elif token.type != "whitespace":
            raise _RefusedError(tr("only elements, classes and plain states may be named"))
    if not re.fullmatch(r"[a-z0-9.:>+~\s_-]+", text, re.IGNORECASE):
        raise _RefusedError(tr("only elements, classes and plain states may be named"))
    if re.search(r"(?:^|[\s>+~])(?:html|body|main)\b", text):
        raise _RefusedError(tr("the page itself is set in theme.yml"))
    return re.sub(r"\s+", " ", text)


def _value(part: Node, pictures: frozenset[str], tr: Translator) -> str:
    """Return the value of a declaration as it may be written."""
    if part.type != "declaration":
        raise _RefusedError(tr("it cannot be read"))
    kind = PROPERTIES.get(part.lower_name)
    if kind is None:
        raise _RefusedError(_not_allowed(part.lower_name, tr))
    if part.important:
        raise _RefusedError(tr("!important is not allowed"))
    tokens = [token for token in part.value if token.type not in ("whitespace", "comment")]
    if not 0 < len(tokens) <= _MOST_WORDS:
        raise _RefusedError(tr("it has no value, or too long a one"))
    if part.lower_name == "content":
        if len(tokens) == 1 and tokens[0].type == "string" and not tokens[0].value:
            return '""'
        raise _RefusedError(tr('content may only be ""'))
    values = []
    for token in tokens:
        value = written(token, kind, pictures)
        if value is None and _leads_out(token):
            raise _RefusedError(tr("it would be loaded from elsewhere; put the file into assets/"))
        if value is None:
            shown = _serialized([token])[:40]
            raise _RefusedError(tr("the value {value} is not allowed here", value=shown))
        values.append(value)
    return " ".join(bounded(part.lower_name, values))


def _not_allowed(name: str, tr: Translator) -> str:
    """Return why a property may not stand, with the name that may have been meant."""
    if _COVERING.fullmatch(name):
        return tr("{name} could hide, cover or reword a fact", name=name)
    near = get_close_matches(name, PROPERTIES, n=1, cutoff=0.8)
    if near:
        meant = tr("did you mean {name}?", name=near[0])
        return tr("the property {name} is not allowed; {meant}", name=name, meant=meant)
    return tr("the property {name} is not allowed", name=name)


def _leads_out(token: Node) -> bool:
    address = ""
    if token.type == "url":
        address = token.value
    elif token.type == "function" and token.lower_name == "url":
        address = _serialized(token.arguments)
    return "//" in address or "data:" in address.lower()


def _serialized(nodes: Sequence[Node]) -> str:
    try:
        return _serialize(nodes)
    except TypeError:  # a parse error among the nodes has no spelling
        return "…"


def _short(node: Node) -> str:
    text = re.sub(r"\s+", " ", _serialized([node])).strip()
    return text if len(text) <= 80 else text[:77] + "…"

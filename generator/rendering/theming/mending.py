"""Mends a theme.yml where no judgement is needed: a colour gives way to its nearest safe twin."""

from __future__ import annotations

import yaml

from generator.i18n import Translator
from generator.rendering.theming import settings
from generator.rendering.theming.palette import palette

_ROUNDS = 8


def mended(source: str, tr: Translator) -> tuple[str, tuple[str, ...]]:
    """Return a theme.yml with its contrast twins written in, and what was written, in words.

    Everything else, comments too, stays as it is; so does a file with other faults. A twin
    may move the grounds that are mixed from it, so it goes on until every colour stands.
    """
    before = source
    for _ in range(_ROUNDS):
        wishes, faults = settings.read(source.encode(), tr)
        answers = () if faults else palette(wishes.get("colours", {}))[1]
        if not answers:
            break
        for answer in reversed(answers):
            source = _written(source, answer.place, answer.given)
    return source, tuple(_told(before, source))


def _written(source: str, place: str, twin: str) -> str:
    found = _place(yaml.compose(source, yaml.SafeLoader), place.split("."))
    if found is None:
        return source
    return f'{source[: found[0]]}"{twin}"{source[found[1] :]}'


def _told(before: str, after: str) -> list[str]:
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    return [f"{old.strip()} → {new.strip()}" for old, new in pairs if old != new]


def _place(node: yaml.Node | None, path: list[str]) -> tuple[int, int] | None:
    """Return where the scalar at a path begins and ends; one colour alone is the light one."""
    for name in path:
        if isinstance(node, yaml.ScalarNode) and name == "light":
            break
        if not isinstance(node, yaml.MappingNode):
            return None
        node = next((value for key, value in node.value if key.value == name), None)
    if not isinstance(node, yaml.ScalarNode):
        return None
    return node.start_mark.index, node.end_mark.index

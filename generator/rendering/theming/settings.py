"""Reads a theme.yml: bounded YAML, then every fault against the schema, each with a remedy."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from yaml.events import AliasEvent

from generator.i18n import Translator

LARGEST_BYTES = 8_000
_MOST_BRACKETS = 60
_SCHEMA = Path(__file__).parents[1] / "theme.schema.json"


class Fault(NamedTuple):
    """What is wrong with a theme: the place in it, the value, what it is, what to do.

    The code says what gave way: F301 the whole theme, F302 a colour, F303 a picture, F304 a
    part of its CSS, F305 a template, F306 a file, F307 a folder.
    """

    place: str
    value: str
    message: str
    remedy: str
    code: str = "F301"


class _Loader(yaml.SafeLoader):
    """Safe YAML without aliases, which can multiply, and without keys given twice."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "an alias (*) is not allowed", mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                problem = f"the key {key.value} stands twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def read(content: bytes, tr: Translator) -> tuple[Mapping[str, Any], tuple[Fault, ...]]:
    """Return the settings of a theme.yml, or none with every fault it has."""
    if len(content) > LARGEST_BYTES:
        return {}, (_unreadable(tr("the file has {size} bytes", size=len(content)), tr),)
    if content.count(b"[") + content.count(b"{") > _MOST_BRACKETS:
        return {}, (_unreadable(tr("the file has too many brackets"), tr),)
    try:
        settings = yaml.load(content.decode("utf-8-sig"), _Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = error.problem or tr("it is not YAML")
        return {}, (_unreadable(tr("line {line}: {problem}", line=line, problem=problem), tr),)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return {}, (_unreadable(" ".join(str(error).split()), tr),)
    faults = tuple(check(settings, tr))
    return ({}, faults) if faults else (settings, ())


def check(settings: object, tr: Translator) -> Iterator[Fault]:
    """Yield every fault of a theme's settings, in the order of their places."""
    errors = sorted(_validator().iter_errors(settings), key=lambda error: error.json_path)
    for error in errors:
        if error.validator == "additionalProperties" and isinstance(error.instance, dict):
            yield from _unknown_keys(error, tr)
        else:
            yield _fault(error, tr)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


@cache
def schema() -> Mapping[str, Any]:
    """Return the JSON Schema of a theme.yml."""
    loaded: Mapping[str, Any] = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    return loaded


def _unreadable(problem: str, tr: Translator) -> Fault:
    return Fault(
        "theme.yml",
        "",
        tr("cannot be read: {problem}", problem=problem),
        tr("correct the file; “daylight theme check” tells the rest"),
    )


def did_you_mean(word: object, known: list[str], tr: Translator) -> str:
    """Return the remedy for a name that is not known: the nearest one, or all there are."""
    near = get_close_matches(str(word), known, n=1)
    if near:
        return tr("did you mean {name}?", name=near[0])
    return tr("choose among: {names}", names=", ".join(known))


def _unknown_keys(error: ValidationError, tr: Translator) -> Iterator[Fault]:
    rules: Any = error.schema
    settings: Any = error.instance
    known = list(rules["properties"])
    for key in settings:
        if key not in known:
            place = ".".join((*map(str, error.absolute_path), str(key)))
            message = tr("there is no setting {name}", name=key)
            yield Fault(place, str(key), message, did_you_mean(key, known, tr))


def _fault(error: ValidationError, tr: Translator) -> Fault:
    place = ".".join(str(part) for part in error.absolute_path) or "theme.yml"
    value = "" if isinstance(error.instance, dict) else str(error.instance)[:80]
    message, remedy = _explained(error, tr)
    return Fault(place, value, message, remedy)


def _explained(error: ValidationError, tr: Translator) -> tuple[str, str]:
    """Return message and remedy for a fault, by the kind of rule it breaks."""
    found: Any = error.instance
    limit: Any = error.validator_value
    match error.validator:
        case "enum":
            return tr("is not one of the choices"), did_you_mean(found, list(limit), tr)
        case "oneOf":
            remedy = tr("write “#1f5d50” with its quotation marks, or light: and dark: below it")
            return tr("is not a colour"), remedy
        case "required":
            name = next(name for name in limit if name not in found)
            return tr("lacks {name}", name=name), tr("add “schema: 1” as the first line")
        case "const":
            return tr("this version is not known"), tr("write {value}", value=limit)
        case "uniqueItems":
            return tr("a block stands twice"), tr("name each block once")
        case "contains":
            remedy = tr("add the block banner, which carries the page's heading")
            return tr("the home page has no heading"), remedy
        case "pattern":
            return _misspelt(error, tr)
        case "type":
            return tr("is of the wrong kind"), _kind_wanted(str(limit), tr)
        case "maxLength":
            return tr("is longer than {n} characters", n=limit), tr("shorten it")
    return tr("is empty"), tr("fill it in, or leave the setting out")


def _kind_wanted(kind: str, tr: Translator) -> str:
    match kind:
        case "object":
            return tr("write settings below it, each as name: value")
        case "array":
            return tr("write a list, one entry a line, each after a hyphen")
    return tr("write text; in quotation marks if it looks like a number")


def _misspelt(error: ValidationError, tr: Translator) -> tuple[str, str]:
    if str(error.validator_value).startswith("^#"):
        return tr("is not a colour"), tr("write “#1f5d50”: a # and six of 0-9, a-f")
    return (
        tr("is not a file's name that can be used"),
        tr("small letters a-z, digits and hyphens, such as mark.svg, without a folder"),
    )

"""What a JSON Schema finds wrong with a file's settings, in words: what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from generator.checked_yaml import Checked, Keys

_SHOWN = 60
_WANTED = {
    "string": "write a text",
    "boolean": "write true or false",
    "object": "write its settings below it, indented, each as `key: value`",
    "array": "write a list, each entry on a line of its own after a hyphen",
}


def check(found: Checked, schema: Mapping[str, Any]) -> None:
    """Add every fault that the schema finds in the values; it may say `patternErrorMessage`."""
    for error in Draft202012Validator(schema).iter_errors(found.values):
        _explain(error, schema, found)


def _explain(error: ValidationError, schema: Mapping[str, Any], found: Checked) -> None:
    keys: Keys = tuple(error.absolute_path)
    value: Any = error.instance
    limit: Any = error.validator_value
    match error.validator:
        case "additionalProperties":
            rules: Any = error.schema
            for key in value:
                if key not in rules["properties"]:
                    _unknown_key((*keys, key), rules["properties"], schema, found)
        case "required":
            for key in limit:
                if key not in value:
                    found.fault((*keys, key), "is missing; write `{key}: ` and its value", key=key)
        case "enum":
            _unknown_value(keys, value, limit, found)
        case "type":
            kinds = [limit] if isinstance(limit, str) else limit
            found.fault(
                keys,
                "{value} is of the wrong kind; {wanted}",
                value=_shown(value, found),
                wanted=found.tr(_WANTED[kinds[0]]),
            )
        case "pattern":
            name = (*keys, value) if "propertyNames" in error.relative_schema_path else keys
            hint = _hint(error, found)
            found.fault(name, "{value} does not fit; {hint}", value=_shown(value, found), hint=hint)
        case "minLength" | "minItems":
            found.fault(keys, "is empty; fill it in, or leave the key out")
        case "maxLength":
            found.fault(keys, "is longer than {n} characters; shorten it", n=limit)
        case "uniqueItems":
            found.fault(keys, "names the same twice; name each once")
        case _:
            message = "{value} is not allowed here; see the reference of the configuration"
            found.fault(keys, message, value=_shown(value, found))


def _unknown_key(
    keys: Keys, siblings: Mapping[str, Any], schema: Mapping[str, Any], found: Checked
) -> None:
    key = str(keys[-1])
    near = get_close_matches(key.lower().replace("-", "_"), siblings, 1)
    elsewhere = [place for place in _places(schema) if place.rsplit(".", 1)[-1] == key]
    if near:
        found.fault(keys, "there is no such key; did you mean {near}?", near=near[0])
    elif elsewhere:
        found.fault(keys, "there is no such key here; write it as {place}", place=elsewhere[0])
    else:
        message = "there is no such key; delete it, or choose among: {known}"
        found.fault(keys, message, known=", ".join(siblings))


def _unknown_value(keys: Keys, value: object, choices: Sequence[str], found: Checked) -> None:
    shown = _shown(value, found)
    lowered = {choice.lower(): choice for choice in choices}
    near = get_close_matches(str(value).lower().replace("_", "-"), lowered, 1, cutoff=0.4)
    if near:
        message = "{value} is not known; did you mean {near}?"
        found.fault(keys, message, value=shown, near=lowered[near[0]])
    else:
        message = "{value} is not known; choose among: {known}"
        found.fault(keys, message, value=shown, known=", ".join(choices))


def _places(schema: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Yield every key that the schema knows, with the way to it; the outer ones first."""
    properties: Mapping[str, Any] = schema.get("properties", {})
    yield from (f"{above}{key}" for key in properties)
    for key, rules in properties.items():
        yield from _places(rules, f"{above}{key}.")
        if isinstance(rules.get("additionalProperties"), Mapping):
            yield from _places(rules["additionalProperties"], f"{above}{key}.….")


def _hint(error: ValidationError, found: Checked) -> str:
    rules: Any = error.schema
    chinese = found.tr.language.startswith("zh")
    hint: str = rules["patternErrorMessage_zh" if chinese else "patternErrorMessage"]
    return hint


def _shown(value: object, found: Checked) -> str:
    if value is None:
        return found.tr("nothing")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return found.tr("a group of keys")
    if isinstance(value, list):
        return found.tr("a list")
    text = " ".join(str(value).split())
    return found.tr("“{text}”", text=text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")

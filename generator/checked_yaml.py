"""A YAML file as plain values with the line of every key, and the faults found on the way.

Plain scalars are texts, except true, false and nothing: no YAML reader turns a site
code with leading zeros into a number, a day into something else, or `no` into false. A
key without a value counts as not given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

from generator.errors import ConfigError
from generator.i18n import Translator

LARGEST_BYTES = 256_000
_DEEPEST = 16

Keys = tuple[str | int, ...]
"""The way to a value: keys of mappings, positions in lists."""


class _Loader(yaml.SafeLoader):
    """YAML whose plain scalars are texts, but for true, false and nothing."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (PyYAML's own name)


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile("^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""]
)


@dataclass(slots=True, kw_only=True)
class Checked:
    """A file while it is checked: its values, the lines of its keys, its faults so far."""

    name: str
    tr: Translator
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[Keys, int] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)

    def fault(self, keys: Keys, message: str, /, **fields: object) -> None:
        """Note what is wrong with the value at `keys`, and what to do."""
        known = (self.lines[keys[:n]] for n in range(len(keys), 0, -1) if keys[:n] in self.lines)
        line = next(known, 0)
        place = f"{self.name}, {dotted(keys)}" if keys else self.name
        if line:
            place = self.tr("{place} (line {line})", place=place, line=line)
        text = self.tr(message, **fields)
        self.faults.append((line, self.tr("{place}: {fault}", place=place, fault=text)))

    def raise_if_faulty(self) -> None:
        """Raise ConfigError with every fault, each once, in the order of the lines."""
        if self.faults:
            ordered = sorted(self.faults, key=lambda fault: fault[0])
            raise ConfigError(list(dict.fromkeys(text for _, text in ordered)))


def dotted(keys: Keys) -> str:
    """Return the way to a value as messages write it: `offices.legality[2]`, counting from 1."""
    words = "".join(f"[{key + 1}]" if isinstance(key, int) else f".{key}" for key in keys)
    return words.removeprefix(".")


def read_text(path: Path, tr: Translator) -> str:
    """Return a file's text; raise ConfigError if it is missing, too large, or not UTF-8."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(
            tr(
                "{file}: there is no such file; start a city with `daylight init DIR`, "
                "or name its configuration with --config",
                file=path,
            )
        ) from None
    except OSError as error:
        raise ConfigError(
            tr("{file}: cannot be read ({reason}); name the file itself, and see to its permissions",
               file=path, reason=error.strerror)
        ) from error  # fmt: skip
    if len(raw) > LARGEST_BYTES:
        raise ConfigError(
            tr("{file}: is larger than any configuration; name the right file", file=path)
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(
            tr(
                "{file} line {line}: is not UTF-8; save the file with the encoding UTF-8",
                file=path.name,
                line=raw[: error.start].count(b"\n") + 1,
            )
        ) from error


def read(text: str, name: str, tr: Translator) -> Checked:
    """Return the values of a YAML text, with the faults that lie in its YAML alone.

    Raises ConfigError at once for what is no YAML: nothing can be said about the rest then.
    """
    found = Checked(name=name, tr=tr)
    try:
        _look_through(text)
        node = yaml.compose(text, _Loader)
    except yaml.YAMLError as error:
        raise ConfigError(_no_yaml(error, text, name, tr)) from error
    if node is None:
        found.fault((), "is empty; write at least `name: ` and the city's name")
    elif not isinstance(node, yaml.MappingNode):
        found.fault((), "holds no settings; write each as `key: value` on a line of its own")
    else:
        found.values = _mapping(node, (), found)
    return found


PROBLEMS = (
    "mapping values are not allowed here",
    "could not find expected ':'",
    "found character '\t' that cannot start any token",
    "found unexpected end of stream",
    "expected <block end>, but found '<block mapping start>'",
    "expected <block end>, but found '<scalar>'",
    "but found another document",
)
"""What PyYAML says most often; the catalogues translate these."""


def _look_through(text: str) -> None:
    """Raise MarkedYAMLError for what could make a small file endless: aliases, many levels."""
    level = 0
    for event in yaml.parse(text, _Loader):
        level += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        problem = "too many levels" if level > _DEEPEST else ""
        if isinstance(event, AliasEvent):
            problem = "an alias (*) is not used here"
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]


def _no_yaml(error: yaml.YAMLError, text: str, name: str, tr: Translator) -> str:
    problem, line = "", 1
    if isinstance(error, yaml.MarkedYAMLError):
        problem = error.problem or ""
        line = error.problem_mark.line + 1 if error.problem_mark else 1
    elif isinstance(error, yaml.reader.ReaderError):
        problem = "a control character"
        line = text[: error.position].count("\n") + 1
    return tr(
        "{file} line {line}: is not YAML ({problem}); look at colons, quotation marks and "
        "indentation there and in the line above",
        file=name,
        line=line,
        problem=tr(problem),
    )


def _value(node: yaml.Node, keys: Keys, found: Checked) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, keys, found)
    if isinstance(node, yaml.SequenceNode):
        for position, part in enumerate(node.value):
            found.lines[(*keys, position)] = part.start_mark.line + 1
        return [_value(part, (*keys, n), found) for n, part in enumerate(node.value)]
    kind = node.tag.removeprefix("tag:yaml.org,2002:")
    if kind not in ("str", "bool", "null"):
        found.fault(keys, "has a tag ({tag}); write the value alone", tag=node.tag)
    if kind == "bool":
        return str(node.value).lower() == "true"
    return None if kind == "null" else str(node.value)


def _mapping(node: yaml.MappingNode, keys: Keys, found: Checked) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            found.lines.setdefault(keys, line)
            found.fault(keys, "has a key that is no text (line {line}); write a word", line=line)
            continue
        here = (*keys, str(key_node.value))
        if here in found.lines:
            first = found.lines[here]
            found.lines[here] = line
            found.fault(here, "stands in line {first} already; keep one of the two", first=first)
            continue
        found.lines[here] = line
        value = _value(value_node, here, found)
        if value is not None:
            values[str(key_node.value)] = value
    return values

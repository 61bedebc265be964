"""Finds every text of the interface: `tr(…)`, `fault(…)`, `_(…)` in templates, tables of words.

    python -m tests.contract.messages

writes the catalogues anew: translations stay, texts that are gone go, new ones come in empty.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment
from jinja2 import nodes as jinja

from generator import checked_yaml, schema_faults
from generator.pages import labels
from generator.rendering.theming import blocks

ROOT = Path(__file__).resolve().parents[2]
CALLS = {"tr", "_tr", "_"}
KEPT = {"message", "problem"}


def in_python(path: Path) -> Iterator[str]:
    """Yield the messages of a module.

    They are the literal first arguments of `tr(…)`, both forms of `plural`, the literal
    arguments of `fault(…)` and whatever is kept in a `message` or `problem` on the way there.
    """
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in KEPT:
            yield from _texts([node.value])
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        if name in CALLS:
            yield from _literals(node.args[:1])
        elif name == "plural":
            yield from _literals(node.args[:2])
        elif name == "fault":
            yield from _texts(node.args)


def _texts(arguments: list[ast.expr]) -> Iterator[str]:
    for argument in arguments:
        if isinstance(argument, ast.IfExp):
            yield from _texts([argument.body, argument.orelse])
        elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield from filter(None, [argument.value])


def in_tables() -> Iterator[str]:
    """Yield the messages that stand in tables of words, to be looked up by a value."""
    for words in (*labels._ENUMS.values(), *labels._SUGGESTED.values(), schema_faults._WANTED):
        yield from words.values()
    for forms in labels._LIMITS.values():
        yield from forms
    for _, title in blocks._CONTACT:
        yield title
    yield from checked_yaml.PROBLEMS


def _literals(arguments: list[ast.expr]) -> Iterator[str]:
    for argument in arguments:
        for part in ast.walk(argument):
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value:
                yield part.value


def in_template(path: Path) -> Iterator[str]:
    """Yield the messages of a Jinja template: `_(…)`, `tr(…)` and both forms of `plural`."""
    environment = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
    tree = environment.parse(path.read_text("utf-8"))
    for call in tree.find_all(jinja.Call):
        if not isinstance(call.node, jinja.Name):
            continue
        count = {"_": 1, "tr": 1, "plural": 2}.get(call.node.name, 0)
        for argument in call.args[:count]:
            if isinstance(argument, jinja.Const) and isinstance(argument.value, str):
                yield argument.value


def all_messages() -> dict[str, str]:
    """Return every message with the first file that holds it."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "generator").rglob("*.py")):
        for message in in_python(path):
            found.setdefault(message, str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "theme").rglob("*.html")):
        for message in in_template(path):
            found.setdefault(message, str(path.relative_to(ROOT)))
    for message in in_tables():
        found.setdefault(message, "a table of words")
    return found


def renew(catalogue: Path) -> list[str]:
    """Write a catalogue anew, in the order of the files; return what lacks a translation."""
    with catalogue.open("rb") as file:
        old = read_po(file)
    known = {str(entry.id): str(entry.string) for entry in old if entry.id}
    new = Catalog(
        locale=catalogue.stem,
        project="Daylight",
        header_comment=old.header_comment,
        creation_date=old.creation_date,
        fuzzy=False,
    )
    for text, _ in sorted(all_messages().items(), key=lambda message: (message[1], message[0])):
        new.add(text, known.get(text, ""))
    with catalogue.open("wb") as file:
        write_po(file, new, width=0)
    return [str(entry.id) for entry in new if entry.id and not entry.string]


if __name__ == "__main__":
    for path in sorted((ROOT / "generator" / "locale").glob("*.po")):
        for text in renew(path):
            print(f"{path.relative_to(ROOT)}: {text!r}: has no translation; write one")

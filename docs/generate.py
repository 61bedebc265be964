"""Makes docs/reference/ from what the program itself goes by: `python docs/generate.py`.

Tables from their schemas, configuration from its JSON Schema, commands from click, rules from
the gate. tests/contract/test_reference.py holds the committed pages to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib import resources
from inspect import cleandoc
from pathlib import Path
from typing import Any

import click

from generator import config
from generator.cli.main import daylight, load_commands
from generator.sources import schema
from generator.vetting import gate, guard
from generator.vetting.rule import Rule

FOLDER = Path(__file__).resolve().parent / "reference"
NOTE = "<!-- Made by `make docs`; change the source named below, not this page. -->\n"

FAMILIES = "S Schema and references, L Law, T Time, P Procedures, F Format, V Privacy"
BUILD_CODES = {
    "F301": "A theme cannot be read or is not of its form: its site takes the municipal look.",
    "F302": "A colour of a theme missed its contrast: the nearest safe one was taken.",
    "F303": "A picture of a theme is missing, unsafe or partly left out.",
    "F304": "A theme's CSS has parts that may not pass: they were left out.",
    "F305": "A theme's block template may not run or hides a fact: the city's block stands.",
    "F306": "A file in a theme's folder is no part of a theme, cannot be read or is too large.",
    "F307": "A theme's folder or setting belongs to no department, or names no theme.",
    "F321": "A page of prose cannot be published: its name, encoding or size.",
    "F322": "A page of prose has markup or links that were left out.",
    "P900": "A procedure has no flowchart: its page shows the steps as a list, and the finding says why.",
    "B901": "The Pagefind in use cannot segment Chinese.",
    "B902": "A folder in public-domains/ is the site of a domain that no department has any more.",
    "B903": "Handbooks are not made: Typst or the font is not installed.",
    "B911": "A line of the ledger lacks a signature that counts: it is left out.",
    "B912": "A withdrawal lacks a signature that counts: it stands, since nothing can undo it.",
}
"""What a build reports beside the gate's findings; nothing of it stops a build."""


def pages() -> Mapping[str, str]:
    """Return every generated page by its file's name."""
    made = {"tables": _tables, "configuration": _configuration}
    made |= {"commands": _commands, "rules": _rules}
    return {f"{name}.md": NOTE + "\n".join(make()).rstrip() + "\n" for name, make in made.items()}


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _tables() -> Iterator[str]:
    yield "# Working tables\n"
    yield "From `generator/sources/schema/`. Each is a CSV file in `content/database/`: UTF-8, with or"
    yield "without byte order mark, a header, one row a line. A cell with several values separates them"
    yield "with `;`. Days are written `2025-04-19`. [Other stores](../how-to/stores.md) hold the same"
    yield "tables.\n"
    yield "| table | Chinese | holds |\n|---|---|---|"
    for table in schema.tables().values():
        yield f"| [{table.name}](#{table.name}) | {table.title_zh} | {_cell(table.description)} |"
    for table in schema.tables().values():
        yield from _table(table)


def _table(table: schema.TableSchema) -> Iterator[str]:
    yield f"\n## {table.name}\n"
    yield f"**{table.title}** · {table.title_zh}. {table.description} {table.description_zh}\n"
    yield f"Key: {', '.join(f'`{name}`' for name in table.primary_key)}. {_part(table)}\n"
    yield "| column | title | type | | what |\n|---|---|---|---|---|"
    references = {key.fields[0]: key for key in table.foreign_keys if len(key.fields) == 1}
    for field in table.fields:
        notes = ["required"] if field.required else []
        notes += ["several, `;`"] if field.many else []
        if field.name in references:
            key = references[field.name]
            target = key.resource or table.name
            notes.append(f"a {key.reference_fields[0]} of [{target}](#{target})")
        notes += [f"at least {field.minimum}"] if field.minimum is not None else []
        notes += [f"pattern `{_cell(field.pattern)}`"] if field.pattern else []
        what = f"{field.description} {field.description_zh}"
        if field.enum or field.suggested:
            lead = "One of" if field.enum else "For instance"
            values = ", ".join(f"`{value}`" for value in field.enum or field.suggested)
            what += f" {lead}: {values}."
        yield (
            f"| `{field.name}` | {field.title} · {field.title_zh} | {field.type} "
            f"| {', '.join(notes)} | {_cell(what)} |"
        )


def _part(table: schema.TableSchema) -> str:
    part = "Not signed; for the gate."
    if table.register:
        part = "A register: signed as a whole."
    elif table.parent or table.name == "powers":
        part = "Signed power by power: a row of `powers` with all its children."
    return part + (" The file may be missing." if table.optional else "")


def _configuration() -> Iterator[str]:
    root = config.schema()
    yield "# Configuration: site_config.yml\n"
    yield "From `generator/site_config.schema.json`, which editors can use too: put"
    yield "`# yaml-language-server: $schema=<path of that file>` on the first line. Every fault is"
    yield "reported at once. Paths are relative to the file's folder.\n"
    yield "| key | type | default | what |\n|---|---|---|---|"
    yield from _keys(root, "")
    theme = resources.files("generator.rendering") / "theme.schema.json"
    yield "\n# A theme: department_themes/&lt;slug&gt;/theme.yml\n"
    yield "From `generator/rendering/theme.schema.json`. How to use it:"
    yield "[for departments](../how-to/departments.md).\n"
    yield "| key | type | default | what |\n|---|---|---|---|"
    yield from _keys(json.loads(theme.read_text(encoding="utf-8")), "")


def _keys(node: Mapping[str, Any], prefix: str) -> Iterator[str]:
    required = node.get("required", ())
    for name, value in node.get("properties", {}).items():
        key = f"{prefix}{name}"
        what = _cell(f"{value.get('description', '')} {value.get('description_zh', '')}")
        yield f"| `{key}` | {_type(value)} | {_default(value, name in required)} | {what} |"
        yield from _keys(value, f"{key}.")
        if isinstance(value.get("additionalProperties"), dict):
            yield from _keys(value["additionalProperties"], f"{key}.<slug>.")


def _type(value: Mapping[str, Any]) -> str:
    kind = value.get("type", "object" if "properties" in value else "")
    if "const" in value:
        return f"`{value['const']}`"
    if "enum" in value:
        return " \\| ".join(f"`{choice}`" for choice in value["enum"])
    if "items" in value and "enum" in value["items"]:
        return "list of " + ", ".join(f"`{choice}`" for choice in value["items"]["enum"])
    reference = value.get("$ref", "").rsplit("/", 1)[-1] or ("picture" if "oneOf" in value else "")
    return " or ".join(kind) if isinstance(kind, list) else kind or reference or "text"


def _default(value: Mapping[str, Any], required: bool) -> str:
    if required:
        return "**required**"
    return f"`{json.dumps(value['default'], ensure_ascii=False)}`" if "default" in value else ""


def _commands() -> Iterator[str]:
    load_commands()
    yield "# Commands\n"
    yield "From the commands' own help. `python -m generator` is the same as `daylight`. Results go to"
    yield "stdout, progress and errors to stderr. What exit codes mean:"
    yield "[for operators](../how-to/operators.md#exit-codes).\n"
    yield _help(daylight, "daylight")
    above = click.Context(daylight, info_name="daylight")
    for name, command in sorted(daylight.commands.items()):
        yield f"\n## daylight {name}\n"
        yield _help(command, name, above)


def _help(command: click.Command, name: str, parent: click.Context | None = None) -> str:
    settings: dict[str, Any] = {"terminal_width": 96, "max_content_width": 96}
    settings |= daylight.context_settings
    context = click.Context(command, info_name=name, parent=parent, **settings)
    return f"```text\n{command.get_help(context)}\n```"


def _rules() -> Iterator[str]:
    yield "# Rules of the gate\n"
    yield "From the docstrings in `generator/vetting/`. An error refuses the record until it is mended, or"
    yield "until a row of `waivers.csv` lets it stand, with who decided and why. A *fixed* rule cannot be"
    yield "waived: the record could not be read, or the law leaves no room. A waiver has a last day, and"
    yield "the report names it. A warning refuses nothing and asks for a look, a note only tells."
    for letter, _, family in (part.partition(" ") for part in FAMILIES.split(", ")):
        yield f"\n## {letter}: {family}\n"
        yield "| rule | finds | |\n|---|---|---|"
        for code, rule in gate.rules().items():
            if code.startswith(letter):
                yield f"| `{code}` | {_finds(rule)} | {_weight(rule)} |"
    yield "\n## G: Path guard\n"
    yield "Of `vet --changed-since REV --as DEPARTMENT`. Each is an error and cannot be waived."
    yield "How it is used: [whose change it is](../how-to/reviewing.md#whose-change-it-is).\n"
    yield "| rule | finds |\n|---|---|"
    for code, text in guard.CODES.items():
        yield f"| `{code}` | {text} |"
    yield "\n## What a build reports besides\n\nNone of these stops it.\n\n| code | says |\n|---|---|"
    for code, text in BUILD_CODES.items():
        yield f"| `{code}` | {text} |"


def _finds(rule: Rule) -> str:
    text = _cell(cleandoc(rule.check.__doc__ or ""))
    for lead in ("Yield a finding for ", "Yield a warning for ", "Yield a note for "):
        text = text.removeprefix(lead)
    return text[:1].upper() + text[1:]


def _weight(rule: Rule) -> str:
    for lead, weight in {"Yield a warning": "warning", "Yield a note": "note"}.items():
        if rule.title.startswith(lead):
            return weight
    return "error" if rule.waivable else "error, fixed"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")

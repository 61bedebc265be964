"""`copy-tables`: the working tables from one store into another, complete and unchanged."""

from __future__ import annotations

import json
from pathlib import Path

import click

from generator.cli.console import config_option, format_option, quiet_option, say
from generator.cli.main import daylight
from generator.errors import ConfigError, SourceError
from generator.i18n import Translator
from generator.sources import decode, schema
from generator.sources.stores import Store, open_store
from generator.sources.tables import Irregularity, Tables
from generator.sources.workbook import Workbook

_SHOWN = 5


@daylight.command(
    "copy-tables",
    epilog="\b\nExamples:\n  daylight copy-tables content/city.xlsx\n"
    "  daylight copy-tables 'postgresql://clerk@db.example.gov/city?schema=powers' --dry-run\n"
    "  daylight copy-tables content/database --replace && git diff content/database",
)
@config_option
@click.argument("to", metavar="TO")
@click.option(
    "--from", "origin", metavar="ADDRESS", help="Read from there, not from the city's `source`."
)
@click.option("--replace", is_flag=True, help="Take the place of tables that are there already.")
@click.option("--dry-run", is_flag=True, help="Say what would be copied; write nothing.")
@format_option("json")
@quiet_option
def copy_tables(
    config_path: Path,
    to: str,
    origin: str | None,
    replace: bool,
    dry_run: bool,
    form: str,
    quiet: bool,
) -> None:
    """Copy all working tables to TO: a folder, .xlsx, .sqlite or postgresql://….

    Addresses are written as `source` in the configuration writes them. All is copied or
    nothing, and read back to prove it; where it came from stays as it is.
    """
    from generator.config import load
    from generator.i18n import translator

    config = load(config_path)
    tr = translator(config.language)
    source = open_store(origin or config.source, config.root, tr)
    target = open_store(to, config.root, tr)
    tables = source.read(tr)
    _check(tables, target, replace=replace, tr=tr)
    rows = {name: len(tables.rows(name)) for name in schema.tables()}
    if not dry_run:
        target.replace(
            {name: [row.cells for row in tables.rows(name)] for name in schema.tables()}, tr
        )
        _prove(tables, target, tr)
    if form == "json":
        found = {"from": source.location, "to": target.location, "dry_run": dry_run, "rows": rows}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    click.echo(
        f"{'would copy' if dry_run else 'copied'} {len(rows)} tables, {sum(rows.values())} rows: "
        f"{source.location} → {target.location}"
    )
    if to != config.source and not dry_run:
        say(f"To keep the tables there, write into {config_path.name}: source: {to}", quiet)


def _check(tables: Tables, target: Store, *, replace: bool, tr: Translator) -> None:
    """Raise if something would be lost: what the tables cannot carry, or what is there already."""
    if tables.irregularities:
        notes = [_named(note, tr) for note in tables.irregularities[:_SHOWN]]
        if len(tables.irregularities) > _SHOWN:
            notes.append("…")
        raise SourceError(
            tr(
                "{location}: holds what would be lost on the way ({what}); mend it or take it "
                "out first, see `daylight vet`",
                location=tables.location,
                what=", ".join(notes),
            )
        )
    if target.location == tables.location:
        raise ConfigError(
            tr(
                "{location}: is where the tables are already; name another",
                location=tables.location,
            )
        )
    if target.is_empty(tr):
        return
    if isinstance(target, Workbook):
        raise target.refusal(tr)
    if not replace:
        raise ConfigError(
            tr(
                "{location}: holds tables already; name another place, or give --replace",
                location=target.location,
            )
        )


def _named(note: Irregularity, tr: Translator) -> str:
    if note.value:
        return f"{note.table}: {note.value}" if note.row is not None else note.value
    return tr("{table} row {row}", table=note.table, row=note.row)


def _prove(tables: Tables, target: Store, tr: Translator) -> None:
    """Raise SourceError if the copy reads otherwise than what it is a copy of."""
    copy = target.read(tr)
    same = decode.records(copy) == decode.records(tables) and all(
        decode.register_rows(copy, name) == decode.register_rows(tables, name)
        for name in schema.tables()
    )
    if not same:
        raise SourceError(
            tr(
                "{location}: reads otherwise than it was written, most likely because its columns "
                "have types of their own; do not use it",
                location=target.location,
            )
        )

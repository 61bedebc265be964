"""What every source asks of the names it finds: all tables and columns there, strangers noted."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from generator.errors import SourceError
from generator.i18n import Translator
from generator.sources import schema
from generator.sources.schema import TableSchema
from generator.sources.tables import Irregularity, IrregularityKind


def unknown_tables(names: Iterable[str]) -> Iterator[Irregularity]:
    """Yield a note for each name that no schema has."""
    for name in names:
        if name not in schema.tables():
            yield Irregularity(
                kind=IrregularityKind.UNKNOWN_TABLE, table=name, value=name, cells={}
            )


def unknown_columns(
    header: Iterable[str], definition: TableSchema, row: int | None
) -> Iterator[Irregularity]:
    """Yield a note for each column that the table's schema lacks; `row` is the header's."""
    for name in header:
        if name not in definition.columns:
            yield Irregularity(
                kind=IrregularityKind.UNKNOWN_COLUMN,
                table=definition.name,
                row=row,
                value=name,
                cells={},
            )


def all_columns(header: Iterable[str], definition: TableSchema, place: str, tr: Translator) -> None:
    """Raise SourceError if a column is missing that must be there; `place` names the header."""
    present = set(header)
    missing = [name for name in definition.required_columns if name not in present]
    if not missing:
        return
    near = nearest(missing[0], present - set(definition.columns))
    columns = ", ".join(missing)
    if near:
        raise SourceError(
            tr(
                "{place}: lacks the column {columns}; is it “{near}”? Rename it",
                place=place,
                columns=columns,
                near=near,
            )
        )
    raise SourceError(
        tr(
            "{place}: lacks the column {columns}; add it, empty if there is nothing to say",
            place=place,
            columns=columns,
        )
    )


def all_tables(names: Iterable[str], location: str, tr: Translator) -> None:
    """Raise SourceError if a table is missing that must be there."""
    present = set(names)
    for name, definition in schema.tables().items():
        if name in present or definition.optional:
            continue
        near = nearest(name, present - set(schema.tables()))
        if near:
            raise SourceError(
                tr(
                    "{location}: lacks the table {table}; is it “{near}”? Rename it",
                    location=location,
                    table=name,
                    near=near,
                )
            )
        raise SourceError(
            tr(
                "{location}: lacks the table {table}; add it, with its columns if it is empty",
                location=location,
                table=name,
            )
        )


def nearest(name: str, strangers: Iterable[str]) -> str:
    """Return the stranger that a missing name most likely became, or ""."""
    near = difflib.get_close_matches(name, sorted(strangers), n=1)
    return near[0] if near else ""

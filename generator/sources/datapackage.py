"""A folder of CSV files, one for each table: the embedded store of the working tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.errors import SourceError
from generator.i18n import Translator
from generator.sources import csvfile, headers, schema
from generator.sources.schema import TableSchema
from generator.sources.tables import Irregularity, IrregularityKind, Row, Table, Tables

_ENGLISH = Translator("en")


def read(folder: Path, *, tr: Translator = _ENGLISH) -> Tables:
    """Read every table of the schemas from `folder`.

    A row that does not fit its header is left out and noted, and so is the name of a
    column or file that no schema knows. Raises SourceError when the folder, a table or a
    column is missing, a file is no CSV in UTF-8, or a link leads out of the folder.
    """
    root = _folder(folder, tr)
    files = _files(folder, tr)
    found: dict[str, Table] = {}
    noted: list[Irregularity] = list(headers.unknown_tables(files))
    for name, definition in schema.tables().items():
        path = files.get(name)
        if path is None:
            if definition.optional:
                continue
            raise SourceError(_missing_table(folder, name, files, tr))
        table, irregular = _table(path, root, definition, tr)
        found[name] = table
        noted += irregular
    return Tables(location=str(folder), tables=found, irregularities=tuple(noted))


def _folder(folder: Path, tr: Translator) -> Path:
    if not folder.is_dir():
        raise SourceError(
            tr(
                "{folder}: there is no such folder; it holds the working tables, one CSV for each",
                folder=folder,
            )
        )
    return folder.resolve()


def _files(folder: Path, tr: Translator) -> dict[str, Path]:
    try:
        paths = sorted(folder.glob("*.csv"))
    except OSError as error:
        raise _unreadable(folder, error, tr) from error
    return {path.stem: path for path in paths if not path.name.startswith((".", "~"))}


def _missing_table(folder: Path, name: str, files: Iterable[str], tr: Translator) -> str:
    near = headers.nearest(name, (file for file in files if file not in schema.tables()))
    path = folder / f"{name}.csv"
    if near:
        return tr("{path}: the table is missing; is it {near}.csv? Rename it", path=path, near=near)
    return tr("{path}: the table is missing; add it, with a header row if it is empty", path=path)


def _table(
    path: Path, root: Path, definition: TableSchema, tr: Translator
) -> tuple[Table, list[Irregularity]]:
    content = _content(path, root, tr)
    sheet = csvfile.parse(content, path.name, tr)
    headers.all_columns(sheet.header, definition, tr("{file} row 1", file=path.name), tr)
    rows, ragged = split(sheet, definition.name)
    unknown = list(headers.unknown_columns(sheet.header, definition, row=1))
    table = Table(
        name=definition.name,
        path=str(path),
        columns=sheet.header,
        rows=tuple(rows),
        digest=hashlib.sha256(content).hexdigest(),
    )
    return table, unknown + ragged


def _content(path: Path, root: Path, tr: Translator) -> bytes:
    try:
        # A link may point elsewhere in the folder, never out of it: a pull request must
        # not be able to publish a file of the machine that builds.
        if not path.resolve(strict=True).is_relative_to(root):
            raise SourceError(
                tr(
                    "{path}: is a link that leads out of its folder; put the file itself there",
                    path=path,
                )
            )
        if not path.is_file():
            raise SourceError(tr("{path}: is not a file; the table goes there", path=path))
        return path.read_bytes()
    except (OSError, RuntimeError) as error:
        raise _unreadable(path, error, tr) from error


def _unreadable(path: Path, error: Exception, tr: Translator) -> SourceError:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return SourceError(
        tr(
            "{path}: cannot be read ({why}); check that it is there and may be read",
            path=path,
            why=why,
        )
    )


def split(sheet: csvfile.Sheet, table: str) -> tuple[list[Row], list[Irregularity]]:
    """Return the rows of a sheet that fit its header, and a note on each that does not."""
    header, rows, ragged = sheet.header, [], []
    shared: dict[str, str] = {}  # codes and controlled values repeat: keep one copy of each
    for number, cells in sheet.rows:
        by_column: Mapping[str, str] = {
            name: shared.setdefault(cell, cell) for name, cell in zip(header, cells, strict=False)
        }
        if len(cells) == len(header):
            rows.append(Row(number, by_column))
            continue
        ragged.append(
            Irregularity(
                kind=IrregularityKind.RAGGED_ROW,
                table=table,
                row=number,
                expected=len(header),
                found=len(cells),
                cells=by_column,
            )
        )
    return rows, ragged

"""The embedded store: a folder of CSV files, which version control can compare line by line."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from generator.errors import SourceError
from generator.i18n import Translator
from generator.sources import csvfile, datapackage, schema
from generator.sources.exchange import at_rest, exchange
from generator.sources.tables import Rows, Tables

_ENGLISH = Translator("en")
_MARK = "\ufeff".encode()


class Folder:
    """A folder with a CSV file for each table."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def location(self) -> str:
        """The folder."""
        return str(self.path)

    @property
    def files(self) -> tuple[Path, ...]:
        """The folder, as what to watch."""
        return (self.path,)

    def digest(self) -> str:
        """Return a hash over the files' names and bytes."""
        sums = hashlib.sha256()
        with self._at_rest(_ENGLISH):
            for path in sorted(self.path.glob("*.csv")):
                if path.is_file() and not path.is_symlink():
                    content = hashlib.sha256(path.read_bytes()).digest()
                    sums.update(f"{path.name}\0".encode() + content)
        return sums.hexdigest()

    def read(self, tr: Translator) -> Tables:
        """Return the tables of the folder."""
        with self._at_rest(tr):
            return datapackage.read(self.path, tr=tr)

    def is_empty(self, tr: Translator) -> bool:
        """Tell whether the folder holds no table yet."""
        return not any((self.path / f"{name}.csv").exists() for name in schema.tables())

    def replace(self, tables: Mapping[str, Rows], tr: Translator) -> None:
        """Write the files of some tables anew; each keeps its columns, and its look for Excel."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with self._at_rest(tr):
                files = {f"{name}.csv": self._file(name, rows, tr) for name, rows in tables.items()}
            exchange(self.path, files)
        except OSError as error:
            raise SourceError(
                tr(
                    "{folder}: cannot be written ({why}); nothing was changed",
                    folder=self.path,
                    why=error.strerror or error,
                )
            ) from error

    def _file(self, table: str, rows: Rows, tr: Translator) -> bytes:
        path = self.path / f"{table}.csv"
        if not path.exists():
            return as_csv(columns_of(table), rows)
        old = path.read_bytes()
        sheet = csvfile.parse(old, path.name, tr)
        for number, cells in sheet.rows:
            if len(cells) != len(sheet.header):
                raise SourceError(
                    tr(
                        "{file} row {line}: does not fit its header and would be lost; mend it "
                        "first. Nothing was changed",
                        file=path.name,
                        line=number,
                    )
                )
        made = as_csv(with_columns_in_use(sheet.header, table, rows), rows)
        if b"\r\n" in old[: old.find(b"\n") + 1]:
            made = as_csv(with_columns_in_use(sheet.header, table, rows), rows, line_end="\r\n")
        return _MARK + made if old.startswith(_MARK) else made

    @contextmanager
    def _at_rest(self, tr: Translator) -> Iterator[None]:
        with ExitStack() as stack:
            try:
                stack.enter_context(at_rest(self.path))
            except (OSError, ValueError) as error:
                raise SourceError(
                    tr(
                        "{folder}: a change of several tables was cut short and cannot be "
                        "completed ({why}); run the command again as somebody who may write there",
                        folder=self.path,
                        why=getattr(error, "strerror", None) or error,
                    )
                ) from error
            yield


def as_csv(columns: Sequence[str], rows: Rows, *, line_end: str = "\n") -> bytes:
    """Return rows as the bytes of a CSV file with a header."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=line_end)
    writer.writerow(columns)
    writer.writerows([[row.get(column, "") for column in columns] for row in rows])
    return text.getvalue().encode()


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns that a new table gets."""
    return schema.tables()[table].columns


def with_columns_in_use(columns: Sequence[str], table: str, rows: Rows) -> tuple[str, ...]:
    """Return a table's columns, and those of its schema that it lacks and a row has a value for."""
    lacking = [name for name in columns_of(table) if name not in columns]
    used = {name for name in lacking if any(row.get(name) for row in rows)}
    return (*columns, *(name for name in lacking if name in used))

"""Working tables in a schema of a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any

from generator.errors import ConfigError, SourceError
from generator.i18n import Translator
from generator.sources.sql import POSITION, SqlStore

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.sql import Composed

_WAIT_SECONDS = 10


class PostgresqlStore(SqlStore):
    """A schema of a database, the connection's own if none is named."""

    def __init__(self, url: str, schema: str = "") -> None:
        self._url, self._schema = url, schema
        mark = "&" if "?" in url else "?"
        self.location = f"{url}{mark}schema={schema}" if schema else url

    @contextmanager
    def reading(self, tr: Translator) -> Iterator[_Database]:
        """Open a transaction REPEATABLE READ, READ ONLY: one snapshot for every question."""
        with self._connected(tr) as connection:
            from psycopg import IsolationLevel

            connection.isolation_level = IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            yield _Database(connection, self._named(connection, tr))

    @contextmanager
    def writing(self, tr: Translator) -> Iterator[_Database]:
        """Open a transaction, in a schema made if it is not there."""
        with self._connected(tr) as connection:
            from psycopg import sql

            named = self._named(connection, tr)
            present = connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [named])
            if not present.fetchone():
                connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(named)))
            yield _Database(connection, named)

    def _named(self, connection: Connection[Any], tr: Translator) -> str:
        if self._schema:
            return self._schema
        row = connection.execute("SELECT current_schema()").fetchone()
        if not row or not row[0]:
            raise SourceError(
                tr(
                    "{location}: names no schema, and the connection has none of its own; "
                    "add ?schema=…",
                    location=self.location,
                )
            )
        return str(row[0])

    @contextmanager
    def _connected(self, tr: Translator) -> Iterator[Connection[Any]]:
        psycopg = _driver(tr)
        try:
            wanted = psycopg.conninfo.conninfo_to_dict(self._url)
            wanted = {
                "connect_timeout": _WAIT_SECONDS,
                "fallback_application_name": "daylight",
            } | wanted
            # Leaving commits, and an error undoes all.
            with psycopg.connect(**(wanted | {"client_encoding": "UTF8"})) as connection:
                yield connection
        except psycopg.Error as error:
            why = " ".join(str(error).split())
            raise SourceError(
                tr(
                    "{location}: PostgreSQL cannot do this ({why}); check the address, the "
                    "server, and what this user may do",
                    location=self.location,
                    why=why,
                )
            ) from error


def _driver(tr: Translator) -> ModuleType:
    try:
        import psycopg
        import psycopg.conninfo
    except ImportError as error:
        raise ConfigError(
            tr(
                "PostgreSQL: needs psycopg ({why}); install it with "
                "pip install 'daylight-sites[postgresql]'",
                why=error,
            )
        ) from error
    return psycopg


class _Database:
    def __init__(self, connection: Connection[Any], schema: str) -> None:
        self._connection, self._schema = connection, schema

    def tables(self) -> Sequence[str]:
        found = self._connection.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = %s AND c.relkind IN ('r', 'p', 'v', 'm', 'f')",
            [self._schema],
        )
        return [str(name) for (name,) in found]

    def columns(self, table: str) -> Sequence[str]:
        cursor = self._connection.execute(self._sql("SELECT * FROM {table} LIMIT 0", table))
        return [column.name for column in cursor.description or ()]

    def rows(self, table: str) -> Iterable[Sequence[Any]]:
        return self._connection.execute(self._sql("SELECT * FROM {table}", table)).fetchall()

    def count(self, table: str) -> int:
        row = self._connection.execute(self._sql("SELECT count(*) FROM {table}", table)).fetchone()
        return int(row[0]) if row else 0

    def create(self, table: str, columns: Sequence[str]) -> None:
        self._connection.execute(self._sql("CREATE TABLE {table} ()", table))
        for column in columns:
            self.add_column(table, column)

    def add_column(self, table: str, column: str) -> None:
        kind = "integer" if column == POSITION else "text"
        self._connection.execute(
            self._sql(f"ALTER TABLE {{table}} ADD COLUMN {{columns}} {kind}", table, (column,))
        )

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        # Two writers queue up here; readers go on and see what was. TRUNCATE would empty the
        # table for a reader who began before it.
        self._connection.execute(self._sql("LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE", table))
        self._connection.execute(self._sql("DELETE FROM {table}", table))
        command = self._sql("COPY {table} ({columns}) FROM STDIN", table, columns)
        with self._connection.cursor().copy(command) as copy:
            for row in rows:
                copy.write_row(row)

    def _sql(self, text: str, table: str, columns: Sequence[str] = ()) -> Composed:
        from psycopg import sql

        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        return sql.SQL(text).format(table=sql.Identifier(self._schema, table), columns=names)

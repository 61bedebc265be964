"""SQL stores: one moment for all tables, typed columns, and everything that may be wrong."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from generator.errors import SourceError
from generator.sources import decode
from generator.sources.stores import Store
from generator.sources.tables import IrregularityKind
from tests.stores import TR, Addresses, fill, opened, tables_of

SQL = ("sqlite", "postgresql")
Execute = Callable[[str], Any]


@pytest.fixture
def held(request, new_address: Addresses) -> tuple[Store, Execute]:
    """Return a store that holds the Chinese city, and what runs a statement in its database."""
    address = new_address(request.param)
    store = opened(address)
    fill(store, tables_of("zh"))

    def execute(statement: str) -> None:
        if request.param == "sqlite":
            with closing(sqlite3.connect(address)) as connection, connection:
                connection.execute(statement)
        else:
            with connected(address) as connection:
                connection.execute(statement)

    return store, execute


def connected(address: str) -> psycopg.Connection[Any]:
    url, _, schema = address.partition("&schema=")
    return psycopg.connect(url, options=f"-csearch_path={schema}")


def refusal(store: Store) -> str:
    with pytest.raises(SourceError) as caught:
        store.read(TR)
    assert caught.value.exit_code == 3
    return str(caught.value)


both = pytest.mark.parametrize("held", SQL, indirect=True)


@both
def test_a_city_with_typed_columns_and_views_is_the_same_city(held, request):
    """A city's own database has days, numbers and yes/no; its list must not change for it."""
    store, execute = held
    before = decode.power_list(store.read(TR))
    if "postgresql" in request.node.name:
        execute("ALTER TABLE powers ALTER status_from TYPE date USING status_from::date,"
                " ALTER statutory_limit TYPE numeric(6,2) USING statutory_limit::numeric")  # fmt: skip
        execute("ALTER TABLE instruments ALTER adopted_on TYPE timestamp USING adopted_on::date")
        execute("ALTER TABLE materials ALTER required TYPE boolean USING required::boolean,"
                " ALTER seq TYPE bigint USING seq::bigint")  # fmt: skip
        execute("ALTER TABLE powers ALTER former_codes TYPE text[]"
                " USING string_to_array(former_codes, ';')")  # fmt: skip
    else:
        for table, typed in (
            ("powers", {"statutory_limit": "CAST(statutory_limit AS REAL)"}),
            ("materials", {"seq": "CAST(seq AS INTEGER)", "required": "required = 'yes'"}),
        ):
            columns = store.read(TR).tables[table].columns
            chosen = ", ".join(f"{typed.get(name, name)} AS {name}" for name in columns)
            execute(f"ALTER TABLE {table} RENAME TO old_{table}")
            execute(f"CREATE VIEW {table} AS SELECT position, {chosen} FROM old_{table}")
    execute("ALTER TABLE fees RENAME TO fees_of_the_city")
    execute("CREATE VIEW fees AS SELECT * FROM fees_of_the_city")

    assert decode.power_list(store.read(TR)) == before


@both
def test_null_and_empty_are_the_same(held):
    """An empty cell in one tool is NULL in another; it must make no other record."""
    store, execute = held
    before = decode.records(store.read(TR))

    execute("UPDATE powers SET summary = '' WHERE summary IS NULL")
    execute("UPDATE powers SET aliases = NULL WHERE aliases = ''")

    assert decode.records(store.read(TR)) == before


@both
def test_without_positions_rows_stand_in_the_order_of_their_key(held):
    """A table filled by the city's own tools has no positions; two builds must still agree."""
    store, execute = held
    execute("UPDATE steps SET position = NULL")
    execute("UPDATE legal_bases SET position = 11 - CAST(seq AS integer)")

    steps = [(row.cells["power"], row.cells["id"]) for row in store.read(TR).rows("steps")]
    bases = store.read(TR).rows("legal_bases")

    assert steps == sorted(steps)
    assert [row.number for row in bases] == list(range(1, len(bases) + 1))
    orders = [int(row.cells["seq"]) for row in bases]
    assert orders == sorted(orders, reverse=True), "a position given outranks the key"


@both
def test_a_number_counts_by_its_value_in_the_order_of_keys(held):
    """The tenth material must not stand before the second."""
    store, execute = held
    execute("UPDATE materials SET position = NULL, power = 'X', seq = CAST(position AS text)")

    seqs = [row.cells["seq"] for row in store.read(TR).rows("materials")]

    assert seqs == [str(n) for n in range(1, 32)]


@both
def test_rows_without_any_value_are_no_rows(held):
    """A blank row, left by a form, is nothing to refuse a city for."""
    store, execute = held
    execute("INSERT INTO synonyms (position, term) VALUES (3, ' ')")

    assert len(store.read(TR).rows("synonyms")) == 4


@both
def test_what_no_schema_knows_is_noted(held):
    """What nobody reads must not be thought published."""
    store, execute = held
    execute("ALTER TABLE powers ADD COLUMN remark text")
    execute("CREATE TABLE notes (a text)")

    noted = [(note.kind, note.table, note.value) for note in store.read(TR).irregularities]

    assert noted == [
        (IrregularityKind.UNKNOWN_TABLE, "notes", "notes"),
        (IrregularityKind.UNKNOWN_COLUMN, "powers", "remark"),
    ]


@both
def test_a_missing_table_or_column_is_named_with_what_it_may_be(held):
    """A renamed column must not empty the same fact of every power."""
    store, execute = held
    execute("ALTER TABLE powers RENAME COLUMN remedy TO remedies")
    said = refusal(store)
    assert said.endswith(", table powers: lacks the column remedy; is it “remedies”? Rename it")
    execute("ALTER TABLE materials RENAME TO material")
    said = refusal(store)
    assert said.endswith(": lacks the table materials; is it “material”? Rename it")
    execute("DROP TABLE material")
    assert "lacks the table materials; add it" in refusal(store)


@both
def test_what_is_missing_is_made_when_tables_are_written(held):
    """An import into a database of a year ago must find room for today's columns."""
    store, execute = held
    tables = tables_of("zh")
    execute("ALTER TABLE powers DROP COLUMN summary")
    execute("ALTER TABLE steps DROP COLUMN position")
    execute("DROP TABLE moves")

    fill(store, tables)

    assert decode.power_list(store.read(TR)) == decode.power_list(tables)


@both
def test_a_change_that_fails_leaves_every_table(held):
    """An import that fails must not have been half done."""
    store, execute = held
    before = store.digest()
    execute("ALTER TABLE waivers RENAME TO waivers_of_the_city")
    execute("CREATE VIEW waivers AS SELECT * FROM waivers_of_the_city")

    with pytest.raises(SourceError):
        store.replace({"synonyms": [], "waivers": [{"rule": "L101"}]}, TR)

    execute("DROP VIEW waivers")
    execute("ALTER TABLE waivers_of_the_city RENAME TO waivers")
    assert store.digest() == before


def test_bytes_that_are_no_text_are_told_with_their_column(new_address):
    """Garbled text must be refused where it enters."""
    address = new_address("sqlite")
    fill(opened(address), tables_of("zh"))
    with closing(sqlite3.connect(address)) as connection, connection:
        connection.execute("UPDATE synonyms SET term = CAST(X'FFFE' AS TEXT) WHERE position = 2")

    said = refusal(opened(address))

    assert said.endswith(
        "table synonyms, column term: holds bytes that are not UTF-8; store text there"
    )


def test_a_file_that_is_missing_or_something_else_is_told_and_not_made(tmp_path: Path):
    """Whoever mistypes a path must learn that, not get an empty city."""
    assert "there is no such file" in refusal(opened(str(tmp_path / "city.sqlite")))
    assert not (tmp_path / "city.sqlite").exists()
    (tmp_path / "list.db").write_text("term,target\n" * 100)
    assert "file is not a database" in refusal(opened(str(tmp_path / "list.db")))
    (tmp_path / "folder.db").mkdir()
    assert "there is no such file" in refusal(opened(str(tmp_path / "folder.db")))


def test_a_server_that_is_not_there_is_told(tmp_path: Path):
    """A build that cannot read the drafts must say which server it asked."""
    said = refusal(opened(f"postgresql://clerk@/city?host={tmp_path}"))

    assert said.startswith("postgresql://clerk@/city?host=") and "PostgreSQL cannot do this" in said


def test_reading_cannot_write(new_address):
    """`vet` in a pull request must not be able to change the city's tables."""
    for kind in SQL:
        address = new_address(kind)
        store = opened(address)
        fill(store, tables_of("zh"))
        with pytest.raises(SourceError, match=r"read-only|readonly"), store.reading(TR) as database:  # type: ignore[attr-defined]
            database.fill("waivers", ("rule",), [("L101",)])


def test_postgresql_is_read_as_of_one_moment(new_address):
    """A list half before and half after a colleague's edit was never anybody's list."""
    address = new_address("postgresql")
    store = opened(address)
    fill(store, tables_of("zh"))
    found: list[set[str]] = []
    with connected(address) as writer, connected(address) as watcher:
        # `departments` is read first; at `powers` the reader must wait for the writer.
        writer.execute("LOCK TABLE powers IN ACCESS EXCLUSIVE MODE")
        for table in ("departments", "powers"):
            writer.execute(f"UPDATE {table} SET summary = 'new'")
        reader = threading.Thread(target=lambda: found.append(summaries(store)))
        reader.start()
        until = time.monotonic() + 20
        while not waiting(watcher):
            assert time.monotonic() < until, "the reader never came to the locked table"
            time.sleep(0.02)
        writer.commit()
        reader.join(20)

    assert found and "new" not in found[0]
    assert summaries(store) == {"new"}


def summaries(store: Store) -> set[str]:
    tables = store.read(TR)
    return {row.cells["summary"] for name in ("departments", "powers") for row in tables.rows(name)}


def waiting(watcher: psycopg.Connection[Any]) -> bool:
    row = watcher.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
    watcher.rollback()
    return bool(row and row[0])


WRITER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
connection.execute("PRAGMA synchronous = OFF")
for n in range(1_000_000):
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE departments SET summary = ?", (str(n),))
    connection.execute("UPDATE synonyms SET target = ?", (str(n),))
    connection.execute("COMMIT")
"""


def test_sqlite_is_read_as_of_one_moment(new_address):
    """A list half before and half after a colleague's edit was never anybody's list."""
    address = new_address("sqlite")
    store = opened(address)
    fill(store, tables_of("zh"))
    with closing(sqlite3.connect(address)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")  # the writer need not wait for readers
    writer = subprocess.Popen([sys.executable, "-c", WRITER, address])
    try:
        moments = set()
        until = time.monotonic() + 20
        while len(moments) < 30:
            tables = store.read(TR)
            first = {row.cells["summary"] for row in tables.rows("departments")}
            last = {row.cells["target"] for row in tables.rows("synonyms")}
            if any(summary.isdigit() for summary in first):
                assert first == last and len(first) == 1
                moments |= first
            assert time.monotonic() < until and writer.poll() is None
    finally:
        writer.kill()
        writer.wait()

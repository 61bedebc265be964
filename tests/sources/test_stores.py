"""The same city in CSV, SQLite, PostgreSQL and a workbook is the same city."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from generator.ledger import digest as d1
from generator.sources import decode
from generator.sources.stores import Store
from generator.sources.tables import Tables
from generator.vetting import gate
from tests.stores import CITIES, STORES, TR, Addresses, fill, opened, tables_of

DAY = date(2025, 4, 19)


@pytest.fixture(scope="module", params=[(city, kind) for city in CITIES for kind in STORES],
                ids="-".join)  # fmt: skip
def kept(request: pytest.FixtureRequest, new_address: Addresses) -> tuple[Tables, Store]:
    """Return a city's tables, and a store that holds them."""
    city, kind = request.param
    store = opened(new_address(kind))
    assert store.is_empty(TR)
    fill(store, tables_of(city))
    return tables_of(city), store


def digests(tables: Tables) -> dict[str, str]:
    found = {str(code): d1.digest_of(record) for code, record in decode.records(tables).items()}
    for table in tables:
        found[table.name] = d1.digest_of(decode.register_rows(tables, table.name))
    return found


def test_every_store_gives_an_equal_power_list_and_equal_digests(kept):
    """A city that moves its tables must not have to sign 2,515 powers anew."""
    tables, store = kept
    read = store.read(TR)

    assert decode.power_list(read) == decode.power_list(tables)
    assert digests(read) == digests(tables)
    assert read.irregularities == ()
    assert list(read.tables) == list(tables.tables)
    assert {t.name: len(t.rows) for t in read} == {t.name: len(t.rows) for t in tables}


def test_every_store_gives_the_gate_the_same_findings(kept):
    """What a reviewer is told must not depend on where the tables lie."""
    tables, store = kept
    # A whole city rarely has findings: take the legal bases away from it and it has many.
    findings = []
    for found in (tables, store.read(TR)):
        emptied = {k: v for k, v in found.tables.items() if k not in ("legal_bases", "synonyms")}
        faulty = Tables(location="", tables=emptied)
        verdict = gate.vet(faulty, tr=TR, day=DAY)
        findings.append(Counter((f.code, f.table, f.record, f.column) for f in verdict.findings))

    assert findings[0] == findings[1]
    assert len(findings[0]) > 10


def test_a_store_knows_that_it_holds_something(kept):
    """Tables must never be copied over others by mistake."""
    assert not kept[1].is_empty(TR)


def test_the_digest_of_a_store_stays_while_nothing_changes(kept):
    """A build that vets unchanged drafts again and again would be slow for nothing."""
    assert kept[1].digest() == kept[1].digest()


@pytest.mark.parametrize("kind", ["csv", "sqlite", "postgresql"])
def test_a_changed_cell_changes_the_digest_and_only_that_record(kind, new_address):
    """A build must notice each edit, and an edit must touch nobody else's power."""
    store, before = opened(new_address(kind)), tables_of("zh")
    fill(store, before)
    digest = store.digest()
    rows = [dict(row.cells) for row in before.rows("powers")]
    rows[3]["summary"] += "。"

    store.replace({"powers": rows}, TR)

    assert store.digest() != digest
    after = digests(store.read(TR))
    changed = {name for name, found in digests(before).items() if after[name] != found}
    assert changed == {rows[3]["code"], "powers"}


HARD = [
    "007",
    "=1+1",
    "1E5",
    "true",
    "2025-04-19 ",
    " 空 格 ",
    "line\nbreak",
    'quote " and \\ and ,;；',
    "_x0041_",
    "\ttab",
    "𠮷野家 👩‍⚖️",
    "NULL",
    "\\N",
    "字" * 30_000,
]


@pytest.mark.parametrize("kind", STORES)
def test_a_text_survives_as_it_is(kind, new_address):
    """A leading zero, a formula-like text or a rare character must not change on the way."""
    held = {table.name: [row.cells for row in table.rows] for table in tables_of("zh")}
    held["synonyms"] = [{"term": text, "target": str(n)} for n, text in enumerate(HARD)]
    store = opened(new_address(kind))

    store.replace(held, TR)

    assert [row.cells["term"] for row in store.read(TR).rows("synonyms")] == HARD


@pytest.mark.parametrize("kind", STORES)
def test_the_order_of_rows_without_a_number_stays(kind, new_address):
    """Steps are drawn and digested in their order: another order is another procedure."""
    tables = tables_of("zh")
    held = {table.name: [row.cells for row in table.rows] for table in tables}
    held["steps"].reverse()
    store = opened(new_address(kind))

    store.replace(held, TR)

    assert [row.cells["id"] for row in store.read(TR).rows("steps")] == [
        cells["id"] for cells in held["steps"]
    ]

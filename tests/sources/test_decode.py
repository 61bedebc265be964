"""Cells become the canonical values that a digest covers, and those become the model."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.codes import PowerCode, PowerKind, StepKind, TimeUnit
from generator.sources import canonical, datapackage, decode, encode, schema
from generator.sources.tables import Tables

CITIES = Path(__file__).parents[1] / "cities"
MINIMAL = {
    "code": "YX-1", "name": "示例", "kind": "service", "department": "office",
    "applicant": "both", "fee": "none", "status": "active",
}  # fmt: skip


def city(language: str) -> Tables:
    return datapackage.read(CITIES / language / "content" / "database")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_records_into_the_model_and_back_are_the_same_records(language: str) -> None:
    """A fact that is lost on this way is lost from every page and package."""
    records = decode.records(city(language))

    assert len(records) == 16
    for record in records.values():
        assert encode.record(decode.power(record)) == record


@pytest.mark.parametrize("language", ["zh", "en"])
def test_rows_written_back_as_cells_are_read_as_the_same_record(language: str) -> None:
    """Whoever re-uses the published tables must arrive at what was signed."""
    columns = {field.name: field for field in schema.tables()["powers"].fields}
    for record in decode.records(city(language)).values():
        for name, found in record.items():
            if name in columns:
                assert canonical.value(columns[name], encode.cell(found)) == found


def test_values_have_their_types_and_what_is_empty_is_left_out() -> None:
    """A digest must not change because a column was added and left empty."""
    record = decode.records(city("zh"))[PowerCode("YX-XK-001")]

    assert record["statutory_limit"] == 20
    assert record["aliases"] == ["摆摊证", "小吃店开业"]
    assert record["materials"][3]["required"] is False
    assert record["legal_bases"][0] == {
        "seq": 1, "instrument": "food-act", "article": 12, "paragraph": 1, "role": "details"
    }  # fmt: skip
    assert "parent" not in record and "fees" not in record
    for child in schema.children():
        assert all("power" not in row for row in record.get(child, ()))
    assert not [part for part in parts(record) if part in ("", None, [], {})]


def parts(found: Any) -> list[Any]:
    """Return every value in a record, containers and what they contain."""
    inner = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return [found, *(part for child in inner for part in parts(child))]


def test_text_is_composed_and_stripped_and_its_line_ends_are_one() -> None:
    """Two editors that save one word in two ways must not make two versions of a power."""
    assert canonical.text(" \u3000e\u0301te\u0301\r\nplus\r \n") == "\u00e9t\u00e9\nplus"


def test_several_values_are_separated_by_either_semicolon_and_count_once() -> None:
    """A Chinese keyboard's semicolon must not glue two departments together."""
    field = schema.tables()["powers"].field("joint_departments")

    assert canonical.value(field, "a; b；a;;c ；") == ["a", "b", "c"]
    assert canonical.value(field, " ;； ") is None


@pytest.mark.parametrize(
    ("column", "cell", "value", "readable"),
    [
        pytest.param("statutory_limit", " 007 ", 7, True, id="leading-noughts"),
        pytest.param("statutory_limit", "二十", "二十", False, id="words"),
        pytest.param("statutory_limit", "２０", "２０", False, id="full-width"),
        pytest.param("statutory_limit", "1_0", "1_0", False, id="underscore"),
        pytest.param("statutory_limit", "9" * 30, "9" * 30, False, id="thirty-digits"),
        pytest.param("statutory_limit", "20.0", "20.0", False, id="fraction"),
        pytest.param("status_from", "2025-02-28", "2025-02-28", True, id="day"),
        pytest.param("status_from", "2025-02-30", "2025-02-30", False, id="no-such-day"),
        pytest.param("status_from", "20250228", "20250228", False, id="day-without-hyphens"),
    ],
)
def test_a_cell_that_cannot_be_read_keeps_its_text(
    column: str, cell: str, value: object, readable: bool
) -> None:
    """A number half understood would be published as another number."""
    field = schema.tables()["powers"].field(column)

    found = canonical.value(field, cell)

    assert found == value
    assert canonical.is_readable(field, found) is readable


@given(st.text(max_size=12), st.sampled_from(["statutory_limit", "status_from", "aliases", "name"]))
def test_reading_a_value_twice_changes_nothing_more(cell: str, column: str) -> None:
    """A record read from a published table must have the digest it was signed with."""
    field = schema.tables()["powers"].field(column)

    once = canonical.value(field, cell)

    assert once != "" and once != []
    assert canonical.value(field, encode.cell(once)) == once


def test_children_stand_by_their_order_and_steps_as_they_were_written() -> None:
    """The second paragraph must not come before the first, nor a procedure be shuffled."""
    fees: list[Any] = [{"seq": 10, "name": "c"}, {"seq": 2, "name": "b"}, {"seq": "?", "name": "d"}]
    steps = [{"id": "z"}, {"id": "a"}]

    made = decode.record(MINIMAL, {"fees": fees, "steps": steps})

    assert [row["name"] for row in made["fees"]] == ["b", "c", "d"]
    assert [row["id"] for row in made["steps"]] == ["z", "a"]


def test_a_record_of_a_newer_ledger_is_read_as_far_as_it_is_known() -> None:
    """A city that goes back to an older version must still be able to build."""
    steps = [{"id": "a", "name": "b", "kind": "start", "colour": "red"}]

    made = decode.power({**MINIMAL, "steps": steps, "horoscope": "lion", "cases": [{"id": 1}]})

    assert made.kind is PowerKind.SERVICE
    assert made.procedure.steps[0].kind is StepKind.START
    assert made.statutory_limit is None and made.aliases == ()


@pytest.mark.parametrize("fault", [{"kind": "magic"}, {"status": "gone"}, {"name": None}])
def test_a_record_without_a_must_is_no_power(fault: dict[str, Any]) -> None:
    """A power of no kind would be missing from every list and count."""
    row = {key: value for key, value in {**MINIMAL, **fault}.items() if value is not None}

    with pytest.raises(ValueError, match=r"YX-1|magic|gone"):
        decode.power(row)


def test_what_cannot_be_read_reads_as_empty_where_it_is_no_must() -> None:
    """One garbled cell must not take the other facts of a power down."""
    made = decode.power(
        {**MINIMAL, "statutory_limit": "viele", "statutory_unit": "Tage", "status_from": "gestern"}
    )

    assert (made.statutory_limit, made.statutory_unit, made.status_from) == (None, None, None)


def test_the_list_of_drafts_has_everything_but_what_is_no_power(tmp_path: Path) -> None:
    """One bad record must not take others down."""
    database = tmp_path / "database"
    shutil.copytree(CITIES / "zh" / "content" / "database", database)
    path = database / "powers.csv"
    text = path.read_text(encoding="utf-8").replace(",licensing,", ",licencing,", 1)
    path.write_text(text, encoding="utf-8")
    tables = datapackage.read(database)

    drafts = decode.power_list(tables)

    assert set(decode.records(tables)) - set(drafts.powers) == {"YX-XK-001"}
    assert drafts.powers[PowerCode("YX-XK-002")].promised_unit is TimeUnit.ON_THE_SPOT
    assert drafts.powers[PowerCode("YX-XK-090")].status_from == date(2020, 1, 1)
    assert len(drafts.departments) == 4 and len(drafts.instruments) == 6
    event = drafts.life_events[next(iter(drafts.life_events))]
    assert [part.power for part in event.powers][:2] == ["YX-FW-001", "YX-XK-001"]
    assert event.powers[1].after == ("YX-FW-001",)
    assert len(drafts.synonyms) == 4

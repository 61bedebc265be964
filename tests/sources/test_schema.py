"""The schemas are the one definition of every table: the model and the readers agree with them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from generator.model import codes, power, registers
from generator.sources import schema

CLASSES = {
    "departments": registers.Department,
    "instruments": registers.Instrument,
    "legal_bases": power.LegalBasis,
    "materials": power.Material,
    "fees": power.Fee,
    "responsibilities": power.Responsibility,
    "penalties": power.Penalty,
    "steps": power.Step,
    "moves": power.Move,
    "life_event_powers": registers.LifeEventPower,
    "synonyms": registers.Synonym,
    "waivers": registers.Waiver,
}
ENUMS = {
    ("powers", "kind"): codes.PowerKind,
    ("powers", "status"): codes.PowerStatus,
    ("powers", "applicant"): codes.Applicant,
    ("powers", "fee"): codes.FeeKind,
    ("powers", "statutory_unit"): codes.TimeUnit,
    ("powers", "promised_unit"): codes.TimeUnit,
    ("departments", "status"): codes.DepartmentStatus,
    ("instruments", "rank"): codes.Rank,
    ("legal_bases", "role"): codes.BasisRole,
    ("steps", "kind"): codes.StepKind,
    ("steps", "unit"): codes.TimeUnit,
}


@pytest.mark.parametrize("name", CLASSES)
def test_each_column_has_its_place_in_the_model(name: str) -> None:
    """A column that the model forgets is signed, and then never published."""
    columns = {field.name for field in schema.tables()[name].published} - {"power"}

    assert {field.name for field in fields(CLASSES[name])} - {"power"} == columns


def test_a_power_has_its_columns_its_children_and_its_procedure() -> None:
    """A table of children that the model forgets would be missing on every page."""
    expected = {*schema.tables()["powers"].columns, *schema.children(), "procedure"}

    assert {field.name for field in fields(power.Power)} == expected - {"steps", "moves"}


@pytest.mark.parametrize(("table", "column"), ENUMS)
def test_controlled_values_are_those_of_the_model(table: str, column: str) -> None:
    """A value that a schema allows and the model refuses would stop a whole build."""
    allowed = schema.tables()[table].field(column).enum

    assert set(allowed) == {member.value for member in ENUMS[table, column]}


def test_registers_stand_before_what_refers_to_them_and_nothing_can_be_changed() -> None:
    """Readers go through the tables in this order; a change in one place must not reach another."""
    tables = schema.tables()

    assert list(tables)[:3] == ["departments", "instruments", "powers"]
    with pytest.raises(FrozenInstanceError):
        tables["powers"].parent = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        tables["powers"] = tables["fees"]  # type: ignore[index]


def test_every_reference_leads_to_a_key_of_a_table() -> None:
    """A reference to a table that is not defined could never be checked."""
    for table in schema.tables().values():
        assert set(table.primary_key) <= set(table.columns)
        for key in table.foreign_keys:
            target = schema.tables()[key.resource or table.name]
            assert key.reference_fields == target.primary_key


def test_every_column_is_explained_in_both_languages() -> None:
    """The data dictionary and the workbooks show these words to officials and readers."""
    for table in schema.tables().values():
        for field in table.fields:
            assert field.label("en") and field.description
            assert field.label("zh-CN") != field.label("en") and field.description_zh

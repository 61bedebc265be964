"""What the gate takes as plainly sound, frictionless takes too: whoever is quick must be right."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.sources import schema
from generator.vetting import cells

COLUMNS = [
    (table.name, field.name)
    for table in schema.tables().values()
    for field in table.fields
    if cells._is_constrained(field)
]
WORDS = sorted(
    {
        word
        for name, column in COLUMNS
        for field in [schema.tables()[name].field(column)]
        for word in (*field.enum, *field.true_values, *field.false_values)
    }
)
CELLS = st.one_of(
    st.text(max_size=8),
    st.sampled_from([*WORDS, *(word.upper() for word in WORDS)]),
    st.from_regex(r"[+-]?[0-9０-９_.]{1,11}", fullmatch=True),
    st.from_regex(r"[0-9]{4}-[01][0-9]-[0-3][0-9]\n?", fullmatch=True),
    st.from_regex(r"[A-Za-z0-9-]{1,9}[\n é]?", fullmatch=True),
)


@settings(max_examples=400)
@given(st.sampled_from(COLUMNS), CELLS)
def test_a_cell_that_needs_no_judge_is_one_that_the_judge_lets_pass(
    place: tuple[str, str], cell: str
) -> None:
    """A cell waved through would be signed without anybody having looked at it."""
    table, column = place

    if cells.is_plainly_sound(schema.tables()[table].field(column), cell):
        assert cells.judge(table, column)(cell) == ()


def test_every_constraint_of_the_schemas_is_one_that_is_known() -> None:
    """A constraint that only frictionless knows would be skipped for every sound-looking cell."""
    used = {
        constraint
        for name in schema.tables()
        for field in schema.descriptor(name)["fields"]
        for constraint in field.get("constraints", ())
    }

    assert used <= set(cells.KINDS)


def test_values_that_abound_are_plainly_sound() -> None:
    """If the short way took nothing, every vetting would wait for the long one."""
    assert cells.is_plainly_sound(schema.tables()["powers"].field("kind"), " licensing ")
    assert cells.is_plainly_sound(schema.tables()["powers"].field("status_from"), "2025-04-19")
    assert cells.is_plainly_sound(schema.tables()["steps"].field("counted"), "是")
    assert not cells.is_plainly_sound(schema.tables()["powers"].field("name"), " ")

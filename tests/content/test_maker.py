"""Made cities keep the spread of the bundled one, or measurements would be of something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import maker


def test_a_made_city_has_the_bundled_citys_lengths(tmp_path: Path) -> None:
    """A city of short records and small charts would make every figure too good."""
    made = maker.make_city(tmp_path, powers=700)
    bundled = maker.spreads(maker.read(maker.BUNDLED))

    for name, spread in made.items():
        assert spread.mean == pytest.approx(bundled[name].mean, rel=0.1), name
        assert spread.median == pytest.approx(bundled[name].median, rel=0.1), name
        assert spread.most >= 0.9 * bundled[name].most, name


def test_a_made_city_names_the_forms_that_it_brings_along(tmp_path: Path) -> None:
    """A made city that the gate refuses measures nothing."""
    maker.make_city(tmp_path, powers=400)
    materials = maker.read(tmp_path / "content" / "database")["materials"]
    named = {row["blank_form"] for row in materials} - {""}

    assert named
    assert [path for path in named if not (tmp_path / "content" / "files" / path).is_file()] == []

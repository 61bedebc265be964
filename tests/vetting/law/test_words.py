"""The words by which steps are recognised: quick and plain patterns find the same."""

from __future__ import annotations

import csv
import re
from importlib import resources

import pytest

from generator.sources import datapackage
from generator.vetting.law.tables import words
from tests.vetting.defects import CITIES

ROWS = list(
    csv.DictReader(
        (resources.files("generator.vetting.law") / "words.csv").read_text("utf-8").splitlines()
    )
)
NAMES = tuple(
    {
        row.cells.get(column, "")
        for folder in (*CITIES.glob("*/content/database"), CITIES.parents[1] / "content/database")
        for row in datapackage.read(folder).rows("steps")
        for column in ("name", "document")
    }
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["step"])
def test_the_quick_search_finds_what_the_words_say(row: dict[str, str]) -> None:
    """A word lost on the way to speed is a step that the gate reports as missing."""
    pattern = re.compile(f"{row['chinese']}|{row['english']}", re.IGNORECASE)
    parts = [part for part in re.split(r"[|()]", row["chinese"]) if re.escape(part) == part]

    assert len(NAMES) > 500
    for text in (*NAMES, *parts, row["chinese"], "HEARING", "accepted", "延长并告知"):
        assert words(row["step"]).are_in(text) is bool(pattern.search(text)), text

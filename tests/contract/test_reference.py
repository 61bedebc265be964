"""The reference in docs/ says what the program does."""

from __future__ import annotations

import runpy
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.vetting import gate

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def made() -> Mapping[str, str]:
    """Return the pages that `make docs` would write."""
    pages: Mapping[str, str] = runpy.run_path(str(DOCS / "generate.py"))["pages"]()
    return pages


@pytest.mark.parametrize("name", ["tables.md", "configuration.md", "commands.md", "rules.md"])
def test_the_committed_reference_is_what_the_code_says(name: str, made: Mapping[str, str]):
    """A clerk would look up a column or rule that is not there; `make docs` brings it up to date."""
    assert (DOCS / "reference" / name).read_text(encoding="utf-8") == made[name]


def test_every_rule_is_in_the_changelog():
    """An operator must learn which new rule refuses a list that passed yesterday."""
    changelog = (DOCS.parent / "CHANGELOG.md").read_text(encoding="utf-8")

    assert [code for code in gate.rules() if f"`{code}`" not in changelog] == []

"""The glossary covers each controlled value, in both languages."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pytest

from generator.i18n import translator
from generator.model import codes
from generator.pages.labels import label

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
MEMBERS = [
    pytest.param(member, id=f"{enum.__name__}.{member.name}")
    for enum in vars(codes).values()
    if isinstance(enum, type) and issubclass(enum, StrEnum) and enum is not StrEnum
    for member in enum
]


@pytest.mark.parametrize("member", MEMBERS)
def test_each_controlled_value_stands_in_the_glossary_with_its_chinese_name(member: StrEnum):
    """A translator or a clerk who meets the value elsewhere must find the one word for it."""
    chinese = label(member, translator("zh-CN"))
    rows = [line for line in GLOSSARY.read_text(encoding="utf-8").split("\n") if line[:1] == "|"]
    section = f"`{type(member).__name__}.{member.name}`"

    assert [r for r in rows if section in r and f"`{member.value}`" in r and f"| {chinese} |" in r]

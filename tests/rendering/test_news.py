"""A department's news: dated by its file's name, newest first, told when it has no day."""

from __future__ import annotations

from datetime import date

import pytest

from generator.outputs import news
from generator.rendering import markdown
from tests.rendering.themes import TR


def test_news_is_dated_by_its_name_and_stands_newest_first(tmp_path):
    """A notice of last year above this week's sends people to a closed counter."""
    for name, words in (("2024-12-31-old", "Old"), ("2025-03-01-new", "New"), ("plain", "When?")):
        (tmp_path / f"{name}.md").write_text(f"# {words}\n\nIt *begins* here.\n")

    pages, findings = markdown.news(tmp_path, tr=TR, record="water")
    listed = news.entries(pages, "departments/water/")

    assert [(entry.day, entry.heading) for entry in listed] == [
        (date(2025, 3, 1), "New"), (date(2024, 12, 31), "Old"),
    ]  # fmt: skip
    assert listed[0].address == "departments/water/news/2025-03-01-new/"
    assert listed[0].opening == "It begins here."
    assert [(f.code, f.column, bool(f.remedy)) for f in findings] == [
        ("F321", "news/plain.md", True)
    ]


@pytest.mark.parametrize("name", ["2025-02-30-x", "2025-1-1-x", "2025-01-01", "x-2025-01-01"])
def test_a_day_that_is_none_dates_nothing(name):
    """A day that does not exist must not become a page's date."""
    assert markdown.day_of(name) is None

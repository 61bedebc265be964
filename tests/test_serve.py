"""The preview notices what changed, in files and in databases, and nothing else."""

from __future__ import annotations

import pytest
from watchfiles import Change

from generator import serve


def test_a_change_in_a_database_is_noticed(tmp_path, monkeypatch):
    """Whoever edits in PostgreSQL must see the preview follow, though no file changes."""
    monkeypatch.setattr(serve, "ASK_SECONDS", 1)
    answers = ["as it was", "as it was", "as it was", "new", "new"]
    asked = []

    def ask() -> str:
        asked.append(answers[len(asked)])
        return asked[-1]

    next(serve._changes([tmp_path], ask))

    assert asked == ["as it was", "as it was", "as it was", "new"]


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        ("/c/content/database/powers.csv", True),
        ("/c/content/city.sqlite", True),
        ("/c/content/city.sqlite-wal", False),
        ("/c/content/city.sqlite-shm", False),
        ("/c/content/city.db-journal", False),
        ("/c/content/database/.powers.csv.new", False),
        ("/c/site_config.yml", True),
    ],
)
def test_reading_the_tables_is_no_change(path, ours):
    """A preview that rebuilt because it had read the tables would never come to rest."""
    assert serve._is_ours(Change.modified, path) is ours

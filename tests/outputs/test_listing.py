"""Long lists cut into pages, and the words for what changed."""

from __future__ import annotations

import pytest

from generator.i18n import translator
from generator.outputs.listing import cut
from generator.pages import changed
from generator.sources import schema


@pytest.mark.parametrize(
    "rows, lengths",
    [
        pytest.param(0, [0], id="an-empty-list-is-a-page"),
        pytest.param(100, [100], id="full"),
        pytest.param(109, [109], id="nine-more-need-no-page"),
        pytest.param(110, [100, 10], id="ten-more-do"),
        pytest.param(2515, [100] * 25 + [15], id="a-city"),
    ],
)
def test_a_list_is_cut_into_pages_without_loss(rows: int, lengths: list[int]) -> None:
    """A row lost between two pages is a power that nobody finds."""
    pages = cut(range(rows), 100)

    assert [len(page) for page in pages] == lengths
    assert [row for page in pages for row in page] == list(range(rows))


def test_every_column_of_a_power_has_words_for_its_change() -> None:
    """ "Other details" tells nobody anything; only codes may be told so."""
    tr = translator("en")
    columns = {*schema.tables()["powers"].columns, *schema.children()}
    untold = {name for name in columns if changed.in_words([name], tr) == ("other details",)}

    assert untold == {"code", "parent", "local_code", "implementation_code", "former_codes"}


def test_what_changed_is_told_once_and_weightiest_first() -> None:
    """Two columns of one matter are one change to a reader."""
    words = changed.in_words(["promised_unit", "promised_limit", "fees", "name"], translator("en"))

    assert words == ("name", "time limit", "cost")
